//! Where the threads of a run bring what they counted.

use std::sync::{Mutex, OnceLock, PoisonError};

use super::evidence::{EvidenceSample, SampleRule};
use super::merge::{CorpusTallies, Tallies};
use super::packed::{Articles, Keep};
use super::sentences::SentenceLog;
use super::spill::{Overflow, SpillError};

/// Takes articles from threads and packs them, and puts elsewhere what takes up too much memory.
#[derive(Debug)]
pub struct Spilling {
    overflow: Option<Overflow>,
    rule: SampleRule,
    articles: Mutex<Articles>,
    sentences: Mutex<Option<SentenceLog>>,
    fault: OnceLock<SpillError>,
}

impl Spilling {
    /// None as yet.
    pub fn new(keep: Keep, overflow: Option<Overflow>, rule: SampleRule) -> Self {
        Self {
            overflow,
            rule,
            articles: Mutex::new(Articles::new(keep, overflow)),
            sentences: Mutex::default(),
            fault: OnceLock::new(),
        }
    }

    /// Whether something could not be put elsewhere: then there is no use in going on.
    pub fn failed(&self) -> bool {
        self.fault.get().is_some()
    }

    /// Takes the articles of a thread once there are so many, and its sentences once they take up more
    /// memory than they may.
    pub fn take_from(&self, tallies: &mut Tallies, least: usize) {
        let taken = self.take_articles(tallies, least).and_then(|()| self.take_sentences(tallies));
        if let Err(fault) = taken {
            // The first fault is the one to tell of.
            let _ = self.fault.set(fault);
        }
    }

    fn take_articles(&self, tallies: &mut Tallies, least: usize) -> Result<(), SpillError> {
        let counted = tallies.take_articles(least);
        if counted.is_empty() {
            return Ok(());
        }
        let mut articles = self.articles.lock().unwrap_or_else(PoisonError::into_inner);
        counted.iter().for_each(|article| articles.push(article));
        articles.relieve()
    }

    fn take_sentences(&self, tallies: &mut Tallies) -> Result<(), SpillError> {
        let Some(overflow) = self.overflow else { return Ok(()) };
        if !tallies.outgrew(overflow.sentences) {
            return Ok(());
        }
        let mut log = self.sentences.lock().unwrap_or_else(PoisonError::into_inner);
        let log = match &mut *log {
            Some(log) => log,
            none => none.insert(SentenceLog::new(&overflow)?),
        };
        tallies.spill(log, self.rule)
    }

    /// All that was taken, with the sentences that are left.
    ///
    /// # Errors
    /// Something could not be put elsewhere.
    pub fn finish(self, evidence: EvidenceSample) -> Result<CorpusTallies, SpillError> {
        if let Some(fault) = self.fault.into_inner() {
            return Err(fault);
        }
        let articles = self.articles.into_inner().unwrap_or_else(PoisonError::into_inner);
        let sentences = self.sentences.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(CorpusTallies::new(articles, evidence, sentences))
    }
}
