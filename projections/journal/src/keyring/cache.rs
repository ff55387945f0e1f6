//! The unwrapped keys last used, so that reading the log does not ask the store each time.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::kernel::ids::PersonId;

use super::{KeyState, Keys, PersonKey};

/// How many keys stay unwrapped in memory; past it all are dropped and wiped.
const CAPACITY: usize = 50_000;

#[derive(Debug, Clone, Default)]
pub(super) struct Cache(Arc<Mutex<HashMap<PersonId, Arc<PersonKey>>>>);

impl Cache {
    /// The keys that are there, and the persons whose key is not.
    pub(super) fn split(&self, persons: &[PersonId]) -> (Keys, Vec<PersonId>) {
        let mut found = Keys::new();
        let mut unknown = Vec::new();
        let keys = self.keys();
        for person in persons {
            match keys.get(person) {
                Some(key) => {
                    found.insert(*person, KeyState::Known(Arc::clone(key)));
                }
                None => unknown.push(*person),
            }
        }
        (found, unknown)
    }

    pub(super) fn insert(&self, person: PersonId, key: Arc<PersonKey>) {
        let mut keys = self.keys();
        if keys.len() >= CAPACITY {
            keys.clear();
        }
        keys.insert(person, key);
    }

    pub(super) fn forget(&self, person: PersonId) {
        self.keys().remove(&person);
    }

    fn keys(&self) -> MutexGuard<'_, HashMap<PersonId, Arc<PersonKey>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
