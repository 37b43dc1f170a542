//! Further members of a list of results: `…, Blues 11 seats (7.07 percent), and the Greens seven`.

use super::{
    claims::{Found, Page},
    doubt,
    grammar::Rule,
    lexicon::lexicon,
    names::clean,
    subject::Subject,
    words,
};
use crate::source::Span;

/// A member: what was found, and whose it is.
pub(super) struct Member<'t> {
    pub found: Found<'t>,
    pub subject: Subject,
}

/// The members of a list behind its first result, whose end is `at`. `says` tells whether a member says itself what it
/// counts; a bare number (`the Greens seven`) is taken where the name is known, or where nothing but members stands
/// between the first result and the end of its clause.
pub(super) fn of_list<'p>(
    page: &'p Page,
    sentence: Span,
    rule: &Rule,
    mut at: usize,
    mut subject: Subject,
    says: impl Fn(&Found) -> bool,
) -> Vec<Member<'p>> {
    let (mut found, mut sure) = (Vec::new(), Vec::new());
    let Some(then) = &rule.then else { return found };
    while let Some(captures) = then.captures(page.words(Span::new(at, sentence.end))) {
        let member = Found::new(captures, at);
        let end = member.span().end;
        let rest = page.words(Span::new(end, sentence.end));
        let plain = says(&member);
        let mut known = plain;
        if let Some(name) = member.group("subject") {
            subject = Subject::One(clean(&page.plain(name)).to_owned());
            let label = subject.label();
            // `…, while the Blues took 3 days`: a bare number needs the end of its phrase behind it.
            known |= page.names.find(&label).is_some();
            if !plain && (!ends_phrase(rest) || !is_own_name(&label)) {
                break;
            }
        } else if member.group("of").is_none() && !plain || !may_go_on(rest) {
            break;
        } else {
            known = true;
        }
        if doubt::behind(rest) || (!plain && doubt::counted_else(rest)) {
            break;
        }
        sure.push(known);
        found.push(Member { found: member, subject: subject.clone() });
        at = end;
    }
    let rest = page.words(Span::new(at, sentence.end)).trim_start();
    let closed = rest.is_empty() || rest.starts_with(['.', ';']);
    if !closed {
        found.truncate(sure.iter().position(|known| !known).unwrap_or(sure.len()));
    }
    found
}

/// Whether a phrase is over where these words begin, or another member follows.
fn ends_phrase(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with([',', '.', ';', ')']) || rest.starts_with("and ")
}

/// Whether a number of the last name's may end before these words: no verb makes it somebody else's (`; 12 seats went to`).
fn may_go_on(rest: &str) -> bool {
    const ON: &[&str] =
        &["in", "on", "from", "through", "via", "by", "under", "at", "while", "whereas", "with", "for", "of"];
    ends_phrase(rest)
        || rest.trim_start().starts_with('(')
        || rest.split_whitespace().next().is_some_and(|word| ON.contains(&word))
}

/// Whether a name is no month and no label of a number (`Article 5`, `May 12`).
fn is_own_name(name: &str) -> bool {
    let labels = &lexicon().labels;
    let plain = |word: &str| words::month(word).is_none() && !labels.contains_key(word);
    name.split(' ').all(plain)
}
