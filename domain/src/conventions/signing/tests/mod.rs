//! The rules of signing, and the table of every state with every command.

mod again;
mod correction;
mod limits;
mod opening;
mod signature;
mod table;

use jiff::{Timestamp, ToSpan as _, civil::date};

use super::{
    Channel, Contact, Evidence, Invited, LinkCause, Opening, Signatory, SignatureMethod, Signing,
    SigningCommand as Command, SigningEvent as Event, ToInvite,
};
use crate::kernel::{
    ids::{BookingId, CodeId, ConventionId, LinkId, PersonId},
    personal::Personal,
    spec::{Given, given},
};

const ZOE: PersonId = PersonId::from_u128(1);
const CODE: CodeId = CodeId::from_u128(30);

fn convention() -> ConventionId {
    ConventionId::of(BookingId::from_u128(2))
}

/// Minutes after the signing was opened.
fn at(minutes: i64) -> Timestamp {
    let opened: Timestamp = "2026-12-20T08:15:00Z".parse().unwrap();
    opened + minutes.minutes()
}

fn ends() -> Timestamp {
    "2027-01-13T11:00:00Z".parse().unwrap()
}

fn link_of(role: Signatory) -> LinkId {
    LinkId::from_u128(20 + role as u128)
}

fn contact(name: &str, email: &str, phone: Option<&str>) -> Contact {
    Contact {
        name: name.to_owned(),
        email: email.parse().unwrap(),
        phone: phone.map(str::to_owned),
    }
}

fn contact_of(role: Signatory) -> Contact {
    match role {
        Signatory::Origin => contact("Anne Proviseure", "direction@college.example", None),
        Signatory::Guardian => {
            contact("Claire Témoin", "claire@example.org", Some("06 12 34 56 78"))
        }
        Signatory::Pupil => contact("Zoé Témoin", "zoe@example.org", None),
        Signatory::Host => contact("Paul Démo", "proviseur@lycee.example", None),
    }
}

fn asked(role: Signatory) -> ToInvite {
    ToInvite { role, contact: contact_of(role), link: link_of(role) }
}

fn document() -> Personal<String> {
    Personal::new(ZOE, "aa".repeat(32))
}

/// The guardian and the host are asked; the school of origin had stored its signature.
fn opening() -> Opening {
    Opening {
        convention: convention(),
        pupil: ZOE,
        document: document(),
        rule: vec![Signatory::Origin, Signatory::Guardian, Signatory::Host],
        born: Some(date(2012, 3, 4)),
        day: date(2027, 1, 13),
        ends: ends(),
        stored: vec![Signatory::Origin],
        invited: vec![asked(Signatory::Guardian), asked(Signatory::Host)],
        at: at(0),
    }
}

fn open(it: Opening) -> Command {
    Command::OpenSigning(Box::new(it))
}

fn opened_in(round: u16) -> Event {
    let invited = [Signatory::Guardian, Signatory::Host]
        .map(|role| Invited { role, contact: Personal::new(ZOE, contact_of(role)) });
    Event::SigningOpened {
        convention: convention(),
        round,
        document: document(),
        invited: invited.to_vec(),
        stored: vec![Signatory::Origin],
        ends: ends(),
    }
}

fn link_sent(role: Signatory, link: LinkId, cause: LinkCause, sent: Timestamp) -> Event {
    Event::SigningLinkSent {
        convention: convention(),
        role,
        link,
        channel: Channel::Mail,
        cause,
        at: sent,
        expires: (sent + 336.hours()).min(ends()),
    }
}

/// What opening writes.
fn opened() -> Vec<Event> {
    opened_anew(1)
}

fn opened_anew(round: u16) -> Vec<Event> {
    let first = |role| link_sent(role, link_of(role), LinkCause::Opening, at(0));
    vec![opened_in(round), first(Signatory::Guardian), first(Signatory::Host)]
}

fn code_sent(role: Signatory, code: CodeId, sent: Timestamp) -> Event {
    Event::SigningCodeSent {
        convention: convention(),
        role,
        code,
        channel: Channel::Mail,
        at: sent,
        expires: sent + 10.minutes(),
    }
}

fn evidence() -> Evidence {
    Evidence {
        name: Personal::new(ZOE, "Claire Témoin".to_owned()),
        method: SignatureMethod::Typed,
        picture: None,
        words: Personal::new(ZOE, "Lu et approuvé".to_owned()),
        network: Some(Personal::new(ZOE, "203.0.113.0/24".to_owned())),
        document: document(),
        channel: Channel::Mail,
    }
}

fn sign(role: Signatory, minutes: i64) -> Command {
    Command::ApplySignature {
        role,
        link: link_of(role),
        code: CODE,
        code_is_right: true,
        evidence: Box::new(evidence()),
        at: at(minutes),
    }
}

fn mistype(role: Signatory, minutes: i64) -> Command {
    Command::ApplySignature {
        role,
        link: link_of(role),
        code: CODE,
        code_is_right: false,
        evidence: Box::new(evidence()),
        at: at(minutes),
    }
}

fn signed(role: Signatory) -> Event {
    Event::SignatureApplied { convention: convention(), role, evidence: evidence() }
}

fn completed() -> Event {
    let roles = vec![Signatory::Guardian, Signatory::Host];
    Event::SigningCompleted { convention: convention(), roles }
}

fn reason() -> Personal<String> {
    Personal::new(ZOE, "Les horaires ne conviennent pas.".to_owned())
}

fn decline(role: Signatory) -> Command {
    Command::DeclineSignature { role, link: link_of(role), reason: reason(), at: at(5) }
}

fn declined(role: Signatory) -> Event {
    Event::SignatureDeclined { convention: convention(), role, reason: reason() }
}

fn send(role: Signatory, cause: LinkCause, minutes: i64) -> Command {
    let link = LinkId::from_u128(90);
    Command::SendSigningLink { role, link, channel: Channel::Mail, cause, at: at(minutes) }
}

fn request_code(role: Signatory, code: CodeId, minutes: i64) -> Command {
    let (link, channel) = (link_of(role), Channel::Mail);
    Command::RequestSigningCode { role, link, code, channel, at: at(minutes) }
}

fn after(more: &[Event]) -> Given<Signing> {
    let mut events = opened();
    events.extend_from_slice(more);
    given(&events)
}
