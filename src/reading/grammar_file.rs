//! A grammar file as it is written: its tables and keys, what each reader takes, and faults with their line and column.

use std::{collections::BTreeMap, fmt};

use serde::Deserialize;
use toml::Spanned;

use super::grammar::Reads;
use crate::source::Decimal;

/// The tables and keys of a grammar file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub name: String,
    pub title: Option<Spanned<String>>,
    pub titles: Vec<Spanned<String>>,
    pub sign: Vec<SignFile>,
    pub words: BTreeMap<String, Spanned<String>>,
    pub scale: Vec<Spanned<ScaleFile>>,
    pub category: Vec<Spanned<CategoryFile>>,
    pub first_rated: Vec<FirstRatedFile>,
    pub recut: Vec<Spanned<RecutFile>>,
    pub rule: Vec<Spanned<RuleFile>>,
    pub column: Vec<ColumnFile>,
    pub no_group: Vec<String>,
    pub chambers: Vec<String>,
    pub covers: Option<i32>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignFile {
    pub id: String,
    #[serde(rename = "in")]
    pub place: SignPlace,
    pub pattern: Spanned<String>,
    #[serde(default = "one")]
    pub least: usize,
}

fn one() -> usize {
    1
}

/// Where a sign is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignPlace {
    /// In the headings, and in heads that run into their paragraph.
    Heading,
    /// At the start of the lines.
    Line,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScaleFile {
    #[serde(default)]
    pub id: String,
    pub from: Option<i32>,
    pub to: Option<i32>,
    pub min: Decimal,
    pub max: Decimal,
    pub best: Spanned<String>,
    #[serde(default)]
    pub item: String,
    #[serde(default)]
    pub reference: String,
    #[serde(default)]
    pub bands: Vec<(Decimal, Decimal, String)>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryFile {
    pub names: Vec<String>,
    pub from: Option<i32>,
    pub to: Option<i32>,
    #[serde(default)]
    pub scale: String,
    #[serde(default)]
    pub summary: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FirstRatedFile {
    pub edition: i32,
    pub categories: Vec<String>,
    pub reference: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecutFile {
    pub edition: i32,
    pub from: Vec<String>,
    pub into: Vec<String>,
    pub reference: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub id: String,
    pub reads: Reads,
    pub pattern: Spanned<String>,
    pub then: Option<Spanned<String>>,
    pub close: Option<Spanned<String>>,
    #[serde(default)]
    pub needs: Vec<String>,
    #[serde(default)]
    pub set: BTreeMap<Spanned<String>, String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnFile {
    pub id: String,
    pub pattern: Spanned<String>,
}

/// What a reader takes of a rule.
pub struct Takes {
    /// The reader.
    pub reads: Reads,
    /// Its name in `reads`.
    pub id: &'static str,
    /// What it reads, in a few words.
    pub about: &'static str,
    /// The groups it knows; of the first list at least one must be there.
    pub groups: (&'static [&'static str], &'static [&'static str]),
    /// The keys of `set` it knows.
    pub set: &'static [&'static str],
    /// Whether it knows `then` and `close`.
    pub list: (bool, bool),
}

/// Every reader.
pub const READERS: &[Takes] = &[
    Takes {
        reads: Reads::Rating,
        id: "rating",
        about: "a category’s score stated by a sentence",
        groups: (&["value"], &["from", "before", "change", "better", "worse", "category"]),
        set: &[],
        list: (false, false),
    },
    Takes {
        reads: Reads::Score,
        id: "score",
        about: "a score on a line of its own",
        groups: (&["value"], &["category", "of", "before"]),
        set: &["scale", "category", "kind"],
        list: (false, false),
    },
    Takes {
        reads: Reads::RatingsTable,
        id: "ratings-table",
        about: "a table of scores: a row a category, a column a year",
        groups: (&["head"], &[]),
        set: &[],
        list: (false, false),
    },
    Takes {
        reads: Reads::Seats,
        id: "seats",
        about: "seats of a list",
        groups: (&["value", "zero"], &["second", "of", "share", "subject", "where"]),
        set: &["subject", "denies", "elliptic"],
        list: (true, false),
    },
    Takes {
        reads: Reads::House,
        id: "house",
        about: "words that name a chamber as one",
        groups: (&["chamber"], &[]),
        set: &[],
        list: (false, false),
    },
    Takes {
        reads: Reads::Chamber,
        id: "chamber",
        about: "seats of a chamber or a tier",
        groups: (&["value"], &["chamber"]),
        set: &["tier", "chamber", "part"],
        list: (false, false),
    },
    Takes {
        reads: Reads::VoteShare,
        id: "vote-share",
        about: "a share of the vote",
        groups: (&["value"], &["vote"]),
        set: &[],
        list: (true, false),
    },
    Takes {
        reads: Reads::Held,
        id: "held",
        about: "when the election of a listed result was held",
        groups: (&["date"], &["chamber"]),
        set: &[],
        list: (false, false),
    },
    Takes {
        reads: Reads::Results,
        id: "results",
        about: "a list of parties with their seats or shares of the vote",
        groups: (&["head"], &["chamber"]),
        set: &["kind", "office"],
        list: (true, true),
    },
    Takes {
        reads: Reads::Threshold,
        id: "threshold",
        about: "a legal threshold",
        groups: (&["value"], &[]),
        set: &[],
        list: (false, false),
    },
    Takes {
        reads: Reads::Share,
        id: "share",
        about: "a group’s share stated by a sentence",
        groups: (&["value"], &["subject", "approx", "basis", "year", "from", "from_year", "current", "mainly"]),
        set: &["anaphor", "basis"],
        list: (true, false),
    },
    Takes {
        reads: Reads::GroupShares,
        id: "group-shares",
        about: "a labelled list of groups with their shares",
        groups: (&["head"], &[]),
        set: &["kind"],
        list: (true, true),
    },
    Takes {
        reads: Reads::Entry,
        id: "entry",
        about: "the label that opens a line, of which its numbers are",
        groups: (&["subject"], &[]),
        set: &[],
        list: (false, false),
    },
    Takes {
        reads: Reads::Line,
        id: "line",
        about: "a labelled number on a line of its own",
        groups: (&["value"], &["subject", "date"]),
        set: &["kind", "unit", "subject", "labelled"],
        list: (false, false),
    },
    Takes {
        reads: Reads::Label,
        id: "label",
        about: "numbers that only label their line, or name something in it",
        groups: (&["value"], &[]),
        set: &["what"],
        list: (false, false),
    },
    Takes {
        reads: Reads::Figure,
        id: "figure",
        about: "a number of one meaning in a sentence",
        groups: (&["value"], &["subject", "date"]),
        set: &["kind", "unit", "subject", "dated"],
        list: (false, false),
    },
    Takes {
        reads: Reads::Name,
        id: "name",
        about: "names of parties and alliances",
        groups: (&["name"], &["short"]),
        set: &[],
        list: (false, false),
    },
    Takes {
        reads: Reads::Country,
        id: "country",
        about: "the country’s name",
        groups: (&["country"], &[]),
        set: &[],
        list: (false, false),
    },
];

/// The kinds and units that a rule may set.
pub(super) const KINDS: &[&str] =
    &["rating", "score", "count", "share", "money", "ratio", "rank", "population_share", "seats", "vote_share"];
pub(super) const UNITS: &[&str] =
    &["score", "percent", "people", "count", "usd", "eur", "per usd", "rank", "years", "seats", "votes"];

/// Groups of a list's members, and of what closes a list.
const MEMBER_GROUPS: &[&str] =
    &["subject", "value", "of", "share", "approx", "mainly", "year", "from", "from_year", "also"];
const CLOSE_GROUPS: &[&str] = &["date", "approx"];
/// Groups that the pieces of the language have, whatever reads them.
const FREE_GROUPS: &[&str] = &["where", "basis", "year", "vote", "approx"];

/// What a reader takes.
pub fn takes(reads: Reads) -> Option<&'static Takes> {
    READERS.iter().find(|takes| takes.reads == reads)
}

/// Something wrong in a grammar file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file as it was named.
    pub file: String,
    /// Counted from 1; 0 where it has no place.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
    /// The rule, the column, the scale … it is in.
    pub inside: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        let inside = if self.inside.is_empty() { String::new() } else { format!("{}: ", self.inside) };
        write!(f, ": {inside}{}; {}", self.what, self.hint)
    }
}

/// Faults as they are found in one file.
pub(super) struct Faults<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub found: Vec<Fault>,
}

impl Faults<'_> {
    pub fn add(&mut self, at: usize, inside: &str, what: impl Into<String>, hint: impl Into<String>) {
        let before = self.text.get(..at.min(self.text.len())).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let (file, inside) = (self.file.to_owned(), inside.to_owned());
        self.found.push(Fault { file, line, column, inside, what: what.into(), hint: hint.into() });
    }
}

/// The tables of a file; where it is no TOML, or has keys that no table knows, one fault that says so.
pub(super) fn parse(file: &str, text: &str) -> Result<File, Fault> {
    toml::from_str::<File>(text).map_err(|error| {
        let mut faults = Faults { file, text, found: Vec::new() };
        let at = error.span().map_or(0, |span| span.start);
        let message = error.message().trim_end_matches('.').replace('\n', ", ");
        faults.add(at, "", message, "“Report families” in the README has every table and key");
        faults.found.remove(0)
    })
}

/// What no reader can use, in every rule, scale and category.
pub(super) fn check(file: &File, faults: &mut Faults<'_>) {
    if file.name.trim().is_empty() {
        faults.add(0, "", "the family has no name", "add `name = \"…\"` at the top");
    }
    for (n, scale) in file.scale.iter().enumerate() {
        let (at, scale) = (scale.span().start, scale.get_ref());
        let inside = named("scale", &scale.id);
        let same = |other: &&Spanned<ScaleFile>| other.get_ref().id == scale.id && meet(other.get_ref(), scale);
        if let Some(other) = file.scale.iter().take(n).find(same) {
            let what = match scale.id.as_str() {
                "" => "another scale without an `id` is of the same editions".to_owned(),
                id => format!("another scale `{id}` is of the same editions"),
            };
            let hint =
                format!("give one of them another `id`, or each its `from` and `to` ({})", ends(other.get_ref()));
            faults.add(at, &inside, what, hint);
        }
        if scale.min >= scale.max {
            faults.add(at, &inside, format!("`min` {} is not below `max` {}", scale.min, scale.max), "give both ends");
        }
        if !["low", "high"].contains(&scale.best.get_ref().as_str()) {
            let what = format!("`best` is `{}`", scale.best.get_ref());
            faults.add(scale.best.span().start, &inside, what, "write `low` or `high`");
        }
        let out = |(from, to, _): &&(Decimal, Decimal, String)| from >= to || *from < scale.min || *to > scale.max;
        if let Some((from, to, name)) = scale.bands.iter().find(out) {
            let what = format!("the band `{name}` from {from} to {to} does not lie on the scale");
            faults.add(at, &inside, what, format!("keep it between {} and {}", scale.min, scale.max));
        }
    }
    for category in &file.category {
        let (at, category) = (category.span().start, category.get_ref());
        let inside = named("category", category.names.first().map_or("", String::as_str));
        if category.names.is_empty() {
            faults.add(at, &inside, "it has no name", "add `names = [\"…\"]`");
        }
        unknown_scale(file, faults, at, &inside, &category.scale);
    }
    for recut in &file.recut {
        check_recut(file, recut, faults);
    }
    for rule in &file.rule {
        check_rule(file, rule, faults);
    }
}

/// One category becomes several, or several one; all of them are the file's.
fn check_recut(file: &File, recut: &Spanned<RecutFile>, faults: &mut Faults<'_>) {
    let (at, recut) = (recut.span().start, recut.get_ref());
    let inside = named("recut", &recut.edition.to_string());
    let known = |name: &String| file.category.iter().any(|category| category.get_ref().names.contains(name));
    for name in recut.from.iter().chain(&recut.into).filter(|name| !known(name)) {
        faults.add(at, &inside, format!("there is no category `{name}`"), "name one of the `[[category]]` tables");
    }
    if recut.from.is_empty() || recut.into.is_empty() || recut.from.len() == recut.into.len() {
        let what = format!("it makes {} of {}", recut.into.len(), recut.from.len());
        faults.add(at, &inside, what, "name one category that became several, or several that became one");
    }
}

/// Whether some edition has both scales.
fn meet(a: &ScaleFile, b: &ScaleFile) -> bool {
    let from = a.from.into_iter().chain(b.from).max();
    let to = a.to.into_iter().chain(b.to).min();
    from.zip(to).is_none_or(|(from, to)| from <= to)
}

/// `the other is from 1 to 7`.
fn ends(scale: &ScaleFile) -> String {
    format!("the other is from {} to {}", scale.min, scale.max)
}

fn check_rule(file: &File, rule: &Spanned<RuleFile>, faults: &mut Faults<'_>) {
    let (at, rule) = (rule.span().start, rule.get_ref());
    let inside = named("rule", &rule.id);
    let Some(takes) = takes(rule.reads) else { return };
    let list = |what: &str| format!("`reads = \"{}\"` knows no `{what}`", takes.id);
    if let Some(then) = rule.then.as_ref().filter(|_| !takes.list.0) {
        faults.add(then.span().start, &inside, list("then"), "leave it out, or read it with another reader");
    }
    if let Some(close) = rule.close.as_ref().filter(|_| !takes.list.1) {
        faults.add(close.span().start, &inside, list("close"), "leave it out, or read it with another reader");
    }
    if takes.list.1 && rule.then.is_none() {
        faults.add(at, &inside, "the list has no members", "add `then`: the shape of each member");
    }
    for key in rule.set.keys().filter(|key| !takes.set.contains(&key.get_ref().as_str())) {
        let what = format!("`reads = \"{}\"` knows no setting `{}`", takes.id, key.get_ref());
        faults.add(key.span().start, &inside, what, one_of("settings", takes.set));
    }
    for (key, value) in &rule.set {
        let at = key.span().start;
        let known = match key.get_ref().as_str() {
            "scale" => {
                unknown_scale(file, faults, at, &inside, value);
                continue;
            }
            "kind" => KINDS,
            "unit" => UNITS,
            "category" => &["heading"],
            _ => continue,
        };
        if !known.contains(&value.as_str()) {
            faults.add(at, &inside, format!("there is no {} `{value}`", key.get_ref()), one_of("values", known));
        }
    }
    let sets = |name: &str| rule.set.keys().any(|key| key.get_ref() == name);
    if matches!(rule.reads, Reads::Line | Reads::Figure) && !sets("kind") {
        faults.add(at, &inside, "nothing says what kind of fact it is", "add `kind` to `set`");
    }
}

fn unknown_scale(file: &File, faults: &mut Faults<'_>, at: usize, inside: &str, id: &str) {
    if !file.scale.iter().any(|scale| scale.get_ref().id == id) {
        let known: Vec<&str> = file.scale.iter().map(|scale| scale.get_ref().id.as_str()).collect();
        faults.add(at, inside, format!("there is no scale `{id}`"), one_of("scales", &known));
    }
}

/// A part of a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// `pattern`.
    Pattern,
    /// `then`.
    Then,
    /// `close`.
    Close,
}

/// The groups of a compiled pattern against those that its reader knows.
pub(super) fn check_groups(
    takes: &Takes,
    part: Part,
    inside: &str,
    at: usize,
    names: &[&str],
    faults: &mut Faults<'_>,
) {
    let (needed, more): (&[&str], &[&str]) = match part {
        Part::Pattern => takes.groups,
        Part::Then => (&["value"], MEMBER_GROUPS),
        Part::Close => (&["date"], CLOSE_GROUPS),
    };
    let known = |name: &str| [needed, more, FREE_GROUPS].iter().any(|list| list.contains(&name));
    for name in names.iter().filter(|name| !known(name)) {
        let mut known: Vec<&str> = needed.iter().chain(more).copied().collect();
        known.dedup();
        let what = format!("`reads = \"{}\"` knows no group `{name}` here", takes.id);
        faults.add(at, inside, what, one_of("groups", &known));
    }
    if !names.iter().any(|name| needed.contains(name)) {
        let what = format!("the pattern marks no `{}`", needed.join("` or `"));
        faults.add(at, inside, what, format!("put `(?P<{}>…)` around what it is", needed.first().unwrap_or(&"value")));
    }
}

/// `its groups are `a`, `b``.
pub(super) fn one_of(what: &str, known: &[&str]) -> String {
    if known.is_empty() || known == [""] {
        return format!("it has no {what}");
    }
    format!("its {what} are `{}`", known.join("`, `"))
}

/// `rule `seats``.
pub(super) fn named(kind: &str, id: &str) -> String {
    if id.is_empty() { kind.to_owned() } else { format!("{kind} `{id}`") }
}
