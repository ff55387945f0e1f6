//! What the service writes to its log while people use it: never a name, a birth date, an address,
//! a reason, a password or the secret of a link, however much it is told to write.

use fixtures::schools::COLLEGE_COLLINE;
use serde_json::json;

use crate::support::{
    Backend, Person,
    binary::{Installation, Service, wish},
    link_in,
    stage::{PASSWORD, convention_of},
};

/// Everything of ours is told; what we stand on tells what it does by default.
const EVERYTHING: &str = "info,domain=trace,journal=trace,projections=trace,schema=trace,\
                          mailer=trace,documents=trace,gateway=trace";

async fn use_everything(installation: &Installation, service: &Service) -> Vec<String> {
    let (lycee, college, slot) = installation.open_slot(4).await;
    let wrong =
        json!({ "email": COLLEGE_COLLINE.mail, "password": "Mot-Errone-77!", "keep": false });
    Person::at(&installation.url()).refused("signIn", wrong).await;
    let reset = json!({ "email": COLLEGE_COLLINE.mail });
    Person::at(&installation.url()).give("requestPasswordReset", "", reset).await;
    let letter = installation.letter(COLLEGE_COLLINE.mail, "/lien/mot-de-passe/").await;
    let link = link_in(&letter, "/lien/mot-de-passe/");
    let _page = college.get(&link).await;

    let mut pupil = wish(&slot, "Témoin-Unique", "Zoélie");
    // A letter to a guardian's own server never leaves, and one that is refused is told of.
    pupil["pupil"]["guardianEmail"] = json!("unknown.parent@courriel.example");
    let booked = college.give("bookSeat", "... on SeatBooked { bookingId }", pupil).await;
    let booking = booked["bookingId"].as_str().unwrap();
    let convention = convention_of(booking);
    installation.letter(COLLEGE_COLLINE.mail, "TÉMOIN-UNIQUE Zoélie").await;
    let pdf = college.get(&format!("/convention/{convention}/conv.pdf")).await.1;
    let it = json!({ "convention": convention });
    college.upload("depositConvention", "", it.clone(), b"Zoelie is not a PDF").await;
    college.upload("depositConvention", "", it, &pdf).await;
    let reason =
        json!({ "convention": convention, "reason": "Zoélie n’a pas signé, Motif-Secret" });
    lycee.give("invalidateConvention", "", reason).await;
    installation.letter(COLLEGE_COLLINE.mail, "Motif-Secret").await;
    let search = json!({ "filter": { "origin": COLLEGE_COLLINE.code, "search": "Témoin-Unique" } });
    let asks = "query($filter: BookingFilter!) { bookings(filter: $filter) { total } }";
    assert_eq!(college.ask(asks, search).await["bookings"]["total"], 1);
    let malformed = json!({ "filter": { "origin": "Zoélie", "search": 7 } });
    assert!(college.raw(asks, malformed).await["errors"].is_array());
    let cancel = json!({ "booking": booking, "reason": "Zoélie est malade, Motif-Secret" });
    college.give("cancelBooking", "", cancel).await;
    service.told("letter sent").await;
    vec![link.rsplit('/').next().unwrap().to_owned()]
}

async fn no_line_names_anybody(format: &str, level: Option<&str>) {
    let installation = Installation::ready(Backend::Sqlite).await;
    let mut settings = vec![("ESCALE_LOG_FORMAT", format)];
    settings.extend(level.map(|level| ("RUST_LOG", level)));
    let service = installation.serve_with(&settings).await;

    let secrets = use_everything(&installation, &service).await;
    let lines = service.stop().await;

    assert!(lines.iter().filter(|it| it.contains("answered")).count() > 20, "{lines:#?}");
    let mut forbidden: Vec<_> = [
        "témoin-unique",
        "temoin-unique",
        "zoélie",
        "zoelie",
        "parent",
        "courriel.example",
        "2012-07-29",
        "29/07/2012",
        "39 98 12 34",
        "39981234",
        "motif-secret",
        "bertin",
        "sophie",
        "ac-exemple.fr",
        "mot-errone",
    ]
    .map(str::to_owned)
    .to_vec();
    forbidden.push(PASSWORD.to_lowercase());
    forbidden.extend(secrets.into_iter().map(|it| it.to_lowercase()));
    for line in &lines {
        let low = line.to_lowercase();
        let said: Vec<_> = forbidden.iter().filter(|word| low.contains(*word)).collect();
        assert!(said.is_empty(), "{said:?} in: {line}");
    }
}

#[tokio::test]
async fn no_line_names_anybody_as_the_service_runs() {
    no_line_names_anybody("json", None).await;
}

#[tokio::test]
async fn no_line_names_anybody_when_everything_of_ours_is_told() {
    no_line_names_anybody("pretty", Some(EVERYTHING)).await;
}
