//! What is derived from the master key, and the two ciphers: the persons' keys are wrapped,
//! their values sealed, both with XChaCha20-Poly1305 (a random nonce of 24 bytes first).

use std::fmt;

use chacha20poly1305::{
    AeadCore as _, KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, OsRng, Payload},
};
use domain::kernel::ids::PersonId;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::{Zeroize as _, ZeroizeOnDrop, Zeroizing};

use crate::{Fault, MasterKey};

const NONCE: usize = 24;

/// What the seed of the signing key is bound to: no person has an id of this length.
const SIGNING: &[u8] = b"signing key of the log";

/// The master key has failed to seal something: it is too long for the cipher.
#[derive(Debug, thiserror::Error)]
#[error("too long to be sealed")]
struct TooLong;

/// The keys derived from the master key, one for each use.
pub(crate) struct Secrets {
    wrap: PersonKey,
    master: Zeroizing<[u8; 32]>,
}

/// A key that seals; wiped when it is dropped. `Debug` never shows it.
#[derive(ZeroizeOnDrop)]
pub(crate) struct PersonKey([u8; 32]);

impl Secrets {
    pub(crate) fn of(master: &MasterKey) -> Self {
        let master = Zeroizing::new(*master.bytes());
        let wrap = PersonKey(derive(&*master, "wrap", &[]));
        Self { wrap, master }
    }

    pub(crate) fn mac(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        let mut key = derive(&*self.master, "mac", &[purpose.as_bytes()]);
        let mac = hmac(&key, &[bytes]);
        key.zeroize();
        mac
    }

    /// What a person is known by.
    pub(super) fn fingerprint(&self, scope: &str, value: &str) -> [u8; 32] {
        derive(&*self.master, "fingerprint", &[scope.as_bytes(), value.as_bytes()])
    }

    /// What a claim on a personal value is known by.
    pub(super) fn claim(&self, scope: &str, value: &str) -> [u8; 32] {
        derive(&*self.master, "claim", &[scope.as_bytes(), value.as_bytes()])
    }

    /// What proves that a store was written under this master key.
    pub(super) fn check(&self) -> [u8; 32] {
        derive(&*self.master, "check", &[])
    }

    pub(super) fn wrap(&self, person: PersonId, key: &PersonKey) -> Result<Vec<u8>, Fault> {
        self.wrap.seal(&key.0, person.uuid().as_bytes())
    }

    pub(super) fn unwrap(&self, person: PersonId, wrapped: &[u8]) -> Result<PersonKey, Fault> {
        let broken = Fault::NotAuthentic(person);
        let Some(clear) = self.wrap.open(wrapped, person.uuid().as_bytes()) else {
            return Err(broken);
        };
        let clear = Zeroizing::new(clear);
        <[u8; 32]>::try_from(clear.as_slice()).map(PersonKey).map_err(|_| broken)
    }

    /// A new seed of the key that signs the log, wrapped.
    pub(super) fn fresh_seed(&self) -> Result<Vec<u8>, Fault> {
        self.wrap.seal(&PersonKey::random().0, SIGNING)
    }

    /// The seed that was wrapped.
    pub(super) fn seed(&self, wrapped: &[u8]) -> Result<Zeroizing<[u8; 32]>, Fault> {
        let clear = self.wrap.open(wrapped, SIGNING).ok_or(Fault::SigningKey)?;
        let clear = Zeroizing::new(clear);
        <[u8; 32]>::try_from(clear.as_slice()).map(Zeroizing::new).map_err(|_| Fault::SigningKey)
    }
}

impl PersonKey {
    pub(super) fn random() -> Self {
        Self(XChaCha20Poly1305::generate_key(&mut OsRng).into())
    }

    pub(crate) fn seal(&self, clear: &[u8], aad: &[u8]) -> Result<Vec<u8>, Fault> {
        let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let payload = Payload { msg: clear, aad };
        let sealed = XChaCha20Poly1305::new(&self.0.into())
            .encrypt(&nonce, payload)
            .map_err(|_| Fault::format("a value about a person", TooLong))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// What was sealed; nothing when it is not authentic.
    pub(crate) fn open(&self, sealed: &[u8], aad: &[u8]) -> Option<Vec<u8>> {
        let (nonce, msg) = sealed.split_at_checked(NONCE)?;
        XChaCha20Poly1305::new(&self.0.into())
            .decrypt(XNonce::from_slice(nonce), Payload { msg, aad })
            .ok()
    }
}

/// HMAC-SHA256 under the master key of `purpose` and `parts`, each preceded by its length.
fn derive(master: &[u8], purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
    let lengths: Vec<_> = std::iter::once(purpose.as_bytes())
        .chain(parts.iter().copied())
        .map(|part| ((part.len() as u64).to_be_bytes(), part))
        .collect();
    let fields: Vec<&[u8]> = std::iter::once(b"escale journal 1".as_slice())
        .chain(lengths.iter().flat_map(|(len, part)| [len.as_slice(), part]))
        .collect();
    hmac(master, &fields)
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // A key of any length is taken; the error type has no other case.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::Mac>::new_from_slice(key) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_with_its_key_and_its_context_only() {
        let key = PersonKey::random();
        let sealed = key.seal(b"Zo\xc3\xa9", b"here").unwrap();

        assert_eq!(key.open(&sealed, b"here").as_deref(), Some(&b"Zo\xc3\xa9"[..]));
        assert_eq!(key.open(&sealed, b"there"), None);
        assert_eq!(PersonKey::random().open(&sealed, b"here"), None);
        assert_eq!(key.open(&sealed[..10], b"here"), None);
    }

    #[test]
    fn a_wrapped_key_belongs_to_one_person_and_one_master_key() {
        let secrets = Secrets::of(&MasterKey::new([1; 32]));
        let others = Secrets::of(&MasterKey::new([2; 32]));
        let (zoe, tom) = (PersonId::from_u128(1), PersonId::from_u128(2));
        let key = PersonKey::random();
        let wrapped = secrets.wrap(zoe, &key).unwrap();

        assert_eq!(secrets.unwrap(zoe, &wrapped).unwrap().0, key.0);
        assert!(matches!(
            secrets.unwrap(tom, &wrapped),
            Err(Fault::NotAuthentic(person)) if person == tom
        ));
        assert!(matches!(
            others.unwrap(zoe, &wrapped),
            Err(Fault::NotAuthentic(person)) if person == zoe
        ));
    }

    #[test]
    fn macs_differ_by_purpose_and_by_master_key() {
        let secrets = Secrets::of(&MasterKey::new([1; 32]));
        let others = Secrets::of(&MasterKey::new([2; 32]));

        assert_eq!(secrets.mac("link", b"7"), secrets.mac("link", b"7"));
        assert_ne!(secrets.mac("link", b"7"), secrets.mac("page", b"7"));
        assert_ne!(secrets.mac("link", b"7"), others.mac("link", b"7"));
        assert_ne!(secrets.fingerprint("a", "bc"), secrets.fingerprint("ab", "c"));
    }
}
