//! What becomes of a saved link in a changed document: found, moved, changed or ambiguous.
//!
//! `found` and `moved` are certain or not said. What makes them so: the passage a place is in stands where its
//! neighbours stand, unbroken, as often as it did, and nothing new in the document looks like what might be left of
//! it. Whoever copies a passage, or exchanges two that differ by a digit, gets `ambiguous`.

use std::{cell::LazyCell, ops::Deref};

use super::{
    Comparison, Place, Selector, Span,
    compare::{Gap, Words},
    print::{self, GRAM, Ground, is_blank, squeezed},
    quote::{CLOSE, Line, Quote, beside_a_change, between, repeats},
    selector::{Likes, Ties, head},
};

/// A passage shorter than this is not known again at another place.
const LEAST_MOVED: usize = 24;
/// So many passages away an original may be left over beside its copy, changed past knowing.
const NEAR: usize = 8;
/// More places than this are not offered.
const MOST_OFFERED: usize = 16;

/// What became of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It is where it was.
    Found(Place),
    /// The same characters, elsewhere.
    Moved(Place),
    /// The characters, or those next to them, are not what they were. Where they stood, when that is certain; `None`
    /// also when they are gone.
    Changed(Option<Place>),
    /// More than one place may be meant, or it can't be told whether this one is; the candidates.
    Ambiguous(Vec<Place>),
}

impl Resolution {
    /// As it is listed.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::Moved(_) => "moved",
            Self::Changed(_) => "changed",
            Self::Ambiguous(_) => "ambiguous",
        }
    }

    /// The place that is certain: the words themselves, or where changed words stand.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Found(place) | Self::Moved(place) => Some(*place),
            Self::Changed(place) => *place,
            Self::Ambiguous(_) => None,
        }
    }

    /// Whether the very words were found again.
    pub fn is_certain(&self) -> bool {
        matches!(self, Self::Found(_) | Self::Moved(_))
    }
}

/// Where the passages of a selector are.
enum Standing {
    /// Here, whole.
    At(usize),
    /// Between these new passages something else stands in their place.
    Edited(usize, usize),
    /// Nothing stands in their place.
    Gone,
    /// They may be here, or nowhere.
    Unsure(Vec<usize>),
}

/// Resolves a selector against the document that its print was compared with.
pub fn resolve(compared: &Comparison, selector: &Selector) -> Resolution {
    let ground = compared.ground;
    let Some(ties) = selector.ties.as_ref().filter(|ties| {
        ties.passages > 0 && ties.passage.checked_add(ties.passages).is_some_and(|end| end <= compared.old_len())
    }) else {
        return resolve_quote(ground, selector);
    };
    if matches!(selector.place, Place::Text(_)) != ground.grids.is_empty() {
        return Resolution::Changed(None);
    }
    let within = |passage: &usize| words_in(ground, selector, ties, *passage);
    match standing(compared, selector, ties) {
        Standing::At(passage) => match within(&passage) {
            Some(place) => placed(selector, place),
            None => Resolution::Changed(ground.passages.get(passage).map(|passage| in_column(passage.place, selector))),
        },
        Standing::Edited(from, to) if ground.grids.is_empty() => edited_text(compared, selector, from, to),
        Standing::Edited(from, to) => edited_row(compared, selector, from, to),
        Standing::Gone => Resolution::Changed(None),
        Standing::Unsure(passages) => {
            let places: Vec<Place> = passages.iter().filter_map(within).take(MOST_OFFERED).collect();
            if places.is_empty() { unsure(ground, selector) } else { Resolution::Ambiguous(places) }
        }
    }
}

/// The cell of a row in the selector's column.
fn in_column(place: Place, selector: &Selector) -> Place {
    match (place, selector.place) {
        (Place::Cell { table, row, .. }, Place::Cell { column, .. }) => Place::Cell { table, row, column },
        _ => place,
    }
}

fn placed(selector: &Selector, place: Place) -> Resolution {
    if place == selector.place { Resolution::Found(place) } else { Resolution::Moved(place) }
}

fn standing(compared: &Comparison, selector: &Selector, ties: &Ties) -> Standing {
    let (from, to) = (ties.passage, ties.passage + ties.passages);
    let now = compared.occurrences(from, to);
    let before = compared.old_occurrences(from, to);
    if now.len() > before || (from..to).any(|at| compared.is_copied(at)) {
        return Standing::Unsure(now);
    }
    let Some(at) = compared.run(from, to) else { return at_home(compared, from, to, before, now) };
    let in_order = compared.is_in_order(from, to);
    if compared.is_all_known() && before == 1 && compared.is_enclosed(from, to) {
        return Standing::At(at);
    }
    let words = LazyCell::new(|| compared.words(at, at + ties.passages));
    // What is left of passages that were copied and then taken out may be the ends of their neighbours.
    let end = compared.ground.passages.len();
    let wider = LazyCell::new(|| compared.words(at.saturating_sub(1), (at + ties.passages + 1).min(end)));
    let single = (from..to).all(|at| compared.is_landmark(at));
    let enclosed = compared.is_enclosed(from, to);
    // Of passages that read the same none may be missing or elsewhere: another may stand in its place.
    let settled = || (from..to).all(|at| compared.is_landmark(at) || compared.are_all_settled(at));
    let copied = has_copied_neighbour(compared, from, to);
    let held = || compared.any_holds(&close_by(compared, selector, ties, at));
    let certain = if enclosed && in_order && !copied {
        settled() && !left_over(compared, from, to, &words, &wider) && !held()
    } else if enclosed && (in_order || before > 1 || single) {
        settled() && !compared.any_resembles(&words) && (in_order || !compared.any_resembles(&wider))
    } else if !single || copied {
        false
    } else if in_order && compared.has_neighbour(from, to) {
        let copied = compared.any_inserted_is_like(&words) || held();
        !copied && stands_beside_edits(compared, ties, &words)
    } else {
        // Few characters may stand anywhere by chance; a row of few is known by all its cells.
        let known =
            words.masked.len() >= LEAST_MOVED || !compared.ground.grids.is_empty() && compared.is_home_clean(from, to);
        known && ties.like == Likes::Few(Vec::new()) && !compared.any_resembles(&words)
    };
    if certain { Standing::At(at) } else { Standing::Unsure(now) }
}

/// The characters of a quote and those close to it in its passages, which stand at `at`.
fn close_by(compared: &Comparison, selector: &Selector, ties: &Ties, at: usize) -> Vec<char> {
    let solid = print::solid(&compared.ground.words(at, at + ties.passages));
    if matches!(selector.place, Place::Cell { .. }) {
        return solid;
    }
    let end = ties.offset + print::solid(&selector.exact).len() + GRAM;
    solid.get(ties.offset.saturating_sub(GRAM)..end.min(solid.len())).unwrap_or_default().to_vec()
}

/// The passage isn't known again: what stands between its neighbours?
fn at_home(compared: &Comparison, from: usize, to: usize, before: usize, now: Vec<usize>) -> Standing {
    match (compared.holds_left(from), compared.holds_right(to)) {
        // Of passages that read the same any may have been edited, and another put in its place; and what stands
        // elsewhere now is not here.
        _ if before > 1 || (from..to).any(|at| compared.count(at).new > 0) => Standing::Unsure(now),
        // Beside a copied passage either may be the copy's own.
        _ if has_copied_neighbour(compared, from, to) => Standing::Unsure(now),
        (Some(left), Some(right)) if left == right => Standing::Gone,
        // Words that stood elsewhere before may have come from there.
        (Some(left), Some(right)) if left < right && compared.is_novel(left, right) => Standing::Edited(left, right),
        _ => Standing::Unsure(now),
    }
}

/// A passage in place whose neighbours are in place: only beside the unbroken run around it might the original be
/// left over, beside a copy of it; or anywhere, nearly whole.
fn left_over(
    compared: &Comparison,
    from: usize,
    to: usize,
    words: &impl Deref<Target = Words>,
    wider: &impl Deref<Target = Words>,
) -> bool {
    let inserted = |gap: Gap| {
        gap.distance <= NEAR
            && gap.strange.len() > gap.missing.len()
            && gap.strange.iter().any(|at| compared.resembles(*at, words) || compared.resembles(*at, wider))
    };
    inserted(compared.gap_before(from))
        || inserted(compared.gap_after(to - 1))
        || compared.has_inserted() && compared.any_inserted_is_like(words)
}

/// Whether a passage next to it in the old state stands in the new one more often than it did.
fn has_copied_neighbour(compared: &Comparison, from: usize, to: usize) -> bool {
    let copied = |at: usize| at < compared.old_len() && compared.is_copied(at);
    from.checked_sub(1).is_some_and(copied) || copied(to)
}

/// A passage in place, something next to it edited: whether that can't be what is left of it.
fn stands_beside_edits(compared: &Comparison, ties: &Ties, words: &Words) -> bool {
    let (from, to) = (ties.passage, ties.passage + ties.passages);
    let free = |gap: &Gap, before: bool| {
        let like = |at: &usize| match &ties.like {
            Likes::Few(like) => like.contains(at),
            Likes::Many => true,
        };
        if gap.missing.iter().any(like) {
            return false;
        }
        match (gap.missing.as_slice(), gap.strange.as_slice()) {
            // One for one: an edit of the neighbour, unless it begins or ends as this passage does.
            ([_], [at]) => {
                let (words, other) = (&words.masked, compared.words(*at, at + 1).masked);
                let count = GRAM.min(words.len()).min(other.len());
                if before {
                    !other.ends_with(&words[words.len() - count..])
                } else {
                    !other.starts_with(&words[..count])
                }
            }
            (_, strange) => !strange.iter().any(|at| compared.resembles(*at, words)),
        }
    };
    free(&compared.gap_before(from), true) && free(&compared.gap_after(to - 1), false)
}

/// The place of the words in passages that stand whole from this one on.
fn words_in(ground: &Ground, selector: &Selector, ties: &Ties, passage: usize) -> Option<Place> {
    match ground.passages.get(passage)?.place {
        Place::Text(home) => {
            let length = selector.exact.chars().filter(|c| !is_blank(*c)).count();
            let text = ground.text.get(home.start..)?;
            let mut solid = text.char_indices().filter(|(_, c)| !is_blank(*c)).skip(ties.offset).take(length);
            let (start, first) = solid.next()?;
            let (end, last) = solid.last().unwrap_or((start, first));
            let span = Span::new(home.start + start, home.start + end + last.len_utf8());
            (squeezed(span.of(ground.text)?) == squeezed(&selector.exact)).then_some(Place::Text(span))
        }
        Place::Cell { table, row, .. } => {
            let Place::Cell { column, .. } = selector.place else { return None };
            let place = Place::Cell { table, row, column };
            let (name, _) = selector.cell.as_ref()?;
            let same = ground.row(place)?.get(column as usize) == Some(&selector.exact);
            (same && head(ground, place).as_ref() == Some(name)).then_some(place)
        }
    }
}

// ── Edited passages ──

fn edited_text(compared: &Comparison, selector: &Selector, from: usize, to: usize) -> Resolution {
    let ground = compared.ground;
    let bounds = |at: usize| match ground.passages.get(at).map(|passage| passage.place) {
        Some(Place::Text(span)) => span,
        _ => Span::new(ground.text.len(), ground.text.len()),
    };
    let region = Span::new(bounds(from).start, bounds(to - 1).end);
    // Enough on either side for what stands close.
    let line = Line::around(ground.text, region, CLOSE + 2);
    let quote = Quote::close(selector);
    let inside = |at: &usize| quote.span(&line, *at).is_some_and(|span| region.contains(span));
    let hits: Vec<usize> = line.hits(&quote.chars).into_iter().filter(inside).collect();
    let places: Vec<Place> = hits.iter().filter_map(|at| quote.span(&line, *at)).map(Place::Text).collect();
    match (hits.as_slice(), places.as_slice()) {
        ([at], [place]) => {
            // The same words twice: one may be a copy, whichever looks whole.
            let end = line.span(*at, at + quote.chars.len()).map_or(region.end, |span| span.end);
            let plain = quote.plain();
            let put_in = to - from > selector.ties.as_ref().map_or(0, |ties| ties.passages);
            let twice = repeats(ground.text, region, Span::new(line.bytes[*at], end), &plain, put_in)
                || compared.any_other_is_like(from, to, &Words::of(&plain))
                || compared.any_inserted_shares(from, to, &Words::of(&plain))
                || quoted(ground, selector, &quote).len() > 1;
            if twice { Resolution::Ambiguous(places) } else { placed(selector, *place) }
        }
        ([], _) => {
            let beside = || beside_a_change(&line, &quote, region).filter(|span| stands_alone(ground.text, *span));
            let place = between(&line, &quote, region).or_else(beside).unwrap_or(region);
            Resolution::Changed(Some(Place::Text(place)))
        }
        _ => Resolution::Ambiguous(places.into_iter().take(MOST_OFFERED).collect()),
    }
}

fn edited_row(compared: &Comparison, selector: &Selector, from: usize, to: usize) -> Resolution {
    let ground = compared.ground;
    let (Some(passage), Some((name, key))) = (ground.passages.get(from), &selector.cell) else {
        return Resolution::Changed(None);
    };
    let (Place::Cell { column, .. }, Place::Cell { table, row, .. }) = (selector.place, passage.place) else {
        return Resolution::Changed(None);
    };
    let place = Place::Cell { table, row, column };
    if to != from + 1 || head(ground, place).as_ref() != Some(name) {
        return unsure(ground, selector);
    }
    let cells = ground.row(place).unwrap_or_default();
    let same = cells.first() == Some(key) && cells.get(column as usize) == Some(&selector.exact);
    // The key alone ties a cell to its row: a key cell has nothing else to be known by.
    if same && column > 0 { placed(selector, place) } else { Resolution::Changed(Some(place)) }
}

// ── Without certainty ──

/// Not known where it is: the places that read like it, or nothing.
fn unsure(ground: &Ground, selector: &Selector) -> Resolution {
    let places = quoted(ground, selector, &Quote::close(selector));
    if places.is_empty() { Resolution::Changed(None) } else { Resolution::Ambiguous(places) }
}

/// Every place that reads like the quote with what stands around it; for a cell, those under its head in a row of its
/// key.
fn quoted(ground: &Ground, selector: &Selector, quote: &Quote) -> Vec<Place> {
    if let Some((name, key)) = &selector.cell {
        let cells = ground.passages.iter().filter_map(|passage| {
            let Place::Cell { table, row, .. } = passage.place else { return None };
            let cells = ground.row(passage.place)?;
            let heads = ground.row(Place::Cell { table, row: 0, column: 0 })?;
            let column = heads.iter().position(|head| head == name)?;
            let here = cells.first() == Some(key) && cells.get(column) == Some(&selector.exact);
            here.then_some(Place::Cell { table, row, column: u32::try_from(column).ok()? })
        });
        return cells.take(MOST_OFFERED).collect();
    }
    if !ground.grids.is_empty() {
        return Vec::new();
    }
    let Some(word) = selector.exact.split(is_blank).find(|word| !word.is_empty()) else { return Vec::new() };
    let read_here = |(at, _): (usize, &str)| {
        let line = Line::around(ground.text, Span::new(at, at), quote.chars.len());
        let mut spans = line.hits(&quote.chars).into_iter().filter_map(|hit| quote.span(&line, hit));
        spans.find(|span| span.start == at).map(Place::Text)
    };
    ground.text.match_indices(word).filter_map(read_here).take(MOST_OFFERED).collect()
}

/// A selector that another program wrote, without a print: only its own place, with quote and surroundings as they
/// were, is certain.
pub fn resolve_quote(ground: &Ground, selector: &Selector) -> Resolution {
    let is_word = |place: &Place| match place {
        Place::Text(span) => stands_alone(ground.text, *span),
        Place::Cell { .. } => true,
    };
    let mut places = quoted(ground, selector, &Quote::whole(selector));
    places.retain(is_word);
    match places.as_slice() {
        [] => Resolution::Changed(None),
        [place] if *place == selector.place => Resolution::Found(*place),
        _ => Resolution::Ambiguous(places),
    }
}

/// Whether no letter or digit goes on where a span begins and ends with one: `6.50` is not in `16.50`.
fn stands_alone(text: &str, span: Span) -> bool {
    let within = span.of(text).unwrap_or_default();
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = text.get(..span.start).and_then(|text| text.chars().next_back());
    let after = text.get(span.end..).and_then(|text| text.chars().next());
    !(word(before) && word(within.chars().next()) || word(after) && word(within.chars().next_back()))
}
