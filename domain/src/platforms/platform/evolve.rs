//! What an event changes. An event that does not fit the state (none is ever written) leaves
//! it as it is.

use super::{OpenPlatform, PlatformEvent, PlatformState, state::Formation};
use crate::kernel::text::folded;

pub(super) fn evolve(state: PlatformState, event: &PlatformEvent) -> PlatformState {
    match state {
        PlatformState::NotOpen => opened(event),
        PlatformState::Open(mut open) => {
            change(&mut open, event);
            PlatformState::Open(open)
        }
    }
}

fn opened(event: &PlatformEvent) -> PlatformState {
    if let PlatformEvent::PlatformOpened { platform, rules, .. } = event {
        PlatformState::Open(Box::new(OpenPlatform::new(platform.clone(), rules.clone())))
    } else {
        PlatformState::NotOpen
    }
}

fn change(open: &mut OpenPlatform, event: &PlatformEvent) {
    match event {
        PlatformEvent::PlatformOpened { .. } => {}
        PlatformEvent::BrandingChanged { branding, .. } => open.branding = Some(branding.clone()),
        PlatformEvent::LicenceRenewed { until, .. } => open.licence = Some(*until),
        PlatformEvent::NotificationAddressSet { host, email, .. } => {
            open.notified.insert(host.clone(), email.clone());
        }
        PlatformEvent::RulesChanged { rules, .. } => open.rules = rules.clone(),
        PlatformEvent::ConventionNotesChanged { first, second, .. } => {
            open.notes = (first.clone(), second.clone());
        }
        PlatformEvent::ConventionArticlesChanged { articles, .. } => {
            open.articles.clone_from(articles);
        }
        PlatformEvent::FormationAdded { formation, host, level, label, .. } => {
            let added = Formation {
                host: host.clone(),
                level: *level,
                folded: folded(label),
                retired: false,
            };
            open.formations.insert(*formation, added);
        }
        PlatformEvent::FormationRetired { formation, .. } => {
            if let Some(retired) = open.formations.get_mut(formation) {
                retired.retired = true;
            }
        }
        PlatformEvent::HostAttached { host, .. } => {
            open.hosts.insert(host.clone());
        }
        PlatformEvent::HostDetached { host, .. } => {
            open.hosts.remove(host);
        }
        PlatformEvent::RoleGranted { account, role, .. } => open.roles.push((*account, *role)),
        PlatformEvent::RoleRevoked { account, role, .. } => {
            open.roles.retain(|held| held != &(*account, *role));
        }
        PlatformEvent::GuideStored { guide, .. } => open.guide = Some(guide.clone()),
    }
}
