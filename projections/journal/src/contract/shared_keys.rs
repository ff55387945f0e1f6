//! The keys in PostgreSQL, where two gateways share them.

use domain::{kernel::ids::PersonId, operations::erasure::ErasureGround};

use super::world::{World, context};
use crate::{Fault, Journal, MasterKey, Opened, SealError};

const ZOE: PersonId = PersonId::from_u128(1);

async fn both(world: &World) -> (Journal, Journal) {
    (world.open().await, world.open().await)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_seal_for_new_persons_at_once_have_the_same_keys() {
    let world = World::shared().await;
    let (one, other) = both(&world).await;
    let persons: Vec<PersonId> = (1..=40).map(PersonId::from_u128).collect();
    let sealed = async |journal: &Journal, persons: Vec<PersonId>| {
        let mut sealed = Vec::new();
        for person in persons {
            sealed.push((person, journal.keyring().seal(person, b"clear", b"1").await.unwrap()));
        }
        sealed
    };

    let backwards = persons.iter().copied().rev().collect();
    let (here, there) = tokio::join!(sealed(&one, persons), sealed(&other, backwards));

    let third = world.open().await;
    for (person, sealed) in here.into_iter().chain(there) {
        let opened = third.keyring().open(person, &sealed, b"1").await.unwrap();
        assert_eq!(opened, Opened::Clear(b"clear".to_vec()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_name_a_person_at_once_name_one() {
    let world = World::shared().await;
    let (one, other) = both(&world).await;
    for number in 0..20 {
        let name = format!("martin|zoé|{number}");
        let (here, there) = tokio::join!(
            one.keyring().identify("pupil", &name),
            other.keyring().identify("pupil", &name),
        );
        assert_eq!(here.unwrap(), there.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_destroyed_is_erased_for_the_other_and_gone_from_the_table() {
    let world = World::shared().await;
    let (one, other) = both(&world).await;
    let sealed = one.keyring().seal(ZOE, b"clear", b"1").await.unwrap();
    let file = "SELECT pg_relation_filenode('escale_keys.person_keys')";
    let before: i64 = world.number(file).await;

    one.erase(ZOE, ErasureGround::Request, &context(1)).await.unwrap();

    assert_eq!(other.keyring().open(ZOE, &sealed, b"1").await.unwrap(), Opened::Erased);
    let again = other.keyring().seal(ZOE, b"clear", b"1").await;
    assert!(matches!(again, Err(SealError::Erased(ZOE))), "{again:?}");
    assert_eq!(world.number("SELECT count(*) FROM escale_keys.person_keys").await, 0);
    assert_ne!(world.number(file).await, before, "the table was not written anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_master_key_is_refused() {
    let mut world = World::shared().await;
    world.open().await.close().await;

    world.settings.master_key = MasterKey::new([8; 32]);

    let opened = Journal::open(world.settings.clone()).await;
    assert!(matches!(opened, Err(Fault::WrongMasterKey)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_cut_is_made_anew() {
    let world = World::shared().await;
    let journal = world.open().await;
    journal.keyring().identify("pupil", "martin|zoé|").await.unwrap();
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";

    world.sql(cut).await.unwrap();

    // The first may learn of it by its failure; it was then not done.
    journal.keyring().identify("pupil", "durand|tom|").await.ok();
    journal.keyring().identify("pupil", "durand|tom|").await.unwrap();
}
