//! Cancelling, answering promotions, noting presence, giving appreciations.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::{Action, Role},
    kernel::{ids::BookingId, moment::Moment, personal::Personal},
    ministages::slot::{Side, Slot as Aggregate, SlotCommand, SlotRefusal},
    platforms::rules::Rules,
};
use projections::ministages::bookings::Booking as Row;
use uuid::Uuid;

use super::{super::types::Booking, reread_booking, rules_of};
use crate::{
    guard::Call,
    input,
    position::Position,
    refused::{Done, Refused, answer, payload},
};

/// Defines the input of a mutation that asks for nothing but the booking.
macro_rules! inputs {
    ($($(#[$doc:meta])+ $name:ident),+ $(,)?) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, InputObject)]
        pub(crate) struct $name {
            /// Identifiant de la réservation.
            booking: String,
            /// Identifiant de la demande : la même, répétée, a la même réponse.
            command_id: Option<Uuid>,
        }
    )+};
}

inputs! {
    /// Acceptation de la place gardée.
    AcceptPromotionInput,
    /// Refus de la place gardée.
    DeclinePromotionInput,
}

/// « Désinscrire ».
#[derive(Debug, Clone, InputObject)]
pub(crate) struct CancelBookingInput {
    /// Identifiant de la réservation.
    booking: String,
    /// Motif.
    reason: Option<String>,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Présence d’un élève.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct RecordAttendanceInput {
    /// Identifiant de la réservation.
    booking: String,
    /// Vrai s’il est venu.
    present: bool,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Appréciation d’un élève.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct GiveAppreciationInput {
    /// Identifiant de la réservation.
    booking: String,
    /// Appréciation, que l’établissement d’origine lit.
    text: String,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// A booking to which something was done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Touched {
    booking: BookingId,
    position: u64,
}

/// Defines what a mutation of a booking answers with: the booking, read when it is asked for.
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

            /// Réservation, telle qu’elle est désormais.
            async fn booking(&self, ctx: &Context<'_>) -> Result<Option<Booking>> {
                reread_booking(ctx, self.0.booking, self.0.position).await
            }
        }
    )+};
}

done! {
    /// La réservation est annulée ; la place est libre.
    BookingCancelled,
    /// La place gardée est prise.
    PromotionAccepted,
    /// La place gardée est laissée au suivant.
    PromotionDeclined,
    /// La présence est notée.
    AttendanceRecorded,
    /// L’appréciation est donnée.
    AppreciationGiven,
}

payload! {
    CancelBookingPayload = BookingCancelled;
    AcceptPromotionPayload = PromotionAccepted;
    DeclinePromotionPayload = PromotionDeclined;
    RecordAttendancePayload = AttendanceRecorded;
    GiveAppreciationPayload = AppreciationGiven;
}

/// What a command about a booking is made of.
struct Asked {
    booking: Row,
    role: Role,
    rules: Rules,
    now: Moment,
}

/// Gives a command about the booking typed, in the name of whoever may do `action`.
async fn give(
    ctx: &Context<'_>,
    action: Action,
    (typed, id): (&str, Option<Uuid>),
    command: impl FnOnce(Asked) -> Done<SlotCommand>,
) -> Done<Touched> {
    let call = Call::of(ctx)?;
    call.holder()?;
    let booking: BookingId = input::id("booking", typed)?;
    let placed = call.placed(booking).await?;
    let placed = placed.ok_or_else(|| Refused::from(SlotRefusal::NoSuchBooking).at("booking"))?;
    call.require_visible(Action::ReadBookings, &placed.facts)?;
    let role = call.require(action, &placed.facts)?;
    let (rules, now) = rules_of(call, &placed.slot).await?;
    let command = command(Asked { booking: placed.booking, role, rules, now })?;
    let order = call.order(action.into(), id, role).on(&placed.slot.platform);
    let stream = placed.slot.id.uuid().to_string();
    let handled = call.give::<Aggregate>(&order, &stream, command).await?;
    let position = handled.last;
    Ok(Touched { booking, position })
}

/// On which side someone in this role cancels: the platform's people stand by the host.
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

#[derive(Default)]
pub(crate) struct BookingsMutation;

#[Object]
impl BookingsMutation {
    /// « Désinscrire » : la place est libre aussitôt, et va au premier qui attend.
    async fn cancel_booking(
        &self,
        ctx: &Context<'_>,
        input: CancelBookingInput,
    ) -> Result<CancelBookingPayload> {
        let typed = (input.booking.as_str(), input.command_id);
        let done = give(ctx, Action::CancelBooking, typed, |asked| {
            let reason = input::maybe_line("reason", input.reason.as_deref(), 300)?;
            let person = asked.booking.pupil.person();
            Ok(SlotCommand::CancelBooking {
                booking: asked.booking.id,
                reason: reason.map(|reason| Personal::new(person, reason)),
                by: side(asked.role),
                rules: asked.rules,
                now: asked.now,
            })
        });
        answer(done.await.map(BookingCancelled))
    }

    /// Prend la place gardée pour un élève de la liste d’attente.
    async fn accept_promotion(
        &self,
        ctx: &Context<'_>,
        input: AcceptPromotionInput,
    ) -> Result<AcceptPromotionPayload> {
        let typed = (input.booking.as_str(), input.command_id);
        let done = give(ctx, Action::AcceptPromotion, typed, |asked| {
            Ok(SlotCommand::AcceptPromotion { booking: asked.booking.id, now: asked.now })
        });
        answer(done.await.map(PromotionAccepted))
    }

    /// Laisse la place gardée au suivant de la liste d’attente.
    async fn decline_promotion(
        &self,
        ctx: &Context<'_>,
        input: DeclinePromotionInput,
    ) -> Result<DeclinePromotionPayload> {
        let typed = (input.booking.as_str(), input.command_id);
        let done = give(ctx, Action::DeclinePromotion, typed, |asked| {
            Ok(SlotCommand::DeclinePromotion {
                booking: asked.booking.id,
                rules: asked.rules,
                now: asked.now,
            })
        });
        answer(done.await.map(PromotionDeclined))
    }

    /// Note si l’élève est venu, ou le corrige.
    async fn record_attendance(
        &self,
        ctx: &Context<'_>,
        input: RecordAttendanceInput,
    ) -> Result<RecordAttendancePayload> {
        let typed = (input.booking.as_str(), input.command_id);
        let done = give(ctx, Action::RecordAttendance, typed, |asked| {
            Ok(SlotCommand::RecordAttendance {
                booking: asked.booking.id,
                present: input.present,
                now: asked.now,
            })
        });
        answer(done.await.map(AttendanceRecorded))
    }

    /// Donne une appréciation, ou la remplace.
    async fn give_appreciation(
        &self,
        ctx: &Context<'_>,
        input: GiveAppreciationInput,
    ) -> Result<GiveAppreciationPayload> {
        let typed = (input.booking.as_str(), input.command_id);
        let done = give(ctx, Action::GiveAppreciation, typed, |asked| {
            let text = input::line("text", &input.text, 2000)?;
            let person = asked.booking.pupil.person();
            Ok(SlotCommand::GiveAppreciation {
                booking: asked.booking.id,
                text: Personal::new(person, text),
                now: asked.now,
            })
        });
        answer(done.await.map(AppreciationGiven))
    }
}
