//! Comparing quotients of whole numbers without rounding: products of 128 bits by 128 bits.

use std::cmp::Ordering;

/// `over ÷ under`; with `under` = 0 it is beyond every number, and equal to every other such.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quotient {
    pub over: u128,
    pub under: u128,
}

impl Ord for Quotient {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.under, other.under) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Greater,
            (_, 0) => Ordering::Less,
            _ => cmp_products((self.over, other.under), (other.over, self.under)),
        }
    }
}

impl PartialOrd for Quotient {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Quotient {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Quotient {}

/// How `a.0 × a.1` stands to `b.0 × b.1`.
pub(super) fn cmp_products(a: (u128, u128), b: (u128, u128)) -> Ordering {
    match (a.0.checked_mul(a.1), b.0.checked_mul(b.1)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => wide(a.0, a.1).cmp(&wide(b.0, b.1)),
    }
}

/// The product in 256 bits: high half, low half.
fn wide(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a_high, a_low) = (a >> 64, a & LOW);
    let (b_high, b_low) = (b >> 64, b & LOW);
    let low = a_low * b_low;
    // Each of the two is at most (2^64 − 1)² + 2^64 − 1, and so fits.
    let middle = a_high * b_low + (low >> 64);
    let other = a_low * b_high + (middle & LOW);
    (a_high * b_high + (middle >> 64) + (other >> 64), (other << 64) | (low & LOW))
}

/// The greatest common divisor; that of 0 and n is n.
pub(super) fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_beyond_128_bits_are_compared_exactly() {
        assert_eq!(wide(u128::MAX, u128::MAX), (u128::MAX - 1, 1));
        assert_eq!(wide(1 << 127, 6), (3, 0));
        let big = u128::MAX - 58;
        assert_eq!(cmp_products((big, big), (big - 1, big + 1)), Ordering::Greater);
        assert_eq!(cmp_products((big, 3), (3, big)), Ordering::Equal);
        assert_eq!(cmp_products((2, 3), (7, 1)), Ordering::Less);
    }

    #[test]
    fn nothing_divided_by_is_beyond_every_number() {
        let (one, beyond) = (Quotient { over: 1, under: 1 }, Quotient { over: 1, under: 0 });
        assert!(beyond > one && beyond == Quotient { over: 9, under: 0 });
    }
}
