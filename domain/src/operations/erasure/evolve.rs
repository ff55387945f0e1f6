//! What an event changes.

use super::{ErasureEvent, ErasureState};

pub(super) fn evolve(_: ErasureState, event: &ErasureEvent) -> ErasureState {
    match event {
        ErasureEvent::SubjectErased { .. } => ErasureState::Erased,
    }
}
