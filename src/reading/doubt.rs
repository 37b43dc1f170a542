//! What makes a plain reading of a result wrong: wishes, conditions and denials before a verb, fractions and comparisons
//! around a number. Where one of them stands, nothing is claimed.

/// Words before a verb that make it no report of what happened.
const UNREAL: &[&str] = &[
    "to", "could", "would", "will", "may", "might", "should", "can", "cannot", "not", "never", "if", "must", "hardly",
    "nearly", "almost", "neither", "nor", "had",
];
/// Words that open a clause of condition, or of an earlier time.
const OPENINGS: &[&str] = &["if ", "had ", "unless ", "were ", "should ", "before ", "prior to ", "until "];
/// Words between a number and its noun that make it another number, or a number of something else.
const INSIDE: &[&str] = &[
    "half",
    "halves",
    "third",
    "thirds",
    "quarter",
    "quarters",
    "fourth",
    "fourths",
    "fifth",
    "fifths",
    "tenth",
    "tenths",
    "times",
    "more",
    "fewer",
    "less",
    "additional",
    "extra",
    "further",
    "other",
    "about",
    "over",
    "for",
    "in",
    "on",
    "from",
    "than",
    "percent",
    "complaints",
    "per",
    "reserved",
    "minority",
];
/// Words right behind a number and its noun that make it a difference, or a gain from somebody.
const BEHIND: &[&str] = &["more", "fewer", "less", "short", "from", "compared", "on", "away", "ahead", "behind"];

/// Elections other than those of the national parliament.
const OTHER_ELECTIONS: &[&str] = &[
    "by-election",
    "municipal",
    "local election",
    "local council",
    "regional",
    "mayoral",
    "presidential",
    "referendum",
];

/// Whether the words before a result speak of another election than the parliament's.
pub(super) fn of_another_election(words: &str) -> bool {
    let lower = words.to_lowercase();
    OTHER_ELECTIONS.iter().any(|kind| lower.contains(kind))
}

/// Whether a share of the vote is that of a part of the country: `… of the vote in the capital`.
pub(super) fn in_a_part(behind: &str) -> bool {
    const WHOLE: &[&str] = &[
        "proportional",
        "first",
        "second",
        "party",
        "list",
        "parliamentary",
        "election",
        "elections",
        "final",
        "latest",
    ];
    let Some(rest) = behind.trim_start().strip_prefix("in ") else { return false };
    let word = rest.strip_prefix("the ").unwrap_or(rest).split_whitespace().next().unwrap_or_default();
    !word.starts_with(|c: char| c.is_ascii_digit())
        && !WHOLE.contains(&word)
        && crate::reading::words::month(word).is_none()
}

/// Whether a sentence opens with a part of the country: `In the capital, …`.
pub(super) fn opens_in_a_part(words: &str) -> bool {
    const WHOLE: &[&str] = &[
        "election",
        "vote",
        "voting",
        "poll",
        "round",
        "parliament",
        "contest",
        "contrast",
        "addition",
        "all",
        "total",
        "end",
        "result",
        "fact",
        "turn",
        "tier",
        "ballot",
        "race",
        "runoff",
        "run-off",
        "comparison",
        "list",
        "district",
        "constituenc",
        "seat",
        "response",
        "practice",
        "general",
        "particular",
        "effect",
        "sum",
        "part",
        "chamber",
        "house",
        "senate",
        "assembly",
        "legislature",
        "campaign",
        "country",
        "history",
        "case",
        "year",
        "month",
    ];
    const PARTS: &[&str] =
        &["capital", "north", "south", "east", "west", "countryside", "city", "region", "province", "county"];
    let Some(rest) = words.trim_start().strip_prefix("In ") else { return false };
    // `In the capital the Reds won …` has no comma.
    let place = rest.strip_prefix("the ").and_then(|rest| rest.split_whitespace().next()).unwrap_or_default();
    if PARTS.contains(&place.trim_end_matches(',')) {
        return true;
    }
    let Some((phrase, _)) = rest.split_once(',') else { return false };
    let lower = phrase.to_lowercase();
    let dated = lower.contains(|c: char| c.is_ascii_digit())
        || lower.split_whitespace().any(|word| crate::reading::words::month(word).is_some());
    !dated && !WHOLE.iter().any(|word| lower.contains(word))
}

/// Words that report what others say, fear or expect: no result.
const SAID: &[&str] = &[
    "claims that",
    "claim that",
    "claimed that",
    "alleg",
    "predict",
    "forecast",
    "exit poll",
    "opinion poll",
    "survey",
    "rumor",
    "rumour",
    "projected",
    "boasted",
];

/// Whether what stands before a verb says that it did not happen, or not so.
pub(super) fn before_verb(clause: &str) -> bool {
    let lower = clause.to_lowercase();
    let clause = lower.rsplit([';', ':']).next().unwrap_or_default().trim_start();
    let last = clause.split_whitespace().next_back().unwrap_or_default();
    SAID.iter().any(|words| clause.contains(words))
        || UNREAL.contains(&last)
        || OPENINGS.iter().any(|opening| clause.starts_with(opening))
}

/// Whether what is gained is a difference: `the Reds gained 5 seats, while the Blues lost 3`.
pub(super) fn gains_and_losses(verb: &str, behind: &str) -> bool {
    let lost = [" lost ", " losing ", " loses "].iter().any(|word| behind.contains(word));
    verb.starts_with("gain") && lost
}

/// Whether words between a number and `seats` make it another number.
pub(super) fn inside(words: &str) -> bool {
    words.split_whitespace().any(|word| INSIDE.contains(&word.to_lowercase().as_str()))
}

/// Whether words behind a result make it a difference.
pub(super) fn behind(words: &str) -> bool {
    let next = words.split_whitespace().next().unwrap_or_default();
    BEHIND.contains(&next.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
}

/// Whether a bare number goes on to a noun of its own: `the Blues 3 in the north`, `the Greens 30 percent of the seats`.
pub(super) fn counted_else(behind: &str) -> bool {
    behind.starts_with([' ', '\n', '\r']) && !["and ", "("].iter().any(|joint| behind.trim_start().starts_with(joint))
}

/// Whether a bound stands right before a number (`more than 60 percent`): it is not that number.
pub(super) fn bounded(before: &str) -> bool {
    const BOUNDS: &[&str] = &[
        "more than",
        "less than",
        "fewer than",
        "at least",
        "over",
        "under",
        "nearly",
        "almost",
        "up to",
        "below",
        "above",
    ];
    let lower = before.trim_end().to_lowercase();
    BOUNDS.iter().any(|bound| lower.ends_with(bound))
}
