//! Publishing, changing and withdrawing.

use super::*;

#[test]
fn a_slot_is_published_once() {
    given::<Slot>(&[]).when(publish(details(4), EARLY)).then(&[published(4)]);
    given::<Slot>(&[published(4)])
        .when(publish(details(4), EARLY))
        .then_refused(&Refusal::AlreadyPublished);
}

#[test]
fn a_slot_ends_after_it_begins() {
    let backwards = SlotDetails { end: time(9, 0, 0, 0), ..details(4) };

    given::<Slot>(&[])
        .when(publish(backwards.clone(), EARLY))
        .then_refused(&Refusal::EndsBeforeItBegins);
    given::<Slot>(&[published(4)])
        .when(change(backwards, EARLY))
        .then_refused(&Refusal::EndsBeforeItBegins);
}

#[test]
fn a_slot_lies_in_the_future() {
    given::<Slot>(&[]).when(publish(details(4), "2026-11-12T08:59")).then(&[published(4)]);
    given::<Slot>(&[]).when(publish(details(4), BEGINNING)).then_refused(&Refusal::InThePast);
}

#[test]
fn a_slot_has_from_1_to_500_seats() {
    for seats in [1, 500] {
        given::<Slot>(&[]).when(publish(details(seats), EARLY)).then(&[published(seats)]);
    }
    for seats in [0, 501] {
        given::<Slot>(&[])
            .when(publish(details(seats), EARLY))
            .then_refused(&Refusal::SeatsOutOfBounds);
    }
}

#[test]
fn a_change_names_the_bookings_whose_schools_should_know() {
    let in_room_b12 = SlotDetails { room: Some("B12".to_owned()), ..details(1) };

    given::<Slot>(&[published(1), booked(1, EARLY), joined(2)])
        .when(change(in_room_b12.clone(), EARLY))
        .then(&[changed(in_room_b12, &[1, 2])]);
}

#[test]
fn a_change_of_nothing_writes_nothing() {
    given::<Slot>(&[published(4)]).when(change(details(4), BEGINNING)).then_nothing();
}

#[test]
fn seats_are_never_fewer_than_are_held() {
    let before = [published(3), booked(1, EARLY), booked(2, EARLY)];

    given::<Slot>(&before).when(change(details(2), EARLY)).then(&[changed(details(2), &[])]);
    given::<Slot>(&before)
        .when(change(details(1), EARLY))
        .then_refused(&Refusal::SeatsHeld { held: 2 });
}

#[test]
fn a_seat_kept_for_a_promotion_is_held() {
    let before = [
        published(2),
        booked(1, EARLY),
        booked(2, EARLY),
        joined(3),
        cancelled(1, Side::Origin),
        promoted(3, TWO_DAYS_LATER),
    ];

    given::<Slot>(&before)
        .when(change(details(1), EARLY))
        .then_refused(&Refusal::SeatsHeld { held: 2 });
}

#[test]
fn more_seats_promote_as_many_as_now_fit() {
    let before = [published(1), booked(1, EARLY), joined(2), joined(3), joined(4)];

    given::<Slot>(&before).when(change(details(3), EARLY)).then(&[
        changed(details(3), &[]),
        promoted(2, TWO_DAYS_LATER),
        promoted(3, TWO_DAYS_LATER),
    ]);
}

#[test]
fn the_day_and_the_hours_are_bound_while_seats_are_held() {
    let next_day = SlotDetails { date: date(2026, 11, 13), ..details(4) };
    let later = SlotDetails { start: time(10, 0, 0, 0), ..details(4) };
    let longer = SlotDetails { end: time(13, 0, 0, 0), ..details(4) };
    for other in [next_day, later, longer] {
        given::<Slot>(&[published(4), booked(1, EARLY)])
            .when(change(other.clone(), EARLY))
            .then_refused(&Refusal::DateBound { held: 1 });
        given::<Slot>(&[published(4), booked(1, EARLY), cancelled(1, Side::Origin)])
            .when(change(other.clone(), EARLY))
            .then(&[changed(other, &[])]);
    }
}

#[test]
fn a_slot_that_has_begun_changes_no_more() {
    given::<Slot>(&[published(4)])
        .when(change(details(5), BEGINNING))
        .then_refused(&Refusal::HasBegun);
}

#[test]
fn a_withdrawn_slot_lists_all_that_is_void_by_it() {
    let before = [
        published(2),
        booked(1, EARLY),
        booked(2, EARLY),
        joined(3),
        joined(4),
        cancelled(1, Side::Origin),
        promoted(3, TWO_DAYS_LATER),
    ];

    given::<Slot>(&before).when(withdraw(EARLY)).then(&[withdrawn(&[2, 3, 4])]);
}

#[test]
fn a_slot_that_has_begun_is_not_withdrawn() {
    given::<Slot>(&[published(4), booked(1, EARLY)])
        .when(withdraw("2026-11-12T08:59"))
        .then(&[withdrawn(&[1])]);
    given::<Slot>(&[published(4), booked(1, EARLY)])
        .when(withdraw(BEGINNING))
        .then_refused(&Refusal::HasBegun);
}
