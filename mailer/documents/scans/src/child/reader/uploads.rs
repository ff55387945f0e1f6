//! Asking a child about what is uploaded by itself.

use documents::deposit::{self, BadDeposit};
use documents::photographs::BadPhotograph;
use documents::picture::{BadPicture, MOST_BYTES};
use jiff::civil::Date;

use super::{Reader, ReaderFault};
use crate::Limits;
use crate::child::answer::{Answer, Misfit, Task, Work};

/// Why a file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadFile<B> {
    /// It is not what was asked for.
    #[error(transparent)]
    Unfit(#[from] B),
    /// Reading it took more memory or time than is allowed, or broke the reader.
    #[error("the file cannot be read within the limits")]
    Unreadable,
}

/// The photograph that is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("photograph {at} cannot be a page")]
pub struct BadPage {
    /// Its place, from 0.
    pub at: usize,
    /// What is wrong with it.
    #[source]
    pub bad: BadFile<BadPhotograph>,
}

impl Reader {
    /// How many pages a PDF has that can be kept, as [`deposit::inspect`] finds.
    /// Blocks while others read, and while it is read.
    pub fn inspect(
        &self,
        pdf: &[u8],
        limits: deposit::Limits,
    ) -> Result<Result<usize, BadFile<BadDeposit>>, ReaderFault> {
        if pdf.len() > limits.bytes {
            return Ok(Err(BadDeposit::TooLarge { most: limits.bytes }.into()));
        }
        let limits = Limits { bytes: limits.bytes, pages: limits.pages, pixels: 0 };
        let mut kept = None;
        let ended = self.ask(&[pdf], &Task { limits, work: Work::Inspect }, |heard| {
            if let Answer::Kept { pages } = heard.answer {
                kept = Some(pages);
            }
        })?;
        Ok(match (ended, kept) {
            (Some(Answer::Done), Some(pages)) => Ok(pages),
            (Some(Answer::Unfit(Misfit::Deposit(bad))), _) => Err(bad.into()),
            _died => Err(BadFile::Unreadable),
        })
    }

    /// The PDF of these photographs, one a page, as
    /// [`documents::photographs::bind`] makes it. Blocks as [`Reader::inspect`] does.
    pub fn bind(
        &self,
        uploads: &[Vec<u8>],
        issued: Date,
    ) -> Result<Result<Vec<u8>, BadPage>, ReaderFault> {
        let photographs: Vec<usize> = uploads.iter().map(Vec::len).collect();
        let work = Work::Bind { photographs, issued };
        let files: Vec<&[u8]> = uploads.iter().map(Vec::as_slice).collect();
        // Of each, the pixels are bounded by what is taken of a photograph.
        let limits = Limits { bytes: 0, pages: uploads.len(), pixels: 0 };
        let (mut read, mut made) = (0, None);
        let ended = self.ask(&files, &Task { limits, work }, |heard| {
            read += usize::from(heard.answer == Answer::Photograph);
            made = heard.file;
        })?;
        Ok(match (ended, made) {
            (Some(Answer::Done), Some(pdf)) => Ok(pdf),
            (Some(Answer::Unfit(Misfit::Photograph { at, bad })), _) => {
                Err(BadPage { at, bad: bad.into() })
            }
            _died => {
                let at = read.min(uploads.len().saturating_sub(1));
                Err(BadPage { at, bad: BadFile::Unreadable })
            }
        })
    }

    /// The picture in the form in which documents embed it, as
    /// [`documents::picture::accept`] makes it. Blocks as [`Reader::inspect`] does.
    pub fn picture(
        &self,
        upload: &[u8],
    ) -> Result<Result<Vec<u8>, BadFile<BadPicture>>, ReaderFault> {
        if upload.len() > MOST_BYTES {
            return Ok(Err(BadPicture::TooHeavy { most: MOST_BYTES }.into()));
        }
        let limits = Limits { bytes: MOST_BYTES, pages: 0, pixels: 0 };
        let mut made = None;
        let ended =
            self.ask(&[upload], &Task { limits, work: Work::Picture }, |heard| made = heard.file)?;
        Ok(match (ended, made) {
            (Some(Answer::Done), Some(picture)) => Ok(picture),
            (Some(Answer::Unfit(Misfit::Picture(bad))), _) => Err(bad.into()),
            _died => Err(BadFile::Unreadable),
        })
    }
}
