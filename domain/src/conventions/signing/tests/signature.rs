//! Signing.

use super::{
    CODE, Command, Evidence, Signatory, SignatureMethod, ZOE, after, at, code_sent, completed,
    decline, declined, evidence, link_of, open, opening, request_code, sign, signed,
};
use crate::{conventions::signing::SigningRefusal, kernel::personal::Personal};

const GUARDIAN: Signatory = Signatory::Guardian;
const HOST: Signatory = Signatory::Host;

#[test]
fn the_last_to_sign_completes_it() {
    let mut log = vec![code_sent(GUARDIAN, CODE, at(1))];

    after(&log).when(sign(GUARDIAN, 2)).then(&[signed(GUARDIAN)]);
    log.extend([signed(GUARDIAN), code_sent(HOST, CODE, at(3))]);
    after(&log).when(sign(HOST, 4)).then(&[signed(HOST), completed()]);
}

#[test]
fn a_link_dies_once_it_has_signed() {
    let log = [code_sent(GUARDIAN, CODE, at(1)), signed(GUARDIAN)];

    after(&log).when(sign(GUARDIAN, 2)).then_refused(&SigningRefusal::AlreadySigned);
    after(&log).when(request_code(GUARDIAN, CODE, 2)).then_refused(&SigningRefusal::AlreadySigned);
    after(&log).when(decline(GUARDIAN)).then_refused(&SigningRefusal::AlreadySigned);
}

#[test]
fn the_words_are_typed_in_any_case_but_typed() {
    let typed = |words: &str| Command::ApplySignature {
        role: GUARDIAN,
        link: link_of(GUARDIAN),
        code: CODE,
        code_is_right: true,
        evidence: Box::new(Evidence { words: Personal::new(ZOE, words.to_owned()), ..evidence() }),
        at: at(2),
    };
    let log = [code_sent(GUARDIAN, CODE, at(1))];

    for words in ["LU ET APPROUVE", " lu  et approuvé ", "« Lu et approuvé »"] {
        assert_eq!(after(&log).when(typed(words)).outcome().map(|events| events.len()), Ok(1));
    }
    for words in ["", "lu", "approuvé et lu", "lu et approuvée"] {
        after(&log).when(typed(words)).then_refused(&SigningRefusal::WordsMissing);
    }
}

#[test]
fn a_drawn_signature_has_its_picture() {
    let log = [code_sent(GUARDIAN, CODE, at(1))];
    let drawn = Evidence { method: SignatureMethod::Drawn, ..evidence() };
    let command = Command::ApplySignature {
        role: GUARDIAN,
        link: link_of(GUARDIAN),
        code: CODE,
        code_is_right: true,
        evidence: Box::new(drawn),
        at: at(2),
    };

    after(&log).when(command).then_refused(&SigningRefusal::NoSignature);
}

#[test]
fn who_declines_ends_the_round() {
    after(&[]).when(decline(GUARDIAN)).then(&[declined(GUARDIAN)]);
    let over = [declined(GUARDIAN)];

    after(&over).when(request_code(HOST, CODE, 6)).then_refused(&SigningRefusal::NotOpen);
    after(&[]).when(open(opening())).then_refused(&SigningRefusal::AlreadyOpen);
}
