//! Numbers as a reader sees them: stated ones as the source writes them, derived ones rounded, a true minus sign.

use rust_decimal::RoundingStrategy;

use crate::source::Decimal;

/// More digits after the point than this are a program's, not an author's: a label rounds them, the table keeps them.
const WRITTEN_DIGITS: u32 = 4;

/// As the source writes it, with thin spaces in thousands.
pub fn stated(value: Decimal) -> String {
    spaced(&value.to_string())
}

/// As the source writes it, but a long fraction to two places.
pub fn label(value: Decimal) -> String {
    if value.scale() > WRITTEN_DIGITS { rounded(value, 2) } else { stated(value) }
}

/// Rounded half away from zero, with exactly `decimals` digits after the point.
pub fn rounded(value: Decimal, decimals: u32) -> String {
    let value = round(value, decimals);
    spaced(&format!("{value:.0$}", decimals as usize))
}

/// With its sign: `+7.2`, `−6.1`, `0.0`.
pub fn signed(value: Decimal, decimals: u32) -> String {
    let value = round(value, decimals);
    let plus = if value.is_zero() || value.is_sign_negative() { "" } else { "+" };
    format!("{plus}{}", rounded(value, decimals))
}

/// Rounded half away from zero; never a negative zero.
pub fn round(value: Decimal, decimals: u32) -> Decimal {
    let value = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    if value.is_zero() { Decimal::new(0, decimals) } else { value }
}

fn spaced(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The number as a place on a scale.
pub fn at(value: Decimal) -> f64 {
    // Every decimal has a nearest float; the fallback is never met.
    rust_decimal::prelude::ToPrimitive::to_f64(&value).unwrap_or_default()
}

/// A step of 1, 2 or 5 times a power of ten that divides `span` into at most `most` parts.
pub fn nice_step(span: f64, most: f64) -> f64 {
    if !(span.is_finite() && span > 0.0) {
        return 1.0;
    }
    let raw = span / most;
    let power = 10_f64.powf(raw.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .map(|factor| factor * power)
        .into_iter()
        .find(|step| *step >= raw * 0.999)
        .unwrap_or(power * 10.0)
}

/// Ticks from `from` to `to`, both multiples of `step` or the ends themselves.
pub fn tick_values(from: f64, to: f64, step: f64) -> Vec<f64> {
    let first = (from / step - 1e-9).ceil() as i64;
    let last = (to / step + 1e-9).floor() as i64;
    (first..=last).map(|n| n as f64 * step).collect()
}

/// A tick's number, with the digits its step needs.
pub fn tick_label(value: f64, step: f64) -> String {
    let decimals = if step >= 1.0 { 0 } else { (-step.log10()).ceil() as u32 };
    Decimal::from_f64_retain(value).map_or_else(String::new, |value| rounded(value, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn stated_numbers_keep_their_digits_and_derived_ones_round_half_away_from_zero() {
        assert_eq!(stated(decimal("6.50")), "6.50");
        assert_eq!(stated(decimal("25000000000")), "25\u{202f}000\u{202f}000\u{202f}000");
        assert_eq!(rounded(decimal("2.25"), 1), "2.3");
        assert_eq!(signed(decimal("-2.25"), 1), "−2.3");
        assert_eq!(signed(decimal("7.2157"), 1), "+7.2");
        assert_eq!(signed(decimal("-0.04"), 1), "0.0");
        assert_eq!(rounded(decimal("6.5"), 2), "6.50");
        assert_eq!(label(decimal("6.928571429")), "6.93");
    }

    #[test]
    fn ticks_are_round_numbers_from_end_to_end() {
        assert_eq!(tick_values(0.0, 70.0, nice_step(70.0, 8.0)), [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0]);
        assert_eq!(nice_step(0.9, 5.0), 0.2);
        assert_eq!(tick_label(0.4, 0.2), "0.4");
    }
}
