//! Whatever is appended, by whomever, in whatever interleaving: one order, without gaps.

use std::collections::HashMap;

use domain::kernel::ids::PersonId;
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};

use super::{
    club::ClubCommand,
    world::{World, all, giving},
};

#[derive(Debug, Clone)]
struct Step {
    club: u8,
    kind: u8,
    /// Few different ones, so that some are repeated.
    command: u8,
    /// Whether what was given before is awaited first.
    alone: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..4_u8, 0..5_u8, 0..30_u8, any::<bool>());
    vec(step.prop_map(|(club, kind, command, alone)| Step { club, kind, command, alone }), 1..40)
}

fn command(step: &Step) -> ClubCommand {
    let person = PersonId::from_u128(u128::from(step.command % 5));
    match step.kind {
        0 => ClubCommand::Open(["Les Alouettes", "Les Merles"][usize::from(step.command % 2)]),
        1 => ClubCommand::Close,
        2 => ClubCommand::Enrol(person, format!("mail {}", step.command % 3)),
        3 => ClubCommand::Look,
        _ => ClubCommand::Note(usize::from(step.command % 4) + 1),
    }
}

async fn run(world: World, steps: Vec<Step>) -> Result<(), TestCaseError> {
    let journal = world.open().await;
    let mut under_way = Vec::new();
    let mut accepted: HashMap<u128, (u64, u64)> = HashMap::new();
    let mut total = 0;
    for step in steps {
        if step.alone {
            for (number, handled) in under_way.drain(..) {
                total += settle(&mut accepted, number, handled).await?;
            }
        }
        let club = format!("club {}", step.club);
        let number = u128::from(step.command);
        under_way.push((number, giving(&journal, &club, command(&step), number)));
    }
    for (number, handled) in under_way {
        total += settle(&mut accepted, number, handled).await?;
    }

    let log = all(&journal).await;
    let mut sequences: HashMap<String, u64> = HashMap::new();
    for (event, position) in log.iter().zip(1..) {
        let last = sequences.entry(event.stream_id.clone()).or_default();
        *last += 1;
        prop_assert_eq!((event.position, event.sequence), (position, *last));
    }
    prop_assert_eq!(log.len() as u64, total);
    prop_assert_eq!(*journal.head().borrow(), total);
    let report = journal.verify(|_, _| {}).await.unwrap();
    prop_assert_eq!((report.events, report.wrong), (total, None));
    Ok(())
}

/// How many events the command wrote; a repeated one answers as the first did.
async fn settle(
    accepted: &mut HashMap<u128, (u64, u64)>,
    number: u128,
    handled: tokio::task::JoinHandle<super::world::Outcome>,
) -> Result<u64, TestCaseError> {
    let Ok(handled) = handled.await.unwrap() else {
        return Ok(0);
    };
    if handled.events.is_empty() {
        return Ok(0);
    }
    let span = (handled.first, handled.last);
    let first = *accepted.entry(number).or_insert(span);
    prop_assert_eq!(span, first);
    prop_assert_eq!(handled.events.len() as u64, span.1 + 1 - span.0);
    Ok(if handled.repeated { 0 } else { handled.events.len() as u64 })
}

fn check(cases: u32, world: impl AsyncFn() -> World) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&steps(), |steps| runtime.block_on(async { run(world().await, steps).await }))
        .unwrap();
}

#[test]
fn any_appends_make_one_order_without_gaps_in_memory() {
    check(64, async || World::memory());
}

#[test]
fn any_appends_make_one_order_without_gaps_in_sqlite() {
    check(12, async || World::sqlite());
}

#[test]
fn any_appends_make_one_order_without_gaps_in_postgres() {
    check(8, async || World::postgres().await);
}
