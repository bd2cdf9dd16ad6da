//! Rates that moved, each with its causes and what may be said of it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::articles::Pair;
use super::causes::{self, Gap, Voices, WAYS, WEIGHTS, Worlds};
use super::counts::{Counts, Version};
use super::lexicons::{CategoryPair, Terms};
use super::model::{Basis, Finding, RateMove};
use crate::report::Report;
use crate::report::figure;
use crate::statistics::evidence::{Thresholds, Tier, assess_comparison};
use crate::statistics::multiplicity::{Correction, adjust};
use crate::statistics::overlap::{CorpusEffect, SharedDocument, corpus_effect};
use crate::statistics::permutation::smallest_p;
use crate::statistics::rate::rate_interval;
use crate::statistics::shrinkage::shrink;
use crate::statistics::{Document, PER_WORDS, Totals};
use crate::tally::VoiceGroup;
use crate::text::{Voice, ZoneSet};

/// Shares below this are rounding.
const NEGLIGIBLE: f64 = 1e-11;

/// What moves are computed from.
pub(super) struct World<'a> {
    pub(super) reports: [&'a Report; 2],
    pub(super) terms: &'a Terms,
    pub(super) pairs: &'a [Pair],
    pub(super) counts: &'a Counts,
    /// Whether anything was counted again.
    pub(super) recounted: bool,
    /// Whether the two reports decide zones and voices by the same data.
    pub(super) same_layout: bool,
    /// All articles together, because the reports group them differently.
    pub(super) pooled: bool,
    pub(super) thresholds: Thresholds,
}

/// An article of the union that belongs to an outlet on one side or both.
struct Unit<'a> {
    versions: [Option<&'a Version>; 2],
    same_text: bool,
    /// Whether it belongs to the outlet in the old and in the new report.
    member: [bool; 2],
}

impl<'a> Unit<'a> {
    /// What a corpus holds of it where `reading` is that of the old or of the new report.
    fn version(&self, corpus: usize, reading: usize) -> Option<&'a Version> {
        let side = if self.same_text { reading } else { corpus };
        self.versions[side].filter(|_| self.member[corpus])
    }

    fn changed(&self) -> bool {
        !self.same_text || self.member != [true; 2]
    }
}

/// A category in one voice.
#[derive(Clone, Copy)]
struct Cell<'a> {
    index: usize,
    category: &'a CategoryPair,
    voice: VoiceGroup,
}

impl Cell<'_> {
    /// Zones that the terms of a report are searched in.
    fn zones(&self, terms: usize) -> ZoneSet {
        self.category.zones[terms].unwrap_or(ZoneSet::EMPTY)
    }

    fn hits_in(&self, hits: &super::counts::Hits, voices: &[Voice]) -> i64 {
        let found = hits.binary_search_by_key(&self.index, |(category, _)| *category);
        let by_voice = found.map_or([0; 4], |place| hits[place].1);
        voices.iter().map(|&voice| by_voice[voice as usize]).sum()
    }

    fn words_in(&self, version: &Version, terms: usize, voices: &[Voice]) -> u64 {
        let zone = |zone| {
            let row: [u32; 4] = version.words[zone as usize];
            voices.iter().map(|&voice| u64::from(row[voice as usize])).sum::<u64>()
        };
        self.zones(terms).iter().map(zone).sum()
    }

    fn document(&self, version: &Version, terms: usize) -> Document {
        let hits = self.hits_in(&version.under[terms], self.voice.hit_voices());
        Document::new(hits.max(0) as u64, self.words_in(version, terms, self.voice.voices()))
    }
}

/// Every moved rate and the number of those that did not.
pub(super) fn moves(world: &World<'_>) -> (Vec<RateMove>, u64) {
    let mut jobs = Vec::new();
    let groups = groups(world);
    for (outlet, units) in &groups {
        for (index, category) in world.terms.categories.iter().enumerate() {
            if category.is_in_both() {
                let cell = |voice| (outlet.as_deref(), units, Cell { index, category, voice });
                jobs.extend(VoiceGroup::ALL.map(cell));
            }
        }
    }
    let all: Vec<Option<RateMove>> =
        jobs.par_iter().map(|(outlet, units, cell)| moved(world, *outlet, units, *cell)).collect();
    let unchanged = all.iter().filter(|row| row.is_none()).count() as u64;
    let mut rows: Vec<RateMove> = all.into_iter().flatten().collect();
    correct(&mut rows, world.thresholds.alpha);
    shrink_within_families(&mut rows);
    for row in &mut rows {
        round(row);
    }
    (rows, unchanged)
}

/// The articles of every outlet that both reports have, or of both corpora.
fn groups<'a>(world: &World<'a>) -> Vec<(Option<String>, Vec<Unit<'a>>)> {
    let outlets = |side: usize| -> BTreeSet<&'a str> {
        world.reports[side].articles.iter().map(|row| row.outlet.as_str()).collect()
    };
    let mut groups: BTreeMap<Option<String>, Vec<Unit<'a>>> = BTreeMap::new();
    if world.pooled {
        groups.insert(None, Vec::new());
    } else {
        let shared = outlets(0)
            .intersection(&outlets(1))
            .map(|id| Some((*id).to_owned()))
            .collect::<Vec<_>>();
        groups.extend(shared.into_iter().map(|outlet| (outlet, Vec::new())));
    }
    for pair in world.pairs {
        let indices = [pair.old, pair.new];
        let outlet = |side: usize| {
            let index = indices[side]?;
            Some(world.reports[side].articles[index].outlet.as_str())
        };
        let versions =
            [0, 1].map(|side: usize| indices[side].map(|i| &world.counts.sides[side][i]));
        let own = [outlet(0), outlet(1)];
        let names: BTreeSet<Option<&str>> = if world.pooled {
            [None].into()
        } else {
            own.into_iter().filter(Option::is_some).collect()
        };
        for name in names {
            let member = own.map(|own| own.is_some() && (world.pooled || own == name));
            if let Some(units) = groups.get_mut(&name.map(str::to_owned)) {
                units.push(Unit { versions, same_text: pair.same_text, member });
            }
        }
    }
    groups.into_iter().collect()
}

fn moved(
    world: &World<'_>,
    outlet: Option<&str>,
    units: &[Unit<'_>],
    cell: Cell<'_>,
) -> Option<RateMove> {
    let one_way = !cell.category.differs() && !world.counts.read_otherwise;
    let ways = ways(units, cell, if one_way { 1 } else { WAYS });
    let worlds = worlds(&ways);
    let (old, new) = (worlds[0][0], worlds[1][WAYS - 1]);
    let articles_changed =
        units.iter().filter(|unit| is_in_cell(unit, cell) && unit.changed()).count();
    let causes = causes_of(world, units, cell, &worlds, articles_changed);
    let same_rate = u128::from(old.hits) * u128::from(new.words)
        == u128::from(new.hits) * u128::from(old.words);
    let no_words = old.words == 0 && new.words == 0;
    let nothing = [causes.corpus, causes.lexicon, causes.reading]
        .iter()
        .all(|share| [share.low, share.high].iter().all(|v| v.unwrap_or(0.0).abs() < NEGLIGIBLE));
    let words_stay = (old.words == 0) == (new.words == 0);
    if no_words || same_rate && nothing && words_stay {
        return None;
    }
    let exact = matches!(causes.basis, Basis::Exact | Basis::WithCorpus);
    let effect = (exact && articles_changed > 0).then(|| effect(ways, one_way, world)).flatten();
    let tier = tier(&old, &new, articles_changed as u64, units, cell, &world.thresholds);
    let shown = effect.filter(|_| tier != Tier::Descriptive);
    let finding = match (causes.basis, articles_changed) {
        (Basis::None | Basis::NotDecomposable, 1..) => Finding::Unknown,
        (_, 0) => Finding::Census,
        _ => Finding::NotEnoughEvidence,
    };
    let change = old.rate().zip(new.rate()).map(|(old, new)| new - old);
    Some(RateMove {
        outlet: outlet.map(str::to_owned),
        lexicon: cell.category.lexicon.clone(),
        category: cell.category.category.clone(),
        voice: cell.voice,
        hits_old: old.hits,
        hits_new: new.hits,
        words_old: old.words,
        words_new: new.words,
        articles_old: old.articles,
        articles_new: new.articles,
        articles_changed: articles_changed as u64,
        rate_old: old.rate(),
        rate_new: new.rate(),
        change,
        relative: change.zip(old.rate()).filter(|(_, old)| *old > 0.0).map(|(c, old)| c / old),
        causes,
        se: shown.and_then(|effect| effect.se),
        low: shown.and_then(|effect| effect.interval).map(|interval| interval.low),
        high: shown.and_then(|effect| effect.interval).map(|interval| interval.high),
        p: shown.and_then(|effect| effect.p),
        q: None,
        k: 0,
        shrunken: None,
        leave_one_out_low: shown.and_then(|effect| effect.leave_one_out).map(|range| range.low),
        leave_one_out_high: shown.and_then(|effect| effect.leave_one_out).map(|range| range.high),
        tier,
        finding,
    })
}

fn is_in_cell(unit: &Unit<'_>, cell: Cell<'_>) -> bool {
    [0, 1].into_iter().any(|side| {
        let version = unit.version(side, side);
        version.is_some_and(|version| cell.words_in(version, side, cell.voice.voices()) > 0)
    })
}

/// The articles counted each way.
fn ways(units: &[Unit<'_>], cell: Cell<'_>, count: usize) -> Vec<Vec<SharedDocument>> {
    let way = |way: usize| {
        let (terms, reading) = (way & 1, way >> 1);
        let document = |unit: &Unit<'_>, corpus: usize| {
            unit.version(corpus, reading).map(|version| cell.document(version, terms))
        };
        units
            .iter()
            .map(|unit| SharedDocument { old: document(unit, 0), new: document(unit, 1) })
            .collect()
    };
    (0..count).map(way).collect()
}

fn worlds(ways: &[Vec<SharedDocument>]) -> Worlds {
    let totals = |corpus: usize, way: usize| {
        let articles = ways.get(way).or(ways.first()).map_or(&[][..], Vec::as_slice);
        let pick = |article: &SharedDocument| if corpus == 0 { article.old } else { article.new };
        Totals::of(&articles.iter().filter_map(pick).collect::<Vec<_>>())
    };
    [0, 1].map(|corpus| [0, 1, 2, 3].map(|way| totals(corpus, way)))
}

fn causes_of(
    world: &World<'_>,
    units: &[Unit<'_>],
    cell: Cell<'_>,
    worlds: &Worlds,
    articles_changed: usize,
) -> super::model::Causes {
    if !world.same_layout && articles_changed > 0 {
        return causes::none();
    }
    let gaps = [0, 1].map(|corpus| gap(units, cell, corpus, world.thresholds.alpha));
    let used_recount = world.recounted
        && [0, 1].iter().any(|&corpus| {
            cell.category.only[1 - corpus] > 0 && units.iter().any(|unit| is_lone(unit, corpus))
        });
    let basis = if used_recount { Basis::WithCorpus } else { Basis::Exact };
    let mut causes = causes::causes(worlds, gaps, basis);
    let sums_voices = matches!(cell.voice, VoiceGroup::All | VoiceGroup::Worded);
    if sums_voices && gaps == [None, None] && articles_changed > 0 {
        let parts = causes::by_voice(&[0, 1, 2, 3].map(|way| voices(units, cell, way)));
        causes.within_voices = parts.map(|[within, _]| within);
        causes.mix_of_voices = parts.map(|[_, mix]| mix);
    }
    causes
}

/// Whether a corpus has a text of it that the other report has not.
fn is_lone(unit: &Unit<'_>, corpus: usize) -> bool {
    unit.member[corpus] && !unit.same_text
}

fn voices(units: &[Unit<'_>], cell: Cell<'_>, way: usize) -> Voices {
    let (terms, reading) = (way & 1, way >> 1);
    [0, 1].map(|corpus| {
        let mut totals = [Totals::default(); 4];
        for version in units.iter().filter_map(|unit| unit.version(corpus, reading)) {
            for &voice in cell.voice.hit_voices() {
                let sum = &mut totals[voice as usize];
                sum.hits += cell.hits_in(&version.under[terms], &[voice]).max(0) as u64;
                sum.words += cell.words_in(version, terms, &[voice]);
            }
        }
        totals
    })
}

/// What is not known of `corpus` under the terms of the other report.
fn gap(units: &[Unit<'_>], cell: Cell<'_>, corpus: usize, alpha: f64) -> Option<Gap> {
    let other = 1 - corpus;
    if cell.category.only[other] == 0 {
        return None;
    }
    let (mut kept, mut room, mut words) = (0, 0, 0);
    let voices = cell.voice.hit_voices();
    let unknown = |unit: &&Unit<'_>| is_lone(unit, corpus);
    for version in units.iter().filter(unknown).filter_map(|unit| unit.versions[corpus]) {
        if !version.crossed {
            kept += cell.hits_in(&version.under[other], voices).max(0);
            room += cell.words_in(version, other, voices);
            words += cell.words_in(version, other, cell.voice.voices());
        }
    }
    if words == 0 {
        return None;
    }
    let added: Vec<Document> = units
        .iter()
        .filter_map(|unit| unit.versions[other].filter(|_| unit.member[other]))
        .map(|version| {
            let hits =
                cell.hits_in(&version.under[other], voices) - cell.hits_in(&version.shared, voices);
            let words = cell.words_in(version, other, cell.voice.voices());
            Document::new(hits.max(0) as u64, words)
        })
        .collect();
    let low = if cell.category.only_single_words[other] { 0.0 } else { -(kept as f64) };
    let high = (room as f64 - kept as f64).max(0.0);
    let [estimate, likely_low, likely_high] =
        predicted(&added, words, alpha).map(|hits| hits.clamp(low, high));
    Some(Gap { low, high, estimate, likely: [likely_low, likely_high] })
}

/// Hits to be expected in so many words, if they are as frequent as in `articles`: the estimate and
/// its interval. The interval of the rate is widened by what the words themselves vary.
fn predicted(articles: &[Document], words: u64, alpha: f64) -> [f64; 3] {
    let totals = Totals::of(articles);
    let (Some(rate), words) = (totals.rate(), words as f64) else { return [0.0; 3] };
    let hits = |rate: f64| rate * words / PER_WORDS;
    let Some(limits) = rate_interval(articles, alpha) else { return [hits(rate), 0.0, words] };
    let wider = libm::sqrt(1.0 + totals.words as f64 / words);
    let (low, high) = (limits.interval.low, limits.interval.high);
    [hits(rate), hits(rate - wider * (rate - low)).max(0.0), hits(rate + wider * (high - rate))]
}

fn effect(
    mut ways: Vec<Vec<SharedDocument>>,
    one_way: bool,
    world: &World<'_>,
) -> Option<CorpusEffect> {
    let weighted: Vec<(f64, Vec<SharedDocument>)> = if one_way {
        vec![(1.0, ways.swap_remove(0))]
    } else {
        WEIGHTS.into_iter().zip(ways).collect()
    };
    corpus_effect(&weighted, world.thresholds.alpha)
}

/// What the articles' part of a move can carry: what a comparison of the two corpora could, and no
/// more than the number of articles that changed allows.
fn tier(
    old: &Totals,
    new: &Totals,
    changed: u64,
    units: &[Unit<'_>],
    cell: Cell<'_>,
    thresholds: &Thresholds,
) -> Tier {
    let overlap = units.iter().any(|unit| is_in_cell(unit, cell) && unit.member == [true; 2]);
    let smallest = if overlap { 0.0 } else { smallest_p(old.articles, new.articles) };
    let tier = assess_comparison(old, new, smallest, thresholds).tier;
    let most = match changed {
        n if n < thresholds.least_articles => Tier::Descriptive,
        n if n < thresholds.enough_articles => Tier::Tentative,
        _ => Tier::Reportable,
    };
    tier.min(most)
}

/// Corrects for all moved rates that were tested, then says what they amount to.
fn correct(rows: &mut [RateMove], alpha: f64) {
    let tested: Vec<usize> = (0..rows.len()).filter(|&index| rows[index].p.is_some()).collect();
    let p: Vec<f64> = tested.iter().filter_map(|&index| rows[index].p).collect();
    for (&index, q) in tested.iter().zip(adjust(&p, Correction::BenjaminiHochberg)) {
        let row = &mut rows[index];
        row.q = Some(q);
        row.k = tested.len() as u64;
        if row.tier == Tier::Reportable && row.finding == Finding::NotEnoughEvidence {
            let all = |sign: f64| {
                [row.low, row.high, row.leave_one_out_low, row.leave_one_out_high]
                    .iter()
                    .all(|value| value.is_some_and(|value| sign * value > 0.0))
            };
            row.finding = match q <= alpha {
                true if all(1.0) => Finding::Rose,
                true if all(-1.0) => Finding::Fell,
                _ => Finding::Inconclusive,
            };
        }
    }
}

fn shrink_within_families(rows: &mut [RateMove]) {
    let mut families: BTreeMap<(String, VoiceGroup), Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.se.is_some()) {
        families.entry((row.lexicon.clone(), row.voice)).or_default().push(index);
    }
    for members in families.into_values() {
        let changes: Vec<(f64, f64)> = members
            .iter()
            .filter_map(|&index| rows[index].causes.corpus.value.zip(rows[index].se))
            .collect();
        for (&index, shrunken) in members.iter().zip(shrink(&changes)) {
            rows[index].shrunken = Some(shrunken);
        }
    }
}

/// Rounds every float of a row as those of a report are.
fn round(row: &mut RateMove) {
    let causes = &mut row.causes;
    let shares = [&mut causes.corpus, &mut causes.lexicon, &mut causes.reading];
    for share in shares {
        for value in [
            &mut share.value,
            &mut share.low,
            &mut share.high,
            &mut share.estimate,
            &mut share.likely_low,
            &mut share.likely_high,
        ] {
            *value = figure(*value);
        }
    }
    for value in [
        &mut causes.interaction,
        &mut causes.within_voices,
        &mut causes.mix_of_voices,
        &mut row.rate_old,
        &mut row.rate_new,
        &mut row.change,
        &mut row.relative,
        &mut row.se,
        &mut row.low,
        &mut row.high,
        &mut row.p,
        &mut row.q,
        &mut row.shrunken,
        &mut row.leave_one_out_low,
        &mut row.leave_one_out_high,
    ] {
        *value = figure(*value);
    }
}
