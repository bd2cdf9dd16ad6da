//! Which of the candidates that may count do: a word belongs to one hit at most within a group.

use std::cmp::Reverse;

use super::hit::{Dropped, Hit};
use crate::lexicon::EntryId;
use crate::text::Span;

/// A candidate among others of its group, all of which may count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rival {
    /// First byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// How many of its words a wildcard matched.
    pub wildcards: u8,
    /// Place of its entry in the file.
    pub entry: u32,
}

impl Rival {
    /// Who comes before whom: leftmost, longest, fewest wildcards, first in the file.
    fn rank(&self) -> (u32, Reverse<u32>, u8, u32) {
        (self.start, Reverse(self.end), self.wildcards, self.entry)
    }
}

/// Indices of the rivals of one group that count, by the rule that resolves hits: for resolving again
/// what counts when a term goes.
pub fn winners(rivals: &[Rival]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rivals.len()).collect();
    order.sort_by_key(|&index| rivals[index].rank());
    let mut end = 0;
    order.retain(|&index| {
        let wins = rivals[index].start >= end;
        end = if wins { rivals[index].end } else { end };
        wins
    });
    order
}

/// Keeps, within each group, the leftmost hits, then the longest, then those with the fewest
/// wildcards, then the first in the file; the others are marked as overlapped by the hit kept in
/// their place. Hits already dropped take no part. `group_of` tells the group of a hit; `order` is
/// scratch space.
pub(super) fn resolve(hits: &mut [Hit], group_of: impl Fn(&Hit) -> u32, order: &mut Vec<u32>) {
    let rank = |index: &u32| {
        let hit = &hits[*index as usize];
        let (start, end) = (hit.span.start, hit.span.end);
        let rival = Rival { start, end, wildcards: hit.wildcards, entry: hit.entry.0 };
        (group_of(hit), rival.rank())
    };
    order.clear();
    order.extend((0..hits.len() as u32).filter(|&index| hits[index as usize].dropped.is_none()));
    order.sort_unstable_by_key(rank);
    let mut kept: Option<(u32, EntryId, Span)> = None;
    for &index in order.iter() {
        let hit = &mut hits[index as usize];
        let group = group_of(hit);
        match kept {
            Some((of, entry, span)) if of == group && span.overlaps(hit.span) => {
                hit.dropped = Some(Dropped::Overlapped(entry, span));
            }
            _ => kept = Some((group, hit.entry, hit.span)),
        }
    }
}
