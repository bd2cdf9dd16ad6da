//! Numbers from counts: one file a statistic, each a pure function over slices
//! of articles or plain counts.
//!
//! Nothing here knows an outlet's name, a lexicon, a report or a terminal. What
//! is undefined is `None`, never 0 and never NaN. Every level α is the caller's;
//! intervals are 1 − α. Rates are hits per 1,000 words. Sums of articles are
//! sums of integers, so a result does not depend on how a corpus was split.

pub mod agreement;
pub mod balance;
pub mod collocation;
pub mod coverage;
pub mod decomposition;
pub mod detectable;
pub mod dispersion;
pub mod distribution;
pub mod divergence;
pub mod evidence;
pub mod fightin_words;
pub mod log_likelihood;
pub mod log_ratio;
pub mod matched;
pub mod multiplicity;
pub mod overlap;
pub mod own_share;
pub mod permutation;
pub mod proportion;
pub mod random;
pub mod rank;
pub mod rate;
pub mod rest;
pub mod shrinkage;
pub mod validation;
pub mod variance;
pub mod word_shift;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod laws;
mod sample;

pub use sample::{Document, Interval, PER_WORDS, Totals, moments};
