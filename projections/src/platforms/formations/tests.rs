//! Formations are offered by name until they are retired.

use super::*;
use crate::spec::{Facts, given, unchanged_by_a_rebuild};

const COOKING: FormationId = FormationId::from_u128(1);
const ELECTRICITY: FormationId = FormationId::from_u128(2);
const ELSEWHERE: FormationId = FormationId::from_u128(3);

fn demo() -> Slug {
    "demo".parse().unwrap()
}

fn uai(code: &str) -> Uai {
    code.parse().unwrap()
}

fn added(formation: FormationId, host: &str, label: &str) -> PlatformEvent {
    PlatformEvent::FormationAdded {
        platform: demo(),
        formation,
        host: uai(host),
        level: FormationLevel::BacPro,
        label: label.to_owned(),
    }
}

fn facts() -> Facts {
    Facts::new()
        .then("demo", added(ELECTRICITY, "0590121L", "Électricité"))
        .then("demo", added(COOKING, "0590121L", "Cuisine"))
        .then("demo", added(ELSEWHERE, "0440001M", "Zinguerie"))
}

fn retired() -> PlatformEvent {
    PlatformEvent::FormationRetired { platform: demo(), formation: COOKING }
}

#[test]
fn formations_are_offered_by_name_of_all_hosts_or_of_one() {
    let read = given::<Formations>(&facts());
    let labels = |host: Option<Uai>| -> Vec<String> {
        let rows = read.query(|db| offered(db, &demo(), host.as_ref()));
        rows.into_iter().map(|it| it.label).collect()
    };

    assert_eq!(labels(None), ["Cuisine", "Électricité", "Zinguerie"]);
    assert_eq!(labels(Some(uai("0440001M"))), ["Zinguerie"]);
    let other = "autre".parse().unwrap();
    assert_eq!(read.query(|db| offered(db, &other, None)), []);
}

#[test]
fn one_that_is_retired_is_no_longer_offered_but_still_named() {
    let read = given::<Formations>(&facts().then("demo", retired()));

    assert_eq!(read.query(|db| offered(db, &demo(), None)).len(), 2);
    let cooking = read.query(|db| by_id(db, COOKING)).unwrap();
    assert!(cooking.retired);
    assert_eq!((cooking.host, cooking.level), (uai("0590121L"), FormationLevel::BacPro));
    assert_eq!(read.query(|db| by_ids(db, &[COOKING, ELECTRICITY])).len(), 2);
}

#[test]
fn a_rebuild_gives_the_same_formations() {
    unchanged_by_a_rebuild::<Formations>(&facts().then("demo", retired()));
}
