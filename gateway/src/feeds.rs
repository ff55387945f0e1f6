//! What other programs read: a school’s calendar (iCal) and its bookings (CSV for a French
//! Excel).

use axum::{
    Extension, Router,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use domain::{
    access::{Action, Facts, may},
    kernel::{slug::Slug, uai::Uai},
};
use jiff::{ToSpan as _, civil::Date};
use projections::{
    directory::schools,
    ministages::{
        bookings::BookingStatus,
        lists::{self, Order, Wanted},
        placements::{self, Placement},
    },
    platforms::platform_hosts,
};
use schema::{
    names,
    ports::{Caller, LinkPurpose},
};
use serde::Deserialize;

use crate::{app::App, clock, files, home, letters::appointment};

/// The feeds’ addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/agenda/{token}", get(calendar))
        .route("/export/reservations.csv", get(bookings))
}

/// A school’s placements from a month ago on, as a calendar that programs subscribe to. The
/// address bears a signed token: calendars cannot sign in.
async fn calendar(State(app): State<App>, Path(token): Path<String>) -> Response {
    let token = token.strip_suffix(".ics").unwrap_or(&token);
    let link = app.links.read(LinkPurpose::Calendar, token);
    let uai = link.and_then(|link| link.subject.parse::<Uai>().ok());
    let Some(uai) = uai else {
        return not_found(&app);
    };
    let today = clock::moment(app.journal.clock().now(), "Europe/Paris").local.date();
    let from = today.saturating_sub(1.month());
    let found = app.read.query(move |db| {
        let school = schools::by_uai(db, &uai)?;
        let of = |origin: Option<Uai>, host: Option<Uai>| Wanted {
            origin,
            host,
            from: Some(from),
            statuses: vec![
                BookingStatus::Booked,
                BookingStatus::Confirmed,
                BookingStatus::Promoted,
            ],
            ..Wanted::default()
        };
        let mut bookings = lists::all(db, &of(Some(uai.clone()), None), Order::default())?;
        let received = lists::all(db, &of(None, Some(uai.clone())), Order::default())?;
        let known: Vec<_> = bookings.iter().map(|booking| booking.id).collect();
        bookings.extend(received.into_iter().filter(|booking| !known.contains(&booking.id)));
        let name = school.map_or_else(|| uai.to_string(), |school| school.listing.name);
        Ok((name, placements::placements(db, bookings)?))
    });
    let (name, placements) = match found.await {
        Ok(found) => found,
        Err(err) => return failed(&app, &err),
    };
    let appointments: Vec<_> = placements.iter().filter_map(|it| appointment(&app, it)).collect();
    match mailer::calendar::feed(&appointments, &format!("Mini-stages — {name}")) {
        Ok(feed) => {
            let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
            ([(header::CONTENT_TYPE, kind)], feed).into_response()
        }
        Err(err) => failed(&app, &err),
    }
}

fn not_found(app: &App) -> Response {
    (StatusCode::NOT_FOUND, home::not_found(app)).into_response()
}

fn failed(app: &App, err: &(dyn std::error::Error + 'static)) -> Response {
    tracing::error!(err, "a feed could not be made");
    (StatusCode::SERVICE_UNAVAILABLE, home::unavailable(app)).into_response()
}

/// Whose bookings, and from when to when.
#[derive(Debug, Clone, Deserialize)]
struct Export {
    platform: Slug,
    origin: Option<Uai>,
    host: Option<Uai>,
    from: Option<Date>,
    to: Option<Date>,
}

/// Bookings as a table. A school exports its own side; the platform’s administrators and
/// auditors all of it.
async fn bookings(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(export): Query<Export>,
) -> Response {
    let wanted = Wanted {
        platform: Some(export.platform.clone()),
        origin: export.origin.clone(),
        host: export.host.clone(),
        from: export.from,
        to: export.to,
        ..Wanted::default()
    };
    let found = app.read.query(move |db| {
        let attached = match &export.host {
            Some(host) => platform_hosts::is_attached(db, &export.platform, host)?,
            None => false,
        };
        let facts = Facts {
            origin: export.origin,
            host: export.host,
            host_attached: attached,
            ..Facts::platform(export.platform)
        };
        if !may(&caller.viewer, Action::Export, &facts) {
            return Ok(None);
        }
        let bookings = lists::all(db, &wanted, Order::default())?;
        placements::placements(db, bookings).map(Some)
    });
    match found.await {
        Ok(Some(placements)) => {
            files::attachment("reservations.csv", "text/csv; charset=utf-8", table(&placements))
        }
        Ok(None) => not_found(&app),
        Err(err) => failed(&app, &err),
    }
}

const COLUMNS: [&str; 16] = [
    "Nom",
    "Prénom",
    "Date de naissance",
    "Classe",
    "Responsable",
    "Établissement d’origine",
    "UAI d’origine",
    "Établissement d’accueil",
    "UAI d’accueil",
    "Formation",
    "Date",
    "Début",
    "Fin",
    "Statut",
    "Convention",
    "Présence",
];

/// `;` between cells and a BOM before them, as a French Excel expects.
fn table(placements: &[Placement]) -> Vec<u8> {
    let mut out = b"\xef\xbb\xbf".to_vec();
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut out);
    let rows = placements.iter().map(|it| cells(it).map(harmless));
    let written = writer
        .write_record(COLUMNS)
        .and_then(|()| rows.into_iter().try_for_each(|row| writer.write_record(row)))
        .and_then(|()| Ok(writer.flush()?));
    drop(writer);
    if let Err(err) = written {
        tracing::error!(%err, "a table could not be written");
    }
    out
}

/// A cell that Excel would take for a formula is shown as the text it is.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

fn cells(it: &Placement) -> [String; 16] {
    let pupil = it.booking.pupil.known();
    let erased = || "effacé".to_owned();
    let details = &it.slot.details;
    let school = |school: Option<&schools::School>| {
        school.map(|school| school.listing.name.clone()).unwrap_or_default()
    };
    let guardian = pupil.and_then(|pupil| pupil.guardian.as_ref());
    [
        pupil.map_or_else(erased, |pupil| pupil.last_name.to_uppercase()),
        pupil.map_or_else(erased, |pupil| pupil.first_name.clone()),
        pupil.and_then(|it| it.birth_date).map(french).unwrap_or_default(),
        pupil.and_then(|pupil| pupil.class.clone()).unwrap_or_default(),
        guardian.map(|guardian| guardian.name.clone()).unwrap_or_default(),
        school(it.origin.as_ref()),
        it.booking.origin.to_string(),
        school(it.host.as_ref()),
        it.slot.host.to_string(),
        names::of_formation(it.formation.as_ref()),
        french(details.date),
        details.start.strftime("%H:%M").to_string(),
        details.end.strftime("%H:%M").to_string(),
        status(it.booking.status).to_owned(),
        it.convention.as_ref().map(|convention| convention.reference.clone()).unwrap_or_default(),
        match it.booking.present {
            Some(true) => "présent".to_owned(),
            Some(false) => "absent".to_owned(),
            None => String::new(),
        },
    ]
}

fn french(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}

fn status(status: BookingStatus) -> &'static str {
    match status {
        BookingStatus::Booked => "En attente",
        BookingStatus::Promoted => "Place proposée",
        BookingStatus::Waiting => "Liste d’attente",
        BookingStatus::Confirmed => "Validée",
        BookingStatus::Cancelled => "Annulée",
        BookingStatus::Expired => "Expirée",
        BookingStatus::Lapsed => "Place non prise",
        BookingStatus::Withdrawn => "Créneau retiré",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_french_excel_opens_the_table_and_runs_nothing_in_it() {
        let text = String::from_utf8(table(&[])).unwrap();

        assert!(text.starts_with("\u{feff}Nom;Prénom;Date de naissance;"));
        assert!(text.ends_with("Présence\r\n"));
        assert_eq!(harmless("=CMD()".to_owned()), "'=CMD()");
        assert_eq!(harmless("N’Guyen".to_owned()), "N’Guyen");
    }
}
