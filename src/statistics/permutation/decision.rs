//! Whether labellings reach the observed statistic, without a logarithm for each.

use super::{Statistic, reaches};
use crate::statistics::sample::Document;

/// Which sums of side a reach the observed statistic.
///
/// For a given number of hits on side a, G² falls with side a's words down to where both sides have one
/// rate, and rises from there: the sums of words that do not reach the observed G² are an interval, found
/// by bisection once for each number of hits that occurs.
pub(super) struct Decision<'a> {
    pub(super) statistic: &'a Statistic,
    pub(super) observed: f64,
}

impl Decision<'_> {
    fn reached(&self, hits: u64, words: u64) -> bool {
        reaches(self.statistic.of(Document::new(hits, words)), self.observed)
    }

    /// How many of the labellings reach it; `hits` and `words` are side a's, labelling by labelling.
    pub(super) fn count(&self, hits: &[u64], words: &[u64]) -> u64 {
        // Equal rates, or none, are reached by everything.
        if self.statistic.hits == 0 || reaches(0.0, self.observed) {
            return hits.len() as u64;
        }
        let ends = |sums: &[u64]| Some((*sums.iter().min()?, *sums.iter().max()?));
        let (Some((fewest, most)), Some(range)) = (ends(hits), ends(words)) else { return 0 };
        let mut intervals: Vec<Option<(u64, u64)>> = vec![None; (most - fewest + 1) as usize];
        let mut count = 0;
        for (&hits, words) in hits.iter().zip(words) {
            let place = &mut intervals[(hits - fewest) as usize];
            let (low, high) = *place.get_or_insert_with(|| self.interval(hits, range));
            count += u64::from(!(low..=high).contains(words));
        }
        count
    }

    /// The words from `least` to `most` that do not reach the observed statistic; the wrong way round
    /// if there are none.
    fn interval(&self, hits: u64, (least, most): (u64, u64)) -> (u64, u64) {
        let Statistic { hits: all_hits, words: all_words, four_cells } = *self.statistic;
        // Where hits are words, sums that no labelling can have would not be in order.
        let (least, most) = if four_cells {
            (least.max(hits), most.min(all_words - (all_hits - hits)))
        } else {
            (least, most)
        };
        let equal = u128::from(all_words) * u128::from(hits) / u128::from(all_hits);
        let below = u64::try_from(equal).unwrap_or(u64::MAX).clamp(least, most);
        let above = below.saturating_add(1).clamp(least, most);
        let Some(inside) = [below, above].into_iter().find(|&words| !self.reached(hits, words))
        else {
            return (1, 0);
        };
        let mut low = (least, inside);
        if !self.reached(hits, least) {
            low.1 = least;
        }
        while low.1 > low.0 + 1 {
            let middle = low.0 + (low.1 - low.0) / 2;
            if self.reached(hits, middle) { low.0 = middle } else { low.1 = middle }
        }
        let mut high = (inside, most);
        if !self.reached(hits, most) {
            high.0 = most;
        }
        while high.1 > high.0 + 1 {
            let middle = high.0 + (high.1 - high.0) / 2;
            if self.reached(hits, middle) { high.1 = middle } else { high.0 = middle }
        }
        (low.1, high.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_if_every_labelling_were_computed(
            sums in prop::collection::vec((0u64..=40, 1u64..5000), 1..60),
            (hits, words) in (40u64..400, 5000u64..20_000),
            four_cells in any::<bool>(),
            observed in 0usize..60,
        ) {
            // Labels may exceed mentions where there are two cells only.
            let sums: Vec<_> = sums.into_iter().map(|(x, n)| (x, n.max(x))).collect();
            let statistic = Statistic { hits, words: words.max(5000 + hits), four_cells };
            let of = |&(x, n): &(u64, u64)| statistic.of(Document::new(x, n));
            let observed = of(&sums[observed % sums.len()]);
            let slow = sums.iter().filter(|sum| reaches(of(sum), observed)).count() as u64;
            let (x, n): (Vec<u64>, Vec<u64>) = sums.iter().copied().unzip();
            let decision = Decision { statistic: &statistic, observed };
            prop_assert_eq!(decision.count(&x, &n), slow);
        }
    }
}
