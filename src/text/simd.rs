//! Sixty-four bytes of text at a time: the only file that talks to the processor's vector units, and
//! the only one where the compiler's checks of memory safety are off.
//!
//! An algorithm is written once, as a [`Kernel`] over any [`Block`]; [`Level::run`] runs it with the
//! widest registers that this machine has. A block answers questions about its bytes with masks: bit
//! i of a mask is byte i of the block. [`Portable`] is plain arithmetic, runs everywhere, and is what
//! the others are tested against.

#![allow(unsafe_code)]

/// Bytes in a block.
pub(crate) const WIDTH: usize = 64;

/// Sixty-four bytes.
pub(crate) trait Block: Copy {
    /// The bytes.
    fn load(bytes: &[u8; WIDTH]) -> Self;
    /// Which bytes are `byte`.
    fn equal(self, byte: u8) -> u64;
    /// Which bytes lie between two others, both included.
    fn within(self, low: u8, high: u8) -> u64;
    /// The bytes with the bit set that tells small ASCII letters from capitals.
    fn small(self) -> Self;
}

/// An algorithm over blocks. Its `run` should be `#[inline(always)]`, so that it is compiled for
/// each set of instructions.
pub(crate) trait Kernel {
    /// What it computes.
    type Output;
    /// Computes it.
    fn run<B: Block>(self) -> Self::Output;
}

/// A set of instructions that this machine has. The results are the same with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level(Set);

/// Private, so that a `Level` is only ever made after the processor was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Sse2,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// Plain arithmetic on words of eight bytes.
    pub const PORTABLE: Self = Self(Set::Portable);

    /// The widest that this machine has.
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if x86::has_avx512() {
                Self(Set::Avx512)
            } else if x86::has_avx2() {
                Self(Set::Avx2)
            } else {
                Self(Set::Sse2)
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        Self::PORTABLE
    }

    /// All that this machine has, the narrowest first: for tests and measurements.
    pub fn all() -> Vec<Self> {
        let mut levels = vec![Self::PORTABLE];
        #[cfg(target_arch = "x86_64")]
        {
            levels.push(Self(Set::Sse2));
            levels.extend(x86::has_avx2().then_some(Self(Set::Avx2)));
            levels.extend(x86::has_avx512().then_some(Self(Set::Avx512)));
        }
        levels
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self.0 {
            Set::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Set::Sse2 => "sse2",
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => "avx512",
        }
    }

    /// Runs an algorithm with these instructions.
    pub(crate) fn run<K: Kernel>(self, kernel: K) -> K::Output {
        match self.0 {
            Set::Portable => kernel.run::<Portable>(),
            #[cfg(target_arch = "x86_64")]
            Set::Sse2 => kernel.run::<x86::Sse2>(),
            // SAFETY: a level of this set is made only after `has_avx2` said that the processor has
            // every feature that the function is compiled for.
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => unsafe { x86::with_avx2(kernel) },
            // SAFETY: as above, by `has_avx512`.
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => unsafe { x86::with_avx512(kernel) },
        }
    }
}

impl Default for Level {
    fn default() -> Self {
        Self::best()
    }
}

/// Eight words of eight bytes.
#[derive(Clone, Copy)]
pub(crate) struct Portable([u64; 8]);

/// The lowest bit of every byte.
const ONES: u64 = u64::MAX / 255;
/// The highest bit of every byte.
const TOPS: u64 = ONES << 7;

/// Gathers the highest bits of eight bytes, the others of which are 0: bit i is byte i.
#[inline(always)]
fn gathered(tops: u64) -> u64 {
    (tops >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The highest bit of every byte that is less than `bound`, which is at most 128.
#[inline(always)]
fn below(bytes: u64, bound: u8) -> u64 {
    // Within the low seven bits no borrow leaves a byte; a byte from 128 on is never less.
    !((bytes & !TOPS) + (128 - u64::from(bound)) * ONES) & !bytes & TOPS
}

impl Portable {
    #[inline(always)]
    fn mask(self, tops: impl Fn(u64) -> u64) -> u64 {
        self.0.iter().rev().fold(0, |mask, &bytes| mask << 8 | gathered(tops(bytes)))
    }
}

impl Block for Portable {
    #[inline(always)]
    fn load(bytes: &[u8; WIDTH]) -> Self {
        let mut words = [0; 8];
        for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *word = u64::from_le_bytes(*bytes);
        }
        Self(words)
    }

    #[inline(always)]
    fn equal(self, byte: u8) -> u64 {
        self.mask(|bytes| below(bytes ^ (u64::from(byte) * ONES), 1))
    }

    #[inline(always)]
    fn within(self, low: u8, high: u8) -> u64 {
        // Below 128 and from 128 on alike, for borders of one half.
        let flip = if low < 128 { 0 } else { TOPS };
        let (low, high) = (low & 127, high & 127);
        self.mask(|bytes| below(bytes ^ flip, high + 1) & !below(bytes ^ flip, low))
    }

    #[inline(always)]
    fn small(self) -> Self {
        Self(self.0.map(|bytes| bytes | (0x20 * ONES)))
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    //! Registers of 16, 32 and 64 bytes.

    use std::arch::x86_64::*;

    use super::{Block, Kernel, WIDTH};

    pub(super) fn has_avx2() -> bool {
        is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt")
    }

    pub(super) fn has_avx512() -> bool {
        has_avx2()
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) fn with_avx2<K: Kernel>(kernel: K) -> K::Output {
        kernel.run::<Avx2>()
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt,avx512f,avx512bw,avx512dq,avx512vl")]
    pub(super) fn with_avx512<K: Kernel>(kernel: K) -> K::Output {
        kernel.run::<Avx512>()
    }

    /// Four registers of sixteen bytes; every processor of this architecture has them.
    #[derive(Clone, Copy)]
    pub(super) struct Sse2([__m128i; 4]);

    impl Sse2 {
        #[inline(always)]
        fn mask(self, answer: impl Fn(__m128i) -> __m128i) -> u64 {
            self.0.iter().rev().fold(0, |mask, &bytes| {
                // SAFETY: SSE2 is part of the architecture.
                mask << 16 | u64::from(unsafe { _mm_movemask_epi8(answer(bytes)) } as u16)
            })
        }
    }

    impl Block for Sse2 {
        #[inline(always)]
        fn load(bytes: &[u8; WIDTH]) -> Self {
            let at = |index: usize| {
                // SAFETY: SSE2 is part of the architecture; the index is below 4, so that sixteen
                // bytes from there lie in the array, and the load asks for no alignment.
                unsafe { _mm_loadu_si128(bytes.as_ptr().cast::<__m128i>().add(index)) }
            };
            Self([at(0), at(1), at(2), at(3)])
        }

        #[inline(always)]
        fn equal(self, byte: u8) -> u64 {
            // SAFETY: SSE2 is part of the architecture.
            self.mask(|bytes| unsafe { _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte as i8)) })
        }

        #[inline(always)]
        fn within(self, low: u8, high: u8) -> u64 {
            // SAFETY: SSE2 is part of the architecture.
            self.mask(|bytes| unsafe {
                let above = _mm_sub_epi8(bytes, _mm_set1_epi8(low as i8));
                _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8((high - low) as i8)), above)
            })
        }

        #[inline(always)]
        fn small(self) -> Self {
            // SAFETY: SSE2 is part of the architecture.
            Self(self.0.map(|bytes| unsafe { _mm_or_si128(bytes, _mm_set1_epi8(0x20)) }))
        }
    }

    /// Two registers of thirty-two bytes. No other module can name the type, and it is used only
    /// below `with_avx2`: that is what every `SAFETY` here rests on.
    #[derive(Clone, Copy)]
    pub(super) struct Avx2([__m256i; 2]);

    /// The answers of two registers.
    #[inline(always)]
    fn both(low: i32, high: i32) -> u64 {
        u64::from(low as u32) | u64::from(high as u32) << 32
    }

    // Without closures: an intrinsic in one, which lacks the feature, stays a call.
    impl Block for Avx2 {
        #[inline(always)]
        fn load(bytes: &[u8; WIDTH]) -> Self {
            let at = bytes.as_ptr().cast::<__m256i>();
            // SAFETY: below `with_avx2`; the array has the length of two registers, and the loads ask
            // for no alignment.
            unsafe { Self([_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))]) }
        }

        #[inline(always)]
        fn equal(self, byte: u8) -> u64 {
            let [low, high] = self.0;
            // SAFETY: below `with_avx2`.
            unsafe {
                let byte = _mm256_set1_epi8(byte as i8);
                let (low, high) = (_mm256_cmpeq_epi8(low, byte), _mm256_cmpeq_epi8(high, byte));
                both(_mm256_movemask_epi8(low), _mm256_movemask_epi8(high))
            }
        }

        #[inline(always)]
        fn within(self, low: u8, high: u8) -> u64 {
            let [one, two] = self.0;
            // SAFETY: below `with_avx2`.
            unsafe {
                let (least, width) =
                    (_mm256_set1_epi8(low as i8), _mm256_set1_epi8((high - low) as i8));
                let (one, two) = (_mm256_sub_epi8(one, least), _mm256_sub_epi8(two, least));
                let one = _mm256_cmpeq_epi8(_mm256_min_epu8(one, width), one);
                let two = _mm256_cmpeq_epi8(_mm256_min_epu8(two, width), two);
                both(_mm256_movemask_epi8(one), _mm256_movemask_epi8(two))
            }
        }

        #[inline(always)]
        fn small(self) -> Self {
            let [low, high] = self.0;
            // SAFETY: below `with_avx2`.
            unsafe {
                let bit = _mm256_set1_epi8(0x20);
                Self([_mm256_or_si256(low, bit), _mm256_or_si256(high, bit)])
            }
        }
    }

    /// One register of sixty-four bytes. No other module can name the type, and it is used only
    /// below `with_avx512`: that is what every `SAFETY` here rests on.
    #[derive(Clone, Copy)]
    pub(super) struct Avx512(__m512i);

    impl Block for Avx512 {
        #[inline(always)]
        fn load(bytes: &[u8; WIDTH]) -> Self {
            // SAFETY: below `with_avx512`; the array has the register's length, and the load asks
            // for no alignment.
            Self(unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) })
        }

        #[inline(always)]
        fn equal(self, byte: u8) -> u64 {
            // SAFETY: below `with_avx512`.
            unsafe { _mm512_cmpeq_epi8_mask(self.0, _mm512_set1_epi8(byte as i8)) }
        }

        #[inline(always)]
        fn within(self, low: u8, high: u8) -> u64 {
            // SAFETY: below `with_avx512`.
            unsafe {
                let above = _mm512_sub_epi8(self.0, _mm512_set1_epi8(low as i8));
                _mm512_cmple_epu8_mask(above, _mm512_set1_epi8((high - low) as i8))
            }
        }

        #[inline(always)]
        fn small(self) -> Self {
            // SAFETY: below `with_avx512`.
            Self(unsafe { _mm512_or_si512(self.0, _mm512_set1_epi8(0x20)) })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Block, Kernel, Level, WIDTH};

    /// Every question, about the same bytes.
    struct Questions<'a>(&'a [u8; WIDTH], u8, u8, u8);

    impl Kernel for Questions<'_> {
        type Output = [u64; 4];

        fn run<B: Block>(self) -> [u64; 4] {
            let Self(bytes, byte, low, high) = self;
            let block = B::load(bytes);
            [
                block.equal(byte),
                block.within(low, high),
                block.small().equal(byte),
                block.small().within(b'a', b'z'),
            ]
        }
    }

    fn mask(bytes: &[u8; WIDTH], holds: impl Fn(u8) -> bool) -> u64 {
        (0..WIDTH).fold(0, |mask, index| mask | u64::from(holds(bytes[index])) << index)
    }

    proptest! {
        #[test]
        fn every_level_says_the_same(
            bytes in prop::array::uniform32(any::<[u8; 2]>()),
            near in prop::option::of((0..WIDTH, any::<u8>())),
            half in 0..2_u8,
            borders in any::<[u8; 2]>(),
            byte in any::<u8>(),
        ) {
            let mut bytes: [u8; WIDTH] = bytes.as_flattened().try_into().unwrap();
            if let Some((at, by)) = near {
                bytes[at] = byte.wrapping_add(by % 3);
            }
            let borders = borders.map(|border| border & 127 | half << 7);
            let (low, high) = (borders[0].min(borders[1]), borders[0].max(borders[1]));
            let wanted = [
                mask(&bytes, |b| b == byte),
                mask(&bytes, |b| (low..=high).contains(&b)),
                mask(&bytes, |b| b | 0x20 == byte),
                mask(&bytes, |b| (b | 0x20).is_ascii_lowercase()),
            ];
            for level in Level::all() {
                let found = level.run(Questions(&bytes, byte, low, high));
                prop_assert_eq!(found, wanted, "{}", level.name());
            }
        }
    }
}
