//! Articles outside memory: runs, each sorted, that are read in one order.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;

use super::names::Names;
use super::record::Opened;
use super::{NONE, Place};
use crate::tally::bytes::put;
use crate::tally::spill::{Log, Overflow, SpillError, Window};

/// Bytes that all runs together hold for each pass over them, and one run at the most.
const HELD: usize = 4 << 20;
const WINDOW: usize = 1 << 16;

/// Sorted runs in a file.
#[derive(Debug, Clone)]
pub(super) struct Runs {
    log: Log,
    /// First byte and number of articles of each run.
    runs: Vec<(u64, usize)>,
    begun: u64,
    articles: usize,
    /// One a run, since articles in order come from all runs in turn; shared, as nothing is added
    /// once there are some.
    windows: Arc<Vec<Window>>,
}

impl Runs {
    pub(super) fn new(overflow: &Overflow) -> Result<Self, SpillError> {
        let log = Log::new(overflow)?;
        Ok(Self { log, runs: Vec::new(), begun: 0, articles: 0, windows: Arc::default() })
    }

    /// Articles in all runs.
    pub(super) fn articles(&self) -> usize {
        self.articles
    }

    /// Bytes in all runs.
    pub(super) fn len(&self) -> u64 {
        self.log.len()
    }

    pub(super) fn fault(&self) -> Option<&SpillError> {
        self.log.fault()
    }

    /// Appends a record to the run that was begun.
    pub(super) fn append(&mut self, record: &[u8]) -> Result<u64, SpillError> {
        let mut length = Vec::with_capacity(5);
        put(&mut length, record.len() as u32);
        let start = self.log.append(&length)?;
        self.log.append(record)?;
        Ok(start)
    }

    /// Ends the run; with it there are so many articles.
    pub(super) fn end_run(&mut self, articles: usize) {
        if articles > self.articles {
            self.runs.push((self.begun, articles - self.articles));
        }
        (self.begun, self.articles) = (self.log.len(), articles);
    }

    /// The record that begins at a byte.
    pub(super) fn record(&self, start: u64) -> Vec<u8> {
        let run = self.runs.partition_point(|(first, _)| *first <= start).saturating_sub(1);
        let read = self.windows.get(run).and_then(|window| self.log.record(start, window));
        read.unwrap_or_default()
    }

    /// The places of all articles in order; `places` has those of each run behind one another.
    pub(super) fn merge(
        &mut self,
        names: &Names,
        places: &[Place],
    ) -> Result<Vec<Place>, SpillError> {
        self.log.flush()?;
        let size = (HELD / self.runs.len().max(1)).min(WINDOW);
        self.windows = Arc::new(self.runs.iter().map(|_| Window::new(size)).collect());
        let mut rest = places;
        let mut heap = BinaryHeap::with_capacity(self.runs.len());
        for (_, articles) in &self.runs {
            let (run, others) = rest.split_at((*articles).min(rest.len()));
            rest = others;
            heap.extend(self.next(names, run).map(Reverse));
        }
        let mut merged = Vec::with_capacity(places.len());
        while let Some(Reverse(Next { place, rest, .. })) = heap.pop() {
            merged.push(*place);
            heap.extend(self.next(names, rest).map(Reverse));
        }
        self.log.fault().map_or(Ok(merged), |fault| Err(fault.clone()))
    }

    fn next<'a>(&self, names: &'a Names, run: &'a [Place]) -> Option<Next<'a>> {
        let (place, rest) = run.split_first()?;
        Some(Next { names, place, record: self.record(place.start), rest })
    }
}

/// The first article of what is left of a run.
struct Next<'a> {
    names: &'a Names,
    place: &'a Place,
    record: Vec<u8>,
    rest: &'a [Place],
}

impl Ord for Next<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        order(self.names, (self.place, &self.record), (other.place, &other.record))
    }
}

impl PartialOrd for Next<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Next<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Next<'_> {}

/// Outlet, id, hash; copies with one id by what else is known of them.
pub(super) fn order(
    names: &Names,
    (a, record_a): (&Place, &[u8]),
    (b, record_b): (&Place, &[u8]),
) -> Ordering {
    let name = |number: u32| (number != NONE).then(|| names.get(number));
    let outlets =
        || if a.outlet == b.outlet { Ordering::Equal } else { name(a.outlet).cmp(&name(b.outlet)) };
    let (x, y) = (Opened::new(record_a), Opened::new(record_b));
    outlets()
        .then_with(|| (x.id, x.hash, a.date).cmp(&(y.id, y.hash, b.date)))
        .then_with(|| name(a.event).cmp(&name(b.event)))
        .then_with(|| x.counted().cmp(&y.counted()))
}
