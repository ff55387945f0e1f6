//! Dates, hours and durations as the letters write them. Each function is a
//! `serialize_with` of the letters' fields, so that templates receive finished French.

use jiff::{
    ToSpan as _,
    civil::{Date, DateTime, Time, Weekday},
};
use serde::Serializer;

/// What stands where a person's data was, once it is erased.
const ERASED: &str = "effacé";

/// « mercredi 13 janvier 2027 », never broken over two lines.
pub(crate) fn long_date(date: Date) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    };
    let month = match date.month() {
        1 => "janvier",
        2 => "février",
        3 => "mars",
        4 => "avril",
        5 => "mai",
        6 => "juin",
        7 => "juillet",
        8 => "août",
        9 => "septembre",
        10 => "octobre",
        11 => "novembre",
        _ => "décembre",
    };
    let day = match date.day() {
        1 => "1er".to_owned(),
        day => day.to_string(),
    };
    format!("{weekday}\u{a0}{day}\u{a0}{month}\u{a0}{}", date.year())
}

/// « 09:15 ».
pub(crate) fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// « mercredi 13 janvier 2027 à 09:15 ».
fn moment_text(moment: DateTime) -> String {
    format!("{} à\u{a0}{}", long_date(moment.date()), clock(moment.time()))
}

/// The last moment that is in time: the whole day before when the deadline is midnight.
fn deadline_text(deadline: DateTime) -> String {
    if deadline.time() == Time::midnight()
        && let Ok(eve) = deadline.date().checked_sub(1.day())
    {
        return long_date(eve);
    }
    moment_text(deadline)
}

/// « 5 minutes », « 1 heure », « 2 jours »: in the largest unit that is exact.
fn duration_text(minutes: u32) -> String {
    let (count, unit) = match minutes {
        m if m > 1440 && m.is_multiple_of(1440) => (m / 1440, "jour"),
        m if m > 0 && m.is_multiple_of(60) => (m / 60, "heure"),
        m => (m, "minute"),
    };
    let plural = if count > 1 { "s" } else { "" };
    format!("{count}\u{a0}{unit}{plural}")
}

pub(crate) fn date<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&long_date(*date))
}

pub(crate) fn time<S: Serializer>(time: &Time, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&clock(*time))
}

pub(crate) fn moment<S: Serializer>(moment: &DateTime, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&moment_text(*moment))
}

pub(crate) fn deadline<S: Serializer>(deadline: &DateTime, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&deadline_text(*deadline))
}

#[expect(clippy::ref_option, reason = "serde hands over the field as it is")]
pub(crate) fn some_deadline<S: Serializer>(
    deadline: &Option<DateTime>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match deadline {
        Some(deadline) => to.serialize_some(&deadline_text(*deadline)),
        None => to.serialize_none(),
    }
}

/// 41 250: thousands apart, by a narrow space that does not break.
pub(crate) fn count<S: Serializer>(count: &u64, to: S) -> Result<S::Ok, S::Error> {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    to.serialize_str(&text)
}

pub(crate) fn minutes<S: Serializer>(minutes: &u32, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&duration_text(*minutes))
}

/// A personal value, « effacé » once its person was erased.
#[expect(clippy::ref_option, reason = "serde hands over the field as it is")]
pub(crate) fn personal<S: Serializer>(value: &Option<String>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(value.as_deref().unwrap_or(ERASED))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;

    #[test]
    fn a_date_is_written_in_full_and_the_first_is_an_ordinal() {
        assert_eq!(long_date(date(2027, 1, 13)), "mercredi\u{a0}13\u{a0}janvier\u{a0}2027");
        assert_eq!(long_date(date(2027, 8, 1)), "dimanche\u{a0}1er\u{a0}août\u{a0}2027");
    }

    #[test]
    fn a_deadline_at_midnight_is_the_day_before() {
        assert_eq!(
            deadline_text(datetime(2027, 1, 11, 0, 0, 0, 0)),
            "dimanche\u{a0}10\u{a0}janvier\u{a0}2027"
        );
        assert_eq!(
            deadline_text(datetime(2027, 1, 11, 14, 5, 0, 0)),
            "lundi\u{a0}11\u{a0}janvier\u{a0}2027 à\u{a0}14:05"
        );
    }

    #[test]
    fn a_duration_is_said_in_the_largest_unit_that_is_exact() {
        let said: Vec<String> = [0, 1, 5, 60, 90, 120, 1440, 2880]
            .into_iter()
            .map(|m| duration_text(m).replace('\u{a0}', " "))
            .collect();

        assert_eq!(
            said,
            [
                "0 minute",
                "1 minute",
                "5 minutes",
                "1 heure",
                "90 minutes",
                "2 heures",
                "24 heures",
                "2 jours"
            ]
        );
    }
}
