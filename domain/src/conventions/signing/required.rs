//! Who must sign.

use std::collections::BTreeSet;

use jiff::{ToSpan as _, civil::Date};

use super::event::Signatory;

/// The age from which one signs for oneself, in years.
const OF_AGE: i32 = 18;

/// Whether someone born on `born` is of age on `day`; not if the birth date is unknown.
pub fn is_of_age(born: Option<Date>, day: Date) -> bool {
    born.is_some_and(|born| born.saturating_add(OF_AGE.years()) <= day)
}

/// Who must sign by the platform’s rule: for a minor the guardian always; a pupil of age signs in
/// the guardian’s place.
pub fn required(rule: &[Signatory], of_age: bool) -> BTreeSet<Signatory> {
    let (signs, does_not) = if of_age {
        (Signatory::Pupil, Some(Signatory::Guardian))
    } else {
        (Signatory::Guardian, None)
    };
    rule.iter().copied().chain([signs]).filter(|role| Some(*role) != does_not).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use Signatory::{Guardian, Host, Origin, Pupil};

    #[test]
    fn one_is_of_age_from_ones_eighteenth_birthday_on() {
        let day = date(2027, 1, 13);

        assert!(is_of_age(Some(date(2009, 1, 13)), day));
        assert!(!is_of_age(Some(date(2009, 1, 14)), day));
        assert!(is_of_age(Some(date(2008, 2, 29)), date(2026, 2, 28)));
        assert!(!is_of_age(None, day));
    }

    #[test]
    fn a_minors_guardian_always_signs_and_a_pupil_of_age_signs_instead() {
        let table: [(&[Signatory], bool, &[Signatory]); 6] = [
            (&[], false, &[Guardian]),
            (&[], true, &[Pupil]),
            (&[Origin, Host], false, &[Origin, Guardian, Host]),
            (&[Origin, Guardian, Host], true, &[Origin, Pupil, Host]),
            (&[Origin, Guardian, Pupil, Host], false, &[Origin, Guardian, Pupil, Host]),
            (&[Origin, Guardian, Pupil, Host], true, &[Origin, Pupil, Host]),
        ];

        for (rule, of_age, who) in table {
            assert_eq!(required(rule, of_age).into_iter().collect::<Vec<_>>(), who);
        }
    }
}
