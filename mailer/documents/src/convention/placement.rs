//! The placement itself, on a band of its own: what people look for first.

use super::layout::{Draft, MARGIN, MEASURE};
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::flow::Piece;
use crate::paper::outline::{ElementId, Role};
use crate::paper::sheet::{Area, Command, Draw, MM, line};
use crate::paper::text::{Line, Style};

const INSET: f32 = 4.5 * MM;
const GUTTER: f32 = 5.0 * MM;
const BAR: f32 = 1.1 * MM;

pub(super) fn pieces(draft: &mut Draft<'_>) -> Vec<Piece> {
    let content = draft.content;
    let section = draft.outline.top(Role::Section);
    let heading = draft.outline.under(section, Role::Heading);
    let formation = draft.outline.under(section, Role::Paragraph);
    let width = MEASURE - 2.0 * INSET;
    let brand = draft.brand();

    let mut rows = vec![Vec::new()];
    let label = draft.wrapped("Mini-stage", Style::strong(8.0, brand).leading(13.0), width);
    rows.extend(label.into_iter().map(|line| vec![(line, MARGIN + INSET, heading)]));
    let style = Style::strong(13.0, Colour::INK).leading(19.0);
    let name = draft.wrapped(&content.placement.formation, style, width);
    rows.extend(name.into_iter().map(|line| vec![(line, MARGIN + INSET, formation)]));
    let facts = facts(draft);
    let list = draft.outline.under(section, Role::List);
    rows.extend(grid(draft, list, &facts, width));
    rows.push(Vec::new());
    banded(draft, rows)
}

/// What there is to know, each with its label and its share of the width.
fn facts(draft: &Draft<'_>) -> Vec<(&'static str, String, f32)> {
    let placement = &draft.content.placement;
    let date = french::unbroken(&french::long_date(placement.date));
    let hours = french::hours(placement.starts, placement.ends);
    let mut place = placement.place.clone().unwrap_or_else(|| draft.content.host.name.clone());
    if let Some(room) = &placement.room {
        place = format!("{place}\n{}", french::typeset(&format!("Salle : {room}")));
    }
    let mut facts =
        vec![("Date et horaires", format!("{date}\n{hours}"), 1.15), ("Lieu", place, 1.5)];
    facts.extend(placement.teacher.clone().map(|teacher| ("Enseignant ou tuteur", teacher, 1.0)));
    facts
}

type Row = Vec<(Line, f32, ElementId)>;

/// The facts side by side: labels, then values, line by line.
fn grid(
    draft: &mut Draft<'_>,
    list: ElementId,
    facts: &[(&'static str, String, f32)],
    width: f32,
) -> Vec<Row> {
    let shares: f32 = facts.iter().map(|fact| fact.2).sum();
    let gutters: f32 = facts.iter().skip(1).map(|_| GUTTER).sum();
    let mut x = MARGIN + INSET;
    let mut rows: Vec<Row> = Vec::new();
    for (label, value, share) in facts {
        let column = (width - gutters) * share / shares;
        let item = draft.outline.under(list, Role::Item);
        let parts = [
            (Role::Label, *label, Style::regular(8.0, Colour::SECOND).leading(13.0)),
            (Role::Body, value, Style::strong(9.5, Colour::INK).leading(12.8)),
        ];
        let mut at = 0;
        for (role, text, style) in parts {
            let element = draft.outline.under(item, role);
            for line in draft.wrapped(text, style, column) {
                if rows.len() == at {
                    rows.push(Row::new());
                }
                rows.iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|row| row.push((line.clone(), x, element)));
                at += 1;
            }
        }
        x += column + GUTTER;
    }
    rows
}

fn banded(draft: &Draft<'_>, rows: Vec<Row>) -> Vec<Piece> {
    let brand = draft.brand();
    let count = rows.len();
    let short = count <= 14;
    let mut pieces = Vec::new();
    for (index, row) in rows.into_iter().enumerate() {
        let height = row.iter().map(|(line, ..)| line.leading()).fold(0.0, f32::max);
        let height = if row.is_empty() { 2.0 * MM } else { height };
        let whole = Area::new(MARGIN, 0.0, MEASURE, height);
        let bar = Area::new(MARGIN, 0.0, BAR, height);
        let mut commands = vec![
            Command::decoration(Draw::Fill { area: whole, colour: brand.soft() }),
            Command::decoration(Draw::Fill { area: bar, colour: brand }),
        ];
        for (one, x, element) in &row {
            commands.extend(line(one, *x, 0.0, &[Some(*element)]));
        }
        let gap = if index == 0 { 4.0 * MM } else { 0.0 };
        let keep = index + 1 < count && (short || index < 3 || index + 2 == count);
        pieces.push(Piece { height, gap, keep, commands });
    }
    pieces
}
