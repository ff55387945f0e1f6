//! Pieces that follow each other down the pages.
//!
//! A piece is never cut; a long text is many pieces of one line. The last page
//! keeps room for what closes the document.

use super::colour::Colour;
use super::sheet::{Area, Command, Draw};
use crate::fault::RenderFault;

/// Something with a height, drawn from its own top.
#[derive(Debug, Clone, Default)]
pub(crate) struct Piece {
    pub height: f32,
    /// Space above, dropped at the top of a page.
    pub gap: f32,
    /// Whether the next piece should stay on the same page.
    pub keep: bool,
    pub commands: Vec<Command>,
}

/// Where the pieces of each kind of page may stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frames {
    /// Top of the pieces on the first page, and on the others.
    pub first_top: f32,
    pub next_top: f32,
    /// Bottom of the pieces, and of those of the last page.
    pub bottom: f32,
    pub last_bottom: f32,
    /// The most pages allowed.
    pub most: usize,
}

impl Frames {
    fn top(&self, page: usize) -> f32 {
        if page == 0 { self.first_top } else { self.next_top }
    }
}

/// Pieces that stay together.
type Chain = Vec<Piece>;

/// The commands of each page. Rectangles that touch are joined again.
pub(crate) fn paged(pieces: Vec<Piece>, frames: Frames) -> Result<Vec<Vec<Command>>, RenderFault> {
    let mut pages: Vec<Vec<Chain>> = vec![Vec::new()];
    for chain in chains(pieces) {
        place(&mut pages, chain, &frames)?;
    }
    leave_room(&mut pages, &frames)?;
    Ok(pages
        .into_iter()
        .enumerate()
        .map(|(page, chains)| drawn(chains, frames.top(page)))
        .collect())
}

fn chains(pieces: Vec<Piece>) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    let mut open = false;
    for piece in pieces {
        let keep = piece.keep;
        match chains.last_mut() {
            Some(chain) if open => chain.push(piece),
            _closed => chains.push(vec![piece]),
        }
        open = keep;
    }
    chains
}

fn height(chains: &[Chain]) -> f32 {
    chains
        .iter()
        .flatten()
        .enumerate()
        .map(|(at, piece)| piece.height + if at == 0 { 0.0 } else { piece.gap })
        .sum()
}

/// Puts the chain on the last page or on a new one; a chain taller than a page
/// is let loose.
fn place(pages: &mut Vec<Vec<Chain>>, chain: Chain, frames: &Frames) -> Result<(), RenderFault> {
    let index = pages.len() - 1;
    let Some(page) = pages.last_mut() else {
        return Ok(());
    };
    page.push(chain);
    if frames.top(index) + height(page) <= frames.bottom {
        return Ok(());
    }
    let alone = page.len() == 1;
    let Some(mut chain) = page.pop() else {
        return Ok(());
    };
    if alone && chain.len() > 1 {
        return chain.drain(..).try_for_each(|piece| place(pages, vec![piece], frames));
    }
    if pages.len() == frames.most || (alone && index > 0) {
        return Err(RenderFault::TooLong { most: frames.most });
    }
    pages.push(Vec::new());
    place(pages, chain, frames)
}

/// When the last page has no room for what closes the document, its last chain
/// goes with the closing to a new page; a chain that fills a page stays there.
fn leave_room(pages: &mut Vec<Vec<Chain>>, frames: &Frames) -> Result<(), RenderFault> {
    let index = pages.len() - 1;
    let Some(page) = pages.last_mut() else {
        return Ok(());
    };
    if frames.top(index) + height(page) <= frames.last_bottom {
        return Ok(());
    }
    let room = frames.last_bottom - frames.next_top;
    let moved = page.pop_if(|chain| height(std::slice::from_ref(chain)) <= room);
    let moved = match moved {
        Some(chain) if page.is_empty() => {
            page.push(chain);
            None
        }
        other => other,
    };
    if pages.len() == frames.most {
        return Err(RenderFault::TooLong { most: frames.most });
    }
    pages.push(Vec::from_iter(moved));
    Ok(())
}

fn drawn(chains: Vec<Chain>, top: f32) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let mut y = top;
    for (at, piece) in chains.into_iter().flatten().enumerate() {
        if at > 0 {
            y += piece.gap;
        }
        for command in piece.commands {
            push(&mut commands, Command { draw: command.draw.lowered(y), ..command });
        }
        y += piece.height;
    }
    commands
}

/// Adds a command, or makes an earlier rectangle longer when this one goes on
/// where it ends: a band cut into lines is one band again.
fn push(commands: &mut Vec<Command>, command: Command) {
    if let Draw::Fill { area, colour } = &command.draw {
        let above = commands.iter_mut().rev().find_map(|earlier| {
            let Draw::Fill { area: above, colour: before } = &mut earlier.draw else {
                return None;
            };
            continues(above, *before, area, *colour).then_some(above)
        });
        if let Some(above) = above {
            above.height = area.y + area.height - above.y;
            return;
        }
    }
    commands.push(command);
}

fn continues(above: &Area, above_colour: Colour, below: &Area, below_colour: Colour) -> bool {
    let same = |a: f32, b: f32| (a - b).abs() < 0.01;
    above_colour == below_colour
        && same(above.x, below.x)
        && same(above.width, below.width)
        && same(above.y + above.height, below.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAMES: Frames =
        Frames { first_top: 50.0, next_top: 20.0, bottom: 100.0, last_bottom: 70.0, most: 4 };

    fn pieces(heights: &[f32]) -> Vec<Piece> {
        heights
            .iter()
            .map(|&height| {
                let area = Area::new(height, 0.0, 1.0, height);
                let draw = Draw::Fill { area, colour: Colour::INK };
                Piece { height, commands: vec![Command::decoration(draw)], ..Piece::default() }
            })
            .collect()
    }

    fn tops(pages: &[Vec<Command>]) -> Vec<Vec<f32>> {
        let top = |command: &Command| match &command.draw {
            Draw::Fill { area, .. } => area.y,
            other => panic!("{other:?}"),
        };
        pages.iter().map(|page| page.iter().map(top).collect()).collect()
    }

    #[test]
    fn pieces_fill_a_page_then_the_next_one() {
        let pages = paged(pieces(&[20.0, 25.0, 30.0]), FRAMES).unwrap();

        assert_eq!(tops(&pages), [vec![50.0, 70.0], vec![20.0]]);
    }

    #[test]
    fn the_last_page_keeps_room_for_the_closing() {
        let pages = paged(pieces(&[20.0, 25.0]), FRAMES).unwrap();

        assert_eq!(tops(&pages), [vec![50.0], vec![20.0]]);
    }

    #[test]
    fn what_is_kept_together_moves_together() {
        let mut kept = pieces(&[20.0, 15.0, 25.0]);
        kept[1].keep = true;

        let pages = paged(kept, FRAMES).unwrap();

        assert_eq!(tops(&pages), [vec![50.0], vec![20.0, 35.0]]);
    }

    #[test]
    fn a_chain_taller_than_a_page_is_let_loose() {
        let mut tall = pieces(&[31.0, 32.0, 33.0, 34.0]);
        for piece in &mut tall {
            piece.keep = true;
        }

        let pages = paged(tall, FRAMES).unwrap();

        assert_eq!(tops(&pages), [vec![50.0], vec![20.0, 52.0], vec![20.0]]);
    }

    #[test]
    fn a_document_has_an_end() {
        let endless = paged(pieces(&[45.0; 12]), FRAMES);

        assert!(matches!(endless, Err(RenderFault::TooLong { most: 4 })));
    }

    #[test]
    fn a_band_cut_into_lines_is_one_rectangle_again() {
        let pages = paged(pieces(&[10.0, 10.0]), FRAMES).unwrap();

        let Draw::Fill { area, .. } = &pages[0][0].draw else { panic!("not a rectangle") };
        assert_eq!(pages[0].len(), 1);
        assert_eq!((area.y, area.height), (50.0, 20.0));
    }

    #[test]
    fn only_the_last_chain_goes_with_the_closing() {
        let pages = paged(pieces(&[15.0, 16.0, 17.0]), FRAMES).unwrap();

        assert_eq!(tops(&pages), [vec![50.0, 65.0], vec![20.0]]);
    }

    #[test]
    fn a_page_filled_by_one_chain_leaves_the_closing_alone() {
        let pages = paged(pieces(&[45.0]), FRAMES).unwrap();

        assert_eq!(tops(&pages), [vec![50.0], vec![]]);
    }
}
