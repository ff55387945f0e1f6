//! A log as long as a trial asks for, filled by the commands of a school year: slots, bookings,
//! their letters and conventions, deposits, validations, sign-ins. Eleven events a booking on
//! average, six hundred bookings a host; a quarter of the conventions is not returned, a quarter waits. The documents that it names are nowhere.

use domain::{
    accounts::account::{Account, AccountCommand, Lockout},
    conventions::{
        convention::{Convention, ConventionCommand, Parties, Recognition, SignatureCheck},
        terms::Terms,
    },
    correspondence::{
        letter::{About, Letter, LetterCommand, Recipient},
        template::Template,
    },
    kernel::{
        decider::Decider,
        document::StoredDocument,
        ids::{BookingId, ConventionId, LetterId, PersonId, SlotId, derived},
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    ministages::slot::{Candidate, Guardian, PupilIdentity, PupilKind, Side, Slot, SlotCommand},
    platforms::rules::Rules,
};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use gateway::{app::App, clock};
use jiff::civil::{date, time};
use sha2::{Digest as _, Sha256};

use crate::{
    Fault, schools,
    stage::{AT_ONCE, Size, ZONE, account_of, give, platform_of, publish},
};

/// How many bookings a slot has.
const BOOKINGS: u32 = 20;
/// How many slots a host has.
const SLOTS: u32 = 30;
/// About how many events one booking brings, with its share of a slot.
const EVENTS: u64 = 11;

/// How many hosts a log of `events` has.
pub(crate) fn hosts(events: u64) -> u32 {
    let each = EVENTS * u64::from(BOOKINGS * SLOTS);
    u32::try_from(events.div_ceil(each) + 1).unwrap_or(u32::MAX)
}

/// Fills the log of `app`, whose stage has `size`, until it is `events` long, or a little longer.
pub(crate) async fn fill(app: &App, size: Size, events: u64) -> Result<u64, Fault> {
    let mut next = 0_u32;
    loop {
        let position = app.journal.position().await?;
        let Some(left) = events.checked_sub(position).filter(|left| *left > 0) else {
            return Ok(position);
        };
        let slots = u32::try_from(left.div_ceil(EVENTS * u64::from(BOOKINGS)))?;
        let offers = (next..next + slots).map(|slot| offer(app, slot, size));
        stream::iter(offers).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
        next += slots;
    }
}

/// One slot, and all that its bookings bring.
async fn offer(app: &App, number: u32, size: Size) -> Result<(), Fault> {
    let slot = SlotId::new(derived(&["season", "slot", &number.to_string()]));
    let host = (number / SLOTS) % size.hosts;
    let days = 30 + i64::from(number % 200);
    publish(app, host, slot, u16::try_from(BOOKINGS)?, days).await?;
    for seat in 0..BOOKINGS {
        let pupil = number * BOOKINGS + seat;
        Place { app, platform: platform_of(host)?, host, slot, pupil, size }.book().await?;
    }
    Ok(())
}

/// What one pupil’s booking is about.
struct Place<'a> {
    app: &'a App,
    platform: Slug,
    host: u32,
    slot: SlotId,
    pupil: u32,
    size: Size,
}

impl Place<'_> {
    /// The pupil is booked, and the convention goes all its way.
    async fn book(&self) -> Result<(), Fault> {
        let name = self.pupil.to_string();
        let school = self.pupil % self.size.schools;
        let booking = BookingId::new(derived(&["season", "booking", &name]));
        let person = PersonId::new(derived(&["season", "pupil", &name]));
        let identity = identity(self.pupil)?;
        let now = clock::moment(self.app.journal.clock().now(), ZONE);
        let origin: Uai = schools::origin(school).parse()?;
        let lockout = Lockout { failures: 8, minutes: 15 };
        let sign_in = AccountCommand::SignIn { right: true, at: now.at, lockout };
        self.give::<Account>(&account_of(origin.as_str()).uuid().to_string(), sign_in).await?;
        let candidate = Candidate {
            booking,
            pupil: Personal::new(person, identity.clone()),
            origin: origin.clone(),
            kind: PupilKind::External,
            held: 0,
        };
        let rules = Rules::default();
        let book = SlotCommand::BookSeat { candidate, or_wait: false, rules, now };
        let stream = self.slot.uuid().to_string();
        self.give::<Slot>(&stream, book).await?;
        let about = About { booking: Some(booking), ..self.about() };
        self.write(Template::BookingToHost, Recipient::Host, about).await?;
        let parties = Parties {
            platform: self.platform.clone(),
            slot: self.slot,
            booking,
            host: schools::host(self.host).parse()?,
            origin,
            pupil: person,
        };
        self.agree(parties, identity).await
    }

    async fn give<D: Decider>(&self, stream: &str, command: D::Command) -> Result<(), Fault> {
        give::<D>(self.app, &self.platform, stream, command).await
    }

    fn about(&self) -> About {
        let slot = Some(self.slot);
        About { platform: Some(self.platform.clone()), slot, ..About::default() }
    }

    /// A letter is asked for and leaves.
    async fn write(&self, template: Template, to: Recipient, about: About) -> Result<(), Fault> {
        let subject = serde_json::to_string(&(&to, &about))?;
        let letter = LetterId::new(derived(&["season", &template.to_string(), &subject]));
        let stream = letter.uuid().to_string();
        let request = LetterCommand::RequestLetter { letter, template, recipient: to, about };
        self.give::<Letter>(&stream, request).await?;
        self.give::<Letter>(&stream, LetterCommand::RecordSent).await
    }

    /// The convention is made and sent, and goes its way as far as it comes.
    async fn agree(&self, parties: Parties, identity: PupilIdentity) -> Result<(), Fault> {
        let (booking, person) = (parties.booking, parties.pupil);
        let convention = ConventionId::of(booking);
        let stream = convention.uuid().to_string();
        let generate = ConventionCommand::GenerateConvention {
            convention,
            parties,
            reference: format!("CV-{}", stream.chars().take(8).collect::<String>()),
            original: document(person, "original", &stream),
            pages: 2,
            template: "4".to_owned(),
            terms: Personal::new(person, terms(identity)),
        };
        self.give::<Convention>(&stream, generate).await?;
        let about = || About { convention: Some(convention), ..self.about() };
        self.write(Template::ConventionToOrigin, Recipient::Origin, about()).await?;
        match self.pupil % 4 {
            0 => return Ok(()),
            1 => return self.deposit(person, convention, about()).await,
            _ => self.deposit(person, convention, about()).await?,
        }
        self.give::<Convention>(&stream, ConventionCommand::ValidateConvention).await?;
        self.write(Template::ConventionValidated, Recipient::Origin, about()).await?;
        let slot = self.slot.uuid().to_string();
        self.give::<Slot>(&slot, SlotCommand::ConfirmBooking { booking }).await
    }

    async fn deposit(
        &self,
        person: PersonId,
        convention: ConventionId,
        about: About,
    ) -> Result<(), Fault> {
        let stream = convention.uuid().to_string();
        let deposit = ConventionCommand::DepositConvention {
            document: document(person, "deposit", &stream),
            pages: 2,
            side: Side::Origin,
            recognised: Recognition::PageCodes,
            signatures: SignatureCheck::default(),
            print: Some(1),
        };
        self.give::<Convention>(&stream, deposit).await?;
        self.write(Template::ConventionDeposited, Recipient::Host, about).await
    }
}

fn terms(pupil: PupilIdentity) -> Terms {
    Terms {
        date: date(2027, 1, 27),
        start: time(9, 0, 0, 0),
        end: time(12, 0, 0, 0),
        room: None,
        teacher: None,
        pupil,
        rest: digest("the rest"),
    }
}

fn identity(number: u32) -> Result<PupilIdentity, Fault> {
    Ok(PupilIdentity {
        last_name: format!("Nom{number}"),
        first_name: "Ana".to_owned(),
        birth_date: Some(date(2012, 7, 29)),
        class: Some("3e B".to_owned()),
        guardian: Some(Guardian {
            name: format!("Parent Nom{number}"),
            email: Some(format!("parent{number}@courriel.example").parse()?),
            phone: Some("06 39 98 12 34".to_owned()),
        }),
    })
}

fn document(person: PersonId, what: &str, of: &str) -> StoredDocument {
    let name = digest(&format!("{what} {of}"));
    StoredDocument { blob: name.clone(), length: 48_000, digest: Personal::new(person, name) }
}

fn digest(of: &str) -> String {
    hex::encode(Sha256::digest(of))
}
