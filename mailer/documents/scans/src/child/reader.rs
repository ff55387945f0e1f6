//! The parent's side: starts children, two at a time, and hears them out.

mod heard;
mod signatures;
mod slots;
mod uploads;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use super::COMMAND;
use super::answer::{Answer, Task, Work};
use super::limit;
use crate::{BadScan, Limits, PageReading, SplitFault};
use heard::{Heard, listen};
use slots::Slots;

pub use uploads::{BadFile, BadPage};

/// How many children of one reader may read at once.
pub const AT_ONCE: usize = 2;
/// How much longer by the clock than the processor time that the child may use: what bounds a
/// hostile file is the processor, and an honest one may wait for others on a busy machine.
const PATIENCE: u64 = 10;
/// The longest that opening a file may take by the clock.
const TO_OPEN: Duration = Duration::from_secs(PATIENCE * limit::TO_OPEN);
/// The longest that looking at a file by itself may take by the clock: somebody waits for it, and a
/// request is given up after a minute.
const TO_LOOK: Duration = Duration::from_secs(4 * limit::TO_LOOK);
/// The longest that binding photographs may take.
const TO_BIND: Duration = Duration::from_secs(2 * limit::TO_BIND);
/// How much longer for each page.
const A_PAGE: Duration = Duration::from_secs(PATIENCE * limit::A_PAGE);

/// Parses uploads in child processes. Cheap to clone; clones share the two places.
#[derive(Debug, Clone)]
pub struct Reader {
    program: PathBuf,
    arguments: Vec<OsString>,
    slots: Arc<Slots>,
}

/// A stack, read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The PDF to keep, where the file was none.
    pub pdf: Option<Vec<u8>>,
    /// Whether somebody signed the file: then it is not to be split.
    pub signed: bool,
    /// Its pages, in order.
    pub pages: Vec<PageReading>,
}

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Pages read.
    pub read: usize,
    /// Pages in all.
    pub pages: usize,
}

/// What failed on our side: nothing is known of the file.
#[derive(Debug, thiserror::Error)]
pub enum ReaderFault {
    /// The program cannot be started again.
    #[error("the process that reads scans cannot be started")]
    Start(#[from] io::Error),
    /// The task cannot be written.
    #[error("the task of the process that reads scans cannot be written")]
    Task(#[from] serde_json::Error),
}

impl Reader {
    /// Starts this very program again.
    pub fn of_this_program() -> Result<Self, ReaderFault> {
        Ok(Self::of(std::env::current_exe()?))
    }

    /// Starts that program, which must know the command [`COMMAND`].
    pub fn of(program: PathBuf) -> Self {
        let slots = Arc::new(Slots::new(AT_ONCE));
        Self { program, arguments: vec![COMMAND.into()], slots }
    }

    /// Reads a file to its end, and tells `progress` of each page. Blocks while
    /// others read, and while it reads.
    pub fn read(
        &self,
        file: &[u8],
        limits: &Limits,
        mut progress: impl FnMut(Progress),
    ) -> Result<Result<Reading, BadScan>, ReaderFault> {
        if file.len() > limits.bytes {
            return Ok(Err(BadScan::TooLarge { most: limits.bytes }));
        }
        let task = Task { limits: *limits, work: Work::Read };
        let mut reading = Reading { pdf: None, signed: false, pages: Vec::new() };
        let mut expected = None;
        let ended = self.ask(&[file], &task, |heard| match heard.answer {
            Answer::Opened { pages, signed, .. } => {
                expected = Some(pages);
                reading.signed = signed;
                reading.pdf = heard.file;
                progress(Progress { read: 0, pages });
            }
            Answer::Page(page) => {
                reading.pages.push(page);
                let read = reading.pages.len();
                progress(Progress { read, pages: expected.unwrap_or(read) });
            }
            Answer::Part { .. }
            | Answer::Signatures(_)
            | Answer::Kept { .. }
            | Answer::Photograph
            | Answer::Refused(_)
            | Answer::NotSplit(_)
            | Answer::Unfit(_)
            | Answer::Done => {}
        })?;
        let at = expected.map(|_| reading.pages.len());
        Ok(match ended {
            Some(Answer::Done) if at == expected => Ok(reading),
            Some(Answer::Refused(bad)) => Err(bad),
            _died => Err(BadScan::Unreadable { page: at }),
        })
    }

    /// Makes a file of each of these lists of pages, counted from 0, as
    /// [`crate::split`] does. Blocks as [`Reader::read`] does.
    pub fn split(
        &self,
        pdf: &[u8],
        limits: &Limits,
        parts: Vec<Vec<usize>>,
    ) -> Result<Result<Vec<Vec<u8>>, SplitFault>, ReaderFault> {
        let wanted = parts.len();
        let task = Task { limits: *limits, work: Work::Split(parts) };
        let mut made = Vec::with_capacity(wanted);
        let ended = self.ask(&[pdf], &task, |heard| made.extend(heard.file))?;
        Ok(match ended {
            Some(Answer::Done) if made.len() == wanted => Ok(made),
            Some(Answer::Refused(bad)) => Err(SplitFault::Refused(bad)),
            Some(Answer::NotSplit(fault)) => Err(fault),
            _died => Err(SplitFault::Refused(BadScan::Unreadable { page: None })),
        })
    }

    /// Starts a child, hears all it says, and gives its last word, if it had one.
    fn ask(
        &self,
        input: &[&[u8]],
        task: &Task,
        mut hear: impl FnMut(Heard),
    ) -> Result<Option<Answer>, ReaderFault> {
        let within = within(&task.work);
        let task = serde_json::to_string(task)?;
        let _place = self.slots.take();
        let (mut child, into, output) = self.start(&task)?;
        let (tell, told) = sync_channel(4);
        let last = std::thread::scope(|scope| {
            scope.spawn(move || give(into, input));
            scope.spawn(move || listen(output, &tell));
            let last = until_the_end(&told, Instant::now() + within, &mut hear);
            // Dead or alive: both threads end with it.
            drop(child.kill());
            last
        });
        drop(child.wait());
        Ok(last)
    }

    fn start(&self, task: &str) -> Result<(Child, ChildStdin, ChildStdout), ReaderFault> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .arg(task)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok((child, input, output)),
            _unpiped => Err(io::Error::from(io::ErrorKind::BrokenPipe).into()),
        }
    }
}

/// The longest that a child may take by the clock until it tells of its pages, or to its end.
fn within(work: &Work) -> Duration {
    match work {
        Work::Read | Work::Split(_) => TO_OPEN,
        Work::Signatures { .. } | Work::Inspect | Work::Picture => TO_LOOK,
        Work::Bind { .. } => TO_BIND,
    }
}

/// Gives the file; a child that reads no further has its reasons, and tells them.
fn give(mut into: ChildStdin, input: &[&[u8]]) {
    drop(input.iter().try_for_each(|part| into.write_all(part)));
}

/// Hears answers until the last one, or until the child is silent or late.
fn until_the_end(
    told: &Receiver<Heard>,
    mut end: Instant,
    hear: &mut impl FnMut(Heard),
) -> Option<Answer> {
    loop {
        let left = end.saturating_duration_since(Instant::now());
        let heard = match told.recv_timeout(left) {
            Ok(heard) => heard,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
        };
        match heard.answer {
            Answer::Opened { pages, .. } => {
                end += A_PAGE.saturating_mul(u32::try_from(pages).unwrap_or(u32::MAX));
                hear(heard);
            }
            Answer::Page(_)
            | Answer::Part { .. }
            | Answer::Signatures(_)
            | Answer::Kept { .. }
            | Answer::Photograph => hear(heard),
            Answer::Refused(_) | Answer::NotSplit(_) | Answer::Unfit(_) | Answer::Done => {
                return Some(heard.answer);
            }
        }
    }
}
