//! A seeded generator of our own, so that a shuffle is the same on every machine
//! and under every version of every library.

/// SplitMix64 (Steele, Lea & Flood 2014): spreads one seed over the state below.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// xoshiro256++ 1.0 (Blackman & Vigna 2021), seeded through SplitMix64.
#[derive(Clone, Debug)]
pub struct Generator {
    state: [u64; 4],
}

impl Generator {
    /// The generator of a seed; equal seeds give equal sequences.
    pub fn new(seed: u64) -> Self {
        let mut mix = seed;
        Self { state: std::array::from_fn(|_| split_mix(&mut mix)) }
    }

    /// The next 64 random bits.
    pub fn next_bits(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// A whole number from 0 to `bound` − 1, each equally likely (Lemire 2019:
    /// multiply and reject). 0 for a bound of 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        let mut product = u128::from(self.next_bits()) * u128::from(bound);
        // The division is needed only where a rejection is possible at all.
        if (product as u64) < bound {
            let reject_under = bound.wrapping_neg() % bound;
            while (product as u64) < reject_under {
                product = u128::from(self.next_bits()) * u128::from(bound);
            }
        }
        (product >> 64) as u64
    }
}

/// Of two rows of numbers what each two make together.
#[inline(always)]
fn each<const N: usize>(mut one: [u64; N], two: [u64; N], f: impl Fn(u64, u64) -> u64) -> [u64; N] {
    one.iter_mut().zip(two).for_each(|(one, two)| *one = f(*one, two));
    one
}

/// Generators side by side, so that a processor advances them at the same time. Aligned, so that none of
/// the four rows crosses a border of the cache.
#[repr(align(64))]
pub(super) struct Together<const N: usize> {
    state: [[u64; N]; 4],
}

impl<const N: usize> Together<N> {
    /// Each where it is.
    pub(super) fn new(generators: &[Generator; N]) -> Self {
        let word = |word: usize| std::array::from_fn(|number| generators[number].state[word]);
        Self { state: std::array::from_fn(word) }
    }

    /// Random bits of each, as [`Generator::next_bits`] gives them.
    #[inline(always)]
    pub(super) fn fill(&mut self, bits: &mut [[u64; N]]) {
        // As if the state came from nowhere: where the compiler takes it apart into single numbers, it
        // advances one generator after the other.
        let state = std::hint::black_box(&mut self.state);
        let xor = |one, two| each(one, two, |one, two| one ^ two);
        for bits in bits {
            let [s0, s1, s2, s3] = *state;
            let sum = each(s0, s3, |s0, s3| s0.wrapping_add(s3).rotate_left(23));
            *bits = each(sum, s0, u64::wrapping_add);
            let (s2, s3) = (xor(s2, s0), xor(s3, s1));
            *state = [
                xor(s0, s3),
                xor(s1, s2),
                each(s2, s1, |s2, s1| s2 ^ s1 << 17),
                s3.map(|s3| s3.rotate_left(45)),
            ];
        }
    }

    /// Brings the generators to where these are.
    pub(super) fn put_back(self, generators: &mut [Generator; N]) {
        for (number, generator) in generators.iter_mut().enumerate() {
            generator.state = self.state.map(|word| word[number]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_mix_gives_the_published_sequence() {
        let mut state = 1_234_567;
        let drawn: Vec<u64> = (0..5).map(|_| split_mix(&mut state)).collect();
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821
            ]
        );
    }

    #[test]
    fn xoshiro_gives_the_sequence_of_the_reference_implementation() {
        let mut generator = Generator { state: [1, 2, 3, 4] };
        let drawn: Vec<u64> = (0..6).map(|_| generator.next_bits()).collect();
        assert_eq!(
            drawn,
            [
                41_943_041,
                58_720_359,
                3_588_806_011_781_223,
                3_591_011_842_654_386,
                9_228_616_714_210_784_205,
                9_973_669_472_204_895_162
            ]
        );
    }

    #[test]
    fn bounded_numbers_are_even() {
        let mut generator = Generator::new(1);
        let mut seen = [0u64; 7];
        for _ in 0..70_000 {
            seen[generator.below(7) as usize] += 1;
        }
        // chi-squared with 6 df: 22.46 is the .999 quantile.
        let chi: f64 = seen.iter().map(|&n| (n as f64 - 1e4).powi(2) / 1e4).sum();
        assert!(chi < 22.46, "{seen:?}");
        assert_eq!(generator.below(1), 0);
        assert_eq!(generator.below(0), 0);
    }
}
