//! Numbers as they are written in a record.

/// Significant digits of a float in a record: two implementations of a quantile may differ in the
/// last places, a record may not.
const DIGITS: usize = 12;

/// The number rounded to 12 significant digits; `None` where it is none or not finite.
pub(crate) fn figure(value: impl Into<Option<f64>>) -> Option<f64> {
    let value = value.into().filter(|value| value.is_finite())?;
    let rounded = || quickly(value).or_else(|| by_print(value));
    Some(if value == 0.0 { 0.0 } else { rounded()? })
}

/// The shortest way that rounds decimally as print does, on every machine alike.
fn by_print(value: f64) -> Option<f64> {
    format!("{value:.*e}", DIGITS - 1).parse().ok()
}

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// The same by arithmetic, where that is certain to give the same: a whole number of 12 digits over an
/// exact power of ten is rounded once, as the reader of its digits would (Clinger 1990).
fn quickly(value: f64) -> Option<f64> {
    let size = value.abs();
    // How often ten goes into it, as digits before the point; of less than 1 none.
    let above = POWERS.partition_point(|power| *power <= size);
    let below = || POWERS.iter().position(|power| size * power >= 1.0);
    let places = if above > 0 { DIGITS.checked_sub(above)? } else { DIGITS - 1 + below()? };
    let power = *POWERS.get(places)?;
    let scaled = size * power;
    let digits = scaled.round();
    // What the multiplication may have lost is far less than this.
    let certain = ((scaled - digits).abs() - 0.5).abs() > 0.01;
    let fits = (1e11..=1e12).contains(&digits);
    (certain && fits).then(|| (digits / power).copysign(value))
}

#[cfg(test)]
mod tests {
    use super::{by_print, figure};

    #[test]
    fn twelve_digits() {
        assert_eq!(figure(1.0 / 3.0), Some(0.333333333333));
        assert_eq!(figure(-123456789.1234568), Some(-123456789.123));
        assert_eq!(figure(-0.0).map(f64::to_bits), Some(0.0f64.to_bits()));
        assert_eq!(figure(f64::INFINITY), None);
        assert_eq!(figure(None), None);
    }

    proptest::proptest! {
        #[test]
        fn as_printed_and_read(
            bits in proptest::num::u64::ANY,
            number in -1e6..1e6f64,
            (digits, places) in (0..2_000_000_000_000_i64, 0..24),
        ) {
            // Any double, usual ones, and those that are halfway between two of 12 digits.
            let halfway = (digits as f64 + 0.5) / 10f64.powi(places);
            for value in [f64::from_bits(bits), number, number / 3e7, halfway, digits as f64] {
                if value.is_finite() {
                    let printed = by_print(value).map(|value| if value == 0.0 { 0.0 } else { value });
                    proptest::prop_assert_eq!(
                        figure(value).map(f64::to_bits),
                        printed.map(f64::to_bits),
                        "{}", value
                    );
                }
            }
        }
    }
}
