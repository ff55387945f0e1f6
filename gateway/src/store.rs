//! Where documents are: a folder, or anything S3-compatible. What is personal is sealed with
//! its person's key before it comes here, and named by the SHA-256 of its sealed bytes.

use std::{path::Path, sync::Arc};

use bytes::Bytes;
use domain::{
    kernel::{document::StoredDocument, ids::PersonId, personal::Personal},
    platforms::platform::StoredFile,
};
use journal::{Journal, Opened, SealError};
use object_store::{ObjectStore, PutMode, PutOptions, local::LocalFileSystem, path::Path as Key};
use sha2::{Digest as _, Sha256};

/// What seals are bound to, so that one cannot stand for something else.
const SEALED_AS: &[u8] = b"escale document";

/// Documents, sealed or not.
#[derive(Clone)]
pub struct Store {
    objects: Arc<dyn ObjectStore>,
    prefix: Key,
    folder: Option<std::path::PathBuf>,
    journal: Journal,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.objects)
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

/// A folder or a bucket.
pub(crate) struct Place {
    pub(crate) objects: Arc<dyn ObjectStore>,
    pub(crate) prefix: Key,
}

impl Place {
    /// The place at `url`: `s3://bucket/prefix` (credentials by the `AWS_…` variables), or a
    /// folder, made when it is not there.
    pub(crate) fn at(url: &str) -> Result<Self, StoreFault> {
        if url.starts_with("s3://") {
            let url = url.parse().map_err(|_| StoreFault::Address)?;
            let variables = std::env::vars().map(|(name, value)| (name.to_lowercase(), value));
            // A bucket whose objects are locked takes none without its checksum.
            let checksum = ("aws_checksum_algorithm".to_owned(), "sha256".to_owned());
            let (objects, prefix) =
                object_store::parse_url_opts(&url, [checksum].into_iter().chain(variables))?;
            return Ok(Self { objects: objects.into(), prefix });
        }
        if url.contains("://") {
            return Err(StoreFault::Address);
        }
        let folder = Path::new(url);
        std::fs::create_dir_all(folder)?;
        let objects = Arc::new(LocalFileSystem::new_with_prefix(folder)?);
        Ok(Self { objects, prefix: Key::default() })
    }
}

impl Store {
    /// The store at `url`: `s3://bucket/prefix` (credentials by the `AWS_…` variables), or a
    /// folder, made when it is not there.
    pub fn open(url: &str, journal: Journal) -> Result<Self, StoreFault> {
        let Place { objects, prefix } = Place::at(url)?;
        let folder = (!url.starts_with("s3://")).then(|| url.into());
        Ok(Self { objects, prefix, folder, journal })
    }

    /// Seals `bytes` with the key of `person` and stores them, durably.
    pub async fn put(&self, person: PersonId, bytes: &[u8]) -> Result<StoredDocument, StoreFault> {
        let sealed = self.journal.keyring().seal(person, bytes, SEALED_AS).await?;
        let blob = self.put_bytes("sealed", sealed).await?;
        let digest = Personal::new(person, hex::encode(Sha256::digest(bytes)));
        Ok(StoredDocument { blob, length: bytes.len() as u64, digest })
    }

    /// The bytes of a document, verified.
    pub async fn get(&self, document: &StoredDocument) -> Result<Document, StoreFault> {
        let sealed = self.get_bytes("sealed", &document.blob).await?;
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
        Ok(StoredFile { blob: self.put_bytes("public", bytes).await?, length })
    }

    /// Writes a few bytes and reads them again: answers when documents can be kept.
    pub async fn probe(&self) -> Result<(), StoreFault> {
        let key = self.prefix.child("health-probe");
        self.objects.put(&key, Bytes::from_static(b"probe").into()).await?;
        self.objects.get(&key).await?.bytes().await?;
        Ok(())
    }

    /// What is nobody's secret, verified.
    pub async fn get_public(&self, blob: &str) -> Result<Vec<u8>, StoreFault> {
        self.get_bytes("public", blob).await
    }

    async fn put_bytes(&self, kind: &str, bytes: Vec<u8>) -> Result<String, StoreFault> {
        let blob = hex::encode(Sha256::digest(&bytes));
        let key = self.key(kind, &blob);
        let once = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.objects.put_opts(&key, Bytes::from(bytes).into(), once).await {
            Ok(_) => self.settle(&key).await?,
            Err(object_store::Error::AlreadyExists { .. }) => {}
            Err(err) => return Err(err.into()),
        }
        Ok(blob)
    }

    async fn get_bytes(&self, kind: &str, blob: &str) -> Result<Vec<u8>, StoreFault> {
        let damaged = || StoreFault::Damaged { blob: blob.to_owned() };
        if blob.len() != 64 || !blob.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(damaged());
        }
        let bytes = self.objects.get(&self.key(kind, blob)).await?.bytes().await?;
        if hex::encode(Sha256::digest(&bytes)) == blob { Ok(bytes.into()) } else { Err(damaged()) }
    }

    fn key(&self, kind: &str, blob: &str) -> Key {
        let shelf = blob.get(..2).unwrap_or_default();
        let parts = [kind, shelf, blob].map(ToOwned::to_owned);
        parts.into_iter().fold(self.prefix.clone(), |key, part| key.child(part))
    }

    /// A file that was named in the log must outlive a power cut: the folder's client does not
    /// see to that.
    async fn settle(&self, key: &Key) -> Result<(), StoreFault> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        let file = folder.join(key.as_ref());
        let settled = tokio::task::spawn_blocking(move || {
            std::fs::File::open(&file)?.sync_all()?;
            file.ancestors()
                .skip(1)
                .take(2)
                .try_for_each(|dir| std::fs::File::open(dir)?.sync_all())
        });
        settled.await.map_err(std::io::Error::other)??;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
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
