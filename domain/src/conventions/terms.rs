//! What a convention says, and who signs again when it says something else: anything about when,
//! where and who binds everybody anew; a name that was only misspelt concerns those it names.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::signing::Signatory;
use crate::{
    kernel::text::folded,
    ministages::slot::{Guardian, PupilIdentity},
};

/// What is printed on a convention, as far as it may become other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// The day.
    pub date: Date,
    /// From.
    pub start: Time,
    /// To.
    pub end: Time,
    /// « Salle ».
    pub room: Option<String>,
    /// Who receives the pupil.
    pub teacher: Option<String>,
    /// The pupil and the guardian.
    pub pupil: PupilIdentity,
    /// SHA-256 in hexadecimal of all else: schools, texts, stored signatures, layout.
    pub rest: String,
}

/// What is other on a convention than it was.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::VariantArray,
)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// The day.
    Date,
    /// The hours.
    Hours,
    /// The place: the room.
    Place,
    /// Somebody else receives the pupil.
    Receiver,
    /// The name of who receives the pupil was misspelt.
    ReceiverName,
    /// It is another pupil.
    Pupil,
    /// The pupil’s name was misspelt.
    PupilName,
    /// The pupil’s birth date.
    BirthDate,
    /// The pupil’s class.
    Class,
    /// Somebody else answers for the pupil.
    Guardian,
    /// The guardian’s name was misspelt.
    GuardianName,
    /// How the guardian is reached.
    GuardianContact,
    /// Schools, texts, stored signatures or layout.
    Wording,
}

/// Whom a change concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concerned {
    /// All who sign.
    Everybody,
    /// These, as far as they sign.
    Only(&'static [Signatory]),
}

impl Change {
    /// Who signs again because of it.
    pub const fn concerns(self) -> Concerned {
        use Signatory::{Guardian, Host, Pupil};
        match self {
            Self::Date
            | Self::Hours
            | Self::Place
            | Self::Receiver
            | Self::Pupil
            | Self::Guardian
            | Self::Wording => Concerned::Everybody,
            Self::ReceiverName => Concerned::Only(&[Host]),
            Self::PupilName | Self::BirthDate | Self::Class => Concerned::Only(&[Guardian, Pupil]),
            Self::GuardianName | Self::GuardianContact => Concerned::Only(&[Guardian]),
        }
    }
}

/// Whether one of `changes` binds everybody anew.
pub fn is_contractual(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.concerns() == Concerned::Everybody)
}

/// Whether `role` signs again because of `changes`.
pub fn signs_again(role: Signatory, changes: &[Change]) -> bool {
    changes.iter().any(|change| match change.concerns() {
        Concerned::Everybody => true,
        Concerned::Only(roles) => roles.contains(&role),
    })
}

/// What is other in `after` than in `before`.
pub fn changes(before: &Terms, after: &Terms) -> Vec<Change> {
    let mut found = BTreeSet::new();
    let is_other = [
        (before.date != after.date, Change::Date),
        ((before.start, before.end) != (after.start, after.end), Change::Hours),
        (before.room != after.room, Change::Place),
        (before.rest != after.rest, Change::Wording),
    ];
    found.extend(is_other.into_iter().filter_map(|(is, change)| is.then_some(change)));
    let receiver = Named(Change::ReceiverName, Change::Receiver);
    found.extend(receiver.change(before.teacher.as_deref(), after.teacher.as_deref()));
    found.extend(of_pupil(&before.pupil, &after.pupil));
    found.into_iter().collect()
}

fn of_pupil(before: &PupilIdentity, after: &PupilIdentity) -> Vec<Change> {
    let mut found = Vec::new();
    let named = Named(Change::PupilName, Change::Pupil);
    let names = |it: &PupilIdentity| format!("{} {}", it.last_name, it.first_name);
    found.extend(named.change(Some(&names(before)), Some(&names(after))));
    if before.birth_date != after.birth_date {
        found.push(Change::BirthDate);
    }
    if before.class != after.class {
        found.push(Change::Class);
    }
    let name = |it: &PupilIdentity| it.guardian.as_ref().map(|it| it.name.clone());
    let guardian = Named(Change::GuardianName, Change::Guardian);
    found.extend(guardian.change(name(before).as_deref(), name(after).as_deref()));
    let reached = |it: &PupilIdentity| {
        let Guardian { email, phone, name: _ } = it.guardian.clone()?;
        (email.is_some() || phone.is_some()).then_some((email, phone))
    };
    if reached(before) != reached(after) {
        found.push(Change::GuardianContact);
    }
    found
}

/// What it is called when a name was misspelt, and when it is somebody else’s.
#[derive(Debug, Clone, Copy)]
struct Named(Change, Change);

impl Named {
    fn change(self, before: Option<&str>, after: Option<&str>) -> Option<Change> {
        if before == after {
            return None;
        }
        let misspelt = before.zip(after).is_some_and(|(before, after)| is_misspelt(before, after));
        Some(if misspelt { self.0 } else { self.1 })
    }
}

/// The most letters that are other in a name that was only misspelt.
const MOST_LETTERS: usize = 2;
/// One letter in so many, at most.
const ONE_IN: usize = 4;

/// Whether two names are one, misspelt: the same but for accents, case, hyphens and the order of
/// their words, or but for two letters at most and one in four, two neighbours that changed places
/// counted once. In doubt it is somebody else.
fn is_misspelt(before: &str, after: &str) -> bool {
    let (before, after) = (folded(before), folded(after));
    if words(&before) == words(&after) {
        return true;
    }
    let letters = before.chars().count().min(after.chars().count());
    let most = MOST_LETTERS.min(letters / ONE_IN);
    strsim::damerau_levenshtein(&before, &after) <= most
}

fn words(name: &str) -> BTreeSet<&str> {
    name.split(' ').collect()
}

#[cfg(test)]
mod tests;
