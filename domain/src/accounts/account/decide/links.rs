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
    let pending = check_known(out, link)?;
    if at >= pending.expires_at {
        return Err(AccountRefusal::LinkExpired { expired_at: pending.expires_at });
    }
    Ok(())
}

/// Whether `link` is the one that is out, be its time over or not.
pub(super) fn check_known(out: Option<&Pending>, link: LinkId) -> Result<&Pending, AccountRefusal> {
    out.filter(|pending| pending.link == link).ok_or(AccountRefusal::LinkUnknown)
}
