//! Every refusal that a person can meet, in one list to be read.

use std::collections::BTreeMap;

use domain::{
    accounts::{account::AccountRefusal, school_space::SchoolSpaceRefusal},
    directory::school::SchoolRefusal,
    kernel::{decider::Refusal, text::BadText, uai::NotAUai},
    platforms::platform::PlatformRefusal,
};
use jiff::{Timestamp, civil::date};
use strum::VariantNames;

use super::{RefusalCode, Refused};
use crate::{
    accounts::messages as accounts,
    conventions::{messages as conventions, scans},
    correspondence::messages as correspondence,
    directory::messages as directory,
    guard, input,
    ministages::messages as ministages,
    operations::messages as operations,
    order,
    platforms::messages as platforms,
    ports::{FileRefusal, PasswordRefusal, PhotographRefusal},
};

const SUPPORT: &str = "support@escale.example";

fn of_accounts() -> Vec<AccountRefusal> {
    use AccountRefusal as R;
    let until = Timestamp::UNIX_EPOCH;
    vec![
        R::NoSuchAccount,
        R::AlreadyRegistered,
        R::NotVerified,
        R::LinkUnknown,
        R::LinkExpired { expired_at: until },
        R::Locked { until },
        R::NotLocked,
        R::AccountIsClosed,
        R::SameOffice,
    ]
}

fn of_spaces() -> Vec<SchoolSpaceRefusal> {
    use SchoolSpaceRefusal as R;
    let instant = Timestamp::UNIX_EPOCH;
    vec![
        R::NotFounded,
        R::InvitationUnknown,
        R::InvitationExpired { expired_at: instant },
        R::AlreadyMember,
        R::NotAMember,
        R::LastManager,
        R::RequestUnknown,
        R::TooManyHints { after: instant },
        R::NothingStored,
    ]
}

fn of_platforms() -> Vec<PlatformRefusal> {
    use PlatformRefusal as R;
    vec![
        R::NoSuchPlatform,
        R::AlreadyOpen,
        R::LicenceRunsLonger { until: date(2027, 8, 31) },
        R::NotAHost,
        R::AlreadyAHost,
        R::NoSuchFormation,
        R::SameFormation,
        R::ReminderAfterExpiry,
        R::RuleOutOfBounds { field: "remindDays", least: 1, most: 90 },
        R::TooManyArticles { most: 20 },
        R::ColourUnreadable,
        R::RoleHeld,
        R::RoleNotHeld,
    ]
}

/// The refusals of an aggregate, all of them, as they are told.
fn told<R>(refusals: Vec<R>) -> Vec<Refused>
where
    R: Refusal + VariantNames,
    Refused: From<R>,
{
    let mut names: Vec<&str> = refusals.iter().map(R::code).collect();
    let mut all = R::VARIANTS.to_vec();
    names.sort_unstable();
    names.dedup();
    all.sort_unstable();
    assert_eq!(names, all, "a refusal is not in the list");
    refusals.into_iter().map(Refused::from).collect()
}

fn of_input() -> Vec<Refused> {
    let files = [
        FileRefusal::NotAPdf,
        FileRefusal::TooLarge { most: 20 * 1024 * 1024 },
        FileRefusal::Encrypted,
        FileRefusal::Truncated,
        FileRefusal::Unreadable,
        FileRefusal::NoPage,
        FileRefusal::TooManyPages { most: 50 },
        FileRefusal::NotAPicture,
        FileRefusal::NotRecognised,
        FileRefusal::Superseded,
    ];
    let passwords =
        [PasswordRefusal::TooShort, PasswordRefusal::TooLong, PasswordRefusal::TooPlain];
    let typed = [
        Some(input::bad_text(BadText::Empty)),
        Some(input::bad_text(BadText::TooLong { most: 1000 })),
        Some(input::bad_uai(&NotAUai::Shape)),
        Some(input::bad_uai(&NotAUai::CheckLetter { expected: 'G' })),
        input::email("email", "x").err(),
        input::slug("slug", "x").err(),
        input::id::<domain::kernel::ids::AccountId>("account", "x").err(),
        input::day("until", "31/02/2027").err(),
        input::same_password("a", "b").err(),
        Some(guard::too_many_tries()),
        Some(order::login_taken()),
        Some(order::person_erased()),
    ];
    let files = files.iter().map(|bad| input::bad_file("file", bad));
    let passwords = passwords.into_iter().map(input::bad_password);
    typed.into_iter().flatten().chain(passwords).chain(files).collect()
}

fn of_photographs() -> Vec<Refused> {
    use PhotographRefusal as R;
    let bad =
        [R::NotAPhotograph, R::Heic, R::TooManyPixels, R::PrinterColours, R::Animated, R::RareForm];
    let all = [
        conventions::no_photograph(),
        conventions::too_many_photographs(20),
        conventions::photographs_too_heavy(20 * 1024 * 1024),
    ];
    bad.into_iter().map(conventions::bad_photograph).chain(all).collect()
}

fn of_edges() -> Vec<Refused> {
    vec![
        directory::unknown_school(SUPPORT),
        directory::school_closed(SUPPORT),
        directory::no_institutional_address(SUPPORT),
        directory::not_a_directory("Le fichier est vide."),
        directory::import_runs(),
        accounts::invalid_credentials(),
        accounts::wrong_password(),
        accounts::not_the_password_of_the_sign_up(),
        accounts::not_the_password_of_the_account(),
        accounts::not_academic("ac-nantes.fr"),
        accounts::not_the_institutional_address(),
        accounts::no_such_account(),
        platforms::not_a_time_zone(),
        operations::no_such_projection("seats"),
        operations::nothing_to_cancel(),
        ministages::not_an_hour(),
        ministages::not_a_birth_date(),
        ministages::guardian_unnamed(),
        ministages::too_many_pupils(100),
        ministages::dates_out_of_bounds(60),
        conventions::too_many_files(50),
        conventions::no_such_convention(),
    ]
}

fn all() -> Vec<Refused> {
    [
        of_input(),
        of_photographs(),
        of_edges(),
        told(vec![SchoolRefusal::NotListed]),
        told(of_accounts()),
        told(of_spaces()),
        told(of_platforms()),
        told(ministages::examples()),
        told(conventions::examples()),
        told(crate::conventions::signing::examples()),
        told(scans::words::examples()),
        told(correspondence::examples()),
    ]
    .concat()
}

#[test]
fn every_refusal_is_told_in_french() {
    let mut list: BTreeMap<RefusalCode, Vec<String>> = BTreeMap::new();
    for refused in all() {
        list.entry(refused.code).or_default().push(refused.message);
    }
    let lines: Vec<String> = list
        .iter()
        .flat_map(|(code, messages)| messages.iter().map(move |it| format!("{code:?}: {it}")))
        .collect();

    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn no_message_shows_a_code_or_an_ordinary_space_before_a_sign() {
    for refused in all() {
        let text = &refused.message;
        assert!(text.ends_with('.') && !text.contains('_'), "{text}");
        for sign in [" :", " ;", " ?", " !", " »", "« ", "'"] {
            assert!(!text.contains(sign), "{text}");
        }
    }
}
