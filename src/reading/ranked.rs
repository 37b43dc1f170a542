//! Places in an order, the field they are of, and scores on a scale.

use super::{
    FigureStatus, Form,
    account::{Case, Verdict},
    around::Word,
    claims::{Claim, Claims, Period, ends_in},
    counted,
    numeral::{self, Numeral},
    timing::is_number,
};
use crate::source::{Decimal, Span};

/// `ranked 122nd among the 146`, `the second highest`, `the fourth parliament`, `the first round`.
pub(super) fn order(case: &Case, claims: &Claims) -> Verdict {
    let around = &case.around;
    let joined = around.joined().map(str::to_lowercase);
    let superlative = joined
        .or_else(|| around.next(0))
        .is_some_and(|word| case.lexicon.is_superlative(word.split('-').next().unwrap_or_default()));
    let mut near = case.around.phrase_before().map(Word::lower);
    let day = matches!((near.next().as_deref(), near.next().as_deref()), (Some("the"), Some("on" | "until" | "by")));
    if day && case.numeral.form == Form::Digits && (around.is_closed() || around.next(0).is_none()) {
        return Verdict::Unknown;
    }
    let field = field_behind(case);
    if superlative || is_rank(case, claims) || field.is_some() {
        let end = field.as_ref().map_or(case.numeral.span.end, |(_, end)| *end);
        let claim = Claim::new("rank", "rank", whose(case));
        let claim = match super::timing::bound(case) {
            Some(bound) => claim.with("approx", bound),
            None => claim,
        };
        // `since 1999, boasting the second highest income`: of a superlative no date is sure but its own.
        let claim = if superlative { own_date(case, claim, end) } else { only_date(case, claim, end) };
        let field = field.map(|(field, _)| field).or_else(|| field_before(case, claims));
        return Verdict::Fact(match field {
            Some(field) => claim.with("of", field.to_string()),
            None => claim,
        });
    }
    // `the 10th and 11th centuries` date something.
    if [0, 2].iter().any(|n| around.next(*n).is_some_and(|word| word.starts_with("centur"))) {
        let mut claim = Claim::new("", "century", "");
        claim.status = Some(FigureStatus::Date);
        return Verdict::Fact(claim);
    }
    let third = Decimal::from(3);
    let staged = around.next(0).is_some_and(|word| case.lexicon.order_nouns.contains(&word));
    if case.numeral.value < third || staged {
        return Verdict::Nothing("order".to_owned());
    }
    match counted::singular(case, 0) {
        Some(noun) => Verdict::Fact(case.claim("rank", "ordinal", noun.text, noun.end)),
        // `on the 10th` is a day.
        None if case.numeral.form == Form::Digits => Verdict::Unknown,
        None if case.around.phrase_before().next().is_some_and(|word| word.lower() == "the") => {
            Verdict::Fact(case.claim("rank", "ordinal", "", case.numeral.span.end))
        }
        None => Verdict::Nothing("order".to_owned()),
    }
}

/// Whether the words beside an order say that it is a rank.
fn is_rank(case: &Case, claims: &Claims) -> bool {
    const NEAR: usize = 3;
    let verb = |word: &Word| case.lexicon.rank_verbs.contains(&word.lower());
    if case.around.phrase_before().take(NEAR).any(verb) {
        return true;
    }
    let pair = matches!(case.around.next(0).as_deref(), Some("to" | "and" | "or"));
    if case.around.next(if pair { 2 } else { 0 }).is_some_and(|word| case.lexicon.rank_nouns.contains(&word)) {
        return true;
    }
    let before = Span::new(case.sentence.start, case.numeral.span.start);
    let ranked = claims.within(before).any(|(_, claim)| claim.kind == "rank" && claim.unit == "rank");
    // `ranked 131st, behind Molvania (107th)`; `ranked 88th in 2002 and 71st in 2001`.
    let joint =
        case.around.before.first().is_some_and(|word| ["and", "or", "to", "from"].contains(&word.lower().as_str()));
    ranked && (case.around.is_bracketed() || joint)
}

/// The number of those ranked, behind the rank: `(out of 133)`, `among the 146`.
fn field_behind(case: &Case) -> Option<(Decimal, usize)> {
    let words = &case.around.after;
    let lower = |n: usize| words.get(n).map(Word::lower).unwrap_or_default();
    let mut at = match (lower(0).as_str(), lower(1).as_str()) {
        ("out", "of") => 2,
        ("among" | "of" | "in", _) => 1,
        ("place" | "position", "out" | "of" | "among") => 2 + usize::from(lower(1) == "out"),
        _ => return None,
    };
    at += usize::from(["the", "all"].contains(&lower(at).as_str()));
    let word = words.get(at)?;
    let value = numeral::parse(word.text).or_else(|| super::words::value(word.text))?;
    let is_year = word.text.len() == 4 && value > Decimal::from(1400) && !word.text.contains(',');
    // `out of 133`, `among the 146` say what the field is, even one too small for the rank.
    let explicit = matches!((lower(0).as_str(), lower(1).as_str()), ("out", "of") | ("among", "the"));
    // `the fourth in six years` is of a time and of no field.
    let timed =
        words.get(at + 1).filter(|_| !word.ends()).is_some_and(|word| case.lexicon.time.contains_key(&word.lower()));
    let field = !is_year && !timed && (explicit || value >= case.numeral.value);
    let end = word.span.end + word.trail.find(')').map_or(0, |close| close + 1);
    field.then_some((value, end))
}

/// The number of those ranked, before the rank in its sentence: `in 167 countries surveyed …`.
fn field_before(case: &Case, claims: &Claims) -> Option<Decimal> {
    // `81st among 173, up from 94th`: the field of another year.
    if case.around.phrase_before().next().is_some_and(|word| word.lower() == "from") {
        return None;
    }
    let before = Span::new(case.sentence.start, case.numeral.span.start);
    let mut counts = claims.within(before).filter(|(_, claim)| claim.kind == "rank_of" || claim.kind == "count");
    let (start, _) = counts.next_back()?;
    // `16th of 180 in 2021, after ranking 19th in 2020`: the field of another year.
    let of_rank = counts_rank(claims, start);
    let dated = case.page.numerals[case.paragraph]
        .iter()
        .any(|n| n.is_date && n.span.start > start && n.span.end <= case.numeral.span.start);
    if of_rank && dated {
        return None;
    }
    let lead = case.page.words(Span::new(case.sentence.start, start));
    let among = ["in", "among", "of", "in the", "among the", "of the"]
        .iter()
        .any(|words| lead.trim_end().ends_with(&format!(" {words}")));
    let value = case.page.numeral(case.paragraph, start)?.value;
    (among && value >= case.numeral.value).then_some(value)
}

/// Whether a number is claimed as the field of a rank.
fn counts_rank(claims: &Claims, start: usize) -> bool {
    claims.get(start).is_some_and(|claim| claim.kind == "rank_of")
}

/// `146` of `ranked 122nd among the 146 countries`.
pub(super) fn field(case: &Case, claims: &Claims) -> Option<Claim> {
    const FAR: usize = 30;
    let before = Span::new(case.sentence.start, case.numeral.span.start);
    let (start, rank) = claims.within(before).last()?;
    let of = rank.detail.iter().find(|(key, _)| key == "of").map(|(_, of)| of.as_str())?;
    if rank.kind != "rank" || of != case.numeral.value.to_string() || case.numeral.span.start - start > FAR {
        return None;
    }
    let mut claim = Claim::new("rank_of", "count", rank.subject.clone());
    claim.period.clone_from(&rank.period);
    claim.support.extend(rank.support.iter().filter(|(role, _)| *role == "date"));
    Some(claim)
}

/// `scored 2.2`, `a score of 2.2`, `on a scale of 1 to 10`.
pub(super) fn score(case: &Case, _: &Claims) -> Option<Claim> {
    if !case.numeral.unit.is_empty() || case.around.joined().is_some() {
        return None;
    }
    let words: Vec<String> = case.around.phrase_before().take(7).map(Word::lower).collect();
    let word = |n: usize| words.get(n).map_or("", String::as_str);
    let scale = match (word(0), word(1)) {
        ("of" | "from", "scale") => true,
        ("to", low) => is_number(low) && ["of", "from"].contains(&word(2)) && word(3) == "scale",
        _ => false,
    };
    let end = case.numeral.span.end;
    // `where 1 equals most corrupt`: an end of the scale that the sentence speaks of.
    let says = ["equals", "means", "being", "represents", "indicates", "denotes"];
    let end_of_scale = case.around.next(0).is_some_and(|word| says.contains(&word.as_str()))
        && case.page.words(case.sentence).contains("scale");
    if scale || end_of_scale {
        return Some(case.claim("score", "score", "", end).with("role", "scale"));
    }
    // `the score declined from 3 to 2`
    let told =
        |from: usize| words.iter().skip(from).take(3).any(|word| ["score", "rating", "grade"].contains(&word.as_str()));
    let role = match word(0) {
        "from" if told(1) => "before",
        "to" if is_number(word(1)) && word(2) == "from" && told(3) => "after",
        _ => "",
    };
    if !role.is_empty() {
        return Some(Claim::new("score", "score", "").with("role", role));
    }
    let scored = |n: usize| case.lexicon.score_words.contains(word(n));
    let verb = scored(0) && word(0) != "score" && word(0) != "rating" && word(0) != "grade";
    let told = ["of", "at", "as", "is", "was"].contains(&word(0)) && scored(1);
    if !verb && !told {
        return None;
    }
    // `scored 12 goals`, `scored 24 percent of the vote`: what is counted behind it is no score.
    if counted::phrase(case).is_some_and(|claim| claim.kind == "count") {
        return None;
    }
    Some(only_date(case, Claim::new("score", "score", whose(case)), end))
}

/// `the top 10 exporters`, `among the 30 most corrupt`.
pub(super) fn among_the_first(case: &Case) -> Option<Claim> {
    if !case.numeral.unit.is_empty() || case.around.is_closed() {
        return None;
    }
    let top = case.around.phrase_before().next().is_some_and(|word| word.lower() == "top");
    let most = ["most", "least"].iter().any(|word| case.around.next(0).as_deref() == Some(*word));
    let bare = most && counted::phrase(case).is_none();
    (top || bare).then(|| {
        let dated = case.claim("rank", "rank", whose(case), case.numeral.span.end);
        Claim { detail: vec![("approx".to_owned(), if top { "top" } else { "among" }.to_owned())], ..dated }
    })
}

/// Gives a claim the date of its clause.
fn own_date(case: &Case, claim: Claim, end: usize) -> Claim {
    let dated = case.claim(claim.kind, claim.unit, "", end);
    Claim { period: dated.period, support: dated.support, ..claim }
}

/// Gives a rank or a score its date; where the sentence holds one date alone, that one.
fn only_date(case: &Case, claim: Claim, end: usize) -> Claim {
    let claim = own_date(case, claim, end);
    if !claim.period.is_empty() {
        return claim;
    }
    let numerals: &[Numeral] = &case.page.numerals[case.paragraph];
    let mut dates = numerals.iter().filter(|numeral| numeral.is_date && case.sentence.contains(numeral.span));
    let within = |date: &Numeral| ends_in(&case.page.text[..date.span.start], " in");
    // `up from 94th in 2007`, `better than in 2014`: the date of what it is compared with.
    let compared = |date: &Numeral| {
        let between = case.page.words(Span::new(case.numeral.span.end.min(date.span.start), date.span.start));
        let before = case.page.words(Span::new(case.sentence.start, date.span.start)).trim_end();
        before.ends_with(" than in")
            || between.split_whitespace().any(|word| ["from", "than", "compared", "against", "after"].contains(&word))
    };
    match (dates.next(), dates.next()) {
        (Some(date), None) if compared(date) => claim,
        (Some(date), None) if within(date) || date.span.start < case.sentence.start + 4 => {
            claim.dated(&Period::of(date, false))
        }
        _ => claim,
    }
}

/// Whose rank or score: the report's country where the clause names it, else the one name before the verb.
fn whose(case: &Case) -> String {
    if case.around.is_bracketed() {
        return counted::before_bracket(case);
    }
    let before = case.page.plain(Span::new(case.sentence.start, case.numeral.span.start));
    let country = case.page.country.as_str();
    let its = || before.starts_with("It ") || before.starts_with("The country ");
    if !country.is_empty() && (before.contains(country) || its()) {
        return country.to_owned();
    }
    let mut names: Vec<Vec<&str>> = Vec::new();
    let mut open = false;
    for (i, word) in before.split(' ').enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital = bare.starts_with(char::is_uppercase) && !case.lexicon.stops.contains(&bare.to_lowercase());
        let first = i == 0 && !case.page.names.hits(bare).is_empty();
        if capital && (i > 0 || first) {
            match names.last_mut().filter(|_| open) {
                Some(name) => name.push(bare),
                None => names.push(vec![bare]),
            }
        }
        open = capital && !word.ends_with([',', ';', ')']);
    }
    match names.as_slice() {
        [name] => name.join(" "),
        _ => String::new(),
    }
}
