//! Whether labellings reach the observed statistic, without a logarithm for each.

use std::sync::OnceLock;

use super::counter::Row;
use super::{Statistic, reaches};
use crate::statistics::sample::Document;

/// Which sums of the drawn side reach the observed statistic.
///
/// For a given number of hits on a side, G² falls with the side's words down to where both sides have
/// one rate, and rises from there: the sums of words that do not reach the observed G² are an interval,
/// found once for each number of hits that occurs.
pub(super) struct Decision {
    statistic: Statistic,
    observed: f64,
    /// What words the drawn side can have.
    words: (u64, u64),
    /// What hits the first of the intervals is of.
    first: u64,
    intervals: Vec<OnceLock<Interval>>,
    /// Whether these are all that there can be.
    complete: bool,
}

/// Sums that do not reach the observed statistic: the lowest, and how far the highest is above it.
#[derive(Debug, Clone, Copy)]
struct Interval {
    low: u64,
    width: u64,
}

/// No sum at all.
const NONE: Interval = Interval { low: u64::MAX, width: 0 };

/// Intervals of so many numbers of hits are kept, those about what is expected.
const KEPT: u64 = 4096;

/// With so few numbers of hits the labellings are asked for each of these, all at once.
const FEW: usize = 64;

impl Decision {
    /// For labellings whose drawn side has words and hits within these limits, both included, and
    /// `expected` hits on average.
    pub(super) fn new(
        statistic: Statistic,
        observed: f64,
        words: (u64, u64),
        (fewest, most): (u64, u64),
        expected: u64,
    ) -> Self {
        let first = fewest.max(expected.saturating_sub(KEPT / 2));
        let kept = most.saturating_sub(first).saturating_add(1).min(KEPT);
        let intervals = vec![OnceLock::new(); kept as usize];
        let complete = first == fewest && fewest.saturating_add(kept) > most;
        Self { statistic, observed, words, first, intervals, complete }
    }

    /// Whether every labelling reaches it, since the rates are equal or there is nothing to compare.
    pub(super) fn is_reached_by_all(&self) -> bool {
        self.statistic.hits == 0 || reaches(0.0, self.observed)
    }

    /// How many of the labellings reach it, by the sums of the drawn side.
    #[inline(always)]
    pub(super) fn count(&self, hits: &[u64], words: &[u64]) -> u64 {
        if self.is_reached_by_all() {
            return hits.len() as u64;
        }
        let mut count = 0;
        for (&hits, &words) in hits.iter().zip(words) {
            let kept = self.intervals.get(hits.wrapping_sub(self.first) as usize);
            let Interval { low, width } = match kept.and_then(OnceLock::get) {
                Some(interval) => *interval,
                None => self.interval(hits, kept),
            };
            count += u64::from(words.wrapping_sub(low) > width);
        }
        count
    }

    /// Whether hits can be so few different numbers that [`count_bits`](Self::count_bits) is faster.
    pub(super) fn has_few(&self) -> bool {
        self.complete && self.intervals.len() <= FEW
    }

    /// The same as [`count`](Self::count) where there are [few](Self::has_few) numbers of hits, for the
    /// first labellings of a block, by the bits of the sums.
    #[inline(always)]
    pub(super) fn count_bits(&self, hits: &[Row], words: &[Row], labellings: usize) -> u64 {
        let mut left: Row = std::array::from_fn(|word| {
            let labellings = labellings.saturating_sub(64 * word).min(64);
            if labellings == 0 { 0 } else { u64::MAX >> (64 - labellings) }
        });
        let mut count = 0;
        for (number, kept) in (self.first..).zip(&self.intervals) {
            let equal = equal(hits, number, left);
            if equal == Row::default() {
                continue;
            }
            left = each(left, equal, |left, equal| left & !equal);
            let Interval { low, width } = match kept.get() {
                Some(interval) => *interval,
                None => self.interval(number, Some(kept)),
            };
            count += if low == NONE.low {
                ones(equal)
            } else {
                let less = if low > self.words.0 { less(words, low, equal) } else { 0 };
                let high = low + width;
                less + if high < self.words.1 { greater(words, high, equal) } else { 0 }
            };
            if left == Row::default() {
                break;
            }
        }
        count
    }

    #[cold]
    #[inline(never)]
    fn interval(&self, hits: u64, kept: Option<&OnceLock<Interval>>) -> Interval {
        match kept {
            Some(kept) => *kept.get_or_init(|| self.find(hits)),
            None => self.find(hits),
        }
    }

    fn of(&self, hits: u64, words: u64) -> f64 {
        self.statistic.of(Document::new(hits, words))
    }

    fn reached(&self, hits: u64, words: u64) -> bool {
        reaches(self.of(hits, words), self.observed)
    }

    /// The words that do not reach the observed statistic.
    fn find(&self, hits: u64) -> Interval {
        let (least, most) = self.words;
        let Statistic { hits: all_hits, words: all_words, four_cells } = self.statistic;
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
            return NONE;
        };
        let low = self.last_before(hits, inside, least);
        Interval { low, width: self.last_before(hits, inside, most) - low }
    }

    /// The farthest words from `inside`, which do not reach it, towards `end` that do not, either.
    ///
    /// The root of G² is nearly a straight line on one side of equal rates, so a few guesses along it
    /// find the border. Every fourth halves what is left, whatever the line is like.
    fn last_before(&self, hits: u64, inside: u64, end: u64) -> u64 {
        let (mut near, mut far) = (inside, end);
        let (mut of_near, mut of_far) = (self.of(hits, near), self.of(hits, far));
        if !reaches(of_far, self.observed) {
            return end;
        }
        let goal = self.observed.sqrt();
        for guess in 1u32.. {
            let left = near.abs_diff(far);
            if left <= 1 {
                break;
            }
            let share = (goal - of_near.sqrt()) / (of_far.sqrt() - of_near.sqrt());
            let share = if guess.is_multiple_of(4) { 0.5 } else { share };
            let step = ((share * left as f64) as u64).clamp(1, left - 1);
            let words = if near < far { near + step } else { near - step };
            let found = self.of(hits, words);
            if reaches(found, self.observed) {
                (far, of_far) = (words, found);
            } else {
                (near, of_near) = (words, found);
            }
        }
        near
    }
}

#[inline(always)]
fn each(one: Row, two: Row, f: impl Fn(u64, u64) -> u64) -> Row {
    std::array::from_fn(|word| f(one[word], two[word]))
}

#[inline(always)]
fn ones(row: Row) -> u64 {
    row.iter().map(|word| u64::from(word.count_ones())).sum()
}

/// Which of some labellings have this sum.
#[inline(always)]
fn equal(bits: &[Row], number: u64, among: Row) -> Row {
    if bits.len() < 64 && number >> bits.len() != 0 {
        return Row::default();
    }
    bits.iter().enumerate().fold(among, |all, (place, bit)| {
        let flip = (number >> place & 1).wrapping_sub(1);
        each(all, *bit, |all, bit| all & (bit ^ flip))
    })
}

/// How many of some labellings have a smaller sum.
#[inline(always)]
fn less(bits: &[Row], number: u64, among: Row) -> u64 {
    if bits.len() < 64 && number >> bits.len() != 0 {
        return ones(among);
    }
    let (mut same, mut found) = (among, Row::default());
    for (place, bit) in bits.iter().enumerate().rev() {
        if number >> place & 1 == 1 {
            let below = each(same, *bit, |same, bit| same & !bit);
            found = each(found, below, |found, below| found | below);
            same = each(same, *bit, |same, bit| same & bit);
        } else {
            same = each(same, *bit, |same, bit| same & !bit);
        }
    }
    ones(found)
}

/// How many of some labellings have a larger sum.
#[inline(always)]
fn greater(bits: &[Row], number: u64, among: Row) -> u64 {
    number.checked_add(1).map_or(0, |next| ones(among) - less(bits, next, among))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    /// Sums a bit at a time.
    fn bits_of(sums: &[u64]) -> Vec<Row> {
        let bit = |place: usize, lane: usize| sums.get(lane).map_or(0, |sum| sum >> place & 1);
        let word = |place, word| (0..64).fold(0, |all, i| all | bit(place, 64 * word + i) << i);
        (0..18).map(|place| std::array::from_fn(|at| word(place, at))).collect()
    }

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
            let ends = |sums: &[u64]| (sums.iter().copied().min().unwrap(), sums.iter().copied().max().unwrap());
            let limits = (ends(&n), ends(&x));
            // Of some the intervals are not kept.
            for expected in [x[0], 3 * KEPT] {
                let decision = Decision::new(statistic, observed, limits.0, limits.1, expected);
                prop_assert_eq!(decision.count(&x, &n), slow);
                if decision.has_few() {
                    let found = decision.count_bits(&bits_of(&x), &bits_of(&n), x.len());
                    prop_assert_eq!(found, slow);
                }
            }
        }
    }
}
