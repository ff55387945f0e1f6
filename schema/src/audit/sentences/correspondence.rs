//! What happened to a letter.

use domain::{
    conventions::signing::Signatory,
    correspondence::{
        letter::{DeliveryFaultKind, LetterEvent, Recipient},
        template::Template,
    },
};

use super::quoted;

pub(super) fn letter(event: &LetterEvent) -> String {
    match event {
        LetterEvent::LetterRequested { template, recipient, .. } => {
            format!("Le courriel {} est à envoyer {}.", quoted(title(*template)), to(recipient))
        }
        LetterEvent::LetterSent { attempt: 1, .. } => "Le courriel est parti.".to_owned(),
        LetterEvent::LetterSent { attempt, .. } => {
            format!("Le courriel est parti, au {attempt}e essai.")
        }
        LetterEvent::LetterFailed { attempt, error, .. } => format!(
            "L’essai n° {attempt} d’envoi du courriel a échoué ({})\u{202f}: un autre suivra.",
            fault(error.kind)
        ),
        LetterEvent::LetterAbandoned { error, .. } => {
            format!("L’envoi du courriel a été abandonné ({}).", fault(error.kind))
        }
        LetterEvent::LetterResendRequested { .. } => {
            "Le courriel est à envoyer de nouveau.".to_owned()
        }
    }
}

/// To whom a letter goes.
pub(crate) fn to(recipient: &Recipient) -> String {
    match recipient {
        Recipient::Account { .. } => "au titulaire du compte".to_owned(),
        Recipient::NewAddress { .. } => "à la nouvelle adresse du compte".to_owned(),
        Recipient::School { uai } => format!("à l’établissement {uai}"),
        Recipient::Origin => "à l’établissement d’origine".to_owned(),
        Recipient::Host => "à l’établissement d’accueil".to_owned(),
        Recipient::Signatory { role } => match role {
            Signatory::Origin => "au signataire de l’établissement d’origine".to_owned(),
            Signatory::Guardian => "au responsable légal".to_owned(),
            Signatory::Pupil => "à l’élève".to_owned(),
            Signatory::Host => "au signataire de l’établissement d’accueil".to_owned(),
        },
        Recipient::Invited { uai, .. } => {
            format!("à la personne invitée par l’établissement {uai}")
        }
        Recipient::Requester { uai, .. } => {
            format!("à la personne qui demande l’accès à l’établissement {uai}")
        }
    }
}

/// Why a letter did not leave.
pub(crate) fn fault(kind: DeliveryFaultKind) -> &'static str {
    match kind {
        DeliveryFaultKind::Unreachable => "le serveur de messagerie ne répond pas",
        DeliveryFaultKind::Deferred => "le serveur de messagerie demande d’attendre",
        DeliveryFaultKind::Rejected => "le serveur de messagerie refuse le courriel",
        DeliveryFaultKind::NoAddress => "aucune adresse n’est connue",
        DeliveryFaultKind::NothingToSay => "le courriel n’a plus d’objet",
    }
}

/// What a letter says, in a few words.
pub(crate) fn title(template: Template) -> &'static str {
    match template {
        Template::VerifyEmail => "Vérifiez votre adresse",
        Template::ResetPassword => "Choisissez un nouveau mot de passe",
        Template::PasswordChanged => "Votre mot de passe a changé",
        Template::AccountLocked => "Votre compte est bloqué",
        Template::SignInLink => "Votre lien de connexion",
        Template::EmailChange => "Confirmez votre nouvelle adresse",
        Template::AccessRequested => "Demande d’accès à votre établissement",
        Template::AccessDeclined => "Votre demande d’accès",
        Template::MemberInvited => "Invitation à rejoindre l’établissement",
        Template::ConventionToOrigin => "Convention à faire signer",
        Template::BookingToHost => "Nouvelle réservation",
        Template::ConventionDeposited => "Convention déposée",
        Template::ConventionValidated => "Convention validée",
        Template::ConventionInvalidated => "Convention non conforme",
        Template::ConventionRegenerated => "Convention régénérée",
        Template::ConventionAmended => "Convention modifiée",
        Template::ConventionReminder => "Convention attendue",
        Template::SigningInvitation => "Convention à signer",
        Template::SigningCode => "Code de signature",
        Template::SigningDeclined => "Signature refusée",
        Template::SigningCompleted => "Convention signée",
        Template::BookingCancelled => "Réservation annulée",
        Template::BookingExpired => "Réservation expirée",
        Template::SlotWithdrawn => "Créneau retiré",
        Template::SlotChanged => "Créneau modifié",
        Template::WaitlistJoined => "Inscription sur la liste d’attente",
        Template::WaitlistPromoted => "Une place s’est libérée",
        Template::WaitlistLapsed => "La place n’est plus gardée",
        Template::AbsenceRecorded => "Absence d’un élève",
        Template::SignedNote => "Note signée du journal",
    }
}
