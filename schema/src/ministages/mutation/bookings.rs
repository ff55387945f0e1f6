//! Cancelling, correcting who the pupil is, answering promotions, noting presence, giving
//! appreciations.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::{Action, Role},
    kernel::{
        ids::{BookingId, SlotId},
        moment::Moment,
        personal::Personal,
    },
    ministages::slot::{Side, Slot as Aggregate, SlotCommand, SlotEvent, SlotRefusal},
    platforms::rules::Rules,
};
use journal::Handled;
use projections::ministages::bookings::Booking as Row;
use uuid::Uuid;

use super::{
    super::{input::PupilInput, types::Booking},
    reread_booking, rules_of,
};
use crate::{
    guard::Call,
    input,
    order::Order,
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

/// Correction de l’identité d’un élève.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct CorrectPupilInput {
    /// Identifiant de la réservation.
    booking: String,
    /// Élève, tel qu’il est vraiment : tout ce qui n’est pas donné est effacé.
    pupil: PupilInput,
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
    /// L’identité de l’élève est corrigée.
    PupilCorrected,
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
    CorrectPupilPayload = PupilCorrected;
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

/// Where it goes, and in whose name.
struct Desk<'a> {
    call: Call<'a>,
    slot: SlotId,
    booking: BookingId,
    order: Order,
}

/// The booking typed, and the desk of whoever may do `action` to it.
async fn ask<'a>(
    call: Call<'a>,
    action: Action,
    (typed, id): (&str, Option<Uuid>),
) -> Done<(Desk<'a>, Asked)> {
    call.holder()?;
    let booking: BookingId = input::id("booking", typed)?;
    let placed = call.placed(booking).await?;
    let placed = placed.ok_or_else(|| Refused::from(SlotRefusal::NoSuchBooking).at("booking"))?;
    call.require_visible(Action::ReadBookings, &placed.facts)?;
    let role = call.require(action, &placed.facts)?;
    let (rules, now) = rules_of(call, &placed.slot).await?;
    let order = call.order(action.into(), id, role).on(&placed.slot.platform);
    let desk = Desk { call, slot: placed.slot.id, booking, order };
    Ok((desk, Asked { booking: placed.booking, role, rules, now }))
}

impl Desk<'_> {
    async fn give(self, command: SlotCommand) -> Done<Touched> {
        let handled = self.handle(command).await?;
        Ok(Touched { booking: self.booking, position: handled.last })
    }

    async fn handle(&self, command: SlotCommand) -> Done<Handled<SlotEvent>> {
        let stream = self.slot.uuid().to_string();
        self.call.give::<Aggregate>(&self.order, &stream, command).await
    }
}

/// Gives a command about the booking typed, in the name of whoever may do `action`.
async fn give(
    ctx: &Context<'_>,
    action: Action,
    typed: (&str, Option<Uuid>),
    command: impl FnOnce(Asked) -> Done<SlotCommand>,
) -> Done<Touched> {
    let (desk, asked) = ask(Call::of(ctx)?, action, typed).await?;
    desk.give(command(asked)?).await
}

/// Corrects who the pupil is; nothing is written of an identity that is the one on record. What
/// is on record is read only once all of the log is: a correction may just have been made. The
/// pupil is recognised by what the log says, never by what was refused; asking again makes up for
/// what a crash after the event left out.
async fn correct(call: Call<'_>, input: CorrectPupilInput) -> Done<Touched> {
    let position = *call.journal().head().borrow();
    let is_stale = call.is_stale(Some(Position(position))).await;
    let typed = (input.booking.as_str(), input.command_id);
    let (desk, asked) = ask(call, Action::CorrectPupil, typed).await?;
    let identity = input.pupil.identity("pupil", asked.now.local.date())?;
    let pupil = Personal::new(asked.booking.pupil.person(), identity);
    let origin = asked.booking.origin;
    if pupil == asked.booking.pupil && !is_stale {
        call.also_known(&origin, &pupil).await?;
        return Ok(Touched { booking: desk.booking, position });
    }
    let command = SlotCommand::CorrectPupil { booking: asked.booking.id, pupil, now: asked.now };
    let handled = desk.handle(command).await?;
    for event in &handled.events {
        if let SlotEvent::PupilCorrected { pupil, .. } = event {
            call.also_known(&origin, pupil).await?;
        }
    }
    Ok(Touched { booking: desk.booking, position: handled.last })
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

    /// « Corriger » : l’identité de l’élève, ou de son responsable, était mal saisie. C’est toujours
    /// le même élève.
    async fn correct_pupil(
        &self,
        ctx: &Context<'_>,
        input: CorrectPupilInput,
    ) -> Result<CorrectPupilPayload> {
        answer(correct(Call::of(ctx)?, input).await.map(PupilCorrected))
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
