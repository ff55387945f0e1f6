//! What stands around the signing of a convention: the drawn signature, a lost link, « Vérifier
//! une convention »; how often each may be tried, and that none tells a name.

use std::io::Cursor;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use image::{ImageFormat, Rgb, RgbImage};
use jiff::SignedDuration;
use schema::ports::{LinkPurpose, SignedLink};
use serde_json::{Value, json};

use crate::{
    signing::{Asked, HEAD, HOST, PARENT, form, request},
    support::{Backend, Person, on_both},
};

/// A line from corner to corner, as a browser sends it.
fn drawn() -> String {
    let mut picture = RgbImage::from_pixel(300, 120, Rgb([255, 255, 255]));
    for x in 0..300 {
        picture.put_pixel(x, x * 119 / 299, Rgb([16, 28, 74]));
    }
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).unwrap();
    STANDARD.encode(png.into_inner())
}

async fn signers(asked: &Asked) -> Value {
    let query = "query($id: String!) { convention(id: $id) {
        signing { state signers { role standing method } } toSign { role name email } } }";
    let data = asked.stage.college.ask(query, json!({ "id": asked.convention })).await;
    data["convention"].clone()
}

async fn a_drawn_signature_is_kept_and_a_broken_one_signs_nothing(backend: Backend) {
    let asked = Asked::on(backend).await;
    let parent = asked.stage.app.person();
    let link = asked.link(PARENT);
    let code = asked.code(&parent, &link, PARENT).await;
    let with = |picture: String, strokes: &str| {
        let plain = form(&code, "Claire Témoin");
        let all = plain.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let drawn = [("picture", picture), ("strokes", strokes.to_owned())];
        all.into_iter().chain(drawn.map(|(name, value)| (name.to_owned(), value))).collect()
    };

    let (_, torn) = press(&parent, &link, with("pas du base64".to_owned(), "[[[1,2]]]")).await;
    assert!(torn.contains("La signature tracée n’a pas pu être lue"), "{torn}");
    assert!(torn.contains("[[[1,2]]]") && torn.contains("Claire Témoin"), "{torn}");
    let (_, no_picture) = press(&parent, &link, with(STANDARD.encode(b"rien"), "")).await;
    assert!(no_picture.contains("PNG") && no_picture.contains("JPEG"), "{no_picture}");
    assert_eq!(signers(&asked).await["signing"]["signers"][1]["standing"], "AWAITED");
    let (_, signed) = press(&parent, &link, with(drawn(), "[[[1,2]]]")).await;
    assert!(signed.contains("Votre signature est enregistrée"), "{signed}");
    asked.stage.app.drain().await;

    let guardian = signers(&asked).await["signing"]["signers"][1].clone();
    assert_eq!(guardian, json!({ "role": "GUARDIAN", "standing": "SIGNED", "method": "DRAWN" }));
    asked.sign(HEAD, "Anne Colline").await;
    asked.sign(HOST, "Paul Vilar").await;
    let pdf = deposited(&asked).await;
    assert!(said(&asked, &pdf).contains("Claire Témoin"));
}

async fn press(person: &Person, link: &str, form: Vec<(String, String)>) -> (u16, String) {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, it)| (&**name, &**it)).collect();
    person.press(link, &form).await
}

async fn whoever_guesses_links_is_soon_stopped(backend: Backend) {
    let asked = Asked::on(backend).await;
    let guesser = asked.stage.app.person();
    let ours = asked.token(PARENT);
    let (subject, _) = ours.split_once('.').unwrap();

    let mut answers = Vec::new();
    for _ in 0..25 {
        let link = SignedLink { subject: subject.to_owned(), id: gateway::ids::draw() };
        // Even one who could seal links does not know which was sent.
        let token = asked.stage.app.app.links.token(LinkPurpose::Sign, &link);
        answers.push(request(&guesser, &token).await["code"].clone());
    }

    assert_eq!(answers.first().unwrap(), "LINK_EXPIRED");
    assert_eq!(answers.last().unwrap(), "TOO_MANY_TRIES");
    assert_eq!(request(&guesser, &ours).await["code"], "TOO_MANY_TRIES");
    asked.stage.app.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(request(&guesser, &ours).await["__typename"], "SigningRequest");
}

async fn the_page_of_a_lost_link_says_the_same_to_everybody(backend: Backend) {
    let asked = Asked::on(backend).await;
    let app = &asked.stage.app;
    let visitor = app.person();
    let reference = asked.reference().await;
    let first = asked.link(PARENT);

    let (status, page) = visitor.get("/signer").await;
    assert!(status == 200 && String::from_utf8(page).unwrap().contains("Date de naissance"));
    let mut pages = Vec::new();
    for (reference, born, role) in [
        ("C-0000-0000", "2012-07-29", "GUARDIAN"),
        (reference.as_str(), "2011-01-01", "GUARDIAN"),
        (reference.as_str(), "2012-07-29", "PUPIL"),
        (reference.as_str(), "2012-07-29", "GUARDIAN"),
    ] {
        let form = [("reference", reference), ("born", born), ("role", role)];
        pages.push(visitor.press("/signer", &form).await.1);
    }
    app.drain().await;

    assert!(pages[0].contains("un nouveau lien vient de partir"), "{}", pages[0]);
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]), "{pages:#?}");
    assert!(!pages[3].contains("Temoin") && !pages[3].contains("courriel.example"));
    let second = asked.link(PARENT);
    assert_ne!(second, first);
    assert_eq!(request(&visitor, &asked.token(PARENT)).await["__typename"], "SigningRequest");
    let unborn = [("reference", reference.as_str()), ("born", "hier"), ("role", "GUARDIAN")];
    let (_, page) = visitor.press("/signer", &unborn).await;
    assert!(page.contains("refused") && page.contains(&reference), "{page}");
    let (_, page) = visitor.press("/signer", &[("role", "OPERATOR")]).await;
    assert!(page.contains("Choisissez à quel titre vous signez"), "{page}");

    for _ in 0..20 {
        let form = [("reference", "C-0000-0000"), ("born", "2012-07-29"), ("role", "GUARDIAN")];
        pages.push(visitor.press("/signer", &form).await.1);
    }
    assert!(pages.last().unwrap().contains("Trop d’essais en peu de temps"));
}

async fn anyone_verifies_a_signed_convention_by_what_is_printed_on_it(backend: Backend) {
    let asked = Asked::on(backend).await;
    let app = &asked.stage.app;
    let visitor = app.person();
    let reference = asked.reference().await;
    asked.sign_all().await;
    let printed = said(&asked, &deposited(&asked).await);
    assert!(printed.contains("/verifier"), "{printed}");
    let is_code = |word: &&str| {
        let halves =
            word.split_once('-').filter(|(left, right)| left.len() == 4 && right.len() == 4);
        let all = |half: &str| half.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        halves.is_some_and(|(left, right)| all(left) && all(right))
    };
    let code = printed.split_whitespace().find(is_code).expect("a code is printed").to_owned();

    let (_, page) = visitor.get("/verifier").await;
    assert!(String::from_utf8(page).unwrap().contains("Code de vérification"));
    let lower = code.to_lowercase();
    let right = [("reference", reference.as_str()), ("code", lower.as_str())];
    let (_, page) = visitor.press("/verifier", &right).await;
    let page = page.replace("&#x2f;", "/");
    assert!(page.contains("a été signée en ligne sur Escale"), "{page}");
    assert!(
        page.contains("responsable légal, le 04/01/2027 à 09\u{202f}h\u{202f}00, nom saisi"),
        "{page}"
    );
    for name in ["Temoin", "Zoelie", "Claire", "Colline", "Vilar"] {
        assert!(!page.contains(name), "{name}: {page}");
    }
    let wrong = [("reference", reference.as_str()), ("code", "2222-2222")];
    let (_, page) = visitor.press("/verifier", &wrong).await;
    assert!(page.contains("Aucune convention signée"), "{page}");
    let (_, page) = visitor.press("/verifier", &[("sha256", &"0".repeat(64))]).await;
    assert!(page.contains("Ce fichier n’est pas une convention signée"), "{page}");
    for _ in 0..20 {
        visitor.press("/verifier", &wrong).await;
    }
    let (_, page) = visitor.press("/verifier", &right).await;
    assert!(page.contains("Trop d’essais en peu de temps"), "{page}");
}

async fn the_school_is_told_whom_to_ask_only_while_it_may(backend: Backend) {
    let asked = Asked::on(backend).await;
    assert_eq!(signers(&asked).await["toSign"], json!([]), "they are asked already");
    let parent = asked.stage.app.person();
    let link = asked.link(PARENT);
    parent.press(&link, &[("choice", "decline"), ("reason", "Non.")]).await;
    asked.stage.app.drain().await;

    let to_sign = signers(&asked).await["toSign"].clone();
    let guardian = json!({ "role": "GUARDIAN", "name": "Parent Temoin",
        "email": "parent@courriel.example" });
    assert_eq!(to_sign.as_array().unwrap().len(), 3);
    assert_eq!(to_sign[1], guardian);
    let school = fixtures::schools::COLLEGE_COLLINE.mail;
    assert_eq!(to_sign[0], json!({ "role": "ORIGIN", "name": null, "email": school }));
}

async fn a_wrong_address_is_corrected_and_the_others_keep_their_signature(backend: Backend) {
    let asked = Asked::on(backend).await;
    let stage = &asked.stage;
    asked.sign(PARENT, "Claire Témoin").await;
    let wrong = asked.link(HOST);
    let stranger = stage.app.person();
    let code = asked.code(&stranger, &wrong, HOST).await;
    let right = "chef@vilar.example";
    let correct = |role: &str, email: &str| json!({ "convention": asked.convention, "role": role, "name": "Paul Vilar", "email": email });

    for (input, refusal) in [
        (correct("GUARDIAN", right), "ALREADY_SIGNED"),
        (correct("HOST", PARENT), "SAME_CONTACT"),
        (correct("HOST", "chef"), "NOT_AN_EMAIL"),
    ] {
        assert_eq!(stage.college.refused("correctSignatory", input).await, refusal);
    }
    stage.college.give("correctSignatory", "", correct("HOST", right)).await;
    stage.app.drain().await;

    let (_, page) = stranger.press(&wrong, &form(&code, "Paul Vilar")).await;
    assert!(page.contains("Ce lien ne sert plus"), "{page}");
    asked.sign(right, "Paul Vilar").await;
    asked.sign(HEAD, "Anne Colline").await;
    assert_eq!(signers(&asked).await["signing"]["state"], "COMPLETED");
    assert!(said(&asked, &deposited(&asked).await).contains("Claire Témoin"));
}

/// The signed document, as the host opens it.
async fn deposited(asked: &Asked) -> Vec<u8> {
    let path = format!("/convention/{}/depot.pdf", asked.convention);
    let (status, pdf) = asked.stage.lycee.get(&path).await;
    assert_eq!(status, 200);
    pdf
}

/// Its words, as Poppler reads them.
fn said(asked: &Asked, pdf: &[u8]) -> String {
    let file = asked.stage.app.dir.path().join("signed.pdf");
    std::fs::write(&file, pdf).unwrap();
    let read = std::process::Command::new("pdftotext").arg(&file).arg("-").output().unwrap();
    String::from_utf8(read.stdout).unwrap()
}

on_both!(
    a_drawn_signature_is_kept_and_a_broken_one_signs_nothing,
    whoever_guesses_links_is_soon_stopped,
    the_page_of_a_lost_link_says_the_same_to_everybody,
    anyone_verifies_a_signed_convention_by_what_is_printed_on_it,
    the_school_is_told_whom_to_ask_only_while_it_may,
    a_wrong_address_is_corrected_and_the_others_keep_their_signature,
);
