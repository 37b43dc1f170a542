//! The whole reading of a report: outline, numerals, claims, and from them the figures.

use std::{cell::OnceCell, sync::LazyLock};

use regex::Regex;

use super::{
    Citation, Figure, FigureStatus, Form, Names, Reading, account,
    claims::{Claim, Claims, Pace, Page},
    composition, election,
    families::Families,
    grammar::{Grammar, Reads},
    layouts::{self, Layouts},
    numeral::{self, Numeral, Sort},
    outline, rating,
    sentence::sentences,
    timing,
};
use crate::{
    error::Diagnostic,
    source::{Block, BlockKind, Source, Span},
};

/// Steps of a reading besides those of the rules: numerals, ratings, names, the account of the rest, figures.
const OTHER_STEPS: usize = 5;

/// Reads a report's blocks, as of the family asked for, or else of the one it is recognised to be of. `tell` hears how
/// far the reading is, from 0 to 1, and answers whether to go on; where it answers no, what is returned is not whole.
pub fn read(
    source: &Source,
    blocks: &[Block],
    families: &Families,
    family: Option<&str>,
    tell: &dyn Fn(f32) -> bool,
) -> Reading {
    let text = source.text.as_str();
    let Some(recognised) = families.recognise(text, blocks, family) else { return Reading::default() };
    let (grammar, edition) = (recognised.grammar.as_ref(), recognised.edition);

    let pace = Pace::new(grammar.rules.len() + OTHER_STEPS, tell);
    let (mut sections, mut paragraphs) = outline::outline(text, blocks);
    let mut page = open(text, grammar, &sections, &paragraphs, edition.parse().ok(), &pace);
    if !pace.step() {
        return Reading::default();
    }
    let mut claims = Claims::default();
    let country = if recognised.country.is_empty() { country(&page) } else { recognised.country };
    let announced = rating::read(&page, &mut claims, &country);
    if !pace.step() {
        return Reading::default();
    }

    // The readers below see the sections as they are once lost headings are put back.
    let (numerals, sentences) = (std::mem::take(&mut page.numerals), std::mem::take(&mut page.sentences));
    outline::infer_lost_headings(blocks, &announced, &mut sections, &mut paragraphs);
    let year = edition.parse().ok();
    let mut page = Page {
        text,
        grammar,
        sections: &sections,
        paragraphs: &paragraphs,
        numerals,
        sentences,
        lines: paragraphs.iter().map(|_| OnceCell::new()).collect(),
        names: Names::default(),
        entries: Vec::new(),
        houses: Vec::new(),
        edition: year,
        country: country.clone(),
        pace: &pace,
    };
    timing::years_from_context(&mut page, year.zip(grammar.covers).map(|(edition, offset)| edition + offset));
    election::learn_names(&mut page);
    for (n, (paragraph, sentences)) in paragraphs.iter().zip(&page.sentences).enumerate() {
        if n % 64 == 0 && !pace.within(n as f32 / paragraphs.len() as f32) {
            return Reading::default();
        }
        if !sentences.is_empty() {
            page.names.learn(grammar, &page.plain(paragraph.span));
        }
    }
    if !pace.step() {
        return Reading::default();
    }
    page.houses = election::houses(&page);
    let mut absent = Vec::new();
    let layouts = layouts::read(&mut page, &mut claims, &mut absent);
    let mut election_tables = election::read_tables(&page, &mut claims, &mut absent);
    election::read_prose(&page, &mut claims);
    composition::read(&page, &mut claims);
    account::read(&page, &mut claims);
    if !pace.step() {
        return Reading::default();
    }

    let figures = figures(&page, &claims);
    if pace.is_stopped() {
        return Reading::default();
    }
    let read = |span: Span| layouts.blocks.contains(&span) || election_tables.iter().any(|table| table.block == span);
    let mut diagnostics = diagnostics(source, &page, &figures, read);
    let Layouts { results, odd, .. } = layouts;
    diagnostics.extend(odd.into_iter().map(|odd| odd.diagnostic(source)));
    election_tables.extend(results);
    let names = page.names;
    Reading {
        family: (!grammar.is_plain()).then(|| grammar.id.clone()),
        series: if grammar.is_plain() { String::new() } else { grammar.name.clone() },
        grammar: Some(recognised.grammar.clone()),
        signs: recognised.signs,
        asked: family.is_some(),
        edition,
        country,
        figures,
        absent,
        citations: citations(text),
        names,
        election_tables,
        diagnostics,
        sections,
        paragraphs,
    }
}

fn open<'a>(
    text: &'a str,
    grammar: &'a Grammar,
    sections: &'a [super::Section],
    paragraphs: &'a [super::Paragraph],
    edition: Option<i32>,
    pace: &'a Pace<'a>,
) -> Page<'a> {
    let words = |span: Span| span.of(text).unwrap_or_default();
    // Where it is to stop the rest stays unread: nobody asks for it.
    let all = paragraphs.len().max(1) as f32;
    let numerals = paragraphs
        .iter()
        .enumerate()
        .take_while(|(n, _)| pace.within(*n as f32 / all))
        .map(|(_, p)| numeral::numerals(words(p.span), p.span.start))
        .collect();
    let prose = |kind: BlockKind| matches!(kind, BlockKind::Paragraph | BlockKind::Caption | BlockKind::Footnote);
    let sentences = paragraphs
        .iter()
        .take_while(|_| !pace.is_stopped())
        .map(|p| if prose(p.kind) { sentences(words(p.span), p.span.start) } else { Vec::new() })
        .collect();
    Page {
        text,
        grammar,
        sections,
        paragraphs,
        numerals,
        sentences,
        lines: paragraphs.iter().map(|_| OnceCell::new()).collect(),
        names: Names::default(),
        entries: Vec::new(),
        houses: Vec::new(),
        edition,
        country: String::new(),
        pace,
    }
}

/// The country whose rating the document speaks of most often; nothing where it speaks of two equally often.
fn country(page: &Page) -> String {
    let mut counts: Vec<(String, usize)> = Vec::new();
    election::each_match(page, Reads::Country, |_, _, _, found| {
        if let Some(name) = found.group("country") {
            // `X’s approval rating` is no rating of a country: a category stands between, or nothing.
            let between = page.plain(Span::new(name.end, found.span().end)).to_lowercase();
            let between =
                between.trim_start_matches(['’', '\'']).trim_start_matches("s ").trim_end_matches("rating").trim();
            let known = |head: &str| !head.is_empty() && head.to_lowercase() == between;
            let headed = page.sections.iter().any(|section| known(&section.heading));
            let run_in = page.paragraphs.iter().filter_map(|p| p.run_in).any(|span| known(page.words(span)));
            if !between.is_empty() && !headed && !run_in && !between.contains("democra") {
                return;
            }
            let name = page.plain(name);
            match counts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
    });
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    match counts.as_slice() {
        [(_, first), (_, second), ..] if first == second => String::new(),
        [(name, _), ..] => name.clone(),
        [] => String::new(),
    }
}

/// Every numeral in digits, and every number word that a reader claimed, in document order.
fn figures(page: &Page, claims: &Claims) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (paragraph, numerals) in page.numerals.iter().enumerate() {
        if !page.go_on(paragraph) {
            return figures;
        }
        for numeral in numerals {
            let claim = claims.get(numeral.number.start);
            if claim.is_some_and(|claim| claim.denial.is_some()) {
                continue;
            }
            // `no` counts only where a reader says so.
            let counts = numeral.form == Form::Digits || !page.words(numeral.number).eq_ignore_ascii_case("no");
            if counts || claim.is_some() {
                figures.push(figure(page, paragraph, numeral, claim));
            }
        }
    }
    for (start, paragraph, claim) in claims.iter() {
        if let Some((span, value)) = claim.denial {
            debug_assert_eq!(span.start, start);
            let mut figure = empty(paragraph, span, Form::Words);
            figure.value = Some(value);
            fill(&mut figure, claim);
            figures.push(figure);
        }
    }
    figures.sort_by_key(|figure| figure.span);
    // A denial may hold a numeral of its own (`failed to win a single seat`): the denial stands.
    let denied = |figure: &Figure| claims.get(figure.span.start).is_some_and(|claim| claim.denial.is_some());
    let mut end = 0;
    figures.retain(|figure| {
        let inside = figure.span.start < end;
        if denied(figure) {
            end = figure.span.end;
        }
        !inside
    });
    for figure in &mut figures {
        if page.sections[page.paragraphs[figure.paragraph].section].inferred {
            figure.detail.push(("section".to_owned(), "inferred".to_owned()));
        }
    }
    figures
}

fn empty(paragraph: usize, span: Span, form: Form) -> Figure {
    Figure {
        span,
        numeral: span,
        paragraph,
        form,
        value: None,
        value_max: None,
        unit: String::new(),
        status: FigureStatus::Unknown,
        kind: String::new(),
        subject: String::new(),
        period: String::new(),
        detail: Vec::new(),
        support: Vec::new(),
    }
}

fn figure(page: &Page, paragraph: usize, numeral: &Numeral, claim: Option<&Claim>) -> Figure {
    let mut figure = empty(paragraph, numeral.span, numeral.form);
    figure.numeral = numeral.number;
    figure.value = numeral.known();
    figure.value_max = numeral.value_max;
    figure.unit = if numeral.unit == numeral::AMBIGUOUS { "" } else { numeral.unit }.to_owned();
    if let Some(claim) = claim {
        fill(&mut figure, claim);
    } else if matches!(numeral.sort, Sort::Date | Sort::Undated) {
        date(page, numeral, &mut figure);
    }
    figure
}

/// What a date says: its period, which part of it is meant, and where its year comes from.
fn date(page: &Page, numeral: &Numeral, figure: &mut Figure) {
    figure.status = FigureStatus::Date;
    figure.period = numeral.period.clone().unwrap_or_default();
    if numeral.unit == "year" && figure.period.len() > 4 && !figure.period.ends_with('s') {
        "date".clone_into(&mut figure.unit);
    }
    let before = page.text[..numeral.span.start].trim_end().trim_end_matches('-');
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    let before_in = before.strip_suffix(" in").map(|rest| rest.rsplit(' ').next().unwrap_or_default().to_lowercase());
    let word = before_in.filter(|word| ["early", "late"].contains(&word.as_str())).unwrap_or(word);
    if ["early", "mid", "late"].contains(&word.as_str()) {
        figure.detail.push(("part".to_owned(), word));
    } else if before.ends_with("end of") {
        figure.detail.push(("part".to_owned(), "end".to_owned()));
    }
    if !numeral.year_from.is_empty() {
        figure.detail.push(("year_from".to_owned(), numeral.year_from.to_owned()));
    }
}

static CITATION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\[(?P<section>\p{Lu}[^\[\]¶\n]{1,80}?)\s+¶\s?(?P<number>\d{1,4})\]").ok());

/// Citations in brackets.
fn citations(text: &str) -> Vec<Citation> {
    let Some(pattern) = CITATION.as_ref() else { return Vec::new() };
    let one = |captures: regex::Captures| {
        let all = captures.get(0)?;
        let number = captures["number"].parse().ok()?;
        Some(Citation { span: Span::new(all.start(), all.end()), section: captures["section"].to_owned(), number })
    };
    pattern.captures_iter(text).filter_map(one).collect()
}

fn fill(figure: &mut Figure, claim: &Claim) {
    figure.status = claim.status.unwrap_or(FigureStatus::Fact);
    figure.span = claim.span.unwrap_or(figure.span);
    figure.kind = claim.kind.to_owned();
    claim.unit.clone_into(&mut figure.unit);
    figure.subject.clone_from(&claim.subject);
    figure.period.clone_from(&claim.period);
    figure.detail.clone_from(&claim.detail);
    figure.support.clone_from(&claim.support);
}

fn diagnostics(source: &Source, page: &Page, figures: &[Figure], read: impl Fn(Span) -> bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for section in page.sections.iter().filter(|section| section.inferred) {
        let first = page.paragraphs.iter().find(|p| page.sections[p.section] == *section);
        found.push(Diagnostic::note(
            first.map(|p| source.anchor(p.span)),
            format!("the heading `{}` is missing; its section was recognised by the gap before it", section.heading),
            "it is shown as inferred",
        ));
    }
    for paragraph in page.paragraphs.iter().filter(|p| p.kind == BlockKind::Table && !read(p.span)) {
        let section = &page.sections[paragraph.section].heading;
        found.push(Diagnostic::note(
            Some(source.anchor(paragraph.span)),
            format!("the table in {section} ¶{} is not read: no rule knows its columns", paragraph.number),
            "its numbers are listed as unknown",
        ));
    }
    if figures.is_empty() {
        found.push(Diagnostic::note(None, "no figures were found", "choose a report that states numbers"));
    }
    found
}
