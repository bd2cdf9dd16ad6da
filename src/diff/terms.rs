//! Which term of one report is which of the other, and what is counted of both.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::report::{CategoryRow, EntryRecord, LexiconRecord, Report, plain_fingerprint};
use crate::text::{Zone, ZoneSet};

/// The entries of both reports side by side, and everything that is counted by them.
///
/// What is counted is numbered: first the categories, then for each of them its different terms in an
/// article, then the variants of choices, then labels and mentions of each target in turn.
#[derive(Debug)]
pub(super) struct Terms {
    /// Categories of both reports, by lexicon and id.
    pub(super) categories: Vec<CategoryPair>,
    /// Choices of both reports, by lexicon and id.
    pub(super) choices: Vec<ChoicePair>,
    /// Targets that either report found labelled, by id or name.
    pub(super) targets: Vec<String>,
    /// Entries of the old and of the new report, in the order of its lexicons.
    pub(super) sides: [Vec<TermPlace>; 2],
    /// Terms of categories and names of targets that only this report has: what can change labels.
    pub(super) only_labelling: [usize; 2],
    /// The sets of zones that categories are searched in.
    pub(super) zone_sets: Vec<ZoneSet>,
    /// Number of the first target's labels.
    first_target: usize,
}

/// A category as each report has it.
#[derive(Debug)]
pub(super) struct CategoryPair {
    pub(super) lexicon: String,
    pub(super) category: String,
    /// Index of the set of zones that each report searches for it; `None` where it has no such
    /// category.
    pub(super) zones: [Option<usize>; 2],
    /// Different terms that an article must hold; `None` where it is measured by its rate.
    pub(super) distinct: [Option<u32>; 2],
    /// Terms that only this report has.
    pub(super) only: [usize; 2],
    /// Whether one of those could take words that other terms count; a single plain word can't.
    pub(super) may_take: [bool; 2],
}

impl CategoryPair {
    /// Whether both reports measure it.
    pub(super) fn is_in_both(&self) -> bool {
        self.zones.iter().all(Option::is_some)
    }

    /// Whether the two reports' lexicons count it by different terms or zones.
    pub(super) fn differs(&self) -> bool {
        self.only != [0, 0]
            || self.zones[0] != self.zones[1]
            || self.distinct[0] != self.distinct[1]
    }
}

/// A choice as each report has it.
#[derive(Debug)]
pub(super) struct ChoicePair {
    pub(super) lexicon: String,
    pub(super) choice: String,
    /// Variants of either report.
    pub(super) variants: Vec<String>,
    /// Whether each report has the variant.
    pub(super) has: Vec<[bool; 2]>,
    /// Numbers of the variants' uses.
    pub(super) groups: Range<usize>,
    /// Patterns that only this report has.
    pub(super) only: [usize; 2],
}

/// An entry of one report.
#[derive(Debug, Clone, Copy)]
pub(super) struct TermPlace {
    /// Number of what its hits count for; `None` for targets.
    pub(super) group: Option<usize>,
    /// Number of the different terms that it may be one of.
    pub(super) distinct: Option<usize>,
    /// Index of the same entry in the other report.
    pub(super) partner: Option<u32>,
}

pub(super) type Named<'a> = (&'a str, &'a EntryRecord);

/// The entries of a report in their order, each with the id of its lexicon.
pub(super) fn entries(report: &Report) -> Vec<Named<'_>> {
    let of = |lexicon| {
        let lexicon: &LexiconRecord = lexicon;
        lexicon.entries.iter().map(|entry| (lexicon.id.as_str(), entry))
    };
    report.provenance.lexicons.iter().flat_map(of).collect()
}

impl Terms {
    /// Pairs the entries of two reports: the same lexicon, kind, group, variant and fingerprint.
    pub(super) fn new(old: &Report, new: &Report) -> Self {
        let named = [entries(old), entries(new)];
        let partners = pair_entries(&named);
        let mut zone_sets = Vec::new();
        let mut categories = categories([old, new], &mut zone_sets);
        let mut choices = choices(&named, 2 * categories.len());
        let first_target = choices.last().map_or(2 * categories.len(), |last| last.groups.end);
        let mut sides = [Vec::new(), Vec::new()];
        let mut only_labelling = [0; 2];
        for side in 0..2 {
            for (&(lexicon, entry), &partner) in named[side].iter().zip(&partners[side]) {
                let mut place = TermPlace { group: None, distinct: None, partner };
                let only = usize::from(partner.is_none());
                if let Some(index) = find_category(&categories, lexicon, entry) {
                    place.group = Some(index);
                    let counts_terms = categories[index].distinct.iter().any(Option::is_some);
                    place.distinct = counts_terms.then_some(categories.len() + index);
                    categories[index].only[side] += only;
                    categories[index].may_take[side] |=
                        only > 0 && !is_plain_word(entry, &categories[index], &zone_sets, side);
                } else if let Some((index, group)) = find_variant(&choices, lexicon, entry) {
                    place.group = Some(group);
                    choices[index].only[side] += only;
                }
                only_labelling[side] += if entry.kind == "choice" { 0 } else { only };
                sides[side].push(place);
            }
        }
        let labelled = |report: &Report| -> BTreeSet<String> {
            let labels = report.articles.iter().flat_map(|article| &article.labels);
            labels.map(|(target, ..)| target.clone()).collect()
        };
        let targets = labelled(old).union(&labelled(new)).cloned().collect();
        Self { categories, choices, targets, sides, only_labelling, zone_sets, first_target }
    }

    /// Entries that both reports have.
    pub(super) fn shared(&self) -> u64 {
        self.sides[0].iter().filter(|place| place.partner.is_some()).count() as u64
    }

    /// Whether every entry of this report is one of the other.
    pub(super) fn all_shared(&self, side: usize) -> bool {
        self.sides[side].iter().all(|place| place.partner.is_some())
    }

    /// Number of the different terms of a category.
    pub(super) fn distinct_group(&self, category: usize) -> usize {
        self.categories.len() + category
    }

    /// Number of the labels on a target; its mentions have the next.
    pub(super) fn label_group(&self, target: usize) -> usize {
        self.first_target + 2 * target
    }

    /// Whether a number is of a target.
    pub(super) fn is_of_target(&self, group: usize) -> bool {
        group >= self.first_target
    }

    /// Number of the labels on the target of that key, if it is counted.
    pub(super) fn find_target(&self, key: &str) -> Option<usize> {
        let place = self.targets.binary_search_by(|target| target.as_str().cmp(key)).ok()?;
        Some(self.label_group(place))
    }
}

fn find_category(pairs: &[CategoryPair], lexicon: &str, entry: &EntryRecord) -> Option<usize> {
    let key = (lexicon, entry.group.as_str());
    let place = |pair: &CategoryPair| (pair.lexicon.as_str(), pair.category.as_str()).cmp(&key);
    pairs.binary_search_by(place).ok().filter(|_| entry.kind == "category")
}

/// Index of the choice and number of the variant's uses.
fn find_variant(
    pairs: &[ChoicePair],
    lexicon: &str,
    entry: &EntryRecord,
) -> Option<(usize, usize)> {
    let variant = entry.variant.as_ref().filter(|_| entry.kind == "choice")?;
    let key = (lexicon, entry.group.as_str());
    let place = |pair: &ChoicePair| (pair.lexicon.as_str(), pair.choice.as_str()).cmp(&key);
    let index = pairs.binary_search_by(place).ok()?;
    let among = pairs[index].variants.binary_search(variant).ok()?;
    Some((index, pairs[index].groups.start + among))
}

fn categories(reports: [&Report; 2], zone_sets: &mut Vec<ZoneSet>) -> Vec<CategoryPair> {
    let mut all: BTreeMap<(&str, &str), [Option<&CategoryRow>; 2]> = BTreeMap::new();
    for (side, report) in reports.into_iter().enumerate() {
        for row in &report.categories {
            all.entry((&row.lexicon, &row.category)).or_default()[side] = Some(row);
        }
    }
    let mut set_of = |row: &CategoryRow| {
        let zones = Zone::ALL
            .into_iter()
            .filter(|zone| row.zones.iter().any(|name| name == zone.name()))
            .fold(ZoneSet::EMPTY, ZoneSet::with);
        zone_sets.iter().position(|known| *known == zones).unwrap_or_else(|| {
            zone_sets.push(zones);
            zone_sets.len() - 1
        })
    };
    all.into_iter()
        .map(|((lexicon, category), rows)| CategoryPair {
            lexicon: lexicon.to_owned(),
            category: category.to_owned(),
            zones: rows.map(|row| row.map(&mut set_of)),
            distinct: rows.map(|row| row.and_then(|row| row.distinct)),
            only: [0; 2],
            may_take: [false; 2],
        })
        .collect()
}

/// Whether an entry is one word without further forms, by its fingerprint. Such a word is never longer
/// than what begins where it does, so it can take no word from another term.
fn is_plain_word(
    entry: &EntryRecord,
    pair: &CategoryPair,
    zone_sets: &[ZoneSet],
    side: usize,
) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '*' | '?');
    let zones = pair.zones[side].and_then(|zones| zone_sets.get(zones));
    entry.term.chars().all(is_word)
        && zones.is_some_and(|zones| plain_fingerprint(&entry.term, *zones) == entry.hash)
}

fn choices(named: &[Vec<Named<'_>>; 2], first: usize) -> Vec<ChoicePair> {
    let mut all: BTreeMap<(&str, &str), BTreeMap<&str, [bool; 2]>> = BTreeMap::new();
    for (side, named) in named.iter().enumerate() {
        for (lexicon, entry) in named.iter().filter(|(_, entry)| entry.kind == "choice") {
            if let Some(variant) = entry.variant.as_deref() {
                let variants = all.entry((lexicon, &entry.group)).or_default();
                variants.entry(variant).or_default()[side] = true;
            }
        }
    }
    let mut next = first;
    all.into_iter()
        .map(|((lexicon, choice), variants)| {
            let groups = next..next + variants.len();
            next = groups.end;
            ChoicePair {
                lexicon: lexicon.to_owned(),
                choice: choice.to_owned(),
                has: variants.values().copied().collect(),
                variants: variants.into_keys().map(str::to_owned).collect(),
                groups,
                only: [0; 2],
            }
        })
        .collect()
}

type EntryKey<'a> = (&'a str, &'a str, &'a str, Option<&'a str>, &'a str, &'a str);

/// For each entry of each side its partner. Those written alike first, then those that differ only
/// in how they are written.
fn pair_entries(named: &[Vec<Named<'_>>; 2]) -> [Vec<Option<u32>>; 2] {
    let mut partners = [vec![None; named[0].len()], vec![None; named[1].len()]];
    for written_alike in [true, false] {
        let mut waiting: BTreeMap<EntryKey<'_>, [Vec<usize>; 2]> = BTreeMap::new();
        for side in 0..2 {
            for (index, (lexicon, entry)) in named[side].iter().enumerate() {
                if partners[side][index].is_none() {
                    let term = if written_alike { entry.term.as_str() } else { "" };
                    let variant = entry.variant.as_deref();
                    let key = (*lexicon, entry.kind.as_str(), entry.group.as_str(), variant);
                    let key = (key.0, key.1, key.2, key.3, entry.hash.as_str(), term);
                    waiting.entry(key).or_default()[side].push(index);
                }
            }
        }
        for [olds, news] in waiting.into_values() {
            for (&old, &new) in olds.iter().zip(&news) {
                partners[0][old] = Some(new as u32);
                partners[1][new] = Some(old as u32);
            }
        }
    }
    partners
}
