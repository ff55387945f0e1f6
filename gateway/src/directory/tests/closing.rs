//! A complete file closes what it lists no more, within reason.

use fixtures::directory::PREPARED;

use super::{super::Closing, *};

fn complete(at_most_percent: u8) -> Options {
    Options { closing: Closing::Absent { at_most_percent }, ..Options::default() }
}

fn without(names: &[&str]) -> String {
    let kept = |line: &&str| names.iter().all(|name| !line.contains(name));
    PREPARED.lines().filter(kept).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_school_absent_from_a_complete_file_is_closed() {
    let register = Register::default();
    imported(PREPARED, &register, complete(10)).await;

    let file = without(&["Rosa Parks"]);
    let report = imported(file.as_str(), &register, complete(10)).await;

    let closed: Vec<_> = report.absent_closed.iter().map(Uai::as_str).collect();
    assert_eq!(closed, ["9990013K"]);
    assert_eq!((report.read, report.unchanged, report.absent_kept), (29, 29, 0));
}

#[tokio::test]
async fn an_extract_closes_nothing() {
    let register = Register::default();
    imported(PREPARED, &register, Options::default()).await;

    let file = without(&["Rosa Parks"]);
    let report = imported(file.as_str(), &register, Options::default()).await;

    assert_eq!((report.absent_closed.len(), report.absent_kept), (0, 0));
    register.listing("9990013K");
}

#[tokio::test]
async fn a_file_that_lacks_too_many_schools_closes_none() {
    let register = Register::default();
    imported(PREPARED, &register, complete(10)).await;

    let file = without(&["Collège"]);
    let report = imported(file.as_str(), &register, complete(10)).await;

    assert_eq!((report.absent_closed.len(), report.absent_kept), (0, 18));
    assert!(report.to_string().contains("18 établissements absents du fichier"));
}

#[tokio::test]
async fn a_school_whose_row_is_rejected_is_not_absent() {
    let register = Register::default();
    imported(PREPARED, &register, complete(10)).await;

    let file = PREPARED
        .replace("9990013K;", "9990013A;")
        .replace("9990016N;Collège Marie Curie;", "9990016N;;");
    let report = imported(file.as_str(), &register, complete(10)).await;

    assert_eq!(report.rejected.len(), 2);
    assert_eq!((report.absent_closed.len(), report.unchanged), (0, 28));
}
