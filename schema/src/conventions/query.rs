//! Reading conventions.

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};
use domain::{
    access::Action,
    kernel::{ids::ConventionId, uai::Uai},
};
use projections::{
    conventions::{
        register,
        tabs::{self, TabCounts},
    },
    ministages::dashboard::Scope,
};

use super::types::{Convention, Tab};
use crate::{
    guard::Call,
    ministages::facts::placement,
    page::{Page, PageInput},
    position::Position,
};

/// Colonne par laquelle trier les conventions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "tabs::Sort")]
pub(crate) enum ConventionSort {
    /// « Nom ».
    Name,
    /// « Prénom ».
    FirstName,
    /// « Responsable ».
    Guardian,
    /// « Établissement d’origine ».
    Origin,
    /// « Date du stage ».
    Date,
    /// Dernier changement.
    ChangedAt,
}

/// Conventions cherchées : celles d’une plateforme, d’un établissement d’accueil sur une
/// plateforme, ou d’un établissement d’origine.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct ConventionFilter {
    /// Nom court de la plateforme.
    platform: Option<String>,
    /// Code UAI de l’établissement d’accueil ; demande aussi la plateforme.
    host: Option<String>,
    /// Code UAI de l’établissement d’origine.
    origin: Option<String>,
    /// Onglet ; sans lui, toutes, même sans objet.
    tab: Option<Tab>,
    /// Mots du nom de l’élève, ou identification de la convention.
    search: Option<String>,
}

/// Conventions d’un onglet, et nombre dans chacun.
#[derive(Debug, SimpleObject)]
pub(crate) struct Conventions {
    /// Lignes voulues.
    page: Page<Convention>,
    /// « Conventions non retournées ».
    not_returned: u64,
    /// « Conventions en attente de validation ».
    awaiting_validation: u64,
    /// Parmi elles, celles qui sont non conformes.
    non_conforming: u64,
    /// « Conventions validées ».
    validated: u64,
}

/// Whose list, from what was typed; none when that is no slug or no UAI.
pub(crate) fn scope(
    platform: Option<&str>,
    host: Option<&str>,
    origin: Option<&str>,
) -> Option<Scope> {
    let uai = |typed: Option<&str>| typed.map(str::parse::<Uai>).transpose().ok();
    Some(Scope {
        platform: platform.map(str::parse).transpose().ok()?,
        host: uai(host)?,
        origin: uai(origin)?,
    })
}

#[derive(Default)]
pub(crate) struct ConventionsQuery;

#[Object]
impl ConventionsQuery {
    /// « Gestion du retour des conventions » : un onglet, trié et cherché, et les compteurs des
    /// trois.
    async fn conventions(
        &self,
        ctx: &Context<'_>,
        filter: ConventionFilter,
        sort: Option<ConventionSort>,
        #[graphql(default)] descending: bool,
        page: Option<PageInput>,
        min_position: Option<Position>,
    ) -> Result<Conventions> {
        let call = Call::of(ctx)?;
        let typed = (filter.platform.as_deref(), filter.host.as_deref(), filter.origin.as_deref());
        let scope = scope(typed.0, typed.1, typed.2).ok_or_else(|| call.denied())?;
        let facts = call.scope_facts(&scope).await?;
        call.require(Action::ReadConvention, &facts)?;
        let stale = call.is_stale(min_position).await;
        let window = PageInput::window(page);
        let wanted = tabs::Wanted {
            scope,
            tab: filter.tab.map(Into::into),
            search: filter.search.unwrap_or_default(),
            by: sort.map(Into::into).unwrap_or_default(),
            descending,
        };
        let (found, counts) = call
            .read(move |db| {
                let counts = tabs::counts(db, &wanted.scope)?;
                Ok((tabs::page(db, &wanted, window)?, counts))
            })
            .await?;
        let items = found.items.into_iter().map(|row| visible(ctx, row));
        let items = futures::future::try_join_all(items).await?;
        let page =
            Page { items, total: found.total, offset: window.offset, limit: window.limit, stale };
        Ok(Conventions::of(page, &counts))
    }

    /// Convention de cet identifiant.
    async fn convention(
        &self,
        ctx: &Context<'_>,
        id: String,
        min_position: Option<Position>,
    ) -> Result<Convention> {
        let call = Call::of(ctx)?;
        call.is_stale(min_position).await;
        let Ok(id) = id.parse::<ConventionId>() else {
            return Err(call.hidden());
        };
        let row = call.read(move |db| register::by_id(db, id)).await?;
        let row = row.ok_or_else(|| call.hidden())?;
        let facts = call.parties_facts(&row.parties).await?;
        call.require_visible(Action::ReadConvention, &facts)?;
        Ok(Convention::new(row, facts))
    }
}

/// A row of a list that the viewer may read.
async fn visible(ctx: &Context<'_>, row: register::Convention) -> Result<Convention> {
    let parties = &row.parties;
    let facts = placement(ctx, &parties.platform, &parties.origin, &parties.host).await?;
    Ok(Convention::new(row, facts))
}

impl Conventions {
    fn of(page: Page<Convention>, counts: &TabCounts) -> Self {
        Self {
            page,
            not_returned: counts.not_returned,
            awaiting_validation: counts.awaiting,
            non_conforming: counts.non_conforming,
            validated: counts.validated,
        }
    }
}
