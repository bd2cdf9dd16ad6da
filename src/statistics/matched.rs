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
    let tables: Vec<[f64; 256]> = excess.chunks(8).map(swapped_sums).collect();
    let mut generator = Generator::new(seed);
    let mut count = 0;
    for labeling in 0..labelings {
        let mut sum = 0.0;
        // A bit an event, from the lowest on.
        for tables in tables.chunks(8) {
            let bits = if exact { labeling } else { generator.next_bits() };
            for (table, byte) in tables.iter().zip(bits.to_le_bytes()) {
                sum += table[usize::from(byte)];
            }
        }
        count += u64::from(reaches(sum.abs(), observed));
    }
    let smallest = smallest_swap_p(excess.len() as u64);
    let smallest_p = if exact { smallest } else { smallest.max(p_of(0, DRAWS, false)) };
    Some(Permutation { p: p_of(count, labelings, exact), count, labelings, exact, smallest_p })
}

/// The sum of up to eight differences under every swap of them.
fn swapped_sums(excess: &[f64]) -> [f64; 256] {
    std::array::from_fn(|swaps| {
        let signed = excess.iter().enumerate();
        signed.map(|(event, e)| if swaps >> event & 1 == 1 { -e } else { *e }).sum()
    })
}

/// The smallest two-sided p of that many events: 2/2^E, so that α = .05 takes six.
pub fn smallest_swap_p(events: u64) -> f64 {
    ldexp(1.0, 1 - events.clamp(1, 1000) as i32)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn event(x1: u64, n1: u64, x2: u64, n2: u64) -> MatchedEvent {
        MatchedEvent { a: Document::new(x1, n1), b: Document::new(x2, n2) }
    }

    #[test]
    fn one_event_gives_its_own_ratio() {
        let events = [event(6, 300, 2, 400), event(5, 0, 1, 90)];
        let found = matched_ratio(&events, 0.05).unwrap();
        assert_eq!(found.events, 1);
        assert!((found.ratio.unwrap() - 4.0).abs() < 1e-12);
    }

    #[test]
    fn five_events_cannot_reach_five_percent() {
        let five = [event(9, 100, 0, 100); 5];
        let test = label_swap_test(&five, 1).unwrap();
        assert_eq!((test.count, test.labelings, test.p), (2, 32, 0.0625));
        assert_eq!(test.smallest_p, 0.0625);
        assert_eq!(smallest_swap_p(6), 0.03125);
    }

    #[test]
    fn beyond_fourteen_events_swaps_are_drawn() {
        let events: Vec<_> = (0..70).map(|i| event(i % 3, 100, (i + 1) % 4, 90)).collect();
        let test = label_swap_test(&events, 3).unwrap();
        assert!(!test.exact && test.p > 0.0 && test.p <= 1.0);
        assert_eq!(Some(test), label_swap_test(&events, 3));
        // Sixteen equal differences: only all or none swapped reach the sum.
        let equal = [event(9, 100, 0, 100); 16];
        assert_eq!(label_swap_test(&equal, 3).unwrap().p, 1e-4);
    }

    #[test]
    fn what_has_no_match_has_no_ratio() {
        assert_eq!(matched_ratio(&[event(1, 10, 0, 0)], 0.05), None);
        assert_eq!(label_swap_test(&[], 1), None);
        assert_eq!(matched_ratio(&[event(0, 10, 3, 10)], 0.05).unwrap().ratio, None);
    }
}
