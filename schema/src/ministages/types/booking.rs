//! A booking as GraphQL shows it, with the pupil; « effacé » is what is left of an erased one.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::{
    access::Action,
    kernel::ids::ConventionId,
    ministages::slot::{self, PupilIdentity},
};
use projections::{
    directory::schools::School as SchoolRow,
    ministages::bookings::{self, Booking as Row},
};

use super::Slot;
use crate::{
    audit::{HistoryEntry, history},
    conventions::Convention,
    directory::types::School,
    guard::Call,
    loaders,
    ministages::facts::Placed,
    names,
    scalars::{Day, Instant, id},
};

/// Où en est une réservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "bookings::BookingStatus")]
pub(crate) enum BookingStatus {
    /// « En attente » : la place est prise, la convention n’est pas encore validée.
    Booked,
    /// Une place est gardée : l’établissement d’origine doit répondre.
    Promoted,
    /// Sur la liste d’attente.
    Waiting,
    /// Confirmée : la convention est validée.
    Confirmed,
    /// Annulée.
    Cancelled,
    /// Expirée : la convention n’a pas été validée à temps.
    Expired,
    /// La place gardée n’a pas été prise.
    Lapsed,
    /// Le créneau a été retiré.
    Withdrawn,
}

/// D’où vient l’élève.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "slot::PupilKind")]
pub(crate) enum PupilKind {
    /// « Élève de mon établissement ».
    Internal,
    /// « Élève extérieur ».
    External,
}

/// Lequel des deux établissements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "slot::Side")]
pub(crate) enum Side {
    /// L’établissement d’origine.
    Origin,
    /// L’établissement d’accueil.
    Host,
}

/// Pourquoi une place gardée n’a pas été prise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "slot::LapseCause")]
pub(crate) enum LapseCause {
    /// L’établissement d’origine l’a refusée.
    Declined,
    /// Il n’a pas répondu à temps.
    Unanswered,
}

/// Responsable légal.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Guardian {
    /// Nom.
    name: String,
    /// Adresse électronique.
    email: Option<String>,
    /// Téléphone.
    phone: Option<String>,
}

/// Élève. Tout est vide une fois ses données effacées, sauf le nom à montrer : « effacé ».
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Pupil {
    /// Identifiant, le même pour toutes ses réservations.
    id: ID,
    /// « NOM Prénom », ou « effacé ».
    display_name: String,
    /// Nom.
    last_name: Option<String>,
    /// Prénom.
    first_name: Option<String>,
    /// Date de naissance.
    birth_date: Option<Day>,
    /// Classe.
    class: Option<String>,
    /// Responsable légal.
    guardian: Option<Guardian>,
    /// Vrai si ses données ont été effacées.
    erased: bool,
}

impl Pupil {
    fn of(row: &Row) -> Self {
        let known = row.pupil.known();
        let guardian = known.and_then(|it| it.guardian.as_ref());
        Self {
            id: id(row.pupil.person()),
            display_name: known.map_or_else(|| "effacé".to_owned(), display_name),
            last_name: known.map(|it| it.last_name.clone()),
            first_name: known.map(|it| it.first_name.clone()),
            birth_date: known.and_then(|it| it.birth_date).map(Day),
            class: known.and_then(|it| it.class.clone()),
            guardian: guardian.map(|it| Guardian {
                name: it.name.clone(),
                email: it.email.as_ref().map(|it| it.as_str().to_owned()),
                phone: it.phone.clone(),
            }),
            erased: known.is_none(),
        }
    }
}

/// « NOM Prénom ».
fn display_name(pupil: &PupilIdentity) -> String {
    names::of_person(&pupil.last_name, &pupil.first_name)
}

/// Comment joindre un établissement.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Contact {
    /// Nom de l’établissement.
    name: String,
    /// Téléphone.
    phone: Option<String>,
    /// Adresse électronique institutionnelle.
    email: Option<String>,
}

impl From<SchoolRow> for Contact {
    fn from(row: SchoolRow) -> Self {
        Self {
            name: row.listing.name,
            phone: row.listing.phone,
            email: row.listing.mail.map(|it| it.as_str().to_owned()),
        }
    }
}

/// Réservation d’une place, ou rang sur une liste d’attente, pour un élève.
#[derive(Debug, Clone)]
pub(crate) struct Booking(pub(crate) Placed);

impl Booking {
    /// All of `rows`, whose slots and hosts are read in lots.
    pub(crate) async fn all(ctx: &Context<'_>, rows: Vec<Row>) -> Result<Vec<Self>> {
        let placed = rows.into_iter().map(|row| Placed::of(ctx, row));
        let placed = futures::future::try_join_all(placed).await?;
        Ok(placed.into_iter().flatten().map(Self).collect())
    }

    /// The booking `id`, if the viewer may read it.
    pub(crate) async fn load_visible(
        ctx: &Context<'_>,
        id: domain::kernel::ids::BookingId,
    ) -> Result<Option<Self>> {
        let Some(row) = loaders::one(ctx, id).await? else {
            return Ok(None);
        };
        let placed = Placed::of(ctx, row).await?;
        let call = Call::of(ctx)?;
        Ok(placed.filter(|it| call.may(Action::ReadBookings, &it.facts)).map(Self))
    }
}

/// Réservation d’une place, ou rang sur une liste d’attente, pour un élève.
#[Object]
impl Booking {
    /// Identifiant.
    async fn id(&self) -> ID {
        id(self.0.booking.id)
    }

    /// Où elle en est.
    async fn status(&self) -> BookingStatus {
        self.0.booking.status.into()
    }

    /// D’où vient l’élève.
    async fn kind(&self) -> PupilKind {
        self.0.booking.kind.into()
    }

    /// Élève.
    async fn pupil(&self) -> Pupil {
        Pupil::of(&self.0.booking)
    }

    /// Créneau.
    async fn slot(&self) -> Slot {
        Slot::of_booking(self.0.slot.clone(), self.0.booking.origin.clone())
    }

    /// Établissement d’origine.
    async fn origin(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        School::load(ctx, &self.0.booking.origin).await
    }

    /// Code UAI de l’établissement d’origine.
    async fn origin_uai(&self) -> String {
        self.0.booking.origin.to_string()
    }

    /// Comment joindre l’établissement d’origine.
    async fn origin_contact(&self, ctx: &Context<'_>) -> Result<Option<Contact>> {
        let row = loaders::one(ctx, self.0.booking.origin.clone()).await?;
        Ok(row.map(Contact::from))
    }

    /// Comment joindre l’établissement d’accueil.
    async fn host_contact(&self, ctx: &Context<'_>) -> Result<Option<Contact>> {
        let row = loaders::one(ctx, self.0.slot.host.clone()).await?;
        Ok(row.map(Contact::from))
    }

    /// Convention, une fois établie, pour ceux qui peuvent la lire.
    async fn convention(&self, ctx: &Context<'_>) -> Result<Option<Convention>> {
        if !Call::of(ctx)?.may(Action::ReadConvention, &self.0.facts) {
            return Ok(None);
        }
        let row = loaders::one(ctx, ConventionId::of(self.0.booking.id)).await?;
        Ok(row.map(|row| Convention::new(row, self.0.facts.clone())))
    }

    /// Quand elle a été faite.
    async fn booked_at(&self) -> Instant {
        Instant(self.0.booking.booked_at)
    }

    /// Quand son état a changé pour la dernière fois.
    async fn changed_at(&self) -> Instant {
        Instant(self.0.booking.changed_at)
    }

    /// Rang sur la liste d’attente, à partir de 1.
    async fn place_in_line(&self, ctx: &Context<'_>) -> Result<Option<u64>> {
        let booking = self.0.booking.clone();
        Call::of(ctx)?.read(move |db| bookings::place_in_line(db, &booking)).await
    }

    /// Jusqu’à quand la place est, ou a été, gardée.
    async fn deadline(&self) -> Option<Instant> {
        self.0.booking.deadline.map(Instant)
    }

    /// Qui l’a annulée.
    async fn cancelled_by(&self) -> Option<Side> {
        self.0.booking.cancelled_by.map(Into::into)
    }

    /// Pourquoi elle a été annulée, si cela a été dit.
    async fn reason(&self) -> Option<&str> {
        self.0.booking.reason.as_deref()
    }

    /// Pourquoi la place gardée n’a pas été prise.
    async fn lapse(&self) -> Option<LapseCause> {
        self.0.booking.lapse.map(Into::into)
    }

    /// Vrai si l’élève est venu, faux s’il était absent ; rien tant que ce n’est pas noté.
    async fn present(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        let may = Call::of(ctx)?.may(Action::ReadAttendance, &self.0.facts);
        Ok(self.0.booking.present.filter(|_| may))
    }

    /// Appréciation de l’établissement d’accueil.
    async fn appreciation(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let may = Call::of(ctx)?.may(Action::ReadAppreciation, &self.0.facts);
        Ok(self.0.booking.appreciation.as_deref().filter(|_| may))
    }

    /// Ce qui s’est passé, en toutes lettres, du plus ancien au plus récent.
    async fn history(&self, ctx: &Context<'_>) -> Result<Vec<HistoryEntry>> {
        if !Call::of(ctx)?.may(Action::ReadHistory, &self.0.facts) {
            return Ok(Vec::new());
        }
        history(ctx, self.0.booking.id, &self.0.facts).await
    }
}
