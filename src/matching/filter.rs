//! A bitmap that says of most words at once that no table holds them.

/// The first eight bytes of a word, the rest zero.
pub(super) fn head(word: &[u8]) -> u64 {
    if let Some(first) = word.first_chunk::<8>() {
        u64::from_le_bytes(*first)
    } else {
        word.iter().rev().fold(0, |head, &byte| head << 8 | u64::from(byte))
    }
}

/// The last eight bytes of a word; the whole of a shorter one, as its head.
pub(super) fn tail(word: &[u8]) -> u64 {
    word.last_chunk::<8>().map_or_else(|| head(word), |last| u64::from_le_bytes(*last))
}

/// The first `length` bytes of a head (all of them from eight on).
#[inline(always)]
pub(super) fn cut(head: u64, length: usize) -> u64 {
    head & u64::MAX >> (64 - 8 * length.clamp(1, 8))
}

/// What the head and the length of a word make together.
#[inline(always)]
pub(super) fn word_key(head: u64, length: usize) -> u64 {
    head ^ (length as u64) << 56
}

/// A Bloom filter that sets two bits for a key, both in one word of sixty-four: one look at memory
/// and no branch.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    bits: Box<[u64]>,
    shift: u32,
}

impl Filter {
    /// Bits for every key, so that about one word in a hundred that is no key passes.
    const BITS_A_KEY: usize = 24;

    /// A filter of at least half a kilobyte.
    pub(super) fn new(keys: impl ExactSizeIterator<Item = u64>) -> Self {
        let bits = (keys.len() * Self::BITS_A_KEY).next_power_of_two().clamp(1 << 12, 1 << 22);
        let words = bits / 64;
        let mut filter = Self { bits: vec![0; words].into(), shift: 64 - words.trailing_zeros() };
        for key in keys {
            let (at, one, two) = filter.places(key);
            filter.bits[at] |= 1 << one | 1 << two;
        }
        filter
    }

    /// The word and the two bits in it that stand for a key.
    #[inline(always)]
    fn places(&self, key: u64) -> (usize, u64, u64) {
        // The multiplier of Fibonacci hashing: 2^64 over the golden ratio, odd.
        let hash = (key ^ key >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let rest = hash >> (self.shift - 12);
        ((hash >> self.shift) as usize, rest >> 6 & 63, rest & 63)
    }

    /// Whether the key may have been given: 1 or 0.
    #[inline(always)]
    pub(super) fn may_hold(&self, key: u64) -> u64 {
        let (at, one, two) = self.places(key);
        self.bits.get(at).map_or(0, |word| word >> one & word >> two & 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_tails_and_cuts() {
        assert_eq!(head(b"ab"), u64::from_le_bytes(*b"ab\0\0\0\0\0\0"));
        assert_eq!(head(b"abcdefghij"), head(b"abcdefgh"));
        assert_eq!(tail(b"abcdefghij"), head(b"cdefghij"));
        assert_eq!(tail(b"abc"), head(b"abc"));
        assert_eq!(cut(head(b"abcdef"), 2), head(b"ab"));
        assert_eq!(cut(head(b"abcdefgh"), 9), head(b"abcdefgh"));
    }

    #[test]
    fn nothing_is_lost_and_most_is_rejected() {
        let filter = Filter::new((0..1000_u32).map(|key| u64::from(key) * 7919));
        assert!((0..1000).all(|key| filter.may_hold(key * 7919) == 1));
        let others = (0..1000).filter(|key| filter.may_hold(key * 7919 + 1) == 1).count();
        assert!(others < 50, "{others}");
    }
}
