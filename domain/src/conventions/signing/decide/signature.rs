//! Signing, and declining to.

use jiff::Timestamp;

use super::{Outcome, awaited, way::counts};
use crate::{
    conventions::signing::{
        event::{Evidence, Signatory, SignatureMethod, SigningEvent},
        evolve,
        refusal::SigningRefusal,
        state::{FAILURES, SigningState},
    },
    kernel::{
        ids::{CodeId, LinkId},
        personal::Personal,
        text::folded,
    },
};

/// What was typed as a code.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed {
    /// With which it was compared.
    pub(super) code: CodeId,
    /// Whether it is that one.
    pub(super) is_right: bool,
}

/// The words to type, without accents or case.
const WORDS: &str = "lu et approuve";

pub(super) fn apply(
    state: &SigningState,
    (role, link): (Signatory, LinkId),
    typed: Typed,
    evidence: Evidence,
    at: Timestamp,
) -> Outcome {
    let (round, seat) = awaited(state, role)?;
    counts(seat, link, at)?;
    is_whole(&evidence)?;
    let sent = seat.code.filter(|sent| sent.id == typed.code);
    let code = sent.ok_or(SigningRefusal::CodeOver)?;
    if code.failures >= FAILURES || code.expires <= at {
        return Err(SigningRefusal::CodeOver);
    }
    let convention = round.convention;
    if !typed.is_right {
        return Ok(vec![SigningEvent::SigningCodeFailed { convention, role, code: code.id }]);
    }
    let applied = SigningEvent::SignatureApplied { convention, role, evidence };
    let then = evolve::evolve(state.clone(), &applied);
    let completed = then
        .round()
        .filter(|round| round.is_complete())
        .map(|round| SigningEvent::SigningCompleted { convention, roles: round.signed() });
    Ok(std::iter::once(applied).chain(completed).collect())
}

/// The words were typed and there is a signature: what the command brings, never what the log
/// holds, so an erasure changes nothing.
fn is_whole(evidence: &Evidence) -> Result<(), SigningRefusal> {
    if evidence.words.known().map(|words| folded(words)).as_deref() != Some(WORDS) {
        return Err(SigningRefusal::WordsMissing);
    }
    match (evidence.method, &evidence.picture) {
        (SignatureMethod::Drawn, None) => Err(SigningRefusal::NoSignature),
        (SignatureMethod::Drawn, Some(_)) | (SignatureMethod::Typed, _) => Ok(()),
    }
}

pub(super) fn decline(
    state: &SigningState,
    (role, link): (Signatory, LinkId),
    reason: Personal<String>,
    at: Timestamp,
) -> Outcome {
    let (round, seat) = awaited(state, role)?;
    counts(seat, link, at)?;
    Ok(vec![SigningEvent::SignatureDeclined { convention: round.convention, role, reason }])
}
