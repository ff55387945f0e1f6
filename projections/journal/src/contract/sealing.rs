//! Personal values are sealed in the log and nowhere else.

use cqrs_es::persist::PersistedEventRepository as _;
use domain::kernel::ids::PersonId;
use serde_json::json;

use super::{
    club::{Club, ClubCommand},
    on_durable_logs, on_every_log,
    world::{World, all, give},
};
use crate::{
    Fault, Flaw, Journal, MasterKey, Opened, ReadFault, Upcaster, aggregate::Adapted,
    repository::Repository,
};

on_every_log!(
    a_personal_value_is_read_in_clear_and_stored_sealed,
    an_old_event_is_brought_to_todays_shape_when_it_is_read,
    what_is_sealed_opens_with_its_context_only,
    the_same_value_is_always_the_same_person,
    a_person_may_be_known_by_another_value_too,
    a_value_that_names_somebody_goes_on_naming_them,
    the_framework_reads_streams_and_nothing_else,
    an_event_that_this_program_does_not_know_stops_the_reader_at_it,
);

const ZOE: PersonId = PersonId::from_u128(1);

async fn enrol_zoe(journal: &Journal) {
    let enrol = ClubCommand::Enrol(ZOE, "zoe.martin@example.org".to_owned());
    give(journal, "a", enrol, 1).await.unwrap();
}

async fn a_personal_value_is_read_in_clear_and_stored_sealed(world: World) {
    let journal = world.open().await;

    enrol_zoe(&journal).await;

    let event = all(&journal).await.remove(0).event;
    assert_eq!(
        event.payload["member"],
        json!([{"$person": ZOE, "value": {"mail": "zoe.martin@example.org"}}])
    );
    let (state, _) = journal.load::<Club>("a").await.unwrap();
    assert_eq!(state.mails, [Some("zoe.martin@example.org".to_owned())]);
    let stored = journal.inner.backend.read(0, 1).await.unwrap().remove(0);
    assert!(stored.payload.contains("sealed"));
    assert!(!stored.payload.contains("martin"));
    assert!(!world.holds("zoe.martin").await);
}

async fn an_old_event_is_brought_to_todays_shape_when_it_is_read(mut world: World) {
    let upcaster = Upcaster {
        event: "Noted",
        to: 2,
        change: |mut payload| {
            payload["text"] = json!(format!("{} (upcast)", payload["text"].as_str().unwrap()));
            payload
        },
    };
    world.settings.upcasters = vec![upcaster];
    let journal = world.open().await;

    give(&journal, "a", ClubCommand::Note(1), 1).await.unwrap();
    let again = give(&journal, "a", ClubCommand::Note(1), 1).await.unwrap();

    assert_eq!(again.events, [super::club::noted("1 (upcast)")]);
    let event = all(&journal).await.remove(0).event;
    assert_eq!(event.version, "2.0.0");
    assert_eq!(event.payload["text"], "1 (upcast)");
    let (state, _) = journal.load::<Club>("a").await.unwrap();
    assert_eq!(state.last_note.as_deref(), Some("1 (upcast)"));
    let stored = journal.inner.backend.read(0, 1).await.unwrap().remove(0);
    assert_eq!((stored.version.as_str(), stored.payload.contains("upcast")), ("1", false));
}

async fn what_is_sealed_opens_with_its_context_only(world: World) {
    let journal = world.open().await;
    let keys = journal.keyring();

    let sealed = keys.seal(ZOE, b"a convention", b"document 1").await.unwrap();

    let opened = keys.open(ZOE, &sealed, b"document 1").await.unwrap();
    assert_eq!(opened, Opened::Clear(b"a convention".to_vec()));
    let elsewhere = keys.open(ZOE, &sealed, b"document 2").await;
    assert!(matches!(elsewhere, Err(Fault::NotAuthentic(ZOE))));
    let stranger = PersonId::from_u128(2);
    let missing = keys.open(stranger, &sealed, b"document 1").await;
    assert!(matches!(missing, Err(Fault::KeyMissing(person)) if person == stranger));
}

async fn the_same_value_is_always_the_same_person(world: World) {
    let journal = world.open().await;
    let asking: Vec<_> = (0..20)
        .map(|_| {
            let keys = journal.keyring().clone();
            tokio::spawn(async move { keys.identify("pupil", "martin|zoé|2012-05-04").await })
        })
        .collect();

    let mut persons = Vec::new();
    for asked in asking {
        persons.push(asked.await.unwrap().unwrap());
    }
    persons.dedup();

    assert_eq!(persons.len(), 1);
    let scope = journal.keyring().identify("teacher", "martin|zoé|2012-05-04");
    assert_ne!(scope.await.unwrap(), persons[0]);
    assert!(!world.holds("martin").await);
}

async fn a_person_may_be_known_by_another_value_too(world: World) {
    let journal = world.open().await;
    let keys = journal.keyring();
    let zoe = keys.identify("pupil", "martn|zoé|").await.unwrap();

    for _ in 0..2 {
        keys.also_known("pupil", "martin|zoé|2012-05-04", zoe).await.unwrap();
    }

    assert_eq!(keys.identify("pupil", "martin|zoé|2012-05-04").await.unwrap(), zoe);
    assert_eq!(keys.identify("pupil", "martn|zoé|").await.unwrap(), zoe);
    assert_ne!(keys.identify("teacher", "martin|zoé|2012-05-04").await.unwrap(), zoe);
    assert!(!world.holds("martin").await);
}

async fn a_value_that_names_somebody_goes_on_naming_them(world: World) {
    let journal = world.open().await;
    let keys = journal.keyring();
    let zoe = keys.identify("pupil", "martn|zoé|").await.unwrap();
    let tom = keys.identify("pupil", "durand|tom|").await.unwrap();

    keys.also_known("pupil", "durand|tom|", zoe).await.unwrap();

    assert_eq!(keys.identify("pupil", "durand|tom|").await.unwrap(), tom);
    assert_eq!(keys.identify("pupil", "martn|zoé|").await.unwrap(), zoe);
}

async fn the_framework_reads_streams_and_nothing_else(world: World) {
    let journal = world.open().await;
    enrol_zoe(&journal).await;
    give(&journal, "a", ClubCommand::Note(2), 2).await.unwrap();
    let repository = Repository::new(std::sync::Arc::clone(&journal.inner));

    let last = repository.get_last_events::<Adapted<Club>>("a", 1).await.unwrap();
    let mut stream = repository.stream_events::<Adapted<Club>>("a").await.unwrap();
    let mut streamed = 0;
    while let Some(event) = stream.next::<Adapted<Club>>(&[]).await {
        streamed += 1;
        assert_eq!(event.unwrap().sequence, streamed);
    }

    assert_eq!(last.iter().map(|event| event.sequence).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(streamed, 3);
    assert!(repository.get_snapshot::<Adapted<Club>>("a").await.unwrap().is_none());
    assert!(repository.stream_all_events::<Adapted<Club>>().await.is_err());
}

async fn an_event_that_this_program_does_not_know_stops_the_reader_at_it(world: World) {
    let journal = world.open().await;
    let ground = domain::operations::erasure::ErasureGround::Request;
    journal.erase(ZOE, ground, &super::world::context(1)).await.unwrap();
    give(&journal, "a", ClubCommand::Note(1), 2).await.unwrap();

    let known = journal.read(0, 10).await.unwrap();
    let stopped = journal.read(1, 10).await.unwrap_err();

    assert_eq!(known.iter().map(|event| event.position).collect::<Vec<_>>(), [1]);
    assert_eq!(known[0].event.name(), "SubjectErased");
    assert!(matches!(
        stopped,
        ReadFault::Undecodable { position: 2, ref stream, ref event, .. }
            if stream == "club" && event == "Noted"
    ));
    assert_eq!(stopped.position(), Some(2));
}

mod durable {
    use super::*;

    on_durable_logs!(
        a_key_that_is_missing_without_an_erasure_is_an_alarm,
        the_keys_open_under_their_own_master_key_only,
        the_keys_are_in_a_file_of_their_owner_alone,
    );

    async fn the_keys_are_in_a_file_of_their_owner_alone(world: World) {
        use std::os::unix::fs::PermissionsExt as _;
        let journal = world.open().await;
        enrol_zoe(&journal).await;

        for name in ["keys.db", "keys.db-wal"] {
            let mode = std::fs::metadata(world.file(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }

    async fn a_key_that_is_missing_without_an_erasure_is_an_alarm(mut world: World) {
        let journal = world.open().await;
        give(&journal, "b", ClubCommand::Note(1), 9).await.unwrap();
        enrol_zoe(&journal).await;
        journal.close().await;
        world.settings.keys = world.file("other-keys.db").to_string_lossy().into_owned();
        let journal = world.open().await;

        let damaged = journal.read_undecoded(1, 10).await.unwrap_err();

        assert!(matches!(
            damaged,
            ReadFault::Damaged { position: 2, fault: Fault::KeyMissing(ZOE) }
        ));
        let loaded = journal.load::<Club>("a").await;
        assert!(matches!(loaded, Err(Fault::KeyMissing(ZOE))));
        let report = journal.verify(|_, _| {}).await.unwrap();
        assert_eq!(report.wrong, Some((2, Flaw::Seal(ZOE))));
    }

    async fn the_keys_open_under_their_own_master_key_only(mut world: World) {
        let journal = world.open().await;
        enrol_zoe(&journal).await;
        journal.close().await;

        world.settings.master_key = MasterKey::new([8; 32]);
        let opened = Journal::open(world.settings.clone()).await;

        assert!(matches!(opened, Err(Fault::WrongMasterKey)));
    }
}
