//! Two states of a document laid side by side: which passages of the old stand in the new, in order, and what is new.

use std::collections::HashMap;

use super::print::{self, GRAM, Ground, Print};

/// One in so many of the runs of some words makes another passage look like what is left of them.
const LIKE: usize = 4;

/// How often a passage stands in each state, and where it does when it stands there once.
#[derive(Clone, Copy, Default)]
pub(super) struct Count {
    pub old: u32,
    pub new: u32,
    new_at: usize,
}

/// A passage of the new state that is none of the old one.
struct Strange {
    at: usize,
    /// Its words stood nowhere in the old state.
    novel: bool,
    /// No more passages are new here than are missing: an edit in place, not an insertion.
    explained: bool,
    words: Words,
}

/// The characters of some passages, digits masked, and their runs of `GRAM`.
pub(super) struct Words {
    pub masked: Vec<char>,
    grams: Vec<u64>,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let masked = print::masked(text);
        let grams = print::grams(&masked);
        Self { masked, grams }
    }

    /// How many runs the two have in common, counted up to `most`. What is shorter than a run must stand in the other.
    fn shared(&self, other: &Words, most: usize) -> usize {
        let (short, long) = if self.masked.len() < other.masked.len() { (self, other) } else { (other, self) };
        if short.masked.len() < GRAM {
            let stands = long.masked.windows(short.masked.len().max(1)).any(|window| window == short.masked);
            return if stands { most } else { 0 };
        }
        self.grams.iter().filter(|gram| other.grams.binary_search(gram).is_ok()).take(most).count()
    }

    /// Whether the other has a part of these words.
    fn is_like(&self, other: &Words) -> bool {
        let part = (self.grams.len() / LIKE).max(1);
        other.masked.len() * LIKE >= self.masked.len() && self.shared(other, part) >= part
    }
}

/// The old state's print beside the new state.
pub struct Comparison<'a> {
    /// The new state.
    pub ground: &'a Ground<'a>,
    old: &'a Print,
    counts: HashMap<u64, Count>,
    /// By old passage: its place in the new state.
    pairs: Vec<Option<usize>>,
    /// By new passage: its place in the old state.
    pairs_of_new: Vec<Option<usize>>,
    /// By old passage: whether it stands in the order it had.
    in_order: Vec<bool>,
    /// By old passage: an unbroken run leads to a passage that there is but once, or to the end of the document.
    reaches_left: Vec<bool>,
    reaches_right: Vec<bool>,
    strange: Vec<Strange>,
    /// The runs of `GRAM` characters in all of these, digits as they are; in rising order.
    strangely_written: Vec<u64>,
}

/// Passages between two that stand in order: those missing from the old state, those strange in the new.
pub(super) struct Gap {
    /// How many passages stand unbroken from here to there.
    pub distance: usize,
    pub missing: Vec<usize>,
    pub strange: Vec<usize>,
}

impl<'a> Comparison<'a> {
    /// Compares.
    pub fn new(old: &'a Print, ground: &'a Ground<'a>) -> Self {
        let (n, m) = (old.0.len(), ground.passages.len());
        let mut one = Self {
            ground,
            old,
            counts: counts(old, ground),
            pairs: vec![None; n],
            pairs_of_new: vec![None; m],
            in_order: vec![false; n],
            reaches_left: vec![false; n],
            reaches_right: vec![false; n],
            strange: Vec::new(),
            strangely_written: Vec::new(),
        };
        one.pair();
        one.reach();
        one.find_strange();
        one
    }

    fn hash(&self, new: usize) -> u64 {
        self.ground.passages[new].hash
    }

    pub(super) fn count(&self, old: usize) -> Count {
        self.old.0.get(old).and_then(|hash| self.counts.get(hash)).copied().unwrap_or_default()
    }

    /// Stands once in either state.
    pub(super) fn is_landmark(&self, old: usize) -> bool {
        let count = self.count(old);
        count.old == 1 && count.new == 1
    }

    /// Stands more often than it did.
    pub(super) fn is_copied(&self, old: usize) -> bool {
        let count = self.count(old);
        count.new > count.old
    }

    /// Whether a neighbour from the old state stands beside these passages.
    pub(super) fn has_neighbour(&self, from: usize, to: usize) -> bool {
        let (Some(first), Some(last)) = (self.pairs[from], self.pairs[to - 1]) else { return false };
        let before = match from.checked_sub(1) {
            Some(before) => self.pairs[before].map(|pair| pair + 1) == Some(first),
            None => first == 0,
        };
        let after = match self.pairs.get(to) {
            Some(after) => *after == Some(last + 1),
            None => last + 1 == self.ground.passages.len(),
        };
        before || after
    }

    pub(super) fn old_len(&self) -> usize {
        self.old.0.len()
    }

    /// Where old passages `from..to` stand now, when they stand in a row.
    pub(super) fn run(&self, from: usize, to: usize) -> Option<usize> {
        let first = (*self.pairs.get(from)?)?;
        let whole = (from..to).all(|at| self.pairs.get(at).copied().flatten() == Some(first + at - from));
        whole.then_some(first)
    }

    pub(super) fn is_in_order(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| self.in_order[at])
    }

    /// Whether an unbroken run leads from these passages to landmarks on both sides.
    pub(super) fn is_enclosed(&self, from: usize, to: usize) -> bool {
        self.reaches_left[from] && self.reaches_right[to - 1]
    }

    /// A passage in order that is itself a landmark or hangs on one on its far side; before the first and after the
    /// last passage stand the ends of the document.
    pub(super) fn holds_left(&self, before: usize) -> Option<usize> {
        let Some(at) = before.checked_sub(1) else { return Some(0) };
        let firm = self.in_order[at] && (self.is_landmark(at) || self.reaches_left[at]);
        self.pairs[at].filter(|_| firm).map(|at| at + 1)
    }

    pub(super) fn holds_right(&self, after: usize) -> Option<usize> {
        if after == self.old_len() {
            return Some(self.ground.passages.len());
        }
        let firm = self.in_order[after] && (self.is_landmark(after) || self.reaches_right[after]);
        self.pairs[after].filter(|_| firm)
    }

    /// Every place in the new state where the passages `from..to` of the old one stand in a row.
    pub(super) fn occurrences(&self, from: usize, to: usize) -> Vec<usize> {
        let wanted = &self.old.0[from..to];
        let count = self.count(from);
        if count.new == 0 {
            return Vec::new();
        }
        if count.new == 1 && to == from + 1 {
            return vec![count.new_at];
        }
        let new = &self.ground.passages;
        let stands = |at: &usize| new[*at..].iter().map(|p| p.hash).take(wanted.len()).eq(wanted.iter().copied());
        (0..new.len()).filter(stands).collect()
    }

    /// How often the passages `from..to` stand in a row in the old state.
    pub(super) fn old_occurrences(&self, from: usize, to: usize) -> usize {
        let wanted = &self.old.0[from..to];
        if to == from + 1 {
            self.count(from).old as usize
        } else {
            self.old.0.windows(to - from).filter(|w| *w == wanted).count()
        }
    }

    /// Whether every passage that reads like this one stands in order between what it stood between, none missing.
    pub(super) fn are_all_settled(&self, old: usize) -> bool {
        let count = self.count(old);
        let settled =
            |at: &usize| self.pairs_of_new[*at].is_some_and(|old| self.in_order[old] && self.is_enclosed(old, old + 1));
        count.old == count.new && self.occurrences(old, old + 1).iter().all(settled)
    }

    /// The gap before the run that old passage `at` is in.
    pub(super) fn gap_before(&self, at: usize) -> Gap {
        let mut start = at;
        while let (Some(before), Some(now)) = (start.checked_sub(1), self.pairs[start])
            && self.in_order[before]
            && self.pairs[before].map(|pair| pair + 1) == Some(now)
        {
            start = before;
        }
        let mut from = start;
        while from > 0 && !self.in_order[from - 1] {
            from -= 1;
        }
        let new_from = from.checked_sub(1).and_then(|at| self.pairs[at]).map_or(0, |at| at + 1);
        let gap = self.gap(from..start, new_from..self.pairs[start].unwrap_or(new_from));
        Gap { distance: at - start, ..gap }
    }

    /// The gap after the run that old passage `at` is in.
    pub(super) fn gap_after(&self, at: usize) -> Gap {
        let mut end = at;
        while let (Some(Some(after)), Some(now)) = (self.pairs.get(end + 1), self.pairs[end])
            && self.in_order[end + 1]
            && *after == now + 1
        {
            end += 1;
        }
        let to = (end + 1..self.old_len()).find(|at| self.in_order[*at]).unwrap_or(self.old_len());
        let new_to = self.pairs.get(to).copied().flatten().unwrap_or(self.ground.passages.len());
        let gap = self.gap(end + 1..to, self.pairs[end].map_or(new_to, |at| at + 1)..new_to);
        Gap { distance: end - at, ..gap }
    }

    /// Whether nothing new stands where displaced passages stood.
    pub(super) fn is_home_clean(&self, from: usize, to: usize) -> bool {
        let before = (0..from).rev().find(|at| self.in_order[*at]);
        let after = (to..self.old_len()).find(|at| self.in_order[*at]);
        let first = before.and_then(|at| self.pairs[at]).map_or(0, |at| at + 1);
        let last = after.and_then(|at| self.pairs[at]).unwrap_or(self.ground.passages.len());
        (first..last).all(|at| self.pairs_of_new[at].is_some())
    }

    fn gap(&self, old: std::ops::Range<usize>, new: std::ops::Range<usize>) -> Gap {
        Gap {
            distance: 0,
            missing: old.filter(|at| self.pairs[*at].is_none()).collect(),
            strange: new.filter(|at| self.pairs_of_new[*at].is_none()).collect(),
        }
    }

    /// Whether new passages `from..to` are all strange, and their words stood nowhere before.
    pub(super) fn is_novel(&self, from: usize, to: usize) -> bool {
        (from..to)
            .all(|at| self.strange.binary_search_by_key(&at, |s| s.at).is_ok_and(|found| self.strange[found].novel))
    }

    /// Whether nothing is new.
    pub(super) fn is_all_known(&self) -> bool {
        self.strange.is_empty()
    }

    /// Whether a strange passage shares a run of characters with these words: it may be what is left of them.
    pub(super) fn resembles(&self, at: usize, words: &Words) -> bool {
        let found = self.strange.binary_search_by_key(&at, |strange| strange.at);
        found.is_ok_and(|found| words.shared(&self.strange[found].words, 1) > 0)
    }

    /// Whether any strange passage shares a run of characters with these words.
    pub(super) fn any_resembles(&self, words: &Words) -> bool {
        self.strange.iter().any(|strange| words.shared(&strange.words, 1) > 0)
    }

    /// Whether passages were inserted that were never seen before.
    pub(super) fn has_inserted(&self) -> bool {
        self.strange.iter().any(|strange| strange.novel && !strange.explained)
    }

    /// Whether an inserted passage, never seen before, shares a part of what these words are made of.
    pub(super) fn any_inserted_is_like(&self, words: &Words) -> bool {
        let mut fresh = self.strange.iter().filter(|strange| strange.novel && !strange.explained);
        fresh.any(|strange| words.is_like(&strange.words))
    }

    /// Whether a strange passage other than `from..to` shares a part of what these words are made of.
    pub(super) fn any_other_is_like(&self, from: usize, to: usize, words: &Words) -> bool {
        let mut others = self.strange.iter().filter(|strange| !(from..to).contains(&strange.at));
        others.any(|strange| words.is_like(&strange.words))
    }

    /// Whether an inserted passage other than `from..to` shares a run of characters with these words.
    pub(super) fn any_inserted_shares(&self, from: usize, to: usize, words: &Words) -> bool {
        let mut others = self.strange.iter().filter(|strange| !strange.explained && !(from..to).contains(&strange.at));
        others.any(|strange| words.shared(&strange.words, 1) > 0)
    }

    /// Whether half of some characters stand, as they are written, in strange passages: a copy in other words.
    pub(super) fn any_holds(&self, solid: &[char]) -> bool {
        if self.strange.is_empty() || solid.len() < GRAM {
            return false;
        }
        let runs = solid.len() + 1 - GRAM;
        let (mut held, mut missing) = (0, 0);
        for run in solid.windows(GRAM) {
            if self.strangely_written.binary_search(&print::gram(run)).is_ok() {
                held += 1;
            } else {
                missing += 1;
            }
            if held * 2 >= runs || missing * 2 > runs {
                break;
            }
        }
        held * 2 >= runs
    }

    /// The words of new passages.
    pub(super) fn words(&self, from: usize, to: usize) -> Words {
        Words::of(&self.ground.words(from, to))
    }

    /// Landmarks first, in the longest order they keep; then runs that hang on them; then what was displaced.
    fn pair(&mut self) {
        let (n, m) = (self.old.0.len(), self.ground.passages.len());
        let landmarks: Vec<(usize, usize)> =
            (0..n).filter(|at| self.is_landmark(*at)).map(|at| (at, self.count(at).new_at)).collect();
        let ordered = longest_rising(&landmarks);
        for &(old, new) in &ordered {
            self.join(old, new, true);
        }
        if n > 0 && m > 0 {
            self.grow_right(0, 0, true);
            self.grow_left(n, m, true);
        }
        for &(old, new) in &ordered {
            self.grow_right(old + 1, new + 1, true);
            self.grow_left(old, new, true);
        }
        for &(old, new) in landmarks.iter().filter(|pair| ordered.binary_search(pair).is_err()) {
            self.join(old, new, false);
        }
        for &(old, new) in landmarks.iter().filter(|pair| ordered.binary_search(pair).is_err()) {
            self.grow_right(old + 1, new + 1, false);
            self.grow_left(old, new, false);
        }
    }

    fn join(&mut self, old: usize, new: usize, in_order: bool) {
        self.pairs[old] = Some(new);
        self.pairs_of_new[new] = Some(old);
        self.in_order[old] = in_order;
    }

    fn is_free_and_same(&self, old: usize, new: usize) -> bool {
        self.pairs[old].is_none() && self.pairs_of_new[new].is_none() && self.old.0[old] == self.hash(new)
    }

    fn grow_right(&mut self, mut old: usize, mut new: usize, in_order: bool) {
        while old < self.pairs.len() && new < self.pairs_of_new.len() && self.is_free_and_same(old, new) {
            self.join(old, new, in_order);
            (old, new) = (old + 1, new + 1);
        }
    }

    fn grow_left(&mut self, mut old: usize, mut new: usize, in_order: bool) {
        while old > 0 && new > 0 && self.is_free_and_same(old - 1, new - 1) {
            (old, new) = (old - 1, new - 1);
            self.join(old, new, in_order);
        }
    }

    fn reach(&mut self) {
        let (n, m) = (self.pairs.len(), self.pairs_of_new.len());
        for at in 0..n {
            let Some(new) = self.pairs[at] else { continue };
            self.reaches_left[at] = match at.checked_sub(1) {
                None => new == 0,
                Some(before) => {
                    self.pairs[before].map(|pair| pair + 1) == Some(new)
                        && (self.is_landmark(before) || self.reaches_left[before])
                }
            };
        }
        for at in (0..n).rev() {
            let Some(new) = self.pairs[at] else { continue };
            self.reaches_right[at] = if at + 1 == n {
                new + 1 == m
            } else {
                self.pairs[at + 1] == Some(new + 1) && (self.is_landmark(at + 1) || self.reaches_right[at + 1])
            };
        }
    }

    fn find_strange(&mut self) {
        let (mut strange, mut written) = (Vec::new(), Vec::new());
        let (mut old, mut new) = (0, 0);
        let kept: Vec<(usize, usize)> = (0..self.pairs.len())
            .filter(|at| self.in_order[*at])
            .filter_map(|at| Some((at, self.pairs[at]?)))
            .collect();
        for (old_to, new_to) in kept.into_iter().chain([(self.pairs.len(), self.pairs_of_new.len())]) {
            let gap = self.gap(old..old_to, new..new_to.max(new));
            let explained = gap.strange.len() <= gap.missing.len();
            for at in gap.strange {
                let novel = self.counts.get(&self.hash(at)).is_none_or(|count| count.old == 0);
                let words = self.ground.words(at, at + 1);
                written.extend(print::solid(&words).windows(GRAM).map(print::gram));
                strange.push(Strange { at, novel, explained, words: Words::of(&words) });
            }
            (old, new) = (old_to + 1, new_to + 1);
        }
        written.sort_unstable();
        self.strange = strange;
        self.strangely_written = written;
    }
}

fn counts(old: &Print, ground: &Ground) -> HashMap<u64, Count> {
    let mut counts: HashMap<u64, Count> = HashMap::with_capacity(old.0.len());
    for hash in &old.0 {
        counts.entry(*hash).or_default().old += 1;
    }
    for (at, passage) in ground.passages.iter().enumerate() {
        let count = counts.entry(passage.hash).or_default();
        count.new += 1;
        count.new_at = at;
    }
    counts
}

/// Of pairs in rising order of the first, the most whose second rises too.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = tails.partition_point(|tail| pairs[*tail].1 < pair.1);
        before.push(length.checked_sub(1).map(|shorter| tails[shorter]));
        match tails.get_mut(length) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut rising = Vec::with_capacity(tails.len());
    let mut at = tails.last().copied();
    while let Some(now) = at {
        rising.push(pairs[now]);
        at = before[now];
    }
    rising.reverse();
    rising
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rising_row_is_kept() {
        let pairs = [(0, 2), (1, 3), (2, 0), (3, 4), (4, 1)];
        assert_eq!(longest_rising(&pairs), [(0, 2), (1, 3), (3, 4)]);
    }

    #[test]
    fn what_is_moved_is_paired_out_of_order_and_what_is_edited_is_strange() {
        let old = "One went away.\n\nTwo stayed there.\n\nThree sat down.\n\nFour stood up.";
        let new = "One went away.\n\nThree sat down.\n\nFour stood 4.\n\nTwo stayed there.";
        let (old, new) = (Ground::of_text(old).print(), Ground::of_text(new));
        let compared = Comparison::new(&old, &new);
        assert_eq!(compared.pairs, [Some(0), Some(3), Some(1), None]);
        let strange: Vec<usize> = compared.strange.iter().map(|strange| strange.at).collect();
        assert_eq!(strange, [2]);
    }
}
