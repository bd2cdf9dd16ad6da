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
        Some(Self::or_none(text, start, end)).filter(|key| !key.is_none())
    }

    /// The last eight bytes, ASCII letters in small, the last of all in the highest byte; zeros before a
    /// word of fewer.
    #[inline(always)]
    pub(crate) fn last_bytes(self) -> u64 {
        let length = u32::from(self.length);
        if length >= 8 { self.tail } else { self.head << (8 * (8 - length.max(1))) }
    }

    /// Whether all bytes are ASCII.
    #[inline(always)]
    pub(crate) fn is_ascii(self) -> bool {
        (self.head | self.tail) & 0x8080_8080_8080_8080 == 0
    }

    /// Whether it is the key of no word.
    #[inline(always)]
    pub(crate) fn is_none(self) -> bool {
        self.length == 0
    }

    /// The same as [`Key::of`], with the key of no word where it is too long.
    #[inline(always)]
    pub(crate) fn or_none(text: &[u8], start: usize, end: usize) -> Self {
        let length = end.wrapping_sub(start);
        if length.wrapping_sub(1) >= LONGEST {
            return Self::default();
        }
        let short = length < 8;
        let mask = if short { (1 << (8 * length)) - 1 } else { u64::MAX };
        let head = eight(text, start) & mask | SMALL & mask;
        let tail = if short { 0 } else { eight(text, end - 8) | SMALL };
        Self { head, tail, length: length as u8 }
    }

    #[inline(always)]
    fn hash(self) -> u64 {
        let mixed = (self.head ^ self.tail.rotate_left(23)).wrapping_add(u64::from(self.length));
        let mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ mixed >> 29
    }
}

/// The eight bytes from `at` on, as far as there are any.
#[inline(always)]
fn eight(text: &[u8], at: usize) -> u64 {
    let bytes = text.get(at..).and_then(|rest| rest.first_chunk::<8>());
    bytes.map_or_else(|| fewer(text, at), |bytes| u64::from_le_bytes(*bytes))
}

/// The same where there are fewer.
#[cold]
fn fewer(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
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
        if self.may_hold(key) == 0 { None } else { self.find(key) }
    }

    /// Whether the table may hold a word: 1 or 0. Of most words it does not hold it says so.
    #[inline(always)]
    pub(crate) fn may_hold(&self, key: Key) -> u64 {
        let hash = key.hash();
        let held = self.filter.get((hash as usize % FILTER) / 64).copied().unwrap_or_default();
        held >> (hash & 63) & 1
    }

    /// What is known of a word that the table may hold.
    #[inline]
    pub(crate) fn find(&self, key: Key) -> Option<V> {
        let hash = key.hash();
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

    #[test]
    fn a_key_ends_as_its_word_does() {
        let text =
            "é a is the CAN'T reported reported2 notwithstanding sixteen-letters! café".as_bytes();
        for start in 0..text.len() {
            for end in start..text.len() {
                let (key, word) = (Key::or_none(text, start, end), &text[start..end]);
                assert_eq!(key.is_none(), word.is_empty() || word.len() > 16);
                if !key.is_none() {
                    assert_eq!(key.is_ascii(), word.is_ascii());
                    let last = key.last_bytes().to_be_bytes();
                    let same = last.iter().zip(word.iter().rev()).all(|(a, b)| *a == b | 0x20);
                    assert!(same, "{word:?}");
                    assert!(last[word.len().min(8)..].iter().all(|&byte| byte == 0));
                }
            }
        }
    }
}
