//! From values to places on a line, and the round numbers that are written below it.

/// Width of every bar and axis in its own units; the page stretches them alike.
pub(super) const WIDTH: f64 = 320.0;

/// Room at each end, so that a dot at the limit is whole.
const MARGIN: f64 = 6.0;

/// A linear scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// From 0 to a round number that holds every value.
    pub(super) fn from_zero(largest: f64) -> Self {
        Self { low: 0.0, high: round_up(largest) }
    }

    /// From −limit to limit.
    pub(super) fn around_zero(limit: f64) -> Self {
        Self { low: -limit, high: limit }
    }

    /// Place of a value; what lies beyond the scale stands at its end.
    pub(super) fn place(&self, value: f64) -> f64 {
        let part = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        MARGIN + part * (WIDTH - 2.0 * MARGIN)
    }

    /// Whether the value has a place of its own.
    pub(super) fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Its right end.
    pub(super) fn high(&self) -> f64 {
        self.high
    }

    /// Round values from 0 to the end, at most five.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let step = [0.2, 0.25, 0.5, 1.0].map(|part| part * self.high);
        let is_round = |step: &f64| {
            let digits = *step / 10f64.powf(step.log10().floor());
            [1.0, 2.0, 2.5, 5.0].iter().any(|round| (digits - round).abs() < 1e-9)
        };
        let step = step.into_iter().find(is_round).unwrap_or(self.high);
        let count = (self.high / step).round() as u32;
        (0..=count).map(|index| f64::from(index) * step).collect()
    }
}

/// A place as it is written: a unit is less than a pixel.
pub(super) fn coordinate(value: f64) -> String {
    format!("{value:.0}")
}

fn round_up(value: f64) -> f64 {
    if !value.is_finite() || value <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(value.log10().floor());
    let rounds = [1.0, 2.0, 2.5, 4.0, 5.0, 8.0, 10.0];
    let factor = rounds.iter().find(|&&factor| factor * power >= value * (1.0 - 1e-12));
    factor.copied().unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_ticks_are_round() {
        for (largest, high, ticks) in [
            (13.6, 20.0, vec![0.0, 5.0, 10.0, 15.0, 20.0]),
            (0.0, 1.0, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (46.5, 50.0, vec![0.0, 10.0, 20.0, 30.0, 40.0, 50.0]),
            (0.03, 0.04, vec![0.0, 0.01, 0.02, 0.03, 0.04]),
        ] {
            let scale = Scale::from_zero(largest);
            assert!((scale.high() - high).abs() < 1e-9, "{largest}");
            let found = scale.ticks();
            assert_eq!(found.len(), ticks.len(), "{largest}: {found:?}");
            for (found, tick) in found.iter().zip(&ticks) {
                assert!((found - tick).abs() < 1e-9, "{largest}: {found} {tick}");
            }
        }
    }

    #[test]
    fn places_stay_on_the_line() {
        let scale = Scale::around_zero(2.0);
        assert_eq!(scale.place(0.0), WIDTH / 2.0);
        assert_eq!(scale.place(9.0), WIDTH - MARGIN);
        assert!(!scale.holds(9.0));
        assert_eq!(coordinate(3.04), "3");
    }
}
