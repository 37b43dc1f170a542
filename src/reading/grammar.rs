//! Report families as data: how a family is recognised, its scales, and the patterns that read its sentences.
//!
//! A grammar is a TOML file. `[words]` holds pieces of patterns; `{piece}` in a pattern stands for one of them,
//! `{n}` for any number, in digits or words, and `{name}` for a proper name. A `[[rule]]` reads one shape of sentence: `reads` names the reader that
//! makes facts of it, `pattern` its shape, and the named groups of the pattern say what stands where. `then` is the
//! shape of each further member of a list (`…, Blues 11 seats (7.07 percent), and …`), `close` what stands behind the
//! last. Which groups and settings a reader knows is in `grammar_file`.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use serde::Deserialize;
use toml::Spanned;

use super::{
    grammar_file::{self, Fault, Faults, File, Part, SignPlace, check_groups, named, one_of, takes},
    pattern::Pattern,
    words,
};
use crate::source::Decimal;

/// What makes facts of a rule's matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// A category's score: groups `value`, `from`, `change`, `better`, `worse`, `category`.
    Rating,
    /// A score on a line of its own: groups `value`, `of`, `category`.
    Score,
    /// A table of scores, a row a category and a column a year: group `head`, the line above it.
    RatingsTable,
    /// Seats of a list: groups `value`, `of`, `share`, `subject`, `zero`.
    Seats,
    /// Names a chamber: group `chamber`.
    House,
    /// Seats of a chamber or tier: groups `value`, `chamber`.
    Chamber,
    /// Share of a vote: groups `value`, `subject`.
    VoteShare,
    /// When an election was held whose results stand as lists: groups `date`, `chamber`.
    Held,
    /// A list of parties with seats or shares of the vote: groups `head`, `chamber`.
    Results,
    /// A legal threshold: group `value`.
    Threshold,
    /// A group's share: groups `subject`, `value`, `year`, `from`, `from_year`, `basis`, `current`, `mainly`.
    Share,
    /// A labelled list of groups with their shares: group `head`.
    GroupShares,
    /// Gives a line a label: group `subject`.
    Entry,
    /// A labelled number on a line of its own: groups `value`, `subject`, `date`.
    Line,
    /// A number that only labels its line: group `value`.
    Label,
    /// A number of one meaning in a sentence: groups `value`, `subject`, `date`.
    Figure,
    /// Names a party, an alliance or its short name: groups `name`, `short`.
    Name,
    /// Names the country: group `country`.
    Country,
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name in messages.
    pub id: String,
    /// What makes facts of it.
    pub reads: Reads,
    /// Whether it is the family's own, not one of the language.
    pub own: bool,
    /// Its shape.
    pub pattern: Pattern,
    /// The shape of each further member of a list.
    pub then: Option<Pattern>,
    /// What stands behind a list's last member.
    pub close: Option<Pattern>,
    /// A sentence must hold one of these; empty: any. What it lacks is seen sooner than what it holds.
    pub needs: Vec<String>,
    /// Settings the reader knows.
    pub set: BTreeMap<String, String>,
}

impl Rule {
    /// Whether words hold one of those that they must.
    pub fn may_be_in(&self, words: &str) -> bool {
        self.needs.is_empty() || self.needs.iter().any(|need| words.contains(need.as_str()))
    }
}

/// A scale of some editions.
#[derive(Clone, Debug)]
pub struct ScaleDef {
    /// Its id; empty for the scale of the ratings.
    pub id: String,
    /// First edition that uses it.
    pub from: Option<i32>,
    /// Last edition that uses it.
    pub to: Option<i32>,
    /// Lowest score.
    pub min: Decimal,
    /// Highest score.
    pub max: Decimal,
    /// `low` or `high`.
    pub best: String,
    /// What is scored on it where that is no category with a rating: `question`; else empty.
    pub item: String,
    /// Where the classes are published.
    pub reference: String,
    /// Classes: from, to, name.
    pub bands: Vec<(Decimal, Decimal, String)>,
}

/// A category that scores stand for.
#[derive(Clone, Debug)]
pub struct CategoryDef {
    /// Its names, the usual one first.
    pub names: Vec<String>,
    /// First edition that rates it.
    pub from: Option<i32>,
    /// Last edition that rates it.
    pub to: Option<i32>,
    /// The id of its scale.
    pub scale: String,
    /// Whether it sums the others up.
    pub summary: bool,
}

impl CategoryDef {
    /// Whether the series rated it in a year.
    pub fn is_of(&self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

/// Categories that an edition rated for the first time.
#[derive(Clone, Debug)]
pub struct FirstRated {
    /// The edition.
    pub edition: i32,
    /// The categories.
    pub categories: Vec<String>,
    /// Where it is said.
    pub reference: String,
}

/// Categories that an edition parted or merged.
#[derive(Clone, Debug)]
pub struct Recut {
    /// The first edition that rates the new ones.
    pub edition: i32,
    /// Those that were.
    pub from: Vec<String>,
    /// Those that became of them.
    pub into: Vec<String>,
    /// Where it is said.
    pub reference: String,
}

/// A sign by which a family is recognised, besides its title.
#[derive(Debug)]
pub struct Sign {
    /// Its name in messages.
    pub id: String,
    /// Where it is looked for.
    pub place: SignPlace,
    /// How it reads: groups `edition`, `country`.
    pub pattern: Pattern,
    /// In how many places it must be found.
    pub least: usize,
}

/// A column of a run-together table header.
#[derive(Debug)]
pub struct ColumnDef {
    /// What it holds: a tier's id, or `party`.
    pub id: String,
    /// How it is written.
    pub pattern: Pattern,
}

/// A report family.
#[derive(Debug)]
pub struct Grammar {
    /// Its id: the file's name.
    pub id: String,
    /// The series' name.
    pub name: String,
    /// How its title reads: groups `edition`, `country`; none for the plain language.
    pub titles: Vec<Pattern>,
    /// Other signs.
    pub signs: Vec<Sign>,
    /// Categories.
    pub categories: Vec<CategoryDef>,
    /// Scales by edition.
    pub scales: Vec<ScaleDef>,
    /// First ratings by edition.
    pub first_rated: Vec<FirstRated>,
    /// Categories that editions parted or merged.
    pub recuts: Vec<Recut>,
    /// Rules in the order of trial, those of the language last.
    pub rules: Vec<Rule>,
    /// Columns of election tables.
    pub columns: Vec<ColumnDef>,
    /// Words that are no ethnic group, lower case.
    pub no_group: Vec<String>,
    /// Words in the names of chambers, lower case.
    pub chambers: Vec<String>,
    /// The year that an edition covers, counted from the edition's: −1 for the year before it.
    pub covers: Option<i32>,
}

/// Patterns by their text: families share those of the language.
#[derive(Default)]
pub(super) struct Compiled {
    known: HashMap<String, Pattern>,
    /// Whether each is compiled at once, so that its faults are told; else when it is first looked for.
    at_once: bool,
}

impl Compiled {
    /// For grammars that may have faults.
    pub fn at_once() -> Self {
        Self { at_once: true, ..Self::default() }
    }

    /// For grammars that are known to be sound.
    pub fn when_needed() -> Self {
        Self::default()
    }
}

impl Grammar {
    /// Reads a grammar file; `language` is the file whose words and rules it builds on.
    ///
    /// # Errors
    /// Everything that is wrong in it, each with its line, column and rule.
    pub(super) fn parse(
        shown: &str,
        id: &str,
        text: &str,
        language: Option<&File>,
        compiled: &mut Compiled,
    ) -> Result<Self, Vec<Fault>> {
        let own = grammar_file::parse(shown, text).map_err(|fault| vec![fault])?;
        let mut faults = Faults { file: shown, text, found: Vec::new() };
        grammar_file::check(&own, &mut faults);
        if language.is_some() && own.title.is_none() && own.titles.is_empty() && own.sign.is_empty() {
            let hint = "add `title`, or a `[[sign]]`";
            faults.add(0, "", "nothing says which reports are of this family", hint);
        }
        let mut pieces: BTreeMap<&str, &str> = BTreeMap::new();
        for (key, piece) in own.words.iter().chain(language.iter().flat_map(|language| &language.words)) {
            pieces.entry(key).or_insert(piece.get_ref());
        }
        let mut compiler = Compiler { pieces, compiled, faults };
        let grammar = compiler.grammar(id, &own, language);
        if compiler.faults.found.is_empty() {
            return Ok(grammar);
        }
        compiler.faults.found.sort_by_key(|fault| (fault.line, fault.column));
        compiler.faults.found.dedup();
        Err(compiler.faults.found)
    }

    /// Whether it is the plain language, which every family builds on.
    pub fn is_plain(&self) -> bool {
        self.titles.is_empty() && self.signs.is_empty()
    }

    /// The scale of the ratings in an edition.
    pub fn scale(&self, edition: Option<i32>) -> Option<&ScaleDef> {
        self.scale_of("", edition)
    }

    /// A scale by its id, in an edition; where the edition is not known, only one that all editions have.
    pub fn scale_of(&self, id: &str, edition: Option<i32>) -> Option<&ScaleDef> {
        let holds = |scale: &&ScaleDef| match edition {
            Some(edition) => scale.from.is_none_or(|y| y <= edition) && scale.to.is_none_or(|y| edition <= y),
            None => scale.from.is_none() && scale.to.is_none(),
        };
        self.scales.iter().filter(|scale| scale.id == id).find(holds)
    }

    /// The category of a name, letter case and signs of notes aside.
    pub fn category(&self, name: &str) -> Option<&CategoryDef> {
        let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '†' | '‡' | ':'));
        self.categories.iter().find(|category| category.names.iter().any(|known| super::same(known, name)))
    }

    /// Rules that one reader uses, in order.
    pub fn rules(&self, reads: Reads) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.reads == reads)
    }
}

/// Groups of a title or a sign.
const ORIGIN_GROUPS: [&str; 2] = ["edition", "country"];

/// Written patterns to patterns that can be looked for, once each.
struct Compiler<'a> {
    pieces: BTreeMap<&'a str, &'a str>,
    compiled: &'a mut Compiled,
    faults: Faults<'a>,
}

impl Compiler<'_> {
    fn grammar(&mut self, id: &str, own: &File, language: Option<&File>) -> Grammar {
        let base = |list: fn(&File) -> &Vec<String>| language.map(|file| list(file).clone()).unwrap_or_default();
        let titles = own.title.iter().chain(&own.titles);
        let titles = titles.filter_map(|pattern| self.named_by("title", pattern)).collect();
        let signs = own.sign.iter().filter_map(|sign| {
            let pattern = self.named_by(&named("sign", &sign.id), &sign.pattern)?;
            Some(Sign { id: sign.id.clone(), place: sign.place, pattern, least: sign.least.max(1) })
        });
        let signs = signs.collect();
        let mut rules: Vec<Rule> = own.rule.iter().filter_map(|rule| self.rule(rule.get_ref(), true)).collect();
        let shared = language.iter().flat_map(|language| &language.rule);
        rules.extend(shared.filter_map(|rule| self.rule(rule.get_ref(), false)));
        let columns = own.column.iter().map(|column| (column, true));
        let columns =
            columns.chain(language.iter().flat_map(|language| &language.column).map(|column| (column, false)));
        let columns = columns.filter_map(|(column, own)| {
            let anchored = format!("^(?:{})", column.pattern.get_ref());
            let at = column.pattern.span().start;
            let pattern = self.regex(&named("column", &column.id), at, &anchored, own)?;
            Some(ColumnDef { id: column.id.clone(), pattern })
        });
        let columns = columns.collect();
        Grammar {
            id: id.to_owned(),
            name: own.name.clone(),
            titles,
            signs,
            categories: own.category.iter().map(|category| category_def(category.get_ref())).collect(),
            scales: own.scale.iter().map(|scale| scale_def(scale.get_ref())).collect(),
            first_rated: own.first_rated.iter().map(first_rated).collect(),
            recuts: own.recut.iter().map(|recut| recut_def(recut.get_ref())).collect(),
            rules,
            columns,
            no_group: own.no_group.iter().cloned().chain(base(|file| &file.no_group)).collect(),
            chambers: own.chambers.iter().cloned().chain(base(|file| &file.chambers)).collect(),
            covers: own.covers,
        }
    }

    /// A pattern that may name the edition and the country, and nothing else.
    fn named_by(&mut self, inside: &str, pattern: &Spanned<String>) -> Option<Pattern> {
        let made = self.compile(inside, pattern, true)?;
        for name in self.groups(&made).into_iter().filter(|name| !ORIGIN_GROUPS.contains(name)) {
            let what = format!("it knows no group `{name}`");
            self.faults.add(pattern.span().start, inside, what, one_of("groups", &ORIGIN_GROUPS));
        }
        Some(made)
    }

    /// The groups of a pattern; none of one that is compiled later, whose groups are known to be right.
    fn groups<'p>(&self, pattern: &'p Pattern) -> Vec<&'p str> {
        let regex = self.compiled.at_once.then(|| pattern.compiled().ok()).flatten();
        regex.map(|regex| regex.capture_names().flatten().collect()).unwrap_or_default()
    }

    fn rule(&mut self, rule: &grammar_file::RuleFile, own: bool) -> Option<Rule> {
        let inside = named("rule", &rule.id);
        let pattern = self.compile(&inside, &rule.pattern, own);
        let then = rule.then.as_ref().map(|written| {
            let anchored = format!("^(?:{})", written.get_ref());
            self.regex(&inside, written.span().start, &anchored, own)
        });
        let close = rule.close.as_ref().map(|written| self.compile(&inside, written, own));
        if let (true, Some(takes)) = (own && self.compiled.at_once, takes(rule.reads)) {
            let at = |part: &Option<Spanned<String>>| part.as_ref().map_or(0, |written| written.span().start);
            let parts = [
                (Part::Pattern, pattern.as_ref(), rule.pattern.span().start),
                (Part::Then, then.as_ref().and_then(Option::as_ref), at(&rule.then)),
                (Part::Close, close.as_ref().and_then(Option::as_ref), at(&rule.close)),
            ];
            for (part, pattern, at) in parts {
                let Some(pattern) = pattern else { continue };
                let names = self.groups(pattern);
                check_groups(takes, part, &inside, at, &names, &mut self.faults);
            }
        }
        let whole = |part: Option<Option<Pattern>>| match part {
            Some(None) => None,
            Some(Some(pattern)) => Some(Some(pattern)),
            None => Some(None),
        };
        Some(Rule {
            id: rule.id.clone(),
            reads: rule.reads,
            own,
            pattern: pattern?,
            then: whole(then)?,
            close: whole(close)?,
            needs: rule.needs.clone(),
            set: rule.set.iter().map(|(key, value)| (key.get_ref().clone(), value.clone())).collect(),
        })
    }

    fn compile(&mut self, inside: &str, pattern: &Spanned<String>, own: bool) -> Option<Pattern> {
        self.regex(inside, pattern.span().start, pattern.get_ref(), own)
    }

    /// What is wrong in a pattern of the language is said of the language's own file.
    fn regex(&mut self, inside: &str, at: usize, pattern: &str, own: bool) -> Option<Pattern> {
        let made = expand(pattern, &self.pieces).and_then(|expanded| {
            if let Some(known) = self.compiled.known.get(&expanded) {
                return Ok(known.clone());
            }
            let made = Pattern::new(words::plain_bounds(&words::loose(&expanded)));
            if let Some(Err(error)) = self.compiled.at_once.then(|| made.compiled()) {
                // The last line says what; the lines before show the pattern with its pieces put in.
                let error = error.to_string();
                let what = error.lines().next_back().unwrap_or_default().trim_start_matches("error: ").to_owned();
                return Err((format!("the pattern is wrong: {what}"), "mend it; `regex` crate syntax".to_owned()));
            }
            self.compiled.known.insert(expanded, made.clone());
            Ok(made)
        });
        match made {
            Ok(pattern) => Some(pattern),
            Err((what, hint)) => {
                if own {
                    self.faults.add(at, inside, what, hint);
                } else {
                    let what = format!("{what} (in the rules of the language)");
                    self.faults.add(0, inside, what, "one of its pieces is another in `[words]`");
                }
                None
            }
        }
    }
}

fn category_def(file: &grammar_file::CategoryFile) -> CategoryDef {
    let grammar_file::CategoryFile { names, from, to, scale, summary } = file.clone();
    CategoryDef { names, from, to, scale, summary }
}

fn scale_def(file: &grammar_file::ScaleFile) -> ScaleDef {
    let grammar_file::ScaleFile { id, from, to, min, max, best, item, reference, bands } = file.clone();
    ScaleDef { id, from, to, min, max, best: best.into_inner(), item, reference, bands }
}

fn first_rated(file: &grammar_file::FirstRatedFile) -> FirstRated {
    let grammar_file::FirstRatedFile { edition, categories, reference } = file.clone();
    FirstRated { edition, categories, reference }
}

fn recut_def(file: &grammar_file::RecutFile) -> Recut {
    let grammar_file::RecutFile { edition, from, into, reference } = file.clone();
    Recut { edition, from, into, reference }
}

/// Puts the pieces into a pattern; pieces may use pieces. What is wrong, and what to do, where it cannot be done.
fn expand(pattern: &str, pieces: &BTreeMap<&str, &str>) -> Result<String, (String, String)> {
    const DEPTH: usize = 8;
    let number = format!(r"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?\b|{})", words::pattern());
    let mut text = pattern.to_owned();
    for _ in 0..DEPTH {
        let mut next = String::with_capacity(text.len());
        let mut rest = text.as_str();
        let mut changed = false;
        while let Some(open) = rest.find('{') {
            let inner = rest[open + 1..].find('}').map(|close| &rest[open + 1..open + 1 + close]);
            let name = inner.filter(|name| !name.is_empty() && name.starts_with(|c: char| c.is_ascii_lowercase()));
            next.push_str(&rest[..open]);
            match name {
                // `\p{lu}`-like classes and counts `{2,3}` are the pattern's own.
                Some(name) if !["\\p", "\\u", "\\x"].iter().any(|class| rest[..open].ends_with(class)) => {
                    let piece = match name {
                        "n" => Some(number.as_str()),
                        "name" => Some(words::NAME),
                        _ => pieces.get(name).copied(),
                    };
                    let Some(piece) = piece else {
                        let hint = format!("add `{name} = '…'` to `[words]`");
                        return Err((format!("unknown piece `{{{name}}}`"), hint));
                    };
                    next.push_str("(?:");
                    next.push_str(piece);
                    next.push(')');
                    rest = &rest[open + name.len() + 2..];
                    changed = true;
                }
                _ => {
                    next.push('{');
                    rest = &rest[open + 1..];
                }
            }
        }
        next.push_str(rest);
        text = next;
        if !changed {
            return Ok(text);
        }
    }
    Err(("a piece holds itself".to_owned(), "take the circle out of `[words]`".to_owned()))
}

/// Shared by every reading of a family.
pub type Shared = Arc<Grammar>;
