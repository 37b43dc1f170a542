//! Report families as data: how a family is recognised, its scales, and the patterns that read its sentences.
//!
//! A grammar is a TOML file. `[words]` holds pieces of patterns; `{piece}` in a pattern stands for one of them,
//! `{n}` for any number, in digits or words, and `{name}` for a proper name. A `[[rule]]` reads one shape of sentence: `reads` names the reader that
//! makes facts of it, `pattern` its shape, and the named groups of the pattern say what stands where. `then` is the
//! shape of each further member of a list (`…, Blues 11 seats (7.07 percent), and …`).

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;
use serde::Deserialize;

use super::words;
use crate::{error::Error, source::Decimal};

const FILES: &[(&str, &str)] = &[
    ("english", include_str!("../../assets/grammars/english.toml")),
    ("nations-in-transit", include_str!("../../assets/grammars/nations-in-transit.toml")),
];

/// What makes facts of a rule's matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// A category's score: groups `value`, `from`, `change`, `better`, `worse`, `category`.
    Rating,
    /// Seats of a list: groups `value`, `of`, `share`, `subject`, `zero`.
    Seats,
    /// Names a chamber: group `chamber`.
    House,
    /// Seats of a chamber or tier: groups `value`, `chamber`.
    Chamber,
    /// Share of a vote: groups `value`, `subject`.
    VoteShare,
    /// A legal threshold: group `value`.
    Threshold,
    /// A group's share: groups `subject`, `value`, `year`, `from`, `from_year`, `basis`, `current`, `mainly`.
    Share,
    /// Names a party, an alliance or its short name: groups `name`, `short`.
    Name,
    /// Names the country: group `country`.
    Country,
}

/// A compiled rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name in messages.
    pub id: String,
    /// What makes facts of it.
    pub reads: Reads,
    /// Its shape.
    pub pattern: Regex,
    /// The shape of each further member of a list.
    pub then: Option<Regex>,
    /// A sentence of seats, chambers, thresholds or votes must hold one of these; empty: any.
    pub needs: Vec<String>,
    /// Settings the reader knows.
    pub set: BTreeMap<String, String>,
}

/// A scale of some editions.
#[derive(Clone, Debug, Deserialize)]
pub struct ScaleDef {
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
    /// Where the classes are published.
    pub reference: String,
    /// Classes: from, to, name.
    pub bands: Vec<(Decimal, Decimal, String)>,
}

/// Categories that an edition rated for the first time.
#[derive(Clone, Debug, Deserialize)]
pub struct FirstRated {
    /// The edition.
    pub edition: i32,
    /// The categories.
    pub categories: Vec<String>,
    /// Where it is said.
    pub reference: String,
}

/// A column of a run-together table header.
#[derive(Debug)]
pub struct ColumnDef {
    /// What it holds: a tier's id, or `party`.
    pub id: String,
    /// How it is written.
    pub pattern: Regex,
}

/// A report family.
#[derive(Debug)]
pub struct Grammar {
    /// Its id: the file's name.
    pub id: String,
    /// The series' name.
    pub name: String,
    /// How its title reads: groups `edition`, `country`.
    pub title: Option<Regex>,
    /// Scales by edition.
    pub scales: Vec<ScaleDef>,
    /// First ratings by edition.
    pub first_rated: Vec<FirstRated>,
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

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    name: String,
    title: Option<String>,
    words: BTreeMap<String, String>,
    scale: Vec<ScaleDef>,
    first_rated: Vec<FirstRated>,
    rule: Vec<RuleFile>,
    column: Vec<ColumnFile>,
    no_group: Vec<String>,
    chambers: Vec<String>,
    covers: Option<i32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: String,
    reads: Reads,
    pattern: String,
    then: Option<String>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    set: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnFile {
    id: String,
    pattern: String,
}

/// Every family, the plain language first.
static FAMILIES: LazyLock<Vec<Grammar>> = LazyLock::new(|| {
    let language = FILES.first().map(|(_, text)| *text);
    FILES.iter().filter_map(|(id, text)| Grammar::parse(id, text, language.filter(|l| l != text)).ok()).collect()
});

/// The family that a title belongs to; the plain language where none does.
pub fn for_title(title: &str) -> Option<&'static Grammar> {
    let named = FAMILIES.iter().find(|family| family.title.as_ref().is_some_and(|regex| regex.is_match(title)));
    named.or_else(|| FAMILIES.first())
}

/// The family with this id.
pub fn by_id(id: &str) -> Option<&'static Grammar> {
    FAMILIES.iter().find(|family| family.id == id)
}

/// The family of a series by its name, letter case aside.
pub fn by_name(name: &str) -> Option<&'static Grammar> {
    FAMILIES.iter().find(|family| family.title.is_some() && family.name.eq_ignore_ascii_case(name))
}

impl Grammar {
    /// Reads a grammar file; `language` is the file whose words and rules it builds on.
    ///
    /// # Errors
    /// Where the TOML, a piece of a pattern or a pattern is wrong; the message names the rule.
    pub fn parse(id: &str, text: &str, language: Option<&str>) -> Result<Self, Error> {
        let wrong = |what: String| Error::read(format!("{id}.toml"), what, "mend the grammar");
        let parse = |text: &str| toml::from_str::<File>(text).map_err(|error| wrong(error.to_string()));
        let mut file = parse(text)?;
        if let Some(language) = language {
            let base = parse(language)?;
            for (key, piece) in base.words {
                file.words.entry(key).or_insert(piece);
            }
            file.rule.extend(base.rule);
            file.column.extend(base.column);
            file.no_group.extend(base.no_group);
            file.chambers.extend(base.chambers);
        }
        let compile = |rule: &str, pattern: &str| {
            let expanded = expand(pattern, &file.words)
                .map_err(|piece| wrong(format!("`{rule}` uses `{{{piece}}}`, which [words] lacks")))?;
            Regex::new(&words::plain_bounds(&words::loose(&expanded)))
                .map_err(|error| wrong(format!("the pattern of `{rule}` is wrong: {error}")))
        };
        let rules = file
            .rule
            .iter()
            .map(|rule| {
                Ok(Rule {
                    id: rule.id.clone(),
                    reads: rule.reads,
                    pattern: compile(&rule.id, &rule.pattern)?,
                    then: rule.then.as_ref().map(|then| compile(&rule.id, &format!("^(?:{then})"))).transpose()?,
                    needs: rule.needs.clone(),
                    set: rule.set.clone(),
                })
            })
            .collect::<Result<Vec<_>, Error>>()?;
        let columns = file
            .column
            .iter()
            .map(|column| {
                let pattern = compile(&column.id, &format!("^(?:{})", column.pattern))?;
                Ok(ColumnDef { id: column.id.clone(), pattern })
            })
            .collect::<Result<Vec<_>, Error>>()?;
        Ok(Self {
            id: id.to_owned(),
            title: file.title.as_deref().map(|pattern| compile("title", pattern)).transpose()?,
            name: file.name,
            scales: file.scale,
            first_rated: file.first_rated,
            rules,
            columns,
            no_group: file.no_group,
            chambers: file.chambers,
            covers: file.covers,
        })
    }

    /// The scale of an edition.
    pub fn scale(&self, edition: Option<i32>) -> Option<&ScaleDef> {
        let edition = edition?;
        self.scales
            .iter()
            .find(|scale| scale.from.is_none_or(|y| y <= edition) && scale.to.is_none_or(|y| edition <= y))
    }

    /// Rules that one reader uses, in order.
    pub fn rules(&self, reads: Reads) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.reads == reads)
    }
}

/// Puts the pieces into a pattern; pieces may use pieces.
fn expand(pattern: &str, pieces: &BTreeMap<String, String>) -> Result<String, String> {
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
                        _ => pieces.get(name).map(String::as_str),
                    };
                    let Some(piece) = piece else { return Err(name.to_owned()) };
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
    Err("a piece that holds itself".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_grammar_in_the_binary_compiles() {
        let language = FILES[0].1;
        for (id, text) in FILES {
            let base = (*text != language).then_some(language);
            if let Err(error) = Grammar::parse(id, text, base) {
                panic!("{error}");
            }
        }
    }

    #[test]
    fn a_wrong_piece_is_named() {
        let text = "name = \"x\"\n[[rule]]\nid = \"r\"\nreads = \"seats\"\npattern = '{nothing}'\n";
        let error = Grammar::parse("x", text, None).unwrap_err().to_string();
        assert!(error.contains("`r` uses `{nothing}`"), "{error}");
    }
}
