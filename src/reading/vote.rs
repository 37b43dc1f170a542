//! Shares of the vote in prose: whose they are, and what the paragraph calls the vote.

use super::{
    claims::{Claim, Claims, Found, Page},
    doubt, election,
    grammar::Rule,
    members::{self, Member},
    subject::{self, Subject},
};
use crate::source::{Decimal, Span};

/// Claims a share of the vote, and those of the members of its list.
pub(super) fn read(
    page: &Page,
    claims: &mut Claims,
    number: usize,
    sentence_number: usize,
    rule: &Rule,
    found: &Found,
) {
    let Some(value) = found.group("value").filter(|value| !claims.has(value.start)) else { return };
    let hundred = Decimal::ONE_HUNDRED;
    if percent_at(page, number, value).is_none() {
        return;
    }
    let sentences = &page.sentences[number];
    let sentence = sentences[sentence_number];
    let previous = sentence_number.checked_sub(1).map(|i| sentences[i]);
    // Blanks of every kind as one space each, so that places hold.
    let words = page.words(Span::new(sentence.start, value.start)).replace(['\n', '\r', '\t'], " ");
    // The verb the share belongs to: what was polled, won, received …
    let Some(verb) = VERBS.iter().filter_map(|verb| words.rfind(verb).map(|at| at + 1)).max() else { return };
    let between = words[verb..].split_whitespace().skip(1);
    let aside = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
        BESIDE_SHARE.contains(&word) || word.chars().all(|c| c.is_ascii_digit())
    };
    // `won the parliamentary elections with 54 percent of the vote`.
    let object = words[verb..].split_once(" with ").is_some_and(|(object, rest)| {
        let mut last = object.split_whitespace().rev();
        let election =
            last.next().is_some_and(|word| ["election", "elections", "vote", "poll", "polls"].contains(&word));
        object.starts_with("won the ") && election && !object.contains(',') && rest.split_whitespace().all(aside)
    });
    let direct = object || between.into_iter().all(aside);
    let behind = page.words(Span::new(found.span().end, sentence.end));
    if !direct
        || doubt::before_verb(&words[..verb])
        || doubt::bounded(&words)
        || doubt::behind(behind)
        || doubt::of_another_election(&words)
        || doubt::opens_in_a_part(&words)
        || doubt::in_a_part(behind)
        || previous.is_some_and(|previous| election::speaks_of_another(page, previous, sentence))
    {
        return;
    }
    let subject = subject::before(page, sentence, sentence.start + verb, previous)
        .or_else(|| of_the_seats_before(claims, sentence, &words, verb));
    let Some(subject) = subject else { return };
    // `7.2 percent and 7.1 percent of the vote respectively`: which share is whose takes more than the nearest name.
    if page.words(sentence).contains("respectively") {
        return;
    }
    let period = subject::election_period(page, number, found.span());
    let claim = |subject: &Subject, start: usize| {
        let mut claim = Claim::new("vote_share", "percent", subject.label()).dated(&period);
        if matches!(subject, Subject::Several(_)) {
            claim = claim.with("together", "yes");
        }
        claim.support.extend(words_for(page, number, start).map(|span| ("vote", span)));
        claim
    };
    claims.make(number, value.start, claim(&subject, value.start));
    let spoken = |member: &Found| member.group("vote").is_some();
    let members = members::of_list(page, sentence, rule, found.span().end, subject, spoken);
    let shares =
        members.iter().filter_map(|member| Some((member, percent_at(page, number, member.found.group("value")?)?)));
    let shares: Vec<(&Member, Decimal)> = shares.collect();
    let first = page.numeral(number, value.start).map_or(Decimal::ZERO, |numeral| numeral.value);
    // More than the whole: these are not shares of one vote.
    if shares.iter().map(|(_, share)| *share).sum::<Decimal>() + first > hundred + Decimal::ONE {
        return;
    }
    for (member, _) in shares {
        if let Some(value) = member.found.group("value") {
            claims.make(number, value.start, claim(&member.subject, value.start));
        }
    }
}

/// The percentage that begins here.
fn percent_at(page: &Page, number: usize, value: Span) -> Option<Decimal> {
    let numeral = page.numeral(number, value.start)?;
    (numeral.value_max.is_none() && numeral.unit == "percent" && numeral.value <= Decimal::ONE_HUNDRED)
        .then_some(numeral.value)
}

/// `…, Amber took 84 of the 98 seats, winning 82.2 percent …`: a participle right behind seats is of whoever has them.
fn of_the_seats_before(claims: &Claims, sentence: Span, words: &str, verb: usize) -> Option<Subject> {
    let before = words.get(..verb)?.trim_end().strip_suffix(',')?;
    let participle = words.get(verb..)?.split_whitespace().next()?.ends_with("ing");
    let own = |claim: &Claim| claim.kind == "seats" && !claim.detail.iter().any(|(key, _)| key == "role");
    let (start, claim) = claims.within(Span::new(sentence.start, sentence.start + verb)).rev().find(|(_, claim)| {
        claim.kind == "seats" && claim.detail.iter().all(|(key, value)| key != "role" || value != "of")
    })?;
    let same_clause = !before.get(start - sentence.start..)?.contains([',', ';']);
    (participle && same_clause && own(claim)).then(|| Subject::One(claim.subject.clone()))
}

/// Words that may stand between a verb and the share it gives.
const BESIDE_SHARE: &[&str] = &[
    "",
    "only",
    "just",
    "about",
    "some",
    "around",
    "approximately",
    "roughly",
    "a",
    "mere",
    "seats",
    "seat",
    "and",
    "with",
    "first",
    "second",
    "third",
    "place",
];
const VERBS: &[&str] = &[
    " won ",
    " garnered ",
    " received ",
    " polled ",
    " obtained ",
    " took ",
    " secured ",
    " captured ",
    " gained ",
    " got ",
    " scored ",
    " collected ",
    " earned ",
    " drew ",
    " winning ",
    " receiving ",
    " gaining ",
    " taking ",
    " garnering ",
    " obtaining ",
    " polling ",
    " came first ",
    " came second ",
    " came third ",
    " finished first ",
    " finished second ",
    " finished third ",
    " placed first ",
    " placed second ",
    " placed third ",
];

/// What the paragraph calls the vote: `popular vote`, the nearest mention before a place, else behind it.
pub(super) fn words_for(page: &Page, number: usize, at: usize) -> Option<Span> {
    const KINDS: &[&str] =
        &["popular vote", "party-list vote", "party list vote", "list vote", "proportional vote", "national vote"];
    let paragraph = page.paragraphs[number].span;
    let words = page.words(paragraph);
    let mentions =
        KINDS.iter().flat_map(|kind| words.match_indices(kind).map(|(i, words)| (i + paragraph.start, words.len())));
    let mut mentions: Vec<(usize, usize)> = mentions.collect();
    mentions.sort_unstable();
    // `party-list vote` holds `list vote`: the longer, earlier one stands first.
    let before = mentions.iter().rev().find(|(i, _)| *i < at);
    before.or_else(|| mentions.first()).map(|&(start, len)| Span::new(start, start + len))
}
