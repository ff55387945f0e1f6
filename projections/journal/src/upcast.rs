//! Old shapes of events brought to today's when they are read; what is stored stays as it was.

use std::{fmt, sync::Arc};

use cqrs_es::persist::{EventUpcaster, SemanticVersionEventUpcaster, SerializedEvent};
use serde_json::Value;

/// The upcasters of this version of the program, in the order of the versions.
pub(crate) const ALL: &[Upcaster] = &[];

/// Brings one event, of any version before `to`, to the shape it has at `to`.
#[derive(Clone, Copy)]
pub struct Upcaster {
    /// The event's name.
    pub event: &'static str,
    /// The version that comes out (`2`).
    pub to: u32,
    /// What changes in the payload, which is unsealed.
    pub change: fn(Value) -> Value,
}

impl fmt::Debug for Upcaster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upcaster({} to {})", self.event, self.to)
    }
}

/// The upcasters of one journal, as the framework wants them and as the readers use them.
#[derive(Clone, Default)]
pub(crate) struct Upcasters(Arc<Vec<SemanticVersionEventUpcaster>>);

impl fmt::Debug for Upcasters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} upcasters", self.0.len())
    }
}

/// One share of the upcasters, which a store of the framework can own.
struct Shared(Upcasters);

impl Upcasters {
    pub(crate) fn new(upcasters: &[Upcaster]) -> Self {
        let made = upcasters.iter().map(|upcaster| {
            SemanticVersionEventUpcaster::new(
                upcaster.event,
                &upcaster.to.to_string(),
                Box::new(upcaster.change),
            )
        });
        Self(Arc::new(made.collect()))
    }

    /// What [`cqrs_es::persist::PersistedEventStore::with_upcasters`] takes.
    pub(crate) fn for_store(&self) -> Vec<Box<dyn EventUpcaster>> {
        if self.0.is_empty() {
            return Vec::new();
        }
        vec![Box::new(Shared(self.clone()))]
    }

    /// Whether any of them applies, so that readers copy nothing when none does.
    pub(crate) fn apply(&self, event_type: &str, event_version: &str) -> bool {
        self.0.iter().any(|upcaster| upcaster.can_upcast(event_type, event_version))
    }

    /// `event` in today's shape.
    pub(crate) fn upcast(&self, event: SerializedEvent) -> SerializedEvent {
        self.0.iter().fold(event, |event, upcaster| {
            if upcaster.can_upcast(&event.event_type, &event.event_version) {
                upcaster.upcast(event)
            } else {
                event
            }
        })
    }
}

impl EventUpcaster for Shared {
    fn can_upcast(&self, event_type: &str, event_version: &str) -> bool {
        self.0.apply(event_type, event_version)
    }

    fn upcast(&self, event: SerializedEvent) -> SerializedEvent {
        self.0.upcast(event)
    }
}
