//! Numbers in words: the English numerals and the sign sets that go with them.

use crate::source::Decimal;

const UNITS: &[(&str, u32)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
];

const TENS: &[(&str, u32)] = &[
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// Words that count without being numerals.
const COUNTING: &[(&str, u32)] = &[("single", 1), ("none", 0), ("no", 0)];

/// The months, January first.
pub const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Ordinals below twenty, in order from the first.
const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

const TENTH_ORDINALS: &[(&str, u32)] = &[
    ("twentieth", 20),
    ("thirtieth", 30),
    ("fortieth", 40),
    ("fiftieth", 50),
    ("sixtieth", 60),
    ("seventieth", 70),
    ("eightieth", 80),
    ("ninetieth", 90),
    ("hundredth", 100),
];

/// What a fraction divides by, and whether the word may stand without a numerator.
const DENOMINATORS: &[(&str, u32)] = &[
    ("half", 2),
    ("halves", 2),
    ("third", 3),
    ("thirds", 3),
    ("quarter", 4),
    ("quarters", 4),
    ("fourth", 4),
    ("fourths", 4),
    ("fifth", 5),
    ("fifths", 5),
    ("sixth", 6),
    ("sixths", 6),
    ("seventh", 7),
    ("sevenths", 7),
    ("eighth", 8),
    ("eighths", 8),
    ("ninths", 9),
    ("tenth", 10),
    ("tenths", 10),
];

const SCALES: &[(&str, u64)] = &[
    ("dozen", 12),
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];

/// Words that multiply.
const MULTIPLES: &[(&str, u32)] = &[
    ("twice", 2),
    ("double", 2),
    ("doubled", 2),
    ("doubles", 2),
    ("doubling", 2),
    ("twofold", 2),
    ("thrice", 3),
    ("triple", 3),
    ("tripled", 3),
    ("triples", 3),
    ("tripling", 3),
    ("threefold", 3),
    ("quadruple", 4),
    ("quadrupled", 4),
    ("fourfold", 4),
    ("fivefold", 5),
    ("sixfold", 6),
    ("tenfold", 10),
];

/// What sort of number words say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Said {
    /// `fifty-nine`, `three and a half`, `none`.
    Number(Decimal),
    /// `fourth`.
    Order(u32),
    /// `two thirds`: numerator and denominator.
    Part(u32, u32),
    /// `triple`.
    Multiple(u32),
    /// `dozens`: many, and nobody says how many.
    Many,
}

/// What words say that are a number; `None` for other words.
pub fn said(words: &str) -> Option<Said> {
    let lower = words.to_lowercase();
    let parts: Vec<&str> = parts(&lower).collect();
    if let [word] = parts.as_slice()
        && let Some((_, n)) = MULTIPLES.iter().find(|(known, _)| known == word)
    {
        return Some(Said::Multiple(*n));
    }
    if let Some(n) = order(&parts) {
        return Some(Said::Order(n));
    }
    if let Some((over, under)) = part(&parts) {
        return Some(Said::Part(over, under));
    }
    let many = |word: &&str| word.strip_suffix('s').is_some_and(|one| SCALES.iter().any(|(scale, _)| *scale == one));
    if parts.last().is_some_and(many) || parts.first() == Some(&"scores") {
        return Some(Said::Many);
    }
    value(words).map(Said::Number)
}

fn parts(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| c == '-' || c == '–' || c.is_whitespace()).filter(|word| !word.is_empty())
}

fn order(parts: &[&str]) -> Option<u32> {
    let below_twenty = |word: &str| {
        let at = ORDINALS.iter().position(|known| *known == word)?;
        u32::try_from(at + 1).ok()
    };
    let tenth = |word: &str| TENTH_ORDINALS.iter().find(|(known, _)| *known == word).map(|(_, n)| *n);
    match parts {
        [word] => below_twenty(word).or_else(|| tenth(word)),
        [tens, word] => {
            let (_, tens) = TENS.iter().find(|(known, _)| known == tens)?;
            below_twenty(word).filter(|n| *n < 10).map(|n| tens + n)
        }
        _ => None,
    }
}

fn part(parts: &[&str]) -> Option<(u32, u32)> {
    let (last, before) = parts.split_last()?;
    let (_, under) = DENOMINATORS.iter().find(|(word, _)| word == last)?;
    let over = match before {
        [] => return (*last == "half").then_some((1, 2)),
        ["a" | "an"] => 1,
        [word] => UNITS.iter().find(|(known, _)| known == word).map(|(_, n)| *n)?,
        _ => return None,
    };
    (over > 0 && over < *under).then_some((over, *under))
}

/// The value of a number in words: `Fifty-nine`, `two hundred thousand`, `three and a half`, `single`; `None` for
/// other words.
pub fn value(words: &str) -> Option<Decimal> {
    let lower = words.to_lowercase();
    if let Some((_, n)) = COUNTING.iter().find(|(word, _)| *word == lower) {
        return Some(Decimal::from(*n));
    }
    let mut parts: Vec<&str> = parts(&lower).collect();
    let mut fraction = Decimal::ZERO;
    match parts.as_slice() {
        [.., "and", "a", "half"] => {
            fraction = Decimal::new(5, 1);
            parts.truncate(parts.len() - 3);
        }
        [.., "and", "a", "quarter"] => {
            fraction = Decimal::new(25, 2);
            parts.truncate(parts.len() - 3);
        }
        ["half", "a" | "an", word] | ["a", "half", word] | ["half", word] => {
            return scale(word).map(|n| n / Decimal::from(2));
        }
        _ => {}
    }
    // Thousands and what is above them are closed sums; what stands below is `last`.
    let (mut total, mut last): (u64, u64) = (0, 0);
    let mut any = false;
    for word in parts {
        match word {
            "and" | "a" if !any || word == "and" => continue,
            _ => {}
        }
        if let Some((_, factor)) = SCALES.iter().find(|(known, _)| *known == word) {
            let scaled = last.max(1).checked_mul(*factor)?;
            if *factor < 1_000 {
                last = scaled;
            } else {
                total = total.checked_add(scaled)?;
                last = 0;
            }
        } else {
            let (_, n) = UNITS.iter().chain(TENS).find(|(known, _)| *known == word)?;
            last = last.checked_add(u64::from(*n))?;
        }
        any = true;
    }
    any.then(|| Decimal::from(total.saturating_add(last)) + fraction)
}

fn alternatives<'a>(words: impl Iterator<Item = &'a str>) -> String {
    // Longer words first: `seventeen` before `seven`.
    let mut words: Vec<&str> = words.collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}

fn firsts(list: &[(&'static str, u32)]) -> impl Iterator<Item = &'static str> {
    list.iter().map(|(word, _)| *word)
}

/// A cardinal below a hundred.
fn small() -> String {
    let (units, tens) = (alternatives(firsts(UNITS)), alternatives(firsts(TENS)));
    format!(r"(?:(?:{tens})(?:(?:[-–]|\s+)(?:{units}))?|(?:{units}))")
}

/// The pattern of a number in words, for use inside a larger one; letter case is the caller's.
pub fn pattern() -> String {
    let (small, counting) = (small(), alternatives(firsts(COUNTING)));
    let scales = alternatives(SCALES.iter().map(|(word, _)| *word));
    format!(
        concat!(
            r"(?i:\b(?:half\s+an?\s+(?:{scales})|(?:a\s+)?half[-\s]+dozen|(?:{small}|a)(?:[-\s]+(?:{scales}))+(?:(?:\s+and)?[-\s]+{small}(?:[-\s]+(?:{scales}))*)*",
            r"|{small}(?:[-\s]+and[-\s]+a[-\s]+(?:half|quarter))?|{counting})\b)"
        ),
        small = small,
        scales = scales,
        counting = counting
    )
}

/// The pattern of every number in words: cardinals, ordinals, fractions, multiples, and words for many.
pub fn any_pattern() -> String {
    let units = alternatives(firsts(UNITS));
    let tens = alternatives(firsts(TENS));
    let denominators = alternatives(firsts(DENOMINATORS));
    let ordinals = alternatives(ORDINALS.iter().copied().chain(firsts(TENTH_ORDINALS)));
    let multiples = alternatives(firsts(MULTIPLES));
    let scales = alternatives(SCALES.iter().map(|(word, _)| *word));
    format!(
        concat!(
            r"(?i:\b(?:(?:a\s+)?half[-\s]+dozen|(?:(?:tens|dozens|hundreds|thousands)\s+of\s+)?(?:{scales})s|scores\s+of",
            r"|(?:{units}|an?)[-\s]+(?:{denominators})|(?:(?:{tens})[-\s])?(?:{ordinals})|{multiples})\b)",
            r"|{cardinal}|(?i:\bhalf\b)"
        ),
        scales = scales,
        units = units,
        denominators = denominators,
        tens = tens,
        ordinals = ordinals,
        multiples = multiples,
        cardinal = pattern()
    )
}

/// A proper name: words with capitals, joined by small words (`Union for the North`, `People's Party`).
pub const NAME: &str =
    r"\p{Lu}[\p{L}-]*(?:(?:['’]s)?(?: (?:of|for|of the|for the|for a|of a|de|del|la|i|y|und))? \p{Lu}[\p{L}-]+)*";

/// The same pattern for text whose blanks may be line ends or no-break spaces: every blank fits any run of them, and one
/// that may lack (` ?`) fits none too.
pub fn loose(pattern: &str) -> String {
    let mut loose = String::with_capacity(pattern.len() * 2);
    let (mut class, mut escaped) = (0, false);
    let mut signs = pattern.chars().peekable();
    while let Some(c) = signs.next() {
        match c {
            ' ' if !escaped && class > 0 => loose.push_str(r"\s"),
            ' ' if !escaped && matches!(signs.peek(), Some('?' | '*' | '{')) => loose.push_str(r"(?:\s+)"),
            ' ' if !escaped => loose.push_str(r"\s+"),
            _ => loose.push(c),
        }
        class += i32::from(c == '[' && !escaped) - i32::from(c == ']' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    loose
}

/// The same pattern with word boundaries of ASCII wherever they stand beside ASCII: a boundary of Unicode keeps the
/// regex crate from its fast engines in every text that holds a curly quote.
pub fn plain_bounds(pattern: &str) -> String {
    const BOUND: &str = r"\b";
    let mut plain = String::with_capacity(pattern.len() + 64);
    let mut rest = pattern;
    while let Some(at) = rest.find(BOUND) {
        let (before, behind) = (&rest[..at], &rest[at + BOUND.len()..]);
        plain.push_str(before);
        let escaped = before.ends_with('\\') || before.ends_with("(?-u:");
        let next = behind.trim_start_matches(['(', '?', ':']);
        let next = next.strip_prefix("P<").and_then(|name| name.split_once('>')).map_or(next, |(_, inner)| inner);
        let opens = next.trim_start_matches(['(', '?', ':', 'i']).starts_with(|c: char| c.is_ascii_alphanumeric());
        let opens = opens || next.starts_with(r"\d") || next.starts_with('[') && !next.starts_with(r"[\p");
        let last = before.chars().next_back();
        let closes = last.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, ')' | '?' | '|' | '}'))
            && !before.ends_with(r"\p{L}")
            && !before.ends_with(r"\w");
        plain.push_str(if !escaped && (opens || closes) { r"(?-u:\b)" } else { BOUND });
        rest = behind;
    }
    plain.push_str(rest);
    plain
}

/// A month's number, 1–12, of its name or the short form of it.
pub fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let short = |month: &str| word.len() >= 3 && month.get(..word.len()).is_some_and(|m| m.eq_ignore_ascii_case(word));
    let at = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(word) || short(month))?;
    u32::try_from(at + 1).ok()
}

/// The pattern of a month: whole, or shortened to three or four letters with a point or without.
pub fn month_pattern() -> String {
    let short = |month: &&str| {
        let (three, four) = (month.get(..3)?, month.get(..4)?);
        let short = if four == "Sept" { "Sept?" } else { three };
        (month.len() > 4).then(|| format!(r"{short}\b\.?"))
    };
    let shorts: Vec<String> = MONTHS.iter().filter_map(short).collect();
    format!("(?:{}|{})", MONTHS.join("|"), shorts.join("|"))
}

/// What a scale word or its short form multiplies by.
pub fn scale(word: &str) -> Option<Decimal> {
    let lower = word.trim().trim_start_matches('-').to_lowercase();
    let whole = match lower.as_str() {
        "k" => "thousand",
        "m" | "mn" | "mln" => "million",
        "bn" | "bln" => "billion",
        other => other,
    };
    SCALES.iter().find(|(known, _)| *known == whole).map(|(_, n)| Decimal::from(*n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_give_their_numbers() {
        let cases = [("Fifty-nine", 59), ("seven", 7), ("two hundred", 200), ("a single", 1), ("None", 0), ("ten", 10)];
        for (words, n) in cases {
            assert_eq!(value(words.trim_start_matches("a ")), Some(Decimal::from(n)), "{words}");
        }
        assert_eq!(loose("a [b c]"), r"a\s+[b\sc]");
        assert_eq!(loose("a ?b"), r"a(?:\s+)?b");
        assert_eq!(value("seats"), None);
        assert_eq!(value(""), None);
    }

    #[test]
    fn bounds_beside_ascii_are_plain() {
        assert_eq!(plain_bounds(r"\b(?:won|wins)\b"), r"(?-u:\b)(?:won|wins)(?-u:\b)");
        assert_eq!(plain_bounds(r"\b(?P<n>\d+) seats?\b"), r"(?-u:\b)(?P<n>\d+) seats?(?-u:\b)");
        assert_eq!(plain_bounds(r"\b(?P<short>\p{Lu}+)"), r"\b(?P<short>\p{Lu}+)");
        assert_eq!(plain_bounds(r"\p{L}\b "), r"\p{L}\b ");
    }

    #[test]
    fn words_say_orders_parts_multiples_and_many() {
        let cases = [
            ("fourth", Said::Order(4)),
            ("twenty-first", Said::Order(21)),
            ("half", Said::Part(1, 2)),
            ("two thirds", Said::Part(2, 3)),
            ("three-quarters", Said::Part(3, 4)),
            ("triple", Said::Multiple(3)),
            ("dozens", Said::Many),
            ("tens of thousands", Said::Many),
            ("three and a half", Said::Number(Decimal::new(35, 1))),
            ("three-and-a-half", Said::Number(Decimal::new(35, 1))),
            ("two hundred and five thousand", Said::Number(Decimal::from(205_000))),
            ("a dozen", Said::Number(Decimal::from(12))),
            ("half a million", Said::Number(Decimal::from(500_000))),
        ];
        for (words, expected) in cases {
            assert_eq!(said(words), Some(expected), "{words}");
        }
        assert_eq!(said("the"), None);
        assert_eq!((month("Sept."), month("Feb"), month("Ma")), (Some(9), Some(2), None));
    }
}
