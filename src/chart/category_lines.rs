//! Category scores over the years: a line a category, of one source or joined from several.

use super::{
    Chart, Column, Label, Mark, MarkId, Scale, ScaleKind, Scenery, Shape, Side, Style, TableRow, Tick, Tone,
    category_scores::View,
    number,
    parts::{cell, frame, plain, reason, tick},
    tokens::SERIES_COLOURS,
    words,
};
use crate::{
    analysis,
    facts::{Best, Member, Rating},
    source::{Cited, Decimal},
};

/// A note names no more than this many places where sources differ.
const NAMED_DIFFERENCES: usize = 3;

/// A rating, and what ids call it: its year, and its source where sources differ.
type Point<'a> = (&'a Rating, String);

impl View<'_> {
    /// Lines over the years; `None` where there is but one year.
    pub fn over_time(&self) -> Option<Chart> {
        let years = self.set.years();
        let (first, last) = (*years.first()?, *years.last()?);
        if first == last {
            return None;
        }
        // Dots of which none has another of its category are no course over time.
        if !self.set.has_course() {
            return None;
        }
        let mut chart = Chart { x: year_scale(&years), ..frame() };
        let dated: Vec<&Cited<Decimal>> =
            self.set.ratings.iter().filter(|r| r.year.is_some()).map(|r| &r.score).collect();
        chart.y = self.height_scale(&dated);
        let all = self.set.categories();
        let slugs = words::distinct(all.iter().copied());
        // The series' own summary is the quiet line behind those it sums up.
        let summary = self.summary;
        let mut number = 0..;
        for (category, slug) in all.iter().zip(&slugs) {
            let number = if Some(*category) == summary { None } else { number.next() };
            self.add_line(&mut chart, number.map_or(Style::solid(Tone::Quiet), sign), category, slug, &years);
        }
        // Lines lie under the dots.
        chart.marks.sort_by_key(|mark| matches!(mark.shape, Shape::Dot { .. }));
        self.finish_lines(&mut chart, &all, &slugs, &years);
        Some(chart)
    }

    fn add_line(&self, chart: &mut Chart, style: Style, category: &str, slug: &str, years: &[i32]) {
        let last = years.iter().rev().find(|year| self.all_at(category, Some(**year)).next().is_some());
        let mut before: Vec<Point<'_>> = Vec::new();
        for year in years {
            let now = self.points(category, *year);
            for (rating, key) in &now {
                let at = (f64::from(*year), number::at(rating.score.value));
                // A year without a rating breaks the line, but not where the years of all stand so far apart.
                let one_scale =
                    |earlier: &Rating| self.mixed.as_ref().is_none_or(|mixed| mixed.is_one(earlier, rating));
                let follows = |earlier: &Rating| one_scale(earlier) && follows(earlier, rating, &before, &now);
                for (earlier, from) in before.iter().filter(|(earlier, _)| follows(earlier)) {
                    let Some(shift) = analysis::difference(&rating.score, &earlier.score) else { continue };
                    let start = (earlier.year.map_or(at.0, f64::from), number::at(earlier.score.value));
                    let id = format!("{}/{slug}/{from}-{key}", self.prefix);
                    let name = format!("{category}, change from {} to {year}", start.0);
                    let shape = Shape::Segment { from: start, to: at };
                    chart.marks.push(Mark::known(id, name, shape, style, "score", &shift).with_decimals(2));
                }
                let mut name = format!("{category}, {year}");
                if let (true, Some(member)) = (now.len() > 1, self.member(rating)) {
                    name = format!("{name}, in {}", member.name);
                }
                let turned = self.mixed.as_ref().is_some_and(|mixed| mixed.is_turned(rating));
                let style = Style { hollow: style.hollow || turned, ..style };
                if turned {
                    name.push_str(", turned");
                }
                let shape = Shape::Dot { x: at.0, y: at.1 };
                let decimals = rating.score.value.scale();
                let mut mark = self.score_mark(rating, slug, name, shape, style).with_decimals(decimals);
                mark.id = self.point_id(slug, key);
                if Some(year) == last {
                    let words = format!("{category} {}", number::label(rating.score.value));
                    mark = mark.labelled(Label::new(words).at(Side::Right));
                } else if now.len() > 1 && self.differing(*year) == 1 {
                    // Outside the others, or it would seem to be theirs.
                    let top = now.iter().all(|(other, _)| is_over(rating, other, chart.y.domain));
                    let side = if top { Side::Above } else { Side::Below };
                    mark = mark.labelled(Label::new(number::label(rating.score.value)).at(side));
                }
                chart.marks.push(mark);
            }
            before = now;
        }
    }

    /// The ratings of a category in a year.
    fn points(&self, category: &str, year: i32) -> Vec<Point<'_>> {
        let mut all: Vec<Point<'_>> =
            self.all_at(category, Some(year)).map(|rating| (rating, year.to_string())).collect();
        if all.len() > 1 {
            let names: Vec<&str> =
                all.iter().map(|(rating, _)| self.member(rating).map_or("", |member| &member.name)).collect();
            let names = words::distinct(names);
            all.iter_mut().zip(names).for_each(|((_, key), name)| *key = format!("{key}/{name}"));
        }
        all
    }

    /// In how many categories sources differ on a year.
    fn differing(&self, year: i32) -> usize {
        self.set.categories().iter().filter(|category| self.all_at(category, Some(year)).count() > 1).count()
    }

    fn point_id(&self, slug: &str, key: &str) -> MarkId {
        MarkId(format!("{}/{slug}/{key}", self.prefix))
    }

    /// The first of the joined sources that states a rating.
    fn member(&self, rating: &Rating) -> Option<&Member> {
        self.editions?.member(rating.score.evidence.pieces.first()?.anchor)
    }

    fn finish_lines(&self, chart: &mut Chart, all: &[&str], slugs: &[String], years: &[i32]) {
        let (Some(first), Some(last)) = (years.first(), years.last()) else { return };
        let mut heads = vec![Column { title: "Year".to_owned(), numeric: false }];
        heads.extend(all.iter().map(|category| Column { title: (*category).to_owned(), numeric: true }));
        chart.table.columns = heads;
        for year in years {
            self.add_table_rows(chart, all, slugs, *year);
        }
        let summary = self.summary;
        let parts: Vec<&str> = all.iter().copied().filter(|category| Some(*category) != summary).collect();
        chart.title = match &self.mixed {
            Some(mixed) => mixed.title(parts.len(), *first, *last),
            None => self.over_time_title(&parts, *first, *last),
        };
        let from = match self.editions {
            Some(editions) if editions.members.len() > 1 => {
                format!("from {} sources", words::count(editions.members.len()))
            }
            _ => String::new(),
        };
        let what = format!("by category, {first}–{last}");
        chart.subtitle = words::joined(&[&words::origin(&self.set.origin), &what, &from], ", ");
        chart.subtitle = format!("{}; {}", chart.subtitle, self.ends());
        let holes: Vec<&str> = all.iter().copied().filter(|category| self.has_hole(category, years)).collect();
        if !holes.is_empty() {
            let names =
                if holes.len() > 4 { format!("{} categories", words::count(holes.len())) } else { words::list(&holes) };
            chart.notes.push(format!("A line breaks where a year has no rating: {names}."));
        }
        chart.notes.extend(self.differences(all, years));
        chart.notes.extend(self.added_notes.iter().cloned());
        if let Some(scale) = &self.set.scale
            && (number::at(scale.max) - number::at(scale.min) - (chart.y.domain.1 - chart.y.domain.0).abs()) > 0.01
        {
            let (a, b) = (chart.y.domain.0.min(chart.y.domain.1), chart.y.domain.0.max(chart.y.domain.1));
            chart
                .notes
                .push(format!("Of the scale from {} to {}, the part from {a} to {b} is drawn.", scale.min, scale.max));
        }
        let source_line = |headings| match self.editions {
            Some(editions) => words::sources_line(self.dataset, editions, &chart.marks, headings),
            None => words::source_line(self.dataset, &self.set.origin, &chart.marks, headings),
        };
        (chart.source_line, chart.source_line_whole) = words::both(source_line);
        let scales = self.mixed.as_ref().map(|mixed| format!(" {}.", mixed.alt())).unwrap_or_default();
        chart.alt = format!(
            "Lines over the years {first} to {last}, one a category; {}. {}.{scales}",
            self.ends(),
            chart.title
        );
        let mixed = self.mixed.as_ref();
        for (before, after) in mixed.iter().flat_map(|mixed| mixed.borders()) {
            let at = f64::from(before + after) / 2.0;
            let (from, to) = ((at, chart.y.domain.0), (at, chart.y.domain.1));
            chart.scenery.push(Scenery::Line { from, to, label: "another scale".to_owned() });
        }
    }

    /// A row a year; where sources differ, a row for what each of them states.
    fn add_table_rows(&self, chart: &mut Chart, all: &[&str], slugs: &[String], year: i32) {
        let points: Vec<Vec<Point<'_>>> = all.iter().map(|category| self.points(category, year)).collect();
        let mut add = |head: String, pick: &dyn Fn(&[Point<'_>]) -> Option<usize>| {
            let picked: Vec<&Rating> = points.iter().filter_map(|points| Some(points.get(pick(points)?)?.0)).collect();
            let scale = self.mixed.as_ref().and_then(|mixed| {
                let first = picked.first()?;
                let one = picked.iter().all(|other| mixed.is_one(first, other));
                mixed.row_words(first).filter(|_| one)
            });
            let mut cells = vec![plain(scale.map_or_else(|| head.clone(), |scale| format!("{head} ({scale})")))];
            cells.extend(points.iter().zip(slugs).map(
                |(points, slug)| match pick(points).and_then(|at| points.get(at)) {
                    Some((rating, key)) => cell(number::stated(rating.score.value), self.point_id(slug, key)),
                    None => reason("not stated", None),
                },
            ));
            chart.table.rows.push(TableRow { cells });
        };
        let most = points.iter().map(Vec::len).max().unwrap_or_default();
        let (Some(editions), true) = (self.editions, most > 1) else {
            return add(year.to_string(), &|_| Some(0));
        };
        for member in &editions.members {
            let states = |rating: &Rating| {
                rating.score.evidence.pieces.iter().any(|piece| Some(piece.anchor.source) == member.origin.source)
            };
            let nth = |n: usize, points: &[Point<'_>]| {
                points.iter().enumerate().filter(|(_, (rating, _))| states(rating)).nth(n).map(|(at, _)| at)
            };
            for n in (0..most).take_while(|n| points.iter().any(|points| nth(*n, points).is_some())) {
                let edition = if member.origin.edition.is_empty() { "" } else { "edition " };
                add(format!("{year}, {edition}{}", member.short()), &|points| nth(n, points));
            }
        }
    }

    /// Where sources give one category of one year different scores: which score is whose.
    fn differences(&self, all: &[&str], years: &[i32]) -> Option<String> {
        let mut places: Vec<String> = Vec::new();
        for (category, year) in all.iter().flat_map(|category| years.iter().map(move |year| (category, year))) {
            let points = self.points(category, *year);
            let mixed = self.mixed.as_ref();
            let one_scale = |(rating, _): &Point<'_>| mixed.is_none_or(|mixed| mixed.is_one(rating, points[0].0));
            if points.len() > 1 && points.iter().all(one_scale) {
                let each = |(rating, _): &Point<'_>| {
                    let member = self.member(rating).map_or("", |member| &member.name);
                    format!("{} in {member}", number::label(rating.score.value))
                };
                let each: Vec<String> = points.iter().map(each).collect();
                places.push(format!("{category} {year} is {}", words::list(&each)));
            }
        }
        let more = places.len().saturating_sub(NAMED_DIFFERENCES);
        places.truncate(NAMED_DIFFERENCES);
        let more = if more > 0 { format!("; and {} more, in the table", words::count(more)) } else { String::new() };
        (!places.is_empty()).then(|| format!("Where sources differ all are drawn: {}{more}.", places.join("; ")))
    }

    fn has_hole(&self, category: &str, years: &[i32]) -> bool {
        let rated: Vec<bool> = years.iter().map(|year| self.all_at(category, Some(*year)).next().is_some()).collect();
        let (from, to) = (rated.iter().position(|r| *r), rated.iter().rposition(|r| *r));
        from.zip(to).is_some_and(|(from, to)| rated[from..=to].contains(&false))
    }

    fn over_time_title(&self, all: &[&str], first: i32, last: i32) -> String {
        let both: Vec<(&str, Decimal, Decimal)> = all
            .iter()
            .filter_map(|c| Some((*c, self.at(c, Some(first))?.score.value, self.at(c, Some(last))?.score.value)))
            .collect();
        let differ = |year: i32| all.iter().any(|category| self.all_at(category, Some(year)).count() > 1);
        let disputed = differ(first) || differ(last);
        let of = |order| both.iter().filter(move |(_, a, b)| self.direction.compare(*b, *a) == order).count();
        let (better, worse, same) =
            (of(std::cmp::Ordering::Greater), of(std::cmp::Ordering::Less), of(std::cmp::Ordering::Equal));
        match both.as_slice() {
            [] if disputed => format!("The sources agree on no category in both {first} and {last}"),
            [] => format!("No category is rated in both {first} and {last}"),
            [(category, a, b)] if a == b => {
                format!("{category} stands at {} in both {first} and {last}", number::label(*b))
            }
            [(category, a, b)] => {
                format!("{category} went from {} in {first} to {} in {last}", number::label(*a), number::label(*b))
            }
            _ if same == both.len() && !disputed => {
                let noun = self.set.noun();
                format!("All {} {noun}s stand in {last} where they stood in {first}", words::count(same))
            }
            _ => {
                let whole = both.len() == all.len() && !self.partial;
                let of = match (disputed, whole) {
                    (true, _) => "categories with one score in both".to_owned(),
                    (_, true) => format!("{}s", self.set.noun()),
                    _ => "categories rated in both".to_owned(),
                };
                let parts = [
                    (worse, format!("became {}", self.direction.worse())),
                    (better, format!("became {}", self.direction.better())),
                    (same, "stayed".to_owned()),
                ];
                let mut words: Vec<String> = Vec::new();
                for (n, verb) in parts.into_iter().filter(|(n, _)| *n > 0) {
                    let who = match words.is_empty() {
                        true if n == both.len() => format!("all {} {of}", words::count(n)),
                        true => format!("{} of {} {of}", words::count(n), words::count(both.len())),
                        false => words::count(n),
                    };
                    words.push(format!("{who} {verb}"));
                }
                format!("From {first} to {last}, {}", words::list(&words))
            }
        }
    }

    /// The y scale over time: best on top; only the whole numbers that the lines need.
    fn height_scale(&self, scores: &[&Cited<Decimal>]) -> Scale {
        let whole = self.score_scale(scores);
        let values = || scores.iter().map(|score| number::at(score.value));
        let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let step = number::nice_step((whole.domain.1 - whole.domain.0) / 2.0, 4.0);
        let from = ((low / step).floor() * step).max(whole.domain.0);
        let to = ((high / step).ceil() * step).min(whole.domain.1);
        let (from, to) = if to - from < step {
            (whole.domain.0.max(from - step), whole.domain.1.min(to + step))
        } else {
            (from, to)
        };
        let ticks: Vec<Tick> = number::tick_values(from, to, step).into_iter().map(|at| tick(at, step)).collect();
        let down = self.direction.0 == Some(Best::Low);
        let domain = if down { (to, from) } else { (from, to) };
        let (low_words, high_words) = match self.direction.0 {
            Some(Best::Low) => ("best ▴", "worst ▾"),
            Some(Best::High) => ("worst ▾", "best ▴"),
            None => ("", ""),
        };
        if let (Some(mixed), None) = (&self.mixed, self.direction.0) {
            let (first_end, last_end) = mixed.axis_ends();
            let (first_end, last_end) = (Some(first_end), Some(last_end));
            return Scale { kind: ScaleKind::Linear, domain, ticks, first_end, last_end, grid: true };
        }
        let scale = self.set.scale.as_ref().filter(|_| self.direction.0.is_some());
        let first_end = scale.map(|scale| format!("{} is {low_words}", scale.min));
        let last_end = scale.map(|scale| format!("{} is {high_words}", scale.max));
        let (first_end, last_end) = if down { (last_end, first_end) } else { (first_end, last_end) };
        Scale { kind: ScaleKind::Linear, domain, ticks, first_end, last_end, grid: true }
    }
}

/// The sign of the n-th line: when the colours are used up they come again, dashed or with hollow dots.
fn sign(number: usize) -> Style {
    let colours = usize::from(SERIES_COLOURS);
    let tone = Tone::Series((number % colours) as u8);
    let round = number / colours % 4;
    Style { tone, hollow: round % 2 == 1, dashed: matches!(round, 1 | 2) }
}

/// Whether a line leads from one rating to one of the next year: where both are of one source, or where neither has its
/// own source in the other year.
fn follows(a: &Rating, b: &Rating, before: &[Point<'_>], now: &[Point<'_>]) -> bool {
    let of = |rating: &Rating| rating.score.evidence.pieces.iter().map(|p| p.anchor.source).collect::<Vec<_>>();
    let share = |a: &Rating, b: &Rating| of(a).iter().any(|source| of(b).contains(source));
    share(a, b) || !now.iter().any(|(other, _)| share(a, other)) && !before.iter().any(|(other, _)| share(other, b))
}

/// Whether one dot is no lower than another on a y scale of this domain.
fn is_over(a: &Rating, b: &Rating, domain: (f64, f64)) -> bool {
    if domain.0 < domain.1 { a.score.value >= b.score.value } else { a.score.value <= b.score.value }
}

fn year_scale(years: &[i32]) -> Scale {
    let (first, last) = (years.first().copied().unwrap_or_default(), years.last().copied().unwrap_or_default());
    // Room at both ends, so that the first dots keep off the ticks of the scores; six digits, for exported data.
    let room = (f64::from(last) - f64::from(first)) * 0.02;
    let tidy = |at: f64| (at * 1e6).round() / 1e6;
    let ticks = years.iter().map(|year| Tick { at: f64::from(*year), label: year.to_string() }).collect();
    Scale {
        kind: ScaleKind::Linear,
        domain: (tidy(f64::from(first) - room), tidy(f64::from(last) + room)),
        ticks,
        first_end: None,
        last_end: None,
        grid: false,
    }
}
