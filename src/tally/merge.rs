//! The tallies of a corpus.

use std::collections::{BTreeMap, BTreeSet};

use super::article::ArticleTally;
use super::evidence::{EvidenceSample, SampleRule};

/// The tallies and sampled sentences of a corpus or a part of one.
#[derive(Debug, Clone, Default)]
pub struct Tallies {
    articles: Vec<ArticleTally>,
    evidence: EvidenceSample,
}

/// Articles that were left out because an equal one counts, by outlet.
pub type Duplicates = BTreeMap<String, u64>;

impl Tallies {
    /// Adds one article with its sentences.
    pub fn push(&mut self, article: ArticleTally, evidence: EvidenceSample, rule: SampleRule) {
        self.articles.push(article);
        self.evidence = std::mem::take(&mut self.evidence).merged(evidence, rule);
    }

    /// Takes in another part of the corpus: associative and commutative.
    #[must_use]
    pub fn merged(mut self, other: Self, rule: SampleRule) -> Self {
        self.articles.extend(other.articles);
        self.evidence = self.evidence.merged(other.evidence, rule);
        self
    }

    /// Brings the articles into the order of every sum and shuffle, and counts copies once: of the
    /// articles of an outlet with equal texts the one with the smallest id stays. Says how many went.
    pub fn finish(&mut self) -> Duplicates {
        let order = |a: &ArticleTally, b: &ArticleTally| {
            let key = |article: &ArticleTally| *article.hash.as_bytes();
            (&a.outlet, &a.id).cmp(&(&b.outlet, &b.id)).then_with(|| key(a).cmp(&key(b)))
        };
        self.articles.sort_unstable_by(order);
        let mut seen = BTreeSet::new();
        let mut duplicates = Duplicates::new();
        self.articles.retain(|article| {
            let new = seen.insert((article.outlet.clone(), *article.hash.as_bytes()));
            if !new {
                *duplicates.entry(article.outlet.clone()).or_insert(0) += 1;
            }
            new
        });
        duplicates
    }

    /// The articles, once [`finish`](Self::finish)ed in the order of outlet, id and hash.
    pub fn articles(&self) -> &[ArticleTally] {
        &self.articles
    }

    /// The sampled sentences.
    pub fn evidence(&self) -> &EvidenceSample {
        &self.evidence
    }
}
