//! The report families: those in the binary and a reader's own, and which of them a document belongs to.

use std::sync::{Arc, LazyLock};

use super::{
    grammar::{Compiled, Grammar},
    grammar_file::{self, Fault, File, SignPlace},
    outline,
};
use crate::source::{Block, BlockKind};

/// The plain language first: every family builds on it.
const FILES: &[(&str, &str)] = &[
    ("english", include_str!("../../assets/grammars/english.toml")),
    ("nations-in-transit", include_str!("../../assets/grammars/nations-in-transit.toml")),
    ("freedom-in-the-world", include_str!("../../assets/grammars/freedom-in-the-world.toml")),
    ("world-factbook", include_str!("../../assets/grammars/world-factbook.toml")),
];

/// What a title counts among the signs of a family, and how much a document must show to belong to one.
const TITLE_WEIGHT: usize = 3;
const LEAST: usize = 2;
/// A title stands among the first lines.
const TITLE_LINES: usize = 6;

/// A grammar, and where it is from.
#[derive(Clone, Debug)]
pub struct Family {
    /// The grammar.
    pub grammar: Arc<Grammar>,
    /// The file of a reader's own; `None` for one in the binary.
    pub file: Option<String>,
}

/// All families, the plain language first.
#[derive(Clone, Debug, Default)]
pub struct Families {
    list: Vec<Family>,
}

/// A grammar file of a reader's own.
#[derive(Clone, Debug)]
pub struct GrammarFile {
    /// As messages name it.
    pub shown: String,
    /// Its id: the file's name without the extension.
    pub id: String,
    /// What stands in it.
    pub text: String,
}

/// What a document was taken for, and why.
#[derive(Clone, Debug)]
pub(super) struct Recognised {
    pub grammar: Arc<Grammar>,
    pub signs: Vec<String>,
    pub edition: String,
    pub country: String,
}

static BUILT_IN: LazyLock<Arc<Families>> = LazyLock::new(|| {
    let language = language();
    // A test holds that none of them has a fault.
    let mut compiled = Compiled::when_needed();
    let parse = |(id, text): &(&str, &str)| {
        let base = language.as_ref().filter(|_| *id != FILES[0].0);
        let grammar = Grammar::parse(&format!("{id}.toml"), id, text, base, &mut compiled).ok()?;
        Some(Family { grammar: Arc::new(grammar), file: None })
    };
    Arc::new(Families { list: FILES.iter().filter_map(parse).collect() })
});

fn language() -> Option<File> {
    let (id, text) = FILES.first()?;
    grammar_file::parse(&format!("{id}.toml"), text).ok()
}

impl Families {
    /// Those in the binary.
    pub fn built_in() -> Arc<Self> {
        Arc::clone(&BUILT_IN)
    }

    /// These and a reader's own, which stand before one of the same id. What is wrong in a file is said, and the rest
    /// loads.
    pub fn with(&self, files: &[GrammarFile]) -> (Self, Vec<Fault>) {
        let (mut families, mut faults) = (self.clone(), Vec::new());
        for file in files {
            match check(file) {
                Ok(grammar) => {
                    let family = Family { grammar: Arc::new(grammar), file: Some(file.shown.clone()) };
                    match families.list.iter_mut().find(|known| known.grammar.id == file.id) {
                        Some(known) => *known = family,
                        None => families.list.push(family),
                    }
                }
                Err(found) => faults.extend(found),
            }
        }
        (families, faults)
    }

    /// All, the plain language first.
    pub fn all(&self) -> &[Family] {
        &self.list
    }

    /// The family with this id.
    pub fn by_id(&self, id: &str) -> Option<&Arc<Grammar>> {
        self.list.iter().map(|family| &family.grammar).find(|grammar| grammar.id == id)
    }

    /// The family of a series by its name, letter case aside.
    pub fn by_name(&self, name: &str) -> Option<&Arc<Grammar>> {
        let named = |grammar: &&Arc<Grammar>| !grammar.is_plain() && grammar.name.eq_ignore_ascii_case(name);
        self.list.iter().map(|family| &family.grammar).find(named)
    }

    /// What a document is: the family asked for, or the one whose signs it shows most; where two show as many, or none
    /// enough, the plain language.
    pub(super) fn recognise(&self, text: &str, blocks: &[Block], asked: Option<&str>) -> Option<Recognised> {
        let look = Look::of(text, blocks);
        if let Some(id) = asked {
            return Some(look.signs(self.by_id(id)?).1);
        }
        let mut seen: Vec<(usize, Recognised)> =
            self.list.iter().filter(|family| !family.grammar.is_plain()).map(|f| look.signs(&f.grammar)).collect();
        seen.retain(|(score, _)| *score >= LEAST);
        seen.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let tie = matches!(seen.as_slice(), [(a, _), (b, _), ..] if a == b);
        match seen.into_iter().next() {
            Some((_, best)) if !tie => Some(best),
            _ => Some(look.signs(&self.list.first()?.grammar).1),
        }
    }
}

/// Reads and checks a grammar file of a reader's own.
///
/// # Errors
/// Everything that is wrong in it, each with its line, column and rule.
pub fn check(file: &GrammarFile) -> Result<Grammar, Vec<Fault>> {
    if FILES.first().is_some_and(|(id, _)| *id == file.id) {
        let fault = Fault {
            file: file.shown.clone(),
            line: 0,
            column: 0,
            inside: String::new(),
            what: format!("`{}` is the plain language, which every family builds on", file.id),
            hint: "give the file another name".to_owned(),
        };
        return Err(vec![fault]);
    }
    Grammar::parse(&file.shown, &file.id, &file.text, language().as_ref(), &mut Compiled::at_once())
}

/// The lines and headings of a document, in which signs are looked for.
struct Look<'a> {
    title: Vec<&'a str>,
    headings: Vec<&'a str>,
    lines: Vec<&'a str>,
}

impl<'a> Look<'a> {
    fn of(text: &'a str, blocks: &[Block]) -> Self {
        let words = |block: &Block| block.span.of(text).unwrap_or_default();
        let mut look = Look { title: Vec::new(), headings: Vec::new(), lines: Vec::new() };
        for block in blocks {
            if matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title) {
                look.headings.push(outline::heading(words(block)));
            } else if let Some(head) = outline::run_in(text, block.span).and_then(|span| span.of(text)) {
                look.headings.push(head);
            }
            look.lines.extend(words(block).lines().map(str::trim).filter(|line| !line.is_empty()));
        }
        let title = blocks.iter().find(|block| block.kind == BlockKind::Title).map(words);
        look.title.extend(title.map(outline::heading));
        look.title.extend(look.lines.iter().take(TITLE_LINES).map(|line| outline::heading(line)));
        look
    }

    /// How many signs of a family the document shows, and what they say of edition and country.
    fn signs(&self, grammar: &Arc<Grammar>) -> (usize, Recognised) {
        let (mut score, mut signs) = (0, Vec::new());
        let (mut edition, mut country) = (String::new(), String::new());
        let mut note = |captures: &regex::Captures| {
            let named = [("edition", &mut edition), ("country", &mut country)];
            for (group, known) in named {
                if let (true, Some(found)) = (known.is_empty(), captures.name(group)) {
                    found.as_str().trim().clone_into(known);
                }
            }
        };
        let titles = || self.title.iter().flat_map(|line| grammar.titles.iter().map(move |title| title.captures(line)));
        if let Some(captures) = titles().flatten().next() {
            score += TITLE_WEIGHT;
            signs.push("title".to_owned());
            note(&captures);
        }
        for sign in &grammar.signs {
            let lines = if sign.place == SignPlace::Heading { &self.headings } else { &self.lines };
            let found: Vec<regex::Captures> =
                lines.iter().filter_map(|line| sign.pattern.captures(line)).take(sign.least).collect();
            if found.len() == sign.least {
                score += 1;
                signs.push(sign.id.clone());
                found.iter().for_each(&mut note);
            }
        }
        (score, Recognised { grammar: Arc::clone(grammar), signs, edition, country })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> GrammarFile {
        GrammarFile { shown: "x.toml".to_owned(), id: "x".to_owned(), text: text.to_owned() }
    }

    fn faults(text: &str) -> Vec<String> {
        check(&file(text)).err().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_grammar_in_the_binary_is_sound() {
        let language = language();
        for (id, text) in FILES {
            let base = language.as_ref().filter(|_| *id != FILES[0].0);
            let parsed = Grammar::parse(id, id, text, base, &mut Compiled::at_once());
            assert!(parsed.is_ok(), "{:?}", parsed.err());
        }
        assert_eq!(Families::built_in().all().len(), FILES.len());
    }

    #[test]
    fn faults_are_told_all_at_once_with_their_lines() {
        let text = "name = \"X\"\ntitle = '^X$'\n[[scale]]\nmin = \"7\"\nmax = \"1\"\nbest = \"up\"\n\
                    [[rule]]\nid = \"r\"\nreads = \"seats\"\npattern = '{nothing}'\n\
                    [[rule]]\nid = \"s\"\nreads = \"line\"\npattern = '(?P<wort>\\d)('\n\
                    [[rule]]\nid = \"t\"\nreads = \"line\"\npattern = '(?P<wort>\\d)'\nset = { colour = \"red\", kind = \"flag\" }\n";
        let found = faults(text);
        let starts = [
            "x.toml:3:1: scale: `min` 7 is not below `max` 1",
            "x.toml:6:8: scale: `best` is `up`",
            "x.toml:10:11: rule `r`: unknown piece `{nothing}`",
            "x.toml:11:1: rule `s`: nothing says what kind of fact it is",
            "x.toml:14:11: rule `s`: the pattern is wrong",
            "x.toml:18:11: rule `t`: `reads = \"line\"` knows no group `wort`",
            "x.toml:18:11: rule `t`: the pattern marks no `value`",
            "x.toml:19:9: rule `t`: `reads = \"line\"` knows no setting `colour`",
            "x.toml:19:25: rule `t`: there is no kind `flag`",
        ];
        assert_eq!(found.len(), starts.len(), "{found:#?}");
        for (fault, start) in found.iter().zip(starts) {
            assert!(fault.starts_with(start), "{fault}\n{start}");
        }
    }

    #[test]
    fn names_that_nothing_knows_and_scales_that_are_two_are_told() {
        let scale = "[[scale]]\nid = \"s\"\nmin = \"1\"\nmax = \"7\"\nbest = \"low\"\n";
        let text = format!(
            "name = \"X\"\ntitles = [\n'^X (?P<editoin>\\d+)$' ]\n{scale}{scale}[[rule]]\nid = \"r\"\nreads = \"score\"\n\
             pattern = '(?P<value>\\d)'\nset = {{ scale = \"s\", category = \"headng\" }}\n"
        );
        let found = faults(&text);
        let starts = [
            "x.toml:3:1: title: it knows no group `editoin`; its groups are `edition`, `country`",
            "x.toml:9:1: scale `s`: another scale `s` is of the same editions",
            "x.toml:18:22: rule `r`: there is no category `headng`; its values are `heading`",
        ];
        assert_eq!(found.len(), starts.len(), "{found:#?}");
        for (fault, start) in found.iter().zip(starts) {
            assert!(fault.starts_with(start), "{fault}\n{start}");
        }
        let parted = text.replacen("best = \"low\"", "best = \"low\"\nto = 2019", 1);
        let (first, last) = parted.rsplit_once("best = \"low\"").unwrap();
        let parted = format!("{first}best = \"low\"\nfrom = 2020{last}");
        assert_eq!(faults(&parted).len(), 2);
    }

    #[test]
    fn what_is_no_toml_or_has_strange_keys_is_told_with_its_place() {
        assert!(faults("name = \"X\"\ntitle = '^X$\n")[0].starts_with("x.toml:2:"));
        assert!(
            faults("name = \"X\"\ntitle = '^X$'\n[[rule]]\nid = \"r\"\nreed = \"seats\"\n")[0]
                .starts_with("x.toml:5:1:")
        );
        assert!(faults("name = \"X\"\n")[0].contains("nothing says which reports"));
    }

    #[test]
    fn a_readers_own_family_stands_before_one_of_the_same_id() {
        let own = GrammarFile { id: "nations-in-transit".to_owned(), ..file("name = \"Mine\"\ntitle = '^Mine$'\n") };
        let (families, faults) = Families::built_in().with(&[own, file("name = ")]);
        assert_eq!(families.by_id("nations-in-transit").map(|g| g.name.as_str()), Some("Mine"));
        assert_eq!((families.all().len(), faults.len()), (FILES.len(), 1));
    }
}
