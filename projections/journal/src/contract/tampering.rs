//! The table of what an operator with all rights on the database could do with its own tools, and what
//! finds it, and where. Each line on a fresh copy; `-- --nocapture tampering` shows the table.

use super::{
    club::ClubCommand,
    proof::LOG,
    world::{World, give},
};
use crate::{
    Flaw, Journal, Note,
    event::{Head, StoredEvent, chain},
};

/// What an operator does.
#[derive(Clone, Copy)]
enum Deed {
    /// Statements.
    Sql(&'static str),
    /// From this event on all is made to fit together again: leaves, chain, head.
    Rewrite(u64),
}

/// One line: what is done, whether what is kept beside the log is swept away too, whether somebody
/// kept the notes, and what is found.
#[derive(Clone)]
struct Line {
    what: &'static str,
    deed: Deed,
    swept: bool,
    kept: bool,
    found: Option<(u64, Flaw)>,
}

const fn line(what: &'static str, deed: Deed, found: (u64, Flaw)) -> Line {
    Line { what, deed, swept: true, kept: false, found: Some(found) }
}

const EVERY_COLUMN: &str = "tenant, aggregate_type, aggregate_id";

const CUT: &str = "DELETE FROM events WHERE position > 8; UPDATE log_head SET position = 8, \
                   chain = (SELECT chain FROM events WHERE position = 8)";

const MOVED_UP: &str = "DELETE FROM events WHERE position = 4; \
                        UPDATE events SET position = -position WHERE position > 4; \
                        UPDATE events SET position = -position - 1 WHERE position < 0; \
                        UPDATE log_head SET position = 9";

const INSERTED: &str = "UPDATE events SET position = -position WHERE position > 4; \
                        UPDATE events SET position = 1 - position WHERE position < 0; \
                        INSERT INTO events SELECT 5, {COPY} WHERE position = 4; \
                        UPDATE log_head SET position = 11";

const COPY: &str = "{ID}, {COLUMNS}, 99, event_type, event_version, payload, metadata, \
                    recorded_at, leaf, chain FROM events";

const SWAPPED: &str = "UPDATE events SET position = -3 WHERE position = 3; \
                       UPDATE events SET position = 3 WHERE position = 7; \
                       UPDATE events SET position = 7 WHERE position = -3";

/// An event is changed where it stands.
fn changed() -> Vec<Line> {
    let payload = "UPDATE events SET payload = '{\"type\":\"Noted\"}' WHERE position = 3";
    let metadata = "UPDATE events SET metadata = '{}' WHERE position = 5";
    let instant = "UPDATE events SET recorded_at = recorded_at + 1 WHERE position = 6";
    let platform = "UPDATE events SET tenant = 'creteil' WHERE position = 1";
    vec![
        line("a payload is changed", Deed::Sql(payload), (3, Flaw::Leaf)),
        line("metadata is changed", Deed::Sql(metadata), (5, Flaw::Leaf)),
        line("an instant is changed", Deed::Sql(instant), (6, Flaw::Leaf)),
        line("a platform is changed", Deed::Sql(platform), (1, Flaw::Leaf)),
    ]
}

/// An event is removed, added, or elsewhere.
fn moved() -> Vec<Line> {
    let removed = "DELETE FROM events WHERE position = 4";
    let added = "INSERT INTO events SELECT 11, {COPY} WHERE position = 4";
    vec![
        line("an event in the middle is removed", Deed::Sql(removed), (4, Flaw::Missing)),
        line("the same, the later ones moved up", Deed::Sql(MOVED_UP), (4, Flaw::Leaf)),
        line("an event is inserted in the middle", Deed::Sql(INSERTED), (5, Flaw::Leaf)),
        line("an event is added at the end", Deed::Sql(added), (11, Flaw::Head)),
        line("two events are swapped", Deed::Sql(SWAPPED), (3, Flaw::Leaf)),
    ]
}

/// All that is left fits together.
fn consistent() -> Vec<Line> {
    let cut = |what| line(what, Deed::Sql(CUT), (9, Flaw::Cut { signed: 10 }));
    let alone =
        line("all is rewritten from 6 on, nobody kept a note", Deed::Rewrite(6), (0, Flaw::Leaf));
    let rewritten = |what, flaw| line(what, Deed::Rewrite(6), (8, flaw));
    vec![
        Line { kept: true, ..cut("the end is cut off, somebody kept the notes") },
        Line { swept: false, ..cut("the same, nobody did, the checkpoints are left") },
        Line { found: None, ..alone },
        Line {
            kept: true,
            ..rewritten("the same, somebody kept the notes", Flaw::Rewritten { after: 4 })
        },
        Line {
            swept: false,
            ..rewritten("the same, the checkpoints are left", Flaw::Checkpoint { after: 4 })
        },
    ]
}

/// Ten events in two streams, signed after the fourth, the eighth and the tenth.
async fn signed_log(world: &World) -> (Journal, Vec<Note>) {
    let journal = world.open().await;
    let mut notes = Vec::new();
    for (club, count, number, signs) in
        [("a", 3, 1, false), ("b", 1, 2, true), ("a", 4, 3, true), ("b", 2, 4, true)]
    {
        give(&journal, club, ClubCommand::Note(count), number).await.unwrap();
        if signs {
            notes.push(journal.checkpoint(LOG).await.unwrap().note);
        }
    }
    assert_eq!(notes.iter().map(Note::size).collect::<Vec<_>>(), [4, 8, 10]);
    (journal, notes)
}

async fn forge(world: &World, sql: &str) {
    let (unlock, id) = if world.is_postgres() {
        ("ALTER TABLE events DISABLE TRIGGER ALL;", "gen_random_uuid()")
    } else {
        let unlock = "DROP TRIGGER events_are_never_updated; DROP TRIGGER events_are_never_deleted; \
                      DROP TRIGGER events_are_never_replaced;";
        (unlock, "randomblob(16)")
    };
    let sql = sql.replace("{COPY}", COPY).replace("{ID}", id).replace("{COLUMNS}", EVERY_COLUMN);
    world.sql(&format!("{unlock} {sql}")).await.unwrap();
}

/// Statements that make every event from `first` on say something else, and all fit together.
async fn rewriting(journal: &Journal, first: u64, is_postgres: bool) -> String {
    let bytes = |bytes: &[u8]| {
        let digits = hex::encode(bytes);
        if is_postgres { format!("decode('{digits}', 'hex')") } else { format!("x'{digits}'") }
    };
    let events = journal.inner.backend.read(first - 2, 100).await.unwrap();
    let (before, rest) = events.split_first().unwrap();
    let mut head = Head { position: 0, chain: before.chain.clone(), recorded_at: 0 };
    let mut statements = Vec::new();
    for event in rest {
        let changed = StoredEvent { recorded_at: event.recorded_at + 1, ..event.clone() };
        let leaf = changed.compute_leaf();
        head.chain = chain(&head.chain, &leaf);
        head.recorded_at = changed.recorded_at;
        statements.push(format!(
            "UPDATE events SET recorded_at = {}, leaf = {}, chain = {} WHERE position = {}",
            changed.recorded_at,
            bytes(&leaf),
            bytes(&head.chain),
            event.position
        ));
    }
    let head = format!(
        "UPDATE log_head SET chain = {}, recorded_at = {}",
        bytes(&head.chain),
        head.recorded_at
    );
    statements.push(head);
    statements.join("; ")
}

/// Does what the line says to a log of its own; answers what is found.
async fn find(world: &World, line: &Line) -> Option<(u64, Flaw)> {
    let (journal, notes) = signed_log(world).await;
    let sql = match line.deed {
        Deed::Sql(sql) => sql.to_owned(),
        Deed::Rewrite(first) => rewriting(&journal, first, world.is_postgres()).await,
    };
    let sweep = if line.swept { "DELETE FROM log_checkpoint; DELETE FROM log_tree;" } else { "" };
    forge(world, &format!("{sweep} {sql}")).await;
    let notes = if line.kept { notes } else { Vec::new() };
    journal.verify_since(&notes, |_, _| {}).await.unwrap().wrong
}

#[expect(clippy::print_stdout, reason = "the table is there to be shown")]
async fn every_line(database: &str, world: impl AsyncFn() -> World) {
    for line in [changed(), moved(), consistent()].concat() {
        let found = find(&world().await, &line).await;
        let shown = found.as_ref().map_or_else(
            || "nothing: only a note that someone kept would tell".to_owned(),
            |(position, flaw)| format!("at {position}: {flaw}"),
        );
        println!("{database:<10} | {:<55} | {shown}", line.what);
        assert_eq!(found, line.found, "{}", line.what);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tampering_is_found_and_located_in_sqlite() {
    every_line("SQLite", async || World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tampering_is_found_and_located_in_postgres() {
    every_line("PostgreSQL", World::postgres).await;
}
