//! The account of a report's figures: how each was read, in words, and the list of those of one status.

use super::{Panel, Session, cite, load::Loaded};
use crate::{
    chart::{number, words},
    reading::{Coverage, Figure, FigureStatus, Form, Reading, STATUSES},
    source::Span,
};

/// How many characters behind a figure a row holds: as many as the widest panel shows.
const BEHIND: usize = 160;

/// The list of the shown report's figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Whether it is open.
    pub open: bool,
    /// The status of the figures listed.
    pub status: FigureStatus,
    /// The figures listed, by their numbers in the reading.
    pub rows: Vec<usize>,
}

impl Default for Account {
    fn default() -> Self {
        Self { open: false, status: FigureStatus::Unknown, rows: Vec::new() }
    }
}

impl Session {
    /// Whether the source that is shown has figures to list.
    pub fn has_figures(&self) -> bool {
        self.shown().is_some_and(|open| open.coverage.all() > 0)
    }

    /// Whether the list of figures is in sight.
    pub fn lists_figures(&self) -> bool {
        self.account.open && self.has_figures() && self.workspace.shows(Panel::Document)
    }

    /// Where none is listed, lists those of the first status that has some: what was not understood comes first.
    pub(super) fn list_some_figures(&mut self) {
        let coverage = self.shown().map(|open| open.coverage).unwrap_or_default();
        let first = STATUSES.into_iter().find(|status| coverage.with(*status) > 0);
        if let (true, Some(first)) = (self.account.rows.is_empty(), first) {
            self.list_figures(first);
        }
    }

    /// Lists the figures of a status of the source that is shown.
    pub(super) fn list_figures(&mut self, status: FigureStatus) {
        let figures = self.shown().and_then(|open| open.loaded.reading.as_ref()).map(|reading| &reading.figures);
        let figures = figures.into_iter().flatten().enumerate();
        let rows = figures.filter(|(_, figure)| figure.status == status).map(|(n, _)| n).collect();
        self.account.rows = rows;
        self.account.status = status;
    }
}

/// How much was read, in words: `341 of 348 in digits, 52 of 60 in words read`; nothing where there are no figures.
pub fn coverage(coverage: &Coverage) -> Option<String> {
    let part = |form: Form, name: &str| {
        let (read, all) = coverage.read(form);
        let shown = |count: usize| number::stated(count.into());
        (all > 0).then(|| format!("{} of {} in {name}", shown(read), shown(all)))
    };
    let parts: Vec<String> = [part(Form::Digits, "digits"), part(Form::Words, "words")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("{} read", parts.join(", ")))
}

/// A status in a reader's words.
pub fn status(status: FigureStatus) -> &'static str {
    match status {
        FigureStatus::Fact => "Fact",
        FigureStatus::Date => "Date",
        FigureStatus::NotAQuantity => "No quantity",
        FigureStatus::Unknown => "Not understood",
    }
}

/// A figure's value with its unit: `60.61 %`, `8–10 %`, `over 40 hours`, `USD 25 000`; empty where the words give no
/// number.
pub fn value(figure: &Figure) -> String {
    let Some(least) = figure.value else { return String::new() };
    let mut text = number::stated(least);
    if let Some(most) = figure.value_max {
        text = format!("{text}–{}", number::stated(most));
    }
    let text = match figure.unit.as_str() {
        // The kind says what these count.
        "" | "score" | "rank" | "ordinal" | "count" | "share" | "year" | "date" => text,
        unit if unit == figure.kind => text,
        "percent" => text + "\u{202f}%",
        unit if figure.kind == "money" || unit == "usd" => format!("{} {text}", unit.to_uppercase()),
        unit => format!("{text} {unit}"),
    };
    match figure.detail(BOUND) {
        Some(bound) => format!("{bound} {text}"),
        None => text,
    }
}

/// How a figure was read, on one line: `vote share · Reds · 46.25 % · 2006`; empty where no rule reads it.
pub fn told(figure: &Figure) -> String {
    match figure.status {
        FigureStatus::Fact => {
            let parts =
                [figure.kind.replace('_', " "), figure.subject.clone(), value(figure), words::period(&figure.period)];
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            words::joined(&parts, " · ")
        }
        FigureStatus::Date => dated(figure),
        FigureStatus::NotAQuantity => reason(figure),
        FigureStatus::Unknown => String::new(),
    }
}

/// All that is known of a figure, a name and a text each; nothing where no rule reads it.
pub fn particulars(figure: &Figure) -> Vec<(String, String)> {
    let line = |name: &str, text: String| (name.to_owned(), text);
    let mut lines = match figure.status {
        FigureStatus::Fact => {
            let period = words::period(&figure.period);
            let period = if period.is_empty() { "not stated".to_owned() } else { period };
            vec![
                line("What", figure.kind.replace('_', " ")),
                line("Whose", figure.subject.clone()),
                line("Value", value(figure)),
                line("When", period),
            ]
        }
        FigureStatus::Date => vec![line("When", dated(figure))],
        FigureStatus::NotAQuantity => vec![line("Why", reason(figure))],
        FigureStatus::Unknown => return Vec::new(),
    };
    let more = figure.detail.iter().filter(|(key, _)| ![WHY, BOUND].contains(&key.as_str()));
    lines.extend(more.map(|(key, value)| (words::sentence(&key.replace('_', " ")), plain(key, value))));
    lines.retain(|(_, text)| !text.is_empty());
    lines
}

/// A detail in a reader's words.
fn plain(key: &str, value: &str) -> String {
    let words = match (key, value) {
        ("tier", "list") => "party lists",
        ("tier", "smd") => "single-member districts",
        ("tier", "smd_round_1") => "single-member districts, first round",
        ("tier", "smd_round_2") => "single-member districts, second round",
        ("noun", "before") => "said before",
        ("year_from", "edition") => "the year that the edition covers",
        ("year_from", "context") => "the dates before",
        ("period_from", "edition") => "the edition",
        ("period_from", "context") => "the sentences before",
        _ => return value.replace('_', " "),
    };
    words.to_owned()
}

/// The detail that says why a numeral is no quantity.
const WHY: &str = "what";
/// The detail that says how exact a value is: `over`, `about`.
const BOUND: &str = "approx";

/// Why a numeral is no quantity, in a reader's words.
fn reason(figure: &Figure) -> String {
    let why = figure.detail(WHY).unwrap_or_default();
    let words = match why {
        "name" => "part of a name",
        "article" => "the number of an article",
        "law" => "the number of a law",
        "table label" => "the label of a table",
        "page" => "a page or a volume",
        "order" => "tells an order",
        "idiom" => "a turn of phrase",
        "term" => "part of a term",
        "pronoun" => "stands for a noun",
        "emphasis" => "only stresses",
        other => other,
    };
    words.to_owned()
}

fn dated(figure: &Figure) -> String {
    if figure.period.is_empty() { value(figure) } else { words::period(&figure.period) }
}

/// A figure in the words around it, its place, and how it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The end of what stands before it in its paragraph.
    pub before: String,
    /// The figure.
    pub words: String,
    /// The beginning of what stands behind it.
    pub behind: String,
    /// Where: `Electoral Process ¶19`.
    pub place: String,
    /// How it was read, as `told` says it.
    pub told: String,
}

/// The row of a figure by its number, with so many characters before it.
pub fn row(loaded: &Loaded, reading: &Reading, figure: usize, before: usize) -> Option<Row> {
    let figure = reading.figures.get(figure)?;
    let block = reading.paragraphs.get(figure.paragraph)?.span;
    let source = &loaded.source;
    let plain = |span: Span| {
        let words = span.of(&source.text).unwrap_or_default().replace('|', " ");
        let words = if source.is_markdown() { words.replace("**", "") } else { words };
        let ends = (words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace));
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let space = |there: bool| if there && !words.is_empty() { " " } else { "" };
        format!("{}{words}{}", space(ends.0), space(ends.1))
    };
    Some(Row {
        before: tail(&plain(near_end(&source.text, Span::new(block.start, figure.span.start), before)), before),
        words: plain(figure.span).trim().to_owned(),
        behind: plain(near_start(&source.text, Span::new(figure.span.end, block.end), BEHIND)),
        place: cite::place(loaded, source.anchor(figure.span)),
        told: told(figure),
    })
}

/// The part of a span that can hold its last `count` characters: a paragraph may be as long as the file.
fn near_end(text: &str, span: Span, count: usize) -> Span {
    let start = span.end.saturating_sub(count * 8).max(span.start);
    Span::new((start..=span.end).find(|at| text.is_char_boundary(*at)).unwrap_or(span.end), span.end)
}

/// The part of a span that can hold its first `count` characters.
fn near_start(text: &str, span: Span, count: usize) -> Span {
    let end = (span.start + count * 8).min(span.end);
    Span::new(span.start, (span.start..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(span.start))
}

/// The last words within `count` characters, with a sign where more stood before them.
fn tail(words: &str, count: usize) -> String {
    let length = words.chars().count();
    if length <= count {
        return words.trim_start().to_owned();
    }
    let cut: String = words.chars().skip(length - count).collect();
    let from = cut.find(' ').map_or(0, |at| at + 1);
    format!("… {}", &cut[from..])
}

#[cfg(test)]
mod tests {
    use super::{near_end, near_start, tail};
    use crate::source::Span;

    #[test]
    fn what_stands_before_is_cut_between_words() {
        assert_eq!(tail("the Grey Hand took ", 40), "the Grey Hand took ");
        assert_eq!(tail("in the harbours the Grey Hand took ", 20), "… the Grey Hand took ");
        assert_eq!(tail("unbrokenwordsallalong", 8), "… allalong");
    }

    #[test]
    fn the_cut_of_a_long_paragraph_lies_between_characters() {
        let text = "ә".repeat(100);
        let all = Span::new(0, text.len());
        for count in 0..40 {
            assert!(near_end(&text, Span::new(0, text.len() - 2), count).of(&text).is_some());
            assert!(near_start(&text, Span::new(2, all.end), count).of(&text).is_some());
        }
    }
}
