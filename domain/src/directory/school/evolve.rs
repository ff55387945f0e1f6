//! What an event changes.

use super::{
    SchoolEvent::{self, SchoolChanged, SchoolClosed, SchoolListed},
    SchoolListing,
    SchoolState::{self, Closed, Open, Unlisted},
    SchoolStatus,
};

pub(super) fn evolve(state: SchoolState, event: &SchoolEvent) -> SchoolState {
    match (state, event) {
        (_, SchoolListed { listing, .. } | SchoolChanged { listing, .. }) => standing(listing),
        (Open(listing) | Closed(listing), SchoolClosed { .. }) => {
            Closed(SchoolListing { status: SchoolStatus::Closed, ..listing })
        }
        (Unlisted, SchoolClosed { .. }) => Unlisted,
    }
}

fn standing(listing: &SchoolListing) -> SchoolState {
    match listing.status {
        SchoolStatus::Open | SchoolStatus::Opening => Open(listing.clone()),
        SchoolStatus::Closed => Closed(listing.clone()),
    }
}
