//! The rules, one test each.

use super::{Erasure, ErasureCommand, ErasureEvent, ErasureGround};
use crate::kernel::{ids::PersonId, spec::given};

const ZOE: PersonId = PersonId::from_u128(1);
const ERASE: ErasureCommand =
    ErasureCommand::ErasePerson { person: ZOE, ground: ErasureGround::Request };
const ERASED: ErasureEvent =
    ErasureEvent::SubjectErased { person: ZOE, ground: ErasureGround::Request };

#[test]
fn a_person_is_erased() {
    given::<Erasure>(&[]).when(ERASE).then(&[ERASED]);
}

#[test]
fn erasing_twice_does_nothing_more() {
    given::<Erasure>(&[ERASED]).when(ERASE).then_nothing();
}
