//! Slots, bookings and figures. The slot is the host's, on `demo`; the pupils in it are of the
//! school of origin `0491234A`.

use domain::ministages::slot::SlotCommand;
use schema::testing::World;

use super::{Row, table};

pub(crate) fn rows() -> Vec<Row> {
    [catalogue(), lists(), figures(), slots(), book(), bookings(), heard()].concat()
}

async fn placed(world: World) {
    world.placed().await;
}

async fn promoted(world: World) {
    world.placed().await;
    world.promoted().await;
}

async fn begun(world: World) {
    world.placed().await;
    world.attended().await;
}

/// The slot is empty again, so that it may be changed at will.
async fn emptied(world: World) {
    world.placed().await;
    world.promoted().await;
    let decline = SlotCommand::DeclinePromotion {
        booking: World::waiting(),
        rules: domain::platforms::rules::Rules::default(),
        now: world.moment(),
    };
    world.to_slot(decline).await;
}

fn catalogue() -> Vec<Row> {
    table! {
        //          V O o H h T A a U X
        Query slots "+ + + + + + + + + +" "{ done: slots(platform: \"demo\") { total } }" {};
        Query slot  "+ + + + + + + + + +"
            "{ done: slot(id: \"00000000-0000-0000-0000-000000000051\") { id } }" {} given placed;
    }
}

fn lists() -> Vec<Row> {
    table! {
        //                 V O o H h T A a U X
        Query bookings     "? + - + - + + - + -"
            "{ done: bookings(filter: {platform: \"demo\", host: \"0590121L\", origin: \"0491234A\"}) { total } }" {};
        Query booking      "? + 0 + 0 + + 0 + 0"
            "{ done: booking(id: \"00000000-0000-0000-0000-0000000000b0\") { id } }" {} given placed;
        Query waitlist     "? - - + - + + - + -"
            "{ done: waitlist(slot: \"00000000-0000-0000-0000-000000000051\") { id } }" {} given placed;
        Query dayList      "? - - + - + + - + -"
            "{ done: dayList(platform: \"demo\", host: \"0590121L\", date: \"2027-03-09\") { id } }" {};
        Query searchPupils "? - - + - + + - + -"
            "{ done: searchPupils(platform: \"demo\", host: \"0590121L\", text: \"zoe\") { id } }" {};
        Query agenda       "? - - + - + + - + -"
            "{ done: agenda(uai: \"0590121L\", from: \"2027-03-01\", to: \"2027-03-31\") { slots { id } } }" {};
        Query calendarUrl  "? + - - - - - - - -" "{ done: calendarUrl(uai: \"0491234A\") }" {};
    }
}

fn figures() -> Vec<Row> {
    table! {
        //               V O o H h T A a U X
        Query dashboard  "? + - + - - + - + -"
            "{ done: dashboard(platform: \"demo\", host: \"0590121L\", origin: \"0491234A\") { today } }" {};
        Query statistics "? + - + - - + - + -"
            "{ done: statistics(platform: \"demo\", host: \"0590121L\", origin: \"0491234A\", from: \"2027-01-01\", to: \"2027-06-30\", by: FORMATION) { booked } }" {};
    }
}

fn slots() -> Vec<Row> {
    table! {
        //                     V O o H h T A a U X
        Mutation publishSlot   "? - - + - - + - - -"
            "mutation { done: publishSlot(input: {platform: \"demo\", host: \"0590121L\", formation: \"00000000-0000-0000-0000-0000000000f0\", details: {date: \"2027-03-09\", start: \"8:15\", end: \"12:00\", seats: 4}}) { __typename } }" {};
        Mutation changeSlot    "? - - + - - + - - -"
            "mutation { done: changeSlot(input: {slot: \"00000000-0000-0000-0000-000000000051\", details: {date: \"2027-03-10\", start: \"8:15\", end: \"12:00\", seats: 4}}) { __typename } }" {}
            given emptied;
        Mutation duplicateSlot "? - - + - - + - - -"
            "mutation { done: duplicateSlot(input: {slot: \"00000000-0000-0000-0000-000000000051\", dates: [\"2027-03-16\"]}) { __typename } }" {}
            given placed;
        Mutation withdrawSlot  "? - - + - - + - - -"
            "mutation { done: withdrawSlot(input: {slot: \"00000000-0000-0000-0000-000000000051\", reason: \"Travaux\"}) { __typename } }" {}
            given placed;
    }
}

fn book() -> Vec<Row> {
    table! {
        //                 V O o H h T A a U X
        Mutation bookSeat  "? + - - - - + - - -"
            "mutation { done: bookSeat(input: {slot: \"00000000-0000-0000-0000-000000000051\", origin: \"0491234A\", kind: INTERNAL, orWait: true, pupil: {lastName: \"Durand\", firstName: \"Eva\"}}) { __typename } }" {}
            given placed;
        Mutation bookSeats "? + - - - - + - - -"
            "mutation { done: bookSeats(input: {slot: \"00000000-0000-0000-0000-000000000051\", origin: \"0491234A\", kind: INTERNAL, mode: ALL, pupils: [{lastName: \"Durand\", firstName: \"Eva\"}]}) { __typename } }" {}
            given emptied;
    }
}

fn bookings() -> Vec<Row> {
    table! {
        //                         V O o H h T A a U X
        Mutation cancelBooking     "? + 0 + 0 - + 0 - 0"
            "mutation { done: cancelBooking(input: {booking: \"00000000-0000-0000-0000-0000000000b0\"}) { __typename } }" {}
            given placed;
        Mutation correctPupil      "? + 0 - 0 - + 0 - 0"
            "mutation { done: correctPupil(input: {booking: \"00000000-0000-0000-0000-0000000000b0\", pupil: {lastName: \"Durand\", firstName: \"Eva\"}}) { __typename } }" {}
            given placed;
        Mutation acceptPromotion   "? + 0 - 0 - + 0 - 0"
            "mutation { done: acceptPromotion(input: {booking: \"00000000-0000-0000-0000-0000000000b1\"}) { __typename } }" {}
            given promoted;
        Mutation declinePromotion  "? + 0 - 0 - + 0 - 0"
            "mutation { done: declinePromotion(input: {booking: \"00000000-0000-0000-0000-0000000000b1\"}) { __typename } }" {}
            given promoted;
        Mutation recordAttendance  "? - 0 + 0 + + 0 - 0"
            "mutation { done: recordAttendance(input: {booking: \"00000000-0000-0000-0000-0000000000b0\", present: false}) { __typename } }" {}
            given begun;
        Mutation giveAppreciation  "? - 0 + 0 + + 0 - 0"
            "mutation { done: giveAppreciation(input: {booking: \"00000000-0000-0000-0000-0000000000b0\", text: \"Très bien\"}) { __typename } }" {}
            given begun;
    }
}

fn heard() -> Vec<Row> {
    table! {
        //                             V O o H h T A a U X
        Subscription changes           "? + - + - - + - + -"
            "subscription { done: changes(platform: \"demo\", host: \"0590121L\", origin: \"0491234A\") { position } }" {};
    }
}
