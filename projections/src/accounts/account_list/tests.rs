//! Accounts, from sign-up to erasure.

use domain::{
    accounts::{
        account::{AccountEvent as E, PasswordChange},
        school_space::{JoinedThrough, MemberRole, SchoolSpaceEvent},
    },
    kernel::ids::LinkId,
    platforms::platform::PlatformEvent,
};
use jiff::SignedDuration;

use super::*;
use crate::{
    Definition,
    accounts::memberships::Memberships,
    platforms::{platform_hosts::PlatformHosts, platform_roles::PlatformRoles},
    spec::{Facts, START, forgets, given, given_all, unchanged_by_a_rebuild},
};

const ZOE: AccountId = AccountId::from_u128(1);
const TOM: AccountId = AccountId::from_u128(2);
const ZOE_HERSELF: PersonId = PersonId::from_u128(11);
const TOM_HIMSELF: PersonId = PersonId::from_u128(12);

fn holder(last_name: &str, first_name: &str) -> Holder {
    Holder {
        civility: Some(Civility::Madame),
        last_name: last_name.to_owned(),
        first_name: first_name.to_owned(),
        function: Some("Secrétaire".to_owned()),
        phone: Some("02 40 00 00 00".to_owned()),
    }
}

fn email(person: PersonId, address: &str) -> Personal<Email> {
    Personal::new(person, address.parse().unwrap())
}

fn registered(account: AccountId, person: PersonId, holder: Holder, login: &str) -> E {
    E::AccountRegistered {
        account,
        school: "0491234A".parse().ok(),
        login: email(person, login),
        holder: Personal::new(person, holder),
    }
}

fn facts() -> Facts {
    let zoe = holder("Témoin-Unique", "Zoé");
    let tom = holder("Durand", "Tom");
    Facts::new()
        .then(ZOE.uuid(), registered(ZOE, ZOE_HERSELF, zoe, "ce.0491234A@ac-nantes.fr"))
        .then(TOM.uuid(), registered(TOM, TOM_HIMSELF, tom, "tom@ac-lille.fr"))
        .then(ZOE.uuid(), E::EmailVerified { account: ZOE, school: None })
}

fn locked(account: AccountId) -> E {
    E::AccountLocked { account, until: START + SignedDuration::from_hours(1) }
}

#[test]
fn an_account_is_read_as_it_signed_up_and_verified() {
    let zoe = given::<Accounts>(&facts()).query(|db| by_id(db, ZOE)).unwrap();

    assert_eq!(zoe.holder, Some(holder("Témoin-Unique", "Zoé")));
    assert_eq!(zoe.login, "ce.0491234A@ac-nantes.fr".parse().ok());
    assert_eq!(zoe.school, "0491234A".parse().ok());
    assert_eq!((zoe.status, zoe.operator), (AccountStatus::Verified, false));
    assert_eq!(zoe.registered_at, START);
    assert_eq!(zoe.verified_at, Some(START + SignedDuration::from_mins(2)));
    let ids = [ZOE, TOM, AccountId::from_u128(3)];
    assert_eq!(given::<Accounts>(&facts()).query(|db| by_ids(db, &ids)).len(), 2);
}

#[test]
fn signing_up_again_replaces_the_whole_account() {
    let mut plain = holder("Martin", "Léa");
    plain.phone = None;
    let again = registered(TOM, TOM_HIMSELF, plain.clone(), "tom@ac-lille.fr");

    let tom = given::<Accounts>(&facts().then(TOM.uuid(), again)).query(|db| by_id(db, TOM));

    assert_eq!(tom.unwrap().holder, Some(plain));
}

#[test]
fn a_lock_is_seen_until_it_is_lifted() {
    let lifted: [E; 3] = [
        E::AccountUnlocked { account: ZOE },
        E::SignedIn { account: ZOE },
        E::PasswordChanged { account: ZOE, how: PasswordChange::ByLink },
    ];
    let until = |facts: &Facts| {
        let zoe = given::<Accounts>(facts).query(|db| by_id(db, ZOE));
        zoe.unwrap().locked_until
    };

    let locked = facts().then(ZOE.uuid(), locked(ZOE));
    assert_eq!(until(&locked), Some(START + SignedDuration::from_hours(1)));
    for event in lifted {
        assert_eq!(until(&locked.clone().then(ZOE.uuid(), event)), None);
    }
}

#[test]
fn another_login_is_wanted_then_taken() {
    let wanted = E::EmailChangeRequested {
        account: ZOE,
        link: LinkId::from_u128(5),
        login: email(ZOE_HERSELF, "zoe@ac-nantes.fr"),
        expires_at: START,
    };
    let changed = E::EmailChanged {
        account: ZOE,
        login: email(ZOE_HERSELF, "zoe@ac-nantes.fr"),
        previous: email(ZOE_HERSELF, "ce.0491234A@ac-nantes.fr"),
    };
    let asked = facts().then(ZOE.uuid(), wanted);
    let zoe = |facts: &Facts| given::<Accounts>(facts).query(|db| by_id(db, ZOE)).unwrap();

    assert_eq!(zoe(&asked).wanted_login, "zoe@ac-nantes.fr".parse().ok());
    let done = zoe(&asked.then(ZOE.uuid(), changed));
    assert_eq!((done.login, done.wanted_login), ("zoe@ac-nantes.fr".parse().ok(), None));
}

#[test]
fn offices_terms_and_closing_are_kept() {
    let facts = facts()
        .then(ZOE.uuid(), E::OperatorAppointed { account: ZOE })
        .then(ZOE.uuid(), E::TermsAccepted { account: ZOE, version: "2026-09".to_owned() });
    let zoe = |facts: &Facts| given::<Accounts>(facts).query(|db| by_id(db, ZOE)).unwrap();

    let serving = zoe(&facts);
    assert_eq!((serving.operator, serving.terms.as_deref()), (true, Some("2026-09")));
    let dismissed = E::OperatorDismissed { account: ZOE };
    assert!(!zoe(&facts.clone().then(ZOE.uuid(), dismissed)).operator);
    let closed =
        E::AccountClosed { account: ZOE, login: email(ZOE_HERSELF, "ce.0491234A@ac-nantes.fr") };
    let closed = zoe(&facts.then(ZOE.uuid(), closed));
    assert_eq!((closed.status, closed.operator), (AccountStatus::Closed, false));
}

#[test]
fn accounts_are_searched_by_name_login_lock_and_platform() {
    const ALL: [Definition; 4] = [
        Definition::of::<Accounts>(),
        Definition::of::<Memberships>(),
        Definition::of::<PlatformHosts>(),
        Definition::of::<PlatformRoles>(),
    ];
    let host: Uai = "0590121L".parse().unwrap();
    let facts = facts()
        .then(ZOE.uuid(), locked(ZOE))
        .then(
            &host,
            SchoolSpaceEvent::MemberJoined {
                uai: host.clone(),
                account: TOM,
                role: MemberRole::Manager,
                through: JoinedThrough::InstitutionalAddress,
            },
        )
        .then(
            "demo",
            PlatformEvent::HostAttached { platform: "demo".parse().unwrap(), host: host.clone() },
        );
    let read = given_all(&ALL, &facts);
    let found = |wanted: Search| -> Vec<AccountId> {
        let page = read.query(|db| search(db, &wanted, Window::first(10)));
        page.items.iter().map(|it| it.account).collect()
    };
    let text = |text: &str| Search { text: text.to_owned(), ..Search::default() };

    assert_eq!(found(Search::default()), [TOM, ZOE]);
    assert_eq!(found(text("zoe temoin")), [ZOE]);
    assert_eq!(found(text("ac-lille durand")), [TOM]);
    assert_eq!(found(Search { locked_at: Some(START), ..Search::default() }), [ZOE]);
    assert_eq!(found(Search { platform: Some("demo".to_owned()), ..Search::default() }), [TOM]);
    assert_eq!(read.query(|db| platforms_of(db, TOM)), ["demo"]);
    assert_eq!(read.query(|db| platforms_of(db, ZOE)), Vec::<String>::new());
}

fn eventful() -> Facts {
    let question = Personal::new(ZOE_HERSELF, "Quel est votre animal favori ?".to_owned());
    facts()
        .then(ZOE.uuid(), E::SecretQuestionSet { account: ZOE, question })
        .then(
            ZOE.uuid(),
            E::ProfileChanged {
                account: ZOE,
                holder: Personal::new(ZOE_HERSELF, holder("Seconde", "Zoé")),
            },
        )
        .then(ZOE.uuid(), E::SignedIn { account: ZOE })
}

#[test]
fn a_rebuild_gives_the_same_accounts() {
    unchanged_by_a_rebuild::<Accounts>(&eventful());
}

#[test]
fn nothing_of_a_holder_who_was_erased_is_left() {
    let values = ["Seconde", "seconde", "Zoé", "0491234A@ac-nantes.fr", "animal", "02 40", "Secr"];
    let only_zoe = Facts::new().then(
        ZOE.uuid(),
        registered(ZOE, ZOE_HERSELF, holder("Seconde", "Zoé"), "ce.0491234A@ac-nantes.fr"),
    );
    let question = Personal::new(ZOE_HERSELF, "Votre animal ?".to_owned());
    let facts = only_zoe.then(ZOE.uuid(), E::SecretQuestionSet { account: ZOE, question });

    forgets::<Accounts>(&facts, ZOE_HERSELF, &values);
    let erased = facts.then_erased(ZOE_HERSELF);
    let zoe = given::<Accounts>(&erased).query(|db| by_id(db, ZOE)).unwrap();
    assert_eq!((zoe.login, zoe.holder, zoe.status), (None, None, AccountStatus::Closed));
    let held = given::<Accounts>(&erased).query(|db| held_by(db, ZOE_HERSELF));
    assert_eq!(held, [ZOE]);
}
