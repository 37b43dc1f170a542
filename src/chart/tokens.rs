//! Colours and sizes: nothing else in the product names one.

use super::Tone;

/// Which of the two themes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Ink on paper.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// A colour, red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// What a colour is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Behind the chart's card; the bands of a scale.
    Ground,
    /// Bars and side panels.
    Panel,
    /// Chart, inspector, exported page.
    Card,
    /// Text.
    Ink,
    /// Secondary text.
    Ink2,
    /// Hints, still readable.
    Ink3,
    /// Borders, the lines of rows, lines that lead from a mark to its label.
    Line,
    /// Gridlines.
    Grid,
    /// Links, the chosen control, the focus ring, derived rules.
    Accent,
    /// The selected row.
    Chosen,
    /// The selected figure and the curve to its mark.
    Thread,
    /// A signed gain.
    Gain,
    /// A signed loss.
    Loss,
    /// A mark's own colour.
    Tone(Tone),
}

impl Rgb {
    /// As SVG spells it: `#0072b2`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio with another colour, 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Rgb) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// Okabe & Ito 2008, blue and vermilion first (votes, seats), yellow last: it is the faintest on white.
const SERIES_LIGHT: [Rgb; 7] = [
    Rgb(0x00, 0x72, 0xB2),
    Rgb(0xD5, 0x5E, 0x00),
    Rgb(0x00, 0x9E, 0x73),
    Rgb(0xCC, 0x79, 0xA7),
    Rgb(0x56, 0xB4, 0xE9),
    Rgb(0xE6, 0x9F, 0x00),
    Rgb(0xF0, 0xE4, 0x42),
];

/// The same hues, lighter, for dark ground.
const SERIES_DARK: [Rgb; 7] = [
    Rgb(0x4D, 0xA6, 0xE0),
    Rgb(0xF0, 0x84, 0x3C),
    Rgb(0x3C, 0xC2, 0x9A),
    Rgb(0xDF, 0x9B, 0xC2),
    Rgb(0x8F, 0xD0, 0xF5),
    Rgb(0xF0, 0xB8, 0x40),
    Rgb(0xF5, 0xEC, 0x7A),
];

/// How many groups have a colour of their own; the rest are quiet.
pub const SERIES_COLOURS: u8 = 7;

impl Theme {
    /// The colour of something in this theme.
    pub fn rgb(self, paint: Paint) -> Rgb {
        match self {
            Self::Light => light(paint),
            Self::Dark => dark(paint),
        }
    }
}

fn light(paint: Paint) -> Rgb {
    match paint {
        Paint::Ground => Rgb(0xF4, 0xF3, 0xEF),
        Paint::Panel => Rgb(0xFB, 0xFA, 0xF7),
        Paint::Card => Rgb(0xFF, 0xFF, 0xFF),
        Paint::Ink => Rgb(0x1B, 0x1E, 0x23),
        Paint::Ink2 => Rgb(0x5A, 0x60, 0x6A),
        Paint::Ink3 => Rgb(0x68, 0x6E, 0x77),
        Paint::Line => Rgb(0xE2, 0xDF, 0xD8),
        Paint::Grid => Rgb(0xEC, 0xEA, 0xE4),
        Paint::Accent | Paint::Tone(Tone::Accent) => Rgb(0x0B, 0x6E, 0x99),
        Paint::Chosen => Rgb(0xE4, 0xEF, 0xF4),
        Paint::Thread => Rgb(0xF5, 0xB8, 0x3D),
        Paint::Gain => Rgb(0x00, 0x68, 0x4A),
        Paint::Loss => Rgb(0x8A, 0x5A, 0x00),
        Paint::Tone(Tone::Votes) => SERIES_LIGHT[0],
        Paint::Tone(Tone::Seats) => SERIES_LIGHT[1],
        Paint::Tone(Tone::Series(n)) => series(&SERIES_LIGHT, n, Rgb(0xA9, 0xAD, 0xB3)),
        Paint::Tone(Tone::Quiet) => Rgb(0xA9, 0xAD, 0xB3),
        Paint::Tone(Tone::Missing) => Rgb(0xB9, 0xB4, 0xA8),
    }
}

fn dark(paint: Paint) -> Rgb {
    match paint {
        Paint::Ground => Rgb(0x14, 0x16, 0x1A),
        Paint::Panel => Rgb(0x19, 0x1C, 0x21),
        Paint::Card => Rgb(0x1F, 0x23, 0x29),
        Paint::Ink => Rgb(0xEC, 0xED, 0xEF),
        Paint::Ink2 => Rgb(0xA8, 0xAF, 0xB9),
        Paint::Ink3 => Rgb(0x8D, 0x95, 0xA0),
        Paint::Line => Rgb(0x2C, 0x31, 0x39),
        Paint::Grid => Rgb(0x28, 0x2D, 0x34),
        Paint::Accent | Paint::Tone(Tone::Accent) => Rgb(0x5C, 0xB8, 0xE4),
        Paint::Chosen => Rgb(0x1E, 0x36, 0x44),
        Paint::Thread => Rgb(0xB9, 0x7F, 0x12),
        Paint::Gain => Rgb(0x5F, 0xD3, 0xA8),
        Paint::Loss => Rgb(0xF0, 0xC4, 0x6B),
        Paint::Tone(Tone::Votes) => SERIES_DARK[0],
        Paint::Tone(Tone::Seats) => SERIES_DARK[1],
        Paint::Tone(Tone::Series(n)) => series(&SERIES_DARK, n, Rgb(0x6C, 0x74, 0x7F)),
        Paint::Tone(Tone::Quiet) => Rgb(0x6C, 0x74, 0x7F),
        Paint::Tone(Tone::Missing) => Rgb(0x5A, 0x61, 0x6C),
    }
}

fn series(colours: &[Rgb; 7], n: u8, rest: Rgb) -> Rgb {
    colours.get(usize::from(n)).copied().unwrap_or(rest)
}

/// Sizes in px of the window; an export scales them.
pub mod size {
    /// The chart's title in the window.
    pub const TITLE: f64 = 19.0;
    /// The chart's title on a page 1200 px wide.
    pub const TITLE_PAGE: f64 = 25.0;
    /// The subtitle in the window.
    pub const SUBTITLE: f64 = 13.5;
    /// The subtitle on a page 1200 px wide.
    pub const SUBTITLE_PAGE: f64 = 16.0;
    /// Text of panels; row names and values of a chart in the window.
    pub const TEXT: f64 = 13.0;
    /// Row names and values of a chart on a page 1200 px wide.
    pub const TEXT_PAGE: f64 = 15.0;
    /// Notes and source line on a page 1200 px wide.
    pub const NOTE_PAGE: f64 = 13.0;
    /// Labels.
    pub const LABEL: f64 = 12.5;
    /// Captions: bold capitals.
    pub const CAPTION: f64 = 11.0;
    /// The text of the report.
    pub const REPORT: f64 = 14.5;
    /// A line of the report.
    pub const REPORT_LINE: f64 = 24.0;
    /// The smallest text on a page.
    pub const SMALLEST: f64 = 9.5;
    /// Corners of controls.
    pub const CORNER: f64 = 6.0;
    /// Corners of cards.
    pub const CORNER_CARD: f64 = 10.0;
    /// The navigator's width.
    pub const NAVIGATOR: f64 = 236.0;
    /// The source panel's width.
    pub const SOURCE: f64 = 428.0;
    /// Space, in steps of 4.
    pub const SPACE: [f64; 6] = [4.0, 8.0, 12.0, 20.0, 24.0, 40.0];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ink_is_readable_on_every_ground() {
        for theme in [Theme::Light, Theme::Dark] {
            for ink in [Paint::Ink, Paint::Ink2, Paint::Ink3, Paint::Accent, Paint::Gain, Paint::Loss] {
                for ground in [Paint::Card, Paint::Panel, Paint::Ground, Paint::Chosen] {
                    let contrast = theme.rgb(ink).contrast(theme.rgb(ground));
                    assert!(
                        contrast >= 4.5 || ground == Paint::Chosen && contrast >= 4.0,
                        "{theme:?} {ink:?} on {ground:?}: {contrast:.2}"
                    );
                }
            }
        }
    }
}
