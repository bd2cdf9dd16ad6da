//! Statistics: permutation tests on shared labellings, one pair of outlets. `cargo bench --bench statistics`.

#![allow(missing_docs)]

use divan::{Bencher, black_box};
use parallax::statistics::Document;
use parallax::statistics::log_ratio::adjusted_log_ratio;
use parallax::statistics::permutation::{SharedTest, permutation_tests};

fn main() {
    divan::main();
}

/// Numbers that look random and are the same at every run.
fn scrambled(index: usize) -> u64 {
    (index as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40
}

/// Sixty categories, of which a tenth of the articles has hits, over six columns of words.
#[divan::bench(args = [100, 1_000, 10_000])]
fn sixty_categories_in_six_voices(bencher: Bencher, articles: usize) {
    let column = |voice: usize| {
        (0..articles).map(move |article| 100 + (scrambled(article * 7 + voice) % 900) as u32)
    };
    let columns: Vec<Vec<u32>> = (0..6).map(|voice| column(voice).collect()).collect();
    let test = |index: usize| SharedTest {
        column: index % 6,
        hits: (index % 10..articles)
            .step_by(10)
            .map(|a| (a as u32, 1 + (scrambled(a + index) % 3) as u32))
            .collect(),
    };
    let tests: Vec<SharedTest> = (0..360).map(test).collect();
    bencher.bench(|| permutation_tests(articles / 2, black_box(&columns), black_box(&tests), 1));
}

#[divan::bench(args = [10, 100, 1_000])]
fn interval_of_a_ratio(bencher: Bencher, articles: usize) {
    let side = |shift: usize| -> Vec<Document> {
        (0..articles)
            .map(|a| Document::new(scrambled(a + shift) % 4, 300 + scrambled(a) % 700))
            .collect()
    };
    let (a, b) = (side(0), side(5));
    bencher.bench(|| adjusted_log_ratio(black_box(&a), black_box(&b), 0.05));
}
