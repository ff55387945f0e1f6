//! What holds after any sequence of commands. The model below knows nothing of the rules: it
//! only counts what the events say.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::{kernel::decider::Decider as _, ministages::slot::SlotState};

/// One step of a sequence.
#[derive(Debug, Clone)]
enum Step {
    Book {
        pupil: u128,
        or_wait: bool,
    },
    BookAll {
        pupils: Vec<u128>,
    },
    Change {
        seats: u16,
    },
    Withdraw,
    /// About one of the bookings asked for before.
    About {
        of: usize,
        deed: Deed,
    },
}

/// What is asked of a booking.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Cancel(Side),
    Correct { pupil: u128 },
    Expire,
    Accept,
    Decline,
    Lapse,
    Confirm,
    Unconfirm,
    Record { present: bool },
}

/// Steps, and how many hours pass before each.
fn steps() -> impl Strategy<Value = Vec<(Step, i64)>> {
    let deed = prop_oneof![
        4 => Just(Deed::Cancel(Side::Origin)),
        1 => Just(Deed::Cancel(Side::Host)),
        2 => (0..9_u128).prop_map(|pupil| Deed::Correct { pupil }),
        2 => Just(Deed::Expire),
        4 => Just(Deed::Accept),
        2 => Just(Deed::Decline),
        3 => Just(Deed::Lapse),
        1 => Just(Deed::Confirm),
        1 => Just(Deed::Unconfirm),
        1 => any::<bool>().prop_map(|present| Deed::Record { present }),
    ];
    let step = prop_oneof![
        30 => (0..9_u128, any::<bool>()).prop_map(|(pupil, or_wait)| Step::Book { pupil, or_wait }),
        8 => prop::collection::vec(0..9_u128, 0..4).prop_map(|pupils| Step::BookAll { pupils }),
        8 => (0..6_u16).prop_map(|seats| Step::Change { seats }),
        1 => Just(Step::Withdraw),
        60 => (0..64_usize, deed).prop_map(|(of, deed)| Step::About { of, deed }),
    ];
    prop::collection::vec((step, 0..16_i64), 1..60)
}

/// What the events say, counted.
#[derive(Debug, Default)]
struct Model {
    seats: usize,
    booked: BTreeSet<BookingId>,
    kept: BTreeSet<BookingId>,
    waiting: Vec<BookingId>,
    pupils: Vec<(BookingId, PersonId)>,
}

impl Model {
    fn held(&self) -> usize {
        self.booked.len() + self.kept.len()
    }

    fn leave(&mut self, booking: BookingId) {
        self.booked.remove(&booking);
        self.kept.remove(&booking);
        self.waiting.retain(|waiting| *waiting != booking);
        self.pupils.retain(|(active, _)| *active != booking);
    }

    fn join(&mut self, booking: BookingId, pupil: &Personal<PupilIdentity>) {
        let person = pupil.person();
        assert!(self.pupils.iter().all(|(_, other)| *other != person));
        self.pupils.push((booking, person));
    }

    fn see(&mut self, event: &Event) {
        match event {
            Event::SlotPublished { details, .. } | Event::SlotChanged { details, .. } => {
                self.seats = usize::from(details.seats);
            }
            Event::SlotWithdrawn { bookings, .. } => {
                assert_eq!(bookings.len(), self.held() + self.waiting.len());
                for booking in bookings {
                    self.leave(*booking);
                }
            }
            Event::SeatBooked { booking, pupil, .. } => {
                assert!(self.waiting.is_empty(), "a newcomer overtook the list");
                self.join(*booking, pupil);
                self.booked.insert(*booking);
            }
            Event::WaitlistJoined { booking, pupil, .. } => {
                self.join(*booking, pupil);
                self.waiting.push(*booking);
            }
            Event::WaitlistPromoted { booking, .. } => {
                assert_eq!(self.waiting.first(), Some(booking), "not the first");
                self.waiting.remove(0);
                self.kept.insert(*booking);
            }
            Event::WaitlistAccepted { booking, .. } => {
                assert!(self.kept.remove(booking));
                self.booked.insert(*booking);
            }
            Event::BookingCancelled { booking, .. }
            | Event::BookingExpired { booking, .. }
            | Event::WaitlistLapsed { booking, .. } => self.leave(*booking),
            Event::PupilCorrected { booking, pupil, .. } => {
                let person = pupil.person();
                assert!(self.pupils.contains(&(*booking, person)), "another’s booking");
            }
            Event::BookingConfirmed { .. }
            | Event::BookingUnconfirmed { .. }
            | Event::AttendanceRecorded { .. }
            | Event::AttendanceCorrected { .. }
            | Event::AppreciationGiven { .. } => {}
        }
        assert!(self.held() <= self.seats, "one seat too many");
    }

    /// Sees what one decision wrote: no more promotions than it freed or added seats, and no
    /// seat left free while someone waits.
    fn see_decision(&mut self, events: &[Event], begun: bool) {
        let (held, seats) = (self.held(), self.seats);
        let mut promotions = 0;
        for event in events {
            promotions += usize::from(matches!(event, Event::WaitlistPromoted { .. }));
            self.see(event);
        }
        let freed = (held + promotions).saturating_sub(self.held());
        let added = self.seats.saturating_sub(seats);
        assert!(promotions <= freed + added, "more promotions than seats");
        assert!(begun || self.held() == self.seats || self.waiting.is_empty());
    }
}

/// The command of a step; `asked` counts the bookings asked for so far.
fn command(step: Step, now: Moment, asked: &mut u128) -> Command {
    let rules = Rules::default();
    let mut new = |pupil_number: u128| {
        *asked += 1;
        Candidate { booking: booking(*asked), pupil: pupil(pupil_number), ..candidate(0) }
    };
    match step {
        Step::Book { pupil, or_wait } => {
            Command::BookSeat { candidate: new(pupil), or_wait, rules, now }
        }
        Step::BookAll { pupils } => {
            Command::BookSeats { candidates: pupils.into_iter().map(new).collect(), rules, now }
        }
        Step::Change { seats } => Command::ChangeSlot { details: details(seats), rules, now },
        Step::Withdraw => Command::WithdrawSlot { reason: "professeur absent".to_owned(), now },
        Step::About { of, deed } => {
            about(booking(1 + of as u128 % (*asked).max(1)), deed, rules, now)
        }
    }
}

fn about(booking: BookingId, deed: Deed, rules: Rules, now: Moment) -> Command {
    match deed {
        Deed::Cancel(by) => Command::CancelBooking { booking, reason: None, by, rules, now },
        Deed::Correct { pupil: number } => {
            Command::CorrectPupil { booking, pupil: pupil(number), now }
        }
        Deed::Expire => Command::ExpireBooking { booking, rules, now },
        Deed::Accept => Command::AcceptPromotion { booking, now },
        Deed::Decline => Command::DeclinePromotion { booking, rules, now },
        Deed::Lapse => Command::LapsePromotion { booking, rules, now },
        Deed::Confirm => Command::ConfirmBooking { booking },
        Deed::Unconfirm => Command::UnconfirmBooking { booking },
        Deed::Record { present } => Command::RecordAttendance { booking, present, now },
    }
}

fn later(now: Moment, hours: i64) -> Moment {
    let hours = SignedDuration::from_hours(hours);
    Moment { at: now.at.checked_add(hours).unwrap(), local: now.local.checked_add(hours).unwrap() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_breaks_a_slot(seats in 1..4_u16, steps in steps()) {
        let mut log = vec![published(seats)];
        let mut model = Model::default();
        model.see(&log[0]);
        let mut state = Slot::evolve(SlotState::default(), &log[0]);
        let mut now = moment(EARLY);
        let mut asked = 0;

        for (step, hours) in steps {
            now = later(now, hours);
            if let Ok(events) = Slot::decide(&state, command(step, now, &mut asked)) {
                state = events.iter().fold(state, Slot::evolve);
                model.see_decision(&events, now.local >= wall(BEGINNING));
                log.extend(events);
            }
        }

        // The log, written and read back, gives the same state.
        let written = serde_json::to_string(&log).unwrap();
        let read: Vec<Event> = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(read.iter().fold(SlotState::default(), Slot::evolve), state);
    }
}
