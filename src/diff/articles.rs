//! Which article of one report is which of the other.

use std::collections::BTreeMap;

use super::model::{ArticleRef, CorpusChanges, MovedArticle, OutletChanges};
use crate::report::ArticleRow;

/// An article of the union of two reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// Index in the old report.
    pub(super) old: Option<usize>,
    /// Index in the new report.
    pub(super) new: Option<usize>,
    /// Whether both have the same text.
    pub(super) same_text: bool,
}

/// Pairs articles: by outlet and id; then by outlet and text (renamed), by text (moved), and by id
/// where the id is a URL, which no two articles share (moved and edited). Symmetric in its arguments,
/// and independent of the order of the articles.
pub(super) fn pair(old: &[ArticleRow], new: &[ArticleRow]) -> Vec<Pair> {
    let mut matching = Matching {
        old,
        new,
        old_free: vec![true; old.len()],
        new_free: vec![true; new.len()],
        pairs: Vec::with_capacity(old.len().max(new.len())),
    };
    matching.by(|row| Some((row.outlet.as_str(), row.id.as_str(), row.hash.as_str())));
    matching.by(|row| Some((row.outlet.as_str(), row.id.as_str(), "")));
    matching.by(|row| Some((row.outlet.as_str(), row.hash.as_str(), "")));
    matching.by(|row| Some((row.hash.as_str(), row.id.as_str(), "")));
    matching.by(|row| Some((row.hash.as_str(), "", "")));
    matching.by(|row| row.id.contains("://").then_some((row.id.as_str(), "", "")));
    matching.finish()
}

struct Matching<'a> {
    old: &'a [ArticleRow],
    new: &'a [ArticleRow],
    old_free: Vec<bool>,
    new_free: Vec<bool>,
    pairs: Vec<Pair>,
}

type Key<'a> = (&'a str, &'a str, &'a str);

impl<'a> Matching<'a> {
    /// Pairs free articles of equal key, in the order of outlet, id and hash.
    fn by(&mut self, key: impl Fn(&'a ArticleRow) -> Option<Key<'a>>) {
        let mut waiting: BTreeMap<Key<'a>, [Vec<usize>; 2]> = BTreeMap::new();
        for (side, (rows, free)) in
            [(self.old, &self.old_free), (self.new, &self.new_free)].into_iter().enumerate()
        {
            for (index, row) in rows.iter().enumerate().filter(|(index, _)| free[*index]) {
                if let Some(key) = key(row) {
                    waiting.entry(key).or_default()[side].push(index);
                }
            }
        }
        for [mut olds, mut news] in waiting.into_values() {
            let order = |row: &'a ArticleRow| (&row.outlet, &row.id, &row.hash);
            olds.sort_by_key(|&index| order(&self.old[index]));
            news.sort_by_key(|&index| order(&self.new[index]));
            for (&old, &new) in olds.iter().zip(&news) {
                self.old_free[old] = false;
                self.new_free[new] = false;
                let same_text = self.old[old].hash == self.new[new].hash;
                self.pairs.push(Pair { old: Some(old), new: Some(new), same_text });
            }
        }
    }

    fn finish(mut self) -> Vec<Pair> {
        let rest = |free: &[bool]| -> Vec<usize> {
            (0..free.len()).filter(|&index| free[index]).collect()
        };
        let only_old = rest(&self.old_free).into_iter();
        let only_new = rest(&self.new_free).into_iter();
        self.pairs.extend(only_old.map(|old| Pair { old: Some(old), new: None, same_text: false }));
        self.pairs.extend(only_new.map(|new| Pair { old: None, new: Some(new), same_text: false }));
        let (old, new) = (self.old, self.new);
        // By the smaller of the two names, so that the order is the same from both sides.
        let name = |pair: &Pair| {
            let rows = [pair.old.map(|index| &old[index]), pair.new.map(|index| &new[index])];
            rows.into_iter().flatten().map(|row| (&row.outlet, &row.id, &row.hash)).min()
        };
        self.pairs.sort_by(|a, b| name(a).cmp(&name(b)));
        self.pairs
    }
}

/// What changed in the corpus; edited articles are filled in elsewhere. Where the reports group them
/// differently (not `same_groups`), no article moved and there is nothing to say by outlet.
pub(super) fn corpus_changes<'a>(
    pairs: &[Pair],
    [old, new]: [&'a [ArticleRow]; 2],
    same_groups: bool,
) -> CorpusChanges {
    let mut changes = CorpusChanges::default();
    let mut outlets: BTreeMap<&str, OutletChanges> = BTreeMap::new();
    for pair in pairs {
        let before = pair.old.map(|index| &old[index]);
        let after = pair.new.map(|index| &new[index]);
        let outlet_of = |row: &'a ArticleRow| if same_groups { row.outlet.as_str() } else { "" };
        if let Some(row) = before {
            outlets.entry(outlet_of(row)).or_default().old += 1;
        }
        if let Some(row) = after {
            outlets.entry(outlet_of(row)).or_default().new += 1;
        }
        match (before, after) {
            (Some(before), Some(after)) if outlet_of(before) != outlet_of(after) => {
                outlets.entry(outlet_of(before)).or_default().moved_out += 1;
                outlets.entry(outlet_of(after)).or_default().moved_in += 1;
                changes.moved.push(MovedArticle {
                    id: after.id.clone(),
                    from: before.outlet.clone(),
                    to: after.outlet.clone(),
                    edited: !pair.same_text,
                });
            }
            (Some(before), Some(after)) => {
                let outlet = outlets.entry(outlet_of(after)).or_default();
                outlet.same += u64::from(pair.same_text);
                outlet.edited += u64::from(!pair.same_text);
                changes.same += u64::from(pair.same_text);
                changes.renamed += u64::from(pair.same_text && before.id != after.id);
            }
            (Some(before), None) => {
                outlets.entry(outlet_of(before)).or_default().removed += 1;
                changes.removed.push(reference(before));
            }
            (None, Some(after)) => {
                outlets.entry(outlet_of(after)).or_default().added += 1;
                changes.added.push(reference(after));
            }
            (None, None) => {}
        }
    }
    changes.added.sort();
    changes.removed.sort();
    changes.moved.sort();
    changes.outlets = outlets
        .into_iter()
        .filter(|(_, row)| row.same < row.old.max(row.new))
        .map(|(outlet, row)| OutletChanges { outlet: outlet.to_owned(), ..row })
        .collect();
    changes
}

fn reference(row: &ArticleRow) -> ArticleRef {
    ArticleRef { outlet: row.outlet.clone(), id: row.id.clone(), date: row.date.clone() }
}
