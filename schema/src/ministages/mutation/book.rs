//! Booking one pupil, or a list.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use domain::{
    access::{Action, Facts},
    kernel::{
        ids::{BookingId, derived},
        moment::Moment,
        uai::Uai,
    },
    ministages::slot::{
        Candidate, PupilKind, Slot as Aggregate, SlotCommand, SlotEvent, SlotRefusal,
    },
    platforms::rules::Rules,
};
use projections::ministages::{
    bookings::{self, Booking as BookingRow},
    slots::Slot as Row,
};
use uuid::Uuid;

use super::{
    super::{
        input::PupilInput,
        messages::too_many_pupils,
        types::{Booking, PupilKind as Kind},
    },
    reread_booking, rules_of, slot_typed,
};
use crate::{
    guard::Call,
    input,
    order::Order,
    position::Position,
    refused::{Done, RefusalCode, Refused, Stop, answer, payload},
    scalars::id,
};

/// The most pupils of one list: three classes.
const MOST_PUPILS: usize = 100;

/// Réservation d’une place.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct BookSeatInput {
    /// Identifiant du créneau.
    slot: String,
    /// Code UAI de l’établissement qui réserve.
    origin: String,
    /// D’où vient l’élève.
    kind: Kind,
    /// Élève.
    pupil: PupilInput,
    /// Vrai pour l’inscrire sur la liste d’attente si le créneau est complet.
    #[graphql(default)]
    or_wait: bool,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Comment réserver une liste.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum BookingMode {
    /// Tous les élèves, ou aucun.
    All,
    /// Élève par élève, avec un compte rendu.
    Report,
}

/// Réservation d’une liste d’élèves.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct BookSeatsInput {
    /// Identifiant du créneau.
    slot: String,
    /// Code UAI de l’établissement qui réserve.
    origin: String,
    /// D’où viennent les élèves.
    kind: Kind,
    /// Élèves, 100 au plus.
    pupils: Vec<PupilInput>,
    /// Tous ou aucun, ou élève par élève.
    mode: BookingMode,
    /// Élève par élève, vrai pour inscrire sur la liste d’attente ceux qui n’ont plus de place.
    #[graphql(default)]
    or_wait: bool,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// La place est réservée, ou l’élève est sur la liste d’attente.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SeatBooked {
    booking: BookingId,
    waiting: bool,
    position: u64,
}

/// La place est réservée, ou l’élève est sur la liste d’attente.
#[Object]
impl SeatBooked {
    /// Position de l’événement, à rendre avec la prochaine lecture.
    async fn position(&self) -> Position {
        Position(self.position)
    }

    /// Vrai si le créneau était complet et que l’élève attend une place.
    async fn waiting(&self) -> bool {
        self.waiting
    }

    /// Identifiant de la réservation.
    async fn booking_id(&self) -> ID {
        id(self.booking)
    }

    /// Réservation.
    async fn booking(&self, ctx: &Context<'_>) -> Result<Option<Booking>> {
        reread_booking(ctx, self.booking, self.position).await
    }
}

/// Ce qu’il est advenu d’un élève de la liste.
#[derive(Debug, SimpleObject)]
pub(crate) struct BookedLine {
    /// Sa place dans la liste, à partir de 0.
    index: u32,
    /// Sa réservation.
    booked: Option<SeatBooked>,
    /// Ou la raison pour laquelle il n’en a pas.
    refused: Option<Refused>,
}

/// Ce qu’il est advenu de chaque élève.
#[derive(Debug, SimpleObject)]
pub(crate) struct SeatsBooked {
    /// Position du dernier événement, à rendre avec la prochaine lecture ; rien si personne n’a
    /// été inscrit.
    position: Option<Position>,
    /// Élèves, dans l’ordre de la liste.
    lines: Vec<BookedLine>,
}

payload! {
    BookSeatPayload = SeatBooked;
    BookSeatsPayload = SeatsBooked;
}

#[derive(Default)]
pub(crate) struct BookMutation;

#[Object]
impl BookMutation {
    /// Réserve une place pour un élève, ou l’inscrit sur la liste d’attente.
    async fn book_seat(&self, ctx: &Context<'_>, input: BookSeatInput) -> Result<BookSeatPayload> {
        answer(one(Call::of(ctx)?, input).await)
    }

    /// Réserve des places pour une liste d’élèves : tous ou aucun, ou élève par élève.
    async fn book_seats(
        &self,
        ctx: &Context<'_>,
        input: BookSeatsInput,
    ) -> Result<BookSeatsPayload> {
        answer(many(Call::of(ctx)?, input).await)
    }
}

/// What bookings of one mutation have in common.
struct Desk<'a> {
    call: Call<'a>,
    slot: Row,
    origin: Uai,
    kind: PupilKind,
    rules: Rules,
    now: Moment,
    order: Order,
}

impl<'a> Desk<'a> {
    async fn open(
        call: Call<'a>,
        action: Action,
        (slot, origin): (&str, &str),
        kind: PupilKind,
        id: Option<Uuid>,
    ) -> Done<Self> {
        let slot = slot_typed(call, slot).await?;
        let origin: Uai = input::uai("origin", origin)?;
        let facts =
            Facts { origin: Some(origin.clone()), ..Facts::platform(slot.platform.clone()) };
        let role = call.require(action, &facts)?;
        let (rules, now) = rules_of(call, &slot).await?;
        let order = call.order(action.into(), id, role).on(&slot.platform);
        Ok(Self { call, slot, origin, kind, rules, now, order })
    }

    /// The pupil typed, with a new booking whose id follows from the order's.
    async fn candidate(&self, order: &Order, under: &str, pupil: &PupilInput) -> Done<Candidate> {
        let identity = pupil.identity(under, self.now.local.date())?;
        let pupil = self.call.pupil(&self.origin, identity).await?;
        let (person, platform) = (pupil.person(), self.slot.platform.clone());
        let held = self.call.read(move |db| bookings::held_by(db, person, &platform)).await?;
        Ok(Candidate {
            booking: BookingId::new(derived(&["booking", &order.command().to_string()])),
            pupil,
            origin: self.origin.clone(),
            kind: self.kind,
            held,
        })
    }

    async fn book(&self, order: &Order, candidate: Candidate, or_wait: bool) -> Done<SeatBooked> {
        let booking = candidate.booking;
        let command =
            SlotCommand::BookSeat { candidate, or_wait, rules: self.rules.clone(), now: self.now };
        let stream = self.slot.id.uuid().to_string();
        let handled = self.call.give::<Aggregate>(order, &stream, command).await?;
        let joined = |event: &SlotEvent| matches!(event, SlotEvent::WaitlistJoined { .. });
        Ok(SeatBooked {
            booking,
            waiting: handled.events.iter().any(joined),
            position: handled.last,
        })
    }
}

async fn one(call: Call<'_>, input: BookSeatInput) -> Done<SeatBooked> {
    let (kind, id) = (input.kind.into(), input.command_id);
    let at = (input.slot.as_str(), input.origin.as_str());
    let desk = Desk::open(call, Action::BookSeat, at, kind, id).await?;
    let candidate = desk.candidate(&desk.order, "pupil", &input.pupil).await?;
    desk.book(&desk.order, candidate, input.or_wait).await
}

async fn many(call: Call<'_>, input: BookSeatsInput) -> Done<SeatsBooked> {
    let (kind, id) = (input.kind.into(), input.command_id);
    let at = (input.slot.as_str(), input.origin.as_str());
    let desk = Desk::open(call, Action::BookSeats, at, kind, id).await?;
    if input.pupils.len() > MOST_PUPILS {
        return Err(too_many_pupils(MOST_PUPILS).at("pupils").into());
    }
    match input.mode {
        BookingMode::All => desk.all(&input.pupils).await,
        BookingMode::Report => desk.each(&input.pupils, input.or_wait).await,
    }
}

impl Desk<'_> {
    /// All of them, or none.
    async fn all(&self, pupils: &[PupilInput]) -> Done<SeatsBooked> {
        let mut candidates = Vec::with_capacity(pupils.len());
        for (at, pupil) in pupils.iter().enumerate() {
            let under = format!("pupils.{at}");
            let step = self.order.step(&at.to_string());
            candidates.push(self.candidate(&step, &under, pupil).await?);
        }
        let asked = candidates.clone();
        let command =
            SlotCommand::BookSeats { candidates, rules: self.rules.clone(), now: self.now };
        let stream = self.slot.id.uuid().to_string();
        let given = self.call.give::<Aggregate>(&self.order, &stream, command);
        let position = match given.await {
            Ok(handled) => handled.last,
            Err(Stop::Refused(refused)) => {
                let field = self.whose(&refused, &asked).await?;
                let field = refused.field.clone().or(field);
                return Err(Refused { field, ..refused }.into());
            }
            Err(stop @ Stop::Error(_)) => return Err(stop),
        };
        let booked =
            asked.iter().map(|it| SeatBooked { booking: it.booking, waiting: false, position });
        Ok(SeatsBooked {
            position: Some(Position(position)),
            lines: (0..).zip(booked).map(|(index, it)| line(index, Ok(it))).collect(),
        })
    }

    /// Which pupil of the list a refusal is about, where it is about one that has a booking.
    async fn whose(&self, refused: &Refused, asked: &[Candidate]) -> Result<Option<String>> {
        if refused.code != RefusalCode::AlreadyBooked {
            return Ok(None);
        }
        let slot = self.slot.id;
        let rows = self.call.read(move |db| bookings::of_slot(db, slot)).await?;
        let active = |row: &&BookingRow| !row.status.is_over();
        let mut taken: Vec<_> = rows.iter().filter(active).map(|it| it.pupil.person()).collect();
        for (at, candidate) in asked.iter().enumerate() {
            let person = candidate.pupil.person();
            if taken.contains(&person) {
                return Ok(Some(format!("pupils.{at}")));
            }
            taken.push(person);
        }
        Ok(None)
    }

    /// One after the other; each has a seat, waits, or is refused.
    async fn each(&self, pupils: &[PupilInput], or_wait: bool) -> Done<SeatsBooked> {
        if pupils.is_empty() {
            return Err(Refused::from(SlotRefusal::NobodyToBook).into());
        }
        let mut report = SeatsBooked { position: None, lines: Vec::with_capacity(pupils.len()) };
        for (index, pupil) in (0..).zip(pupils) {
            let booked = match self.next(index, pupil, or_wait).await {
                Ok(booked) => Ok(booked),
                Err(Stop::Refused(refused)) => Err(refused),
                Err(stop @ Stop::Error(_)) => return Err(stop),
            };
            if let Ok(booked) = &booked {
                report.position = Some(Position(booked.position));
            }
            report.lines.push(line(index, booked));
        }
        Ok(report)
    }

    async fn next(&self, index: u32, pupil: &PupilInput, or_wait: bool) -> Done<SeatBooked> {
        let step = self.order.step(&index.to_string());
        let under = format!("pupils.{index}");
        let candidate = self.candidate(&step, &under, pupil).await?;
        self.book(&step, candidate, or_wait).await
    }
}

fn line(index: u32, booked: Result<SeatBooked, Refused>) -> BookedLine {
    let (booked, refused) = match booked {
        Ok(booked) => (Some(booked), None),
        Err(refused) => (None, Some(refused)),
    };
    BookedLine { index, booked, refused }
}
