//! Who signs again when the convention says something else.

use super::{
    CODE, Command, Event, LinkCause, Signatory, ZOE, after, asked, at, code_sent, completed,
    contact, contact_of, convention, decline, ends, link_of, link_sent, opening, sign, signed,
};
use crate::{
    conventions::{
        signing::{Invited, Opening, SigningEnd, SigningRefusal},
        terms::Change,
    },
    kernel::{ids::LinkId, personal::Personal},
};
use Signatory::{Guardian, Host, Origin, Pupil};

fn amended() -> Personal<String> {
    Personal::new(ZOE, "bb".repeat(32))
}

/// A link of the second round.
fn new_link(role: Signatory) -> LinkId {
    LinkId::from_u128(40 + role as u128)
}

/// What the new document is opened with: all are there, each with a new link.
fn anew() -> Opening {
    let mut it = Opening { document: amended(), at: at(60), ..opening() };
    for invited in &mut it.invited {
        invited.link = new_link(invited.role);
    }
    it
}

pub(super) fn ask_again(changes: &[Change]) -> Command {
    Command::AskAgain { opening: Box::new(anew()), changes: changes.to_vec() }
}

fn with(opening: Opening, changes: &[Change]) -> Command {
    Command::AskAgain { opening: Box::new(opening), changes: changes.to_vec() }
}

fn asked_again(changes: &[Change], kept: &[Signatory], invited: &[Signatory]) -> Event {
    let invite =
        |role: &Signatory| Invited { role: *role, contact: Personal::new(ZOE, contact_of(*role)) };
    Event::SignaturesAskedAgain {
        convention: convention(),
        round: 2,
        document: amended(),
        changes: changes.to_vec(),
        kept: kept.to_vec(),
        invited: invited.iter().map(invite).collect(),
        stored: vec![Origin],
        ends: ends(),
    }
}

fn sent(role: Signatory) -> Event {
    link_sent(role, new_link(role), LinkCause::Amended, at(60))
}

fn closed() -> Event {
    Event::SigningClosed { convention: convention(), cause: SigningEnd::Amended }
}

fn signed_by_all() -> [Event; 3] {
    [signed(Guardian), signed(Host), completed()]
}

#[test]
fn a_contractual_change_asks_everybody_again() {
    let change = [Change::Place];
    let expected = [asked_again(&change, &[], &[Guardian, Host]), sent(Guardian), sent(Host)];

    after(&[signed(Guardian)]).when(ask_again(&change)).then(&expected);
    after(&signed_by_all()).when(ask_again(&change)).then(&expected);
}

#[test]
fn a_misspelt_name_asks_those_it_concerns_again_and_keeps_the_others() {
    let change = [Change::GuardianName];
    let expected = [asked_again(&change, &[Host], &[Guardian]), sent(Guardian)];

    after(&signed_by_all()).when(ask_again(&change)).then(&expected);

    let mut log = signed_by_all().to_vec();
    log.extend(expected);
    log.push(code_sent(Guardian, CODE, at(61)));
    let signs = |link| match sign(Guardian, 62) {
        Command::ApplySignature { role, code, code_is_right, evidence, at, .. } => {
            Command::ApplySignature { role, link, code, code_is_right, evidence, at }
        }
        other => other,
    };
    after(&log).when(signs(link_of(Guardian))).then_refused(&SigningRefusal::LinkOver);
    after(&log).when(signs(new_link(Guardian))).then(&[signed(Guardian), completed()]);
    after(&log).when(decline(Host)).then_refused(&SigningRefusal::AlreadySigned);
}

#[test]
fn whoever_had_not_signed_has_a_new_link_to_the_new_document() {
    let change = [Change::ReceiverName];

    after(&[signed(Guardian)])
        .when(ask_again(&change))
        .then(&[asked_again(&change, &[Guardian], &[Host]), sent(Host)]);
    after(&[]).when(ask_again(&change)).then(&[
        asked_again(&change, &[], &[Guardian, Host]),
        sent(Guardian),
        sent(Host),
    ]);
}

#[test]
fn what_concerns_nobody_who_signs_is_complete_at_once() {
    let of_age = Opening { invited: vec![asked(Host)], stored: vec![Origin, Guardian], ..anew() };
    let change = [Change::Class];
    let Event::SignaturesAskedAgain { convention, round, document, changes, kept, ends, .. } =
        asked_again(&change, &[Host], &[])
    else {
        panic!("not asked again")
    };
    let (invited, stored) = (Vec::new(), of_age.stored.clone());
    let again = Event::SignaturesAskedAgain {
        convention,
        round,
        document,
        changes,
        kept,
        invited,
        stored,
        ends,
    };
    let complete = Event::SigningCompleted { convention, roles: vec![Host] };

    after(&signed_by_all()).when(with(of_age, &change)).then(&[again, complete]);
}

#[test]
fn the_signing_ends_where_who_signs_is_to_be_said_anew() {
    let mut same = anew();
    same.invited[1].contact = contact("Paul Démo", "claire@example.org", None);
    let of_age = Opening { born: Some(jiff::civil::date(2009, 1, 13)), ..anew() };
    let unstored = Opening { stored: Vec::new(), ..anew() };
    let rule = vec![Origin, Guardian, Pupil, Host];
    let more = Opening { rule, invited: [Guardian, Pupil, Host].map(asked).to_vec(), ..anew() };
    let late = Opening { at: ends(), ..anew() };

    for opening in [same, of_age, unstored, more, late] {
        after(&[signed(Guardian)]).when(with(opening, &[Change::Class])).then(&[closed()]);
    }
}
