//! Shares of a variant in one outlet against another: shuffles of articles, and an interval of the
//! difference that counts articles as clusters.

use std::ops::Range;

use rayon::prelude::*;

use super::cells::{Cells, Chosen};
use super::choices::interval_of;
use super::comparisons::{Pair, correction, pairs, seed};
use super::figure::figure;
use super::judged::{Entered, corrected, reasons};
use super::model::{ChoiceComparisonRow, Settings};
use crate::lexicon::{Choice, GroupKind};
use crate::statistics::evidence::{Support, Thresholds, Tier, Verdict, assess_comparison, verdict};
use crate::statistics::permutation::{permutation_test, smallest_p};
use crate::statistics::proportion::{difference_of_shares, leave_one_article_out_difference};
use crate::statistics::{Document, Interval, Totals};

/// Shares that differ by at most so much are similar.
const SIMILAR: f64 = 0.1;

/// Uses of every variant in every article of a side that made the choice.
type Uses<'a> = Vec<&'a [u64]>;

/// Every variant that either side of a pair used, corrected within its lexicon.
pub(super) fn choice_comparisons(
    cells: &Cells<'_>,
    settings: &Settings,
    thresholds: &Thresholds,
) -> Vec<ChoiceComparisonRow> {
    let pairs = pairs(cells, settings);
    let all: Vec<Made<'_>> =
        (0..cells.inventory.groups().len()).filter_map(|group| Made::of(cells, group)).collect();
    let jobs: Vec<Job<'_>> =
        all.iter().flat_map(|made| pairs.iter().map(move |&pair| Job { made, pair })).collect();
    let mut tested: Vec<Tested> =
        jobs.par_iter().flat_map_iter(|job| job.tests(cells, settings, thresholds)).collect();
    let enter = |tested: &Tested| Entered {
        family: tested.counted.then(|| tested.row.lexicon.clone()),
        p: tested.row.p,
    };
    let entered = tested.iter().map(enter).collect();
    let mut last = (None, 0);
    let all = corrected(entered, correction(settings));
    for (tested, (q, k)) in tested.iter_mut().zip(all) {
        // The second variant of two is the first one's test.
        last = if tested.mirrors { last } else { (q, k) };
        (tested.row.q, tested.row.k) = (figure(last.0), last.1);
        let support = Support { q: last.0, ..tested.support };
        let margin = Thresholds { similar_margin: SIMILAR, ..*thresholds };
        tested.row.verdict = verdict(tested.row.tier, &support, &margin);
    }
    tested.into_iter().map(|tested| tested.row).collect()
}

/// A choice with the articles that made it.
struct Made<'a> {
    lexicon: &'a str,
    choice: &'a Choice,
    articles: &'a [Chosen],
}

impl<'a> Made<'a> {
    fn of(cells: &'a Cells<'_>, group: usize) -> Option<Self> {
        let entry = &cells.inventory.groups()[group];
        let GroupKind::Choice(choice) = entry.kind else { return None };
        let lexicon = &cells.inventory.lexicons()[entry.lexicon];
        let choice = &lexicon.choices[choice];
        let articles = cells.choices_in(group, &(0..cells.articles.len()));
        Some(Self { lexicon: &lexicon.id, choice, articles })
    }

    /// The uses in a range of articles.
    fn within(&self, range: &Range<usize>) -> &'a [Chosen] {
        let first = self.articles.partition_point(|(article, _)| *article < range.start);
        let end = self.articles.partition_point(|(article, _)| *article < range.end);
        &self.articles[first..end]
    }

    /// The uses in all other articles.
    fn outside(&self, range: &Range<usize>) -> impl Iterator<Item = &'a Chosen> {
        let first = self.articles.partition_point(|(article, _)| *article < range.start);
        let end = self.articles.partition_point(|(article, _)| *article < range.end);
        self.articles[..first].iter().chain(&self.articles[end..])
    }
}

struct Job<'a> {
    made: &'a Made<'a>,
    pair: Pair<'a>,
}

/// A row that waits for its correction.
struct Tested {
    row: ChoiceComparisonRow,
    counted: bool,
    mirrors: bool,
    support: Support,
}

impl Job<'_> {
    fn tests(
        &self,
        cells: &Cells<'_>,
        settings: &Settings,
        thresholds: &Thresholds,
    ) -> Vec<Tested> {
        let a = self.made.within(&cells.range_of(self.pair.a));
        if a.is_empty() {
            return Vec::new();
        }
        let a: Uses<'_> = a.iter().map(|(_, uses)| uses.as_slice()).collect();
        let within = |b| self.made.within(&cells.range_of(b)).iter().collect();
        let rest = || self.made.outside(&cells.range_of(self.pair.a)).collect();
        let b: Vec<&Chosen> = self.pair.b.map_or_else(rest, within);
        let b: Uses<'_> = b.into_iter().map(|(_, uses)| uses.as_slice()).collect();
        if b.is_empty() {
            return Vec::new();
        }
        let used =
            |&(index, _): &(usize, &String)| a.iter().chain(&b).any(|article| article[index] > 0);
        let variants: Vec<(usize, &String)> =
            self.made.choice.variants.keys().enumerate().filter(used).collect();
        let mut tested: Vec<Tested> = Vec::new();
        for &(index, variant) in &variants {
            let mirrors = variants.len() == 2 && !tested.is_empty();
            let p = tested.first().filter(|_| mirrors).map(|first| first.row.p);
            let seed = seed(settings.seed, &self.names(variant));
            let mut one = self.test((&a, &b), (index, variant), (p, seed), thresholds);
            (one.mirrors, one.counted) = (mirrors, one.counted && !mirrors && variants.len() > 1);
            tested.push(one);
        }
        tested
    }

    fn names<'n>(&'n self, variant: &'n str) -> [&'n str; 6] {
        let b = self.pair.b.unwrap_or("\u{0}rest");
        [self.made.lexicon, &self.made.choice.id, variant, self.pair.a, b, "\u{0}choice"]
    }

    /// One variant; `known` is its p where another variant's test is the same, and its seed.
    fn test(
        &self,
        (a, b): (&Uses<'_>, &Uses<'_>),
        (index, variant): (usize, &str),
        (known, seed): (Option<Option<f64>>, u64),
        thresholds: &Thresholds,
    ) -> Tested {
        let documents = |uses: &Uses<'_>| -> Vec<Document> {
            uses.iter().map(|uses| Document::new(uses[index], uses.iter().sum())).collect()
        };
        let (a, b) = (documents(a), documents(b));
        let (of_a, of_b) = (Totals::of(&a), Totals::of(&b));
        // What a choice can carry depends on how often it was made, not on which way.
        let made = |totals: &Totals| Totals {
            hits: totals.words,
            articles_with_hits: totals.articles,
            ..*totals
        };
        let smallest = smallest_p(of_a.articles, of_b.articles);
        let assessment = assess_comparison(&made(&of_a), &made(&of_b), smallest, thresholds);
        let counted = assessment.tier != Tier::Descriptive;
        let difference = Option::zip(share(&a, thresholds), share(&b, thresholds))
            .and_then(|(a, b)| difference_of_shares(a, b));
        let interval: Option<Interval> =
            difference.map(|difference| difference.interval).filter(|_| counted);
        let everyone = self.pair.b.is_some();
        let runs =
            counted && (everyone || interval.is_some_and(|interval| interval.excludes_zero()));
        let permuted = (runs && known.is_none()).then(|| permutation_test(&a, &b, seed)).flatten();
        let leave_one_out = leave_one_article_out_difference(&a, &b).filter(|_| counted);
        let row = ChoiceComparisonRow {
            lexicon: self.made.lexicon.to_owned(),
            choice: self.made.choice.id.clone(),
            title: self.made.choice.title.clone(),
            variant: variant.to_owned(),
            a: self.pair.a.to_owned(),
            b: self.pair.b.map(str::to_owned),
            uses_a: of_a.hits,
            uses_b: of_b.hits,
            choices_a: of_a.words,
            choices_b: of_b.words,
            articles_a: of_a.articles,
            articles_b: of_b.articles,
            articles_with_uses_a: of_a.articles_with_hits,
            articles_with_uses_b: of_b.articles_with_hits,
            share_a: figure(difference.map(|found| found.share_a)),
            share_b: figure(difference.map(|found| found.share_b)),
            difference: figure(difference.map(|found| found.difference)),
            low: figure(interval.map(|interval| interval.low)),
            high: figure(interval.map(|interval| interval.high)),
            p: known.unwrap_or_else(|| figure(permuted.map(|permuted| permuted.p))),
            q: None,
            k: 0,
            smallest_p: figure(permuted.map_or(smallest, |permuted| permuted.smallest_p))
                .unwrap_or(0.0),
            leave_one_out_low: figure(leave_one_out.map(|range| range.low)),
            leave_one_out_high: figure(leave_one_out.map(|range| range.high)),
            tier: assessment.tier,
            reasons: reasons(&assessment),
            verdict: Verdict::NotEnoughEvidence,
        };
        let support = Support { interval, q: None, leave_one_out };
        Tested { row, counted, mirrors: false, support }
    }
}

/// A side's share of the variant with its interval.
fn share(documents: &[Document], thresholds: &Thresholds) -> Option<(f64, Interval)> {
    interval_of(documents, thresholds.alpha)
}
