//! What can be asked of whoever keeps the keys, and how they answer.

use std::sync::Arc;

use domain::kernel::ids::PersonId;
use tokio::sync::oneshot;

use super::{KeyState, Keys, cache::Cache};
use crate::Fault;

/// How much is done in one transaction, at most.
pub(super) const BATCH: usize = 256;

pub(super) type Answer<T> = oneshot::Sender<Result<T, Fault>>;

/// What can be asked of the store.
#[derive(Debug)]
pub(super) enum Ask {
    Keys {
        persons: Vec<PersonId>,
        create: bool,
        answer: Answer<Keys>,
    },
    Identify {
        scope: String,
        fingerprint: [u8; 32],
        fresh: PersonId,
        answer: Answer<PersonId>,
    },
    AlsoKnown {
        scope: String,
        fingerprint: [u8; 32],
        person: PersonId,
        answer: Answer<()>,
    },
    Destroy {
        person: PersonId,
        at: i64,
        answer: Answer<()>,
    },
    NotDestroyed {
        persons: Vec<PersonId>,
        answer: Answer<Vec<PersonId>>,
    },
    /// The wrapped seed that signs the log; `fresh` if there is none yet.
    SigningKey {
        fresh: Vec<u8>,
        answer: Answer<Vec<u8>>,
    },
}

/// Answers one who asked, once their transaction is committed, or failed.
pub(super) type Reply = Box<dyn FnOnce(Result<(), Fault>, &Cache) + Send>;

/// Answers nothing of what was asked: the transaction did not begin, and says why.
pub(super) fn refuse(ask: Ask) -> Reply {
    match ask {
        Ask::Keys { answer, .. } => reply(answer, Ok(Keys::new()), |_, _| {}),
        Ask::Identify { answer, fresh, .. } => reply(answer, Ok(fresh), |_, _| {}),
        Ask::AlsoKnown { answer, .. } | Ask::Destroy { answer, .. } => {
            reply(answer, Ok(()), |(), _| {})
        }
        Ask::NotDestroyed { answer, .. } => reply(answer, Ok(Vec::new()), |_, _| {}),
        Ask::SigningKey { answer, .. } => reply(answer, Ok(Vec::new()), |_, _| {}),
    }
}

/// Answers with `found`, after `then`, unless the commit failed.
pub(super) fn reply<T: Send + 'static>(
    answer: Answer<T>,
    found: Result<T, Fault>,
    then: impl FnOnce(&T, &Cache) + Send + 'static,
) -> Reply {
    Box::new(move |committed, cache| {
        let outcome = committed.and(found);
        if let Ok(found) = &outcome {
            then(found, cache);
        }
        answer.send(outcome).ok();
    })
}

/// Keeps the keys that were found.
pub(super) fn remember(found: &Keys, cache: &Cache) {
    for (person, state) in found {
        if let KeyState::Known(key) = state {
            cache.insert(*person, Arc::clone(key));
        }
    }
}
