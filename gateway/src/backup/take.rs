//! Taking a backup while one serves: the log first, at one instant; then the keys, which so hold every
//! key that the log needs; then the documents, which were all there before their events.

use std::{
    future::Future,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::{Timestamp, ToSpan as _};
use journal::{Flaw, Journal, LogCopy, Scan, copy_keys, copy_log};

use super::{
    BackupFault, Documents, Progress, Step,
    documents::Names,
    erasures::{REGISTER, Register},
    folder::{Folder, name_of},
    mailbox,
    manifest::Manifest,
};
use crate::{app::Places, config::Config, store::Place};

/// The log, in its copy’s folder.
pub(super) const LOG: &str = "log.db";
/// The keys, in theirs.
pub(super) const KEYS: &str = "keys.db";
/// The read models, beside the keys: names stand in clear in them.
pub(super) const READ_MODELS: &str = "read.db";
/// The documents of all copies, beside them.
pub(super) const DOCUMENTS: &str = "documents";

/// How often one looks how much is written.
const LOOK: Duration = Duration::from_millis(200);

/// What is to be saved, and where.
#[derive(Debug)]
pub(crate) struct Order {
    /// Where the log and the documents go.
    pub(crate) to: PathBuf,
    /// Where the keys go.
    pub(crate) keys_to: PathBuf,
    /// Whether the read models are saved too.
    pub(crate) read_models: bool,
    /// Whether the documents are.
    pub(crate) documents: bool,
}

/// What was saved.
#[derive(Debug)]
pub(crate) struct Taken {
    /// What the copies are called.
    pub(crate) name: String,
    /// How many events the log had.
    pub(crate) position: u64,
    /// The last link of its chain.
    pub(crate) chain: String,
    /// How many bytes its copy has.
    pub(crate) bytes: u64,
    /// The first thing that is wrong in the log: it was saved as it is.
    pub(crate) wrong: Option<(u64, Flaw)>,
    /// The documents, if they were to be saved.
    pub(crate) documents: Option<Documents>,
    /// How many erasures the register has.
    pub(crate) erasures: u64,
    /// The copies of the keys that were old, and removed.
    pub(crate) removed: Vec<String>,
}

/// What a copy of the log was found to hold.
pub(super) struct Contents {
    pub(super) scan: Scan,
    pub(super) names: Names,
    pub(super) register: Register,
}

impl Contents {
    /// Reads the whole copy in the file `path`.
    pub(super) async fn of(path: &Path) -> Result<Self, BackupFault> {
        let path = path.to_owned();
        let read = tokio::task::spawn_blocking(move || {
            let (mut names, mut register) = (Names::default(), Register::default());
            let scan = LogCopy::open(&path)?.scan(|event| {
                names.take(&event.payload);
                register.take(&event.stream, &event.payload, event.recorded_at);
            })?;
            Ok(Self { scan, names, register })
        });
        let read =
            read.await.map_err(BackupFault::failed("la copie du journal n’a pas été relue"))?;
        read.map_err(BackupFault::copying("le journal"))
    }
}

impl Order {
    /// Takes the backup.
    pub(crate) async fn take(
        &self,
        config: &Config,
        journal: &Journal,
        progress: Progress<'_>,
    ) -> Result<Taken, BackupFault> {
        let now = journal.clock().now();
        let name = name_of(now);
        let (to, keys_to) = self.folders()?;
        let (log_copy, keys_copy) = (to.begin(&name)?, keys_to.begin(&name)?);
        let places = Places::of(config);

        // Before the log: read models may be behind it, never ahead.
        let read_models = self.read_models && save_read_models(config, keys_copy.path()).await?;
        let log = log_copy.path().join(LOG);
        let copying = copy_log(&places.log, &log);
        watched(&log, "Journal", progress, copying).await.map_err(BackupFault::copying(A_LOG))?;
        let mut found = Contents::of(&log).await?;
        let mut manifest = Manifest::of(&found.scan, now);
        let bytes = manifest.list(log_copy.path(), LOG)?;

        let mut of_keys = manifest_of_keys(&found.scan, now, keys_copy.path(), read_models)?;
        let keys = keys_copy.path().join(KEYS);
        let copying = copy_keys(&places.keys, &keys);
        watched(&keys, "Clés", progress, copying).await.map_err(BackupFault::copying(SOME_KEYS))?;
        of_keys.list(keys_copy.path(), KEYS)?;
        // After the keys: whoever was erased while they were copied is in the register.
        let later = found.register.take_after(journal, found.scan.events).await;
        later.map_err(BackupFault::failed("le journal ne peut pas être lu plus loin"))?;
        found.register.write(keys_copy.path())?;
        of_keys.list(keys_copy.path(), REGISTER)?;
        keys_copy.finish(&of_keys)?;

        mailbox::copy(&config.data_dir, log_copy.path(), &mut manifest)?;
        let documents = self.save_documents(&places, &found, progress).await?;
        manifest.documents = documents.as_ref().map(|documents| documents.named);
        log_copy.finish(&manifest)?;

        let days = i64::from(config.backup.keys_days);
        let since = now.saturating_sub((days * 24).hours()).unwrap_or(Timestamp::MIN);
        let removed = keys_to.remove_older(since, &name)?;
        Ok(Taken {
            name,
            position: found.scan.events,
            chain: found.scan.chain,
            bytes,
            wrong: found.scan.wrong,
            documents,
            erasures: found.register.len(),
            removed,
        })
    }

    /// Both folders, neither within the other.
    fn folders(&self) -> Result<(Folder, Folder), BackupFault> {
        let to = Folder::write(&self.to)?;
        let real = |path: &Path| path.canonicalize().map_err(BackupFault::unreadable(path));
        let beside = || BackupFault::Beside(self.to.clone());
        let log = real(&self.to)?;
        let keys = self.keys_to.ancestors().find(|path| path.exists());
        let keys = keys.map(real).transpose()?;
        if keys.is_some_and(|keys| keys.starts_with(&log)) {
            return Err(beside());
        }
        let keys_to = Folder::write(&self.keys_to)?;
        if log.starts_with(real(&self.keys_to)?) {
            return Err(beside());
        }
        Ok((to, keys_to))
    }

    async fn save_documents(
        &self,
        places: &Places,
        found: &Contents,
        progress: Progress<'_>,
    ) -> Result<Option<Documents>, BackupFault> {
        if !self.documents {
            return Ok(None);
        }
        let from = Place::at(&places.documents).map_err(BackupFault::documents)?;
        let to = Place::at(&self.to.join(DOCUMENTS).to_string_lossy());
        let to = to.map_err(BackupFault::documents)?;
        let saved = found.names.copy(Some(&from), &to, false, &found.register, progress);
        saved.await.map(Some)
    }
}

/// What is said when the log, or the keys, cannot be copied.
const A_LOG: &str = "le journal";
const SOME_KEYS: &str = "les clés";

/// Of the copy of the keys in `folder`, so far.
fn manifest_of_keys(
    scan: &Scan,
    now: Timestamp,
    folder: &Path,
    read_models: bool,
) -> Result<Manifest, BackupFault> {
    let mut manifest = Manifest::of(scan, now);
    if read_models {
        manifest.list(folder, READ_MODELS)?;
    }
    Ok(manifest)
}

/// Whether there were any read models to save.
async fn save_read_models(config: &Config, to: &Path) -> Result<bool, BackupFault> {
    let (from, to) = (config.data_dir.clone(), to.join(READ_MODELS));
    let copying = tokio::task::spawn_blocking(move || projections::copy_read_models(&from, &to));
    let what = "les modèles de lecture n’ont pas été copiés";
    copying.await.map_err(BackupFault::failed(what))?.map_err(BackupFault::failed(what))
}

/// Does `work`, telling how large `file` is meanwhile.
async fn watched<T>(
    file: &Path,
    what: &'static str,
    progress: Progress<'_>,
    work: impl Future<Output = T>,
) -> T {
    let mut looks = tokio::time::interval(LOOK);
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done,
            _ = looks.tick() => {
                let bytes = std::fs::metadata(file).map_or(0, |file| file.len());
                progress(Step::Copying(what), bytes, 0);
            }
        }
    }
}
