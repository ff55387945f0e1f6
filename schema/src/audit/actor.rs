//! Who acted, in words.

use domain::kernel::envelope::Actor;

/// Who acted: never a name, which the reader finds by the account.
pub fn actor(actor: &Actor) -> String {
    match actor {
        Actor::Visitor => "une personne non connectée".to_owned(),
        Actor::Account { role, .. } => office(role).to_owned(),
        Actor::Link { .. } => "par un lien reçu par courriel".to_owned(),
        Actor::Policy { name } if name == "clock" => "échéance".to_owned(),
        Actor::Policy { name } if name == "outbox" => "envoi du courrier".to_owned(),
        Actor::Policy { .. } => "automatique".to_owned(),
        Actor::Import => "import de l’annuaire".to_owned(),
        Actor::Operator => "exploitant du service".to_owned(),
    }
}

/// The office in which an account acted, by its name in the envelope.
fn office(role: &str) -> &'static str {
    match role {
        "school_manager" => "gestionnaire de l’établissement",
        "origin_manager" => "établissement d’origine",
        "host_manager" => "établissement d’accueil",
        "host_teacher" => "enseignant de l’établissement d’accueil",
        "platform_admin" => "administrateur de la plateforme",
        "auditor" => "auditeur",
        "operator" => "exploitant du service",
        "holder" => "titulaire du compte",
        _ => "compte connecté",
    }
}
