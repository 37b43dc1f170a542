//! The names a document gives to parties and alliances, and which of them are one.

use super::grammar::{Grammar, Reads};
use crate::source::Span;

/// Names found in a document. A name's number is its place here.
#[derive(Clone, Debug, Default)]
pub struct Names {
    known: Vec<Known>,
}

#[derive(Clone, Debug)]
struct Known {
    /// As first written.
    name: String,
    /// Lower-case forms by which it is found.
    forms: Vec<String>,
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
        for rule in grammar.rules(Reads::Name) {
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
            self.known.push(Known { name: name.to_owned(), forms: forms(name) });
        }
    }

    /// Says that two names are one.
    pub fn join(&mut self, a: &str, b: &str) {
        let (a, b) = (clean(a), clean(b));
        match (self.find(a), self.find(b)) {
            (Some(i), None) => self.known[i].forms.extend(forms(b)),
            (None, Some(i)) => self.known[i].forms.extend(forms(a)),
            (None, None) => {
                self.add(a);
                if let Some(known) = self.known.last_mut() {
                    known.forms.extend(forms(b));
                }
            }
            (Some(i), Some(j)) if i != j => {
                let (keep, drop) = (i.min(j), i.max(j));
                let dropped = self.known.remove(drop);
                self.known[keep].forms.extend(dropped.forms);
            }
            _ => {}
        }
    }

    /// The name's number, where it is known under this form.
    pub fn find(&self, name: &str) -> Option<usize> {
        let wanted = forms(clean(name));
        self.known.iter().position(|known| known.forms.iter().any(|form| wanted.contains(form)))
    }

    /// The name as first written.
    pub fn name(&self, number: usize) -> &str {
        self.known.get(number).map_or("", |known| known.name.as_str())
    }

    /// Whether two names are one: the same, joined by the document, or the same parts in another order.
    pub fn same(&self, a: &str, b: &str) -> bool {
        let (fa, fb) = (forms(clean(a)), forms(clean(b)));
        fa.iter().any(|form| fb.contains(form)) || self.find(a).is_some_and(|i| self.find(b) == Some(i))
    }

    /// Every known name in a text, in order, the longest where several begin together; possessives are left out.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let lower = text.to_lowercase();
        if lower.len() != text.len() {
            return Vec::new();
        }
        let mut hits: Vec<Hit> = Vec::new();
        for (number, known) in self.known.iter().enumerate() {
            for form in &known.forms {
                for (at, _) in lower.match_indices(form.as_str()) {
                    let span = Span::new(at, at + form.len());
                    if whole_word(text, span) && starts_as_name(text, span, form) {
                        hits.push(Hit { span, name: number });
                    }
                }
            }
        }
        hits.sort_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)));
        let mut kept: Vec<Hit> = Vec::new();
        for hit in hits {
            if kept.last().is_none_or(|last| last.span.end <= hit.span.start) {
                kept.push(hit);
            }
        }
        kept
    }
}

/// Without an article, quotation marks, footnote signs and blank space.
pub fn clean(name: &str) -> &str {
    let name =
        name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '*' | '†' | ',' | '.' | '\\'));
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name).trim()
}

/// Lower-case forms: as written, and for names joined by hyphens the parts in order of the alphabet.
fn forms(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
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

/// Whether a short name is made of first letters of the long one, which those of a translated name need not be: three
/// capitals in brackets behind a name are taken as its short form all the same, single words are not.
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
    fn a_possessive_is_no_subject() {
        let mut names = Names::default();
        names.add("Reds");
        assert!(names.hits("The Reds's rival won").is_empty());
        assert_eq!(names.hits("The Reds won").len(), 1);
    }
}
