//! What a command does.

mod again;
mod correction;
mod opening;
mod signature;
mod way;

use super::{
    SigningCommand, SigningEvent, SigningRefusal, SigningState,
    event::{Signatory, SigningEnd},
    state::{Round, Seat, Standing},
};

type Outcome = Result<Vec<SigningEvent>, SigningRefusal>;

pub(super) fn decide(state: &SigningState, command: SigningCommand) -> Outcome {
    match command {
        SigningCommand::OpenSigning(it) => opening::open(state, *it),
        SigningCommand::AskAgain { opening, changes } => Ok(again::ask(state, &opening, changes)),
        SigningCommand::SendSigningLink { role, link, channel, cause, at } => {
            way::send_link(state, role, way::NewLink { link, channel, cause }, at)
        }
        SigningCommand::CorrectSignatory(it) => correction::correct(state, *it),
        SigningCommand::RequestSigningCode { role, link, code, channel, at } => {
            way::send_code(state, (role, link), (code, channel), at)
        }
        SigningCommand::ApplySignature { role, link, code, code_is_right, evidence, at } => {
            let typed = signature::Typed { code, is_right: code_is_right };
            signature::apply(state, (role, link), typed, *evidence, at)
        }
        SigningCommand::DeclineSignature { role, link, reason, at } => {
            signature::decline(state, (role, link), reason, at)
        }
        SigningCommand::CloseSigning { cause } => Ok(close(state, cause)),
    }
}

fn close(state: &SigningState, cause: SigningEnd) -> Vec<SigningEvent> {
    match state {
        SigningState::NotOpened | SigningState::Closed(_) => Vec::new(),
        SigningState::Open(round)
        | SigningState::Declined(round)
        | SigningState::Completed(round) => {
            vec![SigningEvent::SigningClosed { convention: round.convention, cause }]
        }
    }
}

/// The round that is open, and where `role` stands in it; whoever has signed is told so.
fn awaited(state: &SigningState, role: Signatory) -> Result<(&Round, &Seat), SigningRefusal> {
    let round = match state {
        SigningState::Open(round) => round,
        SigningState::Completed(round) if has_signed(round, role) => {
            return Err(SigningRefusal::AlreadySigned);
        }
        SigningState::NotOpened
        | SigningState::Declined(_)
        | SigningState::Completed(_)
        | SigningState::Closed(_) => return Err(SigningRefusal::NotOpen),
    };
    let seat = round.seats.get(&role).ok_or(SigningRefusal::NotToAsk { role })?;
    match seat.standing {
        Standing::Awaited => Ok((round, seat)),
        Standing::Signed => Err(SigningRefusal::AlreadySigned),
        Standing::Stored => Err(SigningRefusal::NotToAsk { role }),
    }
}

fn has_signed(round: &Round, role: Signatory) -> bool {
    round.seats.get(&role).is_some_and(|seat| seat.standing == Standing::Signed)
}
