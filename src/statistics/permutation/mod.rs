//! The default test: shuffle which outlet an article belongs to (Mildenberger
//! 2023). An article's hits and words move together, so burstiness and length
//! are part of the reference distribution.

mod counter;
mod decision;
mod labellings;
mod shared;

use super::log_likelihood::g2_unsigned;
use super::random::Generator;
use super::sample::{Document, with_words};
use std::collections::BTreeMap;

pub use shared::{SharedTest, permutation_tests};

/// Reference sets up to this size are enumerated, larger ones are sampled.
pub const MAX_ENUMERATED: u64 = 20_000;
/// Random labellings drawn where they are not enumerated.
pub const DRAWS: u64 = 9_999;

/// What a permutation test found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Permutation {
    /// count/labelings if enumerated, (count+1)/(labelings+1) if drawn
    /// (Phipson & Smyth 2010), so never 0.
    pub p: f64,
    /// Labellings whose statistic is at least the observed one.
    pub count: u64,
    /// Labellings looked at.
    pub labelings: u64,
    /// Whether these are all that there are.
    pub exact: bool,
    /// The smallest p that any data in these articles could have given.
    pub smallest_p: f64,
}

/// Whether a statistic reaches the observed one. Relative tolerance: else ties
/// decided by rounding would make p depend on the machine.
pub(super) fn reaches(statistic: f64, observed: f64) -> bool {
    statistic >= observed * (1.0 - 1e-9) - 1e-12
}

/// p of a sampled or enumerated reference set.
pub(super) fn p_of(count: u64, labelings: u64, exact: bool) -> f64 {
    if exact {
        count as f64 / labelings as f64
    } else {
        (count + 1) as f64 / (labelings + 1) as f64
    }
}

/// C(n, k) if it does not exceed `limit`.
pub(super) fn combinations_up_to(n: u64, k: u64, limit: u64) -> Option<u64> {
    if k > n {
        return Some(0);
    }
    let mut result: u128 = 1;
    for i in 0..k.min(n - k) {
        result = result * u128::from(n - i) / u128::from(i + 1);
        if result > u128::from(limit) {
            return None;
        }
    }
    u64::try_from(result).ok()
}

/// The smallest two-sided p that shuffling `a` against `b` articles can give:
/// 1/C(a+b, a), doubled for a = b, where every labelling has a mirror image.
/// 1 if a side is empty.
pub fn smallest_p(a: u64, b: u64) -> f64 {
    // Beyond ten thousand articles on the smaller side p is below every double.
    let smaller = a.min(b).min(10_000);
    let mut p = 1.0;
    for i in 0..smaller {
        p *= (i + 1) as f64 / (a + b - i) as f64;
    }
    if a == b && a > 0 { (2.0 * p).min(1.0) } else { p }
}

/// An article with the side it stands on and what limits its exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Labelled {
    /// Its counts.
    pub document: Document,
    /// Whether it is of side a.
    pub in_a: bool,
    /// Labels are exchanged only within a stratum (event, topic, month).
    pub stratum: u64,
    /// Near-duplicates that move as one. A cluster with articles on both sides
    /// exchanges its two parts and nothing else.
    pub cluster: Option<u64>,
}

/// Units that may exchange labels; the first `chosen` are of side a as observed.
struct Stratum {
    units: Vec<Document>,
    chosen: usize,
}

/// Shuffles the articles of two outlets; the statistic is G².
/// `None` if a side has no words.
pub fn permutation_test(a: &[Document], b: &[Document], seed: u64) -> Option<Permutation> {
    let documents: Vec<Document> = with_words(a).chain(with_words(b)).collect();
    let articles_a = with_words(a).count();
    let small = |number: fn(&Document) -> u64| -> Option<Vec<u32>> {
        documents.iter().map(|document| u32::try_from(number(document)).ok()).collect()
    };
    let (Some(words), Some(hits)) = (small(|d| d.words), small(|d| d.hits)) else {
        // Articles of billions of words are no case to be fast for.
        return test(vec![Stratum { units: documents, chosen: articles_a }], seed);
    };
    let hits = (0..).zip(hits).filter(|(_, hits)| *hits > 0).collect();
    permutation_tests(articles_a, &[words], &[SharedTest { column: 0, hits }], seed).pop()?
}

/// The same with strata and clusters. Where no label can move, p is 1.
/// `None` if a side has no words.
pub fn stratified_permutation_test(articles: &[Labelled], seed: u64) -> Option<Permutation> {
    test(strata_of(articles), seed)
}

fn strata_of(articles: &[Labelled]) -> Vec<Stratum> {
    type Sides = (Vec<Document>, Vec<Document>);
    let mut clusters: BTreeMap<(u64, u64), [Document; 2]> = BTreeMap::new();
    let mut strata: BTreeMap<u64, Sides> = BTreeMap::new();
    for article in articles.iter().filter(|a| a.document.words > 0) {
        if let Some(cluster) = article.cluster {
            let sides = clusters.entry((article.stratum, cluster)).or_default();
            let part = &mut sides[usize::from(!article.in_a)];
            part.hits += article.document.hits;
            part.words += article.document.words;
        } else {
            let sides = strata.entry(article.stratum).or_default();
            if article.in_a { &mut sides.0 } else { &mut sides.1 }.push(article.document);
        }
    }
    let mut result = Vec::new();
    for ((stratum, _), [in_a, in_b]) in clusters {
        if in_a.words > 0 && in_b.words > 0 {
            result.push(Stratum { units: vec![in_a, in_b], chosen: 1 });
        } else {
            let sides = strata.entry(stratum).or_default();
            if in_a.words > 0 { sides.0.push(in_a) } else { sides.1.push(in_b) }
        }
    }
    for (mut units, in_b) in strata.into_values() {
        let chosen = units.len();
        units.extend(in_b);
        result.push(Stratum { units, chosen });
    }
    result
}

/// G² as a function of one side, everything else being fixed; the same to the last bit whichever side
/// it is, since sums of two do not depend on their order.
#[derive(Clone, Copy, Debug)]
struct Statistic {
    hits: u64,
    words: u64,
    /// Labels can exceed mentions; then there is no cell of "other words".
    four_cells: bool,
}

impl Statistic {
    fn of(&self, a: Document) -> f64 {
        // A draw may leave a side of a stratified test without words only if it
        // had none before; it then says nothing.
        if a.words == 0 || a.words == self.words {
            return 0.0;
        }
        let (f1, n1) = (a.hits as f64, a.words as f64);
        let (f2, n2) = ((self.hits - a.hits) as f64, (self.words - a.words) as f64);
        g2_unsigned(f1, n1, f2, n2, self.four_cells)
    }
}

fn sum(units: &[Document]) -> Document {
    units.iter().fold(Document::default(), |s, d| Document::new(s.hits + d.hits, s.words + d.words))
}

fn test(mut strata: Vec<Stratum>, seed: u64) -> Option<Permutation> {
    let add = |s: Document, d: Document| Document::new(s.hits + d.hits, s.words + d.words);
    let whole = strata.iter().map(|s| sum(&s.units)).fold(Document::default(), add);
    let a = strata.iter().map(|s| sum(&s.units[..s.chosen])).fold(Document::default(), add);
    if a.words == 0 || a.words == whole.words {
        return None;
    }
    let four_cells = strata.iter().flat_map(|s| &s.units).all(|d| d.hits <= d.words);
    let statistic = Statistic { hits: whole.hits, words: whole.words, four_cells };
    let observed = statistic.of(a);
    let smallest = smallest_p_of(&strata);
    let size = strata.iter().try_fold(1u64, |product, s| {
        let one = combinations_up_to(s.units.len() as u64, s.chosen as u64, MAX_ENUMERATED)?;
        product.checked_mul(one).filter(|&p| p <= MAX_ENUMERATED)
    });
    let (count, labelings, exact) = match size {
        Some(size) => (enumerate(&strata, &statistic, observed), size, true),
        None => (draw(&mut strata, &statistic, observed, seed), DRAWS, false),
    };
    let smallest_p = if exact { smallest } else { smallest.max(p_of(0, DRAWS, false)) };
    Some(Permutation { p: p_of(count, labelings, exact), count, labelings, exact, smallest_p })
}

/// Doubled only if mirroring every stratum at once is a labelling too.
fn smallest_p_of(strata: &[Stratum]) -> f64 {
    let side_b = |s: &Stratum| (s.units.len() - s.chosen) as u64;
    let mirrored = strata.iter().all(|s| s.chosen as u64 == side_b(s));
    let one: f64 = strata
        .iter()
        .map(|s| {
            let (a, b) = (s.chosen as u64, side_b(s));
            if a == b { 0.5 * smallest_p(a, b) } else { smallest_p(a, b) }
        })
        .product();
    if mirrored { (2.0 * one).min(1.0) } else { one }
}

/// How many of all labellings reach the observed statistic.
fn enumerate(strata: &[Stratum], statistic: &Statistic, observed: f64) -> u64 {
    let mut sums = vec![Document::default()];
    for stratum in strata {
        let own = sums_of_labelings(stratum);
        sums = sums
            .iter()
            .flat_map(|s| own.iter().map(|d| Document::new(s.hits + d.hits, s.words + d.words)))
            .collect();
    }
    sums.into_iter().filter(|&a| reaches(statistic.of(a), observed)).count() as u64
}

/// The counts of side a under every labelling of a stratum. Chooses the smaller
/// side, so that the recursion is as deep as that side is large.
fn sums_of_labelings(stratum: &Stratum) -> Vec<Document> {
    let rest = stratum.units.len() - stratum.chosen;
    let mut sums = Vec::new();
    choose(&stratum.units, stratum.chosen.min(rest), Document::default(), &mut sums);
    if rest < stratum.chosen {
        let total = sum(&stratum.units);
        for s in &mut sums {
            *s = Document::new(total.hits - s.hits, total.words - s.words);
        }
    }
    sums
}

/// The sums of every way to choose `k` of the units, k ≤ their number.
fn choose(units: &[Document], k: usize, so_far: Document, sums: &mut Vec<Document>) {
    if k == 0 {
        sums.push(so_far);
        return;
    }
    for (i, d) in units.iter().enumerate().take(units.len() + 1 - k) {
        let next = Document::new(so_far.hits + d.hits, so_far.words + d.words);
        choose(&units[i + 1..], k - 1, next, sums);
    }
}

/// How many of `DRAWS` random labellings reach the observed statistic. Draws the
/// smaller side of each stratum by a partial Fisher–Yates shuffle in place.
fn draw(strata: &mut [Stratum], statistic: &Statistic, observed: f64, seed: u64) -> u64 {
    let mut generator = Generator::new(seed);
    let totals: Vec<Document> = strata.iter().map(|s| sum(&s.units)).collect();
    let mut count = 0;
    for _ in 0..DRAWS {
        let mut a = Document::default();
        for (stratum, total) in strata.iter_mut().zip(&totals) {
            let n = stratum.units.len();
            let rest = n - stratum.chosen;
            let few = stratum.chosen.min(rest);
            let mut part = Document::default();
            for i in 0..few {
                let j = i + generator.below((n - i) as u64) as usize;
                stratum.units.swap(i, j);
                part.hits += stratum.units[i].hits;
                part.words += stratum.units[i].words;
            }
            if rest < stratum.chosen {
                part = Document::new(total.hits - part.hits, total.words - part.words);
            }
            a.hits += part.hits;
            a.words += part.words;
        }
        count += u64::from(reaches(statistic.of(a), observed));
    }
    count
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn documents(counts: &[(u64, u64)]) -> Vec<Document> {
        counts.iter().map(|&(x, n)| Document::new(x, n)).collect()
    }

    fn labelled(a: &[Document], b: &[Document]) -> Vec<Labelled> {
        let label = |in_a| {
            move |&document: &Document| Labelled { document, in_a, stratum: 0, cluster: None }
        };
        a.iter().map(label(true)).chain(b.iter().map(label(false))).collect()
    }

    #[test]
    fn three_against_three_cannot_reach_five_percent() {
        let a = documents(&[(9, 100), (8, 100), (9, 100)]);
        let b = documents(&[(0, 100), (0, 100), (0, 100)]);
        let test = permutation_test(&a, &b, 1).unwrap();
        assert_eq!((test.count, test.labelings, test.exact), (2, 20, true));
        assert_eq!((test.p, test.smallest_p), (0.1, 0.1));
    }

    #[test]
    fn enumeration_and_draws_agree() {
        let a = documents(&[(4, 300), (0, 200), (7, 900), (1, 250), (3, 500), (2, 310), (5, 420)]);
        let b = documents(&[(1, 500), (2, 900), (0, 300), (0, 600), (1, 450), (2, 777), (1, 200)]);
        let exact = permutation_test(&a, &b, 1).unwrap();
        assert!(exact.exact);
        let mut units = a.clone();
        units.extend(&b);
        let mut strata = [Stratum { units, chosen: a.len() }];
        let all = sum(&strata[0].units);
        let statistic = Statistic { hits: all.hits, words: all.words, four_cells: true };
        let observed = statistic.of(sum(&a));
        let drawn = p_of(draw(&mut strata, &statistic, observed, 7), DRAWS, false);
        let se = (exact.p * (1.0 - exact.p) / DRAWS as f64).sqrt();
        assert!((drawn - exact.p).abs() <= 4.0 * se, "{drawn} {exact:?}");
    }

    #[test]
    fn draws_repeat_with_their_seed_and_are_never_zero() {
        let a = documents(&[(30, 100); 12]);
        let b = documents(&[(0, 100); 11]);
        let test = permutation_test(&a, &b, 5).unwrap();
        assert!(!test.exact);
        assert_eq!(test.p, 1e-4);
        assert_eq!(Some(test), permutation_test(&a, &b, 5));
    }

    #[test]
    fn a_cluster_on_both_sides_swaps_its_parts_only() {
        let mut articles =
            labelled(&documents(&[(5, 100), (1, 100)]), &documents(&[(0, 100), (0, 100)]));
        articles[0].cluster = Some(9);
        articles[2].cluster = Some(9);
        // Two labellings of the cluster times two of the others.
        let test = stratified_permutation_test(&articles, 1).unwrap();
        assert_eq!((test.labelings, test.count), (4, 2));
        assert_eq!(test.smallest_p, 0.5);
    }

    #[test]
    fn near_duplicates_of_one_side_move_as_one() {
        let mut articles = labelled(&documents(&[(2, 50); 4]), &documents(&[(0, 50), (1, 60)]));
        for article in &mut articles[..3] {
            article.cluster = Some(1);
        }
        assert_eq!(stratified_permutation_test(&articles, 1).unwrap().labelings, 6);
    }

    #[test]
    fn labels_stay_within_their_stratum() {
        let mut articles = labelled(&documents(&[(2, 50); 3]), &documents(&[(1, 60); 3]));
        for (i, article) in articles.iter_mut().enumerate() {
            article.stratum = (i % 3) as u64;
        }
        let test = stratified_permutation_test(&articles, 1).unwrap();
        assert_eq!((test.labelings, test.smallest_p), (8, 0.25));
    }

    #[test]
    fn sides_without_words_are_undefined_and_no_hits_mean_p_one() {
        let none = documents(&[(0, 0)]);
        let some = documents(&[(0, 10), (0, 20)]);
        assert_eq!(permutation_test(&none, &some, 1), None);
        assert_eq!(permutation_test(&some, &[], 1), None);
        assert_eq!(permutation_test(&some, &some, 1).unwrap().p, 1.0);
    }

    #[test]
    fn labels_may_exceed_mentions() {
        let a = documents(&[(3, 2), (1, 4)]);
        let b = documents(&[(0, 5), (0, 1), (1, 3)]);
        let p = permutation_test(&a, &b, 1).unwrap().p;
        assert!(p > 0.0 && p <= 1.0);
    }

    #[test]
    fn many_labellings_are_counted_without_overflow() {
        assert_eq!(combinations_up_to(6, 3, 100), Some(20));
        assert_eq!(combinations_up_to(u64::MAX, 5, MAX_ENUMERATED), None);
        assert_eq!(smallest_p(1_000_000, 999_999), 0.0);
        assert_eq!(smallest_p(0, 5), 1.0);
    }
}
