//! Putting a backup back where nothing is: first all that can be checked is checked, then documents
//! and keys, and the log last, so that until it is there nothing else counts. Then whoever is known to
//! have been erased later is erased again, and the whole is verified.

use std::path::{Path, PathBuf};

use domain::kernel::{
    envelope::{Actor, Context},
    ids::{PersonId, derived},
};
use domain::operations::erasure::ErasureGround;
use jiff::Timestamp;
use journal::{
    Clock, HandleError, Journal, LogCopy, MasterKey, VerifyReport, is_wrapped_by, keys_are_empty,
    log_is_empty, restore_keys, restore_log,
};

use super::{
    BackupFault, Documents, Progress, Step,
    erasures::Register,
    folder::{Folder, Found},
    mailbox,
    take::{Contents, DOCUMENTS, KEYS, LOG, READ_MODELS},
};
use crate::{
    app::{Places, open_journal},
    config::{Config, Secrets},
    session::Sessions,
    store::Place,
};

/// What is to be put back.
#[derive(Debug)]
pub(crate) struct Restore {
    /// Where the log and the documents are.
    pub(crate) from: PathBuf,
    /// Where the keys are.
    pub(crate) keys_from: PathBuf,
    /// Which copy of the log; the last when it is not said.
    pub(crate) copy: Option<String>,
    /// Which copy of the keys; the last, which has every key that was not destroyed, when it is not
    /// said.
    pub(crate) keys_copy: Option<String>,
}

/// What was put back.
#[derive(Debug)]
pub(crate) struct Restored {
    /// The copy of the log.
    pub(crate) copy: String,
    /// The copy of the keys.
    pub(crate) keys_copy: String,
    /// Whether that copy is from before the other: keys of later persons are not in it.
    pub(crate) keys_are_older: bool,
    /// Copies of the log beside it that could not be asked for later erasures.
    pub(crate) unread: Vec<String>,
    /// How many were erased after the copy was taken, and are again.
    pub(crate) erased: usize,
    /// Whether the read models were there to be put back.
    pub(crate) read_models: bool,
    /// The documents.
    pub(crate) documents: Documents,
    /// The log, as it stands now.
    pub(crate) report: VerifyReport,
}

/// All that was found sound before anything is written.
struct Checked {
    log: Found,
    keys: Found,
    contents: Contents,
    /// Everyone who is known to be erased.
    erased: Register,
    unread: Vec<String>,
}

impl Restore {
    /// Puts the backup back where the settings say.
    pub(crate) async fn run(
        &self,
        config: &Config,
        secrets: &Secrets,
        progress: Progress<'_>,
    ) -> Result<Restored, BackupFault> {
        let places = Places::of(config);
        let checked = self.check(secrets, progress).await?;
        is_vacant(config, &places).await?;

        let data = &config.data_dir;
        std::fs::create_dir_all(data).map_err(BackupFault::io("le dossier des données"))?;
        let documents = self.put_documents(&places, &checked, progress).await?;
        mailbox::restore(&checked.log.path, &checked.log.manifest, data)?;
        let read_models = put_read_models(&checked, data)?;
        progress(Step::Copying("Clés"), 0, 0);
        let erased = checked.erased.dated();
        restore_keys(&checked.keys.path.join(KEYS), data, &places.keys, erased)
            .await
            .map_err(BackupFault::putting("les clés"))?;
        progress(Step::Copying("Journal"), 0, 0);
        restore_log(&checked.log.path.join(LOG), data, &places.log)
            .await
            .map_err(BackupFault::putting("le journal"))?;

        let journal = open_journal(config, secrets, Clock::system()).await?;
        let finished = finish(&journal, config, &checked, progress).await;
        journal.close().await;
        let (erased, report) = finished?;
        let keys_are_older = checked.keys.manifest.position < checked.log.manifest.position;
        Ok(Restored {
            keys_are_older,
            copy: checked.log.name,
            keys_copy: checked.keys.name,
            unread: checked.unread,
            erased,
            read_models,
            documents,
            report,
        })
    }

    /// Checks all that can be before anything is written.
    async fn check(
        &self,
        secrets: &Secrets,
        progress: Progress<'_>,
    ) -> Result<Checked, BackupFault> {
        let (from, keys_from) = (Folder::read(&self.from), Folder::read(&self.keys_from));
        let log = from.find(self.copy.as_deref())?;
        let keys = keys_from.find(self.keys_copy.as_deref())?;
        if keys.manifest.log != log.manifest.log {
            return Err(BackupFault::OtherLog(keys.path));
        }
        progress(Step::Copying("Contrôle"), 0, 0);
        for (found, name) in [(&log, LOG), (&keys, KEYS)] {
            found.manifest.check(&found.path, name)?;
        }
        for name in log.manifest.names("mailbox/") {
            log.manifest.check(&log.path, name)?;
        }
        let master = MasterKey::new(secrets.key().map_err(crate::app::OpenFault::from)?);
        let wrapped = is_wrapped_by(&keys.path.join(KEYS), &master).await;
        if !wrapped.map_err(BackupFault::copying("les clés"))? {
            return Err(BackupFault::WrongMasterKey(keys.path));
        }
        let contents = Contents::of(&log.path.join(LOG)).await?;
        let manifest = &log.manifest;
        if (contents.scan.events, &contents.scan.chain) != (manifest.position, &manifest.chain) {
            return Err(BackupFault::Damaged(log.path.join(LOG)));
        }
        let mut erased = Register::of_all(&keys_from, &manifest.log)?;
        erased.join(contents.register.clone());
        let unread = later_erasures(&from, &log, &mut erased)?;
        Ok(Checked { log, keys, contents, erased, unread })
    }

    async fn put_documents(
        &self,
        places: &Places,
        checked: &Checked,
        progress: Progress<'_>,
    ) -> Result<Documents, BackupFault> {
        let saved = self.from.join(DOCUMENTS);
        let from = saved.exists().then(|| Place::at(&saved.to_string_lossy())).transpose();
        let from = from.map_err(BackupFault::documents)?;
        let to = Place::at(&places.documents).map_err(BackupFault::documents)?;
        checked.contents.names.copy(from.as_ref(), &to, true, &checked.erased, progress).await
    }
}

/// What the other copies of the same log say of erasures; answers those that could not be read.
fn later_erasures(
    from: &Folder,
    log: &Found,
    erased: &mut Register,
) -> Result<Vec<String>, BackupFault> {
    let mut unread = Vec::new();
    for name in from.copies()? {
        let Ok(other) = from.find(Some(&name)) else {
            unread.push(name);
            continue;
        };
        if other.manifest.log != log.manifest.log || name == log.name {
            continue;
        }
        let copy = LogCopy::open(&other.path.join(LOG));
        if copy.and_then(|copy| erased.take_copy(&copy)).is_err() {
            unread.push(name);
        }
    }
    Ok(unread)
}

/// A fault unless nothing is where the settings say. Documents may be there: each is what its name
/// says, or is not.
async fn is_vacant(config: &Config, places: &Places) -> Result<(), BackupFault> {
    let occupied = |what| Err(BackupFault::Occupied(what));
    let unknown = BackupFault::copying;
    if !log_is_empty(&places.log).await.map_err(unknown("ce qui est au journal"))? {
        return occupied("il y a déjà un journal (DATABASE_URL)");
    }
    if !keys_are_empty(&places.keys).await.map_err(unknown("ce qui est aux clés"))? {
        return occupied("il y a déjà des clés (ESCALE_KEYS_URL)");
    }
    if projections::has_read_models(&config.data_dir) {
        return occupied("il y a déjà des modèles de lecture (read.db, dans ESCALE_DATA_DIR)");
    }
    Ok(())
}

/// Puts the read models back that were saved with this very copy of the log: those of a later one know
/// what the log does not.
fn put_read_models(checked: &Checked, data: &Path) -> Result<bool, BackupFault> {
    let Checked { log, keys, .. } = checked;
    if keys.name != log.name || keys.manifest.names(READ_MODELS).next().is_none() {
        return Ok(false);
    }
    keys.manifest.check(&keys.path, READ_MODELS)?;
    projections::restore_read_models(&keys.path.join(READ_MODELS), data)
        .map_err(BackupFault::failed("les modèles de lecture n’ont pas été restaurés"))?;
    Ok(true)
}

/// Erases again whoever was erased after the copy was taken, closes all sessions (one that was closed
/// since would be open again), and verifies the whole log; answers how many were erased, and what was
/// found.
async fn finish(
    journal: &Journal,
    config: &Config,
    checked: &Checked,
    progress: Progress<'_>,
) -> Result<(usize, VerifyReport), BackupFault> {
    let mut count = 0;
    for (person, ground) in checked.erased.beyond(&checked.contents.register) {
        erase(journal, person, ground).await?;
        count += 1;
    }
    let closed = Sessions::new(journal.clone(), config).close_everyones().await;
    closed.map_err(BackupFault::failed("les sessions restaurées n’ont pas été fermées"))?;
    let tell = |done, total| progress(Step::Counting("Vérification"), done, total);
    let report = journal.verify(tell).await;
    let report = report.map_err(BackupFault::failed("le journal restauré ne se vérifie pas"))?;
    Ok((count, report))
}

async fn erase(
    journal: &Journal,
    person: PersonId,
    ground: ErasureGround,
) -> Result<(), BackupFault> {
    let command = derived(&["restore", "erase", &person.to_string()]);
    let now: Timestamp = journal.clock().now();
    let context = Context {
        command,
        actor: Actor::Operator,
        from: None,
        correlation: command,
        cause: None,
        tenant: None,
        at: now,
    };
    match journal.erase(person, ground, &context).await {
        Ok(_) | Err(HandleError::Erased(_)) => Ok(()),
        Err(fault) => Err(BackupFault::failed("un effacement n’a pas pu être écrit")(fault)),
    }
}
