//! Numbers as they are written in a record.

/// Significant digits of a float in a record: two implementations of a quantile may differ in the
/// last places, a record may not.
const DIGITS: usize = 12;

/// The number rounded to 12 significant digits; `None` where it is none or not finite.
pub(crate) fn figure(value: impl Into<Option<f64>>) -> Option<f64> {
    let value = value.into().filter(|value| value.is_finite())?;
    // The shortest way that rounds decimally as print does, on every machine alike.
    let rounded: f64 = format!("{value:.*e}", DIGITS - 1).parse().ok()?;
    Some(if rounded == 0.0 { 0.0 } else { rounded })
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn twelve_digits() {
        assert_eq!(figure(1.0 / 3.0), Some(0.333333333333));
        assert_eq!(figure(-123456789.1234568), Some(-123456789.123));
        assert_eq!(figure(-0.0).map(f64::to_bits), Some(0.0f64.to_bits()));
        assert_eq!(figure(f64::INFINITY), None);
        assert_eq!(figure(None), None);
    }
}
