//! The shape of every aggregate: decide what a command does, evolve by what happened.

use serde::{Serialize, de::DeserializeOwned};

use super::personal::Claim;

/// A fact of one aggregate, immutable once recorded.
pub trait Event:
    Clone + std::fmt::Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + Unpin + 'static
{
    /// The variant's name, as written in the log and in the catalogue of events.
    fn name(&self) -> &'static str;

    /// The version of the variant's shape; raised with an upcaster when the shape changes.
    fn version(&self) -> &'static str {
        "1"
    }

    /// What must be unique in the whole log and is taken or given back by this event, in the
    /// same transaction.
    fn claims(&self) -> Vec<Claim> {
        Vec::new()
    }
}

/// A rule that says no. `Display` is English, for logs; the French sentence is the edge's.
pub trait Refusal: std::error::Error + Clone + PartialEq + Send + Sync + 'static {
    /// The rule's name, stable, as the API shows it (`DeadlinePassed`).
    fn code(&self) -> &'static str;
}

/// An aggregate as two pure functions. `decide` cannot reach a clock, an id or a neighbour:
/// the command brings them. `evolve` never fails and never judges.
pub trait Decider: Send + Sync + 'static {
    /// The stream's type, as written in the log.
    const TYPE: &'static str;
    /// What can be asked.
    type Command: Clone + std::fmt::Debug + Send + Sync + 'static;
    /// What happened.
    type Event: Event;
    /// The least that the rules need to know.
    type State: Default + Clone + std::fmt::Debug + Send + Sync + 'static;
    /// Why not.
    type Refusal: Refusal;

    /// The events that `command` causes, or the rule that forbids it. A refused command
    /// writes nothing.
    fn decide(
        state: &Self::State,
        command: Self::Command,
    ) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// The state after `event`.
    fn evolve(state: Self::State, event: &Self::Event) -> Self::State;
}
