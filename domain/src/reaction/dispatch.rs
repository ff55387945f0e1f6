//! Every event of every context, and the policies that react to it. No arm stands for events
//! yet unknown: a new one must say here what follows from it, if only nothing.

use super::Reaction;
use crate::{
    accounts::{self, account::AccountEvent, school_space::SchoolSpaceEvent},
    conventions::{
        self, convention::ConventionEvent, scan_batch::ScanEvent, signing::SigningEvent,
    },
    correspondence::{self, letter::LetterEvent},
    directory::school::SchoolEvent,
    facts::Fact,
    ministages::{self, slot::SlotEvent},
    operations::erasure::ErasureEvent,
    platforms::platform::PlatformEvent,
};

/// What follows from `fact`, in the order in which it is to be done.
pub fn reactions(fact: &Fact) -> Vec<Reaction> {
    match fact {
        Fact::Account(event) => to_account(event),
        Fact::SchoolSpace(event) => to_school_space(event),
        Fact::Slot(event) => to_slot(event),
        Fact::Convention(event) => to_convention(event),
        Fact::Signing(event) => to_signing(event),
        Fact::School(
            SchoolEvent::SchoolListed { .. }
            | SchoolEvent::SchoolChanged { .. }
            | SchoolEvent::SchoolClosed { .. },
        )
        | Fact::Platform(
            PlatformEvent::PlatformOpened { .. }
            | PlatformEvent::BrandingChanged { .. }
            | PlatformEvent::LicenceRenewed { .. }
            | PlatformEvent::NotificationAddressSet { .. }
            | PlatformEvent::RulesChanged { .. }
            | PlatformEvent::ConventionNotesChanged { .. }
            | PlatformEvent::ConventionArticlesChanged { .. }
            | PlatformEvent::FormationAdded { .. }
            | PlatformEvent::FormationRetired { .. }
            | PlatformEvent::HostAttached { .. }
            | PlatformEvent::HostDetached { .. }
            | PlatformEvent::RoleGranted { .. }
            | PlatformEvent::RoleRevoked { .. }
            | PlatformEvent::GuideStored { .. },
        )
        | Fact::Letter(
            LetterEvent::LetterRequested { .. }
            | LetterEvent::LetterSent { .. }
            | LetterEvent::LetterFailed { .. }
            | LetterEvent::LetterAbandoned { .. }
            | LetterEvent::LetterResendRequested { .. },
        )
        // What follows from a stack is long work, done one stack at a time by who sorts them.
        | Fact::ScanBatch(
            ScanEvent::ScanReceived { .. }
            | ScanEvent::PageRecognised { .. }
            | ScanEvent::PageUnclassified { .. }
            | ScanEvent::ScanSorted { .. }
            | ScanEvent::ScanRefused { .. }
            | ScanEvent::PageAssigned { .. }
            | ScanEvent::PageDiscarded { .. }
            | ScanEvent::IncompleteAccepted { .. }
            | ScanEvent::PagesDeposited { .. }
            | ScanEvent::PagesRefused { .. },
        ) => Vec::new(),
        Fact::Erasure(ErasureEvent::SubjectErased { person, ground }) => both(
            accounts::policy::when_subject_erased(*person),
            conventions::policy::when_subject_erased(*person, *ground),
        ),
    }
}

fn to_account(event: &AccountEvent) -> Vec<Reaction> {
    use correspondence::policy;
    match event {
        AccountEvent::EmailVerified { account, school } => {
            accounts::policy::when_email_verified(*account, school.as_ref())
        }
        AccountEvent::VerificationRequested { account, link, .. } => {
            policy::when_verification_requested(*account, *link)
        }
        AccountEvent::PasswordResetRequested { account, link, .. } => {
            policy::when_password_reset_requested(*account, *link)
        }
        AccountEvent::PasswordChanged { account, .. } => policy::when_password_changed(*account),
        AccountEvent::AccountLocked { account, .. } => policy::when_account_locked(*account),
        AccountEvent::EmailChangeRequested { account, link, .. } => {
            policy::when_email_change_requested(*account, *link)
        }
        AccountEvent::SignInLinkRequested { account, link, .. } => {
            policy::when_sign_in_link_requested(*account, *link)
        }
        AccountEvent::AccountRegistered { .. }
        | AccountEvent::SignedIn { .. }
        | AccountEvent::SignInFailed { .. }
        | AccountEvent::AccountUnlocked { .. }
        | AccountEvent::SignedOut { .. }
        | AccountEvent::ProfileChanged { .. }
        | AccountEvent::EmailChanged { .. }
        | AccountEvent::TermsAccepted { .. }
        | AccountEvent::SignInLinkUsed { .. }
        | AccountEvent::IdentityLinked { .. }
        | AccountEvent::SecretQuestionSet { .. }
        | AccountEvent::OperatorAppointed { .. }
        | AccountEvent::OperatorDismissed { .. }
        | AccountEvent::AccountClosed { .. } => Vec::new(),
    }
}

fn to_school_space(event: &SchoolSpaceEvent) -> Vec<Reaction> {
    use correspondence::policy;
    match event {
        SchoolSpaceEvent::MemberInvited { uai, invitation, .. } => {
            policy::when_member_invited(uai, *invitation)
        }
        SchoolSpaceEvent::AccessRequested { uai, request, .. } => {
            policy::when_access_requested(uai, *request)
        }
        SchoolSpaceEvent::AccessDeclined { uai, request } => {
            policy::when_access_declined(uai, *request)
        }
        SchoolSpaceEvent::MemberJoined { .. }
        | SchoolSpaceEvent::MemberRemoved { .. }
        | SchoolSpaceEvent::AccessGranted { .. }
        | SchoolSpaceEvent::LoginHintShown { .. }
        | SchoolSpaceEvent::SignatureStored { .. }
        | SchoolSpaceEvent::SignatureRemoved { .. }
        | SchoolSpaceEvent::StampStored { .. }
        | SchoolSpaceEvent::StampRemoved { .. } => Vec::new(),
    }
}

fn to_slot(event: &SlotEvent) -> Vec<Reaction> {
    use conventions::policy as convention;
    use correspondence::policy as letter;
    match event {
        SlotEvent::SeatBooked { slot, booking, .. } => both(
            convention::when_seat_booked(*slot, *booking),
            letter::when_seat_booked(*slot, *booking),
        ),
        SlotEvent::WaitlistAccepted { slot, booking, .. } => both(
            convention::when_waitlist_accepted(*slot, *booking),
            letter::when_waitlist_accepted(*slot, *booking),
        ),
        SlotEvent::BookingCancelled { slot, booking, by, .. } => both(
            convention::when_booking_cancelled(*booking),
            letter::when_booking_cancelled(*slot, *booking, *by),
        ),
        SlotEvent::BookingExpired { slot, booking } => both(
            convention::when_booking_expired(*booking),
            letter::when_booking_expired(*slot, *booking),
        ),
        SlotEvent::SlotWithdrawn { slot, bookings, .. } => both(
            convention::when_slot_withdrawn(bookings),
            letter::when_slot_withdrawn(*slot, bookings),
        ),
        SlotEvent::SlotChanged { slot, bookings, .. } => both(
            convention::when_slot_changed(bookings),
            letter::when_slot_changed(*slot, bookings),
        ),
        SlotEvent::PupilCorrected { booking, .. } => convention::when_pupil_corrected(*booking),
        SlotEvent::WaitlistJoined { slot, booking, .. } => {
            letter::when_waitlist_joined(*slot, *booking)
        }
        SlotEvent::WaitlistPromoted { slot, booking, .. } => {
            letter::when_waitlist_promoted(*slot, *booking)
        }
        SlotEvent::WaitlistLapsed { slot, booking, .. } => {
            letter::when_waitlist_lapsed(*slot, *booking)
        }
        SlotEvent::AttendanceRecorded { slot, booking, present }
        | SlotEvent::AttendanceCorrected { slot, booking, present } => {
            letter::when_attendance_recorded(*slot, *booking, *present)
        }
        SlotEvent::SlotPublished { .. }
        | SlotEvent::BookingConfirmed { .. }
        | SlotEvent::BookingUnconfirmed { .. }
        | SlotEvent::AppreciationGiven { .. } => Vec::new(),
    }
}

fn to_convention(event: &ConventionEvent) -> Vec<Reaction> {
    use conventions::policy as signing;
    use correspondence::policy as letter;
    use ministages::policy as booking;
    match event {
        ConventionEvent::ConventionGenerated { convention, parties, .. } => {
            letter::when_convention_generated(*convention, parties)
        }
        ConventionEvent::ConventionDeposited { convention, side, recognised, .. } => both(
            signing::when_convention_deposited(*convention, *recognised),
            letter::when_convention_deposited(*convention, *side, *recognised),
        ),
        ConventionEvent::ConventionValidated { convention } => both(
            booking::when_convention_validated(*convention),
            letter::when_convention_validated(*convention),
        ),
        ConventionEvent::ConventionInvalidated { convention, was_validated, .. } => both(
            booking::when_convention_invalidated(*convention, *was_validated),
            letter::when_convention_invalidated(*convention),
        ),
        ConventionEvent::ConventionRegenerated { convention } => both(
            signing::when_convention_regenerated(*convention),
            letter::when_convention_regenerated(*convention),
        ),
        ConventionEvent::ConventionAmended { convention, changes, .. } => both(
            signing::when_convention_amended(*convention, changes),
            letter::when_convention_amended(*convention),
        ),
        ConventionEvent::ReminderSent { convention } => letter::when_reminder_sent(*convention),
        ConventionEvent::ConventionLapsed { convention, .. } => {
            signing::when_convention_lapsed(*convention)
        }
    }
}

fn to_signing(event: &SigningEvent) -> Vec<Reaction> {
    use correspondence::policy as letter;
    match event {
        SigningEvent::SigningLinkSent { convention, role, link, .. } => {
            letter::when_signing_link_sent(*convention, *role, *link)
        }
        SigningEvent::SigningCodeSent { convention, role, code, .. } => {
            letter::when_signing_code_sent(*convention, *role, *code)
        }
        SigningEvent::SignatureDeclined { convention, role, .. } => {
            letter::when_signature_declined(*convention, *role)
        }
        // The letters bear the signed document: it is made first.
        SigningEvent::SigningCompleted { convention, roles } => both(
            conventions::policy::when_signing_completed(*convention),
            letter::when_signing_completed(*convention, roles),
        ),
        SigningEvent::SigningOpened { .. }
        | SigningEvent::SignaturesAskedAgain { .. }
        | SigningEvent::SignatoryCorrected { .. }
        | SigningEvent::SigningCodeFailed { .. }
        | SigningEvent::SignatureApplied { .. }
        | SigningEvent::SigningClosed { .. } => Vec::new(),
    }
}

fn both(mut first: Vec<Reaction>, then: Vec<Reaction>) -> Vec<Reaction> {
    first.extend(then);
    first
}
