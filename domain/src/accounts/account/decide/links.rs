//! Links that were mailed: the last of its kind, once, in time.

use jiff::Timestamp;

use crate::{
    accounts::account::{AccountRefusal, Pending},
    kernel::ids::LinkId,
};

/// Whether `link` is the one that is out and its time is not over.
pub(super) fn check(
    out: Option<&Pending>,
    link: LinkId,
    at: Timestamp,
) -> Result<(), AccountRefusal> {
    match out {
        Some(pending) if pending.link != link => Err(AccountRefusal::LinkUnknown),
        Some(pending) if at >= pending.expires_at => {
            Err(AccountRefusal::LinkExpired { expired_at: pending.expires_at })
        }
        Some(_) => Ok(()),
        None => Err(AccountRefusal::LinkUnknown),
    }
}
