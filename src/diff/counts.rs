//! Everything that is counted of every article under the terms of either report.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::articles::Pair;
use super::recount::Recount;
use super::terms::Terms;
use crate::matching::{Rival, winners};
use crate::report::{ArticleRow, Report};

/// Counts of one article by number (see [`Terms`]) and voice, sorted; those that are 0 are left out.
pub(super) type Hits = Vec<(usize, [i64; 4])>;

/// An article as one report read it.
#[derive(Debug, Clone, Default)]
pub(super) struct Version {
    /// Words by set of zones and voice.
    pub(super) words: Vec<[u64; 4]>,
    /// Counts under the terms of the old and of the new report.
    pub(super) under: [Hits; 2],
    /// Counts of the terms that both reports have, had there been no others.
    pub(super) shared: Hits,
    /// Whether counts under the terms of the other report are known in full.
    pub(super) crossed: bool,
}

/// Every article of both reports under the terms of both.
#[derive(Debug)]
pub(super) struct Counts {
    /// Versions of the old and of the new report, in the order of its articles.
    pub(super) sides: [Vec<Version>; 2],
    /// Whether any article that both reports have was counted otherwise by the same terms.
    pub(super) read_otherwise: bool,
}

impl Counts {
    /// Counts from the saved tallies. An article that both have with the same text is known under the
    /// terms of both; an article of one report is known under the terms that it shares with the other,
    /// and in full where it was counted again.
    pub(super) fn new(
        reports: [&Report; 2],
        terms: &Terms,
        pairs: &[Pair],
        recount: Option<&Recount>,
    ) -> Self {
        let mut sides = [0, 1].map(|side: usize| {
            let all_shared = terms.all_shared(side);
            let version = |row: &ArticleRow| version(row, side, terms, all_shared, recount);
            reports[side].articles.par_iter().map(version).collect::<Vec<_>>()
        });
        let mut read_otherwise = false;
        for pair in pairs.iter().filter(|pair| pair.same_text) {
            let (Some(old), Some(new)) = (pair.old, pair.new) else { continue };
            let (before, after) = (&sides[0][old], &sides[1][new]);
            read_otherwise |= before.words != after.words || before.shared != after.shared;
            // What the terms that only one report has add, as that report read them.
            let to_old = sum(&before.shared, &after.under[1], &after.shared);
            let to_new = sum(&after.shared, &before.under[0], &before.shared);
            sides[0][old].under[1] = to_old;
            sides[1][new].under[0] = to_new;
            sides[0][old].crossed = true;
            sides[1][new].crossed = true;
        }
        Self { sides, read_otherwise }
    }
}

fn version(
    row: &ArticleRow,
    side: usize,
    terms: &Terms,
    all_shared: bool,
    recount: Option<&Recount>,
) -> Version {
    let own = direct_hits(row, side, terms);
    let mut shared = if all_shared { own.clone() } else { shared_hits(row, side, terms) };
    if terms.only_labelling != [0, 0] {
        // Who is labelled by which term depends on the other terms: of labels nothing is known then.
        shared.retain(|(group, _)| !terms.is_of_target(*group));
    }
    let again = recount.and_then(|r| r.under_other(side, &row.outlet, &row.hash));
    let other = again.map_or_else(|| shared.clone(), |row| direct_hits(row, 1 - side, terms));
    let in_zones = |zones: &crate::text::ZoneSet| {
        let mut words = [0; 4];
        for zone in zones.iter() {
            let row = row.words[zone as usize];
            words.iter_mut().zip(row).for_each(|(sum, count)| *sum += u64::from(count));
        }
        words
    };
    Version {
        words: terms.zone_sets.iter().map(in_zones).collect(),
        under: if side == 0 { [own, other] } else { [other, own] },
        shared,
        crossed: again.is_some(),
    }
}

/// base + more − less, by number and voice; never below 0.
fn sum(base: &Hits, more: &Hits, less: &Hits) -> Hits {
    if more == less {
        return base.clone();
    }
    let mut all: Hits = base.clone();
    all.extend(more.iter().copied());
    all.extend(less.iter().map(|(group, hits)| (*group, hits.map(|count| -count))));
    let mut joined = join(all);
    for (_, hits) in &mut joined {
        *hits = hits.map(|count| count.max(0));
    }
    joined.retain(|(_, hits)| *hits != [0; 4]);
    joined
}

/// Adds up equal numbers.
fn join(mut parts: Hits) -> Hits {
    parts.sort_unstable_by_key(|(group, _)| *group);
    parts.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1.iter_mut().zip(next.1).for_each(|(sum, count)| *sum += count);
        }
        same
    });
    parts.retain(|(_, hits)| *hits != [0; 4]);
    parts
}

fn in_voice(voice: u32, count: i64) -> [i64; 4] {
    let mut hits = [0; 4];
    if let Some(slot) = hits.get_mut(voice as usize) {
        *slot = count;
    }
    hits
}

/// Everything that an article holds of the terms of its report.
fn direct_hits(row: &ArticleRow, side: usize, terms: &Terms) -> Hits {
    let mut parts: Hits = Vec::with_capacity(row.hits.len());
    let mut different = BTreeSet::new();
    for &[entry, _, voice, _, hits, _] in &row.hits {
        let Some(place) = terms.sides[side].get(entry as usize) else { continue };
        if let Some(group) = place.group {
            parts.push((group, in_voice(voice, i64::from(hits))));
        }
        if let Some(distinct) = place.distinct.filter(|_| hits > 0) {
            different.insert((distinct, entry));
        }
    }
    parts.extend(different.into_iter().map(|(distinct, _)| (distinct, in_voice(0, 1))));
    parts.extend(labels_and_mentions(row, terms));
    join(parts)
}

/// Labels on the targets that are counted, and their mentions.
fn labels_and_mentions(row: &ArticleRow, terms: &Terms) -> Hits {
    if terms.targets.is_empty() {
        return Vec::new();
    }
    let labels = row.labels.iter().map(|(target, _, voice, _, labels)| (target, voice, labels));
    let labels = labels.filter_map(|(target, voice, labels)| {
        Some((terms.find_target(target)?, in_voice(*voice, i64::from(*labels))))
    });
    let mentions = row.mentions.iter().filter_map(|(target, voice, mentions)| {
        Some((terms.find_target(target)? + 1, in_voice(*voice, i64::from(*mentions))))
    });
    labels.chain(mentions).collect()
}

/// Hits of the terms that both reports have, with the overlaps resolved again without the others.
fn shared_hits(row: &ArticleRow, side: usize, terms: &Terms) -> Hits {
    let place = |entry: u32| terms.sides[side].get(entry as usize).copied();
    let is_shared = |entry: u32| place(entry).is_some_and(|place| place.partner.is_some());
    // Hits by entry and voice.
    let mut hits: BTreeMap<(u32, u32), i64> = BTreeMap::new();
    for &[entry, _, voice, _, count, _] in row.hits.iter().filter(|hit| is_shared(hit[0])) {
        *hits.entry((entry, voice)).or_default() += i64::from(count);
    }
    for (cluster, times) in &row.clusters {
        if cluster.iter().all(|candidate| is_shared(candidate[2])) {
            continue;
        }
        let left: Vec<[u32; 7]> =
            cluster.iter().copied().filter(|candidate| is_shared(candidate[2])).collect();
        let times = i64::from(*times);
        // Of the full constellation only hits of shared terms were counted above.
        for &winner in &winners(&rivals(cluster)) {
            if is_shared(cluster[winner][2]) {
                *hits.entry((cluster[winner][2], cluster[winner][5])).or_default() -= times;
            }
        }
        for &winner in &winners(&rivals(&left)) {
            *hits.entry((left[winner][2], left[winner][5])).or_default() += times;
        }
    }
    let mut parts: Hits = Vec::with_capacity(hits.len());
    let mut different = BTreeSet::new();
    for ((entry, voice), count) in hits {
        let Some(place) = place(entry) else { continue };
        if let Some(group) = place.group {
            parts.push((group, in_voice(voice, count)));
        }
        if let Some(distinct) = place.distinct.filter(|_| count > 0) {
            different.insert((distinct, entry));
        }
    }
    parts.extend(different.into_iter().map(|(distinct, _)| (distinct, in_voice(0, 1))));
    parts.extend(labels_and_mentions(row, terms));
    join(parts)
}

fn rivals(cluster: &[[u32; 7]]) -> Vec<Rival> {
    let rival = |&[start, end, entry, wildcards, ..]: &[u32; 7]| Rival {
        start,
        end,
        wildcards: u8::try_from(wildcards).unwrap_or(u8::MAX),
        entry,
    };
    cluster.iter().map(rival).collect()
}
