//! Notes (C2SP signed-note and tlog-checkpoint): the name of the log, how many events, the root of
//! the tree over them, and a signature by Ed25519.

use std::{fmt, str::FromStr};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::{SigningKey, VerifyingKey};
use signed_note::{StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::{checkpoint, tlog::Hash};
use zeroize::Zeroizing;

use super::ProofFault;

/// The first byte of a key that signs by Ed25519.
const ED25519: u8 = 1;

/// What was signed about the log: read, its signature not checked yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    origin: String,
    size: u64,
    root: Hash,
    text: String,
}

/// The text is no note about a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a note: the name of a log, a number of events, a root, an empty line, a signature")]
pub struct BadNote;

/// The text is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a verifier key: name+8 hexadecimal digits+base64")]
pub struct BadKey;

impl Note {
    /// The name of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many events it covers, from the first on.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree over them, in base64.
    pub fn root(&self) -> String {
        self.root.to_string()
    }

    /// The note, whole.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn hash(&self) -> Hash {
        self.root
    }

    /// Whether the holder of `key` signed it, as the log of the name that it bears.
    pub fn is_signed_by(&self, key: &VerifierKey) -> bool {
        let named = key.named(&self.origin);
        let Ok(verifier) = StandardVerifier::new(&named.to_string()) else {
            return false;
        };
        let known = VerifierList::new(vec![Box::new(verifier)]);
        signed_note::Note::from_bytes(self.text.as_bytes())
            .and_then(|note| note.verify(&known))
            .is_ok()
    }
}

impl FromStr for Note {
    type Err = BadNote;

    fn from_str(text: &str) -> Result<Self, BadNote> {
        let note = signed_note::Note::from_bytes(text.as_bytes()).map_err(|_| BadNote)?;
        let head = checkpoint::Checkpoint::from_bytes(note.text()).map_err(|_| BadNote)?;
        if !signed_note::is_key_name_valid(head.origin()) {
            return Err(BadNote);
        }
        Ok(Self {
            origin: head.origin().to_owned(),
            size: head.size(),
            root: *head.hash(),
            text: text.to_owned(),
        })
    }
}

/// The public half of the key that signs a log, as C2SP writes it: `name+id+key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: VerifyingKey,
}

impl VerifierKey {
    /// The name of the log that it signs for.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same key under another name: a log keeps its key when its address changes.
    #[must_use]
    fn named(&self, name: &str) -> Self {
        Self { name: name.to_owned(), key: self.key }
    }

    /// Whether both are one key, whatever their names.
    pub fn is_same_key(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl FromStr for VerifierKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        StandardVerifier::new(text).map_err(|_| BadKey)?;
        let mut parts = text.splitn(3, '+');
        let (name, key) = (parts.next().ok_or(BadKey)?, parts.nth(1).ok_or(BadKey)?);
        let key = BASE64_STANDARD.decode(key).map_err(|_| BadKey)?;
        let key = key.get(1..).and_then(|key| key.try_into().ok()).ok_or(BadKey)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| BadKey)?;
        // Under a weak key anybody can sign anything.
        if key.is_weak() { Err(BadKey) } else { Ok(Self { name: name.to_owned(), key }) }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&signed_note::new_ed25519_verifier_key(&self.name, &self.key))
    }
}

/// What signs for the log of a name.
pub(super) struct Signer {
    signer: StandardSigner,
    key: VerifierKey,
}

impl Signer {
    pub(super) fn new(origin: &str, seed: &[u8; 32]) -> Result<Self, ProofFault> {
        let key = VerifierKey {
            name: origin.to_owned(),
            key: SigningKey::from_bytes(seed).verifying_key(),
        };
        let public = [&[ED25519], key.key.as_bytes().as_slice()].concat();
        let id = signed_note::key_id(origin, &public);
        let private = Zeroizing::new([&[ED25519], seed.as_slice()].concat());
        let private = Zeroizing::new(BASE64_STANDARD.encode(&*private));
        let private = Zeroizing::new(format!("PRIVATE+KEY+{origin}+{id:08x}+{}", *private));
        let signer = StandardSigner::new(&private).map_err(|_| ProofFault::Origin)?;
        Ok(Self { signer, key })
    }

    pub(super) fn key(&self) -> &VerifierKey {
        &self.key
    }

    pub(super) fn sign(&self, size: u64, root: Hash) -> Result<Note, ProofFault> {
        let head = checkpoint::Checkpoint::new(&self.key.name, size, root, "");
        let head = head.map_err(|_| ProofFault::Origin)?;
        let mut note =
            signed_note::Note::new(&head.to_bytes(), &[]).map_err(|_| ProofFault::Origin)?;
        note.add_sigs(&[&self.signer]).map_err(|_| ProofFault::Origin)?;
        Ok(String::from_utf8(note.to_bytes()).map_err(|_| BadNote)?.parse::<Note>()?)
    }
}

#[cfg(test)]
mod tests {
    use tlog_tiles::tlog::record_hash;

    use super::*;

    fn signer(name: &str, seed: u8) -> Signer {
        Signer::new(name, &[seed; 32]).unwrap()
    }

    #[test]
    fn a_note_is_read_back_and_signed_by_its_key_only() {
        let signer = self::signer("escale.example/journal", 1);
        let note = signer.sign(12, record_hash(b"x")).unwrap();

        let read: Note = note.text().parse().unwrap();

        assert_eq!(read, note);
        assert_eq!((read.origin(), read.size()), ("escale.example/journal", 12));
        assert!(read.is_signed_by(signer.key()));
        assert!(!read.is_signed_by(self::signer("escale.example/journal", 2).key()));
        let touched = note.text().replacen("12", "13", 1).parse::<Note>().unwrap();
        assert!(!touched.is_signed_by(signer.key()));
    }

    #[test]
    fn a_log_that_moved_knows_the_notes_of_its_former_name() {
        let before = self::signer("old.example", 1).sign(1, record_hash(b"x")).unwrap();

        assert!(before.is_signed_by(self::signer("new.example", 1).key()));
    }

    #[test]
    fn a_key_is_read_back_and_a_weak_or_mangled_one_is_none() {
        let key = self::signer("escale.example", 1).key().clone();

        assert_eq!(key.to_string().parse::<VerifierKey>().unwrap(), key);
        assert_eq!(key.to_string().replace("escale", "other").parse::<VerifierKey>(), Err(BadKey));
        let mut weak = vec![ED25519; 1];
        weak.extend([1].into_iter().chain([0; 31]));
        let id = signed_note::key_id("x", &weak);
        let weak = format!("x+{id:08x}+{}", BASE64_STANDARD.encode(&weak));
        assert_eq!(weak.parse::<VerifierKey>(), Err(BadKey));
    }

    #[test]
    fn a_name_with_a_space_signs_nothing() {
        assert!(matches!(Signer::new("a b", &[1; 32]), Err(ProofFault::Origin)));
    }

    #[test]
    fn what_is_no_note_is_refused() {
        for text in ["", "x", "x\n1\n\n", "x\n1\nAAAA\n\n— x AAAA\n", "\n\n\n\n"] {
            assert_eq!(text.parse::<Note>(), Err(BadNote), "{text:?}");
        }
    }
}
