//! Publishing, changing, duplicating and withdrawing slots.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::Action,
    kernel::{
        decider::Decider as _,
        ids::{FormationId, SlotId, derived},
        moment::Moment,
        slug::Slug,
        uai::Uai,
    },
    ministages::slot::{Slot as Aggregate, SlotCommand, SlotDetails, SlotState},
    platforms::platform::PlatformRefusal,
};
use projections::{ministages::slots::Slot as Row, platforms::formations};
use uuid::Uuid;

use super::{
    super::{input::SlotDetailsInput, messages::dates_out_of_bounds, types::Slot},
    reread_slot, rules_of, slot_typed,
};
use crate::{
    guard::Call,
    input,
    order::Order,
    position::Position,
    refused::{Done, Refused, answer, payload},
};

/// The most copies in one go: a school year of one morning a week, and more.
const MOST_COPIES: usize = 60;

/// Publication d’un créneau.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct PublishSlotInput {
    /// Nom court de la plateforme.
    platform: String,
    /// Code UAI de l’établissement d’accueil.
    host: String,
    /// Identifiant de la formation à découvrir.
    formation: String,
    /// Jour, heures, places et accueil.
    details: SlotDetailsInput,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Modification d’un créneau : ce qui n’est pas donné est vidé.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct ChangeSlotInput {
    /// Identifiant du créneau.
    slot: String,
    /// Jour, heures, places et accueil désormais.
    details: SlotDetailsInput,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Copie d’un créneau à d’autres dates : toutes, ou aucune.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct DuplicateSlotInput {
    /// Identifiant du créneau.
    slot: String,
    /// Jours des copies, 60 au plus.
    dates: Vec<String>,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Retrait d’un créneau : ses réservations sont annulées.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct WithdrawSlotInput {
    /// Identifiant du créneau.
    slot: String,
    /// Motif, obligatoire : les établissements d’origine le lisent.
    reason: String,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// A slot to which something was done.
#[derive(Debug, Clone, Copy)]
struct Touched {
    slot: SlotId,
    position: u64,
}

/// Defines what a mutation of a slot answers with: the slot, read when it is asked for.
macro_rules! done {
    ($($(#[$doc:meta])+ $name:ident),+ $(,)?) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $name(Touched);

        $(#[$doc])+
        #[Object]
        impl $name {
            /// Position de l’événement, à rendre avec la prochaine lecture.
            async fn position(&self) -> Position {
                Position(self.0.position)
            }

            /// Créneau, tel qu’il est désormais.
            async fn slot(&self, ctx: &Context<'_>) -> Result<Option<Slot>> {
                reread_slot(ctx, self.0.slot, self.0.position).await
            }
        }
    )+};
}

done! {
    /// Le créneau est publié.
    SlotPublished,
    /// Le créneau est modifié.
    SlotChanged,
    /// Le créneau est retiré.
    SlotWithdrawn,
}

/// Les copies sont publiées.
#[derive(Debug, Clone)]
pub(crate) struct SlotDuplicated(Vec<Touched>);

/// Les copies sont publiées.
#[Object]
impl SlotDuplicated {
    /// Position du dernier événement, à rendre avec la prochaine lecture.
    async fn position(&self) -> Position {
        Position(self.0.last().map_or(0, |it| it.position))
    }

    /// Copies, dans l’ordre des dates données.
    async fn slots(&self, ctx: &Context<'_>) -> Result<Vec<Slot>> {
        let last = self.0.last().map_or(0, |it| it.position);
        let mut slots = Vec::with_capacity(self.0.len());
        for copy in &self.0 {
            slots.extend(reread_slot(ctx, copy.slot, last).await?);
        }
        Ok(slots)
    }
}

payload! {
    PublishSlotPayload = SlotPublished;
    ChangeSlotPayload = SlotChanged;
    DuplicateSlotPayload = SlotDuplicated;
    WithdrawSlotPayload = SlotWithdrawn;
}

#[derive(Default)]
pub(crate) struct SlotsMutation;

#[Object]
impl SlotsMutation {
    /// Publie un créneau.
    async fn publish_slot(
        &self,
        ctx: &Context<'_>,
        input: PublishSlotInput,
    ) -> Result<PublishSlotPayload> {
        answer(publish(Call::of(ctx)?, &input).await.map(SlotPublished))
    }

    /// Modifie un créneau ; le jour et les heures ne changent plus une fois des places prises.
    async fn change_slot(
        &self,
        ctx: &Context<'_>,
        input: ChangeSlotInput,
    ) -> Result<ChangeSlotPayload> {
        answer(change(Call::of(ctx)?, &input).await.map(SlotChanged))
    }

    /// Publie des copies d’un créneau à d’autres dates : toutes, ou aucune.
    async fn duplicate_slot(
        &self,
        ctx: &Context<'_>,
        input: DuplicateSlotInput,
    ) -> Result<DuplicateSlotPayload> {
        answer(duplicate(Call::of(ctx)?, &input).await.map(SlotDuplicated))
    }

    /// Retire un créneau ; ses réservations sont annulées et les établissements prévenus.
    async fn withdraw_slot(
        &self,
        ctx: &Context<'_>,
        input: WithdrawSlotInput,
    ) -> Result<WithdrawSlotPayload> {
        answer(withdraw(Call::of(ctx)?, &input).await.map(SlotWithdrawn))
    }
}

async fn publish(call: Call<'_>, input: &PublishSlotInput) -> Done<Touched> {
    call.holder()?;
    let platform: Slug = input::slug("platform", &input.platform)?;
    let host: Uai = input::uai("host", &input.host)?;
    let formation: FormationId = input::id("formation", &input.formation)?;
    let facts = call.host_facts(&platform, &host).await?;
    let role = call.require(Action::PublishSlot, &facts)?;
    if !facts.host_attached {
        return Err(Refused::from(PlatformRefusal::NotAHost).at("host").into());
    }
    offered(call, formation, &platform, &host).await?;
    let details = input.details.read(call, &host).await?;
    let zone = call.platform_of(&platform).await?.time_zone;
    let order = call.order(Action::PublishSlot.into(), input.command_id, role);
    let order = order.on(&platform);
    let new =
        New { platform, host, formation, copied_from: None, now: call.service().moment(&zone) };
    new.publish(call, &order, details).await
}

/// That `host` offers the formation on `platform`, and still does.
async fn offered(call: Call<'_>, formation: FormationId, platform: &Slug, host: &Uai) -> Done<()> {
    let find = move |db: &projections::Connection| formations::by_id(db, formation);
    let mut row = call.read(find).await?;
    if row.is_none() && call.catches_up().await? {
        row = call.read(find).await?;
    }
    match row {
        Some(row) if !row.retired && row.platform == *platform && row.host == *host => Ok(()),
        Some(_) | None => {
            Err(Refused::from(PlatformRefusal::NoSuchFormation).at("formation").into())
        }
    }
}

/// A slot to be published.
struct New {
    platform: Slug,
    host: Uai,
    formation: FormationId,
    copied_from: Option<SlotId>,
    now: Moment,
}

impl New {
    fn command(&self, slot: SlotId, details: SlotDetails) -> SlotCommand {
        SlotCommand::PublishSlot {
            slot,
            platform: self.platform.clone(),
            host: self.host.clone(),
            formation: self.formation,
            details,
            copied_from: self.copied_from,
            now: self.now,
        }
    }

    async fn publish(&self, call: Call<'_>, order: &Order, details: SlotDetails) -> Done<Touched> {
        let slot = SlotId::new(derived(&["slot", &order.command().to_string()]));
        let stream = slot.uuid().to_string();
        let command = self.command(slot, details);
        let handled = call.give::<Aggregate>(order, &stream, command).await?;
        let position = handled.last;
        Ok(Touched { slot, position })
    }
}

async fn change(call: Call<'_>, input: &ChangeSlotInput) -> Done<Touched> {
    let row = slot_typed(call, &input.slot).await?;
    let facts = call.host_facts(&row.platform, &row.host).await?;
    let role = call.require(Action::ChangeSlot, &facts)?;
    let details = input.details.read(call, &row.host).await?;
    let (rules, now) = rules_of(call, &row).await?;
    let order = call.order(Action::ChangeSlot.into(), input.command_id, role);
    let command = SlotCommand::ChangeSlot { details, rules, now };
    give(call, &order.on(&row.platform), &row, command).await
}

async fn withdraw(call: Call<'_>, input: &WithdrawSlotInput) -> Done<Touched> {
    let row = slot_typed(call, &input.slot).await?;
    let facts = call.host_facts(&row.platform, &row.host).await?;
    let role = call.require(Action::WithdrawSlot, &facts)?;
    let reason = input::line("reason", &input.reason, 300)?;
    let (_, now) = rules_of(call, &row).await?;
    let order = call.order(Action::WithdrawSlot.into(), input.command_id, role);
    let command = SlotCommand::WithdrawSlot { reason, now };
    give(call, &order.on(&row.platform), &row, command).await
}

async fn give(call: Call<'_>, order: &Order, row: &Row, command: SlotCommand) -> Done<Touched> {
    let stream = row.id.uuid().to_string();
    let handled = call.give::<Aggregate>(order, &stream, command).await?;
    Ok(Touched { slot: row.id, position: handled.last })
}

async fn duplicate(call: Call<'_>, input: &DuplicateSlotInput) -> Done<Vec<Touched>> {
    let row = slot_typed(call, &input.slot).await?;
    let facts = call.host_facts(&row.platform, &row.host).await?;
    let role = call.require(Action::PublishSlot, &facts)?;
    if !(1..=MOST_COPIES).contains(&input.dates.len()) {
        return Err(dates_out_of_bounds(MOST_COPIES).at("dates").into());
    }
    offered(call, row.formation, &row.platform, &row.host).await?;
    let (_, now) = rules_of(call, &row).await?;
    let new = New {
        platform: row.platform.clone(),
        host: row.host.clone(),
        formation: row.formation,
        copied_from: Some(row.id),
        now,
    };
    let copies = copies(&new, &row, &input.dates)?;
    let order = call.order("DuplicateSlot", input.command_id, role);
    let order = order.on(&row.platform);
    let mut published = Vec::with_capacity(copies.len());
    for (at, details) in copies.into_iter().enumerate() {
        let step = order.step(&at.to_string());
        published.push(new.publish(call, &step, details).await?);
    }
    Ok(published)
}

/// What each copy is; refused, before any is published, where one could not be.
fn copies(new: &New, row: &Row, dates: &[String]) -> Result<Vec<SlotDetails>, Refused> {
    dates
        .iter()
        .enumerate()
        .map(|(at, typed)| {
            let field = format!("dates.{at}");
            let date = input::day(&field, typed)?;
            let details = SlotDetails { date, ..row.details.clone() };
            let command = new.command(row.id, details.clone());
            Aggregate::decide(&SlotState::default(), command)
                .map_err(|refusal| Refused::from(refusal).at(&field))?;
            Ok(details)
        })
        .collect()
}
