//! The signs by which a SEGPA and its collège are told to belong together, surest first.
//! Measured on a national file (a test repeats it): of the 1 252 SEGPA that share a mailbox or
//! a telephone with their collège, the rules below these two find the same collège for 1 183,
//! none for 68 and another for one.

use std::collections::BTreeSet;

use domain::kernel::{text::folded, uai::Uai};

use super::segpa::{Candidate, Evidence};

/// A sign.
pub(super) struct Rule {
    /// What it is reported as.
    pub(super) evidence: Evidence,
    /// Whether only a school that says it has a SEGPA counts.
    pub(super) declared_only: bool,
    /// Whether two SEGPA may so point to one school.
    pub(super) shared: bool,
    /// Whether the SEGPA (first) and the school (second) show it.
    pub(super) fits: fn(&Candidate, &Candidate) -> bool,
}

const fn rule(evidence: Evidence, fits: fn(&Candidate, &Candidate) -> bool) -> Rule {
    Rule { evidence, declared_only: true, shared: false, fits }
}

/// All of them, in the order in which they are tried.
pub(super) const RULES: &[Rule] = &[
    Rule { declared_only: false, shared: true, ..rule(Evidence::Mail, same_mailbox) },
    Rule { declared_only: false, shared: true, ..rule(Evidence::Place, same_place) },
    Rule { declared_only: false, ..rule(Evidence::Phone, same_phone) },
    rule(Evidence::Name, same_name),
    rule(Evidence::SimilarName, name_within),
    rule(Evidence::SimilarName, misspelt),
    rule(Evidence::SimilarName, name_or_city),
    rule(Evidence::SimilarName, close_with_a_word_in_common),
    Rule { declared_only: false, ..rule(Evidence::Name, same_name) },
    rule(Evidence::Near, near),
];

fn same_mailbox(segpa: &Candidate, host: &Candidate) -> bool {
    segpa.mailbox.as_ref() == Some(&host.uai) || (!segpa.mail.is_empty() && segpa.mail == host.mail)
}

fn same_place(segpa: &Candidate, host: &Candidate) -> bool {
    segpa.place.is_some() && segpa.place == host.place
}

fn same_phone(segpa: &Candidate, host: &Candidate) -> bool {
    !segpa.phone.is_empty() && segpa.phone == host.phone
}

fn same_name(segpa: &Candidate, host: &Candidate) -> bool {
    !segpa.name.is_empty() && segpa.name == host.name
}

/// « Lamartine » and « Alphonse de Lamartine ».
fn name_within(segpa: &Candidate, host: &Candidate) -> bool {
    !segpa.words.is_empty()
        && !host.words.is_empty()
        && (segpa.words.is_subset(&host.words) || host.words.is_subset(&segpa.words))
}

/// « Charles Letot » and « Charles Létaut »: two letters at most, of five or more.
fn misspelt(segpa: &Candidate, host: &Candidate) -> bool {
    segpa.name.chars().count().min(host.name.chars().count()) >= 5
        && within_two_edits(&segpa.name, &host.name)
}

/// « SEGPA de Koungou » and the collège of Koungou, whatever its name.
fn name_or_city(segpa: &Candidate, host: &Candidate) -> bool {
    let known: BTreeSet<_> = host.words.union(&host.city).collect();
    !segpa.words.is_empty() && segpa.words.iter().all(|word| known.contains(word))
}

fn close_with_a_word_in_common(segpa: &Candidate, host: &Candidate) -> bool {
    let common = |word: &&String| word.chars().count() >= 4;
    near(segpa, host) && segpa.words.intersection(&host.words).any(|w| common(&w))
}

/// Numbers given within the same days, or telephones of the same exchange.
pub(super) fn near(segpa: &Candidate, host: &Candidate) -> bool {
    let exchange = |phone: &str| phone.get(..5).map(str::to_owned);
    let number = |uai: &Uai| uai.as_str().get(..7).and_then(|d| d.parse::<u32>().ok());
    let exchanges =
        exchange(&segpa.phone).is_some() && exchange(&segpa.phone) == exchange(&host.phone);
    let numbers =
        number(&segpa.uai).zip(number(&host.uai)).is_some_and(|(a, b)| a.abs_diff(b) <= 10);
    exchanges || numbers
}

/// Words that say what a school is, not which one.
const COMMON: &[&str] = &[
    "adapte",
    "adaptee",
    "adaptees",
    "adaptes",
    "clg",
    "college",
    "colleges",
    "de",
    "des",
    "du",
    "ecole",
    "enseignement",
    "et",
    "etablissement",
    "general",
    "generale",
    "hc",
    "la",
    "le",
    "les",
    "lycee",
    "polyvalent",
    "pr",
    "prive",
    "privee",
    "professionel",
    "professionnel",
    "professionnelle",
    "profesionnel",
    "public",
    "secondaire",
    "section",
    "segpa",
    "site",
];

/// The words that say which school it is: folded, abbreviations spelt out, initials dropped.
pub(super) fn words(name: &str) -> Vec<String> {
    folded(name)
        .split(' ')
        .filter(|word| word.len() > 1 && !COMMON.contains(word))
        .map(|word| match word {
            "st" => "saint".to_owned(),
            "ste" => "sainte".to_owned(),
            word => word.to_owned(),
        })
        .collect()
}

/// The last nine digits of a telephone, which spreadsheets leave when they drop the zero; less
/// is no telephone.
pub(super) fn digits(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.len().checked_sub(9) {
        Some(first) => digits.into_iter().skip(first).collect(),
        None => String::new(),
    }
}

/// The UAI that an address bears: `ce.0100807Y@ac-reims.fr`.
pub(super) fn mailbox_uai(mail: &str) -> Option<Uai> {
    let (local, _) = mail.split_once('@')?;
    local.split(|c: char| !c.is_ascii_alphanumeric()).find_map(|part| part.parse().ok())
}

/// Whether two words differ by two letters at most (added, left out or changed).
fn within_two_edits(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return false;
    }
    let mut costs: Vec<usize> = (0..=b.len()).collect();
    for (row, letter) in a.iter().enumerate() {
        let mut diagonal = row;
        let mut left = row + 1;
        for (cost, other) in costs.iter_mut().skip(1).zip(&b) {
            let here = (*cost + 1).min(left + 1).min(diagonal + usize::from(letter != other));
            diagonal = std::mem::replace(cost, here);
            left = here;
        }
        if let Some(first) = costs.first_mut() {
            *first = row + 1;
        }
    }
    costs.last().is_some_and(|edits| *edits <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_the_words_that_say_which_school_it_is() {
        assert_eq!(
            words("Section d'enseignement général et professionnel adapté du Collège St-Éloi"),
            ["saint", "eloi"]
        );
        assert_eq!(words("SEGPA du CLG Jean-claude IZZO"), ["jean", "claude", "izzo"]);
    }

    #[test]
    fn a_telephone_without_its_zero_is_the_same() {
        assert_eq!(digits("474611472"), digits("04 74 61 14 72"));
        assert_eq!(digits("+33 4 74 61 14 72"), "474611472");
        assert_eq!(digits("néant 12"), "");
    }

    #[test]
    fn two_letters_are_a_spelling_three_another_name() {
        assert!(within_two_edits("georgesdelatour", "georgedelatour"));
        assert!(within_two_edits("rembrant", "rembrandt"));
        assert!(within_two_edits("ab", "ba"));
        assert!(!within_two_edits("verlaine", "verdun"));
        assert!(!within_two_edits("abc", "xyz"));
    }

    #[test]
    fn a_mailbox_may_bear_a_uai() {
        assert_eq!(mailbox_uai("ce.0100807y@ac-reims.fr").unwrap().as_str(), "0100807Y");
        assert_eq!(mailbox_uai("accueil@x.fr"), None);
    }
}
