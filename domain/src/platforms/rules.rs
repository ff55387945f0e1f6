//! The rules a platform sets, with sane defaults.

use serde::{Deserialize, Serialize};

use crate::conventions::signing::Signatory;

/// Deadlines and quotas of a platform. Days are counted back from the slot’s date, at
/// midnight in the platform’s time zone; 0 is until the slot begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rules {
    /// Bookings close this many days before the slot.
    pub booking_closes_days: u16,
    /// The school of origin may cancel until this many days before the slot.
    pub cancel_closes_days: u16,
    /// An unconfirmed booking is reminded this many days before the slot.
    pub remind_days: u16,
    /// An unconfirmed booking expires this many days before the slot.
    pub expire_days: u16,
    /// But never earlier than this many hours after it was made.
    pub confirm_grace_hours: u16,
    /// How many hours a promoted pupil’s school has to answer.
    pub promotion_hours: u16,
    /// The most seats that one school of origin may hold in one slot.
    pub seats_per_school: Option<u16>,
    /// The most active bookings that one pupil may hold on the platform.
    pub bookings_per_pupil: Option<u16>,
    /// The largest deposit, in bytes.
    pub deposit_most_bytes: u64,
    /// Who signs a convention online; a minor’s guardian does in any case. Rules set before
    /// signing online was there ask for the usual three.
    #[serde(default = "usual_signatories")]
    pub signatories: Vec<Signatory>,
}

fn usual_signatories() -> Vec<Signatory> {
    vec![Signatory::Origin, Signatory::Guardian, Signatory::Host]
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            booking_closes_days: 1,
            cancel_closes_days: 0,
            remind_days: 7,
            expire_days: 2,
            confirm_grace_hours: 48,
            promotion_hours: 48,
            seats_per_school: None,
            bookings_per_pupil: None,
            deposit_most_bytes: 20 * 1024 * 1024,
            signatories: usual_signatories(),
        }
    }
}
