//! What hangs on each word: a table keyed by the first eight bytes, the last eight, and the length.

use super::filter::{head, tail};
use crate::lexicon::EntryId;

/// A form, and which of its words it hangs on, with what tells most places apart where it does not
/// stand: the form itself need not be fetched there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) form: u32,
    pub(super) anchor: u32,
    pub(super) entry: EntryId,
    /// Whether the form stands wherever the table finds its word.
    pub(super) is_certain: bool,
    pub(super) near: Near,
}

/// A word beside the one that a form hangs on: what a plain word of the text must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Near {
    /// Nothing is known.
    Any,
    /// The key of the word before.
    Before(u64),
    /// The key of the word behind.
    Behind(u64),
}

/// Up to this length a word that the table finds is the word that was looked for.
pub(super) const EXACT: usize = 16;

/// A word as the table compares it: exact up to [`EXACT`] bytes; of longer ones those with the same
/// beginning, end and length are told apart where the form is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Key {
    head: u64,
    tail: u64,
    length: u32,
}

impl Key {
    fn of(word: &[u8]) -> Self {
        Self { head: head(word), tail: tail(word), length: word.len() as u32 }
    }

    fn hash(self) -> u64 {
        let mixed = self.head ^ self.tail.rotate_left(23) ^ u64::from(self.length) << 40;
        (mixed ^ mixed >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// A key with its postings; none of them where nothing stands.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: Key,
    first: u32,
    count: u32,
}

/// Open addressing, at most half full.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    slots: Vec<Slot>,
    postings: Vec<Posting>,
    shift: u32,
}

impl Table {
    /// The table of these words; what hangs on one keeps its order.
    pub(super) fn new(words: &[(&[u8], Posting)]) -> Self {
        let size = (words.len() * 2).next_power_of_two().max(2);
        let mut table = Self {
            slots: vec![Slot::default(); size],
            postings: words.iter().map(|(_, posting)| *posting).collect(),
            shift: 64 - size.trailing_zeros(),
        };
        let mut places = Vec::with_capacity(words.len());
        for (word, _) in words {
            let key = Key::of(word);
            let place = table.place(key);
            let slot = &mut table.slots[place];
            (slot.key, slot.count) = (key, slot.count + 1);
            places.push(place);
        }
        let mut free = 0;
        for slot in &mut table.slots {
            slot.first = free;
            free += slot.count;
        }
        let mut next: Vec<u32> = table.slots.iter().map(|slot| slot.first).collect();
        for ((_, posting), place) in words.iter().zip(places) {
            table.postings[next[place] as usize] = *posting;
            next[place] += 1;
        }
        table
    }

    /// Where a key stands, or would.
    fn place(&self, key: Key) -> usize {
        let mut at = (key.hash() >> self.shift) as usize;
        while let Some(slot) = self.slots.get(at) {
            if slot.count == 0 || slot.key == key {
                return at;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    /// What hangs on a word (and, above sixteen bytes, on others like it).
    #[inline]
    pub(super) fn get(&self, word: &[u8]) -> &[Posting] {
        let slot = self.slots.get(self.place(Key::of(word)));
        let range =
            slot.map_or(0..0, |slot| slot.first as usize..(slot.first + slot.count) as usize);
        self.postings.get(range).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_finds_what_hangs_on_it() {
        let words: Vec<String> = (0..500).map(|number| format!("w{}", number * number)).collect();
        let posting = |form: usize| Posting {
            form: form as u32,
            anchor: 0,
            entry: EntryId(0),
            is_certain: true,
            near: Near::Any,
        };
        let both = words.iter().chain(&words).enumerate();
        let table =
            Table::new(&both.map(|(at, word)| (word.as_bytes(), posting(at))).collect::<Vec<_>>());
        for (at, word) in words.iter().enumerate() {
            assert_eq!(table.get(word.as_bytes()), [posting(at), posting(at + 500)]);
        }
        assert!(table.get(b"w2").is_empty() && table.get(b"").is_empty());
        assert!(Table::new(&[]).get(b"w1").is_empty());
    }
}
