//! Who is written to, and about what, because of an event.

use super::{
    letter::{About, Recipient},
    template::Template,
};
use crate::{
    conventions::{
        convention::{Parties, Recognition},
        signing::Signatory,
    },
    kernel::{
        ids::{
            AccessRequestId, AccountId, BookingId, CodeId, ConventionId, InvitationId, LinkId,
            SlotId,
        },
        uai::Uai,
    },
    ministages::slot::Side,
    reaction::Reaction,
};

fn letter(template: Template, recipient: Recipient, about: About) -> Vec<Reaction> {
    vec![Reaction::SendLetter { template, recipient, about }]
}

/// To an account, about a link in it or about itself.
fn to_account(template: Template, account: AccountId, link: Option<LinkId>) -> Vec<Reaction> {
    let about = About { account: Some(account), link, ..About::default() };
    letter(template, Recipient::Account { account }, about)
}

fn about_booking(slot: SlotId, booking: BookingId) -> About {
    About { slot: Some(slot), booking: Some(booking), ..About::default() }
}

fn about_convention(convention: ConventionId) -> About {
    About { convention: Some(convention), ..About::default() }
}

fn other_side(side: Side) -> Recipient {
    match side {
        Side::Origin => Recipient::Host,
        Side::Host => Recipient::Origin,
    }
}

/// The link that verifies the address.
pub fn when_verification_requested(account: AccountId, link: LinkId) -> Vec<Reaction> {
    to_account(Template::VerifyEmail, account, Some(link))
}

/// The link that changes the password.
pub fn when_password_reset_requested(account: AccountId, link: LinkId) -> Vec<Reaction> {
    to_account(Template::ResetPassword, account, Some(link))
}

/// Whoever did not change it should know.
pub fn when_password_changed(account: AccountId) -> Vec<Reaction> {
    to_account(Template::PasswordChanged, account, None)
}

/// Whoever did not try should know.
pub fn when_account_locked(account: AccountId) -> Vec<Reaction> {
    to_account(Template::AccountLocked, account, None)
}

/// The link that signs in.
pub fn when_sign_in_link_requested(account: AccountId, link: LinkId) -> Vec<Reaction> {
    to_account(Template::SignInLink, account, Some(link))
}

/// The link that changes the login, to the address wanted: whoever reads it there has it.
pub fn when_email_change_requested(account: AccountId, link: LinkId) -> Vec<Reaction> {
    let about = About { account: Some(account), link: Some(link), ..About::default() };
    letter(Template::EmailChange, Recipient::NewAddress { account }, about)
}

/// To the managers of the school.
pub fn when_access_requested(uai: &Uai, request: AccessRequestId) -> Vec<Reaction> {
    let recipient = Recipient::School { uai: uai.clone() };
    let about = About { school: Some(uai.clone()), request: Some(request), ..About::default() };
    letter(Template::AccessRequested, recipient, about)
}

/// To whoever asked.
pub fn when_access_declined(uai: &Uai, request: AccessRequestId) -> Vec<Reaction> {
    let recipient = Recipient::Requester { uai: uai.clone(), request };
    let about = About { school: Some(uai.clone()), request: Some(request), ..About::default() };
    letter(Template::AccessDeclined, recipient, about)
}

/// To whoever is invited, with the link that lets them join.
pub fn when_member_invited(uai: &Uai, invitation: InvitationId) -> Vec<Reaction> {
    let recipient = Recipient::Invited { uai: uai.clone(), invitation };
    let about =
        About { school: Some(uai.clone()), invitation: Some(invitation), ..About::default() };
    letter(Template::MemberInvited, recipient, about)
}

/// The host; the school of origin has its letter with the convention.
pub fn when_seat_booked(slot: SlotId, booking: BookingId) -> Vec<Reaction> {
    letter(Template::BookingToHost, Recipient::Host, about_booking(slot, booking))
}

/// A seat taken from the waiting list is a seat like any other.
pub fn when_waitlist_accepted(slot: SlotId, booking: BookingId) -> Vec<Reaction> {
    when_seat_booked(slot, booking)
}

/// The school of each booking concerned.
pub fn when_slot_changed(slot: SlotId, bookings: &[BookingId]) -> Vec<Reaction> {
    to_each_origin(Template::SlotChanged, slot, bookings)
}

/// The school of each booking that is void.
pub fn when_slot_withdrawn(slot: SlotId, bookings: &[BookingId]) -> Vec<Reaction> {
    to_each_origin(Template::SlotWithdrawn, slot, bookings)
}

fn to_each_origin(template: Template, slot: SlotId, bookings: &[BookingId]) -> Vec<Reaction> {
    bookings.iter().flat_map(|booking| to_origin(template, slot, *booking)).collect()
}

fn to_origin(template: Template, slot: SlotId, booking: BookingId) -> Vec<Reaction> {
    letter(template, Recipient::Origin, about_booking(slot, booking))
}

/// The side that did not cancel.
pub fn when_booking_cancelled(slot: SlotId, booking: BookingId, by: Side) -> Vec<Reaction> {
    letter(Template::BookingCancelled, other_side(by), about_booking(slot, booking))
}

/// Both sides.
pub fn when_booking_expired(slot: SlotId, booking: BookingId) -> Vec<Reaction> {
    [Recipient::Origin, Recipient::Host]
        .into_iter()
        .flat_map(|side| letter(Template::BookingExpired, side, about_booking(slot, booking)))
        .collect()
}

/// The school of origin: the pupil waits.
pub fn when_waitlist_joined(slot: SlotId, booking: BookingId) -> Vec<Reaction> {
    to_origin(Template::WaitlistJoined, slot, booking)
}

/// The school of origin: a seat is kept, and until when.
pub fn when_waitlist_promoted(slot: SlotId, booking: BookingId) -> Vec<Reaction> {
    to_origin(Template::WaitlistPromoted, slot, booking)
}

/// The school of origin: it is kept no longer.
pub fn when_waitlist_lapsed(slot: SlotId, booking: BookingId) -> Vec<Reaction> {
    to_origin(Template::WaitlistLapsed, slot, booking)
}

/// The school of origin, of an absence only; also of one that was noted as a presence first.
pub fn when_attendance_recorded(slot: SlotId, booking: BookingId, present: bool) -> Vec<Reaction> {
    if present { Vec::new() } else { to_origin(Template::AbsenceRecorded, slot, booking) }
}

/// The school of origin: the booking is made, here is its convention.
pub fn when_convention_generated(convention: ConventionId, parties: &Parties) -> Vec<Reaction> {
    let about = About {
        platform: Some(parties.platform.clone()),
        slot: Some(parties.slot),
        booking: Some(parties.booking),
        convention: Some(convention),
        ..About::default()
    };
    letter(Template::ConventionToOrigin, Recipient::Origin, about)
}

/// The side that did not deposit it. One signed online has letters of its own.
pub fn when_convention_deposited(
    convention: ConventionId,
    side: Side,
    recognised: Recognition,
) -> Vec<Reaction> {
    match recognised {
        Recognition::OriginalBytes | Recognition::ByHand | Recognition::PageCodes => {
            letter(Template::ConventionDeposited, other_side(side), about_convention(convention))
        }
        Recognition::SignedOnline => Vec::new(),
    }
}

/// The signatory, with the link.
pub fn when_signing_link_sent(
    convention: ConventionId,
    role: Signatory,
    link: LinkId,
) -> Vec<Reaction> {
    let about = About { link: Some(link), role: Some(role), ..about_convention(convention) };
    letter(Template::SigningInvitation, Recipient::Signatory { role }, about)
}

/// The signatory, with the code.
pub fn when_signing_code_sent(
    convention: ConventionId,
    role: Signatory,
    code: CodeId,
) -> Vec<Reaction> {
    let about = About { code: Some(code), role: Some(role), ..about_convention(convention) };
    letter(Template::SigningCode, Recipient::Signatory { role }, about)
}

/// The school of origin, with the reason.
pub fn when_signature_declined(convention: ConventionId, role: Signatory) -> Vec<Reaction> {
    let about = About { role: Some(role), ..about_convention(convention) };
    letter(Template::SigningDeclined, Recipient::Origin, about)
}

/// Both schools, and whoever signed for neither.
pub fn when_signing_completed(convention: ConventionId, roles: &[Signatory]) -> Vec<Reaction> {
    let schools = [Recipient::Origin, Recipient::Host];
    let others = roles.iter().filter(|role| match role {
        Signatory::Guardian | Signatory::Pupil => true,
        Signatory::Origin | Signatory::Host => false,
    });
    let others = others.map(|role| Recipient::Signatory { role: *role });
    schools
        .into_iter()
        .chain(others)
        .flat_map(|to| letter(Template::SigningCompleted, to, about_convention(convention)))
        .collect()
}

/// The school of origin.
pub fn when_convention_validated(convention: ConventionId) -> Vec<Reaction> {
    convention_to_origin(Template::ConventionValidated, convention)
}

/// The school of origin, with the reason.
pub fn when_convention_invalidated(convention: ConventionId) -> Vec<Reaction> {
    convention_to_origin(Template::ConventionInvalidated, convention)
}

/// The school of origin, with the original.
pub fn when_convention_regenerated(convention: ConventionId) -> Vec<Reaction> {
    convention_to_origin(Template::ConventionRegenerated, convention)
}

/// The school of origin, with the new original and what is other in it.
pub fn when_convention_amended(convention: ConventionId) -> Vec<Reaction> {
    convention_to_origin(Template::ConventionAmended, convention)
}

/// The school of origin: the convention is still awaited.
pub fn when_reminder_sent(convention: ConventionId) -> Vec<Reaction> {
    convention_to_origin(Template::ConventionReminder, convention)
}

fn convention_to_origin(template: Template, convention: ConventionId) -> Vec<Reaction> {
    letter(template, Recipient::Origin, about_convention(convention))
}
