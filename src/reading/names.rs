//! The names a document gives to parties and alliances, and which of them are one.

use std::collections::BTreeMap;

use super::grammar::{Grammar, Reads};
use crate::source::Span;

/// Names found in a document. A name's number is its place here.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// As first written.
    names: Vec<String>,
    /// Lower-case forms by which a name is found.
    forms: BTreeMap<String, usize>,
    /// Forms by their first word.
    by_word: BTreeMap<String, Vec<String>>,
}

/// A name in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Where.
    pub span: Span,
    /// Which.
    pub name: usize,
}

impl Names {
    /// Collects the names that rules find in a text.
    pub fn learn(&mut self, grammar: &Grammar, text: &str) {
        for rule in grammar.rules(Reads::Name).filter(|rule| rule.may_be_in(text)) {
            for captures in rule.pattern.captures_iter(text) {
                let name = captures.name("name").map(|m| clean(m.as_str()));
                let short = captures.name("short").map(|m| clean(m.as_str()));
                match (name.filter(|n| is_name(n)), short.filter(|n| is_name(n))) {
                    (Some(name), Some(short)) if abbreviates(short, name) => self.join(name, short),
                    (Some(name), None) if captures.name("short").is_none() => self.add(name),
                    _ => {}
                }
            }
        }
    }

    /// Adds a name, unless it is known.
    pub fn add(&mut self, name: &str) {
        let name = clean(name);
        if !name.is_empty() && self.find(name).is_none() {
            self.names.push(name.to_owned());
            self.give(name, self.names.len() - 1);
        }
    }

    /// Says that two names are one; what was the later one is found under the number of the earlier.
    pub fn join(&mut self, a: &str, b: &str) {
        let (a, b) = (clean(a), clean(b));
        self.add(a);
        let (Some(one), other) = (self.find(a), self.find(b)) else { return };
        let keep = other.map_or(one, |other| other.min(one));
        let dropped = other.map_or(one, |other| other.max(one));
        self.forms.values_mut().filter(|number| **number == dropped).for_each(|number| *number = keep);
        self.give(b, keep);
    }

    fn give(&mut self, name: &str, number: usize) {
        for form in forms(name) {
            if self.forms.insert(form.clone(), number).is_none() {
                self.by_word.entry(first_word(&form).to_owned()).or_default().push(form);
            }
        }
    }

    /// The name's number, where it is known under this form.
    pub fn find(&self, name: &str) -> Option<usize> {
        forms(clean(name)).iter().find_map(|form| self.forms.get(form).copied())
    }

    /// Whether two names are one: the same, joined by the document, or the same parts in another order.
    pub fn same(&self, a: &str, b: &str) -> bool {
        let (fa, fb) = (forms(clean(a)), forms(clean(b)));
        fa.iter().any(|form| fb.contains(form)) || self.find(a).is_some_and(|i| self.find(b) == Some(i))
    }

    /// Every known name in a text, in order, the longest where several begin together; possessives are left out.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let lower = lower(text);
        let mut hits: Vec<Hit> = Vec::new();
        let mut free = 0;
        let mut before: Option<char> = None;
        for (at, c) in lower.char_indices() {
            let starts = c.is_alphanumeric() && before.is_none_or(|c| !c.is_alphanumeric());
            before = Some(c);
            if !starts || at < free {
                continue;
            }
            let Some(forms) = self.by_word.get(first_word(&lower[at..])) else { continue };
            let fits = forms.iter().filter(|form| lower[at..].starts_with(form.as_str())).filter_map(|form| {
                let span = Span::new(at, at + form.len());
                let whole = whole_word(text, span) && starts_as_name(text, span, form);
                Some(Hit { span, name: *self.forms.get(form)? }).filter(|_| whole)
            });
            if let Some(hit) = fits.max_by_key(|hit| hit.span.end) {
                free = hit.span.end;
                hits.push(hit);
            }
        }
        hits
    }
}

/// The letters and digits that a text begins with.
fn first_word(text: &str) -> &str {
    text.find(|c: char| !c.is_alphanumeric()).map_or(text, |end| &text[..end])
}

/// Lower case with every letter at its own bytes: a letter whose lower case has another length is left as it is.
fn lower(text: &str) -> String {
    let small = |c: char| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(small), None) if small.len_utf8() == c.len_utf8() => small,
            _ => c,
        }
    };
    text.chars().map(small).collect()
}

/// Without an article, quotation marks, footnote signs and blank space.
pub fn clean(name: &str) -> &str {
    let name =
        name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '*' | '†' | ',' | '.' | '\\'));
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name).trim()
}

/// Lower-case forms: as written, and for names joined by hyphens the parts in order of the alphabet.
fn forms(name: &str) -> Vec<String> {
    let lower = lower(name);
    let parts: Vec<&str> = lower.split(['-', '–']).collect();
    let mut forms = vec![lower.clone()];
    if parts.len() == 2 && parts.iter().all(|part| !part.is_empty()) && name.chars().all(|c| !c.is_lowercase()) {
        forms.push(format!("{}-{}", parts[1], parts[0]));
    }
    forms
}

/// Words in capitals that are names; a sentence's first word alone is none.
fn is_name(name: &str) -> bool {
    const NO_NAMES: &[&str] = &[
        "party",
        "union",
        "front",
        "bloc",
        "movement",
        "alliance",
        "coalition",
        "the",
        "this",
        "that",
        "congress",
        "league",
    ];
    let part = ["-led", "-backed", "-dominated"].iter().any(|end| name.ends_with(end));
    name.chars().count() >= 2 && !part && !NO_NAMES.contains(&name.to_lowercase().as_str())
}

/// Whether a short name is one: capitals in brackets behind a name of several words.
fn abbreviates(short: &str, name: &str) -> bool {
    name.contains(' ') && short.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-')
}

fn whole_word(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = &text[span.end..];
    let joined = |c: char| c.is_alphanumeric() || c == '-';
    let possessive = after.starts_with("'s") || after.starts_with("’s");
    before.is_none_or(|c| !joined(c)) && after.chars().next().is_none_or(|c| !joined(c)) && !possessive
}

/// A name begins with a capital where it is used, unless it stands in quotation marks or is no proper noun
/// (`self-declared`).
fn starts_as_name(text: &str, span: Span, form: &str) -> bool {
    let first = text[span.start..].chars().next();
    first.is_some_and(char::is_uppercase) || form.contains('-') || text[..span.start].ends_with(['"', '“'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_in_another_order_are_one_name() {
        let mut names = Names::default();
        names.add("ABC-DEF");
        assert!(names.same("DEF-ABC", "ABC-DEF"));
        assert_eq!(names.hits("the DEF-ABC bloc").len(), 1);
        assert!(!names.same("ABC", "ABC-DEF"));
    }

    #[test]
    fn letters_that_change_length_in_lower_case_move_nothing() {
        let mut names = Names::default();
        names.add("Äbc");
        let text = "Ⱥ the Äbc ẞ İ won";
        let hits = names.hits(text);
        assert_eq!(hits.iter().map(|hit| hit.span.of(text).unwrap()).collect::<Vec<_>>(), ["Äbc"]);
    }

    #[test]
    fn a_possessive_is_no_subject() {
        let mut names = Names::default();
        names.add("Reds");
        assert!(names.hits("The Reds's rival won").is_empty());
        assert_eq!(names.hits("The Reds won").len(), 1);
    }
}
