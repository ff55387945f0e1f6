//! « Page de preuve »: who signed, when and how, and where to check it.

use super::layout::{CODE, Draft, MARGIN, MEASURE, QUIET};
use super::signing::{Party, Signatory, Signing};
use crate::RenderFault;
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::flow::Piece;
use crate::paper::outline::{ElementId, Role};
use crate::paper::sheet::{Area, Command, Draw, MM, line};
use crate::paper::square::Square;
use crate::paper::text::{Line, Style};

/// Left edge of what is said, right of its label.
const SAID: f32 = MARGIN + 44.0 * MM;
const SAID_WIDTH: f32 = MARGIN + MEASURE - SAID;
/// Of the facts: four signatories of an earlier version fit on one page.
const LEADING: f32 = 10.6;
const LABEL_WIDTH: f32 = SAID - MARGIN - 3.0 * MM;

const INTRODUCTION: &str = "Cette convention a été signée en ligne. Cette page réunit, pour chaque \
    signataire, ce que la plateforme a constaté et conservé. Le document entier porte le cachet \
    électronique de la plateforme : un lecteur de PDF montre s'il a été modifié depuis.";
const HOW_TO_CHECK: &str = "Ouvrez cette adresse, ou lisez le code ci-contre avec un téléphone, \
    puis comparez ce qui s'affiche avec ce document.";

const EARLIER: &str =
    "une version précédente ; ce qui a été corrigé depuis ne concernait pas ce signataire";

/// The whole page, as pieces.
pub(super) fn pieces(draft: &mut Draft<'_>, signing: &Signing) -> Result<Vec<Piece>, RenderFault> {
    let mut pieces = introduction(draft);
    for (party, signatory) in signing.signatories() {
        pieces.extend(block(draft, party, signatory));
    }
    // Never alone on a page.
    if let Some(last) = pieces.last_mut() {
        last.keep = true;
    }
    pieces.push(verification(draft, signing)?);
    Ok(pieces)
}

fn introduction(draft: &mut Draft<'_>) -> Vec<Piece> {
    let section = draft.outline.top(Role::Section);
    let heading = draft.outline.under(section, Role::Heading);
    let text = draft.outline.under(section, Role::Paragraph);
    let title = Style::strong(15.0, draft.brand()).leading(22.0);
    let mut pieces =
        stacked(&draft.wrapped("Page de preuve", title, MEASURE), MARGIN, heading, 2.0 * MM);
    let style = Style::regular(9.0, Colour::SECOND).leading(12.4);
    let lines = draft.wrapped(&french::typeset(INTRODUCTION), style, MEASURE);
    pieces.extend(stacked(&lines, MARGIN, text, 0.8 * MM));
    pieces
}

/// One line a piece, all kept together.
fn stacked(lines: &[Line], x: f32, element: ElementId, gap: f32) -> Vec<Piece> {
    lines
        .iter()
        .enumerate()
        .map(|(at, one)| Piece {
            height: one.leading(),
            gap: if at == 0 { gap } else { 0.0 },
            keep: at + 1 < lines.len(),
            commands: line(one, x, 0.0, &[Some(element)]),
        })
        .collect()
}

/// What is known of one signature, with a rule above it.
fn block(draft: &mut Draft<'_>, party: Party, signatory: &Signatory) -> Vec<Piece> {
    let section = draft.outline.top(Role::Section);
    let heading = draft.outline.under(section, Role::Heading);
    let title = Style::strong(10.0, draft.brand()).leading(15.0);
    let words = draft.shortened(party.label(), title, 1, MEASURE);
    let mut pieces = stacked(&words, MARGIN, heading, 3.4 * MM);
    if let Some(first) = pieces.first_mut() {
        let area = Area::new(MARGIN, -MM, MEASURE, 0.75);
        let rule = Draw::Fill { area, colour: draft.brand() };
        first.commands.insert(0, Command::decoration(rule));
    }
    for (label, said) in facts(signatory) {
        pieces.extend(fact(draft, section, label, &said));
    }
    let last = pieces.len().saturating_sub(1);
    for piece in pieces.iter_mut().take(last) {
        piece.keep = true;
    }
    pieces
}

fn facts(signatory: &Signatory) -> Vec<(&'static str, String)> {
    let name = match &signatory.capacity {
        Some(capacity) => format!("{}, {capacity}", signatory.name),
        None => signatory.name.clone(),
    };
    let words = match &signatory.hand {
        super::Hand::Drawn(_) => "« Lu et approuvé », signature tracée à l'écran",
        super::Hand::Typed(_) => "« Lu et approuvé », nom saisi au clavier",
    };
    let mut facts = vec![
        ("Signataire", name),
        ("Mention et signature", french::typeset(words)),
        ("Date et heure", french::instant(signatory.at)),
        ("Identification", french::typeset(&signatory.method)),
        ("Adresse réseau (tronquée)", signatory.address.clone()),
        ("Empreinte SHA-256", grouped(&hex::encode(signatory.document))),
    ];
    if signatory.earlier {
        facts.push(("Version signée", french::typeset(EARLIER)));
    }
    facts
}

/// In groups of eight digits, so that two people can read it to each other.
fn grouped(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let groups: Vec<String> = digits.chunks(8).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// A label and what it says beside it.
fn fact(draft: &mut Draft<'_>, section: ElementId, label: &str, said: &str) -> Vec<Piece> {
    let element = draft.outline.under(section, Role::Paragraph);
    let small = Style::regular(8.0, Colour::SECOND).leading(LEADING);
    let ink = Style::regular(8.5, Colour::INK).leading(LEADING);
    let label = draft.shortened(&format!("{label} "), small, 1, LABEL_WIDTH);
    let lines = draft.wrapped(said, ink, SAID_WIDTH);
    let mut pieces = stacked(&lines, SAID, element, 0.0);
    if let (Some(first), Some(label)) = (pieces.first_mut(), label.first()) {
        let mut commands = line(label, MARGIN, 0.0, &[Some(element)]);
        commands.append(&mut first.commands);
        first.commands = commands;
    }
    pieces
}

/// The address, the code to type, and both as a code to photograph.
fn verification(draft: &mut Draft<'_>, signing: &Signing) -> Result<Piece, RenderFault> {
    let it = &signing.verification;
    let section = draft.outline.top(Role::Section);
    let heading = draft.outline.under(section, Role::Heading);
    let strong = Style::strong(10.5, draft.brand()).leading(17.0);
    let ink = Style::strong(9.5, Colour::INK).leading(13.6);
    let second = Style::regular(9.0, Colour::SECOND).leading(11.9);
    let width = MEASURE - CODE - QUIET - 4.0 * MM;
    let code = french::typeset(&format!("Code de vérification : {}", it.code));
    let parts = [
        ("Vérifier ce document", strong, heading),
        (it.address.as_str(), ink, draft.outline.under(section, Role::Paragraph)),
        (code.as_str(), ink, draft.outline.under(section, Role::Paragraph)),
        (HOW_TO_CHECK, second, draft.outline.under(section, Role::Paragraph)),
    ];
    let alternative = french::typeset("Code qui ouvre la page de vérification de ce document");
    let figure = draft.outline.figure(Some(section), &alternative);
    let rule = Area::new(MARGIN, -MM, MEASURE, 0.75);
    let mut commands = vec![Command::decoration(Draw::Fill { area: rule, colour: draft.brand() })];
    let mut y = 0.0;
    for (text, style, element) in parts {
        for one in draft.shortened(&french::typeset(text), style, 3, width) {
            commands.extend(line(&one, MARGIN, y, &[Some(element)]));
            y += one.leading();
        }
    }
    let area = Area::new(MARGIN + MEASURE - CODE, QUIET, CODE, CODE);
    let draw = Draw::Code { area, square: Square::of(&it.link)? };
    commands.push(Command { element: Some(figure), draw });
    let height = y.max(QUIET + CODE);
    Ok(Piece { height, gap: 5.0 * MM, commands, ..Piece::default() })
}
