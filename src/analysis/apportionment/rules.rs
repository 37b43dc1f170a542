//! The rules of apportionment: each with its formula and where it comes from.

/// A rule: what is computed, and by whom it was proposed.
#[derive(Debug)]
pub struct Rule {
    /// As the contract spells it.
    pub id: &'static str,
    /// As a reader knows it.
    pub name: &'static str,
    /// What decides: v votes, s seats so far, V votes in all, S seats in all.
    pub formula: &'static str,
    /// Where it comes from.
    pub citation: &'static str,
    /// How it is computed.
    pub kind: Kind,
}

/// The families of rules.
#[derive(Debug)]
pub enum Kind {
    /// Each seat to the greatest quotient.
    Divisor(Divisor),
    /// A seat for each full quota, the rest to the largest remainders.
    Quota(Quota),
    /// Each seat to the greatest quotient among the lists that it takes to no more than their quota rounded up.
    QuotaMethod,
}

/// A row of divisors, as exact fractions.
#[derive(Debug)]
pub struct Divisor {
    /// The divisor for the next seat of a list with so many: numerator and denominator. It grows with the seats; 0
    /// gives every list a first seat.
    pub at: fn(u128) -> (u128, u128),
    /// Whether `at` gives the squares of the divisors, to be compared with squares of votes.
    pub squared: bool,
}

/// What a seat costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    /// `V ÷ S`.
    Hare,
    /// The least whole number above `V ÷ (S + 1)`.
    Droop,
    /// `V ÷ (S + 1)`.
    HagenbachBischoff,
    /// `V ÷ (S + 2)`.
    Imperiali,
}

impl Rule {
    /// Whether it makes a difference over which votes quotas are taken.
    pub fn has_quota(&self) -> bool {
        !matches!(self.kind, Kind::Divisor(_))
    }

    /// Whether every list gets a first seat, however few its votes.
    pub fn gives_first_seats(&self) -> bool {
        matches!(&self.kind, Kind::Divisor(divisor) if (divisor.at)(0).0 == 0)
    }
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// The ids of all rules, in a row.
pub fn rule_ids() -> String {
    RULES.iter().map(|rule| rule.id).collect::<Vec<_>>().join(", ")
}

const fn divisor(at: fn(u128) -> (u128, u128)) -> Kind {
    Kind::Divisor(Divisor { at, squared: false })
}

/// Every rule, in the order of the contract.
pub const RULES: &[Rule] = &[
    Rule {
        id: "dhondt",
        name: "D'Hondt (Jefferson)",
        formula: "v ÷ (s + 1)",
        citation: "D'Hondt 1882, Système pratique et raisonné de représentation proportionnelle",
        kind: divisor(|s| (s + 1, 1)),
    },
    Rule {
        id: "sainte_lague",
        name: "Sainte-Laguë (Webster)",
        formula: "v ÷ (2s + 1)",
        citation: "Sainte-Laguë 1910, Annales scientifiques de l'École normale supérieure 27:529–542",
        kind: divisor(|s| (2 * s + 1, 1)),
    },
    Rule {
        id: "sainte_lague_modified",
        name: "Modified Sainte-Laguë",
        formula: "v ÷ 1.4 for the first seat, then v ÷ (2s + 1)",
        citation: "Lijphart 1994, Electoral Systems and Party Systems",
        kind: divisor(|s| if s == 0 { (7, 5) } else { (2 * s + 1, 1) }),
    },
    Rule {
        id: "adams",
        name: "Adams (smallest divisors)",
        formula: "v ÷ s",
        citation: "Balinski & Young 1982, Fair Representation",
        kind: divisor(|s| (s, 1)),
    },
    Rule {
        id: "dean",
        name: "Dean (harmonic means)",
        formula: "v ÷ (2s(s + 1) ÷ (2s + 1))",
        citation: "Balinski & Young 1982, Fair Representation",
        kind: divisor(|s| (2 * s * (s + 1), 2 * s + 1)),
    },
    Rule {
        id: "huntington_hill",
        name: "Huntington–Hill (equal proportions)",
        formula: "v ÷ √(s(s + 1))",
        citation: "Huntington 1928, Transactions of the American Mathematical Society 30:85–110",
        kind: Kind::Divisor(Divisor { at: |s| (s * (s + 1), 1), squared: true }),
    },
    Rule {
        id: "danish",
        name: "Danish",
        formula: "v ÷ (3s + 1)",
        citation: "Gallagher 1991, Electoral Studies 10:33–51",
        kind: divisor(|s| (3 * s + 1, 1)),
    },
    Rule {
        id: "imperiali_divisor",
        name: "Imperiali, highest averages",
        formula: "v ÷ ((s + 2) ÷ 2)",
        citation: "Gallagher 1991, Electoral Studies 10:33–51",
        kind: divisor(|s| (s + 2, 2)),
    },
    Rule {
        id: "hare",
        name: "Hare quota, largest remainders (Hamilton)",
        formula: "quota V ÷ S",
        citation: "Hare 1859, Treatise on the Election of Representatives",
        kind: Kind::Quota(Quota::Hare),
    },
    Rule {
        id: "droop",
        name: "Droop quota, largest remainders",
        formula: "quota: the least whole number above V ÷ (S + 1)",
        citation: "Droop 1881, Journal of the Statistical Society of London 44:141–202",
        kind: Kind::Quota(Quota::Droop),
    },
    Rule {
        id: "hagenbach_bischoff",
        name: "Hagenbach-Bischoff quota, largest remainders",
        formula: "quota V ÷ (S + 1)",
        citation: "Lijphart 1994, Electoral Systems and Party Systems",
        kind: Kind::Quota(Quota::HagenbachBischoff),
    },
    Rule {
        id: "imperiali_quota",
        name: "Imperiali quota, largest remainders",
        formula: "quota V ÷ (S + 2)",
        citation: "Lijphart 1994, Electoral Systems and Party Systems",
        kind: Kind::Quota(Quota::Imperiali),
    },
    Rule {
        id: "balinski_young",
        name: "Balinski–Young quota method",
        formula: "v ÷ (s + 1) among lists with s < vh ÷ V, for the h-th seat",
        citation: "Balinski & Young 1975, American Mathematical Monthly 82:701–730",
        kind: Kind::QuotaMethod,
    },
];
