//! How wide words are, and how they are broken or shortened to a width: from the fonts' own advance widths.

use std::sync::OnceLock;

use ttf_parser::Face as Font;

/// A face of the type family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Face {
    /// Upright.
    #[default]
    Regular,
    /// Heavy.
    Bold,
    /// Slanted.
    Italic,
}

/// From the top of a line to its baseline, in ems.
pub const ASCENT: f64 = 1.069;
/// Height of what is inked above the baseline, in ems: ascenders and capitals with accents stay below it.
pub const INK_ABOVE: f64 = 0.78;
/// Height of what is inked below the baseline, in ems.
pub const INK_BELOW: f64 = 0.22;
/// Half the height of digits and capitals, in ems: a baseline this far below a point centres the words on it.
pub const HALF_CAP: f64 = 0.357;
struct Fonts {
    regular: Vec<Font<'static>>,
    bold: Vec<Font<'static>>,
    italic: Vec<Font<'static>>,
}

fn fonts(face: Face) -> &'static [Font<'static>] {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let load = |files: [&'static [u8]; 2]| files.iter().filter_map(|data| Font::parse(data, 0).ok()).collect();
        Fonts {
            regular: load([notosans::REGULAR_TTF, dejavu::sans::regular()]),
            bold: load([notosans::BOLD_TTF, dejavu::sans::bold()]),
            italic: load([notosans::ITALIC_TTF, dejavu::sans::oblique()]),
        }
    });
    match face {
        Face::Regular => &fonts.regular,
        Face::Bold => &fonts.bold,
        Face::Italic => &fonts.italic,
    }
}

/// The width of a line of text in px at `size_px`.
pub fn width(text: &str, size_px: f64, face: Face) -> f64 {
    text.chars().map(|c| advance_em(c, face)).sum::<f64>() * size_px
}

fn advance_em(c: char, face: Face) -> f64 {
    fonts(face)
        .iter()
        .find_map(|font| {
            let advance = font.glyph_hor_advance(font.glyph_index(c)?)?;
            Some(f64::from(advance) / f64::from(font.units_per_em()))
        })
        .unwrap_or(0.6)
}

/// Breaks text into lines no wider than `room_px`, at spaces and after hyphens; a word that is wider alone is shortened.
pub fn wrap(text: &str, size_px: f64, face: Face, room_px: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let candidate = format!("{line}{piece}");
        if line.is_empty() || width(candidate.trim_end(), size_px, face) <= room_px {
            line = candidate;
        } else {
            lines.push(shorten(line.trim(), size_px, face, room_px));
            line = piece.trim_start().to_owned();
        }
    }
    if !line.trim().is_empty() {
        lines.push(shorten(line.trim(), size_px, face, room_px));
    }
    lines
}

/// Words with the space or hyphen behind them. A space inside a number (`1 000`) and a no-break space hold together.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '-', '–'])
}

/// The width of the widest piece that `wrap` does not break.
pub fn longest_word(text: &str, size_px: f64, face: Face) -> f64 {
    pieces(text).map(|piece| width(piece.trim_end(), size_px, face)).fold(0.0, f64::max)
}

/// Wraps into lines of about equal width: the fewest lines that `room_px` needs, then as narrow as they can be.
pub fn wrap_even(text: &str, size_px: f64, face: Face, room_px: f64) -> Vec<String> {
    let lines = wrap(text, size_px, face, room_px);
    if lines.len() < 2 {
        return lines;
    }
    let (mut narrow, mut wide) = (width(text, size_px, face) / lines.len() as f64 * 0.9, room_px);
    let mut best = lines.clone();
    for _ in 0..12 {
        let middle = f64::midpoint(narrow, wide);
        let tried = wrap(text, size_px, face, middle);
        if tried.len() <= lines.len() && !tried.iter().any(|line| line.ends_with('…')) {
            best = tried;
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    best
}

/// The text, or its beginning with `…` where it is wider than `room_px`.
pub fn shorten(text: &str, size_px: f64, face: Face, room_px: f64) -> String {
    if width(text, size_px, face) <= room_px {
        return text.to_owned();
    }
    let room = room_px - width("…", size_px, face);
    let mut used = 0.0;
    let mut kept = String::new();
    for c in text.chars() {
        used += advance_em(c, face) * size_px;
        if used > room {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_line_is_never_wider_than_its_room() {
        let text = "Six of seven ratings stand at 6.25 or worse; only civil society stands apart";
        for room in [40.0, 80.0, 200.0, 2000.0] {
            for line in wrap(text, 25.0, Face::Bold, room) {
                assert!(width(&line, 25.0, Face::Bold) <= room, "{line}");
            }
        }
        assert_eq!(wrap(text, 25.0, Face::Bold, 2000.0), [text]);
    }

    #[test]
    fn every_sign_the_charts_use_has_a_width_of_its_own() {
        for sign in "−+…–¶%◂▸▴▾○=▲▼●·\u{202f}\u{a0}₸ӘҚ".chars() {
            for face in [Face::Regular, Face::Bold, Face::Italic] {
                assert!(fonts(face).iter().any(|font| font.glyph_index(sign).is_some()), "{sign:?} {face:?}");
            }
        }
    }
}
