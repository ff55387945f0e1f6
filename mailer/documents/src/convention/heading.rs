//! The top of each page.

use super::layout::{CODE, Draft, MARGIN, MEASURE, QUIET};
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::flow::Piece;
use crate::paper::outline::Role;
use crate::paper::sheet::{Area, Command, Draw, MM, WIDTH, line};
use crate::paper::square::Square;
use crate::paper::text::{Line, Style};
use crate::picture::Picture;

const TOP: f32 = 13.0 * MM;
/// Where the text of the pages after the first begins.
pub(super) const NEXT_TOP: f32 = TOP + CODE + QUIET + 3.0 * MM;
/// Width beside the code.
const BESIDE: f32 = MEASURE - CODE - QUIET - 2.0 * MM;
const LOGO_HEIGHT: f32 = 13.0 * MM;

/// The letterhead and the title; the height is where the text may begin.
pub(super) fn first_page(draft: &mut Draft<'_>) -> Piece {
    let mut commands = letterhead(draft);
    let brand = draft.brand();
    let title = draft.outline.top(Role::Title);
    let number = draft.outline.top(Role::Paragraph);
    let bottom = TOP + CODE;

    let words = draft.wrapped("Convention de mini-stage", Style::strong(21.0, brand), BESIDE);
    commands.extend(lines(&words, bottom - 12.8 * MM, Some(title)));
    let content = draft.content;
    let about = french::typeset(&format!(
        "Convention n° {}  ·  établie le {}",
        content.reference,
        french::date(content.issued)
    ));
    let about = draft.wrapped(&about, Style::regular(9.5, Colour::SECOND), BESIDE);
    commands.extend(lines(&about, bottom - 3.6 * MM, Some(number)));
    let rule = Area::new(MARGIN, bottom + QUIET, MEASURE, 1.0);
    commands.push(Command::decoration(Draw::Fill { area: rule, colour: brand }));
    Piece { height: bottom + QUIET + 4.5 * MM, commands, ..Piece::default() }
}

fn letterhead(draft: &mut Draft<'_>) -> Vec<Command> {
    let content = draft.content;
    let mut commands = Vec::new();
    let mut x = MARGIN;
    if let Some(logo) = &content.letterhead.logo {
        let figure = draft
            .outline
            .figure(None, &french::typeset(&format!("Logo : {}", content.letterhead.name)));
        let area = logo_area(logo);
        x += area.width + 4.0 * MM;
        let draw = Draw::Image { area, picture: logo.clone() };
        commands.push(Command { element: Some(figure), draw });
    }
    let width = MARGIN + BESIDE - x;
    let name = Style::strong(11.0, Colour::INK);
    let mut words = draft.shortened(&content.letterhead.name, name, 2, width);
    if let Some(tagline) = &content.letterhead.tagline {
        let style = Style::regular(8.5, Colour::SECOND);
        words.extend(draft.shortened(tagline, style, 3 - words.len().min(2), width));
    }
    let height: f32 = words.iter().map(Line::leading).sum();
    let element = draft.outline.top(Role::Paragraph);
    let mut y = TOP + ((LOGO_HEIGHT - height) / 2.0).max(0.0);
    if content.letterhead.logo.is_none() {
        y = TOP;
    }
    for word in &words {
        commands.extend(line(word, x, y, &[Some(element)]));
        y += word.leading();
    }
    commands
}

fn logo_area(logo: &Picture) -> Area {
    let shape = logo.stored.shape();
    let fitted = Area::new(0.0, 0.0, 42.0 * MM, LOGO_HEIGHT).fitting(shape.0, shape.1);
    let y = TOP + (LOGO_HEIGHT - fitted.height) / 2.0;
    Area::new(MARGIN, y, fitted.width, fitted.height)
}

/// The top of the other pages recalls which document this is. It repeats what
/// the first page said, so it is decoration to a screen reader.
pub(super) fn next_page(draft: &Draft<'_>) -> Vec<Command> {
    let content = draft.content;
    let brand = draft.brand();
    let title = french::typeset(&format!("Convention n° {} (suite)", content.reference));
    let placement = french::typeset(&format!(
        "{}, {}",
        french::long_date(content.placement.date),
        french::hours(content.placement.starts, content.placement.ends)
    ));
    let second = Style::regular(9.0, Colour::SECOND);
    let mut words = draft.shortened(&title, Style::strong(11.0, brand), 1, BESIDE);
    words.extend(draft.shortened(&content.pupil.name, Style::strong(9.5, Colour::INK), 1, BESIDE));
    words.extend(draft.shortened(&content.placement.formation, second, 1, BESIDE));
    words.extend(draft.shortened(&placement, second, 1, BESIDE));
    words.extend(draft.shortened(&content.letterhead.name, second, 1, BESIDE));
    let mut commands = lines(&words, TOP, None);
    let rule = Area::new(MARGIN, TOP + CODE + QUIET, MEASURE, 0.6);
    commands.push(Command::decoration(Draw::Fill { area: rule, colour: Colour::LINE }));
    commands
}

/// The first of the two codes, at the top right.
pub(super) fn code(
    draft: &mut Draft<'_>,
    square: &Square,
    index: usize,
    count: usize,
) -> Option<Command> {
    let alternative = french::typeset(&format!(
        "Code de reconnaissance de la page {} sur {count}, convention n° {}",
        index + 1,
        draft.content.reference
    ));
    let element = draft.outline.figure(None, &alternative);
    let area = Area::new(WIDTH - MARGIN - CODE, TOP, CODE, CODE);
    Some(Command { element: Some(element), draw: Draw::Code { area, square: square.clone() } })
}

fn lines(
    words: &[Line],
    mut y: f32,
    element: Option<crate::paper::outline::ElementId>,
) -> Vec<Command> {
    let mut commands = Vec::new();
    for word in words {
        commands.extend(line(word, MARGIN, y, &[element]));
        y += word.leading();
    }
    commands
}
