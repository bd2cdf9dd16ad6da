//! Articles that are nearly the same text: wire copy in several outlets, versions in one.

use std::collections::{BTreeMap, BTreeSet};

use super::likeness::same_sequences;
use crate::tally::{Articles, EMPTY_CELL};

/// Share of word sequences in common from which two articles are nearly one text.
pub const NEARLY_THE_SAME: f64 = 0.5;

/// Articles that share a cell beyond which it tells nothing (a common disclaimer).
const CROWD: usize = 200;

/// Groups of at least two articles, each near some other of its group, with the smallest share
/// that joined them; in the order of their first articles.
pub(super) fn copies(articles: &Articles) -> Vec<(Vec<usize>, f64)> {
    let mut cells: Vec<(usize, u32, usize)> = Vec::new();
    let sketch = |index: usize| articles.features(index).sketch;
    let sketches: Vec<Vec<u32>> = (0..articles.len()).map(sketch).collect();
    for (index, sketch) in sketches.iter().enumerate() {
        let filled = sketch.iter().enumerate().filter(|(_, c)| **c != EMPTY_CELL);
        cells.extend(filled.map(|(place, &cell)| (place, cell, index)));
    }
    cells.sort_unstable();
    let mut shared: BTreeSet<(usize, usize)> = BTreeSet::new();
    for together in cells.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        if together.len() > CROWD {
            continue;
        }
        for (place, &(.., first)) in together.iter().enumerate() {
            shared.extend(together[place + 1..].iter().map(|&(.., second)| (first, second)));
        }
    }
    let mut leader: Vec<usize> = (0..articles.len()).collect();
    let mut joins: Vec<(usize, f64)> = Vec::new();
    for (x, y) in shared {
        let share = same_sequences(&sketches[x], &sketches[y]);
        if share >= NEARLY_THE_SAME {
            let (a, b) = (find(&mut leader, x), find(&mut leader, y));
            leader[a.max(b)] = a.min(b);
            joins.push((x, share));
        }
    }
    let mut groups: BTreeMap<usize, (BTreeSet<usize>, f64)> = BTreeMap::new();
    for index in 0..articles.len() {
        let first = find(&mut leader, index);
        groups.entry(first).or_insert((BTreeSet::new(), 1.0)).0.insert(index);
    }
    for (index, share) in joins {
        let first = find(&mut leader, index);
        if let Some(group) = groups.get_mut(&first) {
            group.1 = group.1.min(share);
        }
    }
    let several = groups.into_values().filter(|(members, _)| members.len() > 1);
    several.map(|(members, share)| (members.into_iter().collect(), share)).collect()
}

fn find(leader: &mut [usize], index: usize) -> usize {
    let mut at = index;
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}
