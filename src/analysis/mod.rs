//! Facts to measures: each a computation whose operands keep their evidence.

pub mod apportionment;
pub mod consistency;

use crate::source::{
    Cited, Decimal, Working,
    evidence::{combine, combine_two},
};

/// The seats that are more than half of all.
pub fn majority(all: &Cited<Decimal>) -> Option<Cited<Decimal>> {
    combine(&[all], |mut parts| parts.pop().map_or(Working::Sum(Vec::new()), |part| Working::Majority(Box::new(part))))
}

/// The arithmetic mean; `None` of nothing.
pub fn mean(values: &[&Cited<Decimal>]) -> Option<Cited<Decimal>> {
    combine(values, Working::Mean)
}

/// The sum; zero, resting on nothing, of nothing.
pub fn sum(values: &[&Cited<Decimal>]) -> Option<Cited<Decimal>> {
    combine(values, Working::Sum)
}

/// `a − b`, in the unit of both; of shares in percent, a shift in percentage points.
pub fn difference(a: &Cited<Decimal>, b: &Cited<Decimal>) -> Option<Cited<Decimal>> {
    combine_two(a, b, Working::Difference)
}

/// `100 × part ÷ whole`; `None` of a whole that is zero.
pub fn percent_of(part: &Cited<Decimal>, whole: &Cited<Decimal>) -> Option<Cited<Decimal>> {
    combine_two(part, whole, Working::Percent)
}

/// `100 − Σ`: what shares in percent leave.
pub fn remainder(shares: &[&Cited<Decimal>]) -> Option<Cited<Decimal>> {
    combine(shares, Working::Remainder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Anchor, Evidence, SourceId, Span};

    fn cited(value: &str, at: usize) -> Cited<Decimal> {
        let value = value.parse().unwrap();
        Cited::new(value, Evidence::stated(Anchor::text(SourceId(0), Span::new(at, at + 1)), "share", value))
    }

    #[test]
    fn a_difference_of_shares_keeps_all_its_operands() {
        let seats = percent_of(&cited("11", 0), &cited("77", 5)).unwrap();
        let shift = difference(&seats, &cited("7.07", 9)).unwrap();
        assert_eq!(shift.value.round_dp(4).to_string(), "7.2157");
        assert_eq!(shift.evidence.formula(), "11 ÷ 77 × 100 − 7.07");
        assert_eq!((shift.evidence.pieces.len(), shift.evidence.compute()), (3, Some(shift.value)));
    }

    #[test]
    fn a_share_of_nothing_is_no_number() {
        assert_eq!(percent_of(&cited("1", 0), &cited("0", 5)), None);
        assert_eq!(mean(&[]), None);
    }

    #[test]
    fn what_shares_leave_is_exact() {
        let parts = ["60.61", "7.07", "11.38", "12.04", "3.44"].map(|share| cited(share, 0));
        assert_eq!(remainder(&parts.each_ref()).unwrap().value.to_string(), "5.46");
    }
}
