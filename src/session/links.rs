//! Both ways: which marks a figure or cell became, and where each mark's pieces are written. Made when a chart is
//! built, not while drawing.

use super::Selection;
use crate::{
    chart::{Chart, ChartSpec, MarkId},
    reading::Reading,
    source::{Anchor, Place, SourceId, Span, Working},
};

/// How near a piece is to a mark's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The piece states the value.
    States,
    /// The first number of the computation.
    First,
    /// Another number of it.
    Other,
}

/// One mark that rests on a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// How near.
    pub rank: Rank,
    /// How many pieces the mark rests on: the fewer, the more this one is its own.
    pub parts: usize,
    /// The mark's position in the chart.
    pub mark: usize,
    /// The piece's position in its evidence.
    pub piece: usize,
}

/// A chart that is not shown, in which a place became a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Elsewhere {
    /// The place.
    pub place: Place,
    /// The chart.
    pub spec: ChartSpec,
    /// Its mark.
    pub mark: MarkId,
    /// The piece's position in the mark's evidence.
    pub piece: usize,
}

/// A place in the shown source that can be pointed at.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Where.
    pub place: Place,
    /// Its number among the reading's figures, where it is one.
    pub figure: Option<usize>,
    /// The marks of the shown chart that rest on it, nearest first.
    pub ties: Vec<Tie>,
    /// Its place in the list of charts elsewhere, where only another chart draws it.
    pub elsewhere: Option<usize>,
}

/// The spots of one source, in order, and where every mark's pieces are among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// The spots, in the order of the source.
    pub spots: Vec<Spot>,
    /// By mark, by piece: the spot; `None` for a piece in another source.
    pub of_mark: Vec<Vec<Option<usize>>>,
}

/// What belongs to the selection, or to what is hovered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lit {
    /// Marks, by position.
    pub marks: Vec<usize>,
    /// Spots, by position.
    pub spots: Vec<usize>,
    /// The place to look at.
    pub place: Option<Place>,
}

impl Links {
    /// Joins the figures of a source and the evidence of a chart.
    pub fn build(source: SourceId, reading: Option<&Reading>, chart: Option<&Chart>, elsewhere: &[Elsewhere]) -> Self {
        let figures = reading.map_or(&[][..], |reading| &reading.figures);
        let mut spots: Vec<Spot> =
            figures.iter().enumerate().map(|(n, f)| spot(Place::Text(f.span), Some(n))).collect();
        let pieces = chart.map(|chart| pieces(chart, source)).unwrap_or_default();
        let more = pieces.iter().map(|(place, _)| *place).chain(elsewhere.iter().map(|other| other.place));
        add_places(&mut spots, more.collect());
        let mut links = Self { spots, of_mark: chart.map(empty_pieces).unwrap_or_default() };
        for (place, tie) in pieces {
            if let Some(at) = links.at(place) {
                links.spots[at].ties.push(tie);
                links.of_mark[tie.mark][tie.piece] = Some(at);
            }
        }
        for (n, other) in elsewhere.iter().enumerate() {
            if let Some(at) = links.at(other.place) {
                links.spots[at].elsewhere.get_or_insert(n);
            }
        }
        links.spots.iter_mut().for_each(|spot| spot.ties.sort_unstable());
        links
    }

    /// The spot at a place, or the one that shares characters with it.
    pub fn at(&self, place: Place) -> Option<usize> {
        find(&self.spots, place)
    }

    /// What pointing at a spot selects: its mark, where one mark is nearer than the others, or else the figure itself.
    pub fn selection(&self, at: usize, source: SourceId, chart: Option<&Chart>) -> Selection {
        let Some(spot) = self.spots.get(at) else { return Selection::Nothing };
        let figure = Selection::Figure(Anchor { source, place: spot.place });
        let (Some(tie), Some(chart)) = (spot.ties.first(), chart) else { return figure };
        if tie.rank == Rank::Other && spot.ties.len() > 1 {
            return figure;
        }
        chart.marks.get(tie.mark).map_or(figure, |mark| Selection::Mark { id: mark.id.clone(), piece: tie.piece })
    }

    /// What lights for a selection.
    pub fn lit(&self, selection: &Selection, source: SourceId, chart: Option<&Chart>) -> Lit {
        match selection {
            Selection::Nothing => Lit::default(),
            Selection::Figure(anchor) if anchor.source != source => Lit::default(),
            Selection::Figure(anchor) => {
                let Some(at) = self.at(anchor.place) else {
                    return Lit { place: Some(anchor.place), ..Lit::default() };
                };
                let marks = self.spots[at].ties.iter().map(|tie| tie.mark).collect();
                Lit { marks, spots: vec![at], place: Some(self.spots[at].place) }
            }
            Selection::Mark { id, piece } => self.lit_mark(id, *piece, source, chart),
        }
    }

    fn lit_mark(&self, id: &MarkId, piece: usize, source: SourceId, chart: Option<&Chart>) -> Lit {
        let Some((at, mark)) = chart.and_then(|chart| chart.marks.iter().enumerate().find(|(_, m)| m.id == *id)) else {
            return Lit::default();
        };
        let spots = self.of_mark.get(at).map(|pieces| pieces.iter().flatten().copied().collect()).unwrap_or_default();
        let anchor = mark.evidence.pieces.get(piece).or_else(|| mark.evidence.pieces.first()).map(|piece| piece.anchor);
        let place = anchor.filter(|anchor| anchor.source == source).map(|anchor| anchor.place);
        Lit { marks: vec![at], spots, place }
    }
}

fn spot(place: Place, figure: Option<usize>) -> Spot {
    Spot { place, figure, ties: Vec::new(), elsewhere: None }
}

fn empty_pieces(chart: &Chart) -> Vec<Vec<Option<usize>>> {
    chart.marks.iter().map(|mark| vec![None; mark.evidence.pieces.len()]).collect()
}

/// Every piece of every mark that is written in this source.
fn pieces(chart: &Chart, source: SourceId) -> Vec<(Place, Tie)> {
    let mut all = Vec::new();
    for (mark, drawn) in chart.marks.iter().enumerate() {
        for (piece, stated) in drawn.evidence.pieces.iter().enumerate() {
            if stated.anchor.source == source {
                let rank = match drawn.evidence.working {
                    Working::Stated(at) | Working::NotApplicable(at) if at == piece => Rank::States,
                    _ if piece == 0 => Rank::First,
                    _ => Rank::Other,
                };
                let parts = drawn.evidence.pieces.len();
                all.push((stated.anchor.place, Tie { rank, parts, mark, piece }));
            }
        }
    }
    all
}

/// Adds the places that share nothing with a spot, in order; places that overlap become one.
fn add_places(spots: &mut Vec<Spot>, mut places: Vec<Place>) {
    places.sort_unstable();
    places.retain(|place| find(spots, *place).is_none());
    let mut merged: Vec<Place> = Vec::new();
    for place in places {
        match (merged.last_mut(), place) {
            (Some(Place::Text(last)), Place::Text(span)) if last.overlaps(span) => last.end = last.end.max(span.end),
            (Some(last), _) if *last == place => {}
            _ => merged.push(place),
        }
    }
    spots.extend(merged.into_iter().map(|place| spot(place, None)));
    spots.sort_by_key(|spot| spot.place);
}

/// The spot that is, or shares characters with, a place.
fn find(spots: &[Spot], place: Place) -> Option<usize> {
    match place {
        Place::Cell { .. } => spots.binary_search_by_key(&place, |spot| spot.place).ok(),
        Place::Text(span) => {
            let end = |spot: &Spot| match spot.place {
                Place::Text(Span { end, .. }) => end,
                Place::Cell { .. } => usize::MAX,
            };
            let at = spots.partition_point(|spot| end(spot) <= span.start);
            let found = spots.get(at)?;
            matches!(found.place, Place::Text(other) if other.overlaps(span)).then_some(at)
        }
    }
}
