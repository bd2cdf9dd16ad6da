//! Each group of articles against all others: what the others are together, without going through
//! their articles again for every group.

use std::collections::BTreeMap;

use super::log_ratio::{Without, extremes_among};
use super::sample::{Document, Totals, moments, with_words};
use super::variance::Overdispersion;
use crate::tally::Moments;

/// Groups of articles, arranged so that all but one of them can be summed.
///
/// Building it takes one pass over the articles; what is asked of it then takes a time that does not
/// depend on their number.
#[derive(Clone, Debug)]
pub struct Groups {
    /// For each group the sums of all others.
    others: Vec<Sums>,
    /// By hits: the shortest and the longest articles that have so many.
    lengths: BTreeMap<u64, [Longest; 2]>,
}

/// What is added up over articles.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    moments: Moments,
    /// Σx²/N.
    squares_per_word: f64,
}

impl Sums {
    fn of(documents: &[Document]) -> Self {
        let part = |d: Document| d.hits as f64 * d.hits as f64 / d.words as f64;
        let with_hits = with_words(documents).filter(|d| d.hits > 0);
        Self { moments: moments(documents), squares_per_word: with_hits.map(part).sum() }
    }

    fn and(mut self, other: Self) -> Self {
        self.moments.merge(&other.moments);
        self.squares_per_word += other.squares_per_word;
        self
    }
}

/// The highest of numbers that groups gave, and the highest that another group gave.
#[derive(Clone, Copy, Debug, Default)]
struct Longest {
    first: Option<(u64, usize)>,
    second: Option<(u64, usize)>,
}

impl Longest {
    fn offer(&mut self, number: u64, group: usize) {
        let offered = Some((number, group));
        let is_more = |known: Option<(u64, usize)>| known.is_none_or(|(known, _)| number > known);
        if is_more(self.first) {
            if self.first.is_some_and(|(_, owner)| owner != group) {
                self.second = self.first;
            }
            self.first = offered;
        } else if self.first.is_some_and(|(_, owner)| owner != group) && is_more(self.second) {
            self.second = offered;
        }
    }

    /// The highest that any other group gave.
    fn without(&self, group: usize) -> Option<u64> {
        let others = [self.first, self.second].into_iter().flatten();
        others.filter(|(_, owner)| *owner != group).map(|(number, _)| number).next()
    }
}

/// All groups but one, together.
#[derive(Clone, Copy, Debug)]
pub struct Rest {
    /// The sums of their articles.
    pub moments: Moments,
    /// Their Pearson dispersion around their common rate.
    pub overdispersion: Overdispersion,
    /// The articles that carry their rate farthest.
    pub without_one: Without,
}

/// For each item all others taken together, in the time that adding all of them up takes: those
/// before it with those behind it.
pub fn all_but_each<T: Copy + Default>(items: &[T], and: impl Fn(T, T) -> T) -> Vec<T> {
    let mut others = Vec::with_capacity(items.len());
    let mut before = T::default();
    for &item in items {
        others.push(before);
        before = and(before, item);
    }
    let mut behind = T::default();
    for (other, &item) in others.iter_mut().zip(items).rev() {
        *other = and(*other, behind);
        behind = and(item, behind);
    }
    others
}

impl Groups {
    /// Arranges groups of articles.
    pub fn new<S: AsRef<[Document]>>(groups: &[S]) -> Self {
        let sums: Vec<Sums> = groups.iter().map(|group| Sums::of(group.as_ref())).collect();
        let others = all_but_each(&sums, Sums::and);
        let mut lengths: BTreeMap<u64, [Longest; 2]> = BTreeMap::new();
        for (group, documents) in groups.iter().enumerate() {
            for document in with_words(documents.as_ref()) {
                let [shortest, longest] = lengths.entry(document.hits).or_default();
                shortest.offer(u64::MAX - document.words, group);
                longest.offer(document.words, group);
            }
        }
        Self { others, lengths }
    }

    /// All groups but the one at that place.
    pub fn without(&self, group: usize) -> Rest {
        let Sums { moments, squares_per_word } =
            self.others.get(group).copied().unwrap_or_default();
        let totals = Totals::from(&moments);
        // Σ(x − rN)²/(rN) = Σx²/N/r − X, since the words of an article without hits add rN each.
        let statistic = match totals.per_word() {
            Some(rate) if totals.hits > 0 => {
                (squares_per_word / rate - totals.hits as f64).max(0.0)
            }
            _ => 0.0,
        };
        let overdispersion = Overdispersion { statistic, df: totals.articles.saturating_sub(1) };
        // Of articles with equal hits the shortest or the longest carries a rate farthest.
        let extreme = self.lengths.iter().flat_map(|(&hits, [shortest, longest])| {
            let shortest = shortest.without(group).map(|number| u64::MAX - number);
            let lengths = [shortest, longest.without(group)].into_iter().flatten();
            lengths.map(move |words| Document::new(hits, words))
        });
        Rest { moments, overdispersion, without_one: extremes_among(totals, extreme) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::log_ratio::without_one;
    use super::super::variance::overdispersion;
    use super::*;
    use proptest::prelude::*;

    fn groups() -> impl Strategy<Value = Vec<Vec<Document>>> {
        let document = (0u64..5, 0u64..40).prop_map(|(hits, words)| Document::new(hits, words));
        prop::collection::vec(prop::collection::vec(document, 0..7), 1..7)
    }

    proptest! {
        #[test]
        fn the_rest_is_what_its_articles_are(groups in groups()) {
            let arranged = Groups::new(&groups);
            for group in 0..groups.len() {
                let others = groups.iter().enumerate().filter(|(place, _)| *place != group);
                let others: Vec<Document> = others.flat_map(|(_, own)| own.clone()).collect();
                let rest = arranged.without(group);
                prop_assert_eq!(rest.moments, moments(&others));
                let slow = overdispersion(&others);
                prop_assert_eq!(rest.overdispersion.df, slow.df);
                let (fast, slow) = (rest.overdispersion.statistic, slow.statistic);
                prop_assert!((fast - slow).abs() <= 1e-9 * (1.0 + slow), "{fast} {slow}");
                let rates = |without: Without| without.rates();
                prop_assert_eq!(rates(rest.without_one), rates(without_one(&others)));
            }
        }
    }
}
