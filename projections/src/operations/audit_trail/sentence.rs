//! What an event's sentence depends on: its name, and the variant where there are several.

use domain::{
    accounts::{account::AccountEvent, school_space::SchoolSpaceEvent},
    conventions::{convention::ConventionEvent, scan_batch::ScanEvent},
    correspondence::letter::LetterEvent,
    facts::Fact,
    ministages::slot::SlotEvent,
    operations::erasure::{ErasureEvent, ErasureGround},
    platforms::platform::PlatformEvent,
};

/// `BookingCancelled.Origin`: the name and, where it says more, the variant.
pub(super) fn key(fact: &Fact) -> String {
    match variant(fact) {
        Some(variant) => format!("{}.{variant}", fact.name()),
        None => fact.name().to_owned(),
    }
}

fn variant(fact: &Fact) -> Option<String> {
    match fact {
        Fact::Slot(event) => of_slot(event),
        Fact::Convention(event) => of_convention(event),
        Fact::Account(AccountEvent::PasswordChanged { how, .. }) => Some(format!("{how:?}")),
        Fact::SchoolSpace(SchoolSpaceEvent::MemberJoined { role, .. }) => Some(role.to_string()),
        Fact::Platform(
            PlatformEvent::RoleGranted { role, .. } | PlatformEvent::RoleRevoked { role, .. },
        ) => Some(role.to_string()),
        Fact::Letter(LetterEvent::LetterRequested { template, .. }) => Some(template.to_string()),
        Fact::ScanBatch(ScanEvent::PageUnclassified { reason, .. }) => Some(reason.to_string()),
        Fact::Erasure(ErasureEvent::SubjectErased { ground: ErasureGround::Scan, .. }) => {
            Some(ErasureGround::Scan.to_string())
        }
        Fact::School(_)
        | Fact::Account(_)
        | Fact::SchoolSpace(_)
        | Fact::Platform(_)
        | Fact::Signing(_)
        | Fact::ScanBatch(_)
        | Fact::Letter(_)
        | Fact::Erasure(_) => None,
    }
}

fn of_slot(event: &SlotEvent) -> Option<String> {
    match event {
        SlotEvent::BookingCancelled { by, .. } => Some(by.to_string()),
        SlotEvent::WaitlistLapsed { cause, .. } => Some(cause.to_string()),
        SlotEvent::AttendanceRecorded { present, .. }
        | SlotEvent::AttendanceCorrected { present, .. } => {
            Some(if *present { "Present" } else { "Absent" }.to_owned())
        }
        SlotEvent::SlotPublished { .. }
        | SlotEvent::SlotChanged { .. }
        | SlotEvent::SlotWithdrawn { .. }
        | SlotEvent::SeatBooked { .. }
        | SlotEvent::WaitlistJoined { .. }
        | SlotEvent::PupilCorrected { .. }
        | SlotEvent::BookingExpired { .. }
        | SlotEvent::WaitlistPromoted { .. }
        | SlotEvent::WaitlistAccepted { .. }
        | SlotEvent::BookingConfirmed { .. }
        | SlotEvent::BookingUnconfirmed { .. }
        | SlotEvent::AppreciationGiven { .. } => None,
    }
}

fn of_convention(event: &ConventionEvent) -> Option<String> {
    match event {
        ConventionEvent::ConventionDeposited { side, .. } => Some(side.to_string()),
        ConventionEvent::ConventionInvalidated { was_validated, .. } => {
            Some(if *was_validated { "Validated" } else { "Deposited" }.to_owned())
        }
        ConventionEvent::ConventionLapsed { cause, .. } => Some(cause.to_string()),
        ConventionEvent::ConventionGenerated { .. }
        | ConventionEvent::ConventionAmended { .. }
        | ConventionEvent::ConventionValidated { .. }
        | ConventionEvent::ConventionRegenerated { .. }
        | ConventionEvent::ReminderSent { .. } => None,
    }
}
