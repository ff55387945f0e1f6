//! The secretary of a school, who books for its pupils by the API as the portal does.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Fault, listed::Listed, stage::School, tally::Tally};

/// How long one waits for an answer.
const PATIENCE: Duration = Duration::from_mins(2);

/// One request for a seat.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    pub(crate) slot: String,
    /// The pupil's last name, which nobody else has.
    pub(crate) pupil: String,
    pub(crate) or_wait: bool,
}

impl Wish {
    /// The input of the mutation, for the school of this code.
    pub(crate) fn input(&self, origin: &str) -> Value {
        json!({
            "slot": self.slot, "origin": origin, "kind": "EXTERNAL", "orWait": self.or_wait,
            "commandId": Uuid::new_v5(&Uuid::NAMESPACE_OID, self.pupil.as_bytes()),
            "pupil": {
                "lastName": self.pupil, "firstName": "Ana", "birthDate": "2012-07-29",
                "class": "3e B", "guardianName": format!("Parent {}", self.pupil),
                "guardianEmail": "parent@courriel.example",
            },
        })
    }
}

/// What the service made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A seat.
    Booked(String),
    /// A place on the waiting list.
    Waiting(String),
    /// A rule says no; its code.
    Refused(String),
    /// No answer, or one that says nothing.
    Failed(String),
}

/// Speaks for one school.
#[derive(Debug, Clone)]
pub(crate) struct Secretary {
    http: reqwest::Client,
    listed: Listed,
    url: String,
    school: School,
}

impl Secretary {
    /// Of `school`, whose browser speaks to the gateway at `url`.
    pub(crate) fn new(http: reqwest::Client, listed: Listed, url: String, school: School) -> Self {
        Self { http, listed, url, school }
    }

    /// Asks for a seat.
    pub(crate) async fn book(&self, wish: &Wish) -> Answer {
        let input = wish.input(&self.school.code);
        match self.ask("BookSeat", &json!({ "input": input })).await {
            Ok(answer) => read(&answer),
            Err(fault) => Answer::Failed(fault.to_string()),
        }
    }

    /// What the API answers.
    pub(crate) async fn ask(&self, operation: &str, variables: &Value) -> Result<Value, Fault> {
        let listed = self.listed.request(operation, variables)?;
        let request = self.http.post(format!("{}/graphql", self.url)).timeout(PATIENCE);
        let answer = request.header("cookie", &self.school.cookie).json(&listed).send().await?;
        let status = answer.status();
        if !status.is_success() {
            return Err(format!("{status} : {}", answer.text().await?).into());
        }
        Ok(answer.json().await?)
    }
}

/// What an answer of the API says.
pub(crate) fn read(answer: &Value) -> Answer {
    let done = &answer["data"]["bookSeat"];
    let text = |key: &str| done[key].as_str().unwrap_or_default().to_owned();
    match done["__typename"].as_str() {
        Some("SeatBooked") if done["waiting"] == true => Answer::Waiting(text("bookingId")),
        Some("SeatBooked") => Answer::Booked(text("bookingId")),
        Some("Refused") => Answer::Refused(text("code")),
        _ => Answer::Failed(answer["errors"][0]["message"].to_string()),
    }
}

/// What many requests came to.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    pub(crate) booked: Vec<String>,
    pub(crate) waiting: Vec<String>,
    /// How often each rule said no.
    pub(crate) refused: BTreeMap<String, usize>,
    pub(crate) failed: Vec<String>,
    pub(crate) took: Tally,
}

impl Answers {
    /// Adds the answer to a request made at `begun`.
    pub(crate) fn add(&mut self, answer: Answer, begun: Instant) {
        self.took.add(begun.elapsed());
        match answer {
            Answer::Booked(booking) => self.booked.push(booking),
            Answer::Waiting(booking) => self.waiting.push(booking),
            Answer::Refused(code) => *self.refused.entry(code).or_default() += 1,
            Answer::Failed(why) => self.failed.push(why),
        }
    }

    /// Adds all those of another.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.booked.extend(other.booked);
        self.waiting.extend(other.waiting);
        self.failed.extend(other.failed);
        self.took.absorb(other.took);
        for (code, count) in other.refused {
            *self.refused.entry(code).or_default() += count;
        }
    }
}
