//! The permutation tests of the comparisons: the labels of a pair's articles are shuffled once for all
//! lexicons, categories and voices.

use std::collections::BTreeMap;

use super::cells::{CategoryCells, Cells};
use super::comparisons::{Pair, seed};
use super::model::Settings;
use crate::statistics::permutation::{Permutation, SharedTest, permutation_tests};
use crate::tally::VoiceGroup;
use crate::text::ZoneSet;

/// Tests the categories and voices that are asked for between the two sides of a pair.
///
/// The seed is of the pair alone, and so are the labellings: adding a lexicon changes no other test.
pub(super) fn permutations(
    cells: &Cells<'_>,
    settings: &Settings,
    pair: Pair<'_>,
    asked: &[(&CategoryCells, VoiceGroup)],
) -> Vec<Option<Permutation>> {
    if asked.is_empty() {
        // Of very many outlets hardly any is tested, and what follows goes through all articles.
        return Vec::new();
    }
    let all = cells.articles.len();
    let of_a = cells.range_of(pair.a);
    let others = match pair.b {
        Some(b) => cells.range_of(b).chain(0..0),
        None => (0..of_a.start).chain(of_a.end..all),
    };
    let articles_a = of_a.len();
    let articles: Vec<usize> = of_a.chain(others).collect();
    let mut place_of = vec![usize::MAX; all];
    articles.iter().enumerate().for_each(|(place, &article)| place_of[article] = place);

    let mut columns = Vec::new();
    let mut column_of: BTreeMap<(ZoneSet, VoiceGroup), usize> = BTreeMap::new();
    let test = |&(category, voice): &(&CategoryCells, VoiceGroup)| {
        let column = *column_of.entry((category.zones, voice)).or_insert_with(|| {
            let words = |&article: &usize| cells.words_of(category, article, voice);
            columns.push(articles.iter().map(words).collect::<Vec<u32>>());
            columns.len() - 1
        });
        let placed = |(article, hits)| {
            let place = place_of[article];
            // No article is long enough for more hits.
            (place != usize::MAX && hits > 0).then_some((place as u32, hits as u32))
        };
        let mut hits: Vec<_> = cells.hits_of(category, voice).filter_map(placed).collect();
        hits.sort_unstable();
        SharedTest { column, hits }
    };
    let tests: Vec<SharedTest> = asked.iter().map(test).collect();
    let names = [pair.a, pair.b.unwrap_or("\u{0}rest")];
    permutation_tests(articles_a, &columns, &tests, seed(settings.seed, &names))
}
