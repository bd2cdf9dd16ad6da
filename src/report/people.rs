//! Mentions and labels by target, arranged so that any outlet and target can be read off.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cells::Cells;
use crate::lexicon::{EntryId, Inventory, Target};
use crate::statistics::Document;
use crate::tally::{ArticleTally, VoiceGroup};

/// One target in one article.
#[derive(Debug, Clone, Default)]
pub(super) struct Named {
    /// Index of the article.
    pub(super) article: usize,
    /// Mentions in every voice.
    pub(super) mentions: u64,
    /// Mentions in the outlet's wording.
    pub(super) worded: u64,
    /// Those of them that bear a label.
    pub(super) labelled: u64,
    /// Whether anybody puts a label on it, in whatever voice.
    pub(super) bears_label: bool,
    /// Labels in the outlet's wording.
    pub(super) labels: Vec<(EntryId, u64)>,
}

impl Named {
    /// Labels of the articles that a filter lets through, of the mentions in the same wording.
    pub(super) fn document(&self, counts: &dyn Fn(EntryId) -> bool) -> Document {
        let labels = self.labels.iter().filter(|(entry, _)| counts(*entry));
        Document::new(labels.map(|(_, labels)| labels).sum(), self.worded)
    }
}

/// Every target with the articles that name it.
pub(super) struct People<'a> {
    targets: BTreeMap<&'a str, Vec<Named>>,
    declared: BTreeMap<&'a str, &'a Target>,
}

impl<'a> People<'a> {
    pub(super) fn new(cells: &Cells<'a>) -> Self {
        let mut targets: BTreeMap<&str, Vec<Named>> = BTreeMap::new();
        for (index, article) in cells.articles.iter().enumerate() {
            push_article(&mut targets, index, article);
        }
        let lexicons = cells.inventory.lexicons();
        let mut declared = BTreeMap::new();
        // Where two lexicons declare a target, the first is it.
        for target in lexicons.iter().flat_map(|lexicon| &lexicon.targets) {
            declared.entry(target.id.as_str()).or_insert(target);
        }
        Self { targets, declared }
    }

    /// The targets, by key.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, &[Named])> {
        self.targets.iter().map(|(target, named)| (*target, named.as_slice()))
    }

    /// The articles of a range that name a target.
    pub(super) fn within(&self, target: &str, range: &Range<usize>) -> &[Named] {
        let named = self.targets.get(target).map_or(&[][..], Vec::as_slice);
        let first = named.partition_point(|named| named.article < range.start);
        let end = named.partition_point(|named| named.article < range.end);
        &named[first..end]
    }

    /// The articles outside a range that name a target.
    pub(super) fn outside(
        &self,
        target: &str,
        range: &Range<usize>,
    ) -> impl Iterator<Item = &Named> {
        let named = self.targets.get(target).map_or(&[][..], Vec::as_slice);
        let first = named.partition_point(|named| named.article < range.start);
        let end = named.partition_point(|named| named.article < range.end);
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

fn push_article<'a>(
    targets: &mut BTreeMap<&'a str, Vec<Named>>,
    index: usize,
    article: &'a ArticleTally,
) {
    let of =
        |targets: &mut BTreeMap<&'a str, Vec<Named>>, target: &'a str, add: &dyn Fn(&mut Named)| {
            let named = targets.entry(target).or_default();
            if named.last().is_none_or(|last| last.article != index) {
                named.push(Named { article: index, ..Named::default() });
            }
            if let Some(last) = named.last_mut() {
                add(last);
            }
        };
    for count in &article.mentions {
        of(targets, &count.target, &|named| {
            named.mentions += u64::from(count.mentions);
            if VoiceGroup::Worded.counts(count.voice) {
                named.worded += u64::from(count.mentions);
                named.labelled += u64::from(count.labelled);
            }
        });
    }
    for count in &article.labels {
        of(targets, &count.target, &|named| {
            named.bears_label = true;
            if !VoiceGroup::Worded.counts(count.voice) {
                return;
            }
            let labels = u64::from(count.labels);
            match named.labels.iter_mut().find(|(entry, _)| *entry == count.entry) {
                Some((_, sum)) => *sum += labels,
                None => named.labels.push((count.entry, labels)),
            }
        });
    }
}

/// Lexicon and category of a label.
pub(super) fn category_of(inventory: &Inventory, entry: EntryId) -> (usize, usize) {
    let group = inventory.group_of(entry);
    match group.kind {
        crate::lexicon::GroupKind::Category(category) => (group.lexicon, category),
        _ => (group.lexicon, usize::MAX),
    }
}
