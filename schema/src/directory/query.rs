//! Looking for schools.

use async_graphql::{Context, InputObject, Object, Result};
use domain::access::{Action, Facts};
use projections::directory::schools;

use super::{
    import::Import,
    types::{School, SchoolKind},
};
use crate::{
    guard::{Call, port_fault},
    page::{Page, PageInput},
    position::Position,
};

/// Établissements cherchés.
#[derive(Debug, Default, InputObject)]
pub(crate) struct SchoolSearch {
    /// Mots du nom, de la ville, du code postal ou du code UAI, sans égard aux accents.
    search: Option<String>,
    /// Nom de l’académie.
    academie: Option<String>,
    /// Nom du département.
    departement: Option<String>,
    /// Nature.
    kind: Option<SchoolKind>,
    /// Vrai pour ne pas voir ceux qui sont fermés.
    #[graphql(default = true)]
    open_only: bool,
}

impl From<SchoolSearch> for schools::Search {
    fn from(wanted: SchoolSearch) -> Self {
        Self {
            text: wanted.search.unwrap_or_default(),
            academie: wanted.academie,
            departement: wanted.departement,
            kind: wanted.kind.map(Into::into),
            open_only: wanted.open_only,
        }
    }
}

#[derive(Default)]
pub(crate) struct DirectoryQuery;

#[Object]
impl DirectoryQuery {
    /// Établissement de ce code UAI ; rien s’il n’est pas dans l’annuaire.
    async fn school(
        &self,
        ctx: &Context<'_>,
        uai: String,
        min_position: Option<Position>,
    ) -> Result<Option<School>> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadSchool, &Facts::none())?;
        call.is_stale(min_position).await;
        match uai.parse() {
            Ok(uai) => School::load(ctx, &uai).await,
            Err(_) => Ok(None),
        }
    }

    /// Établissements de l’annuaire, par nom.
    async fn schools(
        &self,
        ctx: &Context<'_>,
        filter: Option<SchoolSearch>,
        page: Option<PageInput>,
        min_position: Option<Position>,
    ) -> Result<Page<School>> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadSchool, &Facts::none())?;
        let stale = call.is_stale(min_position).await;
        let window = PageInput::window(page);
        let wanted = filter.unwrap_or(SchoolSearch { open_only: true, ..SchoolSearch::default() });
        let wanted = wanted.into();
        let found = call.read(move |db| schools::search(db, &wanted, window)).await?;
        Ok(Page::of(found, window, stale))
    }

    /// Dernier import de l’annuaire demandé ici ; rien s’il n’y en a pas eu.
    async fn directory_import(&self, ctx: &Context<'_>) -> Result<Option<Import>> {
        let call = Call::of(ctx)?;
        call.require(Action::ImportDirectory, &Facts::none())?;
        let import = call.service().directory_import().await.map_err(port_fault)?;
        Ok(import.map(Import::from))
    }
}
