//! Articles that are nearly the same text: wire copy in several outlets, versions in one.

use std::collections::{BTreeMap, BTreeSet};

use super::likeness::same_sequences;
use crate::tally::{ArticleTally, EMPTY_CELL};

/// Share of word sequences in common from which two articles are nearly one text.
pub const NEARLY_THE_SAME: f64 = 0.5;

/// Articles that share a cell beyond which it tells nothing (a common disclaimer).
const CROWD: usize = 200;

/// Groups of at least two articles, each near some other of its group, with the smallest share
/// that joined them; in the order of their first articles.
pub(super) fn copies(articles: &[ArticleTally]) -> Vec<(Vec<usize>, f64)> {
    let mut cells: BTreeMap<(usize, u32), Vec<usize>> = BTreeMap::new();
    for (index, article) in articles.iter().enumerate() {
        for (place, &cell) in article.features.sketch.iter().enumerate() {
            if cell != EMPTY_CELL {
                cells.entry((place, cell)).or_default().push(index);
            }
        }
    }
    let mut shared: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for together in cells.values().filter(|together| (2..=CROWD).contains(&together.len())) {
        for (place, &first) in together.iter().enumerate() {
            for &second in &together[place + 1..] {
                *shared.entry((first, second)).or_insert(0) += 1;
            }
        }
    }
    let mut leader: Vec<usize> = (0..articles.len()).collect();
    let mut joins: Vec<(usize, f64)> = Vec::new();
    for (x, y) in shared.into_keys() {
        let share = same_sequences(&articles[x].features.sketch, &articles[y].features.sketch);
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
