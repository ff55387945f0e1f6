//! The bottom of each page: the second code, the number of the page and, on
//! the last one of the text, the four boxes to sign in.

use super::content::{ConventionContent, Mark, School};
use super::layout::{CODE, Draft, MARGIN, MEASURE, Place, QUIET};
use super::signing::{Hand, Party, Signatory};
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::face::Face;
use crate::paper::outline::{ElementId, Role};
use crate::paper::sheet::{Area, Command, Draw, HEIGHT, MM, line};
use crate::paper::square::Square;
use crate::paper::text::{Line, Style};
use crate::picture::Picture;

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

const SIGNED: &str = "Chaque partie a signé en ligne, après la mention « lu et approuvé ». La page \
    de preuve, qui suit, dit quand et comment, et où le vérifier.";
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

fn boxes(draft: &mut Draft<'_>, section: ElementId) -> Vec<Command> {
    let content = draft.content;
    let width = (MEASURE - 3.0 * BOX_GAP) / 4.0;
    let mut x = MARGIN;
    let mut commands = Vec::new();
    for party in Party::ALL {
        let area = Area::new(x, BOX_TOP, width, BOX_HEIGHT);
        let filled = Filled {
            label: party.label(),
            name: expected(content, party),
            mark: mark(content, party),
            signatory: draft.signing.and_then(|signing| signing.of(party)),
        };
        commands.extend(signature_box(draft, section, area, &filled));
        x += width + BOX_GAP;
    }
    commands
}

/// What one box holds.
struct Filled<'a> {
    label: &'static str,
    /// Who was expected to sign.
    name: String,
    mark: &'a Mark,
    /// Who did, online.
    signatory: Option<&'a Signatory>,
}

/// Who is expected to sign; for a school its head when known, otherwise the school.
fn expected(content: &ConventionContent, party: Party) -> String {
    let school = |school: &School| school.head.clone().unwrap_or_else(|| school.name.clone());
    match party {
        Party::Origin => school(&content.origin),
        Party::Guardian => content.guardian.name.clone().unwrap_or_default(),
        Party::Pupil => content.pupil.name.clone(),
        Party::Host => school(&content.host),
    }
}

fn mark(content: &ConventionContent, party: Party) -> &Mark {
    match party {
        Party::Origin => &content.marks.origin,
        Party::Guardian => &content.marks.guardian,
        Party::Pupil => &content.marks.pupil,
        Party::Host => &content.marks.host,
    }
}

fn signature_box(
    draft: &mut Draft<'_>,
    section: ElementId,
    area: Area,
    filled: &Filled<'_>,
) -> Vec<Command> {
    const INSET: f32 = 2.2 * MM;
    let width = area.width - 2.0 * INSET;
    let x = area.x + INSET;
    let edge = Draw::Edge { area, colour: Colour::LINE, thickness: 0.75 };
    let mut commands = vec![Command::decoration(edge)];
    let element = draft.outline.under(section, Role::Paragraph);
    let words = heading(draft, filled, width);
    let mut y = area.y + 1.8 * MM;
    for word in &words {
        commands.extend(line(word, x, y, &[Some(element)]));
        y += word.leading();
    }
    let bottom = area.y + area.height - 1.6 * MM - 9.6;
    let date = match filled.signatory {
        Some(signatory) => format!("Le {}", french::short_instant(signatory.at)),
        None => "Le ……… / ……… / ………".to_owned(),
    };
    for word in &draft.shortened(&date, Style::regular(7.5, Colour::SECOND).leading(9.6), 1, width)
    {
        commands.extend(line(word, x, bottom, &[Some(element)]));
    }
    let room = Area::new(x, y + 1.0 * MM, width, bottom - y - 1.5 * MM);
    commands.extend(signed_by_hand(draft, section, room, filled));
    commands
}

/// Who signs, and what was said before signing online.
fn heading(draft: &Draft<'_>, filled: &Filled<'_>, width: f32) -> Vec<Line> {
    let brand = Style::strong(8.0, draft.brand()).leading(11.0);
    let ink = Style::regular(7.5, Colour::INK).leading(9.6);
    let mut words = draft.shortened(filled.label, brand, 1, width);
    match filled.signatory {
        Some(signatory) => {
            words.extend(draft.shortened(&signatory.name, ink, 2, width));
            let approved = french::typeset("« Lu et approuvé »");
            words.extend(draft.shortened(&approved, ink, 1, width));
        }
        None => words.extend(draft.shortened(&filled.name, ink, 2, width)),
    }
    words
}

/// What was drawn or typed, or stored before; the stamp beside it.
fn signed_by_hand(
    draft: &mut Draft<'_>,
    section: ElementId,
    room: Area,
    filled: &Filled<'_>,
) -> Vec<Command> {
    let stored = filled.mark;
    match filled.signatory.map(|signatory| &signatory.hand) {
        None => marks(draft, section, room, filled.label, stored),
        Some(Hand::Drawn(picture)) => {
            let mark = Mark { signature: Some(picture.clone()), stamp: stored.stamp.clone() };
            marks(draft, section, room, filled.label, &mark)
        }
        Some(Hand::Typed(name)) => {
            let mark = Mark { signature: None, stamp: stored.stamp.clone() };
            let share = if mark.stamp.is_some() { room.width / 2.0 } else { room.width };
            let mut commands = typed(draft, section, Area { width: share, ..room }, name);
            let left = Area { x: room.x + room.width - share, width: share, ..room };
            commands.extend(marks(draft, section, left, filled.label, &mark));
            commands
        }
    }
}

/// A name typed in place of a signature, in the middle of its room.
fn typed(draft: &mut Draft<'_>, section: ElementId, room: Area, name: &str) -> Vec<Command> {
    let element = draft.outline.under(section, Role::Paragraph);
    let style = Style::strong(11.0, Colour::INK).leading(13.5);
    let words = draft.shortened(name, style, 3, room.width);
    let height: f32 = words.iter().map(Line::leading).sum();
    let mut y = room.y + (room.height - height) / 2.0;
    let mut commands = Vec::new();
    for word in &words {
        commands.extend(line(word, room.x, y, &[Some(element)]));
        y += word.leading();
    }
    commands
}

/// The stored signature and stamp, side by side when there are both.
fn marks(
    draft: &mut Draft<'_>,
    section: ElementId,
    room: Area,
    label: &str,
    mark: &Mark,
) -> Vec<Command> {
    let known: Vec<(&str, &Picture)> = [("Signature", &mark.signature), ("Cachet", &mark.stamp)]
        .into_iter()
        .filter_map(|(kind, picture)| Some((kind, picture.as_ref()?)))
        .collect();
    let share = if known.len() > 1 { room.width / 2.0 } else { room.width };
    let mut x = room.x;
    let mut commands = Vec::new();
    for (kind, picture) in known {
        let figure =
            draft.outline.figure(Some(section), &french::typeset(&format!("{kind} : {label}")));
        let (width, height) = picture.stored.shape();
        let area = Area::new(x, room.y, share - 0.6 * MM, room.height).fitting(width, height);
        let draw = Draw::Image { area, picture: picture.clone() };
        commands.push(Command { element: Some(figure), draw });
        x += share;
    }
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
