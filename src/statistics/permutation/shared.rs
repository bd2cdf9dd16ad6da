//! Many tests on the same labellings: what two groups of articles have in several columns of words
//! (a voice in certain zones) is shuffled once for all of them.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::counter::{Counter, LANES, Marks, Row, Sums, sums_of};
use super::decision::Decision;
use super::labellings::{Chooser, Enumeration, TOGETHER, draw, draw_together, is_sparse};
use super::{DRAWS, MAX_ENUMERATED, Permutation, Statistic, combinations_up_to, p_of, smallest_p};
use crate::statistics::random::Generator;
use crate::statistics::sample::Document;
use crate::text::{self, Kernel, Level};

/// A test: hits over the words of one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedTest {
    /// Index of the column.
    pub column: usize,
    /// Articles that have hits, by their index, each once, with their hits.
    pub hits: Vec<(u32, u32)>,
}

/// Shuffles the articles of two outlets, of which the first `articles_a` are of side a, for many tests;
/// the statistic is G². `columns` holds the words of every article in a voice and set of zones.
///
/// For a column only the articles with words in it take part. Columns with the same articles share
/// their labellings, which depend on `seed` and on these articles alone: no test changes another. Up
/// to [`MAX_ENUMERATED`] labellings are all looked at, else [`DRAWS`] are drawn. `None` for a test that
/// has a side without words.
pub fn permutation_tests(
    articles_a: usize,
    columns: &[Vec<u32>],
    tests: &[SharedTest],
    seed: u64,
) -> Vec<Option<Permutation>> {
    let mut sets: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    for (index, words) in columns.iter().enumerate() {
        if tests.iter().any(|test| test.column == index) {
            let with_words = (0..words.len()).filter(|&article| words[article] > 0);
            sets.entry(with_words.collect()).or_default().push(index);
        }
    }
    let mut results = vec![None; tests.len()];
    for (articles, of_set) in sets {
        let in_a = articles.partition_point(|&article| article < articles_a);
        if in_a > 0 && in_a < articles.len() {
            let set = Set::new(&articles, in_a, &of_set, columns, tests);
            set.run(seed).into_iter().for_each(|(test, found)| results[test] = Some(found));
        }
    }
    results
}

/// Articles that take part in some columns, and the tests of these columns.
struct Set {
    articles: usize,
    in_a: usize,
    columns: Vec<Vec<u32>>,
    /// The same, ready to be added up.
    marks: Vec<Marks>,
    /// By column, the fewest and the most words that the drawn side can have.
    limits: Vec<(u64, u64)>,
    tests: Vec<SetTest>,
    /// Where so few articles are drawn that they are drawn one by one.
    by_article: Option<ByArticle>,
}

/// A test, its articles by their place in the set and its column by its place among those of the set.
struct SetTest {
    /// The tests that it stands for: voices that hold the same hits over the same words are one.
    of: Vec<usize>,
    column: usize,
    hits: Hits,
    /// By binary place, the articles whose hits have it.
    powers: Vec<Vec<u32>>,
}

impl SetTest {
    fn new(of: Vec<usize>, column: usize, hits: Hits) -> Self {
        let most = hits.iter().map(|(_, hits)| u32::BITS - hits.leading_zeros()).max();
        let with = |power: u32| {
            let with = hits.iter().filter(|(_, hits)| hits >> power & 1 == 1);
            with.map(|(article, _)| *article).collect()
        };
        let powers = (0..most.unwrap_or(0)).map(with).collect();
        Self { of, column, hits, powers }
    }
}

/// Hits by the place of the article.
type Hits = Vec<(u32, u32)>;

impl Set {
    fn new(
        articles: &[usize],
        in_a: usize,
        of_set: &[usize],
        columns: &[Vec<u32>],
        tests: &[SharedTest],
    ) -> Self {
        let of_column = |&column: &usize| articles.iter().map(|&a| columns[column][a]).collect();
        let placed = |&(article, hits): &(u32, u32)| {
            articles.binary_search(&(article as usize)).ok().map(|place| (place as u32, hits))
        };
        let mut words: Vec<Vec<u32>> = Vec::new();
        let mut equal: BTreeMap<(usize, Hits), Vec<usize>> = BTreeMap::new();
        for of_set in of_set {
            let own: Vec<u32> = of_column(of_set);
            let place = words.iter().position(|other| *other == own);
            let place = place.unwrap_or_else(|| {
                words.push(own);
                words.len() - 1
            });
            for (index, test) in tests.iter().enumerate().filter(|(_, t)| t.column == *of_set) {
                let hits = test.hits.iter().filter_map(placed).collect();
                equal.entry((place, hits)).or_default().push(index);
            }
        }
        let test = |((column, hits), of)| SetTest::new(of, column, hits);
        let tests = equal.into_iter().map(test).collect();
        let chosen = in_a.min(articles.len() - in_a);
        let limits = |column: &Vec<u32>| {
            ends(column.iter().copied().map(u64::from).collect(), articles.len(), chosen)
        };
        let limits = words.iter().map(limits).collect();
        let sparse = is_sparse(articles.len(), chosen);
        let articles = articles.len();
        let marks = words.iter().map(|words| Marks::of(words)).collect();
        let set = Self { articles, in_a, columns: words, marks, limits, tests, by_article: None };
        Self { by_article: sparse.then(|| ByArticle::new(&set)), ..set }
    }

    /// Every test with its index.
    fn run(&self, seed: u64) -> Vec<(usize, Permutation)> {
        let (n, k) = (self.articles as u64, self.in_a as u64);
        let all = combinations_up_to(n, k, MAX_ENUMERATED);
        let decisions: Vec<Decision> = self.tests.iter().map(|test| self.decision(test)).collect();
        let labelings = all.unwrap_or(DRAWS);
        // Waking threads takes longer than a few labellings.
        let counts = if all.is_some() {
            self.enumerate(&decisions)
        } else {
            let number = DRAWS.div_ceil(LANES as u64);
            let each = if self.articles <= MOST_TOGETHER { TOGETHER as u64 } else { 1 };
            let part =
                |part| self.draw(seed, part * each..number.min((part + 1) * each), &decisions);
            let parts = (0..number.div_ceil(each)).into_par_iter().map(part);
            parts.reduce(|| vec![0; decisions.len()], added)
        };
        let exact = all.is_some();
        let smallest = smallest_p(k, n - k);
        let smallest_p = if exact { smallest } else { smallest.max(p_of(0, DRAWS, false)) };
        let found = |count| {
            let p = p_of(count, labelings, exact);
            Permutation { p, count, labelings, exact, smallest_p }
        };
        let each = |(test, (decision, count)): (&SetTest, (&Decision, u64))| {
            let count = if decision.is_reached_by_all() { labelings } else { count };
            test.of.iter().map(|&index| (index, found(count))).collect::<Vec<_>>()
        };
        self.tests.iter().zip(decisions.iter().zip(counts)).flat_map(each).collect()
    }

    /// What a labelling must give to reach what was observed.
    fn decision(&self, test: &SetTest) -> Decision {
        let column = &self.columns[test.column];
        let of_a = |&&(article, _): &&(u32, u32)| (article as usize) < self.in_a;
        let hits = |(_, hits): &(u32, u32)| u64::from(*hits);
        let words = |words: &[u32]| words.iter().copied().map(u64::from).sum();
        let a = Document::new(
            test.hits.iter().filter(of_a).map(hits).sum(),
            words(&column[..self.in_a]),
        );
        let statistic = Statistic {
            hits: test.hits.iter().map(hits).sum(),
            words: words(column),
            four_cells: test.hits.iter().all(|&(article, hits)| hits <= column[article as usize]),
        };
        let chosen = self.chosen();
        let expected = u128::from(statistic.hits) * chosen as u128 / self.articles as u128;
        Decision::new(
            statistic,
            statistic.of(a),
            self.limits[test.column],
            ends(test.hits.iter().map(hits).collect(), self.articles, chosen),
            expected as u64,
        )
    }

    /// How many articles are on the smaller side, the one that is drawn.
    fn chosen(&self) -> usize {
        self.in_a.min(self.articles - self.in_a)
    }

    /// How many of all labellings reach what was observed, by test.
    fn enumerate(&self, decisions: &[Decision]) -> Vec<u64> {
        let mut counts = vec![0; decisions.len()];
        let mut rows = vec![Row::default(); self.articles];
        let mut enumeration = Enumeration::new(self.articles, self.chosen());
        loop {
            let labellings = enumeration.fill(&mut rows);
            if labellings == 0 {
                return counts;
            }
            counts = added(counts, self.judge(Block::Rows(&rows), labellings, decisions));
        }
    }

    /// The same of some blocks of drawn labellings. Every block has a generator of its own, so that any
    /// thread can draw it.
    fn draw(&self, seed: u64, blocks: Range<u64>, decisions: &[Decision]) -> Vec<u64> {
        let of = |block: u64| Generator::new(seed.wrapping_add(block.wrapping_mul(BLOCK_STEP)));
        let labellings = |block: u64| (DRAWS - block * LANES as u64).min(LANES as u64) as usize;
        let mut counts = vec![0; decisions.len()];
        if self.by_article.is_none() && blocks.end - blocks.start == TOGETHER as u64 {
            let mut generators = std::array::from_fn(|place| of(blocks.start + place as u64));
            let mut drawn = std::array::from_fn(|_| vec![Row::default(); self.articles]);
            draw_together(&mut drawn, self.chosen(), &mut generators);
            for (block, rows) in blocks.zip(&drawn) {
                counts = added(counts, self.judge(Block::Rows(rows), labellings(block), decisions));
            }
            return counts;
        }
        for block in blocks {
            let mut generator = of(block);
            let found = if let Some(by_article) = &self.by_article {
                let sums = self.sums_one_by_one(by_article, &mut generator);
                self.judge(Block::Sums(&sums), labellings(block), decisions)
            } else {
                let mut rows = vec![Row::default(); self.articles];
                draw(&mut rows, self.chosen(), &mut generator);
                self.judge(Block::Rows(&rows), labellings(block), decisions)
            };
            counts = added(counts, found);
        }
        counts
    }

    fn judge(&self, block: Block<'_>, labellings: usize, decisions: &[Decision]) -> Vec<u64> {
        Level::best().run(Judge { set: self, block, labellings, decisions })
    }

    /// The sums of labellings that choose few articles, in the time that these take: words by column,
    /// then hits by test.
    fn sums_one_by_one(&self, by_article: &ByArticle, generator: &mut Generator) -> Vec<Sums> {
        let mut sums = vec![[0; LANES]; self.columns.len() + self.tests.len()];
        let mut chooser = Chooser::new(self.articles);
        // Sums of one labelling lie side by side.
        let mut own = vec![0; sums.len()];
        (0..LANES).for_each(|labelling| {
            own.fill(0);
            for &member in chooser.choose(self.chosen(), generator) {
                for &(place, number) in by_article.of(member) {
                    own[place as usize] += number;
                }
            }
            sums.iter_mut().zip(&own).for_each(|(sums, own)| sums[labelling] = *own);
        });
        sums
    }
}

fn added(mut counts: Vec<u64>, more: Vec<u64>) -> Vec<u64> {
    counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
    counts
}

/// What the `chosen` smallest numbers make together, and what the largest: of `all` numbers those that
/// are not given are 0.
fn ends(mut numbers: Vec<u64>, all: usize, chosen: usize) -> (u64, u64) {
    numbers.sort_unstable();
    let zeros = all - numbers.len();
    let smallest = numbers.iter().take(chosen.saturating_sub(zeros)).sum();
    (smallest, numbers.iter().rev().take(chosen).sum())
}

/// Labellings that are looked at together.
enum Block<'a> {
    /// Which articles they choose.
    Rows(&'a [Row]),
    /// What these have: words by column, then hits by test.
    Sums(&'a [Sums]),
}

/// How many of the first labellings of a block reach what was observed, by test.
struct Judge<'a> {
    set: &'a Set,
    block: Block<'a>,
    labellings: usize,
    decisions: &'a [Decision],
}

impl Kernel for Judge<'_> {
    type Output = Vec<u64>;

    #[inline(always)]
    fn run<B: text::Block>(self) -> Vec<u64> {
        let Self { set, labellings, decisions, .. } = self;
        let columns = set.columns.len();
        let rows = match self.block {
            Block::Rows(rows) => rows,
            Block::Sums(sums) => {
                let (words, hits) = sums.split_at(columns);
                let each = set.tests.iter().zip(decisions).zip(hits);
                let count = |((test, decision), hits): ((&SetTest, &Decision), &Sums)| {
                    decision.count(&hits[..labellings], &words[test.column])
                };
                return each.map(count).collect();
            }
        };
        let mut counter = Counter::default();
        let mut words = vec![(Vec::new(), [0; LANES]); columns];
        for (place, (bits, sums)) in words.iter_mut().enumerate() {
            for (power, marked) in set.marks[place].places() {
                counter.add_all(power, rows, marked);
            }
            counter.take_bits(bits);
            let mut tests = set.tests.iter().zip(decisions);
            if tests.any(|(test, decision)| test.column == place && !decision.has_few()) {
                sums_of(bits, sums);
            }
        }
        let mut counts = Vec::with_capacity(decisions.len());
        let (mut bits, mut sums) = (Vec::new(), [0; LANES]);
        for (test, decision) in set.tests.iter().zip(decisions) {
            if decision.is_reached_by_all() {
                counts.push(0);
                continue;
            }
            for (power, articles) in test.powers.iter().enumerate() {
                counter.add_all(power, rows, articles.iter().map(|&article| article as usize));
            }
            let (words_bits, words_sums) = &words[test.column];
            counts.push(if decision.has_few() {
                counter.take_bits(&mut bits);
                decision.count_bits(&bits, words_bits, labellings)
            } else {
                counter.take(&mut sums);
                decision.count(&sums[..labellings], words_sums)
            });
        }
        counts
    }
}

/// What every article adds to which sums.
struct ByArticle {
    /// Where each article's begin; one more at the end.
    first: Vec<u32>,
    /// The place of the sum, the number.
    added: Vec<(u32, u64)>,
}

impl ByArticle {
    fn new(set: &Set) -> Self {
        let each = |take: &mut dyn FnMut(usize, u32, u64)| {
            for (place, column) in (0..).zip(&set.columns) {
                let words = column.iter().enumerate();
                words.for_each(|(article, &words)| take(article, place, u64::from(words)));
            }
            for (place, test) in (set.columns.len() as u32..).zip(&set.tests) {
                for &(article, hits) in &test.hits {
                    take(article as usize, place, u64::from(hits));
                }
            }
        };
        let mut first = vec![0; set.articles + 1];
        each(&mut |article, _, _| first[article + 1] += 1);
        for article in 0..set.articles {
            first[article + 1] += first[article];
        }
        let mut free = first.clone();
        let mut added = vec![(0, 0); first[set.articles] as usize];
        each(&mut |article, place, number| {
            added[free[article] as usize] = (place, number);
            free[article] += 1;
        });
        Self { first, added }
    }

    fn of(&self, article: usize) -> &[(u32, u64)] {
        &self.added[self.first[article] as usize..self.first[article + 1] as usize]
    }
}

/// Of more articles the blocks are drawn one by one, so that their rows need not fit into memory together.
const MOST_TOGETHER: usize = 1 << 15;

/// Between the seeds of two blocks: odd, so that no two blocks have one seed.
const BLOCK_STEP: u64 = 0xD134_2543_DE82_EF95;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::{Labelled, reaches, stratified_permutation_test};
    use super::*;
    use proptest::prelude::*;

    /// The test that computes G² for every labelling.
    fn naive(a: &[Document], b: &[Document], seed: u64) -> Option<Permutation> {
        let label = |in_a| {
            move |&document: &Document| Labelled { document, in_a, stratum: 0, cluster: None }
        };
        let all: Vec<_> = a.iter().map(label(true)).chain(b.iter().map(label(false))).collect();
        stratified_permutation_test(&all, seed)
    }

    /// Sums of the drawn side, labelling by labelling: words by column, then hits by test.
    fn sums_of(set: &Set, seed: u64) -> Vec<Vec<u64>> {
        let mut all = vec![Vec::new(); set.columns.len() + set.tests.len()];
        for block in 0..DRAWS.div_ceil(LANES as u64) {
            let mut generator = Generator::new(seed.wrapping_add(block.wrapping_mul(BLOCK_STEP)));
            let sums = if let Some(by_article) = &set.by_article {
                set.sums_one_by_one(by_article, &mut generator)
            } else {
                let mut rows = vec![Row::default(); set.articles];
                draw(&mut rows, set.chosen(), &mut generator);
                let sum = |numbers: Vec<(usize, u64)>| -> Sums {
                    std::array::from_fn(|lane| {
                        let drawn = |&&(article, _): &&(usize, u64)| {
                            let row: &Row = &rows[article];
                            row[lane / 64] >> (lane % 64) & 1 == 1
                        };
                        numbers.iter().filter(drawn).map(|(_, number)| number).sum()
                    })
                };
                let words = |words: &Vec<u32>| {
                    sum(words.iter().map(|&words| u64::from(words)).enumerate().collect())
                };
                let of = |test: &SetTest| {
                    let hits = test.hits.iter();
                    sum(hits.map(|&(article, hits)| (article as usize, hits.into())).collect())
                };
                let hits = set.tests.iter().map(of);
                set.columns.iter().map(words).chain(hits).collect()
            };
            let left = (DRAWS - block * LANES as u64).min(LANES as u64) as usize;
            all.iter_mut().zip(&sums).for_each(|(all, sums)| all.extend(&sums[..left]));
        }
        all
    }

    /// Articles with words and hits of two tests of one column.
    fn articles(most: usize) -> impl Strategy<Value = Vec<(u32, [u64; 2])>> {
        prop::collection::vec((0u32..900, [0u64..9, 0u64..3]), 1..most)
    }

    fn tests_of(articles: &[(u32, [u64; 2])]) -> (Vec<u32>, [SharedTest; 2]) {
        let test = |which: usize| SharedTest {
            column: 0,
            hits: (0..).zip(articles.iter().map(|(_, hits)| hits[which] as u32)).collect(),
        };
        (articles.iter().map(|(words, _)| *words).collect(), [test(0), test(1)])
    }

    proptest! {
        #[test]
        fn enumerated_tests_are_those_of_the_naive_test(all in articles(12), in_a in 0usize..12) {
            let in_a = in_a.min(all.len());
            let (words, tests) = tests_of(&all);
            let found = permutation_tests(in_a, &[words], &tests, 5);
            for (which, found) in found.into_iter().enumerate() {
                let documents: Vec<Document> =
                    all.iter().map(|(n, x)| Document::new(x[which], u64::from(*n))).collect();
                let (a, b) = documents.split_at(in_a);
                prop_assert_eq!(found, naive(a, b, 5));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn drawn_tests_are_the_naive_evaluation_of_their_labellings(
            all in articles(90), in_a in 0usize..90, seed in any::<u64>(),
        ) {
            let all: Vec<_> = all.into_iter().map(|(n, x)| (n + 9, x)).collect();
            let in_a = in_a.min(all.len());
            let (words, tests) = tests_of(&all);
            let found = permutation_tests(in_a, std::slice::from_ref(&words), &tests, seed);
            let in_few = in_a.min(all.len() - in_a) as u64;
            prop_assume!(combinations_up_to(all.len() as u64, in_few, MAX_ENUMERATED).is_none());
            let set = Set::new(&(0..all.len()).collect::<Vec<_>>(), in_a, &[0], &[words], &tests);
            let sums = sums_of(&set, seed);
            for which in 0..2 {
                let whole = all.iter().fold(Document::default(), |s, (n, x)| {
                    Document::new(s.hits + x[which], s.words + u64::from(*n))
                });
                let a = all[..in_a].iter().fold(Document::default(), |s, (n, x)| {
                    Document::new(s.hits + x[which], s.words + u64::from(*n))
                });
                let statistic =
                    Statistic { hits: whole.hits, words: whole.words, four_cells: true };
                let place = set.tests.iter().position(|test| test.of.contains(&which)).unwrap();
                let drawn = sums[1 + place].iter().zip(&sums[0]);
                let naive = drawn.filter(|&(&x, &n)| {
                    let flip = 2 * in_a > all.len();
                    let (x, n) = if flip { (whole.hits - x, whole.words - n) } else { (x, n) };
                    reaches(statistic.of(Document::new(x, n)), statistic.of(a))
                });
                prop_assert_eq!(found[which].unwrap().count, naive.count() as u64);
            }
        }
    }

    #[test]
    fn few_against_many_agree_with_the_naive_test() {
        let mut generator = Generator::new(4);
        let all: Vec<(u32, [u64; 2])> = (0..400)
            .map(|i| {
                let hits = generator.below(if i < 12 { 4 } else { 3 });
                (100 + generator.below(900) as u32, [hits, generator.below(2)])
            })
            .collect();
        assert!(is_sparse(400, 12));
        agree_with_the_naive_test(&all, 12);
    }

    #[test]
    fn draws_agree_with_those_of_the_naive_test() {
        let mut generator = Generator::new(8);
        let all: Vec<(u32, [u64; 2])> = (0..60)
            .map(|i| {
                let hits = generator.below(if i < 25 { 6 } else { 4 });
                (200 + generator.below(900) as u32, [hits, generator.below(2)])
            })
            .collect();
        agree_with_the_naive_test(&all, 25);
    }

    fn agree_with_the_naive_test(all: &[(u32, [u64; 2])], in_a: usize) {
        let (words, tests) = tests_of(all);
        let found = permutation_tests(in_a, &[words], &tests, 3);
        for (which, found) in found.into_iter().enumerate() {
            let documents: Vec<Document> =
                all.iter().map(|(n, x)| Document::new(x[which], u64::from(*n))).collect();
            let naive = naive(&documents[..in_a], &documents[in_a..], 3).unwrap();
            let found = found.unwrap();
            assert_eq!((found.labelings, found.exact), (DRAWS, false));
            let se = (2.0 * naive.p * (1.0 - naive.p) / DRAWS as f64).sqrt();
            assert!((found.p - naive.p).abs() <= 4.0 * se, "{found:?} {naive:?}");
        }
    }

    #[test]
    fn a_test_more_changes_no_other() {
        let all: Vec<(u32, [u64; 2])> = (0..50).map(|i| (100 + i, [u64::from(i % 4), 1])).collect();
        let (words, [one, other]) = tests_of(&all);
        let fewer: Vec<u32> = words.iter().map(|n| if n % 3 == 0 { 0 } else { *n }).collect();
        let alone =
            permutation_tests(20, std::slice::from_ref(&words), std::slice::from_ref(&one), 9);
        let third = SharedTest { column: 1, ..one.clone() };
        let together = permutation_tests(20, &[words, fewer], &[third, other, one], 9);
        assert_eq!(alone[0], together[2]);
    }
}
