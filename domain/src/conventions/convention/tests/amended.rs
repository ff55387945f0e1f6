//! A convention that says something else.

use super::*;

#[test]
fn what_says_something_else_is_a_new_print_and_what_came_back_is_set_aside() {
    let before = [generated(), reminder_sent(), signed_online(), validated()];
    given::<Convention>(&before)
        .when(amend(2, &[Change::Place]))
        .then(&[amended(2, &[Change::Place])]);

    let after = [before.as_slice(), &[amended(2, &[Change::Place])]].concat();
    let state = state_after(&after);
    let of = state.generation().unwrap();
    assert_eq!(state.name(), "Generated");
    assert_eq!((of.print, of.reminded, of.signed_online), (2, false, false));
    assert_eq!(of.terms, Some(terms("B 207")));
    assert_eq!(current_document(&state), Some(&document("amended")));

    given::<Convention>(&after)
        .when(amend(3, &[Change::Class]))
        .then(&[amended(3, &[Change::Class])]);
}

#[test]
fn a_print_of_before_is_refused_by_its_number() {
    let log = [generated(), amended(2, &[Change::Place])];
    let of_print = |print| match deposit("one") {
        Command::DepositConvention { document, pages, side, recognised, signatures, .. } => {
            Command::DepositConvention { document, pages, side, recognised, signatures, print }
        }
        other => other,
    };

    given::<Convention>(&log)
        .when(of_print(Some(1)))
        .then_refused(&ConventionRefusal::Superseded { print: 1 });
    given::<Convention>(&log).when(of_print(Some(2))).then(&[deposited("one")]);
    given::<Convention>(&log).when(of_print(None)).then(&[deposited("one")]);
}
