//! A convention as GraphQL shows it.

use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use domain::{
    access::{Action, Facts},
    conventions::convention::{self, Parties},
    kernel::ids::ConventionId,
};
use projections::{
    conventions::{
        deposits::{self, PastDeposit},
        register::{self, Convention as Row},
        signings,
    },
    platforms::platform_hosts,
};

use super::amended::{ConventionChange, said};
use super::signatures::{self, SignatureCheck};
use super::signing::{SignatoryToAsk, Signing, to_ask};
use crate::{
    audit::{HistoryEntry, history},
    guard::Call,
    ministages::types::{Booking, Side},
    scalars::{Instant, id},
};

/// Où en est une convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "register::Standing")]
pub(crate) enum ConventionStanding {
    /// Établie, pas encore revenue.
    Generated,
    /// Déposée, en attente de la décision de l’établissement d’accueil.
    Deposited,
    /// Validée.
    Validated,
    /// Validée puis invalidée : de nouveau « non retournée ».
    Reopened,
    /// Sans objet : la réservation n’est plus active.
    Lapsed,
}

/// Onglet de « Gestion du retour des conventions ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ConventionTab", remote = "convention::ConventionTab")]
pub(crate) enum Tab {
    /// « Conventions non retournées ».
    NotReturned,
    /// « Conventions en attente de validation ».
    AwaitingValidation,
    /// « Conventions validées ».
    Validated,
}

/// Comment un dépôt a trouvé sa convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "convention::Recognition")]
pub(crate) enum Recognition {
    /// « Reconnaissance automatique » : il commence par le document d’origine.
    OriginalBytes,
    /// L’élève a été choisi dans la liste.
    ByHand,
    /// Tous l’ont signée en ligne.
    SignedOnline,
    /// Ses pages ont été reconnues à leur code, dans une pile numérisée.
    PageCodes,
}

/// Pourquoi une convention est sans objet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "convention::ConventionLapse")]
pub(crate) enum ConventionLapse {
    /// La réservation a été annulée.
    BookingCancelled,
    /// La réservation a expiré.
    BookingExpired,
    /// Le créneau a été retiré.
    SlotWithdrawn,
}

/// Document déposé.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct Deposit {
    #[graphql(skip)]
    convention: ConventionId,
    /// Rang de l’événement dans l’histoire de la convention : il nomme le document.
    sequence: Option<u64>,
    /// Quand.
    at: Instant,
    /// Par qui.
    side: Side,
    /// Comment il a trouvé sa convention.
    recognition: Recognition,
    /// Nombre de pages.
    pages: u16,
    /// Taille, en octets.
    length: u64,
}

impl From<PastDeposit> for Deposit {
    fn from(row: PastDeposit) -> Self {
        Self {
            convention: row.convention,
            sequence: Some(row.sequence),
            at: Instant(row.at),
            side: row.side.into(),
            recognition: row.recognised.into(),
            pages: row.pages,
            length: row.document.length,
        }
    }
}

#[ComplexObject]
impl Deposit {
    /// Ce que disaient ses signatures électroniques le jour du dépôt.
    async fn signature_check(&self, ctx: &Context<'_>) -> Result<SignatureCheck> {
        signatures::of_deposit(ctx, self.convention, self.sequence).await
    }
}

impl Deposit {
    fn last(convention: ConventionId, row: &register::Deposit) -> Self {
        Self {
            convention,
            sequence: None,
            at: Instant(row.at),
            side: row.side.into(),
            recognition: row.recognised.into(),
            pages: row.pages,
            length: row.document.length,
        }
    }
}

/// Convention de mini-stage.
#[derive(Debug, Clone)]
pub(crate) struct Convention {
    row: Row,
    facts: Facts,
}

impl Convention {
    /// The convention that `row` says, which those whom `facts` name may touch.
    pub(crate) fn new(row: Row, facts: Facts) -> Self {
        Self { row, facts }
    }
}

impl Call<'_> {
    /// What decides who may touch the convention of `parties`.
    pub(crate) async fn parties_facts(self, parties: &Parties) -> Result<Facts> {
        let (platform, host) = (parties.platform.clone(), parties.host.clone());
        let attached =
            self.read(move |db| platform_hosts::is_attached(db, &platform, &host)).await?;
        Ok(Facts::placement(
            parties.platform.clone(),
            parties.origin.clone(),
            parties.host.clone(),
            attached,
        ))
    }
}

/// Convention de mini-stage.
#[Object]
impl Convention {
    /// Identifiant.
    async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// Identification imprimée sur la convention.
    async fn reference(&self) -> &str {
        &self.row.reference
    }

    /// Réservation, avec l’élève et le créneau.
    async fn booking(&self, ctx: &Context<'_>) -> Result<Option<Booking>> {
        Booking::load_visible(ctx, self.row.parties.booking).await
    }

    /// Où elle en est.
    async fn state(&self) -> ConventionStanding {
        self.row.state.into()
    }

    /// Onglet dans lequel elle figure ; rien une fois sans objet.
    async fn tab(&self) -> Option<Tab> {
        self.row.tab().map(Into::into)
    }

    /// Vrai si le document déposé a été jugé non conforme et attend d’être remplacé.
    async fn non_conforming(&self) -> bool {
        self.row.non_conforming
    }

    /// Motif de l’invalidation depuis le dernier dépôt.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    /// Quand elle a été établie.
    async fn generated_at(&self) -> Instant {
        Instant(self.row.generated_at)
    }

    /// Version du document : 1, puis une de plus chaque fois que la convention a changé.
    async fn print(&self) -> u16 {
        self.row.print
    }

    /// Quand elle a été refaite, si elle l’a été.
    async fn amended_at(&self) -> Option<Instant> {
        self.row.amended_at.map(Instant)
    }

    /// Ce qui a changé depuis la version précédente.
    async fn changes(&self) -> Vec<ConventionChange> {
        self.row.changes.iter().copied().map(Into::into).collect()
    }

    /// La même chose en toutes lettres : « la salle et la classe de l’élève » ; rien pour la
    /// première version.
    async fn changed(&self) -> Option<String> {
        Some(said(&self.row.changes)).filter(|said| !said.is_empty())
    }

    /// Nombre de pages du document que « Conv. » sert.
    async fn pages(&self) -> u16 {
        self.row.current_document().1
    }

    /// Vrai si « Conv. » sert le document complété, faux si c’est l’original.
    async fn completed(&self) -> bool {
        self.row.current_document().0.blob != self.row.original.blob
    }

    /// Dernier document déposé, sauf si une régénération l’a écarté.
    async fn deposit(&self) -> Option<Deposit> {
        self.row.deposit.as_ref().map(|last| Deposit::last(self.row.id, last))
    }

    /// Tous les documents jamais déposés, du plus ancien au plus récent.
    async fn deposits(&self, ctx: &Context<'_>) -> Result<Vec<Deposit>> {
        let call = Call::of(ctx)?;
        if !call.may(Action::ReadHistory, &self.facts) {
            return Ok(Vec::new());
        }
        let convention = self.row.id;
        let rows = call.read(move |db| deposits::of_convention(db, convention)).await?;
        Ok(rows.into_iter().map(Deposit::from).collect())
    }

    /// Depuis quand elle est validée ; sans objet, depuis quand elle l’était.
    async fn validated_at(&self) -> Option<Instant> {
        self.row.validated_at.map(Instant)
    }

    /// Quand l’établissement d’origine a reçu un rappel.
    async fn reminded_at(&self) -> Option<Instant> {
        self.row.reminded_at.map(Instant)
    }

    /// Pourquoi elle est sans objet.
    async fn lapse(&self) -> Option<ConventionLapse> {
        self.row.lapse.map(Into::into)
    }

    /// Quand elle a changé pour la dernière fois.
    async fn changed_at(&self) -> Instant {
        Instant(self.row.changed_at)
    }

    /// Nombre d’invalidations.
    async fn invalidations(&self) -> u32 {
        self.row.invalidations
    }

    /// Signature en ligne ; rien si elle n’a jamais été demandée.
    async fn signing(&self, ctx: &Context<'_>) -> Result<Option<Signing>> {
        let call = Call::of(ctx)?;
        let convention = self.row.id;
        let round = call.read(move |db| signings::of_convention(db, convention)).await?;
        Ok(round.map(Into::into))
    }

    /// Qui inviter par « Faire signer en ligne » ; personne quand ce n’est pas à demander, ou que
    /// le lecteur ne peut pas le demander.
    async fn to_sign(&self, ctx: &Context<'_>) -> Result<Vec<SignatoryToAsk>> {
        to_ask(Call::of(ctx)?, &self.row, &self.facts).await
    }

    /// Ce qui s’est passé, en toutes lettres, du plus ancien au plus récent.
    async fn history(&self, ctx: &Context<'_>) -> Result<Vec<HistoryEntry>> {
        if !Call::of(ctx)?.may(Action::ReadHistory, &self.facts) {
            return Ok(Vec::new());
        }
        history(ctx, self.row.parties.booking, &self.facts).await
    }
}
