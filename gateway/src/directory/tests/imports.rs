//! What an import adds up, and what it says.

use domain::directory::school::SchoolStatus;
use fixtures::directory::{OFFICIAL, PREPARED, SITES, WRONG_LINES};

use super::{
    super::{ImportFault, Progress},
    *,
};

#[tokio::test]
async fn a_directory_is_imported_and_reported() {
    let report = imported(PREPARED, &Register::default(), Options::default()).await;

    insta::assert_snapshot!(report);
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let register = Register::default();

    imported(OFFICIAL, &register, Options::default()).await;
    let again = imported(OFFICIAL, &register, Options::default()).await;

    assert_eq!((again.read, again.unchanged), (30, 30));
}

#[tokio::test]
async fn a_row_that_differs_changes_its_school_only() {
    let register = Register::default();
    imported(PREPARED, &register, Options::default()).await;

    let renamed = PREPARED.replace("Collège Rosa Parks", "Collège Rosa-Parks");
    let report = imported(renamed.as_str(), &register, Options::default()).await;

    let changed: Vec<_> = report.changed.iter().map(|s| (s.line, s.uai.as_str())).collect();
    assert_eq!(changed, [(13, "9990013K")]);
    assert_eq!((report.added, report.unchanged), (0, 29));
}

#[tokio::test]
async fn each_wrong_line_is_rejected_with_its_reason_and_the_others_go_on() {
    let register = Register::default();

    let report = imported(WRONG_LINES, &register, Options::default()).await;

    insta::assert_snapshot!(report);
    assert_eq!(register.listing("9990066T").address.street, "1 rue des Lilas\nBP 12");
    assert_eq!(register.listing("9990064R").mail, None);
}

#[tokio::test]
async fn the_report_as_json_has_every_reason_in_french() {
    let report = imported(WRONG_LINES, &Register::default(), Options::default()).await;

    insta::assert_json_snapshot!(report);
}

#[tokio::test]
async fn a_school_that_the_file_says_is_closed_is_closed() {
    let register = Register::default();
    imported(PREPARED, &register, Options::default()).await;

    let closed = PREPARED.replace(";A FERMER;", ";FERME;");
    let report = imported(closed.as_str(), &register, Options::default()).await;
    let again = imported(closed.as_str(), &register, Options::default()).await;

    let names: Vec<_> = report.closed.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Collège Louise Michel"]);
    assert_eq!((again.closed.len(), again.unchanged), (0, 30));
}

#[tokio::test]
async fn the_rows_of_one_uai_are_one_school_with_its_sites() {
    let register = Register::default();

    let report = imported(SITES, &register, Options::default()).await;

    assert_eq!((report.read, report.added, report.sites), (6, 3, 3));
    let claudel = register.listing("9990041R");
    assert_eq!(claudel.name, "Lycée polyvalent Camille Claudel");
    assert_eq!((claudel.sites, claudel.status), (3, SchoolStatus::Open));
    // What the main site lacks is taken from another.
    assert_eq!(claudel.phone.as_deref(), Some("01 99 00 41 02"));
    assert_eq!(register.listing("9990042S").sites, 2);
}

#[tokio::test]
async fn the_order_of_the_rows_does_not_matter() {
    let register = Register::default();
    imported(SITES, &register, Options::default()).await;

    let mut lines: Vec<_> = SITES.lines().collect();
    lines[1..].reverse();
    let report = imported(lines.join("\n").as_str(), &register, Options::default()).await;

    assert_eq!((report.unchanged, report.sites), (3, 3));
}

#[tokio::test]
async fn as_many_commands_as_asked_are_under_way_and_no_more() {
    let register = Register::default();
    let options = Options { at_once: 7, ..Options::default() };

    imported(PREPARED, &register, options).await;

    assert_eq!(register.most_under_way.load(Ordering::SeqCst), 7);
}

#[tokio::test]
async fn progress_ends_with_the_whole_file() {
    let mut told = Vec::new();

    let source = reader(PREPARED);
    let progress = |progress| told.push(progress);
    import(source, &Register::default(), Options::default(), progress).await.unwrap();

    assert!(told.is_sorted_by_key(|p: &Progress| (p.rows, p.bytes)));
    let last = told.last().unwrap();
    assert_eq!((last.rows, last.bytes), (30, last.length));
}

/// A register whose disk is full.
struct Broken;

#[derive(Debug, thiserror::Error)]
#[error("the disk is full")]
struct DiskFull;

impl Schools for Broken {
    type Fault = DiskFull;

    async fn apply(&self, _: Uai, _: SchoolCommand) -> Result<Outcome, DiskFull> {
        Err(DiskFull)
    }

    async fn open(&self) -> Result<Vec<Uai>, DiskFull> {
        Err(DiskFull)
    }
}

#[tokio::test]
async fn a_fault_stops_the_import_and_names_the_school() {
    let options = Options { at_once: 1, ..Options::default() };

    let fault = import(reader(PREPARED), &Broken, options, |_| {}).await.unwrap_err();

    assert!(
        matches!(&fault, ImportFault::FailedToApply { uai, .. } if uai.as_str() == "9990001X"),
        "{fault:?}"
    );
}
