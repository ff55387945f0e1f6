//! What happened to an account or to a school's space.

use domain::accounts::{
    account::{AccountEvent, PasswordChange},
    school_space::{JoinedThrough, MemberRole, SchoolSpaceEvent},
};

use super::known;

pub(super) fn account(event: &AccountEvent) -> String {
    use AccountEvent as E;
    match event {
        E::AccountRegistered { holder, .. } => format!(
            "Un compte a été créé ({}).",
            known(holder, |it| format!("{} {}", it.first_name, it.last_name.to_uppercase()))
        ),
        E::VerificationRequested { .. } => {
            "Un lien de vérification de l’adresse a été demandé.".to_owned()
        }
        E::EmailVerified { .. } => "L’adresse a été vérifiée.".to_owned(),
        E::SignedIn { .. } => "Connexion.".to_owned(),
        E::SignInFailed { .. } => "Un mot de passe erroné a été saisi.".to_owned(),
        E::AccountLocked { .. } => {
            "Le compte a été bloqué après plusieurs mots de passe erronés.".to_owned()
        }
        E::AccountUnlocked { .. } => "Le compte a été débloqué.".to_owned(),
        E::SignedOut { .. } => "Déconnexion.".to_owned(),
        E::PasswordResetRequested { .. } => {
            "Un lien de changement de mot de passe a été demandé.".to_owned()
        }
        E::PasswordChanged { how, .. } => match how {
            PasswordChange::ByHolder => "Le mot de passe a été changé.",
            PasswordChange::ByLink => "Le mot de passe a été changé par un lien reçu.",
        }
        .to_owned(),
        E::ProfileChanged { .. } => "Le profil a été modifié.".to_owned(),
        E::EmailChangeRequested { .. } => "Un changement d’adresse a été demandé.".to_owned(),
        E::EmailChanged { .. } => "L’adresse de connexion a changé.".to_owned(),
        E::TermsAccepted { version, .. } => {
            format!("Les conditions d’utilisation ont été acceptées (version {version}).")
        }
        E::SignInLinkRequested { .. } => "Un lien de connexion a été demandé.".to_owned(),
        E::SignInLinkUsed { .. } => "Connexion par un lien reçu.".to_owned(),
        E::IdentityLinked { issuer, .. } => {
            format!("Une identité de {issuer} a été rattachée au compte.")
        }
        E::SecretQuestionSet { .. } => "Une question secrète a été choisie.".to_owned(),
        E::OperatorAppointed { .. } => "Le compte exploite désormais le service.".to_owned(),
        E::OperatorDismissed { .. } => "Le compte n’exploite plus le service.".to_owned(),
        E::AccountClosed { .. } => "Le compte a été fermé.".to_owned(),
    }
}

pub(super) fn school_space(event: &SchoolSpaceEvent) -> String {
    use SchoolSpaceEvent as E;
    match event {
        E::MemberInvited { role, uai, .. } => {
            format!("Une personne a été invitée comme {} de l’établissement {uai}.", role_of(*role))
        }
        E::MemberJoined { role, through, uai, .. } => {
            let how = match through {
                JoinedThrough::InstitutionalAddress => "son adresse institutionnelle",
                JoinedThrough::Invitation { .. } => "une invitation",
            };
            format!("Un compte est devenu {} de l’établissement {uai}, par {how}.", role_of(*role))
        }
        E::MemberRemoved { uai, .. } => {
            format!("Un compte ne fait plus partie de l’établissement {uai}.")
        }
        E::AccessRequested { requester, uai, .. } => format!(
            "L’accès à l’établissement {uai} a été demandé ({}).",
            known(requester, |it| format!("{} {}", it.first_name, it.last_name.to_uppercase()))
        ),
        E::AccessGranted { .. } => "La demande d’accès a été acceptée.".to_owned(),
        E::AccessDeclined { .. } => "La demande d’accès a été refusée.".to_owned(),
        E::LoginHintShown { uai, .. } => format!(
            "Le début de l’identifiant de l’établissement {uai} a été montré à un visiteur."
        ),
        E::SignatureStored { .. } => "La signature à imprimer a été enregistrée.".to_owned(),
        E::SignatureRemoved { .. } => "La signature à imprimer a été retirée.".to_owned(),
        E::StampStored { .. } => "Le cachet à imprimer a été enregistré.".to_owned(),
        E::StampRemoved { .. } => "Le cachet à imprimer a été retiré.".to_owned(),
    }
}

fn role_of(role: MemberRole) -> &'static str {
    match role {
        MemberRole::Manager => "gestionnaire",
        MemberRole::Teacher => "enseignant",
    }
}
