//! Where the seats of a half circle stand: rows of one distance, seats counted from the left.

use std::f64::consts::PI;

/// The inner row's radius; the outer one's is 1.
pub const INNER: f64 = 0.42;
/// More rows than this are never needed.
const MOST_ROWS: usize = 40;

/// Radii of the rows, from the inside: as many as leave seats about as far from one another along a row as across.
fn rows(of: u32) -> Vec<f64> {
    let radii = |n: usize| -> Vec<f64> {
        if n == 1 {
            return vec![1.0];
        }
        (0..n).map(|i| INNER + (1.0 - INNER) * i as f64 / (n - 1) as f64).collect()
    };
    let uneven = |n: usize| {
        let radii = radii(n);
        let across = if n == 1 { 1.0 - INNER } else { (1.0 - INNER) / (n - 1) as f64 };
        (along(&radii, of) - across).abs()
    };
    let best = (1..=MOST_ROWS).min_by(|a, b| uneven(*a).total_cmp(&uneven(*b))).unwrap_or(1);
    radii(best)
}

/// From seat to seat along the rows.
fn along(radii: &[f64], of: u32) -> f64 {
    radii.iter().map(|radius| PI * radius).sum::<f64>() / f64::from(of.max(1))
}

/// The radius of a seat, in units of the outer row's.
pub fn radius(of: u32) -> f64 {
    let radii = rows(of);
    let across = if radii.len() == 1 { 1.0 - INNER } else { (1.0 - INNER) / (radii.len() - 1) as f64 };
    0.42 * along(&radii, of).min(across).min(0.24)
}

/// The places of all seats, sorted by their angle from the left.
pub fn seats(of: u32) -> Vec<(f64, f64)> {
    let radii = rows(of);
    let total: f64 = radii.iter().sum();
    let mut places: Vec<(f64, f64)> = Vec::with_capacity(of as usize);
    let (mut given, mut due) = (0_u32, 0.0);
    for radius in &radii {
        due += f64::from(of) * radius / total;
        let own = (due.round() as u32).min(of) - given;
        given += own;
        for n in 0..own {
            let part = if own == 1 { 0.5 } else { f64::from(n) / f64::from(own - 1) };
            places.push((PI * (1.0 - part), *radius));
        }
    }
    // Of seats at one angle the inner one first, so that a list is a wedge.
    places.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
    places.into_iter().map(|(angle, radius)| (radius * angle.cos(), radius * angle.sin())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seat_has_a_place_of_its_own_in_the_half_circle() {
        for of in [1, 2, 3, 7, 39, 77, 101, 450, 650, 2_000] {
            let seats = seats(of);
            assert_eq!(seats.len(), of as usize);
            let radius = radius(of);
            for (n, (x, y)) in seats.iter().enumerate() {
                assert!(x.hypot(*y) < 1.0 + 1e-9 && *y > -1e-9);
                for (a, b) in &seats[n + 1..] {
                    assert!((x - a).hypot(y - b) > radius * 1.9, "{of}: two seats lie over one another");
                }
            }
        }
    }
}
