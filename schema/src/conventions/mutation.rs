//! What is decided of a convention.

use async_graphql::{Context, InputObject, Object, Result, Upload};
use domain::{
    access::Action,
    conventions::convention::{Convention as Aggregate, ConventionCommand},
    kernel::{ids::ConventionId, personal::Personal},
};
use projections::conventions::register::{self, Convention as Row};
use uuid::Uuid;

use super::{
    deposit::{self, ConventionDeposited, ConventionsDeposited, Depositor},
    messages::no_such_convention,
    types::Convention,
};
use crate::{
    guard::Call,
    input,
    ministages::types::Side,
    position::Position,
    refused::{Done, answer, payload},
};

/// Defines the input of a mutation that asks for nothing but the convention.
macro_rules! inputs {
    ($($(#[$doc:meta])+ $name:ident),+ $(,)?) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, InputObject)]
        pub(crate) struct $name {
            /// Identifiant de la convention.
            convention: String,
            /// Identifiant de la demande : la même, répétée, a la même réponse.
            command_id: Option<Uuid>,
        }
    )+};
}

inputs! {
    /// Validation de la conformité.
    ValidateConventionInput,
    /// Retour à la convention telle qu’établie.
    RegenerateConventionInput,
    /// Rappel à l’établissement d’origine.
    RemindConventionInput,
}

/// Invalidation de la conformité.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct InvalidateConventionInput {
    /// Identifiant de la convention.
    convention: String,
    /// Motif, obligatoire : l’établissement d’origine le lit.
    reason: String,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Dépôt d’une convention remplie.
#[derive(Debug, InputObject)]
pub(crate) struct DepositConventionInput {
    /// Identifiant de la convention ; sans lui, elle est reconnue parmi celles de
    /// l’établissement.
    convention: Option<String>,
    /// Code UAI de l’établissement qui dépose ; obligatoire sans la convention.
    school: Option<String>,
    /// À quel titre il dépose, sans la convention.
    #[graphql(default_with = "Side::Origin")]
    side: Side,
    /// Le PDF.
    file: Upload,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Dépôt de plusieurs conventions remplies, chacune reconnue par elle-même.
#[derive(Debug, InputObject)]
pub(crate) struct DepositConventionsInput {
    /// Code UAI de l’établissement qui dépose.
    school: String,
    /// À quel titre il dépose.
    #[graphql(default_with = "Side::Origin")]
    side: Side,
    /// Les PDF, 50 au plus.
    files: Vec<Upload>,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Dépôt d’une convention remplie, photographiée.
#[derive(Debug, InputObject)]
pub(crate) struct DepositPhotographsInput {
    /// Identifiant de la convention.
    convention: String,
    /// Une photographie (JPEG ou PNG) par page, dans l’ordre des pages, 20 au plus.
    files: Vec<Upload>,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Defines what a decision answers with: the convention, read when it is asked for.
macro_rules! decided {
    ($($(#[$doc:meta])+ $name:ident),+ $(,)?) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $name(Decided);

        $(#[$doc])+
        #[Object]
        impl $name {
            /// Position de l’événement, à rendre avec la prochaine lecture.
            async fn position(&self) -> Position {
                Position(self.0.position)
            }

            /// Convention, telle qu’elle est désormais.
            async fn convention(&self, ctx: &Context<'_>) -> Result<Option<Convention>> {
                reread(ctx, self.0.convention, self.0.position).await
            }
        }

        impl From<Decided> for $name {
            fn from(decided: Decided) -> Self {
                Self(decided)
            }
        }
    )+};
}

decided! {
    /// La conformité de la convention est validée.
    ConventionValidated,
    /// La conformité de la convention est invalidée.
    ConventionInvalidated,
    /// La convention est de nouveau telle qu’établie.
    ConventionRegenerated,
    /// Un rappel part à l’établissement d’origine.
    ConventionReminded,
}

payload! {
    ValidateConventionPayload = ConventionValidated;
    InvalidateConventionPayload = ConventionInvalidated;
    RegenerateConventionPayload = ConventionRegenerated;
    RemindConventionPayload = ConventionReminded;
    DepositConventionPayload = ConventionDeposited;
    DepositConventionsPayload = ConventionsDeposited;
    DepositPhotographsPayload = ConventionDeposited;
}

/// A convention that was decided about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decided {
    convention: ConventionId,
    position: u64,
}

/// The convention as it is once `position` is in the read models.
pub(super) async fn reread(
    ctx: &Context<'_>,
    convention: ConventionId,
    position: u64,
) -> Result<Option<Convention>> {
    let call = Call::of(ctx)?;
    call.is_stale(Some(Position(position))).await;
    let Some(row) = call.read(move |db| register::by_id(db, convention)).await? else {
        return Ok(None);
    };
    let facts = call.parties_facts(&row.parties).await?;
    Ok(call.may(Action::ReadConvention, &facts).then(|| Convention::new(row, facts)))
}

/// The convention `id`, as it is known at this moment of the log; refused where there is none.
pub(super) async fn row(call: Call<'_>, typed: &str) -> Done<Row> {
    call.holder()?;
    let id: ConventionId = input::id("convention", typed)?;
    let mut found = call.read(move |db| register::by_id(db, id)).await?;
    if found.is_none() && call.catches_up().await? {
        found = call.read(move |db| register::by_id(db, id)).await?;
    }
    found.ok_or_else(|| no_such_convention().at("convention").into())
}

/// Gives `command` to the convention typed, in the name of whoever may do `action`.
async fn decide(
    ctx: &Context<'_>,
    action: Action,
    typed: (&str, Option<Uuid>),
    command: impl FnOnce(&Row) -> Done<ConventionCommand>,
) -> Done<Decided> {
    let call = Call::of(ctx)?;
    let row = row(call, typed.0).await?;
    let facts = call.parties_facts(&row.parties).await?;
    call.require_visible(Action::ReadConvention, &facts)?;
    let role = call.require(action, &facts)?;
    let command = command(&row)?;
    let order = call.order(action.into(), typed.1, role);
    let order = order.on(&row.parties.platform);
    let stream = row.id.uuid().to_string();
    let handled = call.give::<Aggregate>(&order, &stream, command).await?;
    Ok(Decided { convention: row.id, position: handled.last })
}

#[derive(Default)]
pub(crate) struct ConventionsMutation;

#[Object]
impl ConventionsMutation {
    /// « Valider la conformité ».
    async fn validate_convention(
        &self,
        ctx: &Context<'_>,
        input: ValidateConventionInput,
    ) -> Result<ValidateConventionPayload> {
        let typed = (input.convention.as_str(), input.command_id);
        let command = |_: &Row| Ok(ConventionCommand::ValidateConvention);
        let done = decide(ctx, Action::ValidateConvention, typed, command).await;
        answer::<ConventionValidated, _>(done.map(Into::into))
    }

    /// « Invalider la conformité ».
    async fn invalidate_convention(
        &self,
        ctx: &Context<'_>,
        input: InvalidateConventionInput,
    ) -> Result<InvalidateConventionPayload> {
        let typed = (input.convention.as_str(), input.command_id);
        let command = |row: &Row| {
            let reason = input::line("reason", &input.reason, 500)?;
            let reason = Personal::new(row.parties.pupil, reason);
            Ok(ConventionCommand::InvalidateConvention { reason })
        };
        let done = decide(ctx, Action::InvalidateConvention, typed, command).await;
        answer::<ConventionInvalidated, _>(done.map(Into::into))
    }

    /// « Régénérer la convention » : le document d’origine, à l’identique.
    async fn regenerate_convention(
        &self,
        ctx: &Context<'_>,
        input: RegenerateConventionInput,
    ) -> Result<RegenerateConventionPayload> {
        let typed = (input.convention.as_str(), input.command_id);
        let command = |_: &Row| Ok(ConventionCommand::RegenerateConvention);
        let done = decide(ctx, Action::RegenerateConvention, typed, command).await;
        answer::<ConventionRegenerated, _>(done.map(Into::into))
    }

    /// « Convention non reçue » : rappelle l’établissement d’origine, une seule fois.
    async fn remind_convention(
        &self,
        ctx: &Context<'_>,
        input: RemindConventionInput,
    ) -> Result<RemindConventionPayload> {
        let typed = (input.convention.as_str(), input.command_id);
        let command = |_: &Row| Ok(ConventionCommand::RemindConvention);
        let done = decide(ctx, Action::RemindConvention, typed, command).await;
        answer::<ConventionReminded, _>(done.map(Into::into))
    }

    /// « Déposer la convention en PDF » : celle qui est nommée, ou celle que le fichier
    /// fait reconnaître.
    async fn deposit_convention(
        &self,
        ctx: &Context<'_>,
        input: DepositConventionInput,
    ) -> Result<DepositConventionPayload> {
        let depositor = Depositor {
            convention: input.convention.as_deref(),
            school: input.school.as_deref(),
            side: input.side.into(),
        };
        answer(deposit::one(ctx, depositor, &input.file, input.command_id).await)
    }

    /// Dépose plusieurs PDF, chacun reconnu par lui-même ; ceux qui ne le sont pas sont rendus
    /// avec leur raison.
    async fn deposit_conventions(
        &self,
        ctx: &Context<'_>,
        input: DepositConventionsInput,
    ) -> Result<DepositConventionsPayload> {
        let depositor =
            Depositor { convention: None, school: Some(&input.school), side: input.side.into() };
        answer(deposit::many(ctx, depositor, &input.files, input.command_id).await)
    }

    /// « Photographier » : les photographies des pages deviennent un seul PDF, déposé comme un
    /// autre. Rien n’en est gardé que l’image : ni lieu, ni date, ni appareil.
    async fn deposit_photographs(
        &self,
        ctx: &Context<'_>,
        input: DepositPhotographsInput,
    ) -> Result<DepositPhotographsPayload> {
        answer(deposit::photographs(ctx, &input.convention, &input.files, input.command_id).await)
    }
}
