//! Puts the list of the day on its pages.

use super::{DayList, Expected, Slot};
use crate::RenderFault;
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::face::Faces;
use crate::paper::flow::{Piece, paged};
use crate::paper::outline::{ElementId, Outline, Role};
use crate::paper::plain::{MARGIN, MEASURE, column, foot, frames, lines, rule};
use crate::paper::sheet::{Area, Command, Draw, MM, Sheets, line};
use crate::paper::text::{Line, Style};

const MOST_PAGES: usize = 60;
/// Left edge and width of each column, from the margin.
const COLUMNS: [(f32, f32); 4] =
    [(0.0, 56.0 * MM), (59.0 * MM, 58.0 * MM), (120.0 * MM, 36.0 * MM), (159.0 * MM, 17.0 * MM)];
const HEADERS: [&str; 4] = ["Élève", "Établissement d’origine", "Remarque", "Présence"];
const PADDING: f32 = 1.9 * MM;
const BOX: f32 = 4.2 * MM;

struct Draft<'a> {
    list: &'a DayList,
    faces: &'static Faces,
    outline: Outline,
}

impl Draft<'_> {
    fn wrapped(&self, text: &str, style: Style, width: f32) -> Vec<Line> {
        lines(self.faces, text, style, width)
    }
}

pub(super) fn laid_out(list: &DayList) -> Result<Sheets, RenderFault> {
    let mut draft = Draft { list, faces: Faces::load()?, outline: Outline::default() };
    let mut pieces = heading(&mut draft);
    for slot in &list.slots {
        pieces.extend(self::slot(&mut draft, slot));
    }
    if list.slots.iter().all(|slot| slot.pupils.is_empty()) {
        let style = Style::regular(10.0, Colour::SECOND);
        let words = draft.wrapped("Aucun élève n’est attendu ce jour.", style, MEASURE);
        let element = draft.outline.top(Role::Paragraph);
        pieces.extend(column(&words, element, 8.0 * MM));
    }
    let mut pages = paged(pieces, frames(MOST_PAGES))?;
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        let issuer = (list.letterhead.name.as_str(), list.issued);
        page.extend(foot(draft.faces, issuer, (index, count)));
    }
    let day = french::long_date(list.date);
    Ok(Sheets {
        title: format!("Liste du {day}"),
        author: list.letterhead.name.clone(),
        subject: format!("Élèves attendus le {day}"),
        issued: list.issued,
        outline: draft.outline,
        pages,
    })
}

fn heading(draft: &mut Draft<'_>) -> Vec<Piece> {
    let list = draft.list;
    let brand = list.letterhead.colour;
    let expected: usize = list.slots.iter().map(|slot| slot.pupils.len()).sum();
    let count = match expected {
        0 | 1 => format!("{expected} élève attendu"),
        many => format!("{many} élèves attendus"),
    };
    let title = format!("Élèves attendus le {}", french::long_date(list.date));
    let second = Style::regular(9.5, Colour::SECOND);
    let host = draft.wrapped(&list.host, Style::strong(10.5, Colour::INK), MEASURE);
    let title = draft.wrapped(&title, Style::strong(18.0, brand), MEASURE);
    let count = draft.wrapped(&count, second, MEASURE);
    let [first, heading, below] =
        [Role::Paragraph, Role::Title, Role::Paragraph].map(|role| draft.outline.top(role));
    let mut pieces = column(&host, first, 0.0);
    pieces.extend(column(&title, heading, 1.5 * MM));
    pieces.extend(column(&count, below, 0.5 * MM));
    pieces
}

/// The slot's own line, the headers, one row for each pupil.
fn slot(draft: &mut Draft<'_>, slot: &Slot) -> Vec<Piece> {
    if slot.pupils.is_empty() {
        return Vec::new();
    }
    let brand = draft.list.letterhead.colour;
    let section = draft.outline.top(Role::Section);
    let heading = draft.outline.under(section, Role::Heading);
    let about = draft.outline.under(section, Role::Paragraph);
    let strong = Style::strong(12.0, Colour::INK);
    let formation = draft.wrapped(&slot.formation, strong, MEASURE);
    let room = slot.room.as_ref().map(|room| french::typeset(&format!("Salle : {room}")));
    let parts = [Some(french::hours(slot.starts, slot.ends)), room, slot.teacher.clone()];
    let facts: Vec<String> = parts.into_iter().flatten().collect();
    let facts = draft.wrapped(&facts.join("  ·  "), Style::strong(9.5, brand), MEASURE);
    let mut pieces = column(&formation, heading, 7.5 * MM);
    pieces.extend(column(&facts, about, 0.0));
    let table = draft.outline.under(section, Role::Table);
    pieces.push(headers(draft, table));
    // A slot's title never stands alone at the bottom of a page.
    for piece in &mut pieces {
        piece.keep = true;
    }
    for pupil in &slot.pupils {
        pieces.extend(row(draft, table, pupil));
    }
    pieces
}

fn headers(draft: &mut Draft<'_>, table: ElementId) -> Piece {
    let row = draft.outline.under(table, Role::Row);
    let style = Style::regular(8.0, Colour::SECOND).leading(11.0);
    let mut commands = Vec::new();
    for (title, (x, width)) in HEADERS.into_iter().zip(COLUMNS) {
        let cell = draft.outline.under(row, Role::HeaderCell);
        for one in draft.wrapped(title, style, width) {
            commands.extend(line(&one, MARGIN + x, 1.0 * MM, &[Some(cell)]));
        }
    }
    let height = 11.0 + 2.2 * MM;
    commands.push(rule(height - 0.8, 0.8, draft.list.letterhead.colour));
    Piece { height, gap: 1.0 * MM, commands, ..Piece::default() }
}

/// One pupil. Long texts take several pieces, so that they run on.
fn row(draft: &mut Draft<'_>, table: ElementId, pupil: &Expected) -> Vec<Piece> {
    let row = draft.outline.under(table, Role::Row);
    let regular = Style::regular(9.5, Colour::INK).leading(13.0);
    let remark = Style::regular(8.5, Colour::SECOND).leading(13.0);
    let strong = Style::strong(10.0, Colour::INK).leading(13.0);
    let note = pupil.remark.clone().unwrap_or_default();
    let texts = [(&pupil.name, strong), (&pupil.school, regular), (&note, remark)];
    let mut cells = Vec::new();
    for ((text, style), (x, width)) in texts.into_iter().zip(COLUMNS) {
        let cell = draft.outline.under(row, Role::Cell);
        cells.push((draft.wrapped(text, style, width), MARGIN + x, cell));
    }
    let presence = draft.outline.under(row, Role::Cell);
    let figure = draft.outline.figure(Some(presence), "Case à cocher");
    let count = cells.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0).max(1);
    let mut pieces = Vec::new();
    for index in 0..count {
        let (first, last) = (index == 0, index + 1 == count);
        let above = if first { PADDING } else { 0.0 };
        let mut height = above + 13.0;
        let mut commands = Vec::new();
        for (lines, x, cell) in &cells {
            let words = lines.get(index).into_iter();
            commands.extend(words.flat_map(|one| line(one, *x, above, &[Some(*cell)])));
        }
        if first {
            commands.push(Command { element: Some(figure), draw: tick_box(above) });
        }
        if last {
            height += PADDING;
            commands.push(rule(height - 0.5, 0.5, Colour::LINE));
        }
        pieces.push(Piece { height, gap: 0.0, keep: !last && count <= 6, commands });
    }
    pieces
}

fn tick_box(above: f32) -> Draw {
    let x = MARGIN + COLUMNS.last().map_or(0.0, |column| column.0) + 3.5 * MM;
    let area = Area::new(x, above + (13.0 - BOX) / 2.0, BOX, BOX);
    Draw::Edge { area, colour: Colour::SECOND, thickness: 0.9 }
}
