//! A document that restates another: the paragraph of the original that a citation leads to, to be read beside it.

use super::{Open, Session};
use crate::{
    reading::Citation,
    source::{Place, Span},
};

/// A citation that is followed.
pub struct Beside<'a> {
    /// What it cites, in words: `Electoral Process ¶19`.
    pub label: String,
    /// What would have to be open: `Nations in Transit 2005`.
    pub document: String,
    /// The original and the bytes of its paragraph, where it is open.
    pub original: Option<(&'a Open, Span)>,
}

impl Session {
    /// The citation that is followed: the one at the end of the selected figure's paragraph, else the one clicked.
    pub fn beside(&self) -> Option<Beside<'_>> {
        let (source, clicked) = self.beside?;
        let open = self.shown().filter(|open| open.id() == source)?;
        let reading = open.loaded.reading.as_ref()?;
        let selected = (!self.is_hovering()).then(|| self.citation_behind(self.lit().place?)).flatten();
        let citation = reading.citations.get(selected.unwrap_or(clicked))?;
        Some(Beside {
            label: format!("{} ¶{}", citation.section, citation.number),
            document: format!("{} {}", reading.series, reading.edition).trim().to_owned(),
            original: self.original_of(open, citation),
        })
    }

    /// The citation of a paragraph of the shown source: the first one at or behind a place.
    pub fn citation_behind(&self, place: Place) -> Option<usize> {
        let Place::Text(span) = place else { return None };
        let reading = self.shown()?.loaded.reading.as_ref()?;
        let paragraph = reading.paragraphs.iter().find(|paragraph| paragraph.span.contains(span))?;
        let behind = |citation: &Citation| paragraph.span.contains(citation.span) && citation.span.start >= span.start;
        reading.citations.iter().position(behind)
    }

    /// The paragraph a citation leads to, in another open report of the same series, edition and country.
    fn original_of(&self, open: &Open, citation: &Citation) -> Option<(&Open, Span)> {
        let own = open.loaded.reading.as_ref()?;
        self.sources.iter().filter(|other| other.id() != open.id()).find_map(|other| {
            let reading = other.loaded.reading.as_ref()?;
            let same =
                (&reading.series, &reading.edition, &reading.country) == (&own.series, &own.edition, &own.country);
            let paragraph = reading.paragraph(&citation.section, citation.number).filter(|_| same)?;
            Some((other, paragraph.span))
        })
    }
}
