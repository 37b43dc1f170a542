//! Whose a number is: the party a verb belongs to, and the time a sentence speaks of.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    claims::{Page, Period},
    doubt,
    lexicon::lexicon,
    names::{Hit, clean},
    numeral::Numeral,
    words,
};
use crate::source::Span;

/// Whose: one name, or several together.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Subject {
    /// One party, or a group of people as the sentence names it.
    One(String),
    /// Several names joined as one subject.
    Several(Vec<String>),
}

impl Subject {
    pub fn label(&self) -> String {
        match self {
            Self::One(name) => name.clone(),
            Self::Several(names) => names.join(" + "),
        }
    }
}

struct Patterns {
    relative: Regex,
    participle: Regex,
    anaphor: Regex,
    direct: Regex,
    joint: Regex,
    bare: Regex,
    auxiliaries: Regex,
    indirect: Regex,
    name: Regex,
    of_a_kind: Regex,
    list: Regex,
    unaffiliated: Regex,
    opening: Regex,
    election_behind: Regex,
    election_before: Regex,
    election_held: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let name = words::NAME;
    Some(Patterns {
        relative: Regex::new(r",? (?:which|who|that)(?: (?:has|have|had|also|then|subsequently))?\s*$").ok()?,
        // `, which cooperated with …,` and `, founded in … by …,` may hold commas of their own.
        participle: Regex::new(r", (?:which|who|whose|where|founded|formed|led|headed|created|established|backed|supported) [^;]*,\s*$").ok()?,
        anaphor: Regex::new(
            r"(?i)(?:^|[\s(])(?:(?:the|that|this) (?:party|bloc|alliance|coalition|movement)|it|they)(?: (?:then|also|only|ultimately|eventually|itself))*\s*$",
        )
        .ok()?,
        // The words right before a verb, adverbs aside.
        direct: Regex::new(&format!(
            r"(?:^|[\s(“\x22])(?P<name>{name})[”\x22]?(?: candidates?| party| bloc| alliance| coalition| together| alone)?(?: (?:also|only|ultimately|eventually|subsequently|then|each|both|again|narrowly|reportedly))*\s*$"
        ))
        .ok()?,
        joint: Regex::new(r"^[”\x22*]?(?:\s*\([^)]*\))?(?:,? and (?:the |by )?|, (?:and )?(?:the |by )?(?:electoral (?:bloc|alliance) |bloc |party )?)[“\x22]?$").ok()?,
        bare: Regex::new(r"^(?P<words>\p{Lu}[\p{L}’-]+(?: \p{Ll}+)?)\s*$").ok()?,
        auxiliaries: Regex::new(r"(?:(?-u:\b)(?:was|were|is|has|have|had|did|could|would|able to)\s+)+$").ok()?,
        // A name that only leads, backs or makes up whoever the verb belongs to.
        indirect: Regex::new(r"(?-u:\b)(?:led|backed|headed|supported|founded|formed|represented|joined|ahead|instead) (?:by|of) (?:the )?(?:[\p{Ll}-]+ )*[“\x22]?$|(?-u:\b)(?:and|with) (?:its|their) (?:[\p{Ll}-]+ )*(?:partners?|all(?:y|ies)),? (?:the )?[“\x22]?$").ok()?,
        name: Regex::new(&format!(r"^(?:the )?[“\x22]?(?P<name>{name})[”\x22]?$")).ok()?,
        // `The ruling party, …`, `President X’s party, …`: what follows in commas is its name.
        of_a_kind: Regex::new(
            r"(?:^|[,;] )(?:[Tt]he|[Aa]|(?:\p{Lu}[\p{L}-]* )*\p{Lu}[\p{L}-]*['’]s) (?P<mid>(?:[\p{Ll}-]+ ){0,3})(?:party|bloc|alliance|movement|coalition(?: of (?:[\p{Ll}-]+ )?parties)?)\s*$",
        )
        .ok()?,
        list: Regex::new(&format!(
            r"(?:^|[,;:] |\bwhile )(?:the )?(?P<list>(?:{name}, (?:the )?)*{name},? and (?:the )?{name})[,\s]*$"
        ))
        .ok()?,
        unaffiliated: Regex::new(
            r"(?:^|[,;] (?:and )?|\band )(?P<who>(?i:independents|(?:independent|nonpartisan|unaffiliated) (?:candidates|deputies)))\s*$",
        )
        .ok()?,
        // `In the 2016 elections, …`: a phrase that a clause opens with, not the first name of a list.
        opening: Regex::new(r"^(?:In|At|During|After|Following) (?:the )?[^,;]*\d{4}[^,;]*,\s*(?:the )?[“\x22]?$").ok()?,
        election_behind: Regex::new(
            r"^[\s’'s]*(?:[\p{L}-]+ ){0,3}?(?i:elections?|parliament\w*|polls?|vote|voting|ballot|balloting|legislature|results?)\b",
        )
        .ok()?,
        // `Parliamentary elections were held in December 2006.`
        election_held: Regex::new(r"(?i)elections?(?: to the \w+)? (?:(?:were|was) (?:held|conducted)|took place)(?: early)? (?:in|on)(?: early| late)?\s*$").ok()?,
        election_before: Regex::new(r"(?i)(?:elections?|vote|polls?|elected|balloting)(?: to the \w+)?(?: (?:of|in|held in|held on|on))?(?: early| late)?\s*$").ok()?,
    })
});

/// Whose the verb at `verb` is, in a sentence; `None` where the sentence does not say it plainly.
pub(super) fn before(page: &Page, sentence: Span, verb: usize, previous: Option<Span>) -> Option<Subject> {
    let patterns = PATTERNS.as_ref()?;
    let whole = page.plain(Span::new(sentence.start, verb));
    let mut words = clause(&whole);
    let each = words.trim_end().strip_suffix("each").filter(|rest| rest.ends_with(' ')).map(str::to_owned);
    if let Some(before_each) = &each {
        before_each.clone_into(&mut words);
    }
    if let Some(relative) = patterns.relative.find(&words) {
        let hits = page.names.hits(&words[..relative.start()]);
        let last = hits.last().filter(|hit| words[hit.span.end..relative.start()].trim_matches(['"', '”']).is_empty());
        return last.map(|hit| Subject::One(written(&words, *hit)));
    }
    // `Reds and Blues made gains, winning …`: a participle belongs to the subject of the clause before it.
    let verb_word = page.words(Span::new(verb, sentence.end)).split_whitespace().next().unwrap_or_default();
    if verb_word.ends_with("ing") && words.trim_end().ends_with(',') {
        return leading(page, patterns, &words);
    }
    let words = patterns.auxiliaries.replace(&words, "").into_owned();
    if patterns.anaphor.is_match(&words) {
        return antecedent(page, &whole, previous);
    }
    let words = without_participle(patterns, &words);
    // `A and B each won 7 seats`: whose they are only a list of names says.
    if each.is_some() {
        return listed(page, patterns, &words);
    }
    if let Some(who) = patterns.unaffiliated.captures(&words).and_then(|found| found.name("who")) {
        return Some(Subject::One(who.as_str().to_owned()));
    }
    let (words, inserted) = without_insertion(page, patterns, &words);
    // `That party, the Greens of the North, won …`: the insertion is the name.
    let of_a_kind = inserted.is_some()
        && patterns.of_a_kind.captures(&words).is_some_and(|found| !found["mid"].split(' ').any(|word| word == "of"));
    if of_a_kind || patterns.anaphor.is_match(&words) {
        // `The leader of the party, …`: not the party's name.
        let of_it = patterns.anaphor.find(&words).is_some_and(|it| words[..it.start()].ends_with(" of"));
        return inserted.filter(|_| !of_it).map(Subject::One);
    }
    let hits = page.names.hits(&words);
    if let Some(last) = hits.last()
        && plain_gap(&words[last.span.end..])
    {
        let whose = !patterns.indirect.is_match(&words[..last.span.start]);
        let joined = joined(&words, &hits);
        let alone = matches!(joined, Subject::One(_)) && with_another(&words[..last.span.start]);
        return (whose && !alone).then_some(joined);
    }
    if let Some(name) = patterns.direct.captures(&words).and_then(|direct| direct.name("name"))
        && (name.start() > 0 || opens_as_name(name.as_str()))
        && !joined_to_another(patterns, &words[..name.start()])
        && !patterns.indirect.is_match(&words[..name.start()])
        && !["-led", "-backed", "-dominated"].iter().any(|end| name.as_str().ends_with(end))
    {
        return Some(Subject::One(clean(name.as_str()).to_owned()));
    }
    let bare = patterns.bare.captures(words.trim())?.name("words")?;
    if ["Each", "Every", "No", "Some", "Both", "All", "Other", "Others", "Most", "Many", "Several", "Few"]
        .iter()
        .any(|word| bare.as_str().starts_with(word))
    {
        return None;
    }
    Some(Subject::One(clean(bare.as_str()).to_owned()))
}

/// Whether a name is joined to another that the document does not give as a party's: `a coalition of Reds and the Blues`.
fn with_another(before: &str) -> bool {
    let before = before.trim_end_matches(['“', '"', ' ']);
    let before = before.strip_suffix(" the").unwrap_or(before);
    let Some(before) = before.strip_suffix(" and") else { return false };
    // `Reds is patron to Blues, and the Blues won`: a comma parts clauses, unless names alone stand between commas.
    let inner = before.trim_end_matches(',');
    let listed = inner.rsplit_once(", ").map(|(_, last)| last.strip_prefix("the ").unwrap_or(last));
    let all_names = listed.is_some_and(|last| last.split(' ').all(|word| word.starts_with(char::is_uppercase)));
    if inner.len() < before.len() && !all_names {
        return false;
    }
    let other = inner.rsplit(char::is_whitespace).next().unwrap_or_default();
    other.starts_with(char::is_uppercase) && words::month(other).is_none()
}

/// The name that a sentence opens with right before a verb: two words or more with capitals (`Bright Harbour won …`), no
/// word of the language first. Only of seats is it a party: a person wins votes too.
pub(super) fn opening_name(page: &Page, sentence: Span, verb: usize) -> Option<Subject> {
    let patterns = PATTERNS.as_ref()?;
    let words = clause(&page.plain(Span::new(sentence.start, verb)));
    let words = without_participle(patterns, &words);
    let (words, _) = without_insertion(page, patterns, &words);
    let name = patterns.name.captures(words.trim())?.name("name")?.as_str();
    let mut parts = name.split(' ');
    let first = parts.next()?.to_lowercase();
    let small = |word: &str| lexicon().stops.contains(word) || words::value(word).is_some() || word.ends_with("ly");
    let more = parts.clone().any(|word| word.starts_with(char::is_uppercase));
    const TITLES: &[&str] = &["president", "minister", "mr", "mrs", "ms", "dr", "leader", "candidate"];
    (more && !small(&first) && !TITLES.contains(&first.as_str())).then(|| Subject::One(clean(name).to_owned()))
}

/// Whether the first words of a sentence are a name though a capital stands there anyway: `The Greens`.
fn opens_as_name(words: &str) -> bool {
    let article = words.strip_prefix("The ");
    article.is_some_and(|name| !name.is_empty() && name.split(' ').all(|word| word.starts_with(char::is_uppercase)))
}

/// Whether the words before a name join it to another.
fn joined_to_another(patterns: &Patterns, before: &str) -> bool {
    let ends = ["and", "and the", ","].iter().any(|joint| before.trim_end().ends_with(joint));
    ends && !patterns.opening.is_match(before)
}

/// Leaves out a participle in commas (`Reds, led by …, won`); one that runs into a clause of its own (`Reds, led by …,
/// won 9 seats, while Blues, …, won`) ends before that clause.
fn without_participle(patterns: &Patterns, words: &str) -> String {
    let joint = [", while ", ", whereas "].iter().filter_map(|joint| Some(words.rfind(joint)? + joint.len())).max();
    let own = joint.map_or(words, |at| &words[at..]);
    let opened = patterns.participle.find(words).is_some_and(|found| joint.is_some_and(|at| found.start() < at));
    patterns.participle.replace(if opened { own } else { words }, " ").into_owned()
}

/// The clause that a verb stands in: what is in brackets left out, or alone kept where the bracket is still open, and
/// only what stands behind the last semicolon.
fn clause(words: &str) -> String {
    let open = words.rfind('(').filter(|open| !words[*open..].contains(')'));
    let words = without_brackets(open.map_or(words, |open| &words[open + 1..]));
    format!("{} ", words.rsplit(';').next().unwrap_or_default().trim())
}

/// Leaves out words in commas right before a verb (`Reds, the opposition party,`), unless they are a name in a list of
/// names. Returns them too where they are a name.
fn without_insertion(page: &Page, patterns: &Patterns, words: &str) -> (String, Option<String>) {
    let kept = || (words.to_owned(), None);
    let Some(inner) = words.trim_end().strip_suffix(',') else { return kept() };
    let Some(open) = inner.rfind(", ") else { return kept() };
    let inserted = inner[open + 2..].trim();
    let listed = inserted.strip_prefix("and ").unwrap_or(inserted);
    let name = patterns.name.captures(listed).and_then(|c| c.name("name")).map(|name| clean(name.as_str()).to_owned());
    let hits = page.names.hits(listed);
    let is_hit = hits.first().is_some_and(|hit| name.as_deref() == Some(written(listed, *hit).as_str()));
    let head = format!("{} ", &inner[..open]);
    if is_hit && !patterns.anaphor.is_match(&head) {
        return kept();
    }
    (head, name)
}

/// The names that a clause begins with, an opening phrase in commas aside.
fn leading(page: &Page, patterns: &Patterns, words: &str) -> Option<Subject> {
    let hits = page.names.hits(words);
    let first = hits.first()?;
    if words.split_whitespace().any(|word| ["while", "whereas", "but", "although"].contains(&word)) {
        return None;
    }
    let opening = words[..first.span.start].trim_end_matches(['"', '“']).trim_end();
    let article =
        |words: &str| ["the", "The"].iter().any(|article| words.split_whitespace().next_back() == Some(*article));
    // `The ruling Reds kept their seats, winning …`: words between the article and the name.
    let own = opening.trim_end_matches(|c: char| c.is_lowercase() || c == '-' || c == ' ');
    let opening = if article(opening) {
        opening[..opening.len() - "the".len()].trim_end()
    } else if own.ends_with('T')
        && opening[own.len()..].starts_with("he ")
        && opening[own.len()..].matches(' ').count() <= 3
    {
        own[..own.len() - 1].trim_end()
    } else {
        opening
    };
    if !opening.is_empty() && !opening.ends_with(',') {
        return None;
    }
    let mut names = vec![written(words, *first)];
    let mut end = first.span.end;
    for hit in &hits[1..] {
        if !patterns.joint.is_match(&words[end..hit.span.start]) {
            break;
        }
        names.push(written(words, *hit));
        end = hit.span.end;
    }
    Some(if names.len() == 1 { Subject::One(names.remove(0)) } else { Subject::Several(names) })
}

/// The names of a list that the words end with.
fn listed(page: &Page, patterns: &Patterns, words: &str) -> Option<Subject> {
    const NO_NAMES: &[&str] =
        &["In", "On", "At", "After", "By", "During", "Since", "While", "When", "Both", "All", "Some", "Two", "Other"];
    let hits = page.names.hits(words);
    if let Some(last) = hits.last()
        && words[last.span.end..].trim_matches([',', ' ']).is_empty()
        && let several @ Subject::Several(_) = joined(words, &hits)
    {
        return Some(several);
    }
    let list = patterns.list.captures(words)?.name("list")?.as_str();
    let parts = list.split(", ").flat_map(|part| part.split(" and "));
    let names: Vec<String> =
        parts.map(|part| clean(part.trim_start_matches("and ")).to_owned()).filter(|name| !name.is_empty()).collect();
    let named = names.iter().all(|name| !NO_NAMES.contains(&name.split_whitespace().next().unwrap_or_default()));
    (named && names.len() > 1).then_some(Subject::Several(names))
}

/// The names behind a place: `59 seats went to the parties: A, the bloc B (…), and C`.
pub(super) fn behind(page: &Page, sentence: Span, from: usize) -> Option<Subject> {
    let words = page.plain(Span::new(from, sentence.end));
    let words = words.as_str();
    let hits = page.names.hits(words);
    let patterns = PATTERNS.as_ref()?;
    let first = hits.first()?;
    let mut names = vec![written(words, *first)];
    let mut end = first.span.end;
    for hit in &hits[1..] {
        let between = &words[end..hit.span.start];
        // Names inside brackets are parts of the one before.
        if between.matches('(').count() > between.matches(')').count() {
            continue;
        }
        let between = without_brackets_open(between);
        if !patterns.joint.is_match(&between) {
            break;
        }
        names.push(written(words, *hit));
        end = hit.span.end;
    }
    Some(if names.len() == 1 { Subject::One(names.remove(0)) } else { Subject::Several(names) })
}

/// What `the party` or `it` stands for: the subject of this sentence or of the one before.
fn antecedent(page: &Page, words: &str, previous: Option<Span>) -> Option<Subject> {
    let only = |text: &str| {
        let hits = page.names.hits(text);
        let first = *hits.first()?;
        // Two names before it: which of them it is, is not plain.
        hits.iter().all(|hit| hit.name == first.name).then(|| Subject::One(written(text, first)))
    };
    if !page.names.hits(words).is_empty() {
        return only(words);
    }
    // `A coalition of the Reds … was formed. It holds 57 seats.`
    let previous = page.plain(previous?);
    let joined = ["coalition", "government", "cabinet"].iter().any(|whole| previous.contains(whole));
    if joined { None } else { only(&previous) }
}

/// A name as the text writes it.
fn written(words: &str, hit: Hit) -> String {
    clean(hit.span.of(words).unwrap_or_default()).to_owned()
}

/// The last name, with those joined to it.
fn joined(words: &str, hits: &[Hit]) -> Subject {
    let Some(patterns) = PATTERNS.as_ref() else { return Subject::Several(Vec::new()) };
    let mut names = Vec::new();
    let mut next: Option<Hit> = None;
    let mut joints: Vec<&str> = Vec::new();
    for hit in hits.iter().rev() {
        if let Some(next) = next {
            let between = &words[hit.span.end..next.span.start];
            if next.name == hit.name || !patterns.joint.is_match(between) {
                break;
            }
            joints.push(between);
        }
        names.push(written(words, *hit));
        next = Some(*hit);
    }
    // `…, and` between two names alone joins two clauses; a list of two has no comma.
    if names.len() == 2 && joints.first().is_some_and(|joint| joint.contains(',')) {
        names.truncate(1);
    }
    names.reverse();
    if names.len() == 1 { Subject::One(names.remove(0)) } else { Subject::Several(names) }
}

/// Between a name and its verb stand only lower-case words, none of which begins another clause; `and` or `but` right
/// before the verb gives the name a second verb.
fn plain_gap(gap: &str) -> bool {
    const MOST: usize = 12;
    const BREAKS: &[&str] = &[
        "won", "took", "gained", "obtained", "received", "secured", "and", "but", "while", "whereas", "because",
        "although", "when", "after", "before", "than", "by", "with", "against",
    ];
    let mut words: Vec<&str> = gap.split_whitespace().map(|word| word.trim_matches(['"', '”', '“'])).collect();
    if matches!(words.last(), Some(&("and" | "but"))) {
        words.pop();
    }
    let plain = |word: &&str| word.chars().all(|c| c.is_lowercase() || matches!(c, '-' | ',' | '’' | '\''));
    words.len() <= MOST && words.iter().all(plain) && !words.iter().any(|word| BREAKS.contains(&word.trim_matches(',')))
}

fn without_brackets(words: &str) -> String {
    let mut depth = 0;
    words
        .chars()
        .filter(|&c| {
            depth += i32::from(c == '(');
            let keep = depth == 0;
            depth -= i32::from(c == ')' && depth > 0);
            keep
        })
        .collect::<String>()
        .replace("  ", " ")
        .replace(" ,", ",")
}

/// What is left behind the last closing bracket.
fn without_brackets_open(between: &str) -> String {
    match between.rfind(')') {
        Some(close) => between[close + 1..].to_owned(),
        None => between.to_owned(),
    }
}

/// When the election was that a sentence speaks of: the sentence's own date, else that of the nearest sentence before
/// it in the paragraph that dates an election.
pub(super) fn election_period(page: &Page, paragraph: usize, found: Span) -> Period {
    let Some(patterns) = PATTERNS.as_ref() else { return Period::default() };
    let Some(sentences) = page.sentences.get(paragraph) else { return Period::default() };
    let at = found.start;
    let sentence_of = |place: usize| {
        let n = sentences.partition_point(|sentence| sentence.end <= place);
        sentences.get(n).filter(|sentence| sentence.start <= place).copied()
    };
    let Some(here) = sentence_of(at) else { return Period::default() };
    let numerals = &page.numerals[paragraph];
    let of_election = |date: &&Numeral| {
        let Some(sentence) = sentence_of(date.span.start) else { return false };
        let behind = page.words(Span::new(date.span.end, sentence.end));
        let before = page.words(Span::new(sentence.start, date.span.start));
        // `In 2016 the Reds won …`: the date that opens a sentence of a result is the result's.
        let head = here.contains(date.span) && date.year_from.is_empty();
        let bracket = head && page.words(Span::new(date.span.end, at.max(date.span.end))).contains('(');
        let opens = head && !bracket && ["In", "In early", "In late"].contains(&before.trim());
        let held = patterns.election_held.is_match(before) && !doubt::of_another_election(before);
        opens || held || patterns.election_behind.is_match(behind) || patterns.election_before.is_match(before)
    };
    // `won 33 seats in 2002`: the date right behind is the result's own.
    let next = numerals[numerals.partition_point(|n| n.span.start < found.end)..].iter().find(|n| n.is_date);
    if let Some(date) = next.filter(|date| here.contains(date.span)) {
        let words = page.plain(Span::new(found.end, date.span.start));
        if ["in", "in the", "at the", "in early", "in late"].contains(&words.trim()) {
            return Period::of(date, false);
        }
    }
    let before = &numerals[..numerals.partition_point(|n| n.span.start < at)];
    let nearest = before.iter().rev().filter(|n| n.is_date).find(of_election);
    if let Some(date) = nearest.filter(|date| here.contains(date.span)) {
        return Period::of(date, false);
    }
    let later =
        numerals[before.len()..].iter().take_while(|n| n.span.end <= here.end).filter(|n| n.is_date).find(of_election);
    match (later, nearest) {
        (Some(date), _) => Period::of(date, false),
        (None, Some(date)) => Period::of(date, true),
        (None, None) => Period::default(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_patterns_compile() {
        assert!(super::PATTERNS.is_some());
    }
}
