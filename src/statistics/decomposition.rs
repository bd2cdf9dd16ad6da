//! How much of a change each of its causes explains.

/// Causes that can be told apart at once.
pub const MAX_CAUSES: usize = 4;

/// Each cause's share in a change (Shapley 1953; Shorrocks 2013): its effect
/// averaged over every order in which the causes may have come. The shares sum
/// to `value` of all causes minus `value` of none.
///
/// `value` is asked for each set of causes, as a bit mask; bit i is cause i. It
/// may answer `None` where a recount is not possible, and then so does this.
/// `None` for no cause or more than four.
pub fn shapley(causes: usize, value: impl FnMut(u32) -> Option<f64>) -> Option<Vec<f64>> {
    if !(1..=MAX_CAUSES).contains(&causes) {
        return None;
    }
    let values: Vec<f64> = (0..1u32 << causes).map(value).collect::<Option<_>>()?;
    let factorial = |n: usize| (1..=n).product::<usize>() as f64;
    let shares = (0..causes)
        .map(|cause| {
            let bit = 1usize << cause;
            (0..values.len())
                .filter(|set| set & bit == 0)
                .map(|set| {
                    let size = set.count_ones() as usize;
                    let weight = factorial(size) * factorial(causes - size - 1) / factorial(causes);
                    weight * (values[set | bit] - values[set])
                })
                .sum()
        })
        .collect();
    Some(shares)
}

/// What two causes do together beyond the sum of what each does alone:
/// both − first − second + none.
pub fn interaction(none: f64, first: f64, second: f64, both: f64) -> f64 {
    both - first - second + none
}

/// A part of a corpus (a section, a topic, a voice) before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Its share of the words before.
    pub old_weight: f64,
    /// Its rate before.
    pub old_rate: f64,
    /// Its share of the words after.
    pub new_weight: f64,
    /// Its rate after.
    pub new_rate: f64,
}

/// A change split into rate and mix, in the unit of the rates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateAndMix {
    /// Σ mean weight · change of rate.
    pub rate: f64,
    /// Σ mean rate · change of weight.
    pub mix: f64,
    /// Σ new − Σ old; rate + mix.
    pub total: f64,
}

/// Kitagawa's (1955) decomposition of a weighted mean of rates.
pub fn rate_and_mix(parts: &[Part]) -> RateAndMix {
    let sum = |f: fn(&Part) -> f64| parts.iter().map(f).sum::<f64>();
    let new = sum(|p| p.new_weight * p.new_rate);
    let old = sum(|p| p.old_weight * p.old_rate);
    RateAndMix {
        rate: sum(|p| 0.5 * (p.old_weight + p.new_weight) * (p.new_rate - p.old_rate)),
        mix: sum(|p| 0.5 * (p.old_rate + p.new_rate) * (p.new_weight - p.old_weight)),
        total: new - old,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_without_effect_gets_nothing() {
        let shares = shapley(3, |set| Some(if set & 1 == 1 { 4.0 } else { 1.0 })).unwrap();
        assert!((shares[0] - 3.0).abs() < 1e-12 && shares[1] == 0.0 && shares[2] == 0.0);
        assert_eq!(shapley(0, |_| Some(0.0)), None);
        assert_eq!(shapley(5, |_| Some(0.0)), None);
    }

    #[test]
    fn equal_rates_leave_only_the_mix() {
        let part = |old_weight, new_weight, rate| Part {
            old_weight,
            old_rate: rate,
            new_weight,
            new_rate: rate,
        };
        let split = rate_and_mix(&[part(0.5, 0.25, 2.0), part(0.5, 0.75, 6.0)]);
        assert_eq!((split.rate, split.mix, split.total), (0.0, 1.0, 1.0));
    }
}
