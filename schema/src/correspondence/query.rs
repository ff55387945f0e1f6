//! Reading letters.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::{
    access::{Action, Facts},
    kernel::ids::LetterId,
};
use projections::correspondence::letters;

use super::types::{Letter, LetterStatus, LetterTemplate};
use crate::{
    guard::Call,
    page::{Page, PageInput},
    position::Position,
};

/// Courriels cherchés : ceux d’une plateforme ou d’un établissement ; sans l’un ni l’autre, tous,
/// pour l’exploitant.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct LetterFilter {
    /// Nom court de la plateforme.
    platform: Option<String>,
    /// Code UAI de l’établissement auquel ils s’adressent.
    school: Option<String>,
    /// Modèle.
    template: Option<LetterTemplate>,
    /// Où ils en sont.
    status: Option<LetterStatus>,
}

#[derive(Default)]
pub(crate) struct CorrespondenceQuery;

#[Object]
impl CorrespondenceQuery {
    /// Courriels, du plus récent au plus ancien.
    async fn letters(
        &self,
        ctx: &Context<'_>,
        filter: Option<LetterFilter>,
        page: Option<PageInput>,
        min_position: Option<Position>,
    ) -> Result<Page<Letter>> {
        let call = Call::of(ctx)?;
        let filter = filter.unwrap_or_default();
        let platform = filter.platform.map(|it| it.parse()).transpose();
        let school = filter.school.map(|it| it.parse()).transpose();
        let wanted = letters::Wanted {
            platform: platform.map_err(|_| call.denied())?,
            school: school.map_err(|_| call.denied())?,
            template: filter.template.map(Into::into),
            status: filter.status.map(Into::into),
        };
        let facts = Facts {
            school: wanted.school.clone(),
            platforms: wanted.platform.iter().cloned().collect(),
            ..Facts::none()
        };
        call.require(Action::ReadLetters, &facts)?;
        let stale = call.is_stale(min_position).await;
        let window = PageInput::window(page);
        let found = call.read(move |db| letters::page(db, &wanted, window)).await?;
        Ok(Page::of(found, window, stale))
    }

    /// Courriel de cet identifiant.
    async fn letter(
        &self,
        ctx: &Context<'_>,
        id: ID,
        min_position: Option<Position>,
    ) -> Result<Letter> {
        let call = Call::of(ctx)?;
        call.is_stale(min_position).await;
        let id: LetterId = id.parse().map_err(|_| call.hidden())?;
        let row = call.read(move |db| letters::by_id(db, id)).await?;
        let row = row.ok_or_else(|| call.hidden())?;
        let facts = call.letter_facts(&row).await?;
        call.require_visible(Action::ReadLetters, &facts)?;
        Ok(Letter(row))
    }
}
