//! A bitmap that says of most words at once that no table holds them.

/// The first eight bytes of a word, the rest zero.
pub(super) fn head(word: &[u8]) -> u64 {
    if let Some(first) = word.first_chunk::<8>() {
        u64::from_le_bytes(*first)
    } else {
        word.iter().rev().fold(0, |head, &byte| head << 8 | u64::from(byte))
    }
}

/// The first `length` bytes of a head (all of them from eight on).
pub(super) fn cut(head: u64, length: usize) -> u64 {
    if length >= 8 { head } else { head & ((1 << (8 * length)) - 1) }
}

/// A Bloom filter with one hash.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    bits: Vec<u64>,
    shift: u32,
}

impl Filter {
    /// A filter of about sixteen bits a key.
    pub(super) fn new(keys: impl ExactSizeIterator<Item = u64>) -> Self {
        let width = (keys.len().max(64) * 16).next_power_of_two().trailing_zeros().min(20);
        let mut filter = Self { bits: vec![0; 1 << (width - 6)], shift: 64 - width };
        for key in keys {
            let bit = filter.bit(key);
            filter.bits[bit >> 6] |= 1 << (bit & 63);
        }
        filter
    }

    fn bit(&self, key: u64) -> usize {
        // The multiplier of Fibonacci hashing: 2^64 over the golden ratio, odd.
        ((key ^ key >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    /// Whether the key may have been given.
    pub(super) fn may_hold(&self, key: u64) -> bool {
        let bit = self.bit(key);
        self.bits.get(bit >> 6).is_some_and(|word| word >> (bit & 63) & 1 != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_and_cuts() {
        assert_eq!(head(b"ab"), u64::from_le_bytes(*b"ab\0\0\0\0\0\0"));
        assert_eq!(head(b"abcdefghij"), head(b"abcdefgh"));
        assert_eq!(cut(head(b"abcdef"), 2), head(b"ab"));
        assert_eq!(cut(head(b"abcdefgh"), 9), head(b"abcdefgh"));
    }

    #[test]
    fn nothing_is_lost_and_most_is_rejected() {
        let filter = Filter::new((0..1000_u32).map(|key| u64::from(key) * 7919));
        assert!((0..1000).all(|key| filter.may_hold(key * 7919)));
        let others = (0..1000).filter(|key| filter.may_hold(key * 7919 + 1)).count();
        assert!(others < 150, "{others}");
    }
}
