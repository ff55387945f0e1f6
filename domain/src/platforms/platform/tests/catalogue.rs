//! Hosts and formations.

use super::*;

#[test]
fn a_host_is_attached_once() {
    let attach = || Command::AttachHost { host: lycee() };

    given::<Platform>(&[opened()]).when(attach()).then(&[attached()]);
    given::<Platform>(&[opened(), attached()]).when(attach()).then_refused(&Refusal::AlreadyAHost);
    given::<Platform>(&[opened(), attached(), detached()]).when(attach()).then(&[attached()]);
}

#[test]
fn only_a_host_is_detached() {
    let detach = || Command::DetachHost { host: lycee() };

    given::<Platform>(&[opened(), attached()]).when(detach()).then(&[detached()]);
    given::<Platform>(&[opened()]).when(detach()).then_refused(&Refusal::NotAHost);
}

#[test]
fn only_a_host_offers_formations() {
    let bac_pro = |host| add(COOKING, host, FormationLevel::BacPro, "Cuisine");

    given::<Platform>(&[opened(), attached()])
        .when(bac_pro(lycee()))
        .then(&[added(COOKING, "Cuisine")]);
    given::<Platform>(&[opened(), attached()])
        .when(bac_pro(other_lycee()))
        .then_refused(&Refusal::NotAHost);
    given::<Platform>(&[opened(), attached(), detached()])
        .when(bac_pro(lycee()))
        .then_refused(&Refusal::NotAHost);
}

#[test]
fn a_host_offers_one_formation_of_a_level_and_name() {
    let before = [opened(), attached(), added(BOILERMAKING, "Chaudronnerie")];

    given::<Platform>(&before)
        .when(add(COOKING, lycee(), FormationLevel::BacPro, "  CHAUDRONNERIE "))
        .then_refused(&Refusal::SameFormation);
    given::<Platform>(&before)
        .when(add(BOILERMAKING, lycee(), FormationLevel::Cap, "Cuisine"))
        .then_refused(&Refusal::SameFormation);
    given::<Platform>(&before)
        .when(add(COOKING, lycee(), FormationLevel::Cap, "Chaudronnerie"))
        .then(&[Event::FormationAdded {
            platform: slug(),
            formation: COOKING,
            host: lycee(),
            level: FormationLevel::Cap,
            label: "Chaudronnerie".to_owned(),
        }]);
}

#[test]
fn a_retired_formation_leaves_its_name_free() {
    let before =
        [opened(), attached(), added(BOILERMAKING, "Chaudronnerie"), retired(BOILERMAKING)];

    given::<Platform>(&before)
        .when(add(COOKING, lycee(), FormationLevel::BacPro, "Chaudronnerie"))
        .then(&[added(COOKING, "Chaudronnerie")]);
}

#[test]
fn a_formation_is_retired_once() {
    let retire = || Command::RetireFormation { formation: BOILERMAKING };
    let offered = [opened(), attached(), added(BOILERMAKING, "Chaudronnerie")];

    given::<Platform>(&offered).when(retire()).then(&[retired(BOILERMAKING)]);
    given::<Platform>(&[&offered[..], &[retired(BOILERMAKING)]].concat())
        .when(retire())
        .then_refused(&Refusal::NoSuchFormation);
}
