//! Two numerals that are one: a range whose ends carry their own units, and a part told as `one in six`.

use super::{
    Form,
    lexicon::lexicon,
    numeral::{AMBIGUOUS, Numeral, Sort},
};
use crate::source::{Decimal, Span};

/// Joins the neighbours that belong together.
pub(super) fn join(text: &str, found: &mut Vec<Numeral>) {
    let mut i = 0;
    while i + 1 < found.len() {
        let joined = one_in(text, &found[i], &found[i + 1]).or_else(|| range(text, &found[i], &found[i + 1]));
        if of_whom(text, &found[i], &found[i + 1]) {
            found[i].unit = AMBIGUOUS;
            found[i + 1].unit = AMBIGUOUS;
        }
        if let Some(joined) = joined {
            found[i] = joined;
            found.remove(i + 1);
        } else if shares_percent(text, &found[i], &found[i + 1]) {
            found[i].unit = found[i + 1].unit;
        }
        i += 1;
    }
}

fn plain(numeral: &Numeral) -> bool {
    numeral.sort == Sort::Cardinal && numeral.value_max.is_none()
}

/// `three to seven days`, `between $5 million and $7 million`, `25%–30%`. `from 3 to 7` tells a change: two numbers.
fn range(text: &str, low: &Numeral, high: &Numeral) -> Option<Numeral> {
    let between = text.get(low.span.end..high.span.start)?;
    let before = text[..low.span.start].trim_end();
    let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let words = low.form == Form::Words && high.form == Form::Words && low.unit.is_empty();
    let joint = match between.trim() {
        "to" => words && !last.eq_ignore_ascii_case("from"),
        "and" => !low.unit.is_empty() && last.eq_ignore_ascii_case("between"),
        "-" | "–" => !low.unit.is_empty() && between.len() <= 3,
        _ => false,
    };
    let same = low.unit == high.unit || low.unit.is_empty();
    if !joint || !same || !plain(low) || !plain(high) || low.value >= high.value || low.value.is_zero() {
        return None;
    }
    // `five to four` is a vote and not a range; `three to seven days` counts something.
    let counts = text[high.span.end..].trim_start().starts_with(char::is_alphabetic);
    if words && !counts {
        return None;
    }
    let span = Span::new(low.span.start, high.span.end);
    let number = Span::new(low.number.start, high.number.end);
    Some(Numeral { span, number, value_max: Some(high.value), unit: high.unit, ..low.clone() })
}

/// `fell from 40 to under 10 percent`: both ends of a change in percent, said once.
fn shares_percent(text: &str, from: &Numeral, to: &Numeral) -> bool {
    const BOUNDS: &[&str] =
        &["to", "under", "over", "about", "around", "almost", "nearly", "just", "more", "less", "than"];
    let Some(between) = text.get(from.span.end..to.span.start) else { return false };
    let mut words = between.split_whitespace();
    let leads = text[..from.span.start].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    leads.eq_ignore_ascii_case("from")
        && words.next() == Some("to")
        && words.all(|word| BOUNDS.contains(&word))
        && plain(from)
        && plain(to)
        && from.unit.is_empty()
        && to.unit == "percent"
}

/// Whether a word names one person.
fn is_person(word: &str) -> bool {
    ["woman", "man", "child", "person"].contains(&word) || lexicon().is_people(&format!("{word}s"))
}

/// `one woman in four reports it`, `one reporter in four cities`: which it is, the form of the words does not tell.
fn of_whom(text: &str, over: &Numeral, under: &Numeral) -> bool {
    let Some(between) = text.get(over.span.end..under.span.start) else { return false };
    let words: Vec<&str> = between.split_whitespace().collect();
    let person = matches!(words.as_slice(), [noun, "in"] if is_person(noun));
    let next = text[under.span.end..].trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    person && over.value == Decimal::ONE && plain(over) && plain(under) && lexicon().is_plural(&next.to_lowercase())
}

/// `one in six`, `nine out of every ten`: a part, in words; `3 in 12 districts` counts three.
fn one_in(text: &str, over: &Numeral, under: &Numeral) -> Option<Numeral> {
    const PLACES: u32 = 4;
    const TIME: &[&str] = &["year", "month", "week", "day", "hour", "decade"];
    let between = text.get(over.span.end..under.span.start)?;
    let words: Vec<&str> = between.split_whitespace().collect();
    let every = matches!(words.as_slice(), ["in" | "of", "every"] | ["out", "of", "every"]);
    let hundred = Decimal::ONE_HUNDRED;
    let in_words = over.form == Form::Words && under.form == Form::Words;
    // `8 in 10 applicants`, `one woman in four`
    let round = under.value == Decimal::TEN || under.value == hundred;
    let person = matches!(words.as_slice(), [noun, "in"] if is_person(noun)) && over.value == Decimal::ONE;
    let bare = words == ["in"] && (in_words || round) || person && in_words && !of_whom(text, over, under);
    let fits = over.value >= Decimal::ONE && over.value < under.value && under.value <= hundred;
    let time = TIME.iter().any(|unit| text[under.span.end..].trim_start().starts_with(unit));
    if !(every || bare)
        || !fits
        || time
        || !plain(over)
        || !plain(under)
        || !over.unit.is_empty()
        || !under.unit.is_empty()
    {
        return None;
    }
    let span = Span::new(over.span.start, under.span.end);
    let value = (over.value / under.value).round_dp(PLACES);
    Some(Numeral { span, number: span, sort: Sort::Part, value, unit: "share", ..over.clone() })
}

#[cfg(test)]
mod tests {
    use super::super::numeral::numerals;

    fn read(text: &str) -> Vec<String> {
        let one = |n: super::Numeral| {
            let max = n.value_max.map(|max| format!("..{max}")).unwrap_or_default();
            format!("{} = {}{max} {}", n.span.of(text).unwrap(), n.value, n.unit).trim_end().to_owned()
        };
        numerals(text, 0).into_iter().map(one).collect()
    }

    #[test]
    fn ends_with_their_own_units_are_one_range() {
        assert_eq!(read("held for three to seven days"), ["three to seven = 3..7"]);
        assert_eq!(read("between $5 million and $7 million"), ["$5 million and $7 million = 5000000..7000000 usd"]);
        assert_eq!(read("some 25%–30% of it"), ["25%–30% = 25..30 percent"]);
        assert_eq!(read("voted seven to two.").len(), 2);
        assert_eq!(read("rose from three to seven members").len(), 2);
    }

    #[test]
    fn the_ends_of_a_change_share_their_percent() {
        assert_eq!(read("fell from 40 to under 10 percent"), ["40 = 40 percent", "10 percent = 10 percent"]);
        assert_eq!(read("fell from 40 people to 10 percent"), ["40 = 40", "10 percent = 10 percent"]);
    }

    #[test]
    fn one_in_six_is_a_part() {
        assert_eq!(read("about one in six voters"), ["one in six = 0.1667 share"]);
        assert_eq!(read("one out of every eight families"), ["one out of every eight = 0.125 share"]);
        assert_eq!(read("about 8 in 10 applicants"), ["8 in 10 = 0.80 share"]);
        assert_eq!(read("one voter in eight stayed"), ["one voter in eight = 0.125 share"]);
        assert_eq!(read("one woman in four reports it"), ["one = 1 ambiguous", "four = 4 ambiguous"]);
        assert_eq!(read("won 3 in 12 districts").len(), 2);
        assert_eq!(read("once, one in ten years").len(), 2);
    }
}
