//! A read report to facts: the flat list, and the views that the charts are made of.

use super::{
    Band, Best, Change, Dataset, Fact, Locator, Note, Origin, Rating, RatingScale, RatingSet, Recut, SeriesNotes,
    Status, aliases::slug, elections, shares, statements,
};
use crate::{
    reading::{
        Figure, FigureStatus, Reading,
        grammar::{Grammar, ScaleDef},
        same,
    },
    source::{Anchor, Cited, Decimal, Evidence, Piece, Source, Working, evidence::combine},
};

/// A report and its reading, as the functions of this room pass them on.
pub(super) struct Report<'a> {
    pub source: &'a Source,
    pub reading: &'a Reading,
    pub origin: Origin,
}

impl Report<'_> {
    /// Figures that became facts of a kind, those about something else than the thing itself left out.
    pub fn of_kind<'r>(&'r self, kind: &'r str) -> impl Iterator<Item = &'r Figure> {
        self.reading.figures.iter().filter(move |figure| figure.status == FigureStatus::Fact && figure.kind == kind)
    }

    /// The evidence of a figure that states its value.
    pub fn stated(&self, figure: &Figure, role: &str) -> Option<Cited<Decimal>> {
        let value = figure.value?;
        Some(Cited::new(value, Evidence::stated(self.source.anchor(figure.span), role, value)))
    }

    /// The evidence of words that bear on a figure.
    pub fn words(&self, figure: &Figure, role: &str) -> Option<Evidence> {
        let (_, span) = figure.support.iter().find(|(name, _)| *name == role)?;
        Some(words(self.source.anchor(*span), role))
    }
}

/// Evidence of words that state no number.
pub(super) fn words(anchor: Anchor, role: &str) -> Evidence {
    Evidence { pieces: vec![Piece { anchor, role: role.to_owned(), value: None }], working: Working::Stated(0) }
}

/// The facts of a report.
pub fn from_report(source: &Source, reading: &Reading) -> Dataset {
    let origin = Origin {
        source: Some(source.id),
        file: source.name.clone(),
        series: reading.series.clone(),
        edition: reading.edition.clone(),
        country: reading.country.clone(),
    };
    let report = Report { source, reading, origin };
    let mut dataset = Dataset { diagnostics: reading.diagnostics.clone(), ..Dataset::default() };
    dataset.facts = facts(&report);
    dataset.locators = vec![locator(&report)];
    dataset.ratings = ratings(&report);
    dataset.elections = elections::from_report(&report);
    dataset.compositions = shares::from_report(&report);
    dataset.statements.extend(statements::from_report(&report));
    let rated = key(&report.origin, "");
    dataset.facts.extend(means(&report.origin, dataset.ratings.iter().filter(|set| set.key == rated)));
    dataset.facts.extend(elections::unstated(&report, &dataset.elections));
    dataset
}

fn facts(report: &Report) -> Vec<Fact> {
    let figures = report.reading.figures.iter().filter(|figure| figure.status == FigureStatus::Fact);
    let mut all: Vec<&Figure> = figures.chain(&report.reading.absent).collect();
    all.sort_by_key(|figure| figure.span);
    all.into_iter().map(|figure| fact(report, figure)).collect()
}

fn fact(report: &Report, figure: &Figure) -> Fact {
    // `dozens` states something, though no number.
    let stated = figure.value.is_some() || figure.detail("number").is_some();
    let status = if stated { Status::Stated } else { Status::NotApplicable };
    Fact {
        kind: figure.kind.clone(),
        subject: figure.subject.clone(),
        period: figure.period.clone(),
        value: figure.value,
        value_max: figure.value_max,
        unit: figure.unit.clone(),
        tier: figure.detail("tier").unwrap_or_default().to_owned(),
        country: report.origin.country.clone(),
        edition: report.origin.edition.clone(),
        status,
        detail: figure.detail.iter().filter(|(key, _)| key != "tier").cloned().collect(),
        anchor: report.source.anchor(figure.span),
        text: figure.span.of(&report.source.text).unwrap_or_default().to_owned(),
    }
}

fn locator(report: &Report) -> Locator {
    let reading = report.reading;
    let paragraphs = reading
        .paragraphs
        .iter()
        .map(|p| (p.span.start, p.span.end, reading.sections[p.section].heading.clone(), p.number))
        .collect();
    Locator { source: Some(report.source.id), paragraphs }
}

/// A key made of a report's origin.
pub(super) fn key(origin: &Origin, extra: &str) -> String {
    let name = if origin.series.is_empty() {
        origin.file.rsplit_once('.').map_or(origin.file.as_str(), |(stem, _)| stem).to_owned()
    } else {
        format!("{} {}", origin.series, origin.edition)
    };
    slug(&format!("{name} {} {extra}", origin.country))
}

/// The sets of scores, one a scale: what stands on different scales is not drawn together. The series' own summary stands
/// by itself, unless it is the mean of the others in so many years that a chart sees it.
fn ratings(report: &Report) -> Vec<RatingSet> {
    let Some(grammar) = report.reading.grammar.as_deref() else { return Vec::new() };
    // Scores of other series are told in sentences; the series' own stand on lines and in tables that its rules read.
    let own = |figure: &&Figure| {
        let layout = figure.detail("rule").is_some() || figure.detail("in") == Some("table");
        layout || figure.detail("scale").is_some() && figure.detail("role") == Some("before")
    };
    let scored: Vec<&Figure> = report.of_kind("rating").chain(report.of_kind("score").filter(own)).collect();
    let scale = |figure: &Figure| figure.detail("scale").unwrap_or_default().to_owned();
    let mut scales: Vec<String> = Vec::new();
    for figure in &scored {
        if !scales.contains(&scale(figure)) {
            scales.push(scale(figure));
        }
    }
    let mut sets = Vec::new();
    for id in scales {
        let here: Vec<&Figure> = scored.iter().copied().filter(|figure| scale(figure) == id).collect();
        let set = rating_set(report, grammar, &id, &here);
        let sums = |rating: &Rating| grammar.category(&rating.category).is_some_and(|category| category.summary);
        let (summary, parts): (Vec<Rating>, Vec<Rating>) = set.ratings.iter().cloned().partition(sums);
        if is_mean(&summary, &parts) {
            sets.push(set);
            continue;
        }
        let own_key = format!("{}-summary", set.key);
        sets.push(RatingSet { ratings: parts, ..set.clone() });
        sets.push(RatingSet { key: own_key, ratings: summary, ..set });
    }
    // One score alone is a fact, but no chart, unless it is all there is.
    let several = sets.iter().any(|set| set.ratings.len() > 1);
    sets.retain(|set| if several { set.ratings.len() > 1 } else { !set.ratings.is_empty() });
    sets
}

/// Whether a summary is, to a hundredth, the mean of the others in more than two thirds of the years, and in three at
/// least: what the chart of categories takes it to be the summary by.
fn is_mean(summary: &[Rating], parts: &[Rating]) -> bool {
    const FEWEST_PARTS: usize = 4;
    let told: Vec<bool> = summary
        .iter()
        .filter_map(|own| {
            let others = parts.iter().filter(|rating| rating.year == own.year).map(|rating| rating.score.value);
            let others: Vec<Decimal> = others.collect();
            let mean = others.iter().sum::<Decimal>().checked_div(Decimal::from(others.len()))?;
            (others.len() >= FEWEST_PARTS).then(|| (mean - own.score.value).abs() <= Decimal::new(1, 2))
        })
        .collect();
    told.len() > 2 && told.iter().filter(|told| **told).count() * 3 > told.len() * 2
}

fn rating_set(report: &Report, grammar: &Grammar, scale_id: &str, figures: &[&Figure]) -> RatingSet {
    let edition: Option<i32> = report.origin.edition.parse().ok();
    let mut ratings: Vec<Rating> = Vec::new();
    let before = figures.iter().filter(|figure| figure.detail("role") == Some("before"));
    let current: Vec<&Figure> = figures.iter().copied().filter(|figure| figure.detail("role").is_none()).collect();
    for figure in current.iter().copied() {
        let year = year(&figure.period);
        let of_edition = year.is_none() || year == edition;
        if ratings.iter().any(|rating| rating.category == figure.subject && rating.year == year) {
            continue;
        }
        // Two scores for one category in one edition: which of them holds is not for a program to choose.
        let same_place = |f: &&&Figure| f.subject == figure.subject && f.period == figure.period;
        if current.iter().filter(same_place).any(|other| other.value != figure.value) {
            continue;
        }
        let Some(score) = report.stated(figure, "score") else { continue };
        let first = grammar
            .first_rated
            .iter()
            .find(|note| Some(note.edition) == edition && note.categories.iter().any(|c| same(c, &figure.subject)));
        let change = match figure.detail("change") {
            Some("unchanged") => Some(Change::Unchanged),
            Some("better") => Some(Change::Better),
            Some("worse") => Some(Change::Worse),
            _ if first.is_some() && of_edition => Some(Change::FirstRated),
            _ => None,
        };
        let change_note = first.filter(|_| change == Some(Change::FirstRated)).map(|note| Note {
            grammar: grammar.id.clone(),
            edition: note.edition,
            reference: note.reference.clone(),
        });
        let earlier = before.clone().find(|f| f.subject == figure.subject && of_edition);
        let before = earlier.and_then(|f| report.stated(f, "earlier score"));
        ratings.push(Rating {
            category: figure.subject.clone(),
            year,
            score,
            change,
            change_evidence: report.words(figure, "change"),
            change_note,
            before,
        });
    }
    let scale = grammar.scale_of(scale_id, edition).map(|scale| rating_scale(scale, grammar));
    let notes = series_notes(grammar, ratings.iter().map(|rating| rating.category.as_str()));
    RatingSet { key: key(&report.origin, scale_id), origin: report.origin.clone(), scale, notes, ratings }
}

/// The year of a period; of a period of two years the later.
fn year(period: &str) -> Option<i32> {
    period.rsplit('/').next()?.parse().ok()
}

/// A grammar's scale as the charts need it.
pub(super) fn rating_scale(scale: &ScaleDef, of: &Grammar) -> RatingScale {
    RatingScale {
        id: scale.id.clone(),
        min: scale.min,
        max: scale.max,
        best: match scale.best.as_str() {
            "low" => Some(Best::Low),
            "high" => Some(Best::High),
            _ => None,
        },
        noun: match (scale.item.as_str(), scale.id.as_str()) {
            ("", "") => RatingScale::RATING.to_owned(),
            ("", _) => "score".to_owned(),
            (item, _) => format!("{item} score"),
        },
        bands: scale
            .bands
            .iter()
            .map(|(from, to, label)| Band { from: *from, to: *to, label: label.clone() })
            .collect(),
        reference: scale.reference.clone(),
        grammar: of.id.clone(),
    }
}

/// What a grammar says of categories: which sum the others up, and which were parted or merged.
pub(super) fn series_notes<'c>(grammar: &Grammar, categories: impl Iterator<Item = &'c str>) -> SeriesNotes {
    let mut summaries: Vec<String> = Vec::new();
    for category in categories {
        let sums = grammar.category(category).is_some_and(|known| known.summary);
        if sums && !summaries.iter().any(|known| known == category) {
            summaries.push(category.to_owned());
        }
    }
    let names = |all: &[String]| -> Vec<Vec<String>> {
        let known = |name: &String| grammar.category(name).map_or_else(|| vec![name.clone()], |of| of.names.clone());
        all.iter().map(known).collect()
    };
    let recut = |recut: &crate::reading::grammar::Recut| Recut {
        from: names(&recut.from),
        into: names(&recut.into),
        note: Note { grammar: grammar.id.clone(), edition: recut.edition, reference: recut.reference.clone() },
    };
    SeriesNotes { summaries, recuts: grammar.recuts.iter().map(recut).collect() }
}

/// The mean of each set's scores in its only year, as a derived fact.
fn means<'s>(origin: &Origin, sets: impl Iterator<Item = &'s RatingSet>) -> Vec<Fact> {
    let mean = |set: &RatingSet| {
        let scores: Vec<&Cited<Decimal>> = set.ratings.iter().map(|rating| &rating.score).collect();
        let mean = combine(&scores, Working::Mean).filter(|_| scores.len() > 1 && set.years().len() <= 1)?;
        Some(Fact {
            kind: "rating".to_owned(),
            subject: format!("Mean of {} categories", scores.len()),
            period: set.years().first().map(ToString::to_string).unwrap_or_default(),
            value: Some(mean.value.round_dp(4).normalize()),
            value_max: None,
            unit: "score".to_owned(),
            tier: String::new(),
            country: origin.country.clone(),
            edition: origin.edition.clone(),
            status: Status::Derived,
            detail: vec![("rule".to_owned(), format!("mean: {}", mean.evidence.formula()))],
            anchor: mean.evidence.pieces.first()?.anchor,
            text: String::new(),
        })
    };
    sets.filter_map(mean).collect()
}
