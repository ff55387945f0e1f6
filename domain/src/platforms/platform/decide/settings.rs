//! Look, licence, rules, texts, guide, and who may do what.

use jiff::civil::Date;

use super::{
    super::{
        OpenPlatform, PlatformEvent, PlatformRefusal, colour,
        event::{Article, Branding, PlatformRole, StoredFile},
    },
    Outcome, bounds,
};
use crate::{
    kernel::{email::Email, ids::AccountId, personal::Personal, uai::Uai},
    platforms::rules::Rules,
};

pub(super) fn change_branding(open: &OpenPlatform, branding: Branding) -> Outcome {
    if !colour::carries_white_text(&branding.colour) {
        return Err(PlatformRefusal::ColourUnreadable);
    }
    if open.branding.as_ref() == Some(&branding) {
        return Ok(Vec::new());
    }
    Ok(vec![PlatformEvent::BrandingChanged { platform: open.platform.clone(), branding }])
}

pub(super) fn renew_licence(open: &OpenPlatform, until: Date) -> Outcome {
    match open.licence {
        Some(runs_until) if until < runs_until => {
            Err(PlatformRefusal::LicenceRunsLonger { until: runs_until })
        }
        Some(runs_until) if until == runs_until => Ok(Vec::new()),
        Some(_) | None => {
            Ok(vec![PlatformEvent::LicenceRenewed { platform: open.platform.clone(), until }])
        }
    }
}

pub(super) fn set_notification_address(
    open: &OpenPlatform,
    host: Uai,
    email: Personal<Email>,
) -> Outcome {
    if !open.hosts.contains(&host) {
        return Err(PlatformRefusal::NotAHost);
    }
    if open.notified.get(&host) == Some(&email) {
        return Ok(Vec::new());
    }
    Ok(vec![PlatformEvent::NotificationAddressSet { platform: open.platform.clone(), host, email }])
}

pub(super) fn change_rules(open: &OpenPlatform, rules: Rules) -> Outcome {
    if open.rules == rules {
        return Ok(Vec::new());
    }
    bounds::check(&rules)?;
    Ok(vec![PlatformEvent::RulesChanged { platform: open.platform.clone(), rules }])
}

pub(super) fn change_convention_notes(
    open: &OpenPlatform,
    first: String,
    second: String,
) -> Outcome {
    if open.notes.0 == first && open.notes.1 == second {
        return Ok(Vec::new());
    }
    Ok(vec![PlatformEvent::ConventionNotesChanged {
        platform: open.platform.clone(),
        first,
        second,
    }])
}

/// The most articles of a convention.
const MOST_ARTICLES: usize = 20;

pub(super) fn change_convention_articles(open: &OpenPlatform, articles: Vec<Article>) -> Outcome {
    if articles.len() > MOST_ARTICLES {
        return Err(PlatformRefusal::TooManyArticles { most: MOST_ARTICLES });
    }
    if open.articles == articles {
        return Ok(Vec::new());
    }
    Ok(vec![PlatformEvent::ConventionArticlesChanged { platform: open.platform.clone(), articles }])
}

pub(super) fn store_guide(open: &OpenPlatform, guide: StoredFile) -> Outcome {
    if open.guide.as_ref() == Some(&guide) {
        return Ok(Vec::new());
    }
    Ok(vec![PlatformEvent::GuideStored { platform: open.platform.clone(), guide }])
}

pub(super) fn grant_role(open: &OpenPlatform, account: AccountId, role: PlatformRole) -> Outcome {
    if open.roles.contains(&(account, role)) {
        return Err(PlatformRefusal::RoleHeld);
    }
    Ok(vec![PlatformEvent::RoleGranted { platform: open.platform.clone(), account, role }])
}

pub(super) fn revoke_role(open: &OpenPlatform, account: AccountId, role: PlatformRole) -> Outcome {
    if !open.roles.contains(&(account, role)) {
        return Err(PlatformRefusal::RoleNotHeld);
    }
    Ok(vec![PlatformEvent::RoleRevoked { platform: open.platform.clone(), account, role }])
}
