//! The rules, and the table of every state with every command.

mod catalogue;
mod settings;
mod table;

use jiff::civil::{Date, date};

use super::{
    Article, Branding, FormationLevel, Platform, PlatformCommand as Command,
    PlatformEvent as Event, PlatformRefusal as Refusal, PlatformRole, StoredFile,
};
use crate::{
    kernel::{
        email::Email,
        ids::{AccountId, FormationId, PersonId},
        personal::Personal,
        slug::Slug,
        spec::given,
        uai::Uai,
    },
    platforms::rules::Rules,
};

const BOILERMAKING: FormationId = FormationId::from_u128(1);
const COOKING: FormationId = FormationId::from_u128(2);
const PAUL: AccountId = AccountId::from_u128(3);
const END_OF_2026: Date = date(2026, 12, 31);

fn slug() -> Slug {
    "lycee-demo-paul".parse().unwrap()
}

fn lycee() -> Uai {
    "0491234A".parse().unwrap()
}

fn other_lycee() -> Uai {
    "0590121L".parse().unwrap()
}

fn open() -> Command {
    Command::OpenPlatform {
        platform: slug(),
        name: "Lycée Démo Paul".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        rules: Rules::default(),
    }
}

fn opened() -> Event {
    Event::PlatformOpened {
        platform: slug(),
        name: "Lycée Démo Paul".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        rules: Rules::default(),
    }
}

fn branding(colour: &str) -> Branding {
    Branding {
        display_name: "Plateforme de gestion des stages".to_owned(),
        colour: colour.to_owned(),
        logo: None,
    }
}

fn branding_changed(colour: &str) -> Event {
    Event::BrandingChanged { platform: slug(), branding: branding(colour) }
}

fn licence_renewed(until: Date) -> Event {
    Event::LicenceRenewed { platform: slug(), until }
}

fn address(text: &str) -> Personal<Email> {
    Personal::new(PersonId::from_u128(4), text.parse().unwrap())
}

fn set_address(host: Uai) -> Command {
    Command::SetNotificationAddress { host, email: address("stages@lycee.fr") }
}

fn address_set() -> Event {
    Event::NotificationAddressSet {
        platform: slug(),
        host: lycee(),
        email: address("stages@lycee.fr"),
    }
}

fn stricter() -> Rules {
    Rules { booking_closes_days: 3, ..Rules::default() }
}

fn rules_changed(rules: Rules) -> Event {
    Event::RulesChanged { platform: slug(), rules }
}

fn change_notes() -> Command {
    Command::ChangeConventionNotes {
        first: "Vêtements de travail obligatoires.".to_owned(),
        second: String::new(),
    }
}

fn notes_changed() -> Event {
    Event::ConventionNotesChanged {
        platform: slug(),
        first: "Vêtements de travail obligatoires.".to_owned(),
        second: String::new(),
    }
}

fn articles(count: usize) -> Vec<Article> {
    let article = |number| Article {
        title: format!("Titre {number}"),
        text: "Ce que les parties conviennent.".to_owned(),
    };
    (1..=count).map(article).collect()
}

fn change_articles(count: usize) -> Command {
    Command::ChangeConventionArticles { articles: articles(count) }
}

fn articles_changed(count: usize) -> Event {
    Event::ConventionArticlesChanged { platform: slug(), articles: articles(count) }
}

fn add(formation: FormationId, host: Uai, level: FormationLevel, label: &str) -> Command {
    Command::AddFormation { formation, host, level, label: label.to_owned() }
}

fn added(formation: FormationId, label: &str) -> Event {
    Event::FormationAdded {
        platform: slug(),
        formation,
        host: lycee(),
        level: FormationLevel::BacPro,
        label: label.to_owned(),
    }
}

fn retired(formation: FormationId) -> Event {
    Event::FormationRetired { platform: slug(), formation }
}

fn attached() -> Event {
    Event::HostAttached { platform: slug(), host: lycee() }
}

fn detached() -> Event {
    Event::HostDetached { platform: slug(), host: lycee() }
}

fn granted(role: PlatformRole) -> Event {
    Event::RoleGranted { platform: slug(), account: PAUL, role }
}

fn revoked(role: PlatformRole) -> Event {
    Event::RoleRevoked { platform: slug(), account: PAUL, role }
}

fn guide() -> StoredFile {
    StoredFile { blob: "9f86d081884c7d65".to_owned(), length: 120_000 }
}

fn guide_stored() -> Event {
    Event::GuideStored { platform: slug(), guide: guide() }
}
