//! What the database refuses, and what verifying finds when it was made to accept.

use domain::kernel::ids::PersonId;

use super::{
    club::ClubCommand,
    on_durable_logs,
    world::{World, count, give},
};
use crate::{Flaw, Journal};

on_durable_logs!(
    events_can_be_neither_updated_nor_deleted,
    a_byte_changed_in_an_event_is_found,
    an_event_whose_hash_was_changed_too_is_found_at_the_chain,
    a_last_event_taken_away_is_found,
    an_event_taken_away_in_the_middle_is_found,
    an_event_added_behind_the_head_is_found,
    verifying_tells_how_far_it_is,
);

const ZOE: PersonId = PersonId::from_u128(1);

async fn with_four_events(world: &World) -> Journal {
    let journal = world.open().await;
    give(&journal, "a", ClubCommand::Note(2), 1).await.unwrap();
    let enrol = ClubCommand::Enrol(ZOE, "zoe.martin@example.org".to_owned());
    give(&journal, "b", enrol, 2).await.unwrap();
    give(&journal, "a", ClubCommand::Note(1), 3).await.unwrap();
    let report = journal.verify(|_, _| {}).await.unwrap();
    assert_eq!((report.events, report.streams, report.wrong), (4, 2, None));
    assert_eq!(report.chain.len(), 64);
    journal
}

/// What an operator with all rights on the database could do.
async fn forge(world: &World, sql: &str) {
    let unlock = if world.is_postgres() {
        "ALTER TABLE events DISABLE TRIGGER ALL;"
    } else {
        "DROP TRIGGER events_are_never_updated; DROP TRIGGER events_are_never_deleted;"
    };
    world.sql(&format!("{unlock} {sql}")).await.unwrap();
}

async fn wrong(journal: &Journal) -> Option<(u64, Flaw)> {
    journal.verify(|_, _| {}).await.unwrap().wrong
}

async fn events_can_be_neither_updated_nor_deleted(world: World) {
    let journal = with_four_events(&world).await;
    let mut forbidden = vec![
        ("UPDATE events SET payload = '{}' WHERE position = 2", "UPDATE"),
        ("DELETE FROM events WHERE position = 4", "DELETE"),
        ("DELETE FROM events", "DELETE"),
    ];
    if world.is_postgres() {
        forbidden.push(("TRUNCATE events", "TRUNCATE"));
    } else {
        forbidden.push((
            "INSERT OR REPLACE INTO events SELECT position, event_id, tenant, aggregate_type,
             aggregate_id, sequence, event_type, event_version, '{}', metadata, recorded_at,
             leaf, chain FROM events WHERE position = 2",
            "REPLACE",
        ));
    }

    for (sql, what) in forbidden {
        let refused = world.sql(sql).await.unwrap_err();
        assert!(refused.contains(&format!("events are immutable: {what} refused")), "{refused}");
    }

    assert_eq!(count(&journal).await, 4);
    assert_eq!(wrong(&journal).await, None);
}

async fn a_byte_changed_in_an_event_is_found(world: World) {
    let journal = with_four_events(&world).await;

    let text = r#"{"type":"Noted","text":"9"}"#;
    let sql = format!("UPDATE events SET payload = '{text}' WHERE position = 2");
    forge(&world, &sql).await;

    assert_eq!(wrong(&journal).await, Some((2, Flaw::Leaf)));
}

async fn an_event_whose_hash_was_changed_too_is_found_at_the_chain(world: World) {
    let journal = with_four_events(&world).await;
    let mut event = journal.inner.backend.read(2, 1).await.unwrap().remove(0);
    event.tenant = Some("creteil".to_owned());
    let leaf = hex::encode(event.compute_leaf());
    let leaf =
        if world.is_postgres() { format!("decode('{leaf}', 'hex')") } else { format!("x'{leaf}'") };

    let sql = format!("UPDATE events SET tenant = 'creteil', leaf = {leaf} WHERE position = 3");
    forge(&world, &sql).await;

    assert_eq!(wrong(&journal).await, Some((3, Flaw::Chain)));
}

async fn a_last_event_taken_away_is_found(world: World) {
    let journal = with_four_events(&world).await;

    forge(&world, "DELETE FROM events WHERE position = 4").await;

    assert_eq!(wrong(&journal).await, Some((4, Flaw::Missing)));
}

async fn an_event_taken_away_in_the_middle_is_found(world: World) {
    let journal = with_four_events(&world).await;

    forge(&world, "DELETE FROM events WHERE position = 2").await;

    assert_eq!(wrong(&journal).await, Some((2, Flaw::Missing)));
}

async fn an_event_added_behind_the_head_is_found(world: World) {
    let journal = with_four_events(&world).await;
    let id = if world.is_postgres() { "gen_random_uuid()" } else { "randomblob(16)" };

    let sql = format!(
        "INSERT INTO events SELECT 5, {id}, tenant, aggregate_type, aggregate_id, 4,
         event_type, event_version, payload, metadata, recorded_at, leaf, chain
         FROM events WHERE position = 4"
    );
    forge(&world, &sql).await;

    assert_eq!(wrong(&journal).await, Some((5, Flaw::Head)));
}

async fn verifying_tells_how_far_it_is(world: World) {
    let journal = world.open().await;
    give(&journal, "a", ClubCommand::Note(1500), 1).await.unwrap();
    let mut steps = Vec::new();

    let report = journal.verify(|done, total| steps.push((done, total))).await.unwrap();

    assert_eq!((report.events, report.wrong), (1500, None));
    assert_eq!(steps, [(1000, 1500), (1500, 1500)]);
}
