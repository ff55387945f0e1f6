//! A sheet of paper in grey, and what happens to it before and in a scanner.

use super::chance::Chance;

/// Shades from 0, black, to 255, row by row.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) dots: f32,
    pub(crate) shades: Vec<f32>,
}

/// A point in millimetres from the top left corner.
type Point = (f32, f32);

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pictures are small and their coordinates positive"
)]
impl Sheet {
    fn millimetre(&self) -> f32 {
        self.dots / 25.4
    }

    fn shade(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (x.floor(), y.floor());
        let (dx, dy) = (x - left, y - top);
        let at = |x: f32, y: f32| {
            let inside = x >= 0.0 && y >= 0.0 && x < self.width as f32 && y < self.height as f32;
            if inside { self.shades[y as usize * self.width + x as usize] } else { 245.0 }
        };
        let above = at(left, top) * (1.0 - dx) + at(left + 1.0, top) * dx;
        let below = at(left, top + 1.0) * (1.0 - dx) + at(left + 1.0, top + 1.0) * dx;
        above * (1.0 - dy) + below * dy
    }

    /// A new sheet whose every pixel is seen at `from` in this one, in pixels.
    pub(crate) fn seen(
        &self,
        (width, height): (usize, usize),
        dots: f32,
        from: impl Fn(f32, f32) -> Point,
    ) -> Self {
        let shades = (0..height).flat_map(|y| (0..width).map(move |x| (x as f32, y as f32)));
        let shades = shades.map(|(x, y)| {
            let (x, y) = from(x, y);
            self.shade(x, y)
        });
        Self { width, height, dots, shades: shades.collect() }
    }

    /// At another resolution, askew by so many degrees.
    pub(crate) fn scanned(&self, dots: f32, degrees: f32) -> Self {
        let step = self.dots / dots;
        let soft = self.softened(step / 3.0);
        let size = ((self.width as f32 / step) as usize, (self.height as f32 / step) as usize);
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (cx, cy) = (size.0 as f32 / 2.0, size.1 as f32 / 2.0);
        soft.seen(size, dots, |x, y| {
            let (x, y) = (x - cx, y - cy);
            ((x * cos - y * sin + cx) * step, (x * sin + y * cos + cy) * step)
        })
    }

    /// Through a phone: the sheet fills most of a picture, its corners anywhere near.
    pub(crate) fn photographed(&self, dots: f32, chance: &mut Chance) -> Self {
        let step = self.dots / dots;
        let soft = self.softened(step / 3.0);
        let (width, height) = (self.width as f32 / step, self.height as f32 / step);
        let (lean, tilt) = (chance.between(-0.14, 0.14), chance.between(-0.14, 0.14));
        let (sin, cos) = chance.between(-6.0, 6.0).to_radians().sin_cos();
        let zoom = chance.between(1.08, 1.2);
        let size = (width as usize, height as usize);
        soft.seen(size, dots, |x, y| {
            let (x, y) = ((x / width - 0.5) * zoom, (y / height - 0.5) * zoom);
            let depth = 1.0 + lean * x + tilt * y;
            let (x, y) = (x / depth * width, y / depth * height);
            ((x * cos - y * sin + width / 2.0) * step, (x * sin + y * cos + height / 2.0) * step)
        })
    }

    /// Turned clockwise by a quarter.
    pub(crate) fn turned(&self) -> Self {
        let height = self.height as f32;
        let mut turned =
            self.seen((self.height, self.width), self.dots, |x, y| (y, height - 1.0 - x));
        turned.dots = self.dots;
        turned
    }

    /// A box blur over so many pixels to each side, which need not be whole.
    pub(crate) fn softened(&self, reach: f32) -> Self {
        if reach < 0.2 {
            return self.clone();
        }
        let across = self.mixed(reach, 1);
        across.mixed(reach, self.width)
    }

    /// Each shade mixed with those `reach` steps before and after it.
    fn mixed(&self, reach: f32, step: usize) -> Self {
        let (whole, part) = (reach.floor() as usize, reach.fract());
        let last = self.shades.len().saturating_sub(1);
        let at = |place: Option<usize>| self.shades[place.unwrap_or(0).min(last)];
        let between = |near: f32, far: f32| near * (1.0 - part) + far * part;
        let shades = (0..self.shades.len()).map(|place| {
            let (near, far) = (whole * step, (whole + 1) * step);
            let before = between(at(place.checked_sub(near)), at(place.checked_sub(far)));
            let after = between(at(Some(place + near)), at(Some(place + far)));
            (self.shades[place] + before + after) / 3.0
        });
        Self { shades: shades.collect(), width: self.width, height: self.height, dots: self.dots }
    }

    /// Each shade by what it was and where, in shares of width and height.
    pub(crate) fn shaded(&mut self, of: impl Fn(f32, f32, f32) -> f32) {
        for (at, shade) in self.shades.iter_mut().enumerate() {
            let (x, y) = (at % self.width, at / self.width);
            *shade = of(*shade, x as f32 / self.width as f32, y as f32 / self.height as f32)
                .clamp(0.0, 255.0);
        }
    }

    pub(crate) fn noisy(&mut self, deviation: f32, specks: f32, chance: &mut Chance) {
        for shade in &mut self.shades {
            *shade = (*shade + chance.normal() * deviation).clamp(0.0, 255.0);
            if chance.share() < specks {
                *shade = if chance.share() < 0.6 { 20.0 } else { 250.0 };
            }
        }
    }

    /// A line of a pen from point to point.
    pub(crate) fn stroke(&mut self, points: &[Point], thick: f32, shade: f32) {
        for pair in points.windows(2) {
            let &[from, to] = pair else { continue };
            let steps = ((to.0 - from.0).hypot(to.1 - from.1) * self.millimetre()).max(1.0);
            for step in 0..=steps as usize {
                let t = step as f32 / steps;
                self.dot(
                    (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t),
                    thick,
                    shade,
                );
            }
        }
    }

    /// A disc of this diameter; darker marks below stay.
    pub(crate) fn dot(&mut self, (x, y): Point, across: f32, shade: f32) {
        let unit = self.millimetre();
        let (x, y, reach) = (x * unit, y * unit, across * unit / 2.0);
        let rows =
            (y - reach).max(0.0) as usize..((y + reach + 1.0).max(0.0) as usize).min(self.height);
        for row in rows {
            let from = (x - reach).max(0.0) as usize;
            for column in from..((x + reach + 1.0).max(0.0) as usize).min(self.width) {
                if (column as f32 - x).hypot(row as f32 - y) <= reach {
                    let it = &mut self.shades[row * self.width + column];
                    *it = it.min(shade);
                }
            }
        }
    }

    /// Another shade over all points for which this holds, in millimetres.
    pub(crate) fn cover(&mut self, shade: f32, over: impl Fn(f32, f32) -> bool) {
        let unit = self.millimetre();
        for (at, it) in self.shades.iter_mut().enumerate() {
            let (x, y) = (at % self.width, at / self.width);
            if over(x as f32 / unit, y as f32 / unit) {
                *it = shade;
            }
        }
    }

    pub(crate) fn grey(&self) -> Vec<u8> {
        self.shades.iter().map(|shade| shade.round() as u8).collect()
    }
}
