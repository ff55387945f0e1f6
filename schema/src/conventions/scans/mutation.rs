//! Sending a stack, and sorting by hand what no code proves.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject, Upload};
use domain::{
    access::{Action, Facts, Role},
    conventions::scan_batch::{PagePlace, ScanBatch, ScanCommand},
    kernel::{
        ids::{ConventionId, ScanBatchId, derived},
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    ministages::slot,
};
use projections::conventions::{
    register::Convention as ConventionRow,
    scans::{self, Scan as Row},
};
use uuid::Uuid;

use super::{rights, types::Scan};
use crate::{
    conventions::{
        deposit::{self, ConventionDeposited},
        mutation::row,
    },
    guard::{Call, port_fault},
    input,
    ministages::types::Side,
    ports::{Candidates, FileRefusal, MOST_SCAN_BYTES},
    position::Position,
    refused::{Done, RefusalCode, Refused, answer, payload},
};

/// The longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 120;

/// Dépôt d’une pile numérisée : une convention ou plusieurs, dans n’importe quel ordre.
#[derive(Debug, InputObject)]
pub(crate) struct ReceiveScanInput {
    /// Code UAI de l’établissement qui dépose.
    school: String,
    /// À quel titre il dépose.
    #[graphql(default_with = "Side::Origin")]
    side: Side,
    /// Nom court de la plateforme, si la pile n’est que des siennes.
    platform: Option<String>,
    /// Le fichier : PDF, TIFF, JPEG ou PNG.
    file: Upload,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Page à rattacher à une convention.
#[derive(Debug, InputObject)]
pub(crate) struct AssignScanPageInput {
    /// Identifiant de la pile.
    scan: String,
    /// Quelle page du fichier.
    page: u16,
    /// Identifiant de la convention.
    convention: String,
    /// Quelle page de la convention.
    number: u16,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Page à écarter.
#[derive(Debug, InputObject)]
pub(crate) struct DiscardScanPageInput {
    /// Identifiant de la pile.
    scan: String,
    /// Quelle page du fichier.
    page: u16,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Convention à déposer bien que des pages manquent.
#[derive(Debug, InputObject)]
pub(crate) struct DepositIncompleteInput {
    /// Identifiant de la pile.
    scan: String,
    /// Identifiant de la convention.
    convention: String,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// La pile est reçue : ses pages sont lues en arrière-plan. Ou le fichier était l’original d’une
/// convention, signé sans être réimprimé : elle est déposée aussitôt.
#[derive(SimpleObject)]
pub(crate) struct ScanReceived {
    /// Position de l’événement, à rendre avec la prochaine lecture.
    position: Position,
    /// La pile.
    scan: Option<Scan>,
    /// Ou la convention déposée.
    deposited: Option<ConventionDeposited>,
}

/// La pile a changé.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ScanChanged {
    batch: ScanBatchId,
    position: u64,
}

/// La pile a changé.
#[Object]
impl ScanChanged {
    /// Position de l’événement, à rendre avec la prochaine lecture.
    async fn position(&self) -> Position {
        Position(self.position)
    }

    /// La pile, telle qu’elle est désormais.
    async fn scan(&self, ctx: &Context<'_>) -> Result<Option<Scan>> {
        reread(ctx, self.batch, self.position).await
    }
}

payload! {
    ReceiveScanPayload = ScanReceived;
    AssignScanPagePayload = ScanChanged;
    DiscardScanPagePayload = ScanChanged;
    DepositIncompletePayload = ScanChanged;
}

async fn reread(ctx: &Context<'_>, batch: ScanBatchId, position: u64) -> Result<Option<Scan>> {
    let call = Call::of(ctx)?;
    call.is_stale(Some(Position(position))).await;
    let row = call.read(move |db| scans::by_id(db, batch)).await?;
    Ok(row.map(Scan))
}

/// Who sends, once it is known that they may.
struct Sent {
    platform: Option<Slug>,
    school: Uai,
    side: slot::Side,
    role: Role,
}

async fn sent(call: Call<'_>, input: &ReceiveScanInput) -> Done<Sent> {
    call.holder()?;
    let school = input::uai("school", &input.school)?;
    let platform = input.platform.as_deref().map(|it| input::slug("platform", it)).transpose()?;
    let side = input.side.into();
    let facts: Facts = rights::facts(call, platform.as_ref(), &school, side).await?;
    let role = call.require(Action::ReceiveScan, &facts)?;
    Ok(Sent { platform, school, side, role })
}

/// Takes the file: as the deposit that its first bytes make it, or as a stack.
async fn receive(ctx: &Context<'_>, input: &ReceiveScanInput) -> Done<ScanReceived> {
    let call = Call::of(ctx)?;
    let sent = sent(call, input).await?;
    let bytes = input::file(ctx, "file", &input.file, MOST_SCAN_BYTES)?;
    let candidates = match sent.side {
        slot::Side::Origin => Candidates::OfOrigin(sent.school.clone()),
        slot::Side::Host => Candidates::OfHost(sent.school.clone()),
    };
    let deposited = deposit::direct(call, &bytes, candidates, input.command_id).await?;
    if let Some(deposited) = deposited {
        let position = deposited.told_at();
        return Ok(ScanReceived { position, scan: None, deposited: Some(deposited) });
    }
    let order = call.order(Action::ReceiveScan.into(), input.command_id, sent.role);
    let order = match &sent.platform {
        Some(platform) => order.on(platform),
        None => order,
    };
    let batch = ScanBatchId::new(derived(&["scan", &order.command().to_string()]));
    let accepted = call.service().accept_scan(batch, bytes).await.map_err(port_fault)?;
    let document = accepted.map_err(|refusal| unfit(&refusal))?;
    let command = ScanCommand::ReceiveScan {
        batch,
        platform: sent.platform,
        sender: sent.school,
        side: sent.side,
        document,
        name: filename(ctx, &input.file).map(|name| Personal::new(batch.key(), name)),
    };
    let handled = call.give::<ScanBatch>(&order, &batch.uuid().to_string(), command).await?;
    let scan = reread(ctx, batch, handled.last).await?;
    Ok(ScanReceived { position: Position(handled.last), scan, deposited: None })
}

/// A stack may be of more formats than a deposit.
fn unfit(refusal: &FileRefusal) -> Refused {
    match refusal {
        FileRefusal::NotAPdf => Refused::new(
            RefusalCode::NotAScan,
            "Ce fichier n’est ni un PDF, ni une image TIFF, JPEG ou PNG\u{202f}: numérisez la convention \
             dans l’un de ces formats.",
        )
        .at("file"),
        FileRefusal::TooLarge { .. }
        | FileRefusal::Encrypted
        | FileRefusal::Truncated
        | FileRefusal::Unreadable
        | FileRefusal::NoPage
        | FileRefusal::TooManyPages { .. }
        | FileRefusal::NotAPicture
        | FileRefusal::NotRecognised
        | FileRefusal::Superseded => input::bad_file("file", refusal),
    }
}

/// The name of the file, without the folders that some browsers send along.
fn filename(ctx: &Context<'_>, file: &Upload) -> Option<String> {
    let sent = &ctx.query_env.uploads.get(file.0)?.filename;
    let name = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|it| !it.is_control()).take(LONGEST_NAME).collect();
    (!name.trim().is_empty()).then_some(name)
}

/// Gives `command` to a stack, in the name of whoever may do `action`.
async fn change(
    call: Call<'_>,
    (scan, role): (&Row, Role),
    action: Action,
    (command, id): (ScanCommand, Option<Uuid>),
) -> Done<ScanChanged> {
    let order = call.order(action.into(), id, role);
    let order = match &scan.platform {
        Some(platform) => order.on(platform),
        None => order,
    };
    let stream = scan.id.uuid().to_string();
    let handled = call.give::<ScanBatch>(&order, &stream, command).await?;
    Ok(ScanChanged { batch: scan.id, position: handled.last })
}

/// The convention typed, which must be one of those that the sender of the stack may deposit.
async fn awaited(call: Call<'_>, scan: &Row, typed: &str) -> Done<ConventionRow> {
    let convention = row(call, typed).await?;
    let parties = &convention.parties;
    let theirs = match scan.side {
        slot::Side::Origin => parties.origin == scan.school,
        slot::Side::Host => parties.host == scan.school,
    };
    let there = scan.platform.as_ref().is_none_or(|platform| *platform == parties.platform);
    let facts = call.parties_facts(parties).await?;
    call.require_visible(Action::ReadConvention, &facts)?;
    call.require(Action::DepositConvention, &facts)?;
    if !theirs || !there {
        return Err(call.hidden().into());
    }
    if convention.tab().is_none() || convention.validated_at.is_some() {
        let message = "Cette convention n’attend pas de dépôt\u{202f}: choisissez-en une autre.";
        return Err(Refused::new(RefusalCode::NotPossible, message).at("convention").into());
    }
    Ok(convention)
}

async fn assign(ctx: &Context<'_>, input: &AssignScanPageInput) -> Done<ScanChanged> {
    let call = Call::of(ctx)?;
    let (scan, role) = rights::touched(call, &input.scan, Action::AssignPage).await?;
    let convention = awaited(call, &scan, &input.convention).await?;
    let place = PagePlace {
        convention: convention.id,
        number: input.number,
        of: convention.original_pages,
    };
    let command = ScanCommand::AssignPage { page: input.page, place };
    change(call, (&scan, role), Action::AssignPage, (command, input.command_id)).await
}

async fn discard(ctx: &Context<'_>, input: &DiscardScanPageInput) -> Done<ScanChanged> {
    let call = Call::of(ctx)?;
    let (scan, role) = rights::touched(call, &input.scan, Action::DiscardPage).await?;
    let command = ScanCommand::DiscardPage { page: input.page };
    change(call, (&scan, role), Action::DiscardPage, (command, input.command_id)).await
}

async fn incomplete(ctx: &Context<'_>, input: &DepositIncompleteInput) -> Done<ScanChanged> {
    let call = Call::of(ctx)?;
    let (scan, role) = rights::touched(call, &input.scan, Action::DepositIncomplete).await?;
    let convention: ConventionId = awaited(call, &scan, &input.convention).await?.id;
    let command = ScanCommand::DepositIncomplete { convention };
    change(call, (&scan, role), Action::DepositIncomplete, (command, input.command_id)).await
}

#[derive(Default)]
pub(crate) struct ScansMutation;

#[Object]
impl ScansMutation {
    /// Dépose une pile numérisée : elle est gardée, puis lue et triée en arrière-plan.
    async fn receive_scan(
        &self,
        ctx: &Context<'_>,
        input: ReceiveScanInput,
    ) -> Result<ReceiveScanPayload> {
        answer(receive(ctx, &input).await)
    }

    /// Dit de quelle convention est une page « à classer ».
    async fn assign_scan_page(
        &self,
        ctx: &Context<'_>,
        input: AssignScanPageInput,
    ) -> Result<AssignScanPagePayload> {
        answer(assign(ctx, &input).await)
    }

    /// « Écarter cette page ».
    async fn discard_scan_page(
        &self,
        ctx: &Context<'_>,
        input: DiscardScanPageInput,
    ) -> Result<DiscardScanPagePayload> {
        answer(discard(ctx, &input).await)
    }

    /// Dépose ce qu’il y a d’une convention, bien que des pages manquent.
    async fn deposit_incomplete(
        &self,
        ctx: &Context<'_>,
        input: DepositIncompleteInput,
    ) -> Result<DepositIncompletePayload> {
        answer(incomplete(ctx, &input).await)
    }
}
