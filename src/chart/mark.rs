//! A chart as data: scales, marks with their evidence, and the words around them. Nothing here is a pixel.

use serde::Serialize;

use super::{disputed::Disputed, number};
use crate::source::{Cited, Decimal, Evidence};

/// Made of domain keys (chart, party, year), so that a selection outlives a reload; the element's id in the SVG.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct MarkId(pub String);

/// How a mark's value stands to the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkStatus {
    /// Stated.
    Stated,
    /// Computed from what is stated.
    Derived,
    /// Not stated: a span of what is possible, hatched.
    NotStated,
    /// The source says that there is none.
    NotApplicable,
}

/// What a colour means; the tokens say which colour that is in a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Votes.
    Votes,
    /// Seats.
    Seats,
    /// The n-th group or category.
    Series(u8),
    /// A line that only joins.
    Quiet,
    /// A derived rule, such as a mean.
    Accent,
    /// What is not stated.
    Missing,
}

/// How a mark looks, apart from its shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Its colour's meaning.
    pub tone: Tone,
    /// Drawn as an outline: an estimate, or a share whose date is not stated.
    pub hollow: bool,
    /// Its line is dashed, for the same reasons.
    pub dashed: bool,
}

/// A shape in plot coordinates. On a band scale a row's centre is its number, 0 on top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// A dot.
    Dot {
        /// Across.
        x: f64,
        /// Down or up, as the scale says.
        y: f64,
    },
    /// A straight line from one point to another.
    Segment {
        /// Start.
        from: (f64, f64),
        /// End.
        to: (f64, f64),
    },
    /// A filled rectangle.
    Bar {
        /// Two opposite corners.
        from: (f64, f64),
        /// Two opposite corners.
        to: (f64, f64),
    },
    /// A hatched rectangle: what is not stated.
    Hatch {
        /// Two opposite corners.
        from: (f64, f64),
        /// Two opposite corners.
        to: (f64, f64),
    },
    /// A vertical line through the whole plot.
    Rule {
        /// Across.
        x: f64,
    },
    /// Seats of a half circle, from one to before another of all, counted from the left: see `hemicycle`.
    Seats {
        /// The first.
        first: u32,
        /// One past the last.
        last: u32,
        /// Of how many.
        of: u32,
    },
    /// Nothing to draw but its label, at a point (`not applicable`).
    Words {
        /// Across.
        x: f64,
        /// Down or up.
        y: f64,
    },
}

/// Where the words beside a mark want to stand; where there is no room they are moved, led out by a line, or left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Wherever there is room.
    #[default]
    Auto,
    /// At the right: the ends of lines. Those of one x stand in a column.
    Right,
    /// At the left: the starts of lines. Those of one x stand in a column.
    Left,
    /// Over it.
    Above,
    /// Under it.
    Below,
}

/// The words drawn beside a mark.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Label {
    /// The words: `60.61`.
    pub text: String,
    /// Quieter words behind them, in italics: `date not stated`.
    pub aside: String,
    /// What stands instead where there is no room: the number alone.
    pub short: String,
    /// In italics: reasons for what is missing.
    pub italic: bool,
    /// Heavier than the others.
    pub bold: bool,
    /// Where it wants to stand.
    pub at: Side,
}

impl Label {
    /// Plain words wherever there is room.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A reason: in italics.
    pub fn reason(text: impl Into<String>) -> Self {
        Self { text: text.into(), italic: true, ..Self::default() }
    }

    /// The same with quieter words behind.
    pub fn aside(self, aside: impl Into<String>) -> Self {
        Self { aside: aside.into(), ..self }
    }

    /// The same with a shorter form for where there is no room.
    pub fn short(self, short: impl Into<String>) -> Self {
        Self { short: short.into(), ..self }
    }

    /// The same on a side.
    pub fn at(self, at: Side) -> Self {
        Self { at, ..self }
    }

    /// The same, heavier.
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

impl Style {
    /// Filled, with whole lines.
    pub fn solid(tone: Tone) -> Self {
        Self { tone, hollow: false, dashed: false }
    }

    /// An outline.
    pub fn hollow(tone: Tone) -> Self {
        Self { tone, hollow: true, dashed: false }
    }

    /// An outline and dashed lines: an estimate, or a share whose date is not stated.
    pub fn unsure(tone: Tone) -> Self {
        Self { tone, hollow: true, dashed: true }
    }
}

/// One mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its id.
    pub id: MarkId,
    /// What it is, in words: `Greens, share of the popular vote`.
    pub name: String,
    /// Its shape.
    pub shape: Shape,
    /// Its look.
    pub style: Style,
    /// The words beside it, if any.
    pub label: Option<Label>,
    /// How its value stands to the source.
    pub status: MarkStatus,
    /// Its value in `unit`; `None` when not stated.
    pub value: Option<Decimal>,
    /// Lowest possible value of what is not stated.
    pub low: Option<Decimal>,
    /// Highest possible value of what is not stated.
    pub high: Option<Decimal>,
    /// `percent`, `score`, `pp`.
    pub unit: &'static str,
    /// Digits after the point when the value is shown; `None`: as the source writes it.
    pub decimals: Option<u32>,
    /// What it rests on. Never empty.
    pub evidence: Evidence,
    /// What else is said of it that stands in no open source.
    pub grounds: Vec<Grounds>,
}

/// What a family's grammar proves of a mark: no words of a document, so no piece of evidence, but said with its reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Grounds {
    /// What is proven: `first_rated`, `regime_classes`.
    pub role: &'static str,
    /// In a reader's words: `first rated in the 2005 edition`.
    pub says: String,
    /// The grammar that holds the note: `nations-in-transit`.
    pub grammar: String,
    /// Where it is published.
    pub reference: String,
}

/// One tick.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// Its words.
    pub label: String,
}

/// What kind of scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScaleKind {
    /// Numbers.
    Linear,
    /// Rows with names, centres at 0, 1, 2 …; the domain is −0.5 to n − 0.5.
    Band,
}

/// One axis: decided once, drawn alike by window and export.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Its kind.
    pub kind: ScaleKind,
    /// From, to; for a y scale the first is at the bottom, for a band scale at the top.
    pub domain: (f64, f64),
    /// Its ticks.
    pub ticks: Vec<Tick>,
    /// Words at the first end: `◂ 1 best`.
    pub first_end: Option<String>,
    /// Words at the last end: `7 worst ▸`.
    pub last_end: Option<String>,
    /// Whether a gridline stands at each tick.
    pub grid: bool,
}

/// What stands behind the marks and is no mark.
#[derive(Clone, Debug, PartialEq)]
pub enum Scenery {
    /// A band of the x scale with its name above: a class of the series.
    Band {
        /// From.
        from: f64,
        /// To.
        to: f64,
        /// Its name.
        label: String,
        /// Every other one is shaded.
        shaded: bool,
    },
    /// A line from corner to corner, such as votes = seats.
    Line {
        /// Start.
        from: (f64, f64),
        /// End.
        to: (f64, f64),
        /// Its name.
        label: String,
    },
}

/// Words at the right end of a row: a difference, a sign of change.
#[derive(Clone, Debug, PartialEq)]
pub struct RowNote {
    /// The row.
    pub row: usize,
    /// Which of the columns at the right, from 0.
    pub column: usize,
    /// The words.
    pub text: String,
    /// Bold, for numbers.
    pub bold: bool,
    /// In italics, for reasons.
    pub italic: bool,
    /// A gain (`Some(true)`), a loss, or neither.
    pub gain: Option<bool>,
    /// The mark it belongs to.
    pub mark: Option<MarkId>,
}

/// A sign and its words above the plot.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendItem {
    /// The look of the sign.
    pub style: Style,
    /// Its words.
    pub text: String,
}

/// A column of the table under the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// Right-aligned tabular figures.
    pub numeric: bool,
}

/// A cell of the table under the chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// As shown: `60.61 %`, `not stated`.
    pub text: String,
    /// In italics, for reasons.
    pub italic: bool,
    /// The mark whose value it is.
    pub mark: Option<MarkId>,
}

/// A row of the table under the chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableRow {
    /// Its cells, one a column.
    pub cells: Vec<Cell>,
}

/// Exactly the values shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<TableRow>,
}

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Its id: `seats-votes-list`.
    pub id: String,
    /// One sentence that the data make true.
    pub title: String,
    /// What is measured, base, place, time.
    pub subtitle: String,
    /// Document, edition, section and paragraph of the evidence.
    pub source_line: String,
    /// The same with every heading whole, however long.
    pub source_line_whole: String,
    /// What a reader must know: bases, what is missing.
    pub notes: Vec<String>,
    /// Numbers of which something else is stated too; each has its note among the notes.
    pub disputed: Vec<Disputed>,
    /// Across.
    pub x: Scale,
    /// Down or up.
    pub y: Scale,
    /// Whether a unit is as long across as up, as circles need it.
    pub even: bool,
    /// Behind the marks.
    pub scenery: Vec<Scenery>,
    /// The marks, in drawing order.
    pub marks: Vec<Mark>,
    /// At the right end of the rows: heads of the columns.
    pub row_heads: Vec<String>,
    /// At the right end of the rows: the words.
    pub row_notes: Vec<RowNote>,
    /// Signs and words above the plot.
    pub legend: Vec<LegendItem>,
    /// Exactly the values shown.
    pub table: Table,
    /// What a reader who can't see it should know.
    pub alt: String,
    /// The first 8 hex digits of SHA-256 over the chart's spec and its sources' hashes.
    pub hash: String,
}

impl Mark {
    /// A mark of a known value: stated, or derived and then shown with `decimals` digits.
    pub fn known(
        id: String,
        name: String,
        shape: Shape,
        style: Style,
        unit: &'static str,
        value: &Cited<Decimal>,
    ) -> Self {
        let derived = value.evidence.is_derived();
        Self {
            id: MarkId(id),
            name,
            shape,
            style,
            label: None,
            status: if derived { MarkStatus::Derived } else { MarkStatus::Stated },
            value: Some(value.value),
            low: None,
            high: None,
            unit,
            decimals: derived.then_some(1),
            evidence: value.evidence.clone(),
            grounds: Vec::new(),
        }
    }

    /// A mark of what is not stated: its lowest and highest possible value, and the operands that bound it.
    pub fn not_stated(
        id: String,
        name: String,
        shape: Shape,
        unit: &'static str,
        range: (Decimal, Decimal),
        evidence: Evidence,
    ) -> Self {
        Self {
            id: MarkId(id),
            name,
            shape,
            style: Style::solid(Tone::Missing),
            label: None,
            status: MarkStatus::NotStated,
            value: None,
            low: Some(range.0),
            high: Some(range.1),
            unit,
            decimals: Some(1),
            evidence,
            grounds: Vec::new(),
        }
    }

    /// A mark of what the source says does not exist.
    pub fn not_applicable(id: String, name: String, shape: Shape, unit: &'static str, evidence: Evidence) -> Self {
        Self {
            id: MarkId(id),
            name,
            shape,
            style: Style::solid(Tone::Missing),
            label: None,
            status: MarkStatus::NotApplicable,
            value: None,
            low: None,
            high: None,
            unit,
            decimals: None,
            evidence,
            grounds: Vec::new(),
        }
    }

    /// The same with words beside it.
    pub fn labelled(self, label: Label) -> Self {
        Self { label: Some(label), ..self }
    }

    /// The same, shown with so many digits after the point where it is derived.
    pub fn with_decimals(self, decimals: u32) -> Self {
        Self { decimals: self.decimals.map(|_| decimals), ..self }
    }

    /// Its value as a reader sees it, without its unit: `60.61`, `+7.2`, `not stated (0–5.46)`, `not applicable`.
    pub fn shown(&self) -> String {
        let number = |value: Decimal| match (self.unit, self.decimals) {
            ("pp", decimals) => number::signed(value, decimals.unwrap_or(1)),
            ("year", _) => value.to_string(),
            (_, Some(decimals)) => number::rounded(value, decimals),
            (_, None) => number::stated(value),
        };
        match (self.status, self.value, self.low, self.high) {
            (MarkStatus::NotApplicable, ..) => "not applicable".to_owned(),
            (_, Some(value), ..) => number(value),
            (MarkStatus::Stated, None, Some(low), Some(high)) => format!("{}–{}", number(low), number(high)),
            (_, None, Some(low), Some(high)) if self.unit == "pp" => format!("{} … {}", number(low), number(high)),
            (_, None, Some(low), Some(high)) if !low.is_sign_negative() => {
                format!("not stated ({}–{})", number::label(low), number::label(high))
            }
            (MarkStatus::NotStated, ..) => "not stated".to_owned(),
            _ => String::new(),
        }
    }

    /// `Greens, share of the popular vote: 60.61 %`: what a tooltip says.
    pub fn sentence(&self) -> String {
        let shown = self.shown();
        match (shown.is_empty(), self.unit, self.status) {
            (true, ..) => self.name.clone(),

            (_, "percent", MarkStatus::Stated | MarkStatus::Derived | MarkStatus::NotStated) => {
                format!("{}: {shown} %", self.name)
            }
            (_, "pp", MarkStatus::Stated | MarkStatus::Derived | MarkStatus::NotStated) => {
                format!("{}: {shown} pp", self.name)
            }
            _ => format!("{}: {shown}", self.name),
        }
    }
}

impl Chart {
    /// The mark with this id.
    pub fn mark(&self, id: &MarkId) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.id == *id)
    }
}
