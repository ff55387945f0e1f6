//! Commands and events are called by the words of the glossary, and by no other.

use std::collections::BTreeSet;

use domain::{
    access::Action,
    accounts::{account::AccountEvent, school_space::SchoolSpaceEvent},
    conventions::convention::ConventionEvent,
    correspondence::letter::LetterEvent,
    directory::school::SchoolEvent,
    ministages::slot::SlotEvent,
    operations::erasure::ErasureEvent,
    platforms::platform::PlatformEvent,
};
use strum::{VariantArray as _, VariantNames as _};

const GLOSSARY: &str = include_str!("../GLOSSARY.md");

/// The words of the glossary’s code columns.
fn known() -> BTreeSet<&'static str> {
    GLOSSARY.split('`').skip(1).step_by(2).collect()
}

/// `MemberJoined` → `Member`, `Joined`.
fn words(name: &str) -> Vec<&str> {
    let starts: Vec<usize> = name
        .char_indices()
        .filter(|(_, c)| c.is_uppercase())
        .map(|(at, _)| at)
        .chain([name.len()])
        .collect();
    starts.windows(2).map(|w| &name[w[0]..w[1]]).collect()
}

fn strangers<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let known = known();
    names
        .flat_map(words)
        .filter(|word| !known.contains(word))
        .collect()
}

#[test]
fn events_are_called_by_the_words_of_the_glossary() {
    let events = [
        SchoolEvent::VARIANTS,
        AccountEvent::VARIANTS,
        SchoolSpaceEvent::VARIANTS,
        PlatformEvent::VARIANTS,
        SlotEvent::VARIANTS,
        ConventionEvent::VARIANTS,
        LetterEvent::VARIANTS,
        ErasureEvent::VARIANTS,
    ];

    let strange = strangers(events.iter().flat_map(|names| names.iter().copied()));

    assert_eq!(strange, BTreeSet::new());
}

#[test]
fn commands_are_called_by_the_words_of_the_glossary() {
    let readings = ["Read", "Export", "Manage"];
    let commands = Action::VARIANTS
        .iter()
        .map(|action| <&str>::from(*action))
        .filter(|name| !readings.iter().any(|reading| name.starts_with(reading)))
        // The operator’s check of the log is no command of an aggregate.
        .filter(|name| *name != "VerifyLog");

    assert_eq!(strangers(commands), BTreeSet::new());
}
