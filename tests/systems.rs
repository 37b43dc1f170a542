//! The charts of a report's systems: each made of facts, whatever the names, and none where its facts are not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use std::collections::BTreeSet;

use nisba::{
    chart::{
        self, Chart, MarkStatus,
        place::{Area, Item},
    },
    export::{Canvas, layout},
    session::load::{Loaded, Progress, load_bytes, load_path},
    source::{Decimal, SourceId},
};

const FIXTURE: &str = include_str!("fixtures/orland-2006.txt");

fn read(text: &str) -> Loaded {
    load_bytes("report.txt", text.as_bytes(), SourceId(0), &Progress::default()).expect("a report")
}

fn ids(loaded: &Loaded) -> BTreeSet<String> {
    chart::offers(&loaded.dataset).iter().filter_map(|spec| chart::id_of(spec, &loaded.dataset)).collect()
}

fn draw(loaded: &Loaded, id: &str) -> Chart {
    let spec = chart::spec_of(id, &loaded.dataset).unwrap_or_else(|| panic!("{id} is unknown"));
    let hashes = [(loaded.source.id, loaded.source.sha256)];
    chart::build(&loaded.dataset, &hashes, &spec).unwrap_or_else(|| panic!("{id} is not offered"))
}

fn value(chart: &Chart, id: &str) -> Decimal {
    let mark = chart.marks.iter().find(|mark| mark.id.0 == id);
    let mark =
        mark.unwrap_or_else(|| panic!("no {id} in {:?}", chart.marks.iter().map(|m| &m.id.0).collect::<Vec<_>>()));
    mark.value.unwrap_or_else(|| panic!("{id} has no value")).round_dp(2).normalize()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

const SYSTEMS: [&str; 10] = [
    "figures-map",
    "timeline",
    "ranks",
    "parliament",
    "representation",
    "local-councils",
    "civil-society",
    "aid",
    "party-registers",
    "economy",
];

#[test]
fn every_system_of_a_made_up_report_has_its_chart() {
    let loaded = read(FIXTURE);
    let ids = ids(&loaded);
    let more = [
        "figures-map-by-kind",
        "civil-society-people",
        "civil-society-fields",
        "civil-society-participation",
        "party-registers-signatures",
        "economy-money",
        "ranks-nations-in-transit-2006-orland-index-of-free-pages",
        "parliament-nations-in-transit-2006-orland-senate",
    ];
    for id in SYSTEMS.iter().chain(&more) {
        assert!(ids.contains(*id), "{id} is not offered: {ids:?}");
    }
}

#[test]
fn marks_have_the_values_that_the_report_states_or_leaves() {
    let loaded = read(FIXTURE);
    let aid = draw(&loaded, "aid");
    assert_eq!(value(&aid, "aid/not-explained/rest"), number("9000000"));
    assert_eq!(aid.title, "Of US$30.5 million, US$9 million is left unexplained");
    let local = draw(&loaded, "local-councils");
    assert_eq!(value(&local, "local-councils/independents/won"), number("400"));
    assert_eq!(value(&local, "local-councils/league-of-hills/won"), number("30"));
    let parliament = draw(&loaded, "parliament");
    assert_eq!(value(&parliament, "parliament/majority"), number("31"));
    assert_eq!(value(&parliament, "parliament/coast-party/list-seats"), number("9"));
    let senate = draw(&loaded, "parliament-nations-in-transit-2006-orland-senate");
    let seats: Vec<Decimal> =
        senate.marks.iter().filter(|m| m.name.ends_with(", seats")).filter_map(|m| m.value).collect();
    assert_eq!(seats, [number("20"), number("10")]);
    let groups = draw(&loaded, "representation");
    assert_eq!(value(&groups, "representation/women/seats"), number("15"));
    assert_eq!(value(&groups, "representation/tavs/population"), number("20.5"));
    let open = groups.marks.iter().find(|m| m.id.0 == "representation/lowlanders/seats").unwrap();
    assert_eq!((open.status, open.value), (MarkStatus::NotStated, None));
    let ranks = draw(&loaded, "ranks");
    assert_eq!((value(&ranks, "ranks/2005/rank"), value(&ranks, "ranks/2005/part")), (number("48"), number("34.29")));
    assert_eq!(value(&ranks, "ranks/2004/score"), number("4.4"));
    assert!(ranks.subtitle.contains("Clean Hands Index"), "{}", ranks.subtitle);
    let parties = draw(&loaded, "party-registers");
    let members: Vec<(&str, Option<Decimal>)> = parties.marks.iter().map(|m| (m.name.as_str(), m.value)).collect();
    let wanted =
        [("Coast Party, members", "90000"), ("League of Hills, members", "45000"), ("Grey Hand, members", "12000")];
    assert_eq!(members, wanted.map(|(name, value)| (name, Some(number(value)))));
    let growth = draw(&loaded, "economy");
    let range = growth.marks.iter().find(|mark| mark.value.is_none()).expect("a range");
    assert_eq!((range.low, range.high), (Some(number("3")), Some(number("5"))));
    assert_eq!(range.shown(), "3–5");
}

#[test]
fn a_map_has_a_tile_for_every_figure_and_a_line_a_mark_for_every_date() {
    let loaded = read(FIXTURE);
    let reading = loaded.reading.as_ref().unwrap();
    assert_eq!(draw(&loaded, "figures-map").marks.len(), reading.figures.len());
    let timeline = draw(&loaded, "timeline");
    let dates: usize = timeline.marks.iter().map(|mark| mark.evidence.pieces.len()).sum();
    assert_eq!(dates, timeline.table.rows.len());
    let month = timeline.marks.iter().find(|mark| mark.id.0 == "timeline/2003-05").unwrap();
    let year = timeline.marks.iter().find(|mark| mark.id.0 == "timeline/2004").unwrap();
    let length = |mark: &chart::Mark| match mark.shape {
        chart::Shape::Bar { from, to } => to.0 - from.0,
        _ => panic!("no bar"),
    };
    assert!((length(month) - 1.0 / 12.0).abs() < 1e-9 && (length(year) - 1.0).abs() < 1e-9);
    assert!(!month.style.hollow && year.style.hollow, "a month is filled, a year is an outline");
}

#[test]
fn a_sum_that_does_not_add_up_is_no_chart() {
    let without = |from: &str, to: &str, id: &str| {
        assert!(FIXTURE.contains(from), "{from}");
        let ids = ids(&read(&FIXTURE.replace(from, to)));
        assert!(!ids.contains(id), "{id} is offered with `{to}`");
    };
    without("Grey Hand (120)", "Grey Hand (121)", "local-councils");
    without("programs received US$9 million", "programs received US$29 million", "aid");
    without("In the 2004 moot elections", "In the 2004 chess elections", "local-councils");
    without("the remaining 10 members", "the remaining 11 members", "parliament-nations-in-transit-2006-orland-senate");
    without("(the previous requirement was 2,500)", "", "party-registers-signatures");
    without(
        "ranked 40th (out of 120). It ranked 35th (out of 100) in 2003",
        "is quiet",
        "ranks-nations-in-transit-2006-orland-clean-hands-index",
    );
}

#[test]
fn nothing_depends_on_the_names_of_a_report() {
    let renamed = FIXTURE
        .replace("Coast Party", "Salt Party")
        .replace("League of Hills", "Front of Wells")
        .replace("League members", "Front members")
        .replace("Grey Hand", "Blue Door")
        .replace("Tavs", "Kerrs")
        .replace("moot", "ring")
        .replace("Orland", "Sedria");
    let (one, other) = (read(FIXTURE), read(&renamed));
    for id in SYSTEMS {
        assert_eq!(draw(&one, id).marks.len(), draw(&other, id).marks.len(), "{id}");
    }
}

#[test]
fn a_report_without_these_facts_is_offered_no_chart_of_them() {
    let loaded = read("Notes on Tarn 2006\n\nTowns: \n\nThe two towns met in May 2004. A third town did not.\n");
    let ids = ids(&loaded);
    assert_eq!(ids, BTreeSet::from(["figures-map".to_owned(), "figures-map-by-kind".to_owned()]));
    assert!(chart::offers(&read("Notes\n\nNothing is counted.\n").dataset).is_empty());
}

/// No words lie over others or leave the page.
fn is_clear(chart: &Chart, (width, height): (u32, u32)) {
    let page = layout::page(chart, &Canvas { width, height, ..Canvas::default() });
    let whole = Area { left: 0.0, top: 0.0, right: f64::from(width), bottom: f64::from(height) };
    let texts: Vec<(Area, &str)> = page
        .drawn
        .iter()
        .filter_map(|piece| match &piece.item {
            Item::Text { text, .. } => Some((piece.area(), text.as_str())),
            _ => None,
        })
        .collect();
    for (n, (area, words)) in texts.iter().enumerate() {
        let inside = whole.holds(area.left, area.top) && whole.holds(area.right, area.bottom);
        assert!(inside, "{words:?} leaves the page of {} at {width}×{height}", chart.id);
        for (other, others) in &texts[n + 1..] {
            let over = area.grown(-0.6).overlaps(other.grown(-0.6));
            assert!(!over, "{words:?} over {others:?} in {} at {width}×{height}", chart.id);
        }
    }
}

const SIZES: [(u32, u32); 4] = [(1200, 675), (800, 800), (1080, 1350), (640, 400)];

fn all_clear(loaded: &Loaded) -> usize {
    let ids = ids(loaded);
    for id in &ids {
        let chart = draw(loaded, id);
        SIZES.into_iter().for_each(|size| is_clear(&chart, size));
        let marks: BTreeSet<&str> = chart.marks.iter().map(|mark| mark.id.0.as_str()).collect();
        assert_eq!(marks.len(), chart.marks.len(), "{id}: two marks of one id");
        assert!(!chart.title.is_empty() && !chart.title.starts_with(':'), "{id}: {:?}", chart.title);
        let ends = chart.table.rows.iter().all(|row| row.cells.len() == chart.table.columns.len());
        assert!(ends, "{id}: a ragged table");
    }
    ids.len()
}

#[test]
fn no_words_of_a_system_s_chart_lie_over_others() {
    assert!(all_clear(&read(FIXTURE)) >= 20);
}

#[test]
#[ignore = "needs the reports in ../shared"]
fn no_words_lie_over_others_on_real_reports_and_the_first_has_all_charts() {
    let mut paths = vec![std::path::PathBuf::from("../shared/reports")];
    let mut charts = 0;
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let loaded = load_path(&path, SourceId(0), &Progress::default()).expect("a report");
        charts += all_clear(&loaded);
        if path.to_string_lossy().contains("nations-in-transit-2005") {
            let ids = ids(&loaded);
            assert!(SYSTEMS.iter().all(|id| ids.contains(*id)), "{ids:?}");
            assert_eq!(value(&draw(&loaded, "aid"), "aid/not-explained/rest"), number("24200000"));
            assert_eq!(value(&draw(&loaded, "local-councils"), "local-councils/independents/won"), number("1156"));
            assert_eq!(value(&draw(&loaded, "parliament"), "parliament/majority"), number("39"));
        }
    }
    assert!(charts >= 60, "{charts}");
}
