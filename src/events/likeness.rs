//! How alike two articles are: names and rare words in common, and sequences of words in common.

use std::collections::BTreeMap;

use libm::{log, sqrt};

use crate::tally::{Articles, EMPTY_CELL, hash};

/// Similarities are kept as whole thousandths of thousandths, so that sums of them do not depend
/// on an order.
pub(super) const UNIT: f64 = 1e6;

/// An article as a vector: hashed names and words with their weights, ascending; of length 1.
#[derive(Debug, Clone, Default)]
pub(super) struct Vector(pub(super) Vec<(u64, f64)>);

/// The vectors of a corpus, and in how many articles each feature stands.
pub(super) struct Vectors {
    pub(super) all: Vec<Vector>,
    pub(super) articles_with: BTreeMap<u64, u32>,
}

/// A name's feature: apart from those of words, which have 32 bits.
pub(super) fn name_feature(key: &str) -> u64 {
    hash(key.as_bytes()) | 1 << 63
}

/// Articles that a corpus is taken to have besides its own, with none of its features. In a small
/// corpus the words of one event stand in a large part of the articles; without these they would weigh
/// next to nothing, and one threshold could not serve corpora of all sizes.
const BESIDES: f64 = 1000.0;

/// Weights (1 + ln count)·ln((1000 + N)/n) (Salton & Buckley 1988, smoothed), scaled to length 1. What
/// stands in one article alone can bring no two together and is left out: counted in the length, it
/// would make every long article unlike any other.
pub(super) fn vectors(articles: &Articles) -> Vectors {
    let raw: Vec<Vec<(u64, u32)>> =
        (0..articles.len()).map(|index| features(articles, index)).collect();
    let mut articles_with: BTreeMap<u64, u32> = BTreeMap::new();
    for (feature, _) in raw.iter().flatten() {
        *articles_with.entry(*feature).or_insert(0) += 1;
    }
    let number = articles.len() as f64;
    let weigh = |features: Vec<(u64, u32)>| {
        let weight = |(feature, count): (u64, u32)| {
            let rarity = log((BESIDES + number) / f64::from(articles_with[&feature]));
            (feature, rarity * (1.0 + log(f64::from(count))))
        };
        let shared = |(feature, _): &(u64, u32)| articles_with[feature] > 1;
        let mut vector: Vec<(u64, f64)> = features.into_iter().filter(shared).map(weight).collect();
        let length = sqrt(vector.iter().map(|(_, weight)| weight * weight).sum::<f64>());
        if length > 0.0 {
            vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        Vector(vector)
    };
    let all = raw.into_iter().map(weigh).collect();
    Vectors { all, articles_with }
}

fn features(articles: &Articles, index: usize) -> Vec<(u64, u32)> {
    let mut features: BTreeMap<u64, u32> = BTreeMap::new();
    for mention in articles.row(index).mentions {
        *features.entry(name_feature(mention.target)).or_insert(0) += mention.mentions;
    }
    let kept = articles.features(index);
    for (word, count) in kept.words.into_iter().zip(kept.counts) {
        *features.entry(u64::from(word)).or_insert(0) += count;
    }
    features.into_iter().collect()
}

impl Vector {
    /// Cosine of the angle between two vectors, in millionths.
    pub(super) fn likeness(&self, other: &Self) -> u64 {
        let (mut x, mut y) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut sum = 0.0;
        while let (Some((a, of_a)), Some((b, of_b))) = (x.peek(), y.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => {
                    x.next();
                }
                std::cmp::Ordering::Greater => {
                    y.next();
                }
                std::cmp::Ordering::Equal => {
                    sum += of_a * of_b;
                    x.next();
                    y.next();
                }
            }
        }
        (sum * UNIT).round() as u64
    }
}

/// Estimated share of word sequences that two articles have in common: of the cells that either
/// fills, those that are equal.
pub(super) fn same_sequences(x: &[u32], y: &[u32]) -> f64 {
    let filled = x.iter().zip(y).filter(|(a, b)| **a != EMPTY_CELL || **b != EMPTY_CELL);
    let (mut all, mut same) = (0u32, 0u32);
    for (a, b) in filled {
        all += 1;
        same += u32::from(a == b);
    }
    if all == 0 { 0.0 } else { f64::from(same) / f64::from(all) }
}
