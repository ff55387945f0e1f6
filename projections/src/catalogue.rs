//! Every read model, in one list. A new one is one line here.

use crate::{
    Definition,
    conventions::{deposits::Deposits, register::Conventions},
    correspondence::letters::Letters,
    directory::schools::Schools,
    ministages::{bookings::Bookings, slots::Slots},
    operations::audit_trail::AuditTrail,
};

/// All read models.
pub const ALL: &[Definition] = &[
    Definition::of::<AuditTrail>(),
    Definition::of::<Bookings>(),
    Definition::of::<Conventions>(),
    Definition::of::<Deposits>(),
    Definition::of::<Letters>(),
    Definition::of::<Schools>(),
    Definition::of::<Slots>(),
];

/// The read model called `name`.
pub fn find(name: &str) -> Option<&'static Definition> {
    ALL.iter().find(|definition| definition.name == name)
}
