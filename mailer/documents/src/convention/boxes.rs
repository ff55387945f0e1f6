//! The four boxes to sign in, and what they hold.

use super::closing::{BOX_GAP, BOX_HEIGHT, BOX_TOP};
use super::content::{ConventionContent, Mark, School};
use super::layout::{Draft, MARGIN, MEASURE};
use super::signing::{Hand, Party, Signatory, Signing};
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::outline::{ElementId, Role};
use crate::paper::sheet::{Area, Command, Draw, MM, line};
use crate::paper::text::{Line, Style};
use crate::picture::Picture;

const SMALL: Style = Style::regular(7.5, Colour::INK).leading(9.6);
/// For names that [`SMALL`] would cut. Three lines are no higher than two of it: the room to sign
/// in begins below, see [`super::places`].
const TINY: Style = Style::regular(6.0, Colour::INK).leading(6.9);
/// Of a box with both, the share of a typed name; the stamp has the rest.
const TYPED: f32 = 0.6;

pub(super) fn boxes(draft: &mut Draft<'_>, section: ElementId) -> Vec<Command> {
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
            standing: standing(draft, party),
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
    standing: Standing<'a>,
}

/// Where a party is with signing.
#[derive(Clone, Copy)]
enum Standing<'a> {
    /// Signs by hand.
    ByHand,
    /// Signed online.
    Online(&'a Signatory),
    /// All signed online who had to; of this party a stored signature counts.
    Stored,
    /// All signed online who had to, and this party did not have to. Why.
    Spared(&'static str),
}

fn standing<'a>(draft: &Draft<'a>, party: Party) -> Standing<'a> {
    let Some(signing) = draft.signing else {
        return Standing::ByHand;
    };
    match signing.of(party) {
        Some(signatory) => Standing::Online(signatory),
        None if mark(draft.content, party).signature.is_some() => Standing::Stored,
        None => Standing::Spared(why_spared(signing, party)),
    }
}

fn why_spared(signing: &Signing, party: Party) -> &'static str {
    match party {
        Party::Pupil if signing.guardian.is_some() => {
            "Signature non requise : le responsable légal a signé."
        }
        Party::Guardian if signing.pupil.is_some() => {
            "Signature non requise : l’élève, majeur, a signé."
        }
        Party::Origin | Party::Guardian | Party::Pupil | Party::Host => "Signature non requise.",
    }
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
    let date = match filled.standing {
        Standing::ByHand => "Le ……… / ……… / ………".to_owned(),
        Standing::Online(signatory) => format!("Le {}", french::short_instant(signatory.at)),
        Standing::Stored => "Signature enregistrée".to_owned(),
        Standing::Spared(_) => String::new(),
    };
    let second = Style { colour: Colour::SECOND, ..SMALL };
    for word in &draft.shortened(&date, second, 1, width) {
        commands.extend(line(word, x, bottom, &[Some(element)]));
    }
    let room = Area::new(x, y + 1.0 * MM, width, bottom - y - 1.5 * MM);
    commands.extend(signed_by_hand(draft, section, room, filled));
    commands
}

/// Who signs, and what was said before signing online or why nobody signs.
fn heading(draft: &Draft<'_>, filled: &Filled<'_>, width: f32) -> Vec<Line> {
    let brand = Style::strong(8.0, draft.brand()).leading(11.0);
    let mut words = draft.shortened(filled.label, brand, 1, width);
    match filled.standing {
        Standing::ByHand | Standing::Stored => words.extend(name(draft, &filled.name, width)),
        Standing::Online(signatory) => {
            words.extend(name(draft, &signatory.name, width));
            let approved = french::typeset("« Lu et approuvé »");
            words.extend(draft.shortened(&approved, SMALL, 1, width));
        }
        Standing::Spared(why) => {
            words.extend(name(draft, &filled.name, width));
            let second = Style { colour: Colour::SECOND, ..SMALL };
            words.extend(draft.shortened(&french::typeset(why), second, 3, width));
        }
    }
    words
}

/// In a smaller type if it is long, and cut if it is endless.
fn name(draft: &Draft<'_>, name: &str, width: f32) -> Vec<Line> {
    let two = (width, 2.0 * SMALL.leading);
    match draft.fitting(name, SMALL, TINY.size, two) {
        Some(style) => draft.wrapped(name, style, width),
        None => draft.shortened(name, TINY, 3, width),
    }
}

/// What was drawn or typed, or stored before; the stamp beside it.
fn signed_by_hand(
    draft: &mut Draft<'_>,
    section: ElementId,
    room: Area,
    filled: &Filled<'_>,
) -> Vec<Command> {
    let stored = filled.mark;
    let hand = match filled.standing {
        Standing::Online(signatory) => Some(&signatory.hand),
        Standing::ByHand | Standing::Stored | Standing::Spared(_) => None,
    };
    match hand {
        None => marks(draft, section, room, filled.label, stored),
        Some(Hand::Drawn(picture)) => {
            let mark = Mark { signature: Some(picture.clone()), stamp: stored.stamp.clone() };
            marks(draft, section, room, filled.label, &mark)
        }
        Some(Hand::Typed(name)) => {
            let mark = Mark { signature: None, stamp: stored.stamp.clone() };
            let width = if mark.stamp.is_some() { room.width * TYPED } else { room.width };
            let mut commands = typed(draft, section, Area { width, ..room }, name);
            let rest = Area { x: room.x + width, width: room.width - width, ..room };
            commands.extend(marks(draft, section, rest, filled.label, &mark));
            commands
        }
    }
}

/// A name typed in place of a signature, in the middle of its room.
fn typed(draft: &mut Draft<'_>, section: ElementId, room: Area, name: &str) -> Vec<Command> {
    let element = draft.outline.under(section, Role::Paragraph);
    let style = Style::strong(11.0, Colour::INK).leading(13.5);
    let words = match draft.fitting(name, style, TINY.size, (room.width, room.height)) {
        Some(style) => draft.wrapped(name, style, room.width),
        None => draft.shortened(name, TINY, 5, room.width),
    };
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
