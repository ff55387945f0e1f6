//! Days, hours and numbers as French writes them.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time, Weekday},
    tz::TimeZone,
};

/// Narrow no-break space: between thousands, around hours.
const THIN: char = '\u{202f}';

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// « 1 234 ».
pub(crate) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(THIN);
        }
        text.push(digit);
    }
    text
}

/// « mercredi 13 janvier 2027 », « vendredi 1er janvier 2027 ».
pub(crate) fn day(date: Date) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    };
    let first = if date.day() == 1 { "er" } else { "" };
    let month = usize::try_from(date.month() - 1).ok();
    let month = month.and_then(|month| MONTHS.get(month)).copied();
    let month = month.unwrap_or_default();
    format!("{weekday} {}{first} {month} {}", date.day(), date.year())
}

/// « 8 h 15 », « 14 h ».
pub(crate) fn hour(time: Time) -> String {
    match time.minute() {
        0 => format!("{}{THIN}h", time.hour()),
        minute => format!("{}{THIN}h{THIN}{minute:02}", time.hour()),
    }
}

/// « mercredi 13 janvier 2027 à 8 h 15 ».
pub(crate) fn moment(moment: DateTime) -> String {
    format!("{} à {}", day(moment.date()), hour(moment.time()))
}

/// What the wall clock shows in Paris: for what belongs to no platform.
pub(crate) fn in_paris(at: Timestamp) -> DateTime {
    TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC).to_datetime(at)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_hours_and_numbers_are_french() {
        let morning = date(2027, 1, 13).at(8, 15, 0, 0);

        assert_eq!(moment(morning), "mercredi 13 janvier 2027 à 8\u{202f}h\u{202f}15");
        assert_eq!(day(date(2027, 8, 1)), "dimanche 1er août 2027");
        assert_eq!(hour(morning.with().hour(14).minute(0).build().unwrap().time()), "14\u{202f}h");
        assert_eq!(in_paris("2027-01-13T07:15:00Z".parse().unwrap()), morning);
        assert_eq!(number(20), "20");
        assert_eq!(number(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
