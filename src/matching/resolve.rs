//! Which of the candidates that may count do: a word belongs to one hit at most within a group.

use super::hit::{Dropped, Hit};

/// Keeps, within each group, the leftmost hits, then the longest, then those with the fewest
/// wildcards, then the first in the file; the others are marked as overlapped by the hit kept in
/// their place. Hits already dropped take no part. `group_of` tells the group of a hit.
pub(super) fn resolve(hits: &mut [Hit], group_of: impl Fn(&Hit) -> u32) {
    hits.sort_by_key(|hit| {
        let span = hit.span;
        (group_of(hit), span.start, std::cmp::Reverse(span.end), hit.wildcards, hit.entry)
    });
    let mut kept: Option<(u32, &Hit)> = None;
    for hit in hits.iter_mut() {
        if hit.dropped.is_some() {
            continue;
        }
        let group = group_of(hit);
        match kept {
            Some((of, other)) if of == group && other.span.overlaps(hit.span) => {
                hit.dropped = Some(Dropped::Overlapped(other.entry, other.span));
            }
            _ => kept = Some((group, hit)),
        }
    }
}
