//! Look, licence, rules, texts, guide and roles.

use super::*;

#[test]
fn a_platform_opens_once() {
    given::<Platform>(&[]).when(open()).then(&[opened()]);
    given::<Platform>(&[opened()]).when(open()).then_refused(&Refusal::AlreadyOpen);
}

#[test]
fn a_platform_does_not_open_with_rules_out_of_bounds() {
    let command = Command::OpenPlatform {
        platform: slug(),
        name: "Lycée Démo Paul".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        rules: Rules { promotion_hours: 0, ..Rules::default() },
    };

    given::<Platform>(&[]).when(command).then_refused(&Refusal::RuleOutOfBounds {
        field: "promotionHours",
        least: 1,
        most: 336,
    });
}

#[test]
fn a_colour_on_which_white_cannot_be_read_is_refused() {
    let change = |colour| Command::ChangeBranding { branding: branding(colour) };

    given::<Platform>(&[opened()]).when(change("#0f5c66")).then(&[branding_changed("#0f5c66")]);
    given::<Platform>(&[opened(), branding_changed("#0f5c66")])
        .when(change("#0f5c66"))
        .then_nothing();
    for colour in ["#777777", "0f5c66", "teal"] {
        given::<Platform>(&[opened()])
            .when(change(colour))
            .then_refused(&Refusal::ColourUnreadable);
    }
}

#[test]
fn a_licence_is_never_shortened() {
    let renew = |until| Command::RenewLicence { until };
    let before = [opened(), licence_renewed(END_OF_2026)];

    given::<Platform>(&[opened()]).when(renew(END_OF_2026)).then(&[licence_renewed(END_OF_2026)]);
    given::<Platform>(&before)
        .when(renew(date(2027, 12, 31)))
        .then(&[licence_renewed(date(2027, 12, 31))]);
    given::<Platform>(&before).when(renew(END_OF_2026)).then_nothing();
    given::<Platform>(&before)
        .when(renew(date(2026, 12, 30)))
        .then_refused(&Refusal::LicenceRunsLonger { until: END_OF_2026 });
}

#[test]
fn only_a_host_has_a_notification_address() {
    given::<Platform>(&[opened(), attached()]).when(set_address(lycee())).then(&[address_set()]);
    given::<Platform>(&[opened(), attached(), address_set()])
        .when(set_address(lycee()))
        .then_nothing();
    given::<Platform>(&[opened(), attached()])
        .when(set_address(other_lycee()))
        .then_refused(&Refusal::NotAHost);
}

#[test]
fn rules_that_are_so_already_change_nothing() {
    let change = |rules| Command::ChangeRules { rules };

    given::<Platform>(&[opened()]).when(change(stricter())).then(&[rules_changed(stricter())]);
    given::<Platform>(&[opened()]).when(change(Rules::default())).then_nothing();
    given::<Platform>(&[opened(), rules_changed(stricter())])
        .when(change(stricter()))
        .then_nothing();
}

#[test]
fn the_reminder_comes_before_the_expiry() {
    for (remind_days, expire_days) in [(2, 2), (1, 2)] {
        let rules = Rules { remind_days, expire_days, ..Rules::default() };

        given::<Platform>(&[opened()])
            .when(Command::ChangeRules { rules })
            .then_refused(&Refusal::ReminderAfterExpiry);
    }
}

#[test]
fn each_rule_has_its_bounds() {
    let usual = Rules::default;
    #[rustfmt::skip]
    let table = [
        (Rules { booking_closes_days: 61, ..usual() },             "bookingClosesDays", 0, 60),
        (Rules { cancel_closes_days: 61, ..usual() },              "cancelClosesDays", 0, 60),
        (Rules { remind_days: 0, expire_days: 0, ..usual() },      "remindDays", 1, 90),
        (Rules { remind_days: 91, ..usual() },                     "remindDays", 1, 90),
        (Rules { remind_days: 90, expire_days: 61, ..usual() },    "expireDays", 0, 60),
        (Rules { confirm_grace_hours: 337, ..usual() },            "confirmGraceHours", 0, 336),
        (Rules { promotion_hours: 0, ..usual() },                  "promotionHours", 1, 336),
        (Rules { promotion_hours: 337, ..usual() },                "promotionHours", 1, 336),
        (Rules { seats_per_school: Some(0), ..usual() },           "seatsPerSchool", 1, 500),
        (Rules { seats_per_school: Some(501), ..usual() },         "seatsPerSchool", 1, 500),
        (Rules { bookings_per_pupil: Some(0), ..usual() },         "bookingsPerPupil", 1, 100),
        (Rules { bookings_per_pupil: Some(101), ..usual() },       "bookingsPerPupil", 1, 100),
        (Rules { deposit_most_bytes: 102_399, ..usual() },         "depositMostBytes", 102_400, 104_857_600),
        (Rules { deposit_most_bytes: 104_857_601, ..usual() },     "depositMostBytes", 102_400, 104_857_600),
    ];
    for (rules, field, least, most) in table {
        given::<Platform>(&[opened()])
            .when(Command::ChangeRules { rules })
            .then_refused(&Refusal::RuleOutOfBounds { field, least, most });
    }
}

#[test]
fn rules_at_their_bounds_are_accepted() {
    let tightest = Rules {
        booking_closes_days: 0,
        cancel_closes_days: 0,
        remind_days: 1,
        expire_days: 0,
        confirm_grace_hours: 0,
        promotion_hours: 1,
        seats_per_school: Some(1),
        bookings_per_pupil: Some(1),
        deposit_most_bytes: 102_400,
        signatories: Vec::new(),
    };
    let loosest = Rules {
        booking_closes_days: 60,
        cancel_closes_days: 60,
        remind_days: 90,
        expire_days: 60,
        confirm_grace_hours: 336,
        promotion_hours: 336,
        seats_per_school: Some(500),
        bookings_per_pupil: Some(100),
        deposit_most_bytes: 104_857_600,
        signatories: vec![crate::conventions::signing::Signatory::Pupil],
    };
    for rules in [tightest, loosest] {
        given::<Platform>(&[opened()])
            .when(Command::ChangeRules { rules: rules.clone() })
            .then(&[rules_changed(rules)]);
    }
}

#[test]
fn a_role_is_granted_and_revoked_once() {
    let auditor = PlatformRole::Auditor;
    let grant = || Command::GrantRole { account: PAUL, role: auditor };
    let revoke = || Command::RevokeRole { account: PAUL, role: auditor };

    given::<Platform>(&[opened(), granted(PlatformRole::Admin)])
        .when(grant())
        .then(&[granted(auditor)]);
    given::<Platform>(&[opened(), granted(auditor)]).when(grant()).then_refused(&Refusal::RoleHeld);
    given::<Platform>(&[opened(), granted(auditor)]).when(revoke()).then(&[revoked(auditor)]);
    given::<Platform>(&[opened(), granted(auditor), revoked(auditor)])
        .when(revoke())
        .then_refused(&Refusal::RoleNotHeld);
    given::<Platform>(&[opened(), granted(PlatformRole::Admin)])
        .when(revoke())
        .then_refused(&Refusal::RoleNotHeld);
}

#[test]
fn texts_and_guide_that_are_so_already_change_nothing() {
    let store = || Command::StoreGuide { guide: guide() };

    given::<Platform>(&[opened()]).when(change_notes()).then(&[notes_changed()]);
    given::<Platform>(&[opened(), notes_changed()]).when(change_notes()).then_nothing();
    given::<Platform>(&[opened()]).when(store()).then(&[guide_stored()]);
    given::<Platform>(&[opened(), guide_stored()]).when(store()).then_nothing();
}

#[test]
fn the_articles_are_twenty_at_most() {
    given::<Platform>(&[opened()]).when(change_articles(20)).then(&[articles_changed(20)]);

    given::<Platform>(&[opened()])
        .when(change_articles(21))
        .then_refused(&Refusal::TooManyArticles { most: 20 });
}

#[test]
fn no_article_is_escales_own_again() {
    given::<Platform>(&[opened(), articles_changed(2)])
        .when(change_articles(0))
        .then(&[articles_changed(0)]);
}
