//! Random edits of a text, most of them near one place: what editors do, and what an adversary would.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::ops::Range;

use super::{History, is_blank};

/// Repeatable numbers (splitmix64): a few lines do, and no crate's next version can change which edits are tried.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// What the pieces of a text are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    Paragraph,
    Line,
    Sentence,
}

/// The pieces of a text, in characters, without the blanks around them.
pub fn pieces(chars: &[char], piece: Piece) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    let mut at = 0;
    while at < chars.len() {
        if !is_blank(chars[at]) {
            start.get_or_insert(at);
            at += 1;
            continue;
        }
        let end = (at..chars.len()).find(|n| !is_blank(chars[*n])).unwrap_or(chars.len());
        let lines = chars[at..end].iter().filter(|c| **c == '\n').count();
        let stop = at > 0 && matches!(chars[at - 1], '.' | ':' | ';');
        let parts = match piece {
            Piece::Paragraph => lines > 1,
            Piece::Line => lines > 0,
            Piece::Sentence => lines > 1 || stop,
        };
        if parts {
            found.extend(start.take().map(|start| start..at));
        }
        at = end;
    }
    let end = (0..chars.len()).rev().find(|n| !is_blank(chars[*n])).map_or(0, |n| n + 1);
    found.extend(start.map(|start| start..end.max(start)));
    found
}

/// One edit, by its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    TypeWords,
    TypeSentence,
    Copy,
    DeletePiece,
    DeleteRange,
    Swap,
    Move,
    Rewrap,
    ChangeDigit,
    AddDigit,
    ChangeLetter,
    LineEnds,
}

pub const EDITS: &[Edit] = &[
    Edit::TypeWords,
    Edit::TypeSentence,
    Edit::Copy,
    Edit::DeletePiece,
    Edit::DeleteRange,
    Edit::Swap,
    Edit::Move,
    Edit::Rewrap,
    Edit::ChangeDigit,
    Edit::AddDigit,
    Edit::ChangeLetter,
    Edit::LineEnds,
];

const WORDS: &[&str] = &[
    "the", "of", "seats", "percent", "rating", "remains", "council", "votes", "in", "6.50", "41", "2004", "coast",
    "bloc", "harbours", "grew", "fell", "to", "and", "Reds", "7", "12.5",
];

/// Does an edit, near `focus` (a live character) or anywhere; says whether there was anything to do.
pub fn edit(history: &mut History, edit: Edit, focus: Option<usize>, chance: &mut Chance) -> bool {
    let chars = history.chars().to_vec();
    if chars.len() < 200 {
        return false;
    }
    let piece = *chance.pick(&[Piece::Paragraph, Piece::Line, Piece::Sentence, Piece::Sentence]);
    let all = pieces(&chars, piece);
    let near = |chance: &mut Chance| match focus {
        // The piece itself, or one beside it.
        Some(at) => {
            let here = all.partition_point(|range| range.end <= at);
            (here + *chance.pick(&[1, 1, 1, 2, 0])).saturating_sub(1).min(all.len() - 1)
        }
        None => chance.below(all.len()),
    };
    match edit {
        Edit::TypeWords => {
            let at = blank_near(&chars, focus, chance);
            let words: Vec<&str> = (0..1 + chance.below(3)).map(|_| *chance.pick(WORDS)).collect();
            history.insert(at, &format!(" {}", words.join(" ")));
            true
        }
        Edit::TypeSentence => {
            let target = all[near(chance)].clone();
            let words: Vec<&str> = (0..3 + chance.below(9)).map(|_| *chance.pick(WORDS)).collect();
            let gap = if piece == Piece::Paragraph { "\n\n" } else { " " };
            if chance.one_in(2) {
                history.insert(target.end, &format!("{gap}{}.", words.join(" ")));
            } else {
                history.insert(target.start, &format!("{}.{gap}", words.join(" ")));
            }
            true
        }
        Edit::Copy => {
            let from = match chance.below(4) {
                0 => word_range(&chars, focus, chance),
                _ => all[near(chance)].clone(),
            };
            // Beside itself, beside any piece, or between any two words.
            let to = match chance.below(4) {
                0 => from.end,
                1 => from.start,
                2 => all[chance.below(all.len())].end,
                _ => blank_near(&chars, None, chance),
            };
            let gap = if piece == Piece::Sentence { " " } else { "\n" };
            if to == from.start {
                history.copy(from, to, "", gap)
            } else {
                history.copy(from, to, gap, "")
            }
            true
        }
        Edit::DeletePiece => {
            history.delete(all[near(chance)].clone());
            true
        }
        Edit::DeleteRange => {
            let at = match focus {
                Some(at) => (at + chance.below(80)).saturating_sub(60).min(chars.len() - 41),
                None => chance.below(chars.len() - 41),
            };
            let most = if chance.one_in(3) { 40 } else { 6 };
            history.delete(at..at + 1 + chance.below(most));
            true
        }
        Edit::Swap => {
            let (one, two) = (near(chance), chance.below(all.len()));
            one != two && history.swap(all[one.min(two)].clone(), all[one.max(two)].clone())
        }
        Edit::Move => {
            let (one, two) = (near(chance), chance.below(all.len()));
            if one == two {
                return false;
            }
            // With the blanks behind it, to before another piece.
            let from = all[one].start..all.get(one + 1).map_or(all[one].end, |next| next.start);
            let to = all[two].start;
            let to = if to >= from.end { to - from.len() } else { to };
            history.cut_and_paste(from, to);
            true
        }
        Edit::Rewrap => rewrap(history, chance),
        Edit::ChangeDigit => {
            let digits: Vec<usize> = near_chars(&chars, focus, |c| c.is_ascii_digit());
            let Some(at) = (!digits.is_empty()).then(|| *chance.pick(&digits)) else { return false };
            let digit = char::from_digit(chance.below(10) as u32, 10).unwrap();
            let changes = digit != chars[at];
            if changes {
                history.replace(at, digit);
            }
            changes
        }
        Edit::AddDigit => {
            let digits: Vec<usize> = near_chars(&chars, focus, |c| c.is_ascii_digit());
            let Some(at) = (!digits.is_empty()).then(|| *chance.pick(&digits)) else { return false };
            history.insert(at + chance.below(2), &chance.below(10).to_string());
            true
        }
        Edit::ChangeLetter => {
            let letters: Vec<usize> = near_chars(&chars, focus, char::is_alphabetic);
            let Some(at) = (!letters.is_empty()).then(|| *chance.pick(&letters)) else { return false };
            let c = *chance.pick(&['a', 'e', 'n', 'K', 'é']);
            let changes = c != chars[at];
            if changes {
                history.replace(at, c);
            }
            changes
        }
        Edit::LineEnds => {
            let crlf = !chars.contains(&'\r');
            history.reblank(|_, run| {
                let plain = run.replace('\r', "");
                plain.contains('\n').then(|| if crlf { plain.replace('\n', "\r\n") } else { plain })
            });
            true
        }
    }
}

/// Characters of a kind within a line's reach of the focus; anywhere without one.
fn near_chars(chars: &[char], focus: Option<usize>, kind: impl Fn(char) -> bool) -> Vec<usize> {
    let range = focus.map_or(0..chars.len(), |at| at.saturating_sub(70)..(at + 70).min(chars.len()));
    range.filter(|at| kind(chars[*at])).collect()
}

/// A blank near the focus; anywhere without one.
fn blank_near(chars: &[char], focus: Option<usize>, chance: &mut Chance) -> usize {
    let blanks = near_chars(chars, focus, is_blank);
    if blanks.is_empty() { chars.len() } else { *chance.pick(&blanks) }
}

/// A few words around the focus.
fn word_range(chars: &[char], focus: Option<usize>, chance: &mut Chance) -> Range<usize> {
    let at = focus.unwrap_or_else(|| chance.below(chars.len())).min(chars.len() - 1);
    let mut from = at.saturating_sub(chance.below(60));
    let mut to = (at + 1 + chance.below(60)).min(chars.len());
    while from > 0 && !is_blank(chars[from - 1]) {
        from -= 1;
    }
    while to < chars.len() && !is_blank(chars[to]) {
        to += 1;
    }
    while from < to - 1 && is_blank(chars[from]) {
        from += 1;
    }
    while to > from + 1 && is_blank(chars[to - 1]) {
        to -= 1;
    }
    from..to
}

/// Breaks every line, or those of some paragraphs, at another width.
fn rewrap(history: &mut History, chance: &mut Chance) -> bool {
    let width = 20 + chance.below(80);
    let (paragraph, all) = (chance.below(4), chance.one_in(2));
    let wide = if chance.one_in(4) { "  " } else { " " };
    let (mut line, mut number, mut last) = (0, 0, 0);
    history.reblank(|at, run| {
        let newlines = run.chars().filter(|c| *c == '\n').count();
        line += at - last;
        last = at;
        if newlines > 1 || at == 0 {
            (number, line) = (number + 1, 0);
            return None;
        }
        if !all && number % 4 != paragraph {
            return None;
        }
        let breaks = line > width;
        if breaks {
            line = 0;
        }
        Some(if breaks { "\n".to_owned() } else { wide.to_owned() })
    });
    true
}
