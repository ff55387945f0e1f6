//! The commands of one stream wait for each other in this process, in order of arrival, so
//! that a crowd on one slot does not spend its attempts on conflicts. Between processes the
//! expected sequence decides.

use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use tokio::sync::{Mutex, MutexGuard};

/// More than the commands under way at once, so that two streams seldom share a place.
const PLACES: usize = 4096;

#[derive(Debug)]
pub(crate) struct Streams(Vec<Mutex<()>>);

impl Streams {
    pub(crate) fn new() -> Self {
        Self((0..PLACES).map(|_| Mutex::default()).collect())
    }

    /// Waits for the turn of a command on this stream.
    pub(crate) async fn turn(&self, stream: &str, stream_id: &str) -> Option<MutexGuard<'_, ()>> {
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one((stream, stream_id));
        let place = usize::try_from(hash % PLACES as u64).unwrap_or(0);
        match self.0.get(place) {
            Some(place) => Some(place.lock().await),
            None => None,
        }
    }
}
