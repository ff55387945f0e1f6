//! How many commands a second the log takes, and how many events a second it gives back:
//! `cargo run --release -p journal --example appends -- sqlite:/tmp/log.db postgres://…`.
//! Each command goes to a stream of its own, as on the day when many schools book at once.
#![expect(clippy::print_stdout, reason = "an example speaks on the terminal")]

use std::{error::Error, time::Instant};

use domain::kernel::{
    decider::{Decider, Event, Refusal},
    envelope::{Actor, Context},
};
use journal::{Clock, Journal, MasterKey, Settings};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many commands for each number of clients.
const COMMANDS: [(u128, u128); 3] = [(1, 500), (32, 10_000), (128, 30_000)];

enum Seat {}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct SeatBooked {
    pupil: Uuid,
    school: String,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("taken")]
struct Taken;

impl Event for SeatBooked {
    fn name(&self) -> &'static str {
        "SeatBooked"
    }
}

impl Refusal for Taken {
    fn code(&self) -> &'static str {
        "Taken"
    }
}

impl Decider for Seat {
    const TYPE: &'static str = "seat";
    type Command = Uuid;
    type Event = SeatBooked;
    type State = bool;
    type Refusal = Taken;

    fn decide(taken: &bool, pupil: Uuid) -> Result<Vec<SeatBooked>, Taken> {
        if *taken {
            return Err(Taken);
        }
        let school = "0750680G".to_owned();
        Ok(vec![SeatBooked { pupil, school }])
    }

    fn evolve(_: bool, _: &SeatBooked) -> bool {
        true
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut urls: Vec<String> = std::env::args().skip(1).collect();
    if urls.is_empty() {
        urls.push("memory:".to_owned());
    }
    for url in urls {
        let settings = Settings::new(url.clone(), "memory:", MasterKey::new([0; 32]));
        let journal = Journal::open(settings).await?;
        println!("{url}");
        let start = journal.position().await?;
        for (clients, commands) in COMMANDS {
            append(&journal, clients, commands).await?;
        }
        read(&journal, start).await?;
        let begun = Instant::now();
        let report = journal.verify(|_, _| {}).await?;
        let seconds = begun.elapsed().as_secs_f64();
        println!("  verified {} events in {seconds:.2} s", report.events);
        assert!(report.is_sound(), "{:?}", report.wrong);
        journal.close().await;
    }
    Ok(())
}

async fn append(journal: &Journal, clients: u128, commands: u128) -> Result<(), Box<dyn Error>> {
    let run = Uuid::from_u128(u128::try_from(Clock::system().now().as_nanosecond())?);
    let begun = Instant::now();
    let mut giving = Vec::new();
    for client in 0..clients {
        let journal = journal.clone();
        giving.push(tokio::spawn(async move {
            for number in (client..commands).step_by(usize::try_from(clients).unwrap_or(1)) {
                let seat = format!("{run}-{clients}-{number}");
                let command = Uuid::new_v5(&run, seat.as_bytes());
                let pupil = Uuid::from_u128(number);
                journal.handle::<Seat>(&seat, pupil, &context(command)).await?;
            }
            Ok::<_, journal::HandleError<Taken>>(())
        }));
    }
    for client in giving {
        client.await??;
    }
    let seconds = begun.elapsed();
    let rate = u128::from(u64::try_from(commands)?) * 1_000_000 / seconds.as_micros().max(1);
    println!("  {clients:>4} clients: {rate:>6} appends/s");
    Ok(())
}

async fn read(journal: &Journal, start: u64) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let mut after = start;
    loop {
        let lot = journal.read_undecoded(after, 5000).await?;
        let Some(last) = lot.last() else { break };
        after = last.position;
    }
    let micros = u64::try_from(begun.elapsed().as_micros())?.max(1);
    println!("  read: {} events/s", (after - start) * 1_000_000 / micros);
    Ok(())
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
