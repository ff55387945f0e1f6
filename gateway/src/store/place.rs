//! A folder or a bucket, and what is kept there by the SHA-256 of its bytes.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use object_store::{ObjectStore, PutMode, PutOptions, local::LocalFileSystem, path::Path as Key};
use sha2::{Digest as _, Sha256};

use super::StoreFault;

/// A folder or a bucket.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) objects: Arc<dyn ObjectStore>,
    pub(crate) prefix: Key,
    folder: Option<PathBuf>,
}

/// Whether what is kept is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shelf {
    /// With somebody’s key.
    Sealed,
    /// It is nobody’s secret.
    Public,
}

impl Shelf {
    fn name(self) -> &'static str {
        match self {
            Self::Sealed => "sealed",
            Self::Public => "public",
        }
    }
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
            return Ok(Self { objects: objects.into(), prefix, folder: None });
        }
        if url.contains("://") {
            return Err(StoreFault::Address);
        }
        let folder = Path::new(url);
        std::fs::create_dir_all(folder)?;
        let objects = Arc::new(LocalFileSystem::new_with_prefix(folder)?);
        Ok(Self { objects, prefix: Key::default(), folder: Some(folder.to_owned()) })
    }

    /// Keeps `bytes`, durably, unless they are there; answers their name.
    pub(crate) async fn put(&self, shelf: Shelf, bytes: Vec<u8>) -> Result<String, StoreFault> {
        let blob = hex::encode(Sha256::digest(&bytes));
        self.write(shelf, &blob, bytes, PutMode::Create).await?;
        Ok(blob)
    }

    /// Keeps `bytes`, durably, in place of what is there under the same name and was damaged.
    pub(crate) async fn mend(&self, shelf: Shelf, bytes: Vec<u8>) -> Result<(), StoreFault> {
        let blob = hex::encode(Sha256::digest(&bytes));
        self.write(shelf, &blob, bytes, PutMode::Overwrite).await
    }

    async fn write(
        &self,
        shelf: Shelf,
        blob: &str,
        bytes: Vec<u8>,
        mode: PutMode,
    ) -> Result<(), StoreFault> {
        let key = self.key(shelf, blob);
        let options = PutOptions { mode, ..PutOptions::default() };
        match self.objects.put_opts(&key, Bytes::from(bytes).into(), options).await {
            Ok(_) => self.settle(&key).await,
            Err(object_store::Error::AlreadyExists { .. }) => Ok(()),
            Err(err) => Err(err.into()),
        }
    }

    /// The bytes of this name, verified.
    pub(crate) async fn get(&self, shelf: Shelf, blob: &str) -> Result<Vec<u8>, StoreFault> {
        let damaged = || StoreFault::Damaged { blob: blob.to_owned() };
        if blob.len() != 64 || !blob.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(damaged());
        }
        let bytes = self.objects.get(&self.key(shelf, blob)).await?.bytes().await?;
        if hex::encode(Sha256::digest(&bytes)) == blob { Ok(bytes.into()) } else { Err(damaged()) }
    }

    /// How many bytes are there under this name; nothing when it is not there.
    pub(crate) async fn length(&self, shelf: Shelf, blob: &str) -> Result<Option<u64>, StoreFault> {
        match self.objects.head(&self.key(shelf, blob)).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(err) => Err(err.into()),
        }
    }

    fn key(&self, shelf: Shelf, blob: &str) -> Key {
        let box_of = blob.get(..2).unwrap_or_default();
        let parts = [shelf.name(), box_of, blob].map(ToOwned::to_owned);
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
