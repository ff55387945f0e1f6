//! Deposits the conventions of a sorted stack, each as its own file, in the name of whoever sent
//! the stack. Each has an id derived from the stack, the convention and the pages: doing it again
//! after a crash does nothing twice.

use domain::{
    conventions::{
        convention::{
            Convention, ConventionCommand, Generation, OriginalWithin, Recognition, SignatureCheck,
        },
        scan_batch::{DueDeposit, NotDeposited, ScanBatch, ScanCommand, Sorting},
    },
    kernel::{
        envelope::Context,
        ids::{ScanBatchId, derived},
    },
};
use journal::HandleError;
use projections::platforms::platform_list;
use scans::SplitFault;

use super::read::{LIMITS, apart};
use crate::{
    app::App,
    reactions::{ReactionFault, give},
    store::{Document, StoreFault},
};

/// Deposits all that is due of a stack, and notes what became of it.
pub(super) async fn deposit_due(
    app: &App,
    sorting: &Sorting,
    sent: &Context,
) -> Result<(), ReactionFault> {
    let due = sorting.due();
    if due.is_empty() {
        return Ok(());
    }
    let bytes = match app.store.get(&sorting.of.document).await? {
        Document::Clear(bytes) => bytes,
        Document::Erased => return Ok(()),
    };
    for (due, part) in split(app, bytes, due).await? {
        let refused = match part {
            Some(part) => deposit(app, sorting, &due, (part, sent)).await?,
            None => Some(NotDeposited::NotSplit),
        };
        let batch = sorting.of.batch;
        let context = context_of(app, sent, &id(batch, "record", &due));
        let DueDeposit { convention, pages } = due;
        let command = ScanCommand::RecordPages { convention, pages, refused };
        give::<ScanBatch>(app, &batch.uuid().to_string(), command, &context).await?;
    }
    Ok(())
}

/// The file of each, made where a hostile one harms nothing; none where it cannot be made. What
/// cannot be made together is made one by one.
async fn split(
    app: &App,
    bytes: Vec<u8>,
    due: Vec<DueDeposit>,
) -> Result<Vec<(DueDeposit, Option<Vec<u8>>)>, ReactionFault> {
    let reader = app.reader.clone();
    let splitting = apart(move || {
        let pages = |due: &DueDeposit| -> Vec<usize> {
            due.pages.iter().map(|page| usize::from(*page).saturating_sub(1)).collect()
        };
        let together = reader.split(&bytes, &LIMITS, due.iter().map(pages).collect())?;
        if let Ok(parts) = together {
            return Ok(due.into_iter().zip(parts.into_iter().map(Some)).collect());
        }
        let mut made = Vec::with_capacity(due.len());
        for due in due {
            let part: Result<Vec<Vec<u8>>, SplitFault> =
                reader.split(&bytes, &LIMITS, vec![pages(&due)])?;
            made.push((due, part.ok().and_then(|mut parts| parts.pop())));
        }
        Ok::<_, ReactionFault>(made)
    });
    splitting.await.ok_or(ReactionFault::Missing { what: "the splitting thread" })?
}

/// Deposits one; says why it cannot be.
async fn deposit(
    app: &App,
    sorting: &Sorting,
    due: &DueDeposit,
    (part, sent): (Vec<u8>, &Context),
) -> Result<Option<NotDeposited>, ReactionFault> {
    let stream = due.convention.uuid().to_string();
    let (state, _) = app.journal.load::<Convention>(&stream).await?;
    let Some(Generation { parties, amended, .. }) = state.generation() else {
        return Ok(Some(NotDeposited::NotAwaited));
    };
    if amended.is_some_and(|at| sent.at < at) {
        return Ok(Some(NotDeposited::Superseded));
    }
    let slug = parties.platform.clone();
    let platform = app.read.query(move |db| platform_list::by_slug(db, &slug)).await?;
    let most = platform.map_or(0, |platform| platform.rules.deposit_most_bytes);
    if part.len() as u64 > most {
        return Ok(Some(NotDeposited::TooLarge));
    }
    let document = match app.store.put(parties.pupil, &part).await {
        Err(StoreFault::Erased(_)) => return Ok(Some(NotDeposited::Erased)),
        document => document?,
    };
    let command = ConventionCommand::DepositConvention {
        document,
        pages: u16::try_from(due.pages.len()).unwrap_or(u16::MAX),
        side: sorting.of.sender.side,
        recognised: Recognition::PageCodes,
        signatures: unsigned(),
        print: None,
    };
    let mut context = context_of(app, sent, &id(sorting.of.batch, "deposit", due));
    context.tenant = Some(parties.platform.to_string());
    match app.journal.handle::<Convention>(&stream, command, &context).await {
        Ok(_) => Ok(None),
        Err(HandleError::Refused(refusal)) => {
            tracing::info!(convention.id = %due.convention, %refusal, "a scan was not deposited");
            Ok(Some(NotDeposited::NotAwaited))
        }
        Err(HandleError::Erased(_)) => Ok(Some(NotDeposited::Erased)),
        Err(HandleError::Claimed { .. } | HandleError::Conflict) => Err(ReactionFault::Conflict),
        Err(HandleError::Fault(fault)) => Err(fault.into()),
    }
}

/// A file that was split by us: what is signed otherwise than by hand is never split.
fn unsigned() -> SignatureCheck {
    SignatureCheck::Looked { original: OriginalWithin::Absent, signatures: Vec::new() }
}

/// What tells this deposit from any other.
fn id(batch: ScanBatchId, what: &str, due: &DueDeposit) -> [String; 4] {
    let pages: Vec<String> = due.pages.iter().map(ToString::to_string).collect();
    [what.to_owned(), batch.to_string(), due.convention.to_string(), pages.join(",")]
}

/// Around a command that follows from the stack: in the name of whoever sent it.
fn context_of(app: &App, sent: &Context, parts: &[String; 4]) -> Context {
    let parts: Vec<&str> = ["scan"].into_iter().chain(parts.iter().map(String::as_str)).collect();
    Context { command: derived(&parts), at: app.journal.clock().now(), ..sent.clone() }
}
