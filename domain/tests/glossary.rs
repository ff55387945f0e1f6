//! Commands and events are called by the words of the glossary, and by no other.

use std::collections::BTreeSet;

use domain::{
    access::Action,
    accounts::{account::AccountEvent, school_space::SchoolSpaceEvent},
    conventions::{convention::ConventionEvent, scan_batch::ScanEvent, signing::SigningEvent},
    correspondence::letter::LetterEvent,
    directory::school::SchoolEvent,
    ministages::slot::SlotEvent,
    operations::erasure::ErasureEvent,
    platforms::platform::PlatformEvent,
};
use strum::{VariantArray as _, VariantNames as _};

const GLOSSARY: &str = include_str!("../GLOSSARY.md");

/// Verbs need no row: English is the grammar. A new one is added here.
const VERBS: &[&str] = &[
    "Abandoned",
    "Accept",
    "Accepted",
    "Add",
    "Added",
    "Amend",
    "Amended",
    "Applied",
    "Apply",
    "Appoint",
    "Appointed",
    "Ask",
    "Asked",
    "Assign",
    "Assigned",
    "Attach",
    "Attached",
    "Book",
    "Booked",
    "Cancel",
    "Cancelled",
    "Change",
    "Changed",
    "Close",
    "Closed",
    "Completed",
    "Confirm",
    "Confirmed",
    "Correct",
    "Corrected",
    "Decline",
    "Declined",
    "Deposit",
    "Deposited",
    "Detach",
    "Detached",
    "Discard",
    "Discarded",
    "Dismiss",
    "Dismissed",
    "Erase",
    "Erased",
    "Expire",
    "Expired",
    "Failed",
    "Failure",
    "Found",
    "Generate",
    "Generated",
    "Give",
    "Given",
    "Grant",
    "Granted",
    "Import",
    "In",
    "Invalidate",
    "Invalidated",
    "Invite",
    "Invited",
    "Join",
    "Joined",
    "Lapse",
    "Lapsed",
    "Link",
    "Linked",
    "List",
    "Listed",
    "Locked",
    "Open",
    "Opened",
    "Out",
    "Promoted",
    "Prove",
    "Publish",
    "Published",
    "Receive",
    "Received",
    "Recognised",
    "Record",
    "Recorded",
    "Recover",
    "Refuse",
    "Refused",
    "Regenerate",
    "Regenerated",
    "Register",
    "Registered",
    "Remind",
    "Remove",
    "Removed",
    "Renew",
    "Renewed",
    "Request",
    "Requested",
    "Resend",
    "Reset",
    "Retire",
    "Retired",
    "Revoke",
    "Revoked",
    "Send",
    "Sent",
    "Set",
    "Show",
    "Shown",
    "Sign",
    "Signed",
    "Sorted",
    "Store",
    "Stored",
    "Unconfirm",
    "Unconfirmed",
    "Unlock",
    "Unlocked",
    "Up",
    "Use",
    "Used",
    "Validate",
    "Validated",
    "Verified",
    "Verify",
    "Withdraw",
    "Withdrawn",
];

/// The words of the glossary’s column « English name ».
fn known() -> BTreeSet<String> {
    let rows = GLOSSARY.lines().filter(|line| line.starts_with("| "));
    let names = rows.filter_map(|row| row.split('|').nth(2));
    names
        .flat_map(|names| names.split(|c: char| !c.is_alphanumeric()))
        .flat_map(words)
        .map(str::to_lowercase)
        .collect()
}

/// `MemberJoined` → `Member`, `Joined`.
fn words(name: &str) -> Vec<&str> {
    let starts: Vec<usize> = name
        .char_indices()
        .filter(|(at, c)| *at == 0 || c.is_uppercase())
        .map(|(at, _)| at)
        .chain([name.len()])
        .collect();
    starts.windows(2).map(|w| &name[w[0]..w[1]]).collect()
}

fn strangers<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let known = known();
    names
        .flat_map(words)
        .filter(|word| !VERBS.contains(word))
        .filter(|word| {
            let word = word.to_lowercase();
            let singular = word.strip_suffix('s').unwrap_or(&word);
            !known.contains(&word) && !known.contains(singular)
        })
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
        SigningEvent::VARIANTS,
        ScanEvent::VARIANTS,
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
