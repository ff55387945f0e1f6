//! Hosts, and the formations they offer.

use super::{
    super::{OpenPlatform, PlatformEvent, PlatformRefusal, event::FormationLevel},
    Outcome,
};
use crate::kernel::{ids::FormationId, text::folded, uai::Uai};

/// A host offers one formation of a level and name at a time; the id of a retired one is not
/// used again.
pub(super) fn add_formation(
    open: &OpenPlatform,
    formation: FormationId,
    host: Uai,
    level: FormationLevel,
    label: String,
) -> Outcome {
    if !open.hosts.contains(&host) {
        return Err(PlatformRefusal::NotAHost);
    }
    let name = folded(&label);
    let offered = open.formations.iter().any(|(id, other)| {
        *id == formation
            || !other.retired && other.host == host && other.level == level && other.folded == name
    });
    if offered {
        return Err(PlatformRefusal::SameFormation);
    }
    Ok(vec![PlatformEvent::FormationAdded {
        platform: open.platform.clone(),
        formation,
        host,
        level,
        label,
    }])
}

pub(super) fn retire_formation(open: &OpenPlatform, formation: FormationId) -> Outcome {
    match open.formations.get(&formation) {
        Some(offered) if !offered.retired => {
            Ok(vec![PlatformEvent::FormationRetired { platform: open.platform.clone(), formation }])
        }
        Some(_) | None => Err(PlatformRefusal::NoSuchFormation),
    }
}

pub(super) fn attach_host(open: &OpenPlatform, host: Uai) -> Outcome {
    if open.hosts.contains(&host) {
        return Err(PlatformRefusal::AlreadyAHost);
    }
    Ok(vec![PlatformEvent::HostAttached { platform: open.platform.clone(), host }])
}

pub(super) fn detach_host(open: &OpenPlatform, host: Uai) -> Outcome {
    if !open.hosts.contains(&host) {
        return Err(PlatformRefusal::NotAHost);
    }
    Ok(vec![PlatformEvent::HostDetached { platform: open.platform.clone(), host }])
}
