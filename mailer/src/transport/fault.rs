//! What went wrong, in the domain's words. The server's own text goes nowhere: it may quote an
//! address.

use domain::correspondence::letter::{DeliveryFault, DeliveryFaultKind};
use lettre::transport::smtp::Error;

/// The server wants a sign-in that we do not give, or refuses ours (RFC 4954). That is about
/// our settings and not about the letter, so the letter is kept for when they are right.
const SIGN_IN_REFUSED: [u16; 4] = [530, 534, 535, 538];

pub(super) fn delivery_fault(error: &Error) -> DeliveryFault {
    let code = error.status().map(u16::from);
    let kind = match code {
        Some(code) if SIGN_IN_REFUSED.contains(&code) => DeliveryFaultKind::Unreachable,
        Some(_) if error.is_transient() => DeliveryFaultKind::Deferred,
        Some(_) if error.is_permanent() => DeliveryFaultKind::Rejected,
        Some(_) | None => DeliveryFaultKind::Unreachable,
    };
    DeliveryFault { kind, code }
}

pub(super) const UNREACHABLE: DeliveryFault =
    DeliveryFault { kind: DeliveryFaultKind::Unreachable, code: None };
