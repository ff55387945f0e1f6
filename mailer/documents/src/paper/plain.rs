//! Plain documents of the portal, without codes: their margins, columns, rules and feet.

use jiff::civil::Date;

use super::colour::Colour;
use super::face::{Face, Faces};
use super::flow::{Frames, Piece};
use super::outline::ElementId;
use super::sheet::{Area, Command, Draw, HEIGHT, MM, WIDTH, line};
use super::text::{Line, Span, Style, shortened, wrapped};
use crate::french;

/// Left and right of what is printed.
pub(crate) const MARGIN: f32 = 17.0 * MM;
/// The width of what is printed.
pub(crate) const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
const TOP: f32 = 15.0 * MM;
const FOOT: f32 = 18.0 * MM;

/// Where pieces stand on every page; `most` pages at most.
pub(crate) fn frames(most: usize) -> Frames {
    let bottom = HEIGHT - FOOT;
    Frames { first_top: TOP, next_top: TOP, bottom, last_bottom: bottom, most }
}

/// The lines of a text in one style.
pub(crate) fn lines(faces: &Faces, text: &str, style: Style, width: f32) -> Vec<Line> {
    wrapped(faces, &[Span::new(text, style)], width)
}

/// Lines below each other, `gap` below what was before.
pub(crate) fn column(lines: &[Line], element: ElementId, gap: f32) -> Vec<Piece> {
    lines
        .iter()
        .enumerate()
        .map(|(index, one)| Piece {
            height: one.leading(),
            gap: if index == 0 { gap } else { 0.0 },
            keep: false,
            commands: line(one, MARGIN, 0.0, &[Some(element)]),
        })
        .collect()
}

/// A line across the page.
pub(crate) fn rule(y: f32, thickness: f32, colour: Colour) -> Command {
    let area = Area::new(MARGIN, y, MEASURE, thickness);
    Command::decoration(Draw::Fill { area, colour })
}

/// Who issued the document and when, and which page it is: beside what is read aloud.
pub(crate) fn foot(
    faces: &Faces,
    (issuer, issued): (&str, Date),
    (index, count): (usize, usize),
) -> Vec<Command> {
    let baseline = HEIGHT - 10.0 * MM;
    let style = Style::regular(8.5, Colour::SECOND);
    let text = format!("{issuer}  ·  éditée le {}", french::date(issued));
    let width = MEASURE - 30.0 * MM;
    let words = shortened(faces, lines(faces, &text, style, width), 1, width);
    let page = format!("Page {}/{count}", index + 1);
    let x = MARGIN + MEASURE - faces.width(Face::Strong, 8.5, &page);
    let (face, size, colour) = (Face::Strong, 8.5, Colour::INK);
    let mut commands: Vec<Command> =
        words.iter().flat_map(|one| line(one, MARGIN, baseline - 9.0, &[None])).collect();
    commands.push(Command::decoration(Draw::Text { x, baseline, face, size, colour, text: page }));
    commands
}
