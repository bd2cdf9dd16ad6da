//! A look-up of words that costs a few instructions where the word is unknown, as most are.

/// A word of ASCII, case aside: its first eight bytes, its last eight, its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Key {
    head: u64,
    tail: u64,
    length: u8,
}

/// Sets the bit that tells small letters from capitals. Digits and the signs inside words have it.
const SMALL: u64 = 0x2020_2020_2020_2020;
/// The longest word whose ends hold it whole.
const LONGEST: usize = 16;
/// Bits of the filter.
const FILTER: usize = 1 << 16;

impl Key {
    /// The key of the ASCII word at `start..end` of `text`; `None` where it is too long.
    #[inline]
    pub(crate) fn of(text: &[u8], start: usize, end: usize) -> Option<Self> {
        let length = end.checked_sub(start).filter(|length| (1..=LONGEST).contains(length))?;
        let head = eight(text, start);
        let (head, tail) = if length >= 8 {
            (head, eight(text, end - 8))
        } else {
            let mask = (1 << (8 * length)) - 1;
            (head & mask, 0)
        };
        let small = if length >= 8 { SMALL } else { SMALL & ((1 << (8 * length)) - 1) };
        let tail = if length >= 8 { tail | SMALL } else { 0 };
        Some(Self { head: head | small, tail, length: length as u8 })
    }

    fn hash(self) -> u64 {
        let mixed = (self.head ^ self.tail.rotate_left(23)).wrapping_add(u64::from(self.length));
        let mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ mixed >> 29
    }
}

/// The eight bytes from `at` on, as far as there are any.
fn eight(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    if let Some(bytes) = rest.first_chunk::<8>() {
        return u64::from_le_bytes(*bytes);
    }
    rest.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// What is known of words, by their keys.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordTable<V> {
    /// A bit for each hash: most unknown words end here.
    filter: Vec<u64>,
    /// Open addressing; at most half of them are taken.
    slots: Vec<(Key, V)>,
}

impl<V: Copy + Default> WordTable<V> {
    pub(crate) fn new(words: &[(Key, V)]) -> Self {
        let size = (words.len() * 2 + 1).next_power_of_two();
        let mut table =
            Self { filter: vec![0; FILTER / 64], slots: vec![Default::default(); size] };
        for &(key, value) in words {
            let hash = key.hash();
            table.filter[(hash as usize % FILTER) / 64] |= 1 << (hash & 63);
            let mut at = (hash >> 16) as usize & (size - 1);
            while table.slots[at].0.length != 0 {
                at = (at + 1) & (size - 1);
            }
            table.slots[at] = (key, value);
        }
        table
    }

    /// What is known of a word; nothing of most.
    #[inline]
    pub(crate) fn get(&self, key: Key) -> Option<V> {
        let hash = key.hash();
        let held = self.filter.get((hash as usize % FILTER) / 64).copied().unwrap_or_default();
        if held & 1 << (hash & 63) == 0 {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 16) as usize & mask;
        loop {
            let (there, value) = self.slots.get(at)?;
            if *there == key {
                return Some(*value);
            }
            if there.length == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Key, WordTable};

    #[test]
    fn finds_what_it_holds_and_nothing_else() {
        let words =
            ["a", "say", "isn't", "reported", "according", "notwithstanding", "sixteen-letters!"];
        let key = |word: &str| Key::of(word.as_bytes(), 0, word.len());
        let entries: Vec<_> =
            words.iter().zip(1..).map(|(word, id)| (key(word).unwrap(), id)).collect();
        let table = WordTable::new(&entries);
        for (word, id) in words.iter().zip(1..) {
            assert_eq!(table.get(key(word).unwrap()), Some(id), "{word}");
            assert_eq!(table.get(key(&word.to_uppercase()).unwrap()), Some(id), "{word}");
        }
        for word in ["b", "says", "sa", "reportes", "reportde", "accordinh", "xccording"] {
            assert_eq!(table.get(key(word).unwrap()), None, "{word}");
        }
        assert_eq!(key("seventeen letters"), None);
        assert_eq!(Key::of(b"he said so", 3, 7), key("said"));
    }
}
