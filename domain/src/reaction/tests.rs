//! Each policy, from the event to whole reactions.

mod accounts;
mod conventions;
mod ministages;
mod quiet;

use super::{Reaction, reactions};
use crate::{
    correspondence::{
        letter::{About, Recipient},
        template::Template,
    },
    facts::Fact,
    kernel::{
        document::StoredDocument,
        ids::{
            AccessRequestId, AccountId, BookingId, ConventionId, InvitationId, LinkId, PersonId,
            SlotId,
        },
        personal::Personal,
        uai::Uai,
    },
};

const SLOT: SlotId = SlotId::from_u128(1);
const BOOKING: BookingId = BookingId::from_u128(2);
const OTHER_BOOKING: BookingId = BookingId::from_u128(3);
const CONVENTION: ConventionId = ConventionId::from_u128(4);
const ACCOUNT: AccountId = AccountId::from_u128(5);
const LINK: LinkId = LinkId::from_u128(6);
const REQUEST: AccessRequestId = AccessRequestId::from_u128(7);
const INVITATION: InvitationId = InvitationId::from_u128(8);
const ZOE: PersonId = PersonId::from_u128(9);

fn college() -> Uai {
    "0590121L".parse().unwrap()
}

fn document() -> StoredDocument {
    StoredDocument {
        blob: "b10b".to_owned(),
        length: 31_744,
        digest: Personal::new(ZOE, "d19e57".to_owned()),
    }
}

fn letter(template: Template, recipient: Recipient, about: About) -> Reaction {
    Reaction::SendLetter { template, recipient, about }
}

#[track_caller]
fn follows(event: impl Into<Fact>, expected: &[Reaction]) {
    assert_eq!(reactions(&event.into()), expected);
}
