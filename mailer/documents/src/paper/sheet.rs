//! Drawing commands: what layout hands to the painter.
//!
//! Lengths are points; `y` grows downwards from the top of the page.

use super::colour::Colour;
use super::face::Face;
use super::outline::{ElementId, Outline};
use super::square::Square;
use super::text::Line;
use crate::picture::Picture;

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;
/// A4, points.
pub(crate) const WIDTH: f32 = 210.0 * MM;
/// A4, points.
pub(crate) const HEIGHT: f32 = 297.0 * MM;

/// A rectangle, from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Area {
    pub(crate) const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// The largest area of this shape inside this one, centred.
    pub(crate) fn fitting(self, width: f32, height: f32) -> Self {
        let scale = (self.width / width).min(self.height / height);
        let (wide, high) = (width * scale, height * scale);
        let x = self.x + (self.width - wide) / 2.0;
        Self::new(x, self.y + (self.height - high) / 2.0, wide, high)
    }
}

/// What to draw.
#[derive(Debug, Clone)]
pub(crate) enum Draw {
    /// Text on its baseline.
    Text { x: f32, baseline: f32, face: Face, size: f32, colour: Colour, text: String },
    /// A filled rectangle.
    Fill { area: Area, colour: Colour },
    /// The edge of a rectangle.
    Edge { area: Area, colour: Colour, thickness: f32 },
    /// A picture, stretched to the area.
    Image { area: Area, picture: Picture },
    /// A page code.
    Code { area: Area, square: Square },
}

impl Draw {
    /// The same, further down.
    pub(crate) fn lowered(mut self, by: f32) -> Self {
        match &mut self {
            Self::Text { baseline, .. } => *baseline += by,
            Self::Fill { area, .. }
            | Self::Edge { area, .. }
            | Self::Image { area, .. }
            | Self::Code { area, .. } => area.y += by,
        }
        self
    }
}

/// One thing to draw, and what it belongs to; `None` is decoration.
#[derive(Debug, Clone)]
pub(crate) struct Command {
    pub element: Option<ElementId>,
    pub draw: Draw,
}

impl Command {
    pub(crate) fn decoration(draw: Draw) -> Self {
        Self { element: None, draw }
    }
}

/// The commands that write one line whose top is at `y`. Each run belongs to
/// the element of its span.
pub(crate) fn line(line: &Line, x: f32, y: f32, elements: &[Option<ElementId>]) -> Vec<Command> {
    let leading = line.leading();
    line.runs
        .iter()
        .filter(|run| !run.text.is_empty())
        .map(|run| Command {
            element: elements.get(run.span).copied().flatten(),
            draw: Draw::Text {
                x: x + run.x,
                // Inter's capitals are 0.727 em high: this centres them in the line.
                baseline: y + f32::midpoint(leading, run.style.size * 0.727),
                face: run.style.face,
                size: run.style.size,
                colour: run.style.colour,
                text: run.text.clone(),
            },
        })
        .collect()
}

/// A document ready to paint.
#[derive(Debug)]
pub(crate) struct Sheets {
    /// Its title, as a reader shows it.
    pub title: String,
    /// Who issues it.
    pub author: String,
    /// What it is about.
    pub subject: String,
    /// The day it was made.
    pub issued: jiff::civil::Date,
    pub outline: Outline,
    /// The commands of each page.
    pub pages: Vec<Vec<Command>>,
}

#[cfg(test)]
mod checks;
