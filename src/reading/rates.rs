//! Rates against a round number: `12 deaths per 1,000 live births`, `15.08 births/1,000 population`.

use super::{
    account::{Case, Verdict},
    claims::Claim,
    numeral::{self, Sort},
    timing,
};
use crate::source::{Decimal, Span};

/// Round numbers that rates are told against, and the unit of such a rate.
const BASES: &[(u32, &str)] = &[
    (100, "per 100"),
    (1_000, "per 1,000"),
    (10_000, "per 10,000"),
    (100_000, "per 100,000"),
    (1_000_000, "per million"),
];
/// Words between a number and `per` at most.
const NEAR: usize = 4;

/// Reads a rate, or the round number that one is told against.
pub(super) fn read(case: &Case) -> Option<Verdict> {
    if case.numeral.sort != Sort::Cardinal || !case.numeral.unit.is_empty() {
        return None;
    }
    if is_base(case) {
        return Some(Verdict::Nothing("unit".to_owned()));
    }
    rate(case).map(Verdict::Fact)
}

/// The unit of a rate against a round number.
pub(super) fn unit(base: Decimal) -> Option<&'static str> {
    BASES.iter().find(|(round, _)| Decimal::from(*round) == base).map(|(_, unit)| *unit)
}

/// Whether a number is what a rate is told against.
fn is_base(case: &Case) -> bool {
    if case.numeral.value_max.is_some() || unit(case.numeral.value).is_none() {
        return false;
    }
    let before = case.page.words(Span::new(case.sentence.start, case.numeral.span.start));
    let slash = before.strip_suffix('/').is_some_and(|noun| noun.ends_with(|c: char| c.is_alphabetic() || c == ')'));
    let per =
        case.around.glued_before.is_empty() && before.trim_end().rsplit(char::is_whitespace).next() == Some("per");
    // `13.3 out of 100 residents`
    let lead = before
        .trim_end()
        .strip_suffix(" out of")
        .map(|lead| lead.rsplit(char::is_whitespace).next().unwrap_or_default());
    if lead.and_then(numeral::parse).is_some_and(|part| !part.fract().is_zero()) {
        return true;
    }
    let every = before.trim_end().ends_with(" for every");
    slash || per || every
}

fn rate(case: &Case) -> Option<Claim> {
    if case.around.is_closed() || case.around.joined().is_some() {
        return None;
    }
    let words = &case.around.after;
    let out_of =
        words.len() > 2 && words[0].text == "out" && words[1].text == "of" && !case.numeral.value.fract().is_zero();
    if let Some(unit) = words.get(2).filter(|_| out_of).and_then(|word| numeral::parse(word.text)).and_then(unit) {
        return Some(case.claim("ratio", unit, "", words[2].span.end));
    }
    // `11.2 births and 13.9 deaths per thousand`: one base for both.
    let pair = (1..NEAR).find(|n| {
        let (joint, next) = (words.get(*n), words.get(*n + 1));
        joint.is_some_and(|word| word.text == "and") && next.is_some_and(|word| timing::is_number(&word.lower()))
    });
    let far = pair.map_or(NEAR, |joint| joint + 2 + NEAR);
    let near =
        words.iter().take(far).enumerate().take_while(|(n, word)| (*n == 0 || !words[n - 1].ends()) && !word.opens());
    for (n, word) in near {
        let (base, what, end) = if let Some((noun, base)) = word.text.split_once('/') {
            (base, Span::new(words[0].span.start, word.span.start + noun.len()), n)
        } else if (word.text == "per" || word.text == "every" && n > 0 && words[n - 1].text == "for") && !word.ends() {
            let own = pair.unwrap_or(if word.text == "every" { n - 1 } else { n });
            let before = words[..own].last().map_or(word.span.start, |word| word.span.end);
            (words.get(n + 1)?.text, Span::new(words[0].span.start.min(before), before), n + 1)
        } else {
            continue;
        };
        let base = if base == "thousand" { Decimal::from(1_000) } else { numeral::parse(base)? };
        let last = words.get(end)?;
        let of =
            words.get(end + 1).filter(|next| !last.ends() && !next.opens() && case.lexicon.is_plural(&next.lower()));
        let of = of.or_else(|| {
            let next = words.get(end + 1).filter(|next| !last.ends() && !next.opens())?;
            let more = words.get(end + 2).filter(|more| !next.ends() && case.lexicon.is_plural(&more.lower()));
            more.or_else(|| Some(next).filter(|next| case.lexicon.groups_of_people.contains(&next.lower())))
        });
        let close = of.map_or(last.span.end, |of| of.span.end);
        let claim = case.claim("ratio", unit(base)?, case.page.plain(what), close);
        let of = of.map(|of| case.page.plain(Span::new(words[end + 1].span.start, of.span.end)));
        return Some(claim.with("of", of.unwrap_or_default()));
    }
    None
}
