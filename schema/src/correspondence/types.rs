//! A letter as GraphQL shows it: what it is about and whether it left; neither address nor text.

use async_graphql::{Enum, ID, Object, Result};
use domain::{
    access::Facts,
    correspondence::{letter::Recipient, template},
    kernel::{slug::Slug, uai::Uai},
};
use projections::{
    conventions::register,
    correspondence::letters::{self, Letter as Row},
    ministages::{bookings, slots},
    platforms::platform_hosts,
};

use crate::{
    audit::{delivery_fault, letter_title, recipient},
    guard::Call,
    scalars::{Instant, id},
};

/// Où en est un courriel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "letters::LetterStatus")]
pub(crate) enum LetterStatus {
    /// À envoyer.
    Requested,
    /// Un essai a échoué ; un autre suivra.
    Retrying,
    /// Parti.
    Sent,
    /// Abandonné.
    Abandoned,
}

/// Modèle de courriel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "template::Template")]
pub(crate) enum LetterTemplate {
    /// Vérifier son adresse.
    VerifyEmail,
    /// Choisir un nouveau mot de passe.
    ResetPassword,
    /// Le mot de passe a changé.
    PasswordChanged,
    /// Le compte est bloqué.
    AccountLocked,
    /// Lien de connexion.
    SignInLink,
    /// Confirmer une nouvelle adresse.
    EmailChange,
    /// Demande d’accès.
    AccessRequested,
    /// Demande d’accès refusée.
    AccessDeclined,
    /// Invitation.
    MemberInvited,
    /// Convention à faire signer.
    ConventionToOrigin,
    /// Nouvelle réservation.
    BookingToHost,
    /// Convention déposée.
    ConventionDeposited,
    /// Convention validée.
    ConventionValidated,
    /// Convention non conforme.
    ConventionInvalidated,
    /// Convention régénérée.
    ConventionRegenerated,
    /// La convention a changé : sa nouvelle version.
    ConventionAmended,
    /// Convention attendue.
    ConventionReminder,
    /// Convention à signer.
    SigningInvitation,
    /// Code de signature.
    SigningCode,
    /// Signature refusée.
    SigningDeclined,
    /// Convention signée.
    SigningCompleted,
    /// Réservation annulée.
    BookingCancelled,
    /// Réservation expirée.
    BookingExpired,
    /// Créneau retiré.
    SlotWithdrawn,
    /// Créneau modifié.
    SlotChanged,
    /// Inscription sur la liste d’attente.
    WaitlistJoined,
    /// Une place s’est libérée.
    WaitlistPromoted,
    /// La place n’est plus gardée.
    WaitlistLapsed,
    /// Absence d’un élève.
    AbsenceRecorded,
    /// Note signée du journal.
    SignedNote,
}

/// Courriel envoyé par le service.
#[derive(Debug, Clone)]
pub(crate) struct Letter(pub(crate) Row);

impl From<Row> for Letter {
    fn from(row: Row) -> Self {
        Self(row)
    }
}

/// Courriel envoyé par le service.
#[Object]
impl Letter {
    /// Identifiant.
    async fn id(&self) -> ID {
        id(self.0.id)
    }

    /// Modèle.
    async fn template(&self) -> LetterTemplate {
        self.0.template.into()
    }

    /// Ce qu’il dit, en quelques mots.
    async fn title(&self) -> &'static str {
        letter_title(self.0.template)
    }

    /// À qui, en toutes lettres ; jamais d’adresse.
    async fn recipient(&self) -> String {
        recipient(&self.0.recipient)
    }

    /// Où il en est.
    async fn status(&self) -> LetterStatus {
        self.0.status.into()
    }

    /// Nombre d’essais depuis la dernière demande.
    async fn attempts(&self) -> u16 {
        self.0.attempts
    }

    /// Prochain essai.
    async fn next_attempt(&self) -> Option<Instant> {
        self.0.due.map(Instant)
    }

    /// Pourquoi le dernier essai a échoué.
    async fn fault(&self) -> Option<&'static str> {
        self.0.fault.as_ref().map(|fault| delivery_fault(fault.kind))
    }

    /// Code donné par le serveur de messagerie.
    async fn fault_code(&self) -> Option<u16> {
        self.0.fault.as_ref().and_then(|fault| fault.code)
    }

    /// Plateforme concernée.
    async fn platform(&self) -> Option<&str> {
        self.0.platform.as_ref().map(Slug::as_str)
    }

    /// Réservation concernée.
    async fn booking(&self) -> Option<ID> {
        self.0.about.booking.map(id)
    }

    /// Convention concernée.
    async fn convention(&self) -> Option<ID> {
        self.0.about.convention.map(id)
    }

    /// Quand il a été demandé.
    async fn requested_at(&self) -> Instant {
        Instant(self.0.requested_at)
    }

    /// Quand il est parti pour la dernière fois.
    async fn sent_at(&self) -> Option<Instant> {
        self.0.sent_at.map(Instant)
    }
}

impl Call<'_> {
    /// What decides who may touch a letter: the school that it goes to, and its platform.
    pub(super) async fn letter_facts(self, letter: &Row) -> Result<Facts> {
        let letter = letter.clone();
        let (school, platforms) = self
            .read(move |db| {
                let school = addressee(db, &letter)?;
                let platforms = match (&letter.platform, &school) {
                    (Some(platform), _) => vec![platform.clone()],
                    (None, Some(school)) => platform_hosts::platforms_of(db, school)?,
                    (None, None) => Vec::new(),
                };
                Ok((school, platforms))
            })
            .await?;
        let facts = school.map_or_else(Facts::none, Facts::school);
        Ok(platforms.into_iter().fold(facts, Facts::on))
    }
}

/// The school that a letter goes to, if it goes to one.
fn addressee(db: &projections::Connection, letter: &Row) -> projections::SqlResult<Option<Uai>> {
    let about = &letter.about;
    let parties = match about.convention {
        Some(convention) => register::by_id(db, convention)?.map(|it| it.parties),
        None => None,
    };
    let booking = parties.as_ref().map(|it| it.booking).or(about.booking);
    let booking = match booking {
        Some(booking) => bookings::by_id(db, booking)?,
        None => None,
    };
    match &letter.recipient {
        Recipient::Origin => Ok(booking.map(|it| it.origin)),
        Recipient::Host => {
            let slot = about.slot.or(booking.map(|it| it.slot));
            match slot {
                Some(slot) => Ok(slots::by_id(db, slot)?.map(|it| it.host)),
                None => Ok(None),
            }
        }
        Recipient::School { .. }
        | Recipient::Invited { .. }
        | Recipient::Requester { .. }
        | Recipient::Account { .. }
        | Recipient::NewAddress { .. }
        // Whoever opened the signing may send another link; the letters themselves are theirs.
        | Recipient::Signatory { .. } => Ok(letter.school.clone()),
    }
}
