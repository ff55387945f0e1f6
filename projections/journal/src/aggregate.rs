//! The one adapter that makes any decider an aggregate of the framework: handle is decide,
//! apply is evolve.

use cqrs_es::{Aggregate, DomainEvent, event_sink::EventSink};
use domain::kernel::decider::{Decider, Event};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

/// A decider's state, as the framework loads it.
#[derive(Debug)]
pub(crate) struct Adapted<D: Decider> {
    pub(crate) state: D::State,
}

/// A decider's event, as the framework writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent, bound = "")]
pub(crate) struct Recordable<E: Event>(pub(crate) E);

impl<E: Event> DomainEvent for Recordable<E> {
    fn event_type(&self) -> String {
        self.0.name().to_owned()
    }

    fn event_version(&self) -> String {
        self.0.version().to_owned()
    }
}

impl<D: Decider> Default for Adapted<D> {
    fn default() -> Self {
        let state = D::State::default();
        Self { state }
    }
}

impl<D: Decider> Aggregate for Adapted<D> {
    const TYPE: &'static str = D::TYPE;
    type Command = D::Command;
    type Event = Recordable<D::Event>;
    type Error = D::Refusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: D::Command,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), D::Refusal> {
        for event in D::decide(&self.state, command)? {
            sink.write(Recordable(event), self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: Recordable<D::Event>) {
        self.state = D::evolve(std::mem::take(&mut self.state), &event.0);
    }
}

// The framework asks for these two so that it can store snapshots. A state is never stored.

impl<D: Decider> Serialize for Adapted<D> {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(ser::Error::custom("a state is never stored"))
    }
}

impl<'de, D: Decider> Deserialize<'de> for Adapted<D> {
    fn deserialize<T: Deserializer<'de>>(_: T) -> Result<Self, T::Error> {
        Err(de::Error::custom("a state is never stored"))
    }
}
