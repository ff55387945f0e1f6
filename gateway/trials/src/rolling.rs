//! Each gateway restarted in turn, behind the proxy, while schools book and read: nobody may notice,
//! and what was answered must be in the log.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use clap::Args;
use domain::{facts::Fact, kernel::ids::SlotId, ministages::slot::SlotEvent};
use journal::Journal;
use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    Fault,
    gateways::Gateway,
    house::{Backend, House},
    listed::Listed,
    proxy::Proxy,
    secretary::{Answers, Secretary, Wish},
    stage::{self, Cast, Size},
    tally::Tally,
};

/// How many seats a slot has, which is the most that a slot may have.
const SEATS: u16 = 500;
/// How many slots each school books, one after the other.
const SLOTS: u32 = 20;
/// How long a gateway says that it leaves.
const LEAVES: &str = "3";
/// How long the proxy may take to see that a gateway is back.
const NOTICED: Duration = Duration::from_secs(3);
/// Between two requests of one person.
const THINKS: Duration = Duration::from_millis(20);

/// How many restarts, and how many people meanwhile.
#[derive(Debug, Clone, Args)]
pub(crate) struct Rolling {
    /// Combien de fois chaque passerelle est redémarrée
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Combien d’écoles réservent pendant ce temps, et combien lisent
    #[arg(long, default_value_t = 20)]
    people: u32,
}

/// What people met with.
#[derive(Default)]
struct Met {
    booked: Answers,
    read: Tally,
    failed: Vec<String>,
}

impl Rolling {
    /// Plays it, and counts the requests that failed.
    pub(crate) async fn run(self) -> Result<(), Fault> {
        let house =
            House::build(Backend::Postgres, 2).await?.with("ESCALE_STOP_DELAY_SECONDS", LEAVES);
        let app = house.open(0).await?;
        let Cast { schools, .. } =
            stage::set(&app, Size { schools: self.people, hosts: 1 }).await?;
        let slots = stage::offer(&app, self.people * SLOTS, SEATS).await?;
        app.close().await;
        drop(app);
        let mut gateways = vec![Gateway::start(&house, 0).await?, Gateway::start(&house, 1).await?];
        let http = reqwest::Client::builder().danger_accept_invalid_certs(true).build()?;
        let proxy = Proxy::start(&house, &http).await?;
        let (over, listed) = (Arc::new(AtomicBool::new(false)), Listed::read()?);
        let mut people = JoinSet::new();
        for (school, slots) in schools.into_iter().zip(slots.chunks(SLOTS as usize)) {
            let url = proxy.url().to_owned();
            let secretary = Secretary::new(http.clone(), listed.clone(), url, school);
            people.spawn(work(secretary, slots.to_vec(), over.clone()));
        }
        let begun = Instant::now();
        for round in 0..self.rounds * 2 {
            let number = round % 2;
            gateways.remove(0).stop().await?;
            gateways.push(Gateway::start(&house, number).await?);
            tokio::time::sleep(NOTICED).await;
        }
        over.store(true, Ordering::Relaxed);
        let mut met = Met::default();
        while let Some(person) = people.join_next().await {
            let one = person?;
            met.booked.absorb(one.booked);
            met.read.absorb(one.read);
            met.failed.extend(one.failed);
        }
        println!(
            "{} redémarrages en {:.0} s ; réservations : {}, {} ; lectures : {}, {}",
            self.rounds * 2,
            begun.elapsed().as_secs_f64(),
            met.booked.took.count(),
            met.booked.took.told(),
            met.read.count(),
            met.read.told(),
        );
        house.verify()?;
        for gateway in gateways {
            gateway.stop().await?;
        }
        let app = house.open(0).await?;
        let known = booked(&app.journal).await?;
        app.close().await;
        check(&met, &known)
    }
}

/// Books and reads in turn until it is over.
async fn work(secretary: Secretary, slots: Vec<SlotId>, over: Arc<AtomicBool>) -> Met {
    let mut met = Met::default();
    let seats = slots.iter().flat_map(|slot| (0..SEATS).map(move |seat| (slot, seat)));
    for (slot, seat) in seats {
        if over.load(Ordering::Relaxed) {
            break;
        }
        let (slot, pupil) = (slot.to_string(), format!("Eleve-{slot}-{seat}"));
        let wish = Wish { slot, pupil, or_wait: false };
        let begun = Instant::now();
        met.booked.add(secretary.book(&wish).await, begun);
        let begun = Instant::now();
        let page = json!({ "platform": "bassin-0", "offset": 0, "limit": 20 });
        match secretary.ask("Slots", &page).await {
            Ok(page) if page["errors"].is_null() => met.read.add(begun.elapsed()),
            Ok(page) => met.failed.push(page["errors"].to_string()),
            Err(fault) => met.failed.push(fault.to_string()),
        }
        tokio::time::sleep(THINKS).await;
    }
    met
}

/// The bookings that the log holds.
async fn booked(journal: &Journal) -> Result<BTreeSet<String>, Fault> {
    let (mut booked, mut after) = (BTreeSet::new(), 0);
    loop {
        let lot = journal.read(after, 5000).await?;
        let Some(last) = lot.last() else { return Ok(booked) };
        after = last.position;
        booked.extend(lot.iter().filter_map(|event| match &event.event {
            Fact::Slot(SlotEvent::SeatBooked { booking, .. }) => Some(booking.to_string()),
            _ => None,
        }));
    }
}

fn check(met: &Met, known: &BTreeSet<String>) -> Result<(), Fault> {
    if let Some(lost) = met.booked.booked.iter().find(|booking| !known.contains(*booking)) {
        return Err(format!("la réservation {lost} a été répondue et n’est pas au journal").into());
    }
    let failed = met.booked.failed.iter().chain(&met.failed);
    println!("requêtes sans réponse : {}", failed.clone().count());
    match failed.last() {
        Some(why) => Err(format!("la dernière : {why}").into()),
        None if met.booked.refused.is_empty() => Ok(()),
        None => Err(format!("refusés : {:?}", met.booked.refused).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn nobody_notices_that_each_gateway_is_restarted() {
        let restarts = Rolling { rounds: 1, people: 3 };

        restarts.run().await.expect("every request is answered");
    }
}
