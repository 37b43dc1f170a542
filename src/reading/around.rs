//! The words around a number, nearest first, each with the signs that stand around it.

use super::lexicon::Lexicon;
use crate::source::Span;

/// A word beside a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// Without the signs around it.
    pub text: &'a str,
    /// Signs before it: `(`, `“`.
    pub lead: &'a str,
    /// Signs behind it: `,`, `).`.
    pub trail: &'a str,
    /// Where the word itself stands.
    pub span: Span,
}

impl Word<'_> {
    /// In lower case.
    pub fn lower(&self) -> String {
        self.text.to_lowercase()
    }

    /// Whether a sign that ends a phrase stands behind it.
    pub fn ends(&self) -> bool {
        self.trail.contains([',', ';', ':', '.', ')', ']', '!', '?', '—', '–'])
    }

    /// Whether a bracket or a dash opens before it.
    pub fn opens(&self) -> bool {
        self.lead.contains(['(', '[', '—', '–', ';', ','])
    }
}

/// What stands around a number.
#[derive(Debug)]
pub(super) struct Around<'a> {
    /// Words before it, nearest first.
    pub before: Vec<Word<'a>>,
    /// Words behind it, nearest first.
    pub after: Vec<Word<'a>>,
    /// What is written right before it, without a blank: `(`, `Kanal-`.
    pub glued_before: &'a str,
    /// What is written right behind it, without a blank: `-member`, `),`.
    pub glued_behind: &'a str,
}

/// Words looked at on either side.
const NEAR: usize = 16;

impl<'a> Around<'a> {
    /// The words around `number` within `sentence`.
    pub fn of(text: &'a str, sentence: Span, number: Span) -> Self {
        let before = text.get(sentence.start..number.start).unwrap_or_default();
        let behind = text.get(number.end..sentence.end).unwrap_or_default();
        let glued_before = &before[before.rfind(char::is_whitespace).map_or(0, |at| at + blank(before, at))..];
        let glued_behind = &behind[..behind.find(char::is_whitespace).unwrap_or(behind.len())];
        let before = &before[..before.len() - glued_before.len()];
        let after_start = number.end + glued_behind.len();
        let behind = &behind[glued_behind.len()..];
        Self {
            before: words_back(before, sentence.start),
            after: words_on(behind, after_start),
            glued_before,
            glued_behind,
        }
    }

    /// The word joined to the number by a hyphen: `member` of `seven-member`.
    pub fn joined(&self) -> Option<&'a str> {
        let word = self.glued_behind.strip_prefix(['-', '‑'])?;
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '-');
        word.starts_with(char::is_alphabetic).then_some(word)
    }

    /// Whether a sign right behind the number ends its phrase.
    pub fn is_closed(&self) -> bool {
        self.glued_behind.contains([',', ';', ':', '.', ')', ']', '!', '?'])
    }

    /// Whether the number stands alone in its brackets: `(109)`.
    pub fn is_bracketed(&self) -> bool {
        self.glued_before.ends_with(['(', '[']) && self.glued_behind.starts_with([')', ']'])
    }

    /// The `n`th word behind, in lower case, where no sign that ends a phrase stands before it.
    pub fn next(&self, n: usize) -> Option<String> {
        (!self.is_closed() && self.after.iter().take(n).all(|word| !word.ends())).then_some(())?;
        self.after.get(n).filter(|word| !word.opens()).map(Word::lower)
    }

    /// The words before, nearest first, up to a sign that ends a phrase.
    pub fn phrase_before(&self) -> impl Iterator<Item = &Word<'a>> {
        let opened = self.glued_before.contains(['(', '[', '—']);
        self.before.iter().take(if opened { 0 } else { NEAR }).take_while(|word| !word.ends())
    }

    /// Words of a bound right before the number: `more than`.
    pub fn bound(&self, lexicon: &Lexicon) -> Option<Vec<Word<'a>>> {
        let words: Vec<(&Word, String)> = self.phrase_before().take(4).map(|word| (word, word.lower())).collect();
        let fits = |phrase: &Vec<String>| {
            phrase.len() <= words.len() && phrase.iter().rev().zip(&words).all(|(bound, (_, lower))| bound == lower)
        };
        let bound = lexicon.bounds.iter().find(|phrase| fits(phrase))?;
        let mut found: Vec<Word> = words[..bound.len()].iter().map(|(word, _)| **word).collect();
        found.reverse();
        Some(found)
    }
}

/// The length of the blank at a place.
fn blank(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

fn word(text: &str, start: usize, offset: usize) -> Option<Word<'_>> {
    let sign = |c: char| !c.is_alphanumeric() && c != '$' && c != '°';
    let from = text.find(|c| !sign(c)).unwrap_or(0);
    let inner = text[from..].trim_end_matches(sign);
    // A dash without blanks parts two words; only the nearer one matters here.
    let inner = inner.split(['—', '…']).next().unwrap_or(inner);
    // `(s)` belongs to its word.
    let mut to = from + inner.len();
    if text[to..].starts_with("(s)") {
        to += "(s)".len();
    } else if text[..to].ends_with("(s") && text[to..].starts_with(')') {
        to += 1;
    }
    let text_of = &text[from..to];
    let span = Span::new(offset + start + from, offset + start + to);
    Some(Word { text: text_of, lead: &text[..from], trail: &text[to..], span })
}

fn words_on(text: &str, offset: usize) -> Vec<Word<'_>> {
    let mut found: Vec<Word> = Vec::with_capacity(NEAR);
    let mut at = 0;
    while found.len() < NEAR {
        let rest = &text[at..];
        let Some(start) = rest.find(|c: char| !c.is_whitespace()).map(|start| at + start) else { break };
        let end = text[start..].find(char::is_whitespace).map_or(text.len(), |end| start + end);
        match word(&text[start..end], start, offset) {
            Some(word) if !word.text.is_empty() => found.push(word),
            // A dash that stands alone closes the word before it.
            _ => {
                if let Some(last) = found.last_mut() {
                    last.trail = &text[start..end];
                }
            }
        }
        at = end;
    }
    found
}

fn words_back(text: &str, offset: usize) -> Vec<Word<'_>> {
    let mut found = Vec::with_capacity(NEAR);
    let mut end = text.trim_end().len();
    let mut dash: Option<&str> = None;
    while end > 0 && found.len() < NEAR {
        let start = text[..end].rfind(char::is_whitespace).map_or(0, |at| at + blank(text, at));
        match word(&text[start..end], start, offset) {
            Some(mut word) if !word.text.is_empty() => {
                if let Some(sign) = dash.take() {
                    word.trail = sign;
                }
                found.push(word);
            }
            _ => dash = Some(&text[start..end]),
        }
        end = text[..start].trim_end().len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{super::lexicon::lexicon, *};

    fn around<'a>(text: &'a str, number: &str) -> Around<'a> {
        let start = text.find(number).unwrap();
        Around::of(text, Span::new(0, text.len()), Span::new(start, start + number.len()))
    }

    #[test]
    fn words_stand_nearest_first_with_their_signs() {
        let words = around("Of these, more than 12 political parties, (two blocs) ran.", "12");
        let before: Vec<&str> = words.before.iter().map(|word| word.text).collect();
        assert_eq!(before, ["than", "more", "these", "Of"]);
        assert!(words.before[2].ends() && words.after[1].ends() && words.after[2].opens());
        let bound: Vec<&str> = words.bound(lexicon()).unwrap().iter().map(|word| word.text).collect();
        assert_eq!(bound, ["more", "than"]);
    }

    #[test]
    fn what_is_joined_to_a_number_is_told() {
        assert_eq!(around("a seven-member board", "seven").joined(), Some("member"));
        assert!(around("the Reds (109), who", "109").is_bracketed());
        assert_eq!(around("on Kanal-7 there", "7").glued_before, "Kanal-");
    }
}
