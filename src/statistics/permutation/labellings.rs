//! Labellings of articles as rows of bits: every one of them where there are few, else drawn.

use super::counter::{Counter, LANES, Row};
use crate::statistics::random::{Generator, Together};
use crate::text::{Block, Kernel, Level};

/// A side smaller than this part of the articles is drawn article by article.
const SPARSE: usize = 16;

/// Whether so few are chosen of the articles that a [`Chooser`] draws them faster than [`draw`].
pub(super) fn is_sparse(articles: usize, chosen: usize) -> bool {
    chosen * SPARSE < articles
}

/// Chooses articles one by one.
pub(super) struct Chooser {
    taken: Vec<bool>,
    members: Vec<usize>,
}

impl Chooser {
    pub(super) fn new(articles: usize) -> Self {
        Self { taken: vec![false; articles], members: Vec::new() }
    }

    /// A choice of `chosen` articles, every one equally likely (Bentley & Floyd 1987).
    pub(super) fn choose(&mut self, chosen: usize, generator: &mut Generator) -> &[usize] {
        for member in self.members.drain(..) {
            self.taken[member] = false;
        }
        for last in self.taken.len() - chosen..self.taken.len() {
            let any = generator.below(last as u64 + 1) as usize;
            let member = if self.taken[any] { last } else { any };
            self.taken[member] = true;
            self.members.push(member);
        }
        &self.members
    }
}

/// Puts an article on the drawn side in a labelling.
fn put(rows: &mut [Row], article: usize, labelling: usize) {
    rows[article][labelling / 64] |= 1 << (labelling % 64);
}

#[cfg(test)]
fn is_chosen(rows: &[Row], article: usize, labelling: usize) -> bool {
    rows[article][labelling / 64] >> (labelling % 64) & 1 == 1
}

/// Fills `rows`, one an article, with [`LANES`] labellings that each put `chosen` articles, at most
/// half of them, on the drawn side; every such choice is equally likely.
pub(super) fn draw(rows: &mut [Row], chosen: usize, generator: &mut Generator) {
    let coin = Coin::new(rows.len(), chosen);
    let mut random = vec![[0]; coin.draws()];
    for row in rows.iter_mut() {
        random.iter_mut().for_each(|random| *random = [generator.next_bits()]);
        *row = coin.toss(&random).map(|[bits]| bits);
    }
    settle(rows, chosen, generator);
}

/// How many blocks [`draw_together`] draws.
pub(super) const TOGETHER: usize = 8;

/// The same for several blocks at a time, each with a generator of its own, in less time.
pub(super) fn draw_together(
    blocks: &mut [Vec<Row>; TOGETHER],
    chosen: usize,
    generators: &mut [Generator; TOGETHER],
) {
    Level::best().run(Toss { blocks, chosen, generators });
    for (rows, generator) in blocks.iter_mut().zip(generators) {
        settle(rows, chosen, generator);
    }
}

struct Toss<'a> {
    blocks: &'a mut [Vec<Row>; TOGETHER],
    chosen: usize,
    generators: &'a mut [Generator; TOGETHER],
}

/// Articles whose random bits are drawn before they are used: they stay in the nearest cache.
const AHEAD: usize = 4;

impl Kernel for Toss<'_> {
    type Output = ();

    #[inline(always)]
    fn run<B: Block>(self) {
        let articles = self.blocks[0].len();
        let coin = Coin::new(articles, self.chosen);
        let mut together = Together::new(self.generators);
        let mut random = vec![[0; TOGETHER]; coin.draws() * AHEAD];
        let mut tossed = [[[0; TOGETHER]; LANES / 64]; AHEAD];
        for first in (0..articles).step_by(AHEAD) {
            let random = &mut random[..coin.draws() * AHEAD.min(articles - first)];
            together.fill(random);
            for (tossed, random) in tossed.iter_mut().zip(random.chunks(coin.draws().max(1))) {
                *tossed = coin.toss(random);
            }
            for (number, rows) in self.blocks.iter_mut().enumerate() {
                for (row, tossed) in rows[first..].iter_mut().zip(&tossed) {
                    *row = tossed.map(|bits| bits[number]);
                }
            }
        }
        together.put_back(self.generators);
    }
}

/// A coin that falls on the drawn side about as often as it is to be: the binary digits of that
/// probability, from the last on, turn random bits into such a coin.
struct Coin {
    probability: usize,
    first: u32,
    digits: u32,
}

impl Coin {
    fn new(articles: usize, chosen: usize) -> Self {
        // Enough digits that rounding costs fewer corrections than chance does.
        let digits = 2 + articles.ilog2() / 2;
        let probability = ((chosen << (digits + 1)) / articles).div_ceil(2);
        Self { probability, first: probability.trailing_zeros().min(digits), digits }
    }

    /// How many random words a toss takes.
    fn draws(&self) -> usize {
        (self.digits - self.first) as usize * (LANES / 64)
    }

    /// Tosses it for an article in every labelling, with random bits for one block or several.
    #[inline(always)]
    fn toss<const N: usize>(&self, random: &[[u64; N]]) -> [[u64; N]; LANES / 64] {
        let mut row = [[0; N]; LANES / 64];
        let (random, _) = random.as_chunks::<{ LANES / 64 }>();
        for (digit, random) in (self.first..self.digits).zip(random) {
            // Either where the digit is 1, both where it is 0: the other way round of flipped bits.
            let flip = u64::from(self.probability >> digit & 1 == 1).wrapping_sub(1);
            for (lane, random) in row.iter_mut().zip(random) {
                for (lane, random) in lane.iter_mut().zip(random) {
                    *lane = ((*lane ^ flip) | (random ^ flip)) ^ flip;
                }
            }
        }
        row
    }
}

/// Corrects what chance made of the sizes of the drawn side.
fn settle(rows: &mut [Row], chosen: usize, generator: &mut Generator) {
    let mut counter = Counter::default();
    let mut sizes = [0; LANES];
    counter.add_all(0, rows, 0..rows.len());
    counter.take(&mut sizes);
    // One of our own, which can stay in registers.
    let mut own = generator.clone();
    for (labelling, &size) in sizes.iter().enumerate() {
        correct(rows, size as usize, chosen, labelling, &mut own);
    }
    *generator = own;
}

/// Moves articles of a labelling, each equally likely, until the drawn side has its size. A choice
/// that is uniform given its size stays so.
#[inline(always)]
fn correct(
    rows: &mut [Row],
    size: usize,
    wanted: usize,
    labelling: usize,
    generator: &mut Generator,
) {
    let (word, place) = (labelling / 64, labelling % 64);
    let grows = u64::from(size < wanted);
    let mut left = size.abs_diff(wanted) as u64;
    // Which article is moved is chance: no branch that the processor could guess.
    while left > 0 {
        let any = generator.below(rows.len() as u64) as usize;
        let moved = (rows[any][word] >> place & 1) ^ grows;
        rows[any][word] ^= moved << place;
        left -= moved;
    }
}

/// Every choice of a number of articles, in the order of their places.
pub(super) struct Enumeration {
    places: Vec<usize>,
    articles: usize,
    ended: bool,
}

impl Enumeration {
    pub(super) fn new(articles: usize, chosen: usize) -> Self {
        Self { places: (0..chosen).collect(), articles, ended: false }
    }

    /// Fills `rows` with the next labellings; how many these are, 0 at the end.
    pub(super) fn fill(&mut self, rows: &mut [Row]) -> usize {
        rows.fill(Row::default());
        for labelling in 0..LANES {
            if self.ended {
                return labelling;
            }
            self.places.iter().for_each(|&article| put(rows, article, labelling));
            self.step();
        }
        LANES
    }

    fn step(&mut self) {
        let chosen = self.places.len();
        let room = |place: usize| self.articles - chosen + place;
        let Some(moved) = (0..chosen).rev().find(|&place| self.places[place] < room(place)) else {
            self.ended = true;
            return;
        };
        let start = self.places[moved] + 1;
        for (place, next) in (moved..chosen).zip(start..) {
            self.places[place] = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn members(rows: &[Row], labelling: usize) -> Vec<usize> {
        (0..rows.len()).filter(|&article| is_chosen(rows, article, labelling)).collect()
    }

    /// Chi-squared of the choices, of which each is to be met 256 times, lies about its mean.
    fn assert_even(seen: &BTreeMap<Vec<usize>, f64>, choices: usize) {
        assert_eq!(seen.len(), choices);
        let chi: f64 = seen.values().map(|n| (n - 256.0) * (n - 256.0) / 256.0).sum();
        // Its mean is choices − 1, its variance twice that.
        let df = choices as f64 - 1.0;
        assert!((chi - df).abs() < 4.0 * (2.0 * df).sqrt(), "{chi} at {df} degrees of freedom");
    }

    #[test]
    fn blocks_that_are_drawn_together_are_those_drawn_alone() {
        for (articles, chosen) in [(6, 3), (90, 17), (333, 160)] {
            let seed = |block| Generator::new(block as u64 * 31);
            let mut generators: [Generator; TOGETHER] = std::array::from_fn(seed);
            let mut blocks = std::array::from_fn(|_| vec![Row::default(); articles]);
            draw_together(&mut blocks, chosen, &mut generators);
            for (block, rows) in blocks.iter().enumerate() {
                let mut alone = vec![Row::default(); articles];
                draw(&mut alone, chosen, &mut seed(block));
                assert_eq!(&alone, rows);
            }
        }
    }

    #[test]
    fn every_choice_is_equally_likely() {
        for (articles, chosen, choices) in [(6, 3, 20), (5, 2, 10), (12, 1, 12)] {
            let mut generator = Generator::new(11);
            let mut rows = vec![Row::default(); articles];
            let mut seen: BTreeMap<Vec<usize>, f64> = BTreeMap::new();
            for _ in 0..choices {
                draw(&mut rows, chosen, &mut generator);
                for labelling in 0..LANES {
                    *seen.entry(members(&rows, labelling)).or_default() += 1.0;
                }
            }
            assert_even(&seen, choices);
        }
    }

    #[test]
    fn every_choice_one_by_one_is_equally_likely() {
        let (mut chooser, mut generator) = (Chooser::new(40), Generator::new(5));
        let mut seen: BTreeMap<Vec<usize>, f64> = BTreeMap::new();
        for _ in 0..780 * LANES {
            let mut members = chooser.choose(2, &mut generator).to_vec();
            members.sort_unstable();
            *seen.entry(members).or_default() += 1.0;
        }
        assert_even(&seen, 780);
    }

    #[test]
    fn sizes_are_kept_in_any_proportion() {
        let mut generator = Generator::new(3);
        for articles in [2, 17, 100, 1000] {
            let mut rows = vec![Row::default(); articles];
            for chosen in [1, articles / 20, articles / 3, articles / 2] {
                draw(&mut rows, chosen, &mut generator);
                assert!((0..LANES).all(|labelling| members(&rows, labelling).len() == chosen));
            }
        }
    }

    #[test]
    fn an_enumeration_is_complete() {
        for (articles, chosen, choices) in [(6, 3, 20), (12, 6, 924), (300, 1, 300), (4, 4, 1)] {
            let mut enumeration = Enumeration::new(articles, chosen);
            let mut rows = vec![Row::default(); articles];
            let mut seen = BTreeSet::new();
            loop {
                let labellings = enumeration.fill(&mut rows);
                seen.extend((0..labellings).map(|labelling| members(&rows, labelling)));
                if labellings == 0 {
                    break;
                }
            }
            assert_eq!(seen.len(), choices);
            assert!(seen.iter().all(|members| members.len() == chosen));
        }
    }
}
