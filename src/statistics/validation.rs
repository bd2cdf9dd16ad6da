//! Whether a lexicon finds what it is meant to find: precision, recall, and rates
//! that take account of them.

use super::distribution::{normal_upper_quantile, student_upper_quantile};
use super::proportion::{wilson, wilson_interval};
use super::sample::{Document, Interval};
use super::variance::linearised;
use libm::{ceil, exp, sqrt};

/// Hits of one stratum and what a person said of a sample of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodedHits {
    /// Hits there are, N.
    pub hits: u64,
    /// Hits coded, n.
    pub coded: u64,
    /// Hits found true, k.
    pub correct: u64,
}

/// Precision of a simple random sample of hits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// k/n.
    pub precision: f64,
    /// Wilson's interval with n/((N−n)/(N−1)) as sample size (finite population);
    /// a point if every hit was coded.
    pub interval: Interval,
    /// Standard error of ln precision; `None` if no hit was true.
    pub se_log: Option<f64>,
}

/// Precision; `None` without coded hits or for counts that cannot be.
pub fn precision(sample: &CodedHits, alpha: f64) -> Option<Precision> {
    let CodedHits { hits, coded, correct } = *sample;
    if coded == 0 || coded > hits || correct > coded {
        return None;
    }
    let (k, n) = (correct as f64, coded as f64);
    let precision = k / n;
    let correction = if hits > 1 { (hits - coded) as f64 / (hits - 1) as f64 } else { 0.0 };
    let interval = if correction > 0.0 {
        wilson(k / correction, n / correction, alpha)?
    } else {
        Interval::new(precision, precision)?
    };
    let se_log = (correct > 0).then(|| sqrt((1.0 - precision) / (n * precision) * correction));
    Some(Precision { precision, interval, se_log })
}

/// Precision and standard error of a stratified sample: Σ W_h·p_h,
/// Σ W_h²(1−f_h)p_h(1−p_h)/(n_h−1) (Cochran 1977). The unweighted share is wrong.
/// `None` without hits, or if a stratum with hits has no coded hit, or one alone
/// while it has more.
pub fn stratified_precision(strata: &[CodedHits]) -> Option<(f64, f64)> {
    let hits: u64 = strata.iter().map(|s| s.hits).sum();
    let (mut mean, mut variance) = (0.0, 0.0);
    for s in strata.iter().filter(|s| s.hits > 0) {
        if s.coded == 0 || s.coded > s.hits || s.correct > s.coded {
            return None;
        }
        let weight = s.hits as f64 / hits as f64;
        let p = s.correct as f64 / s.coded as f64;
        mean += weight * p;
        if s.coded < s.hits {
            let left = 1.0 - s.coded as f64 / s.hits as f64;
            let df = s.coded.checked_sub(1).filter(|&df| df > 0)? as f64;
            variance += weight * weight * left * p * (1.0 - p) / df;
        }
    }
    (hits > 0).then(|| (mean, sqrt(variance)))
}

/// Hits to code so that a share of ½ is known to ± `half_width`: ⌈z²/4h²⌉.
pub fn coding_sample_size(half_width: f64, alpha: f64) -> Option<u64> {
    let z = normal_upper_quantile(0.5 * alpha)?;
    (half_width > 0.0 && half_width < 0.5)
        .then(|| ceil(z * z * 0.25 / (half_width * half_width)) as u64)
}

/// A rate times the precision of its hits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdjustedRate {
    /// r·p, per 1,000 words.
    pub rate: f64,
    /// √(se_log(r)² + se_log(p)²).
    pub se_log: f64,
    /// rate·exp(±t_{m−1}·se_log).
    pub interval: Interval,
}

/// Precision-adjusted rate, by the delta method. `None` for fewer than two
/// articles, without hits, or if no coded hit was true.
pub fn precision_adjusted_rate(
    documents: &[Document],
    sample: &CodedHits,
    alpha: f64,
) -> Option<AdjustedRate> {
    let linear = linearised(documents)?;
    let precision = precision(sample, alpha)?;
    let (s_r, s_p) = (linear.se_log?, precision.se_log?);
    let rate = linear.totals.rate()? * precision.precision;
    let se_log = sqrt(s_r * s_r + s_p * s_p);
    let t = student_upper_quantile(0.5 * alpha, (linear.totals.articles - 1) as f64)?;
    let interval = Interval::new(rate * exp(-t * se_log), rate * exp(t * se_log))?;
    Some(AdjustedRate { rate, se_log, interval })
}

/// Sentences without a hit, and how many of a sample of them should have had one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ElusionSample {
    /// Sentences without a hit.
    pub unmatched: u64,
    /// Of these, read by a person.
    pub sampled: u64,
    /// Of these, holding what the lexicon missed.
    pub missed: u64,
}

/// Recall as estimated from what eluded the lexicon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recall {
    /// hits·precision.
    pub true_hits: f64,
    /// unmatched·missed/sampled.
    pub missed_hits: f64,
    /// true/(true + missed).
    pub recall: f64,
    /// Range from Wilson's interval of the elusion; always print it.
    pub range: Interval,
    /// Harmonic mean of precision and recall.
    pub f1: f64,
}

/// Recall by elusion sample (Roitblat 2007). `None` without sampled sentences,
/// true hits, or for counts that cannot be.
pub fn elusion_recall(
    hits: u64,
    precision: f64,
    sample: &ElusionSample,
    alpha: f64,
) -> Option<Recall> {
    let elusion = wilson_interval(sample.missed, sample.sampled, alpha)?;
    if !(precision > 0.0 && precision <= 1.0) || hits == 0 || sample.sampled > sample.unmatched {
        return None;
    }
    let true_hits = hits as f64 * precision;
    let unmatched = sample.unmatched as f64;
    let missed_hits = unmatched * sample.missed as f64 / sample.sampled as f64;
    let recall_at = |missed: f64| true_hits / (true_hits + missed);
    let recall = recall_at(missed_hits);
    let range =
        Interval::new(recall_at(unmatched * elusion.high), recall_at(unmatched * elusion.low))?;
    let f1 = 2.0 * precision * recall / (precision + recall);
    Some(Recall { true_hits, missed_hits, recall, range, f1 })
}

/// True prevalence from an observed one (Rogan & Gladen 1978):
/// (p + Sp − 1)/(Se + Sp − 1), inside 0 and 1. `None` unless Se + Sp > 1.
pub fn true_prevalence(observed: f64, sensitivity: f64, specificity: f64) -> Option<f64> {
    let power = sensitivity + specificity - 1.0;
    (power > 0.0).then(|| ((observed + specificity - 1.0) / power).clamp(0.0, 1.0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_census_of_hits_has_no_sampling_error() {
        let all = CodedHits { hits: 10, coded: 10, correct: 4 };
        let found = precision(&all, 0.05).unwrap();
        assert_eq!((found.interval.low, found.interval.high), (0.4, 0.4));
        assert_eq!(found.se_log, Some(0.0));
        assert_eq!(stratified_precision(&[all]), Some((0.4, 0.0)));
    }

    #[test]
    fn counts_that_cannot_be_give_nothing() {
        for (hits, coded, correct) in [(5, 0, 0), (5, 6, 1), (5, 3, 4)] {
            assert_eq!(precision(&CodedHits { hits, coded, correct }, 0.05), None);
        }
        // One coded hit of several tells nothing of its stratum's variance.
        assert_eq!(stratified_precision(&[CodedHits { hits: 5, coded: 1, correct: 1 }]), None);
        let sample = ElusionSample { unmatched: 10, sampled: 20, missed: 1 };
        assert_eq!(elusion_recall(5, 0.5, &sample, 0.05), None);
        assert_eq!(true_prevalence(0.1, 0.5, 0.5), None);
    }
}
