//! A slot as GraphQL shows it: to everybody when and what, to those concerned where and with
//! whom.

use async_graphql::{Context, Enum, ID, Object, Result};
use domain::{
    access::{Action, Facts},
    kernel::{slug::Slug, uai::Uai},
};
use jiff::ToSpan as _;
use projections::ministages::{bookings, slots::Slot as Row};

use super::Booking;
use crate::{
    directory::types::School,
    guard::Call,
    loaders,
    ministages::facts,
    platforms::types::{Formation, Platform},
    scalars::{Day, Hour, Instant, LocalInstant, id},
};

/// État d’un créneau.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum SlotStatus {
    /// Proposé.
    Open,
    /// Retiré : il n’aura pas lieu.
    Withdrawn,
}

/// Créneau : une demi-journée dans un établissement d’accueil.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    row: Row,
    /// The school of origin of the booking through which the viewer came here.
    origin: Option<Uai>,
}

impl From<Row> for Slot {
    fn from(row: Row) -> Self {
        Self { row, origin: None }
    }
}

impl Slot {
    /// The slot of a booking of `origin`.
    pub(crate) fn of_booking(row: Row, origin: Uai) -> Self {
        let origin = Some(origin);
        Self { row, origin }
    }

    /// On which platform it is.
    pub(crate) fn platform_slug(&self) -> &Slug {
        &self.row.platform
    }

    /// What decides who may touch it.
    async fn facts(&self, ctx: &Context<'_>) -> Result<Facts> {
        let mut facts = facts::hosting(ctx, &self.row.platform, &self.row.host).await?;
        facts.origin.clone_from(&self.origin);
        Ok(facts)
    }

    /// Whether the viewer reads where and with whom: the host's people, and the schools that
    /// have a pupil in it.
    async fn is_open_to(&self, ctx: &Context<'_>) -> Result<bool> {
        let call = Call::of(ctx)?;
        let mut facts = self.facts(ctx).await?;
        if call.may(Action::ReadSlot, &facts) {
            return Ok(true);
        }
        if self.origin.is_some() || call.viewer().memberships.is_empty() {
            return Ok(false);
        }
        let slot = self.row.id;
        let bookings = call.read(move |db| bookings::of_slot(db, slot)).await?;
        Ok(bookings.into_iter().filter(|it| !it.status.is_over()).any(|it| {
            facts.origin = Some(it.origin);
            call.may(Action::ReadSlot, &facts)
        }))
    }
}

/// Créneau : une demi-journée dans un établissement d’accueil.
#[Object]
impl Slot {
    /// Identifiant.
    async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// Plateforme.
    async fn platform(&self, ctx: &Context<'_>) -> Result<Option<Platform>> {
        Platform::load(ctx, &self.row.platform).await
    }

    /// Établissement d’accueil.
    async fn host(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        School::load(ctx, &self.row.host).await
    }

    /// Code UAI de l’établissement d’accueil.
    async fn host_uai(&self) -> String {
        self.row.host.to_string()
    }

    /// Formation à découvrir.
    async fn formation(&self, ctx: &Context<'_>) -> Result<Option<Formation>> {
        let row = loaders::one(ctx, self.row.formation).await?;
        Ok(row.map(Formation::from))
    }

    /// Jour.
    async fn date(&self) -> Day {
        Day(self.row.details.date)
    }

    /// Heure de début.
    async fn start(&self) -> Hour {
        Hour(self.row.details.start)
    }

    /// Heure de fin.
    async fn end(&self) -> Hour {
        Hour(self.row.details.end)
    }

    /// Nombre de places.
    async fn seats(&self) -> u16 {
        self.row.details.seats
    }

    /// Places prises, ou gardées pour un élève de la liste d’attente.
    async fn held(&self) -> u16 {
        self.row.held
    }

    /// Places libres.
    async fn free(&self) -> u16 {
        self.row.free()
    }

    /// Élèves sur la liste d’attente.
    async fn waiting(&self) -> u16 {
        self.row.waiting
    }

    /// État.
    async fn status(&self) -> SlotStatus {
        match self.row.withdrawn {
            None => SlotStatus::Open,
            Some(_) => SlotStatus::Withdrawn,
        }
    }

    /// Motif du retrait, s’il a été retiré.
    async fn withdrawn_because(&self) -> Option<&str> {
        self.row.withdrawn.as_ref().map(|(_, because)| because.as_str())
    }

    /// Moment où les réservations ferment, à la pendule de la plateforme.
    async fn closes_at(&self, ctx: &Context<'_>) -> Result<Option<LocalInstant>> {
        let platform = loaders::one(ctx, self.row.platform.clone()).await?;
        Ok(platform.map(|platform| {
            let days = i64::from(platform.rules.booking_closes_days);
            let begins_at = self.row.begins_at();
            LocalInstant(if days == 0 {
                begins_at
            } else {
                let day = begins_at.date().saturating_sub(days.days());
                day.to_datetime(jiff::civil::Time::midnight())
            })
        }))
    }

    /// Salle, pour ceux que le créneau concerne.
    async fn room(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let room = self.row.details.room.as_deref();
        Ok(if self.is_open_to(ctx).await? { room } else { None })
    }

    /// Qui accueille les élèves, pour ceux que le créneau concerne.
    async fn teacher(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let teacher = self.row.details.teacher.as_ref();
        let teacher = teacher.and_then(|it| it.known()).map(String::as_str);
        Ok(if self.is_open_to(ctx).await? { teacher } else { None })
    }

    /// Ce que les élèves doivent savoir ou apporter, pour ceux que le créneau concerne.
    async fn note(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let note = self.row.details.note.as_deref();
        Ok(if self.is_open_to(ctx).await? { note } else { None })
    }

    /// Réservations et liste d’attente, terminées ou non, pour l’établissement d’accueil et la
    /// plateforme ; rien pour les autres.
    async fn bookings(&self, ctx: &Context<'_>) -> Result<Vec<Booking>> {
        let call = Call::of(ctx)?;
        let facts = facts::hosting(ctx, &self.row.platform, &self.row.host).await?;
        if !call.may(Action::ReadBookings, &facts) {
            return Ok(Vec::new());
        }
        let slot = self.row.id;
        let rows = call.read(move |db| bookings::of_slot(db, slot)).await?;
        Booking::all(ctx, rows).await
    }

    /// Créneau dont il est la copie.
    async fn copied_from(&self) -> Option<ID> {
        self.row.copied_from.map(id)
    }

    /// Quand il a été publié.
    async fn published_at(&self) -> Instant {
        Instant(self.row.published_at)
    }
}
