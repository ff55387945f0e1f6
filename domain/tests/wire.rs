//! Events are for ever: each version of each has a frozen file, which today’s types must read,
//! and the newest of which they must write. Files are added, never edited.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read is a failed test")]

use std::{collections::BTreeMap, fs, path::Path};

use domain::{
    accounts::{account::AccountEvent, school_space::SchoolSpaceEvent},
    conventions::{
        convention::{ConventionEvent, SignatureCheck},
        scan_batch::ScanEvent,
        signing::SigningEvent,
    },
    correspondence::letter::LetterEvent,
    directory::school::SchoolEvent,
    facts::Fact,
    kernel::decider::Event,
    ministages::slot::SlotEvent,
    operations::erasure::ErasureEvent,
    platforms::platform::PlatformEvent,
};
use serde_json::Value;
use strum::VariantNames;

/// What is read of one file: the event’s name, its version, and it written again.
struct Read {
    name: &'static str,
    version: &'static str,
    written: Value,
}

type Reader = fn(Value) -> Result<Read, serde_json::Error>;

fn read<E: Event>(json: Value) -> Result<Read, serde_json::Error> {
    let event: E = serde_json::from_value(json)?;
    Ok(Read {
        name: event.name(),
        version: event.version(),
        written: serde_json::to_value(&event)?,
    })
}

fn family<E: Event + VariantNames>() -> (&'static [&'static str], Reader) {
    (E::VARIANTS, read::<E>)
}

/// Every event there is, with how it is read.
fn events() -> BTreeMap<&'static str, Reader> {
    let families = [
        family::<SchoolEvent>(),
        family::<AccountEvent>(),
        family::<SchoolSpaceEvent>(),
        family::<PlatformEvent>(),
        family::<SlotEvent>(),
        family::<ConventionEvent>(),
        family::<SigningEvent>(),
        family::<ScanEvent>(),
        family::<LetterEvent>(),
        family::<ErasureEvent>(),
    ];
    let all = families
        .into_iter()
        .flat_map(|(names, reader)| names.iter().map(move |name| (*name, reader)));
    let mut events = BTreeMap::new();
    for (name, reader) in all {
        assert!(events.insert(name, reader).is_none(), "two events are called {name}");
    }
    events
}

/// The frozen files by event and version.
fn files() -> BTreeMap<String, BTreeMap<u32, Value>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire");
    let mut files: BTreeMap<String, BTreeMap<u32, Value>> = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let (event, version) = name
            .strip_suffix(".json")
            .and_then(|stem| stem.split_once(".v"))
            .unwrap_or_else(|| panic!("{name} is not called <Event>.v<N>.json"));
        let json = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let versions = files.entry(event.to_owned()).or_default();
        versions.insert(version.parse().unwrap(), json);
    }
    files
}

#[test]
fn every_event_has_its_files_and_every_file_its_event() {
    let events: Vec<&str> = events().into_keys().collect();
    let files = files();

    assert_eq!(files.keys().collect::<Vec<_>>(), events);
}

#[test]
fn every_version_since_the_first_is_there_up_to_todays() {
    let events = events();
    for (event, versions) in files() {
        let (newest, json) = versions.last_key_value().unwrap();
        let read = events[event.as_str()](json.clone()).unwrap();

        assert_eq!(read.version, newest.to_string(), "{event}");
        assert!(versions.keys().copied().eq(1..=*newest), "{event}");
    }
}

#[test]
fn todays_types_read_every_newest_file_and_write_it_as_it_was() {
    let events = events();
    for (event, versions) in files() {
        let (version, json) = versions.last_key_value().unwrap();
        let read = events[event.as_str()](json.clone())
            .unwrap_or_else(|error| panic!("{event}.v{version}: {error}"));

        assert_eq!(read.name, event);
        assert_eq!(&read.written, json, "{event}.v{version}");
    }
}

#[test]
fn a_field_that_is_missing_is_not_made_up() {
    let json = serde_json::json!({ "type": "SeatBooked" });

    let error = Fact::decode("slot", json).unwrap_err();

    assert_eq!(error.to_string(), "missing field `slot`");
}

#[test]
fn a_deposit_of_before_signatures_were_looked_for_says_so() {
    let oldest = files()["ConventionDeposited"][&1].clone();

    let event: ConventionEvent = serde_json::from_value(oldest).unwrap();

    let ConventionEvent::ConventionDeposited { signatures, .. } = event else {
        panic!("another event");
    };
    assert_eq!(signatures, SignatureCheck::NotLooked);
}
