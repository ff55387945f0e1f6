//! Sending a letter once more.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::Action,
    correspondence::letter::{Letter as Aggregate, LetterCommand, LetterRefusal},
    kernel::ids::LetterId,
};
use projections::correspondence::letters;
use uuid::Uuid;

use super::types::Letter;
use crate::{
    guard::Call,
    input,
    position::Position,
    refused::{Done, Refused, answer, payload},
};

/// Courriel à renvoyer.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct ResendLetterInput {
    /// Identifiant du courriel.
    letter: String,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Le courriel va être envoyé de nouveau.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LetterResent {
    letter: LetterId,
    position: u64,
}

/// Le courriel va être envoyé de nouveau.
#[Object]
impl LetterResent {
    /// Position de l’événement, à rendre avec la prochaine lecture.
    async fn position(&self) -> Position {
        Position(self.position)
    }

    /// Courriel, tel qu’il est désormais.
    async fn letter(&self, ctx: &Context<'_>) -> Result<Option<Letter>> {
        let call = Call::of(ctx)?;
        call.is_stale(Some(Position(self.position))).await;
        let id = self.letter;
        let row = call.read(move |db| letters::by_id(db, id)).await?;
        Ok(row.map(Letter))
    }
}

payload! { ResendLetterPayload = LetterResent; }

#[derive(Default)]
pub(crate) struct CorrespondenceMutation;

#[Object]
impl CorrespondenceMutation {
    /// Envoie un courriel une fois de plus.
    async fn resend_letter(
        &self,
        ctx: &Context<'_>,
        input: ResendLetterInput,
    ) -> Result<ResendLetterPayload> {
        answer(resend(Call::of(ctx)?, &input).await)
    }
}

async fn resend(call: Call<'_>, input: &ResendLetterInput) -> Done<LetterResent> {
    call.holder()?;
    let id: LetterId = input::id("letter", &input.letter)?;
    let row = call.read(move |db| letters::by_id(db, id)).await?;
    let row = row.ok_or_else(|| Refused::from(LetterRefusal::NoSuchLetter).at("letter"))?;
    let facts = call.letter_facts(&row).await?;
    call.require_visible(Action::ReadLetters, &facts)?;
    let role = call.require(Action::ResendLetter, &facts)?;
    let mut order = call.order(Action::ResendLetter.into(), input.command_id, role);
    if let Some(platform) = &row.platform {
        order = order.on(platform);
    }
    let stream = id.uuid().to_string();
    let handled = call.give::<Aggregate>(&order, &stream, LetterCommand::ResendLetter).await?;
    Ok(LetterResent { letter: id, position: handled.last })
}
