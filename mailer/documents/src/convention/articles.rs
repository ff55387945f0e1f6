//! What the parties agree on, and the notes of the platform.

use super::content::Note;
use super::layout::{Density, Draft, MARGIN, MEASURE};
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::flow::Piece;
use crate::paper::outline::{ElementId, Role};
use crate::paper::sheet::{MM, line};
use crate::paper::text::{Line, Span, Style, wrapped};

/// Title and text of each article of ours, in the order printed.
const ARTICLES: [(&str, &str); 8] = [
    (
        "Objet",
        "La convention fixe les conditions dans lesquelles l'établissement d'accueil reçoit \
         l'élève pour un mini-stage : un temps de découverte d'une formation, qui fait partie de \
         son parcours d'orientation.",
    ),
    (
        "Statut de l'élève",
        "L'élève demeure sous statut scolaire et reste inscrit dans son établissement d'origine. \
         Sur place, il est sous la surveillance et l'autorité du chef de l'établissement \
         d'accueil. Il ne perçoit aucune rémunération.",
    ),
    (
        "Règlement intérieur et sécurité",
        "L'élève respecte le règlement intérieur, les horaires et les consignes de sécurité de \
         l'établissement d'accueil. Il n'utilise ni machine, ni appareil, ni produit dont l'usage \
         est interdit aux mineurs par le code du travail (articles D. 4153-15 et suivants). En cas \
         de manquement, il peut être mis fin au mini-stage, après information de l'établissement \
         d'origine et du responsable légal.",
    ),
    (
        "Assurance",
        "Le responsable légal atteste que l'élève est couvert par une assurance de responsabilité \
         civile et une assurance individuelle contre les accidents corporels, valables pendant le \
         mini-stage et les trajets.",
    ),
    (
        "Absence",
        "L'établissement d'accueil relève la présence de l'élève et signale sans délai toute \
         absence à l'établissement d'origine, qui en informe le responsable légal. En cas \
         d'empêchement, il est prévenu au plus tôt.",
    ),
    (
        "Accident",
        "L'établissement d'accueil fait porter secours à l'élève et prévient aussitôt le \
         responsable légal et l'établissement d'origine. Il transmet à ce dernier, le jour même, \
         les éléments de la déclaration, que l'établissement d'origine établit dans les délais \
         réglementaires.",
    ),
    (
        "Trajets et repas",
        "Sauf transport organisé par l'établissement d'origine, les trajets sont à la charge et \
         sous la responsabilité du responsable légal, qui autorise l'élève à aller et revenir par \
         ses propres moyens. Les repas éventuels sont à la charge de la famille.",
    ),
    (
        "Validité",
        "La convention prend effet lorsque toutes les parties l'ont signée et que l'établissement \
         d'accueil l'a validée ; à défaut, l'élève n'est pas accueilli. Elle vaut pour la date et \
         les horaires indiqués. Les données recueillies ne servent qu'à organiser ce mini-stage.",
    ),
];

const GUTTER: f32 = 8.0 * MM;

pub(super) fn pieces(draft: &mut Draft<'_>) -> Vec<Piece> {
    match draft.density {
        Density::Dense => vec![columns(draft)],
        Density::Airy => running(draft),
    }
}

/// The articles of a platform that has none of its own.
pub fn default_articles() -> Vec<Note> {
    let article = |(title, text): &(&str, &str)| Note {
        title: french::typeset(title),
        text: french::typeset(text),
    };
    ARTICLES.iter().map(article).collect()
}

fn articles(draft: &Draft<'_>) -> Vec<Note> {
    let own = &draft.content.articles;
    if own.is_empty() { default_articles() } else { own.clone() }
}

/// The elements of one article: its title, its text.
fn elements(draft: &mut Draft<'_>) -> [Option<ElementId>; 2] {
    let section = draft.outline.top(Role::Section);
    [Role::Heading, Role::Paragraph].map(|role| Some(draft.outline.under(section, role)))
}

/// The lines of each article.
fn set(draft: &Draft<'_>, size: f32, leading: f32, width: f32) -> Vec<Vec<Line>> {
    let article = |(number, Note { title, text }): (usize, Note)| {
        let title = french::typeset(&format!("Article {} – {}. ", number + 1, title.trim()));
        let text = french::typeset(text.trim());
        let spans = [
            Span::new(&title, Style::strong(size, Colour::INK).leading(leading)),
            Span::new(&text, Style::regular(size, Colour::INK).leading(leading)),
        ];
        wrapped(draft.faces, &spans, width)
    };
    articles(draft).into_iter().enumerate().map(article).collect()
}

/// In two columns of about the same height, as one piece.
fn columns(draft: &mut Draft<'_>) -> Piece {
    const LEADING: f32 = 10.4;
    let width = (MEASURE - GUTTER) / 2.0;
    let set = set(draft, 7.9, LEADING, width);
    let total: f32 = set.iter().map(|lines| height(lines) + LEADING / 2.0).sum();
    let mut piece = Piece { gap: 4.5 * MM, ..Piece::default() };
    let (mut x, mut y) = (MARGIN, 0.0);
    for lines in set {
        if x <= MARGIN && y + height(&lines) / 2.0 > total / 2.0 {
            (x, y) = (MARGIN + width + GUTTER, 0.0);
        }
        let elements = elements(draft);
        for one in &lines {
            piece.commands.extend(line(one, x, y, &elements));
            y += one.leading();
        }
        piece.height = piece.height.max(y);
        y += LEADING / 2.0;
    }
    piece
}

fn height(lines: &[Line]) -> f32 {
    lines.iter().map(Line::leading).sum()
}

fn running(draft: &mut Draft<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (number, lines) in set(draft, 9.5, 13.6, MEASURE).into_iter().enumerate() {
        let gap = if number == 0 { 5.5 * MM } else { 2.2 * MM };
        let elements = elements(draft);
        pieces.extend(paragraph(&lines, &elements, gap));
    }
    pieces
}

/// The lines of a paragraph; its first two and its last two stay together.
fn paragraph(lines: &[Line], elements: &[Option<ElementId>], gap: f32) -> Vec<Piece> {
    let count = lines.len();
    lines
        .iter()
        .enumerate()
        .map(|(index, one)| Piece {
            height: one.leading(),
            gap: if index == 0 { gap } else { 0.0 },
            keep: index + 1 < count && (index == 0 || index + 2 == count),
            commands: line(one, MARGIN, 0.0, elements),
        })
        .collect()
}

/// The free texts of the platform.
pub(super) fn notes(draft: &mut Draft<'_>) -> Vec<Piece> {
    let content = draft.content;
    content
        .notes
        .iter()
        .filter(|note| !note.title.trim().is_empty() || !note.text.trim().is_empty())
        .flat_map(|note| self::note(draft, note))
        .collect()
}

fn note(draft: &mut Draft<'_>, note: &Note) -> Vec<Piece> {
    let (size, leading) = match draft.density {
        Density::Dense => (7.9, 10.4),
        Density::Airy => (9.5, 13.6),
    };
    let brand = draft.brand();
    let section = draft.outline.top(Role::Section);
    let heading = [Some(draft.outline.under(section, Role::Heading))];
    let body = [Some(draft.outline.under(section, Role::Paragraph))];
    let title = Style::strong(size, brand).leading(leading);
    let text = Style::regular(size, Colour::INK).leading(leading);
    let gap = 3.4 * MM;
    let mut pieces = paragraph(&draft.wrapped(note.title.trim(), title, MEASURE), &heading, gap);
    if let Some(last) = pieces.last_mut() {
        last.keep = true;
    }
    let gap = if pieces.is_empty() { gap } else { 0.4 * MM };
    pieces.extend(paragraph(&draft.wrapped(note.text.trim(), text, MEASURE), &body, gap));
    if let Some(last) = pieces.last_mut() {
        last.keep = false;
    }
    pieces
}
