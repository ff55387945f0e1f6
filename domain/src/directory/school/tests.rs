//! The rules, one test each; then every state × command, and random imports.

use proptest::prelude::*;

use super::{
    School, SchoolCommand, SchoolEvent, SchoolKind, SchoolListing, SchoolRefusal, SchoolStatus,
    Sector,
};
use crate::kernel::{
    decider::Decider as _,
    place::{PositionOnMap, PostalAddress},
    spec::{given, replayed},
    table::table,
    uai::Uai,
};

fn vilar() -> Uai {
    "0491234A".parse().unwrap()
}

fn listing() -> SchoolListing {
    SchoolListing {
        name: "Collège Jean Vilar".to_owned(),
        kind: SchoolKind::College,
        sector: Sector::Public,
        nature: "340".to_owned(),
        address: PostalAddress {
            street: "1 rue Auguste Renoir".to_owned(),
            postal_code: "49000".to_owned(),
            city: "Angers".to_owned(),
        },
        departement: "Maine-et-Loire".to_owned(),
        academie: "Nantes".to_owned(),
        region: "Pays de la Loire".to_owned(),
        position: Some(PositionOnMap { latitude: 47_491_000, longitude: -551_000 }),
        phone: Some("02 41 00 00 00".to_owned()),
        mail: Some("ce.0491234A@ac-nantes.fr".parse().unwrap()),
        web: None,
        parent: None,
        sites: 1,
        status: SchoolStatus::Open,
    }
}

fn closed_listing() -> SchoolListing {
    SchoolListing { status: SchoolStatus::Closed, ..listing() }
}

fn list(listing: SchoolListing) -> SchoolCommand {
    SchoolCommand::ListSchool { uai: vilar(), listing }
}

fn close() -> SchoolCommand {
    SchoolCommand::CloseSchool { uai: vilar() }
}

fn listed() -> SchoolEvent {
    SchoolEvent::SchoolListed { uai: vilar(), listing: listing() }
}

fn changed(listing: SchoolListing, fields: &[&str]) -> SchoolEvent {
    SchoolEvent::SchoolChanged {
        uai: vilar(),
        listing,
        changed: fields.iter().map(|&field| field.to_owned()).collect(),
    }
}

fn closed() -> SchoolEvent {
    SchoolEvent::SchoolClosed { uai: vilar() }
}

#[test]
fn a_school_is_listed_as_the_file_has_it() {
    given::<School>(&[]).when(list(listing())).then(&[listed()]);
}

#[test]
fn the_same_row_again_changes_nothing() {
    given::<School>(&[listed()]).when(list(listing())).then_nothing();
}

#[test]
fn an_address_in_another_case_is_no_change() {
    let shouted =
        SchoolListing { mail: Some("CE.0491234A@AC-NANTES.FR".parse().unwrap()), ..listing() };

    given::<School>(&[listed()]).when(list(shouted)).then_nothing();
}

#[test]
fn a_change_names_the_fields_that_differ() {
    let moved = SchoolListing {
        name: "Collège Agnès Varda".to_owned(),
        position: None,
        sites: 2,
        ..listing()
    };

    given::<School>(&[listed()])
        .when(list(moved.clone()))
        .then(&[changed(moved, &["name", "position", "sites"])]);
}

#[test]
fn every_field_that_differs_is_named_as_in_json() {
    let other = SchoolListing {
        name: "SEGPA".to_owned(),
        kind: SchoolKind::Segpa,
        sector: Sector::Private,
        nature: "390".to_owned(),
        address: PostalAddress::default(),
        departement: "Sarthe".to_owned(),
        academie: "Rennes".to_owned(),
        region: "Bretagne".to_owned(),
        position: None,
        phone: None,
        mail: None,
        web: Some("https://example.fr".to_owned()),
        parent: Some("0590121L".parse().unwrap()),
        sites: 3,
        status: SchoolStatus::Opening,
    };
    let json = serde_json::to_value(&other).unwrap();
    let mut fields: Vec<String> = json.as_object().unwrap().keys().cloned().collect();
    fields.sort();

    let outcome = given::<School>(&[listed()]).when(list(other)).outcome();

    let events = outcome.unwrap();
    let [SchoolEvent::SchoolChanged { changed, .. }] = events.as_slice() else {
        panic!("one change expected: {events:?}");
    };
    let mut changed = changed.clone();
    changed.sort();
    assert_eq!(changed, fields);
}

#[test]
fn a_closed_school_listed_again_as_open_is_a_change_of_its_status() {
    given::<School>(&[listed(), closed()])
        .when(list(listing()))
        .then(&[changed(listing(), &["status"])]);
}

#[test]
fn a_reopened_school_may_close_again() {
    given::<School>(&[listed(), closed(), changed(listing(), &["status"])])
        .when(close())
        .then(&[closed()]);
}

#[test]
fn a_closed_school_listed_as_closed_changes_nothing() {
    given::<School>(&[listed(), closed()]).when(list(closed_listing())).then_nothing();
}

#[test]
fn a_closed_school_closes_once() {
    given::<School>(&[listed(), closed()]).when(close()).then_nothing();
}

#[test]
fn a_school_never_listed_cannot_close() {
    given::<School>(&[]).when(close()).then_refused(&SchoolRefusal::NotListed);
}

#[test]
fn every_state_meets_every_command() {
    let phases =
        [("Unlisted", vec![]), ("Open", vec![listed()]), ("Closed", vec![listed(), closed()])];
    let commands = [
        ("ListSchool open", list(listing())),
        ("ListSchool closed", list(closed_listing())),
        ("CloseSchool", close()),
    ];

    assert_eq!(
        table::<School>(&phases, &commands),
        "
                   Unlisted      Open           Closed
ListSchool open    SchoolListed  -              SchoolChanged
ListSchool closed  SchoolListed  SchoolChanged  -
CloseSchool        ✗NotListed    SchoolClosed   -"
    );
}

fn any_command() -> impl Strategy<Value = SchoolCommand> {
    let status = prop_oneof![
        Just(SchoolStatus::Open),
        Just(SchoolStatus::Opening),
        Just(SchoolStatus::Closed)
    ];
    prop_oneof![
        Just(close()),
        (status, 1_u16..3).prop_map(|(status, sites)| list(SchoolListing {
            sites,
            status,
            ..listing()
        })),
    ]
}

proptest! {
    #[test]
    fn an_import_given_twice_changes_nothing_the_second_time(
        commands in prop::collection::vec(any_command(), 0..20)
    ) {
        let mut state = super::SchoolState::default();
        let mut log = Vec::new();
        for command in commands {
            match School::decide(&state, command.clone()) {
                Ok(events) => {
                    state = events.iter().fold(state, School::evolve);
                    log.extend(events);
                    prop_assert_eq!(School::decide(&state, command), Ok(Vec::new()));
                }
                Err(refusal) => {
                    prop_assert_eq!(refusal, SchoolRefusal::NotListed);
                    prop_assert!(log.is_empty());
                }
            }
        }

        prop_assert_eq!(replayed::<School>(&log).unwrap(), state);
    }
}
