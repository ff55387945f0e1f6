//! What is printed on a platform’s conventions: two free texts, and the articles.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::Action,
    platforms::platform::{Article, PlatformCommand},
};
use uuid::Uuid;

use super::{Change, PlatformChanged};
use crate::{
    guard::Call,
    input,
    refused::{Done, Refused, answer, payload},
};

/// Textes imprimés sur les conventions.
#[derive(InputObject)]
pub(crate) struct ChangeConventionNotesInput {
    /// Plateforme.
    platform: String,
    /// Au-dessus des signatures.
    first: String,
    /// À la fin.
    second: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Articles imprimés sur les conventions.
#[derive(InputObject)]
pub(crate) struct ChangeConventionArticlesInput {
    /// Plateforme.
    platform: String,
    /// Articles, dans l’ordre ; aucun : ceux d’Escale.
    articles: Vec<ArticleInput>,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Article d’une convention.
#[derive(InputObject)]
pub(crate) struct ArticleInput {
    /// Titre.
    title: String,
    /// Texte.
    text: String,
}

payload! {
    ChangeConventionNotesPayload = PlatformChanged;
    ChangeConventionArticlesPayload = PlatformChanged;
}

#[derive(Default)]
pub(crate) struct TextsMutation;

#[Object]
impl TextsMutation {
    /// Change les deux textes imprimés sur les conventions.
    async fn change_convention_notes(
        &self,
        ctx: &Context<'_>,
        input: ChangeConventionNotesInput,
    ) -> Result<ChangeConventionNotesPayload> {
        answer(change_notes(Call::of(ctx)?, input).await)
    }

    /// Change les articles imprimés sur les conventions.
    async fn change_convention_articles(
        &self,
        ctx: &Context<'_>,
        input: ChangeConventionArticlesInput,
    ) -> Result<ChangeConventionArticlesPayload> {
        answer(change_articles(Call::of(ctx)?, input).await)
    }
}

async fn change_notes(call: Call<'_>, input: ChangeConventionNotesInput) -> Done<PlatformChanged> {
    let platform = input::slug("platform", &input.platform)?;
    let change = Change {
        mutation: "changeConventionNotes",
        action: Action::ChangeConventionNotes,
        id: input.command_id,
    };
    change.check(call, &platform)?;
    let command = PlatformCommand::ChangeConventionNotes {
        first: input::paragraph("first", &input.first, 1000)?,
        second: input::paragraph("second", &input.second, 1000)?,
    };
    change.give(call, platform, command).await
}

async fn change_articles(
    call: Call<'_>,
    input: ChangeConventionArticlesInput,
) -> Done<PlatformChanged> {
    let platform = input::slug("platform", &input.platform)?;
    let change = Change {
        mutation: "changeConventionArticles",
        action: Action::ChangeConventionArticles,
        id: input.command_id,
    };
    change.check(call, &platform)?;
    let articles = input.articles.iter().enumerate().map(|(at, article)| read(at, article));
    let command = PlatformCommand::ChangeConventionArticles {
        articles: articles.collect::<Result<_, Refused>>()?,
    };
    change.give(call, platform, command).await
}

/// The fields are named as they stand in the list: `articles.2.title`.
fn read(at: usize, article: &ArticleInput) -> Result<Article, Refused> {
    Ok(Article {
        title: input::line(&format!("articles.{at}.title"), &article.title, 80)?,
        text: input::text(&format!("articles.{at}.text"), &article.text, 2000)?,
    })
}
