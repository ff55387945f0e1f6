//! The top of each page.

use super::content::ConventionContent;
use super::layout::{CODE, Draft, MARGIN, MEASURE, QUIET};
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::flow::Piece;
use crate::paper::outline::{ElementId, Role};
use crate::paper::sheet::{Area, Command, Draw, MM, WIDTH, line};
use crate::paper::square::Square;
use crate::paper::text::{Line, Span, Style, wrapped};

pub(super) const TOP: f32 = 13.0 * MM;
/// Where the text of the pages after the first begins.
pub(super) const NEXT_TOP: f32 = TOP + CODE + QUIET + 3.0 * MM;
/// Width beside the code.
const BESIDE: f32 = MEASURE - CODE - QUIET - 2.0 * MM;
/// The most room a logo takes, beside the title.
const LOGO: Area = Area::new(MARGIN, TOP, 34.0 * MM, CODE - 1.5 * MM);
const LOGO_GAP: f32 = 5.0 * MM;

/// The letterhead and the title; the height is where the text may begin.
pub(super) fn first_page(draft: &mut Draft<'_>) -> Piece {
    let mut commands = Vec::new();
    let x = logo(draft, &mut commands);
    let width = MARGIN + BESIDE - x;
    let [name, title, number] =
        [Role::Paragraph, Role::Title, Role::Paragraph].map(|role| Some(draft.outline.top(role)));
    commands.extend(lines(&letterhead(draft, width), x, TOP, name));

    let bottom = TOP + CODE;
    let style = Style::strong(21.0, draft.brand());
    let words = draft.wrapped("Convention de mini-stage", style, width);
    commands.extend(lines(&words, x, bottom - 14.2 * MM, title));
    let words = wrapped(draft.faces, &about(draft), width);
    let lines = words.iter().flat_map(|one| line(one, x, bottom - 4.4 * MM, &[number; 3]));
    commands.extend(lines);
    Piece { height: bottom + QUIET + 2.0 * MM, commands, ..Piece::default() }
}

/// Draws the logo; returns where the text beside it begins.
fn logo(draft: &mut Draft<'_>, commands: &mut Vec<Command>) -> f32 {
    let letterhead = &draft.content.letterhead;
    let Some(logo) = &letterhead.logo else {
        return MARGIN;
    };
    let alternative = french::typeset(&format!("Logo : {}", letterhead.name));
    let figure = draft.outline.figure(None, &alternative);
    let (width, height) = logo.stored.shape();
    let fitted = LOGO.fitting(width, height);
    let area = Area { x: MARGIN, ..fitted };
    let draw = Draw::Image { area, picture: logo.clone() };
    commands.push(Command { element: Some(figure), draw });
    MARGIN + area.width + LOGO_GAP
}

/// The name and what is under it: two lines in all. A long name takes both.
fn letterhead(draft: &Draft<'_>, width: f32) -> Vec<Line> {
    let letterhead = &draft.content.letterhead;
    let strong = Style::strong(11.0, Colour::INK);
    let short = draft.stands(&letterhead.name, strong, 1, width);
    let tagline = letterhead.tagline.as_deref().filter(|it| short && !it.trim().is_empty());
    let most = if tagline.is_some() { 1 } else { 2 };
    let mut words = draft.shortened(&letterhead.name, strong, most, width);
    let second = Style::regular(8.5, Colour::SECOND);
    words.extend(draft.shortened(tagline.unwrap_or_default(), second, 1, width));
    words
}

fn about(draft: &Draft<'_>) -> [Span; 3] {
    let content = draft.content;
    let second = Style::regular(9.5, Colour::SECOND);
    let issued = french::date(content.issued);
    [
        Span::new(&french::typeset("Convention n° "), second),
        Span::new(&content.reference, Style::strong(9.5, Colour::INK)),
        Span::new(&format!("{}  ·  établie le {issued}", version(content)), second),
    ]
}

/// « version 2 » of a convention that was made anew.
pub(super) fn version(content: &ConventionContent) -> String {
    match content.print {
        1 => String::new(),
        print => format!("  ·  version {print}"),
    }
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
    let mut commands = lines(&words, MARGIN, TOP, None);
    let rule = Area::new(MARGIN, TOP + CODE + QUIET, MEASURE, 0.6);
    commands.push(Command::decoration(Draw::Fill { area: rule, colour: Colour::LINE }));
    commands
}

/// The first of the two codes, at the top right.
pub(super) fn code(draft: &mut Draft<'_>, square: &Square, index: usize, count: usize) -> Command {
    let alternative = french::typeset(&format!(
        "Code de reconnaissance de la page {} sur {count}, convention n° {}",
        index + 1,
        draft.content.reference
    ));
    let element = draft.outline.figure(None, &alternative);
    let area = Area::new(WIDTH - MARGIN - CODE, TOP, CODE, CODE);
    Command { element: Some(element), draw: Draw::Code { area, square: square.clone() } }
}

fn lines(words: &[Line], x: f32, mut y: f32, element: Option<ElementId>) -> Vec<Command> {
    let mut commands = Vec::new();
    for word in words {
        commands.extend(line(word, x, y, &[element]));
        y += word.leading();
    }
    commands
}
