//! Layouts, alphabets, and whole files that are refused.

use domain::directory::school::{SchoolKind, SchoolStatus, Sector};
use fixtures::directory::{GEOLOCATED, LATIN9, OFFICIAL, PREPARED};

use super::{super::OpenError, *};

fn refused(source: impl Into<Source>) -> String {
    match Reader::open(&source.into()) {
        Err(OpenError::Refused(why)) => why.french().replace(['\u{202f}', '\u{a0}'], " "),
        Err(OpenError::Unreadable(fault)) => panic!("{fault}"),
        Ok(_) => panic!("the file was taken"),
    }
}

#[test]
fn the_official_and_the_prepared_layout_list_the_same_schools() {
    let (mut official, prepared) = (schools(OFFICIAL), schools(PREPARED));

    let second_line = official.get_mut(&"9990018R".parse().unwrap()).unwrap();
    assert_eq!(second_line.address.street, "1 rue de la Paix\nBP 40");
    second_line.address.street.truncate("1 rue de la Paix".len());
    assert_eq!(prepared.len(), 30);
    assert_eq!(official, prepared);
}

#[test]
fn a_row_is_read_whole() {
    let vilar = schools(OFFICIAL).remove(&fixtures::schools::lycee_vilar()).unwrap();

    assert_eq!(vilar.name, "Lycée des métiers Jean Vilar");
    assert_eq!(vilar.kind, SchoolKind::LyceeProfessionnel);
    assert_eq!((vilar.sector, vilar.status), (Sector::Public, SchoolStatus::Open));
    assert_eq!((vilar.nature.as_str(), vilar.sites), ("320", 1));
    assert_eq!(
        (vilar.address.street.as_str(), vilar.address.postal_code.as_str()),
        ("12 rue du Théâtre", "99100")
    );
    assert_eq!(
        [&vilar.address.city, &vilar.departement, &vilar.academie, &vilar.region],
        ["Valfleury", "Aure-et-Loir", "Exemple", "Val-Exemple"]
    );
    let position = vilar.position.unwrap();
    assert_eq!((position.latitude, position.longitude), (46_812_355, 3_101_122));
    assert_eq!(vilar.phone.as_deref(), Some("01 99 00 00 01"));
    assert_eq!(vilar.mail, Some(fixtures::schools::LYCEE_VILAR.email()));
    assert_eq!((vilar.web, vilar.parent), (None, None));
}

#[test]
fn the_older_file_lists_the_same_names_places_and_kinds() {
    let (older, prepared) = (schools(GEOLOCATED), schools(PREPARED));

    assert_eq!(older.len(), 5);
    for (uai, school) in older {
        let same = &prepared[&uai];
        assert_eq!(
            (&school.name, school.kind, school.sector, school.position),
            (&same.name, same.kind, same.sector, same.position)
        );
        assert_eq!(school.address.city, same.address.city);
        assert_eq!(school.mail, None);
    }
}

#[test]
fn a_primary_school_is_out_of_scope() {
    let out = rows(GEOLOCATED).into_iter().filter(|r| matches!(r.result, RowResult::OutOfScope));

    assert_eq!(out.map(|row| row.line).collect::<Vec<_>>(), [7]);
}

#[test]
fn a_file_of_one_byte_letters_is_read_with_its_accents() {
    let names: Vec<_> = schools(LATIN9).into_values().map(|school| school.name).collect();

    assert_eq!(names, ["Lycée des métiers Jean Vilar", "Collège du Sacré-Cœur"]);
}

#[test]
fn a_file_that_is_no_directory_is_refused_with_what_it_lacks() {
    insta::assert_snapshot!(refused("code;libelle\n1;x\n"), @"L’en-tête du fichier ne convient pas. Il y manque : le code UAI, le nom de l’établissement, le code nature ou le type de l’établissement, le statut public ou privé, la commune. Le fichier attendu est l’annuaire de l’éducation (fr-en-annuaire-education), au format CSV.");
    insta::assert_snapshot!(refused("uai;nom;commune\n"), @"L’en-tête du fichier ne convient pas. Il y manque : le code nature ou le type de l’établissement, le statut public ou privé. Le fichier attendu est l’annuaire de l’éducation (fr-en-annuaire-education), au format CSV.");
    insta::assert_snapshot!(refused("\r\n \n"), @"Le fichier est vide.");
    insta::assert_snapshot!(refused(&b"\xff\xfeu\0a\0i\0"[..]), @"Le fichier est en UTF-16 : enregistrez-le au format « CSV UTF-8 (délimité par des points-virgules) ».");
}

#[test]
fn a_file_that_is_not_there_is_a_fault() {
    let absent = Source::from(std::path::PathBuf::from("no/such/file.csv"));

    assert!(matches!(
        Reader::open(&absent),
        Err(OpenError::Unreadable(fault)) if fault.kind() == std::io::ErrorKind::NotFound
    ));
}

#[test]
fn a_file_without_rows_lists_nothing() {
    assert_eq!(rows("uai;nom;type;statut;commune").len(), 0);
}
