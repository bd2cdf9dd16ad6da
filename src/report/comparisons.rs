//! Outlets against each other: pairs, tests, corrections, verdicts.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cells::{CategoryCells, Cells};
use super::figure::figure;
use super::model::{ComparisonRow, DriverRow, ReasonRow, Settings};
use super::permutations::permutations;
use super::sides::{Side, Sides};
use crate::lexicon::{Category, Measure};
use crate::statistics::detectable::detectable_ratio_of;
use crate::statistics::evidence::{
    Assessment, Reason, Support, Thresholds, Tier, Verdict, assess_comparison, verdict,
};
use crate::statistics::log_likelihood::log_likelihood;
use crate::statistics::log_ratio::{Table, adjusted_log_ratio_of, leave_one_out_of};
use crate::statistics::multiplicity::{Correction, adjust};
use crate::statistics::permutation::smallest_p;
use crate::statistics::variance::Overdispersion;
use crate::statistics::word_shift::{Shift, TermHits, largest_shifts};
use crate::statistics::{Interval, Totals};
use crate::tally::{Moments, VoiceGroup};

/// Outlets up to which every pair is compared; above, each against the rest.
const PAIRS_UP_TO: usize = 5;

/// Terms that are listed with a difference.
const DRIVERS: usize = 5;

/// Two sides of a comparison; `b` is `None` for all others together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair<'a> {
    pub(super) a: &'a str,
    pub(super) b: Option<&'a str>,
}

/// The pairs that are compared: those asked for, else every pair, else each against the rest.
pub(super) fn pairs<'a>(cells: &Cells<'a>, settings: &'a Settings) -> Vec<Pair<'a>> {
    let outlets: Vec<&str> = cells.outlets.iter().map(|(outlet, _)| *outlet).collect();
    pairs_of(&outlets, settings)
}

/// The same for outlets in order.
pub(super) fn pairs_of<'a>(outlets: &[&'a str], settings: &'a Settings) -> Vec<Pair<'a>> {
    if !settings.compare.is_empty() {
        let pair = |[a, b]: &'a [String; 2]| Pair { a: a.min(b), b: Some(a.max(b)) };
        return settings.compare.iter().map(pair).collect();
    }
    if outlets.len() > PAIRS_UP_TO {
        return outlets.iter().map(|&a| Pair { a, b: None }).collect();
    }
    let after = |(index, a): (usize, &&'a str)| {
        let a = *a;
        outlets[index + 1..].iter().map(move |b| Pair { a, b: Some(*b) }).collect::<Vec<_>>()
    };
    outlets.iter().enumerate().flat_map(after).collect()
}

/// Every comparison, corrected within its family: one lexicon, one voice.
pub(super) fn comparisons(
    cells: &Cells<'_>,
    settings: &Settings,
    thresholds: &Thresholds,
) -> Vec<ComparisonRow> {
    let pairs = pairs(cells, settings);
    let rated = |category: &&CategoryCells| matches!(cells.model(category).measure, Measure::Rate);
    let rated = cells.categories.iter().filter(rated);
    let tables: Vec<Measured<'_>> =
        rated.flat_map(|category| VoiceGroup::ALL.map(|voice| (category, voice))).collect();
    // A row for every pair, table by table.
    let test_all = |&(category, voice): &Measured<'_>| {
        let sides = Sides::new(cells, category, voice, &pairs);
        pairs.iter().map(|pair| test(cells, thresholds, &sides, *pair)).collect::<Vec<_>>()
    };
    let mut all: Vec<Tested> = tables.par_iter().flat_map_iter(test_all).collect();
    for (place, pair) in pairs.iter().enumerate() {
        permute(cells, settings, *pair, &tables, all[place..].iter_mut().step_by(pairs.len()));
    }
    let mut families: BTreeMap<(usize, VoiceGroup), Vec<usize>> = BTreeMap::new();
    for (index, tested) in all.iter().enumerate() {
        if tested.counted {
            let (category, voice) = tables[index / pairs.len()];
            families.entry((category.lexicon, voice)).or_default().push(index);
        }
    }
    let correction = correction(settings);
    let mut q = vec![None; all.len()];
    let mut k = vec![0; all.len()];
    for members in families.values() {
        // A test that was not run because its interval holds 0 enters as 1.
        let p: Vec<f64> = members.iter().map(|&index| all[index].row.p.unwrap_or(1.0)).collect();
        for (&index, adjusted) in members.iter().zip(adjust(&p, correction)) {
            q[index] = all[index].row.p.is_some().then_some(adjusted);
            k[index] = members.len() as u64;
        }
    }
    let finish = |(tested, (q, k)): (Tested, (Option<f64>, u64))| tested.finish(q, k, thresholds);
    all.into_iter().zip(q.into_iter().zip(k)).map(finish).collect()
}

/// The correction that the settings name.
pub(super) fn correction(settings: &Settings) -> Correction {
    match settings.correction.as_str() {
        "holm" => Correction::Holm,
        "by" => Correction::BenjaminiYekutieli,
        _ => Correction::BenjaminiHochberg,
    }
}

/// What is compared: a category in a voice.
type Measured<'a> = (&'a CategoryCells, VoiceGroup);

/// Runs the permutation tests of a pair that are to be run; `of_pair` holds its row for every table.
fn permute<'t>(
    cells: &Cells<'_>,
    settings: &Settings,
    pair: Pair<'_>,
    tables: &[Measured<'_>],
    of_pair: impl Iterator<Item = &'t mut Tested>,
) {
    let runs = |(_, tested): &(&Measured<'_>, &mut Tested)| tested.runs;
    let (asked, rows): (Vec<Measured<'_>>, Vec<&mut Tested>) =
        tables.iter().zip(of_pair).filter(runs).map(|(table, tested)| (*table, tested)).unzip();
    for (tested, found) in rows.into_iter().zip(permutations(cells, settings, pair, &asked)) {
        let row = &mut tested.row;
        row.p = figure(found.map(|found| found.p));
        if let Some(smallest) = figure(found.map(|found| found.smallest_p)) {
            row.smallest_p = smallest;
        }
    }
}

/// A row that waits for its p and the correction of it.
struct Tested {
    row: ComparisonRow,
    counted: bool,
    /// Whether it is permuted.
    runs: bool,
    topic_sensitive: bool,
    interval: Option<Interval>,
    leave_one_out: Option<Interval>,
}

impl Tested {
    fn finish(self, q: Option<f64>, k: u64, thresholds: &Thresholds) -> ComparisonRow {
        let mut row = self.row;
        let support = Support { interval: self.interval, q, leave_one_out: self.leave_one_out };
        row.verdict = verdict(row.tier, &support, thresholds);
        // A rate that follows the topic says nothing of wording unless both cover the same events.
        if self.topic_sensitive {
            row.verdict = Verdict::NotEnoughEvidence;
            row.reasons.push(ReasonRow {
                code: "topic-sensitive".to_owned(),
                found: None,
                needed: None,
            });
        }
        row.q = figure(q);
        row.k = k;
        row
    }
}

fn test(cells: &Cells<'_>, thresholds: &Thresholds, sides: &Sides<'_>, pair: Pair<'_>) -> Tested {
    let none = Side::default();
    let a = sides.outlet(cells, pair.a).unwrap_or(&none);
    let rest = pair.b.is_none().then(|| sides.rest(cells, pair.a)).flatten();
    let b = pair.b.map_or(rest.as_ref(), |b| sides.outlet(cells, b)).unwrap_or(&none);
    let model = cells.model(sides.category);
    let sums = SideSums { a: &a.moments, b: &b.moments, terms: [&a.terms, &b.terms] };
    let id = (cells.lexicon_id(sides.category), model);
    let pooled = a.overdispersion.and(b.overdispersion);
    let (row, counted, interval) =
        row_of_sums(id, sides.voice, pair, &sums, || Some(pooled), thresholds);
    let everyone = pair.b.is_some();
    let runs = counted && (everyone || interval.is_some_and(|interval| interval.excludes_zero()));
    let leave_one_out = leave_one_out_of(&a.without_one, &b.without_one).filter(|_| counted);
    let (of_a, of_b) = (Totals::from(&a.moments), Totals::from(&b.moments));
    let detectable = || detectable_ratio_of(&of_a, &of_b, &pooled, thresholds.alpha);
    let row = ComparisonRow {
        mdr: figure(counted.then(detectable).flatten()),
        leave_one_out_low: figure(leave_one_out.map(|range| range.low)),
        leave_one_out_high: figure(leave_one_out.map(|range| range.high)),
        ..row
    };
    let topic_sensitive = model.topic_sensitive;
    Tested { row, counted, runs, topic_sensitive, interval, leave_one_out }
}

/// Two sides as sums, with the hits of each term of the category.
pub(super) struct SideSums<'a> {
    pub(super) a: &'a Moments,
    pub(super) b: &'a Moments,
    pub(super) terms: [&'a [u64]; 2],
}

/// A row with what sums tell, whether the articles are enough for a test, and the interval. `pooled`
/// gives the dispersion over both sides where the articles are known.
pub(super) fn row_of_sums(
    (lexicon, model): (&str, &Category),
    voice: VoiceGroup,
    pair: Pair<'_>,
    sides: &SideSums<'_>,
    pooled: impl FnOnce() -> Option<Overdispersion>,
    thresholds: &Thresholds,
) -> (ComparisonRow, bool, Option<Interval>) {
    let (a, b) = (Totals::from(sides.a), Totals::from(sides.b));
    let table = Table::new(a.hits, a.words, b.hits, b.words);
    let smallest = smallest_p(a.articles, b.articles);
    let assessment = assess_comparison(&a, &b, smallest, thresholds);
    let counted = assessment.tier != Tier::Descriptive;
    let adjusted = || adjusted_log_ratio_of(sides.a, sides.b, pooled, thresholds.alpha);
    let adjusted = counted.then(adjusted).flatten();
    let interval = adjusted.map(|adjusted| adjusted.interval);
    let score = log_likelihood(&table);
    let row = ComparisonRow {
        lexicon: lexicon.to_owned(),
        category: model.id.clone(),
        voice,
        a: pair.a.to_owned(),
        b: pair.b.map(str::to_owned),
        hits_a: a.hits,
        hits_b: b.hits,
        words_a: a.words,
        words_b: b.words,
        articles_a: a.articles,
        articles_b: b.articles,
        articles_with_hits_a: a.articles_with_hits,
        articles_with_hits_b: b.articles_with_hits,
        difference: figure(table.difference()),
        ratio: figure(table.ratio()),
        log2_ratio: figure(table.log2_ratio()),
        low: figure(interval.map(|interval| interval.low)),
        high: figure(interval.map(|interval| interval.high)),
        lrc: figure(adjusted.map(|adjusted| adjusted.lrc)),
        mdr: None,
        p: None,
        q: None,
        k: 0,
        smallest_p: figure(smallest).unwrap_or(0.0),
        leave_one_out_low: None,
        leave_one_out_high: None,
        g2: figure(score.as_ref().map(|score| score.g2)),
        bic: figure(score.as_ref().map(|score| score.bic)),
        tier: assessment.tier,
        reasons: reasons(&assessment),
        verdict: Verdict::NotEnoughEvidence,
        drivers: drivers(model, sides.terms, [a.words, b.words]),
    };
    (row, counted, interval)
}

/// A seed from the run's and the names of a test.
pub(super) fn seed(run: u64, parts: &[&str]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&run.to_le_bytes());
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(bytes)
}

fn reasons(assessment: &Assessment) -> Vec<ReasonRow> {
    let row = |reason: &Reason| {
        let (code, found, needed) = match *reason {
            Reason::TooFewArticles { articles, needed } => {
                ("too-few-articles", articles as f64, needed as f64)
            }
            Reason::SmallestPAboveAlpha { smallest_p, alpha } => ("smallest-p", smallest_p, alpha),
            Reason::FewArticles { articles, needed } => {
                ("few-articles", articles as f64, needed as f64)
            }
            Reason::FewHits { hits, needed } => ("few-hits", hits as f64, needed as f64),
            Reason::FewArticlesWithHits { articles, needed } => {
                ("few-articles-with-hits", articles as f64, needed as f64)
            }
        };
        ReasonRow { code: code.to_owned(), found: figure(found), needed: figure(needed) }
    };
    assessment.reasons.iter().map(row).collect()
}

fn drivers(
    model: &Category,
    [hits_a, hits_b]: [&[u64]; 2],
    [words_a, words_b]: [u64; 2],
) -> Vec<DriverRow> {
    let terms: Vec<TermHits> =
        hits_a.iter().zip(hits_b).map(|(&a, &b)| TermHits { a, b }).collect();
    let row = |(index, shift): (usize, Shift)| DriverRow {
        term: model.terms[index].text.clone(),
        hits_a: terms[index].a,
        hits_b: terms[index].b,
        difference: figure(shift.difference).unwrap_or(0.0),
        share: figure(shift.share),
        log2_ratio_without: figure(shift.log2_ratio_without).unwrap_or(0.0),
    };
    largest_shifts(&terms, words_a, words_b, DRIVERS).into_iter().map(row).collect()
}
