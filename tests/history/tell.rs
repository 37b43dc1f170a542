//! One way to tell a history: where each character comes from, when of several edits that make the same text one is
//! taken to have been done.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::ops::Range;

use super::{Line, Origin, is_blank};

/// An edit, by what it did to the characters that are no blanks. `with` and `without` are the text with the piece in
/// question and without it.
#[derive(Clone)]
pub enum Op {
    Delete { with: Line, without: Line, piece: Range<usize> },
    Insert { with: Line, without: Line, piece: Range<usize> },
    Copy { with: Line, without: Line, from: Range<usize>, at: usize, number: u32 },
    Replace { at: usize, c: char },
    Swap { before: Line, one: Range<usize>, two: Range<usize>, ends: (usize, usize) },
    Move { before: Line, without: Line, after: Line, piece: Range<usize>, at: usize },
}

/// As it was done, or as far to the left or right as it can have been.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slide {
    Still,
    Left,
    Right,
}

const SLIDES: [Slide; 3] = [Slide::Still, Slide::Left, Slide::Right];

impl Op {
    /// In how many ways it can be told; the first is as it was done.
    pub fn ways(&self) -> usize {
        match self {
            Self::Replace { .. } => 1,
            Self::Delete { with, without, piece } | Self::Insert { with, without, piece } => {
                if can_slide(with, without, piece) { 3 } else { 1 }
            }
            Self::Copy { with, without, from, at, .. } => {
                if can_slide(with, without, &(*at..at + from.len())) {
                    3
                } else {
                    1
                }
            }
            Self::Move { .. } => 9,
            Self::Swap { ends, .. } => {
                if *ends == (0, 0) {
                    9
                } else {
                    18
                }
            }
        }
    }
}

fn can_slide(with: &Line, without: &Line, piece: &Range<usize>) -> bool {
    [true, false].into_iter().any(|left| steps(with, without, piece, left).len() > 1)
}

#[derive(Clone, Copy, Debug)]
struct Letter {
    c: char,
    origin: Origin,
    alive: bool,
}

const TYPED: Origin = Origin { at: None, copy: 0 };

/// Every character that is no blank, those taken out still at their place.
#[derive(Clone)]
pub struct Telling {
    letters: Vec<Letter>,
}

/// How far a piece can slide to one side without a change to the text with it or without it: every step, nearest first.
fn steps(with: &[(char, bool)], without: &[(char, bool)], piece: &Range<usize>, left: bool) -> Vec<isize> {
    let (a, b) = (piece.start, piece.end);
    let starts = |line: &[(char, bool)], at: usize| line.get(at).is_none_or(|(_, starts)| *starts);
    // Where the piece is taken out, a blank can be left where one stood on either side.
    let joint = |a: usize, b: usize| !starts(without, a) || starts(with, a) || starts(with, b);
    let mut found = vec![0];
    let mut k = 0;
    if a == b {
        return found;
    }
    loop {
        k += 1;
        if left {
            if k > a || with[a - k].0 != with[b - k].0 || starts(without, a - k + 1) != starts(with, b - k + 1) {
                break;
            }
            if joint(a - k, b - k) {
                found.push(-(k as isize));
            }
        } else {
            let Some((c, _)) = with.get(b + k - 1) else { break };
            if *c != with[a + k - 1].0 || starts(without, a + k - 1) != starts(with, a + k - 1) {
                break;
            }
            if joint(a + k, b + k) {
                found.push(k as isize);
            }
        }
    }
    found
}

fn far(with: &[(char, bool)], without: &[(char, bool)], piece: &Range<usize>, slide: Slide) -> isize {
    match slide {
        Slide::Still => 0,
        Slide::Left => steps(with, without, piece, true).pop().unwrap_or(0),
        Slide::Right => steps(with, without, piece, false).pop().unwrap_or(0),
    }
}

fn moved(at: usize, by: isize) -> usize {
    at.checked_add_signed(by).unwrap()
}

/// How many characters two pieces have in common at their beginnings and ends, in whole words.
pub fn alike(one: &[(char, bool)], two: &[(char, bool)]) -> (usize, usize) {
    let short = one.len().min(two.len());
    let starts = |piece: &[(char, bool)], at: usize| piece.get(at).is_none_or(|(_, starts)| *starts);
    let head = (0..short).take_while(|at| one[*at].0 == two[*at].0).count();
    let head = (0..=head).rev().find(|at| starts(one, *at) && starts(two, *at)).unwrap_or(0);
    let back = |piece: &[(char, bool)], n: usize| piece[piece.len() - n - 1].0;
    let tail = (0..short - head).take_while(|n| back(one, *n) == back(two, *n)).count();
    let begins = |piece: &[(char, bool)], n: usize| starts(piece, piece.len() - n);
    let tail = (0..=tail).rev().find(|n| begins(one, *n) && begins(two, *n)).unwrap_or(0);
    (head, tail)
}

/// Turns a piece round by so many live letters, as it turns when it slides over its like.
fn turn(letters: &mut [Letter], by: isize) {
    let live: Vec<usize> = (0..letters.len()).filter(|at| letters[*at].alive).collect();
    if !live.is_empty() {
        letters.rotate_left(live[by.rem_euclid(live.len() as isize) as usize]);
    }
}

impl Telling {
    pub fn new(text: &[char]) -> Self {
        let solid = text.iter().enumerate().filter(|(_, c)| !is_blank(**c));
        let letter = |(at, c): (usize, &char)| Letter { c: *c, origin: Origin { at: Some(at), copy: 0 }, alive: true };
        Self { letters: solid.map(letter).collect() }
    }

    pub fn letters(&self) -> impl Iterator<Item = char> + '_ {
        self.letters.iter().filter(|letter| letter.alive).map(|letter| letter.c)
    }

    pub fn origins(&self) -> Vec<Origin> {
        self.letters.iter().filter(|letter| letter.alive).map(|letter| letter.origin).collect()
    }

    fn live(&self) -> Vec<usize> {
        (0..self.letters.len()).filter(|at| self.letters[*at].alive).collect()
    }

    /// Goes on with an edit, told in one of its ways.
    pub fn follow(&mut self, op: &Op, way: usize) {
        let (slide, other) = (SLIDES[way % 3], SLIDES[way / 3 % 3]);
        match op {
            Op::Delete { with, without, piece } => {
                let by = far(with, without, piece, slide);
                let live = self.live();
                for at in &live[moved(piece.start, by)..moved(piece.end, by)] {
                    self.letters[*at].alive = false;
                }
            }
            Op::Insert { with, without, piece } => {
                let typed = with[piece.clone()].iter().map(|(c, _)| Letter { c: *c, origin: TYPED, alive: true });
                self.put(with, without, piece.start, typed.collect(), slide);
            }
            Op::Copy { with, without, from, at, number } => {
                let live = self.live();
                let copied = live[from.clone()].iter().map(|at| {
                    let letter = self.letters[*at];
                    Letter { origin: Origin { copy: *number, ..letter.origin }, ..letter }
                });
                let copied = copied.collect();
                self.put(with, without, *at, copied, slide);
            }
            Op::Replace { at, c } => self.replace(*at, *c),
            Op::Move { before, without, after, piece, at } => {
                let letters = self.cut(before, without, piece, slide);
                self.put(after, without, *at, letters, other);
            }
            Op::Swap { before, one, two, ends } => {
                let (head, tail) = if way < 9 { (0, 0) } else { *ends };
                let within = |piece: &Range<usize>| piece.start + head..piece.end - tail;
                self.swap(before, within(one), within(two), slide, other);
            }
        }
    }

    fn replace(&mut self, solid: usize, c: char) {
        let at = self.live()[solid];
        self.letters[at].alive = false;
        // Back to what stood here before: the letter itself.
        let was = (at + 1..self.letters.len()).take_while(|at| !self.letters[*at].alive);
        match was.into_iter().find(|at| self.letters[*at].c == c) {
            Some(was) => self.letters[was].alive = true,
            None => self.letters.insert(at, Letter { c, origin: TYPED, alive: true }),
        }
    }

    /// Exchanges two pieces of the text that is `line`.
    fn swap(&mut self, line: &Line, one: Range<usize>, two: Range<usize>, slide: Slide, other: Slide) {
        let both = line.to_vec();
        let mut first_only = both.clone();
        let words_of_second: Vec<(char, bool)> = first_only.drain(two.clone()).collect();
        let second = self.cut(&both, &first_only, &two, slide);
        let mut neither = first_only.clone();
        let words_of_first: Vec<(char, bool)> = neither.drain(one.clone()).collect();
        let first = self.cut(&first_only, &neither, &one, slide);
        let mut second_only = neither.clone();
        second_only.splice(one.start..one.start, words_of_second);
        self.put(&second_only, &neither, one.start, second, other);
        let at = two.start + two.len() - one.len();
        let mut swapped = second_only.clone();
        swapped.splice(at..at, words_of_first);
        self.put(&swapped, &second_only, at, first, other);
    }

    /// Takes a piece out with what was taken out of it before.
    fn cut(
        &mut self,
        with: &[(char, bool)],
        without: &[(char, bool)],
        piece: &Range<usize>,
        slide: Slide,
    ) -> Vec<Letter> {
        if piece.is_empty() {
            return Vec::new();
        }
        let by = far(with, without, piece, slide);
        let live = self.live();
        let (from, to) = (moved(piece.start, by), moved(piece.end, by));
        let mut letters: Vec<Letter> = self.letters.drain(live[from]..live[to - 1] + 1).collect();
        turn(&mut letters, -by);
        letters
    }

    /// Puts a piece in so that it stands at `at` of `with`. Where the same letters were taken out, they come back.
    fn put(
        &mut self,
        with: &[(char, bool)],
        without: &[(char, bool)],
        at: usize,
        mut letters: Vec<Letter>,
        slide: Slide,
    ) {
        let length = letters.iter().filter(|letter| letter.alive).count();
        if length == 0 {
            return;
        }
        let piece = at..at + length;
        let live = self.live();
        let gap = |at: usize| {
            let from = at.checked_sub(1).map_or(0, |before| live[before] + 1);
            from..live.get(at).copied().unwrap_or(self.letters.len())
        };
        let both = [true, false].into_iter().flat_map(|left| steps(with, without, &piece, left));
        let back = both.flat_map(|by| {
            let at = moved(piece.start, by);
            let core: Vec<char> = with[at..at + length].iter().map(|(c, _)| *c).collect();
            let dead = gap(at);
            dead.clone().filter_map(|start| self.came_back(start..dead.end, &core)).collect::<Vec<_>>()
        });
        let own = |at: &&usize| self.letters[**at].origin.copy == 0 && self.letters[**at].origin.at.is_some();
        match back.max_by_key(|back| back.iter().filter(own).count()) {
            Some(back) => back.into_iter().for_each(|at| self.letters[at].alive = true),
            None => {
                let by = far(with, without, &piece, slide);
                turn(&mut letters, by);
                let to = gap(moved(at, by)).end;
                self.letters.splice(to..to, letters);
            }
        }
    }

    /// The dead letters that are these, in a row but for a few that were put in between and taken out again.
    fn came_back(&self, dead: Range<usize>, core: &[char]) -> Option<Vec<usize>> {
        const SKIPPED: usize = 4;
        let mut back = Vec::with_capacity(core.len());
        let mut skipped = 0;
        for at in dead {
            if core.get(back.len()) == Some(&self.letters[at].c) {
                back.push(at);
            } else {
                skipped += 1;
            }
            if back.len() == core.len() {
                return Some(back);
            }
            if skipped > SKIPPED || back.is_empty() {
                return None;
            }
        }
        None
    }
}
