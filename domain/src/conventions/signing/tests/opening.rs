//! Who is asked.

use jiff::civil::date;

use super::{
    Signatory, Signing, asked, completed, contact, declined, open, opened, opened_anew, opening,
    signed,
};
use crate::{
    conventions::signing::{Opening, SigningEnd, SigningEvent, SigningRefusal},
    kernel::spec::given,
};

#[test]
fn a_link_leaves_to_each_who_must_sign_and_has_not() {
    given::<Signing>(&[]).when(open(opening())).then(&opened());
}

#[test]
fn a_guardian_is_asked_for_a_minor_whatever_the_rule_is() {
    let bare = Opening { rule: Vec::new(), stored: Vec::new(), invited: Vec::new(), ..opening() };

    given::<Signing>(&[])
        .when(open(bare.clone()))
        .then_refused(&SigningRefusal::NoContact { role: Signatory::Guardian });
    given::<Signing>(&[])
        .when(open(Opening { born: None, ..bare }))
        .then_refused(&SigningRefusal::NoContact { role: Signatory::Guardian });
}

#[test]
fn a_pupil_of_age_signs_in_the_guardians_place() {
    let of_age = Opening { born: Some(date(2009, 1, 13)), ..opening() };

    given::<Signing>(&[])
        .when(open(of_age))
        .then_refused(&SigningRefusal::NotToAsk { role: Signatory::Guardian });
}

#[test]
fn nobody_is_asked_twice_nor_for_a_signature_that_is_stored() {
    for extra in [Signatory::Guardian, Signatory::Origin, Signatory::Pupil] {
        let mut it = opening();
        it.invited.push(asked(extra));

        given::<Signing>(&[])
            .when(open(it))
            .then_refused(&SigningRefusal::NotToAsk { role: extra });
    }
}

#[test]
fn no_two_have_one_mail_address_or_one_telephone() {
    for same in [
        contact("Paul Démo", "CLAIRE@Example.org", None),
        contact("Paul Démo", "paul@example.org", Some("+33 6 12 34 56 78")),
        contact("Paul Démo", "paul@example.org", Some("0033612345678")),
        contact("Paul Démo", "paul@example.org", Some("06.12.34.56.78")),
        contact("Paul Démo", "paul@example.org", Some("+33 (0)6 12 34 56 78")),
    ] {
        let mut it = opening();
        it.invited[1].contact = same;

        given::<Signing>(&[]).when(open(it)).then_refused(&SigningRefusal::SameContact {
            role: Signatory::Host,
            other: Signatory::Guardian,
        });
    }
}

#[test]
fn nobody_is_asked_once_the_placement_is_over() {
    let late = Opening { at: opening().ends, ..opening() };

    given::<Signing>(&[]).when(open(late)).then_refused(&SigningRefusal::PlacementOver);
}

#[test]
fn another_round_begins_with_nothing_signed() {
    let mut log = opened();
    log.extend([signed(Signatory::Guardian), declined(Signatory::Host)]);

    given::<Signing>(&log).when(open(opening())).then(&opened_anew(2));
}

#[test]
fn what_was_completed_is_asked_for_again_only_once_it_counts_no_longer() {
    let mut log = opened();
    log.extend([signed(Signatory::Guardian), signed(Signatory::Host), completed()]);

    given::<Signing>(&log).when(open(opening())).then_refused(&SigningRefusal::AlreadyComplete);

    let convention = opening().convention;
    log.push(SigningEvent::SigningClosed { convention, cause: SigningEnd::Regenerated });
    given::<Signing>(&log).when(open(opening())).then(&opened_anew(2));
}
