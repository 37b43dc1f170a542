//! Ranks: the place of one country by year, or of several in one list, each in the field that it was ranked in.

use super::{
    Chart, ChartSpec, Label, LegendItem, Mark, MarkId, RowNote, Shape, Side, Style, TableRow, Tone, number,
    parts::{band, cell, columns, frame, linear, note, plain, reason, tick},
    words,
};
use crate::{
    analysis,
    facts::{Dataset, Statement, Statements, cues, cues::cues},
    source::{Cited, Decimal},
};

const KIND: &str = "ranks";

/// A place in a field.
struct Place<'a> {
    /// The row's name: a year or a country.
    name: String,
    rank: Cited<Decimal>,
    /// As written: `122nd`.
    written: String,
    of: Option<Cited<Decimal>>,
    score: Option<Cited<Decimal>>,
    fact: &'a Statement,
}

/// Places that belong on one chart.
struct Contest<'a> {
    report: &'a Statements,
    /// One subject over the years, or several subjects in one field.
    by_year: bool,
    subject: String,
    /// What ranks: `Index of Press Freedom`.
    index: String,
    places: Vec<Place<'a>>,
    /// The ends of the scale of the scores.
    scale: Option<(Decimal, Decimal)>,
}

/// The lists it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    let all = contests(dataset);
    let names: Vec<String> = all.iter().map(key).collect();
    words::distinct(names.iter().map(String::as_str)).into_iter().zip(all.iter().map(label)).collect()
}

fn key(contest: &Contest) -> String {
    let index = if contest.index.is_empty() { &contest.subject } else { &contest.index };
    format!("{} {}", contest.report.key, index)
}

fn label(contest: &Contest) -> String {
    let what = if contest.by_year { "by year" } else { "among others" };
    words::joined(&[&words::origin(&contest.report.origin), &contest.index, what], ", ")
}

/// Draws it.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let keys = keys(dataset);
    let first = &keys.first()?.0;
    let wanted = spec.of.as_ref().unwrap_or(first);
    let at = keys.iter().position(|(key, _)| key == wanted)?;
    let all = contests(dataset);
    let contest = all.get(at)?;
    let prefix = words::prefix(KIND, wanted, Some(first));
    Some(draw(dataset, contest, &prefix))
}

fn contests(dataset: &Dataset) -> Vec<Contest<'_>> {
    let mut all: Vec<Contest> = dataset.statements.iter().flat_map(of_report).collect();
    // Of one report those over the years first.
    all.sort_by_key(|contest| (contest.report.origin.source, !contest.by_year));
    all
}

/// Ranks of one paragraph: first those of one subject in several years, then those of several subjects in one field.
fn of_report(report: &Statements) -> Vec<Contest<'_>> {
    let ranks: Vec<&Statement> =
        report.of_kind("rank").filter(|one| one.figure.detail("of").is_some() && one.figure.value.is_some()).collect();
    let mut found = Vec::new();
    for in_paragraph in ranks.chunk_by(|a, b| a.figure.paragraph == b.figure.paragraph) {
        let mut subjects: Vec<&str> = Vec::new();
        for one in in_paragraph {
            if !subjects.contains(&one.figure.subject.as_str()) {
                subjects.push(&one.figure.subject);
            }
        }
        for subject in &subjects {
            let own: Vec<&Statement> =
                in_paragraph.iter().filter(|one| one.figure.subject == *subject).copied().collect();
            found.extend(by_year(report, subject, &own));
        }
        for in_sentence in in_paragraph.chunk_by(|a, b| a.sentence == b.sentence) {
            found.extend(among(report, in_sentence));
        }
    }
    found
}

fn by_year<'a>(report: &'a Statements, subject: &str, ranks: &[&'a Statement]) -> Option<Contest<'a>> {
    let mut places: Vec<Place> = Vec::new();
    for one in ranks.iter().filter(|one| words::year(&one.figure.period).is_some()) {
        let period = &one.figure.period;
        // Two ranks for one year: which of them holds is not for a program to choose.
        if ranks.iter().filter(|other| other.figure.period == *period).count() > 1 {
            continue;
        }
        places.push(Place { name: words::period(period), ..place(report, one)? });
    }
    places.sort_by(|a, b| b.fact.figure.period.cmp(&a.fact.figure.period));
    let enough = places.len() >= 2 && !subject.is_empty();
    enough.then(|| contest(report, true, subject.to_owned(), places))
}

fn among<'a>(report: &'a Statements, ranks: &[&'a Statement]) -> Option<Contest<'a>> {
    let first = ranks.first()?;
    let one_field = ranks.iter().all(|one| one.figure.detail("of") == first.figure.detail("of"));
    let own = |one: &&&Statement| ranks.iter().filter(|other| other.figure.subject == one.figure.subject).count() == 1;
    let named = |one: &&&Statement| !one.figure.subject.is_empty();
    let places: Vec<Place> = ranks
        .iter()
        .filter(own)
        .filter(named)
        .filter_map(|one| Some(Place { name: one.figure.subject.clone(), ..place(report, one)? }))
        .collect();
    if !one_field || places.len() < 2 || places.len() != ranks.len() {
        return None;
    }
    let mut places = places;
    places.sort_by_key(|place| place.rank.value);
    let subject = places.iter().find(|place| place.name == report.origin.country).or(places.last())?.name.clone();
    Some(contest(report, false, subject, places))
}

fn place<'a>(report: &Statements, fact: &'a Statement) -> Option<Place<'a>> {
    let of: Decimal = fact.figure.detail("of")?.parse().ok()?;
    let rank = fact.cited("rank")?;
    if rank.value > of || rank.value < Decimal::ONE {
        return None;
    }
    let near = |one: &&Statement| one.figure.paragraph == fact.figure.paragraph && one.figure.value == Some(of);
    // The number of the field that stands next: of its own sentence where it is there.
    let field = report
        .facts()
        .filter(near)
        .filter(|one| one.figure.kind == "rank_of" || one.figure.kind == "count")
        .min_by_key(|one| one.figure.span.start.abs_diff(fact.figure.span.end));
    let of = field.and_then(|one| one.cited("in the field"));
    let mut scores = report.of_kind("score").filter(|one| {
        let same = one.figure.subject == fact.figure.subject && one.figure.period == fact.figure.period;
        same && one.figure.paragraph == fact.figure.paragraph && one.figure.detail("role").is_none()
    });
    let score = scores.next().and_then(|one| one.cited("score")).filter(|_| scores.next().is_none());
    let written = fact.text.clone();
    Some(Place { name: String::new(), rank, written, of, score, fact })
}

fn contest<'a>(report: &'a Statements, by_year: bool, subject: String, places: Vec<Place<'a>>) -> Contest<'a> {
    let paragraph = places.first().map(|place| place.fact.figure.paragraph);
    let scale = report
        .of_kind("score")
        .filter(|one| Some(one.figure.paragraph) == paragraph && one.figure.detail("role") == Some("scale"))
        .find_map(|one| one.figure.value.zip(one.figure.value_max));
    let index = places.first().map(|place| index(report, place.fact)).unwrap_or_default();
    Contest { report, by_year, subject, index, places, scale }
}

/// The name of what ranks, as a sentence of the paragraph up to the rank writes it: `Index of Press Freedom`.
fn index(report: &Statements, fact: &Statement) -> String {
    let of_paragraph = |one: &&Statement| {
        one.figure.paragraph == fact.figure.paragraph && one.figure.span.start <= fact.figure.span.start
    };
    let from = report.figures.iter().find(of_paragraph).map_or(0, |one| report.sentence(one).start);
    let before = report.text.get(from..report.sentence(fact).end).unwrap_or_default();
    let all: Vec<&str> = before.split_whitespace().collect();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let named = |at: &usize| cues().indexes.contains(&*cues::bare(all[*at])) && capital(all[*at]);
    let Some(at) = (0..all.len()).rev().find(named) else { return String::new() };
    let mut from = at;
    while from > 0 && capital(all[from - 1]) && !all[from - 1].ends_with([',', '.', ';', ':']) {
        from -= 1;
    }
    let mut to = at + 1;
    let open = |word: &str| !word.ends_with([',', '.', ';', ':', ')']);
    while to + 1 < all.len() && from == at && open(all[to - 1]) && (all[to] == "of" || all[to] == "on") {
        let words = all[to + 1..].iter().take_while(|word| capital(word)).count();
        if words == 0 {
            break;
        }
        to += 1 + words;
    }
    // A possessive before it is whose it is, not its name.
    while from < at && all[from].ends_with(['s', '’']) && all[from].contains(['’', '\'']) {
        from += 1;
    }
    let name = all[from..to].join(" ");
    name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn draw(dataset: &Dataset, contest: &Contest, prefix: &str) -> Chart {
    let mut chart = frame();
    let names: Vec<&str> = contest.places.iter().map(|place| place.name.as_str()).collect();
    let slugs = words::distinct(names.iter().copied());
    let most = contest.places.iter().map(|place| place.of.as_ref().map_or(place.rank.value, |of| of.value)).max();
    let most = number::at(most.unwrap_or_default()).max(1.0);
    chart.y = band(&names, false);
    let step = number::nice_step(most, 8.0).max(1.0);
    let ticks = number::tick_values(0.0, most, step).into_iter().map(|at| tick(at, step)).collect();
    chart.x = linear((0.0, most), ticks);
    chart.x.first_end = Some("◂ first".to_owned());
    chart.x.last_end = Some("last ▸".to_owned());
    for (row, (place, slug)) in contest.places.iter().zip(&slugs).enumerate() {
        add(&mut chart, place, row, &format!("{prefix}/{slug}"), contest);
    }
    chart.row_heads = vec!["down the field".to_owned()];
    if contest.places.iter().any(|place| place.score.is_some()) {
        chart.row_heads.push("score".to_owned());
    }
    finish(dataset, contest, &mut chart);
    chart
}

fn add(chart: &mut Chart, place: &Place, row: usize, prefix: &str, contest: &Contest) {
    let y = row as f64;
    let name = words::joined(&[if contest.by_year { &contest.subject } else { "" }, &place.name], ", ");
    let mut cells = vec![plain(place.name.clone())];
    let mut of_cell = reason("not stated", None);
    let mut part_cell = reason("not stated", None);
    let rank_id = MarkId(format!("{prefix}/rank"));
    if let Some(of) = &place.of {
        let id = format!("{prefix}/field");
        let shape = Shape::Segment { from: (0.0, y), to: (number::at(of.value), y) };
        let mark =
            Mark::known(id, format!("{name}, places in the field"), shape, Style::solid(Tone::Quiet), "rank", of);
        of_cell = cell(number::label(of.value), mark.id.clone());
        chart.marks.push(mark);
        if let Some(part) = analysis::percent_of(&place.rank, of) {
            let id = format!("{prefix}/part");
            let at = Shape::Words { x: number::at(place.rank.value), y };
            let what = format!("{name}, place as a part of the field");
            let mark = Mark::known(id, what, at, Style::solid(Tone::Quiet), "percent", &part);
            let text = format!("{} %", mark.shown());
            chart.row_notes.push(RowNote { bold: true, ..note(row, 0, text.clone(), mark.id.clone()) });
            part_cell = cell(text, mark.id.clone());
            chart.marks.push(mark);
        }
    }
    let tone = if contest.by_year || place.name == contest.subject { Tone::Series(1) } else { Tone::Series(0) };
    let shape = Shape::Dot { x: number::at(place.rank.value), y };
    let mut mark =
        Mark::known(rank_id.0.clone(), format!("{name}, rank"), shape, Style::solid(tone), "rank", &place.rank);
    let label = Label::new(place.written.clone()).at(Side::Above);
    mark = mark.labelled(match &place.of {
        Some(of) => label.aside(format!("of {}", number::label(of.value))),
        None => label,
    });
    chart.marks.push(mark);
    cells.extend([cell(number::label(place.rank.value), rank_id), of_cell, part_cell]);
    match &place.score {
        Some(score) => {
            let id = format!("{prefix}/score");
            let at = Shape::Words { x: number::at(place.rank.value), y };
            let mark = Mark::known(id, format!("{name}, score"), at, Style::solid(Tone::Quiet), "score", score);
            let text = number::label(score.value);
            chart.row_notes.push(RowNote { bold: true, ..note(row, 1, text.clone(), mark.id.clone()) });
            cells.push(cell(text, mark.id.clone()));
            chart.marks.push(mark);
        }
        None => {
            if contest.places.iter().any(|place| place.score.is_some()) {
                chart
                    .row_notes
                    .push(RowNote { italic: true, ..note(row, 1, "not stated", MarkId(format!("{prefix}/rank"))) });
            }
            cells.push(reason("not stated", None));
        }
    }
    chart.table.rows.push(TableRow { cells });
}

fn finish(dataset: &Dataset, contest: &Contest, chart: &mut Chart) {
    let in_field = |place: &Place| {
        let of = place.of.as_ref().map(|of| format!(" of {}", number::label(of.value))).unwrap_or_default();
        format!("{}{of}", place.written)
    };
    chart.title = title(contest, &in_field).unwrap_or_default();
    let index = if contest.index.is_empty() { "rank".to_owned() } else { format!("rank in the {}", contest.index) };
    let what = if contest.by_year { format!("{index}, by year") } else { index };
    let subject = if contest.by_year { contest.subject.as_str() } else { "" };
    let origin = words::origin(&contest.report.origin);
    chart.subtitle = words::joined(&[&words::joined(&[&origin, subject], ": "), &what], ", ");
    let first = if contest.by_year { "Year" } else { "Whose" };
    chart.table.columns =
        columns(&[(first, false), ("Rank", true), ("Of", true), ("Down the field", true), ("Score", true)]);
    let line = |headings| words::source_line(dataset, &contest.report.origin, &chart.marks, headings);
    (chart.source_line, chart.source_line_whole) = words::both(line);
    if contest.places.iter().any(|place| place.of.is_some()) {
        chart.legend.push(LegendItem { style: Style::solid(Tone::Quiet), text: "places in the field".to_owned() });
        chart.notes.push(
            "How far down the field is computed: rank ÷ places. Fields of different years may hold other countries."
                .to_owned(),
        );
    }
    if let (Some((low, high)), true) = (contest.scale, contest.places.iter().any(|place| place.score.is_some())) {
        chart.notes.push(format!("Scores are on a scale of {} to {}.", number::label(low), number::label(high)));
    }
    let rows: Vec<String> = contest.places.iter().map(|place| format!("{}: {}", place.name, in_field(place))).collect();
    chart.alt = format!("{}. {}. {}.", chart.title, chart.subtitle, rows.join("; "));
}

fn title(contest: &Contest, in_field: &dyn Fn(&Place) -> String) -> Option<String> {
    let first = contest.places.first()?;
    let last = contest.places.last()?;
    if contest.by_year {
        return Some(format!(
            "{} ranked {} in {}, after {} in {}",
            contest.subject,
            in_field(first),
            first.name,
            in_field(last),
            last.name
        ));
    }
    let own = contest.places.iter().find(|place| place.name == contest.subject)?;
    let others = |ahead: bool| -> Vec<String> {
        let side = |place: &&Place| {
            if ahead { place.rank.value < own.rank.value } else { place.rank.value > own.rank.value }
        };
        contest.places.iter().filter(side).map(|place| format!("{} ({})", place.name, place.written)).collect()
    };
    let (ahead, behind) = (others(true), others(false));
    let told = match (ahead.is_empty(), behind.is_empty()) {
        (false, _) => format!(", behind {}", words::list(&ahead)),
        (true, false) => format!(", ahead of {}", words::list(&behind)),
        (true, true) => String::new(),
    };
    Some(format!("{} ranked {}{told}", contest.subject, in_field(own)))
}
