//! A school’s agenda, and what each role reads of it.

use async_graphql::SimpleObject;
use domain::access::Role;

use super::types::{Booking, Slot};
use crate::guard::Call;

/// Ce qu’un établissement a à faire.
#[derive(Debug, SimpleObject)]
pub(crate) struct Agenda {
    /// Places de ses élèves ailleurs.
    pub(super) bookings: Vec<Booking>,
    /// Créneaux qu’il propose, retirés compris.
    pub(super) slots: Vec<Slot>,
}

impl Agenda {
    /// What someone in `role` reads of it: teachers what is offered, a platform's people what
    /// is on their platforms.
    pub(super) fn seen_as(mut self, role: Role, call: Call<'_>) -> Self {
        match role {
            Role::SchoolManager | Role::OriginManager | Role::HostManager => {}
            Role::HostTeacher => self.bookings.clear(),
            Role::PlatformAdmin | Role::Auditor | Role::Holder | Role::Operator | Role::Visitor => {
                let offices = &call.viewer().platform_roles;
                let theirs = |slug: &domain::kernel::slug::Slug| {
                    offices.iter().any(|(platform, _)| platform == slug)
                };
                self.bookings.retain(|it| theirs(&it.0.slot.platform));
                self.slots.retain(|it| theirs(it.platform_slug()));
            }
        }
        self
    }
}
