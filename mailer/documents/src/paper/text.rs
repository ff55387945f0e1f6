//! Text made ready for the faces, and broken into lines.

use unicode_normalization::UnicodeNormalization;

use super::breaks::breaks;
use super::colour::Colour;
use super::face::{Face, Faces, points};

/// What stands for a character that the faces lack.
const UNKNOWN: char = '□';

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub face: Face,
    /// Points.
    pub size: f32,
    /// Points from one baseline to the next.
    pub leading: f32,
    pub colour: Colour,
}

impl Style {
    pub(crate) const fn regular(size: f32, colour: Colour) -> Self {
        Self { face: Face::Regular, size, leading: size * 1.38, colour }
    }

    pub(crate) const fn strong(size: f32, colour: Colour) -> Self {
        Self { face: Face::Strong, size, leading: size * 1.28, colour }
    }

    pub(crate) const fn leading(self, leading: f32) -> Self {
        Self { leading, ..self }
    }
}

/// A stretch of text in one style.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    pub text: String,
    pub style: Style,
}

impl Span {
    pub(crate) fn new(text: &str, style: Style) -> Self {
        Self { text: text.to_owned(), style }
    }
}

/// A stretch of one line, placed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    /// Points from the start of the line.
    pub x: f32,
    /// Which of the spans given it comes from.
    pub span: usize,
    pub text: String,
    pub style: Style,
}

/// One line, ready to place.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Line {
    pub runs: Vec<Run>,
    /// Points, without the space it ends with.
    pub width: f32,
}

impl Line {
    pub(crate) fn leading(&self) -> f32 {
        self.runs.iter().map(|run| run.style.leading).fold(0.0, f32::max)
    }
}

/// The text in composed form, with what cannot be drawn replaced: breaks other
/// than the line feed and odd spaces become spaces, invisible characters go,
/// and what the faces lack becomes a visible sign.
pub(crate) fn normalised(faces: &Faces, text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.nfc().filter_map(|character| drawable(faces, character)).collect()
}

fn drawable(faces: &Faces, character: char) -> Option<char> {
    match character {
        '\n' => Some('\n'),
        '\t'
        | '\r'
        | '\u{b}'
        | '\u{c}'
        | '\u{85}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{1680}'
        | '\u{2000}'..='\u{2008}'
        | '\u{200a}'
        | '\u{205f}'
        | '\u{3000}' => Some(' '),
        '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => None,
        other if other.is_control() => None,
        other if faces.of(Face::Regular).has(other) => Some(other),
        _missing => Some(UNKNOWN),
    }
}

/// One character with the width it takes where it stands.
pub(super) struct Cell {
    pub(super) character: char,
    span: usize,
    pub(super) advance: f32,
}

/// The spans broken into lines no wider than `width` points. A word longer than
/// a line is cut; a line feed always breaks.
pub(crate) fn wrapped(faces: &Faces, spans: &[Span], width: f32) -> Vec<Line> {
    let cells = cells(faces, spans);
    let mut start = 0;
    let mut lines = Vec::new();
    for (end, _) in ends(&cells, width) {
        let line = cells.get(start..end).unwrap_or_default();
        lines.push(set(line, spans));
        start = end;
    }
    lines
}

/// Whether the text stands on so many lines, and no word of it is cut.
pub(crate) fn stands(faces: &Faces, span: &Span, most: usize, width: f32) -> bool {
    let ends = ends(&cells(faces, std::slice::from_ref(span)), width);
    ends.len() <= most && ends.iter().all(|(_, whole)| *whole)
}

/// Where each line ends, and whether between two words.
fn ends(cells: &[Cell], width: f32) -> Vec<(usize, bool)> {
    let breaks = breaks(cells, width);
    let mut ends = Vec::new();
    let mut start = 0;
    while start < cells.len() {
        let end = end_of_line(cells, &breaks, start, width);
        ends.push(end);
        start = end.0;
    }
    ends
}

fn cells(faces: &Faces, spans: &[Span]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (span, of) in spans.iter().enumerate() {
        let metrics = faces.of(of.style.face);
        let text = normalised(faces, &of.text);
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            let kern = characters.peek().map_or(0, |next| metrics.kern(character, *next));
            let advance = points(metrics.advance(character) + kern, of.style.size);
            cells.push(Cell { character, span, advance });
        }
    }
    cells
}

/// Where the line that begins at `start` ends, always after `start`, and whether no word is cut.
fn end_of_line(cells: &[Cell], breaks: &[bool], start: usize, width: f32) -> (usize, bool) {
    let mut used = 0.0;
    let mut last_break = None;
    for (at, (cell, may_end)) in cells.iter().zip(breaks).enumerate().skip(start) {
        if cell.character == '\n' {
            return (at + 1, true);
        }
        used += cell.advance;
        // A space may hang over the edge, nothing else.
        if used > width && cell.character != ' ' {
            return last_break.map_or_else(|| (cut(cells, start, at), false), |end| (end, true));
        }
        if *may_end {
            last_break = Some(at + 1);
        }
    }
    (cells.len(), true)
}

/// Where a word is cut before `at`: not after a hyphen, which would seem to be the cut’s.
fn cut(cells: &[Cell], start: usize, at: usize) -> usize {
    let after_hyphen = |at: usize| {
        at.checked_sub(1).and_then(|at| cells.get(at)).is_some_and(|cell| cell.character == '-')
    };
    if after_hyphen(at) && at > start + 1 { at - 1 } else { at.max(start + 1) }
}

fn set(cells: &[Cell], spans: &[Span]) -> Line {
    let mut line = Line::default();
    let mut x = 0.0;
    for cell in cells.iter().filter(|cell| cell.character != '\n') {
        match line.runs.last_mut() {
            Some(run) if run.span == cell.span => run.text.push(cell.character),
            _other => line.runs.extend(spans.get(cell.span).map(|span| Run {
                x,
                span: cell.span,
                text: cell.character.to_string(),
                style: span.style,
            })),
        }
        x += cell.advance;
        if cell.character != ' ' {
            line.width = x;
        }
    }
    if let (true, Some(span)) =
        (line.runs.is_empty(), cells.first().and_then(|cell| spans.get(cell.span)))
    {
        // An empty line keeps its height.
        let text = String::new();
        line.runs.push(Run { x: 0.0, span: 0, text, style: span.style });
    }
    line
}

/// The first lines only; what is left out shows as « … ».
pub(crate) fn shortened(faces: &Faces, mut lines: Vec<Line>, most: usize, width: f32) -> Vec<Line> {
    if lines.len() <= most {
        return lines;
    }
    lines.truncate(most);
    let last = lines.last_mut().and_then(|line| line.runs.last_mut());
    if let Some(run) = last {
        let style = run.style;
        let mut text = run.text.trim_end().to_owned();
        while run.x + faces.width(style.face, style.size, &format!("{text}…")) > width
            && text.pop().is_some()
        {}
        run.text = format!("{}…", text.trim_end());
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STYLE: Style = Style::regular(10.0, Colour::INK);

    fn lines(text: &str, width: f32) -> Vec<String> {
        let faces = Faces::load().unwrap();
        wrapped(faces, &[Span::new(text, STYLE)], width)
            .into_iter()
            .map(|line| line.runs.into_iter().map(|run| run.text).collect())
            .collect()
    }

    #[test]
    fn lines_break_at_spaces_and_never_at_a_no_break_space() {
        assert_eq!(lines("un deux trois", 50.0), ["un deux ", "trois"]);
        assert_eq!(lines("un deux\u{202f}; trois", 40.0), ["un ", "deux\u{202f}; ", "trois"]);
    }

    #[test]
    fn an_address_stays_whole_or_breaks_where_no_hyphen_misleads() {
        let mail = "ce.0490001a@ac-exemple.fr";
        let server = "lycee-de-la-vallee.ac-exemple.fr";
        let long = "ce.1@ac-exemple-de-tres-loin.education.fr";
        let table: [(String, f32, &[&str]); 5] = [
            (format!("Tél. ou {mail}"), 150.0, &["Tél. ou ", mail]),
            (mail.to_owned(), 100.0, &["ce.0490001a@", "ac-exemple.fr"]),
            (server.to_owned(), 100.0, &["lycee-de-la-vallee", ".ac-exemple.fr"]),
            (long.to_owned(), 130.0, &["ce.1@", "ac-exemple-de-tres-loin", ".education.fr"]),
            (
                format!("https://{server}/a-b"),
                150.0,
                &["https://lycee-de-la-vallee", ".ac-exemple.fr/a-b"],
            ),
        ];

        for (text, width, broken) in table {
            assert_eq!(lines(&text, width), broken, "{text}");
        }
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        let cut = lines(&"m".repeat(40), 50.0);

        assert!(cut.len() > 5);
        assert_eq!(cut.concat(), "m".repeat(40));
    }

    #[test]
    fn a_line_feed_breaks_and_an_empty_line_stays() {
        assert_eq!(lines("un\r\n\r\ndeux", 100.0), ["un", "", "deux"]);
    }

    #[test]
    fn decomposed_letters_are_composed_and_what_is_missing_is_shown() {
        let faces = Faces::load().unwrap();

        assert_eq!(normalised(faces, "Cle\u{301}mence"), "Clémence");
        assert_eq!(normalised(faces, "Zoé 李 🎓"), "Zoé □ □");
        assert_eq!(normalised(faces, "a\u{200b}b\u{202e}c\u{7}\td\u{ad}e"), "abc de");
    }

    #[test]
    fn a_shortened_text_says_so_within_its_width() {
        let faces = Faces::load().unwrap();
        let long = [Span::new("Lycée polyvalent du Val de Loire et de la Forêt", STYLE)];

        let kept = shortened(faces, wrapped(faces, &long, 60.0), 1, 60.0);

        let run = &kept[0].runs[0];
        assert_eq!(kept.len(), 1);
        assert!(run.text.ends_with('…'), "{}", run.text);
        assert!(faces.width(STYLE.face, STYLE.size, &run.text) <= 60.0);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked_and_nothing_is_lost(text in "\\PC{0,200}", width in 20.0f32..300.0) {
            let faces = Faces::load().unwrap();
            let wrapped = wrapped(faces, &[Span::new(&text, STYLE)], width);

            let all: String = wrapped.iter().flat_map(|line| &line.runs).map(|run| run.text.as_str()).collect();

            prop_assert_eq!(all, normalised(faces, &text).replace('\n', ""));
            for line in wrapped {
                prop_assert!(line.width <= width + 0.01);
            }
        }
    }
}
