//! What happened to schools, accounts, spaces, platforms and letters, in words.

use domain::{
    accounts::{account::AccountEvent, school_space::SchoolSpaceEvent},
    correspondence::letter::LetterEvent,
    directory::school::SchoolEvent,
    platforms::platform::PlatformEvent,
};

pub(super) fn of_school(event: &SchoolEvent) -> String {
    match event {
        SchoolEvent::SchoolListed { uai, .. } => format!("{uai} entre dans l’annuaire."),
        SchoolEvent::SchoolChanged { uai, .. } => format!("La fiche de {uai} est modifiée."),
        SchoolEvent::SchoolClosed { uai } => format!("{uai} est fermé."),
    }
}

pub(super) fn of_account(event: &AccountEvent) -> &'static str {
    use AccountEvent as E;
    match event {
        E::AccountRegistered { .. } => "Un compte est créé.",
        E::VerificationRequested { .. } => "Un lien de vérification est envoyé.",
        E::EmailVerified { .. } => "L’adresse est vérifiée.",
        E::SignedIn { .. } => "Connexion.",
        E::SignInFailed { .. } => "Connexion refusée\u{202f}: mot de passe erroné.",
        E::AccountLocked { .. } => "Le compte est bloqué.",
        E::AccountUnlocked { .. } => "Le compte est débloqué.",
        E::SignedOut { .. } => "Déconnexion.",
        E::PasswordResetRequested { .. } => "Un lien de réinitialisation est envoyé.",
        E::PasswordChanged { .. } => "Le mot de passe est changé.",
        E::ProfileChanged { .. } => "Le profil est modifié.",
        E::EmailChangeRequested { .. } => "Un changement d’adresse est demandé.",
        E::EmailChanged { .. } => "L’adresse de connexion est changée.",
        E::TermsAccepted { .. } => "Les conditions d’utilisation sont acceptées.",
        E::SignInLinkRequested { .. } => "Un lien de connexion est envoyé.",
        E::SignInLinkUsed { .. } => "Connexion par un lien.",
        E::IdentityLinked { .. } => "Une autre identité est liée au compte.",
        E::SecretQuestionSet { .. } => "La question secrète est choisie.",
        E::OperatorAppointed { .. } => "Le compte exploite le service.",
        E::OperatorDismissed { .. } => "Le compte n’exploite plus le service.",
        E::AccountClosed { .. } => "Le compte est fermé.",
    }
}

pub(super) fn of_space(event: &SchoolSpaceEvent) -> &'static str {
    use SchoolSpaceEvent as E;
    match event {
        E::MemberInvited { .. } => "Une personne est invitée dans l’espace de l’établissement.",
        E::MemberJoined { .. } => "Un compte rejoint l’espace de l’établissement.",
        E::MemberRemoved { .. } => "Un compte quitte l’espace de l’établissement.",
        E::AccessRequested { .. } => "Une personne demande l’accès à l’espace.",
        E::AccessGranted { .. } => "L’accès est accordé.",
        E::AccessDeclined { .. } => "L’accès est refusé.",
        E::LoginHintShown { .. } => "Le début de l’identifiant est montré à un visiteur.",
        E::SignatureStored { .. } => "La signature de l’établissement est enregistrée.",
        E::SignatureRemoved { .. } => "La signature de l’établissement est retirée.",
        E::StampStored { .. } => "Le cachet de l’établissement est enregistré.",
        E::StampRemoved { .. } => "Le cachet de l’établissement est retiré.",
    }
}

pub(super) fn of_platform(event: &PlatformEvent) -> String {
    use PlatformEvent as E;
    match event {
        E::PlatformOpened { name, .. } => {
            format!("La plateforme «\u{a0}{name}\u{a0}» est ouverte.")
        }
        E::BrandingChanged { .. } => "L’identité visuelle est modifiée.".to_owned(),
        E::LicenceRenewed { until, .. } => {
            format!("La licence est renouvelée jusqu’au {}.", until.strftime("%d/%m/%Y"))
        }
        E::NotificationAddressSet { host, .. } => {
            format!("L’adresse de notification de {host} est choisie.")
        }
        E::RulesChanged { .. } => "Les règles et échéances sont modifiées.".to_owned(),
        E::ConventionNotesChanged { .. } => {
            "Les notes imprimées sur les conventions sont modifiées.".to_owned()
        }
        E::FormationAdded { label, .. } => {
            format!("La formation «\u{a0}{label}\u{a0}» est ajoutée.")
        }
        E::FormationRetired { .. } => "Une formation est retirée du catalogue.".to_owned(),
        E::HostAttached { host, .. } => format!("{host} devient établissement d’accueil."),
        E::HostDetached { host, .. } => format!("{host} n’est plus établissement d’accueil."),
        E::RoleGranted { .. } => "Un rôle est donné sur la plateforme.".to_owned(),
        E::RoleRevoked { .. } => "Un rôle est retiré sur la plateforme.".to_owned(),
        E::GuideStored { .. } => "Le guide à télécharger est remplacé.".to_owned(),
    }
}

pub(super) fn of_letter(event: &LetterEvent) -> String {
    use LetterEvent as E;
    match event {
        E::LetterRequested { .. } => "Un courriel est à envoyer.".to_owned(),
        E::LetterSent { .. } => "Le courriel est envoyé.".to_owned(),
        E::LetterFailed { attempt, .. } => {
            format!("L’envoi du courriel a échoué (essai {attempt})\u{202f}; il sera retenté.")
        }
        E::LetterAbandoned { .. } => {
            "Le courriel n’a pas pu être envoyé\u{202f}; l’envoi est abandonné.".to_owned()
        }
        E::LetterResendRequested { .. } => "Un nouvel envoi du courriel est demandé.".to_owned(),
    }
}
