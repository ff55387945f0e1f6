//! One key a person: what is sealed with it reads as erased, for ever, once it is destroyed.
//! Keys live apart from the log, wrapped by the master key.

mod ask;
mod cache;
mod crypt;
mod postgres;
mod sqlite;
mod store;

use std::{collections::HashMap, sync::Arc};

use domain::kernel::{ids::PersonId, personal::ClaimKey};
use uuid::Uuid;
use zeroize::Zeroizing;

use ask::Ask;
pub(crate) use crypt::PersonKey;
use crypt::Secrets;
pub(crate) use postgres::migrate as postgres_migrate;
pub(crate) use sqlite::MIGRATIONS as SQLITE_MIGRATIONS;
use store::Store;

use crate::{Clock, Fault, MasterKey, SealError};

/// The keys; clones share them.
#[derive(Debug, Clone)]
pub struct Keyring {
    secrets: Arc<Secrets>,
    store: Store,
    clock: Clock,
}

/// What opening a sealed value gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// What was sealed.
    Clear(Vec<u8>),
    /// The person was erased.
    Erased,
}

/// What is known of a person's key.
#[derive(Debug, Clone)]
pub(crate) enum KeyState {
    Known(Arc<PersonKey>),
    Erased,
    /// Neither a key nor a tombstone.
    Missing,
}

/// The keys that reading or writing one lot of events needs.
pub(crate) type Keys = HashMap<PersonId, KeyState>;

impl Keyring {
    /// Opens the store of the keys: `memory:`, the path of a SQLite file, or `postgres://…`.
    pub(crate) async fn at(place: &str, master: &MasterKey, clock: Clock) -> Result<Self, Fault> {
        let secrets = Arc::new(Secrets::of(master));
        let store = Store::open(place, Arc::clone(&secrets)).await?;
        Ok(Self { secrets, store, clock })
    }

    /// The person known by `value` in `scope`, found or made: two who ask at once get the
    /// same. Only a keyed hash of the value is kept, until the person is erased; from then on
    /// the value makes another person. The caller normalises.
    pub async fn identify(&self, scope: &str, value: &str) -> Result<PersonId, Fault> {
        let fingerprint = self.secrets.fingerprint(scope, value);
        let fresh = PersonId::new(crate::ids::fresh(&self.clock));
        let scope = scope.to_owned();
        self.store.ask(|answer| Ask::Identify { scope, fingerprint, fresh, answer }).await
    }

    /// From now on `value` names `person` in `scope` as well. A value that already names
    /// somebody goes on naming them, and the erased are known by nothing more.
    pub async fn also_known(
        &self,
        scope: &str,
        value: &str,
        person: PersonId,
    ) -> Result<(), Fault> {
        let fingerprint = self.secrets.fingerprint(scope, value);
        let scope = scope.to_owned();
        self.store.ask(|answer| Ask::AlsoKnown { scope, fingerprint, person, answer }).await
    }

    /// `clear` sealed with the person's key, made if this is its first use and durable when
    /// this returns. It opens only with the same `aad`.
    pub async fn seal(
        &self,
        person: PersonId,
        clear: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let keys = self.keys_for_writing(&[person]).await?;
        match keys.get(&person) {
            Some(KeyState::Known(key)) => Ok(key.seal(clear, aad)?),
            Some(KeyState::Erased) => Err(SealError::Erased(person)),
            Some(KeyState::Missing) | None => Err(Fault::KeyMissing(person).into()),
        }
    }

    /// What was sealed with the person's key and this `aad`. A key that is missing without a
    /// tombstone, or a seal that is not authentic, is a fault.
    pub async fn open(&self, person: PersonId, sealed: &[u8], aad: &[u8]) -> Result<Opened, Fault> {
        let keys = self.keys_for_reading(&[person]).await?;
        match keys.get(&person) {
            Some(KeyState::Known(key)) => {
                key.open(sealed, aad).map(Opened::Clear).ok_or(Fault::NotAuthentic(person))
            }
            Some(KeyState::Erased) => Ok(Opened::Erased),
            Some(KeyState::Missing) | None => Err(Fault::KeyMissing(person)),
        }
    }

    /// A MAC of `bytes` under a key derived from the master key for this `purpose` alone:
    /// link tokens, page codes. Compare it in constant time ([`same`](Self::same)).
    pub fn mac(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        self.secrets.mac(purpose, bytes)
    }

    /// The seed of the key that signs the log, made at its first use.
    pub(crate) async fn signing_seed(&self) -> Result<Zeroizing<[u8; 32]>, Fault> {
        let fresh = self.secrets.fresh_seed()?;
        let wrapped = self.store.ask(|answer| Ask::SigningKey { fresh, answer }).await?;
        self.secrets.seed(&wrapped)
    }

    /// Whether two MACs are the same, in a time that says nothing of where they differ.
    pub fn same(mine: &[u8], theirs: &[u8]) -> bool {
        subtle::ConstantTimeEq::ct_eq(mine, theirs).into()
    }

    /// The key of a claim as the log's table holds it.
    pub(crate) fn claim_key(&self, scope: &str, key: &ClaimKey) -> (String, Option<PersonId>) {
        match key {
            ClaimKey::Plain(key) => (key.clone(), None),
            ClaimKey::Personal(person, value) => {
                let hash = self.secrets.claim(scope, value);
                (format!("hmac:{}", hex::encode(hash)), Some(*person))
            }
        }
    }

    /// The keys of `persons`; those who have none yet get one, which is durable when this
    /// returns. The erased stay erased.
    pub(crate) async fn keys_for_writing(&self, persons: &[PersonId]) -> Result<Keys, Fault> {
        self.keys(persons, true).await
    }

    /// The keys of `persons`, as they are.
    pub(crate) async fn keys_for_reading(&self, persons: &[PersonId]) -> Result<Keys, Fault> {
        self.keys(persons, false).await
    }

    async fn keys(&self, persons: &[PersonId], create: bool) -> Result<Keys, Fault> {
        let (mut keys, unknown) = self.store.cached(persons);
        if !unknown.is_empty() {
            let found =
                self.store.ask(|answer| Ask::Keys { persons: unknown, create, answer }).await?;
            keys.extend(found);
        }
        Ok(keys)
    }

    /// Destroys the person's key and what they are known by, and leaves a dated tombstone.
    /// Nothing happens the second time. The entry point is
    /// [`Journal::erase`](crate::Journal::erase), which records it too.
    pub async fn destroy(&self, person: PersonId) -> Result<(), Fault> {
        let at = self.clock.micros();
        self.store.ask(|answer| Ask::Destroy { person, at, answer }).await
    }

    /// Drops the key from memory; the store says what becomes of it.
    pub(crate) fn forget(&self, person: PersonId) {
        self.store.forget(person);
    }

    /// Those of `persons` whose key is not destroyed yet.
    pub(crate) async fn not_destroyed(
        &self,
        persons: Vec<PersonId>,
    ) -> Result<Vec<PersonId>, Fault> {
        self.store.ask(|answer| Ask::NotDestroyed { persons, answer }).await
    }
}

/// What proves that a store was written under `master`.
pub(crate) fn check(master: &MasterKey) -> [u8; 32] {
    Secrets::of(master).check()
}

/// What a value in an event is bound to: event id ‖ path ‖ person.
pub(crate) fn event_aad(event: Uuid, path: &str, person: PersonId) -> Vec<u8> {
    [event.as_bytes(), path.as_bytes(), person.uuid().as_bytes().as_slice()].concat()
}
