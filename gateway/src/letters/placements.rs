//! What letters about bookings and conventions say.

use domain::{
    correspondence::{letter::Recipient, template::Template},
    ministages::slot::Side,
};
use jiff::{Timestamp, ToSpan as _, civil::DateTime, tz::TimeZone};
use mailer::{
    calendar::{self, Appointment, Status},
    letter::LetterContent,
    letters::{
        Placement as Said,
        booking::{AbsenceRecorded, BookingCancelled, BookingExpired, BookingToHost},
        convention::{
            ConventionAmended, ConventionDeposited, ConventionInvalidated, ConventionRegenerated,
            ConventionReminder, ConventionToOrigin, ConventionValidated,
        },
        slot::{SlotChanged, SlotWithdrawn},
        waitlist::{WaitlistJoined, WaitlistLapsed, WaitlistPromoted},
    },
    message::Attachment,
};
use projections::{
    conventions::register::{Convention, Standing},
    ministages::{
        bookings::BookingStatus,
        placements::{self, Placement},
    },
};
use schema::{names, words::of_changes};

use super::{Due, NOTHING, Words, WriteFault, recipients};
use crate::{app::App, store::Document};

/// What the letter says.
pub(super) async fn words(app: &App, due: &Due) -> Result<Words, WriteFault> {
    let about = due.about.clone();
    let found = app.read.query(move |db| match recipients::booking_of(db, &about)? {
        Some(booking) => placements::placement(db, booking),
        None => Ok(None),
    });
    let placement = found.await?.ok_or(NOTHING)?;
    let content = content(app, due, &placement).ok_or(NOTHING)?;
    let mut words = Words::of(content);
    words.attachments = attachments(app, due, &placement).await?;
    words.persons.push(placement.booking.pupil.person());
    words.platform = placement.platform;
    Ok(words)
}

/// Exhaustive over what is about a booking; the letters about accounts say nothing here.
fn content(app: &App, due: &Due, it: &Placement) -> Option<LetterContent> {
    match due.template {
        Template::ConventionToOrigin
        | Template::ConventionDeposited
        | Template::ConventionValidated
        | Template::ConventionInvalidated
        | Template::ConventionRegenerated
        | Template::ConventionAmended
        | Template::ConventionReminder => of_convention(app, due, it),
        Template::WaitlistJoined => Some(waitlist_joined(app, it)),
        Template::WaitlistPromoted => waitlist_promoted(app, it),
        Template::WaitlistLapsed => waitlist_lapsed(app, it),
        Template::BookingToHost => Some(booking_to_host(app, it)),
        Template::BookingCancelled => booking_cancelled(app, it),
        Template::BookingExpired => Some(booking_expired(app, due, it)),
        Template::SlotWithdrawn => slot_withdrawn(app, it),
        Template::SlotChanged => {
            Some(SlotChanged { placement: said(it), link: link(app, it) }.into())
        }
        Template::AbsenceRecorded => {
            Some(AbsenceRecorded { placement: said(it), link: link(app, it) }.into())
        }
        Template::SigningInvitation
        | Template::SigningCode
        | Template::SigningDeclined
        | Template::SigningCompleted
        | Template::VerifyEmail
        | Template::ResetPassword
        | Template::PasswordChanged
        | Template::AccountLocked
        | Template::SignInLink
        | Template::EmailChange
        | Template::AccessRequested
        | Template::AccessDeclined
        | Template::MemberInvited
        | Template::SignedNote => None,
    }
}

fn of_convention(app: &App, due: &Due, it: &Placement) -> Option<LetterContent> {
    let convention = it.convention.as_ref()?;
    let (placement, reference) = (said(it), convention.reference.clone());
    let (link, deadline) = (link(app, it), expires(it));
    let content = if due.template == Template::ConventionToOrigin {
        ConventionToOrigin { placement, reference, deadline, link }.into()
    } else if due.template == Template::ConventionDeposited {
        let by = if due.recipient == Recipient::Host { Side::Origin } else { Side::Host };
        ConventionDeposited { placement, reference, by, link }.into()
    } else if due.template == Template::ConventionValidated {
        ConventionValidated { placement, reference, link }.into()
    } else if due.template == Template::ConventionRegenerated {
        ConventionRegenerated { placement, reference, deadline, link }.into()
    } else if due.template == Template::ConventionAmended {
        let (version, changed) = (convention.print, of_changes(&convention.changes));
        ConventionAmended { placement, reference, version, changed, deadline, link }.into()
    } else if due.template == Template::ConventionReminder {
        ConventionReminder { placement, reference, deadline, link }.into()
    } else {
        let reason = convention.reason.clone();
        let was_validated = convention.state == Standing::Reopened;
        let deadline = Some(deadline);
        ConventionInvalidated { placement, reference, reason, was_validated, deadline, link }.into()
    };
    Some(content)
}

fn waitlist_joined(app: &App, it: &Placement) -> LetterContent {
    WaitlistJoined { placement: said(it), rank: None, link: link(app, it) }.into()
}

fn waitlist_promoted(app: &App, it: &Placement) -> Option<LetterContent> {
    let deadline = local(it, it.booking.deadline?);
    Some(WaitlistPromoted { placement: said(it), deadline, link: link(app, it) }.into())
}

fn waitlist_lapsed(app: &App, it: &Placement) -> Option<LetterContent> {
    let cause = it.booking.lapse?;
    Some(WaitlistLapsed { placement: said(it), cause, link: link(app, it) }.into())
}

fn booking_to_host(app: &App, it: &Placement) -> LetterContent {
    let seats = it.slot.details.seats;
    let seats_left = seats.saturating_sub(it.slot.held);
    BookingToHost { placement: said(it), seats_left, seats, link: link(app, it) }.into()
}

fn booking_cancelled(app: &App, it: &Placement) -> Option<LetterContent> {
    let (by, reason) = (it.booking.cancelled_by?, it.booking.reason.clone());
    Some(BookingCancelled { placement: said(it), by, reason, link: link(app, it) }.into())
}

fn booking_expired(app: &App, due: &Due, it: &Placement) -> LetterContent {
    let to = if due.recipient == Recipient::Host { Side::Host } else { Side::Origin };
    BookingExpired { placement: said(it), to, link: link(app, it) }.into()
}

fn slot_withdrawn(app: &App, it: &Placement) -> Option<LetterContent> {
    let (_, reason) = it.slot.withdrawn.clone()?;
    Some(SlotWithdrawn { placement: said(it), reason, link: link(app, it) }.into())
}

/// The convention’s original, and the appointment.
async fn attachments(app: &App, due: &Due, it: &Placement) -> Result<Vec<Attachment>, WriteFault> {
    let joins = due.template == Template::ConventionToOrigin;
    let made = [Template::ConventionRegenerated, Template::ConventionAmended];
    if !joins && !made.contains(&due.template) {
        return Ok(Vec::new());
    }
    let convention = it.convention.as_ref().ok_or(NOTHING)?;
    let mut attachments = vec![original(app, convention).await?];
    if joins && let Some(appointment) = appointment(app, it) {
        let status = appointment.status;
        if let Ok(ics) = calendar::event(&appointment) {
            attachments.push(Attachment::calendar("mini-stage.ics", calendar::method(status), ics));
        }
    }
    Ok(attachments)
}

async fn original(app: &App, convention: &Convention) -> Result<Attachment, WriteFault> {
    match app.store.get(&convention.original).await? {
        Document::Clear(bytes) => {
            let name = format!("Convention {}.pdf", convention.reference);
            Ok(Attachment::pdf(&name, bytes))
        }
        Document::Erased => Err(NOTHING),
    }
}

/// A placement in a calendar; none when its hours make no sense.
pub(crate) fn appointment(app: &App, it: &Placement) -> Option<Appointment> {
    let details = &it.slot.details;
    let zone = zone(it);
    let instant = |time| {
        let at = details.date.to_datetime(time).to_zoned(zone.clone()).ok()?;
        Some(at.timestamp())
    };
    let pupil = it.booking.pupil.known();
    let pupil = pupil.map(|pupil| names::of_person(&pupil.last_name, &pupil.first_name));
    let status = match it.booking.status {
        BookingStatus::Confirmed => Status::Confirmed,
        BookingStatus::Booked | BookingStatus::Promoted | BookingStatus::Waiting => {
            Status::Tentative
        }
        BookingStatus::Cancelled
        | BookingStatus::Expired
        | BookingStatus::Lapsed
        | BookingStatus::Withdrawn => Status::Cancelled,
    };
    let host = names::of_school(it.host.as_ref(), &it.slot.host);
    let room = details.room.as_ref().map(|room| format!(" ({room})")).unwrap_or_default();
    let changes = it.booking.changed_at.duration_since(it.booking.booked_at).as_secs();
    Some(Appointment {
        uid: format!("{}@escale", it.booking.id),
        sequence: u32::try_from(changes).unwrap_or(u32::MAX),
        stamp: it.booking.changed_at,
        start: instant(details.start)?,
        end: instant(details.end)?,
        summary: format!(
            "Mini-stage : {} ({})",
            names::of_formation(it.formation.as_ref()),
            pupil.as_deref().unwrap_or("effacé")
        ),
        location: format!("{host}{room}"),
        note: details.note.clone(),
        link: Some(link(app, it)),
        status,
    })
}

pub(super) fn said(it: &Placement) -> Said {
    let details = &it.slot.details;
    let pupil = it.booking.pupil.known();
    Said {
        pupil: pupil.map(|pupil| names::of_person(&pupil.last_name, &pupil.first_name)),
        origin: names::of_school(it.origin.as_ref(), &it.booking.origin),
        host: names::of_school(it.host.as_ref(), &it.slot.host),
        formation: names::of_formation(it.formation.as_ref()),
        date: details.date,
        start: details.start,
        end: details.end,
        room: details.room.clone(),
        teacher: details.teacher.as_ref().and_then(|teacher| teacher.known().cloned()),
        note: details.note.clone(),
    }
}

/// Where the booking is seen.
pub(super) fn link(app: &App, it: &Placement) -> String {
    format!("{}/{}/reservations/{}", app.config.public_url, it.slot.platform, it.booking.id)
}

pub(crate) fn zone(it: &Placement) -> TimeZone {
    let zone = it.platform.as_ref().map_or("Europe/Paris", |platform| &platform.time_zone);
    TimeZone::get(zone).or_else(|_| TimeZone::get("Europe/Paris")).unwrap_or(TimeZone::UTC)
}

pub(super) fn local(it: &Placement, at: Timestamp) -> DateTime {
    zone(it).to_datetime(at)
}

/// When the booking expires if its convention is not validated: some days before the slot, but
/// not before its time to confirm is over, and never after the slot begins.
fn expires(it: &Placement) -> DateTime {
    let rules = it.platform.as_ref().map(|platform| platform.rules.clone()).unwrap_or_default();
    let details = &it.slot.details;
    let begins = details.date.to_datetime(details.start);
    let day = details.date.saturating_sub(i64::from(rules.expire_days).days());
    let by_rule = if rules.expire_days == 0 { begins } else { day.at(0, 0, 0, 0) };
    let grace = i64::from(rules.confirm_grace_hours).hours();
    let since = it.booking.since.unwrap_or(it.booking.booked_at);
    let by_grace = local(it, since).saturating_add(grace);
    by_rule.max(by_grace).min(begins)
}
