//! The service killed (SIGKILL) again and again while schools book: at named points and at random.
//! What was acknowledged must be in the log after each, and in the end nothing may be missing, and
//! nothing may have been done twice.

mod people;
mod point;
mod proof;

use std::{
    collections::BTreeMap,
    os::unix::process::ExitStatusExt as _,
    process::Stdio,
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Args;
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use tokio::sync::watch;

use self::{people::People, point::Point};
use crate::{
    Fault,
    gateways::Gateway,
    house::{Backend, House},
    stage::{self, Cast, Size},
};

const SIGKILL: i32 = 9;
/// The most seats that a slot may have.
const SEATS: u16 = 500;
/// How long one waits for a gateway to come by its point before it is killed all the same.
const PATIENCE: Duration = Duration::from_secs(15);
/// Within how many milliseconds of its start a gateway is killed at random, or waits for its point.
const SOON: u64 = 2500;
/// After how many kills the read models are compared with the log.
const COMPARED: usize = 20;

/// How many kills, and in what log.
#[derive(Debug, Clone, Args)]
pub(crate) struct Kills {
    /// Où est le journal
    #[arg(long, value_enum, default_value_t = Backend::Sqlite)]
    log: Backend,
    /// Combien de fois le service est tué
    #[arg(long, default_value_t = 200)]
    runs: usize,
    /// Combien d’écoles réservent pendant ce temps
    #[arg(long, default_value_t = 6)]
    people: u32,
    /// D’où vient le hasard
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// How often a gateway died at a point, and how often it did not come by.
#[derive(Debug, Default)]
struct Deaths {
    reached: usize,
    missed: usize,
}

impl Kills {
    /// Plays it.
    pub(crate) async fn run(self) -> Result<(), Fault> {
        let house = House::build(self.log, 1).await?.by_line().await;
        let app = house.open(0).await?;
        let Cast { schools, .. } =
            stage::set(&app, Size { schools: self.people, hosts: 1 }).await?;
        let each = u32::try_from(self.runs)? / 40 + 1;
        let slots = stage::offer(&app, self.people * each, SEATS).await?;
        app.close().await;
        drop(app);
        let people = Arc::new(People::new(&house, schools, &slots, each as usize)?);
        let mut chance = StdRng::seed_from_u64(self.seed);
        let mut deaths = BTreeMap::<Point, Deaths>::new();
        let points = Point::all(self.log);
        let begun = Instant::now();
        for (run, point) in points.iter().copied().cycle().take(self.runs).enumerate() {
            let reached = die(&house, &people, point, &mut chance).await?;
            let count = deaths.entry(point).or_default();
            count.reached += usize::from(reached);
            count.missed += usize::from(!reached);
            let journal = house.journal().await?;
            proof::nothing_is_lost(&journal, &people.acknowledged().await).await?;
            journal.close().await;
            house.check(&["log", "verify"])?;
            if (run + 1) % COMPARED == 0 {
                house.verify()?;
                println!("{} fois, {} réservations", run + 1, people.acknowledged().await.len());
            }
        }
        println!("{} morts en {:.0} s :", self.runs, begun.elapsed().as_secs_f64());
        for (point, Deaths { reached, missed }) in deaths {
            println!("  {:<42} {reached:>4}, manqués {missed}", point.name());
        }
        end(&house, &people).await
    }
}

/// A gateway lives while people book, and dies at `point`; whether it did by itself.
async fn die(
    house: &House,
    people: &Arc<People>,
    point: Point,
    chance: &mut StdRng,
) -> Result<bool, Fault> {
    let mut command = point.wrap(house, house.escale(0, &["serve"]), chance);
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(house.lines(0)?).spawn()?;
    let begun = Instant::now();
    let (gone, over) = watch::channel(false);
    let booking = people.book(&over);
    let wait = Duration::from_millis(chance.random_range(0..SOON));
    let mut armed = false;
    let reached = loop {
        if let Some(status) = child.try_wait()? {
            if status.signal() != Some(SIGKILL) {
                return Err(format!("{} : le service a fini seul, {status}", point.name()).into());
            }
            break true;
        }
        if !armed && begun.elapsed() >= wait {
            armed = true;
            point.arm(house, child.id(), chance);
            if point == Point::AtRandom {
                child.kill()?;
            }
        }
        if begun.elapsed() > PATIENCE + wait {
            child.kill()?;
            child.wait()?;
            break false;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    gone.send_replace(true);
    booking.await??;
    Ok(reached)
}

/// A gateway that nobody kills does what is left; then all is compared.
async fn end(house: &House, people: &Arc<People>) -> Result<(), Fault> {
    let gateway = Gateway::start(house, 0).await?;
    people.finish().await?;
    let journal = house.journal().await?;
    let ledger = proof::Ledger::at_rest(&journal).await?;
    journal.close().await;
    gateway.stop().await?;
    house.verify()?;
    let asked = people.acknowledged().await;
    println!("{} réservations, {}", asked.len(), ledger.check(&asked, &house.mail)?);
    println!("journal et modèles de lecture vérifiés");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn each_point_once(log: Backend) {
        let runs = Point::all(log).len();

        let kills = Kills { log, runs, people: 2, seed: 7 };

        kills.run().await.expect("what was answered is in the log, once");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_answered_survives_each_point_on_sqlite() {
        each_point_once(Backend::Sqlite).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_answered_survives_each_point_on_postgresql() {
        each_point_once(Backend::Postgres).await;
    }
}
