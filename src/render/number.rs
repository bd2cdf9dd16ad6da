//! Numbers as people read them. A missing number is a dash, never 0; nothing is written −0.00.

/// Stands for what can't be computed.
pub(super) const MISSING: &str = "–";

/// The typographic minus.
const MINUS: char = '−';

/// A whole number in groups of three.
pub(super) fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A rate: two decimals, none from 1,000 on; a small one that is not 0 is "<0.01".
pub(super) fn rate(value: Option<f64>) -> String {
    let Some(value) = finite(value) else { return MISSING.to_owned() };
    if value == 0.0 {
        "0".to_owned()
    } else if value.abs() < 0.005 {
        if value > 0.0 { "<0.01".to_owned() } else { format!(">{MINUS}0.01") }
    } else {
        signed(&decimals(value.abs(), 2), value < 0.0)
    }
}

/// A difference of rates, always with its sign.
pub(super) fn difference(value: Option<f64>) -> String {
    let text = rate(value);
    if finite(value).is_some_and(|value| value >= 0.005) { format!("+{text}") } else { text }
}

/// A logarithm: two decimals and its sign.
pub(super) fn log2(value: Option<f64>) -> String {
    let Some(value) = finite(value) else { return MISSING.to_owned() };
    let text = decimals(value.abs(), 2);
    if text.chars().all(|digit| matches!(digit, '0' | '.')) {
        "0.00".to_owned()
    } else if value < 0.0 {
        format!("{MINUS}{text}")
    } else {
        format!("+{text}")
    }
}

/// A probability: three decimals, no 0 before the point.
pub(super) fn probability(value: Option<f64>) -> String {
    let Some(value) = finite(value) else { return MISSING.to_owned() };
    if value < 0.0005 {
        return "<.001".to_owned();
    }
    if (0.9995..1.0).contains(&value) {
        return ">.999".to_owned();
    }
    let text = format!("{value:.3}");
    text.strip_prefix('0').map_or_else(|| text.clone(), str::to_owned)
}

/// A ratio: "×3.4", "×0.29", "×34".
pub(super) fn ratio(value: Option<f64>) -> String {
    let Some(value) = finite(value) else { return MISSING.to_owned() };
    if value > 0.0 && value < 0.005 {
        return "<×0.01".to_owned();
    }
    let places = if value < 0.995 {
        2
    } else if value < 9.95 {
        1
    } else {
        0
    };
    format!("×{}", decimals(value, places))
}

/// A share as a percentage without decimals; what is not 0 % or 100 % is never written so.
pub(super) fn percent(share: Option<f64>) -> String {
    let Some(share) = finite(share) else { return MISSING.to_owned() };
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.5 {
        "<1%".to_owned()
    } else if (99.5..100.0).contains(&percent) {
        ">99%".to_owned()
    } else {
        signed(&format!("{:.0}%", percent.abs()), percent < -0.5)
    }
}

/// A score with one decimal.
pub(super) fn score(value: Option<f64>) -> String {
    let Some(value) = finite(value) else { return MISSING.to_owned() };
    let text = decimals(value.abs(), 1);
    signed(&text, value < 0.0 && text != "0.0")
}

/// A value with its interval: "3.26 [1.22, 7.00]"; open to one side where a limit is missing, and
/// without both, the value alone.
pub(super) fn with_interval(value: String, low: String, high: String) -> String {
    match (low == MISSING, high == MISSING) {
        (true, true) => value,
        (false, true) => format!("{value} [{low}, ∞)"),
        (true, false) => format!("{value} ({MINUS}∞, {high}]"),
        (false, false) => format!("{value} [{low}, {high}]"),
    }
}

/// A number in words up to twelve, as running text has it.
pub(super) fn in_words(value: u64) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let word = usize::try_from(value).ok().and_then(|index| WORDS.get(index));
    word.map_or_else(|| count(value), |word| (*word).to_owned())
}

/// A count with its noun: "1 article", "12 articles".
pub(super) fn counted(value: u64, noun: &str) -> String {
    format!("{} {}", count(value), plural(value, noun))
}

/// The noun in the number that the count asks for.
pub(super) fn plural(value: u64, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if value == 1 => noun.to_owned(),
        Some(stem) => format!("{stem}ies"),
        None => format!("{noun}s"),
    }
}

fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

fn signed(text: &str, negative: bool) -> String {
    if negative { format!("{MINUS}{text}") } else { text.to_owned() }
}

/// A number that is not negative, in groups of three; from 1,000 on without decimals.
fn decimals(value: f64, places: usize) -> String {
    // The cast saturates, and what is written is rounded anyway.
    if value >= 999.5 { count(value.round() as u64) } else { format!("{value:.places$}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_a_dash() {
        for write in [rate, difference, log2, probability, ratio, percent, score] {
            assert_eq!(write(None), MISSING);
            assert_eq!(write(Some(f64::NAN)), MISSING);
            assert_eq!(write(Some(f64::INFINITY)), MISSING);
        }
    }

    #[test]
    fn rates() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (0.0001, "<0.01"),
            (0.0049, "<0.01"),
            (0.006, "0.01"),
            (3.2608695652, "3.26"),
            (999.4, "999.40"),
            (999.7, "1,000"),
            (12345678.9, "12,345,679"),
        ];
        for (value, text) in cases {
            assert_eq!(rate(Some(value)), text);
        }
        assert_eq!(difference(Some(2.3)), "+2.30");
        assert_eq!(difference(Some(-0.004)), ">−0.01");
        assert_eq!(difference(Some(-2.3)), "−2.30");
        assert_eq!(difference(Some(0.0)), "0");
    }

    #[test]
    fn logarithms_have_a_sign_and_no_negative_zero() {
        let cases = [
            (1.6449, "+1.64"),
            (-0.1601, "−0.16"),
            (-0.001, "0.00"),
            (0.0049, "0.00"),
            (-0.0, "0.00"),
            (0.1, "+0.10"),
            (-12.0, "−12.00"),
        ];
        for (value, text) in cases {
            assert_eq!(log2(Some(value)), text);
        }
    }

    #[test]
    fn probabilities() {
        let cases = [
            (0.0, "<.001"),
            (0.0001, "<.001"),
            (0.0005, ".001"),
            (0.0011, ".001"),
            (0.1154, ".115"),
            (0.9996, ">.999"),
            (1.0, "1.000"),
        ];
        for (value, text) in cases {
            assert_eq!(probability(Some(value)), text);
        }
    }

    #[test]
    fn ratios_and_shares() {
        let cases = [
            (3.391, "×3.4"),
            (0.294, "×0.29"),
            (0.999, "×1.0"),
            (9.96, "×10"),
            (34.4, "×34"),
            (12345.0, "×12,345"),
            (0.001, "<×0.01"),
            (0.0, "×0.00"),
        ];
        for (value, text) in cases {
            assert_eq!(ratio(Some(value)), text);
        }
        let cases = [(0.0, "0%"), (0.001, "<1%"), (0.47, "47%"), (0.999, ">99%"), (1.0, "100%")];
        for (value, text) in cases {
            assert_eq!(percent(Some(value)), text);
        }
        assert_eq!(percent(Some(-0.25)), "−25%");
        assert_eq!(score(Some(-0.01)), "0.0");
        assert_eq!(score(Some(-17.26)), "−17.3");
    }

    #[test]
    fn counts_and_nouns() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(4600), "4,600");
        assert_eq!(count(u64::MAX), "18,446,744,073,709,551,615");
        assert_eq!(counted(1, "article"), "1 article");
        assert_eq!(counted(2, "category"), "2 categories");
        assert_eq!(in_words(3), "three");
        assert_eq!(in_words(13), "13");
    }

    #[test]
    fn an_interval_may_be_open() {
        let of = |low, high| with_interval(log2(Some(3.26)), log2(low), log2(high));
        assert_eq!(of(Some(1.22), Some(7.0)), "+3.26 [+1.22, +7.00]");
        assert_eq!(of(Some(1.22), None), "+3.26 [+1.22, ∞)");
        assert_eq!(of(None, Some(7.0)), "+3.26 (−∞, +7.00]");
        assert_eq!(of(None, None), "+3.26");
    }
}
