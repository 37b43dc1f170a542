//! A quote with what stands close to it, looked for in a part of a text however its lines are broken.

use super::{
    Selector, Span,
    print::{self, GRAM, is_blank},
    selector::CONTEXT,
};

/// Characters on either side that must stand unchanged when the passage around a quote was edited.
pub(super) const CLOSE: usize = 16;

/// Text as one line: its characters, and the byte of each.
pub(super) struct Line {
    chars: Vec<char>,
    pub bytes: Vec<usize>,
}

/// Stand for the start and the end of a document.
const OPENS: char = '\u{2}';
const CLOSES: char = '\u{3}';

/// Adds a character to a line, a run of blanks as one space, none at the start.
fn add(line: &mut Vec<char>, c: char) -> bool {
    let blank = is_blank(c);
    let wanted = !blank || line.last().is_some_and(|last| *last != ' ' && *last != OPENS);
    if wanted {
        line.push(if blank { ' ' } else { c });
    }
    wanted
}

impl Line {
    /// A part of the text, with so many characters on either side of it; a run of blanks counts as one. Where that
    /// reaches the document's own ends, a sign says so.
    pub fn around(text: &str, part: Span, count: usize) -> Self {
        let mut blank = false;
        let mut counts = |c: char| {
            let before = std::mem::replace(&mut blank, is_blank(c));
            !(before && blank)
        };
        let head = text.get(..part.start).unwrap_or_default();
        let tail = text.get(part.end..).unwrap_or_default();
        let from = head.char_indices().rev().filter(|(_, c)| counts(*c)).nth(count).map_or(0, |(at, _)| at);
        let to = tail.char_indices().filter(|(_, c)| counts(*c)).nth(count).map_or(text.len(), |(at, _)| part.end + at);
        let mut line = Self { chars: Vec::new(), bytes: Vec::new() };
        if from == 0 {
            line.chars.push(OPENS);
            line.bytes.push(0);
        }
        for (at, c) in text.get(from..to).unwrap_or_default().char_indices() {
            if add(&mut line.chars, c) {
                line.bytes.push(from + at);
            }
        }
        if line.chars.last() == Some(&' ') {
            line.chars.pop();
            line.bytes.pop();
        }
        if text.get(to..).is_some_and(|after| after.chars().all(is_blank)) {
            line.chars.push(CLOSES);
            line.bytes.push(to);
        }
        line
    }

    /// Where a pattern stands.
    pub fn hits(&self, pattern: &[char]) -> Vec<usize> {
        let Some(first) = pattern.first() else { return Vec::new() };
        let windows = self.chars.windows(pattern.len()).enumerate();
        windows.filter(|(_, window)| window[0] == *first && *window == pattern).map(|(at, _)| at).collect()
    }

    /// The bytes of some characters in a row.
    pub fn span(&self, from: usize, to: usize) -> Option<Span> {
        let last = to.checked_sub(1)?;
        Some(Span::new(*self.bytes.get(from)?, self.bytes.get(last)? + self.chars.get(last)?.len_utf8()))
    }
}

/// A quote with what stands around it, as one line.
pub(super) struct Quote {
    pub chars: Vec<char>,
    /// Where in it the words are.
    from: usize,
    to: usize,
}

impl Quote {
    /// With what stands close to it. A side that is shorter than what is always saved ends where the document ends.
    pub fn close(selector: &Selector) -> Self {
        let side = |text: &str| text.chars().filter(|c| !is_blank(*c)).count() < CONTEXT;
        let whole = Self::of(selector, side(&selector.prefix), side(&selector.suffix));
        let first = whole.from.saturating_sub(CLOSE);
        let last = (whole.to + CLOSE).min(whole.chars.len());
        Self { chars: whole.chars[first..last].to_vec(), from: whole.from - first, to: whole.to - first }
    }

    /// With all that was saved, and nothing known of the ends of the document.
    pub fn whole(selector: &Selector) -> Self {
        Self::of(selector, false, false)
    }

    fn of(selector: &Selector, opens: bool, closes: bool) -> Self {
        let mut chars: Vec<char> = Vec::new();
        chars.extend(opens.then_some(OPENS));
        let mut bounds = [0; 3];
        for (bound, part) in bounds.iter_mut().zip([&selector.prefix, &selector.exact, &selector.suffix]) {
            part.chars().for_each(|c| {
                add(&mut chars, c);
            });
            *bound = chars.len();
        }
        if chars.last() == Some(&' ') {
            chars.pop();
        }
        chars.extend(closes.then_some(CLOSES));
        let [from, to, _] = bounds;
        Self { to: to.min(chars.len()), from: from.min(chars.len()), chars }
    }

    /// The bytes of the words where the quote stands in a line.
    pub fn span(&self, line: &Line, at: usize) -> Option<Span> {
        line.span(at + self.from, at + self.to)
    }

    /// Without the signs for the ends of a document.
    pub fn plain(&self) -> String {
        self.chars.iter().filter(|c| !matches!(**c, OPENS | CLOSES)).collect()
    }
}

/// Whether a region has, outside a part of it, a run of some words as they are written; or, their digits masked, one run
/// of them where passages were put in, a quarter of them where none was, for the parts of a list have some in common.
pub(super) fn repeats(text: &str, region: Span, part: Span, words: &str, put_in: bool) -> bool {
    let before = Span::new(region.start, part.start.max(region.start));
    let after = Span::new(part.end.min(region.end), region.end);
    let shared = |chars: fn(&str) -> Vec<char>| {
        let grams = print::grams(&chars(words));
        let mut shared: Vec<u64> = Vec::new();
        for outside in [before, after] {
            let outside = chars(outside.of(text).unwrap_or_default());
            shared.extend(outside.windows(GRAM).map(print::gram).filter(|gram| grams.binary_search(gram).is_ok()));
        }
        shared.sort_unstable();
        shared.dedup();
        (shared.len(), grams.len())
    };
    let ((written, _), (masked, all)) = (shared(print::solid), shared(print::masked));
    written > 0 || masked >= if put_in { 1 } else { (all / 4).max(1) }
}

/// What stands between the words that stood on either side, when these stand there once each.
pub(super) fn between(line: &Line, quote: &Quote, region: Span) -> Option<Span> {
    let one = |part: &[char]| match line.hits(part).as_slice() {
        [at] => Some(*at),
        _ => None,
    };
    let (before, after) = (&quote.chars[..quote.from], &quote.chars[quote.to..]);
    let (mut from, mut to) = (one(before)? + before.len(), one(after)?);
    let blank = |at: usize| line.chars.get(at) == Some(&' ');
    while from < to && blank(to - 1) {
        to -= 1;
    }
    while from < to && blank(from) {
        from += 1;
    }
    line.span(from, to).filter(|span| from < to && region.contains(*span))
}

/// The words beside which one side changed: where they stand once with the other side as it was.
pub(super) fn beside_a_change(line: &Line, quote: &Quote, region: Span) -> Option<Span> {
    let with_before = (&quote.chars[..quote.to], quote.from);
    let with_after = (&quote.chars[quote.from..], 0);
    [with_before, with_after].into_iter().find_map(|(part, offset)| match line.hits(part).as_slice() {
        [at] => line.span(at + offset, at + offset + quote.to - quote.from).filter(|span| region.contains(*span)),
        _ => None,
    })
}
