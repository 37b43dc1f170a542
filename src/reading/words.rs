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

/// The value of a number in words: `Fifty-nine`, `two hundred`, `single`; `None` for other words.
pub fn value(words: &str) -> Option<Decimal> {
    let lower = words.to_lowercase();
    if let Some((_, n)) = COUNTING.iter().find(|(word, _)| *word == lower) {
        return Some(Decimal::from(*n));
    }
    let mut total: u32 = 0;
    let mut last: u32 = 0;
    let mut any = false;
    for word in lower.split(|c: char| c == '-' || c == '–' || c.is_whitespace()).filter(|word| !word.is_empty()) {
        match word {
            "and" | "a" if !any || word == "and" => continue,
            "hundred" => last = last.max(1).checked_mul(100)?,
            "thousand" => {
                total = total.checked_add(last.max(1).checked_mul(1000)?)?;
                last = 0;
            }
            _ => {
                let (_, n) = UNITS.iter().chain(TENS).find(|(known, _)| *known == word)?;
                last = last.checked_add(*n)?;
            }
        }
        any = true;
    }
    any.then(|| Decimal::from(total + last))
}

/// The pattern of a number in words, for use inside a larger one; letter case is the caller's.
pub fn pattern() -> String {
    let names = |list: &[(&str, u32)]| {
        // Longer words first: `seventeen` before `seven`.
        let mut words: Vec<&str> = list.iter().map(|(word, _)| *word).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.join("|")
    };
    let (units, tens, counting) = (names(UNITS), names(TENS), names(COUNTING));
    format!(r"(?i:\b(?:(?:{tens})(?:(?:[-–]|\s+)(?:{units}))?|(?:{units})(?:\s+hundred|\s+thousand)?|{counting})\b)")
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

/// A month's number, 1–12.
pub fn month(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(word))?;
    u32::try_from(at + 1).ok()
}

/// The pattern of a month.
pub fn month_pattern() -> String {
    format!("(?:{})", MONTHS.join("|"))
}

/// What a scale word multiplies by.
pub fn scale(word: &str) -> Option<Decimal> {
    let n: i64 = match word.to_lowercase().as_str() {
        "thousand" => 1_000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        _ => return None,
    };
    Some(Decimal::from(n))
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
}
