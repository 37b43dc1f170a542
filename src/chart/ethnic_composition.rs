//! Ethnic composition: shares by date with the shifts between them, rows where there is one date, or stacked columns.

use std::collections::BTreeMap;

use super::{
    Cell, Chart, ChartSpec, Label, LegendItem, Mark, MarkId, MarkStatus, Shape, Side, Style, TableRow, Tick, Tone,
    composition_words as wording, number,
    parts::{band, cell, columns, frame, linear, percent, percent_with_room, plain, reason},
    words,
};
use crate::{
    analysis,
    facts::{Basis, Composition, Dataset, Dating, GroupShare},
    source::{Cited, Decimal},
};

const KIND: &str = "ethnic-composition";
/// With more dates than this only the ends of lines are labelled.
const FEW_DATES: usize = 5;
/// Half the width of a stacked column, where columns stand 1 apart: between them is room for names.
const HALF_COLUMN: f64 = 0.11;
/// From a column among many whose labels name groups to the next.
const ROOM_FOR_NAMES: f64 = 1.6;
/// Groups that contain others get no more columns than this beside a stack: the lines and the table have all.
const MOST_APART: usize = 5;

/// The compositions it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    let label = |one: &Composition| {
        let basis = match one.basis {
            Basis::Population => "population",
            Basis::Candidates => "candidates",
        };
        words::joined(&[&words::origin(&one.origin), basis], ", ")
    };
    dataset.compositions.iter().map(|one| (one.key.clone(), label(one))).collect()
}

/// Draws it, where there is a share that does not contain others.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let first = dataset.compositions.first()?;
    let one = match &spec.of {
        Some(key) => dataset.compositions.iter().find(|one| one.key == *key)?,
        None => first,
    };
    let data = Data::of(one, words::prefix(KIND, &one.key, Some(&first.key)))?;
    let stacked = match spec.choice("view", "by-group") {
        "by-group" => false,
        "stacked" => true,
        _ => return None,
    };
    let mut chart = match (stacked, data.slots.len() > 1) {
        (true, _) => data.stacked(),
        (false, true) => data.over_time(),
        (false, false) => data.rows(),
    };
    chart.table = data.table();
    chart.title = wording::title(&data);
    chart.subtitle = wording::subtitle(&data, stacked);
    chart.notes.extend(wording::notes(&data, stacked));
    let source_line = |headings| words::source_line(dataset, &one.origin, &chart.marks, headings);
    (chart.source_line, chart.source_line_whole) = words::both(source_line);
    chart.alt = wording::alt(&data, &chart);
    Some(chart)
}

/// Where on the time scale a share stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot {
    /// A date; also the census that an undated share is shown beside.
    Date(String),
    /// The present, without a date.
    Current,
    /// No date at all.
    Undated,
    /// Groups that contain others, without a date.
    Apart,
}

/// A share and where it is drawn.
pub struct Point<'a> {
    /// The share.
    pub share: &'a GroupShare,
    /// Its place in `Data::slots`.
    pub slot: usize,
    /// Its id.
    pub id: String,
}

/// A group and its points in the order of time.
pub struct Group<'a> {
    /// As the source names it.
    pub name: &'a str,
    /// Its part of ids.
    slug: String,
    /// It contains others: never stacked with them.
    pub apart: bool,
    /// Its colour.
    tone: Tone,
    /// Its shares.
    pub points: Vec<Point<'a>>,
}

/// A composition in the order it is drawn in.
pub struct Data<'a> {
    /// The composition.
    pub one: &'a Composition,
    /// Columns of time, left to right.
    pub slots: Vec<Slot>,
    /// The largest first, by their last dated share; those that contain others behind.
    pub groups: Vec<Group<'a>>,
    prefix: String,
}

impl Group<'_> {
    /// Whether it has no share behind this slot.
    fn ends_at(&self, slot: usize) -> bool {
        self.points.last().is_some_and(|last| last.slot == slot)
    }
}

impl Point<'_> {
    /// Whether the sentence gives the date.
    pub fn is_dated(&self) -> bool {
        matches!(self.share.dating, Dating::Dated(_))
    }

    fn style(&self, group: &Group) -> Style {
        if !self.is_dated() || group.apart {
            Style::unsure(group.tone)
        } else if self.share.approximate {
            Style::hollow(group.tone)
        } else {
            Style::solid(group.tone)
        }
    }
}

impl<'a> Data<'a> {
    fn of(one: &'a Composition, prefix: String) -> Option<Self> {
        if one.shares.iter().all(|share| share.contains_others.is_some()) {
            return None;
        }
        let slots = slots(one);
        let mut names: Vec<&str> = Vec::new();
        for share in &one.shares {
            if !names.contains(&share.key.as_str()) {
                names.push(&share.key);
            }
        }
        let slugs = words::distinct(names.iter().copied());
        let mut groups: Vec<Group<'a>> =
            names.iter().zip(slugs).filter_map(|(key, slug)| group(one, &slots, key, slug, &prefix)).collect();
        let size = |group: &Group| {
            let last = group.points.iter().rev().find(|point| point.is_dated()).or(group.points.last());
            (group.apart, std::cmp::Reverse(last.map(|point| point.share.share.value)))
        };
        groups.sort_by_key(size);
        for (n, group) in groups.iter_mut().filter(|group| !group.apart).enumerate() {
            group.tone = Tone::Series(n.try_into().unwrap_or(u8::MAX));
        }
        Some(Self { one, slots, groups, prefix })
    }

    /// What a slot is called under the chart.
    pub fn slot_name(&self, slot: &Slot) -> String {
        match slot {
            Slot::Date(date) => words::period(date),
            Slot::Current if self.points().any(|(_, p)| p.share.dating == Dating::Current && p.share.approximate) => {
                "current estimate".to_owned()
            }
            Slot::Current => "current".to_owned(),
            Slot::Undated => "date not stated".to_owned(),
            Slot::Apart => "groups that contain others".to_owned(),
        }
    }

    /// Every point with its group.
    pub fn points(&self) -> impl Iterator<Item = (&Group<'a>, &Point<'a>)> {
        self.groups.iter().flat_map(|group| group.points.iter().map(move |point| (group, point)))
    }

    fn most(&self) -> f64 {
        self.points().map(|(_, point)| number::at(point.share.share.value)).fold(0.0, f64::max)
    }

    fn mark(&self, group: &Group, point: &Point, shape: Shape) -> Mark {
        let slot = self.slots.get(point.slot);
        let when = match &point.share.dating {
            Dating::Dated(date) => format!(", {}", words::period(date)),
            Dating::Current => slot.map(|slot| format!(", {}", self.slot_name(slot))).unwrap_or_default(),
            Dating::NotStated { .. } => ", date not stated".to_owned(),
        };
        let of = match self.one.basis {
            Basis::Population => "population",
            Basis::Candidates => "candidates",
        };
        let name = format!("{}, share of the {of}{when}", group.name);
        Mark::known(point.id.clone(), name, shape, point.style(group), "percent", &point.share.share)
    }

    fn over_time(&self) -> Chart {
        let at = positions(&self.slots);
        let (first, last) = (at.first().copied().unwrap_or_default(), at.last().copied().unwrap_or_default());
        let few = self.slots.len() <= FEW_DATES;
        let pad = if few { (last - first) * 0.1 } else { 0.0 };
        let ticks =
            self.slots.iter().zip(&at).map(|(slot, at)| Tick { at: *at, label: self.slot_name(slot) }).collect();
        let mut chart =
            Chart { x: linear((first - pad, last), ticks), y: percent_with_room(self.most(), 0.03), ..frame() };
        chart.x.grid = few;
        for group in &self.groups {
            self.add_segments(&mut chart, group, &at);
        }
        let aside = self.asides((last - first) * 0.02);
        for group in &self.groups {
            for (n, point) in group.points.iter().enumerate() {
                let beside = aside.get(&point.id).copied().unwrap_or_default();
                let shape = Shape::Dot { x: at[point.slot] + beside, y: number::at(point.share.share.value) };
                let mark = self.mark(group, point, shape);
                chart.marks.push(Mark { label: self.label(group, n, few), ..mark });
            }
        }
        if chart.marks.iter().any(|mark| mark.style.dashed) {
            let words = "in outline, dashed: an estimate, or a share whose date is not stated";
            chart.legend.push(LegendItem { style: Style::unsure(Tone::Quiet), text: words.to_owned() });
        }
        chart
    }

    /// How far beside its date a share without a date of its own stands; those that would cover one another, in steps.
    /// A share that a line joins to others stands at its date.
    fn asides(&self, step: f64) -> BTreeMap<String, f64> {
        let near = self.most() * 0.03;
        let mut placed: Vec<(usize, f64, i32)> = Vec::new();
        let mut asides = BTreeMap::new();
        let alone = self.groups.iter().filter(|group| group.points.len() == 1 && !group.apart);
        for point in alone.flat_map(|group| &group.points) {
            let Some(Slot::Date(_)) = self.slots.get(point.slot).filter(|_| !point.is_dated()) else { continue };
            let value = number::at(point.share.share.value);
            let taken = |n: i32| placed.iter().any(|p| p.0 == point.slot && p.2 == n && (p.1 - value).abs() < near);
            let n = (1..8).find(|n| !taken(*n)).unwrap_or(8);
            placed.push((point.slot, value, n));
            asides.insert(point.id.clone(), step * f64::from(n));
        }
        asides
    }

    /// A group's name stands at the end of its line, its values at the dots where there are few.
    fn label(&self, group: &Group, n: usize, few: bool) -> Option<Label> {
        let point = group.points.get(n)?;
        let value = number::label(point.share.share.value);
        if n + 1 == group.points.len() {
            let label = Label::new(format!("{} {value}", group.name)).at(Side::Right);
            let undated = matches!(point.share.dating, Dating::NotStated { .. });
            return Some(if undated {
                label.aside("date not stated")
            } else if few {
                label.bold()
            } else {
                label
            });
        }
        few.then(|| Label::new(value).bold().at(if point.slot == 0 { Side::Left } else { Side::Above }))
    }

    fn add_segments(&self, chart: &mut Chart, group: &Group, at: &[f64]) {
        let shifts = self.groups.iter().map(|group| group.points.len().saturating_sub(1)).sum::<usize>();
        for pair in group.points.windows(2) {
            let [a, b] = pair else { continue };
            // A share that contains other groups stands apart from every date: no shift leads to it.
            let apart = [a, b].iter().any(|point| matches!(self.slots.get(point.slot), Some(Slot::Apart)));
            if a.slot == b.slot || apart {
                continue;
            }
            let Some(shift) = analysis::difference(&b.share.share, &a.share.share) else { continue };
            let end = |point: &Point| (at[point.slot], number::at(point.share.share.value));
            let shape = Shape::Segment { from: end(a), to: end(b) };
            // A date between the two at which the group's share is not stated makes the line a guess.
            let leaps = self
                .slots
                .get(a.slot + 1..b.slot)
                .is_some_and(|between| between.iter().any(|s| matches!(s, Slot::Date(_))));
            let dashed = leaps || !a.is_dated() || !b.is_dated() || group.apart;
            let style = Style { tone: group.tone, hollow: false, dashed };
            let when = |point: &Point| {
                let undated = !point.is_dated() && matches!(self.slots.get(point.slot), Some(Slot::Date(_)));
                if undated { format!("the undated share beside {}", self.when(point)) } else { self.when(point) }
            };
            let name = format!("{}, shift from {} to {}", group.name, when(a), when(b));
            let id = format!("{}/{}/{}--{}", self.prefix, group.slug, self.slot_slug(a), self.slot_slug(b));
            let mut mark = Mark::known(id, name, shape, style, "pp", &shift);
            if self.slots.len() <= FEW_DATES && shifts <= 8 {
                mark = mark.labelled(Label::new(format!("{} pp", number::signed(shift.value, 1))));
            }
            if !chart.marks.iter().any(|other| other.id == mark.id) {
                chart.marks.push(mark);
            }
        }
    }

    fn when(&self, point: &Point) -> String {
        self.slots.get(point.slot).map(|slot| self.slot_name(slot)).unwrap_or_default()
    }

    fn slot_slug(&self, point: &Point) -> String {
        slot_slug(self.slots.get(point.slot), point.share)
    }

    /// One date: a row a group.
    fn rows(&self) -> Chart {
        let points: Vec<(&Group, &Point)> = self.points().collect();
        let names: Vec<&str> = points.iter().map(|(group, _)| group.name).collect();
        let mut chart = Chart { x: percent(self.most()), y: band(&names, false), ..frame() };
        for (row, (group, point)) in points.iter().enumerate() {
            let (value, y) = (number::at(point.share.share.value), row as f64);
            let shape = Shape::Bar { from: (0.0, y - 0.3), to: (value, y + 0.3) };
            let mut mark = self.mark(group, point, shape);
            // One group is not told from another by colour here: its row names it.
            mark.style.tone = if group.apart { Tone::Quiet } else { Tone::Series(0) };
            let mut label = Label::new(number::label(point.share.share.value)).bold().at(Side::Right);
            if group.apart {
                label = label.aside("contains other groups");
            } else if !point.is_dated() {
                label = label.aside(if point.share.dating == Dating::Current { "current" } else { "date not stated" });
            }
            mark.label = Some(label);
            chart.marks.push(mark);
        }
        chart
    }

    fn stacked(&self) -> Chart {
        let mut chart = frame();
        let main: Vec<usize> =
            (0..self.slots.len()).filter(|slot| self.points().any(|(g, p)| p.slot == *slot && !g.apart)).collect();
        let mut ticks = Vec::new();
        let mut most: f64 = 100.0;
        let mut at = 0.0;
        for (column, slot) in main.iter().enumerate() {
            let label = self.slots.get(*slot).map(|slot| self.slot_name(slot)).unwrap_or_default();
            ticks.push(Tick { at, label });
            let few = main.len() <= FEW_DATES;
            most = most.max(self.add_column(&mut chart, at, *slot, few || column + 1 == main.len()));
            // Behind a column among many that names groups, their names have room.
            let names = !few && self.groups.iter().any(|group| !group.apart && group.ends_at(*slot));
            at += if names && column + 1 < main.len() { ROOM_FOR_NAMES } else { 1.0 };
        }
        at -= 0.2;
        let apart =
            self.groups.iter().filter(|group| group.apart).filter_map(|group| Some((group, group.points.last()?)));
        for (group, point) in apart.take(MOST_APART) {
            let value = number::at(point.share.share.value);
            let shape = Shape::Bar { from: (at - HALF_COLUMN, 0.0), to: (at + HALF_COLUMN, value) };
            let label = Label::new(number::label(point.share.share.value)).bold().at(Side::Above);
            chart.marks.push(self.mark(group, point, shape).labelled(label));
            ticks.push(Tick { at, label: group.name.to_owned() });
            at += 0.55;
        }
        let end = ticks.last().map_or(0.0, |tick| tick.at) + HALF_COLUMN + 0.06;
        // One column alone would fill the page.
        let end = end.max(2.0);
        chart.x = super::Scale { domain: (-0.16, end), ticks, ..band::<&str>(&[], false) };
        chart.y = super::Scale { grid: false, ..percent(most) };
        self.add_stack_legend(&mut chart);
        // What is not stacked is in the table all the same: a mark without a shape.
        for (group, point) in self.points() {
            let shape = Shape::Words { x: 0.0, y: number::at(point.share.share.value) };
            let mark = self.mark(group, point, shape);
            if chart.mark(&mark.id).is_none() {
                chart.marks.push(mark);
            }
        }
        chart
    }

    fn add_stack_legend(&self, chart: &mut Chart) {
        if self.points().any(|(group, point)| !group.apart && !point.is_dated()) {
            let text = "in outline: an estimate, or a share whose date is not stated".to_owned();
            chart.legend.push(LegendItem { style: Style::unsure(Tone::Quiet), text });
        }
        if self.groups.iter().any(|group| group.apart) {
            let text = "grey outline: a group that contains others, never stacked with them".to_owned();
            chart.legend.push(LegendItem { style: Style::hollow(Tone::Quiet), text });
        }
        if chart.marks.iter().any(|mark| mark.status == MarkStatus::NotStated) {
            let text = "not stated".to_owned();
            chart.legend.push(LegendItem { style: Style::solid(Tone::Missing), text });
        }
    }

    /// One stack, the largest group at the foot, what is not stated on top; gives its height.
    fn add_column(&self, chart: &mut Chart, at: f64, slot: usize, labelled: bool) -> f64 {
        let mut foot = Decimal::ZERO;
        let (left, right) = (at - HALF_COLUMN, at + HALF_COLUMN);
        let sides = |low: Decimal, high: Decimal| ((left, number::at(low)), (right, number::at(high)));
        for (group, point) in self.stack(slot) {
            let head = foot + point.share.share.value;
            let (from, to) = sides(foot, head);
            let mut mark = self.mark(group, point, Shape::Bar { from, to });
            // Where columns are many a group is named at its last.
            if labelled || group.ends_at(slot) {
                let text = format!("{} {}", group.name, number::label(point.share.share.value));
                let value = number::label(point.share.share.value);
                mark.label = Some(Label::new(text).short(value).at(Side::Right));
            }
            chart.marks.push(mark);
            foot = head;
        }
        if let Some(rest) = self.remainder(slot).filter(|rest| rest.value > Decimal::ZERO) {
            let (from, to) = sides(foot, Decimal::ONE_HUNDRED);
            let when = self.slots.get(slot).map(|slot| self.slot_name(slot)).unwrap_or_default();
            let id = format!("{}/remainder/{}", self.prefix, words::slug(&when));
            let name = format!("What the shares stated for {when} leave");
            let shape = Shape::Hatch { from, to };
            let mut mark = Mark::not_stated(id, name, shape, "percent", (Decimal::ZERO, rest.value), rest.evidence);
            if labelled {
                let value = number::label(rest.value);
                mark.label = Some(Label::reason(format!("not stated {value}")).short(value).at(Side::Right));
            }
            chart.marks.push(mark);
        }
        number::at(foot)
    }

    /// What is stacked in a slot: the first share of each group that does not contain others.
    fn stack(&self, slot: usize) -> Vec<(&Group<'a>, &Point<'a>)> {
        let first = |group: &'_ Group<'a>| group.points.iter().position(|point| point.slot == slot);
        self.groups.iter().filter(|group| !group.apart).filter_map(|g| Some((g, g.points.get(first(g)?)?))).collect()
    }

    /// 100 minus what is stacked in a slot.
    pub fn remainder(&self, slot: usize) -> Option<Cited<Decimal>> {
        let shares: Vec<&Cited<Decimal>> = self.stack(slot).iter().map(|(_, point)| &point.share.share).collect();
        if shares.is_empty() { None } else { analysis::remainder(&shares) }
    }

    fn table(&self) -> super::Table {
        let mut heads = vec![("Group".to_owned(), false)];
        heads.extend(self.slots.iter().map(|slot| (self.slot_name(slot), true)));
        let heads: Vec<(&str, bool)> = heads.iter().map(|(title, numeric)| (title.as_str(), *numeric)).collect();
        let row = |group: &Group| {
            let mut cells = vec![plain(group.name)];
            cells.extend(self.slots.iter().enumerate().map(|(slot, kind)| {
                let Some(point) = group.points.iter().find(|point| point.slot == slot) else {
                    // A column of no time asks nothing of a group that does not belong in it.
                    let asks = matches!(kind, Slot::Date(_) | Slot::Current);
                    return if asks { reason("not stated", None) } else { Cell::default() };
                };
                let aside =
                    if matches!(point.share.dating, Dating::NotStated { .. }) { ", date not stated" } else { "" };
                cell(format!("{} %{aside}", number::stated(point.share.share.value)), MarkId(point.id.clone()))
            }));
            TableRow { cells }
        };
        super::Table { columns: columns(&heads), rows: self.groups.iter().map(row).collect() }
    }
}

fn group<'a>(one: &'a Composition, slots: &[Slot], key: &str, slug: String, prefix: &str) -> Option<Group<'a>> {
    let shares: Vec<&GroupShare> = one.shares.iter().filter(|share| share.key == key).collect();
    let first = *shares.first()?;
    let parts: Vec<String> = shares.iter().map(|share| slot_slug(slots.get(slot_of(share, slots)), share)).collect();
    let parts = words::distinct(parts.iter().map(String::as_str));
    let mut points: Vec<Point> = shares
        .into_iter()
        .zip(parts)
        .map(|(share, part)| Point { share, slot: slot_of(share, slots), id: format!("{prefix}/{slug}/{part}") })
        .collect();
    points.sort_by_key(|point| (point.slot, !point.is_dated()));
    let apart = first.contains_others.is_some();
    Some(Group { name: &first.group, slug, apart, tone: Tone::Quiet, points })
}

fn slot(share: &GroupShare) -> Slot {
    match (&share.dating, &share.contains_others) {
        (Dating::Dated(date), _) => Slot::Date(date.clone()),
        (Dating::Current, _) => Slot::Current,
        (Dating::NotStated { .. }, Some(_)) => Slot::Apart,
        (Dating::NotStated { shown_at: Some(date) }, None) => Slot::Date(date.clone()),
        (Dating::NotStated { shown_at: None }, None) => Slot::Undated,
    }
}

fn slot_of(share: &GroupShare, slots: &[Slot]) -> usize {
    let own = slot(share);
    slots.iter().position(|slot| *slot == own).unwrap_or_default()
}

/// Part of an id: the date; an undated share has its own, so that it is not taken for the dated one beside it.
fn slot_slug(slot: Option<&Slot>, share: &GroupShare) -> String {
    match (slot, &share.dating) {
        (Some(Slot::Date(date)), Dating::NotStated { .. }) => format!("undated-{}", words::slug(date)),
        (Some(Slot::Date(date)), _) => words::slug(date),
        (Some(Slot::Current), _) => "current".to_owned(),
        _ => "undated".to_owned(),
    }
}

/// Dates in order, then the present, then what has no date, then groups that contain others.
fn slots(one: &Composition) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    for share in &one.shares {
        let own = slot(share);
        if !slots.contains(&own) {
            slots.push(own);
        }
    }
    let rank = |slot: &Slot| match slot {
        Slot::Date(date) => (0, words::year(date).map_or(i64::MAX, |year| (year * 1000.0) as i64), date.clone()),
        Slot::Current => (1, 0, String::new()),
        Slot::Undated => (2, 0, String::new()),
        Slot::Apart => (3, 0, String::new()),
    };
    slots.sort_by_key(rank);
    slots
}

/// Where slots stand: dates by their years, the others in steps behind; in equal steps where a date is no year.
fn positions(slots: &[Slot]) -> Vec<f64> {
    let years: Vec<f64> = slots
        .iter()
        .map_while(|slot| match slot {
            Slot::Date(date) => Some(words::year(date)),
            _ => None,
        })
        .collect::<Option<_>>()
        .unwrap_or_default();
    let dated = slots.iter().filter(|slot| matches!(slot, Slot::Date(_))).count();
    let (Some(first), Some(last), true) = (years.first(), years.last(), years.len() == dated && dated > 1) else {
        return (0..slots.len()).map(|n| n as f64).collect();
    };
    let step = if dated > FEW_DATES { (last - first) * 0.12 } else { (last - first) / (dated as f64 - 1.0) * 0.7 };
    let behind = (1..=slots.len() - dated).map(|n| last + step * n as f64);
    years.iter().copied().chain(behind).collect()
}
