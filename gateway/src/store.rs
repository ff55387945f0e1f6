//! Where documents are: a folder, or anything S3-compatible. What is personal is sealed with
//! its person's key before it comes here, and named by the SHA-256 of its sealed bytes.

mod place;

use bytes::Bytes;
use domain::{
    kernel::{document::StoredDocument, ids::PersonId, personal::Personal},
    platforms::platform::StoredFile,
};
use journal::{Journal, Opened, SealError};
use object_store::ObjectStore as _;
use sha2::{Digest as _, Sha256};

pub(crate) use place::{Place, Shelf};

/// What seals are bound to, so that one cannot stand for something else.
const SEALED_AS: &[u8] = b"escale document";

/// Documents, sealed or not.
#[derive(Clone)]
pub struct Store {
    place: Place,
    journal: Journal,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.place.objects)
    }
}

/// The store failed, or what it holds is not what was put there.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The folder or the service failed.
    #[error("the documents' store failed")]
    Objects(#[from] object_store::Error),
    /// The folder cannot be made or written through.
    #[error("the documents' folder failed")]
    Folder(#[from] std::io::Error),
    /// The address names no store that this program knows.
    #[error("the documents' address must be a folder or s3://bucket/prefix")]
    Address,
    /// The person was erased: nothing more is kept about them.
    #[error("{0} was erased")]
    Erased(PersonId),
    /// The keys failed.
    #[error(transparent)]
    Journal(#[from] journal::Fault),
    /// The bytes are not those that were stored.
    #[error("the stored document {blob} is damaged")]
    Damaged {
        /// Its name.
        blob: String,
    },
}

impl From<SealError> for StoreFault {
    fn from(error: SealError) -> Self {
        match error {
            SealError::Erased(person) => Self::Erased(person),
            SealError::Fault(fault) => Self::Journal(fault),
        }
    }
}

/// What is left of a stored document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    /// Its bytes.
    Clear(Vec<u8>),
    /// Its person was erased.
    Erased,
}

impl Store {
    /// The store at `url`: `s3://bucket/prefix` (credentials by the `AWS_…` variables), or a
    /// folder, made when it is not there.
    pub fn open(url: &str, journal: Journal) -> Result<Self, StoreFault> {
        Ok(Self { place: Place::at(url)?, journal })
    }

    /// Seals `bytes` with the key of `person` and stores them, durably.
    pub async fn put(&self, person: PersonId, bytes: &[u8]) -> Result<StoredDocument, StoreFault> {
        let sealed = self.journal.keyring().seal(person, bytes, SEALED_AS).await?;
        let blob = self.place.put(Shelf::Sealed, sealed).await?;
        let digest = Personal::new(person, hex::encode(Sha256::digest(bytes)));
        Ok(StoredDocument { blob, length: bytes.len() as u64, digest })
    }

    /// The bytes of a document, verified.
    pub async fn get(&self, document: &StoredDocument) -> Result<Document, StoreFault> {
        let sealed = self.place.get(Shelf::Sealed, &document.blob).await?;
        let person = document.digest.person();
        let opened = self.journal.keyring().open(person, &sealed, SEALED_AS).await?;
        match opened {
            Opened::Clear(bytes) => Ok(Document::Clear(bytes.clone())),
            Opened::Erased => Ok(Document::Erased),
        }
    }

    /// Stores what is nobody's secret.
    pub async fn put_public(&self, bytes: Vec<u8>) -> Result<StoredFile, StoreFault> {
        let length = bytes.len() as u64;
        Ok(StoredFile { blob: self.place.put(Shelf::Public, bytes).await?, length })
    }

    /// Writes a few bytes and reads them again: answers when documents can be kept.
    pub async fn probe(&self) -> Result<(), StoreFault> {
        let Place { objects, prefix, .. } = &self.place;
        let key = prefix.child("health-probe");
        objects.put(&key, Bytes::from_static(b"probe").into()).await?;
        objects.get(&key).await?.bytes().await?;
        Ok(())
    }

    /// What is nobody's secret, verified.
    pub async fn get_public(&self, blob: &str) -> Result<Vec<u8>, StoreFault> {
        self.place.get(Shelf::Public, blob).await
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use journal::Settings;

    use domain::{
        kernel::envelope::{Actor, Context},
        operations::erasure::ErasureGround,
    };

    use super::*;

    fn context() -> Context {
        Context {
            command: crate::ids::draw(),
            actor: Actor::Operator,
            from: None,
            correlation: crate::ids::draw(),
            cause: None,
            tenant: None,
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    const ZOE: PersonId = PersonId::from_u128(1);

    async fn store(folder: &Path) -> Store {
        let journal = Journal::open(Settings::memory()).await.unwrap();
        Store::open(folder.to_str().unwrap(), journal).unwrap()
    }

    #[tokio::test]
    async fn a_document_comes_back_to_the_byte_and_no_byte_of_it_is_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path()).await;

        let document = store.put(ZOE, b"%PDF Zoe Temoin-Unique").await.unwrap();

        let bytes = store.get(&document).await.unwrap();
        assert_eq!(bytes, Document::Clear(b"%PDF Zoe Temoin-Unique".to_vec()));
        let stored = folder.path().join("sealed").join(&document.blob[..2]).join(&document.blob);
        let sealed = std::fs::read(stored).unwrap();
        assert!(!sealed.windows(6).any(|bytes| bytes == b"Temoin"));
    }

    #[tokio::test]
    async fn a_document_of_an_erased_person_reads_as_erased() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path()).await;
        let document = store.put(ZOE, b"%PDF").await.unwrap();

        store.journal.erase(ZOE, ErasureGround::Request, &context()).await.unwrap();

        assert_eq!(store.get(&document).await.unwrap(), Document::Erased);
        assert!(matches!(store.put(ZOE, b"%PDF").await, Err(StoreFault::Erased(ZOE))));
    }

    #[tokio::test]
    async fn a_file_that_was_touched_is_damaged_and_a_path_is_no_name() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path()).await;
        let logo = store.put_public(b"logo".to_vec()).await.unwrap();
        let stored = folder.path().join("public").join(&logo.blob[..2]).join(&logo.blob);
        std::fs::write(stored, b"other").unwrap();

        assert!(matches!(store.get_public(&logo.blob).await, Err(StoreFault::Damaged { .. })));
        assert!(matches!(
            store.get_public("../../etc/passwd").await,
            Err(StoreFault::Damaged { .. })
        ));
    }
}
