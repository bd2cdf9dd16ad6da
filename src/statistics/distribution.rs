//! Tail probabilities and quantiles.
//!
//! The normal, chi-squared and hypergeometric distributions come from `statrs`.
//! The incomplete gamma and beta functions are our own: those of `statrs` 0.19
//! stop after 141 terms (wrong for counts beyond some ten thousand), its gamma
//! quantile is floored near 1e-9, and its t quantile does not return for very
//! large degrees of freedom. Here every loop is bounded, and quantiles are
//! solved on the logarithm of the tail, by Newton's method inside a bracket.

use std::cell::RefCell;

use libm::{exp, lgamma, log, log1p, sqrt};
use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

/// Terms of a series or continued fraction; convergence takes O(√shape).
const MAX_TERMS: u32 = 200_000;
const MAX_NEWTON_STEPS: u32 = 400;
const TINY: f64 = 1e-300;
const EPS: f64 = 1e-16;

/// Which tail a quantile cuts off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// P(X ≤ x) = p.
    Lower,
    /// P(X > x) = p.
    Upper,
}

/// Whether `p` is a probability strictly between 0 and 1.
pub(super) fn is_open_probability(p: f64) -> bool {
    p > 0.0 && p < 1.0
}

/// Upper tail of the standard normal distribution.
pub fn normal_sf(z: f64) -> f64 {
    Normal::standard().sf(z)
}

/// Standard normal quantile cutting off an upper tail of `p`; `None` unless 0 < p < 1.
pub fn normal_upper_quantile(p: f64) -> Option<f64> {
    is_open_probability(p).then(|| -Normal::standard().inverse_cdf(p))
}

/// Upper tail of chi-squared; `None` for df = 0 or a value that is not finite and ≥ 0.
pub fn chi_squared_sf(value: f64, df: u64) -> Option<f64> {
    if !(value.is_finite() && value >= 0.0) || df == 0 {
        return None;
    }
    ChiSquared::new(df as f64).ok().map(|d| if value == 0.0 { 1.0 } else { d.sf(value) })
}

/// Upper tail of F(df1, df2): I_{df2/(df2+df1·f)}(df2/2, df1/2).
pub fn f_sf(f: f64, df1: f64, df2: f64) -> Option<f64> {
    if !(f >= 0.0 && f.is_finite() && df1 > 0.0 && df2 > 0.0) {
        return None;
    }
    let whole = df2 + df1 * f;
    Some(beta_cdf(0.5 * df2, 0.5 * df1, df2 / whole, df1 * f / whole))
}

/// Two-sided p of Student's t: P(|T| ≥ |t|).
pub fn student_two_sided_p(t: f64, df: f64) -> Option<f64> {
    f_sf(t * t, 1.0, df)
}

/// Student's t quantile cutting off an upper tail of `p` < ½ at `df` > 0.
///
/// Above 10⁴ degrees of freedom by the Cornish–Fisher expansion
/// z + (z³+z)/4ν + (5z⁵+16z³+3z)/96ν² (Abramowitz & Stegun 1964, 26.7.5).
pub fn student_upper_quantile(p: f64, df: f64) -> Option<f64> {
    if !(p > 0.0 && p < 0.5) || df.is_nan() || df <= 0.0 {
        return None;
    }
    if df > 1e4 {
        let z = normal_upper_quantile(p)?;
        let (z3, z5) = (z * z * z, z * z * z * z * z);
        return Some(
            z + (z3 + z) / (4.0 * df) + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * df * df),
        );
    }
    // A report asks for few of them, each hundreds of times.
    KNOWN.with_borrow_mut(|known| {
        let key = (p.to_bits(), df.to_bits());
        let place = (key.0 ^ key.1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 57;
        let known = &mut known[place as usize];
        if known.0 != key {
            let log_odds = beta_log_odds(0.5 * df, 0.5, 2.0 * p, Tail::Lower)?;
            *known = (key, sqrt(df * exp(-log_odds)));
        }
        Some(known.1)
    })
}

/// The bits of p and of the degrees of freedom, with the quantile.
type Quantile = ((u64, u64), f64);

thread_local! {
    /// Quantiles of Student's t that were found lately.
    static KNOWN: RefCell<[Quantile; 128]> = const { RefCell::new([((0, 0), 0.0); 128]) };
}

/// Quantile of the gamma distribution with unit rate. `shape` need not be whole.
/// `None` unless shape > 0 and 0 < p < 1. Underflows to 0 for tiny shapes.
pub fn gamma_quantile(shape: f64, p: f64, tail: Tail) -> Option<f64> {
    if !(shape > 0.0 && shape.is_finite() && is_open_probability(p)) {
        return None;
    }
    let start = match tail {
        Tail::Lower if shape < 1.0 => (log(p) + lgamma(shape + 1.0)) / shape,
        _ => log(shape),
    };
    let log_density = |u: f64| shape * u - exp(u) - lgamma(shape);
    // The upper tail beyond this is smaller (Laurent & Massart 2000, lemma 1).
    let t = if tail == Tail::Upper { -log(p) } else { -log1p(-p) };
    let highest = log(shape + 2.0 * sqrt(shape * t) + 2.0 * t + 1.0);
    let u = solve(start, (-745.0, highest), log(p), tail, |u| {
        (log_gamma_tail(shape, u, tail), log_density(u))
    });
    Some(if u <= -744.0 { 0.0 } else { exp(u) })
}

/// Logarithm of the odds τ/(1−τ) of a beta quantile τ, exact at both ends of
/// the unit interval. `None` unless a, b > 0 and 0 < p < 1.
pub fn beta_log_odds(a: f64, b: f64, p: f64, tail: Tail) -> Option<f64> {
    let valid = |v: f64| v > 0.0 && v.is_finite();
    if !(valid(a) && valid(b) && is_open_probability(p)) {
        return None;
    }
    let log_norm = lgamma(a + b) - lgamma(a) - lgamma(b);
    let log_density = |u: f64| log_norm - a * log1p_exp(-u) - b * log1p_exp(u);
    Some(solve(log(a / b), (-1e5, 1e5), log(p), tail, |u| {
        (log_beta_tail(a, b, u, tail), log_density(u))
    }))
}

/// Beta quantile; see [`beta_log_odds`].
pub fn beta_quantile(a: f64, b: f64, p: f64, tail: Tail) -> Option<f64> {
    beta_log_odds(a, b, p, tail).map(|u| 1.0 / (1.0 + exp(-u)))
}

/// Newton's method for log tail(u) = log p between two bounds, halving the
/// interval where a step would leave it. `f` gives the logarithms of tail and
/// density; the log of either tail is concave in u, so halving is rare.
fn solve(
    start: f64,
    (mut low, mut high): (f64, f64),
    log_p: f64,
    tail: Tail,
    f: impl Fn(f64) -> (f64, f64),
) -> f64 {
    let direction = if tail == Tail::Lower { 1.0 } else { -1.0 };
    let (mut u, mut last_step) = (start.clamp(low, high), f64::INFINITY);
    for _ in 0..MAX_NEWTON_STEPS {
        let (log_tail, log_density) = f(u);
        let error = direction * (log_tail - log_p);
        let step = error / exp(log_density - log_tail);
        // Steps shrink quadratically; small ones that do not are rounding.
        let size = step.abs();
        if size <= 4.0 * f64::EPSILON * u.abs() || (size < 1e-7 && size >= 0.25 * last_step) {
            return u;
        }
        last_step = size;
        if error > 0.0 {
            high = u;
        } else {
            low = u;
        }
        let newton = u - step;
        u = if low < newton && newton < high { newton } else { 0.5 * (low + high) };
    }
    u
}

/// log(1 + eᵘ) without overflow.
fn log1p_exp(u: f64) -> f64 {
    if u > 0.0 { u + log1p(exp(-u)) } else { log1p(exp(u)) }
}

/// log of a tail of the unit gamma distribution at x = eᵘ: series below the
/// mean, Lentz continued fraction above (Press et al. 2007, 6.2).
fn log_gamma_tail(shape: f64, u: f64, tail: Tail) -> f64 {
    let x = exp(u);
    let log_front = shape * u - x - lgamma(shape);
    let (value, side) = if x < shape + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / shape, 1.0 / shape, shape);
        for _ in 0..MAX_TERMS {
            n += 1.0;
            term *= x / n;
            sum += term;
            if term < sum * EPS {
                break;
            }
        }
        (log_front + log(sum), Tail::Lower)
    } else {
        let mut b = x + 1.0 - shape;
        let mut c = 1.0 / TINY;
        let mut d = 1.0 / b;
        let mut h = d;
        for i in 1..=MAX_TERMS {
            let i = f64::from(i);
            let an = -i * (i - shape);
            b += 2.0;
            d = 1.0 / nonzero(an * d + b);
            c = nonzero(b + an / c);
            h *= d * c;
            if (d * c - 1.0).abs() < EPS {
                break;
            }
        }
        (log_front + log(h), Tail::Upper)
    };
    if side == tail { value } else { log1p(-exp(value.min(0.0))) }
}

/// log of a tail of the beta distribution at log odds u.
fn log_beta_tail(a: f64, b: f64, u: f64, tail: Tail) -> f64 {
    let (log_x, log_y) = (-log1p_exp(-u), -log1p_exp(u));
    let (x, y) = (exp(log_x), exp(log_y));
    let log_front = a * log_x + b * log_y + lgamma(a + b) - lgamma(a) - lgamma(b);
    let (value, side) = if x < (a + 1.0) / (a + b + 2.0) {
        (log_front + log(beta_fraction(a, b, x) / a), Tail::Lower)
    } else {
        (log_front + log(beta_fraction(b, a, y) / b), Tail::Upper)
    };
    if side == tail { value } else { log1p(-exp(value.min(0.0))) }
}

/// I_x(a, b) with y = 1 − x given apart, so that neither end loses digits.
/// Expects a, b > 0 and x + y = 1.
pub(super) fn beta_cdf(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    exp(log_beta_tail(a, b, log(x / y), Tail::Lower)).clamp(0.0, 1.0)
}

/// Continued fraction of the incomplete beta function (Press et al. 2007, 6.4).
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let (qab, qap, qam) = (a + b, a + 1.0, a - 1.0);
    let mut c = 1.0;
    let mut d = 1.0 / nonzero(1.0 - qab * x / qap);
    let mut h = d;
    for m in 1..=MAX_TERMS {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((qam + 2.0 * m) * (a + 2.0 * m));
        d = 1.0 / nonzero(1.0 + even * d);
        c = nonzero(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (qab + m) * x / ((a + 2.0 * m) * (qap + 2.0 * m));
        d = 1.0 / nonzero(1.0 + odd * d);
        c = nonzero(1.0 + odd / c);
        h *= d * c;
        if (d * c - 1.0).abs() < EPS {
            break;
        }
    }
    h
}

fn nonzero(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use statrs::distribution::{Beta, FisherSnedecor, Gamma, StudentsT};

    fn close(got: f64, wanted: f64, relative: f64) {
        assert!((got - wanted).abs() <= relative * wanted.abs(), "got {got}, wanted {wanted}");
    }

    #[test]
    fn quantiles_of_printed_tables() {
        // Student (1908) and any table: t.975 at 1, 5 and 30 df; z.975.
        for (df, t) in [(1.0, 12.7062), (5.0, 2.570582), (30.0, 2.042272)] {
            close(student_upper_quantile(0.025, df).unwrap(), t, 1e-6);
        }
        close(normal_upper_quantile(0.025).unwrap(), 1.959_963_984_540_054, 1e-14);
        // χ² .95 with 1 df is 3.841459.
        close(chi_squared_sf(3.841_458_820_694_124, 1).unwrap(), 0.05, 1e-12);
    }

    #[test]
    fn tails_agree_with_statrs_where_it_converges() {
        for a in [0.3, 1.0, 2.5, 17.0, 400.0] {
            for x in [0.01, 0.5, 2.0, 20.0, 390.0] {
                let ours = exp(log_gamma_tail(a, log(x), Tail::Lower));
                let theirs = Gamma::new(a, 1.0).unwrap().cdf(x);
                assert!((ours - theirs).abs() < 1e-12, "P({a}, {x}): {ours} {theirs}");
            }
            for b in [0.5, 3.0, 60.0] {
                for x in [1e-6, 0.2, 0.5, 0.93] {
                    let theirs = Beta::new(a, b).unwrap().cdf(x);
                    let ours = beta_cdf(a, b, x, 1.0 - x);
                    assert!((ours - theirs).abs() < 1e-12, "I_{x}({a}, {b}): {ours} {theirs}");
                }
            }
        }
        let theirs = FisherSnedecor::new(2.0, 12.0).unwrap().sf(4.25);
        close(f_sf(4.25, 2.0, 12.0).unwrap(), theirs, 1e-10);
        let theirs = 2.0 * StudentsT::new(0.0, 1.0, 8.6).unwrap().sf(2.66);
        close(student_two_sided_p(2.66, 8.6).unwrap(), theirs, 1e-10);
    }

    #[test]
    fn quantiles_invert_tails_from_tiny_to_huge_shapes() {
        for shape in [1e-3, 0.02, 0.7, 3.0, 1e3, 1e6] {
            for (p, tail) in [(0.025, Tail::Lower), (0.025, Tail::Upper), (1e-9, Tail::Upper)] {
                let x = gamma_quantile(shape, p, tail).unwrap();
                if x > 0.0 {
                    close(exp(log_gamma_tail(shape, log(x), tail)), p, 1e-7);
                }
                for other in [0.05, 1.0, 4e5] {
                    let u = beta_log_odds(shape, other, p, tail).unwrap();
                    close(exp(log_beta_tail(shape, other, u, tail)), p, 1e-6);
                }
            }
        }
    }

    #[test]
    fn t_is_continuous_where_its_formula_changes_and_ends_at_z() {
        let t = |df| student_upper_quantile(0.025, df).unwrap();
        close(t(1e4 + 1e-3), t(1e4 - 1e-3), 1e-10);
        close(t(1e12), 1.959_963_984_540_054, 1e-11);
    }

    #[test]
    fn what_is_no_probability_has_no_quantile() {
        for p in [0.0, 1.0, -0.1, 1.5, f64::NAN] {
            assert_eq!(normal_upper_quantile(p), None);
            assert_eq!(student_upper_quantile(p, 5.0), None);
            assert_eq!(gamma_quantile(2.0, p, Tail::Lower), None);
            assert_eq!(beta_log_odds(2.0, 2.0, p, Tail::Lower), None);
        }
        assert_eq!(student_upper_quantile(0.025, 0.0), None);
        assert_eq!(gamma_quantile(0.0, 0.5, Tail::Lower), None);
        assert_eq!(chi_squared_sf(f64::NAN, 1), None);
    }
}
