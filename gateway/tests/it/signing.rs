//! Signing online without an account: from the letter to the signed document, and what a
//! personal link does not do.

use jiff::SignedDuration;
use schema::ports::{LinkPurpose, SignedLink};
use serde_json::{Value, json};

use crate::signed_paper::{bears_its_address, bears_our_seal, text_of, verified};
use crate::support::{
    Backend, Person, link_in, on_both,
    stage::{Stage, convention_of},
};
use domain::{kernel::ids::SlotId, operations::erasure::ErasureGround};
use fixtures::schools::{COLLEGE_COLLINE, LYCEE_VILAR};

pub(crate) const PARENT: &str = "claire.temoin@courriel.example";
pub(crate) const HEAD: &str = "direction@colline.example";
pub(crate) const HOST: &str = "proviseur@vilar.example";

/// A convention whose signatures were asked for.
pub(crate) struct Asked {
    pub(crate) stage: Stage,
    pub(crate) slot: SlotId,
    pub(crate) booking: String,
    pub(crate) convention: String,
}

fn signatory(role: &str, name: &str, email: &str) -> Value {
    json!({ "role": role, "name": name, "email": email })
}

fn everybody(convention: &str) -> Value {
    json!({ "convention": convention, "signatories": [
        signatory("ORIGIN", "Anne Colline", HEAD),
        signatory("GUARDIAN", "Claire Témoin", PARENT),
        signatory("HOST", "Paul Vilar", HOST),
    ] })
}

impl Asked {
    pub(crate) async fn on(backend: Backend) -> Self {
        let stage = Stage::set(backend).await;
        let slot = stage.slot(4).await;
        let (booking, _) = stage.book(slot, "Temoin", "Zoelie").await;
        let convention = convention_of(&booking);
        stage.college.give("openSigning", "", everybody(&convention)).await;
        stage.app.drain().await;
        Self { stage, slot, booking, convention }
    }

    pub(crate) fn link(&self, to: &str) -> String {
        let letters = self.stage.app.letters_to(to);
        let asks = |letter: &&mailer::stored::ReadMessage| letter.text.contains("/signer/");
        let letter = letters.iter().rev().find(asks);
        link_in(&letter.unwrap_or_else(|| panic!("no link to {to}")).text, "/signer/")
    }

    /// Has a code sent, and reads it in the mailbox of `to`.
    pub(crate) async fn code(&self, person: &Person, link: &str, to: &str) -> String {
        let (_, page) = person.press(link, &[("choice", "code")]).await;
        assert!(page.contains("Le code vient de partir"), "{page}");
        self.stage.app.drain().await;
        let letters = self.stage.app.letters_to(to);
        let letter = letters.iter().rev().find(|it| it.subject.contains("code de signature"));
        let text = &letter.unwrap_or_else(|| panic!("no code to {to}")).text;
        let digits = |line: &&str| line.len() == 6 && line.chars().all(|c| c.is_ascii_digit());
        text.lines().map(str::trim).find(digits).unwrap().to_owned()
    }

    pub(crate) async fn sign(&self, to: &str, name: &str) -> String {
        let person = self.stage.app.person();
        let link = self.link(to);
        let code = self.code(&person, &link, to).await;
        let (_, page) = person.press(&link, &form(&code, name)).await;
        self.stage.app.drain().await;
        assert!(page.contains("Votre signature est enregistrée"), "{to}: {page}");
        page
    }

    /// All sign, in the order of the convention; answers what the last is told.
    pub(crate) async fn sign_all(&self) -> String {
        self.sign(PARENT, "Claire Témoin").await;
        self.sign(HEAD, "Anne Colline").await;
        self.sign(HOST, "Paul Vilar").await
    }

    /// The identification printed on the convention.
    pub(crate) async fn reference(&self) -> String {
        let query = "query($id: String!) { convention(id: $id) { reference } }";
        let data = self.stage.college.ask(query, json!({ "id": self.convention })).await;
        data["convention"]["reference"].as_str().unwrap().to_owned()
    }

    async fn state(&self) -> Value {
        let query =
            "query($id: String!) { convention(id: $id) { state deposit { recognition pages signatureCheck { outcome signatures { byPlatform integrity } } }
            signing { state signers { role standing name } } } }";
        let data = self.stage.college.ask(query, json!({ "id": self.convention })).await;
        data["convention"].clone()
    }

    pub(crate) fn token(&self, to: &str) -> String {
        self.link(to).rsplit('/').next().unwrap().to_owned()
    }
}

pub(crate) fn form<'a>(code: &'a str, name: &'a str) -> [(&'a str, &'a str); 4] {
    [("choice", "sign"), ("code", code), ("name", name), ("words", "Lu et approuvé")]
}

async fn a_convention_is_signed_by_all_without_an_account_and_deposits_itself(backend: Backend) {
    let asked = Asked::on(backend).await;
    let app = &asked.stage.app;
    let parent = app.person();
    let link = asked.link(PARENT);

    let (_, shown) = parent.get(&link).await;
    let shown = String::from_utf8(shown).unwrap();
    assert!(shown.contains("TEMOIN Zoelie") && shown.contains("responsable légal"), "{shown}");
    assert!(shown.contains("c…@courriel.example") && !shown.contains(PARENT), "{shown}");
    let (status, pdf) = parent.get(&format!("{link}/convention.pdf")).await;
    assert!(status == 200 && pdf.starts_with(b"%PDF"));
    let page = asked.sign(PARENT, "Claire Témoin").await;
    assert!(page.contains("quand tous auront signé"), "{page}");
    asked.sign(HEAD, "Anne Colline").await;
    let page = asked.sign(HOST, "Paul Vilar").await;
    assert!(page.contains("Tous ont signé"), "{page}");

    let state = asked.state().await;
    assert_eq!(state["state"], "DEPOSITED");
    assert_eq!(state["deposit"]["recognition"], "SIGNED_ONLINE");
    assert_eq!(state["signing"]["state"], "COMPLETED");
    let check = &state["deposit"]["signatureCheck"];
    assert_eq!(check["signatures"], json!([{ "byPlatform": true, "integrity": "INTACT" }]));
    let letters = app.letters_to(PARENT);
    let last = letters.last().unwrap();
    assert!(last.subject.starts_with("Convention signée"), "{}", last.subject);
    let path = format!("/convention/{}/depot.pdf", asked.convention);
    let signed = asked.stage.lycee.get(&path).await.1;
    bears_our_seal(app, &signed);
    let said = text_of(app, &signed);
    assert!(said.contains("responsable légal a signé."), "{said}");
    assert!(!said.contains("……"), "nothing is left to fill in: {said}");
    bears_its_address(&asked, &signed).await;
    let found = verified(&app.person(), &signed).await;
    assert_eq!(found["authentic"], true);
    assert_eq!(found["signatures"].as_array().unwrap().len(), 3);
    let altered = [signed.as_slice(), b"\n"].concat();
    assert_eq!(verified(&app.person(), &altered).await["authentic"], false);
    let input = json!({ "convention": asked.convention });
    asked.stage.lycee.give("validateConvention", "", input).await;
    app.drain().await;
    assert_eq!(asked.state().await["state"], "VALIDATED");
    asked.stage.verify().await;
    is_told(&asked).await;
}

/// A school reads what happened beside the convention, and the operator at the command line.
async fn is_told(asked: &Asked) {
    let query = "query($id: String!) { convention(id: $id) { history { sentence } } }";
    let data = asked.stage.college.ask(query, json!({ "id": asked.convention })).await;
    let id = asked.convention.parse().unwrap();
    let lines = gateway::history::lines(&asked.stage.app.app.journal, id, None).await.unwrap();
    let (read, typed) = (data.to_string(), lines.join("\n"));
    for sentence in [
        "Les signatures en ligne de la convention ont été demandées.",
        "La convention a été signée en ligne par le responsable légal (Claire Témoin, nom saisi).",
        "Tous les signataires ont signé en ligne.",
    ] {
        assert!(read.contains(sentence), "{sentence}: {read}");
        assert!(typed.contains(sentence), "{sentence}: {typed}");
    }
    let last = lines.iter().rev().nth(1).unwrap();
    assert!(last.contains("validée"), "in the order of the log: {typed}");
}

async fn page_letter_and_convention_name_everything_alike(backend: Backend) {
    let asked = Asked::on(backend).await;
    let app = &asked.stage.app;
    let link = asked.link(PARENT);

    let page = String::from_utf8(app.person().get(&link).await.1).unwrap();
    let paper = text_of(app, &app.person().get(&format!("{link}/convention.pdf")).await.1);
    let letters = app.letters_to(PARENT);
    let letter = &letters.iter().rev().find(|it| it.text.contains("/signer/")).unwrap().text;

    let plain = |text: &str| text.replace("&nbsp;", " ").replace('\u{a0}', " ");
    let (host, origin) = (LYCEE_VILAR.name, COLLEGE_COLLINE.name);
    let (day, hours) = ("mercredi 27 janvier 2027", "09:15 – 12:00");
    for name in ["TEMOIN Zoelie", "CAP Ébéniste", host, origin, day, hours, "Atelier bois"] {
        for said in [&page, letter, &paper].map(|said| plain(said)) {
            assert!(said.contains(name), "{name}: {said}");
        }
    }
}

async fn a_link_signs_one_convention_in_one_role_once(backend: Backend) {
    let asked = Asked::on(backend).await;
    let app = &asked.stage.app;
    let thief = app.person();
    let (parents, heads) = (asked.token(PARENT), asked.token(HEAD));
    let (subject, rest) = parents.split_once('.').unwrap();

    // Another role, another convention, another seal.
    let other_role = format!("{}.{rest}", subject.replace("guardian", "host"));
    let other = format!("{}-guardian.{rest}", uuid_of(&convention_of(&another(&asked).await)));
    let sealed = format!("{subject}.{}", heads.split_once('.').unwrap().1);
    for token in [&other_role, &other, &sealed] {
        assert_eq!(request(&thief, token).await["code"], "LINK_UNKNOWN", "{token}");
    }
    // A link of ours for another purpose.
    let id = gateway::ids::draw();
    let link = SignedLink { subject: subject.to_owned(), id };
    let token = app.app.links.token(LinkPurpose::SignIn, &link);
    assert_eq!(request(&thief, &token).await["code"], "LINK_UNKNOWN");
    // A seal of ours with an id that was never sent.
    let token = app.app.links.token(LinkPurpose::Sign, &link);
    assert_eq!(request(&thief, &token).await["code"], "LINK_EXPIRED");

    // Once used it is dead; so is the very same POST again.
    let parent = app.person();
    let link = asked.link(PARENT);
    let code = asked.code(&parent, &link, PARENT).await;
    let (_, first) = parent.press(&link, &form(&code, "Claire Témoin")).await;
    assert!(first.contains("Votre signature est enregistrée"), "{first}");
    let (_, again) = parent.press(&link, &form(&code, "Un Autre")).await;
    assert!(again.contains("déjà signé"), "{again}");
    assert_eq!(parent.get(&format!("{link}/convention.pdf")).await.0, 404);
    app.drain().await;
    let signers = asked.state().await["signing"]["signers"].clone();
    assert!(signers.as_array().unwrap().iter().any(|it| it["name"] == "Claire Témoin"));
    // It opened no session.
    let me = parent.raw("{ me { id } }", json!({})).await;
    assert!(me["data"]["me"].is_null(), "{me}");
}

async fn another(asked: &Asked) -> String {
    let slot = asked.stage.slot(2).await;
    asked.stage.book(slot, "Autre", "Eleve").await.0
}

fn uuid_of(convention: &str) -> &str {
    convention.strip_prefix("convention_").unwrap()
}

pub(crate) async fn request(person: &Person, token: &str) -> Value {
    let query = "query($token: String!) { done: signingRequest(token: $token) { __typename
        ... on Refused { code } } }";
    person.ask(query, json!({ "token": token })).await["done"].clone()
}

async fn a_forwarded_link_is_worth_nothing_without_the_code(backend: Backend) {
    let asked = Asked::on(backend).await;
    let thief = asked.stage.app.person();
    let link = asked.link(PARENT);

    // Without any code.
    let (_, page) = thief.press(&link, &form("000000", "Voleur")).await;
    assert!(page.contains("Ce code ne sert plus"), "{page}");
    // Guessing: five tries, and the right one is burnt too.
    let code = asked.code(&thief, &link, PARENT).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let (_, page) = thief.press(&link, &form(wrong, "Voleur")).await;
        assert!(page.contains("Ce n’est pas le code envoyé"), "{page}");
    }
    let (_, page) = thief.press(&link, &form(&code, "Voleur")).await;
    assert!(page.contains("Ce code ne sert plus"), "{page}");
    // Whoever asks for codes gets five an hour; they go to the address on file.
    for _ in 0..4 {
        asked.stage.app.clock.advance(SignedDuration::from_mins(2));
        asked.code(&thief, &link, PARENT).await;
    }
    let (_, page) = thief.press(&link, &[("choice", "code")]).await;
    assert!(page.contains("Trop de codes"), "{page}");
    let role = asked.state().await["signing"]["signers"][1]["standing"].clone();
    assert_eq!(role, "AWAITED");
}

async fn links_and_codes_die_of_age_and_of_newer_ones(backend: Backend) {
    let asked = Asked::on(backend).await;
    let app = &asked.stage.app;
    let parent = app.person();
    let first = asked.link(PARENT);
    let resend = json!({ "convention": asked.convention, "role": "GUARDIAN" });

    let refused = asked.stage.college.refused("resendSigningLink", resend.clone()).await;
    assert_eq!(refused, "TOO_SOON");
    let code = asked.code(&parent, &first, PARENT).await;
    app.forward(SignedDuration::from_mins(10)).await;
    let (_, late) = parent.press(&first, &form(&code, "Claire Témoin")).await;
    assert!(late.contains("Ce code ne sert plus"), "{late}");

    app.forward(SignedDuration::from_hours(24)).await;
    asked.stage.college.give("resendSigningLink", "", resend).await;
    app.drain().await;
    let second = asked.link(PARENT);
    assert_ne!(first, second);
    assert_eq!(request(&parent, first.rsplit('/').next().unwrap()).await["code"], "LINK_EXPIRED");
    assert_eq!(request(&parent, &asked.token(PARENT)).await["__typename"], "SigningRequest");
    app.forward(SignedDuration::from_hours(14 * 24)).await;
    assert_eq!(request(&parent, &asked.token(PARENT)).await["code"], "LINK_EXPIRED");
}

async fn a_lost_link_is_sent_again_and_nothing_is_told(backend: Backend) {
    let asked = Asked::on(backend).await;
    let app = &asked.stage.app;
    let reference = asked.reference().await;
    let first = asked.link(PARENT);
    let lost = |reference: &str, born: &str| {
        json!({
            "reference": reference, "birthDate": born, "role": "GUARDIAN",
        })
    };
    let visitor = app.person();

    let mut answers = Vec::new();
    for input in [lost("C-0000-0000", "2012-07-29"), lost(&reference, "2011-01-01")] {
        let wanted = "... on SigningLinkOnItsWay { received }";
        answers.push(visitor.give("recoverSigningLink", wanted, input).await);
    }
    app.drain().await;
    assert_eq!(asked.link(PARENT), first);
    let wanted = "... on SigningLinkOnItsWay { received }";
    let input = lost(&reference, "2012-07-29");
    answers.push(visitor.give("recoverSigningLink", wanted, input).await);
    app.drain().await;

    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    assert_ne!(asked.link(PARENT), first);
}

async fn who_declines_says_why_and_the_school_may_ask_again(backend: Backend) {
    let asked = Asked::on(backend).await;
    let app = &asked.stage.app;
    let parent = app.person();
    let link = asked.link(PARENT);

    let (_, page) = parent.press(&link, &[("choice", "decline"), ("reason", " ")]).await;
    assert!(page.contains("Ce champ est obligatoire"), "{page}");
    let form = [("choice", "decline"), ("reason", "Les horaires ne conviennent pas.")];
    let (_, page) = parent.press(&link, &form).await;
    assert!(page.contains("Votre refus est enregistré"), "{page}");
    app.drain().await;

    let letters = app.letters_to(fixtures::schools::COLLEGE_COLLINE.mail);
    let told = letters.iter().any(|it| it.text.contains("Les horaires ne conviennent pas."));
    assert!(told, "the school of origin reads why");
    assert_eq!(request(&parent, &asked.token(HOST)).await["code"], "SIGNING_NOT_OPEN");
    asked.stage.college.give("openSigning", "", everybody(&asked.convention)).await;
    app.drain().await;
    assert_eq!(request(&parent, &asked.token(HOST)).await["__typename"], "SigningRequest");
}

async fn nothing_is_signed_for_whoever_was_erased_nor_for_what_is_void(backend: Backend) {
    let asked = Asked::on(backend).await;
    let app = &asked.stage.app;
    let link = asked.link(PARENT);
    let person = app.pupil_of(&asked.booking).await;
    let code = asked.code(&app.person(), &link, PARENT).await;
    let context = app.operator(None);
    let ground = ErasureGround::Request;
    app.app.journal.erase(person, ground, &context).await.unwrap();
    app.drain().await;

    let (_, page) = app.person().press(&link, &form(&code, "Claire Témoin")).await;

    assert!(!page.contains("Votre signature est enregistrée"), "{page}");
    assert_ne!(app.person().get(&format!("{link}/convention.pdf")).await.0, 200);
    let state = asked.state().await;
    assert_eq!(state["signing"]["signers"][1]["name"], Value::Null);
}

async fn no_two_sign_with_one_address(backend: Backend) {
    let stage = Stage::set(backend).await;
    let slot = stage.slot(4).await;
    let (booking, _) = stage.book(slot, "Temoin", "Zoelie").await;
    let mut input = everybody(&convention_of(&booking));
    input["signatories"][2]["email"] = PARENT.to_uppercase().into();

    assert_eq!(stage.college.refused("openSigning", input).await, "SAME_CONTACT");
}

on_both!(
    a_convention_is_signed_by_all_without_an_account_and_deposits_itself,
    page_letter_and_convention_name_everything_alike,
    a_link_signs_one_convention_in_one_role_once,
    a_forwarded_link_is_worth_nothing_without_the_code,
    links_and_codes_die_of_age_and_of_newer_ones,
    a_lost_link_is_sent_again_and_nothing_is_told,
    who_declines_says_why_and_the_school_may_ask_again,
    nothing_is_signed_for_whoever_was_erased_nor_for_what_is_void,
    no_two_sign_with_one_address,
);
