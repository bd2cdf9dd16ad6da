//! A look-up of words that costs a few instructions where the word is unknown, as most are.

use super::grammar::Classes;

/// A word of ASCII, case aside: its first eight bytes, its last eight, its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Key {
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
    pub fn of(text: &[u8], start: usize, end: usize) -> Option<Self> {
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

/// What a word is known as.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    /// Its number; 0 for a word that is not known.
    pub id: u32,
    pub classes: Classes,
}

/// Known words by their keys.
#[derive(Debug, Clone, Default)]
pub(super) struct WordTable {
    /// A bit for each hash: most unknown words end here.
    filter: Vec<u64>,
    /// Open addressing; at most half of them are taken.
    slots: Vec<(Key, Known)>,
}

impl WordTable {
    pub fn new(words: &[(Key, Known)]) -> Self {
        let size = (words.len() * 2 + 1).next_power_of_two();
        let mut table =
            Self { filter: vec![0; FILTER / 64], slots: vec![Default::default(); size] };
        for &(key, known) in words {
            let hash = key.hash();
            table.filter[(hash as usize % FILTER) / 64] |= 1 << (hash & 63);
            let mut at = (hash >> 16) as usize & (size - 1);
            while table.slots[at].1.id != 0 {
                at = (at + 1) & (size - 1);
            }
            table.slots[at] = (key, known);
        }
        table
    }

    pub fn get(&self, key: Key) -> Known {
        let hash = key.hash();
        let held = self.filter.get((hash as usize % FILTER) / 64).copied().unwrap_or_default();
        if held & 1 << (hash & 63) == 0 {
            return Known::default();
        }
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 16) as usize & mask;
        loop {
            let (there, known) = &self.slots[at];
            if *there == key || known.id == 0 {
                return *known;
            }
            at = (at + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Key, Known, WordTable};
    use crate::layout::grammar::Classes;

    #[test]
    fn finds_what_it_holds_and_nothing_else() {
        let words =
            ["a", "say", "isn't", "reported", "according", "notwithstanding", "sixteen-letters!"];
        let key = |word: &str| Key::of(word.as_bytes(), 0, word.len());
        let known = |id| Known { id, classes: Classes::default() };
        let entries: Vec<_> =
            words.iter().zip(1..).map(|(word, id)| (key(word).unwrap(), known(id))).collect();
        let table = WordTable::new(&entries);
        for (word, id) in words.iter().zip(1..) {
            assert_eq!(table.get(key(word).unwrap()).id, id, "{word}");
            assert_eq!(table.get(key(&word.to_uppercase()).unwrap()).id, id, "{word}");
        }
        for word in ["b", "says", "sa", "reportes", "reportde", "accordinh", "xccording"] {
            assert_eq!(table.get(key(word).unwrap()).id, 0, "{word}");
        }
        assert_eq!(key("seventeen letters"), None);
        assert_eq!(Key::of(b"he said so", 3, 7), key("said"));
    }
}
