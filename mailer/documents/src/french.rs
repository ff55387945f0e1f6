//! French typography: dates, hours and the spaces around punctuation.

use jiff::civil::{Date, Time, Weekday};

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
    fn double_punctuation_keeps_to_its_word() {
        assert_eq!(
            typeset("« Lu et approuvé » : l'élève, n° 3 ; oui ?"),
            "«\u{202f}Lu et approuvé\u{202f}»\u{202f}: l’élève, n°\u{a0}3\u{202f}; oui\u{202f}?"
        );
    }
}
