//! Depositing a completed convention: named by a person, or recognised by its bytes.

use async_graphql::{Context, Object, Result, SimpleObject, Upload};
use domain::{
    access::{Action, Facts, Role},
    conventions::convention::{Convention as Aggregate, ConventionCommand, Recognition},
    kernel::{
        ids::{ConventionId, derived},
        uai::Uai,
    },
    ministages::slot::Side,
    platforms::rules::Rules,
};
use projections::{
    conventions::register::Convention as Row,
    platforms::{platform_hosts, platform_list},
};
use uuid::Uuid;

use super::{
    messages::{
        bad_photograph, no_photograph, photographs_too_heavy, too_many_files, too_many_photographs,
    },
    mutation,
    types::Convention,
};
use crate::{
    guard::{Call, port_fault},
    input,
    ports::{AcceptedDeposit, Candidates, FileRefusal, MOST_PHOTOGRAPHS},
    position::Position,
    refused::{Done, RefusalCode, Refused, Stop},
};

/// The most files in one go.
const MOST_FILES: usize = 50;

/// Who deposits, and of which convention if that is said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depositor<'a> {
    pub(super) convention: Option<&'a str>,
    pub(super) school: Option<&'a str>,
    pub(super) side: Side,
}

/// La convention est déposée et attend d’être validée.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConventionDeposited {
    convention: ConventionId,
    position: u64,
    original_bytes: bool,
}

/// La convention est déposée et attend d’être validée.
#[Object]
impl ConventionDeposited {
    /// Position de l’événement, à rendre avec la prochaine lecture.
    async fn position(&self) -> Position {
        Position(self.position)
    }

    /// Vrai si le fichier l’a fait reconnaître.
    async fn recognised(&self) -> bool {
        self.original_bytes
    }

    /// Convention, telle qu’elle est désormais.
    async fn convention(&self, ctx: &Context<'_>) -> Result<Option<Convention>> {
        mutation::reread(ctx, self.convention, self.position).await
    }
}

impl ConventionDeposited {
    /// Where the log says so.
    pub(super) fn told_at(self) -> Position {
        Position(self.position)
    }
}

/// Ce qu’il est advenu d’un fichier.
#[derive(Debug, SimpleObject)]
pub(crate) struct FileDeposited {
    /// Nom du fichier.
    filename: String,
    /// La convention déposée.
    deposited: Option<ConventionDeposited>,
    /// Ou la raison pour laquelle rien ne l’a été.
    refused: Option<Refused>,
}

/// Ce qu’il est advenu de chaque fichier.
#[derive(Debug, SimpleObject)]
pub(crate) struct ConventionsDeposited {
    /// Position du dernier événement, à rendre avec la prochaine lecture ; rien si rien n’a été
    /// déposé.
    position: Option<Position>,
    /// Fichiers, dans l’ordre où ils ont été donnés.
    files: Vec<FileDeposited>,
}

/// Deposits one file.
pub(super) async fn one(
    ctx: &Context<'_>,
    depositor: Depositor<'_>,
    file: &Upload,
    id: Option<Uuid>,
) -> Done<ConventionDeposited> {
    let known = of(Call::of(ctx)?, depositor).await?;
    take(ctx, &known, file, id).await
}

/// Deposits several files; each is recognised by itself, or refused by itself.
pub(super) async fn many(
    ctx: &Context<'_>,
    depositor: Depositor<'_>,
    files: &[Upload],
    id: Option<Uuid>,
) -> Done<ConventionsDeposited> {
    let call = Call::of(ctx)?;
    call.holder()?;
    if files.len() > MOST_FILES {
        return Err(too_many_files(MOST_FILES).at("files").into());
    }
    let known = of(call, depositor).await?;
    let mut all = ConventionsDeposited { position: None, files: Vec::with_capacity(files.len()) };
    for (at, upload) in files.iter().enumerate() {
        let sent = ctx.query_env.uploads.get(upload.0);
        let filename = sent.map_or_else(String::new, |it| it.filename.clone());
        let id = id.map(|id| derived(&["file", &id.to_string(), &at.to_string()]));
        let (deposited, refused) = match take(ctx, &known, upload, id).await {
            Ok(deposited) => (Some(deposited), None),
            Err(Stop::Refused(refused)) => (None, Some(refused)),
            Err(stop @ Stop::Error(_)) => return Err(stop),
        };
        let position = deposited.map(|it| Position(it.position));
        all.position = position.or(all.position);
        all.files.push(FileDeposited { filename, deposited, refused });
    }
    Ok(all)
}

/// Binds photographs into one PDF, and deposits it for the convention named.
pub(super) async fn photographs(
    ctx: &Context<'_>,
    convention: &str,
    files: &[Upload],
    id: Option<Uuid>,
) -> Done<ConventionDeposited> {
    let call = Call::of(ctx)?;
    let depositor = Depositor { convention: Some(convention), school: None, side: Side::Origin };
    let known = of(call, depositor).await?;
    let pages = together(ctx, files, known.most_bytes)?;
    let bound = call.service().bind_photographs(pages).await.map_err(port_fault)?;
    let bound =
        bound.map_err(|bad| bad_photograph(bad.refusal).at(&format!("files.{}", bad.at)))?;
    store(call, &known, ("files", bound), id).await
}

/// The bytes of each photograph; of all together, `most` at most.
fn together(ctx: &Context<'_>, files: &[Upload], most: u64) -> Result<Vec<Vec<u8>>, Refused> {
    if files.is_empty() {
        return Err(no_photograph().at("files"));
    }
    if files.len() > MOST_PHOTOGRAPHS {
        return Err(too_many_photographs(MOST_PHOTOGRAPHS).at("files"));
    }
    let mut left = most;
    let mut pages = Vec::with_capacity(files.len());
    for (at, upload) in files.iter().enumerate() {
        let page = input::file(ctx, &format!("files.{at}"), upload, left);
        let page = page.map_err(|refused| {
            let heavy = refused.code == RefusalCode::FileTooLarge;
            if heavy { photographs_too_heavy(most).at("files") } else { refused }
        })?;
        left = left.saturating_sub(page.len() as u64);
        pages.push(page);
    }
    Ok(pages)
}

/// What is known of a deposit before its file is read.
struct Known {
    convention: Option<ConventionId>,
    candidates: Candidates,
    most_bytes: u64,
}

/// What is known of a deposit, if the viewer may make it.
async fn of(call: Call<'_>, depositor: Depositor<'_>) -> Done<Known> {
    call.holder()?;
    let Some(typed) = depositor.convention else {
        return Ok(Known {
            convention: None,
            candidates: allowed(call, depositor).await?,
            most_bytes: largest(call).await?,
        });
    };
    let row = mutation::row(call, typed).await?;
    let role = may(call, &row).await?;
    Ok(Known {
        convention: Some(row.id),
        most_bytes: rules(call, &row).await?.deposit_most_bytes,
        candidates: match side(role) {
            Side::Origin => Candidates::OfOrigin(row.parties.origin),
            Side::Host => Candidates::OfHost(row.parties.host),
        },
    })
}

/// Reads the file, stores it, then tells its convention.
async fn take(
    ctx: &Context<'_>,
    known: &Known,
    file: &Upload,
    id: Option<Uuid>,
) -> Done<ConventionDeposited> {
    let bytes = input::file(ctx, "file", file, known.most_bytes)?;
    store(Call::of(ctx)?, known, ("file", bytes), id).await
}

/// Stores the bytes sent as a field, then tells their convention.
async fn store(
    call: Call<'_>,
    known: &Known,
    (field, bytes): (&str, Vec<u8>),
    id: Option<Uuid>,
) -> Done<ConventionDeposited> {
    let candidates = known.candidates.clone();
    let accepted =
        call.service().accept_deposit(bytes, known.convention, candidates, known.most_bytes);
    let accepted = accepted.await.map_err(port_fault)?;
    let accepted = accepted.map_err(|refusal| input::bad_file(field, &refusal))?;
    tell(call, accepted, id).await
}

/// Deposits a file that begins with the bytes of an original of one of `candidates`; none when it
/// does not, and may be a scan.
pub(super) async fn direct(
    call: Call<'_>,
    bytes: &[u8],
    candidates: Candidates,
    id: Option<Uuid>,
) -> Done<Option<ConventionDeposited>> {
    let most = largest(call).await?;
    if bytes.len() as u64 > most {
        return Ok(None);
    }
    let accepted = call.service().accept_deposit(bytes.to_vec(), None, candidates, most);
    match accepted.await.map_err(port_fault)? {
        Ok(accepted) => tell(call, accepted, id).await.map(Some),
        // A stack may be larger than a deposit.
        Err(
            FileRefusal::NotAPdf
            | FileRefusal::NotRecognised
            | FileRefusal::TooLarge { .. }
            | FileRefusal::TooManyPages { .. },
        ) => Ok(None),
        Err(
            refusal @ (FileRefusal::Encrypted
            | FileRefusal::Truncated
            | FileRefusal::Unreadable
            | FileRefusal::NoPage
            | FileRefusal::NotAPicture
            | FileRefusal::Superseded),
        ) => Err(input::bad_file("file", &refusal).into()),
    }
}

async fn tell(
    call: Call<'_>,
    accepted: AcceptedDeposit,
    id: Option<Uuid>,
) -> Done<ConventionDeposited> {
    let row = mutation::row(call, &accepted.convention.to_string()).await?;
    let role = may(call, &row).await?;
    let order = call.order(Action::DepositConvention.into(), id, role);
    let order = order.on(&row.parties.platform);
    let command = ConventionCommand::DepositConvention {
        document: accepted.document,
        pages: accepted.pages,
        side: side(role),
        recognised: if accepted.original_bytes {
            Recognition::OriginalBytes
        } else {
            Recognition::ByHand
        },
        signatures: accepted.signatures,
        print: accepted.print,
    };
    let stream = row.id.uuid().to_string();
    let handled = call.give::<Aggregate>(&order, &stream, command).await?;
    Ok(ConventionDeposited {
        convention: row.id,
        position: handled.last,
        original_bytes: accepted.original_bytes,
    })
}

async fn may(call: Call<'_>, row: &Row) -> Result<Role> {
    let facts = call.parties_facts(&row.parties).await?;
    call.require_visible(Action::ReadConvention, &facts)?;
    call.require(Action::DepositConvention, &facts)
}

/// On which side someone in this role deposits: the platform's people stand by the host.
fn side(role: Role) -> Side {
    match role {
        Role::OriginManager => Side::Origin,
        Role::HostManager
        | Role::Holder
        | Role::SchoolManager
        | Role::HostTeacher
        | Role::PlatformAdmin
        | Role::Auditor
        | Role::Operator
        | Role::Visitor => Side::Host,
    }
}

/// Among which conventions an unnamed deposit is looked for: those of a school that the viewer
/// manages.
async fn allowed(call: Call<'_>, depositor: Depositor<'_>) -> Done<Candidates> {
    let typed = depositor.school.unwrap_or_default();
    let school: Uai = input::uai("school", typed)?;
    let (facts, candidates) = match depositor.side {
        Side::Origin => {
            let facts = Facts { origin: Some(school.clone()), ..Facts::none() };
            (facts, Candidates::OfOrigin(school))
        }
        Side::Host => {
            let uai = school.clone();
            let platforms = call.read(move |db| platform_hosts::platforms_of(db, &uai)).await?;
            let facts = Facts {
                host: Some(school.clone()),
                host_attached: !platforms.is_empty(),
                ..Facts::none()
            };
            (facts, Candidates::OfHost(school))
        }
    };
    call.require(Action::DepositConvention, &facts)?;
    Ok(candidates)
}

async fn rules(call: Call<'_>, row: &Row) -> Result<Rules> {
    Ok(call.platform_of(&row.parties.platform).await?.rules)
}

/// The largest deposit that any platform takes, as long as it is not known whose it is.
async fn largest(call: Call<'_>) -> Result<u64> {
    let platforms = call.read(platform_list::all).await?;
    let sizes = platforms.iter().map(|it| it.rules.deposit_most_bytes);
    Ok(sizes.max().unwrap_or(Rules::default().deposit_most_bytes))
}
