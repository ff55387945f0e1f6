//! A platform, as it opened and as it was set since.

use domain::kernel::{ids::AccountId, uai::Uai};
use jiff::civil::date;

use super::*;
use crate::spec::{Facts, START, given, unchanged_by_a_rebuild};

fn demo() -> Slug {
    "demo".parse().unwrap()
}

fn file(blob: &str) -> StoredFile {
    StoredFile { blob: blob.to_owned(), length: 1234 }
}

fn opened() -> Facts {
    let event = PlatformEvent::PlatformOpened {
        platform: demo(),
        name: "Lycée Démo".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        rules: Rules::default(),
    };
    Facts::new().then("demo", event)
}

fn branding(logo: Option<StoredFile>) -> Branding {
    Branding {
        display_name: "Plateforme du Lycée Démo".to_owned(),
        colour: "#0f5c66".to_owned(),
        logo,
    }
}

fn rules() -> Rules {
    Rules { remind_days: 10, seats_per_school: Some(4), ..Rules::default() }
}

fn set_up() -> Facts {
    let platform = demo;
    opened()
        .then(
            "demo",
            PlatformEvent::BrandingChanged {
                platform: platform(),
                branding: branding(Some(file("logo"))),
            },
        )
        .then("demo", PlatformEvent::RulesChanged { platform: platform(), rules: rules() })
        .then(
            "demo",
            PlatformEvent::LicenceRenewed { platform: platform(), until: date(2027, 8, 31) },
        )
        .then(
            "demo",
            PlatformEvent::ConventionNotesChanged {
                platform: platform(),
                first: "Tenue correcte.".to_owned(),
                second: "Merci.".to_owned(),
            },
        )
        .then(
            "demo",
            PlatformEvent::ConventionArticlesChanged { platform: platform(), articles: articles() },
        )
        .then("demo", PlatformEvent::GuideStored { platform: platform(), guide: file("guide") })
}

fn articles() -> Vec<Article> {
    vec![Article { title: "Objet".to_owned(), text: "Une journée\nde découverte.".to_owned() }]
}

#[test]
fn a_platform_is_read_as_it_opened() {
    let read = given::<Platforms>(&opened()).query(|db| by_slug(db, &demo())).unwrap();

    assert_eq!(read.display_name(), "Lycée Démo");
    assert_eq!(read.rules, Rules::default());
    assert_eq!((read.branding, read.licence_until, read.guide), (None, None, None));
    assert_eq!(read.opened_at, START);
}

#[test]
fn each_setting_replaces_its_own_and_no_other() {
    let all_set = given::<Platforms>(&set_up()).query(all);

    let platform = &all_set[0];
    assert_eq!(platform.display_name(), "Plateforme du Lycée Démo");
    assert_eq!(platform.branding, Some(branding(Some(file("logo")))));
    assert_eq!(platform.rules, rules());
    assert_eq!(platform.licence_until, Some(date(2027, 8, 31)));
    assert_eq!(platform.notes, ("Tenue correcte.".to_owned(), "Merci.".to_owned()));
    assert_eq!(platform.articles, articles());
    assert_eq!(platform.guide, Some(file("guide")));
    assert_eq!(platform.time_zone, "Europe/Paris");
}

#[test]
fn a_logo_may_go() {
    let bare = PlatformEvent::BrandingChanged { platform: demo(), branding: branding(None) };

    let read = given::<Platforms>(&set_up().then("demo", bare));

    let platforms = read.query(|db| by_slugs(db, &[demo(), "autre".parse().unwrap()]));
    assert_eq!(platforms[0].branding, Some(branding(None)));
}

#[test]
fn what_concerns_hosts_and_offices_changes_no_platform() {
    let host: Uai = "0590121L".parse().unwrap();
    let others =
        set_up().then("demo", PlatformEvent::HostAttached { platform: demo(), host }).then(
            "demo",
            PlatformEvent::RoleGranted {
                platform: demo(),
                account: AccountId::from_u128(1),
                role: domain::platforms::platform::PlatformRole::Admin,
            },
        );

    assert!(given::<Platforms>(&others).rows() == given::<Platforms>(&set_up()).rows());
}

#[test]
fn a_rebuild_gives_the_same_platforms() {
    unchanged_by_a_rebuild::<Platforms>(&set_up());
}
