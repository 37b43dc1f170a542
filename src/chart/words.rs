//! Words that the data make true: counts, lists, periods, and the places a chart's evidence stands at.

use std::collections::{BTreeMap, BTreeSet};

use super::Mark;
use crate::{
    facts::{self, Dataset, Editions, Origin},
    reading::words::MONTHS,
    source::{Anchor, Evidence, Piece, Place},
};

/// A heading of more characters is shortened in a source line …
const HEADING_CHARS: usize = 48;
/// … one of more than these already, where it begins with a label (`A2.`) …
const LABELLED_CHARS: usize = 16;
/// … which has a digit and no more characters than this.
const LABEL_CHARS: usize = 6;

const COUNTS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// A count, in words up to twelve.
pub fn count(n: usize) -> String {
    COUNTS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// The first letter as a capital.
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `A`, `A and B`, `A, B and C`.
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// Parts that are not empty, joined.
pub fn joined(parts: &[&str], between: &str) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(between)
}

/// A period in words: `2004-09` is `September 2004`; `2004-09/2004-10` is `September–October 2004`.
pub fn period(period: &str) -> String {
    if let Some((from, to)) = period.split_once('/') {
        let (from, to) = (self::period(from), self::period(to));
        return match (from.split_once(' '), to.split_once(' ')) {
            (Some((month, year)), Some((_, same))) if year == same => format!("{month}–{to}"),
            _ => format!("{from}–{to}"),
        };
    }
    let parts: Vec<&str> = period.split('-').collect();
    let month = parts.get(1).and_then(|month| MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?));
    match (parts.as_slice(), month) {
        ([year, _], Some(month)) => format!("{month} {year}"),
        ([year, _, day], Some(month)) => format!("{} {month} {year}", day.trim_start_matches('0')),
        _ => period.to_owned(),
    }
}

/// A period as a number of years: `1999`, `2004-09` is 2004.75; `None` where it does not begin with a year.
pub fn year(period: &str) -> Option<f64> {
    let mut parts = period.split(['-', '/']);
    let year: f64 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next().and_then(|month| month.parse::<f64>().ok()).filter(|month| (1.0..=12.0).contains(month));
    Some(year + month.map_or(0.0, |month| month / 12.0))
}

/// Letters and digits in lower case, parted by single hyphens: a part of an id.
pub fn slug(text: &str) -> String {
    let slug = facts::slug(text);
    if slug.is_empty() { "x".to_owned() } else { slug }
}

/// Keys that are each their own: a second `x` becomes `x-2`.
pub fn distinct<'a>(keys: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let own = |key: &str| {
        let key = slug(key);
        let mut n = 1;
        let mut candidate = key.clone();
        while !seen.insert(candidate.clone()) {
            n += 1;
            candidate = format!("{key}-{n}");
        }
        candidate
    };
    keys.into_iter().map(own).collect()
}

/// What ids of marks begin with: the kind, and the key of the data when it is not the first.
pub fn prefix(kind: &str, key: &str, first: Option<&str>) -> String {
    if first.is_none_or(|first| first == key) { kind.to_owned() } else { format!("{kind}-{}", slug(key)) }
}

/// `Veldoria, Nations in Transit 2005`.
pub fn origin(origin: &Origin) -> String {
    joined(&[&origin.country, &document(origin)], ", ")
}

/// The document: its series and edition, or its file.
pub fn document(origin: &Origin) -> String {
    let series = if origin.series.is_empty() { &origin.file } else { &origin.series };
    if series.contains(&origin.edition) { series.clone() } else { joined(&[series, &origin.edition], " ") }
}

/// How the headings of sections stand in a source line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Headings {
    /// As the document has them.
    Whole,
    /// A long one as its label (`A2`) or its first words.
    Short,
}

/// A line with short headings, and the same with whole ones.
pub fn both(line: impl Fn(Headings) -> String) -> (String, String) {
    (line(Headings::Short), line(Headings::Whole))
}

/// The source line: document, country, and every section and paragraph, or rows, that the marks rest on.
pub fn source_line(dataset: &Dataset, from: &Origin, marks: &[Mark], headings: Headings) -> String {
    let places = places_of(dataset, marks.iter().flat_map(|mark| &mark.evidence.pieces), headings);
    // Rows are of a file; where the series has a name of its own the file still has to be named.
    let in_rows =
        |mark: &Mark| mark.evidence.pieces.iter().any(|piece| matches!(piece.anchor.place, Place::Cell { .. }));
    let file = if marks.iter().any(in_rows) && !document(from).contains(&from.file) { from.file.as_str() } else { "" };
    let words = joined(&[&document(from), &from.country, file, &places], ", ");
    format!("Source: {}", if words.is_empty() { "not named" } else { &words })
}

/// The source line of what is joined from several sources: each with its sections and paragraphs, or rows; sources whose
/// places are the same are named together.
pub fn sources_line(dataset: &Dataset, editions: &Editions, marks: &[Mark], headings: Headings) -> String {
    let mut cited: Vec<(Vec<&str>, String)> = Vec::new();
    for member in &editions.members {
        let own = |piece: &&Piece| Some(piece.anchor.source) == member.origin.source;
        let pieces = marks.iter().flat_map(|mark| &mark.evidence.pieces).filter(own);
        let places = places_of(dataset, pieces, headings);
        match cited.iter_mut().find(|(_, same)| *same == places) {
            // `Nations in Transit 2007 and 2009`: the series once.
            Some((names, _)) => names.push(member.short()),
            None => cited.push((vec![&member.name], places)),
        }
    }
    let country = |n: usize| if n == 0 { editions.set.origin.country.as_str() } else { "" };
    let each = cited.iter().enumerate().map(|(n, (names, places))| joined(&[&list(names), country(n), places], ", "));
    let each: Vec<String> = each.collect();
    format!("Sources: {}", each.join("; "))
}

/// Sections and paragraphs, or rows: `Executive Summary ¶3–¶9`, `rows 2–12`.
pub fn places<'a>(dataset: &Dataset, evidence: impl IntoIterator<Item = &'a Evidence>) -> String {
    places_of(dataset, evidence.into_iter().flat_map(|evidence| &evidence.pieces), Headings::Short)
}

fn places_of<'a>(dataset: &Dataset, pieces: impl IntoIterator<Item = &'a Piece>, headings: Headings) -> String {
    let mut sections: Vec<(String, BTreeSet<u32>)> = Vec::new();
    let mut rows: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for piece in pieces {
        match piece.anchor.place {
            Place::Cell { table, row, .. } => _ = rows.entry(table).or_default().insert(row + 1),
            Place::Text(_) => note_place(dataset, piece.anchor, &mut sections),
        }
    }
    let mut words: Vec<String> = Vec::new();
    sections.sort_by_key(|(_, paragraphs)| std::cmp::Reverse(paragraphs.len()));
    for (section, paragraphs) in &sections {
        let section = if headings == Headings::Short { short_heading(section) } else { section.clone() };
        words.push(joined(&[&section, &ranges(paragraphs, "¶")], " "));
    }
    let several = rows.len() > 1;
    for (table, rows) in &rows {
        let sheet = if several { format!("sheet {} ", table + 1) } else { String::new() };
        let noun = if rows.len() > 1 { "rows" } else { "row" };
        words.push(format!("{sheet}{noun} {}", ranges(rows, "")));
    }
    words.join("; ")
}

/// A long heading as the label it begins with (`A2`), or as its first words.
fn short_heading(heading: &str) -> String {
    let length = heading.chars().count();
    if length <= LABELLED_CHARS {
        return heading.to_owned();
    }
    let first = heading.split_whitespace().next().unwrap_or_default();
    let label = first.trim_end_matches(['.', ':', ')']);
    if label != first && label.chars().count() <= LABEL_CHARS && label.chars().any(|c| c.is_ascii_digit()) {
        return label.to_owned();
    }
    if length <= HEADING_CHARS {
        return heading.to_owned();
    }
    let mut kept = String::new();
    for word in heading.split_whitespace() {
        if kept.chars().count() + word.chars().count() >= HEADING_CHARS {
            break;
        }
        kept = joined(&[&kept, word], " ");
    }
    if kept.is_empty() {
        kept = heading.chars().take(HEADING_CHARS).collect();
    }
    format!("{}…", kept.trim_end_matches([',', ';', ':']))
}

fn note_place(dataset: &Dataset, anchor: Anchor, sections: &mut Vec<(String, BTreeSet<u32>)>) {
    let Some((section, paragraph)) = dataset.locate(anchor) else { return };
    match sections.iter_mut().find(|(name, _)| name == section) {
        Some((_, paragraphs)) => _ = paragraphs.insert(paragraph),
        None => sections.push((section.to_owned(), BTreeSet::from([paragraph]))),
    }
}

/// `¶3–¶9, ¶12`; more than four runs are given as one from first to last.
fn ranges(numbers: &BTreeSet<u32>, sign: &str) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &number in numbers.iter().filter(|number| **number > 0) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    if let (true, Some((first, _)), Some((_, last))) = (runs.len() > 4, runs.first(), runs.last()) {
        runs = vec![(*first, *last)];
    }
    let word = |(from, to): &(u32, u32)| {
        if from == to { format!("{sign}{from}") } else { format!("{sign}{from}–{sign}{to}") }
    };
    runs.iter().map(word).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_and_paragraphs_read_as_words() {
        assert_eq!(period("2004-09"), "September 2004");
        assert_eq!(period("2004-09/2004-10"), "September–October 2004");
        assert_eq!(period("2004-09-19"), "19 September 2004");
        assert_eq!(period("early 2004"), "early 2004");
        assert_eq!(ranges(&BTreeSet::from([3, 4, 5, 9]), "¶"), "¶3–¶5, ¶9");
    }

    #[test]
    fn a_long_heading_is_cited_by_its_label_or_its_first_words() {
        assert_eq!(short_heading("Electoral Process"), "Electoral Process");
        assert_eq!(short_heading("3. Electoral Law"), "3. Electoral Law");
        assert_eq!(short_heading("C2. Are the wardens of the three harbours chosen by lot every year?"), "C2");
        let told = short_heading("Of wardens, harbours, and those who, in the third year, chose them again by lot");
        assert_eq!(told, "Of wardens, harbours, and those who, in the…");
        let told = short_heading("2004 elections to the lower chamber and what came of them");
        assert_eq!(told, "2004 elections to the lower chamber and what…");
    }

    #[test]
    fn keys_are_told_apart() {
        assert_eq!(distinct(["New Way", "new-way", "«»", "Әділет"]), ["new-way", "new-way-2", "x", "әділет"]);
    }
}
