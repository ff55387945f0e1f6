//! Reaching a signatory elsewhere.

use super::{
    CODE, Command, Contact, Event, Invited, LinkCause, Signatory, after, at, code_sent, contact,
    contact_of, convention, ends, evidence, link_sent, open, opened_anew, opening, request_code,
    sign, signed,
};
use crate::{
    conventions::signing::{CORRECTIONS, Correction, SigningRefusal, ToInvite},
    kernel::{ids::LinkId, personal::Personal},
};

const NEW_LINK: LinkId = LinkId::from_u128(91);
const HOST: Signatory = Signatory::Host;

fn elsewhere() -> Contact {
    contact("Paul Démo", "chef@lycee.example", None)
}

fn correction(role: Signatory, corrections: u16) -> Correction {
    let known = |role| (role, contact_of(role));
    Correction {
        to: ToInvite { role, contact: elsewhere(), link: NEW_LINK },
        others: vec![known(Signatory::Guardian), known(HOST)],
        corrections,
        at: at(30),
    }
}

pub(super) fn correct(role: Signatory, corrections: u16) -> Command {
    Command::CorrectSignatory(Box::new(correction(role, corrections)))
}

fn corrected() -> Vec<Event> {
    let to = Invited { role: HOST, contact: Personal::new(super::ZOE, elsewhere()) };
    vec![
        Event::SignatoryCorrected { convention: convention(), to },
        link_sent(HOST, NEW_LINK, LinkCause::Corrected, at(30)),
    ]
}

#[test]
fn a_new_link_leaves_to_the_new_address_at_once() {
    after(&[]).when(correct(HOST, 0)).then(&corrected());
}

#[test]
fn who_was_written_to_by_mistake_can_do_nothing_any_more() {
    let mut log = vec![code_sent(HOST, CODE, at(1))];
    log.extend(corrected());

    after(&log).when(sign(HOST, 31)).then_refused(&SigningRefusal::LinkOver);
    let with_the_new_link = Command::ApplySignature {
        role: HOST,
        link: NEW_LINK,
        code: CODE,
        code_is_right: true,
        evidence: Box::new(evidence()),
        at: at(31),
    };
    after(&log).when(with_the_new_link).then_refused(&SigningRefusal::CodeOver);
    after(&log).when(request_code(HOST, CODE, 31)).then_refused(&SigningRefusal::LinkOver);
}

#[test]
fn the_others_keep_what_they_have() {
    let mut log = vec![code_sent(Signatory::Guardian, CODE, at(29))];
    log.extend(corrected());

    after(&log).when(sign(Signatory::Guardian, 31)).then(&[signed(Signatory::Guardian)]);
}

#[test]
fn the_guardian_is_reached_as_the_booking_says() {
    after(&[]).when(correct(Signatory::Guardian, 0)).then_refused(&SigningRefusal::OfBooking);
}

#[test]
fn no_two_become_one() {
    let mut it = correction(HOST, 0);
    it.to.contact = contact("Paul Démo", "CLAIRE@example.org", None);

    after(&[signed(Signatory::Guardian)])
        .when(Command::CorrectSignatory(Box::new(it)))
        .then_refused(&SigningRefusal::SameContact { role: HOST, other: Signatory::Guardian });
}

#[test]
fn nothing_is_decided_on_contacts_of_before() {
    after(&corrected()).when(correct(HOST, 0)).then_refused(&SigningRefusal::ContactsChanged);
    after(&corrected()).when(correct(HOST, 1)).then(&corrected());
}

#[test]
fn another_round_begins_with_no_correction() {
    let mut log = corrected();
    log.push(super::declined(Signatory::Guardian));
    after(&log).when(open(opening())).then(&opened_anew(2));

    log.extend(opened_anew(2));
    after(&log).when(correct(HOST, 0)).then(&corrected());
}

#[test]
fn a_round_bears_so_many_corrections() {
    let log: Vec<Event> = (0..CORRECTIONS).flat_map(|_| corrected()).collect();

    after(&log).when(correct(HOST, CORRECTIONS)).then_refused(&SigningRefusal::TooManyCorrections);
}

#[test]
fn nobody_is_reached_once_the_placement_is_over() {
    let late = Correction { at: ends(), ..correction(HOST, 0) };

    after(&[])
        .when(Command::CorrectSignatory(Box::new(late)))
        .then_refused(&SigningRefusal::PlacementOver);
}
