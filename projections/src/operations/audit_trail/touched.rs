//! What an event touched: schools, platforms, people, slots, bookings and the rest, by id.

use std::collections::BTreeSet;

use domain::{
    accounts::{
        account::AccountEvent,
        school_space::{JoinedThrough, SchoolSpaceEvent},
    },
    conventions::{
        convention::{ConventionEvent, Parties},
        scan_batch::ScanEvent,
        signing::SigningEvent,
    },
    correspondence::letter::{About, LetterEvent, Recipient},
    directory::school::SchoolEvent,
    facts::Fact,
    kernel::{
        envelope::{Actor, Recorded},
        ids::{AccountId, BookingId, ConventionId, SlotId},
    },
    ministages::slot::{SlotDetails, SlotEvent},
    operations::erasure::ErasureEvent,
    platforms::platform::PlatformEvent,
};

use super::Kind;

/// What has been touched until now.
#[derive(Default)]
struct Touched(BTreeSet<(Kind, String)>);

impl Touched {
    #[expect(clippy::needless_pass_by_value, reason = "ids are small, and read better so")]
    fn add(&mut self, kind: Kind, id: impl ToString) {
        self.0.insert((kind, id.to_string()));
    }

    fn maybe(&mut self, kind: Kind, id: Option<impl ToString>) {
        if let Some(id) = id {
            self.add(kind, id);
        }
    }

    /// A booking, and the convention there is or will be of it.
    fn booking(&mut self, booking: BookingId) {
        self.add(Kind::Booking, booking.uuid());
        self.add(Kind::Convention, ConventionId::of(booking).uuid());
    }

    fn details(&mut self, details: &SlotDetails) {
        let teacher = details.teacher.as_ref();
        self.maybe(Kind::Person, teacher.map(|it| it.person().uuid()));
    }
}

/// What `event` touched, its actor's account among it.
pub(super) fn by(event: &Recorded<Fact>) -> BTreeSet<(Kind, String)> {
    let mut touched = Touched::default();
    touched.maybe(Kind::Platform, event.context.tenant.as_ref());
    match &event.context.actor {
        Actor::Account { account, .. } => touched.add(Kind::Account, account.uuid()),
        Actor::Visitor
        | Actor::Link { .. }
        | Actor::Policy { .. }
        | Actor::Import
        | Actor::Operator => {}
    }
    match &event.event {
        Fact::School(
            SchoolEvent::SchoolListed { uai, .. }
            | SchoolEvent::SchoolChanged { uai, .. }
            | SchoolEvent::SchoolClosed { uai },
        ) => touched.add(Kind::School, uai),
        Fact::Account(event) => account(event, &mut touched),
        Fact::SchoolSpace(event) => school_space(event, &mut touched),
        Fact::Platform(event) => platform(event, &mut touched),
        Fact::Slot(event) => slot(event, &mut touched),
        Fact::Convention(event) => convention(event, &mut touched),
        Fact::Signing(event) => signing(event, &mut touched),
        Fact::ScanBatch(event) => scan(event, &mut touched),
        Fact::Letter(event) => letter(event, &mut touched),
        Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => {
            touched.add(Kind::Person, person.uuid());
        }
    }
    touched.0
}

fn account(event: &AccountEvent, touched: &mut Touched) {
    use AccountEvent as E;
    let account = match event {
        E::AccountRegistered { account, school, holder, .. } => {
            touched.maybe(Kind::School, school.as_ref());
            touched.add(Kind::Person, holder.person().uuid());
            account
        }
        E::EmailVerified { account, school } => {
            touched.maybe(Kind::School, school.as_ref());
            account
        }
        E::ProfileChanged { account, holder } => {
            touched.add(Kind::Person, holder.person().uuid());
            account
        }
        E::VerificationRequested { account, .. }
        | E::SignedIn { account }
        | E::SignInFailed { account }
        | E::AccountLocked { account, .. }
        | E::AccountUnlocked { account }
        | E::SignedOut { account }
        | E::PasswordResetRequested { account, .. }
        | E::PasswordChanged { account, .. }
        | E::EmailChangeRequested { account, .. }
        | E::EmailChanged { account, .. }
        | E::TermsAccepted { account, .. }
        | E::SignInLinkRequested { account, .. }
        | E::SignInLinkUsed { account, .. }
        | E::IdentityLinked { account, .. }
        | E::SecretQuestionSet { account, .. }
        | E::OperatorAppointed { account }
        | E::OperatorDismissed { account }
        | E::AccountClosed { account, .. } => account,
    };
    touched.add(Kind::Account, account.uuid());
}

fn school_space(event: &SchoolSpaceEvent, touched: &mut Touched) {
    use SchoolSpaceEvent as E;
    let uai = match event {
        E::MemberInvited { uai, email, .. } => {
            touched.add(Kind::Person, email.person().uuid());
            uai
        }
        E::MemberJoined {
            uai,
            account,
            through: JoinedThrough::InstitutionalAddress | JoinedThrough::Invitation { .. },
            ..
        }
        | E::MemberRemoved { uai, account } => {
            touched.add(Kind::Account, account.uuid());
            uai
        }
        E::AccessRequested { uai, requester, .. } => {
            touched.add(Kind::Person, requester.person().uuid());
            uai
        }
        E::SignatureStored { uai, picture } | E::StampStored { uai, picture } => {
            touched.add(Kind::Person, picture.digest.person().uuid());
            uai
        }
        E::AccessGranted { uai, .. }
        | E::AccessDeclined { uai, .. }
        | E::LoginHintShown { uai, .. }
        | E::SignatureRemoved { uai }
        | E::StampRemoved { uai } => uai,
    };
    touched.add(Kind::School, uai);
}

fn platform(event: &PlatformEvent, touched: &mut Touched) {
    use PlatformEvent as E;
    let platform = match event {
        E::NotificationAddressSet { platform, host, .. }
        | E::HostAttached { platform, host }
        | E::HostDetached { platform, host } => {
            touched.add(Kind::School, host);
            platform
        }
        E::FormationAdded { platform, formation, host, .. } => {
            touched.add(Kind::School, host);
            touched.add(Kind::Formation, formation.uuid());
            platform
        }
        E::FormationRetired { platform, formation } => {
            touched.add(Kind::Formation, formation.uuid());
            platform
        }
        E::RoleGranted { platform, account, .. } | E::RoleRevoked { platform, account, .. } => {
            touched.add(Kind::Account, account.uuid());
            platform
        }
        E::PlatformOpened { platform, .. }
        | E::BrandingChanged { platform, .. }
        | E::LicenceRenewed { platform, .. }
        | E::RulesChanged { platform, .. }
        | E::ConventionNotesChanged { platform, .. }
        | E::ConventionArticlesChanged { platform, .. }
        | E::GuideStored { platform, .. } => platform,
    };
    touched.add(Kind::Platform, platform);
}

fn slot(event: &SlotEvent, touched: &mut Touched) {
    use SlotEvent as E;
    let slot = match event {
        E::SlotPublished { slot, platform, host, formation, details, .. } => {
            touched.add(Kind::Platform, platform);
            touched.add(Kind::School, host);
            touched.add(Kind::Formation, formation.uuid());
            touched.details(details);
            slot
        }
        E::SlotChanged { slot, details, .. } => {
            touched.details(details);
            slot
        }
        E::SlotWithdrawn { slot, bookings, .. } => {
            for booking in bookings {
                touched.booking(*booking);
            }
            slot
        }
        E::SeatBooked { slot, booking, pupil, origin, .. }
        | E::WaitlistJoined { slot, booking, pupil, origin, .. } => {
            touched.booking(*booking);
            touched.add(Kind::Person, pupil.person().uuid());
            touched.add(Kind::School, origin);
            slot
        }
        E::PupilCorrected { slot, booking, pupil } => {
            touched.booking(*booking);
            touched.add(Kind::Person, pupil.person().uuid());
            slot
        }
        E::BookingCancelled { slot, booking, .. }
        | E::BookingExpired { slot, booking }
        | E::WaitlistPromoted { slot, booking, .. }
        | E::WaitlistAccepted { slot, booking, .. }
        | E::WaitlistLapsed { slot, booking, .. }
        | E::BookingConfirmed { slot, booking }
        | E::BookingUnconfirmed { slot, booking }
        | E::AttendanceRecorded { slot, booking, .. }
        | E::AttendanceCorrected { slot, booking, .. }
        | E::AppreciationGiven { slot, booking, .. } => {
            touched.booking(*booking);
            slot
        }
    };
    touched.add(Kind::Slot, slot.uuid());
}

fn convention(event: &ConventionEvent, touched: &mut Touched) {
    use ConventionEvent as E;
    let convention = match event {
        E::ConventionGenerated { convention, parties, .. } => {
            let Parties { platform, slot, booking, host, origin, pupil } = parties;
            touched.add(Kind::Platform, platform);
            touched.add(Kind::Slot, slot.uuid());
            touched.booking(*booking);
            touched.add(Kind::School, host);
            touched.add(Kind::School, origin);
            touched.add(Kind::Person, pupil.uuid());
            convention
        }
        E::ConventionAmended { convention, .. }
        | E::ConventionDeposited { convention, .. }
        | E::ConventionValidated { convention }
        | E::ConventionInvalidated { convention, .. }
        | E::ConventionRegenerated { convention }
        | E::ConventionLapsed { convention, .. }
        | E::ReminderSent { convention } => convention,
    };
    touched.add(Kind::Convention, convention.uuid());
}

fn signing(event: &SigningEvent, touched: &mut Touched) {
    use SigningEvent as E;
    let convention = match event {
        E::SigningOpened { convention, document, .. }
        | E::SignaturesAskedAgain { convention, document, .. } => {
            touched.add(Kind::Person, document.person().uuid());
            convention
        }
        E::SignatoryCorrected { convention, .. }
        | E::SigningLinkSent { convention, .. }
        | E::SigningCodeSent { convention, .. }
        | E::SigningCodeFailed { convention, .. }
        | E::SignatureApplied { convention, .. }
        | E::SignatureDeclined { convention, .. }
        | E::SigningCompleted { convention, .. }
        | E::SigningClosed { convention, .. } => convention,
    };
    touched.add(Kind::Convention, convention.uuid());
}

fn scan(event: &ScanEvent, touched: &mut Touched) {
    use ScanEvent as E;
    let batch = match event {
        E::ScanReceived { batch, platform, sender, .. } => {
            touched.maybe(Kind::Platform, platform.as_ref());
            touched.add(Kind::School, sender);
            batch
        }
        E::PageRecognised { batch, place, .. } | E::PageAssigned { batch, place, .. } => {
            touched.add(Kind::Convention, place.convention.uuid());
            batch
        }
        E::PageUnclassified { batch, place, .. } => {
            touched.maybe(Kind::Convention, place.map(|it| it.convention.uuid()));
            batch
        }
        E::IncompleteAccepted { batch, convention }
        | E::PagesDeposited { batch, convention, .. }
        | E::PagesRefused { batch, convention, .. } => {
            touched.add(Kind::Convention, convention.uuid());
            batch
        }
        E::ScanSorted { batch, .. }
        | E::ScanRefused { batch, .. }
        | E::PageDiscarded { batch, .. } => batch,
    };
    touched.add(Kind::Scan, batch.uuid());
}

fn letter(event: &LetterEvent, touched: &mut Touched) {
    use LetterEvent as E;
    let letter = match event {
        E::LetterRequested { letter, recipient, about, .. } => {
            written(recipient, touched);
            subject(about, touched);
            letter
        }
        E::LetterSent { letter, .. }
        | E::LetterFailed { letter, .. }
        | E::LetterAbandoned { letter, .. }
        | E::LetterResendRequested { letter } => letter,
    };
    touched.add(Kind::Letter, letter.uuid());
}

/// To whom a letter goes.
fn written(to: &Recipient, touched: &mut Touched) {
    match to {
        Recipient::Account { account } | Recipient::NewAddress { account } => {
            touched.add(Kind::Account, account.uuid());
        }
        Recipient::School { uai }
        | Recipient::Invited { uai, .. }
        | Recipient::Requester { uai, .. } => touched.add(Kind::School, uai),
        Recipient::Origin | Recipient::Host | Recipient::Signatory { .. } => {}
    }
}

/// What a letter is about.
fn subject(about: &About, touched: &mut Touched) {
    touched.maybe(Kind::Platform, about.platform.as_ref());
    touched.maybe(Kind::Account, about.account.map(AccountId::uuid));
    touched.maybe(Kind::School, about.school.as_ref());
    touched.maybe(Kind::Slot, about.slot.map(SlotId::uuid));
    touched.maybe(Kind::Convention, about.convention.map(ConventionId::uuid));
    if let Some(booking) = about.booking {
        touched.booking(booking);
    }
}
