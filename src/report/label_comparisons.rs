//! Labels per 100 mentions of a target in one outlet against another: the tests and verdicts of
//! rates, with mentions in the place of words (METHODS A.7, B.4, E.2).

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::cells::Cells;
use super::comparisons::{Pair, correction, pairs, seed};
use super::figure::figure;
use super::judged::{Entered, corrected, reasons};
use super::model::{LabelComparisonRow, LabelTermRow, Settings, TargetLabelRow};
use super::people::{Named, People, category_of};
use crate::lexicon::{EntryId, Inventory};
use crate::statistics::detectable::detectable_ratio;
use crate::statistics::evidence::{
    Support, Thresholds, Tier, Verdict, assess_comparison, assess_rate, verdict,
};
use crate::statistics::log_ratio::{Table, adjusted_log_ratio, leave_one_article_out_ratio};
use crate::statistics::permutation::{permutation_test, smallest_p};
use crate::statistics::rate::rate_interval;
use crate::statistics::{Document, PER_WORDS, Totals};

/// Labels are given per this many mentions.
pub(super) const PER_MENTIONS: f64 = 100.0;

/// Outlets up to which comparisons that can only describe are kept in the record.
const DESCRIBED_UP_TO: usize = 5;

/// A lexicon and a category of it; `None` counts every label.
type What = Option<(usize, usize)>;

/// Every target that is labelled, in every pair that names it, over all labels and by category;
/// corrected within a lexicon, those over all labels among themselves.
pub(super) fn label_comparisons(
    cells: &Cells<'_>,
    people: &People<'_>,
    settings: &Settings,
    thresholds: &Thresholds,
) -> Vec<LabelComparisonRow> {
    let pairs = pairs(cells, settings);
    let few = cells.outlets.len() <= DESCRIBED_UP_TO;
    let mut jobs = Vec::new();
    for (target, named) in people.iter() {
        let whats = whats(cells.inventory, named);
        if whats.is_empty() {
            continue;
        }
        // An outlet that does not name the target is compared with nobody.
        let by_outlet = people.by_outlet(cells, target).into_iter();
        let naming: Vec<&str> = by_outlet.map(|(place, _)| cells.outlets[place].0).collect();
        let named = |pair: &&Pair<'_>| naming.binary_search(&pair.a).is_ok();
        for what in whats {
            jobs.extend(pairs.iter().filter(named).map(|&pair| Job { target, what, pair }));
        }
    }
    let mut tested: Vec<Tested> = jobs
        .par_iter()
        .filter_map(|job| job.test(cells, people, settings, thresholds))
        .filter(|tested| few || tested.row.tier != Tier::Descriptive)
        .collect();
    let enter = |tested: &Tested| {
        let counted = tested.row.tier != Tier::Descriptive;
        Entered { family: counted.then(|| tested.row.lexicon.clone()), p: tested.row.p }
    };
    let entered = tested.iter().map(enter).collect();
    for (tested, (q, k)) in tested.iter_mut().zip(corrected(entered, correction(settings))) {
        (tested.row.q, tested.row.k) = (figure(q), k);
        let support = Support { q, ..tested.support };
        tested.row.verdict = verdict(tested.row.tier, &support, thresholds);
    }
    tested.into_iter().map(|tested| tested.row).collect()
}

/// What is counted of a target: every label, then each category that is put on it.
fn whats(inventory: &Inventory, named: &[Named]) -> Vec<What> {
    let labels = named.iter().flat_map(Named::labels);
    let categories: BTreeSet<(usize, usize)> =
        labels.map(|(entry, _)| category_of(inventory, entry)).collect();
    if categories.is_empty() {
        return Vec::new();
    }
    std::iter::once(None).chain(categories.into_iter().map(Some)).collect()
}

struct Job<'a> {
    target: &'a str,
    what: What,
    pair: Pair<'a>,
}

/// A row that waits for its correction.
struct Tested {
    row: LabelComparisonRow,
    support: Support,
}

/// What one side of a pair wrote of a target.
struct Side<'p> {
    named: Vec<&'p Named>,
    documents: Vec<Document>,
    totals: Totals,
}

impl Job<'_> {
    fn counts(&self, inventory: &Inventory, entry: EntryId) -> bool {
        self.what.is_none_or(|what| category_of(inventory, entry) == what)
    }

    fn side<'p>(&self, cells: &Cells<'_>, named: Vec<&'p Named>) -> Side<'p> {
        let counts = |entry| self.counts(cells.inventory, entry);
        let documents: Vec<Document> = named.iter().map(|named| named.document(&counts)).collect();
        Side { named, totals: Totals::of(&documents), documents }
    }

    /// `None` where a side does not name the target, or none labels it.
    fn test(
        &self,
        cells: &Cells<'_>,
        people: &People<'_>,
        settings: &Settings,
        thresholds: &Thresholds,
    ) -> Option<Tested> {
        let pair = self.pair;
        let within = |outlet| people.within(self.target, &cells.range_of(outlet)).iter().collect();
        let of_a: Vec<&Named> = within(pair.a);
        if of_a.is_empty() {
            return None;
        }
        let rest = || people.outside(self.target, &cells.range_of(pair.a)).collect();
        let a = self.side(cells, of_a);
        let b = self.side(cells, pair.b.map_or_else(rest, within));
        let nothing = a.totals.hits + b.totals.hits == 0;
        if nothing || a.totals.words == 0 || b.totals.words == 0 {
            return None;
        }
        let table = Table::of(&a.documents, &b.documents);
        let smallest = smallest_p(a.totals.articles, b.totals.articles);
        let assessment = assess_comparison(&a.totals, &b.totals, smallest, thresholds);
        let counted = assessment.tier != Tier::Descriptive;
        let adjusted =
            adjusted_log_ratio(&a.documents, &b.documents, thresholds.alpha).filter(|_| counted);
        let interval = adjusted.map(|adjusted| adjusted.interval);
        let excludes = interval.is_some_and(|interval| interval.excludes_zero());
        let runs = counted && (pair.b.is_some() || excludes);
        let seed = self.seed(cells.inventory, settings);
        let permuted = runs.then(|| permutation_test(&a.documents, &b.documents, seed)).flatten();
        let leave_one_out =
            leave_one_article_out_ratio(&a.documents, &b.documents).filter(|_| counted);
        let mdr = detectable_ratio(&a.documents, &b.documents, thresholds.alpha);
        let labelled =
            |side: &Side<'_>| side.named.iter().map(|named| named.labelled()).sum::<u64>();
        let every = self.what.is_none();
        let scale = PER_MENTIONS / PER_WORDS;
        let (lexicon, category) = names_of(cells.inventory, self.what).unzip();
        let row = LabelComparisonRow {
            target: self.target.to_owned(),
            title: people.title(self.target),
            lexicon: lexicon.map(str::to_owned),
            category: category.map(str::to_owned),
            a: pair.a.to_owned(),
            b: pair.b.map(str::to_owned),
            labels_a: a.totals.hits,
            labels_b: b.totals.hits,
            mentions_a: a.totals.words,
            mentions_b: b.totals.words,
            labelled_a: every.then(|| labelled(&a)),
            labelled_b: every.then(|| labelled(&b)),
            articles_a: a.totals.articles,
            articles_b: b.totals.articles,
            articles_with_labels_a: a.totals.articles_with_hits,
            articles_with_labels_b: b.totals.articles_with_hits,
            per_100_a: figure(a.totals.rate().map(|rate| rate * scale)),
            per_100_b: figure(b.totals.rate().map(|rate| rate * scale)),
            difference: figure(table.difference().map(|difference| difference * scale)),
            ratio: figure(table.ratio()),
            log2_ratio: figure(table.log2_ratio()),
            low: figure(interval.map(|interval| interval.low)),
            high: figure(interval.map(|interval| interval.high)),
            lrc: figure(adjusted.map(|adjusted| adjusted.lrc)),
            mdr: figure(mdr.filter(|_| counted)),
            p: figure(permuted.map(|permuted| permuted.p)),
            q: None,
            k: 0,
            smallest_p: figure(permuted.map_or(smallest, |permuted| permuted.smallest_p))
                .unwrap_or(0.0),
            leave_one_out_low: figure(leave_one_out.map(|range| range.low)),
            leave_one_out_high: figure(leave_one_out.map(|range| range.high)),
            tier: assessment.tier,
            reasons: reasons(&assessment),
            verdict: Verdict::NotEnoughEvidence,
            terms: self.terms(cells.inventory, &a, &b),
        };
        Some(Tested { row, support: Support { interval, q: None, leave_one_out } })
    }

    fn seed(&self, inventory: &Inventory, settings: &Settings) -> u64 {
        let (lexicon, category) = names_of(inventory, self.what).unwrap_or(("\u{0}", "\u{0}"));
        let b = self.pair.b.unwrap_or("\u{0}rest");
        seed(settings.seed, &[lexicon, category, self.target, self.pair.a, b, "\u{0}label"])
    }

    fn terms(&self, inventory: &Inventory, a: &Side<'_>, b: &Side<'_>) -> Vec<LabelTermRow> {
        let mut sums: BTreeMap<EntryId, [u64; 2]> = BTreeMap::new();
        for (place, side) in [a, b].into_iter().enumerate() {
            for (entry, labels) in side.named.iter().flat_map(|named| named.labels()) {
                if self.counts(inventory, entry) {
                    sums.entry(entry).or_default()[place] += labels;
                }
            }
        }
        let mut sums: Vec<(EntryId, [u64; 2])> = sums.into_iter().collect();
        sums.sort_by_key(|(entry, [a, b])| (std::cmp::Reverse(a + b), *entry));
        let row = |(entry, [labels_a, labels_b]): (EntryId, [u64; 2])| LabelTermRow {
            lexicon: inventory.lexicon_of(entry).id.clone(),
            category: inventory.category(entry).map(|c| c.id.clone()).unwrap_or_default(),
            term: inventory.term(entry).text.clone(),
            labels_a,
            labels_b,
        };
        sums.into_iter().map(row).collect()
    }
}

fn names_of(inventory: &Inventory, what: What) -> Option<(&str, &str)> {
    let (lexicon, category) = what?;
    let lexicon = inventory.lexicons().get(lexicon)?;
    Some((lexicon.id.as_str(), lexicon.categories.get(category)?.id.as_str()))
}

/// The matrix of outlets, targets and categories: every category that any outlet puts on a target,
/// in every outlet that names it.
pub(super) fn target_labels(
    cells: &Cells<'_>,
    people: &People<'_>,
    thresholds: &Thresholds,
) -> Vec<TargetLabelRow> {
    let mut rows = Vec::new();
    for (target, named) in people.iter() {
        for what in whats(cells.inventory, named).into_iter().filter(Option::is_some) {
            for (place, named) in people.by_outlet(cells, target) {
                let (outlet, _) = cells.outlets[place];
                rows.extend(cell(cells, people, (target, what), (outlet, named), thresholds));
            }
        }
    }
    rows
}

fn cell(
    cells: &Cells<'_>,
    people: &People<'_>,
    (target, what): (&str, What),
    (outlet, named): (&str, &[Named]),
    thresholds: &Thresholds,
) -> Option<TargetLabelRow> {
    let (lexicon, category) = names_of(cells.inventory, what)?;
    let counts = |entry| what.is_some_and(|what| category_of(cells.inventory, entry) == what);
    let documents: Vec<Document> = named.iter().map(|named| named.document(&counts)).collect();
    let totals = Totals::of(&documents);
    if totals.words == 0 {
        return None;
    }
    let scale = PER_MENTIONS / PER_WORDS;
    let interval = rate_interval(&documents, thresholds.alpha)
        .filter(|_| totals.articles >= thresholds.least_articles)
        .map(|limits| limits.interval);
    Some(TargetLabelRow {
        outlet: outlet.to_owned(),
        target: target.to_owned(),
        title: people.title(target),
        lexicon: lexicon.to_owned(),
        category: category.to_owned(),
        labels: totals.hits,
        mentions: totals.words,
        articles: totals.articles,
        articles_with_labels: totals.articles_with_hits,
        per_100_mentions: figure(totals.rate().map(|rate| rate * scale)),
        low: figure(interval.map(|interval| interval.low * scale)),
        high: figure(interval.map(|interval| interval.high * scale)),
        tier: assess_rate(&totals, thresholds).tier,
    })
}
