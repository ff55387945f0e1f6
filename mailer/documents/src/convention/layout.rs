//! Puts the parts of a convention on its pages: with air when that is one page
//! or when it takes several all the same, otherwise densely on one.

use super::content::ConventionContent;
use super::signing::Signing;
use super::{MOST_PAGES, articles, closing, evidence, heading, parties, placement};
use crate::RenderFault;
use crate::codes::{self, PageCode};
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::face::Faces;
use crate::paper::flow::{Frames, Piece, paged};
use crate::paper::outline::Outline;
use crate::paper::sheet::{Command, HEIGHT, MM, Sheets, WIDTH};
use crate::paper::square::Square;
use crate::paper::text::{Line, Span, Style, shortened, stands, wrapped};

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
    /// What was signed online, if the document is to show it.
    pub signing: Option<&'a Signing>,
    pub faces: &'static Faces,
    pub outline: Outline,
    pub density: Density,
}

/// How much air there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Density {
    /// All on one page that would else be two: the articles stand in two columns.
    Dense,
    /// In a larger type, on as many pages as it takes.
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

    /// Whether the text stands on so many lines, and no word of it is cut.
    pub(super) fn stands(&self, text: &str, style: Style, most: usize, width: f32) -> bool {
        stands(self.faces, &Span::new(text, style), most, width)
    }

    /// The style, or the largest smaller one down to `least` points, in which the text stands in
    /// an area of that size; `None` if it stands in none.
    pub(super) fn fitting(
        &self,
        text: &str,
        style: Style,
        least: f32,
        (width, height): (f32, f32),
    ) -> Option<Style> {
        const STEP: f32 = 0.5;
        let smaller = std::iter::successors(Some(style), |last| {
            let size = last.size - STEP;
            let leading = last.leading / last.size * size;
            (size >= least).then_some(Style { size, leading, ..*last })
        });
        smaller.into_iter().find(|style| {
            let lines = self.wrapped(text, *style, width);
            let taken: f32 = lines.iter().map(Line::leading).sum();
            taken <= height && self.stands(text, *style, lines.len(), width)
        })
    }
}

/// Where a page stands in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub index: usize,
    pub count: usize,
    /// The page that holds the boxes to sign in.
    signatures: usize,
}

impl Place {
    pub(super) fn holds_signatures(self) -> bool {
        self.index == self.signatures
    }
}

/// The document; with what was signed online, filled boxes and a page of proof.
pub(super) fn laid_out(
    content: &ConventionContent,
    signing: Option<&Signing>,
    key: &[u8],
) -> Result<Sheets, RenderFault> {
    if !codes::is_reference(&content.reference) {
        return Err(RenderFault::BadReference);
    }
    let faces = Faces::load()?;
    let draft = |density| Draft { content, signing, faces, outline: Outline::default(), density };
    let mut airy = draft(Density::Airy);
    let roomy = text(&mut airy)?;
    if roomy.bodies.len() > 1 {
        let mut dense = draft(Density::Dense);
        let tight = text(&mut dense)?;
        if tight.bodies.len() == 1 {
            return bound(dense, tight, key);
        }
    }
    bound(airy, roomy, key)
}

/// The text set in pages, and what opens and closes it.
struct Text {
    first: Piece,
    bodies: Vec<Vec<Command>>,
    signatures: Vec<Command>,
}

fn text(draft: &mut Draft<'_>) -> Result<Text, RenderFault> {
    let first = heading::first_page(draft);
    let mut pieces = parties::pieces(draft);
    pieces.extend(placement::pieces(draft));
    pieces.extend(articles::pieces(draft));
    pieces.extend(articles::notes(draft));
    let bodies = paged(pieces, frames(&first))?;
    let signatures = closing::signatures(draft);
    Ok(Text { first, bodies, signatures })
}

/// All pages, each with its head, its codes and its foot.
fn bound(mut draft: Draft<'_>, text: Text, key: &[u8]) -> Result<Sheets, RenderFault> {
    let signatures = text.bodies.len().saturating_sub(1);
    let mut bodies = text.bodies;
    bodies.extend(proof(&mut draft)?);
    let content = draft.content;
    let count = bodies.len();
    let mut pages = Vec::new();
    for (index, (body, square)) in bodies.into_iter().zip(codes(content, key, count)?).enumerate() {
        let place = Place { index, count, signatures };
        let mut page: Vec<Command> =
            if index == 0 { text.first.commands.clone() } else { heading::next_page(&draft) };
        page.push(heading::code(&mut draft, &square, index, count));
        page.extend(body);
        if place.holds_signatures() {
            page.extend(text.signatures.clone());
        }
        page.extend(closing::foot(&draft, &square, place));
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

/// The pages of proof, none when nothing was signed online.
fn proof(draft: &mut Draft<'_>) -> Result<Vec<Vec<Command>>, RenderFault> {
    let Some(signing) = draft.signing else {
        return Ok(Vec::new());
    };
    let bottom = HEIGHT - closing::FOOT;
    let top = heading::NEXT_TOP;
    let frames =
        Frames { first_top: top, next_top: top, bottom, last_bottom: bottom, most: MOST_PAGES };
    paged(evidence::pieces(draft, signing)?, frames)
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
        .map(|page| {
            let reference = content.reference.clone();
            PageCode { reference, page, pages, print: content.print }
        })
        .map(|code| Square::of(&codes::encode(&code, key)))
        .collect()
}
