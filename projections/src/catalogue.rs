//! Every read model, in one list. A new one is one line here.

use crate::{Definition, directory::schools::Schools, operations::audit_trail::AuditTrail};

/// All read models.
pub const ALL: &[Definition] = &[Definition::of::<AuditTrail>(), Definition::of::<Schools>()];

/// The read model called `name`.
pub fn find(name: &str) -> Option<&'static Definition> {
    ALL.iter().find(|definition| definition.name == name)
}
