//! The first letters of the manager’s address, so many times an hour and no more.

use jiff::{SignedDuration, Timestamp};

use super::{Decision, SchoolSpaceRefusal, Space};
use crate::accounts::school_space::SchoolSpaceEvent;

/// The window that slides.
pub(crate) const WINDOW: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn show(space: &Space, at: Timestamp, most: u32) -> Decision {
    let recent: Vec<Timestamp> =
        space.hints.iter().copied().filter(|shown| at.duration_since(*shown) < WINDOW).collect();
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    match recent.len().checked_sub(most) {
        None => Ok(vec![SchoolSpaceEvent::LoginHintShown { uai: space.uai.clone(), at }]),
        Some(over) => {
            // Once this one is out of the window, one more may be shown.
            let leaving = recent.get(over).copied().unwrap_or(at);
            Err(SchoolSpaceRefusal::TooManyHints {
                after: leaving.checked_add(WINDOW).unwrap_or(Timestamp::MAX),
            })
        }
    }
}
