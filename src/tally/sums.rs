//! Sums of articles: all that is kept where a row an article would be too much.
//!
//! Everything is an integer, so sums of parts are the sums of the whole.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::article::{ArticleTally, VoiceGroup};
use super::spelling;
use super::sum::{Moments, PackedSum, Sum, SumOf, Sums};
use crate::lexicon::{EntryId, GroupKind, Inventory, Measure};
use crate::text::{Voice, Zone, ZoneSet};

/// Sums articles as they come.
#[derive(Debug, Default)]
pub struct Summer {
    outlets: BTreeMap<String, OutletSums>,
    /// 16 bytes an article: hash of outlet and text.
    seen: FxHashSet<[u8; 16]>,
}

/// A term with its hits and its matches in one article, by voice.
type TermCounts = (EntryId, [[u64; 4]; 2]);

/// The sums of one outlet.
#[derive(Debug, Default)]
struct OutletSums {
    articles: Sum,
    duplicates: u64,
    words: [[u64; 4]; 6],
    events: BTreeMap<String, u64>,
    /// By group and voice.
    groups: Vec<[Moments; 6]>,
    own: Vec<Moments>,
    enough: Vec<Moments>,
    /// With matches that were found independently of other terms.
    terms: BTreeMap<EntryId, ByVoice>,
    variants: BTreeMap<(usize, usize), ByVoice>,
    /// With the mentions that bear a label; there are many.
    targets: FxHashMap<String, ByVoice>,
    labels: BTreeMap<(String, EntryId, Voice, &'static str), u64>,
}

/// Sums by voice, packed. Voices without any are left out: of most terms and names an outlet has a few,
/// in its own voice, and there are many.
#[derive(Debug, Default)]
struct ByVoice(Vec<(VoiceGroup, PackedSum)>);

impl ByVoice {
    fn add(&mut self, voice: VoiceGroup, found: u64, add: impl FnOnce(&mut Moments)) {
        let place = self.0.iter().position(|(known, _)| *known == voice);
        let mut sum = place.map_or_else(Sum::default, |place| self.0[place].1.unpacked());
        add(&mut sum.moments);
        sum.found += found;
        let packed = PackedSum::from(&sum);
        match place {
            Some(place) => self.0[place].1 = packed,
            None => {
                self.0.reserve_exact(1);
                self.0.push((voice, packed));
            }
        }
    }

    fn in_order(mut self) -> Vec<(VoiceGroup, PackedSum)> {
        self.0.sort_unstable_by_key(|(voice, _)| *voice);
        self.0
    }
}

impl Summer {
    /// Adds an article that was counted by `inventory`, or counts it as a copy where its outlet has
    /// one of the same text.
    pub fn add(&mut self, article: &ArticleTally, inventory: &Inventory) {
        if !self.outlets.contains_key(&article.outlet) {
            let groups = inventory.groups().len();
            let sums = OutletSums {
                groups: vec![<[Moments; 6]>::default(); groups],
                own: vec![Moments::default(); groups],
                enough: vec![Moments::default(); groups],
                ..OutletSums::default()
            };
            self.outlets.insert(article.outlet.clone(), sums);
        }
        let Some(sums) = self.outlets.get_mut(&article.outlet) else { return };
        if !self.seen.insert(copy_key(article)) {
            sums.duplicates += 1;
            return;
        }
        sums.add_article(article);
        sums.add_groups(article, inventory);
        sums.add_targets(spelling::joined(article).as_ref().unwrap_or(article));
    }

    /// The sums. Cells without articles have no row.
    pub fn finish(self, inventory: &Inventory) -> Sums {
        let mut all = Sums::default();
        for (outlet, sums) in self.outlets {
            // In order already.
            let mut rows = Vec::new();
            sums.rows(inventory, |of, sum| rows.push((of, sum)));
            all.add_outlet(outlet, rows.into_iter().collect());
        }
        all
    }
}

fn copy_key(article: &ArticleTally) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(article.hash.as_bytes()).update(article.outlet.as_bytes());
    let mut key = [0; 16];
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    key
}

/// Sums an array by voice into one by sums of voices.
fn by_group(by_voice: [u64; 4], voices: fn(VoiceGroup) -> &'static [Voice]) -> [u64; 6] {
    VoiceGroup::ALL.map(|group| voices(group).iter().map(|&voice| by_voice[voice as usize]).sum())
}

impl OutletSums {
    fn add_article(&mut self, article: &ArticleTally) {
        let total = article.words.total();
        let moments = &mut self.articles.moments;
        moments.articles += 1;
        moments.articles_with_hits += u64::from(total > 0);
        let days = article.date.map(|date| (date, date));
        self.articles.merge(Sum { days, ..Sum::default() });
        for (sums, words) in self.words.iter_mut().zip(article.words.0) {
            for (sum, words) in sums.iter_mut().zip(words) {
                *sum += u64::from(words);
            }
        }
        if let Some(event) = &article.event {
            *self.events.entry(event.clone()).or_insert(0) += 1;
        }
    }

    fn add_groups(&mut self, article: &ArticleTally, inventory: &Inventory) {
        let mut counts = &article.counts[..];
        let mut known: Option<(ZoneSet, [u64; 6])> = None;
        let mut terms: Vec<TermCounts> = Vec::new();
        for (index, group) in inventory.groups().iter().enumerate() {
            let until = counts.partition_point(|count| count.entry.0 < group.entries.end);
            let (of_group, rest) = counts.split_at(until);
            counts = rest;
            if group.kind == GroupKind::Targets {
                continue;
            }
            let words = match known {
                Some((zones, words)) if zones == group.zones => words,
                _ => VoiceGroup::ALL.map(|voice| article.words.of(group.zones, voice)),
            };
            known = Some((group.zones, words));
            terms.clear();
            let mut all = [0; 4];
            for count in of_group {
                if terms.last().is_none_or(|(entry, _)| *entry != count.entry) {
                    terms.push((count.entry, [[0; 4]; 2]));
                }
                let Some((_, [hits, found])) = terms.last_mut() else { continue };
                hits[count.voice as usize] += u64::from(count.hits);
                found[count.voice as usize] += u64::from(count.found);
                all[count.voice as usize] += u64::from(count.hits);
            }
            match group.kind {
                GroupKind::Choice(_) => self.add_choice((index, inventory), &terms, all),
                _ => self.add_category((index, inventory), &terms, all, words),
            }
        }
    }

    fn add_category(
        &mut self,
        (index, inventory): (usize, &Inventory),
        terms: &[TermCounts],
        all: [u64; 4],
        words: [u64; 6],
    ) {
        let hits = by_group(all, VoiceGroup::hit_voices);
        for (moments, (hits, words)) in self.groups[index].iter_mut().zip(hits.iter().zip(words)) {
            moments.add(*hits, words);
        }
        self.own[index].add(all[Voice::Own as usize], all.iter().sum());
        let group = &inventory.groups()[index];
        if let GroupKind::Category(category) = group.kind
            && let Measure::Articles { distinct } =
                inventory.lexicons()[group.lexicon].categories[category].measure
        {
            let found = terms.iter().filter(|(_, [hits, _])| hits.iter().sum::<u64>() > 0).count();
            self.enough[index].add(u64::from(found >= distinct as usize), words[0]);
        }
        for (entry, [hits, found]) in terms {
            let cells = self.terms.entry(*entry).or_default();
            let hits = by_group(*hits, VoiceGroup::hit_voices);
            let found = by_group(*found, VoiceGroup::hit_voices);
            for (index, voice) in VoiceGroup::ALL.into_iter().enumerate() {
                let (hits, found, words) = (hits[index], found[index], words[index]);
                if hits + found == 0 {
                    continue;
                }
                cells.add(voice, found, |moments| {
                    let (x, n) = (u128::from(hits), u128::from(words));
                    moments.hits += hits;
                    moments.articles_with_hits += u64::from(hits > 0);
                    moments.hits_squared += x * x;
                    moments.hits_words += x * n;
                    moments.most_hits = moments.most_hits.max(hits);
                });
            }
        }
    }

    fn add_choice(
        &mut self,
        (index, inventory): (usize, &Inventory),
        terms: &[TermCounts],
        all: [u64; 4],
    ) {
        if all == [0; 4] {
            return;
        }
        let group = &inventory.groups()[index];
        let GroupKind::Choice(choice) = group.kind else { return };
        let variants = inventory.lexicons()[group.lexicon].choices[choice].variants.len();
        let mut uses = vec![[0; 4]; variants];
        for (entry, [hits, _]) in terms {
            let owner = inventory.entry(*entry).owner;
            uses[owner].iter_mut().zip(hits).for_each(|(sum, hits)| *sum += hits);
        }
        let made = by_group(all, VoiceGroup::hit_voices);
        for (variant, uses) in uses.into_iter().enumerate() {
            let uses = by_group(uses, VoiceGroup::hit_voices);
            let cells = self.variants.entry((index, variant)).or_default();
            for (index, voice) in VoiceGroup::ALL.into_iter().enumerate() {
                if made[index] > 0 {
                    cells.add(voice, 0, |moments| moments.add(uses[index], made[index]));
                }
            }
        }
    }

    fn add_targets(&mut self, article: &ArticleTally) {
        for label in &article.labels {
            let key = (label.target.clone(), label.entry, label.voice, label.rule);
            *self.labels.entry(key).or_insert(0) += u64::from(label.labels);
        }
        // A target with labels is mentioned; both lists are sorted.
        let mut rest = &article.labels[..];
        for of_target in article.mentions.chunk_by(|one, two| one.target == two.target) {
            let target = &of_target[0].target;
            let mut sums = [[0; 4]; 3];
            for mention in of_target {
                sums[1][mention.voice as usize] += u64::from(mention.mentions);
                sums[2][mention.voice as usize] += u64::from(mention.labelled);
            }
            rest = &rest[rest.partition_point(|label| label.target < *target)..];
            for label in rest.iter().take_while(|label| label.target == *target) {
                sums[0][label.voice as usize] += u64::from(label.labels);
            }
            self.add_target(target, sums);
        }
    }

    /// Adds labels, mentions and mentions with labels, by voice.
    fn add_target(&mut self, target: &str, sums: [[u64; 4]; 3]) {
        if !self.targets.contains_key(target) {
            self.targets.insert(target.to_owned(), ByVoice::default());
        }
        let Some(cells) = self.targets.get_mut(target) else { return };
        let [labels, mentions, labelled] =
            sums.map(|by_voice| by_group(by_voice, VoiceGroup::hit_voices));
        for (index, voice) in VoiceGroup::ALL.into_iter().enumerate() {
            if mentions[index] + labelled[index] > 0 {
                cells.add(voice, labelled[index], |moments| {
                    moments.add(labels[index], mentions[index]);
                });
            }
        }
    }

    /// Gives the rows, in the order of [`SumOf`].
    fn rows(self, inventory: &Inventory, mut put: impl FnMut(SumOf, PackedSum)) {
        put(SumOf::Articles, PackedSum::from(&self.articles));
        let mut moments = |of, moments: Moments| {
            if moments != Moments::default() {
                put(of, PackedSum::from(&Sum { moments, ..Sum::default() }));
            }
        };
        moments(SumOf::Duplicates, Moments { hits: self.duplicates, ..Moments::default() });
        for zone in Zone::ALL {
            for voice in Voice::ALL {
                let words = self.words[zone as usize][voice as usize];
                moments(SumOf::Words(zone, voice), Moments { words, ..Moments::default() });
            }
        }
        for (event, articles) in self.events {
            moments(SumOf::Event(event), Moments { articles, ..Moments::default() });
        }
        let groups = 0..inventory.groups().len();
        for index in groups.clone() {
            for (voice, cell) in VoiceGroup::ALL.into_iter().zip(self.groups[index]) {
                moments(SumOf::Category(index, voice), cell);
            }
        }
        groups.clone().for_each(|index| moments(SumOf::OwnShare(index), self.own[index]));
        groups.for_each(|index| moments(SumOf::ArticleShare(index), self.enough[index]));
        for (entry, cells) in self.terms {
            for (voice, sum) in cells.in_order() {
                let Sum { moments, found, .. } = sum.unpacked();
                if moments.hits + found > 0 {
                    put(SumOf::Term(entry, voice), sum);
                }
            }
        }
        for ((group, variant), cells) in self.variants {
            for (voice, sum) in cells.in_order() {
                let moments = sum.unpacked().moments;
                if moments != Moments::default() {
                    let of = SumOf::Variant(group, variant, voice);
                    put(of, PackedSum::from(&Sum { moments, ..Sum::default() }));
                }
            }
        }
        let mut targets: Vec<(String, ByVoice)> = self.targets.into_iter().collect();
        targets.sort_unstable_by(|one, two| one.0.cmp(&two.0));
        for (target, cells) in targets {
            for (voice, sum) in cells.in_order() {
                if sum.unpacked().moments != Moments::default() {
                    put(SumOf::Target(target.clone(), voice), sum);
                }
            }
        }
        for ((target, entry, voice, rule), hits) in self.labels {
            let moments = Moments { hits, ..Moments::default() };
            if hits > 0 {
                let sum = Sum { moments, ..Sum::default() };
                put(SumOf::Label(target, entry, voice, rule), PackedSum::from(&sum));
            }
        }
    }
}
