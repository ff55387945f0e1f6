//! Within what bounds a platform may set its rules.

use super::super::PlatformRefusal;
use crate::platforms::rules::Rules;

/// Refuses the first number out of its bounds, then a reminder that comes too late. Fields
/// are named as in JSON.
pub(super) fn check(rules: &Rules) -> Result<(), PlatformRefusal> {
    let days = |field, days: u16| within(field, days.into(), 0, 60);
    days("bookingClosesDays", rules.booking_closes_days)?;
    days("cancelClosesDays", rules.cancel_closes_days)?;
    within("remindDays", rules.remind_days.into(), 1, 90)?;
    days("expireDays", rules.expire_days)?;
    within("confirmGraceHours", rules.confirm_grace_hours.into(), 0, 336)?;
    within("promotionHours", rules.promotion_hours.into(), 1, 336)?;
    if let Some(seats) = rules.seats_per_school {
        within("seatsPerSchool", seats.into(), 1, 500)?;
    }
    if let Some(bookings) = rules.bookings_per_pupil {
        within("bookingsPerPupil", bookings.into(), 1, 100)?;
    }
    within("depositMostBytes", rules.deposit_most_bytes, 100 * 1024, 100 * 1024 * 1024)?;
    if rules.remind_days > rules.expire_days {
        Ok(())
    } else {
        Err(PlatformRefusal::ReminderAfterExpiry)
    }
}

fn within(field: &'static str, value: u64, least: u64, most: u64) -> Result<(), PlatformRefusal> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(PlatformRefusal::RuleOutOfBounds { field, least, most })
    }
}
