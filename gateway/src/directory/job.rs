//! An import that was asked for in the browser. It goes on when the answer has left, and writes
//! where it stands in a row, so that every gateway can tell it; while it runs another row keeps a
//! second one from beginning, and vanishes by itself when this service dies.

use std::time::Duration;

use domain::kernel::envelope::Context;
use jiff::{Timestamp, ToSpan as _};
use journal::{Journal, Rows};
use schema::ports::{DirectoryImport, DirectoryReport, ImportRefusal, ImportStage, PortFault};
use tokio::sync::watch;

use super::{
    Closing, LoggedSchools, OpenError, Options, Progress, Reader, Report, Source, import,
    report::Section,
};
use crate::ports::fault;

/// The rows of imports.
const KIND: &str = "directory-import";
/// The row of the last one.
const LAST: &str = "last";
/// The row that is there while one runs.
const RUNNING: &str = "running";
/// For how long that row stays without news.
const LEASE_SECONDS: i64 = 60;
/// How often where an import stands is written.
const EVERY: Duration = Duration::from_millis(500);
/// A file that lacks more of the open schools than this is not complete, whatever is said of it.
const MOST_ABSENT_PERCENT: u8 = 10;

/// Begins to import `file` in the name of `context`.
pub(crate) async fn start(
    journal: &Journal,
    file: Vec<u8>,
    is_complete: bool,
    context: Context,
) -> Result<Result<(), ImportRefusal>, PortFault> {
    let opening = tokio::task::spawn_blocking(move || {
        Reader::open(&Source::Bytes(file.into_boxed_slice().into()))
    });
    let reader = match opening.await.map_err(fault("opening a directory"))? {
        Ok(reader) => reader,
        Err(OpenError::Refused(refused)) => {
            return Ok(Err(ImportRefusal::NotADirectory(refused.french())));
        }
        Err(OpenError::Unreadable(err)) => return Err(fault("reading a directory")(err)),
    };
    let now = journal.clock().now();
    let job = Job {
        journal: journal.clone(),
        context,
        closing: if is_complete {
            Closing::Absent { at_most_percent: MOST_ABSENT_PERCENT }
        } else {
            Closing::Never
        },
        told: DirectoryImport {
            started_at: now,
            told_at: now,
            stage: ImportStage::Running,
            rows: 0,
            bytes: 0,
            length: reader.length(),
            report: None,
        },
    };
    let failed = "beginning an import";
    let free = job.rows().put_if_absent(KIND, RUNNING, &now, Some(lease(now))).await;
    if !free.map_err(fault(failed))? {
        return Ok(Err(ImportRefusal::AlreadyRunning));
    }
    job.write().await.map_err(fault(failed))?;
    tokio::spawn(job.run(reader));
    Ok(Ok(()))
}

/// Where the last import stands; one that nobody has heard of for a minute has stopped.
pub(crate) async fn last(journal: &Journal) -> Result<Option<DirectoryImport>, PortFault> {
    let failed = "reading how an import goes";
    let rows = journal.rows();
    let last = rows.get::<DirectoryImport>(KIND, LAST).await.map_err(fault(failed))?;
    let Some(mut last) = last else { return Ok(None) };
    if last.stage == ImportStage::Running && lease(last.told_at) < journal.clock().now() {
        last.stage = ImportStage::Stopped;
    }
    Ok(Some(last))
}

fn lease(from: Timestamp) -> Timestamp {
    from.saturating_add(LEASE_SECONDS.seconds()).unwrap_or(from)
}

struct Job {
    journal: Journal,
    context: Context,
    closing: Closing,
    told: DirectoryImport,
}

impl Job {
    fn rows(&self) -> Rows {
        self.journal.rows()
    }

    async fn write(&self) -> Result<(), journal::Fault> {
        self.rows().put(KIND, LAST, &self.told, None).await
    }

    async fn run(mut self, reader: Reader) {
        let (sender, seen) = watch::channel(None);
        let journal = self.journal.clone();
        let schools = LoggedSchools::new(&journal, self.context.clone());
        let options = Options { closing: self.closing, ..Options::default() };
        let importing = import(reader, &schools, options, |progress| {
            sender.send_replace(Some(progress));
        });
        let report = tokio::select! {
            report = importing => report,
            never = self.follow(seen.clone()) => match never {},
        };
        self.take(*seen.borrow());
        match report {
            Ok(report) => {
                self.told.stage = ImportStage::Done;
                self.told.report = Some(told(&report));
            }
            Err(err) => {
                tracing::error!(err = &err as &dyn std::error::Error, "an import stopped");
                self.told.stage = ImportStage::Stopped;
            }
        }
        let written = self.write().await;
        let freed = self.rows().delete(KIND, RUNNING).await;
        if let Err(err) = written.and(freed.map(drop)) {
            tracing::error!(err = &err as &dyn std::error::Error, "an import's end was not told");
        }
    }

    /// Writes where the import stands, again and again.
    async fn follow(
        &mut self,
        seen: watch::Receiver<Option<Progress>>,
    ) -> std::convert::Infallible {
        loop {
            tokio::time::sleep(EVERY).await;
            self.take(*seen.borrow());
            let now = self.told.told_at;
            let kept = self.rows().put(KIND, RUNNING, &now, Some(lease(now))).await;
            if let Err(err) = kept.and(self.write().await) {
                tracing::warn!(err = &err as &dyn std::error::Error, "an import could not be told");
            }
        }
    }

    fn take(&mut self, progress: Option<Progress>) {
        self.told.told_at = self.journal.clock().now();
        if let Some(progress) = progress {
            self.told.rows = progress.rows;
            self.told.bytes = progress.bytes;
        }
    }
}

fn told(report: &Report) -> DirectoryReport {
    DirectoryReport {
        read: report.read,
        added: report.added,
        changed: report.changed.len() as u64,
        unchanged: report.unchanged,
        closed: report.closed.len() as u64,
        sites: report.sites,
        out_of_scope: report.out_of_scope,
        rejected: report.rejected.len() as u64,
        absent_closed: report.absent_closed.len() as u64,
        absent_kept: report.absent_kept,
        without_mail: report.without_mail,
        segpa_attached: report.segpa.total_attached(),
        segpa_unattached: report.segpa.unattached.len() as u64,
        lists: report.sections().into_iter().map(Section::told).collect(),
    }
}
