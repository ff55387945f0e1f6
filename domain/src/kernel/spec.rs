//! `given(events).when(command).then(events)`: how the tests of an aggregate read.

use super::decider::Decider;

/// What happened before.
#[derive(Debug)]
pub struct Given<D: Decider>(D::State);

/// What came of a command.
#[derive(Debug)]
pub struct When<D: Decider>(Result<Vec<D::Event>, D::Refusal>);

/// The state after `events`.
pub fn given<D: Decider>(events: &[D::Event]) -> Given<D> {
    Given(events.iter().fold(D::State::default(), |state, event| D::evolve(state, event)))
}

impl<D: Decider> Given<D> {
    /// Gives `command`.
    pub fn when(&self, command: D::Command) -> When<D> {
        When(D::decide(&self.0, command))
    }
}

impl<D: Decider> When<D> {
    /// Exactly these events.
    #[track_caller]
    pub fn then(self, events: &[D::Event]) {
        assert_eq!(self.0.as_deref(), Ok(events));
    }

    /// Refused by this rule.
    #[track_caller]
    pub fn then_refused(self, refusal: &D::Refusal) {
        assert_eq!(self.0.as_ref(), Err(refusal));
    }

    /// Accepted, and nothing to write: it was so already.
    #[track_caller]
    pub fn then_nothing(self) {
        assert_eq!(self.0, Ok(Vec::new()));
    }

    /// What came of it.
    pub fn outcome(self) -> Result<Vec<D::Event>, D::Refusal> {
        self.0
    }
}

/// The state after `log` went through JSON, as it does in the journal.
pub fn replayed<D: Decider>(log: &[D::Event]) -> Result<D::State, serde_json::Error> {
    log.iter().try_fold(D::State::default(), |state, event| {
        let read = serde_json::from_value(serde_json::to_value(event)?)?;
        Ok(D::evolve(state, &read))
    })
}
