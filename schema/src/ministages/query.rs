//! Reading slots, bookings, the list of the day and the agenda.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use domain::{
    access::{Action, Facts},
    kernel::{
        ids::{BookingId, SlotId},
        uai::Uai,
    },
    platforms::platform,
};
use jiff::civil::Date;
use projections::{
    Window,
    ministages::{
        agenda, bookings, catalogue,
        lists::{self, Order, Sort},
    },
};

use super::{
    agenda::Agenda,
    types::{Booking, BookingStatus, Slot},
};
use crate::{
    conventions::scope,
    guard::Call,
    page::{Page, PageInput},
    platforms::types::FormationLevel,
    ports::{LinkPurpose, SignedLink},
    position::Position,
    scalars::{Day, LocalInstant},
};

/// Créneaux cherchés.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct SlotFilter {
    /// Code UAI de l’établissement d’accueil.
    host: Option<String>,
    /// Identifiant de la formation.
    formation: Option<ID>,
    /// Niveau de la formation.
    level: Option<FormationLevel>,
    /// À partir de ce jour.
    from: Option<Day>,
    /// Jusqu’à ce jour.
    to: Option<Day>,
    /// Qui commencent après ce moment, à la pendule de la plateforme.
    after: Option<LocalInstant>,
    /// Vrai pour ne voir que ceux où il reste une place.
    #[graphql(default)]
    only_free: bool,
    /// Vrai pour voir aussi ceux qui ont été retirés.
    #[graphql(default)]
    withdrawn: bool,
    /// Ville.
    city: Option<String>,
    /// Nom du département.
    departement: Option<String>,
    /// Mots de la formation, de l’établissement ou de sa ville.
    search: Option<String>,
}

impl SlotFilter {
    /// What to look for; none when an id is none.
    fn wanted(self, platform: &str) -> Option<catalogue::Wanted> {
        let level = self.level.map(platform::FormationLevel::from);
        let formation = self.formation.map(|id| id.parse()).transpose().ok()?;
        Some(catalogue::Wanted {
            platform: Some(platform.parse().ok()?),
            host: self.host.map(|it| it.parse()).transpose().ok()?,
            formation,
            level,
            from: self.from.map(|it| it.0),
            to: self.to.map(|it| it.0),
            after: self.after.map(|it| it.0),
            only_free: self.only_free,
            on_offer: !self.withdrawn,
            city: self.city,
            departement: self.departement,
            search: self.search.unwrap_or_default(),
        })
    }
}

/// Colonne par laquelle trier les réservations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "lists::Sort")]
pub(crate) enum BookingSort {
    /// Date du stage.
    Date,
    /// « Nom ».
    Name,
    /// « Prénom ».
    FirstName,
    /// Établissement d’origine.
    Origin,
    /// Établissement d’accueil.
    Host,
    /// Formation.
    Formation,
    /// Date de la réservation.
    BookedAt,
}

/// Réservations cherchées : celles d’une plateforme, d’un établissement d’accueil sur une
/// plateforme, ou d’un établissement d’origine.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct BookingFilter {
    /// Nom court de la plateforme.
    platform: Option<String>,
    /// Code UAI de l’établissement d’accueil ; demande aussi la plateforme.
    host: Option<String>,
    /// Code UAI de l’établissement d’origine.
    origin: Option<String>,
    /// Identifiant du créneau.
    slot: Option<ID>,
    /// Identifiant de la formation.
    formation: Option<ID>,
    /// Identifiant de l’élève.
    pupil: Option<ID>,
    /// États voulus ; vide : tous.
    #[graphql(default)]
    statuses: Vec<BookingStatus>,
    /// À partir de ce jour.
    from: Option<Day>,
    /// Jusqu’à ce jour.
    to: Option<Day>,
    /// Vrai pour les réservations passées, faux pour celles à venir, d’après le jour qu’il est.
    past: Option<bool>,
    /// Mots du nom de l’élève.
    search: Option<String>,
    /// Vrai pour les élèves venus, faux pour les absents.
    attended: Option<bool>,
}

impl BookingFilter {
    /// What to look for, on the day `today`; none when an id is none.
    fn wanted(self, today: Date) -> Option<lists::Wanted> {
        let scope = scope(self.platform.as_deref(), self.host.as_deref(), self.origin.as_deref())?;
        let day = |bound: Option<Day>| bound.map(|it| it.0);
        let (mut from, mut to) = (day(self.from), day(self.to));
        match self.past {
            Some(true) => {
                let yesterday = today.yesterday().ok()?;
                to = Some(to.map_or(yesterday, |to| to.min(yesterday)));
            }
            Some(false) => from = Some(from.map_or(today, |from| from.max(today))),
            None => {}
        }
        Some(lists::Wanted {
            platform: scope.platform,
            host: scope.host,
            origin: scope.origin,
            slot: self.slot.map(|it| it.parse()).transpose().ok()?,
            formation: self.formation.map(|it| it.parse()).transpose().ok()?,
            pupil: self.pupil.map(|it| it.parse()).transpose().ok()?,
            statuses: self.statuses.into_iter().map(Into::into).collect(),
            from,
            to,
            search: self.search.unwrap_or_default(),
            attended: self.attended,
        })
    }
}

#[derive(Default)]
pub(crate) struct MinistagesQuery;

#[Object]
impl MinistagesQuery {
    /// « Visualiser les stages » : les créneaux d’une plateforme, du plus proche au plus lointain.
    async fn slots(
        &self,
        ctx: &Context<'_>,
        platform: String,
        filter: Option<SlotFilter>,
        page: Option<PageInput>,
        min_position: Option<Position>,
    ) -> Result<Page<Slot>> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadCatalogue, &Facts::none())?;
        let stale = call.is_stale(min_position).await;
        let window = PageInput::window(page);
        let found = match filter.unwrap_or_default().wanted(&platform) {
            Some(wanted) => call.read(move |db| catalogue::slots(db, &wanted, window)).await?,
            None => projections::Page { items: Vec::new(), total: 0 },
        };
        Ok(Page::of(found, window, stale))
    }

    /// Créneau de cet identifiant ; rien s’il n’y en a pas.
    async fn slot(
        &self,
        ctx: &Context<'_>,
        id: ID,
        min_position: Option<Position>,
    ) -> Result<Option<Slot>> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadCatalogue, &Facts::none())?;
        call.is_stale(min_position).await;
        match id.parse::<SlotId>() {
            Ok(id) => Ok(call.slot_row(id).await?.map(Slot::from)),
            Err(_) => Ok(None),
        }
    }

    /// « Mes réservations », « Réservations passées », « Liste des stages » et la recherche
    /// « NOM Prénom ».
    async fn bookings(
        &self,
        ctx: &Context<'_>,
        filter: BookingFilter,
        sort: Option<BookingSort>,
        #[graphql(default)] descending: bool,
        page: Option<PageInput>,
        min_position: Option<Position>,
    ) -> Result<Page<Booking>> {
        let call = Call::of(ctx)?;
        let today = call.today(filter.platform.as_deref()).await?;
        let wanted = filter.wanted(today).ok_or_else(|| call.denied())?;
        let facts = call.scope_facts(&scope_of(&wanted)).await?;
        call.require(Action::ReadBookings, &facts)?;
        let stale = call.is_stale(min_position).await;
        let window = PageInput::window(page);
        let order = Order { by: sort.map(Sort::from).unwrap_or_default(), descending };
        let found = call.read(move |db| lists::bookings(db, &wanted, order, window)).await?;
        Ok(Page {
            items: Booking::all(ctx, found.items).await?,
            total: found.total,
            offset: window.offset,
            limit: window.limit,
            stale,
        })
    }

    /// Réservation de cet identifiant.
    async fn booking(
        &self,
        ctx: &Context<'_>,
        id: ID,
        min_position: Option<Position>,
    ) -> Result<Booking> {
        let call = Call::of(ctx)?;
        call.is_stale(min_position).await;
        match id.parse::<BookingId>() {
            Ok(id) => Ok(Booking(call.placed_for(id, Action::ReadBookings).await?)),
            Err(_) => Err(call.hidden()),
        }
    }

    /// Liste d’attente d’un créneau, dans l’ordre.
    async fn waitlist(
        &self,
        ctx: &Context<'_>,
        slot: ID,
        min_position: Option<Position>,
    ) -> Result<Vec<Booking>> {
        let call = Call::of(ctx)?;
        call.is_stale(min_position).await;
        let id = slot.parse::<SlotId>().map_err(|_| call.hidden())?;
        let row = call.slot_row(id).await?.ok_or_else(|| call.hidden())?;
        let facts = call.host_facts(&row.platform, &row.host).await?;
        call.require(Action::ReadBookings, &facts)?;
        let rows = call.read(move |db| bookings::waiting(db, id)).await?;
        Booking::all(ctx, rows).await
    }

    /// Liste du jour d’un établissement d’accueil, créneau par créneau.
    async fn day_list(
        &self,
        ctx: &Context<'_>,
        platform: String,
        host: String,
        date: Day,
        min_position: Option<Position>,
    ) -> Result<Vec<Booking>> {
        let call = Call::of(ctx)?;
        let scope = scope(Some(&platform), Some(&host), None).ok_or_else(|| call.denied())?;
        let facts = call.scope_facts(&scope).await?;
        call.require(Action::ReadDayList, &facts)?;
        call.is_stale(min_position).await;
        let rows = call.read(move |db| match &scope.host {
            Some(host) => lists::of_the_day(db, scope.platform.as_ref(), host, date.0),
            None => Ok(Vec::new()),
        });
        Booking::all(ctx, rows.await?).await
    }

    /// Recherche « NOM Prénom » sur une plateforme : les vingt réservations les plus récentes.
    async fn search_pupils(
        &self,
        ctx: &Context<'_>,
        platform: String,
        host: Option<String>,
        text: String,
    ) -> Result<Vec<Booking>> {
        let call = Call::of(ctx)?;
        let scope = scope(Some(&platform), host.as_deref(), None).ok_or_else(|| call.denied())?;
        let facts = call.scope_facts(&scope).await?;
        call.require(Action::ReadBookings, &facts)?;
        let wanted = lists::Wanted {
            platform: scope.platform,
            host: scope.host,
            search: text,
            ..lists::Wanted::default()
        };
        let order = Order { by: Sort::Date, descending: true };
        let window = Window::first(20);
        let found = call.read(move |db| lists::bookings(db, &wanted, order, window));
        Booking::all(ctx, found.await?.items).await
    }

    /// « Calendrier » d’un établissement : ses élèves ailleurs, et ce qu’il propose.
    async fn agenda(
        &self,
        ctx: &Context<'_>,
        uai: String,
        from: Day,
        to: Day,
        min_position: Option<Position>,
    ) -> Result<Agenda> {
        let call = Call::of(ctx)?;
        let school: Uai = uai.parse().map_err(|_| call.denied())?;
        let role = call.require(Action::ReadCalendar, &call.calendar_facts(&school).await?)?;
        call.is_stale(min_position).await;
        let found = call.read(move |db| agenda::agenda(db, &school, from.0, to.0)).await?;
        let all = Agenda {
            bookings: Booking::all(ctx, found.bookings).await?,
            slots: found.slots.into_iter().map(Slot::from).collect(),
        };
        Ok(all.seen_as(role, call))
    }

    /// Adresse du calendrier d’un établissement, à donner à un agenda (iCal). Qui la connaît le
    /// lit : ne la montrer qu’à ses gestionnaires.
    async fn calendar_url(&self, ctx: &Context<'_>, uai: String) -> Result<String> {
        let call = Call::of(ctx)?;
        let school: Uai = uai.parse().map_err(|_| call.denied())?;
        call.require(Action::ReadCalendar, &Facts::school(school.clone()))?;
        let link = SignedLink { subject: school.to_string(), id: uuid::Uuid::nil() };
        Ok(call.service().link_url(LinkPurpose::Calendar, &link))
    }
}

fn scope_of(wanted: &lists::Wanted) -> projections::ministages::dashboard::Scope {
    projections::ministages::dashboard::Scope {
        platform: wanted.platform.clone(),
        host: wanted.host.clone(),
        origin: wanted.origin.clone(),
    }
}

impl Call<'_> {
    /// What day it is on the platform `slug`; in Paris where none is named.
    pub(super) async fn today(self, slug: Option<&str>) -> Result<Date> {
        let zone = match slug.and_then(|slug| slug.parse().ok()) {
            Some(slug) => match self.platform_of(&slug).await {
                Ok(platform) => platform.time_zone,
                // Whoever may read of it will be told that there is none.
                Err(_) => "Europe/Paris".to_owned(),
            },
            None => "Europe/Paris".to_owned(),
        };
        Ok(self.service().moment(&zone).local.date())
    }

    /// What decides who may read the calendar of `school`: its own people, and those of the
    /// platforms it receives on.
    async fn calendar_facts(self, school: &Uai) -> Result<Facts> {
        let facts = self.school_facts(school).await?;
        Ok(Facts {
            host: Some(school.clone()),
            host_attached: !facts.platforms.is_empty(),
            ..facts
        })
    }
}
