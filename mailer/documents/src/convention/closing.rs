//! The bottom of each page: the second code, the number of the page and, on
//! the last one of the text, what stands above the four boxes to sign in.

use super::boxes::boxes;
use super::layout::{CODE, Draft, MARGIN, MEASURE, Place, QUIET};
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::face::Face;
use crate::paper::outline::{ElementId, Role};
use crate::paper::sheet::{Area, Command, Draw, HEIGHT, MM, line};
use crate::paper::square::Square;
use crate::paper::text::{Line, Style};

/// Baseline of the last line of a page, from the bottom.
const LAST_LINE: f32 = 10.0 * MM;
/// Height kept at the bottom of a page that is not the last.
pub(super) const FOOT: f32 = 12.0 * MM + CODE + QUIET;
pub(super) const BOX_HEIGHT: f32 = 37.0 * MM;
const BOX_BOTTOM: f32 = HEIGHT - LAST_LINE - 4.6 * MM;
pub(super) const BOX_TOP: f32 = BOX_BOTTOM - BOX_HEIGHT;
pub(super) const BOX_GAP: f32 = 3.0 * MM;
pub(super) const LAST_CODE_TOP: f32 = BOX_TOP - QUIET - CODE;
/// Where the second code of a page that is not the last begins.
pub(super) const EARLIER_CODE_TOP: f32 = HEIGHT - 12.0 * MM - CODE;
/// Height kept at the bottom of the last page.
pub(super) const SIGNATURES: f32 = HEIGHT - LAST_CODE_TOP + QUIET;

const TO_SIGN: &str = "Chaque partie date et signe dans son cadre, après la mention « lu et \
    approuvé ».";
const TO_RETURN: &str = "La convention complétée est déposée sur la plateforme par l'établissement \
    d'origine avant le mini-stage : fichier signé ou pages numérisées. Les deux codes imprimés sur \
    chaque page permettent de la reconnaître ; merci de ne rien écrire dessus.";

const SIGNED: &str = "Cette convention a été signée en ligne, après la mention « lu et approuvé ». La \
    page de preuve, qui suit, dit par qui, quand et comment, et où le vérifier.";
const KNOWN_AGAIN: &str = "Les deux codes imprimés sur chaque page permettent de reconnaître la \
    convention.";

/// Everything above the last line that only the page of the signatures has.
pub(super) fn signatures(draft: &mut Draft<'_>) -> Vec<Command> {
    let brand = draft.brand();
    let section = draft.outline.top(Role::Section);
    let heading = draft.outline.under(section, Role::Heading);
    let text = draft.outline.under(section, Role::Paragraph);
    let x = MARGIN + CODE + QUIET + 2.0 * MM;
    let width = MARGIN + MEASURE - x;
    let small = Style::regular(8.5, Colour::SECOND);
    let mut words: Vec<(Line, ElementId)> = Vec::new();
    let title = draft.wrapped("Signatures", Style::strong(11.0, brand).leading(17.0), width);
    words.extend(title.into_iter().map(|line| (line, heading)));
    let sentences = match draft.signing {
        Some(_) => [SIGNED, KNOWN_AGAIN],
        None => [TO_SIGN, TO_RETURN],
    };
    for sentence in sentences {
        let lines = draft.wrapped(&french::typeset(sentence), small, width);
        words.extend(lines.into_iter().map(|line| (line, text)));
    }
    let height: f32 = words.iter().map(|(line, _)| line.leading()).sum();
    let mut y = LAST_CODE_TOP + (CODE - height) / 2.0;
    let mut commands = Vec::new();
    for (one, element) in &words {
        commands.extend(line(one, x, y, &[Some(*element)]));
        y += one.leading();
    }
    commands.extend(boxes(draft, section));
    commands
}

/// The second code and the last line. They repeat what a screen reader already
/// said.
pub(super) fn foot(draft: &Draft<'_>, square: &Square, place: Place) -> Vec<Command> {
    let signatures = place.holds_signatures();
    let top = if signatures { LAST_CODE_TOP } else { EARLIER_CODE_TOP };
    let code = Area::new(MARGIN, top, CODE, CODE);
    let mut commands = vec![Command::decoration(Draw::Code { area: code, square: square.clone() })];
    let page = format!("Page {}/{}", place.index + 1, place.count);
    let about = french::typeset(&format!("Convention n° {}", draft.content.reference));
    let about = format!("{about}{}", super::heading::version(draft.content));
    let about = match draft.signing {
        _ if signatures => about,
        Some(_) => format!("{about}  ·  signée en ligne"),
        None => format!("{about}  ·  à signer en dernière page"),
    };
    let left = if signatures { MARGIN } else { MARGIN + CODE + QUIET + 2.0 * MM };
    let right = MARGIN + MEASURE - draft.faces.width(Face::Strong, 8.5, &page);
    commands.push(last_line(left, Face::Regular, about, Colour::SECOND));
    commands.push(last_line(right, Face::Strong, page, Colour::INK));
    commands
}

fn last_line(x: f32, face: Face, text: String, colour: Colour) -> Command {
    let baseline = HEIGHT - LAST_LINE;
    Command::decoration(Draw::Text { x, baseline, face, size: 8.5, colour, text })
}
