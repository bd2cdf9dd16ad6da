//! Finding events: average linkage of articles that are close in time and alike.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

use super::likeness::{UNIT, Vectors, vectors};
use super::model::{Event, Events, How, Method};
use super::title::titles;
use crate::tally::Articles;

/// Mean similarity from which two groups of articles are one event. `ARCHITECTURE.md` says what it
/// finds and what it misses on four collections.
pub const THRESHOLD: f64 = 0.2;

/// Days from the first to the last article of a found event.
pub const DAYS: u64 = 7;

/// Articles above which events are not sought.
pub const LIMIT: usize = 50_000;

/// Articles within reach that share a feature, above which it brings no two together: it is common.
const COMMON: usize = 150;

/// Pairs below this part of the threshold count as nothing in common.
const FAINT: f64 = 0.25;

/// Groups the articles of a corpus; none above [`LIMIT`]. Equal tallies in equal order give equal
/// events, and the order of finished tallies is fixed. `articles` are finished tallies.
pub fn find(articles: &Articles) -> Events {
    let method = Method {
        used: "found".to_owned(),
        threshold: Some(THRESHOLD),
        days: Some(DAYS),
        limit: LIMIT as u64,
    };
    if articles.len() > LIMIT {
        return Events::new(method, Vec::new(), articles);
    }
    let vectors = vectors(articles);
    let days: Vec<Option<i64>> =
        (0..articles.len()).map(|index| day(articles.date(index)?)).collect();
    let pairs = pairs(&vectors, &days);
    let groups = Linkage::new(articles.len(), &days, pairs).run();
    let named = titles(&groups, articles, &vectors);
    type Named = ((Vec<usize>, f64), (String, Vec<String>));
    let event = |((articles, similarity), (id, names)): Named| Event {
        id,
        names,
        how: How::Found,
        articles,
        similarity: Some(similarity),
        copies: Vec::new(),
    };
    let events = groups.into_iter().zip(named).map(event).collect();
    Events::new(method, events, articles)
}

/// Days since the beginning of our calendar.
fn day(date: jiff::civil::Date) -> Option<i64> {
    let first = jiff::civil::Date::ZERO;
    first.until(date).ok().map(|span| i64::from(span.get_days()))
}

/// Similarities, in millionths, of articles within reach that share a feature which is not common.
/// Only articles that stand within [`DAYS`] of one another, or have no date, are brought together,
/// so that the work grows with the articles of a week and not with the square of all.
fn pairs(vectors: &Vectors, days: &[Option<i64>]) -> BTreeMap<(usize, usize), u64> {
    let mut order: Vec<usize> = (0..days.len()).collect();
    order.sort_by_key(|&index| (days[index].is_some(), days[index], index));
    let mut recent: BTreeMap<u64, Recent> = BTreeMap::new();
    let mut pairs = BTreeMap::new();
    let least = (THRESHOLD * FAINT * UNIT) as u64;
    for &index in &order {
        let mut near: BTreeSet<usize> = BTreeSet::new();
        for &(feature, _) in &vectors.all[index].0 {
            if vectors.articles_with[&feature] > 1 {
                recent.entry(feature).or_default().visit(index, days, &mut near);
            }
        }
        for other in near {
            let likeness = vectors.all[index].likeness(&vectors.all[other]);
            if likeness >= least {
                pairs.insert((index.min(other), index.max(other)), likeness);
            }
        }
    }
    pairs
}

/// The articles with a feature that may still meet another, the earlier first.
#[derive(Default)]
struct Recent {
    undated: Vec<usize>,
    dated: VecDeque<usize>,
}

impl Recent {
    /// Gives the articles that `index` meets here, and lets later ones meet it.
    fn visit(&mut self, index: usize, days: &[Option<i64>], near: &mut BTreeSet<usize>) {
        while self.dated.front().is_some_and(|&first| !within_reach(days[first], days[index])) {
            self.dated.pop_front();
        }
        if self.undated.len() + self.dated.len() <= COMMON {
            near.extend(self.undated.iter().chain(&self.dated));
        }
        match days[index] {
            Some(_) => self.dated.push_back(index),
            // Beyond that many the feature is common for good.
            None if self.undated.len() <= COMMON => self.undated.push(index),
            None => {}
        }
    }
}

fn within_reach(x: Option<i64>, y: Option<i64>) -> bool {
    x.zip(y).is_none_or(|(x, y)| x.abs_diff(y) < DAYS)
}

/// Agglomeration by mean similarity (UPGMA: Sokal & Michener 1958), over the pairs that have one;
/// all others count as 0.
struct Linkage {
    members: Vec<Vec<usize>>,
    /// First and last day.
    span: Vec<Option<(i64, i64)>>,
    /// Sum of the similarities between the articles of two groups.
    sums: Vec<BTreeMap<usize, u64>>,
    /// Sum of the similarities within a group.
    inside: Vec<u64>,
    queue: BinaryHeap<(u64, Reverse<(usize, usize)>)>,
}

impl Linkage {
    fn new(articles: usize, days: &[Option<i64>], pairs: BTreeMap<(usize, usize), u64>) -> Self {
        let mut linkage = Self {
            members: (0..articles).map(|index| vec![index]).collect(),
            span: days.iter().map(|day| day.map(|day| (day, day))).collect(),
            sums: vec![BTreeMap::new(); articles],
            inside: vec![0; articles],
            queue: BinaryHeap::new(),
        };
        for ((x, y), likeness) in pairs {
            linkage.sums[x].insert(y, likeness);
            linkage.sums[y].insert(x, likeness);
            linkage.offer(x, y);
        }
        linkage
    }

    /// Mean similarity between two groups, in millionths.
    fn mean(&self, x: usize, y: usize) -> u64 {
        let pairs = (self.members[x].len() * self.members[y].len()) as u64;
        self.sums[x].get(&y).map_or(0, |sum| sum / pairs.max(1))
    }

    fn together(&self, x: usize, y: usize) -> Option<(i64, i64)> {
        match (self.span[x], self.span[y]) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (known, other) => known.or(other),
        }
    }

    fn offer(&mut self, x: usize, y: usize) {
        let mean = self.mean(x, y);
        let close = self.together(x, y).is_none_or(|(first, last)| last.abs_diff(first) < DAYS);
        if close && mean >= (THRESHOLD * UNIT) as u64 {
            self.queue.push((mean, Reverse((x.min(y), x.max(y)))));
        }
    }

    /// Joins the most similar two groups until none are similar enough; those of two and more, by
    /// their first articles, each with its mean similarity.
    fn run(mut self) -> Vec<(Vec<usize>, f64)> {
        while let Some((mean, Reverse((x, y)))) = self.queue.pop() {
            let both = !self.members[x].is_empty() && !self.members[y].is_empty();
            if both && self.mean(x, y) == mean {
                self.join(x, y);
            }
        }
        let mut groups: Vec<(Vec<usize>, f64)> = Vec::new();
        for (mut members, inside) in self.members.into_iter().zip(self.inside) {
            if members.len() > 1 {
                members.sort_unstable();
                let pairs = members.len() * (members.len() - 1) / 2;
                groups.push((members, inside as f64 / pairs as f64 / UNIT));
            }
        }
        groups.sort_by(|x, y| x.0.cmp(&y.0));
        groups
    }

    /// Takes y into x.
    fn join(&mut self, x: usize, y: usize) {
        self.span[x] = self.together(x, y);
        let of_y = std::mem::take(&mut self.sums[y]);
        let between = of_y.get(&x).copied().unwrap_or(0);
        self.inside[x] += self.inside[y] + between;
        let joined = std::mem::take(&mut self.members[y]);
        self.members[x].extend(joined);
        self.sums[x].remove(&y);
        for (other, sum) in of_y.into_iter().filter(|(other, _)| *other != x) {
            self.sums[other].remove(&y);
            *self.sums[x].entry(other).or_insert(0) += sum;
            *self.sums[other].entry(x).or_insert(0) += sum;
        }
        let others: Vec<usize> = self.sums[x].keys().copied().collect();
        for other in others {
            self.offer(x, other);
        }
    }
}
