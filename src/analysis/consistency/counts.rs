//! Counts and sums of money against their whole, and means against their parts.

use super::{
    Finding, Verdict,
    ground::{Ground, Term, anchors, finding, half_unit, is_about, plain, plus, sum},
    sums::{Sum, compare},
};
use crate::{
    facts::{Rating, RatingSet},
    reading::Figure,
    source::{Anchor, Decimal, Span},
};

/// `an average of 8 guests for each table`, and the mean of a set of ratings.
pub(super) fn means(ground: &Ground) -> Vec<Finding> {
    let mut found: Vec<Finding> = ground.dataset.ratings.iter().flat_map(of_ratings).collect();
    for figures in ground.by_paragraph("count") {
        for figure in figures {
            found.extend(quotient(ground, figure, figures));
        }
    }
    found
}

fn quotient(ground: &Ground, mean: &Figure, counts: &[&Figure]) -> Option<Finding> {
    let sentence = ground.sentence(mean);
    let text = ground.words(sentence);
    let before = text.get(..mean.span.start.checked_sub(sentence.start)?)?;
    let is_mean = before.split_whitespace().rev().take(5).any(|word| word.trim_matches(',') == "average");
    if !is_mean || mean.subject.is_empty() {
        return None;
    }
    let after = text.get(mean.numeral.end - sentence.start..)?;
    let per = ["for each ", "for every ", "per ", "to each ", "to every ", "a "].iter().find_map(|words| {
        let (_, rest) = after.split_once(&format!("{} {words}", mean.subject))?;
        rest.split(|c: char| !c.is_alphanumeric()).next()
    })?;
    let inside = |figure: &&&Figure| sentence.contains(figure.span) && figure.span != mean.span;
    let mut over = counts.iter().filter(inside).filter(|figure| figure.subject == mean.subject);
    let seats = ground.kind("seats").iter().chain(counts.iter());
    let mut by = seats.filter(inside).filter(|figure| {
        let noun = if figure.kind == "seats" { "seats" } else { figure.subject.as_str() };
        noun == per || noun.strip_suffix('s') == Some(per)
    });
    let (Some(over), None, Some(by), None) = (over.next(), over.next(), by.next(), by.next()) else { return None };
    let (over, by, term) = (ground.term(over), ground.term(by), ground.term(mean));
    let exact = over.value.checked_div(by.value)?;
    let near = (exact - term.value).abs();
    let loose = if is_about(mean) { term.value / Decimal::TEN } else { Decimal::ZERO };
    let fits = near <= half_unit(&term).max(loose);
    let verdict = if fits { Verdict::Agrees } else { Verdict::Contradiction };
    let does = if fits { "is" } else { "is not" };
    let statement = format!("The average of {} per {per} {does} that of the numbers beside it", mean.subject);
    let sign = if fits { "≈" } else { "≠" };
    let arithmetic = format!("{} ÷ {} = {} {sign} {}", over.text, by.text, plain(exact.round_dp(2)), term.text);
    Some(finding("mean", verdict, statement, arithmetic, vec![over.anchor, by.anchor, term.anchor]))
}

/// A category that is the mean of the others, by its name.
fn is_mean(rating: &Rating) -> bool {
    let name = rating.category.to_lowercase();
    ["average", "mean", "democracy score", "overall score"].iter().any(|word| name.contains(word))
}

fn of_ratings(set: &RatingSet) -> Vec<Finding> {
    let whose = if set.origin.country.is_empty() { String::new() } else { format!(" of {}", set.origin.country) };
    let years: Vec<Mean> = set.years().into_iter().filter_map(|year| mean_of(set, year)).collect();
    let (right, wrong): (Vec<&Mean>, Vec<&Mean>) = years.iter().partition(|mean| mean.fits());
    let mut found = Vec::new();
    // A series may weigh its categories, or round them first; not where other years are the plain mean.
    let plain_elsewhere = right.len() >= 2;
    for mean in wrong {
        let verdict = if plain_elsewhere { Verdict::Contradiction } else { Verdict::Tension };
        let (name, year, n) = (&mean.name, mean.year, mean.parts.len());
        let statement = format!("{name}{whose} in {year} is not the mean of its {n} categories");
        found.push(finding("mean", verdict, statement, mean.arithmetic("≠"), mean.places()));
    }
    if let Some(last) = right.last() {
        let n = right.len();
        let statement = if n == 1 {
            format!("{}{whose} in {} is the mean of its categories", last.name, last.year)
        } else {
            format!("{}{whose} is the mean of its categories in {n} years", last.name)
        };
        let places = right.iter().flat_map(|mean| mean.places()).collect();
        found.push(finding("mean", Verdict::Agrees, statement, last.arithmetic("≈"), places));
    }
    found
}

/// A stated mean of one year and its parts.
struct Mean {
    name: String,
    year: i32,
    stated: Term,
    parts: Vec<Term>,
    exact: Decimal,
}

impl Mean {
    fn fits(&self) -> bool {
        (self.exact - self.stated.value).abs() <= half_unit(&self.stated)
    }

    fn arithmetic(&self, sign: &str) -> String {
        let exact = plain(self.exact.round_dp(3));
        format!("({}) ÷ {} = {exact} {sign} {}", plus(&self.parts), self.parts.len(), self.stated.text)
    }

    fn places(&self) -> Vec<Anchor> {
        anchors(&self.parts).into_iter().chain([self.stated.anchor]).collect()
    }
}

fn mean_of(set: &RatingSet, year: i32) -> Option<Mean> {
    const FEWEST: usize = 3;
    let here = set.ratings.iter().filter(|rating| rating.year == Some(year));
    let (means, parts): (Vec<&Rating>, Vec<&Rating>) = here.partition(|rating| is_mean(rating));
    let [mean] = means.as_slice() else { return None };
    let parts = parts.iter().map(|rating| Term::stated(&rating.score)).collect::<Option<Vec<Term>>>()?;
    let exact = sum(&parts)?.checked_div(Decimal::from(parts.len()))?;
    let (name, stated) = (mean.category.clone(), Term::stated(&mean.score)?);
    (parts.len() >= FEWEST).then_some(Mean { name, year, stated, parts, exact })
}

/// A list of counts by party against the number that the paragraph says there are of all.
pub(super) fn parts(ground: &Ground) -> Vec<Finding> {
    let mut found = Vec::new();
    for figures in ground.by_paragraph("count") {
        let listed: Vec<&Figure> =
            figures.iter().copied().filter(|figure| figure.detail("counted").is_some()).collect();
        let Some(noun) = listed.first().and_then(|figure| figure.detail("counted")) else { continue };
        // The first of the list names what is counted; the others only whose they are.
        let first = figures.iter().copied().rev().find(|figure| {
            figure.span.start < listed[0].span.start && figure.detail("counted").is_none() && figure.subject == noun
        });
        let Some(first) = first.filter(|_| listed.iter().all(|figure| figure.detail("counted") == Some(noun))) else {
            continue;
        };
        let parts: Vec<Term> = std::iter::once(first).chain(listed).map(|figure| ground.term(figure)).collect();
        let Some(all) = sum(&parts) else { continue };
        let before: Vec<&&Figure> = figures.iter().filter(|figure| figure.span.start < first.span.start).collect();
        let largest = before.iter().filter_map(|figure| figure.value).max();
        if let Some(whole) = before.iter().find(|figure| figure.value == Some(all)) {
            let sum = Sum { parts, whole: ground.term(whole) };
            let statement = format!("The {noun} counted one by one make the number stated before");
            found.push(finding("counts", Verdict::Agrees, statement, sum.arithmetic(), sum.places()));
        } else if let Some(whole) = before.iter().find(|figure| figure.value == largest && largest < Some(all)) {
            let sum = Sum { parts, whole: ground.term(whole) };
            let statement = format!("The {noun} counted one by one are more than the number stated before");
            found.push(finding("counts", Verdict::Contradiction, statement, sum.arithmetic(), sum.places()));
        }
    }
    found
}

/// Words that open a sentence on the parts of a sum of money.
const OPENERS: &[&str] = &["of the", "out of the", "of a", "out of a", "of this", "of an", "out of"];

/// `Of the overall 74.2 million …, … received 10.6 million, whereas … received 39.4 million`.
pub(super) fn money(ground: &Ground) -> Vec<Finding> {
    let mut found = Vec::new();
    for figures in ground.by_paragraph("money") {
        let mut rest = figures;
        while let Some((whole, after)) = rest.split_first() {
            let sentence = ground.sentence(whole);
            let here = after.iter().take_while(|figure| sentence.contains(figure.span)).count();
            rest = &after[here..];
            let opens = opens(ground, sentence, whole, after.first().copied());
            let parts = &after[..here];
            let alike = parts.iter().all(|part| part.unit == whole.unit && part.value_max.is_none() && !is_about(part));
            if parts.len() < 2 || !opens || !alike || is_about(whole) {
                continue;
            }
            found.extend(fills(ground, whole, parts));
        }
    }
    found
}

/// Whether a sum of money is said to be what those behind it are parts of.
fn opens(ground: &Ground, sentence: Span, whole: &Figure, next: Option<&Figure>) -> bool {
    const FEW_WORDS: usize = 5;
    let lead = ground.words(Span::new(sentence.start, whole.span.start)).to_lowercase();
    let before = OPENERS.iter().any(|opener| lead.starts_with(&format!("{opener} ")));
    let behind = next.map_or("", |next| ground.words(Span::new(whole.span.end, next.span.start)).trim_end());
    (before && lead.split_whitespace().count() <= FEW_WORDS) || behind.ends_with(", of which")
}

fn fills(ground: &Ground, whole: &Figure, parts: &[&Figure]) -> Option<Finding> {
    let whole = ground.term(whole);
    let terms: Vec<Term> = parts.iter().map(|part| ground.term(part)).collect();
    let all = sum(&terms)?;
    // In the unit that the source writes them in: millions, where all are.
    let scale = |term: &Term| term.value.checked_div(term.text.replace(',', "").parse().ok()?);
    let unit = scale(&whole).filter(|unit| terms.iter().all(|term| scale(term) == Some(*unit)) && !unit.is_zero());
    let show = |value: Decimal| plain(unit.map_or(value, |unit| value / unit));
    let words = |term: &Term| if unit.is_some() { term.text.clone() } else { plain(term.value) };
    let verdict = compare(all, whole.value, Decimal::ZERO);
    let statement = match verdict {
        Verdict::Contradiction => "The parts named are more than the whole sum",
        Verdict::Incomplete => "The parts named leave a remainder of the whole sum that nothing accounts for",
        _ => "The parts named make the whole sum",
    };
    let parts = terms.iter().map(words).collect::<Vec<_>>().join(" + ");
    let arithmetic = match verdict {
        Verdict::Incomplete => {
            format!("{parts} = {}; {} − {} = {}", show(all), words(&whole), show(all), show(whole.value - all))
        }
        Verdict::Contradiction => format!("{parts} = {} > {}", show(all), words(&whole)),
        _ => format!("{parts} = {}", words(&whole)),
    };
    let places = anchors(&terms).into_iter().chain([whole.anchor]).collect();
    Some(finding("money", verdict, statement.to_owned(), arithmetic, places))
}
