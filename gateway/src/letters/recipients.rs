//! To which addresses a letter goes.

use domain::{
    correspondence::letter::{About, Recipient},
    kernel::{
        email::Email,
        ids::{AccountId, BookingId},
        slug::Slug,
        uai::Uai,
    },
};
use projections::{
    Connection, SqlResult,
    accounts::{access_requests, account_list, invitations, memberships},
    conventions::{register, signings},
    directory::schools,
    ministages::{bookings, slots},
    platforms::platform_hosts,
};

use super::{Due, WriteFault};
use crate::{app::App, directory::institutional_mail};

/// The addresses of a letter; none when nobody can be reached.
pub(super) async fn addresses(app: &App, due: &Due) -> Result<Vec<Email>, WriteFault> {
    let (recipient, about) = (due.recipient.clone(), due.about.clone());
    Ok(app.read.query(move |db| find(db, &recipient, &about)).await?)
}

fn find(db: &Connection, recipient: &Recipient, about: &About) -> SqlResult<Vec<Email>> {
    match recipient {
        Recipient::Account { account } => Ok(login(db, *account)?.into_iter().collect()),
        Recipient::NewAddress { account } => {
            let account = account_list::by_id(db, *account)?;
            Ok(account.and_then(|account| account.wanted_login).into_iter().collect())
        }
        Recipient::School { uai } => school(db, uai),
        Recipient::Origin => match booking_of(db, about)? {
            Some(booking) => match bookings::by_id(db, booking)? {
                Some(booking) => school(db, &booking.origin),
                None => Ok(Vec::new()),
            },
            None => Ok(Vec::new()),
        },
        Recipient::Host => match host_of(db, about)? {
            Some((platform, uai)) => host(db, &platform, &uai),
            None => Ok(Vec::new()),
        },
        Recipient::Signatory { role } => match about.convention {
            Some(convention) => {
                let signer = signings::signer(db, convention, *role)?;
                Ok(signer.and_then(|signer| signer.email).into_iter().collect())
            }
            None => Ok(Vec::new()),
        },
        Recipient::Invited { invitation, .. } => {
            let invitation = invitations::by_id(db, *invitation)?;
            Ok(invitation.and_then(|invitation| invitation.email).into_iter().collect())
        }
        Recipient::Requester { request, .. } => {
            let request = access_requests::by_id(db, *request)?;
            let requester = request.and_then(|request| request.requester);
            Ok(requester.map(|requester| requester.email).into_iter().collect())
        }
    }
}

fn login(db: &Connection, account: AccountId) -> SqlResult<Option<Email>> {
    Ok(account_list::by_id(db, account)?.and_then(|account| account.login))
}

/// A school’s managers; its institutional address when it has none.
fn school(db: &Connection, uai: &Uai) -> SqlResult<Vec<Email>> {
    let managers = memberships::managers(db, uai)?;
    if !managers.is_empty() {
        return Ok(managers.into_iter().map(|(_, email)| email).collect());
    }
    let school = schools::by_uai(db, uai)?;
    let mail = school.and_then(|school| institutional_mail(&school.listing, uai));
    Ok(mail.into_iter().collect())
}

fn host(db: &Connection, platform: &Slug, uai: &Uai) -> SqlResult<Vec<Email>> {
    match platform_hosts::notified(db, platform, uai)? {
        Some(email) => Ok(vec![email]),
        None => school(db, uai),
    }
}

/// The booking that a letter is about.
pub(super) fn booking_of(db: &Connection, about: &About) -> SqlResult<Option<BookingId>> {
    if about.booking.is_some() {
        return Ok(about.booking);
    }
    let Some(convention) = about.convention else {
        return Ok(None);
    };
    Ok(register::by_id(db, convention)?.map(|convention| convention.parties.booking))
}

fn host_of(db: &Connection, about: &About) -> SqlResult<Option<(Slug, Uai)>> {
    let slot = match about.slot {
        Some(slot) => Some(slot),
        None => match booking_of(db, about)? {
            Some(booking) => bookings::by_id(db, booking)?.map(|booking| booking.slot),
            None => None,
        },
    };
    let Some(slot) = slot else { return Ok(None) };
    Ok(slots::by_id(db, slot)?.map(|slot| (slot.platform, slot.host)))
}
