//! After an erasure the log is the same, and nobody can read what was sealed.

use domain::{
    facts::Fact,
    kernel::{ids::PersonId, personal::ClaimKey},
    operations::erasure::{Erasure, ErasureCommand, ErasureEvent, ErasureGround},
};
use serde_json::json;

use super::{
    club::{Club, ClubCommand, MEMBER},
    on_durable_logs, on_every_log,
    world::{World, all, context, count, give},
};
use crate::{HandleError, Journal, Opened, SealError, execute::Along};

on_every_log!(
    what_was_sealed_reads_as_erased_and_the_log_stays_sound,
    nothing_more_is_written_about_the_erased,
    erasing_again_changes_nothing,
    what_they_were_known_by_and_their_claims_are_free,
    all_that_they_were_known_by_is_free_and_stays_so,
);

const ZOE: PersonId = PersonId::from_u128(1);
const TOM: PersonId = PersonId::from_u128(2);
const GROUND: ErasureGround = ErasureGround::Request;

async fn with_two_members(world: &World) -> Journal {
    let journal = world.open().await;
    let zoe = ClubCommand::Enrol(ZOE, "zoe.martin@example.org".to_owned());
    let tom = ClubCommand::Enrol(TOM, "tom.durand@example.org".to_owned());
    give(&journal, "a", zoe, 1).await.unwrap();
    give(&journal, "a", tom, 2).await.unwrap();
    journal
}

async fn what_was_sealed_reads_as_erased_and_the_log_stays_sound(world: World) {
    let journal = with_two_members(&world).await;
    let sealed = journal.keyring().seal(ZOE, b"scan", b"1").await.unwrap();
    let before = journal.verify(|_, _| {}).await.unwrap();
    assert_eq!((before.sealed, before.erased, before.wrong), (2, 0, None));

    let erased = journal.erase(ZOE, GROUND, &context(3)).await.unwrap();

    assert_eq!(erased.first, 3);
    let log = all(&journal).await;
    assert_eq!(log[0].event.payload["member"], json!([{"$person": ZOE, "erased": true}]));
    assert_eq!(log[1].event.payload["member"][0]["value"]["mail"], "tom.durand@example.org");
    let (state, _) = journal.load::<Club>("a").await.unwrap();
    assert_eq!(state.members, [ZOE, TOM]);
    assert_eq!(state.mails, [None, Some("tom.durand@example.org".to_owned())]);
    let document = journal.keyring().open(ZOE, &sealed, b"1").await.unwrap();
    assert_eq!(document, Opened::Erased);
    let fact = journal.read(2, 1).await.unwrap().remove(0).event;
    let event = ErasureEvent::SubjectErased { person: ZOE, ground: GROUND };
    assert_eq!(fact, Fact::Erasure(event));
    let after = journal.verify(|_, _| {}).await.unwrap();
    assert_eq!((after.sealed, after.erased, after.wrong), (1, 1, None));
    assert!(!world.holds("zoe.martin").await);
}

async fn nothing_more_is_written_about_the_erased(world: World) {
    let journal = with_two_members(&world).await;
    journal.erase(ZOE, GROUND, &context(3)).await.unwrap();

    let enrol = ClubCommand::Enrol(ZOE, "zoe@example.net".to_owned());
    let refused = give(&journal, "b", enrol, 4).await;
    let sealed = journal.keyring().seal(ZOE, b"scan", b"1").await;

    assert!(matches!(refused, Err(HandleError::Erased(ZOE))));
    assert!(matches!(sealed, Err(SealError::Erased(ZOE))));
    assert_eq!(count(&journal).await, 3);
    // What names the person without saying anything about them goes on.
    assert!(give(&journal, "a", ClubCommand::Note(1), 5).await.is_ok());
}

async fn erasing_again_changes_nothing(world: World) {
    let journal = with_two_members(&world).await;
    journal.erase(ZOE, GROUND, &context(3)).await.unwrap();

    let again = journal.erase(ZOE, GROUND, &context(4)).await.unwrap();
    let repeated = journal.erase(ZOE, GROUND, &context(3)).await.unwrap();

    assert_eq!((again.events.len(), again.last), (0, 3));
    assert_eq!((repeated.first, repeated.repeated), (3, true));
    assert_eq!(count(&journal).await, 3);
}

async fn what_they_were_known_by_and_their_claims_are_free(world: World) {
    let journal = world.open().await;
    let known_by = ("pupil", "martin|zoé|2012-05-04");
    let keys = journal.keyring().clone();
    let zoe = keys.identify(known_by.0, known_by.1).await.unwrap();
    let mail = "zoe.martin@example.org".to_owned();
    let enrol = ClubCommand::Enrol(zoe, mail.clone());
    give(&journal, "a", enrol, 1).await.unwrap();

    journal.erase(zoe, GROUND, &context(2)).await.unwrap();

    let key = ClaimKey::Personal(zoe, mail.clone());
    assert_eq!(journal.claimant(MEMBER, &key).await.unwrap(), None);
    let another = keys.identify(known_by.0, known_by.1).await.unwrap();
    assert_ne!(another, zoe);
    let enrol = ClubCommand::Enrol(another, mail);
    assert!(give(&journal, "b", enrol, 3).await.is_ok());
}

async fn all_that_they_were_known_by_is_free_and_stays_so(world: World) {
    let journal = world.open().await;
    let keys = journal.keyring();
    let zoe = keys.identify("pupil", "martn|zoé|").await.unwrap();
    keys.also_known("pupil", "martin|zoé|", zoe).await.unwrap();

    journal.erase(zoe, GROUND, &context(1)).await.unwrap();
    // Who corrects her name meanwhile comes too late.
    keys.also_known("pupil", "martin|zoë|", zoe).await.unwrap();

    let mut others = Vec::new();
    for value in ["martn|zoé|", "martin|zoé|", "martin|zoë|"] {
        others.push(keys.identify("pupil", value).await.unwrap());
    }
    assert!(!others.contains(&zoe), "{others:?}");
}

mod durable {
    use super::*;

    on_durable_logs!(
        an_erasure_that_a_crash_interrupted_is_finished_when_the_log_is_opened,
        what_the_erased_became_known_by_before_the_crash_is_free_when_the_log_is_opened,
        no_copy_of_the_destroyed_key_is_left_in_the_files,
        an_append_in_another_process_after_the_erasure_is_refused,
    );

    /// The event without the destruction of the key: what a crash between the two leaves.
    async fn interrupted(journal: &Journal) {
        let command = ErasureCommand::ErasePerson { person: ZOE, ground: GROUND };
        let along = Along { rows: Vec::new(), erases: Some(ZOE) };
        let stream_id = ZOE.uuid().to_string();
        journal.run::<Erasure>(&stream_id, command, &context(3), along).await.unwrap();
    }

    async fn an_erasure_that_a_crash_interrupted_is_finished_when_the_log_is_opened(world: World) {
        let journal = with_two_members(&world).await;
        interrupted(&journal).await;
        assert_eq!(all(&journal).await[0].event.payload["member"][0]["erased"], json!(null));
        journal.close().await;

        let journal = world.open().await;

        assert_eq!(all(&journal).await[0].event.payload["member"][0]["erased"], true);
        assert!(journal.verify(|_, _| {}).await.unwrap().is_sound());
    }

    async fn what_the_erased_became_known_by_before_the_crash_is_free_when_the_log_is_opened(
        world: World,
    ) {
        let journal = with_two_members(&world).await;
        interrupted(&journal).await;
        journal.keyring().also_known("pupil", "martin|zoé|", ZOE).await.unwrap();
        journal.close().await;

        let journal = world.open().await;

        let another = journal.keyring().identify("pupil", "martin|zoé|").await.unwrap();
        assert_ne!(another, ZOE);
    }

    async fn no_copy_of_the_destroyed_key_is_left_in_the_files(world: World) {
        let journal = with_two_members(&world).await;
        let keys = rusqlite::Connection::open(world.file("keys.db")).unwrap();
        let wrapped: Vec<u8> = keys
            .query_row("SELECT wrapped FROM person_keys WHERE person = ?1", [ZOE.uuid()], |row| {
                row.get(0)
            })
            .unwrap();
        drop(keys);
        assert!(world.holds(&wrapped).await);

        journal.erase(ZOE, GROUND, &context(3)).await.unwrap();

        assert!(!world.holds(&wrapped).await);
    }

    async fn an_append_in_another_process_after_the_erasure_is_refused(world: World) {
        let (one, other) = (with_two_members(&world).await, world.open().await);
        // The other process holds the key in memory.
        all(&other).await;
        one.erase(ZOE, GROUND, &context(3)).await.unwrap();

        let enrol = ClubCommand::Enrol(ZOE, "zoe@example.net".to_owned());
        let refused = give(&other, "b", enrol, 4).await;

        assert!(matches!(refused, Err(HandleError::Erased(ZOE))));
        assert_eq!(count(&one).await, 3);
        // Reading of the erasure, it forgets the key.
        assert_eq!(other.read(2, 1).await.unwrap().len(), 1);
        assert_eq!(all(&other).await[0].event.payload["member"][0]["erased"], true);
    }
}
