//! What tests ask of a layout: everything on the paper, nothing on anything else.

use super::{Area, Draw, HEIGHT, MM, Sheets, WIDTH};
use crate::paper::face::Faces;

impl Sheets {
    /// The first thing drawn outside its page.
    pub(crate) fn overflow(&self, faces: &Faces) -> Option<(usize, String)> {
        let inside = |area: &Area| {
            area.x >= 0.0
                && area.y >= 0.0
                && area.x + area.width <= WIDTH
                && area.y + area.height <= HEIGHT
        };
        self.pages.iter().enumerate().find_map(|(page, commands)| {
            let bad = commands.iter().find(|command| !inside(&taken(&command.draw, faces)))?;
            Some((page + 1, format!("{:?}", bad.draw)))
        })
    }

    /// The first two things drawn on each other: texts, pictures and codes
    /// with their quiet zone may only lie on bands and inside boxes.
    pub(crate) fn collision(&self, faces: &Faces) -> Option<(usize, String, String)> {
        self.pages.iter().enumerate().find_map(|(page, commands)| {
            let marks: Vec<&Draw> = commands
                .iter()
                .map(|command| &command.draw)
                .filter(|draw| !matches!(draw, Draw::Fill { .. } | Draw::Edge { .. }))
                .collect();
            let areas: Vec<Area> = marks.iter().map(|draw| taken(draw, faces)).collect();
            let places = areas.iter().enumerate();
            let (one, other) = places.into_iter().find_map(|(at, area)| {
                let rest = areas.iter().enumerate().skip(at + 1);
                let hit = rest.into_iter().find(|(_, other)| meet(area, other))?;
                Some((at, hit.0))
            })?;
            Some((page + 1, format!("{:?}", marks[one]), format!("{:?}", marks[other])))
        })
    }
}

fn taken(draw: &Draw, faces: &Faces) -> Area {
    match draw {
        Draw::Text { x, baseline, face, size, text, .. } => {
            let width = faces.width(*face, *size, text.trim_end());
            // From the top of a capital to the bottom of a « p ».
            Area::new(*x, baseline - 0.73 * size, width, 0.93 * size)
        }
        Draw::Code { area, square } => {
            let quiet = 4.0 * area.width / f32::from(square.side);
            assert!(area.x >= 10.0 * MM && area.y >= 10.0 * MM, "a code too near the edge");
            Area::new(
                area.x - quiet,
                area.y - quiet,
                area.width + 2.0 * quiet,
                area.height + 2.0 * quiet,
            )
        }
        Draw::Fill { area, .. } | Draw::Edge { area, .. } | Draw::Image { area, .. } => *area,
    }
}

fn meet(one: &Area, other: &Area) -> bool {
    const TOUCH: f32 = 0.3;
    one.x + one.width > other.x + TOUCH
        && other.x + other.width > one.x + TOUCH
        && one.y + one.height > other.y + TOUCH
        && other.y + other.height > one.y + TOUCH
}
