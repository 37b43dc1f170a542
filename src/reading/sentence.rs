//! Paragraphs to sentences.

use crate::source::Span;

/// Words that end with a point and end no sentence.
const ABBREVIATIONS: &[&str] =
    &["Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Col", "St", "No", "Art", "vs", "Jr", "Sr", "ca", "approx", "est", "etc"];

/// The sentences of a paragraph, as spans of `text`, offset by `offset`. Nothing between them is lost but blank space.
pub fn sentences(text: &str, offset: usize) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < bytes.len() {
        if matches!(bytes[i], b'.' | b'!' | b'?') && ends_here(text, start, i) {
            let closed = close(text, i + 1);
            if let Some(next) = opens_next(text, closed) {
                found.push(Span::new(start, closed).shifted(offset));
                start = next;
                i = next;
                continue;
            }
        }
        i += 1;
    }
    if start < text.trim_end().len() {
        found.push(Span::new(start, text.trim_end().len()).shifted(offset));
    }
    found
}

/// Past closing quotation marks and brackets.
fn close(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    from + (rest.len() - rest.trim_start_matches(['"', '”', '\'', '’', ')', '*']).len())
}

/// Where the next sentence begins, if one does after blank space.
fn opens_next(text: &str, from: usize) -> Option<usize> {
    let rest = &text[from..];
    let words = rest.trim_start();
    let gap = rest.len() - words.len();
    // `[Section ¶3]` after a sentence is its citation and stands apart.
    let opens = words
        .trim_start_matches(['"', '“', '‘', '(', '[', '*'])
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (gap > 0 && opens || gap == 0 && is_joined(text, from)).then_some(from + gap)
}

/// `of the party.In January`: a lost blank between two sentences.
fn is_joined(text: &str, from: usize) -> bool {
    const WORD: usize = 3;
    let before: Vec<char> = text[..from].chars().rev().skip(1).take(WORD).collect();
    let word = before.len() == WORD && before.iter().all(|c| c.is_lowercase() || matches!(c, ')' | '”' | '"'));
    let mut next = text[from..].chars();
    let capital = next.next().is_some_and(char::is_uppercase);
    word && capital && next.next().is_some_and(|c| c.is_lowercase() || c == ' ')
}

fn ends_here(text: &str, start: usize, at: usize) -> bool {
    if !text[at..].starts_with('.') {
        return true;
    }
    let word =
        text[start..at].rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“')).next().unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    // `U.S.`: a point inside the word.
    let dotted = word.contains('.') && word.chars().all(|c| c.is_uppercase() || c == '.');
    !initial && !dotted && !ABBREVIATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_blank_between_sentences_is_found() {
        let text = "They left the party.In January it fell. See example.com or v.2 there.";
        let found: Vec<&str> = sentences(text, 0).into_iter().map(|s| s.of(text).unwrap()).collect();
        assert_eq!(found, ["They left the party.", "In January it fell.", "See example.com or v.2 there."]);
    }

    #[test]
    fn points_inside_words_and_numbers_end_no_sentence() {
        let text = "It rose to 6.50. The U.S. Senate voted (\"no.\") Mr. A. Smith left. \"Why?\" He did.";
        let found: Vec<&str> = sentences(text, 0).into_iter().map(|s| s.of(text).unwrap()).collect();
        assert_eq!(
            found,
            ["It rose to 6.50.", "The U.S. Senate voted (\"no.\")", "Mr. A. Smith left.", "\"Why?\"", "He did."]
        );
    }
}
