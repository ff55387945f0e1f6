//! Reading what happened.

use std::str::FromStr;

use async_graphql::{Context, Enum, InputObject, Object, Result};
use domain::{
    access::{Action, Facts},
    kernel::{
        ids::{
            AccountId, BookingId, ConventionId, FormationId, LetterId, PersonId, ScanBatchId,
            SlotId,
        },
        slug::Slug,
        uai::Uai,
    },
};
use projections::{
    conventions::{register, scans},
    correspondence::letters,
    ministages::{lists, slots},
    operations::audit_trail::{self, Kind},
    platforms::formations,
};

use super::{
    at::ConventionThen,
    entry::{HistoryEntry, entries},
};
use crate::{
    guard::Call,
    page::{Page, PageInput},
    position::Position,
    scalars::Instant,
};

/// Ce dont on veut l’histoire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Kind")]
pub(crate) enum AuditSubjectKind {
    /// Un compte.
    Account,
    /// Une réservation.
    Booking,
    /// Une convention, avec sa réservation.
    Convention,
    /// Une formation.
    Formation,
    /// Un courriel.
    Letter,
    /// Une personne.
    Person,
    /// Une plateforme, par son nom court : tout ce qui s’y est passé.
    Platform,
    /// Une pile numérisée.
    Scan,
    /// Un établissement, par son code UAI.
    School,
    /// Un créneau.
    Slot,
}

/// Ce dont on veut l’histoire.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct AuditSubject {
    /// Sorte d’objet.
    kind: AuditSubjectKind,
    /// Identifiant, nom court ou code UAI.
    id: String,
}

#[derive(Default)]
pub(crate) struct AuditQuery;

#[Object]
impl AuditQuery {
    /// Tout ce qui est arrivé à un objet, en toutes lettres, du plus ancien au plus récent.
    async fn audit_trail(
        &self,
        ctx: &Context<'_>,
        subject: AuditSubject,
        page: Option<PageInput>,
        min_position: Option<Position>,
    ) -> Result<Page<HistoryEntry>> {
        let call = Call::of(ctx)?;
        let stale = call.is_stale(min_position).await;
        let kind = Kind::from(subject.kind);
        let (id, facts) = subject_facts(call, kind, &subject.id).await?;
        call.require_visible(Action::ReadAuditTrail, &facts)?;
        let window = PageInput::window(page);
        let offices = call.viewer().platform_roles.iter();
        let platforms: Vec<Slug> = offices.map(|(platform, _)| platform.clone()).collect();
        let found =
            call.read(move |db| audit_trail::touching_on(db, kind, id, &platforms, window)).await?;
        let total = found.total;
        let items = entries(call, found.items, true).await?;
        Ok(Page { items, total, offset: window.offset, limit: window.limit, stale })
    }

    /// Convention telle qu’elle était à un moment.
    async fn convention_at(
        &self,
        ctx: &Context<'_>,
        id: String,
        at: Instant,
    ) -> Result<ConventionThen> {
        let call = Call::of(ctx)?;
        let Ok(convention) = id.parse::<ConventionId>() else {
            return Err(call.hidden());
        };
        let Some(row) = call.read(move |db| register::by_id(db, convention)).await? else {
            return Err(call.hidden());
        };
        let facts = call.parties_facts(&row.parties).await?;
        call.require_visible(Action::ReadHistory, &facts)?;
        ConventionThen::read(call, convention, at.0).await
    }
}

/// The bare id of the subject, and the platforms whose auditors may read of it.
async fn subject_facts(call: Call<'_>, kind: Kind, id: &str) -> Result<(String, Facts)> {
    fn read<T: FromStr>(call: Call<'_>, id: &str) -> Result<T> {
        id.parse().map_err(|_| call.hidden())
    }
    Ok(match kind {
        Kind::Platform => {
            let slug: Slug = read(call, id)?;
            (slug.to_string(), Facts::platform(slug))
        }
        Kind::School => {
            let uai: Uai = read(call, id)?;
            (uai.to_string(), call.school_facts(&uai).await?)
        }
        Kind::Account => {
            let account: AccountId = read(call, id)?;
            (account.uuid().to_string(), call.account_facts(account).await?)
        }
        Kind::Booking => {
            let booking: BookingId = read(call, id)?;
            let placed = call.placed(booking).await?;
            let facts = placed.map_or_else(Facts::none, |it| it.facts);
            (booking.uuid().to_string(), facts)
        }
        Kind::Convention
        | Kind::Formation
        | Kind::Letter
        | Kind::Person
        | Kind::Scan
        | Kind::Slot => on_platforms(call, kind, id).await?,
    })
}

/// The same for what belongs to platforms and nothing else.
async fn on_platforms(call: Call<'_>, kind: Kind, id: &str) -> Result<(String, Facts)> {
    let id = id.to_owned();
    let found = call.read(move |db| {
        Ok(match kind {
            Kind::Slot => match id.parse::<SlotId>() {
                Ok(id) => one(id.uuid(), slots::by_id(db, id)?.map(|it| it.platform)),
                Err(_) => None,
            },
            Kind::Convention => match id.parse::<ConventionId>() {
                Ok(id) => {
                    let row = register::by_id(db, id)?;
                    one(id.uuid(), row.map(|it| it.parties.platform))
                }
                Err(_) => None,
            },
            Kind::Formation => match id.parse::<FormationId>() {
                Ok(id) => one(id.uuid(), formations::by_id(db, id)?.map(|it| it.platform)),
                Err(_) => None,
            },
            Kind::Letter => match id.parse::<LetterId>() {
                Ok(id) => {
                    let row = letters::by_id(db, id)?;
                    one(id.uuid(), row.and_then(|it| it.platform))
                }
                Err(_) => None,
            },
            Kind::Scan => match id.parse::<ScanBatchId>() {
                Ok(id) => one(id.uuid(), scans::by_id(db, id)?.and_then(|it| it.platform)),
                Err(_) => None,
            },
            Kind::Person => match id.parse::<PersonId>() {
                Ok(id) => one(id.uuid(), lists::platforms_of_pupil(db, id)?),
                Err(_) => None,
            },
            Kind::Account | Kind::Booking | Kind::Platform | Kind::School => None,
        })
    });
    let (id, platforms) = found.await?.ok_or_else(|| call.hidden())?;
    Ok((id, platforms.into_iter().fold(Facts::none(), Facts::on)))
}

fn one(id: uuid::Uuid, platforms: impl IntoIterator<Item = Slug>) -> Option<(String, Vec<Slug>)> {
    Some((id.to_string(), platforms.into_iter().collect()))
}
