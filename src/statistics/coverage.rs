//! Which events an outlet has, among those that can be known of. What is not
//! found in the corpus need not be absent from the outlet.

use super::distribution::beta_cdf;
use super::proportion::wilson_interval;
use super::sample::Interval;

/// Events by who has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SharedEvents {
    /// Both sides.
    pub both: u64,
    /// Side a alone.
    pub only_a: u64,
    /// Side b alone.
    pub only_b: u64,
    /// Neither, though known of from elsewhere.
    pub neither: u64,
}

/// Coverage of one event universe by two outlets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// Share of events that a has, with Wilson's interval.
    pub share_a: f64,
    /// Its interval.
    pub interval_a: Interval,
    /// Share of events that b has.
    pub share_b: f64,
    /// Its interval.
    pub interval_b: Interval,
    /// both/(both + only_a + only_b) (Jaccard 1901); `None` if neither has any.
    pub jaccard: Option<f64>,
    /// Exact p of McNemar's (1947) test on the events that one alone has; 1 if none.
    pub mcnemar_p: f64,
}

/// Coverage of two outlets; `None` without events.
pub fn coverage(events: &SharedEvents, alpha: f64) -> Option<Coverage> {
    let SharedEvents { both, only_a, only_b, neither } = *events;
    let covered = both + only_a + only_b;
    let universe = covered + neither;
    let (a, b) = (both + only_a, both + only_b);
    let interval_a = wilson_interval(a, universe, alpha)?;
    let interval_b = wilson_interval(b, universe, alpha)?;
    Some(Coverage {
        share_a: a as f64 / universe as f64,
        interval_a,
        share_b: b as f64 / universe as f64,
        interval_b,
        jaccard: (covered > 0).then(|| both as f64 / covered as f64),
        mcnemar_p: mcnemar_p(only_a, only_b),
    })
}

/// Exact McNemar test: twice P(Bin(b+c, ½) ≤ min(b, c)), at most 1; the binomial
/// tail as I_½(n−k, k+1).
pub fn mcnemar_p(only_a: u64, only_b: u64) -> f64 {
    let (few, many) = (only_a.min(only_b), only_a.max(only_b));
    if many == 0 {
        return 1.0;
    }
    (2.0 * beta_cdf(many as f64, few as f64 + 1.0, 0.5, 0.5)).min(1.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn mcnemar_is_a_sign_test() {
        // 2·(1 + 5)/2⁵.
        assert!((mcnemar_p(4, 1) - 0.375).abs() < 1e-12);
        assert_eq!(mcnemar_p(0, 0), 1.0);
        assert_eq!(mcnemar_p(3, 3), 1.0);
        assert!((mcnemar_p(0, 6) - 2.0 / 64.0).abs() < 1e-12);
    }

    #[test]
    fn an_empty_universe_has_no_coverage() {
        assert_eq!(coverage(&SharedEvents::default(), 0.05), None);
        let unseen = SharedEvents { neither: 3, ..<_>::default() };
        assert_eq!(coverage(&unseen, 0.05).unwrap().jaccard, None);
    }
}
