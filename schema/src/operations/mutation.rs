//! Rebuilding, verifying, erasing.

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};
use domain::{
    access::{Action, Facts},
    kernel::ids::PersonId,
    operations::erasure::ErasureGround as Ground,
};
use journal::HandleError;
use projections::Fault;
use tokio::sync::watch;
use uuid::Uuid;

use super::{
    messages::{no_such_projection, nothing_to_cancel},
    types::{LogReport, ProjectionVerified},
};
use crate::{
    fault::{ErrorCode, unavailable},
    guard::Call,
    input,
    order::journal_fault,
    position::Position,
    refused::{Done, Stop, answer, payload},
};

/// Reconstruction de modèles de lecture.
#[derive(InputObject)]
pub(crate) struct RebuildProjectionsInput {
    /// Noms ; tous si la liste est vide.
    #[graphql(default)]
    names: Vec<String>,
}

/// Annulation d’une reconstruction.
#[derive(InputObject)]
pub(crate) struct CancelRebuildInput {
    /// Numéro de la reconstruction.
    run: u64,
}

/// Pourquoi une personne est effacée.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ErasureGround {
    /// À sa demande, ou à celle de son responsable légal.
    Request,
    /// La durée de conservation est passée.
    Retention,
}

impl From<ErasureGround> for Ground {
    fn from(ground: ErasureGround) -> Self {
        match ground {
            ErasureGround::Request => Self::Request,
            ErasureGround::Retention => Self::Retention,
        }
    }
}

/// Effacement d’une personne.
#[derive(InputObject)]
pub(crate) struct ErasePersonInput {
    /// Personne.
    person: String,
    /// Pourquoi.
    ground: ErasureGround,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// La reconstruction est demandée.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct RebuildAsked {
    /// Numéro de la reconstruction.
    run: u64,
}

/// Les modèles de lecture ont été comparés au journal rejoué.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ProjectionsVerified {
    /// Vrai si tous sont ce que dit le journal.
    holds: bool,
    /// Résultat de chacun.
    projections: Vec<ProjectionVerified>,
}

/// La personne est effacée : rien de ce qui la concerne ne peut plus être lu.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PersonErased {
    /// Position à donner à la lecture suivante.
    position: Position,
}

payload! {
    RebuildProjectionsPayload = RebuildAsked;
    CancelRebuildPayload = RebuildAsked;
    VerifyProjectionsPayload = ProjectionsVerified;
    VerifyLogPayload = LogReport;
    ErasePersonPayload = PersonErased;
}

#[derive(Default)]
pub(crate) struct OperationsMutation;

#[Object]
impl OperationsMutation {
    /// Reconstruit des modèles de lecture ; les anciens servent jusqu’à la fin.
    async fn rebuild_projections(
        &self,
        ctx: &Context<'_>,
        input: RebuildProjectionsInput,
    ) -> Result<RebuildProjectionsPayload> {
        answer(rebuild(Call::of(ctx)?, input).await)
    }

    /// Annule une reconstruction ; les anciens modèles restent.
    async fn cancel_rebuild(
        &self,
        ctx: &Context<'_>,
        input: CancelRebuildInput,
    ) -> Result<CancelRebuildPayload> {
        answer(cancel(Call::of(ctx)?, input).await)
    }

    /// Compare chaque modèle de lecture au journal rejoué.
    async fn verify_projections(&self, ctx: &Context<'_>) -> Result<VerifyProjectionsPayload> {
        answer(verify_projections(Call::of(ctx)?).await)
    }

    /// Vérifie la chaîne du journal et ce qui y est scellé.
    async fn verify_log(&self, ctx: &Context<'_>) -> Result<VerifyLogPayload> {
        answer(verify_log(Call::of(ctx)?).await)
    }

    /// Efface une personne pour toujours.
    async fn erase_person(
        &self,
        ctx: &Context<'_>,
        input: ErasePersonInput,
    ) -> Result<ErasePersonPayload> {
        answer(erase(Call::of(ctx)?, input).await)
    }
}

async fn rebuild(call: Call<'_>, input: RebuildProjectionsInput) -> Done<RebuildAsked> {
    call.require(Action::ManageProjections, &Facts::none())?;
    match call.read_db().ask_rebuild(input.names).await {
        Ok(run) => Ok(RebuildAsked { run }),
        Err(Fault::NoSuchProjection(name)) => {
            Err(Stop::Refused(no_such_projection(&name).at("names")))
        }
        Err(fault) => Err(Stop::Error(unavailable(&fault))),
    }
}

async fn cancel(call: Call<'_>, input: CancelRebuildInput) -> Done<RebuildAsked> {
    call.require(Action::ManageProjections, &Facts::none())?;
    let cancelled = call.read_db().cancel_rebuild(input.run).await;
    if cancelled.map_err(|fault| unavailable(&fault))? {
        Ok(RebuildAsked { run: input.run })
    } else {
        Err(Stop::Refused(nothing_to_cancel()))
    }
}

async fn verify_projections(call: Call<'_>) -> Done<ProjectionsVerified> {
    call.require(Action::ManageProjections, &Facts::none())?;
    let (progress, _) = watch::channel((0, 0));
    let verified = call.read_db().verify(call.log(), progress).await;
    let verified = verified.map_err(|fault| unavailable(&fault))?;
    Ok(ProjectionsVerified {
        holds: verified.iter().all(projections::Verified::holds),
        projections: verified.into_iter().map(ProjectionVerified::from).collect(),
    })
}

async fn verify_log(call: Call<'_>) -> Done<LogReport> {
    call.require(Action::VerifyLog, &Facts::none())?;
    let report = call.journal().verify(|_, _| ()).await;
    Ok(report.map_err(|fault| journal_fault(&fault))?.into())
}

async fn erase(call: Call<'_>, input: ErasePersonInput) -> Done<PersonErased> {
    let role = call.require(Action::ErasePerson, &Facts::none())?;
    let person: PersonId = input::id("person", &input.person)?;
    let order = call.order("erasePerson", input.command_id, role);
    let ground = input.ground.into();
    let erased = call.journal().erase(person, ground, order.context()).await;
    let handled = erased.map_err(|error| match error {
        HandleError::Refused(refusal) => match refusal {},
        HandleError::Fault(fault) => journal_fault(&fault),
        HandleError::Claimed { .. } | HandleError::Conflict | HandleError::Erased(_) => {
            ErrorCode::Conflict.error()
        }
    })?;
    Ok(PersonErased { position: Position(handled.last) })
}
