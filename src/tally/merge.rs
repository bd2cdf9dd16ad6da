//! The tallies of a corpus.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::article::ArticleTally;
use super::evidence::{Cell, EvidenceSample, SampleRule};
use super::packed::{Articles, Head};
use super::sentences::SentenceLog;
use super::spelling::respell;
use super::spill::SpillError;

/// The tallies and sampled sentences of a part of a corpus.
#[derive(Debug, Clone, Default)]
pub struct Tallies {
    articles: Vec<ArticleTally>,
    evidence: EvidenceSample,
    /// Bytes of sentences that came since they were weighed.
    grown: usize,
}

/// Articles that were left out because an equal one counts, by outlet.
pub type Duplicates = BTreeMap<String, u64>;

impl Tallies {
    /// Adds one article with its sentences.
    pub fn push(&mut self, article: ArticleTally, evidence: EvidenceSample, rule: SampleRule) {
        self.articles.push(article);
        self.grown += evidence.weight();
        self.evidence = std::mem::take(&mut self.evidence).merged(evidence, rule);
    }

    /// Takes in another part of the corpus: associative and commutative.
    #[must_use]
    pub fn merged(mut self, other: Self, rule: SampleRule) -> Self {
        self.articles.extend(other.articles);
        self.grown += other.grown;
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

    /// Whether the sentences may take up more than so many bytes.
    pub fn outgrew(&mut self, most: usize) -> bool {
        if self.grown <= most {
            return false;
        }
        // Many that came are gone again: others are kept in their places.
        self.grown = self.evidence.weight();
        self.grown > most / 4 * 3
    }

    /// Puts the sentences elsewhere.
    ///
    /// # Errors
    /// They can't be put there.
    pub fn spill(&mut self, log: &mut SentenceLog, rule: SampleRule) -> Result<(), SpillError> {
        self.grown = 0;
        self.evidence.spill(log, rule)
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
    /// Bytes of sentences that came since they were weighed.
    grown: usize,
    elsewhere: Option<Elsewhere>,
}

/// Sentences that are not in memory, and how they are read.
#[derive(Debug, Clone)]
struct Elsewhere {
    log: SentenceLog,
    rule: SampleRule,
    spellings: BTreeMap<String, String>,
}

impl CorpusTallies {
    /// Packed articles with the sentences that were sampled from them, those of `log` included.
    pub fn new(articles: Articles, evidence: EvidenceSample, log: Option<SentenceLog>) -> Self {
        let elsewhere = log.map(Elsewhere::new);
        Self { articles, evidence, grown: 0, elsewhere }
    }

    /// Takes in a part of the corpus; none once they are [`finish`](Self::finish)ed.
    ///
    /// # Errors
    /// They take up more memory than they may and can't be put anywhere else.
    pub fn add(&mut self, part: Tallies, rule: SampleRule) -> Result<(), SpillError> {
        for article in &part.articles {
            self.articles.push(article);
            self.articles.relieve()?;
        }
        self.grown += part.grown;
        self.evidence = std::mem::take(&mut self.evidence).merged(part.evidence, rule);
        let Some(overflow) = self.articles.overflow() else { return Ok(()) };
        if self.grown > overflow.sentences {
            self.grown = self.evidence.weight();
            if self.grown > overflow.sentences / 4 * 3 {
                let elsewhere = match &mut self.elsewhere {
                    Some(elsewhere) => elsewhere,
                    none => none.insert(Elsewhere::new(SentenceLog::new(&overflow)?)),
                };
                self.grown = 0;
                self.evidence.spill(&mut elsewhere.log, rule)?;
            }
        }
        Ok(())
    }

    /// Bytes that are kept outside memory.
    pub fn spilled(&self) -> u64 {
        self.articles.spilled() + self.elsewhere.as_ref().map_or(0, |there| there.log.len())
    }

    /// What went wrong when counts or sentences were read back: then some are missing.
    pub fn fault(&self) -> Option<&SpillError> {
        let of_sentences = || self.elsewhere.as_ref().and_then(|there| there.log.fault());
        self.articles.fault().or_else(of_sentences)
    }

    /// Sorts the articles and counts copies once: of the articles of an outlet with equal texts the
    /// one with the smallest id stays. A name found in two spellings gets the more frequent one.
    /// Says how many went.
    ///
    /// # Errors
    /// What is outside memory can't be written or read.
    pub fn finish(&mut self) -> Result<Duplicates, SpillError> {
        self.articles.sort()?;
        let mut seen = FxHashSet::default();
        let mut of = String::new();
        let mut duplicates = Duplicates::new();
        self.articles.retain(|article| {
            if of != article.outlet {
                seen.clear();
                article.outlet.clone_into(&mut of);
            }
            let new = seen.insert(article.hash);
            if !new {
                *duplicates.entry(of.clone()).or_insert(0) += 1;
            }
            new
        });
        if let Some(Elsewhere { log, rule, .. }) = &mut self.elsewhere {
            self.evidence.spill(log, *rule)?;
            log.flush()?;
            self.evidence = EvidenceSample::default();
        }
        let spellings = respell(&mut self.articles, &mut self.evidence);
        if let Some(elsewhere) = &mut self.elsewhere {
            elsewhere.spellings = spellings;
        }
        Ok(duplicates)
    }

    /// Ids that several articles of one outlet have, though their texts differ, by outlet; once
    /// [`finish`](Self::finish)ed.
    pub fn shared_ids(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let mut shared: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let mut last: Option<Head<'_>> = None;
        for head in self.articles.heads() {
            if let Some(last) = last.filter(|x| (x.outlet, &x.id) == (head.outlet, &head.id)) {
                shared.entry(last.outlet).or_default().insert(last.id);
            }
            last = Some(head);
        }
        shared
    }

    /// The outlets that there are articles of.
    pub fn outlets(&self) -> BTreeSet<String> {
        let mut outlets = BTreeSet::new();
        for index in 0..self.articles.len() {
            let outlet = self.articles.outlet(index);
            if !outlets.contains(outlet) {
                outlets.insert(outlet.to_owned());
            }
        }
        outlets
    }

    /// Keeps no more sentences a cell than the rule says.
    pub fn limit(&mut self, rule: SampleRule) {
        self.evidence.limit(rule);
        if let Some(elsewhere) = &mut self.elsewhere {
            elsewhere.rule = rule;
        }
    }

    /// The articles, once [`finish`](Self::finish)ed in the order of outlet, id and hash.
    pub fn articles(&self) -> &Articles {
        &self.articles
    }

    /// The articles alone; then there are none.
    pub fn take_articles(&mut self) -> Articles {
        std::mem::take(&mut self.articles)
    }

    /// The sampled sentences, of the outlets and cells that are wanted at least; once
    /// [`finish`](Self::finish)ed.
    pub fn evidence(&self, wanted: impl Fn(&str, &Cell) -> bool) -> Cow<'_, EvidenceSample> {
        let Some(Elsewhere { log, rule, spellings }) = &self.elsewhere else {
            return Cow::Borrowed(&self.evidence);
        };
        let mut sample = log.sample(*rule, |outlet, cell| wanted(outlet, &cell.spelled(spellings)));
        sample.respell(spellings);
        sample.limit(*rule);
        Cow::Owned(sample)
    }
}

impl Elsewhere {
    fn new(log: SentenceLog) -> Self {
        Self { log, rule: SampleRule::default(), spellings: BTreeMap::new() }
    }
}

impl From<Tallies> for CorpusTallies {
    fn from(tallies: Tallies) -> Self {
        let mut articles = Articles::default();
        tallies.articles.iter().for_each(|article| articles.push(article));
        Self::new(articles, tallies.evidence, None)
    }
}
