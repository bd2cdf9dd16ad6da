//! How much of a rate's change each cause explains.
//!
//! A rate is a function of three things: the articles, the terms, and how the same articles and terms
//! were read (tool and settings). Its change is shared among them by Shapley's average over orders.

use super::model::{Basis, Causes, Share};
use crate::statistics::Totals;
use crate::statistics::decomposition::{Part, interaction, rate_and_mix, shapley};

/// Ways of counting: terms of the old or new report (bit 0), reading of the old or new one (bit 1).
pub(super) const WAYS: usize = 4;

/// Weight of a way of counting in the articles' share: the orders in which just what differs in it
/// comes before the articles.
pub(super) const WEIGHTS: [f64; WAYS] = [1.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0, 1.0 / 3.0];

/// Totals of the old and of the new corpus, counted each way.
pub(super) type Worlds = [[Totals; WAYS]; 2];

/// What is not known of a corpus under the terms of the other report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Gap {
    /// How many more or fewer parts there may be than `Worlds` says.
    Parts {
        /// Least: 0 or less.
        low: f64,
        /// Most.
        high: f64,
        /// The estimate and where it probably lies, if the terms stand there as often as where they
        /// were counted.
        estimate: Option<[f64; 3]>,
    },
    /// Parts and whole: a share may be anything from 0 to 1.
    Share,
    /// Nothing is known.
    Open,
}

/// What is supposed of a gap.
#[derive(Debug, Clone, Copy)]
enum Supposed {
    Low,
    High,
    Estimate,
    LikelyLow,
    LikelyHigh,
}

impl Gap {
    /// The value of a corpus with such a gap.
    fn value(self, supposed: Supposed, totals: Totals, per: f64) -> Option<f64> {
        let missing = match (self, supposed) {
            (Self::Parts { low, .. }, Supposed::Low) => low,
            (Self::Parts { high, .. }, Supposed::High) => high,
            (Self::Parts { estimate, .. }, Supposed::Estimate) => estimate?[0],
            (Self::Parts { estimate, .. }, Supposed::LikelyLow) => estimate?[1],
            (Self::Parts { estimate, .. }, Supposed::LikelyHigh) => estimate?[2],
            (Self::Share, Supposed::Low) => return Some(0.0),
            (Self::Share, Supposed::High) => return Some(per),
            (Self::Share | Self::Open, _) => return None,
        };
        (totals.words > 0).then(|| per * (totals.hits as f64 + missing) / totals.words as f64)
    }
}

/// The share of every cause in a change, for `per` of the whole. `gaps` are those of the old and the
/// new corpus; `None` where nothing is missing. `basis` is what to say if nothing is.
pub(super) fn causes(worlds: &Worlds, per: f64, gaps: [Option<Gap>; 2], basis: Basis) -> Causes {
    let at = |supposed: [Supposed; 2]| shares(worlds, per, gaps, supposed);
    if gaps == [None, None] {
        return at([Supposed::Low; 2]).map_or_else(none, |(shares, interaction)| Causes {
            basis,
            interaction: Some(interaction),
            ..known(shares)
        });
    }
    if worlds.iter().any(|corpus| corpus[0].words == 0 && corpus[WAYS - 1].words == 0) {
        return none();
    }
    // A share is linear in what is missing, so its extremes stand at the corners.
    let corners = |low: Supposed, high: Supposed| -> Vec<_> {
        let both = [[low, low], [low, high], [high, low], [high, high]];
        both.into_iter().map(at).collect::<Option<_>>().unwrap_or_default()
    };
    let certain = corners(Supposed::Low, Supposed::High);
    let likely = corners(Supposed::LikelyLow, Supposed::LikelyHigh);
    let estimate = at([Supposed::Estimate; 2]);
    let range = |corners: &[([f64; 3], f64)], cause: usize| {
        let values = || corners.iter().map(|(shares, _)| shares[cause]);
        (values().reduce(f64::min), values().reduce(f64::max))
    };
    let share = |cause: usize| {
        let (low, high) = range(&certain, cause);
        let (likely_low, likely_high) = range(&likely, cause);
        let estimate = estimate.map(|(shares, _)| shares[cause]);
        let known = low.is_some() && low == high;
        Share {
            value: low.filter(|_| known),
            low,
            high,
            estimate: estimate.filter(|_| !known),
            likely_low: likely_low.filter(|_| !known),
            likely_high: likely_high.filter(|_| !known),
        }
    };
    Causes {
        basis: Basis::NotDecomposable,
        corpus: share(0),
        lexicon: share(1),
        reading: share(2),
        ..none()
    }
}

/// No cause can be named.
pub(super) fn none() -> Causes {
    Causes {
        basis: Basis::None,
        corpus: Share::default(),
        lexicon: Share::default(),
        reading: Share::default(),
        interaction: None,
        within_voices: None,
        mix_of_voices: None,
    }
}

fn known(shares: [f64; 3]) -> Causes {
    let [corpus, lexicon, reading] =
        shares.map(|v| Share { value: Some(v), low: Some(v), high: Some(v), ..Share::default() });
    Causes { corpus, lexicon, reading, ..none() }
}

/// Shares of articles, terms and reading, and the interaction of the first two, where a corpus that
/// is counted by the terms of the other report is as supposed. `None` without words.
fn shares(
    worlds: &Worlds,
    per: f64,
    gaps: [Option<Gap>; 2],
    supposed: [Supposed; 2],
) -> Option<([f64; 3], f64)> {
    let value = |set: u32| {
        let (corpus, way) = ((set & 1) as usize, (set >> 1) as usize);
        let totals = worlds[corpus][way];
        let crossed = way & 1 != corpus;
        match gaps[corpus].filter(|_| crossed) {
            Some(gap) => gap.value(supposed[corpus], totals, per),
            None => (totals.words > 0).then(|| per * totals.hits as f64 / totals.words as f64),
        }
    };
    let found = shapley(3, value)?;
    let (none, corpus, lexicon, both) = (value(0)?, value(1)?, value(2)?, value(3)?);
    Some(([found[0], found[1], found[2]], interaction(none, corpus, lexicon, both)))
}

/// Hits and words of each voice in each corpus, counted one way.
pub(super) type Voices = [[Totals; 4]; 2];

/// The articles' share as a change of rates within voices and a change of the mix of voices.
/// A voice without words on one side is all mix. `None` without words.
pub(super) fn by_voice(ways: &[Voices; WAYS]) -> Option<[f64; 2]> {
    let mut parts = [0.0; 2];
    for (weight, voices) in WEIGHTS.iter().zip(ways) {
        let words = voices.map(|side| side.iter().map(|totals| totals.words).sum::<u64>());
        if words.contains(&0) {
            return None;
        }
        let part = |voice: usize| {
            let [old, new] = [0, 1].map(|side: usize| voices[side][voice]);
            let rates = [old.rate(), new.rate()];
            let share = |side: usize, totals: Totals| totals.words as f64 / words[side] as f64;
            Part {
                old_weight: share(0, old),
                old_rate: rates[0].or(rates[1]).unwrap_or(0.0),
                new_weight: share(1, new),
                new_rate: rates[1].or(rates[0]).unwrap_or(0.0),
            }
        };
        let split = rate_and_mix(&[0, 1, 2, 3].map(part));
        parts[0] += weight * split.rate;
        parts[1] += weight * split.mix;
    }
    Some(parts)
}
