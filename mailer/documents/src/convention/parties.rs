//! The four parties, two by two.

use super::content::School;
use super::layout::{Draft, MARGIN, MEASURE};
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::flow::Piece;
use crate::paper::outline::{ElementId, Role};
use crate::paper::sheet::{Area, Command, Draw, MM, line};
use crate::paper::text::{Line, Style};

const GUTTER: f32 = 8.0 * MM;
const COLUMN: f32 = (MEASURE - GUTTER) / 2.0;
const DETAIL: Style = Style::regular(9.0, Colour::SECOND).leading(12.4);
/// What is left to be filled in by hand.
const BLANK: &str = "………………………………………";

pub(super) fn pieces(draft: &mut Draft<'_>) -> Vec<Piece> {
    let content = draft.content;
    let origin = school(draft, "Établissement d’origine", &content.origin);
    let host = school(draft, "Établissement d’accueil", &content.host);
    let pupil = pupil(draft);
    let guardian = guardian(draft);
    let mut pieces = beside(draft.brand(), &origin, &host, 0.0);
    pieces.extend(beside(draft.brand(), &pupil, &guardian, 3.4 * MM));
    pieces
}

/// The lines of one party, each with its element.
type Card = Vec<(Line, ElementId)>;

fn school(draft: &mut Draft<'_>, label: &str, school: &School) -> Card {
    let represented = school.head.as_ref().map(|head| format!("Représenté par {head}"));
    let uai = school.uai.as_ref().map(|uai| format!("UAI : {uai}"));
    let contact = [uai, school.phone.clone(), school.email.clone()];
    let details = [school.address.clone(), represented].into_iter().flatten();
    let details = details.chain(joined(draft, contact)).collect();
    card(draft, label, &school.name, details)
}

fn pupil(draft: &mut Draft<'_>) -> Card {
    let pupil = &draft.content.pupil;
    let born = pupil.born.map(|born| format!("Né(e) le {}", french::date(born)));
    let class = pupil.class.as_ref().map(|class| format!("Classe : {class}"));
    let details = joined(draft, [born, class]);
    card(draft, "Élève", &pupil.name, details)
}

fn guardian(draft: &mut Draft<'_>) -> Card {
    let guardian = &draft.content.guardian;
    let to_fill = draft.signing.is_none();
    let unknown = || if to_fill { format!("Nom : {BLANK}") } else { "Non renseigné".to_owned() };
    let name = guardian.name.clone().unwrap_or_else(unknown);
    let mut contact = joined(draft, [guardian.phone.clone(), guardian.email.clone()]);
    if contact.is_empty() && to_fill {
        contact.push(format!("Téléphone : {BLANK}"));
    }
    card(draft, "Responsable légal", &name, contact)
}

/// The parts side by side, on as few lines as they take; none of them is broken that fits a line.
fn joined<const N: usize>(draft: &Draft<'_>, parts: [Option<String>; N]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts.into_iter().flatten().filter(|part| !part.trim().is_empty()) {
        let longer = lines.last().map(|line| format!("{line}  ·  {part}"));
        match (lines.last_mut(), longer) {
            (Some(line), Some(longer))
                if draft.stands(&french::typeset(&longer), DETAIL, 1, COLUMN) =>
            {
                *line = longer;
            }
            _no_room => lines.push(part),
        }
    }
    lines
}

fn card(draft: &mut Draft<'_>, label: &str, name: &str, details: Vec<String>) -> Card {
    let brand = draft.brand();
    let section = draft.outline.top(Role::Section);
    let mut card = Vec::new();
    let mut add = |draft: &mut Draft<'_>, role: Role, text: &str, style: Style| {
        let element = draft.outline.under(section, role);
        let lines = draft.wrapped(text, style, COLUMN);
        card.extend(lines.into_iter().map(|line| (line, element)));
    };
    add(draft, Role::Heading, label, Style::strong(8.0, brand).leading(13.5));
    let strong = Style::strong(11.0, Colour::INK).leading(14.5);
    add(draft, Role::Paragraph, name, strong);
    for detail in details {
        let detail = french::typeset(&detail);
        let style = if detail.contains('@') { on_one_line(draft, &detail) } else { DETAIL };
        add(draft, Role::Paragraph, &detail, style);
    }
    card
}

/// Small enough not to break a mail address, as long as it can be read.
fn on_one_line(draft: &Draft<'_>, detail: &str) -> Style {
    let one = (COLUMN, DETAIL.leading);
    draft.fitting(detail, DETAIL, 7.5, one).unwrap_or(DETAIL)
}

/// Two cards side by side, line by line, so that even endless ones run on to
/// the next page.
fn beside(colour: Colour, left: &Card, right: &Card, gap: f32) -> Vec<Piece> {
    let rows = left.len().max(right.len());
    let short = rows <= 12;
    let columns = [(left, MARGIN), (right, MARGIN + COLUMN + GUTTER)];
    let mut pieces = Vec::new();
    for row in 0..rows {
        let lines =
            columns.map(|(card, x)| card.get(row).map(|(line, element)| (line, *element, x)));
        let height = lines.iter().flatten().map(|(line, ..)| line.leading()).fold(0.0, f32::max);
        let mut commands: Vec<Command> = lines
            .into_iter()
            .flatten()
            .flat_map(|(one, element, x)| line(one, x, 0.0, &[Some(element)]))
            .collect();
        if row == 0 {
            commands.extend(columns.map(|(_, x)| rule(colour, x)));
        }
        let gap = if row == 0 { gap } else { 0.0 };
        pieces.push(Piece { height, gap, keep: row + 1 < rows && (short || row < 2), commands });
    }
    pieces
}

fn rule(colour: Colour, x: f32) -> Command {
    let area = Area::new(x, -0.8 * MM, COLUMN, 0.75);
    Command::decoration(Draw::Fill { area, colour })
}
