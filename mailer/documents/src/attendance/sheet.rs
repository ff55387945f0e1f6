//! Puts the attendance sheet on its pages.

use super::{AttendanceSheet, Attendee};
use crate::RenderFault;
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::face::Faces;
use crate::paper::flow::{Piece, paged};
use crate::paper::outline::{ElementId, Outline, Role};
use crate::paper::plain::{MARGIN, MEASURE, column, foot, frames, lines, rule};
use crate::paper::sheet::{Area, Command, Draw, MM, Sheets, line};
use crate::paper::text::Style;

const MOST_PAGES: usize = 60;
const PUPILS: [Column; 4] = [
    Column { title: "Élève", x: 0.0, width: 48.0 * MM, alternative: None },
    Column {
        title: "Établissement d’origine, classe",
        x: 51.0 * MM,
        width: 47.0 * MM,
        alternative: None,
    },
    Column {
        title: "Signature à l’arrivée",
        x: 101.0 * MM,
        width: 36.0 * MM,
        alternative: Some("Case à signer à l’arrivée"),
    },
    Column {
        title: "Signature au départ",
        x: 140.0 * MM,
        width: 36.0 * MM,
        alternative: Some("Case à signer au départ"),
    },
];
const ADULTS: [Column; 3] = [
    Column {
        title: "Nom et prénom",
        x: 0.0,
        width: 70.0 * MM,
        alternative: Some("Ligne pour le nom"),
    },
    Column {
        title: "Établissement, qualité",
        x: 73.0 * MM,
        width: 61.0 * MM,
        alternative: Some("Ligne pour l’établissement et la qualité"),
    },
    Column {
        title: "Signature",
        x: 137.0 * MM,
        width: 39.0 * MM,
        alternative: Some("Case à signer"),
    },
];
/// Rows for those who come with the pupils.
const ESCORTS: usize = 2;
const BOX: f32 = 11.0 * MM;
const PADDING: f32 = 1.2 * MM;
const LEADING: f32 = 12.5;

/// A column of a table; with an alternative it is to be filled in by hand.
#[derive(Debug, Clone, Copy)]
struct Column {
    title: &'static str,
    /// From the margin.
    x: f32,
    width: f32,
    alternative: Option<&'static str>,
}

struct Draft<'a> {
    sheet: &'a AttendanceSheet,
    faces: &'static Faces,
    outline: Outline,
}

pub(super) fn laid_out(sheet: &AttendanceSheet) -> Result<Sheets, RenderFault> {
    let mut draft = Draft { sheet, faces: Faces::load()?, outline: Outline::default() };
    let mut pieces = heading(&mut draft);
    pieces.extend(pupils(&mut draft));
    pieces.extend(adults(&mut draft));
    let mut pages = paged(pieces, frames(MOST_PAGES))?;
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        let issuer = (sheet.letterhead.name.as_str(), sheet.issued);
        page.extend(foot(draft.faces, issuer, (index, count)));
    }
    let day = french::long_date(sheet.visit.date);
    Ok(Sheets {
        title: format!("Feuille d’émargement du {day}"),
        author: sheet.letterhead.name.clone(),
        subject: format!("{}, le {day}", sheet.visit.formation),
        issued: sheet.issued,
        outline: draft.outline,
        pages,
    })
}

fn heading(draft: &mut Draft<'_>) -> Vec<Piece> {
    let visit = &draft.sheet.visit;
    let brand = draft.sheet.letterhead.colour;
    let room = visit.room.as_ref().map(|room| french::typeset(&format!("Salle : {room}")));
    let host = visit.teacher.as_ref().map(|name| french::typeset(&format!("Accueil : {name}")));
    let when = format!(
        "{}  ·  {}",
        french::long_date(visit.date),
        french::hours(visit.starts, visit.ends)
    );
    let facts: Vec<String> = [room, host].into_iter().flatten().collect();
    let parts = [
        (Role::Paragraph, visit.host.clone(), Style::strong(10.5, Colour::INK), 0.0),
        (Role::Title, "Feuille d’émargement".to_owned(), Style::strong(18.0, brand), 1.5 * MM),
        (Role::Paragraph, visit.formation.clone(), Style::strong(12.0, Colour::INK), 1.0 * MM),
        (Role::Paragraph, when, Style::strong(10.0, brand), 0.0),
        (Role::Paragraph, facts.join("  ·  "), Style::regular(10.0, Colour::INK), 0.0),
    ];
    let mut pieces = Vec::new();
    for (role, text, style, gap) in parts {
        if !text.is_empty() {
            let element = draft.outline.top(role);
            pieces.extend(column(&lines(draft.faces, &text, style, MEASURE), element, gap));
        }
    }
    pieces
}

fn pupils(draft: &mut Draft<'_>) -> Vec<Piece> {
    let sheet = draft.sheet;
    if sheet.pupils.is_empty() {
        let element = draft.outline.top(Role::Paragraph);
        let style = Style::regular(10.0, Colour::SECOND);
        let words = lines(draft.faces, "Aucun élève n’est attendu sur ce créneau.", style, MEASURE);
        return column(&words, element, 6.0 * MM);
    }
    let table = draft.outline.top(Role::Table);
    let mut pieces = vec![headers(draft, table, &PUPILS, 6.0 * MM)];
    for pupil in &sheet.pupils {
        pieces.extend(pupil_row(draft, table, pupil));
    }
    pieces
}

/// One pupil. What does not fit beside the boxes runs on below them.
fn pupil_row(draft: &mut Draft<'_>, table: ElementId, pupil: &Attendee) -> Vec<Piece> {
    let strong = Style::strong(10.0, Colour::INK).leading(LEADING);
    let regular = Style::regular(9.0, Colour::INK).leading(LEADING);
    let from: Vec<&str> = [Some(pupil.school.as_str()), pupil.class.as_deref()]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .collect();
    let texts = [(pupil.name.clone(), strong), (from.join(", "), regular)];
    row(draft, table, &PUPILS, &texts)
}

/// The rows of those who come with the pupils, and of who receives them.
fn adults(draft: &mut Draft<'_>) -> Vec<Piece> {
    let style = Style::strong(11.0, Colour::INK);
    let mut pieces = Vec::new();
    for (title, rows) in [("Accompagnateurs", ESCORTS), ("Responsable de l’accueil", 1)] {
        let section = draft.outline.top(Role::Section);
        let heading = draft.outline.under(section, Role::Heading);
        let table = draft.outline.under(section, Role::Table);
        pieces.extend(column(&lines(draft.faces, title, style, MEASURE), heading, 7.0 * MM));
        pieces.push(headers(draft, table, &ADULTS, 1.0 * MM));
        // A title never stands alone at the bottom of a page.
        for piece in pieces.iter_mut().rev().take(2) {
            piece.keep = true;
        }
        for _ in 0..rows {
            pieces.extend(row(draft, table, &ADULTS, &[]));
        }
    }
    pieces
}

fn headers(draft: &mut Draft<'_>, table: ElementId, columns: &[Column], gap: f32) -> Piece {
    let row = draft.outline.under(table, Role::Row);
    let style = Style::regular(8.0, Colour::SECOND).leading(11.0);
    let mut commands = Vec::new();
    for column in columns {
        let cell = draft.outline.under(row, Role::HeaderCell);
        for one in lines(draft.faces, column.title, style, column.width) {
            commands.extend(line(&one, MARGIN + column.x, 1.0 * MM, &[Some(cell)]));
        }
    }
    let height = 11.0 + 2.2 * MM;
    commands.push(rule(height - 0.8, 0.8, draft.sheet.letterhead.colour));
    Piece { height, gap, keep: true, commands }
}

/// One row: texts from the left, then boxes to fill in by hand. A long text takes several pieces.
fn row(
    draft: &mut Draft<'_>,
    table: ElementId,
    columns: &[Column],
    texts: &[(String, Style)],
) -> Vec<Piece> {
    let row = draft.outline.under(table, Role::Row);
    let mut commands = Vec::new();
    let mut cells = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let cell = draft.outline.under(row, Role::Cell);
        if let Some((text, style)) = texts.get(at) {
            cells.push((lines(draft.faces, text, *style, column.width), MARGIN + column.x, cell));
        } else if let Some(alternative) = column.alternative {
            let figure = draft.outline.figure(Some(cell), alternative);
            let area = Area::new(MARGIN + column.x, PADDING, column.width, BOX);
            let draw = Draw::Edge { area, colour: Colour::SECOND, thickness: 0.7 };
            commands.push(Command { element: Some(figure), draw });
        }
    }
    // As many lines as stand beside a box are one piece with it.
    for (at, y) in [(0, PADDING), (1, PADDING + LEADING)] {
        commands.extend(nth(&cells, at, y));
    }
    let count = cells.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0);
    let mut pieces = vec![Piece { height: BOX + 2.0 * PADDING, commands, ..Piece::default() }];
    for at in 2..count {
        let commands = nth(&cells, at, 0.0);
        pieces.push(Piece { height: LEADING, commands, ..Piece::default() });
    }
    if let Some(last) = pieces.last_mut() {
        last.height += 0.5;
        last.commands.push(rule(last.height - 0.5, 0.5, Colour::LINE));
    }
    pieces
}

/// Line `at` of each cell.
fn nth(
    cells: &[(Vec<crate::paper::text::Line>, f32, ElementId)],
    at: usize,
    y: f32,
) -> Vec<Command> {
    let one = |(lines, x, cell): &(Vec<_>, f32, ElementId)| {
        lines
            .get(at)
            .into_iter()
            .flat_map(|one| line(one, *x, y, &[Some(*cell)]))
            .collect::<Vec<_>>()
    };
    cells.iter().flat_map(one).collect()
}
