//! The words by which the systems of a report are known (`assets/language/systems.toml`), and words cut for labels.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
    sync::LazyLock,
};

use serde::Deserialize;

const SYSTEMS: &str = include_str!("../../assets/language/systems.toml");

/// Sets of words in lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cues {
    /// Words that begin or end no label.
    pub edges: HashSet<String>,
    /// Words with which a clause goes on to something else, or to when and where.
    pub going_on: HashSet<String>,
    /// Words that hang a clause on the one before.
    pub relatives: HashSet<String>,
    /// Words right before a date that only place it.
    pub at_dates: HashSet<String>,
    /// Words right before a date that bound it.
    pub bounds_of_dates: HashSet<String>,
    /// Words between two dates.
    pub joints: HashSet<String>,
    /// Words before a date that is an attribute.
    pub determiners: HashSet<String>,
    /// Nouns that name what ranks countries.
    pub indexes: HashSet<String>,
    /// Nouns of elected bodies …
    pub councils: HashSet<String>,
    /// … and the words for where.
    pub local: HashSet<String>,
    /// Nouns of those who won seats.
    pub victors: HashSet<String>,
    /// What those are called who belong to no party.
    pub independents: HashSet<String>,
    /// Nouns of groups of citizens.
    pub organisations: HashSet<String>,
    /// Words for being on the books.
    pub registered: HashSet<String>,
    /// Whoever was asked.
    pub respondents: HashSet<String>,
    /// Nouns of who belongs to a party.
    pub members: HashSet<String>,
    /// Words by which a party claims members.
    pub claims: HashSet<String>,
    /// What a party must gather.
    pub signatures: HashSet<String>,
    /// Words for what held before.
    pub previous: HashSet<String>,
    /// `Its`: what was named in the sentence before.
    pub owners: HashSet<String>,
    /// Words before a sum that is parted behind it.
    pub wholes: Vec<String>,
    /// Verbs by which a part of a sum is given.
    pub receives: HashSet<String>,
    /// What an economy is told by.
    pub economy: BTreeMap<String, Vec<String>>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| toml::from_str(SYSTEMS).unwrap_or_default());

/// The words.
pub fn cues() -> &'static Cues {
    &CUES
}

/// A word in lower case, without the signs around it.
pub fn bare(word: &str) -> Cow<'_, str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    // Most words are in lower case already.
    match word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        true => Cow::Borrowed(word),
        false => Cow::Owned(word.to_lowercase()),
    }
}

/// Whether one of the words of a text is in a set.
pub fn has(text: &str, set: &HashSet<String>) -> bool {
    text.split_whitespace().any(|word| set.contains(&*bare(word)))
}

/// Signs at which a clause ends.
const STOPS: &[char] = &[',', ';', ':', '(', ')', '.', '"', '“', '”', '–', '—'];

/// The end of the last clause of some words: what stands behind their last stop.
pub fn last_clause(words: &str) -> &str {
    let from = stops(words).last().map_or(0, |(at, len)| at + len);
    words.get(from..).unwrap_or_default().trim()
}

/// The first clause of some words: what stands before their first stop.
pub fn first_clause(words: &str) -> &str {
    let to = stops(words).next().map_or(words.len(), |(at, _)| at);
    words.get(..to).unwrap_or_default().trim()
}

/// Where clauses end: a comma or point inside a number or a word ends none.
fn stops(words: &str) -> impl Iterator<Item = (usize, usize)> {
    let ends = |(at, c): (usize, char)| {
        let next = words[at + c.len_utf8()..].chars().next();
        let inside = matches!(c, ',' | '.') && next.is_some_and(char::is_alphanumeric);
        // `U.S. court`: a point behind a capital ends no clause.
        let initial = c == '.' && words[..at].ends_with(char::is_uppercase);
        (STOPS.contains(&c) && !inside && !initial).then_some((at, c.len_utf8()))
    };
    // Most words hold no dash, and to see that is quicker than to look for each.
    let dashes = ["--", " - "].into_iter().filter(|dash| words.contains(dash));
    let dashes = dashes.flat_map(|dash| words.match_indices(dash));
    let dashes = dashes.map(|(at, dash)| (at, dash.len()));
    let mut all: Vec<(usize, usize)> = words.char_indices().filter_map(ends).chain(dashes).collect();
    all.sort_unstable();
    all.into_iter()
}

fn is_edge(word: &str) -> bool {
    let bare = bare(word);
    bare.is_empty() || cues().edges.contains(&*bare)
}

/// Whether words go on with something else: `and is expected …`.
pub fn goes_on(words: &str) -> bool {
    words.split_whitespace().next().is_some_and(|word| cues().going_on.contains(&*bare(word)))
}

/// The words of a clause before a number, without a bound that belongs to the number (`almost`).
pub fn without_bound<'w>(before: &'w str, bound: Option<&str>) -> &'w str {
    let before = before.trim_end();
    bound.and_then(|bound| before.strip_suffix(bound)).unwrap_or(before).trim_end()
}

/// The last words of some words, no longer than `most` characters, with `…` where more stood before them.
pub fn tail(words: &str, most: usize) -> String {
    let mut all: Vec<&str> = words.split_whitespace().collect();
    while all.last().is_some_and(|word| is_edge(word)) {
        all.pop();
    }
    let mut from = all.len();
    let mut length = 0;
    while from > 0 && length + all[from - 1].chars().count() < most {
        length += all[from - 1].chars().count() + 1;
        from -= 1;
    }
    let cut = from > 0;
    while from < all.len() && is_edge(all[from]) {
        from += 1;
    }
    let kept = all[from..].join(" ");
    let kept = kept.trim_end_matches(STOPS).to_owned();
    if cut && !kept.is_empty() { format!("…{kept}") } else { kept }
}

/// The first words of some words, no longer than `most` characters, with `…` where more stand behind them.
pub fn head(words: &str, most: usize) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    let from = all.iter().take_while(|word| is_edge(word)).count();
    let mut to = from;
    let mut length = 0;
    while to < all.len() && length + all[to].chars().count() < most {
        length += all[to].chars().count() + 1;
        to += 1;
    }
    let cut = to < all.len();
    while to > from && is_edge(all[to - 1]) {
        to -= 1;
    }
    let kept = all[from..to].join(" ");
    if cut && !kept.is_empty() { format!("{kept}…") } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_systems_load() {
        if let Err(error) = toml::from_str::<Cues>(SYSTEMS) {
            panic!("{error}");
        }
    }

    #[test]
    fn labels_are_cut_between_words_and_say_so() {
        assert_eq!(tail("the council of the old harbour was dissolved", 24), "…harbour was dissolved");
        assert_eq!(head("the council of the old harbour was dissolved", 16), "council…");
        assert_eq!(tail("the programme for", 40), "programme");
        assert_eq!(head("two towns", 40), "two towns");
        assert_eq!(last_clause("In 1,200 towns, the U.S. embassy said"), "the U.S. embassy said");
        assert_eq!(first_clause("rose by 1.5 points, then fell"), "rose by 1.5 points");
    }
}
