//! What proofs cost: a checkpoint, the proof of one stream, and verifying beside reading alone:
//! `cargo run --release -p journal --example proofs -- 1000000 sqlite:/tmp/log.db postgres://…`.
#![expect(clippy::print_stdout, reason = "an example speaks on the terminal")]

use std::{error::Error, time::Instant};

use domain::kernel::{
    decider::{Decider, Event, Refusal},
    envelope::{Actor, Context},
};
use journal::{Clock, Journal, MasterKey, Settings, StreamName};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many events a command writes, and a stream holds.
const EACH: u64 = 8;
/// Commands given at once.
const AT_ONCE: u64 = 512;
/// How often each thing is measured; the median is told.
const TIMES: usize = 9;

enum Paper {}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct PaperMoved {
    school: String,
    document: Uuid,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("never")]
struct Never;

impl Event for PaperMoved {
    fn name(&self) -> &'static str {
        "PaperMoved"
    }
}

impl Refusal for Never {
    fn code(&self) -> &'static str {
        "Never"
    }
}

impl Decider for Paper {
    const TYPE: &'static str = "paper";
    type Command = Uuid;
    type Event = PaperMoved;
    type State = ();
    type Refusal = Never;

    fn decide((): &(), document: Uuid) -> Result<Vec<PaperMoved>, Never> {
        let moved = |_| PaperMoved { school: "0750680G".to_owned(), document };
        Ok((0..EACH).map(moved).collect())
    }

    fn evolve((): (), _: &PaperMoved) {}
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let events: u64 = arguments.next().unwrap_or_else(|| "10000".to_owned()).parse()?;
    let urls: Vec<String> = arguments.collect();
    for url in if urls.is_empty() { vec!["memory:".to_owned()] } else { urls } {
        let settings = Settings::new(url.clone(), "memory:", MasterKey::new([0; 32]));
        let journal = Journal::open(settings).await?;
        println!("{url}");
        fill(&journal, events).await?;
        measure(&journal).await?;
        journal.close().await;
    }
    Ok(())
}

/// Appends until there are so many events.
async fn fill(journal: &Journal, events: u64) -> Result<(), Box<dyn Error>> {
    let mut next = journal.position().await? / EACH;
    while next * EACH < events {
        let giving: Vec<_> = (next..next + AT_ONCE)
            .map(|number| {
                let journal = journal.clone();
                tokio::spawn(async move {
                    let id = Uuid::from_u128(u128::from(number) + 1);
                    journal.handle::<Paper>(&id.to_string(), id, &context(id)).await.map(drop)
                })
            })
            .collect();
        for given in giving {
            given.await??;
        }
        next += AT_ONCE;
    }
    Ok(())
}

async fn measure(journal: &Journal) -> Result<(), Box<dyn Error>> {
    let origin = "escale.example/journal";
    let begun = Instant::now();
    let first = journal.checkpoint(origin).await?;
    let size = first.note.size();
    println!("  first checkpoint of {size} events: {:.3} s", begun.elapsed().as_secs_f64());
    let (mut checkpoints, mut proofs) = (Vec::new(), Vec::new());
    for round in 0..TIMES as u64 {
        let id = Uuid::from_u128(u128::from(u64::MAX - round) - u128::from(size));
        journal.handle::<Paper>(&id.to_string(), id, &context(id)).await?;
        let begun = Instant::now();
        journal.checkpoint(origin).await?;
        checkpoints.push(begun.elapsed().as_micros());
        let wanted = Uuid::from_u128(u128::from(size / EACH / 2 + round));
        let begun = Instant::now();
        let bundle =
            journal.prove(origin, &[StreamName::of::<Paper>(wanted)], Some(&first.note)).await?;
        proofs.push(begun.elapsed().as_micros());
        bundle.check(None)?;
    }
    println!("  next checkpoint: {} ms (median of {TIMES})", millis(checkpoints));
    println!("  proof of one stream of {EACH} events: {} ms (median of {TIMES})", millis(proofs));
    rates(journal).await
}

/// Events a second, reading alone and verifying.
async fn rates(journal: &Journal) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let mut after = 0;
    while let Some(last) = journal.read_undecoded(after, 1000).await?.last() {
        after = last.position;
    }
    let reading = begun.elapsed();
    let begun = Instant::now();
    let report = journal.verify(|_, _| {}).await?;
    let verifying = begun.elapsed();
    assert!(report.is_sound(), "{:?}", report.wrong);
    let rate = |micros: u128| u128::from(report.events) * 1_000_000 / micros.max(1);
    println!("  read: {} events/s", rate(reading.as_micros()));
    println!("  verified: {} events/s, {} notes agree", rate(verifying.as_micros()), report.notes);
    Ok(())
}

fn millis(mut micros: Vec<u128>) -> String {
    micros.sort_unstable();
    let median = micros.get(micros.len() / 2).copied().unwrap_or_default();
    format!("{}.{:03}", median / 1000, median % 1000)
}

fn context(command: Uuid) -> Context {
    Context {
        command,
        actor: Actor::Operator,
        from: None,
        correlation: command,
        cause: None,
        tenant: Some("demo".to_owned()),
        at: Clock::system().now(),
    }
}
