//! Mentions and labels by target, arranged so that any outlet and target can be read off.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::cells::Cells;
use super::targets::choose_targets;
use crate::lexicon::{EntryId, Inventory, Target};
use crate::statistics::Document;
use crate::tally::{LabelCount, MentionCount, Row, VoiceGroup};

/// One target in one article. There are some twenty an article, so it is small.
#[derive(Debug, Clone, Default)]
pub(super) struct Named {
    /// Index of the article.
    article: u32,
    mentions: u32,
    worded: u32,
    labelled: u32,
    labels: Option<Box<Labels>>,
}

/// The labels on a target in an article, in every voice; few articles have any.
#[derive(Debug, Clone, Default)]
struct Labels(Vec<LabelCount<()>>);

impl Named {
    /// Mentions in every voice.
    pub(super) fn mentions(&self) -> u64 {
        u64::from(self.mentions)
    }

    /// Mentions in the outlet's wording that bear a label.
    pub(super) fn labelled(&self) -> u64 {
        u64::from(self.labelled)
    }

    /// Labels in every voice.
    pub(super) fn all_labels(&self) -> impl Iterator<Item = &LabelCount<()>> {
        self.labels.iter().flat_map(|labels| &labels.0)
    }

    /// Terms of the labels in the outlet's wording, with how often; one may come several times.
    pub(super) fn labels(&self) -> impl Iterator<Item = (EntryId, u64)> {
        let worded = self.all_labels().filter(|label| VoiceGroup::Worded.counts(label.voice));
        worded.map(|label| (label.entry, u64::from(label.labels)))
    }

    /// Labels of the articles that a filter lets through, of the mentions in the same wording.
    pub(super) fn document(&self, counts: &dyn Fn(EntryId) -> bool) -> Document {
        let labels = self.labels().filter(|(entry, _)| counts(*entry));
        Document::new(labels.map(|(_, labels)| labels).sum(), u64::from(self.worded))
    }

    fn mention(&mut self, count: &MentionCount<&str>) {
        self.mentions = self.mentions.saturating_add(count.mentions);
        if VoiceGroup::Worded.counts(count.voice) {
            self.worded = self.worded.saturating_add(count.mentions);
            self.labelled = self.labelled.saturating_add(count.labelled);
        }
    }

    fn label(&mut self, count: &LabelCount<&str>) {
        let LabelCount { entry, voice, rule, labels, .. } = *count;
        let label = LabelCount { target: (), entry, voice, rule, labels };
        self.labels.get_or_insert_default().0.push(label);
    }
}

/// Every target that a report shows, with the articles that name it. Most names that are found are met
/// once or twice and shown nowhere.
pub(super) struct People<'a> {
    /// The targets by key, each with its part of `named`.
    targets: Vec<(&'a str, Range<usize>)>,
    /// By target and article.
    named: Vec<Named>,
    /// Mentions of all targets, by the place of the outlet.
    mentions: Vec<u64>,
    declared: BTreeMap<&'a str, &'a Target>,
}

impl<'a> People<'a> {
    pub(super) fn new(cells: &Cells<'a>) -> Self {
        let declared = declared(cells.inventory);
        let shown: Vec<&str> = shown(cells, &declared).into_iter().collect();
        let place: FxHashMap<&str, u32> = shown.iter().copied().zip(0..).collect();
        let mut found: Vec<(u32, Named)> = Vec::new();
        let mut mentions = Vec::with_capacity(cells.outlets.len());
        for (_, range) in &cells.outlets {
            let mut of_outlet = 0;
            for index in range.clone() {
                for (target, named) in of_article(index, &cells.articles.row(index)) {
                    of_outlet += named.mentions();
                    found.extend(place.get(target).map(|place| (*place, named)));
                }
            }
            mentions.push(of_outlet);
        }
        found.sort_unstable_by_key(|(place, named)| (*place, named.article));
        let mut end = 0;
        let part = |of: &[(u32, Named)]| {
            let start = end;
            end += of.len();
            (shown[of[0].0 as usize], start..end)
        };
        let targets = found.chunk_by(|x, y| x.0 == y.0).map(part).collect();
        let named = found.into_iter().map(|(_, named)| named).collect();
        Self { targets, named, mentions, declared }
    }

    /// The targets, by key.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, &[Named])> {
        self.targets.iter().map(|(target, range)| (*target, &self.named[range.clone()]))
    }

    /// Mentions of all targets in an outlet, by its place.
    pub(super) fn mentions_in(&self, place: usize) -> u64 {
        self.mentions[place]
    }

    /// The articles that name a target.
    fn of(&self, target: &str) -> &[Named] {
        let place = self.targets.binary_search_by(|(key, _)| (*key).cmp(target));
        place.map_or(&[][..], |place| &self.named[self.targets[place].1.clone()])
    }

    /// The articles of a range that name a target.
    pub(super) fn within(&self, target: &str, range: &Range<usize>) -> &[Named] {
        let named = self.of(target);
        &named[first_from(named, range.start)..first_from(named, range.end)]
    }

    /// The articles that name a target, outlet by outlet, with the place of each outlet.
    pub(super) fn by_outlet(&self, cells: &Cells<'_>, target: &str) -> Vec<(usize, &[Named])> {
        let mut rest = self.of(target);
        let mut parts = Vec::new();
        while let Some(first) = rest.first() {
            let is_before = |range: &Range<usize>| range.end <= first.article as usize;
            let place = cells.outlets.partition_point(|(_, range)| is_before(range));
            let Some((_, range)) = cells.outlets.get(place) else { break };
            let (own, others) = rest.split_at(first_from(rest, range.end));
            parts.push((place, own));
            rest = others;
        }
        parts
    }

    /// The articles outside a range that name a target.
    pub(super) fn outside(
        &self,
        target: &str,
        range: &Range<usize>,
    ) -> impl Iterator<Item = &Named> {
        let named = self.of(target);
        let (first, end) = (first_from(named, range.start), first_from(named, range.end));
        named[..first].iter().chain(&named[end..])
    }

    /// The declaration of a target; `None` for a name that was found.
    pub(super) fn declared(&self, target: &str) -> Option<&'a Target> {
        self.declared.get(target).copied()
    }

    /// Title of a target for people.
    pub(super) fn title(&self, target: &str) -> String {
        self.declared(target).map_or(target, |declared| &declared.title).to_owned()
    }
}

/// The place of the first that is of this article or a later one.
fn first_from(named: &[Named], article: usize) -> usize {
    named.partition_point(|named| (named.article as usize) < article)
}

/// Where two lexicons declare a target, the first is it.
fn declared(inventory: &Inventory) -> BTreeMap<&str, &Target> {
    let mut declared = BTreeMap::new();
    for target in inventory.lexicons().iter().flat_map(|lexicon| &lexicon.targets) {
        declared.entry(target.id.as_str()).or_insert(target);
    }
    declared
}

/// The targets that a report shows: those that are declared or bear a label, and the most mentioned names.
fn shown<'a>(cells: &Cells<'a>, declared: &BTreeMap<&str, &Target>) -> BTreeSet<&'a str> {
    let mut sums: FxHashMap<&str, (bool, u64)> = FxHashMap::default();
    for index in 0..cells.articles.len() {
        let row = cells.articles.row(index);
        for mention in &row.mentions {
            sums.entry(mention.target).or_default().1 += u64::from(mention.mentions);
        }
        for label in &row.labels {
            sums.entry(label.target).or_default().0 = true;
        }
    }
    let of = |(target, (labelled, mentions)): (&'a str, (bool, u64))| {
        (target, labelled || declared.contains_key(target), mentions)
    };
    choose_targets(sums.into_iter().map(of))
}

fn of_article<'a>(index: usize, article: &Row<'a>) -> BTreeMap<&'a str, Named> {
    let mut targets: BTreeMap<&str, Named> = BTreeMap::new();
    let new = || Named { article: index as u32, ..Named::default() };
    for count in &article.mentions {
        targets.entry(count.target).or_insert_with(new).mention(count);
    }
    for count in &article.labels {
        targets.entry(count.target).or_insert_with(new).label(count);
    }
    targets
}

/// Lexicon and category of a label.
pub(super) fn category_of(inventory: &Inventory, entry: EntryId) -> (usize, usize) {
    let group = inventory.group_of(entry);
    match group.kind {
        crate::lexicon::GroupKind::Category(category) => (group.lexicon, category),
        _ => (group.lexicon, usize::MAX),
    }
}
