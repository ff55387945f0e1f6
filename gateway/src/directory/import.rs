//! Sending what a directory lists to the domain, many schools at once, and adding up what
//! became of them. Knows neither the log nor the screen: [`Schools`] and `progress` do.

use std::{collections::BTreeSet, error::Error, io};

use domain::{
    directory::school::{SchoolCommand, SchoolKind, SchoolListing, SchoolStatus},
    kernel::uai::Uai,
};
use futures::stream::{FuturesUnordered, StreamExt};

use super::{
    reader::{Reader, Row, RowResult},
    report::{Listed, Report, ReportedNotice, ReportedRejection, ToCheck},
    row::{Notice, RowRejected},
    segpa::Evidence,
};

/// What a command changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The school is new.
    Added,
    /// Something of it changed (or it opened again).
    Changed,
    /// Nothing did; also when the command closes a school that was never listed.
    Unchanged,
    /// It is closed from now on.
    Closed,
}

/// Where schools are kept.
pub trait Schools: Sync {
    /// Why a command could not be handled: the infrastructure’s fault, not the rule’s.
    type Fault: Error + Send + Sync + 'static;

    /// Handles a command for the school `uai`.
    fn apply(
        &self,
        uai: Uai,
        command: SchoolCommand,
    ) -> impl Future<Output = Result<Outcome, Self::Fault>> + Send;

    /// The schools that are open.
    fn open(&self) -> impl Future<Output = Result<Vec<Uai>, Self::Fault>> + Send;
}

/// What becomes of the schools that the file does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// They stay: the file is an extract.
    Never,
    /// They are closed: the file is complete. Unless they are more than so many per cent of the
    /// open ones, for then it is not.
    Absent {
        /// From 0 to 100.
        at_most_percent: u8,
    },
}

/// How to import.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How many commands are under way at once, from 1; enough to fill the log’s batches.
    pub at_once: usize,
    /// What becomes of the schools that the file does not list.
    pub closing: Closing,
}

impl Default for Options {
    fn default() -> Self {
        Self { at_once: 256, closing: Closing::Never }
    }
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many rows were read.
    pub rows: u64,
    /// How many bytes of the file.
    pub bytes: u64,
    /// Of how many.
    pub length: u64,
}

/// Why an import stopped half-way. What was done stays; the same file may be imported again.
#[derive(Debug, thiserror::Error)]
pub enum ImportFault {
    /// The file can be read no further.
    #[error("failed to read the directory's file after {rows} rows")]
    FailedToRead {
        /// How many were read.
        rows: u64,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A command could not be handled.
    #[error("failed to record the school {uai}")]
    FailedToApply {
        /// Which school.
        uai: Uai,
        /// Why.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// The open schools could not be listed.
    #[error("failed to list the schools that are open")]
    FailedToList(#[source] Box<dyn Error + Send + Sync>),
}

/// Sends every school of the file to `schools`; `progress` is told of each row.
pub async fn import<S: Schools>(
    reader: Reader,
    schools: &S,
    options: Options,
    mut progress: impl FnMut(Progress) + Send,
) -> Result<Report, ImportFault> {
    let length = reader.length();
    let mut tally = Tally::default();
    let mut under_way = FuturesUnordered::new();
    for row in reader {
        let row =
            row.map_err(|source| ImportFault::FailedToRead { rows: tally.report.read, source })?;
        let bytes = row.bytes;
        let asked = tally.row(row);
        progress(Progress { rows: tally.report.read, bytes, length });
        if let Some((school, command)) = asked {
            under_way.push(applied(schools, school, command));
        }
        if under_way.len() >= options.at_once.max(1)
            && let Some(done) = under_way.next().await
        {
            tally.done(done?);
        }
    }
    while let Some(done) = under_way.next().await {
        tally.done(done?);
    }
    if let Closing::Absent { at_most_percent } = options.closing {
        close_absent(schools, &mut tally, at_most_percent, options.at_once).await?;
    }
    Ok(tally.finished())
}

async fn applied<S: Schools>(
    schools: &S,
    school: Listed,
    command: SchoolCommand,
) -> Result<(Listed, Outcome), ImportFault> {
    match schools.apply(school.uai.clone(), command).await {
        Ok(outcome) => Ok((school, outcome)),
        Err(fault) => Err(ImportFault::FailedToApply { uai: school.uai, source: Box::new(fault) }),
    }
}

async fn close_absent<S: Schools>(
    schools: &S,
    tally: &mut Tally,
    at_most_percent: u8,
    at_once: usize,
) -> Result<(), ImportFault> {
    let open = schools.open().await.map_err(|fault| ImportFault::FailedToList(Box::new(fault)))?;
    let all = open.len();
    let absent: Vec<Uai> = open.into_iter().filter(|uai| !tally.seen.contains(uai)).collect();
    if absent.len() * 100 > all * usize::from(at_most_percent) {
        tally.report.absent_kept = absent.len() as u64;
        return Ok(());
    }
    let mut closing = futures::stream::iter(absent)
        .map(|uai| {
            let command = SchoolCommand::CloseSchool { uai: uai.clone() };
            let school = Listed { line: 0, uai, name: String::new() };
            applied(schools, school, command)
        })
        .buffer_unordered(at_once.max(1));
    while let Some(done) = closing.next().await {
        if let (school, Outcome::Closed) = done? {
            tally.report.absent_closed.push(school.uai);
        }
    }
    Ok(())
}

/// The report as it grows, and the schools that the file names.
#[derive(Default)]
struct Tally {
    report: Report,
    seen: BTreeSet<Uai>,
}

impl Tally {
    /// Counts a row, and says what it asks of which school.
    fn row(&mut self, row: Row) -> Option<(Listed, SchoolCommand)> {
        self.report.read += 1;
        match row.result {
            RowResult::School { uai, listing, attached_by, notices } => {
                let school = Listed { line: row.line, uai, name: listing.name.clone() };
                self.seen.insert(school.uai.clone());
                self.notices(&school, &notices);
                self.segpa(&school, &listing, attached_by);
                Some(asked(school, *listing))
            }
            RowResult::Site { uai } => {
                self.seen.insert(uai);
                self.report.sites += 1;
                None
            }
            RowResult::OutOfScope => {
                self.report.out_of_scope += 1;
                None
            }
            RowResult::Rejected { uai, reason } => {
                self.seen.extend(meant(uai.as_deref(), &reason));
                self.report.rejected.push(ReportedRejection { line: row.line, uai, reason });
                None
            }
        }
    }

    fn notices(&mut self, school: &Listed, notices: &[Notice]) {
        for notice in notices {
            match notice {
                Notice::NoMail => self.report.without_mail += 1,
                Notice::MailIgnored | Notice::ParentIgnored => {
                    self.report.notices.push(ReportedNotice {
                        line: school.line,
                        uai: school.uai.clone(),
                        notice: *notice,
                    });
                }
            }
        }
    }

    fn segpa(&mut self, school: &Listed, listing: &SchoolListing, by: Option<Evidence>) {
        if listing.kind != SchoolKind::Segpa || listing.status == SchoolStatus::Closed {
            return;
        }
        let tally = &mut self.report.segpa;
        match by {
            Some(evidence) => {
                *tally.attached.entry(evidence).or_default() += 1;
                if let (Evidence::Near, Some(parent)) = (evidence, &listing.parent) {
                    tally.to_check.push(ToCheck { segpa: school.clone(), parent: parent.clone() });
                }
            }
            None => tally.unattached.push(school.clone()),
        }
    }

    fn done(&mut self, (school, outcome): (Listed, Outcome)) {
        match outcome {
            Outcome::Added => self.report.added += 1,
            Outcome::Changed => self.report.changed.push(school),
            Outcome::Unchanged => self.report.unchanged += 1,
            Outcome::Closed => self.report.closed.push(school),
        }
    }

    /// The report, its lists in the order of the file.
    fn finished(mut self) -> Report {
        self.report.changed.sort_by_key(|school| school.line);
        self.report.closed.sort_by_key(|school| school.line);
        self.report.absent_closed.sort();
        self.report
    }
}

fn asked(school: Listed, listing: SchoolListing) -> (Listed, SchoolCommand) {
    let uai = school.uai.clone();
    let command = match listing.status {
        SchoolStatus::Closed => SchoolCommand::CloseSchool { uai },
        SchoolStatus::Open | SchoolStatus::Opening => SchoolCommand::ListSchool { uai, listing },
    };
    (school, command)
}

/// The school that a rejected row means, which is not absent from the file.
fn meant(uai: Option<&str>, reason: &RowRejected) -> Option<Uai> {
    let typed = uai?;
    match reason {
        RowRejected::UaiCheckLetter { expected } => {
            let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
            format!("{digits}{expected}").parse().ok()
        }
        RowRejected::LineTooLong
        | RowRejected::NotText
        | RowRejected::OpenQuote
        | RowRejected::Columns { .. }
        | RowRejected::NoUai
        | RowRejected::UaiShape
        | RowRejected::NoName
        | RowRejected::NameTooLong
        | RowRejected::NoKind
        | RowRejected::UnknownSector
        | RowRejected::UnknownStatus
        | RowRejected::NoAcademie
        | RowRejected::BadCoordinates => typed.parse().ok(),
    }
}
