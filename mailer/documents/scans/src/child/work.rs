//! What the child does.

use std::io::{self, Read, Write};

use documents::RenderFault;

use super::answer::{Answer, Task, Work};
use super::limit;
use super::signed::{SignatureQuestion, SignaturesFound, look};
use super::upload::{bound, embeddable, kept};
use crate::{BadScan, Limits, SplitFault, Stack, read_page, split};

/// Why the child gave up before it answered.
#[derive(Debug, thiserror::Error)]
pub enum ChildFault {
    /// It could not limit itself.
    #[error("the limits of the process cannot be set")]
    Limits(#[from] rustix::io::Errno),
    /// It does not understand what it is asked.
    #[error("the task is not understood")]
    Task(#[from] serde_json::Error),
    /// Its parent does not read or write.
    #[error("the parent is gone")]
    Parent(#[from] io::Error),
    /// The photographs cannot be drawn.
    #[error("the photographs cannot be bound")]
    Binding(#[from] RenderFault),
}

/// Carries out the task, which is written as [`super::Reader`] writes it: limits
/// itself, reads the file from `input`, answers on `output`.
pub fn run(task: &str, mut input: impl Read, mut output: impl Write) -> Result<(), ChildFault> {
    limit::begin()?;
    let task: Task = serde_json::from_str(task)?;
    let (input, limits) = (&mut input, &task.limits);
    let answer = match task.work {
        Work::Read => opened(input, limits, |stack| read(stack, &mut output))?,
        Work::Split(parts) => opened(input, limits, |stack| in_parts(stack, &parts, &mut output))?,
        Work::Signatures { question } => {
            let found = signatures(input, limits, question)?;
            say(&mut output, &Answer::Signatures(found))?;
            Answer::Done
        }
        Work::Inspect => kept(input, limits, &mut output)?,
        Work::Bind { photographs, issued } => bound(input, &photographs, issued, &mut output)?,
        Work::Picture => embeddable(input, limits, &mut output)?,
    };
    say(&mut output, &answer)
}

fn opened(
    input: &mut impl Read,
    limits: &Limits,
    work: impl FnOnce(&Stack) -> Result<Answer, ChildFault>,
) -> Result<Answer, ChildFault> {
    match Stack::open(file(input, limits)?, limits) {
        Ok(stack) => {
            limit::read(stack.pages())?;
            work(&stack)
        }
        Err(bad) => Ok(Answer::Refused(bad)),
    }
}

fn signatures(
    input: &mut impl Read,
    limits: &Limits,
    question: usize,
) -> Result<SignaturesFound, ChildFault> {
    limit::look()?;
    let mut asked = Vec::new();
    input.by_ref().take(question as u64).read_to_end(&mut asked)?;
    let question: SignatureQuestion = serde_json::from_slice(&asked)?;
    Ok(look(&file(input, limits)?, &question))
}

/// The file on the standard input. One byte too many tells that there are more.
pub(super) fn file(input: &mut impl Read, limits: &Limits) -> io::Result<Vec<u8>> {
    let mut file = Vec::new();
    let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
    input.take(most.saturating_add(1)).read_to_end(&mut file)?;
    Ok(file)
}

fn read(stack: &Stack, output: &mut impl Write) -> Result<Answer, ChildFault> {
    let made = stack.made();
    let opened = Answer::Opened {
        pages: stack.pages(),
        signed: stack.is_signed(),
        bytes: made.map(<[u8]>::len),
    };
    say(output, &opened)?;
    output.write_all(made.unwrap_or_default())?;
    for page in 0..stack.pages() {
        match read_page(stack, page) {
            Some(reading) => say(output, &Answer::Page(reading))?,
            None => return Ok(Answer::Refused(BadScan::Unreadable { page: Some(page) })),
        }
    }
    Ok(Answer::Done)
}

fn in_parts(
    stack: &Stack,
    parts: &[Vec<usize>],
    output: &mut impl Write,
) -> Result<Answer, ChildFault> {
    for pages in parts {
        match split(stack, pages) {
            Ok(file) => part(output, &file)?,
            Err(SplitFault::Refused(bad)) => return Ok(Answer::Refused(bad)),
            Err(fault) => return Ok(Answer::NotSplit(fault)),
        }
    }
    Ok(Answer::Done)
}

/// A file that was made.
pub(super) fn part(output: &mut impl Write, file: &[u8]) -> Result<(), ChildFault> {
    say(output, &Answer::Part { bytes: file.len() })?;
    Ok(output.write_all(file)?)
}

pub(super) fn say(output: &mut impl Write, answer: &Answer) -> Result<(), ChildFault> {
    serde_json::to_writer(&mut *output, answer)?;
    output.write_all(b"\n")?;
    Ok(output.flush()?)
}
