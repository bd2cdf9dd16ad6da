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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// A key with its postings.
#[derive(Debug, Clone, Copy)]
struct Slot {
    key: Key,
    first: u32,
    count: u32,
}

/// Open addressing, at most half full. Most places are empty, so that a place is a number alone.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// Numbers of slots, from 1 on; 0 where nothing stands.
    places: Vec<u32>,
    slots: Vec<Slot>,
    postings: Vec<Posting>,
    shift: u32,
}

impl Table {
    /// The table of these words; what hangs on one keeps its order.
    pub(super) fn new(words: &[(&[u8], Posting)]) -> Self {
        let size = (words.len() * 2).next_power_of_two().max(2);
        let mut table = Self {
            places: vec![0; size],
            slots: Vec::new(),
            postings: words.iter().map(|(_, posting)| *posting).collect(),
            shift: 64 - size.trailing_zeros(),
        };
        let slots: Vec<usize> = words.iter().map(|(word, _)| table.add(Key::of(word))).collect();
        let mut free = 0;
        for slot in &mut table.slots {
            slot.first = free;
            free += slot.count;
        }
        let mut next: Vec<u32> = table.slots.iter().map(|slot| slot.first).collect();
        for ((_, posting), slot) in words.iter().zip(slots) {
            table.postings[next[slot] as usize] = *posting;
            next[slot] += 1;
        }
        table
    }

    /// Counts one more posting of a key, and says which slot is its.
    fn add(&mut self, key: Key) -> usize {
        let (place, slot) = self.find(key);
        let slot = slot.unwrap_or_else(|| {
            self.slots.push(Slot { key, first: 0, count: 0 });
            self.places[place] = self.slots.len() as u32;
            self.slots.len() - 1
        });
        self.slots[slot].count += 1;
        slot
    }

    /// Where a key stands, or would, and its slot.
    #[inline]
    fn find(&self, key: Key) -> (usize, Option<usize>) {
        let mut at = (key.hash() >> self.shift) as usize;
        while let Some(slot) = self.places.get(at).and_then(|place| place.checked_sub(1)) {
            let slot = slot as usize;
            if self.slots.get(slot).is_some_and(|slot| slot.key == key) {
                return (at, Some(slot));
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        (at, None)
    }

    /// What hangs on a word (and, above sixteen bytes, on others like it).
    #[inline]
    pub(super) fn get(&self, word: &[u8]) -> &[Posting] {
        let slot = self.find(Key::of(word)).1.and_then(|slot| self.slots.get(slot));
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
