//! The same events told by two outlets: the comparison that takes the topic out.

use super::distribution::{is_open_probability, normal_upper_quantile};
use super::permutation::{DRAWS, Permutation, p_of, reaches};
use super::random::Generator;
use super::sample::{Document, Interval};
use libm::{ldexp, log, sqrt};
use std::f64::consts::LN_2;

/// Events up to which every swap of labels is looked at: 2^14.
pub const MAX_EVENTS_ENUMERATED: usize = 14;

/// What two outlets wrote on one event, each outlet's articles summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MatchedEvent {
    /// Side a.
    pub a: Document,
    /// Side b.
    pub b: Document,
}

impl MatchedEvent {
    fn is_matched(&self) -> bool {
        self.a.words > 0 && self.b.words > 0
    }

    fn floats(&self) -> [f64; 4] {
        [self.a.hits, self.a.words, self.b.hits, self.b.words].map(|v| v as f64)
    }

    /// (x1·n2 − x2·n1)/(n1+n2): a's hits beyond its part in the event.
    fn excess(&self) -> f64 {
        let [x1, n1, x2, n2] = self.floats();
        (x1 * n2 - x2 * n1) / (n1 + n2)
    }
}

/// Mantel–Haenszel rate ratio over events.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MatchedRatio {
    /// Events in which both sides have words.
    pub events: u64,
    /// Σ x1·n2/T over Σ x2·n1/T; `None` if a side has no hits.
    pub ratio: Option<f64>,
    /// Its log₂ with the interval of Greenland & Robins (1985), hits taken as
    /// independent; `None` if a side has no hits.
    pub log2: Option<(f64, Interval)>,
}

/// Rate ratio within events (Rothman & Boice 1979). Events that lack a side are
/// left out; `None` if none remains.
pub fn matched_ratio(events: &[MatchedEvent], alpha: f64) -> Option<MatchedRatio> {
    let matched: Vec<_> = events.iter().filter(|e| e.is_matched()).collect();
    if matched.is_empty() || !is_open_probability(alpha) {
        return None;
    }
    let (mut a, mut b, mut information) = (0.0, 0.0, 0.0);
    for [x1, n1, x2, n2] in matched.iter().map(|e| e.floats()) {
        let total = n1 + n2;
        a += x1 * n2 / total;
        b += x2 * n1 / total;
        information += (x1 + x2) * n1 * n2 / (total * total);
    }
    let z = normal_upper_quantile(0.5 * alpha)?;
    let ratio = (a > 0.0 && b > 0.0).then(|| a / b);
    let log2 = ratio.and_then(|ratio| {
        let (centre, half) = (log(ratio), z * sqrt(information / (a * b)));
        let interval = Interval::new((centre - half) / LN_2, (centre + half) / LN_2)?;
        Some((centre / LN_2, interval))
    });
    Some(MatchedRatio { events: matched.len() as u64, ratio, log2 })
}

/// Swaps the two outlets within events; the statistic is |Σ excess|. Exact up to
/// 14 events, else 9,999 seeded draws. `None` without a matched event.
pub fn label_swap_test(events: &[MatchedEvent], seed: u64) -> Option<Permutation> {
    let excess: Vec<f64> =
        events.iter().filter(|e| e.is_matched()).map(MatchedEvent::excess).collect();
    if excess.is_empty() {
        return None;
    }
    let observed = excess.iter().sum::<f64>().abs();
    let exact = excess.len() <= MAX_EVENTS_ENUMERATED;
    let labelings = if exact { 1 << excess.len() } else { DRAWS };
    let mut generator = Generator::new(seed);
    let mut count = 0;
    for labeling in 0..labelings {
        let mut bits = labeling;
        let mut sum = 0.0;
        for (i, e) in excess.iter().enumerate() {
            if !exact && i % 64 == 0 {
                bits = generator.next_bits();
            }
            sum += if bits & 1 == 1 { -e } else { *e };
            bits >>= 1;
        }
        count += u64::from(reaches(sum.abs(), observed));
    }
    let smallest = smallest_swap_p(excess.len() as u64);
    let smallest_p = if exact { smallest } else { smallest.max(p_of(0, DRAWS, false)) };
    Some(Permutation { p: p_of(count, labelings, exact), count, labelings, exact, smallest_p })
}

/// The smallest two-sided p of that many events: 2/2^E, so that α = .05 takes six.
pub fn smallest_swap_p(events: u64) -> f64 {
    ldexp(1.0, 1 - events.clamp(1, 1000) as i32)
}
