//! A small world for the tests of bookings and conventions: a lycée that receives, two
//! collèges that send, and what can happen between them.

use domain::{
    conventions::{
        convention::{ConventionEvent, Parties, Recognition, SignatureCheck},
        terms::{Change, Terms},
    },
    directory::school::{SchoolEvent, SchoolKind, SchoolListing, SchoolStatus, Sector},
    kernel::{
        document::StoredDocument,
        ids::{BookingId, ConventionId, FormationId, PersonId, SlotId},
        personal::Personal,
        place::PostalAddress,
        slug::Slug,
        uai::Uai,
    },
    ministages::slot::{Guardian, PupilIdentity, PupilKind, Side, SlotDetails, SlotEvent},
    platforms::{
        platform::{FormationLevel, PlatformEvent},
        rules::Rules,
    },
};
use jiff::{Timestamp, civil::Date};

use crate::spec::{Facts, START};

/// « Lycée Démo Paul », which receives.
pub(crate) const HOST: &str = "0750655E";
/// « Collège Œuvrard », which sends.
pub(crate) const ORIGIN: &str = "0440001M";
/// « Collège Zola », which sends too.
pub(crate) const OTHER: &str = "0490001K";

/// The platform.
pub(crate) fn platform() -> Slug {
    "lycee-demo-paul".parse().unwrap()
}

/// A school.
pub(crate) fn uai(text: &str) -> Uai {
    text.parse().unwrap()
}

/// A slot.
pub(crate) fn slot(number: u128) -> SlotId {
    SlotId::from_u128(number)
}

/// A booking.
pub(crate) fn booking(number: u128) -> BookingId {
    BookingId::from_u128(number)
}

/// A formation: 1 is « Chaudronnerie » (CAP), 2 is « Électricité » (BAC PRO).
pub(crate) fn formation(number: u128) -> FormationId {
    FormationId::from_u128(number)
}

/// A pupil.
pub(crate) fn person(number: u128) -> PersonId {
    PersonId::from_u128(number)
}

/// The teacher of every slot.
pub(crate) const TEACHER: PersonId = PersonId::from_u128(0x7ea);

/// The schools, the platform and its two formations.
pub(crate) fn world() -> Facts {
    let added = |number, level, label: &str| PlatformEvent::FormationAdded {
        platform: platform(),
        formation: formation(number),
        host: uai(HOST),
        level,
        label: label.to_owned(),
    };
    Facts::new()
        .on("lycee-demo-paul")
        .then(HOST, listed(HOST, "Lycée Démo Paul", "Châteaubriant"))
        .then(ORIGIN, listed(ORIGIN, "Collège Œuvrard", "Nantes"))
        .then(OTHER, listed(OTHER, "Collège Zola", "Angers"))
        .then(
            platform(),
            PlatformEvent::PlatformOpened {
                platform: platform(),
                name: "Lycée Démo Paul".to_owned(),
                time_zone: "Europe/Paris".to_owned(),
                rules: Rules::default(),
            },
        )
        .then(platform(), added(1, FormationLevel::Cap, "Chaudronnerie"))
        .then(platform(), added(2, FormationLevel::BacPro, "Électricité"))
}

fn listed(code: &str, name: &str, city: &str) -> SchoolEvent {
    SchoolEvent::SchoolListed {
        uai: uai(code),
        listing: SchoolListing {
            name: name.to_owned(),
            kind: SchoolKind::College,
            sector: Sector::Public,
            nature: "340".to_owned(),
            address: PostalAddress {
                street: "1 rue Haute".to_owned(),
                postal_code: "44000".to_owned(),
                city: city.to_owned(),
            },
            departement: "Loire-Atlantique".to_owned(),
            academie: "Nantes".to_owned(),
            region: "Pays de la Loire".to_owned(),
            position: None,
            phone: None,
            mail: None,
            web: None,
            parent: None,
            sites: 1,
            status: SchoolStatus::Open,
        },
    }
}

/// A morning on `date` with `seats` seats.
pub(crate) fn details(date: &str, seats: u16) -> SlotDetails {
    SlotDetails {
        date: date.parse::<Date>().unwrap(),
        start: jiff::civil::time(8, 30, 0, 0),
        end: jiff::civil::time(12, 0, 0, 0),
        seats,
        room: Some("Atelier 2".to_owned()),
        teacher: Some(Personal::new(TEACHER, "Mme Prof-Unique".to_owned())),
        note: None,
    }
}

/// Slot `number` is on offer, to discover formation `of`.
pub(crate) fn published(number: u128, of: u128, date: &str, seats: u16) -> SlotEvent {
    SlotEvent::SlotPublished {
        slot: slot(number),
        platform: platform(),
        host: uai(HOST),
        formation: formation(of),
        details: details(date, seats),
        copied_from: None,
    }
}

/// « MARTIN-ÉTÉ Zoé », and so on: pupil `number` with these names.
pub(crate) fn pupil(number: u128, last: &str, first: &str) -> Personal<PupilIdentity> {
    Personal::new(
        person(number),
        PupilIdentity {
            last_name: last.to_owned(),
            first_name: first.to_owned(),
            birth_date: format!("2011-04-{:02}", 10 + number).parse().ok(),
            class: Some(format!("4e-{number}")),
            guardian: Some(Guardian {
                name: format!("Parent {last}"),
                email: Some("parent.unique@exemple.fr".parse().unwrap()),
                phone: Some("06 00 00 00 01".to_owned()),
            }),
        },
    )
}

/// What the clock of a caller shows in these tests: the first fact's instant.
pub(crate) const AT: Timestamp = START;

/// Booking `number` has a seat in slot `of`.
pub(crate) fn booked(
    of: u128,
    number: u128,
    pupil: Personal<PupilIdentity>,
    origin: &str,
) -> SlotEvent {
    SlotEvent::SeatBooked {
        slot: slot(of),
        booking: booking(number),
        pupil,
        origin: uai(origin),
        kind: PupilKind::Internal,
        at: AT,
    }
}

/// Booking `number` waits in slot `of`.
pub(crate) fn joined(
    of: u128,
    number: u128,
    pupil: Personal<PupilIdentity>,
    origin: &str,
) -> SlotEvent {
    SlotEvent::WaitlistJoined {
        slot: slot(of),
        booking: booking(number),
        pupil,
        origin: uai(origin),
        kind: PupilKind::External,
    }
}

/// The pupil of booking `number` of slot `of` is `pupil`, in truth.
pub(crate) fn corrected(of: u128, number: u128, pupil: Personal<PupilIdentity>) -> SlotEvent {
    SlotEvent::PupilCorrected { slot: slot(of), booking: booking(number), pupil }
}

/// Booking `number` of slot `of` is cancelled.
pub(crate) fn cancelled(of: u128, number: u128, reason: Option<Personal<String>>) -> SlotEvent {
    SlotEvent::BookingCancelled {
        slot: slot(of),
        booking: booking(number),
        reason,
        by: Side::Origin,
    }
}

/// A file of `of`'s.
pub(crate) fn document(of: PersonId, digest: &str) -> StoredDocument {
    StoredDocument {
        blob: format!("b{digest}"),
        length: 1000,
        digest: Personal::new(of, digest.to_owned()),
    }
}

/// The convention of booking `number` of slot `of` is made.
pub(crate) fn generated(of: u128, number: u128, pupil: PersonId, origin: &str) -> ConventionEvent {
    ConventionEvent::ConventionGenerated {
        convention: convention(number),
        parties: Parties {
            platform: platform(),
            slot: slot(of),
            booking: booking(number),
            host: uai(HOST),
            origin: uai(origin),
            pupil,
        },
        reference: format!("C-7F3K-{number:04}"),
        original: document(pupil, "original-digest"),
        pages: 2,
        template: "1".to_owned(),
        terms: None,
    }
}

/// The convention of booking `number` says something else: another room.
pub(crate) fn amended(number: u128, of: PersonId, print: u16) -> ConventionEvent {
    let pupil = pupil(number, "Amended", "Zoe").known().cloned().unwrap();
    let terms = Terms {
        date: "2027-01-13".parse().unwrap(),
        start: "09:00".parse().unwrap(),
        end: "12:00".parse().unwrap(),
        room: Some("B 207".to_owned()),
        teacher: None,
        pupil,
        rest: "aa".repeat(32),
    };
    ConventionEvent::ConventionAmended {
        convention: convention(number),
        print,
        original: document(of, &format!("amended-digest-{print}")),
        pages: 2,
        template: "1".to_owned(),
        terms: Personal::new(of, terms),
        changes: vec![Change::Place, Change::Class],
        at: AT,
    }
}

/// The convention of booking `number`.
pub(crate) fn convention(number: u128) -> ConventionId {
    ConventionId::of(booking(number))
}

/// Something comes back for booking `number`.
pub(crate) fn deposited(number: u128, of: PersonId, digest: &str) -> ConventionEvent {
    ConventionEvent::ConventionDeposited {
        convention: convention(number),
        document: document(of, digest),
        pages: 3,
        side: Side::Origin,
        recognised: Recognition::OriginalBytes,
        signatures: SignatureCheck::NotLooked,
    }
}
