//! The directory, listed, changed, closed and searched.

use domain::directory::school::Sector;

use super::*;
use crate::spec::{Facts, given, unchanged_by_a_rebuild};

fn uai(text: &str) -> Uai {
    text.parse().unwrap()
}

fn listing(name: &str, city: &str) -> SchoolListing {
    SchoolListing {
        name: name.to_owned(),
        kind: SchoolKind::College,
        sector: Sector::Public,
        nature: "340".to_owned(),
        address: PostalAddress {
            street: "1 rue Haute".to_owned(),
            postal_code: "44000".to_owned(),
            city: city.to_owned(),
        },
        departement: "Loire-Atlantique".to_owned(),
        academie: "Nantes".to_owned(),
        region: "Pays de la Loire".to_owned(),
        position: Some(PositionOnMap { latitude: 47_218_000, longitude: -1_553_000 }),
        phone: Some("02 40 00 00 00".to_owned()),
        mail: Some("ce.0750655E@ac-nantes.fr".parse().unwrap()),
        web: None,
        parent: None,
        sites: 1,
        status: SchoolStatus::Open,
    }
}

fn listed(uai: &Uai, listing: SchoolListing) -> SchoolEvent {
    let uai = uai.clone();
    SchoolEvent::SchoolListed { uai, listing }
}

fn directory() -> Facts {
    let (first, second) = (uai("0750655E"), uai("0440001M"));
    let mut lycee = listing("LYCÉE ÉMILE-ZOLA", "Châteaubriant");
    lycee.kind = SchoolKind::Lycee;
    lycee.academie = "Rennes".to_owned();
    Facts::new()
        .then(&first, listed(&first, listing("Collège Œuvrard", "Nantes")))
        .then(&second, listed(&second, lycee))
}

#[test]
fn a_school_is_read_as_it_was_listed() {
    let schools = given::<Schools>(&directory());

    let school = schools.query(|db| by_uai(db, &uai("0750655E"))).unwrap();
    assert_eq!(school.listing, listing("Collège Œuvrard", "Nantes"));
    assert_eq!(
        schools.query(|db| mail(db, &uai("0750655E"))),
        Some("ce.0750655E@ac-nantes.fr".parse().unwrap())
    );
    assert_eq!(schools.query(|db| by_uai(db, &uai("0490001K"))), None);
    let both = [uai("0750655E"), uai("0440001M"), uai("0490001K")];
    assert_eq!(schools.query(|db| by_uais(db, &both)).len(), 2);
}

#[test]
fn a_change_replaces_the_whole_row_and_a_closure_only_the_status() {
    let school = uai("0750655E");
    let mut moved = listing("Collège Œuvrard", "Rezé");
    moved.phone = None;
    let facts = directory()
        .then(
            &school,
            SchoolEvent::SchoolChanged {
                uai: school.clone(),
                listing: moved.clone(),
                changed: vec!["address".to_owned(), "phone".to_owned()],
            },
        )
        .then(&school, SchoolEvent::SchoolClosed { uai: school.clone() });

    let read = given::<Schools>(&facts).query(|db| by_uai(db, &school));

    moved.status = SchoolStatus::Closed;
    assert_eq!(read.unwrap().listing, moved);
}

#[test]
fn a_school_is_found_without_regard_to_accents_case_or_order() {
    let found = |text: &str| {
        let search_for = Search { text: text.to_owned(), ..Search::default() };
        let page =
            given::<Schools>(&directory()).query(|db| search(db, &search_for, Window::first(10)));
        let names: Vec<_> = page.items.into_iter().map(|it| it.listing.name).collect();
        (names, page.total)
    };

    assert_eq!(found("zola emile"), (vec!["LYCÉE ÉMILE-ZOLA".to_owned()], 1));
    assert_eq!(found("OEUVRARD"), (vec!["Collège Œuvrard".to_owned()], 1));
    assert_eq!(found("0440001m").1, 1);
    assert_eq!(found("chateau zola").1, 1);
    assert_eq!(found("nantes zola").1, 0);
    assert_eq!(found("%").1, 2, "punctuation says nothing");
    assert_eq!(found("").0, ["Collège Œuvrard", "LYCÉE ÉMILE-ZOLA"]);
}

#[test]
fn filters_narrow_and_a_page_keeps_the_total() {
    let school = uai("0440001M");
    let closed = directory().then(&school, SchoolEvent::SchoolClosed { uai: school.clone() });
    let schools = given::<Schools>(&closed);
    let total = |wanted: Search| schools.query(|db| search(db, &wanted, Window::first(0))).total;

    let all = Search::default();
    assert_eq!(total(all.clone()), 2);
    assert_eq!(total(Search { kind: Some(SchoolKind::Lycee), ..all.clone() }), 1);
    assert_eq!(total(Search { academie: Some("Nantes".to_owned()), ..all.clone() }), 1);
    assert_eq!(total(Search { departement: Some("Paris".to_owned()), ..all.clone() }), 0);
    assert_eq!(total(Search { open_only: true, ..all.clone() }), 1);
    let second = Window { offset: 1, limit: 1 };
    let page = schools.query(|db| search(db, &all, second));
    assert_eq!((page.items[0].uai.as_str(), page.total), ("0440001M", 2));
}

#[test]
fn a_rebuild_gives_the_same_directory() {
    unchanged_by_a_rebuild::<Schools>(&directory());
}
