//! What a command does.

use super::{ErasureCommand, ErasureEvent, ErasureRefusal, ErasureState};

pub(super) fn decide(
    state: &ErasureState,
    command: ErasureCommand,
) -> Result<Vec<ErasureEvent>, ErasureRefusal> {
    match (state, command) {
        (ErasureState::Kept, ErasureCommand::ErasePerson { person, ground }) => {
            Ok(vec![ErasureEvent::SubjectErased { person, ground }])
        }
        (ErasureState::Erased, ErasureCommand::ErasePerson { .. }) => Ok(Vec::new()),
    }
}
