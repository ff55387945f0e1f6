//! Booking one pupil, or a list.

use super::*;

#[test]
fn a_pupil_books_a_free_seat() {
    given::<Slot>(&[published(4)]).when(book(candidate(1), EARLY)).then(&[booked(1, EARLY)]);
}

#[test]
fn the_fifth_pupil_of_a_four_seat_slot_waits_or_is_refused() {
    let full =
        [published(4), booked(1, EARLY), booked(2, EARLY), booked(3, EARLY), booked(4, EARLY)];

    given::<Slot>(&full).when(book_or_wait(candidate(5), EARLY)).then(&[joined(5)]);
    given::<Slot>(&full)
        .when(book(candidate(5), EARLY))
        .then_refused(&Refusal::SlotFull { left: 0 });
}

#[test]
fn a_pupil_has_one_active_booking_in_a_slot() {
    let again = Candidate { booking: booking(9), ..candidate(1) };

    given::<Slot>(&[published(4), booked(1, EARLY)])
        .when(book(again.clone(), EARLY))
        .then_refused(&Refusal::AlreadyBooked { booking: booking(1) });
    given::<Slot>(&[published(1), booked(2, EARLY), joined(1)])
        .when(book_or_wait(again.clone(), EARLY))
        .then_refused(&Refusal::AlreadyBooked { booking: booking(1) });
    given::<Slot>(&[published(4), booked(1, EARLY), cancelled(1, Side::Origin)])
        .when(book(again, EARLY))
        .then(&[Event::SeatBooked {
            slot: SLOT,
            booking: booking(9),
            pupil: pupil(1),
            origin: college(),
            kind: PupilKind::External,
            at: instant(EARLY),
        }]);
}

#[test]
fn a_bookings_id_is_used_once() {
    let other_pupil = Candidate { pupil: pupil(2), ..candidate(1) };

    given::<Slot>(&[published(4), booked(1, EARLY), cancelled(1, Side::Origin)])
        .when(book(other_pupil, EARLY))
        .then_refused(&Refusal::BookingExists);
}

#[test]
fn bookings_close_at_midnight_so_many_days_before() {
    given::<Slot>(&[published(4)])
        .when(book(candidate(1), "2026-11-10T23:59"))
        .then(&[booked(1, "2026-11-10T23:59")]);
    given::<Slot>(&[published(4)])
        .when(book(candidate(1), CLOSING))
        .then_refused(&Refusal::DeadlinePassed { closed_at: wall(CLOSING) });
}

#[test]
fn zero_days_before_is_until_the_slot_begins() {
    let rules = || Rules { booking_closes_days: 0, ..Rules::default() };

    given::<Slot>(&[published(4)])
        .when(book_under(rules(), candidate(1), "2026-11-12T08:59"))
        .then(&[booked(1, "2026-11-12T08:59")]);
    given::<Slot>(&[published(4)])
        .when(book_under(rules(), candidate(1), BEGINNING))
        .then_refused(&Refusal::DeadlinePassed { closed_at: wall(BEGINNING) });
}

#[test]
fn a_school_holds_so_many_seats_waiting_pupils_counted() {
    let rules = || Rules { seats_per_school: Some(2), ..Rules::default() };
    let from_elsewhere = Candidate { origin: other_college(), ..candidate(3) };

    for before in [
        [published(4), booked(1, EARLY), booked(2, EARLY)],
        [published(4), booked(1, EARLY), joined(2)],
    ] {
        given::<Slot>(&before)
            .when(book_under(rules(), candidate(3), EARLY))
            .then_refused(&Refusal::SchoolQuotaReached { most: 2 });
    }
    given::<Slot>(&[published(4), booked(1, EARLY), booked(2, EARLY)])
        .when(book_under(rules(), from_elsewhere, EARLY))
        .then(&[Event::SeatBooked {
            slot: SLOT,
            booking: booking(3),
            pupil: pupil(3),
            origin: other_college(),
            kind: PupilKind::External,
            at: instant(EARLY),
        }]);
}

#[test]
fn a_pupil_holds_so_many_bookings_on_the_platform() {
    let rules = || Rules { bookings_per_pupil: Some(2), ..Rules::default() };
    let holding = |held| Candidate { held, ..candidate(1) };

    given::<Slot>(&[published(4)])
        .when(book_under(rules(), holding(1), EARLY))
        .then(&[booked(1, EARLY)]);
    given::<Slot>(&[published(4)])
        .when(book_under(rules(), holding(2), EARLY))
        .then_refused(&Refusal::PupilQuotaReached { most: 2 });
}

#[test]
fn a_list_is_booked_whole() {
    given::<Slot>(&[published(4), booked(1, EARLY)])
        .when(book_all(vec![candidate(2), candidate(3), candidate(4)], EARLY))
        .then(&[booked(2, EARLY), booked(3, EARLY), booked(4, EARLY)]);
}

#[test]
fn a_list_longer_than_the_seats_left_books_nobody() {
    given::<Slot>(&[published(3), booked(1, EARLY)])
        .when(book_all(vec![candidate(2), candidate(3), candidate(4)], EARLY))
        .then_refused(&Refusal::SlotFull { left: 2 });
}

#[test]
fn a_list_names_each_pupil_once() {
    let twice = Candidate { booking: booking(9), ..candidate(2) };

    given::<Slot>(&[published(4)])
        .when(book_all(vec![candidate(1), candidate(2), twice], EARLY))
        .then_refused(&Refusal::AlreadyBooked { booking: booking(2) });
}

#[test]
fn a_list_counts_as_it_goes_against_the_schools_quota() {
    let command = Command::BookSeats {
        candidates: vec![candidate(1), candidate(2), candidate(3)],
        rules: Rules { seats_per_school: Some(2), ..Rules::default() },
        now: moment(EARLY),
    };

    given::<Slot>(&[published(4)])
        .when(command)
        .then_refused(&Refusal::SchoolQuotaReached { most: 2 });
}

#[test]
fn an_empty_list_books_nobody() {
    given::<Slot>(&[published(4)])
        .when(book_all(vec![], EARLY))
        .then_refused(&Refusal::NobodyToBook);
}

#[test]
fn a_list_comes_too_late_like_a_pupil() {
    given::<Slot>(&[published(4)])
        .when(book_all(vec![candidate(1)], CLOSING))
        .then_refused(&Refusal::DeadlinePassed { closed_at: wall(CLOSING) });
}
