//! What the wall clock of a platform shows.

use domain::kernel::moment::Moment;
use jiff::{Timestamp, tz::TimeZone};

/// `at`, and what the wall clock shows then in `zone` (an IANA name; Paris when it is unknown).
pub fn moment(at: Timestamp, zone: &str) -> Moment {
    let zone =
        TimeZone::get(zone).or_else(|_| TimeZone::get("Europe/Paris")).unwrap_or(TimeZone::UTC);
    Moment { at, local: zone.to_datetime(at) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_of_a_platform_shows_its_own_time() {
        let local = |zone| moment("2027-01-13T09:15:00Z".parse().unwrap(), zone).local.to_string();

        assert_eq!(local("Europe/Paris"), "2027-01-13T10:15:00");
        assert_eq!(local("Indian/Reunion"), "2027-01-13T13:15:00");
        assert_eq!(local("nowhere"), "2027-01-13T10:15:00");
    }
}
