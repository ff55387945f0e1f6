//! What a child says, as it comes.

use std::io::{BufRead, BufReader, Read};
use std::process::ChildStdout;
use std::sync::mpsc::SyncSender;

use crate::child::answer::Answer;

/// The longest line of a child, bytes: a page with its picture is far below.
const LONGEST_LINE: u64 = 1024 * 1024;
/// The largest file of a child, bytes.
const LARGEST_FILE: usize = 512 * 1024 * 1024;

/// An answer, and the file that came with it.
#[derive(Debug)]
pub(super) struct Heard {
    pub(super) answer: Answer,
    pub(super) file: Option<Vec<u8>>,
}

/// Passes on what the child says until it says something wrong or nothing more.
pub(super) fn listen(output: ChildStdout, tell: &SyncSender<Heard>) {
    let mut output = BufReader::new(output);
    while let Some(heard) = next(&mut output) {
        if tell.send(heard).is_err() {
            return;
        }
    }
}

fn next(output: &mut impl BufRead) -> Option<Heard> {
    let mut line = Vec::new();
    output.take(LONGEST_LINE).read_until(b'\n', &mut line).ok()?;
    let answer: Answer = serde_json::from_slice(&line).ok()?;
    let bytes = match answer {
        Answer::Opened { bytes, .. } => bytes,
        Answer::Part { bytes } => Some(bytes),
        Answer::Page(_)
        | Answer::Signatures(_)
        | Answer::Kept { .. }
        | Answer::Photograph
        | Answer::Refused(_)
        | Answer::NotSplit(_)
        | Answer::Unfit(_)
        | Answer::Done => None,
    };
    let file = match bytes {
        Some(bytes) if bytes > LARGEST_FILE => return None,
        Some(bytes) => {
            let mut file = Vec::new();
            output.take(bytes as u64).read_to_end(&mut file).ok()?;
            (file.len() == bytes).then_some(file)
        }
        None => None,
    };
    Some(Heard { answer, file })
}
