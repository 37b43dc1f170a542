//! Data for tests: the figures of a report, spelled out, and made-up data of every size.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // each test file uses its own part

use std::collections::BTreeMap;

use nisba::{
    facts::{
        Band, Basis, Best, Change, Composition, Dataset, Dating, Election, Entry, GroupShare, ListResult, Locator,
        Note, Origin, Rating, RatingScale, RatingSet, SeriesNotes, Tier,
    },
    source::{Anchor, Block, BlockKind, Cited, Decimal, Document, Evidence, Source, SourceId, Span},
};

/// A text that grows as facts are written into it, so that every anchor points at its words.
pub struct Writer {
    pub text: String,
    pub paragraphs: Vec<(usize, usize, String, u32)>,
}

impl Writer {
    pub fn new() -> Self {
        Self { text: String::new(), paragraphs: Vec::new() }
    }

    /// Begins a paragraph of a section.
    pub fn paragraph(&mut self, section: &str, number: u32) -> &mut Self {
        self.text.push('\n');
        let at = self.text.len();
        self.paragraphs.push((at, at, section.to_owned(), number));
        self
    }

    /// Writes words and says where.
    pub fn write(&mut self, words: &str) -> Anchor {
        let start = self.text.len();
        self.text.push_str(words);
        let end = self.text.len();
        self.text.push(' ');
        if let Some(last) = self.paragraphs.last_mut() {
            last.1 = self.text.len();
        }
        Anchor::text(SourceId(0), Span::new(start, end))
    }

    pub fn stated(&mut self, number: &str, role: &str) -> Cited<Decimal> {
        let value: Decimal = number.parse().unwrap();
        Cited::new(value, Evidence::stated(self.write(number), role, value))
    }

    pub fn known(&mut self, number: &str, role: &str) -> Entry {
        Entry::Known(self.stated(number, role))
    }

    pub fn source(&self, name: &str) -> Source {
        let blocks = self
            .paragraphs
            .iter()
            .map(|(from, to, ..)| Block {
                span: Span::new(*from, *to),
                kind: BlockKind::Paragraph,
                blank_lines_before: 1,
            })
            .collect();
        Source {
            id: SourceId(0),
            name: name.to_owned(),
            text: self.text.clone(),
            encoding: "UTF-8",
            offsets_on_disk: true,
            sha256: Source::hash(self.text.as_bytes()),
            document: Document::Report(blocks),
        }
    }

    pub fn locator(&self) -> Locator {
        Locator { source: Some(SourceId(0)), paragraphs: self.paragraphs.clone() }
    }
}

pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn origin() -> Origin {
    Origin {
        source: Some(SourceId(0)),
        file: "report.txt".to_owned(),
        series: "Nations in Transit".to_owned(),
        edition: "2005".to_owned(),
        country: "Kazakhstan".to_owned(),
    }
}

pub fn scale() -> RatingScale {
    let bands = [
        ("1", "3", "Consolidated democracy"),
        ("3", "4", "Semi-consolidated democracy"),
        ("4", "5", "Transitional or hybrid regime"),
        ("5", "6", "Semi-consolidated authoritarian regime"),
        ("6", "7", "Consolidated authoritarian regime"),
    ];
    RatingScale {
        id: String::new(),
        min: decimal("1"),
        max: decimal("7"),
        best: Some(Best::Low),
        noun: RatingScale::RATING.to_owned(),
        bands: bands
            .map(|(from, to, label)| Band { from: decimal(from), to: decimal(to), label: label.to_owned() })
            .into(),
        reference: "Nations in Transit 2005, methodology".to_owned(),
        grammar: "nations-in-transit".to_owned(),
    }
}

/// The report of 2005 as facts.
pub fn kazakhstan() -> (Dataset, Source) {
    let mut w = Writer::new();
    let ratings = ratings_2005(&mut w);
    let election = election_2004(&mut w);
    let compositions = compositions(&mut w);
    let dataset = Dataset {
        ratings: vec![ratings],
        elections: vec![election],
        compositions,
        locators: vec![w.locator()],
        ..Dataset::default()
    };
    let source = w.source("report.txt");
    (dataset, source)
}

fn ratings_2005(w: &mut Writer) -> RatingSet {
    let rows = [
        ("National Democratic Governance", "6.50", None),
        ("Electoral Process", "6.50", Some("remains")),
        ("Civil Society", "5.50", Some("remains unchanged")),
        ("Independent Media", "6.50", Some("remains")),
        ("Local Democratic Governance", "6.25", None),
        ("Judicial Framework and Independence", "6.25", Some("remains")),
        ("Corruption", "6.50", Some("remains")),
    ];
    let mut ratings = Vec::new();
    for (number, (category, score, words)) in rows.into_iter().enumerate() {
        w.paragraph("Executive Summary", number as u32 + 3);
        let change_evidence = words.map(|words| Evidence {
            pieces: vec![nisba::source::Piece { anchor: w.write(words), role: "change".to_owned(), value: None }],
            working: nisba::source::Working::Stated(0),
        });
        ratings.push(Rating {
            category: category.to_owned(),
            year: Some(2005),
            score: w.stated(score, "rating"),
            change: Some(if words.is_some() { Change::Unchanged } else { Change::FirstRated }),
            change_note: words.is_none().then(|| Note {
                grammar: "nations-in-transit".to_owned(),
                edition: 2005,
                reference: "methodology".to_owned(),
            }),
            change_evidence,
            before: None,
        });
    }
    RatingSet {
        key: "nations-in-transit-2005-kazakhstan".to_owned(),
        origin: origin(),
        scale: Some(scale()),
        notes: SeriesNotes::default(),
        ratings,
    }
}

fn election_2004(w: &mut Writer) -> Election {
    let table = [
        ("otan", "Otan", ["26", "9", "35", "7", "42"], Some("60.61")),
        ("aist", "AIST", ["9", "1", "10", "1", "11"], Some("7.07")),
        ("asar", "Asar", ["2", "1", "3", "1", "4"], Some("11.38")),
        ("ak-zhol", "Ak Zhol", ["0", "0", "0", "1", "1"], Some("12.04")),
        ("democratic-party-of-kazakhstan", "Democratic Party of Kazakhstan", ["0", "1", "1", "0", "1"], None),
        ("dvk-cpk", "DVK-CPK", ["0", "0", "0", "0", "0"], Some("3.44")),
        ("self-nominated", "Self-Nominated", ["8", "10", "18", "--", "18"], None),
    ];
    let tiers = [Tier::SmdRound1, Tier::SmdRound2, Tier::Smd, Tier::List, Tier::Total];
    w.paragraph("Electoral Process", 8);
    let mut lists = Vec::new();
    for (key, name, cells, _) in &table {
        w.write(name);
        let mut seats = BTreeMap::new();
        for (tier, cell) in tiers.iter().zip(cells) {
            let entry = match *cell {
                "--" => Entry::NotApplicable(Evidence::not_applicable(w.write("--"), "not applicable")),
                number => w.known(number, "seats"),
            };
            seats.insert(*tier, entry);
        }
        let vote_share = match seats.get(&Tier::List) {
            Some(Entry::NotApplicable(evidence)) => Entry::NotApplicable(evidence.clone()),
            _ => Entry::NotStated,
        };
        lists.push(ListResult {
            key: (*key).to_owned(),
            name: (*name).to_owned(),
            aliases: Vec::new(),
            vote_share,
            votes: Entry::NotStated,
            seats,
        });
    }
    w.write("Total");
    let totals = tiers
        .iter()
        .zip(["45", "22", "67", "10", "77"])
        .map(|(tier, n)| (*tier, w.stated(n, "seats in all")))
        .collect();
    w.paragraph("Electoral Process", 19);
    let vote = w.write("popular vote");
    for (list, (.., share)) in lists.iter_mut().zip(&table) {
        if let Some(share) = share {
            list.vote_share = w.known(share, "vote share");
        }
    }
    Election {
        key: "nations-in-transit-2005-kazakhstan-2004-09".to_owned(),
        origin: origin(),
        period: "2004-09".to_owned(),
        chamber: "Majilis".to_owned(),
        vote_name: Some(Cited::new("popular vote".to_owned(), Evidence::not_applicable(vote, "name of the vote"))),
        lists,
        totals,
        total_votes: None,
        list_vote_grounds: Some(Evidence::not_applicable(vote, "women on party lists")),
    }
}

pub fn share(w: &mut Writer, group: &str, number: &str, dating: Dating, contains: Option<&str>) -> GroupShare {
    GroupShare {
        key: nisba::chart::words::slug(group),
        group: group.to_owned(),
        share: w.stated(number, "share"),
        approximate: dating == Dating::Current,
        dating,
        date_evidence: None,
        contains_others: contains.map(str::to_owned),
    }
}

fn compositions(w: &mut Writer) -> Vec<Composition> {
    let dated = |year: &str| Dating::Dated(year.to_owned());
    let beside = || Dating::NotStated { shown_at: Some("1999".to_owned()) };
    let undated = || Dating::NotStated { shown_at: None };
    w.paragraph("Electoral Process", 19);
    let candidates = [("Ethnic Russians", "16"), ("Ukrainians", "2"), ("Other minorities", "1")]
        .map(|(group, n)| share(w, group, n, dated("2004"), None));
    let non = share(w, "Non-Kazakhs", "43", undated(), Some("non-Kazakhs are all groups but one"));
    w.paragraph("Electoral Process", 20);
    let population = vec![
        non,
        share(w, "Kazakhs", "53.4", dated("1999"), None),
        share(w, "Kazakhs", "39.7", dated("1989"), None),
        share(w, "Kazakhs", "58", Dating::Current, None),
        share(w, "Russians", "29.9", dated("1999"), None),
        share(w, "Russians", "37.7", dated("1989"), None),
        share(w, "Uzbeks", "2.5", beside(), None),
        share(w, "Ukrainians", "3.6", beside(), None),
        share(w, "Tatars", "1.7", beside(), None),
        share(w, "Germans", "2.4", beside(), None),
        share(w, "Muslim groups", "64", undated(), Some("several of the groups are Muslim")),
        share(w, "Europeans", "36", undated(), Some("several of the groups are European")),
    ];
    let one = |key: &str, basis, shares| Composition { key: key.to_owned(), origin: origin(), basis, shares };
    vec![
        one("nations-in-transit-2005-kazakhstan-population", Basis::Population, population),
        one("nations-in-transit-2005-kazakhstan-candidates", Basis::Candidates, candidates.into()),
    ]
}

/// Repeatable numbers (splitmix64).
pub struct Seeded(pub u64);

impl Seeded {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub fn name(&mut self) -> String {
        let words = ["Union", "Party", "of", "the", "People", "Democratic", "Agrarian", "Жасыл", "Bloc", "Rukhaniyat"];
        let n = 1 + self.below(5);
        (0..n).map(|_| words[self.below(10) as usize]).collect::<Vec<_>>().join(" ")
    }
}

/// Ratings of `categories` over `years`, with holes.
pub fn random_ratings(seed: u64, categories: usize, years: usize, best: Option<Best>) -> (Dataset, Source) {
    let (mut w, mut seeded) = (Writer::new(), Seeded(seed));
    w.paragraph("Ratings", 1);
    let mut ratings = Vec::new();
    for category in 0..categories {
        let name = format!("{} {category}", seeded.name());
        for year in 0..years {
            if years > 3 && seeded.below(12) == 0 {
                continue;
            }
            let score = Decimal::new(100 + 25 * seeded.below(25) as i64, 2).to_string();
            ratings.push(Rating {
                category: name.clone(),
                year: Some(1999 + year as i32),
                score: w.stated(&score, "rating"),
                change: None,
                change_evidence: None,
                change_note: None,
                before: None,
            });
        }
    }
    let scale = (!seed.is_multiple_of(3)).then(|| RatingScale { best, ..scale() });
    let set = RatingSet { key: "made-up".to_owned(), origin: origin(), scale, notes: SeriesNotes::default(), ratings };
    let dataset = Dataset { ratings: vec![set], locators: vec![w.locator()], ..Dataset::default() };
    let source = w.source("made-up.txt");
    (dataset, source)
}

/// Ratings of one series that three sources state, each a part of them, some of them otherwise than the others.
pub fn random_editions(seed: u64, categories: usize, years: usize) -> (Dataset, Source) {
    let (whole, source) = random_ratings(seed, categories, years, Some(Best::Low));
    let (mut seeded, all) = (Seeded(seed), &whole.ratings[0]);
    let mut one = |n: u32| {
        let mut set = RatingSet { scale: Some(scale()), ..all.clone() };
        set.origin = Origin { source: Some(SourceId(n)), edition: (2005 + n).to_string(), ..origin() };
        set.ratings.retain(|_| seeded.below(3) > 0);
        for rating in &mut set.ratings {
            if seeded.below(8) == 0 {
                rating.score = all.ratings[seeded.below(all.ratings.len() as u64) as usize].score.clone();
            }
            rating.score.evidence.pieces.iter_mut().for_each(|piece| piece.anchor.source = SourceId(n));
        }
        set
    };
    let ratings: Vec<RatingSet> = (0..3).map(&mut one).collect();
    let (editions, _) = nisba::facts::editions::join(&ratings);
    (Dataset { editions, locators: whole.locators, ..Dataset::default() }, source)
}

/// An election of `n` lists, some without votes, some without seats.
pub fn random_election(seed: u64, n: usize) -> (Dataset, Source) {
    let (mut w, mut seeded) = (Writer::new(), Seeded(seed));
    w.paragraph("Results", 1);
    let mut lists = Vec::new();
    let mut left = 10_000 - seeded.below(800) as i64;
    let mut total = 0;
    for number in 0..n {
        let share = if number + 1 == n { left } else { seeded.below(left.max(1) as u64 / 2 + 1) as i64 };
        left -= share;
        let seats = share / 100 + seeded.below(4) as i64;
        total += seats;
        let vote_share = match seeded.below(8) {
            0 => Entry::NotStated,
            1 => Entry::NotApplicable(Evidence::not_applicable(w.write("--"), "not applicable")),
            _ => w.known(&Decimal::new(share, 2).to_string(), "vote share"),
        };
        let seats = BTreeMap::from([(Tier::Total, w.known(&seats.to_string(), "seats"))]);
        let name = seeded.name();
        let key = nisba::chart::words::slug(&name);
        lists.push(ListResult { key, name, aliases: Vec::new(), vote_share, votes: Entry::NotStated, seats });
    }
    let totals = BTreeMap::from([(Tier::Total, w.stated(&total.max(1).to_string(), "seats in all"))]);
    let election = Election {
        key: "made-up".to_owned(),
        origin: origin(),
        period: "2004".to_owned(),
        chamber: String::new(),
        vote_name: None,
        lists,
        totals,
        total_votes: None,
        list_vote_grounds: None,
    };
    let dataset = Dataset { elections: vec![election], locators: vec![w.locator()], ..Dataset::default() };
    let source = w.source("made-up.txt");
    (dataset, source)
}

/// A composition of `groups` at `dates` dates.
pub fn random_composition(seed: u64, groups: usize, dates: usize) -> (Dataset, Source) {
    let (mut w, mut seeded) = (Writer::new(), Seeded(seed));
    w.paragraph("Population", 1);
    let mut shares = Vec::new();
    let names: Vec<String> = (0..groups).map(|n| format!("{} {n}", seeded.name())).collect();
    for date in 0..dates {
        let year = (1897 + date as i64 * 11).to_string();
        let mut left = 1000;
        for (number, name) in names.iter().enumerate() {
            let part = seeded.below(left as u64 / 2 + 1) as i64;
            left -= part;
            let dating = match seeded.below(12) {
                0 => Dating::Current,
                1 => Dating::NotStated { shown_at: Some(year.clone()) },
                2 => Dating::NotStated { shown_at: None },
                _ => Dating::Dated(year.clone()),
            };
            if matches!(dating, Dating::Current | Dating::NotStated { .. }) && date > 0 {
                continue;
            }
            let contains = (number == 7).then_some("it contains others");
            shares.push(share(&mut w, name, &Decimal::new(part, 1).to_string(), dating, contains));
        }
    }
    let one = Composition { key: "made-up".to_owned(), origin: origin(), basis: Basis::Population, shares };
    let dataset = Dataset { compositions: vec![one], locators: vec![w.locator()], ..Dataset::default() };
    let source = w.source("made-up.txt");
    (dataset, source)
}
