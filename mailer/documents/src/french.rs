//! French typography: dates, hours and the spaces around punctuation.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;

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

/// « 13 janvier 2027 », « 1er mars 2027 ».
pub(crate) fn date(date: Date) -> String {
    let day = match date.day() {
        1 => "1er".to_owned(),
        day => day.to_string(),
    };
    let month = usize::try_from(date.month() - 1).ok().and_then(|at| MONTHS.get(at));
    format!("{day} {} {}", month.copied().unwrap_or_default(), date.year())
}

/// « mercredi 13 janvier 2027 ».
pub(crate) fn long_date(day: Date) -> String {
    let weekday = match day.weekday() {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    };
    format!("{weekday} {}", date(day))
}

/// « 4 décembre 2026 à 14:05:09, heure de Paris (UTC+01:00) ».
pub(crate) fn instant(at: Timestamp) -> String {
    let paris = at.to_zoned(paris());
    let (date, time) = (date(paris.date()), paris.time());
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    let offset = paris.strftime("UTC%:z");
    format!("{date} à {hour:02}:{minute:02}:{second:02}, heure de Paris ({offset})")
}

/// « 04/12/2026 à 14:05 », in Paris.
pub(crate) fn short_instant(at: Timestamp) -> String {
    DateTime::from(at.to_zoned(paris())).strftime("%d/%m/%Y à %H:%M").to_string()
}

/// Where the schools are, whatever the clock of the machine says.
fn paris() -> TimeZone {
    TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC)
}

/// « 09:15 – 12:00 », never broken.
pub(crate) fn hours(starts: Time, ends: Time) -> String {
    let hour = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
    format!("{}\u{a0}–\u{a0}{}", hour(starts), hour(ends))
}

/// The text with its spaces unbreakable: a date stays on its line.
pub(crate) fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// The text with narrow no-break spaces before `; : ? ! »` and after `«`, a
/// no-break space after « n° », and typographic apostrophes.
pub(crate) fn typeset(text: &str) -> String {
    let mut set = text.replace('\'', "’").replace("« ", "«\u{202f}").replace("n° ", "n°\u{a0}");
    for mark in [";", ":", "?", "!", "»"] {
        set = set.replace(&format!(" {mark}"), &format!("\u{202f}{mark}"));
    }
    set
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn dates_and_hours_are_written_as_schools_write_them() {
        assert_eq!(long_date(date(2027, 1, 13)), "mercredi 13 janvier 2027");
        assert_eq!(long_date(date(2027, 8, 1)), "dimanche 1er août 2027");
        assert_eq!(hours(time(9, 15, 0, 0), time(12, 0, 0, 0)), "09:15\u{a0}–\u{a0}12:00");
    }

    #[test]
    fn an_instant_is_told_in_paris_in_summer_and_in_winter() {
        let winter: Timestamp = "2026-12-04T13:05:09Z".parse().unwrap();
        let summer: Timestamp = "2027-06-30T22:30:00Z".parse().unwrap();

        assert_eq!(instant(winter), "4 décembre 2026 à 14:05:09, heure de Paris (UTC+01:00)");
        assert_eq!(instant(summer), "1er juillet 2027 à 00:30:00, heure de Paris (UTC+02:00)");
        assert_eq!(short_instant(winter), "04/12/2026 à 14:05");
    }

    #[test]
    fn double_punctuation_keeps_to_its_word() {
        assert_eq!(
            typeset("« Lu et approuvé » : l'élève, n° 3 ; oui ?"),
            "«\u{202f}Lu et approuvé\u{202f}»\u{202f}: l’élève, n°\u{a0}3\u{202f}; oui\u{202f}?"
        );
    }
}
