//! The words that tell what a number counts, measures or names: `assets/language/english.toml`, made quick to ask.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::LazyLock,
};

use serde::Deserialize;

const ENGLISH: &str = include_str!("../../assets/language/english.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    stops: Vec<String>,
    plurals: Vec<String>,
    no_plurals: Vec<String>,
    gerunds: Vec<String>,
    people: Vec<String>,
    groups_of_people: Vec<String>,
    time_asides: Vec<String>,
    bounds: Vec<String>,
    no_bounds: Vec<String>,
    denials: Vec<String>,
    superlatives: Vec<String>,
    no_superlatives: Vec<String>,
    rank_verbs: Vec<String>,
    score_words: Vec<String>,
    elliptic_verbs: Vec<String>,
    determiners: Vec<String>,
    examples: Vec<String>,
    order_nouns: Vec<String>,
    attributes: Vec<String>,
    rank_nouns: Vec<String>,
    idioms: BTreeMap<String, Vec<String>>,
    labels: BTreeMap<String, Vec<String>>,
    time: BTreeMap<String, Vec<String>>,
    measures: BTreeMap<String, Vec<String>>,
    money: BTreeMap<String, Vec<String>>,
}

/// Sets of words, and phrases by their first word.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub stops: HashSet<String>,
    plurals: HashSet<String>,
    no_plurals: HashSet<String>,
    pub gerunds: HashSet<String>,
    people: HashSet<String>,
    pub groups_of_people: HashSet<String>,
    pub time_asides: HashSet<String>,
    /// Longest first.
    pub bounds: Vec<Vec<String>>,
    pub no_bounds: HashSet<String>,
    pub denials: HashSet<String>,
    superlatives: HashSet<String>,
    no_superlatives: HashSet<String>,
    pub rank_verbs: HashSet<String>,
    pub score_words: HashSet<String>,
    pub elliptic_verbs: HashSet<String>,
    pub determiners: HashSet<String>,
    pub examples: HashSet<String>,
    pub order_nouns: HashSet<String>,
    pub attributes: HashSet<String>,
    pub rank_nouns: HashSet<String>,
    /// What it is no quantity for, and its words.
    pub idioms: Vec<(String, Vec<String>)>,
    /// A label's word, and what it labels.
    pub labels: HashMap<String, String>,
    pub time: HashMap<String, String>,
    measures: Units,
    money: Units,
}

/// Units by the first word of what names them, longest names first.
type Units = HashMap<String, Vec<(Vec<String>, String)>>;

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| toml::from_str::<File>(ENGLISH).map(Lexicon::of).unwrap_or_default());

/// The words of the language.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn of(file: File) -> Self {
        let set = |words: Vec<String>| words.into_iter().collect::<HashSet<String>>();
        let split = |phrase: &String| phrase.split(' ').map(str::to_owned).collect::<Vec<String>>();
        let mut bounds: Vec<Vec<String>> = file.bounds.iter().map(split).collect();
        bounds.sort_by_key(|words| std::cmp::Reverse(words.len()));
        let mut idioms: Vec<(String, Vec<String>)> = file
            .idioms
            .iter()
            .flat_map(|(why, phrases)| phrases.iter().map(move |phrase| (why.clone(), split(phrase))))
            .collect();
        idioms.sort_by_key(|(_, words)| std::cmp::Reverse(words.len()));
        let turned = |units: &BTreeMap<String, Vec<String>>| {
            units.iter().flat_map(|(unit, words)| words.iter().map(|word| (word.clone(), unit.clone()))).collect()
        };
        Self {
            stops: set(file.stops),
            plurals: set(file.plurals),
            no_plurals: set(file.no_plurals),
            gerunds: set(file.gerunds),
            people: set(file.people),
            groups_of_people: set(file.groups_of_people),
            time_asides: set(file.time_asides),
            bounds,
            no_bounds: set(file.no_bounds),
            denials: set(file.denials),
            superlatives: set(file.superlatives),
            no_superlatives: set(file.no_superlatives),
            rank_verbs: set(file.rank_verbs),
            score_words: set(file.score_words),
            elliptic_verbs: set(file.elliptic_verbs),
            determiners: set(file.determiners),
            examples: set(file.examples),
            order_nouns: set(file.order_nouns),
            attributes: set(file.attributes),
            rank_nouns: set(file.rank_nouns),
            idioms,
            labels: turned(&file.labels),
            time: turned(&file.time),
            measures: units(&file.measures),
            money: units(&file.money),
        }
    }

    /// Whether a word in lower case is a plural noun by its form.
    pub fn is_plural(&self, word: &str) -> bool {
        if self.plurals.contains(word) {
            return true;
        }
        if self.no_plurals.contains(word) || self.stops.contains(word) {
            return false;
        }
        // `sons-in-law`: the plural stands inside.
        if let Some((head, _)) = word.split_once("-in-").or_else(|| word.split_once("-at-")) {
            return self.is_plural(head);
        }
        let no_plural_ending = ["ss", "us", "is", "'s", "’s", "ous"].iter().any(|end| word.ends_with(end));
        word.len() > 3 && (word.ends_with('s') || word.ends_with("(s)")) && !no_plural_ending
    }

    /// Whether a plural noun counts people.
    pub fn is_people(&self, noun: &str) -> bool {
        self.people.contains(noun) || noun.rsplit('-').next().is_some_and(|last| self.people.contains(last))
    }

    /// Whether a word says that nothing goes beyond: `highest`, `most`.
    pub fn is_superlative(&self, word: &str) -> bool {
        self.superlatives.contains(word)
            || word.len() > 5 && word.ends_with("est") && !self.no_superlatives.contains(word)
    }

    /// The unit that these words begin with, and how many words name it.
    pub fn measure<'w>(&self, words: impl Fn(usize) -> Option<&'w str>) -> Option<(&str, usize)> {
        unit(&self.measures, words)
    }

    /// The currency that these words begin with, and how many words name it.
    pub fn currency<'w>(&self, words: impl Fn(usize) -> Option<&'w str>) -> Option<(&str, usize)> {
        unit(&self.money, words)
    }
}

fn units(names: &BTreeMap<String, Vec<String>>) -> Units {
    let mut units = Units::new();
    for (unit, phrases) in names {
        for phrase in phrases {
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            if let Some(first) = words.first().cloned() {
                units.entry(first).or_default().push((words, unit.clone()));
            }
        }
    }
    units.values_mut().for_each(|list| list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
    units
}

fn unit<'u, 'w>(units: &'u Units, words: impl Fn(usize) -> Option<&'w str>) -> Option<(&'u str, usize)> {
    let named = units.get(words(0)?)?;
    let fits = |phrase: &[String]| phrase.iter().enumerate().all(|(i, word)| words(i) == Some(word.as_str()));
    named.iter().find(|(phrase, _)| fits(phrase)).map(|(phrase, unit)| (unit.as_str(), phrase.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_language_load() {
        if let Err(error) = toml::from_str::<File>(ENGLISH) {
            panic!("{error}");
        }
    }

    #[test]
    fn plurals_are_known_by_their_form() {
        for word in ["candidates", "parties", "women", "sons-in-law", "ngos", "migrant(s)"] {
            assert!(lexicon().is_plural(word), "{word}");
        }
        for word in ["previous", "was", "process", "crisis", "country's", "seat"] {
            assert!(!lexicon().is_plural(word), "{word}");
        }
    }

    #[test]
    fn the_longest_name_of_a_unit_is_taken() {
        let words = ["barrels", "per", "day", "to"];
        assert_eq!(lexicon().measure(|i| words.get(i).copied()), Some(("barrels per day", 3)));
        assert_eq!(lexicon().measure(|i| words.get(i + 1).copied()), None);
    }
}
