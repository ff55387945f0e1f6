//! A page in shades of grey, and what is done to it before a code is looked for.

/// Eight bits a pixel, row by row from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grey {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

impl Grey {
    /// The part that begins at `left`, `top`; what lies outside is left out.
    pub(crate) fn part(&self, left: usize, top: usize, width: usize, height: usize) -> Self {
        let (left, top) = (left.min(self.width), top.min(self.height));
        let (width, height) = (width.min(self.width - left), height.min(self.height - top));
        let rows = self.rows().skip(top).take(height);
        let pixels = rows.filter_map(|row| row.get(left..left + width)).flatten().copied();
        Self { width, height, pixels: pixels.collect() }
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks_exact(self.width.max(1))
    }

    /// The mean of each pixel and its eight neighbours.
    pub(crate) fn blurred(&self) -> Self {
        self.over_squares(1, |_, mean| mean)
    }

    /// Black where a pixel is darker than what surrounds it, white elsewhere:
    /// `reach` pixels to each side, and `by` shades darker at least.
    pub(crate) fn thresholded(&self, reach: usize, by: u8) -> Self {
        self.over_squares(
            reach,
            |pixel, mean| {
                if pixel.saturating_add(by) < mean { 0 } else { 255 }
            },
        )
    }

    /// Stretched so that the lightest and the darkest of what surrounds each
    /// pixel become white and black.
    pub(crate) fn levelled(&self, reach: usize) -> Self {
        self.over_squares(reach, |pixel, mean| {
            let from_mean = i32::from(pixel) - i32::from(mean);
            u8::try_from((128 + from_mean * 3).clamp(0, 255)).unwrap_or_default()
        })
    }

    /// A new picture from each pixel and the mean of the square around it.
    fn over_squares(&self, reach: usize, of: impl Fn(u8, u8) -> u8) -> Self {
        let (width, height) = (self.width, self.height);
        let mut columns = vec![0_u32; width];
        let row = |y: usize| self.pixels.get(y * width..(y + 1) * width).unwrap_or_default();
        for y in 0..reach.min(height) {
            add(&mut columns, row(y));
        }
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..height {
            if y + reach < height {
                add(&mut columns, row(y + reach));
            }
            if y > reach {
                subtract(&mut columns, row(y - reach - 1));
            }
            let high = (y + reach + 1).min(height) - y.saturating_sub(reach);
            let mut sum: u32 = columns.iter().take(reach).sum();
            for (x, &pixel) in row(y).iter().enumerate() {
                sum += columns.get(x + reach).copied().unwrap_or(0);
                if x > reach {
                    sum -= columns.get(x - reach - 1).copied().unwrap_or(0);
                }
                let wide = (x + reach + 1).min(width) - x.saturating_sub(reach);
                let area = u32::try_from(wide * high).unwrap_or(u32::MAX).max(1);
                pixels.push(of(pixel, u8::try_from(sum / area).unwrap_or(u8::MAX)));
            }
        }
        Self { width, height, pixels }
    }

    /// Half as wide and half as high, each pixel the mean of four.
    pub(crate) fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut pixels = Vec::with_capacity(width * height);
        for pair in self.pixels.chunks_exact((2 * self.width).max(1)).take(height) {
            let (above, below) = pair.split_at(self.width);
            let twos = above.chunks_exact(2).zip(below.chunks_exact(2));
            pixels.extend(twos.map(|(above, below)| {
                let sum: u32 = above.iter().chain(below).map(|&pixel| u32::from(pixel)).sum();
                u8::try_from(sum / 4).unwrap_or(u8::MAX)
            }));
        }
        Self { width, height, pixels }
    }

    /// No side longer than this, each pixel the mean of those in its place.
    pub(crate) fn shrunk(&self, longest: usize) -> Self {
        let most = self.width.max(self.height);
        if most <= longest {
            return self.clone();
        }
        let side = |side: usize| (side * longest / most).max(1);
        let (width, height) = (side(self.width), side(self.height));
        let span = |at: usize, of: usize, among: usize| {
            at * of / among..((at + 1) * of / among).max(at * of / among + 1)
        };
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let mut columns = vec![0_u32; self.width];
            let rows = span(y, self.height, height);
            let high = rows.len();
            for row in rows {
                let row = self.pixels.get(row * self.width..(row + 1) * self.width);
                add(&mut columns, row.unwrap_or_default());
            }
            pixels.extend((0..width).map(|x| {
                let columns = columns.get(span(x, self.width, width)).unwrap_or_default();
                let area = u32::try_from(columns.len() * high).unwrap_or(u32::MAX).max(1);
                u8::try_from(columns.iter().sum::<u32>() / area).unwrap_or(u8::MAX)
            }));
        }
        Self { width, height, pixels }
    }

    /// Turned clockwise by so many quarters.
    pub(crate) fn turned(&self, quarters: u8) -> Self {
        let (width, height) = (self.width, self.height);
        let at = |x: usize, y: usize| self.pixels.get(y * width + x).copied().unwrap_or(255);
        let from = |wide: usize, high: usize, of: &dyn Fn(usize, usize) -> u8| Self {
            width: wide,
            height: high,
            pixels: (0..high)
                .flat_map(|y| (0..wide).map(move |x| (x, y)))
                .map(|(x, y)| of(x, y))
                .collect(),
        };
        match quarters % 4 {
            1 => from(height, width, &|x, y| at(y, height - 1 - x)),
            2 => from(width, height, &|x, y| at(width - 1 - x, height - 1 - y)),
            3 => from(height, width, &|x, y| at(width - 1 - y, x)),
            _upright => self.clone(),
        }
    }

    /// The shade that `share` thousandths of the pixels are darker than.
    pub(crate) fn shade_at(&self, share: usize) -> u8 {
        let mut counts = [0_usize; 256];
        for &pixel in &self.pixels {
            if let Some(count) = counts.get_mut(usize::from(pixel)) {
                *count += 1;
            }
        }
        let wanted = self.pixels.len() * share / 1000;
        let mut seen = 0;
        for (shade, count) in (0..=u8::MAX).zip(counts) {
            seen += count;
            if seen > wanted {
                return shade;
            }
        }
        u8::MAX
    }
}

fn add(columns: &mut [u32], row: &[u8]) {
    for (column, &pixel) in columns.iter_mut().zip(row) {
        *column += u32::from(pixel);
    }
}

fn subtract(columns: &mut [u32], row: &[u8]) {
    for (column, &pixel) in columns.iter_mut().zip(row) {
        *column -= u32::from(pixel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: usize, pixels: &[u8]) -> Grey {
        Grey { width, height: pixels.len() / width, pixels: pixels.to_vec() }
    }

    #[test]
    fn the_mean_of_a_square_is_over_what_is_there() {
        let dot = grey(3, &[0, 0, 0, 0, 90, 0, 0, 0, 0]);

        assert_eq!(dot.blurred().pixels, [22, 15, 22, 15, 10, 15, 22, 15, 22]);
        assert_eq!(dot.thresholded(5, 5).pixels, [0, 0, 0, 0, 255, 0, 0, 0, 0]);
        assert_eq!(grey(3, &[9; 9]).thresholded(1, 1).pixels, [255; 9]);
        assert_eq!(grey(3, &[90, 0, 90]).thresholded(1, 9).pixels, [255, 0, 255]);
    }

    #[test]
    fn a_picture_is_turned_clockwise() {
        let page = grey(2, &[1, 2, 3, 4, 5, 6]);

        assert_eq!(page.turned(1), grey(3, &[5, 3, 1, 6, 4, 2]));
        assert_eq!(page.turned(2), grey(2, &[6, 5, 4, 3, 2, 1]));
        assert_eq!(page.turned(3), grey(3, &[2, 4, 6, 1, 3, 5]));
        assert_eq!(page.turned(4), page);
    }

    #[test]
    fn parts_and_halves_stay_inside() {
        let page = grey(3, &[0, 4, 9, 8, 4, 9, 1, 1, 1]);

        assert_eq!(page.part(1, 1, 9, 9), grey(2, &[4, 9, 1, 1]));
        assert!(page.part(7, 7, 1, 1).pixels.is_empty());
        assert_eq!(page.halved(), grey(1, &[4]));
        assert_eq!(page.shrunk(1), grey(1, &[4]));
        assert_eq!(page.shrunk(2).pixels, [0, 6, 4, 3]);
        assert_eq!(page.shrunk(3), page);
        assert_eq!(page.shade_at(500), 4);
    }
}
