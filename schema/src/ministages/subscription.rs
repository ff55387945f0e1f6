//! What happens, as it happens: ids only, so that whoever listens reads with their own rights.

use async_graphql::{Context, Enum, ID, Result, SimpleObject, Subscription};
use domain::{
    access::Action,
    conventions::{convention::Convention, signing::Signing},
    kernel::{
        decider::Decider as _,
        ids::{ConventionId, SlotId},
    },
    ministages::slot::Slot,
};
use futures::{Stream, StreamExt as _, stream};
use projections::{
    Change as Told, ReadDb,
    conventions::register,
    ministages::{bookings, dashboard::Scope, slots},
};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::{conventions::scope, guard::Call, position::Position, scalars::id};

/// Ce qui a changé.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ChangeKind {
    /// Un créneau, ses réservations ou sa liste d’attente.
    Slot,
    /// Une convention, ou ses signatures.
    Convention,
    /// Trop de choses pour les dire : tout est à relire.
    Everything,
}

/// Changement : de quoi relire ce qui est affiché.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Change {
    /// Position de l’événement, à rendre avec la prochaine lecture.
    position: Position,
    /// Ce qui a changé.
    kind: ChangeKind,
    /// Identifiant du créneau ou de la convention.
    id: Option<ID>,
}

#[derive(Default)]
pub(crate) struct MinistagesSubscription;

#[Subscription]
impl MinistagesSubscription {
    /// Changements des créneaux, réservations et conventions d’une plateforme, d’un établissement
    /// d’accueil sur une plateforme, ou d’un établissement d’origine.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        platform: Option<String>,
        host: Option<String>,
        origin: Option<String>,
    ) -> Result<impl Stream<Item = Change>> {
        let call = Call::of(ctx)?;
        let scope = scope(platform.as_deref(), host.as_deref(), origin.as_deref());
        let scope = scope.ok_or_else(|| call.denied())?;
        let facts = call.scope_facts(&scope).await?;
        call.require(Action::ReadDashboard, &facts)?;
        let read = call.read_db().clone();
        Ok(told(&read).filter_map(move |heard| {
            let (read, scope) = (read.clone(), scope.clone());
            async move { change(&read, heard, &scope).await }
        }))
    }

    /// Changements d’une convention.
    async fn convention_changed(
        &self,
        ctx: &Context<'_>,
        id: ID,
    ) -> Result<impl Stream<Item = Change>> {
        let call = Call::of(ctx)?;
        let convention: ConventionId = id.parse().map_err(|_| call.hidden())?;
        let row = call.read(move |db| register::by_id(db, convention)).await?;
        let row = row.ok_or_else(|| call.hidden())?;
        let facts = call.parties_facts(&row.parties).await?;
        call.require_visible(Action::ReadConvention, &facts)?;
        let wanted = convention.uuid().to_string();
        Ok(told(call.read_db()).filter_map(move |heard| {
            let change = match heard {
                Heard::One(told) if is_of_convention(&told) && told.stream_id == wanted => {
                    Some(Change::of_convention(&told, convention))
                }
                Heard::Lost(position) => Some(Change::of_everything(position)),
                Heard::One(_) => None,
            };
            futures::future::ready(change)
        }))
    }
}

/// What was heard of the read models.
enum Heard {
    One(Told),
    /// The listener was too slow: some were lost, up to this position.
    Lost(u64),
}

fn told(read: &ReadDb) -> impl Stream<Item = Heard> + use<> {
    let (changes, read) = (read.changes(), read.clone());
    stream::unfold((changes, read), |(mut changes, read)| async move {
        let heard = hear(&mut changes, &read).await?;
        Some((heard, (changes, read)))
    })
}

async fn hear(changes: &mut Receiver<Told>, read: &ReadDb) -> Option<Heard> {
    match changes.recv().await {
        Ok(told) => Some(Heard::One(told)),
        Err(RecvError::Lagged(_)) => Some(Heard::Lost(*read.projected().borrow())),
        Err(RecvError::Closed) => None,
    }
}

/// What `heard` is to whoever listens to `scope`; nothing if it is not theirs. A read that
/// fails says to read again.
async fn change(read: &ReadDb, heard: Heard, scope: &Scope) -> Option<Change> {
    let told = match heard {
        Heard::One(told) => told,
        Heard::Lost(position) => return Some(Change::of_everything(position)),
    };
    let position = told.position;
    let scope = scope.clone();
    let found = read.query(move |db| {
        if told.stream == Slot::TYPE {
            let Ok(slot) = told.stream_id.parse::<SlotId>() else {
                return Ok(None);
            };
            let theirs = concerns(db, slot, &scope)?;
            return Ok(theirs.then(|| Change::of_slot(&told, slot)));
        }
        if !is_of_convention(&told) {
            return Ok(None);
        }
        let Ok(convention) = told.stream_id.parse::<ConventionId>() else {
            return Ok(None);
        };
        let row = register::by_id(db, convention)?;
        let theirs = row.is_some_and(|row| {
            let parties = &row.parties;
            matches(scope.platform.as_ref(), &parties.platform)
                && matches(scope.host.as_ref(), &parties.host)
                && matches(scope.origin.as_ref(), &parties.origin)
        });
        Ok(theirs.then(|| Change::of_convention(&told, convention)))
    });
    found.await.unwrap_or(Some(Change::of_everything(position)))
}

/// Its own events, and those of its signing, whose stream bears its id.
fn is_of_convention(told: &Told) -> bool {
    told.stream == Convention::TYPE || told.stream == Signing::TYPE
}

/// Whether the slot is of the scope: one of its host, or with a pupil of its school of origin.
fn concerns(
    db: &projections::Connection,
    slot: SlotId,
    scope: &Scope,
) -> projections::SqlResult<bool> {
    let Some(row) = slots::by_id(db, slot)? else {
        return Ok(false);
    };
    if !matches(scope.platform.as_ref(), &row.platform) || !matches(scope.host.as_ref(), &row.host)
    {
        return Ok(false);
    }
    match &scope.origin {
        None => Ok(true),
        Some(origin) => {
            let bookings = bookings::of_slot(db, slot)?;
            Ok(bookings.iter().any(|it| it.origin == *origin))
        }
    }
}

fn matches<T: PartialEq>(wanted: Option<&T>, is: &T) -> bool {
    wanted.is_none_or(|wanted| wanted == is)
}

impl Change {
    fn of_slot(told: &Told, slot: SlotId) -> Self {
        Self { position: Position(told.position), kind: ChangeKind::Slot, id: Some(id(slot)) }
    }

    fn of_convention(told: &Told, convention: ConventionId) -> Self {
        Self {
            position: Position(told.position),
            kind: ChangeKind::Convention,
            id: Some(id(convention)),
        }
    }

    fn of_everything(position: u64) -> Self {
        Self { position: Position(position), kind: ChangeKind::Everything, id: None }
    }
}
