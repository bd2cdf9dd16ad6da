//! The hits of every article under the terms of either report.

use super::articles::Pair;
use super::lexicons::Terms;
use super::recount::Recount;
use crate::matching::{Rival, winners};
use crate::report::{ArticleRow, Report};

/// Hits of one article by category and voice, sorted by category; those that are 0 are left out.
pub(super) type Hits = Vec<(usize, [i64; 4])>;

/// An article as one report read it.
#[derive(Debug, Clone, Default)]
pub(super) struct Version {
    /// Words by zone and voice.
    pub(super) words: [[u32; 4]; 6],
    /// Hits under the terms of the old and of the new report.
    pub(super) under: [Hits; 2],
    /// Hits of the terms that both reports have, had there been no others.
    pub(super) shared: Hits,
    /// Whether hits under the terms of the other report are known in full.
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
            let version = |row: &ArticleRow| Version {
                words: row.words,
                shared: shared_hits(row, side, terms),
                ..Version::default()
            };
            reports[side].articles.iter().map(version).collect::<Vec<_>>()
        });
        for side in 0..2 {
            for (version, row) in sides[side].iter_mut().zip(&reports[side].articles) {
                version.under[side] = direct_hits(row, side, terms);
                version.crossed = false;
                version.under[1 - side].clone_from(&version.shared);
                let again = recount.and_then(|r| r.under_other(side, &row.outlet, &row.hash));
                if let Some(again) = again {
                    version.under[1 - side] = direct_hits(again, 1 - side, terms);
                    version.crossed = true;
                }
            }
        }
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

/// base + more − less, by category and voice; never below 0.
fn sum(base: &Hits, more: &Hits, less: &Hits) -> Hits {
    let mut all: Hits = base.clone();
    all.extend(more.iter().copied());
    all.extend(less.iter().map(|(category, hits)| (*category, hits.map(|count| -count))));
    let mut joined = join(all);
    for (_, hits) in &mut joined {
        *hits = hits.map(|count| count.max(0));
    }
    joined.retain(|(_, hits)| *hits != [0; 4]);
    joined
}

/// Adds up equal categories.
fn join(mut parts: Hits) -> Hits {
    parts.sort_unstable_by_key(|(category, _)| *category);
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

fn direct_hits(row: &ArticleRow, side: usize, terms: &Terms) -> Hits {
    let category = |entry: u32| terms.sides[side].get(entry as usize)?.category;
    let part = |&[entry, _, voice, _, hits, _]: &[u32; 6]| {
        Some((category(entry)?, in_voice(voice, i64::from(hits))))
    };
    join(row.hits.iter().filter_map(part).collect())
}

/// Hits of the terms that both reports have, with the overlaps resolved again without the others.
fn shared_hits(row: &ArticleRow, side: usize, terms: &Terms) -> Hits {
    let place = |entry: u32| terms.sides[side].get(entry as usize).copied();
    let is_shared = |entry: u32| place(entry).is_some_and(|place| place.partner.is_some());
    let mut parts: Hits = Vec::with_capacity(row.hits.len());
    for &[entry, _, voice, _, hits, _] in &row.hits {
        if let Some(category) =
            place(entry).filter(|p| p.partner.is_some()).and_then(|p| p.category)
        {
            parts.push((category, in_voice(voice, i64::from(hits))));
        }
    }
    for (cluster, times) in &row.clusters {
        let Some(category) = cluster.first().and_then(|first| place(first[2])?.category) else {
            continue;
        };
        if cluster.iter().all(|candidate| is_shared(candidate[2])) {
            continue;
        }
        let left: Vec<[u32; 7]> =
            cluster.iter().copied().filter(|candidate| is_shared(candidate[2])).collect();
        let times = i64::from(*times);
        // Of the full constellation only hits of shared terms were counted above.
        for &winner in &winners(&rivals(cluster)) {
            if is_shared(cluster[winner][2]) {
                parts.push((category, in_voice(cluster[winner][5], -times)));
            }
        }
        for &winner in &winners(&rivals(&left)) {
            parts.push((category, in_voice(left[winner][5], times)));
        }
    }
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
