//! What a viewer belongs to: asked with each request, and nowhere kept.

use domain::{
    access::Viewer,
    kernel::{ids::AccountId, slug::Slug, uai::Uai},
};
use rusqlite::Connection;

use super::{
    account_list::{self, AccountStatus},
    memberships,
};
use crate::platforms::platform_roles;

/// Who `account` is; a visitor when it is closed or unknown.
pub fn viewer_of(db: &Connection, account: AccountId) -> rusqlite::Result<Viewer> {
    let known = account_list::by_id(db, account)?;
    let Some(known) = known.filter(|it| it.status == AccountStatus::Verified) else {
        return Ok(Viewer::visitor());
    };
    let memberships = memberships::of_account(db, account)?;
    let offices = platform_roles::of_account(db, account)?;
    Ok(Viewer {
        account: Some(account),
        operator: known.operator,
        memberships: memberships.into_iter().map(|it| (it.uai, it.role)).collect(),
        platform_roles: offices.into_iter().map(|it| (it.platform, it.role)).collect(),
    })
}

/// The platforms that the school `uai` is attached to: whose administrators may act for it.
pub fn platforms_of_school(db: &Connection, uai: &Uai) -> rusqlite::Result<Vec<Slug>> {
    crate::platforms::platform_hosts::platforms_of(db, uai)
}

#[cfg(test)]
mod tests;
