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

#[cfg(test)]
mod tests {
    use super::who;

    #[test]
    fn a_policy_and_a_manager_are_told_apart() {
        assert_eq!(who("policy", Some("when_seat_booked")), "Le service, automatiquement");
        assert_eq!(who("account", Some("origin_manager")), "L’établissement d’origine");
        assert_eq!(who("account", Some("holder")), "Le titulaire du compte");
    }
}
