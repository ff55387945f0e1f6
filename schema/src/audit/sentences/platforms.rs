//! What happened to a platform.

use domain::platforms::platform::{FormationLevel, PlatformEvent, PlatformRole};

use super::quoted;
use crate::french::day;

pub(super) fn platform(event: &PlatformEvent) -> String {
    use PlatformEvent as E;
    match event {
        E::PlatformOpened { name, .. } => format!("La plateforme {} a ouvert.", quoted(name)),
        E::BrandingChanged { .. } => "L’apparence de la plateforme a changé.".to_owned(),
        E::LicenceRenewed { until, .. } => {
            format!("La licence de la plateforme court jusqu’au {}.", day(*until))
        }
        E::NotificationAddressSet { host, .. } => {
            format!("L’adresse des notifications de l’établissement {host} a changé.")
        }
        E::RulesChanged { .. } => "Les règles de la plateforme ont changé.".to_owned(),
        E::ConventionNotesChanged { .. } => {
            "Les textes imprimés sur les conventions ont changé.".to_owned()
        }
        E::ConventionArticlesChanged { articles, .. } if articles.is_empty() => {
            "Les articles de la convention sont de nouveau ceux d’Escale.".to_owned()
        }
        E::ConventionArticlesChanged { .. } => {
            "Les articles de la convention ont changé.".to_owned()
        }
        E::FormationAdded { level, label, host, .. } => format!(
            "L’établissement {host} propose la formation {} ({}).",
            quoted(label),
            level_of(*level)
        ),
        E::FormationRetired { .. } => "Une formation n’est plus proposée.".to_owned(),
        E::HostAttached { host, .. } => {
            format!("L’établissement {host} accueille des élèves sur la plateforme.")
        }
        E::HostDetached { host, .. } => {
            format!("L’établissement {host} n’accueille plus d’élèves sur la plateforme.")
        }
        E::RoleGranted { role, .. } => format!("Un compte a reçu la charge {}.", office(*role)),
        E::RoleRevoked { role, .. } => format!("Un compte n’a plus la charge {}.", office(*role)),
        E::GuideStored { .. } => "Le guide à télécharger a changé.".to_owned(),
    }
}

fn office(role: PlatformRole) -> &'static str {
    match role {
        PlatformRole::Admin => "d’administrer la plateforme",
        PlatformRole::Auditor => "de contrôler la plateforme",
    }
}

fn level_of(level: FormationLevel) -> &'static str {
    match level {
        FormationLevel::Cap => "CAP",
        FormationLevel::BacPro => "BAC PRO",
        FormationLevel::BacTechno => "BAC TECHNO",
        FormationLevel::BacGeneral => "BAC GÉNÉRAL",
        FormationLevel::Bts => "BTS",
        FormationLevel::Other => "autre formation",
    }
}
