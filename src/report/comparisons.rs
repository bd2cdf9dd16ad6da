//! Outlets against each other: pairs, tests, corrections, verdicts.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cells::{CategoryCells, Cells};
use super::figure::figure;
use super::model::{ComparisonRow, DriverRow, ReasonRow, Settings};
use super::permutations::permutations;
use crate::lexicon::{Category, Measure};
use crate::statistics::detectable::detectable_ratio;
use crate::statistics::evidence::{
    Assessment, Reason, Support, Thresholds, Tier, Verdict, assess_comparison, verdict,
};
use crate::statistics::log_likelihood::log_likelihood;
use crate::statistics::log_ratio::{Table, adjusted_log_ratio_of, leave_one_article_out_ratio};
use crate::statistics::multiplicity::{Correction, adjust};
use crate::statistics::permutation::smallest_p;
use crate::statistics::variance::{Overdispersion, pooled_overdispersion};
use crate::statistics::word_shift::{TermHits, word_shift};
use crate::statistics::{Document, Interval, Totals, moments};
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
    let mut jobs = Vec::new();
    for category in &cells.categories {
        if matches!(cells.model(category).measure, Measure::Rate) {
            for voice in VoiceGroup::ALL {
                jobs.extend(pairs.iter().map(|pair| Job { category, voice, pair: *pair }));
            }
        }
    }
    let mut all: Vec<Tested> = jobs.par_iter().map(|job| test(cells, thresholds, job)).collect();
    for pair in &pairs {
        permute(cells, settings, *pair, &jobs, &mut all);
    }
    let mut families: BTreeMap<(usize, VoiceGroup), Vec<usize>> = BTreeMap::new();
    for (index, (job, tested)) in jobs.iter().zip(&all).enumerate() {
        if tested.counted {
            families.entry((job.category.lexicon, job.voice)).or_default().push(index);
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

struct Job<'a> {
    category: &'a CategoryCells,
    voice: VoiceGroup,
    pair: Pair<'a>,
}

/// Runs the permutation tests of a pair that are to be run.
fn permute(
    cells: &Cells<'_>,
    settings: &Settings,
    pair: Pair<'_>,
    jobs: &[Job<'_>],
    all: &mut [Tested],
) {
    let runs = |index: &usize| jobs[*index].pair == pair && all[*index].runs;
    let of_pair: Vec<usize> = (0..jobs.len()).filter(runs).collect();
    let asked: Vec<_> =
        of_pair.iter().map(|&index| (jobs[index].category, jobs[index].voice)).collect();
    for (index, found) in of_pair.into_iter().zip(permutations(cells, settings, pair, &asked)) {
        let row = &mut all[index].row;
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

fn side(cells: &Cells<'_>, job: &Job<'_>, outlet: &str) -> Vec<Document> {
    let found = cells.outlets.iter().find(|(id, _)| *id == outlet);
    found.map(|(_, range)| cells.documents(job.category, range, job.voice)).unwrap_or_default()
}

fn rest(cells: &Cells<'_>, job: &Job<'_>) -> Vec<Document> {
    let others = cells.outlets.iter().filter(|(id, _)| *id != job.pair.a);
    others.flat_map(|(_, range)| cells.documents(job.category, range, job.voice)).collect()
}

fn test(cells: &Cells<'_>, thresholds: &Thresholds, job: &Job<'_>) -> Tested {
    let a = side(cells, job, job.pair.a);
    let b = job.pair.b.map_or_else(|| rest(cells, job), |b| side(cells, job, b));
    let model = cells.model(job.category);
    let (sums_a, sums_b) = (moments(&a), moments(&b));
    let sides = Sides { a: &sums_a, b: &sums_b, terms: term_hits(cells, job) };
    let id = (cells.lexicon_id(job.category), model);
    let pooled = || Some(pooled_overdispersion(&[&a, &b]));
    let (row, counted, interval) = row_of_sums(id, job.voice, job.pair, &sides, pooled, thresholds);
    let everyone = job.pair.b.is_some();
    let runs = counted && (everyone || interval.is_some_and(|interval| interval.excludes_zero()));
    let leave_one_out = leave_one_article_out_ratio(&a, &b).filter(|_| counted);
    let row = ComparisonRow {
        mdr: figure(detectable_ratio(&a, &b, thresholds.alpha).filter(|_| counted)),
        leave_one_out_low: figure(leave_one_out.map(|range| range.low)),
        leave_one_out_high: figure(leave_one_out.map(|range| range.high)),
        ..row
    };
    let topic_sensitive = model.topic_sensitive;
    Tested { row, counted, runs, topic_sensitive, interval, leave_one_out }
}

/// Two sides as sums, with the hits of each term of the category.
pub(super) struct Sides<'a> {
    pub(super) a: &'a Moments,
    pub(super) b: &'a Moments,
    pub(super) terms: [Vec<u64>; 2],
}

/// A row with what sums tell, whether the articles are enough for a test, and the interval. `pooled`
/// gives the dispersion over both sides where the articles are known.
pub(super) fn row_of_sums(
    (lexicon, model): (&str, &Category),
    voice: VoiceGroup,
    pair: Pair<'_>,
    sides: &Sides<'_>,
    pooled: impl FnOnce() -> Option<Overdispersion>,
    thresholds: &Thresholds,
) -> (ComparisonRow, bool, Option<Interval>) {
    let (a, b) = (Totals::from(sides.a), Totals::from(sides.b));
    let table = Table::new(a.hits, a.words, b.hits, b.words);
    let smallest = smallest_p(a.articles, b.articles);
    let assessment = assess_comparison(&a, &b, smallest, thresholds);
    let counted = assessment.tier != Tier::Descriptive;
    let adjusted = adjusted_log_ratio_of(sides.a, sides.b, pooled, thresholds.alpha);
    let adjusted = adjusted.filter(|_| counted);
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
        drivers: drivers(model, &sides.terms, [a.words, b.words]),
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

/// Hits of each term of the category on both sides.
fn term_hits(cells: &Cells<'_>, job: &Job<'_>) -> [Vec<u64>; 2] {
    let of = |outlet: &str| {
        let place = cells.outlets.iter().position(|(id, _)| *id == outlet);
        let hits = place.map(|place| cells.hits_by_term(job.category, Some(place), job.voice));
        hits.unwrap_or_else(|| vec![0; cells.model(job.category).terms.len()])
    };
    let hits_a = of(job.pair.a);
    let hits_b = job.pair.b.map_or_else(
        || {
            let all = cells.hits_by_term(job.category, None, job.voice);
            all.iter().zip(&hits_a).map(|(all, a)| all - a).collect()
        },
        of,
    );
    [hits_a, hits_b]
}

fn drivers(
    model: &Category,
    [hits_a, hits_b]: &[Vec<u64>; 2],
    [words_a, words_b]: [u64; 2],
) -> Vec<DriverRow> {
    let terms: Vec<TermHits> =
        hits_a.iter().zip(hits_b).map(|(&a, &b)| TermHits { a, b }).collect();
    let Some(shifts) = word_shift(&terms, words_a, words_b) else { return Vec::new() };
    let mut order: Vec<usize> =
        (0..terms.len()).filter(|&index| terms[index].a + terms[index].b > 0).collect();
    let size = |index: usize| shifts[index].difference.abs();
    order.sort_by(|&x, &y| size(y).total_cmp(&size(x)).then(x.cmp(&y)));
    let row = |index: usize| DriverRow {
        term: model.terms[index].text.clone(),
        hits_a: terms[index].a,
        hits_b: terms[index].b,
        difference: figure(shifts[index].difference).unwrap_or(0.0),
        share: figure(shifts[index].share),
        log2_ratio_without: figure(shifts[index].log2_ratio_without).unwrap_or(0.0),
    };
    order.into_iter().take(DRIVERS).map(row).collect()
}
