//! The articles of a corpus, packed: a few hundred bytes each, whatever their length.
//!
//! Every name stands once for all articles. The rest of an article is one run of bytes, read one article
//! at a time: in memory, or beyond a budget in a file. There the articles are sorted in runs, each as long
//! as the budget allows, and read in their order from all runs at once. In memory stay 24 bytes an article.

mod names;
mod record;
mod row;
mod runs;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::article::{ArticleTally, WordCounts};
use super::bytes::{Numbers, put};
use super::features::Features;
use super::spill::{Overflow, SpillError};
use record::{Dictionary, Opened, put_article};
pub use row::{Head, Row};
use runs::Runs;

/// Which features are kept: they are half of what is known of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Content words, for finding events; else the sketch alone, for finding near copies.
    pub words: bool,
    /// Different articles above which none are kept.
    pub up_to: usize,
}

impl Default for Keep {
    /// All of all articles.
    fn default() -> Self {
        Self { words: true, up_to: usize::MAX }
    }
}

/// Counted articles; once sorted, in the order of every sum and shuffle.
#[derive(Debug, Clone, Default)]
pub struct Articles {
    keep: Keep,
    dictionary: Dictionary,
    places: Vec<Place>,
    /// The records that are in memory.
    records: Vec<u8>,
    /// Outlets and hashes, until they are more than features are kept of.
    different: FxHashSet<(u32, [u8; 16])>,
    overflow: Option<Overflow>,
    /// The records that are not.
    runs: Option<Runs>,
}

/// What is asked for most of an article, and where the rest of it begins.
#[derive(Debug, Clone, Copy)]
struct Place {
    outlet: u32,
    /// [`NONE`] where no event is declared.
    event: u32,
    date: Option<jiff::civil::Date>,
    start: u64,
}

const NONE: u32 = u32::MAX;

impl Articles {
    /// None as yet. Beyond `overflow`, if there is one, they go elsewhere when they are asked to
    /// [`relieve`](Self::relieve) memory.
    pub fn new(keep: Keep, overflow: Option<Overflow>) -> Self {
        Self { keep, overflow, ..Self::default() }
    }

    /// Adds an article.
    pub fn push(&mut self, article: &ArticleTally) {
        let names = &mut self.dictionary.names;
        let place = Place {
            outlet: names.number(&article.outlet),
            event: article.event.as_ref().map_or(NONE, |event| names.number(event)),
            date: article.date,
            start: self.records.len() as u64,
        };
        self.count_different(place.outlet, article.hash.as_bytes());
        let words = if self.keep.words { &article.features.words[..] } else { &[] };
        let features = (self.keep.up_to > 0).then_some((words, &article.features));
        let mut record = Vec::with_capacity(1024);
        put_article(&mut self.dictionary, &mut record, article, features);
        put(&mut self.records, record.len() as u32);
        self.records.extend(record);
        self.places.push(place);
    }

    /// Above so many different articles no features are kept.
    fn count_different(&mut self, outlet: u32, hash: &[u8; 32]) {
        if self.keep.up_to == 0 || self.keep.up_to == usize::MAX {
            return;
        }
        let mut start = [0; 16];
        start.copy_from_slice(&hash[..16]);
        self.different.insert((outlet, start));
        if self.different.len() > self.keep.up_to {
            self.keep.up_to = 0;
            self.different = FxHashSet::default();
        }
    }

    /// Hands on what takes up more memory than it may.
    ///
    /// # Errors
    /// It can't be put anywhere else.
    pub fn relieve(&mut self) -> Result<(), SpillError> {
        match self.overflow {
            Some(overflow) if self.records.len() > overflow.articles => self.spill(&overflow),
            _ => Ok(()),
        }
    }

    /// Where articles go beyond some memory.
    pub(super) fn overflow(&self) -> Option<Overflow> {
        self.overflow
    }

    /// Bytes that were handed on.
    pub fn spilled(&self) -> u64 {
        self.runs.as_ref().map_or(0, Runs::len)
    }

    /// What went wrong when articles were read back: then counts are missing.
    pub fn fault(&self) -> Option<&SpillError> {
        self.runs.as_ref().and_then(Runs::fault)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The outlet of the article at a place.
    pub fn outlet(&self, index: usize) -> &str {
        self.name(self.places[index].outlet)
    }

    /// The day of the article at a place.
    pub fn date(&self, index: usize) -> Option<jiff::civil::Date> {
        self.places[index].date
    }

    /// The event that is declared of the article at a place.
    pub fn event(&self, index: usize) -> Option<&str> {
        let event = self.places[index].event;
        (event != NONE).then(|| self.name(event))
    }

    /// Which article stands at a place.
    pub fn head(&self, index: usize) -> Head<'_> {
        let place = &self.places[index];
        self.head_of(place, &Opened::new(&self.record(place)))
    }

    /// Every article.
    pub fn heads(&self) -> impl Iterator<Item = Head<'_>> {
        (0..self.len()).map(|index| self.head(index))
    }

    /// What was counted of the article at a place.
    pub fn row(&self, index: usize) -> Row<'_> {
        let place = &self.places[index];
        let record = self.record(place);
        let opened = Opened::new(&record);
        let head = self.head_of(place, &opened);
        opened.row(head, &self.dictionary)
    }

    /// What was counted of the articles in a range of places, or of all.
    pub fn rows(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = Row<'_>> {
        range.map(|index| self.row(index))
    }

    /// Words by zone and voice of the article at a place.
    pub fn words(&self, index: usize) -> WordCounts {
        Opened::new(&self.record(&self.places[index])).words()
    }

    /// The features of the article at a place, as far as they are kept.
    pub fn features(&self, index: usize) -> Features {
        if self.keep.up_to == 0 {
            return Features::default();
        }
        Opened::new(&self.record(&self.places[index])).features()
    }

    /// Brings them into order: outlet, id, hash; copies with one id by what else is known of them, so
    /// that the order in which they came is forgotten.
    pub(super) fn sort(&mut self) -> Result<(), SpillError> {
        match self.overflow.filter(|_| self.runs.is_some()) {
            Some(overflow) => {
                self.spill(&overflow)?;
                if let Some(runs) = &mut self.runs {
                    self.places = runs.merge(&self.dictionary.names, &self.places)?;
                }
            }
            None => self.sort_from(0),
        }
        self.dictionary.names.close();
        self.different = FxHashSet::default();
        Ok(())
    }

    /// Sorts the articles that are in memory, the first of which stands there.
    fn sort_from(&mut self, first: usize) {
        let (names, records) = (&self.dictionary.names, &self.records);
        let record = |place: &Place| in_memory(records, place);
        self.places[first..]
            .sort_unstable_by(|a, b| runs::order(names, (a, record(a)), (b, record(b))));
    }

    /// Puts the articles in memory elsewhere.
    fn spill(&mut self, overflow: &Overflow) -> Result<(), SpillError> {
        let mut runs = match self.runs.take() {
            Some(runs) => runs,
            None => Runs::new(overflow)?,
        };
        let first = runs.articles();
        self.sort_from(first);
        for place in &mut self.places[first..] {
            place.start = runs.append(in_memory(&self.records, place))?;
        }
        runs.end_run(self.places.len());
        self.records.clear();
        self.runs = Some(runs);
        Ok(())
    }

    /// Keeps the articles for which `keep` says so, in their order.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(Head<'_>) -> bool) {
        let kept: Vec<bool> = self.heads().map(&mut keep).collect();
        let mut kept = kept.into_iter();
        self.places.retain(|_| kept.next().unwrap_or(true));
    }

    /// Numbers of the names that are mentioned, with how often.
    pub(super) fn mentioned(&self) -> impl Iterator<Item = (u32, &str, u64)> {
        let mut sums = vec![0u64; self.dictionary.names.len()];
        for place in &self.places {
            Opened::new(&self.record(place)).mentions(|target, mentions| {
                if let Some(sum) = sums.get_mut(target as usize) {
                    *sum += u64::from(mentions);
                }
            });
        }
        let numbered = sums.into_iter().enumerate().filter(|(_, sum)| *sum > 0);
        numbered.map(|(number, sum)| (number as u32, self.name(number as u32), sum))
    }

    /// The name with that number.
    pub(super) fn name(&self, number: u32) -> &str {
        self.dictionary.names.get(number)
    }

    /// From now on these names are read as others.
    pub(super) fn respell(&mut self, common: FxHashMap<u32, u32>) {
        self.dictionary.common = common;
    }

    fn head_of<'a>(&'a self, place: &Place, opened: &Opened<'_>) -> Head<'a> {
        Head {
            outlet: self.name(place.outlet),
            id: opened.id.to_owned(),
            hash: opened.hash,
            date: place.date,
            event: (place.event != NONE).then(|| self.name(place.event)),
        }
    }

    fn record(&self, place: &Place) -> Cow<'_, [u8]> {
        match &self.runs {
            Some(runs) => Cow::Owned(runs.record(place.start)),
            None => Cow::Borrowed(in_memory(&self.records, place)),
        }
    }
}

/// A record without its length.
fn in_memory<'b>(records: &'b [u8], place: &Place) -> &'b [u8] {
    let mut bytes = Numbers(records.get(place.start as usize..).unwrap_or(&[]));
    let length = bytes.number() as usize;
    bytes.take(length)
}
