//! What a value rests on: the pieces that state it, and the working that leads from them to it.

use serde::Serialize;

use super::{Anchor, Decimal};

/// One place that states something, and what it is read as.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Piece {
    /// Where it stands.
    pub anchor: Anchor,
    /// What it is to the value: `seats`, `seats in all`, `vote share`, `not applicable` …
    pub role: String,
    /// The number that stands there; `None` for words that state no number (`--`, a name).
    pub value: Option<Decimal>,
}

/// How a value follows from its pieces. Numbers are positions in `Evidence::pieces`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Working {
    /// The piece states it.
    Stated(usize),
    /// The piece says that there is no such value.
    NotApplicable(usize),
    /// `100 × a ÷ b`.
    Percent(Box<Working>, Box<Working>),
    /// `a − b`.
    Difference(Box<Working>, Box<Working>),
    /// The arithmetic mean.
    Mean(Vec<Working>),
    /// The sum.
    Sum(Vec<Working>),
    /// `100 − Σ`: what the stated shares leave.
    Remainder(Vec<Working>),
    /// The least whole number that is more than half.
    Majority(Box<Working>),
    /// `a + b − x`: a score turned round on the scale from a to b, of which the sum of the ends is given.
    Turned(Decimal, Box<Working>),
}

/// The pieces and the working.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// What is stated, in the order of the working.
    pub pieces: Vec<Piece>,
    /// From the pieces to the value.
    pub working: Working,
}

/// A value that knows where it is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cited<T> {
    /// The value.
    pub value: T,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Evidence {
    /// One piece that states its value.
    pub fn stated(anchor: Anchor, role: impl Into<String>, value: Decimal) -> Self {
        Self { pieces: vec![Piece { anchor, role: role.into(), value: Some(value) }], working: Working::Stated(0) }
    }

    /// One piece whose words say that there is no such value.
    pub fn not_applicable(anchor: Anchor, role: impl Into<String>) -> Self {
        Self { pieces: vec![Piece { anchor, role: role.into(), value: None }], working: Working::NotApplicable(0) }
    }

    /// Joins several evidences under one working; the pieces of all are kept in order.
    pub fn join(parts: &[&Evidence], working: impl FnOnce(Vec<Working>) -> Working) -> Self {
        let mut pieces = Vec::new();
        let mut workings = Vec::new();
        for part in parts {
            workings.push(part.working.shifted(pieces.len()));
            pieces.extend(part.pieces.iter().cloned());
        }
        Self { pieces, working: working(workings) }
    }

    /// The value its pieces give, computed afresh; `None` where a piece states no number, or for a division by zero.
    pub fn compute(&self) -> Option<Decimal> {
        self.working.compute(&self.pieces)
    }

    /// Whether the value is computed, not stated as it is.
    pub fn is_derived(&self) -> bool {
        !matches!(self.working, Working::Stated(_) | Working::NotApplicable(_))
    }

    /// The computation in words a reader can check: `11 ÷ 77 × 100 − 7.07`.
    pub fn formula(&self) -> String {
        self.working.formula(&self.pieces)
    }
}

impl Working {
    fn shifted(&self, by: usize) -> Working {
        let all = |ws: &[Working]| ws.iter().map(|w| w.shifted(by)).collect();
        match self {
            Working::Stated(i) => Working::Stated(i + by),
            Working::NotApplicable(i) => Working::NotApplicable(i + by),
            Working::Percent(a, b) => Working::Percent(Box::new(a.shifted(by)), Box::new(b.shifted(by))),
            Working::Difference(a, b) => Working::Difference(Box::new(a.shifted(by)), Box::new(b.shifted(by))),
            Working::Mean(ws) => Working::Mean(all(ws)),
            Working::Sum(ws) => Working::Sum(all(ws)),
            Working::Remainder(ws) => Working::Remainder(all(ws)),
            Working::Majority(a) => Working::Majority(Box::new(a.shifted(by))),
            Working::Turned(ends, a) => Working::Turned(*ends, Box::new(a.shifted(by))),
        }
    }

    fn compute(&self, pieces: &[Piece]) -> Option<Decimal> {
        let sum = |ws: &[Working]| -> Option<Decimal> {
            ws.iter().try_fold(Decimal::ZERO, |total, w| total.checked_add(w.compute(pieces)?))
        };
        match self {
            Working::Stated(i) => pieces.get(*i)?.value,
            Working::NotApplicable(_) => None,
            Working::Percent(a, b) => {
                a.compute(pieces)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(b.compute(pieces)?)
            }
            Working::Difference(a, b) => a.compute(pieces)?.checked_sub(b.compute(pieces)?),
            Working::Mean(ws) => sum(ws)?.checked_div(Decimal::from(ws.len())),
            Working::Sum(ws) => sum(ws),
            Working::Remainder(ws) => Decimal::ONE_HUNDRED.checked_sub(sum(ws)?),
            Working::Turned(ends, a) => ends.checked_sub(a.compute(pieces)?),
            Working::Majority(a) => a.compute(pieces)?.checked_div(Decimal::TWO)?.floor().checked_add(Decimal::ONE),
        }
    }

    fn formula(&self, pieces: &[Piece]) -> String {
        let joined = |ws: &[Working]| ws.iter().map(|w| w.formula(pieces)).collect::<Vec<_>>().join(" + ");
        match self {
            Working::Stated(i) => {
                pieces.get(*i).and_then(|p| p.value).map_or_else(|| "?".to_owned(), |value| value.to_string())
            }
            Working::NotApplicable(_) => "not applicable".to_owned(),
            Working::Percent(a, b) => format!("{} ÷ {} × 100", a.formula(pieces), b.formula(pieces)),
            Working::Difference(a, b) => format!("{} − {}", a.formula(pieces), b.formula(pieces)),
            Working::Mean(ws) => format!("({}) ÷ {}", joined(ws), ws.len()),
            Working::Sum(ws) => joined(ws),
            Working::Remainder(ws) => format!("100 − ({})", joined(ws)),
            Working::Turned(ends, a) => format!("{ends} − {}", a.formula(pieces)),
            Working::Majority(a) => format!("more than half of {}", a.formula(pieces)),
        }
    }
}

impl<T> Cited<T> {
    /// A value with its evidence.
    pub fn new(value: T, evidence: Evidence) -> Self {
        Self { value, evidence }
    }

    /// The same evidence for another form of the value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Cited<U> {
        Cited { value: f(self.value), evidence: self.evidence }
    }
}

/// Joins cited decimals under one working and computes the value; `None` where it can't be computed.
pub fn combine(parts: &[&Cited<Decimal>], working: impl FnOnce(Vec<Working>) -> Working) -> Option<Cited<Decimal>> {
    let evidences: Vec<&Evidence> = parts.iter().map(|part| &part.evidence).collect();
    let evidence = Evidence::join(&evidences, working);
    Some(Cited::new(evidence.compute()?, evidence))
}

/// Joins two cited decimals under a working of two operands; `None` where it can't be computed.
pub fn combine_two(
    a: &Cited<Decimal>,
    b: &Cited<Decimal>,
    working: fn(Box<Working>, Box<Working>) -> Working,
) -> Option<Cited<Decimal>> {
    let second = b.evidence.working.shifted(a.evidence.pieces.len());
    let working = working(Box::new(a.evidence.working.clone()), Box::new(second));
    combine(&[a, b], |_| working)
}
