//! The rules of a stack, and of its sorting.

mod rules;
mod sorting;
mod stacks;

use super::{
    PageFound, PagePlace, ScanBatch, ScanCommand as Command, ScanCounts, ScanEvent as Event,
    ScanRefusal as Refusal, Unclassified,
};
use crate::{
    kernel::{
        document::StoredDocument,
        ids::{BookingId, ConventionId, ScanBatchId},
        personal::Personal,
    },
    ministages::slot::Side,
};

const BATCH: ScanBatchId = ScanBatchId::from_u128(9);

fn convention(number: u128) -> ConventionId {
    ConventionId::of(BookingId::from_u128(number))
}

/// Page `number` of 2 of convention `of`.
fn place(of: u128, number: u16) -> PagePlace {
    PagePlace { convention: convention(of), number, of: 2 }
}

fn document(blob: &str) -> StoredDocument {
    StoredDocument {
        blob: blob.to_owned(),
        length: 31_744,
        digest: Personal::new(BATCH.key(), format!("clear-{blob}")),
    }
}

fn received() -> Event {
    Event::ScanReceived {
        batch: BATCH,
        platform: None,
        sender: "0590121L".parse().unwrap(),
        side: Side::Origin,
        document: document("stack"),
        name: None,
    }
}
