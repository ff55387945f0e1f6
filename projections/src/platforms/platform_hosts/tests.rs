//! Hosts are attached, told where to write, detached, and come back.

use domain::kernel::{ids::PersonId, personal::Personal};

use super::*;
use crate::spec::{Facts, forgets, given, unchanged_by_a_rebuild};

const DESK: PersonId = PersonId::from_u128(11);

fn demo() -> Slug {
    "demo".parse().unwrap()
}

fn host() -> Uai {
    "0590121L".parse().unwrap()
}

fn attached(platform: &str) -> PlatformEvent {
    PlatformEvent::HostAttached { platform: platform.parse().unwrap(), host: host() }
}

fn facts() -> Facts {
    let address = PlatformEvent::NotificationAddressSet {
        platform: demo(),
        host: host(),
        email: Personal::new(DESK, "stages@lycee.example".parse().unwrap()),
    };
    Facts::new()
        .then("demo", attached("demo"))
        .then("autre", attached("autre"))
        .then("demo", address)
}

fn detached() -> PlatformEvent {
    PlatformEvent::HostDetached { platform: demo(), host: host() }
}

#[test]
fn a_host_is_read_by_platform_and_by_school() {
    let read = given::<PlatformHosts>(&facts());

    let hosts = read.query(|db| of_platform(db, &demo()));
    assert_eq!(hosts[0].email, "stages@lycee.example".parse().ok());
    let slugs: Vec<String> =
        read.query(|db| platforms_of(db, &host())).into_iter().map(String::from).collect();
    assert_eq!(slugs, ["autre", "demo"]);
    assert!(read.query(|db| is_attached(db, &demo(), &host())));
    let elsewhere = "autre".parse().unwrap();
    assert_eq!(read.query(|db| notified(db, &elsewhere, &host())), None);
}

#[test]
fn one_that_is_detached_has_no_say_and_finds_its_address_again() {
    let gone = facts().then("demo", detached());
    let read = given::<PlatformHosts>(&gone);
    assert!(!read.query(|db| is_attached(db, &demo(), &host())));
    assert_eq!(read.query(|db| of_platform(db, &demo())), []);

    let back = given::<PlatformHosts>(&gone.then("demo", attached("demo")));
    assert!(back.query(|db| is_attached(db, &demo(), &host())));
    assert_eq!(
        back.query(|db| notified(db, &demo(), &host())),
        "stages@lycee.example".parse().ok()
    );
}

#[test]
fn a_rebuild_gives_the_same_hosts() {
    unchanged_by_a_rebuild::<PlatformHosts>(&facts().then("demo", detached()));
}

#[test]
fn an_address_is_forgotten_with_its_person() {
    forgets::<PlatformHosts>(&facts(), DESK, &["stages@lycee.example"]);
}
