//! Who may do what: an action is open to some roles ([`Action::roles`]); a viewer holds some
//! roles towards the object touched ([`roles_held`]); one in common is enough.
//!
//! What a mailed link allows by itself (verify, reset, join, grant access in one click) is
//! checked where the link is; what a command refuses besides is its aggregate’s.

mod action;
mod object;
mod role;
#[cfg(test)]
mod tests;

pub use action::Action;
pub use object::Facts;
pub use role::{Role, Viewer, roles_held};

/// Whether `viewer` may do `action` to the object that `facts` describe.
pub fn may(viewer: &Viewer, action: Action, facts: &Facts) -> bool {
    acting_as(viewer, action, facts).is_some()
}

/// In which role `viewer` may do it: the nearest to the object, as the envelope of the events
/// names it.
pub fn acting_as(viewer: &Viewer, action: Action, facts: &Facts) -> Option<Role> {
    let held = roles_held(viewer, facts);
    held.into_iter().find(|role| action.roles().contains(role))
}
