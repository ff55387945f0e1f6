//! Every state with every command.

use super::*;

/// What came of a command, in a word.
fn word(outcome: &Result<Vec<Event>, Refusal>) -> &'static str {
    match outcome {
        Ok(events) => match events.as_slice() {
            [] => "-",
            [event] => crate::kernel::decider::Event::name(event),
            [_, _, ..] => "several events",
        },
        Err(refusal) => crate::kernel::decider::Refusal::code(refusal),
    }
}

#[test]
fn every_state_answers_every_command() {
    let set_up = vec![
        opened(),
        attached(),
        branding_changed("#0f5c66"),
        licence_renewed(END_OF_2026),
        address_set(),
        rules_changed(stricter()),
        notes_changed(),
        articles_changed(2),
        added(BOILERMAKING, "Chaudronnerie"),
        granted(PlatformRole::Admin),
        guide_stored(),
    ];
    let formation = add(BOILERMAKING, lycee(), FormationLevel::BacPro, "Chaudronnerie");
    // «-» is accepted with nothing to write: it is so already.
    #[rustfmt::skip]
    let table = [
        //                                                                           not open          just open                 set up
        (open(),                                                                    ["PlatformOpened", "AlreadyOpen",            "AlreadyOpen"]),
        (Command::ChangeBranding { branding: branding("#0f5c66") },                 ["NoSuchPlatform", "BrandingChanged",        "-"]),
        (Command::RenewLicence { until: END_OF_2026 },                              ["NoSuchPlatform", "LicenceRenewed",         "-"]),
        (set_address(lycee()),                                                      ["NoSuchPlatform", "NotAHost",               "-"]),
        (Command::ChangeRules { rules: stricter() },                                ["NoSuchPlatform", "RulesChanged",           "-"]),
        (change_notes(),                                                            ["NoSuchPlatform", "ConventionNotesChanged", "-"]),
        (change_articles(2),                                                        ["NoSuchPlatform", "ConventionArticlesChanged", "-"]),
        (formation,                                                                 ["NoSuchPlatform", "NotAHost",               "SameFormation"]),
        (Command::RetireFormation { formation: BOILERMAKING },                      ["NoSuchPlatform", "NoSuchFormation",        "FormationRetired"]),
        (Command::AttachHost { host: lycee() },                                     ["NoSuchPlatform", "HostAttached",           "AlreadyAHost"]),
        (Command::DetachHost { host: lycee() },                                     ["NoSuchPlatform", "NotAHost",               "HostDetached"]),
        (Command::GrantRole { account: PAUL, role: PlatformRole::Admin },           ["NoSuchPlatform", "RoleGranted",            "RoleHeld"]),
        (Command::RevokeRole { account: PAUL, role: PlatformRole::Admin },          ["NoSuchPlatform", "RoleNotHeld",            "RoleRevoked"]),
        (Command::StoreGuide { guide: guide() },                                    ["NoSuchPlatform", "GuideStored",            "-"]),
    ];
    for (command, expected) in table {
        for (before, expected) in [vec![], vec![opened()], set_up.clone()].iter().zip(expected) {
            let outcome = given::<Platform>(before).when(command.clone()).outcome();

            assert_eq!(word(&outcome), expected, "{command:?}");
        }
    }
}
