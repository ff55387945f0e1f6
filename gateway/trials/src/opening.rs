//! The day when booking opens: every school at once, and too few seats. Nobody may have a seat too
//! many, whoever has none waits in the order of the log or is told why, and nothing is lost.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use clap::Args;
use domain::{
    conventions::convention::ConventionEvent,
    correspondence::letter::LetterEvent,
    facts::Fact,
    kernel::{envelope::Recorded, ids::SlotId},
    ministages::slot::SlotEvent,
};
use journal::Journal;
use tokio::{sync::watch, task::JoinSet};

use crate::{
    Fault,
    gateways::Gateway,
    house::{Backend, House},
    listed::Listed,
    secretary::{Answers, Secretary, Wish},
    stage::{self, Cast, School, Size},
};

/// How many events are read at once.
const LOT: usize = 5000;
/// How long the gateways may take to do what bookings cause.
const REST: Duration = Duration::from_mins(10);

/// Who books what.
struct Stage {
    schools: Vec<School>,
    slots: Vec<SlotId>,
}

/// How many of everything, and where.
#[derive(Debug, Clone, Args)]
pub(crate) struct OpeningDay {
    /// Où est le journal
    #[arg(long, value_enum, default_value = "sqlite")]
    log: Backend,
    /// Combien de passerelles
    #[arg(long, default_value_t = 1)]
    gateways: usize,
    /// Combien d’écoles réservent à la fois
    #[arg(long, default_value_t = 1000)]
    schools: u32,
    /// Combien de créneaux
    #[arg(long, default_value_t = 100)]
    slots: u32,
    /// Combien de places par créneau
    #[arg(long, default_value_t = 4)]
    seats: u16,
    /// Combien d’élèves par école, l’un après l’autre ; le dernier n’attend pas de place
    #[arg(long, default_value_t = 3)]
    pupils: u32,
    /// Vérifie aussi que chaque courrier est parti et chaque convention établie
    #[arg(long)]
    rest: bool,
}

impl OpeningDay {
    /// Plays the day, and checks what it left.
    pub(crate) async fn run(self) -> Result<(), Fault> {
        let house = House::build(self.log, self.gateways).await?;
        let begun = Instant::now();
        let app = house.open(0).await?;
        let Cast { schools, .. } =
            stage::set(&app, Size { schools: self.schools, hosts: 1 }).await?;
        let slots = stage::offer(&app, self.slots, self.seats).await?;
        let stage = Stage { schools, slots };
        app.close().await;
        drop(app);
        println!("{} écoles inscrites en {:.1} s", self.schools, begun.elapsed().as_secs_f64());
        let mut gateways = Vec::new();
        for number in 0..self.gateways {
            gateways.push(Gateway::start(&house, number).await?);
        }
        let begun = Instant::now();
        let answers = self.open_doors(&house, &stage).await?;
        self.tell(&answers, begun.elapsed());
        if self.rest {
            come_to_rest(&house).await?;
            println!("conventions et courriers : {:.1} s", begun.elapsed().as_secs_f64());
        }
        house.verify()?;
        for gateway in gateways {
            gateway.stop().await?;
        }
        let app = house.open(0).await?;
        let lines = Lines::read(&app.journal).await?;
        app.close().await;
        self.check(&stage, &answers, &lines)?;
        println!("journal et modèles de lecture vérifiés");
        Ok(())
    }

    /// All schools at once; each asks for one pupil after the other.
    async fn open_doors(&self, house: &House, stage: &Stage) -> Result<Answers, Fault> {
        let http = reqwest::Client::builder().pool_max_idle_per_host(usize::MAX).build()?;
        let listed = Listed::read()?;
        let (open, doors) = watch::channel(false);
        let mut schools = JoinSet::new();
        for (number, school) in stage.schools.iter().enumerate() {
            let url = house.url(number % house.gateways());
            let secretary = Secretary::new(http.clone(), listed.clone(), url, school.clone());
            let wishes = self.wishes(number, stage);
            let mut doors = doors.clone();
            schools.spawn(async move {
                doors.wait_for(|open| *open).await?;
                let mut answers = Answers::default();
                for wish in wishes {
                    let begun = Instant::now();
                    answers.add(secretary.book(&wish).await, begun);
                }
                Ok::<_, Fault>(answers)
            });
        }
        open.send_replace(true);
        let mut answers = Answers::default();
        while let Some(school) = schools.join_next().await {
            answers.absorb(school??);
        }
        Ok(answers)
    }

    /// What a school asks for: as many as there are pupils, each on a slot of its own.
    fn wishes(&self, school: usize, stage: &Stage) -> Vec<Wish> {
        let pupils = usize::try_from(self.pupils).unwrap_or_default();
        let slots = stage.slots.iter().cycle().skip(school * pupils);
        slots
            .take(pupils)
            .enumerate()
            .map(|(pupil, slot)| Wish {
                slot: slot.to_string(),
                pupil: format!("Eleve-{school}-{pupil}"),
                or_wait: pupil + 1 < pupils,
            })
            .collect()
    }

    fn tell(&self, answers: &Answers, took: Duration) {
        let count = u32::try_from(answers.took.count()).unwrap_or(u32::MAX);
        let rate = f64::from(count) / took.as_secs_f64();
        println!(
            "{:?}, {} passerelle(s) : {count} demandes en {:.2} s, {rate:.0}/s ; {}",
            self.log,
            self.gateways,
            took.as_secs_f64(),
            answers.took.told()
        );
        let (booked, waiting) = (answers.booked.len(), answers.waiting.len());
        println!("{booked} placés, {waiting} en attente, refusés : {:?}", answers.refused);
    }

    /// Everyone was answered, nobody has a seat too many, and the log says what was answered.
    fn check(&self, stage: &Stage, answers: &Answers, lines: &Lines) -> Result<(), Fault> {
        if let Some(why) = answers.failed.first() {
            return Err(
                format!("{} demandes sans réponse, dont : {why}", answers.failed.len()).into()
            );
        }
        let full = answers.refused.get("SLOT_FULL").copied().unwrap_or_default();
        if answers.refused.values().sum::<usize>() != full {
            return Err(format!("refusés pour une autre raison : {:?}", answers.refused).into());
        }
        if self.rest {
            lines.check_rest()?;
        }
        for slot in &stage.slots {
            let line = lines.of.get(&slot.to_string()).ok_or("un créneau que nul n’a demandé")?;
            line.check(self.seats)?;
        }
        let sorted = |mut all: Vec<String>| {
            all.sort_unstable();
            all
        };
        let (booked, waiting) = lines.ids();
        if sorted(booked) != sorted(answers.booked.clone())
            || sorted(waiting) != sorted(answers.waiting.clone())
        {
            return Err("le journal ne dit pas ce qui a été répondu".into());
        }
        Ok(())
    }
}

/// Who has a seat in a slot, and who waits, in the order of the log.
#[derive(Debug, Default)]
struct Line {
    booked: Vec<String>,
    waiting: Vec<String>,
    /// Whether someone got a seat while others waited already.
    overtaken: bool,
}

impl Line {
    fn check(&self, seats: u16) -> Result<(), Fault> {
        if self.booked.len() != usize::from(seats) {
            return Err(format!("{} placés pour {seats} places", self.booked.len()).into());
        }
        if self.overtaken {
            Err("une place donnée à qui n’attendait pas".into())
        } else {
            Ok(())
        }
    }
}

/// The lines of all slots, read from the log.
#[derive(Debug, Default)]
struct Lines {
    of: BTreeMap<String, Line>,
    conventions: usize,
    /// Letters that were asked for and have not left.
    unsent: BTreeSet<String>,
}

impl Lines {
    async fn read(journal: &Journal) -> Result<Self, Fault> {
        let (mut lines, mut after) = (Self::default(), 0);
        loop {
            let lot = journal.read(after, LOT).await?;
            let Some(last) = lot.last() else { return Ok(lines) };
            after = last.position;
            for event in &lot {
                lines.hear(event)?;
            }
        }
    }

    fn hear(&mut self, event: &Recorded<Fact>) -> Result<(), Fault> {
        match &event.event {
            Fact::Slot(what) => return self.hear_slot(what),
            Fact::Convention(ConventionEvent::ConventionGenerated { .. }) => self.conventions += 1,
            Fact::Letter(LetterEvent::LetterRequested { .. }) => {
                self.unsent.insert(event.stream_id.clone());
            }
            Fact::Letter(LetterEvent::LetterSent { .. }) => {
                self.unsent.remove(&event.stream_id);
            }
            _ => {}
        }
        Ok(())
    }

    fn hear_slot(&mut self, what: &SlotEvent) -> Result<(), Fault> {
        match what {
            SlotEvent::SlotPublished { .. } => {}
            SlotEvent::SeatBooked { slot, booking, .. } => {
                let line = self.of.entry(slot.to_string()).or_default();
                line.overtaken |= !line.waiting.is_empty();
                line.booked.push(booking.to_string());
            }
            SlotEvent::WaitlistJoined { slot, booking, .. } => {
                let line = self.of.entry(slot.to_string()).or_default();
                line.waiting.push(booking.to_string());
            }
            other => return Err(format!("un événement inattendu : {other:?}").into()),
        }
        Ok(())
    }

    /// Each seat has its convention, and each letter has left.
    fn check_rest(&self) -> Result<(), Fault> {
        let booked: usize = self.of.values().map(|line| line.booked.len()).sum();
        if self.conventions != booked {
            return Err(format!("{} conventions pour {booked} places", self.conventions).into());
        }
        match self.unsent.len() {
            0 => Ok(()),
            left => Err(format!("{left} courriers ne sont pas partis").into()),
        }
    }

    fn ids(&self) -> (Vec<String>, Vec<String>) {
        let all = |of: fn(&Line) -> &Vec<String>| self.of.values().flat_map(of).cloned().collect();
        (all(|line| &line.booked), all(|line| &line.waiting))
    }
}

/// Waits until nothing is left to do: each booking has its convention and each letter has left.
async fn come_to_rest(house: &House) -> Result<(), Fault> {
    let begun = Instant::now();
    let mut seen = usize::MAX;
    while begun.elapsed() < REST {
        let received = house.mail.received().len();
        if received == seen {
            return Ok(());
        }
        seen = received;
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
    Err("il reste des courriers à envoyer".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn a_small_day(log: Backend, gateways: usize) {
        let day =
            OpeningDay { log, gateways, schools: 30, slots: 6, seats: 4, pupils: 3, rest: true };

        day.run().await.expect("everyone is answered as the log says");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn no_seat_is_given_twice_on_sqlite() {
        a_small_day(Backend::Sqlite, 1).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn no_seat_is_given_twice_by_two_gateways() {
        a_small_day(Backend::Postgres, 2).await;
    }

    #[test]
    fn a_seat_too_many_is_seen() {
        let line = |booked: usize, overtaken| Line {
            booked: vec![String::new(); booked],
            overtaken,
            ..Line::default()
        };

        assert!(line(4, false).check(4).is_ok());
        assert!(line(5, false).check(4).is_err());
        assert!(line(3, false).check(4).is_err());
        assert!(line(4, true).check(4).is_err());
    }
}
