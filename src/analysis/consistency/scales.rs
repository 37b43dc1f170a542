//! Ranks within their field, scores on their scale.

use super::{
    Finding, Verdict,
    ground::{Ground, Term, anchors, finding},
};
use crate::{facts::RatingSet, reading::Figure, source::Decimal};

/// Each rank against the number it is said to be of.
pub(super) fn ranks(ground: &Ground) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut within = Vec::new();
    let mut said = Vec::new();
    for figure in ground.kind("rank") {
        let Some(field) = figure.detail("of").and_then(|of| of.replace(',', "").parse::<Decimal>().ok()) else {
            continue;
        };
        let term = ground.term(figure);
        let size = ground
            .kind("rank_of")
            .iter()
            .chain(ground.kind("count"))
            .find(|size| size.value == Some(field) && size.paragraph == figure.paragraph);
        if term.value > field {
            let statement = format!("A rank of {} is outside a field of {field}", figure.subject);
            let places = size.into_iter().map(|size| ground.term(size).anchor).chain([term.anchor]).collect();
            let arithmetic = format!("{} > {field}", term.text);
            found.push(finding("rank-field", Verdict::Contradiction, statement, arithmetic, places));
        } else {
            said.push(format!("{} ≤ {field}", term.text));
            within.push(term);
            within.extend(size.map(|size| ground.term(size)));
        }
    }
    if !said.is_empty() {
        let statement = "Every rank lies within its field".to_owned();
        found.push(finding("rank-field", Verdict::Agrees, statement, said.join("; "), anchors(&within)));
    }
    found
}

/// Scores against the scale that their paragraph states, ratings against that of their series.
pub(super) fn scores(ground: &Ground) -> Vec<Finding> {
    let mut found: Vec<Finding> = ground.dataset.ratings.iter().flat_map(ratings).collect();
    for figures in ground.by_paragraph("score") {
        let is_scale = |figure: &&&Figure| figure.detail("role") == Some("scale") && figure.value_max.is_some();
        let mut scales = figures.iter().filter(is_scale);
        let (Some(scale), None) = (scales.next(), scales.next()) else { continue };
        let (Some(least), Some(most)) = (scale.value, scale.value_max) else { continue };
        let own =
            figures.iter().filter(|figure| figure.detail("role").is_none() && figure.span.start > scale.span.start);
        let (inside, outside): (Vec<Term>, Vec<Term>) =
            own.map(|figure| ground.term(figure)).partition(|term| (least..=most).contains(&term.value));
        let anchor = ground.term(scale).anchor;
        let sides = |term: &Term| format!("{} lies outside {least} to {most}", term.text);
        for term in outside {
            let statement = "A score lies outside the scale that is stated for it".to_owned();
            let places = vec![anchor, term.anchor];
            found.push(finding("score-scale", Verdict::Contradiction, statement, sides(&term), places));
        }
        if !inside.is_empty() {
            let statement = "The scores lie on the scale that is stated for them".to_owned();
            let said: Vec<String> = inside.iter().map(|term| format!("{least} ≤ {} ≤ {most}", term.text)).collect();
            let places = anchors(&inside).into_iter().chain([anchor]).collect();
            found.push(finding("score-scale", Verdict::Agrees, statement, said.join("; "), places));
        }
    }
    found
}

fn ratings(set: &RatingSet) -> Vec<Finding> {
    let Some(scale) = &set.scale else { return Vec::new() };
    let mut found = Vec::new();
    let terms = set.ratings.iter().filter_map(|rating| Some((rating, Term::stated(&rating.score)?)));
    for (rating, term) in terms.filter(|(_, term)| !(scale.min..=scale.max).contains(&term.value)) {
        let statement = format!("The rating of {} lies outside the series' scale", rating.category);
        let arithmetic = format!("{} lies outside {} to {}", term.text, scale.min, scale.max);
        found.push(finding("score-scale", Verdict::Contradiction, statement, arithmetic, vec![term.anchor]));
    }
    found
}
