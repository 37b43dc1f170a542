//! Accounts for every number that no reader of the families has claimed: a fact of its own, or no quantity and why.
//!
//! Nothing here knows a family, a country or a name: a number is read by the words beside it, and where they do not
//! say what it is, it stays unknown.

use super::{
    FigureStatus,
    around::Around,
    claims::{Claim, Claims, Page},
    counted::{self, Noun},
    entry,
    lexicon::{Lexicon, lexicon},
    nothing,
    numeral::{AMBIGUOUS, Numeral, Sort},
    ranked, rates, timing,
};
use crate::source::{Decimal, Span};

/// A number and all that is looked at to read it.
pub(super) struct Case<'a> {
    pub page: &'a Page<'a>,
    pub paragraph: usize,
    pub sentence: Span,
    pub numeral: &'a Numeral,
    pub around: Around<'a>,
    pub lexicon: &'static Lexicon,
    /// What was counted last before it in the same sentence.
    pub counted: Option<Counted>,
    /// Who was said to have won seats last before it in the same sentence.
    pub winner: Option<String>,
}

/// What a number counted.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub noun: String,
    pub unit: &'static str,
    /// How many.
    pub value: Option<Decimal>,
    /// Where its words end.
    pub end: usize,
}

impl Case<'_> {
    /// The number in lower case.
    pub fn words(&self) -> String {
        self.page.plain(self.numeral.number).to_lowercase()
    }

    /// A claim of this number, with its bound and its period.
    pub fn claim(&self, kind: &'static str, unit: &'static str, subject: impl Into<String>, end: usize) -> Claim {
        let claim = Claim::new(kind, unit, subject);
        timing::dated(self, claim, end)
    }

    /// A claim of what a noun phrase counts.
    pub fn counts(&self, noun: &Noun) -> Claim {
        self.claim("count", noun.unit, noun.text.clone(), noun.end)
    }
}

/// How a number was read.
pub(super) enum Verdict {
    /// It states something.
    Fact(Claim),
    /// It is no quantity: why.
    Nothing(String),
    /// It dates something.
    Date,
    /// Its words do not say what it is.
    Unknown,
}

/// Reads every number that is not claimed yet.
pub(super) fn read(page: &Page, claims: &mut Claims) {
    for number in 0..page.paragraphs.len() {
        if !page.go_on(number) {
            return;
        }
        let prose = !page.sentences[number].is_empty();
        let mut last: Option<(usize, Counted)> = None;
        let mut winner: Option<(usize, String)> = None;
        for numeral in &page.numerals[number] {
            let start = numeral.number.start;
            let at = page.sentences[number].partition_point(|sentence| sentence.end <= start);
            let block = page.paragraphs[number].span;
            let sentence = page.sentences[number].get(at).filter(|sentence| sentence.contains(numeral.number));
            // `no` counts only where a reader of results says so.
            if page.words(numeral.number).eq_ignore_ascii_case("no") {
                continue;
            }
            if claims.has(start) {
                let won = claims.get(start).filter(|claim| claim.kind == "seats" && claim.of("role").is_none());
                winner = won.map(|claim| (at, claim.subject.clone())).or(winner.filter(|_| won_of(claims.get(start))));
                last = last.filter(|_| claims.get(start).is_some_and(|claim| claim.kind == "rating"));
                continue;
            }
            let case = Case {
                page,
                paragraph: number,
                sentence: sentence.copied().unwrap_or(block),
                numeral,
                around: Around::of(page.text, sentence.copied().unwrap_or(block), numeral.span),
                lexicon: lexicon(),
                counted: last.as_ref().filter(|(sentence, _)| *sentence == at).map(|(_, counted)| counted.clone()),
                winner: winner.as_ref().filter(|(sentence, _)| *sentence == at).map(|(_, winner)| winner.clone()),
            };
            let verdict = if prose { prose_verdict(&case, claims) } else { label_verdict(&case) };
            match verdict {
                Verdict::Fact(claim) => {
                    winner = None;
                    if claim.kind == "count" {
                        let noun = claim.detail.iter().find(|(key, _)| key == "counted").map(|(_, noun)| noun.clone());
                        let noun = noun.unwrap_or_else(|| claim.subject.clone());
                        last = Some((
                            at,
                            Counted { noun, unit: claim.unit, value: numeral.known(), end: numeral.span.end },
                        ));
                    }
                    let claim = entry::complete(&case, claim);
                    // Words that deny begin before the number.
                    let start = claim.denial.map_or(start, |(words, _)| words.start);
                    claims.make(number, start, claim);
                }
                Verdict::Nothing(why) => {
                    let mut claim = Claim::new("", "", "").with("what", why);
                    claim.status = Some(FigureStatus::NotAQuantity);
                    claims.make(number, start, claim);
                }
                Verdict::Date | Verdict::Unknown => {}
            }
        }
    }
}

/// Whether a claim only says what the seats before it are of, or what share of the vote they were won with.
fn won_of(claim: Option<&Claim>) -> bool {
    claim.is_some_and(|claim| claim.kind == "vote_share" || claim.kind == "seats" && claim.of("role") == Some("of"))
}

/// In a heading or a table only labels and dates are told.
fn label_verdict(case: &Case) -> Verdict {
    let staged = case.numeral.sort == Sort::Ordinal
        && case.around.next(0).is_some_and(|word| case.lexicon.order_nouns.contains(&word));
    if staged {
        return Verdict::Nothing("order".to_owned());
    }
    nothing::label(case).or_else(|| nothing::in_words(case)).map_or(Verdict::Unknown, Verdict::Nothing)
}

fn prose_verdict(case: &Case, claims: &Claims) -> Verdict {
    if let Some(why) = nothing::label(case).or_else(|| nothing::in_words(case)) {
        return Verdict::Nothing(why);
    }
    if !case.numeral.is_date && entry::is_label(case) {
        return Verdict::Nothing("label".to_owned());
    }
    if let Some(verdict) = rates::read(case) {
        return verdict;
    }
    if case.numeral.unit == AMBIGUOUS || nothing::is_split(case) || is_rate_or_negative(case) {
        return Verdict::Unknown;
    }
    match case.numeral.sort {
        Sort::Date | Sort::Undated => Verdict::Date,
        Sort::Ordinal => ranked::order(case, claims),
        Sort::Part => part(case),
        Sort::Multiple => multiple(case),
        Sort::Many => many(case),
        Sort::Cardinal => cardinal(case, claims),
    }
}

/// `12 per 100,000 births`, `minus 30 degrees`: neither number is one of its noun, nor positive.
fn is_rate_or_negative(case: &Case) -> bool {
    let before = case.around.phrase_before().next().map(|word| word.lower()).unwrap_or_default();
    let behind = case.around.next(0).as_deref() == Some("per")
        && case.around.next(1).is_some_and(|word| timing::is_number(&word));
    behind || before == "minus" || before == "per" && case.numeral.unit.is_empty()
}

fn cardinal(case: &Case, claims: &Claims) -> Verdict {
    if let Some(verdict) = small_word(case) {
        return verdict;
    }
    let readers: &[fn(&Case, &Claims) -> Option<Claim>] = &[
        |case, _| percent(case),
        |case, _| money(case),
        ranked::score,
        |case, _| timing::duration(case),
        ranked::field,
        |case, _| counted::compound(case),
        |case, _| ranked::among_the_first(case),
        |case, _| entry::per_one(case),
        |case, _| entry::counted(case),
        |case, _| counted::phrase(case),
        |case, _| counted::elliptic(case),
    ];
    readers.iter().find_map(|read| read(case, claims)).map_or(Verdict::Unknown, Verdict::Fact)
}

/// `none`, `a single`, `one`: words that may count and may not.
fn small_word(case: &Case) -> Option<Verdict> {
    let words = case.words();
    match words.as_str() {
        // `local short form: none`: the entry has no value.
        "none" if entry::label(case).is_some() && counted::partitive(case).is_none() => {
            Some(Verdict::Nothing("no entry".to_owned()))
        }
        // `Protestant, none 38%`: a group of its own.
        "none" if case.around.next(0).is_some_and(|word| timing::is_number(&word)) => {
            Some(Verdict::Nothing("label".to_owned()))
        }
        "none" | "zero" if case.numeral.unit.is_empty() => {
            let noun = counted::partitive(case);
            let (subject, end) = noun.map_or((String::new(), case.numeral.span.end), |noun| (noun.text, noun.end));
            Some(Verdict::Fact(case.claim("count", "count", subject, end)))
        }
        "single" => Some(single(case)),
        // `from one year to two`: a duration counts.
        "one" if case.numeral.unit.is_empty() && timing::duration(case).is_none() => Some(one(case)),
        _ => None,
    }
}

/// `a single independent verdict` counts one, `not a single` none, `the single largest` nothing.
fn single(case: &Case) -> Verdict {
    if case.around.next(0).is_some_and(|word| case.lexicon.is_superlative(&word)) {
        return Verdict::Nothing("emphasis".to_owned());
    }
    let Some(noun) = counted::singular(case, 0) else { return Verdict::Nothing("term".to_owned()) };
    if noun.is_plural || case.lexicon.attributes.contains(&noun.head) {
        return Verdict::Nothing("term".to_owned());
    }
    let article = case.around.before.first().filter(|_| case.around.glued_before.is_empty());
    if !article.is_some_and(|word| ["a", "one", "the", "its", "their", "only"].contains(&word.lower().as_str())) {
        return Verdict::Nothing("term".to_owned());
    }
    const NEAR: usize = 8;
    let denial = case
        .around
        .phrase_before()
        .take(NEAR)
        .find(|word| case.lexicon.denials.contains(&word.lower()) || word.text.ends_with("n't"));
    let mut claim = case.counts(&noun);
    if let Some(word) = denial.filter(|_| article.is_some_and(|word| word.lower() == "a")) {
        claim.denial = Some((Span::new(word.span.start, case.numeral.number.end), Decimal::ZERO));
    }
    Verdict::Fact(claim)
}

/// `one of the victors` counts; `one of the strongest`, `no one`, `the new one` do not.
fn one(case: &Case) -> Verdict {
    let pronoun = || Verdict::Nothing("pronoun".to_owned());
    let before = case.around.phrase_before().next().map(|word| word.lower()).unwrap_or_default();
    if case.lexicon.determiners.contains(&before) || case.around.glued_behind.starts_with(['\'', '’']) {
        return pronoun();
    }
    if case.around.next(0).as_deref() == Some("of") {
        let superlative = |n: usize| {
            case.around.next(n).is_some_and(|word| {
                case.lexicon.is_superlative(&word)
                    || ["few", "many", "several", "leading", "key"].contains(&word.as_str())
            })
        };
        if (1..5).any(superlative) {
            return Verdict::Nothing("idiom".to_owned());
        }
        return counted::partitive(case).map_or_else(pronoun, |noun| Verdict::Fact(case.counts(&noun)));
    }
    // `28 seats, one more than the Reds`: a difference.
    if case.around.next(0).is_some_and(|word| ["more", "fewer", "less"].contains(&word.as_str())) {
        return Verdict::Unknown;
    }
    // `One recent attempt is …` picks an example and counts nothing.
    let opens = case.numeral.number.start <= case.sentence.start + 1;
    if opens && case.around.next(0).is_some_and(|word| case.lexicon.examples.contains(&word)) {
        return pronoun();
    }
    match counted::singular(case, 0) {
        Some(noun) if !noun.is_plural => Verdict::Fact(case.counts(&noun)),
        _ if ["only", "just", "than", "least"].contains(&before.as_str()) => Verdict::Unknown,
        _ => pronoun(),
    }
}

/// `80 percent of the lawyers`, `welfare (16.6 percent)`.
fn percent(case: &Case) -> Option<Claim> {
    let unit = match case.numeral.unit {
        "percent" => "percent",
        "pp" => "pp",
        _ => return None,
    };
    let of = counted::of_phrase(case);
    let end = of.as_ref().map_or(case.numeral.span.end, |noun| noun.end);
    let bracketed = case.around.is_bracketed().then(|| counted::before_bracket(case));
    let subject = bracketed.or_else(|| counted::label(case)).unwrap_or_default();
    const BARS: &[&str] = &["threshold", "barrier", "hurdle"];
    let bar = unit == "percent" && case.around.phrase_before().any(|word| BARS.contains(&word.lower().as_str()));
    let claim = case.claim(if bar { "threshold" } else { "share" }, unit, subject, end);
    Some(match of {
        Some(noun) => claim.with("of", noun.text),
        None => claim,
    })
}

/// `US$25 billion`, `2 million euros`.
fn money(case: &Case) -> Option<Claim> {
    const SIGNED: &[&str] = &["usd", "eur", "gbp", "jpy", "kzt", "rub", "uah", "chf", "aud", "cad", "nzd", "hkd"];
    if let Some(unit) = SIGNED.iter().find(|unit| **unit == case.numeral.unit) {
        let subject = counted::label(case).unwrap_or_default();
        return Some(case.claim("money", unit, subject, case.numeral.span.end));
    }
    if case.around.is_closed() {
        return None;
    }
    let word = |n: usize| case.around.after.get(n).filter(|word| !word.opens()).map(|word| word.text);
    let (unit, count) = case.lexicon.currency(word)?;
    let end = case.around.after.get(count - 1)?.span.end;
    let mut claim = case.claim("money", unit, "", end);
    claim.span = Some(Span::new(case.numeral.span.start, end));
    Some(claim)
}

/// `almost half the population`, `half an hour`, `the second half`.
fn part(case: &Case) -> Verdict {
    let before = case.around.phrase_before().next().map(|word| word.lower()).unwrap_or_default();
    if ["first", "second", "latter", "other", "better", "upper", "lower", "top", "bottom", "former"]
        .contains(&before.as_str())
    {
        return Verdict::Nothing("order".to_owned());
    }
    if let Some(word) = case.around.joined() {
        return match case.lexicon.time.get(word) {
            Some(unit) => Verdict::Fact(case.claim("duration", unit, "", case.numeral.span.end)),
            None => Verdict::Nothing("term".to_owned()),
        };
    }
    let next = |n: usize| case.around.next(n);
    if matches!(next(0).as_deref(), Some("a" | "an"))
        && let Some(unit) =
            next(1).and_then(|word| case.lexicon.time.get(&word).or(case.lexicon.time.get(&format!("{word}s"))))
    {
        return Verdict::Fact(case.claim("duration", unit, "", case.numeral.span.end));
    }
    let of = counted::of_phrase(case).or_else(|| counted::determined(case));
    let end = of.as_ref().map_or(case.numeral.span.end, |noun| noun.end);
    let claim = case.claim("share", "share", "", end).with("fraction", case.words());
    Verdict::Fact(match of {
        Some(noun) => claim.with("of", noun.text),
        None => claim,
    })
}

/// `to at least triple`, `twice as many`; `a double standard` is none.
fn multiple(case: &Case) -> Verdict {
    let word = case.words();
    let next = case.around.next(0).unwrap_or_default();
    let verb = word.ends_with("ed") || word.ends_with("ing") || word.ends_with("fold");
    let before = case.around.phrase_before().next().map(|word| word.lower()).unwrap_or_default();
    if word == "twice" || word == "thrice" {
        let compares = ["as", "the", "that", "its", "their", "what"].contains(&next.as_str());
        let kind = if compares { "ratio" } else { "count" };
        return Verdict::Fact(case.claim(kind, "times", "", case.numeral.span.end));
    }
    let multiplies =
        ["the", "its", "their", "in", "since", "from", "to", "over", "that", "his", "her", "between", "by"];
    let doing = ["to", "than", "will", "would", "could", "nearly", "almost", "least", "about", "roughly"];
    if verb || multiplies.contains(&next.as_str()) || doing.contains(&before.as_str()) {
        return Verdict::Fact(case.claim("ratio", "times", "", case.numeral.span.end));
    }
    Verdict::Nothing("term".to_owned())
}

/// `dozens of militants`: many of something, without a number.
fn many(case: &Case) -> Verdict {
    let Some(noun) = counted::partitive(case).or_else(|| counted::after_of(case)) else {
        return Verdict::Fact(case.claim("count", "count", "", case.numeral.span.end).with("number", "not stated"));
    };
    let currency = case.lexicon.currency(|n| (n == 0).then_some(noun.head.as_str()));
    if let Some((unit, _)) = currency {
        return Verdict::Fact(case.claim("money", unit, "", noun.end).with("number", "not stated"));
    }
    Verdict::Fact(case.counts(&noun).with("number", "not stated"))
}
