//! What becomes of a saved link, case by case.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a helper of a test may fail as loudly as the test

use nisba::{
    format,
    source::{Anchor, Place, Resolution, Selector, Source, SourceId, Span},
};

const REPORT: &str = "Annals 2007\n\nThe rating for courts remains at 6.50 because nothing was done.\n\nThe rating for \
                      schools remains at 6.50 after a year of talk.\n\nThe rating for harbours is set at 6.50 for the \
                      first time.\n\nA mean of 6.50 follows from all this, and nobody was surprised.\n";

fn text(text: &str) -> Source {
    format::read("report.txt", text.as_bytes(), SourceId(0), &|_| true).expect("a report").0
}

fn table(text: &str) -> Source {
    format::read("table.csv", text.as_bytes(), SourceId(0), &|_| true).expect("a table").0
}

/// The nth place of some words.
fn place(source: &Source, words: &str, nth: usize) -> Place {
    let (start, _) = source.text.match_indices(words).nth(nth).expect("the words");
    Place::Text(Span::new(start, start + words.len()))
}

fn selector(source: &Source, words: &str, nth: usize) -> Selector {
    Selector::of(source, place(source, words, nth)).expect("a selector")
}

/// The resolution in a changed text, with the words at its place.
fn resolved(selector: &Selector, now: &Source) -> (&'static str, Option<String>) {
    let resolution = selector.resolve(now);
    (resolution.label(), resolution.place().and_then(|place| now.words(place)).map(str::to_owned))
}

fn words(label: &'static str, words: &str) -> (&'static str, Option<String>) {
    (label, Some(words.to_owned()))
}

#[test]
fn each_of_four_equal_figures_is_found_as_itself() {
    let (before, longer) = (text(REPORT), text(&REPORT.replace("Annals 2007\n", "Annals of 2007\n\nA new preface.\n")));
    for nth in 0..4 {
        let selector = selector(&before, "6.50", nth);
        assert_eq!(selector.resolve(&before), Resolution::Found(place(&before, "6.50", nth)));
        assert_eq!(selector.resolve(&longer), Resolution::Moved(place(&longer, "6.50", nth)));
    }
}

#[test]
fn prefix_and_suffix_make_a_quote_the_only_one() {
    let before = text(REPORT);
    for nth in 0..4 {
        let selector = selector(&before, "6.50", nth);
        let whole = format!("{}{}{}", selector.prefix, selector.exact, selector.suffix);
        assert_eq!(before.text.matches(&whole).count(), 1, "{whole}");
        let (start, end) = selector.position.unwrap();
        assert_eq!(before.text.chars().skip(start).take(end - start).collect::<String>(), "6.50");
    }
}

#[test]
fn positions_count_characters_without_a_byte_order_mark() {
    let source = text("\u{feff}Жылнама 2007\n\nБаға 6.50 болды.\n");
    assert_eq!(selector(&source, "6.50", 0).position, Some((19, 23)));
}

#[test]
fn lines_broken_anew_or_another_encoding_change_nothing() {
    let before = text(REPORT);
    let quote = selector(&before, "6.50 after a year", 0);
    let wrapped = text(&REPORT.replace("6.50 after a year", "6.50\r\nafter  a\r\nyear"));
    assert_eq!(resolved(&quote, &wrapped), words("moved", "6.50\r\nafter  a\r\nyear"));
    let bytes: Vec<u8> = REPORT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16 =
        format::read("report.txt", &[&[0xff, 0xfe], bytes.as_slice()].concat(), SourceId(0), &|_| true).unwrap().0;
    assert_eq!(resolved(&quote, &utf16), words("found", "6.50 after a year"));
}

#[test]
fn a_figure_put_right_is_changed_and_its_new_words_are_shown() {
    let before = text(REPORT);
    let quote = selector(&before, "6.50", 1);
    for (now, shown) in [("6.75", "6.75"), ("16.50", "16.50"), ("6.505", "6.505"), ("about 6.50", "about 6.50")] {
        let now = text(&REPORT.replace("schools remains at 6.50", &format!("schools remains at {now}")));
        assert_eq!(resolved(&quote, &now), words("changed", shown));
    }
}

#[test]
fn a_figure_beside_a_change_is_changed_and_shown_itself() {
    let before =
        text("Annals 2007\n\nThe Reds took 42 seats (60 percent of the vote) in the end.\n\nMore is not known.\n");
    let now = text(&before.text.replace("(60 percent", "(61 percent"));
    assert_eq!(resolved(&selector(&before, "42", 0), &now), words("changed", "42"));
    assert_eq!(resolved(&selector(&before, "60", 0), &now), words("changed", "61"));
}

#[test]
fn the_other_parts_of_a_list_are_found_when_one_was_put_right() {
    let list = "In the end the Reds took 42 seats (60.5 percent of vote), the Blues 11 seats (7.07 percent of vote).";
    let before = text(&format!("Annals 2007\n\nThey voted.\n\n{list}\n\nMore is not known.\n"));
    let now = text(&before.text.replace("60.5", "61.5"));
    for (figure, found) in [("11", "found"), ("7.07", "found"), ("60.5", "changed")] {
        assert_eq!(resolved(&selector(&before, figure, 0), &now).0, found, "{figure}");
    }
}

#[test]
fn a_copy_put_into_the_middle_of_a_table_is_not_taken_for_the_original() {
    let rows = "Seats\n\nParty First Second\nOrrinist Bloc 1 2 2 3\nLeague of Harbours 1 1 2 1\nGrey Hand 2 3 3 2\n";
    let before = text(&format!("{rows}\nMore is not known.\n"));
    let copy = "First Second Orrinist Bloc 1 2 2 3 League of Harbours ";
    for original in ["Bloc 1 2 2 3", "Bloc 1 42 2 3"] {
        let now = before.text.replace("Orrinist Bloc 1 2 2 3", &format!("Orrinist {copy}{original}"));
        let answer = selector(&before, "2 2 3", 0).resolve(&text(&now));
        assert!(!answer.is_certain(), "{answer:?}");
    }
}

#[test]
fn words_put_right_elsewhere_in_the_sentence_are_no_matter() {
    let before = text(REPORT);
    let now = text(&REPORT.replace("after a year of talk", "after a year of much talk"));
    assert_eq!(resolved(&selector(&before, "6.50", 1), &now), words("found", "6.50"));
}

#[test]
fn what_is_deleted_is_gone_though_others_read_like_it() {
    let before = text(REPORT);
    let now = text(&REPORT.replace("The rating for schools remains at 6.50 after a year of talk.\n\n", ""));
    assert_eq!(selector(&before, "6.50", 1).resolve(&now), Resolution::Changed(None));
    assert_eq!(resolved(&selector(&before, "6.50", 0), &now), words("found", "6.50"));
    assert_eq!(resolved(&selector(&before, "6.50", 2), &now), words("moved", "6.50"));
}

#[test]
fn a_paragraph_that_changes_places_is_moved_and_one_that_is_copied_is_ambiguous() {
    let before = text(REPORT);
    let harbours = "The rating for harbours is set at 6.50 for the first time.\n\n";
    let moved = text(&REPORT.replace(harbours, "").replace("Annals 2007\n\n", &format!("Annals 2007\n\n{harbours}")));
    let quote = selector(&before, "6.50", 2);
    assert_eq!(quote.resolve(&moved), Resolution::Moved(place(&moved, "6.50", 0)));
    let copied = text(&REPORT.replace("Annals 2007\n\n", &format!("Annals 2007\n\n{harbours}")));
    let both = [0, 3].map(|nth| place(&copied, "6.50", nth)).to_vec();
    assert_eq!(quote.resolve(&copied), Resolution::Ambiguous(both));
    // Copied, and the original put right: the copy is not what was linked.
    let changed = text(&copied.text.replacen("6.50 for", "6.75 for", 2).replacen("6.75 for", "6.50 for", 1));
    assert_eq!(quote.resolve(&changed).label(), "ambiguous");
}

#[test]
fn rows_that_are_the_same_are_told_by_their_number_until_one_goes() {
    let list =
        |rows: usize| text(&format!("Seats\n\nFirst come these.\n{}Then no more.\n", "- 6.50 percent\n".repeat(rows)));
    let (four, three) = (list(4), list(3));
    let quote = selector(&four, "6.50", 2);
    assert_eq!(quote.resolve(&four), Resolution::Found(place(&four, "6.50", 2)));
    assert!(!quote.resolve(&three).is_certain());
}

#[test]
fn another_document_has_none_of_it() {
    let other = text("Nothing of this\n\nIs known here at all, not even a rating of 6.50 in passing.\n");
    assert_eq!(selector(&text(REPORT), "6.50", 0).resolve(&other), Resolution::Changed(None));
    let table = table("party,votes\nReds,6.50\n");
    assert_eq!(selector(&text(REPORT), "6.50", 0).resolve(&table), Resolution::Changed(None));
}

#[test]
fn a_selector_without_a_print_is_certain_only_at_its_own_place() {
    let before = text(REPORT);
    let foreign = Selector { ties: None, ..selector(&before, "6.50", 1) };
    assert_eq!(foreign.resolve(&before), Resolution::Found(place(&before, "6.50", 1)));
    let longer = text(&REPORT.replace("Annals 2007\n", "Annals of 2007\n"));
    assert_eq!(foreign.resolve(&longer), Resolution::Ambiguous(vec![place(&longer, "6.50", 1)]));
    let changed = text(&REPORT.replace("schools remains at 6.50", "schools remains at 6.75"));
    assert_eq!(foreign.resolve(&changed), Resolution::Changed(None));
}

const TABLE: &str = "party,votes,seats\nReds,600,6\nBlues,400,4\nGreens,400,4\nGreys,90,0\n";

fn cell(row: u32, column: u32) -> Place {
    Place::Cell { table: 0, row, column }
}

#[test]
fn a_cell_is_known_by_its_row_and_its_head() {
    let before = table(TABLE);
    let votes = Selector::of(&before, cell(3, 1)).unwrap();
    assert_eq!(votes.cell, Some(("votes".to_owned(), "Greens".to_owned())));
    let resolve = |now: &str| votes.resolve(&table(now));
    assert_eq!(resolve(TABLE), Resolution::Found(cell(3, 1)));
    assert_eq!(resolve(&TABLE.replace("Reds,600,6\n", "")), Resolution::Moved(cell(2, 1)));
    assert_eq!(resolve(&TABLE.replace("Greens,400,4", "Greens,400,5")), Resolution::Found(cell(3, 1)));
    assert_eq!(resolve(&TABLE.replace("Greens,400", "Greens,410")), Resolution::Changed(Some(cell(3, 1))));
    assert_eq!(resolve(&TABLE.replace("Greens,400,4\n", "")), Resolution::Changed(None));
    assert!(!resolve(&TABLE.replace("votes", "voters")).is_certain());
    let both = Resolution::Ambiguous(vec![cell(3, 1), cell(4, 1)]);
    assert_eq!(resolve(&TABLE.replace("Greens,400,4\n", "Greens,400,4\nGreens,400,4\n")), both);
}

#[test]
fn there_is_no_selector_of_nothing() {
    let source = text(REPORT);
    assert_eq!(Selector::of(&source, Place::Text(Span::new(11, 13))), None);
    assert_eq!(Selector::of(&source, Place::Text(Span::new(9_000, 9_001))), None);
    assert_eq!(Selector::of(&source, cell(0, 0)), None);
    let anchor = Anchor { source: SourceId(0), place: cell(9, 9) };
    assert_eq!(Selector::of(&table(TABLE), anchor.place), None);
}

#[test]
fn a_copy_of_a_short_passage_is_not_it_while_the_words_around_the_original_are_left_in_part() {
    let home = "In the end of that year the Blues and the Greens won 86 seats (43 percent), up from 28. According to the \
                census the hills are empty.";
    let before = text(&format!("Annals 2007\n\nThey voted twice in that year.\n\n{home}\n\nMore is not known.\n"));
    let left = "In the end of that year the Blues and the Greens won 86 seats (43 perus the hills are empty.";
    let now = before.text.replace(home, left).replace("They voted", &format!("{home}\n\nThey voted"));
    let answer = selector(&before, "28", 0).resolve(&text(&now));
    assert!(!answer.is_certain(), "{answer:?}");
}
