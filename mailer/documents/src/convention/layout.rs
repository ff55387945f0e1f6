//! Puts the parts of a convention on its pages: on one page when they fit
//! there, otherwise with more air on several.

use super::content::ConventionContent;
use super::{MOST_PAGES, articles, closing, heading, parties, placement};
use crate::RenderFault;
use crate::codes::{self, PageCode};
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::face::Faces;
use crate::paper::flow::{Frames, Piece, paged};
use crate::paper::outline::Outline;
use crate::paper::sheet::{Command, HEIGHT, MM, Sheets, WIDTH};
use crate::paper::square::Square;
use crate::paper::text::{Line, Span, Style, shortened, wrapped};

/// Left and right margin.
pub(super) const MARGIN: f32 = 17.0 * MM;
/// Width between the margins.
pub(super) const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
/// Side of a page code, and the white it needs around it.
pub(super) const CODE: f32 = 25.0 * MM;
pub(super) const QUIET: f32 = 4.0 * MM;

/// What every part needs to draw itself.
pub(super) struct Draft<'a> {
    pub content: &'a ConventionContent,
    pub faces: &'static Faces,
    pub outline: Outline,
    pub density: Density,
}

/// How much air there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Density {
    /// All on one page: the articles stand in two columns.
    Dense,
    /// On several pages.
    Airy,
}

impl Draft<'_> {
    pub(super) fn brand(&self) -> Colour {
        self.content.letterhead.colour
    }

    pub(super) fn wrapped(&self, text: &str, style: Style, width: f32) -> Vec<Line> {
        wrapped(self.faces, &[Span::new(text, style)], width)
    }

    /// At most so many lines, the last one cut with « … ».
    pub(super) fn shortened(&self, text: &str, style: Style, most: usize, width: f32) -> Vec<Line> {
        shortened(self.faces, self.wrapped(text, style, width), most, width)
    }
}

pub(super) fn laid_out(content: &ConventionContent, key: &[u8]) -> Result<Sheets, RenderFault> {
    if !codes::is_reference(&content.reference) {
        return Err(RenderFault::BadReference);
    }
    match draft(content, key, Density::Dense) {
        Ok(sheets) if sheets.pages.len() == 1 => Ok(sheets),
        _longer => draft(content, key, Density::Airy),
    }
}

fn draft(content: &ConventionContent, key: &[u8], density: Density) -> Result<Sheets, RenderFault> {
    let faces = Faces::load()?;
    let mut draft = Draft { content, faces, outline: Outline::default(), density };
    let first = heading::first_page(&mut draft);
    let mut pieces = parties::pieces(&mut draft);
    pieces.extend(placement::pieces(&mut draft));
    pieces.extend(articles::pieces(&mut draft));
    pieces.extend(articles::notes(&mut draft));
    let bodies = paged(pieces, frames(&first))?;
    let signatures = closing::signatures(&mut draft);
    let codes = codes(content, key, bodies.len())?;

    let count = bodies.len();
    let mut pages = Vec::new();
    for (index, (body, square)) in bodies.into_iter().zip(codes).enumerate() {
        let (top, last) = (index == 0, index + 1 == count);
        let mut page: Vec<Command> =
            if top { first.commands.clone() } else { heading::next_page(&draft) };
        page.push(heading::code(&mut draft, &square, index, count));
        page.extend(body);
        if last {
            page.extend(signatures.clone());
        }
        page.extend(closing::foot(&draft, &square, index, count));
        pages.push(page);
    }
    Ok(Sheets {
        title: format!("Convention de mini-stage n° {}", content.reference),
        author: content.letterhead.name.clone(),
        subject: format!("Mini-stage du {}", french::date(content.placement.date)),
        issued: content.issued,
        outline: draft.outline,
        pages,
    })
}

fn frames(first: &Piece) -> Frames {
    Frames {
        first_top: first.height,
        next_top: heading::NEXT_TOP,
        bottom: HEIGHT - closing::FOOT,
        last_bottom: HEIGHT - closing::SIGNATURES,
        most: MOST_PAGES,
    }
}

/// The code of each page.
fn codes(
    content: &ConventionContent,
    key: &[u8],
    count: usize,
) -> Result<Vec<Square>, RenderFault> {
    let pages = u8::try_from(count).map_err(|_| RenderFault::TooLong { most: MOST_PAGES })?;
    (1..=pages)
        .map(|page| PageCode { reference: content.reference.clone(), page, pages })
        .map(|code| Square::of(&codes::encode(&code, key)))
        .collect()
}
