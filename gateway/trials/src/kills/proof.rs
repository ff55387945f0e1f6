//! What the log and the mail server say of what was acknowledged.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use domain::{
    conventions::convention::ConventionEvent, correspondence::letter::LetterEvent, facts::Fact,
    ministages::slot::SlotEvent,
};
use journal::Journal;
use mailer::testing::SmtpServer;

use crate::Fault;

/// How many events are read at once.
const LOT: usize = 5000;
/// How long nothing may happen while something is left to do.
const PATIENCE: Duration = Duration::from_mins(1);

/// What was done, by the log.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// How often each booking got its seat.
    booked: BTreeMap<String, usize>,
    /// How often each booking got its convention.
    conventions: BTreeMap<String, usize>,
    /// Letters that were asked for; whether they have left.
    letters: BTreeMap<String, bool>,
    /// How many events it has read.
    position: u64,
}

/// Each acknowledged booking is in the log.
pub(crate) async fn nothing_is_lost(
    journal: &Journal,
    acknowledged: &BTreeMap<String, String>,
) -> Result<(), Fault> {
    let mut ledger = Ledger::default();
    ledger.read(journal).await?;
    ledger.has(acknowledged)
}

impl Ledger {
    /// Once each booking has its convention, and every letter has left.
    pub(crate) async fn at_rest(journal: &Journal) -> Result<Self, Fault> {
        let (mut ledger, mut last) = (Self::default(), Instant::now());
        while last.elapsed() < PATIENCE {
            let before = ledger.position;
            ledger.read(journal).await?;
            if ledger.position > before {
                last = Instant::now();
            }
            if ledger.is_at_rest() {
                return Ok(ledger);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let waiting = ledger.letters.values().filter(|left| !**left).count();
        let (booked, conventions) = (ledger.booked.len(), ledger.conventions.len());
        Err(format!("{booked} places, {conventions} conventions, {waiting} courriers en attente")
            .into())
    }

    fn is_at_rest(&self) -> bool {
        self.conventions.len() == self.booked.len() && self.letters.values().all(|left| *left)
    }

    async fn read(&mut self, journal: &Journal) -> Result<(), Fault> {
        loop {
            let lot = journal.read(self.position, LOT).await?;
            let Some(last) = lot.last() else { return Ok(()) };
            self.position = last.position;
            for event in &lot {
                self.hear(&event.stream_id, &event.event);
            }
        }
    }

    fn hear(&mut self, stream: &str, event: &Fact) {
        match event {
            Fact::Slot(SlotEvent::SeatBooked { booking, .. }) => {
                *self.booked.entry(booking.to_string()).or_default() += 1;
            }
            Fact::Convention(ConventionEvent::ConventionGenerated { parties, .. }) => {
                *self.conventions.entry(parties.booking.to_string()).or_default() += 1;
            }
            Fact::Letter(LetterEvent::LetterRequested { .. }) => {
                self.letters.entry(stream.to_owned()).or_default();
            }
            Fact::Letter(LetterEvent::LetterSent { .. }) => {
                self.letters.insert(stream.to_owned(), true);
            }
            _ => {}
        }
    }

    fn has(&self, acknowledged: &BTreeMap<String, String>) -> Result<(), Fault> {
        let lost = acknowledged.iter().find(|(_, booking)| !self.booked.contains_key(*booking));
        match lost {
            Some((pupil, booking)) => {
                Err(format!("{pupil} : la réservation {booking} n’est pas au journal").into())
            }
            None => Ok(()),
        }
    }

    /// What was acknowledged is there once, and nothing else is.
    fn is_just(&self, acknowledged: &BTreeMap<String, String>) -> Result<(), Fault> {
        self.has(acknowledged)?;
        let known: BTreeSet<_> = acknowledged.values().collect();
        for (what, counts) in [("place", &self.booked), ("convention", &self.conventions)] {
            if let Some((booking, _)) = counts.iter().find(|(_, count)| **count > 1) {
                return Err(format!("la réservation {booking} a plus d’une {what}").into());
            }
            if let Some(booking) = counts.keys().find(|booking| !known.contains(booking)) {
                return Err(format!("la réservation {booking} n’est à personne").into());
            }
        }
        Ok(())
    }

    /// The same, and every letter reached the server at least once, under one name. How much that is,
    /// in words.
    pub(crate) fn check(
        &self,
        acknowledged: &BTreeMap<String, String>,
        mail: &SmtpServer,
    ) -> Result<String, Fault> {
        self.is_just(acknowledged)?;
        let came = came(mail)?;
        if let Some(letter) = self.letters.keys().find(|letter| !came.contains_key(*letter)) {
            return Err(format!("le courrier {letter} n’est jamais arrivé").into());
        }
        let twice = came.values().filter(|count| **count > 1).count();
        let (conventions, letters) = (self.conventions.len(), self.letters.len());
        Ok(format!("{conventions} conventions, {letters} courriers dont {twice} arrivés deux fois"))
    }
}

/// How often each letter came, by its id; the same letter each time.
fn came(mail: &SmtpServer) -> Result<BTreeMap<String, usize>, Fault> {
    let mut counts = BTreeMap::new();
    let mut first = BTreeMap::new();
    for letter in mail.kept() {
        let id = letter.message.message_id.unwrap_or_default();
        let what = (letter.recipients, letter.message.subject);
        let known = first.entry(id.clone()).or_insert_with(|| what.clone());
        if *known != what {
            return Err(format!("deux courriers sous le nom {id}").into());
        }
        let letter = id.split(['@', '.']).next().unwrap_or_default();
        *counts.entry(letter.trim_start_matches('<').to_owned()).or_default() += 1;
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_or_done_twice_is_seen() {
        let counts = |count: usize| BTreeMap::from([("b1".to_owned(), count)]);
        let ledger = |booked, conventions| Ledger {
            booked: counts(booked),
            conventions: counts(conventions),
            ..Ledger::default()
        };
        let known = BTreeMap::from([("Ana".to_owned(), "b1".to_owned())]);
        let other = BTreeMap::from([("Ana".to_owned(), "b2".to_owned())]);

        assert!(ledger(1, 1).is_just(&known).is_ok());
        assert!(ledger(2, 1).is_just(&known).is_err(), "two seats");
        assert!(ledger(1, 2).is_just(&known).is_err(), "two conventions");
        assert!(ledger(1, 1).is_just(&other).is_err(), "b2 is lost");
        assert!(ledger(1, 1).is_just(&BTreeMap::new()).is_err(), "b1 was asked for by nobody");
    }
}
