//! The real files, where they stand beside the repository; the extract of `fixtures` elsewhere.

use std::path::PathBuf;

use super::{super::Evidence, *};

/// A real file, or nothing after saying so.
#[expect(clippy::print_stderr, reason = "says which file the test went without")]
fn real(name: &str) -> Option<Source> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(name);
    if path.exists() {
        return Some(path.into());
    }
    eprintln!("{} is not there: the extract is checked instead", path.display());
    None
}

#[tokio::test]
async fn the_whole_second_degree_is_accounted_for() {
    let Some(source) = real("etablissements_second_degre.csv") else {
        let register = Register::default();
        let report = imported(fixtures::directory::PREPARED, &register, Options::default()).await;
        assert_eq!(report.added, 30);
        return;
    };
    let register = Register::default();

    let report = imported(source.clone(), &register, Options::default()).await;
    let again = imported(source, &register, Options::default()).await;

    assert_eq!((report.read, report.added), (14_910, 14_910));
    assert_eq!((again.read, again.unchanged), (14_910, 14_910));
    assert_eq!(report.segpa.total_attached() + report.segpa.unattached.len() as u64, 1_479);
    let unattached: Vec<_> = report.segpa.unattached.iter().map(|s| s.uai.as_str()).collect();
    assert_eq!(
        unattached,
        [
            "0460574Z", "0562065R", "0572494B", "0780490J", "0840688S", "0931488M", "0931543X",
            "7200750C", "9830631U",
        ]
    );
}

#[tokio::test]
async fn the_official_file_of_the_lycees_is_accounted_for() {
    let Some(source) = real("fr-en-annuaire-education_lycees.csv") else {
        let register = Register::default();
        let report = imported(fixtures::directory::OFFICIAL, &register, Options::default()).await;
        assert_eq!(report.added, 30);
        return;
    };
    let register = Register::default();

    let report = imported(source.clone(), &register, Options::default()).await;
    let again = imported(source, &register, Options::default()).await;

    assert_eq!((report.read, report.added, report.sites), (5_704, 5_665, 39));
    assert_eq!(report.rejected, []);
    assert_eq!((again.unchanged, again.sites), (5_665, 39));
}

/// The parents of the SEGPA of a file, and by what they were found.
fn parents(source: impl Into<Source>) -> BTreeMap<Uai, (Uai, Evidence)> {
    let found = rows(source).into_iter().filter_map(|row| match row.result {
        RowResult::School { uai, listing, attached_by: Some(by), .. } => {
            Some((uai, (listing.parent?, by)))
        }
        RowResult::School { .. }
        | RowResult::Site { .. }
        | RowResult::OutOfScope
        | RowResult::Rejected { .. } => None,
    });
    found.collect()
}

#[test]
fn names_alone_find_the_colleges_that_telephones_and_mailboxes_name() {
    let Some(Source::File(path)) = real("etablissements_second_degre.csv") else {
        assert_eq!(parents(fixtures::directory::SEGPA).len(), 9);
        return;
    };
    let whole = std::fs::read_to_string(path).unwrap();
    let blind: Vec<String> = whole
        .lines()
        .map(|line| {
            let mut cells: Vec<&str> = line.split(';').collect();
            if cells[4] == "390" {
                cells[14] = "";
                cells[15] = "";
            }
            cells.join(";")
        })
        .collect();

    let (sure, guessed) = (parents(whole.as_str()), parents(blind.join("\n").as_str()));

    let sure = sure.iter().filter(|(_, (_, by))| *by <= Evidence::Phone);
    let (mut same, mut other, mut none) = (0, 0, 0);
    for (segpa, (parent, _)) in sure {
        match guessed.get(segpa) {
            Some((guess, _)) if guess == parent => same += 1,
            Some(_) => other += 1,
            None => none += 1,
        }
    }
    assert_eq!((same, other, none), (1_183, 1, 68));
}
