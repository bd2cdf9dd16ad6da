//! The tallies of a corpus.

use std::collections::{BTreeMap, BTreeSet};

use super::article::ArticleTally;
use super::evidence::{EvidenceSample, SampleRule};
use super::spelling::{respell, spellings};

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

    /// Brings the articles into the order of every sum and shuffle: outlet, id, hash; copies with one
    /// id by what else is known of them, so that the order in which they came is forgotten.
    pub fn sort(&mut self) {
        let order = |a: &ArticleTally, b: &ArticleTally| {
            let key = |article: &ArticleTally| *article.hash.as_bytes();
            let rest = |article: &ArticleTally| (article.date, article.event.clone());
            (&a.outlet, &a.id)
                .cmp(&(&b.outlet, &b.id))
                .then_with(|| key(a).cmp(&key(b)))
                .then_with(|| rest(a).cmp(&rest(b)))
                .then_with(|| a.words.0.cmp(&b.words.0))
                .then_with(|| a.counts.cmp(&b.counts))
        };
        self.articles.sort_unstable_by(order);
    }

    /// Sorts the articles and counts copies once: of the articles of an outlet with equal texts the
    /// one with the smallest id stays. A name found in two spellings gets the more frequent one.
    /// Says how many went.
    pub fn finish(&mut self) -> Duplicates {
        self.sort();
        let mut seen = BTreeSet::new();
        let mut duplicates = Duplicates::new();
        self.articles.retain(|article| {
            let new = seen.insert((article.outlet.clone(), *article.hash.as_bytes()));
            if !new {
                *duplicates.entry(article.outlet.clone()).or_insert(0) += 1;
            }
            new
        });
        let spellings = spellings(&self.articles);
        respell(&mut self.articles, &mut self.evidence, &spellings);
        duplicates
    }

    /// Ids that several articles of one outlet have, though their texts differ, by outlet; once
    /// [`finish`](Self::finish)ed.
    pub fn shared_ids(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut shared: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for pair in self.articles.windows(2) {
            if pair[0].outlet == pair[1].outlet && pair[0].id == pair[1].id {
                shared.entry(&pair[0].outlet).or_default().insert(&pair[0].id);
            }
        }
        shared
    }

    /// The articles, once [`finish`](Self::finish)ed in the order of outlet, id and hash.
    pub fn articles(&self) -> &[ArticleTally] {
        &self.articles
    }

    /// Keeps no more sentences a cell than the rule says.
    pub fn limit(&mut self, rule: SampleRule) {
        self.evidence.limit(rule);
    }

    /// The articles and the sampled sentences by themselves.
    pub fn into_parts(self) -> (Vec<ArticleTally>, EvidenceSample) {
        (self.articles, self.evidence)
    }

    /// The sampled sentences.
    pub fn evidence(&self) -> &EvidenceSample {
        &self.evidence
    }
}
