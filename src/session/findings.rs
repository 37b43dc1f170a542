//! What a source says against itself, ready to be shown: each finding with its sentences, the numerals in them marked.

use std::collections::BTreeSet;

use super::{Panel, Session, cite, load::Loaded};
use crate::{
    analysis::consistency::{self, Finding, Verdict},
    chart::{CHARTS, ChartKind, ChartSpec, disputed},
    reading::sentences,
    source::{Anchor, BlockKind, Document, Place, Span},
};

/// So many findings are shown; the command line lists all.
const MOST: usize = 200;
/// So many sentences of one finding are shown.
const MOST_QUOTES: usize = 16;

/// What a source says against itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Those that are shown, by verdict; what agrees is not among them.
    pub told: Vec<Told>,
    /// How many contradictions, tensions and incomplete statements there are.
    counts: [usize; 3],
}

/// A finding with its sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The finding.
    pub finding: Finding,
    /// Its sentences and rows, in the order of the source.
    pub quotes: Vec<Quote>,
    /// The key of the statement that charts do not take, where one can be drawn of it.
    pub other: Option<String>,
}

/// A sentence of a text or a row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Where: `Electoral Process ¶19`.
    pub place: String,
    /// Its words in runs; the second says whether the run is what the finding is about.
    pub runs: Vec<(String, bool)>,
    /// The first place in it.
    pub anchor: Anchor,
}

impl Findings {
    /// Checks a source against itself.
    pub fn of(loaded: &Loaded) -> Self {
        let all = consistency::check(&loaded.source, loaded.reading.as_ref(), &loaded.dataset);
        let counts = consistency::counts(&all).map(|(_, count)| count);
        let loud = all.into_iter().filter(|finding| finding.verdict != Verdict::Agrees).take(MOST);
        let told = loud.map(|finding| Told {
            quotes: quotes(loaded, &finding.places),
            other: finding.other.as_ref().map(|other| other.key.clone()).filter(|key| is_drawable(loaded, key)),
            finding,
        });
        let told = told.collect();
        Self { told, counts }
    }

    /// How many there are, in words: `2 contradictions, 5 tensions, 4 incomplete`; nothing where there are none.
    pub fn summary(&self) -> Option<String> {
        let named = [("contradiction", "contradictions"), ("tension", "tensions"), ("incomplete", "incomplete")];
        let part = |(count, (one, many)): (&usize, (&str, &str))| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {many}")),
        };
        let parts: Vec<String> = self.counts.iter().zip(named).filter_map(part).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// How many are not shown.
    pub fn more(&self) -> usize {
        self.counts.iter().sum::<usize>().saturating_sub(self.told.len())
    }
}

impl Quote {
    /// Its words.
    pub fn words(&self) -> String {
        self.runs.iter().map(|(words, _)| words.as_str()).collect()
    }
}

/// A verdict in a reader's words.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Contradiction => "Contradiction",
        Verdict::Tension => "Tension",
        Verdict::Incomplete => "Incomplete",
        Verdict::Agrees => "Agrees",
    }
}

impl Session {
    /// Whether the source that is shown says something against itself.
    pub fn has_findings(&self) -> bool {
        self.shown().is_some_and(|open| !open.findings.told.is_empty())
    }

    /// Whether the list of findings is in sight.
    pub fn lists_findings(&self) -> bool {
        self.findings_open && self.has_findings() && self.workspace.shows(Panel::Document)
    }

    /// The list of findings stands in the source's panel, which is shown for it, in the place of any other list.
    pub(super) fn toggle_findings(&mut self) {
        self.findings_open = !self.lists_findings() && self.has_findings();
        if self.findings_open {
            self.workspace.hidden.remove(&Panel::Document);
            self.account.open = false;
        }
    }
}

/// Whether some chart can be drawn of a statement.
fn is_drawable(loaded: &Loaded, key: &str) -> bool {
    let only = BTreeSet::from([key.to_owned()]);
    let draws = |kind: &ChartKind, of: String| {
        let spec = ChartSpec { of: Some(of), ..ChartSpec::new(kind.id) };
        !disputed::that_matter(&loaded.dataset, &spec, &only).is_empty()
    };
    CHARTS.iter().any(|kind| (kind.keys)(&loaded.dataset).into_iter().any(|(of, _)| draws(kind, of)))
}

/// The sentences and rows that places stand in, each once.
fn quotes(loaded: &Loaded, places: &[Anchor]) -> Vec<Quote> {
    match &loaded.source.document {
        Document::Report(_) => of_report(loaded, places),
        Document::Table(_) => of_table(loaded, places),
    }
}

fn of_report(loaded: &Loaded, places: &[Anchor]) -> Vec<Quote> {
    let mut units: Vec<(Span, Anchor, Vec<Span>)> = Vec::new();
    for anchor in places {
        let Some(span) = anchor.span() else { continue };
        match units.last_mut() {
            Some((unit, _, lit)) if unit.contains(span) => lit.push(span),
            _ => units.push((unit(loaded, span), *anchor, vec![span])),
        }
    }
    let quote = |(unit, anchor, lit): (Span, Anchor, Vec<Span>)| Quote {
        place: cite::place(loaded, anchor),
        runs: runs(loaded, unit, &lit),
        anchor,
    };
    units.into_iter().take(MOST_QUOTES).map(quote).collect()
}

/// The sentence around a span; in a table, its row.
fn unit(loaded: &Loaded, span: Span) -> Span {
    let text = &loaded.source.text;
    let blocks = loaded.reading.as_ref().map_or(&[][..], |reading| &reading.paragraphs);
    let at = blocks.partition_point(|block| block.span.start <= span.start);
    let Some(block) = at.checked_sub(1).and_then(|at| blocks.get(at)) else { return span };
    let words = block.span.of(text).unwrap_or_default();
    if block.kind == BlockKind::Table {
        let Some(before) = Span::new(block.span.start, span.start).of(text) else { return span };
        let start = block.span.start + before.rfind('\n').map_or(0, |at| at + 1);
        let end = Span::new(span.end, block.span.end).of(text).and_then(|rest| rest.find('\n'));
        return Span::new(start, end.map_or(block.span.end, |at| span.end + at));
    }
    sentences(words, block.span.start).into_iter().find(|one| one.contains(span)).unwrap_or(span)
}

/// The words of a span on one line, those inside the lit spans in runs of their own.
fn runs(loaded: &Loaded, unit: Span, lit: &[Span]) -> Vec<(String, bool)> {
    let words = unit.of(&loaded.source.text).unwrap_or_default();
    let markdown = loaded.source.is_markdown();
    let mut runs: Vec<(String, bool)> = Vec::new();
    let mut blank = true;
    for (at, c) in words.char_indices() {
        let byte = unit.start + at;
        let is_lit = lit.iter().any(|span| span.start <= byte && byte < span.end);
        let mark = c == '|' || (markdown && c == '*');
        let space = c.is_whitespace() || mark;
        if space && (blank || (mark && c == '*')) {
            continue;
        }
        blank = space;
        let c = if space { ' ' } else { c };
        match runs.last_mut() {
            Some((run, same)) if *same == is_lit => run.push(c),
            _ => runs.push((c.to_string(), is_lit)),
        }
    }
    if let Some((last, _)) = runs.last_mut() {
        last.truncate(last.trim_end().len());
    }
    runs.retain(|(run, _)| !run.is_empty());
    runs
}

fn of_table(loaded: &Loaded, places: &[Anchor]) -> Vec<Quote> {
    let Document::Table(grids) = &loaded.source.document else { return Vec::new() };
    let mut quotes: Vec<Quote> = Vec::new();
    let row_of = |anchor: &Anchor| match anchor.place {
        Place::Cell { table, row, .. } => Some((table, row)),
        Place::Text(_) => None,
    };
    for in_row in places.chunk_by(|a, b| row_of(a) == row_of(b)).take(MOST_QUOTES) {
        let Some((table, row)) = row_of(&in_row[0]) else { continue };
        let cells =
            grids.get(table as usize).and_then(|grid| grid.rows.get(row as usize)).map_or(&[][..], Vec::as_slice);
        let lit = |n: usize| {
            in_row.iter().any(|anchor| matches!(anchor.place, Place::Cell { column, .. } if column as usize == n))
        };
        let mut runs = Vec::new();
        for (n, cell) in cells.iter().enumerate() {
            if n > 0 {
                runs.push((" · ".to_owned(), false));
            }
            runs.push((cell.trim().to_owned(), lit(n)));
        }
        quotes.push(Quote { place: format!("row {}", row + 1), runs, anchor: in_row[0] });
    }
    quotes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        session::load::{Progress, load_bytes},
        source::SourceId,
    };

    fn findings(name: &str, text: &str) -> Findings {
        Findings::of(&load_bytes(name, text.as_bytes(), SourceId(0), &Progress::default()).unwrap())
    }

    #[test]
    fn sentences_and_rows_are_quoted_with_their_numerals_lit() {
        let text = include_str!("../../tests/fixtures/ostrana-2006.txt");
        let found = findings("report.txt", text);
        assert_eq!(found.summary().as_deref(), Some("2 contradictions, 5 tensions, 4 incomplete"));
        let quotes = &found.told[0].quotes;
        let lit = |quote: &Quote| {
            quote.runs.iter().filter(|(_, lit)| *lit).map(|(words, _)| words.clone()).collect::<Vec<_>>()
        };
        let all: Vec<Vec<String>> = quotes.iter().map(lit).collect();
        assert_eq!(all, [["59"], ["fifty-nine"], ["40"], ["12"], ["5"]]);
        assert_eq!(quotes[2].words(), "Lantern 24 9 33 7 40");
        assert!(quotes[1].words().starts_with("In the end fifty-nine out of 80 seats"), "{}", quotes[1].words());
        assert_eq!(quotes[1].place, "Ballots and Lists ¶3");
    }

    #[test]
    fn a_row_of_a_table_is_quoted_once() {
        let found = findings("vote.csv", "party,vote_share,list_seats,smd_seats,total_seats\nA,60,3,4,7\nB,40,2,1,4\n");
        assert_eq!(found.summary().as_deref(), Some("1 contradiction"));
        let quotes: Vec<String> = found.told[0].quotes.iter().map(Quote::words).collect();
        assert_eq!(quotes, ["B · 40 · 2 · 1 · 4"]);
        assert_eq!(findings("a.txt", "Nothing is said here.").summary(), None);
    }
}
