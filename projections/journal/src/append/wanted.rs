//! What a batch must know before it is decided, each thing once, so that one query a kind of
//! fact is enough.

use std::collections::{BTreeSet, HashSet};

use domain::kernel::ids::PersonId;
use uuid::Uuid;

use super::Append;

/// The keys of all that a batch touches.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Type and id.
    pub(crate) streams: BTreeSet<(String, String)>,
    pub(crate) commands: BTreeSet<Uuid>,
    /// Scope and key.
    pub(crate) claims: BTreeSet<(String, String)>,
    pub(crate) persons: HashSet<PersonId>,
}

impl Wanted {
    /// By `appends`.
    pub(crate) fn by(appends: &[Append]) -> Self {
        let mut wanted = Self::default();
        for append in appends {
            let stream = (append.stream.to_owned(), append.stream_id.clone());
            wanted.streams.insert(stream);
            wanted.commands.insert(append.command);
            wanted.persons.extend(&append.about);
            for change in &append.claims {
                let key = (change.scope.to_owned(), change.key.clone());
                wanted.claims.insert(key);
            }
        }
        wanted
    }
}
