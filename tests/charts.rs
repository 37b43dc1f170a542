//! Promises over all marks of all charts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

mod common;

use std::collections::BTreeSet;

use nisba::{
    chart::{
        self, Chart, MarkStatus, ScaleKind,
        place::{self, Area, Drawn, Item},
        tokens::Theme,
    },
    export::{self, Canvas, layout},
    facts::{Best, Dataset},
    source::Source,
};

fn sets() -> Vec<(Dataset, Source)> {
    let mut sets = vec![common::kazakhstan()];
    for seed in 0..12 {
        let best = [None, Some(Best::Low), Some(Best::High)][seed as usize % 3];
        sets.push(common::random_ratings(seed, 1 + seed as usize * 2, 1 + seed as usize % 4 * 6, best));
        sets.push(common::random_election(seed, 1 + seed as usize * 2));
        sets.push(common::random_composition(seed, 1 + seed as usize, 1 + seed as usize % 6 * 3));
    }
    for (seed, categories, years) in [(1, 3, 2), (2, 7, 2), (4, 5, 9), (5, 8, 18), (7, 2, 5)] {
        sets.push(common::random_editions(seed, categories, years));
    }
    sets.push(common::random_election(77, 25));
    sets.push(common::random_ratings(78, 25, 1, Some(Best::High)));
    sets
}

fn charts(dataset: &Dataset, source: &Source) -> Vec<Chart> {
    let build = |spec: &chart::ChartSpec| chart::build(dataset, &[(source.id, source.sha256)], spec).unwrap();
    chart::offers(dataset).iter().map(build).collect()
}

const SIZES: [(u32, u32); 4] = [(1200, 675), (800, 800), (1080, 1350), (640, 400)];

#[test]
fn the_report_offers_its_charts_by_id() {
    let (dataset, _) = common::kazakhstan();
    let ids: Vec<String> = chart::offers(&dataset).iter().filter_map(|spec| chart::id_of(spec, &dataset)).collect();
    let candidates = "nations-in-transit-2005-kazakhstan-candidates";
    assert_eq!(
        ids,
        [
            "category-scores".to_owned(),
            "seats-votes".to_owned(),
            "seats-votes-scatter".to_owned(),
            "seats-votes-list".to_owned(),
            "seats-votes-list-scatter".to_owned(),
            "parliament".to_owned(),
            "ethnic-composition".to_owned(),
            "ethnic-composition-stacked".to_owned(),
            format!("ethnic-composition-{candidates}"),
            format!("ethnic-composition-stacked-{candidates}"),
        ]
    );
    for id in &ids {
        let spec = chart::spec_of(id, &dataset).unwrap();
        assert_eq!(chart::id_of(&spec, &dataset).as_ref(), Some(id));
    }
}

#[test]
fn one_chart_has_one_hash_however_it_is_asked_for() {
    let (dataset, source) = common::kazakhstan();
    let build = |spec: &chart::ChartSpec| chart::build(&dataset, &[(source.id, source.sha256)], spec).unwrap();
    let bare = chart::ChartSpec::new("seats-votes");
    let mut full = chart::ChartSpec { of: Some(dataset.elections[0].key.clone()), ..bare.clone() };
    full.options.insert("base".to_owned(), "all".to_owned());
    assert_eq!((build(&bare).hash, build(&bare).id), (build(&full).hash, build(&full).id));
    full.options.insert("base".to_owned(), "list".to_owned());
    assert_ne!(build(&bare).hash, build(&full).hash);
}

#[test]
fn every_mark_of_every_chart_computes_to_its_value_from_evidence() {
    for (dataset, source) in sets() {
        for chart in charts(&dataset, &source) {
            assert!(!chart.marks.is_empty(), "{}", chart.id);
            for mark in &chart.marks {
                let computed = mark.evidence.compute();
                assert!(!mark.evidence.pieces.is_empty(), "{} rests on nothing", mark.id.0);
                match mark.status {
                    MarkStatus::NotStated => {
                        assert_eq!(mark.value, None, "{}", mark.id.0);
                        assert!(computed == mark.low || computed == mark.high, "{} {computed:?}", mark.id.0);
                    }
                    _ => assert_eq!(computed, mark.value, "{} in {}", mark.id.0, chart.id),
                }
                for piece in &mark.evidence.pieces {
                    let words = source.words(piece.anchor.place).unwrap_or_else(|| panic!("{}: no words", mark.id.0));
                    if let Some(value) = piece.value {
                        assert_eq!(words.parse(), Ok(value), "{}", mark.id.0);
                    }
                }
            }
        }
    }
}

#[test]
fn ids_of_marks_are_unique_and_known_to_notes_and_table() {
    for (dataset, source) in sets() {
        for chart in charts(&dataset, &source) {
            let ids: BTreeSet<&str> = chart.marks.iter().map(|mark| mark.id.0.as_str()).collect();
            assert_eq!(ids.len(), chart.marks.len(), "{}", chart.id);
            assert!(ids.iter().all(|id| !id.contains(char::is_whitespace)));
            let named = chart.row_notes.iter().filter_map(|note| note.mark.as_ref());
            let cells = chart.table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.mark.as_ref());
            for id in named.chain(cells) {
                assert!(chart.mark(id).is_some(), "{} in {}", id.0, chart.id);
            }
            assert!(chart.table.rows.iter().all(|row| row.cells.len() == chart.table.columns.len()));
            assert!(!chart.title.is_empty() && chart.source_line.starts_with("Source") && !chart.alt.is_empty());
            assert_eq!(chart.hash.len(), 8);
        }
    }
}

fn texts(drawn: &[Drawn]) -> Vec<(Area, &str)> {
    let mut texts = Vec::new();
    for piece in drawn {
        if let Item::Text { text, .. } = &piece.item {
            texts.push((piece.area(), text.as_str()));
        }
    }
    texts
}

#[test]
fn no_words_lie_over_others_or_leave_the_page() {
    for (number, (dataset, source)) in sets().into_iter().enumerate() {
        // The report on every page, each made-up set on two.
        let sizes = SIZES.into_iter().enumerate().filter(|(n, _)| number == 0 || (n + number) % 2 == 0);
        let sizes: Vec<(u32, u32)> = sizes.map(|(_, size)| size).collect();
        for chart in charts(&dataset, &source) {
            for &(width, height) in &sizes {
                let canvas = Canvas { width, height, ..Canvas::default() };
                let page = layout::page(&chart, &canvas);
                let texts = texts(&page.drawn);
                let whole = Area { left: 0.0, top: 0.0, right: f64::from(width), bottom: f64::from(height) };
                for (n, (area, words)) in texts.iter().enumerate() {
                    let corners = whole.holds(area.left, area.top) && whole.holds(area.right, area.bottom);
                    assert!(corners, "{words:?} leaves the page of {} at {width}×{height}: {area:?}", chart.id);
                    for (other, others) in &texts[n + 1..] {
                        // Lines of one paragraph may touch; a hair is no overlap.
                        let over = area.grown(-0.6).overlaps(other.grown(-0.6));
                        assert!(!over, "{words:?} over {others:?} in {} at {width}×{height}", chart.id);
                    }
                }
            }
        }
    }
}

#[test]
fn the_labels_that_matter_are_all_drawn_on_a_full_page() {
    let (dataset, source) = common::kazakhstan();
    for chart in charts(&dataset, &source) {
        let page = layout::page(&chart, &Canvas::default());
        let drawn: Vec<&str> = texts(&page.drawn).into_iter().map(|(_, words)| words).collect();
        for label in chart.marks.iter().filter_map(|mark| mark.label.as_ref()) {
            assert!(drawn.contains(&label.text.as_str()), "{} lacks {:?}", chart.id, label.text);
        }
        assert!(drawn.iter().any(|words| words.starts_with("Source: ")), "{}", chart.id);
    }
}

/// All words of a page, those of which only the beginning is drawn whole.
fn whole_texts(drawn: &[Drawn]) -> Vec<String> {
    let words = |piece: &Drawn| match &piece.item {
        Item::Text { text, whole, .. } => Some(whole.clone().unwrap_or_else(|| text.clone())),
        _ => None,
    };
    drawn.iter().filter_map(words).collect()
}

#[test]
fn a_label_without_room_beside_its_mark_is_listed_and_a_name_that_is_cut_is_told_whole() {
    let mut sets = vec![common::kazakhstan()];
    for (seed, lists) in [(1, 4), (3, 9), (7, 14), (9, 25)] {
        let (mut dataset, source) = common::random_election(seed, lists);
        // Names longer than any plot is wide enough for.
        for list in dataset.elections[0].lists.iter_mut().step_by(3) {
            list.name =
                format!("{} and the United Democratic Movement of Veldoria for Work, Order and Fairness", list.name);
        }
        sets.push((dataset, source));
        sets.push(common::random_composition(seed, lists, 4));
    }
    let mut listed = 0;
    for (dataset, source) in &sets {
        for chart in charts(dataset, source) {
            for (width, height) in [(1200, 675), (700, 900), (600, 400)] {
                let page = layout::page(&chart, &Canvas { width, height, ..Canvas::default() });
                let words = whole_texts(&page.drawn);
                let told = |words: &[String], text: &str| words.iter().any(|one| one.lines().any(|line| line == text));
                for tick in chart.y.ticks.iter().filter(|_| chart.y.kind == ScaleKind::Band) {
                    let broken = words.windows(3).any(|w| w[..2].join(" ") == tick.label || w.join(" ") == tick.label)
                        || words.windows(2).any(|w| w.concat() == tick.label);
                    assert!(
                        told(&words, &tick.label) || broken,
                        "{:?} in {} at {width}×{height}",
                        tick.label,
                        chart.id
                    );
                }
                for mark in &chart.marks {
                    let Some(label) = &mark.label else { continue };
                    let in_list = told(&words, &mark.sentence());
                    listed += usize::from(in_list);
                    let shown = in_list || told(&words, &label.text);
                    assert!(shown, "{:?} of {} at {width}×{height}: {words:?}", label.text, mark.id.0);
                }
            }
        }
    }
    assert!(listed > 10, "the sets are crowded enough to try the list: {listed}");
}

#[test]
fn the_names_of_the_report_are_whole_at_the_narrowest_window() {
    let (dataset, source) = common::kazakhstan();
    for chart in charts(&dataset, &source) {
        // What the window has for a plot at 1280 × 800, between its panels and over its table.
        let least = place::least_height(&chart, 550.0, 12.0, 22.0).max(210.0);
        let sheet = place::sheet(&chart, Area { left: 0.0, top: 0.0, right: 550.0, bottom: least }, 12.0);
        let drawn = place::place(&chart, &sheet.plot, &sheet.listed);
        for piece in drawn.iter().chain(&sheet.list) {
            let Item::Text { text, whole, .. } = &piece.item else { continue };
            assert!(whole.is_none() && !text.contains('…') || text.starts_with('−'), "{text} in {}", chart.id);
        }
        // Beside dots, and outside a half circle, a long name has no room: it is listed whole.
        let beside = chart.id.ends_with("scatter") || chart.id == "parliament";
        assert!(beside || sheet.listed.is_empty(), "{}: {:?}", chart.id, sheet.listed);
    }
}

#[test]
fn a_cut_name_says_all_of_itself_on_hover_in_an_svg() {
    let (mut dataset, source) = common::random_election(7, 11);
    let name = "Incomprehensibilitiesunderstandablenessestogether".repeat(3);
    dataset.elections[0].lists[0].name.clone_from(&name);
    let chart = charts(&dataset, &source).remove(0);
    let svg = export::svg::svg(&chart, &Canvas { width: 600, height: 400, ..Canvas::default() });
    assert!(svg.contains(&format!("<title>{name}</title>Incompr")), "{svg}");
    export::png::tree(&svg).unwrap();
}

#[test]
fn the_same_chart_gives_the_same_bytes_in_every_format() {
    let (dataset, source) = common::kazakhstan();
    for chart in charts(&dataset, &source) {
        for encoder in export::ENCODERS {
            let encode = || (encoder.encode)(&chart, &[&source], &Canvas::default()).unwrap();
            assert!(encode() == encode(), "{} as {}", chart.id, encoder.ext);
        }
    }
}

#[test]
fn every_svg_is_read_back_and_has_an_element_for_every_mark() {
    for (dataset, source) in sets() {
        for chart in charts(&dataset, &source) {
            let svg = export::svg::svg(&chart, &Canvas::default());
            export::png::tree(&svg).unwrap();
            for mark in &chart.marks {
                let element = format!(" id=\"{}\"", mark.id.0);
                assert_eq!(svg.matches(&element).count(), 1, "{} in {}", mark.id.0, chart.id);
            }
        }
    }
}

#[test]
fn a_png_has_the_size_and_density_asked_for() {
    let (dataset, source) = common::kazakhstan();
    let chart = charts(&dataset, &source).remove(0);
    let canvas = Canvas { width: 640, height: 400, scale: 2.0, theme: Theme::Dark };
    let png = (export::encoder("PNG").unwrap().encode)(&chart, &[&source], &canvas).unwrap();
    let image = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap();
    assert_eq!((image.width(), image.height()), (1280, 800));
    let card = Theme::Dark.rgb(chart::tokens::Paint::Card);
    assert_eq!(image.pixel(1, 1).map(|p| (p.red(), p.green(), p.blue())), Some((card.0, card.1, card.2)));
    let at = png.windows(4).position(|bytes| bytes == b"pHYs").unwrap();
    assert_eq!(png[at + 4..at + 8], 7559_u32.to_be_bytes());
    let huge = Canvas { width: 60_000, height: 60_000, ..canvas };
    assert!((export::encoder("png").unwrap().encode)(&chart, &[&source], &huge).is_err());
}

#[test]
fn a_pdf_holds_its_fonts_and_no_date() {
    let (dataset, source) = common::kazakhstan();
    let chart = charts(&dataset, &source).remove(1);
    let pdf = (export::encoder("pdf").unwrap().encode)(&chart, &[&source], &Canvas::default()).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.starts_with("%PDF-") && text.contains("NotoSans") && text.contains("ToUnicode"));
    assert!(!text.contains("/CreationDate") && !text.contains("/ModDate"));
}

#[test]
fn json_says_what_each_mark_rests_on() {
    let (dataset, source) = common::kazakhstan();
    let spec = chart::spec_of("seats-votes", &dataset).unwrap();
    let chart = chart::build(&dataset, &[(source.id, source.sha256)], &spec).unwrap();
    let json = (export::encoder("json").unwrap().encode)(&chart, &[&source], &Canvas::default()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let mark = |id: &str| json["marks"].as_array().unwrap().iter().find(|mark| mark["id"] == id).unwrap().clone();
    let otan = mark("seats-votes/otan/vote-share");
    assert_eq!(otan["value"], 60.61);
    assert_eq!(otan["evidence"][0]["text"], "60.61");
    assert_eq!(otan["evidence"][0]["source"], "report.txt");
    let open = mark("seats-votes/democratic-party-of-kazakhstan/vote-share");
    assert_eq!(
        (open["status"].as_str(), open["low"].as_f64(), open["high"].as_f64()),
        (Some("not stated"), Some(0.0), Some(5.46))
    );
    assert_eq!(open["value"], serde_json::Value::Null);
    assert_eq!(open["evidence"].as_array().unwrap().len(), 5);
    let none = mark("seats-votes/self-nominated/vote-share");
    assert_eq!((none["status"].as_str(), none["evidence"][0]["text"].as_str()), (Some("not applicable"), Some("--")));
    let gap = mark("seats-votes/democratic-party-of-kazakhstan/difference");
    assert!((gap["low"].as_f64().unwrap() + 4.16).abs() < 0.01 && (gap["high"].as_f64().unwrap() - 1.3).abs() < 0.01);
}

#[test]
fn what_only_the_grammar_proves_is_told_with_its_reference() {
    let (dataset, source) = common::kazakhstan();
    let chart = charts(&dataset, &source).remove(0);
    let json = (export::encoder("json").unwrap().encode)(&chart, &[&source], &Canvas::default()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let mark = |id: &str| json["marks"].as_array().unwrap().iter().find(|mark| mark["id"] == id).unwrap().clone();
    let first = mark("category-scores/national-democratic-governance/2005");
    let grounds = &first["grounds"][0];
    assert_eq!(
        (grounds["role"].as_str(), grounds["grammar"].as_str()),
        (Some("first_rated"), Some("nations-in-transit"))
    );
    assert_eq!(grounds["says"], "first rated in the 2005 edition");
    assert_eq!(grounds["reference"], "methodology");
    assert!(first["evidence"].as_array().unwrap().iter().all(|piece| piece["role"] != "first_rated"));
    assert_eq!(mark("category-scores/corruption/2005")["grounds"], serde_json::Value::Null);
    assert_eq!(mark("category-scores/mean/2005")["grounds"][0]["role"], "regime_classes");
}

#[test]
fn titles_and_numbers_are_those_of_the_report() {
    let (dataset, source) = common::kazakhstan();
    let charts = charts(&dataset, &source);
    let titles: Vec<&str> = charts.iter().map(|chart| chart.title.as_str()).collect();
    assert_eq!(titles[0], "Six of seven ratings stand at 6.25 or worse; only Civil Society is better, at 5.50");
    assert_eq!(titles[1], "Otan won 54.5 % of the seats with 60.61 % of the popular vote; AIST fared best, +7.2 pp");
    assert_eq!(titles[6], "Kazakhs rose from 39.7 % in 1989 to 53.4 % in 1999; Russians fell from 37.7 % to 29.9 %");
    let ends: Vec<&str> = charts[1].row_notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(ends, ["−6.1 pp", "vote not applicable", "+7.2 pp", "−6.2 pp", "−10.7 pp", "−4.2 … +1.3", "−3.4 pp"]);
    let mean = charts[0].marks.iter().find(|mark| mark.id.0 == "category-scores/mean/2005").unwrap();
    assert_eq!((mean.shown().as_str(), mean.evidence.pieces.len()), ("6.29", 7));
    assert_eq!(charts[0].source_line, "Source: Nations in Transit 2005, Kazakhstan, Executive Summary ¶3–¶9");
    let rest = charts[7].marks.iter().find(|mark| mark.id.0 == "ethnic-composition/remainder/1999").unwrap();
    assert_eq!((rest.shown().as_str(), rest.evidence.pieces.len()), ("not stated (0–6.5)", 6));
    let csv = export::table_csv(&charts[1].table);
    let head = "List,Votes (%),Seats,Seat share (%),Seats − votes (pp)\nOtan,60.61,42,54.5,-6.1\n";
    assert!(csv.starts_with(head), "{csv}");
}
