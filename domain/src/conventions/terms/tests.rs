//! The table of changes and of whom they concern.

use jiff::civil::{date, time};
use strum::VariantArray as _;

use super::*;
use Signatory::{Guardian as Parent, Host, Origin, Pupil};

const ALL: [Signatory; 4] = [Origin, Parent, Pupil, Host];

fn terms() -> Terms {
    Terms {
        date: date(2027, 1, 13),
        start: time(9, 0, 0, 0),
        end: time(12, 0, 0, 0),
        room: Some("B 204".to_owned()),
        teacher: Some("Mme Durand".to_owned()),
        pupil: PupilIdentity {
            last_name: "Témoin".to_owned(),
            first_name: "Zoé".to_owned(),
            birth_date: Some(date(2012, 3, 4)),
            class: Some("3e B".to_owned()),
            guardian: Some(Guardian {
                name: "Claire Témoin".to_owned(),
                email: Some("claire@example.org".parse().unwrap()),
                phone: Some("06 12 34 56 78".to_owned()),
            }),
        },
        rest: "aa".repeat(32),
    }
}

fn found(change: impl FnOnce(&mut Terms)) -> Vec<Change> {
    let mut after = terms();
    change(&mut after);
    changes(&terms(), &after)
}

fn guardian(it: &mut Terms) -> &mut Guardian {
    it.pupil.guardian.as_mut().unwrap()
}

#[test]
fn each_change_is_named_and_asks_those_it_concerns_again() {
    type Made = fn(&mut Terms);
    let table: [(Made, Change, &[Signatory]); 14] = [
        (|it| it.date = date(2027, 1, 14), Change::Date, &ALL),
        (|it| it.start = time(8, 30, 0, 0), Change::Hours, &ALL),
        (|it| it.end = time(12, 30, 0, 0), Change::Hours, &ALL),
        (|it| it.room = Some("B 207".to_owned()), Change::Place, &ALL),
        (|it| it.teacher = Some("M. Petit".to_owned()), Change::Receiver, &ALL),
        (|it| it.teacher = None, Change::Receiver, &ALL),
        (|it| it.teacher = Some("Mme Durant".to_owned()), Change::ReceiverName, &[Host]),
        (|it| it.pupil.first_name = "Mathilde".to_owned(), Change::Pupil, &ALL),
        (|it| it.pupil.first_name = "Zoë".to_owned(), Change::PupilName, &[Parent, Pupil]),
        (|it| it.pupil.birth_date = None, Change::BirthDate, &[Parent, Pupil]),
        (|it| it.pupil.class = None, Change::Class, &[Parent, Pupil]),
        (|it| guardian(it).name = "Paul Démo".to_owned(), Change::Guardian, &ALL),
        (|it| guardian(it).name = "Claire Temion".to_owned(), Change::GuardianName, &[Parent]),
        (|it| it.rest = "bb".repeat(32), Change::Wording, &ALL),
    ];
    for (made, change, again) in table {
        assert_eq!(found(made), [change]);
        let asked: Vec<_> = ALL.into_iter().filter(|role| signs_again(*role, &[change])).collect();
        assert_eq!(asked, again, "{change}");
        assert_eq!(is_contractual(&[change]), again.len() == ALL.len(), "{change}");
    }
    assert_eq!(found(|_| {}), []);
}

#[test]
fn how_the_guardian_is_reached_concerns_the_guardian_alone() {
    for made in [(|it: &mut Terms| guardian(it).phone = None) as fn(&mut Terms), |it| {
        guardian(it).email = "c.temoin@example.org".parse().ok();
    }] {
        assert_eq!(found(made), [Change::GuardianContact]);
    }
    assert!(!is_contractual(&[Change::GuardianContact]));
    assert!(
        ALL.into_iter()
            .all(|role| { signs_again(role, &[Change::GuardianContact]) == (role == Parent) })
    );
}

#[test]
fn a_guardian_who_was_not_named_is_somebody_else() {
    assert_eq!(found(|it| it.pupil.guardian = None), [Change::Guardian, Change::GuardianContact]);
}

#[test]
fn several_changes_ask_all_whom_one_concerns() {
    let both = found(|it| {
        it.teacher = Some("Mme Duránd-".to_owned());
        guardian(it).name = "Clairé Témoin".to_owned();
    });

    assert_eq!(both, [Change::ReceiverName, Change::GuardianName]);
    let asked: Vec<_> = ALL.into_iter().filter(|role| signs_again(*role, &both)).collect();
    assert_eq!(asked, [Parent, Host]);
    assert!(!signs_again(Origin, &[]));
}

#[test]
fn a_name_is_misspelt_only_when_it_is_surely_the_same() {
    let misspelt = [
        ("Témoin Zoé", "TEMOIN ZOE"),
        ("Jean-Luc Témoin", "Jean Luc Temoin"),
        ("Zoé Témoin", "Témoin Zoé"),
        ("Claire Témoin", "Calire Témoin"),
        ("Claire Témoin", "Claire Témoine"),
        ("Mme Durand", "Mme Durant"),
        ("Nguyên Thi", "Nguyen Thy"),
    ];
    for (before, after) in misspelt {
        assert!(is_misspelt(before, after), "{before} → {after}");
    }
    let others = [
        ("Claire Témoin", "Clara Témoin-Roy"),
        ("Claire Témoin", "Paul Témoin"),
        ("Ly", "Li"),
        ("M. Roy", "M. Rey-Lu"),
        ("Anne", "Jeanne"),
    ];
    for (before, after) in others {
        assert!(!is_misspelt(before, after), "{before} → {after}");
    }
}

#[test]
fn no_change_concerns_nobody() {
    for change in Change::VARIANTS {
        assert!(ALL.into_iter().any(|role| signs_again(role, &[*change])), "{change}");
    }
}
