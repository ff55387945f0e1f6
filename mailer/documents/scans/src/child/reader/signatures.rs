//! Asking a child for the signatures of a file.

use super::{Reader, ReaderFault};
use crate::Limits;
use crate::child::answer::{Answer, Task, Work};
use crate::child::signed::{SignatureQuestion, SignaturesFound};

impl Reader {
    /// The signatures in a PDF; none when looking for them took too long, or
    /// broke the child. Blocks while others read, and while it looks.
    pub fn signatures(
        &self,
        pdf: &[u8],
        limits: &Limits,
        question: &SignatureQuestion,
    ) -> Result<Option<SignaturesFound>, ReaderFault> {
        let question = serde_json::to_vec(question)?;
        let work = Work::Signatures { question: question.len() };
        let task = Task { limits: *limits, work };
        let mut found = None;
        let ended = self.ask(&[&question, pdf], &task, |heard| {
            if let Answer::Signatures(all) = heard.answer {
                found = Some(all);
            }
        })?;
        Ok(found.filter(|_| ended == Some(Answer::Done)))
    }
}
