//! A world with a slot of one seat, the pupil who has it with its convention, the one who waits,
//! and a letter.

use domain::{
    conventions::{
        convention::{Convention, ConventionCommand, Parties, Recognition, SignatureCheck},
        scan_batch::{PageFound, PagePlace, ScanBatch, ScanCommand, Unclassified},
    },
    correspondence::{
        letter::{About, Letter, LetterCommand, Recipient},
        template::Template,
    },
    kernel::{
        document::StoredDocument,
        ids::{BookingId, ConventionId, LetterId, PersonId, ScanBatchId, SlotId},
        moment::Moment,
        personal::Personal,
    },
    ministages::slot::{Candidate, PupilIdentity, PupilKind, Side, Slot, SlotCommand, SlotDetails},
    platforms::rules::Rules,
};
use jiff::{
    SignedDuration,
    civil::{date, time},
};

use super::World;
use crate::ports::Ports as _;

impl World {
    /// A slot of the host on the morning of 9 March 2027, with one seat.
    pub fn slot() -> SlotId {
        SlotId::from_u128(0x51)
    }

    /// The booking of Zoé Témoin-Unique, of [`origin`](Self::origin), who has the seat.
    pub fn booking() -> BookingId {
        BookingId::from_u128(0xb0)
    }

    /// The booking of Tom Attend-Unique, of the same school, who waits.
    pub fn waiting() -> BookingId {
        BookingId::from_u128(0xb1)
    }

    /// Zoé.
    pub fn pupil() -> PersonId {
        PersonId::from_u128(0x20e)
    }

    /// The convention of Zoé's booking.
    pub fn convention() -> ConventionId {
        ConventionId::of(Self::booking())
    }

    /// The letter that brought it to the school of origin.
    pub fn letter() -> LetterId {
        LetterId::from_u128(0x1e77)
    }

    /// Publishes the slot, books, makes the convention and asks for its letter.
    pub async fn placed(&self) {
        self.published().await;
        self.book(Self::booking(), Self::pupil(), ("Témoin-Unique", "Zoé")).await;
        self.book(Self::waiting(), PersonId::from_u128(0x70), ("Attend-Unique", "Tom")).await;
        self.generated().await;
        self.posted().await;
        self.api.catch_up().await;
    }

    async fn published(&self) {
        let publish = SlotCommand::PublishSlot {
            slot: Self::slot(),
            platform: Self::platform(),
            host: Self::host(),
            formation: Self::formation(),
            details: SlotDetails {
                date: date(2027, 3, 9),
                start: time(8, 15, 0, 0),
                end: time(12, 0, 0, 0),
                seats: 1,
                room: Some("Atelier 2".to_owned()),
                teacher: None,
                note: None,
            },
            copied_from: None,
            now: self.moment(),
        };
        self.to_slot(publish).await;
    }

    /// Gives a command to the slot.
    pub async fn to_slot(&self, command: SlotCommand) {
        let stream = Self::slot().uuid().to_string();
        self.api.given_on::<Slot>(&stream, command).await;
    }

    /// Gives a command to the convention.
    pub async fn to_convention(&self, command: ConventionCommand) {
        let stream = Self::convention().uuid().to_string();
        self.api.given_on::<Convention>(&stream, command).await;
    }

    /// Now, on the platform.
    pub fn moment(&self) -> Moment {
        self.api.service.moment("Europe/Paris")
    }

    async fn book(&self, booking: BookingId, person: PersonId, (last, first): (&str, &str)) {
        let pupil = PupilIdentity {
            last_name: last.to_owned(),
            first_name: first.to_owned(),
            birth_date: None,
            class: Some("4e B".to_owned()),
            guardian: None,
        };
        let candidate = Candidate {
            booking,
            pupil: Personal::new(person, pupil),
            origin: Self::origin(),
            kind: PupilKind::Internal,
            held: 0,
        };
        let book = SlotCommand::BookSeat {
            candidate,
            or_wait: true,
            rules: Rules::default(),
            now: self.moment(),
        };
        self.to_slot(book).await;
    }

    async fn generated(&self) {
        let generate = ConventionCommand::GenerateConvention {
            convention: Self::convention(),
            parties: Parties {
                platform: Self::platform(),
                slot: Self::slot(),
                booking: Self::booking(),
                host: Self::host(),
                origin: Self::origin(),
                pupil: Self::pupil(),
            },
            reference: "C-7F3K-92QD".to_owned(),
            original: file("original"),
            pages: 2,
            template: "1".to_owned(),
            terms: Personal::erased(Self::pupil()),
        };
        self.to_convention(generate).await;
    }

    async fn posted(&self) {
        let request = LetterCommand::RequestLetter {
            letter: Self::letter(),
            template: Template::ConventionToOrigin,
            recipient: Recipient::Origin,
            about: About {
                slot: Some(Self::slot()),
                booking: Some(Self::booking()),
                ..About::default()
            },
        };
        let stream = Self::letter().uuid().to_string();
        self.api.given_on::<Letter>(&stream, request).await;
        let sent = LetterCommand::RecordSent;
        self.api.given_on::<Letter>(&stream, sent).await;
    }

    /// Something comes back from the school of origin.
    pub async fn deposited(&self) {
        let deposit = ConventionCommand::DepositConvention {
            document: file("deposit"),
            pages: 3,
            side: Side::Origin,
            recognised: Recognition::ByHand,
            signatures: SignatureCheck::NotLooked,
            print: None,
        };
        self.to_convention(deposit).await;
    }

    /// The stack that the school of origin sends.
    pub fn scan() -> ScanBatchId {
        ScanBatchId::from_u128(0x5ca)
    }

    /// A stack comes from the school of origin on the platform: page 1 of the convention, and a
    /// page without a code.
    pub async fn scanned(&self) {
        let place = |number| PagePlace { convention: Self::convention(), number, of: 2 };
        let receive = ScanCommand::ReceiveScan {
            batch: Self::scan(),
            platform: Some(Self::platform()),
            sender: Self::origin(),
            side: Side::Origin,
            document: file("stack"),
            name: None,
        };
        let read = ScanCommand::RecordReading {
            pages: vec![
                PageFound::Recognised { place: place(1), ink: None },
                PageFound::Unclassified {
                    reason: Unclassified::NoCode,
                    place: None,
                    guesses: vec![place(2)],
                    picture: Some(file("picture")),
                },
            ],
        };
        let stream = Self::scan().uuid().to_string();
        self.api.given_on::<ScanBatch>(&stream, receive).await;
        self.api.given_on::<ScanBatch>(&stream, read).await;
        self.api.catch_up().await;
    }

    /// Zoé's booking is cancelled: a seat is kept for Tom.
    pub async fn promoted(&self) {
        let cancel = SlotCommand::CancelBooking {
            booking: Self::booking(),
            reason: None,
            by: Side::Host,
            rules: Rules::default(),
            now: self.moment(),
        };
        self.to_slot(cancel).await;
    }

    /// The slot begins, and Zoé is there.
    pub async fn attended(&self) {
        self.api.wait(SignedDuration::from_hours(24 * 60));
        let record = SlotCommand::RecordAttendance {
            booking: Self::booking(),
            present: true,
            now: self.moment(),
        };
        self.to_slot(record).await;
    }
}

fn file(name: &str) -> StoredDocument {
    StoredDocument {
        blob: format!("{name}-blob"),
        length: 1000,
        digest: Personal::new(World::pupil(), format!("{name}-digest")),
    }
}
