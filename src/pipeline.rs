//! The whole flow on one screen: article → layout → hits → links → tally → corpus.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use regex::Regex;

use crate::corpus::{Article, Corpus, CorpusWarning, Item, Origin, ProblemSummary, Record};
use crate::events::{Chosen, Told, told};
use crate::layout::{Layout, Layouter};
use crate::lexicon::Inventory;
use crate::linking::{Links, link};
use crate::matching::{Hit, Matcher, MatcherError, Scratch};
use crate::tally::{
    ArticleTally, CorpusTallies, EvidenceSample, Keep, Overflow, Purpose, Reading, SampleRule,
    SpillError, Spilling, Summer, Sums, Tallies, count, sentences_beyond,
};
use crate::text::words::WordStarts;
use crate::text::{Folded, Lines, Span};

/// Everything that an article is read with; made once a run.
#[derive(Debug)]
pub struct Engine {
    layouter: Layouter,
    inventory: Inventory,
    matcher: Matcher,
    boilerplate: BTreeMap<String, Vec<Regex>>,
    kept: Kept,
}

/// What the first articles of a corpus wrote, by outlet, id and text: a small corpus need not be read
/// again for [`Engine::told`].
type Kept = Mutex<BTreeMap<(String, String, [u8; 32]), Told>>;

/// How many articles are kept, how long each may be, and how many hits it may have.
const KEPT: usize = 64;
const KEPT_LENGTH: usize = 1 << 16;
const KEPT_HITS: usize = 1 << 10;

thread_local! {
    /// Where a thread matches one article after another.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
    /// Where it folds them.
    static FOLDED: RefCell<Folded> = RefCell::default();
}

/// The space of an article of more bytes is not kept for the next one.
const KEPT_SPACE: usize = 1 << 18;

/// What was decided about one article.
#[derive(Debug)]
pub struct Read {
    /// Where the lines end.
    pub lines: Lines,
    /// Where the words begin.
    pub starts: WordStarts,
    /// The words as they are matched.
    pub folded: Folded,
    /// Zones, sentences and voices.
    pub layout: Layout,
    /// Hits, dropped ones included.
    pub hits: Vec<Hit>,
    /// Mentions and labels.
    pub links: Links,
}

impl Engine {
    /// Compiles the patterns of `inventory`. `boilerplate` holds, by outlet, what the user declared
    /// as page furniture.
    ///
    /// # Errors
    /// A pattern that can't be compiled, with the entry that it belongs to.
    pub fn new(
        layouter: Layouter,
        inventory: Inventory,
        boilerplate: BTreeMap<String, Vec<Regex>>,
    ) -> Result<Self, MatcherError> {
        let matcher = Matcher::new(&inventory)?;
        Ok(Self { layouter, inventory, matcher, boilerplate, kept: Kept::default() })
    }

    /// The entries that hits refer to.
    pub fn inventory(&self) -> &Inventory {
        &self.inventory
    }

    /// Fingerprint of the data files that decide zones and voices.
    pub fn layout_fingerprint(&self) -> &str {
        self.layouter.fingerprint()
    }

    /// Reads one article. No text can make it fail, and no other article enters.
    pub fn read(&self, article: &Article) -> Read {
        let boilerplate = self.boilerplate.get(article.publisher()).map_or(&[][..], Vec::as_slice);
        let starts = WordStarts::of(&article.text);
        let layout = self.layouter.lay_out_words(article, &starts, boilerplate);
        let mut folded = FOLDED.take();
        folded.fold_into(&article.text);
        let hits =
            SCRATCH.with_borrow_mut(|scratch| self.matcher.find_with(&folded, &layout, scratch));
        let links = link(&article.text, &folded, &layout, &hits, &self.inventory);
        Read { lines: Lines::of(&article.text), starts, folded, layout, hits, links }
    }

    /// Reads and counts one article, with its sample of sentences.
    pub fn tally(&self, article: &Article, rule: SampleRule) -> (ArticleTally, EvidenceSample) {
        let read = self.read(article);
        self.tally_read(article, &read, Purpose::Row, rule, &EvidenceSample::default())
    }

    /// Counts what was read, with those sentences alone that would be kept beside `others`.
    fn tally_read(
        &self,
        article: &Article,
        read: &Read,
        purpose: Purpose,
        rule: SampleRule,
        others: &EvidenceSample,
    ) -> (ArticleTally, EvidenceSample) {
        let reading = read.reading(article, &self.inventory);
        let tally = count(&reading, purpose);
        let evidence = sentences_beyond(&reading, &tally.hash, rule, others);
        (tally, evidence)
    }

    /// Reads and counts a corpus on all threads; `tick` is called for every article. The result does
    /// not depend on the number of threads, once the tallies are finished. `keep` says which features,
    /// `overflow` where counts go beyond some memory, if anywhere.
    ///
    /// # Errors
    /// They can't be put there.
    pub fn tally_corpus(
        &self,
        corpus: &Corpus,
        rule: SampleRule,
        (keep, overflow): (Keep, Option<Overflow>),
        tick: impl Fn() + Sync,
    ) -> Result<(CorpusTallies, ProblemSummary), SpillError> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let together = Spilling::new(keep, overflow, rule);
        let each = |tallies: &mut Tallies| {
            together.take_from(tallies, PACKED);
            tick();
        };
        let records = corpus.records().take_while(|_| !together.failed()).par_bridge();
        let (mut rest, problems) = self.tally_records(corpus, records, Purpose::Row, rule, &each);
        together.take_from(&mut rest, 0);
        let (_, evidence) = rest.into_parts();
        Ok((together.finish(evidence)?, problems))
    }

    /// Reads and counts a corpus a batch of records at a time, in the order of the corpus, each on all
    /// threads, and hands every batch to `take`: memory does not grow with the corpus.
    ///
    /// # Errors
    /// That of `take`, which ends the run.
    pub fn tally_in_batches<E>(
        &self,
        corpus: &Corpus,
        rule: SampleRule,
        tick: impl Fn() + Sync,
        mut take: impl FnMut(Tallies, ProblemSummary) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut records = corpus.records();
        loop {
            let batch = next_batch(&mut records, BATCH);
            if batch.is_empty() {
                return Ok(());
            }
            let batch = batch.into_par_iter();
            let each = |_: &mut Tallies| tick();
            let (tallies, problems) = self.tally_records(corpus, batch, Purpose::Row, rule, &each);
            take(tallies, problems)?;
        }
    }

    /// Reads and counts a corpus on all threads and keeps sums alone; `tick` is called for every
    /// article. Memory grows with outlets, terms and names, not with articles, save for 16 bytes each.
    pub fn sum_corpus(&self, corpus: &Corpus, tick: impl Fn() + Sync) -> (Sums, ProblemSummary) {
        let mut records = corpus.records();
        let mut summer = Summer::default();
        let mut problems = corpus.problem_summary();
        let none = SampleRule { per_cell: 0, ..SampleRule::default() };
        loop {
            let batch = next_batch(&mut records, SMALL_BATCH);
            if batch.is_empty() {
                return (summer.finish(&self.inventory), problems);
            }
            let batch = batch.into_par_iter();
            let (mut tallies, noticed) =
                self.tally_records(corpus, batch, Purpose::Sums, none, &|_: &mut Tallies| tick());
            problems.merge(noticed);
            // Of copies in one batch the one that sorts first counts, whatever the threads did.
            tallies.sort_by_text();
            tallies.articles().iter().for_each(|article| summer.add(article, &self.inventory));
        }
    }

    fn tally_records(
        &self,
        corpus: &Corpus,
        records: impl ParallelIterator<Item = Record>,
        purpose: Purpose,
        rule: SampleRule,
        each: &(impl Fn(&mut Tallies) + Sync),
    ) -> (Tallies, ProblemSummary) {
        type Part = (Tallies, ProblemSummary);
        let read = |(mut tallies, mut problems): Part, record| {
            for item in corpus.read(record) {
                match item {
                    Item::Article(article) => {
                        let read = self.read(&article);
                        uncertain(&read.layout, &article.origin, &mut problems);
                        let (tally, evidence) =
                            self.tally_read(&article, &read, purpose, rule, tallies.evidence());
                        if purpose == Purpose::Row {
                            self.keep(&article, &read, &tally.hash);
                        }
                        if article.text.len() <= KEPT_SPACE {
                            FOLDED.set(read.folded);
                        }
                        tallies.push(tally, evidence, rule);
                        each(&mut tallies);
                    }
                    Item::Skipped(skipped) => problems.skip(skipped),
                    Item::Warning(warning) => problems.warn(warning),
                }
            }
            (tallies, problems)
        };
        let join = |(tallies, mut problems): Part, (others, more): Part| {
            problems.merge(more);
            (tallies.merged(others, rule), problems)
        };
        let nothing = || (Tallies::default(), corpus.problem_summary());
        records.fold(nothing, read).reduce(nothing, join)
    }

    fn keep(&self, article: &Article, read: &Read, hash: &blake3::Hash) {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let short = article.text.len() <= KEPT_LENGTH && read.hits.len() <= KEPT_HITS;
        if short && kept().len() < KEPT {
            let key = (article.outlet.clone(), article.id.clone(), *hash.as_bytes());
            kept().insert(key, told(&read.reading(article, &self.inventory)));
        }
    }

    /// What the chosen articles wrote, if it was kept of all of them; it is kept no longer.
    fn kept(&self, chosen: &Chosen) -> Option<Vec<Told>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        chosen.told(|outlet, id, hash| {
            kept.remove(&(outlet.to_owned(), id.to_owned(), *hash.as_bytes()))
        })
    }

    /// Reads the articles of chosen events again, unless they were kept, and gives what they wrote, by
    /// outlet and id. The others are decoded and let go.
    pub fn told(&self, corpus: &Corpus, chosen: &Chosen) -> Vec<Told> {
        let tell = |record| -> Vec<Told> {
            let articles = corpus.read(record).into_iter().filter_map(|item| match item {
                Item::Article(article) => Some(article),
                Item::Skipped(_) | Item::Warning(_) => None,
            });
            articles
                .filter(|article| chosen.holds(&article.outlet, &article.id, &article.text))
                .map(|article| told(&self.read(&article).reading(&article, &self.inventory)))
                .collect()
        };
        if chosen.is_empty() {
            return Vec::new();
        }
        if let Some(kept) = self.kept(chosen) {
            return kept;
        }
        let mut all: Vec<Told> = corpus.records().par_bridge().flat_map_iter(tell).collect();
        all.sort_by(|x, y| (&x.outlet, &x.article).cmp(&(&y.outlet, &y.article)));
        all.dedup_by(|x, y| x.outlet == y.outlet && x.article == y.article);
        all
    }
}

/// Says what makes the voices of an article uncertain.
fn uncertain(layout: &Layout, origin: &Origin, problems: &mut ProblemSummary) {
    if layout.unbalanced {
        problems.warn(CorpusWarning::UnbalancedMarks { origin: origin.clone() });
    }
    let lengths = || layout.long_sentences().map(Span::len);
    if let Some(longest) = lengths().max() {
        let (origin, sentences) = (origin.clone(), lengths().count());
        problems.warn(CorpusWarning::LongSentences { origin, sentences, longest });
    }
}

/// Articles that a thread counts before it packs them with those of the others.
const PACKED: usize = 64;
/// Records that are counted before they are handed on: enough to keep every thread busy.
const BATCH: usize = 4096;
/// The same where each adds to sums only.
const SMALL_BATCH: usize = 1024;
/// Bytes of records from which a batch is counted, however few they are.
const FULL: usize = 64 << 20;

/// The next records, so many or so long at most.
fn next_batch(records: &mut impl Iterator<Item = Record>, most: usize) -> Vec<Record> {
    let mut size = 0;
    let mut batch = Vec::new();
    while size < FULL && batch.len() < most {
        let Some(record) = records.next() else { break };
        size += record.size();
        batch.push(record);
    }
    batch
}

impl Read {
    /// The reading that tallies and explanations are made from.
    pub fn reading<'a>(&'a self, article: &'a Article, inventory: &'a Inventory) -> Reading<'a> {
        Reading {
            article,
            lines: &self.lines,
            starts: &self.starts,
            folded: &self.folded,
            layout: &self.layout,
            hits: &self.hits,
            links: &self.links,
            inventory,
        }
    }
}
