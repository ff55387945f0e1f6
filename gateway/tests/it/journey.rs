//! The main job, over HTTP, from the directory to a validated convention and back: what each
//! side sees, receives and may do at each step.

use std::path::PathBuf;

use domain::platforms::{
    platform::{Platform, PlatformCommand},
    rules::Rules,
};
use fixtures::schools::{COLLEGE_COLLINE, LYCEE_VILAR};
use gateway::{
    demo::completed,
    directory::{LoggedSchools, Options, Reader, Source, import},
};
use serde_json::{Value, json};

use crate::support::{
    Backend, Person,
    stage::{Stage, convention_of, operate, platform},
};

/// The real directory where there is one, else nothing: our own schools are listed already.
fn real_directory() -> Option<PathBuf> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data/etablissements_second_degre.csv");
    file.exists().then_some(file)
}

async fn list_real_schools(stage: &Stage) {
    let Some(file) = real_directory() else {
        return;
    };
    for again in [false, true] {
        let schools = LoggedSchools::by_import(&stage.app.app.journal);
        let reader = Reader::open(&Source::from(file.clone())).unwrap();
        let report = import(reader, &schools, Options::default(), |_| {}).await.unwrap();
        assert_eq!(report.accounted(), report.read);
        assert_eq!((report.read, report.added == 0), (14_910, again));
    }
    stage.app.drain().await;
}

const TABS: &str = "query($filter: ConventionFilter!) { conventions(filter: $filter) {
    notReturned awaitingValidation nonConforming validated
    page { total items { id reference tab state nonConforming reason } } } }";

/// The counters of the three tabs as a school sees them, and the rows of `tab`.
async fn tabs(person: &Person, side: &str, uai: &str, tab: &str) -> (Vec<u64>, Vec<Value>) {
    let filter = json!({ "platform": platform().as_str(), side: uai, "tab": tab });
    let data = person.ask(TABS, json!({ "filter": filter })).await;
    let conventions = &data["conventions"];
    let count = |name: &str| conventions[name].as_u64().unwrap();
    let counts = ["notReturned", "awaitingValidation", "validated"].map(count).to_vec();
    (counts, conventions["page"]["items"].as_array().unwrap().clone())
}

/// What both sides see in the tabs: the same.
async fn both_see(stage: &Stage, counts: [u64; 3], tab: &str) -> Value {
    let host = tabs(&stage.lycee, "host", LYCEE_VILAR.code, tab).await;
    let origin = tabs(&stage.college, "origin", COLLEGE_COLLINE.code, tab).await;
    assert_eq!(host.0, counts, "{tab}");
    assert_eq!(origin, host, "{tab}");
    host.1[0].clone()
}

/// « Conv. »
async fn conv(person: &Person, convention: &str) -> Vec<u8> {
    let (status, bytes) = person.get(&format!("/convention/{convention}/conv.pdf")).await;
    assert_eq!(status, 200);
    bytes
}

/// How many letters came to each side, and the subject of the last one.
fn mail(stage: &Stage) -> [(usize, String); 2] {
    [COLLEGE_COLLINE.mail, LYCEE_VILAR.mail].map(|address| {
        let letters = stage.app.letters_to(address);
        (letters.len(), letters.last().map(|it| it.subject.clone()).unwrap_or_default())
    })
}

async fn history(person: &Person, convention: &str) -> Vec<String> {
    let query = "query($id: ID!) { convention(id: $id) { history { event sentence who } } }";
    let data = person.ask(query, json!({ "id": convention })).await;
    let entries = data["convention"]["history"].as_array().unwrap().clone();
    entries
        .iter()
        .inspect(|entry| assert!(!entry["sentence"].as_str().unwrap().is_empty()))
        .map(|entry| entry["event"].as_str().unwrap().to_owned())
        .collect()
}

async fn the_main_job(backend: Backend) {
    let stage = Stage::set(backend).await;
    list_real_schools(&stage).await;
    let slot = stage.slot(4).await;
    let before = mail(&stage);

    // The collège books a seat of the four and receives the convention by mail.
    let (booking, waits) = stage.book(slot, "Témoin-Unique", "Zoé").await;
    assert!(!waits);
    let convention = convention_of(&booking);
    let row = both_see(&stage, [1, 0, 0], "NOT_RETURNED").await;
    assert_eq!((&row["id"], &row["tab"]), (&json!(convention), &json!("NOT_RETURNED")));
    let after = mail(&stage);
    assert_eq!((after[0].0, after[1].0), (before[0].0 + 1, before[1].0 + 1), "both are told");
    let letter = stage.app.letters_to(COLLEGE_COLLINE.mail).pop().unwrap();
    let original = conv(&stage.college, &convention).await;
    let joined: Vec<_> = letter.attachments.iter().map(|it| it.content_type.clone()).collect();
    assert_eq!(letter.attachments[0].bytes, original, "the very bytes that Conv. serves");
    assert!(joined[1].starts_with("text/calendar"), "{joined:?}");
    assert_eq!(conv(&stage.lycee, &convention).await, original);

    // It deposits the completed one, which is recognised by itself.
    let completed = completed(&original);
    let recognised = "... on ConventionDeposited { recognised }";
    let school = json!({ "school": COLLEGE_COLLINE.code });
    let deposited = stage.college.upload("depositConvention", recognised, school, &completed).await;
    assert_eq!(deposited["recognised"], true, "{deposited:#}");
    stage.app.drain().await;
    both_see(&stage, [0, 1, 0], "AWAITING_VALIDATION").await;
    assert_eq!(mail(&stage)[1].0, after[1].0 + 1, "the lycée is told");
    assert_eq!(conv(&stage.college, &convention).await, original, "unsigned until validated");

    // The lycée invalidates: it stays « en attente », marked, with its reason.
    let reason = json!({ "convention": convention, "reason": "Signature du responsable absente" });
    stage.lycee.give("invalidateConvention", "", reason.clone()).await;
    stage.app.drain().await;
    let row = both_see(&stage, [0, 1, 0], "AWAITING_VALIDATION").await;
    assert_eq!((&row["nonConforming"], &row["reason"]), (&json!(true), &reason["reason"]));
    let told = stage.app.letters_to(COLLEGE_COLLINE.mail).pop().unwrap();
    assert!(told.text.contains("Signature du responsable absente"), "{}", told.text);

    validated_then_reopened(&stage, &convention, &original, &completed).await;

    let told = history(&stage.college, &convention).await;
    let ours: Vec<_> = told.iter().filter(|it| it.starts_with("Convention")).cloned().collect();
    assert_eq!(
        ours,
        [
            "ConventionGenerated",
            "ConventionDeposited",
            "ConventionInvalidated",
            "ConventionDeposited",
            "ConventionValidated",
            "ConventionInvalidated",
            "ConventionRegenerated",
        ]
    );
    rebuild_while_reading(&stage).await;
}

/// Deposited again, validated, invalidated, regenerated.
async fn validated_then_reopened(
    stage: &Stage,
    convention: &str,
    original: &[u8],
    completed: &[u8],
) {
    // The collège deposits again, the lycée validates: « Conv. » is the completed one.
    let again = json!({ "convention": convention });
    stage.college.upload("depositConvention", "", again, completed).await;
    stage.app.drain().await;
    let it = json!({ "convention": convention });
    stage.lycee.give("validateConvention", "", it.clone()).await;
    stage.app.drain().await;
    both_see(stage, [0, 0, 1], "VALIDATED").await;
    assert_eq!(conv(&stage.college, convention).await, completed);
    let told = stage.app.letters_to(COLLEGE_COLLINE.mail).pop().unwrap();
    assert!(told.text.contains("TÉMOIN-UNIQUE Zoé"), "{}", told.text);

    // It invalidates the validated one: « non retournées », then regenerates: the same bytes.
    let reason = json!({ "convention": convention, "reason": "Mauvaise date" });
    stage.lycee.give("invalidateConvention", "", reason).await;
    stage.app.drain().await;
    let row = both_see(stage, [1, 0, 0], "NOT_RETURNED").await;
    assert_eq!(row["state"], "REOPENED");
    assert_eq!(conv(&stage.college, convention).await, original);
    stage.lycee.give("regenerateConvention", "", it).await;
    stage.app.drain().await;
    both_see(stage, [1, 0, 0], "NOT_RETURNED").await;
    assert_eq!(conv(&stage.lycee, convention).await, original, "the original, to the byte");
}

/// Verified, rebuilt while one reads, verified again.
async fn rebuild_while_reading(stage: &Stage) {
    stage.verify().await;
    let read = &stage.app.app.read;
    let run = read.ask_rebuild(Vec::new()).await.unwrap();
    let rebuilt = read.rebuilt(run);
    tokio::pin!(rebuilt);
    let mut reads = 0;
    let rebuild = loop {
        tokio::select! {
            done = &mut rebuilt => break done.unwrap(),
            seen = tabs(&stage.lycee, "host", LYCEE_VILAR.code, "NOT_RETURNED") => {
                assert_eq!(seen.0, [1, 0, 0], "never half a state");
                reads += 1;
            }
        }
    };
    assert_eq!(rebuild.stage, projections::Stage::Done, "{rebuild:?}");
    both_see(stage, [1, 0, 0], "NOT_RETURNED").await;
    assert!(reads > 0, "nobody read meanwhile");
    stage.verify().await;
}

#[tokio::test]
async fn the_main_job_in_sqlite() {
    the_main_job(Backend::Sqlite).await;
}

#[tokio::test]
async fn the_main_job_in_postgresql() {
    the_main_job(Backend::Postgres).await;
}

#[tokio::test]
async fn a_file_that_is_no_proper_pdf_is_refused_and_nothing_is_stored() {
    let stage = Stage::set(Backend::Sqlite).await;
    let slot = stage.slot(4).await;
    let (booking, _) = stage.book(slot, "Hotel", "Hugo").await;
    let convention = convention_of(&booking);
    let original = conv(&stage.college, &convention).await;
    let documents = stage.app.dir.path().join("documents");
    let stored = || walk(&documents);
    let before = stored();

    let truncated = &original[..original.len() / 2];
    for (file, code) in [
        (b"not a pdf".as_slice(), "NOT_A_PDF"),
        (truncated, "FILE_TRUNCATED"),
        (b"".as_slice(), "NOT_A_PDF"),
    ] {
        let input = json!({ "convention": convention });
        let done = stage.college.upload("depositConvention", "", input, file).await;
        assert_eq!(done["code"], code, "{done:#}");
        let message = done["message"].as_str().unwrap();
        assert!(message.contains("fichier") && message.ends_with('.'), "{message}");
    }

    assert_eq!(stored(), before);
    both_see(&stage, [1, 0, 0], "NOT_RETURNED").await;
}

#[tokio::test]
async fn a_file_too_large_for_its_own_platform_is_refused_and_nothing_is_stored() {
    let stage = Stage::set(Backend::Sqlite).await;
    let slot = stage.slot(4).await;
    let (booking, _) = stage.book(slot, "Hotel", "Hugo").await;
    let original = conv(&stage.college, &convention_of(&booking)).await;
    let rules = Rules { deposit_most_bytes: 100 * 1024, ..Rules::default() };
    operate::<Platform>(&stage.app, platform().as_str(), PlatformCommand::ChangeRules { rules })
        .await;
    let open = PlatformCommand::OpenPlatform {
        platform: "autre".parse().unwrap(),
        name: "Autre".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        rules: Rules::default(),
    };
    operate::<Platform>(&stage.app, "autre", open).await;
    stage.app.drain().await;
    let documents = stage.app.dir.path().join("documents");
    let before = walk(&documents);

    let large = completed(&[original, vec![b'\n'; 200 * 1024]].concat());
    let school = json!({ "school": COLLEGE_COLLINE.code });
    let done = stage.college.upload("depositConvention", "", school, &large).await;

    assert_eq!(done["code"], "FILE_TOO_LARGE", "{done:#}");
    assert_eq!(walk(&documents), before);
}

pub(crate) fn walk(dir: &std::path::Path) -> usize {
    std::fs::read_dir(dir).map_or(0, |entries| {
        entries
            .map(|entry| entry.unwrap().path())
            .map(|path| if path.is_dir() { walk(&path) } else { 1 })
            .sum()
    })
}

#[tokio::test]
async fn nobody_else_sees_the_convention() {
    let stage = Stage::set(Backend::Sqlite).await;
    let slot = stage.slot(4).await;
    let (booking, _) = stage.book(slot, "India", "Ines").await;
    let convention = convention_of(&booking);
    let stranger =
        crate::support::stage::sign_up(&stage.app, &fixtures::schools::COLLEGE_MOULIN).await;
    let visitor = stage.app.person();

    for person in [&stranger, &visitor] {
        for version in ["conv", "original", "depot", "depot-1"] {
            let (status, _) = person.get(&format!("/convention/{convention}/{version}.pdf")).await;
            assert_eq!(status, 404, "{version}");
        }
        let query = "query($id: ID!) { convention(id: $id) { reference } }";
        let answer = person.raw(query, json!({ "id": convention })).await;
        assert!(!answer.to_string().contains("C-"), "{answer}");
        let export = format!("/export/reservations.csv?platform={}", platform());
        assert_eq!(person.get(&export).await.0, 404);
    }
    let export =
        format!("/export/reservations.csv?platform={}&origin={}", platform(), COLLEGE_COLLINE.code);
    let (status, table) = stage.college.get(&export).await;
    assert_eq!(status, 200);
    let table = String::from_utf8(table).unwrap();
    assert!(table.starts_with("\u{feff}Nom;Prénom;") && table.contains("INDIA;Ines;"), "{table}");
    assert_eq!(stranger.get(&export).await.0, 404);
}
