//! What a command does. A change to what is already so writes nothing.

mod bounds;
mod catalogue;
mod settings;

use super::{OpenPlatform, PlatformCommand, PlatformEvent, PlatformRefusal, PlatformState};

type Outcome = Result<Vec<PlatformEvent>, PlatformRefusal>;

pub(super) fn decide(state: &PlatformState, command: PlatformCommand) -> Outcome {
    match state {
        PlatformState::NotOpen => decide_not_open(command),
        PlatformState::Open(open) => decide_open(open, command),
    }
}

fn decide_not_open(command: PlatformCommand) -> Outcome {
    let PlatformCommand::OpenPlatform { platform, name, time_zone, rules } = command else {
        return Err(PlatformRefusal::NoSuchPlatform);
    };
    bounds::check(&rules)?;
    Ok(vec![PlatformEvent::PlatformOpened { platform, name, time_zone, rules }])
}

fn decide_open(open: &OpenPlatform, command: PlatformCommand) -> Outcome {
    match command {
        PlatformCommand::OpenPlatform { .. } => Err(PlatformRefusal::AlreadyOpen),
        PlatformCommand::ChangeBranding { branding } => settings::change_branding(open, branding),
        PlatformCommand::RenewLicence { until } => settings::renew_licence(open, until),
        PlatformCommand::SetNotificationAddress { host, email } => {
            settings::set_notification_address(open, host, email)
        }
        PlatformCommand::ChangeRules { rules } => settings::change_rules(open, rules),
        PlatformCommand::ChangeConventionNotes { first, second } => {
            settings::change_convention_notes(open, first, second)
        }
        PlatformCommand::ChangeConventionArticles { articles } => {
            settings::change_convention_articles(open, articles)
        }
        PlatformCommand::AddFormation { formation, host, level, label } => {
            catalogue::add_formation(open, formation, host, level, label)
        }
        PlatformCommand::RetireFormation { formation } => {
            catalogue::retire_formation(open, formation)
        }
        PlatformCommand::AttachHost { host } => catalogue::attach_host(open, host),
        PlatformCommand::DetachHost { host } => catalogue::detach_host(open, host),
        PlatformCommand::GrantRole { account, role } => settings::grant_role(open, account, role),
        PlatformCommand::RevokeRole { account, role } => settings::revoke_role(open, account, role),
        PlatformCommand::StoreGuide { guide } => settings::store_guide(open, guide),
    }
}
