//! Where a line of text may end.

use super::text::Cell;

/// Of each character, whether a line no wider than `width` may end after it: after spaces, after
/// the hyphens and slashes between words. An address stays whole; one wider than a line breaks
/// after `@`, after `/` or before a dot, never at a hyphen, which would look like part of it or not.
pub(super) fn breaks(cells: &[Cell], width: f32) -> Vec<bool> {
    let mut breaks = Vec::with_capacity(cells.len());
    for word in cells.split_inclusive(|cell| cell.character.is_whitespace()) {
        if is_address(word) {
            breaks.extend(of_address(word, width));
        } else {
            breaks.extend((0..word.len()).map(|at| after(word, at)));
        }
    }
    breaks
}

fn character(word: &[Cell], at: Option<usize>) -> Option<char> {
    at.and_then(|at| word.get(at)).map(|cell| cell.character)
}

fn between_letters(word: &[Cell], at: usize) -> bool {
    let letter = |at| character(word, at).is_some_and(char::is_alphabetic);
    letter(at.checked_sub(1)) && letter(Some(at + 1))
}

fn after(word: &[Cell], at: usize) -> bool {
    match character(word, Some(at)) {
        Some(' ') => true,
        Some('-' | '/') => between_letters(word, at),
        _other => false,
    }
}

/// A mail address, the address of a page, the name of a server.
fn is_address(word: &[Cell]) -> bool {
    word.iter().enumerate().any(|(at, cell)| match cell.character {
        '@' => true,
        ':' => {
            character(word, Some(at + 1)) == Some('/') && character(word, Some(at + 2)) == Some('/')
        }
        '.' => between_letters(word, at),
        _other => false,
    })
}

fn of_address(word: &[Cell], width: f32) -> Vec<bool> {
    let fits = |part: &[Cell]| {
        let shown = part.iter().filter(|cell| !cell.character.is_whitespace());
        shown.map(|cell| cell.advance).sum::<f32>() <= width
    };
    let at_sign = word.iter().position(|cell| cell.character == '@').map(|at| at + 1);
    let halves = at_sign.and_then(|at| word.split_at_checked(at));
    let in_halves = halves.is_some_and(|(name, server)| fits(name) && fits(server));
    let whole = fits(word);
    let may_end = |at: usize| match character(word, Some(at)) {
        Some(' ') => true,
        _any if whole => false,
        Some('@') => true,
        _any if in_halves => false,
        Some('/') => {
            let beside = [at.checked_sub(1), Some(at + 1)];
            beside.into_iter().all(|at| character(word, at).is_some_and(|it| it != '/'))
        }
        _any => at > 0 && character(word, Some(at + 1)) == Some('.'),
    };
    (0..word.len()).map(may_end).collect()
}
