//! « Tableau de bord » and the statistics.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use domain::{access::Action, kernel::uai::Uai};
use projections::ministages::{
    dashboard::{self, Counters},
    statistics::{self, Figures},
};

use crate::{
    conventions::scope, directory::types::School, guard::Call, loaders,
    platforms::types::Formation, position::Position, scalars::Day,
};

/// « Tableau de bord ».
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Dashboard {
    /// « Conventions non retournées ».
    not_returned: u64,
    /// « Conventions en attente de validation ».
    awaiting_validation: u64,
    /// Parmi elles, celles qui sont non conformes.
    non_conforming: u64,
    /// « Conventions validées ».
    validated: u64,
    /// Élèves attendus aujourd’hui.
    today: u64,
    /// Élèves attendus dans les sept jours, aujourd’hui compris.
    week: u64,
    /// Élèves attendus à partir d’aujourd’hui.
    coming: u64,
    /// Élèves sur une liste d’attente.
    waiting: u64,
    /// Places gardées qui attendent la réponse de l’établissement d’origine.
    promoted: u64,
    /// Présences passées qui n’ont pas été notées.
    unrecorded: u64,
    /// Créneaux proposés à partir d’aujourd’hui.
    slots: u64,
    /// Leurs places.
    seats: u64,
    /// Celles qui restent libres.
    free: u64,
    /// Vrai si la réponse ne tient pas encore compte de la position demandée.
    stale: bool,
}

impl Dashboard {
    fn of(counters: &Counters, stale: bool) -> Self {
        let tabs = &counters.conventions;
        Self {
            not_returned: tabs.not_returned,
            awaiting_validation: tabs.awaiting,
            non_conforming: tabs.non_conforming,
            validated: tabs.validated,
            today: counters.today,
            week: counters.week,
            coming: counters.coming,
            waiting: counters.waiting,
            promoted: counters.promoted,
            unrecorded: counters.unrecorded,
            slots: counters.slots,
            seats: counters.seats,
            free: counters.free,
            stale,
        }
    }
}

/// Par quoi répartir les statistiques.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "statistics::By")]
pub(crate) enum StatisticsBy {
    /// Formation découverte.
    Formation,
    /// Établissement d’origine.
    Origin,
    /// Établissement d’accueil.
    Host,
}

/// Statistiques d’une formation ou d’un établissement.
#[derive(Debug, Clone)]
pub(crate) struct Statistics {
    figures: Figures,
    by: statistics::By,
}

/// Statistiques d’une formation ou d’un établissement.
#[Object]
impl Statistics {
    /// Formation, si elles sont par formation.
    async fn formation(&self, ctx: &Context<'_>) -> Result<Option<Formation>> {
        match (self.by, self.figures.key.parse()) {
            (statistics::By::Formation, Ok(id)) => {
                let row = loaders::one::<domain::kernel::ids::FormationId>(ctx, id).await?;
                Ok(row.map(Formation::from))
            }
            (statistics::By::Formation | statistics::By::Origin | statistics::By::Host, _) => {
                Ok(None)
            }
        }
    }

    /// Établissement, si elles sont par établissement.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        match self.by {
            statistics::By::Formation => Ok(None),
            statistics::By::Origin | statistics::By::Host => {
                match self.figures.key.parse::<Uai>() {
                    Ok(uai) => School::load(ctx, &uai).await,
                    Err(_) => Ok(None),
                }
            }
        }
    }

    /// Créneaux proposés.
    async fn slots(&self) -> u64 {
        self.figures.slots
    }

    /// Places proposées.
    async fn seats(&self) -> u64 {
        self.figures.seats
    }

    /// Places prises.
    async fn booked(&self) -> u64 {
        self.figures.booked
    }

    /// Dont celles dont la convention est validée.
    async fn confirmed(&self) -> u64 {
        self.figures.confirmed
    }

    /// Élèves venus.
    async fn present(&self) -> u64 {
        self.figures.present
    }

    /// Élèves absents.
    async fn absent(&self) -> u64 {
        self.figures.absent
    }

    /// Réservations annulées.
    async fn cancelled(&self) -> u64 {
        self.figures.cancelled
    }

    /// Réservations expirées.
    async fn expired(&self) -> u64 {
        self.figures.expired
    }

    /// Élèves sur la liste d’attente.
    async fn waiting(&self) -> u64 {
        self.figures.waiting
    }

    /// Taux de remplissage, en pour cent ; rien si rien n’était proposé.
    async fn fill_rate(&self) -> Option<u64> {
        self.figures.fill_rate()
    }
}

#[derive(Default)]
pub(crate) struct FiguresQuery;

#[Object]
impl FiguresQuery {
    /// « Tableau de bord » d’une plateforme, d’un établissement d’accueil sur une plateforme, ou
    /// d’un établissement d’origine.
    async fn dashboard(
        &self,
        ctx: &Context<'_>,
        platform: Option<String>,
        host: Option<String>,
        origin: Option<String>,
        min_position: Option<Position>,
    ) -> Result<Dashboard> {
        let call = Call::of(ctx)?;
        let scope = scope(platform.as_deref(), host.as_deref(), origin.as_deref());
        let scope = scope.ok_or_else(|| call.denied())?;
        let facts = call.scope_facts(&scope).await?;
        call.require(Action::ReadDashboard, &facts)?;
        let stale = call.is_stale(min_position).await;
        let today = call.today(platform.as_deref()).await?;
        let counters = call.read(move |db| dashboard::counters(db, &scope, today)).await?;
        Ok(Dashboard::of(&counters, stale))
    }

    /// Statistiques d’une période, par formation ou par établissement.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the GraphQL field")]
    async fn statistics(
        &self,
        ctx: &Context<'_>,
        platform: Option<String>,
        host: Option<String>,
        origin: Option<String>,
        from: Day,
        to: Day,
        by: StatisticsBy,
        min_position: Option<Position>,
    ) -> Result<Vec<Statistics>> {
        let call = Call::of(ctx)?;
        let scope = scope(platform.as_deref(), host.as_deref(), origin.as_deref());
        let scope = scope.ok_or_else(|| call.denied())?;
        let facts = call.scope_facts(&scope).await?;
        call.require(Action::ReadStatistics, &facts)?;
        call.is_stale(min_position).await;
        let (days, by) = ((from.0, to.0), statistics::By::from(by));
        let found = call.read(move |db| statistics::statistics(db, &scope, days, by)).await?;
        Ok(found.into_iter().map(|figures| Statistics { figures, by }).collect())
    }
}
