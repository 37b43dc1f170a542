//! A text whose every character knows where it comes from, through any number of edits.
//!
//! An edit is known by the text it makes. Of two same rows in a row, taking out the first and taking out the second
//! leave the same text; so do putting a piece before its double and putting it behind; and of two pieces that end alike
//! and change places, the ends may as well have stayed. The history is therefore kept in several ways: with every such
//! edit as far to the left as it can have been, as far to the right, and with what is alike left where it was. An
//! answer is right when one of them says so: nobody who sees the texts could tell which was done. Letters that were
//! taken out and put back at the same place are the same letters.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod edits;

use std::ops::Range;

/// Where a character comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its position in the first text; `None` for one that was typed in.
    pub at: Option<usize>,
    /// 0 for the character itself, or the number of the copy.
    pub copy: u32,
}

const TYPED: Origin = Origin { at: None, copy: 0 };

pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

#[derive(Clone, Copy, Debug)]
struct Letter {
    c: char,
    origin: Origin,
    alive: bool,
}

/// One way to tell the history: every character that is no blank, those taken out still at their place.
#[derive(Clone)]
struct Layer {
    letters: Vec<Letter>,
    leftward: bool,
    /// Whether the like ends of two pieces stay when these change places.
    trims: bool,
}

/// How many ways there are to tell the history.
pub const WAYS: usize = 3;

/// The text and its history.
#[derive(Clone)]
pub struct History {
    text: Vec<char>,
    layers: [Layer; WAYS],
    copies: u32,
}

/// The solid characters of a text, each with whether a blank stands before it.
fn line_of(text: &[char]) -> Vec<(char, bool)> {
    let mut blank = true;
    let mut line = Vec::with_capacity(text.len());
    for c in text {
        if !is_blank(*c) {
            line.push((*c, blank));
        }
        blank = is_blank(*c);
    }
    line
}

/// How far a piece of a line can slide, left or right, without a change to the text: every step, nearest first. It
/// slides by whole words, or within its word.
fn slides(line: &[(char, bool)], piece: &Range<usize>, leftward: bool) -> Vec<isize> {
    let starts = |at: usize| line.get(at).is_none_or(|(_, starts)| *starts);
    let phase = |from: usize, to: usize| (starts(from), starts(to));
    let home = phase(piece.start, piece.end);
    let mut steps = vec![0];
    let mut k = 0;
    loop {
        let (from, to) = if leftward {
            let Some(from) = piece.start.checked_sub(k + 1) else { break };
            let to = piece.end - k - 1;
            if line[from].0 != line[to].0 {
                break;
            }
            (from, to)
        } else {
            if line.get(piece.end + k).is_none_or(|(c, _)| *c != line[piece.start + k].0) {
                break;
            }
            (piece.start + k + 1, piece.end + k + 1)
        };
        k += 1;
        let (first, last) = (from.min(piece.start), to.max(piece.end));
        let one_word = (first + 1..last).all(|at| !starts(at));
        if phase(from, to) == home || one_word {
            steps.push(if leftward { -(k as isize) } else { k as isize });
        }
    }
    steps
}

/// The farthest of them.
fn slide(line: &[(char, bool)], piece: &Range<usize>, leftward: bool) -> isize {
    slides(line, piece, leftward).pop().unwrap_or(0)
}

fn moved(at: usize, by: isize) -> usize {
    at.checked_add_signed(by).unwrap()
}

impl Layer {
    fn live(&self) -> Vec<usize> {
        (0..self.letters.len()).filter(|at| self.letters[*at].alive).collect()
    }

    fn delete(&mut self, line: &[(char, bool)], piece: Range<usize>) {
        let by = slide(line, &piece, self.leftward);
        let live = self.live();
        for at in &live[moved(piece.start, by)..moved(piece.end, by)] {
            self.letters[*at].alive = false;
        }
    }

    /// Takes a piece out with what was taken out of it before.
    fn cut(&mut self, line: &[(char, bool)], piece: Range<usize>) -> Vec<Letter> {
        let by = slide(line, &piece, self.leftward);
        let live = self.live();
        let (from, to) = (moved(piece.start, by), moved(piece.end, by));
        let mut letters: Vec<Letter> = self.letters.drain(live[from]..live[to - 1] + 1).collect();
        turn(&mut letters, -by);
        letters
    }

    /// Exchanges two pieces of the text that is `line`.
    fn swap(&mut self, line: &[(char, bool)], one: Range<usize>, two: Range<usize>) {
        let mut line = line.to_vec();
        let (mut first, mut second) = (Vec::new(), Vec::new());
        if !two.is_empty() {
            second = self.cut(&line, two.clone());
        }
        let words_of_second: Vec<(char, bool)> = line.drain(two.clone()).collect();
        if !one.is_empty() {
            first = self.cut(&line, one.clone());
        }
        let words_of_first: Vec<(char, bool)> = line.drain(one.clone()).collect();
        line.splice(one.start..one.start, words_of_second);
        self.put(&line, one.start, second);
        let at = two.start + two.len() - one.len();
        line.splice(at..at, words_of_first);
        self.put(&line, at, first);
    }

    /// Puts a piece in so that it stands at `at`; `line` is the text with it.
    fn put(&mut self, line: &[(char, bool)], at: usize, mut letters: Vec<Letter>) {
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
        let back = [true, false].into_iter().flat_map(|leftward| slides(line, &piece, leftward)).flat_map(|by| {
            let at = moved(piece.start, by);
            let core: Vec<char> = line[at..at + length].iter().map(|(c, _)| *c).collect();
            let dead = gap(at);
            dead.clone().filter_map(|start| self.came_back(start..dead.end, &core)).collect::<Vec<_>>()
        });
        let own = |at: &&usize| self.letters[**at].origin.copy == 0 && self.letters[**at].origin.at.is_some();
        match back.max_by_key(|back| back.iter().filter(own).count()) {
            // The same letters were taken out here: they come back.
            Some(back) => back.into_iter().for_each(|at| self.letters[at].alive = true),
            None => {
                let by = slide(line, &piece, self.leftward);
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

/// How many characters two pieces have in common at their beginnings and ends, in whole words.
fn alike(one: &[(char, bool)], two: &[(char, bool)]) -> (usize, usize) {
    let short = one.len().min(two.len());
    let starts = |piece: &[(char, bool)], at: usize| piece.get(at).is_none_or(|(_, starts)| *starts);
    let head = (0..short).take_while(|at| one[*at] == two[*at]).count();
    let head = (0..=head).rev().find(|at| starts(one, *at) && starts(two, *at)).unwrap_or(0);
    let back = |piece: &[(char, bool)], n: usize| piece[piece.len() - n - 1];
    let tail = (0..short - head).take_while(|n| back(one, *n).0 == back(two, *n).0).count();
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

impl History {
    pub fn new(text: &str) -> Self {
        let text: Vec<char> = text.chars().collect();
        let letters: Vec<Letter> = text
            .iter()
            .enumerate()
            .filter(|(_, c)| !is_blank(**c))
            .map(|(at, c)| Letter { c: *c, origin: Origin { at: Some(at), copy: 0 }, alive: true })
            .collect();
        let ways = [(true, false), (false, false), (false, true)];
        let layers = ways.map(|(leftward, trims)| Layer { letters: letters.clone(), leftward, trims });
        Self { text, layers, copies: 0 }
    }

    pub fn chars(&self) -> &[char] {
        &self.text
    }

    /// How many solid characters stand before a character.
    fn solid(&self, at: usize) -> usize {
        self.text[..at].iter().filter(|c| !is_blank(**c)).count()
    }

    fn solid_range(&self, range: &Range<usize>) -> Range<usize> {
        self.solid(range.start)..self.solid(range.end)
    }

    /// Takes characters out.
    pub fn delete(&mut self, range: Range<usize>) {
        let (line, piece) = (line_of(&self.text), self.solid_range(&range));
        self.layers.iter_mut().filter(|_| !piece.is_empty()).for_each(|layer| layer.delete(&line, piece.clone()));
        self.text.drain(range);
    }

    /// Types words in.
    pub fn insert(&mut self, at: usize, words: &str) {
        let solid = self.solid(at);
        self.text.splice(at..at, words.chars());
        let line = line_of(&self.text);
        let letters = words.chars().filter(|c| !is_blank(*c)).map(|c| Letter { c, origin: TYPED, alive: true });
        let letters: Vec<Letter> = letters.collect();
        self.layers.iter_mut().for_each(|layer| layer.put(&line, solid, letters.clone()));
    }

    /// Copies characters, with blanks before and after.
    pub fn copy(&mut self, range: Range<usize>, to: usize, before: &str, after: &str) {
        self.copies += 1;
        let (from, solid) = (self.solid_range(&range), self.solid(to));
        let words: Vec<char> = before.chars().chain(self.text[range].iter().copied()).chain(after.chars()).collect();
        self.text.splice(to..to, words);
        let line = line_of(&self.text);
        for layer in &mut self.layers {
            let live = layer.live();
            let copied = live[from.clone()].iter().map(|at| {
                let letter = layer.letters[*at];
                Letter { origin: Origin { copy: self.copies, ..letter.origin }, ..letter }
            });
            let copied = copied.collect();
            layer.put(&line, solid, copied);
        }
    }

    /// Puts another character in the place of one.
    pub fn replace(&mut self, at: usize, c: char) {
        let solid = self.solid(at);
        self.text[at] = c;
        for layer in &mut self.layers {
            let at = layer.live()[solid];
            // Back to what stood here before: the letter itself.
            let was = (at + 1..layer.letters.len()).take_while(|at| !layer.letters[*at].alive);
            match was.into_iter().find(|at| layer.letters[*at].c == c) {
                Some(was) => {
                    layer.letters[at].alive = false;
                    layer.letters[was].alive = true;
                }
                None => {
                    layer.letters[at].alive = false;
                    layer.letters.insert(at, Letter { c, origin: TYPED, alive: true });
                }
            }
        }
    }

    /// Exchanges two pieces, the first before the second; says whether that changes anything.
    pub fn swap(&mut self, first: Range<usize>, second: Range<usize>) -> bool {
        let before = line_of(&self.text);
        let (one, two) = (self.solid_range(&first), self.solid_range(&second));
        let (a, b) = (self.text[first.clone()].to_vec(), self.text[second.clone()].to_vec());
        self.text.splice(second.clone(), a);
        self.text.splice(first.clone(), b);
        let after = line_of(&self.text);
        let chars = |line: &[(char, bool)]| line.iter().map(|(c, _)| *c).collect::<Vec<_>>();
        if chars(&before) == chars(&after) {
            return false;
        }
        let (head, tail) = alike(&before[one.clone()], &before[two.clone()]);
        for layer in &mut self.layers {
            let (head, tail) = if layer.trims { (head, tail) } else { (0, 0) };
            let one = one.start + head..one.end - tail;
            let two = two.start + head..two.end - tail;
            layer.swap(&before, one, two);
        }
        true
    }

    /// Takes a piece out and puts it elsewhere; `to` is counted without it.
    pub fn cut_and_paste(&mut self, range: Range<usize>, to: usize) {
        let (line, piece) = (line_of(&self.text), self.solid_range(&range));
        let words: Vec<char> = self.text.drain(range).collect();
        let solid = self.solid(to);
        self.text.splice(to..to, words);
        let after = line_of(&self.text);
        if line.iter().map(|(c, _)| c).eq(after.iter().map(|(c, _)| c)) {
            return;
        }
        for layer in &mut self.layers {
            let letters = layer.cut(&line, piece.clone());
            layer.put(&after, solid, letters);
        }
    }

    /// Whether the history still tells of this very text.
    pub fn holds(&self) -> bool {
        self.layers.iter().all(|layer| {
            let live = layer.letters.iter().filter(|letter| letter.alive).map(|letter| letter.c);
            live.eq(self.text.iter().copied().filter(|c| !is_blank(*c)))
        })
    }

    /// Changes blanks to other blanks: `f` is given a run's place and its characters, and says what stands there.
    pub fn reblank(&mut self, mut f: impl FnMut(usize, &str) -> Option<String>) {
        let mut next = Vec::with_capacity(self.text.len());
        let mut at = 0;
        while at < self.text.len() {
            let blank = is_blank(self.text[at]);
            let end = (at..self.text.len()).find(|n| is_blank(self.text[*n]) != blank).unwrap_or(self.text.len());
            let run: String = self.text[at..end].iter().collect();
            next.extend(blank.then(|| f(at, &run)).flatten().unwrap_or(run).chars());
            at = end;
        }
        self.text = next;
    }
}

/// What became of some characters of the first text.
pub enum Fate {
    /// They stand together, here; whether a letter or digit was put right beside them.
    Whole(Range<usize>, bool),
    /// Some are gone, or something stands between them.
    Broken,
}

/// The characters of an anchor among the first text's.
pub struct Track {
    /// Positions of its characters that are no blanks.
    own: Vec<usize>,
    /// The same, with the characters that stood around them in their sentence or line.
    around: Vec<usize>,
    /// Whether a letter or digit stood right before and right after.
    beside: (bool, bool),
}

/// So many characters on either side belong to the words around an anchor.
const AROUND: usize = 20;
/// So many of them together can be told for what they were.
const REMAINS: usize = 8;

impl Track {
    /// By characters of the first text, with the positions of those that are no blanks; `own` is the sentence or
    /// line they stand in.
    pub fn new(chars: &[char], solid: &[usize], range: Range<usize>, own: &Range<usize>) -> Self {
        let from = solid.partition_point(|at| *at < range.start);
        let to = solid.partition_point(|at| *at < range.end);
        let word = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
        Self {
            own: solid[from..to].to_vec(),
            around: solid[from.saturating_sub(AROUND)..(to + AROUND).min(solid.len())]
                .iter()
                .copied()
                .filter(|at| own.contains(at) || range.contains(at))
                .collect(),
            beside: (word(range.start.checked_sub(1)), word(Some(range.end))),
        }
    }

    /// What became of them, by one way to tell the history.
    pub fn fate(&self, now: &Now, way: usize) -> Fate {
        let place = &now.place[way];
        let Some(first) = place[self.own[0]] else { return Fate::Broken };
        if !self.own.iter().enumerate().all(|(n, at)| place[*at] == Some(first + n)) {
            return Fate::Broken;
        }
        let span = now.bytes[first].start..now.bytes[first + self.own.len() - 1].end;
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = word(now.text[..span.start].chars().next_back());
        let after = word(now.text[span.end..].chars().next());
        let glued = before && !self.beside.0 || after && !self.beside.1;
        Fate::Whole(span, glued)
    }

    /// Whether there is a copy of them, or of a part.
    pub fn is_copied(&self, now: &Now) -> bool {
        now.origins[0].iter().any(|origin| origin.copy > 0 && origin.at.is_some_and(|at| self.own.contains(&at)))
    }

    /// Whether a span holds a copy of them, or of some of them, and the words around the original are gone: what a move leaves.
    pub fn is_heir(&self, now: &Now, way: usize, span: Range<usize>) -> bool {
        let from = now.bytes.partition_point(|bytes| bytes.start < span.start);
        let to = now.bytes.partition_point(|bytes| bytes.start < span.end);
        let copied = &now.origins[way][from..to];
        let whole = copied.len() == self.own.len()
            && copied.iter().zip(&self.own).all(|(origin, at)| origin.at == Some(*at))
            && copied.iter().any(|origin| origin.copy > 0);
        // Where only some of them were copied, the originals of these must be gone.
        let gone = |(origin, at): (&Origin, &usize)| origin.copy == 0 || now.place[way][*at].is_none();
        let mixed = copied.iter().any(|origin| origin.copy == 0);
        whole && if mixed { copied.iter().zip(&self.own).all(gone) } else { !self.remains(&now.place[way]) }
    }

    fn remains(&self, place: &[Option<usize>]) -> bool {
        let mut run = 0;
        let mut last: Option<usize> = None;
        self.around.iter().any(|at| {
            run = match (place[*at], last) {
                (Some(now), Some(last)) if now == last + 1 => run + 1,
                (Some(_), _) => 1,
                (None, _) => 0,
            };
            last = place[*at];
            run >= REMAINS
        })
    }
}

/// The text as it is now, and where the first text's characters are in it, told both ways.
pub struct Now {
    pub text: String,
    /// Of the characters that are no blanks, in order.
    pub bytes: Vec<Range<usize>>,
    pub origins: [Vec<Origin>; WAYS],
    /// By position in the first text: the place among those.
    pub place: [Vec<Option<usize>>; WAYS],
}

impl Now {
    pub fn new(history: &History, first_length: usize) -> Self {
        let text: String = history.text.iter().collect();
        let bytes: Vec<Range<usize>> =
            text.char_indices().filter(|(_, c)| !is_blank(*c)).map(|(at, c)| at..at + c.len_utf8()).collect();
        let origins: [Vec<Origin>; WAYS] = std::array::from_fn(|way| {
            let live = history.layers[way].letters.iter().filter(|letter| letter.alive);
            live.map(|letter| letter.origin).collect::<Vec<Origin>>()
        });
        assert!(origins.iter().all(|origins| origins.len() == bytes.len()), "the history lost the text");
        let place = std::array::from_fn(|way| {
            let mut place = vec![None; first_length];
            for (n, origin) in origins[way].iter().enumerate() {
                if let Origin { at: Some(at), copy: 0 } = origin {
                    place[*at] = Some(n);
                }
            }
            place
        });
        Self { text, bytes, origins, place }
    }
}
