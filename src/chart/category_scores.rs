//! Category scores: a row a category on the scale of its series, or lines over the years (in `category_lines`).

use std::{cmp::Ordering, collections::BTreeMap, iter::Copied, slice::Iter};

use super::{
    Cell, Chart, ChartSpec, Grounds, Label, Mark, MarkId, RowNote, Scale, ScaleKind, Scenery, Shape, Style, TableRow,
    Tick, Tone, number,
    parts::{band, cell, columns, frame, note, plain, reason, tick},
    side_by_side::{self, Mixed},
    words,
};
use crate::{
    analysis,
    facts::{Best, Change, Dataset, Difference, Editions, Note, Rating, RatingScale, RatingSet},
    source::{Cited, Decimal, Evidence},
};

const KIND: &str = "category-scores";
const KIND_OF_EDITIONS: &str = "category-scores-across-editions";

/// The sets it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    let told = labels(dataset.ratings.iter());
    dataset.ratings.iter().zip(told).map(|(set, label)| (set.key.clone(), label)).collect()
}

/// What sets are called: by their origin, and by their scale where another has the same.
fn labels<'a>(sets: impl Iterator<Item = &'a RatingSet> + Clone) -> Vec<String> {
    let mut count: BTreeMap<String, Vec<&RatingSet>> = BTreeMap::new();
    let label = |set: &RatingSet| words::origin(&set.origin);
    sets.clone().for_each(|set| count.entry(label(set)).or_default().push(set));
    let told = |set: &RatingSet| {
        let label = label(set);
        let others = count.get(&label).map_or(&[][..], Vec::as_slice);
        let Some(scale) = set.scale.as_ref().filter(|_| others.len() > 1) else { return label };
        let range = |set: &&RatingSet| set.scale.as_ref().map(|scale| (scale.min, scale.max));
        let same_range = others.iter().filter(|other| range(other) == range(&set)).count() > 1;
        match set.ends().filter(|_| same_range) {
            Some(ends) => format!("{label}, scored {ends}"),
            None => format!("{label}, scored {}–{}", scale.min, scale.max),
        }
    };
    sets.map(told).collect()
}

/// Draws it; over time only where there is more than one year.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let first = dataset.ratings.first().map(|set| set.key.as_str());
    let set = match &spec.of {
        Some(key) => dataset.ratings.iter().find(|set| set.key == *key)?,
        None => dataset.ratings.first()?,
    };
    let prefix = words::prefix(KIND, &set.key, first);
    let answer = spec.choice(side_by_side::OPTION.id, side_by_side::ASK);
    match spec.choice("view", "by-category") {
        "over-time" => side_by_side::build(dataset, set, None, prefix, answer),
        "by-category" if answer == side_by_side::ASK => View::of(dataset, set, None, prefix).by_category(),
        _ => None,
    }
}

/// What a chart over time would put side by side that is not of one kind, where the reader has not yet said how.
pub fn asks(dataset: &Dataset, spec: &ChartSpec) -> Vec<Difference> {
    let unanswered = spec.choice(side_by_side::OPTION.id, side_by_side::ASK) == side_by_side::ASK;
    if spec.choice("view", "by-category") != "over-time" || !unanswered {
        return Vec::new();
    }
    let set = match &spec.of {
        Some(key) => dataset.ratings.iter().find(|set| set.key == *key),
        None => dataset.ratings.first(),
    };
    // Where nothing is rated twice there is no course to be asked about.
    let set = set.filter(|set| set.has_course());
    set.map(|set| side_by_side::differences(set, None).into_owned()).unwrap_or_default()
}

/// The same of what is joined from several sources.
pub fn asks_of_editions(dataset: &Dataset, spec: &ChartSpec) -> Vec<Difference> {
    let unanswered = spec.choice(side_by_side::OPTION.id, side_by_side::ASK) == side_by_side::ASK;
    let editions = match &spec.of {
        Some(key) => dataset.editions.iter().find(|editions| editions.set.key == *key),
        None => dataset.editions.first(),
    };
    editions.filter(|_| unanswered).map(|editions| editions.differences.clone()).unwrap_or_default()
}

/// The sets that are joined from several sources.
pub fn keys_of_editions(dataset: &Dataset) -> Vec<(String, String)> {
    let told = labels(dataset.editions.iter().map(|editions| &editions.set));
    dataset.editions.iter().zip(told).map(|(editions, label)| (editions.set.key.clone(), label)).collect()
}

/// Draws what several sources state over time.
pub fn build_editions(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let first = dataset.editions.first()?.set.key.as_str();
    let key = spec.of.as_deref().unwrap_or(first);
    let editions = dataset.editions.iter().find(|editions| editions.set.key == key)?;
    let set = &editions.set;
    let prefix = words::prefix(KIND_OF_EDITIONS, &set.key, Some(first));
    let answer = spec.choice(side_by_side::OPTION.id, side_by_side::ASK);
    side_by_side::build(dataset, set, Some(editions), prefix, answer)
}

pub(super) struct View<'a> {
    pub dataset: &'a Dataset,
    pub set: &'a RatingSet,
    /// Where the set is joined from several sources: which.
    pub editions: Option<&'a Editions>,
    pub prefix: String,
    pub direction: Direction,
    ratings: ByPlace<'a>,
    /// A category that is itself the mean of the others: see `summary`.
    pub summary: Option<&'a str>,
    /// Where the ratings stand on several scales: which on which.
    pub mixed: Option<Mixed>,
    /// Whether categories were left out.
    pub partial: bool,
    /// Notes on what was put side by side, or left out.
    pub added_notes: Vec<String>,
}

/// Ratings by year and category: more than one where sources differ.
type ByPlace<'a> = BTreeMap<Option<i32>, BTreeMap<&'a str, Vec<&'a Rating>>>;

fn one_at<'a>(ratings: &ByPlace<'a>, category: &str, year: Option<i32>) -> Option<&'a Rating> {
    match ratings.get(&year)?.get(category)?.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

/// Which way is good, and the words for it.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Direction(pub Option<Best>);

impl Direction {
    fn of(set: &RatingSet) -> Self {
        Self(set.scale.as_ref().and_then(|scale| scale.best))
    }

    /// `Greater`: `a` is better than `b`, or higher where no end is said to be the best.
    pub fn compare(self, a: Decimal, b: Decimal) -> Ordering {
        if self.0 == Some(Best::Low) { b.cmp(&a) } else { a.cmp(&b) }
    }

    pub fn better(self) -> &'static str {
        if self.0.is_some() { "better" } else { "higher" }
    }

    pub fn worse(self) -> &'static str {
        if self.0.is_some() { "worse" } else { "lower" }
    }

    fn change(self, score: Decimal, before: Decimal) -> String {
        match self.compare(score, before) {
            Ordering::Greater => format!("▲ {}", self.better()),
            Ordering::Less => format!("▼ {}", self.worse()),
            Ordering::Equal => "= unchanged".to_owned(),
        }
    }
}

impl<'a> View<'a> {
    pub fn of(dataset: &'a Dataset, set: &'a RatingSet, editions: Option<&'a Editions>, prefix: String) -> Self {
        let mut ratings = ByPlace::new();
        for rating in &set.ratings {
            let of_year: &mut BTreeMap<_, Vec<_>> = ratings.entry(rating.year).or_default();
            of_year.entry(rating.category.as_str()).or_default().push(rating);
        }
        let summary = summary(set, &ratings);
        let direction = Direction::of(set);
        Self {
            dataset,
            set,
            editions,
            prefix,
            direction,
            ratings,
            summary,
            mixed: None,
            partial: false,
            added_notes: Vec::new(),
        }
    }

    /// The same with notes of what was put side by side, and which score stands on which scale.
    pub fn with(self, added_notes: Vec<String>, mixed: Option<Mixed>) -> Self {
        Self { added_notes, mixed, ..self }
    }

    /// The same, told that some of the categories are not among its ratings.
    pub fn leaving_out(self, partial: bool) -> Self {
        Self { partial, ..self }
    }

    pub fn score_id(&self, slug: &str, year: Option<i32>) -> String {
        year.map_or_else(|| format!("{}/{slug}/score", self.prefix), |year| format!("{}/{slug}/{year}", self.prefix))
    }

    /// The ratings of a category in a year: more than one where sources differ.
    pub fn all_at(&self, category: &str, year: Option<i32>) -> Copied<Iter<'_, &'a Rating>> {
        let all = self.ratings.get(&year).and_then(|of_year| of_year.get(category));
        all.map_or(&[][..], Vec::as_slice).iter().copied()
    }

    /// The one rating of a category in a year; none where sources differ.
    pub fn at(&self, category: &str, year: Option<i32>) -> Option<&'a Rating> {
        one_at(&self.ratings, category, year)
    }

    fn by_category(&self) -> Option<Chart> {
        let year = self.set.years().last().copied();
        let all = self.set.categories();
        let slugs = words::distinct(all.iter().copied());
        let rows: Vec<(&Rating, &String)> =
            all.iter().zip(&slugs).filter_map(|(category, slug)| Some((self.at(category, year)?, slug))).collect();
        let scores: Vec<&Cited<Decimal>> = rows.iter().map(|(rating, _)| &rating.score).collect();
        if scores.is_empty() {
            return None;
        }
        let mut chart = Chart { x: self.score_scale(&scores), ..frame() };
        let names: Vec<&str> = rows.iter().map(|(rating, _)| rating.category.as_str()).collect();
        chart.y = band(&names, true);
        self.add_bands(&mut chart);
        let summary = self.summary;
        let parts: Vec<&Cited<Decimal>> =
            rows.iter().filter(|(r, _)| Some(r.category.as_str()) != summary).map(|(r, _)| &r.score).collect();
        // Scores of questions or sections are points: the series takes no mean of them, and a report may state but some.
        let is_rated = self.set.noun() == RatingScale::RATING;
        let mean = (parts.len() > 1 && is_rated).then(|| analysis::mean(&parts)).flatten();
        if let Some(mean) = &mean {
            chart.marks.push(self.mean_mark(mean, parts.len(), year));
        }
        for (row, (rating, slug)) in rows.iter().enumerate() {
            self.add_row(&mut chart, row, rating, slug);
        }
        self.finish_rows(&mut chart, &rows, mean.as_ref(), year);
        Some(chart)
    }

    fn mean_mark(&self, mean: &Cited<Decimal>, n: usize, year: Option<i32>) -> Mark {
        let id = year.map_or_else(|| format!("{}/mean", self.prefix), |year| format!("{}/mean/{year}", self.prefix));
        let text = format!("mean of the {} {}", words::count(n), number::rounded(mean.value, 2));
        let (name, shape) =
            (format!("Mean of the {} ratings", words::count(n)), Shape::Rule { x: number::at(mean.value) });
        let style = Style { tone: Tone::Accent, hollow: false, dashed: true };
        let mark =
            Mark::known(id, name, shape, style, "score", mean).with_decimals(2).labelled(Label::new(text).bold());
        let classes = self.set.scale.as_ref().filter(|scale| !scale.bands.is_empty()).map(|scale| Grounds {
            role: "regime_classes",
            says: "the bands behind it are the series’ classes of the mean".to_owned(),
            grammar: scale.grammar.clone(),
            reference: scale.reference.clone(),
        });
        Mark { grounds: classes.into_iter().collect(), ..mark }
    }

    fn add_row(&self, chart: &mut Chart, row: usize, rating: &Rating, slug: &str) {
        let id = self.score_id(slug, rating.year);
        let shape = Shape::Dot { x: number::at(rating.score.value), y: row as f64 };
        let name =
            words::joined(&[&rating.category, &rating.year.map(|year| year.to_string()).unwrap_or_default()], ", ");
        let mark = self.score_mark(rating, slug, name, shape, Style::solid(Tone::Series(0)));
        let value = number::label(rating.score.value);
        chart.marks.push(mark);
        chart.row_notes.push(RowNote { bold: true, ..note(row, 0, value.clone(), MarkId(id.clone())) });
        let mut change_cell = Cell::default();
        if let Some((text, mark)) = self.change(rating, slug, row) {
            let of = mark.as_ref().map_or_else(|| MarkId(id.clone()), |mark| mark.id.clone());
            chart.row_notes.push(note(row, 1, text.clone(), of.clone()));
            change_cell = cell(text, of);
            chart.marks.extend(mark);
        }
        let cells = vec![plain(&rating.category), cell(value, MarkId(id)), change_cell];
        chart.table.rows.push(TableRow { cells });
    }

    /// The mark of a score. Words that state its change, and an earlier score beside it, are part of what it rests on.
    pub fn score_mark(&self, rating: &Rating, slug: &str, name: String, shape: Shape, style: Style) -> Mark {
        let mark = Mark::known(self.score_id(slug, rating.year), name, shape, style, "score", &rating.score);
        let before = rating.before.as_ref().map(|before| &before.evidence);
        let parts: Vec<&Evidence> =
            [Some(&mark.evidence), rating.change_evidence.as_ref(), before].into_iter().flatten().collect();
        let evidence = Evidence::join(&parts, |_| mark.evidence.working.clone());
        let grounds = first_rated(rating).map(|note| Grounds {
            role: "first_rated",
            says: format!("first rated in the {} edition", note.edition),
            grammar: note.grammar.clone(),
            reference: note.reference.clone(),
        });
        Mark { evidence, grounds: grounds.into_iter().collect(), ..mark }
    }

    /// The sign of change: as the source states it, else from the score of the year before, and then with its own mark.
    fn change(&self, rating: &Rating, slug: &str, row: usize) -> Option<(String, Option<Mark>)> {
        if let Some(change) = rating.change {
            let text = match change {
                Change::Unchanged => "= unchanged",
                Change::FirstRated => "○ first rated",
                Change::Better => "▲ better",
                Change::Worse => "▼ worse",
            };
            let from = rating.before.as_ref().filter(|_| matches!(change, Change::Better | Change::Worse));
            return Some((
                from.map_or_else(|| text.to_owned(), |b| format!("{text}, was {}", number::label(b.value))),
                None,
            ));
        }
        let year = rating.year?;
        let before = self.at(&rating.category, Some(year.checked_sub(1)?))?;
        let shift = analysis::difference(&rating.score, &before.score)?;
        let text = self.direction.change(rating.score.value, before.score.value);
        let id = format!("{}/change", self.score_id(slug, rating.year));
        let name = format!("{}, change from {} to {year}", rating.category, year - 1);
        let shape = Shape::Words { x: number::at(rating.score.value), y: row as f64 };
        Some((text, Some(Mark::known(id, name, shape, Style::solid(Tone::Quiet), "score", &shift).with_decimals(2))))
    }

    fn finish_rows(
        &self,
        chart: &mut Chart,
        rows: &[(&Rating, &String)],
        mean: Option<&Cited<Decimal>>,
        year: Option<i32>,
    ) {
        let summary = self.summary;
        let parts: Vec<&Rating> =
            rows.iter().map(|(r, _)| *r).filter(|r| Some(r.category.as_str()) != summary).collect();
        let counted = words::count(parts.len());
        chart.table.columns = columns(&[("Category", false), ("Score", true), ("Change", false)]);
        if let Some((mean, mark)) = mean.zip(chart.marks.first()) {
            let value = cell(number::rounded(mean.value, 2), mark.id.clone());
            let name = reason(format!("mean of the {counted}"), None);
            chart.table.rows.push(TableRow { cells: vec![name, value, Cell::default()] });
            chart.notes.push(format!("The mean is computed from the {counted} ratings."));
        }
        if let Some(summary) = summary.filter(|_| parts.len() < rows.len()) {
            chart.notes.push(format!("{summary} is no part of it: in most years it is itself the mean of the others."));
        }
        if let Some(scale) = self.set.scale.as_ref().filter(|scale| !scale.bands.is_empty()) {
            chart
                .notes
                .push(format!("Bands: the series’ classes of the mean, not of single ratings ({}).", scale.reference));
        }
        if let Some(note) = rows.iter().find_map(|(rating, _)| first_rated(rating)) {
            let words = format!("“First rated” follows from the series’ notes on its editions ({}).", note.reference);
            chart.notes.push(words);
        }
        let gone: Vec<String> =
            self.set.categories().into_iter().filter_map(|category| self.last_rated(category, year)).collect();
        if let (false, Some(year)) = (gone.is_empty(), year) {
            chart.notes.push(format!("Not rated in {year}: {}.", words::list(&gone)));
        }
        let score = |rating: &&Rating| (rating.category.clone(), rating.score.value);
        let counted: Vec<(String, Decimal)> = parts.iter().map(score).collect();
        let changes = self.changes_alone(rows);
        chart.title = match &changes {
            Some(changes) => changed_title(&counted, changes, self.set.noun()),
            None => by_category_title(&counted, self.direction, self.set.noun()),
        };
        if changes.is_some() {
            chart.notes.push(format!("The document states only the {}s that changed.", self.set.noun()));
        }
        let scores: Vec<(String, Decimal)> = rows.iter().map(|(rating, _)| score(rating)).collect();
        let what = if year.is_none_or(|year| year.to_string() == self.set.origin.edition) {
            "by category".to_owned()
        } else {
            format!("by category, {}", year.map(|year| year.to_string()).unwrap_or_default())
        };
        chart.subtitle =
            words::joined(&[&words::joined(&[&words::origin(&self.set.origin), &what], ", "), &self.ends()], "; ");
        let source_line = |headings| words::source_line(self.dataset, &self.set.origin, &chart.marks, headings);
        (chart.source_line, chart.source_line_whole) = words::both(source_line);
        let values: Vec<String> =
            scores.iter().map(|(name, score)| format!("{name} {}", number::label(*score))).collect();
        chart.alt = format!("A row a category on one scale; {}. {}. {}.", self.ends(), chart.title, values.join("; "));
        if let Some(mean) = mean {
            chart.alt.push_str(&format!(" Mean {}.", number::rounded(mean.value, 2)));
        }
    }

    /// Whether each score is higher or lower than before, where the document states no other: on a scale of items it
    /// then tells the changes alone, not the whole.
    fn changes_alone(&self, rows: &[(&Rating, &String)]) -> Option<Vec<Ordering>> {
        if self.set.noun() == RatingScale::RATING {
            return None;
        }
        let change = |(rating, _): &(&Rating, &String)| {
            let order = rating.score.value.cmp(&rating.before.as_ref()?.value);
            (order != Ordering::Equal).then_some(order)
        };
        rows.iter().map(change).collect()
    }

    fn last_rated(&self, category: &str, year: Option<i32>) -> Option<String> {
        if self.at(category, year).is_some() {
            return None;
        }
        let last =
            self.set.ratings.iter().filter(|rating| rating.category == category).filter_map(|rating| rating.year).max();
        Some(last.map_or_else(|| category.to_owned(), |last| format!("{category} (last {last})")))
    }

    /// `1 is the best score, 7 the worst`.
    pub fn ends(&self) -> String {
        if let (Some(mixed), None) = (&self.mixed, self.direction.0) {
            return mixed.ends();
        }
        let Some(scale) = &self.set.scale else { return "the source does not say which end is the best".to_owned() };
        match scale.best {
            Some(Best::Low) => format!("{} is the best score, {} the worst", scale.min, scale.max),
            Some(Best::High) => format!("{} is the best score, {} the worst", scale.max, scale.min),
            None => "the source does not say which end is the best".to_owned(),
        }
    }

    pub fn score_scale(&self, scores: &[&Cited<Decimal>]) -> Scale {
        let values = || scores.iter().map(|score| number::at(score.value));
        let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let (from, to) = match &self.set.scale {
            Some(scale) => (number::at(scale.min).min(low), number::at(scale.max).max(high)),
            None => {
                let step = number::nice_step((high - low).max(1.0), 6.0);
                ((low / step).floor() * step, (high / step).ceil() * step)
            }
        };
        let to = if to > from { to } else { from + 1.0 };
        let step = number::nice_step(to - from, 8.0);
        let mut ticks: Vec<Tick> = number::tick_values(from, to, step).into_iter().map(|at| tick(at, step)).collect();
        // A scale from 1 to 100 begins at 1, whatever its step.
        if ticks.first().is_some_and(|first| first.at > from) {
            ticks.insert(0, tick(from, step));
        }
        let (first_end, last_end) = match (&self.set.scale, self.direction.0) {
            (Some(scale), Some(Best::Low)) => {
                (Some(format!("◂ {} best", scale.min)), Some(format!("{} worst ▸", scale.max)))
            }
            (Some(scale), Some(Best::High)) => {
                (Some(format!("◂ {} worst", scale.min)), Some(format!("{} best ▸", scale.max)))
            }
            _ => (None, None),
        };
        Scale { kind: ScaleKind::Linear, domain: (from, to), ticks, first_end, last_end, grid: true }
    }

    fn add_bands(&self, chart: &mut Chart) {
        let bands = self.set.scale.iter().flat_map(|scale| &scale.bands);
        chart.scenery.extend(bands.enumerate().map(|(i, band)| Scenery::Band {
            from: number::at(band.from),
            to: number::at(band.to),
            label: band.label.clone(),
            shaded: i % 2 == 0,
        }));
    }
}

/// The note that proves that a category was rated for the first time.
fn first_rated(rating: &Rating) -> Option<&Note> {
    rating.change_note.as_ref().filter(|_| rating.change == Some(Change::FirstRated))
}

/// A category that is itself the mean of the others, to a hundredth, in most of the years: the series' own summary.
fn summary<'a>(set: &'a RatingSet, ratings: &ByPlace<'a>) -> Option<&'a str> {
    let years = set.years();
    let mut sums: BTreeMap<i32, (Decimal, usize)> = BTreeMap::new();
    for rating in &set.ratings {
        if let Some(year) = rating.year {
            let (sum, count) = sums.entry(year).or_default();
            (*sum, *count) = (sum.saturating_add(rating.score.value), *count + 1);
        }
    }
    let is_mean = |category: &str, year: i32| -> Option<bool> {
        let own = one_at(ratings, category, Some(year))?.score.value;
        let (sum, count) = sums.get(&year).copied()?;
        let others = count.checked_sub(1)?;
        let mean = sum.checked_sub(own)?.checked_div(Decimal::from(others))?;
        (others > 3).then(|| (mean - own).abs() <= Decimal::new(1, 2))
    };
    set.categories().into_iter().find(|category| {
        let told: Vec<bool> = years.iter().filter_map(|year| is_mean(category, *year)).collect();
        told.len() > 2 && told.iter().filter(|told| **told).count() * 3 > told.len() * 2
    })
}

/// `Ten question scores are stated, each lower than before`.
fn changed_title(scores: &[(String, Decimal)], changes: &[Ordering], noun: &str) -> String {
    let higher = changes.iter().filter(|change| **change == Ordering::Greater).count();
    let (n, lower) = (changes.len(), changes.len() - higher);
    match (scores, higher, lower) {
        ([(name, score)], 0, _) => format!("{name} stands at {}, lower than before", number::label(*score)),
        ([(name, score)], ..) => format!("{name} stands at {}, higher than before", number::label(*score)),
        _ => {
            let stated = format!("{} {noun}s are stated", words::sentence(&words::count(n)));
            match (higher, lower) {
                (0, _) => format!("{stated}, each lower than before"),
                (_, 0) => format!("{stated}, each higher than before"),
                _ => format!("{stated}: {} lower than before, {} higher", words::count(lower), words::count(higher)),
            }
        }
    }
}

fn by_category_title(scores: &[(String, Decimal)], direction: Direction, noun: &str) -> String {
    let mut sorted: Vec<(&str, Decimal)> = scores.iter().map(|(name, score)| (name.as_str(), *score)).collect();
    // Best first; the order of the report among equals.
    sorted.sort_by(|a, b| direction.compare(b.1, a.1));
    let (Some(best), Some(worst)) = (sorted.first().copied(), sorted.last().copied()) else { return String::new() };
    let n = sorted.len();
    if n == 1 {
        return format!("{} stands at {}", best.0, number::label(best.1));
    }
    if best.1 == worst.1 {
        let all = if n == 2 { "Both".to_owned() } else { format!("All {}", words::count(n)) };
        return format!("{all} {noun}s stand at {}", number::label(best.1));
    }
    if n > 3
        && let [first, second, .., before_last, last] = sorted.as_slice()
    {
        let gap = |a: Decimal, b: Decimal| (a - b).abs();
        let rest = words::sentence(&words::count(n - 1));
        if gap(first.1, second.1) > gap(second.1, last.1) {
            return format!(
                "{rest} of {} {noun}s stand at {} or {}; only {} is {}, at {}",
                words::count(n),
                number::label(second.1),
                direction.worse(),
                first.0,
                direction.better(),
                number::label(first.1)
            );
        }
        if gap(before_last.1, last.1) > gap(first.1, before_last.1) {
            return format!(
                "{rest} of {} {noun}s stand at {} or {}; only {} is {}, at {}",
                words::count(n),
                number::label(before_last.1),
                direction.better(),
                last.0,
                direction.worse(),
                number::label(last.1)
            );
        }
    }
    let holders = |score: Decimal| {
        let names: Vec<&str> = sorted.iter().filter(|(_, s)| *s == score).map(|(name, _)| *name).collect();
        let who = if names.len() > 1 {
            format!("{} of {}", words::count(names.len()), words::count(n))
        } else {
            names.concat()
        };
        format!("{} ({who})", number::label(score))
    };
    format!("{}s run from {} to {}", words::sentence(noun), holders(best.1), holders(worst.1))
}
