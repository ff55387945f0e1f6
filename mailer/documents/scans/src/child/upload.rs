//! What is uploaded by itself: is it a PDF that can be kept, photographs of the
//! pages of one, a picture that documents embed? Somebody waits for the answer.

use std::io::{self, Read, Write};

use documents::deposit::{self, inspect};
use documents::{photographs, picture};
use jiff::civil::Date;

use super::answer::{Answer, Misfit};
use super::limit;
use super::work::{ChildFault, file, part, say};
use crate::Limits;

/// Whether the PDF can be kept.
pub(super) fn kept(
    input: &mut impl Read,
    limits: &Limits,
    output: &mut impl Write,
) -> Result<Answer, ChildFault> {
    limit::look()?;
    let taken = deposit::Limits { bytes: limits.bytes, pages: limits.pages };
    match inspect(&file(input, limits)?, &taken) {
        Ok(inspection) => {
            say(output, &Answer::Kept { pages: inspection.pages })?;
            Ok(Answer::Done)
        }
        Err(bad) => Ok(Answer::Unfit(Misfit::Deposit(bad))),
    }
}

/// Makes one PDF of photographs of these lengths.
pub(super) fn bound(
    input: &mut impl Read,
    lengths: &[usize],
    issued: Date,
    output: &mut impl Write,
) -> Result<Answer, ChildFault> {
    limit::bind()?;
    let mut pages = Vec::with_capacity(lengths.len());
    for (at, length) in lengths.iter().enumerate() {
        match photographs::accept(&next(input, *length)?) {
            Ok(page) => pages.push(page),
            Err(bad) => return Ok(Answer::Unfit(Misfit::Photograph { at, bad })),
        }
        say(output, &Answer::Photograph)?;
    }
    part(output, &photographs::bind(&pages, issued)?)?;
    Ok(Answer::Done)
}

/// Makes the picture what documents embed.
pub(super) fn embeddable(
    input: &mut impl Read,
    limits: &Limits,
    output: &mut impl Write,
) -> Result<Answer, ChildFault> {
    limit::look()?;
    match picture::accept(&file(input, limits)?) {
        Ok(picture) => {
            part(output, picture.bytes())?;
            Ok(Answer::Done)
        }
        Err(bad) => Ok(Answer::Unfit(Misfit::Picture(bad))),
    }
}

fn next(input: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut file = Vec::new();
    input.take(length as u64).read_to_end(&mut file)?;
    Ok(file)
}
