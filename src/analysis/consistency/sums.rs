//! Parts and their whole.

use super::{
    Verdict,
    ground::{Term, in_manner_of, plus, sum},
};
use crate::source::{Anchor, Decimal};

/// Parts and the whole that they should make.
pub(super) struct Sum {
    pub parts: Vec<Term>,
    pub whole: Term,
}

impl Sum {
    /// What the parts leave; negative where they are more than the whole.
    pub fn remainder(&self) -> Decimal {
        sum(&self.parts).and_then(|all| self.whole.value.checked_sub(all)).unwrap_or_default()
    }

    /// `59 + 18 + 1 = 78 > 77`.
    pub fn arithmetic(&self) -> String {
        let all = sum(&self.parts).unwrap_or_default();
        let rest = self.remainder();
        let plus = plus(&self.parts);
        if rest.is_zero() {
            format!("{plus} = {}", self.whole.text)
        } else {
            let sign = if rest < Decimal::ZERO { ">" } else { "<" };
            format!("{plus} = {} {sign} {}", in_manner_of(&self.parts, all), self.whole.text)
        }
    }

    /// The places of the whole and of all parts.
    pub fn places(&self) -> Vec<Anchor> {
        std::iter::once(&self.whole).chain(&self.parts).map(|term| term.anchor).collect()
    }
}

/// How parts that may leave something stand to their whole.
pub(super) fn compare(all: Decimal, whole: Decimal, tolerance: Decimal) -> Verdict {
    if (all - whole).abs() <= tolerance {
        Verdict::Agrees
    } else if all > whole {
        Verdict::Contradiction
    } else {
        Verdict::Incomplete
    }
}
