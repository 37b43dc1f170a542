//! A text whose every character knows where it comes from, through any number of edits.
//!
//! An edit is known by the text it makes. Of two same rows in a row, taking out the first and taking out the second
//! leave the same text; so do putting a piece before its double and putting it behind; and of two pieces that begin or
//! end alike and change places, what is alike may as well have stayed. Such a history can be told in several ways, and
//! an answer is right when one of them says so: nobody who sees the texts could tell which it was. Letters that were
//! taken out and put back at the same place are the same letters.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod edits;
mod tell;

use std::{ops::Range, rc::Rc};

use tell::{Op, Telling, alike};

/// Where a character comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its position in the first text; `None` for one that was typed in.
    pub at: Option<usize>,
    /// 0 for the character itself, or the number of the copy.
    pub copy: u32,
}

pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The solid characters of a text, each with whether a blank stands before it.
pub type Line = Rc<Vec<(char, bool)>>;

fn line_of(text: &[char]) -> Line {
    let mut blank = true;
    let mut line = Vec::with_capacity(text.len());
    for c in text {
        if !is_blank(*c) {
            line.push((*c, blank));
        }
        blank = is_blank(*c);
    }
    Rc::new(line)
}

/// The text and its history.
#[derive(Clone)]
pub struct History {
    text: Vec<char>,
    first: Telling,
    ops: Vec<Op>,
    /// Told as each edit was done.
    told: Telling,
    copies: u32,
}

impl History {
    pub fn new(text: &str) -> Self {
        let text: Vec<char> = text.chars().collect();
        let told = Telling::new(&text);
        Self { text, first: told.clone(), ops: Vec::new(), told, copies: 0 }
    }

    pub fn chars(&self) -> &[char] {
        &self.text
    }

    fn done(&mut self, op: Op) {
        self.told.follow(&op, 0);
        self.ops.push(op);
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
        let (with, piece) = (line_of(&self.text), self.solid_range(&range));
        self.text.drain(range);
        let without = line_of(&self.text);
        self.done(Op::Delete { with, without, piece });
    }

    /// Types words in.
    pub fn insert(&mut self, at: usize, words: &str) {
        let (without, solid) = (line_of(&self.text), self.solid(at));
        self.text.splice(at..at, words.chars());
        let with = line_of(&self.text);
        let length = words.chars().filter(|c| !is_blank(*c)).count();
        self.done(Op::Insert { with, without, piece: solid..solid + length });
    }

    /// Copies characters, with blanks before and after.
    pub fn copy(&mut self, range: Range<usize>, to: usize, before: &str, after: &str) {
        self.copies += 1;
        let (without, from, solid) = (line_of(&self.text), self.solid_range(&range), self.solid(to));
        let words: Vec<char> = before.chars().chain(self.text[range].iter().copied()).chain(after.chars()).collect();
        self.text.splice(to..to, words);
        let with = line_of(&self.text);
        self.done(Op::Copy { with, without, from, at: solid, number: self.copies });
    }

    /// Puts another character in the place of one.
    pub fn replace(&mut self, at: usize, c: char) {
        let solid = self.solid(at);
        self.text[at] = c;
        self.done(Op::Replace { at: solid, c });
    }

    /// Exchanges two pieces, the first before the second; says whether that changes anything.
    pub fn swap(&mut self, first: Range<usize>, second: Range<usize>) -> bool {
        let before = line_of(&self.text);
        let (one, two) = (self.solid_range(&first), self.solid_range(&second));
        let (a, b) = (self.text[first.clone()].to_vec(), self.text[second.clone()].to_vec());
        self.text.splice(second, a);
        self.text.splice(first, b);
        if same_letters(&before, &line_of(&self.text)) {
            return false;
        }
        let ends = alike(&before[one.clone()], &before[two.clone()]);
        self.done(Op::Swap { before, one, two, ends });
        true
    }

    /// Takes a piece out and puts it elsewhere; `to` is counted without it.
    pub fn cut_and_paste(&mut self, range: Range<usize>, to: usize) {
        let (before, piece) = (line_of(&self.text), self.solid_range(&range));
        let words: Vec<char> = self.text.drain(range).collect();
        let (without, at) = (line_of(&self.text), self.solid(to));
        self.text.splice(to..to, words);
        let after = line_of(&self.text);
        if !same_letters(&before, &after) {
            self.done(Op::Move { before, without, after, piece, at });
        }
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

    /// Whether what is told is this very text.
    pub fn holds(&self) -> bool {
        self.told.letters().eq(self.text.iter().copied().filter(|c| !is_blank(*c)))
    }

    /// Every other way to tell the history, as far as there is time to hear them.
    fn tellings(&self) -> Vec<Telling> {
        const MOST: usize = 1_000;
        let mut all = vec![self.first.clone()];
        for op in &self.ops {
            let ways = |telling: Telling| {
                (0..op.ways()).map(move |way| {
                    let mut telling = telling.clone();
                    telling.follow(op, way);
                    telling
                })
            };
            all = all.into_iter().flat_map(ways).take(MOST).collect();
        }
        all
    }
}

fn same_letters(one: &Line, two: &Line) -> bool {
    one.iter().map(|(c, _)| c).eq(two.iter().map(|(c, _)| c))
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
    pub fn fate(&self, now: &Now, told: &Told) -> Fate {
        let place = &told.place;
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
        now.told.origins.iter().any(|origin| origin.copy > 0 && origin.at.is_some_and(|at| self.own.contains(&at)))
    }

    /// Whether a span holds a copy of them, or of some of them, and the words around the original are gone: what a move
    /// leaves.
    pub fn is_heir(&self, now: &Now, told: &Told, span: &Range<usize>) -> bool {
        let from = now.bytes.partition_point(|bytes| bytes.start < span.start);
        let to = now.bytes.partition_point(|bytes| bytes.start < span.end);
        let copied = &told.origins[from..to];
        let whole = copied.len() == self.own.len()
            && copied.iter().zip(&self.own).all(|(origin, at)| origin.at == Some(*at))
            && copied.iter().any(|origin| origin.copy > 0);
        // Where only some of them were copied, the originals of these must be gone.
        let gone = |(origin, at): (&Origin, &usize)| origin.copy == 0 || told.place[*at].is_none();
        let mixed = copied.iter().any(|origin| origin.copy == 0);
        whole && if mixed { copied.iter().zip(&self.own).all(gone) } else { !self.remains(&told.place) }
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

/// Where the characters that are no blanks come from, in order, and where the first text's are among them.
pub struct Told {
    origins: Vec<Origin>,
    place: Vec<Option<usize>>,
}

impl Told {
    fn new(telling: &Telling, first_length: usize) -> Self {
        let origins = telling.origins();
        let mut place = vec![None; first_length];
        for (n, origin) in origins.iter().enumerate() {
            if let Origin { at: Some(at), copy: 0 } = origin {
                place[*at] = Some(n);
            }
        }
        Self { origins, place }
    }
}

/// The text as it is now, and its history as it was done.
pub struct Now {
    pub text: String,
    /// Of the characters that are no blanks, in order.
    pub bytes: Vec<Range<usize>>,
    pub told: Told,
    first_length: usize,
}

impl Now {
    pub fn new(history: &History, first_length: usize) -> Self {
        let text: String = history.text.iter().collect();
        let bytes: Vec<Range<usize>> =
            text.char_indices().filter(|(_, c)| !is_blank(*c)).map(|(at, c)| at..at + c.len_utf8()).collect();
        let told = Told::new(&history.told, first_length);
        assert_eq!(told.origins.len(), bytes.len(), "the history lost the text");
        Self { text, bytes, told, first_length }
    }

    /// Told in every way there is.
    pub fn retold(&self, history: &History) -> Vec<Told> {
        history.tellings().iter().map(|telling| Told::new(telling, self.first_length)).collect()
    }
}
