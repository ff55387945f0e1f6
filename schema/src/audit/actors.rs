//! Who acted, in words. Names are never in the log: an account shows its own, to those who may
//! read it.

/// Who, from the kind of actor and its role, purpose or name.
pub(crate) fn who(kind: &str, detail: Option<&str>) -> &'static str {
    match (kind, detail.unwrap_or_default()) {
        ("visitor", _) => "Un visiteur",
        ("account", "origin_manager") => "L’établissement d’origine",
        ("account", "host_manager") => "L’établissement d’accueil",
        ("account", "host_teacher") => "Un enseignant de l’établissement d’accueil",
        ("account", "school_manager") => "L’établissement",
        ("account", "platform_admin") => "L’administration de la plateforme",
        ("account", "operator") | ("operator", _) => "L’exploitant du service",
        ("account", _) => "Le titulaire du compte",
        ("link", _) => "La personne qui a reçu un lien par courriel",
        ("import", _) => "L’import de l’annuaire national",
        _ => "Le service, automatiquement",
    }
}

/// By which way, from the same: what one signed in as, what a link was for, which automatism.
pub(super) fn way(kind: &str, detail: Option<&str>) -> &'static str {
    let detail = detail.unwrap_or_default();
    match kind {
        "visitor" => "Page publique, sans compte",
        "account" => by_account(detail),
        "link" => by_link(detail),
        "policy" => by_policy(detail),
        "import" => "Fichier de l’annuaire national",
        "operator" => "Ligne de commande du service",
        _ => "Voie inconnue de cette version du service",
    }
}

fn by_account(role: &str) -> &'static str {
    match role {
        "holder" => "Compte, pour lui-même",
        "school_manager" => "Compte, gestionnaire de l’établissement",
        "origin_manager" => "Compte, gestionnaire de l’établissement d’origine",
        "host_manager" => "Compte, gestionnaire de l’établissement d’accueil",
        "host_teacher" => "Compte, enseignant de l’établissement d’accueil",
        "platform_admin" => "Compte, administrateur de la plateforme",
        "auditor" => "Compte, auditeur de la plateforme",
        "operator" => "Compte, exploitant du service",
        _ => "Compte",
    }
}

fn by_link(purpose: &str) -> &'static str {
    match purpose {
        "verify_email" => "Lien de vérification de l’adresse",
        "reset_password" => "Lien de choix d’un nouveau mot de passe",
        "change_email" => "Lien de changement d’adresse",
        "sign_in" => "Lien de connexion",
        "sign" => "Lien de signature d’une convention",
        "join_space" => "Lien d’invitation dans un établissement",
        "answer_access" => "Lien de réponse à une demande d’accès",
        _ => "Lien reçu par courriel",
    }
}

fn by_policy(name: &str) -> &'static str {
    match name {
        "found_space" => "Règle\u{202f}: ouvrir l’espace de l’établissement",
        "generate_convention" => "Règle\u{202f}: établir la convention",
        "lapse_convention" => "Règle\u{202f}: rendre la convention caduque",
        "confirm_booking" => "Règle\u{202f}: confirmer la réservation",
        "unconfirm_booking" => "Règle\u{202f}: retirer la confirmation",
        "send_letter" => "Règle\u{202f}: prévenir par courriel",
        "clock" => "Échéance, à l’heure dite",
        "outbox" => "Envoi des courriels",
        _ => "Règle automatique",
    }
}

#[cfg(test)]
mod tests {
    use domain::access::Role;
    use strum::VariantArray as _;

    use super::{way, who};
    use crate::ports::LinkPurpose;

    #[test]
    fn a_policy_and_a_manager_are_told_apart() {
        assert_eq!(who("policy", Some("when_seat_booked")), "Le service, automatiquement");
        assert_eq!(who("account", Some("origin_manager")), "L’établissement d’origine");
        assert_eq!(who("account", Some("holder")), "Le titulaire du compte");
    }

    #[test]
    fn every_role_that_acts_and_every_link_has_its_own_way() {
        let acting = Role::VARIANTS.iter().filter(|role| **role != Role::Visitor);
        let roles = acting.map(|role| way("account", Some(&role.to_string())));
        let links = [
            LinkPurpose::VerifyEmail,
            LinkPurpose::ResetPassword,
            LinkPurpose::ChangeEmail,
            LinkPurpose::SignIn,
            LinkPurpose::JoinSpace,
            LinkPurpose::AnswerAccess,
            LinkPurpose::Sign,
        ];
        let links = links.iter().map(|purpose| way("link", Some(&purpose.to_string())));
        let mut ways: Vec<&str> = roles.chain(links).collect();

        assert!(!ways.contains(&"Compte") && !ways.contains(&"Lien reçu par courriel"), "{ways:?}");
        ways.sort_unstable();
        ways.dedup();
        assert_eq!(ways.len(), 8 + 7);
        assert_eq!(way("policy", Some("clock")), "Échéance, à l’heure dite");
    }
}
