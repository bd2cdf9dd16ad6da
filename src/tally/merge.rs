//! The tallies of a corpus.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::article::ArticleTally;
use super::evidence::{EvidenceSample, SampleRule};
use super::packed::Articles;
use super::spelling::respell;

/// The tallies and sampled sentences of a part of a corpus.
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
        self.articles.sort_unstable_by(in_order);
    }

    /// Brings the articles into an order in which the copies of an outlet, whose texts are equal, come as
    /// [`sort`](Self::sort) has them, one behind the other. Hashes are compared faster than names.
    pub fn sort_by_text(&mut self) {
        let by_text = |a: &ArticleTally, b: &ArticleTally| {
            a.hash.as_bytes().cmp(b.hash.as_bytes()).then_with(|| in_order(a, b))
        };
        self.articles.sort_unstable_by(by_text);
    }

    /// The articles.
    pub fn articles(&self) -> &[ArticleTally] {
        &self.articles
    }

    /// Takes the articles out, once there are so many; the sentences stay.
    pub fn take_articles(&mut self, least: usize) -> Vec<ArticleTally> {
        if self.articles.len() < least { Vec::new() } else { std::mem::take(&mut self.articles) }
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

fn in_order(a: &ArticleTally, b: &ArticleTally) -> Ordering {
    let rest = |article: &ArticleTally| (article.date, article.event.clone());
    (&a.outlet, &a.id)
        .cmp(&(&b.outlet, &b.id))
        .then_with(|| a.hash.as_bytes().cmp(b.hash.as_bytes()))
        .then_with(|| rest(a).cmp(&rest(b)))
        .then_with(|| a.words.0.cmp(&b.words.0))
        .then_with(|| a.counts.cmp(&b.counts))
}

/// The tallies and sampled sentences of a corpus, packed: what a report is made from.
#[derive(Debug, Clone, Default)]
pub struct CorpusTallies {
    articles: Articles,
    evidence: EvidenceSample,
}

impl CorpusTallies {
    /// Packed articles with the sentences that were sampled from them.
    pub fn new(articles: Articles, evidence: EvidenceSample) -> Self {
        Self { articles, evidence }
    }

    /// Takes in a part of the corpus; none once they are [`finish`](Self::finish)ed.
    pub fn add(&mut self, part: Tallies, rule: SampleRule) {
        part.articles.iter().for_each(|article| self.articles.push(article));
        self.evidence = std::mem::take(&mut self.evidence).merged(part.evidence, rule);
    }

    /// Sorts the articles and counts copies once: of the articles of an outlet with equal texts the
    /// one with the smallest id stays. A name found in two spellings gets the more frequent one.
    /// Says how many went.
    pub fn finish(&mut self) -> Duplicates {
        self.articles.sort();
        let mut seen = FxHashSet::default();
        let mut of = String::new();
        let mut duplicates = Duplicates::new();
        self.articles.retain(|article| {
            if of != article.outlet {
                seen.clear();
                article.outlet.clone_into(&mut of);
            }
            let new = seen.insert(*article.hash);
            if !new {
                *duplicates.entry(of.clone()).or_insert(0) += 1;
            }
            new
        });
        respell(&mut self.articles, &mut self.evidence);
        duplicates
    }

    /// Ids that several articles of one outlet have, though their texts differ, by outlet; once
    /// [`finish`](Self::finish)ed.
    pub fn shared_ids(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut shared: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (one, next) in self.articles.heads().zip(self.articles.heads().skip(1)) {
            if (one.outlet, one.id) == (next.outlet, next.id) {
                shared.entry(one.outlet).or_default().insert(one.id);
            }
        }
        shared
    }

    /// The outlets that there are articles of.
    pub fn outlets(&self) -> BTreeSet<String> {
        let mut outlets = BTreeSet::new();
        for article in self.articles.heads() {
            if !outlets.contains(article.outlet) {
                outlets.insert(article.outlet.to_owned());
            }
        }
        outlets
    }

    /// Keeps no more sentences a cell than the rule says.
    pub fn limit(&mut self, rule: SampleRule) {
        self.evidence.limit(rule);
    }

    /// The articles, once [`finish`](Self::finish)ed in the order of outlet, id and hash.
    pub fn articles(&self) -> &Articles {
        &self.articles
    }

    /// The articles alone.
    pub fn into_articles(self) -> Articles {
        self.articles
    }

    /// The sampled sentences.
    pub fn evidence(&self) -> &EvidenceSample {
        &self.evidence
    }
}

impl From<Tallies> for CorpusTallies {
    fn from(tallies: Tallies) -> Self {
        let mut articles = Articles::default();
        tallies.articles.iter().for_each(|article| articles.push(article));
        Self::new(articles, tallies.evidence)
    }
}
