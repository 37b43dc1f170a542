//! Counts against their whole, and means against their parts.

use super::{
    Finding, Verdict,
    ground::{Ground, Term, anchors, finding, half_unit, is_about, plain, plus, sum},
    sums::Sum,
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
    /// Further up another number may be meant.
    const NEAR: usize = 20;
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
        let is_before = |figure: &&&Figure| figure.span.start < first.span.start && figure.unit == first.unit;
        let before: Vec<&&Figure> = figures.iter().filter(is_before).collect();
        let of_parties = before.iter().rev().take(NEAR).find(|figure| is_of_parties(ground, figure));
        let largest = match of_parties {
            Some(figure) => figure.value,
            None => before.iter().filter_map(|figure| figure.value).max(),
        };
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

/// `600 of the 1,000 winners belonged to a party`: how many of a whole the parties have, one sentence long.
fn is_of_parties(ground: &Ground, figure: &Figure) -> bool {
    let sentence = ground.sentence(figure);
    let behind = ground.words(Span::new(figure.span.end, sentence.end)).trim_start();
    let of = ["of the ", "out of the ", "of ", "out of "].iter().find_map(|of| behind.strip_prefix(of));
    let mut words = of.unwrap_or_default().split(|c: char| !c.is_alphanumeric());
    let of_a_number = of.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    of_a_number && words.any(|word| matches!(word, "party" | "parties")) && !ground.words(sentence).contains(" not ")
}
