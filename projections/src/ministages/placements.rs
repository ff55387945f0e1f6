//! A placement with everything about it: what a letter, a convention, a page of a booking or
//! a line of an export needs, in one reading.

use std::collections::HashMap;

use domain::kernel::{
    ids::{BookingId, ConventionId, FormationId, SlotId},
    slug::Slug,
    uai::Uai,
};
use jiff::{Timestamp, tz::TimeZone};
use rusqlite::Connection;

use super::{
    bookings::{self, Booking},
    slots::{self, Slot},
};
use crate::{
    conventions::register::{self, Convention},
    directory::schools::{self, School},
    platforms::{
        formations::{self, Formation},
        platform_list::{self, Platform},
    },
};

/// A booking, its slot, and all that they name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The booking, with the pupil and the guardian.
    pub booking: Booking,
    /// When and where.
    pub slot: Slot,
    /// Its convention, once there is one.
    pub convention: Option<Convention>,
    /// The school of origin, if it is listed.
    pub origin: Option<School>,
    /// The host, if it is listed.
    pub host: Option<School>,
    /// The formation.
    pub formation: Option<Formation>,
    /// The platform, with its rules and texts.
    pub platform: Option<Platform>,
}

impl Placement {
    /// When it is over, on the platform’s wall clock.
    pub fn ends(&self) -> Timestamp {
        let zone = self.platform.as_ref().map_or("Europe/Paris", |platform| &platform.time_zone);
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let details = &self.slot.details;
        let ends = zone.to_ambiguous_zoned(details.date.to_datetime(details.end));
        ends.compatible().map_or(Timestamp::MIN, |it| it.timestamp())
    }
}

/// The placement of `booking`.
pub fn placement(db: &Connection, booking: BookingId) -> rusqlite::Result<Option<Placement>> {
    let booking = bookings::by_id(db, booking)?;
    Ok(placements(db, booking.into_iter().collect())?.pop())
}

/// The placement that `convention` is about.
pub fn of_convention(
    db: &Connection,
    convention: ConventionId,
) -> rusqlite::Result<Option<Placement>> {
    match register::by_id(db, convention)? {
        Some(convention) => placement(db, convention.parties.booking),
        None => Ok(None),
    }
}

/// The placements of `bookings`, in their order; for lists and files.
pub fn placements(db: &Connection, bookings: Vec<Booking>) -> rusqlite::Result<Vec<Placement>> {
    let around = Around::read(db, &bookings)?;
    Ok(bookings.into_iter().filter_map(|booking| around.placement(booking)).collect())
}

/// All that some bookings name, each read once.
struct Around {
    slots: HashMap<SlotId, Slot>,
    conventions: HashMap<BookingId, Convention>,
    schools: HashMap<Uai, School>,
    formations: HashMap<FormationId, Formation>,
    platforms: HashMap<Slug, Platform>,
}

impl Around {
    fn read(db: &Connection, bookings: &[Booking]) -> rusqlite::Result<Self> {
        let ids: Vec<SlotId> = bookings.iter().map(|it| it.slot).collect();
        let slots = slots::by_ids(db, &ids)?;
        let conventions: Vec<_> = bookings.iter().map(|it| ConventionId::of(it.id)).collect();
        let formations: Vec<_> = slots.iter().map(|it| it.formation).collect();
        let platforms: Vec<_> = slots.iter().map(|it| it.platform.clone()).collect();
        let origins = bookings.iter().map(|it| it.origin.clone());
        let uais: Vec<_> = origins.chain(slots.iter().map(|it| it.host.clone())).collect();
        Ok(Self {
            conventions: register::by_ids(db, &conventions)?
                .into_iter()
                .map(|it| (it.parties.booking, it))
                .collect(),
            schools: schools::by_uais(db, &uais)?
                .into_iter()
                .map(|it| (it.uai.clone(), it))
                .collect(),
            formations: formations::by_ids(db, &formations)?
                .into_iter()
                .map(|it| (it.formation, it))
                .collect(),
            platforms: platform_list::by_slugs(db, &platforms)?
                .into_iter()
                .map(|it| (it.platform.clone(), it))
                .collect(),
            slots: slots.into_iter().map(|it| (it.id, it)).collect(),
        })
    }

    /// None only where the read model of slots is behind that of bookings.
    fn placement(&self, booking: Booking) -> Option<Placement> {
        let slot = self.slots.get(&booking.slot)?.clone();
        Some(Placement {
            convention: self.conventions.get(&booking.id).cloned(),
            origin: self.schools.get(&booking.origin).cloned(),
            host: self.schools.get(&slot.host).cloned(),
            formation: self.formations.get(&slot.formation).cloned(),
            platform: self.platforms.get(&slot.platform).cloned(),
            booking,
            slot,
        })
    }
}

#[cfg(test)]
mod tests;
