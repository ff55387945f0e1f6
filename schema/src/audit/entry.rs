//! One event as a history shows it.

use async_graphql::{Context, ID, Object, Result};
use domain::{
    access::{Action, Facts},
    facts::Fact,
    kernel::{
        envelope::Recorded,
        ids::{BookingId, ConventionId},
    },
};
use futures::future::try_join_all;
use journal::ReadFault;
use projections::{
    Window,
    operations::audit_trail::{self, AuditRow, Kind},
};

use super::{
    actors::{way, who},
    sentences::sentence,
};
use crate::{
    accounts::types::Account,
    fault::unavailable,
    guard::Call,
    position::Position,
    scalars::{Instant, id},
};

/// How many events a history shows at most: far more than a convention ever has.
const MOST: u32 = 500;

/// Événement, en toutes lettres.
#[derive(Debug, Clone)]
pub(crate) struct HistoryEntry {
    row: AuditRow,
    sentence: String,
    /// Whether the viewer reads from where, and by which account.
    in_full: bool,
}

/// Événement, en toutes lettres.
#[Object]
impl HistoryEntry {
    /// Sa place dans le journal.
    async fn position(&self) -> Position {
        Position(self.row.position)
    }

    /// Quand.
    async fn at(&self) -> Instant {
        Instant(self.row.at)
    }

    /// Ce qui s’est passé ; ce qui concerne une personne effacée se lit « effacé ».
    async fn sentence(&self) -> &str {
        &self.sentence
    }

    /// Nom de l’événement dans le journal.
    async fn event(&self) -> &str {
        &self.row.event
    }

    /// Qui, en toutes lettres.
    async fn who(&self) -> &'static str {
        who(&self.row.actor, self.row.detail.as_deref())
    }

    /// Compte qui a agi, pour ceux qui peuvent le lire.
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Account>> {
        match self.row.account {
            Some(account) if self.in_full => Account::load_visible(ctx, account).await,
            Some(_) | None => Ok(None),
        }
    }

    /// D’où : une adresse tronquée, pour ceux qui contrôlent la plateforme.
    async fn source(&self) -> Option<&str> {
        self.row.source.as_deref().filter(|_| self.in_full)
    }

    /// Par quelle voie : le rôle d’un compte, le lien, la règle ; pour les mêmes.
    async fn way(&self) -> Option<&'static str> {
        self.in_full.then(|| way(&self.row.actor, self.row.detail.as_deref()))
    }

    /// Plateforme concernée.
    async fn platform(&self) -> Option<&str> {
        self.row.platform.as_deref()
    }

    /// Événement auquel celui-ci réagit.
    async fn cause(&self) -> Option<Position> {
        self.row.cause.map(Position)
    }

    /// Même pour tout ce qu’une même demande a causé.
    async fn correlation(&self) -> ID {
        id(self.row.correlation)
    }
}

/// All that happened to `booking` and to its convention, the first first.
pub(crate) async fn history(
    ctx: &Context<'_>,
    booking: BookingId,
    facts: &Facts,
) -> Result<Vec<HistoryEntry>> {
    let call = Call::of(ctx)?;
    let convention = ConventionId::of(booking).uuid();
    let window = Window::first(MOST);
    let rows = call
        .read(move |db| audit_trail::touching(db, Kind::Convention, convention, window))
        .await?;
    let in_full = call.may(Action::ReadAuditTrail, facts);
    entries(call, rows.items, in_full).await
}

/// `rows` with their sentences, which the log itself tells.
pub(super) async fn entries(
    call: Call<'_>,
    rows: Vec<AuditRow>,
    in_full: bool,
) -> Result<Vec<HistoryEntry>> {
    let told = rows.into_iter().map(|row| async move {
        let fact = fact_at(call, row.position).await?;
        Ok(HistoryEntry {
            sentence: fact.map_or_else(
                || "Cet événement ne peut pas être lu par cette version du service.".to_owned(),
                |fact| sentence(&fact.event),
            ),
            row,
            in_full,
        })
    });
    try_join_all(told).await
}

/// The event at `position`; none when this program cannot read it.
async fn fact_at(call: Call<'_>, position: u64) -> Result<Option<Recorded<Fact>>> {
    let read = call.journal().read(position.saturating_sub(1), 1);
    match read.await {
        Ok(events) => Ok(events.into_iter().next()),
        Err(ReadFault::Undecodable { .. } | ReadFault::Damaged { .. }) => Ok(None),
        Err(ReadFault::Fault(fault)) => Err(unavailable(&fault)),
    }
}
