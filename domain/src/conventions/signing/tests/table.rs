//! Every state with every command.

use super::{
    CODE, Event, LinkCause, Signatory, Signing, again::ask_again, at, code_sent, completed,
    correction::correct, decline, declined, open, opened, opening, request_code, send, sign,
    signed,
};
use crate::{
    conventions::signing::{SigningCommand, SigningEnd},
    conventions::terms::Change,
    kernel::table::table,
};

#[test]
fn every_state_meets_every_command() {
    let with = |more: &[Event]| {
        let mut events = opened();
        events.extend_from_slice(more);
        events
    };
    let guardian = Signatory::Guardian;
    let signed_by_guardian = [code_sent(guardian, CODE, at(1)), signed(guardian)];
    let mut all = signed_by_guardian.to_vec();
    all.extend([signed(Signatory::Host), completed()]);
    let closed = super::Event::SigningClosed {
        convention: super::convention(),
        cause: SigningEnd::Deposited,
    };
    let phases = [
        ("NotOpened", Vec::new()),
        ("Open", opened()),
        ("Code", with(&[code_sent(guardian, CODE, at(1))])),
        ("Signed", with(&signed_by_guardian)),
        ("Declined", with(&[declined(guardian)])),
        ("Completed", with(&all)),
        ("Closed", with(&[closed])),
    ];
    let commands = [
        ("open", open(opening())),
        ("send link", send(guardian, LinkCause::Lost, 2)),
        ("to a stored", send(Signatory::Origin, LinkCause::Lost, 2)),
        ("correct", correct(Signatory::Host, 0)),
        ("request code", request_code(guardian, CODE, 2)),
        ("sign", sign(guardian, 2)),
        ("decline", decline(guardian)),
        ("close", SigningCommand::CloseSigning { cause: SigningEnd::Lapsed }),
    ];

    assert_eq!(table::<Signing>(&phases, &commands), TABLE);

    let again =
        [("contract", ask_again(&[Change::Place])), ("name", ask_again(&[Change::GuardianName]))];
    assert_eq!(table::<Signing>(&phases, &again), AGAIN);
}

const TABLE: &str = "
              NotOpened                                      Open                                Code                                Signed                              Declined                                       Completed         Closed
open          SigningOpened+SigningLinkSent+SigningLinkSent  ✗AlreadyOpen                        ✗AlreadyOpen                        ✗AlreadyOpen                        SigningOpened+SigningLinkSent+SigningLinkSent  ✗AlreadyComplete  SigningOpened+SigningLinkSent+SigningLinkSent
send link     ✗NotOpen                                       SigningLinkSent                     SigningLinkSent                     ✗AlreadySigned                      ✗NotOpen                                       ✗AlreadySigned    ✗NotOpen
to a stored   ✗NotOpen                                       ✗NotToAsk                           ✗NotToAsk                           ✗NotToAsk                           ✗NotOpen                                       ✗NotOpen          ✗NotOpen
correct       ✗NotOpen                                       SignatoryCorrected+SigningLinkSent  SignatoryCorrected+SigningLinkSent  SignatoryCorrected+SigningLinkSent  ✗NotOpen                                       ✗AlreadySigned    ✗NotOpen
request code  ✗NotOpen                                       SigningCodeSent                     SigningCodeSent                     ✗AlreadySigned                      ✗NotOpen                                       ✗AlreadySigned    ✗NotOpen
sign          ✗NotOpen                                       ✗CodeOver                           SignatureApplied                    ✗AlreadySigned                      ✗NotOpen                                       ✗AlreadySigned    ✗NotOpen
decline       ✗NotOpen                                       SignatureDeclined                   SignatureDeclined                   ✗AlreadySigned                      ✗NotOpen                                       ✗AlreadySigned    ✗NotOpen
close         -                                              SigningClosed                       SigningClosed                       SigningClosed                       SigningClosed                                  SigningClosed     -";

const AGAIN: &str = "
          NotOpened  Open                                                  Code                                                  Signed                                                Declined  Completed                                             Closed
contract  -          SignaturesAskedAgain+SigningLinkSent+SigningLinkSent  SignaturesAskedAgain+SigningLinkSent+SigningLinkSent  SignaturesAskedAgain+SigningLinkSent+SigningLinkSent  -         SignaturesAskedAgain+SigningLinkSent+SigningLinkSent  -
name      -          SignaturesAskedAgain+SigningLinkSent+SigningLinkSent  SignaturesAskedAgain+SigningLinkSent+SigningLinkSent  SignaturesAskedAgain+SigningLinkSent+SigningLinkSent  -         SignaturesAskedAgain+SigningLinkSent                  -";
