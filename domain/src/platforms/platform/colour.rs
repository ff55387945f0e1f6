//! Whether white text can be read on a colour, by the formula of WCAG 2.

/// The least contrast of text that is not large (WCAG 2, criterion 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;

/// Whether `colour` is `#rrggbb` and white text on it has a contrast of 4.5 at least.
pub(super) fn carries_white_text(colour: &str) -> bool {
    channels(colour).is_some_and(|rgb| contrast_with_white(rgb) >= LEAST_CONTRAST)
}

fn channels(colour: &str) -> Option<[u8; 3]> {
    let digits = colour.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue])
}

fn contrast_with_white([red, green, blue]: [u8; 3]) -> f64 {
    let luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    1.05 / (luminance + 0.05)
}

fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_text_needs_a_contrast_of_four_and_a_half() {
        // #767676 is the lightest grey that passes (4.54); #777777 is 4.48.
        for colour in ["#0f5c66", "#0F5C66", "#000000", "#767676", "#d00000"] {
            assert!(carries_white_text(colour), "{colour}");
        }
        for colour in ["#777777", "#ffffff", "#ff0000", "#00ff00", "#f5a623"] {
            assert!(!carries_white_text(colour), "{colour}");
        }
    }

    #[test]
    fn a_colour_is_a_hash_and_six_hexadecimal_digits() {
        for colour in ["", "0f5c66", "#0f5c6", "#0f5c660", "#0f5c6g", "#+f5c66", "#éé00", "teal"]
        {
            assert!(!carries_white_text(colour), "{colour}");
        }
    }
}
