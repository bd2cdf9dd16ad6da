//! What is counted and does not fit the memory that a run may take: appended to a file, read back in passes.
//!
//! This room touches no file: whoever starts a run says what the bytes are appended to.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::bytes::Numbers;
#[cfg(test)]
use super::bytes::put;

/// What bytes are appended to and read back from. It vanishes when it is dropped.
pub trait Scratch: fmt::Debug + Send + Sync {
    /// Appends bytes.
    ///
    /// # Errors
    /// No room is left, or whatever else is the matter.
    fn append(&self, bytes: &[u8]) -> Result<(), SpillError>;

    /// Fills `into` from the byte `at` on, and says how many bytes there were; fewer only at the end.
    ///
    /// # Errors
    /// What was written can't be read.
    fn read_at(&self, at: u64, into: &mut [u8]) -> Result<usize, SpillError>;
}

/// Why counts can't be kept outside memory.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "counts can't be kept in a temporary file in {place}: {reason}. Make room there, name another \
     folder with TMPDIR, give --memory more, or keep sums alone with --sums"
)]
pub struct SpillError {
    /// The folder of the file.
    pub place: String,
    /// What the system says.
    pub reason: String,
}

/// Bytes of memory that counts may take, and where they go beyond.
#[derive(Debug, Clone, Copy)]
pub struct Overflow {
    /// Bytes of packed articles that are held before they go to the file.
    pub articles: usize,
    /// Bytes of sentences that one thread holds before they go to the file.
    pub sentences: usize,
    /// Makes what they go to.
    pub open: fn() -> Result<Box<dyn Scratch>, SpillError>,
}

impl Overflow {
    /// The shares of a budget: a quarter for articles, a quarter for the sentences of all threads. The
    /// rest is for what a report makes of them.
    pub fn within(
        budget: usize,
        threads: usize,
        open: fn() -> Result<Box<dyn Scratch>, SpillError>,
    ) -> Self {
        Self { articles: budget / 4, sentences: budget / 4 / threads.max(1), open }
    }
}

/// How much is appended at a time.
const CHUNK: usize = 1 << 18;

/// Records, each with its length before it, one behind the other in a file.
#[derive(Debug, Clone)]
pub(super) struct Log {
    scratch: Arc<dyn Scratch>,
    waiting: Vec<u8>,
    length: u64,
    fault: Arc<OnceLock<SpillError>>,
}

impl Log {
    pub(super) fn new(overflow: &Overflow) -> Result<Self, SpillError> {
        let scratch = Arc::from((overflow.open)()?);
        Ok(Self { scratch, waiting: Vec::new(), length: 0, fault: Arc::default() })
    }

    /// Appends a record with its length and says where it begins.
    pub(super) fn append(&mut self, record: &[u8]) -> Result<u64, SpillError> {
        let start = self.length;
        self.waiting.extend(record);
        self.length += record.len() as u64;
        if self.waiting.len() >= CHUNK {
            self.flush()?;
        }
        Ok(start)
    }

    /// Hands on what waits; before anything is read.
    pub(super) fn flush(&mut self) -> Result<(), SpillError> {
        if !self.waiting.is_empty() {
            self.scratch.append(&self.waiting)?;
            self.waiting.clear();
        }
        Ok(())
    }

    /// Bytes in it.
    pub(super) fn len(&self) -> u64 {
        self.length
    }

    /// What went wrong when it was read.
    pub(super) fn fault(&self) -> Option<&SpillError> {
        self.fault.get()
    }

    /// The record that begins at a byte, without its length; none behind the last one. Where it can't
    /// be read, an empty one, and [`fault`](Self::fault) says so.
    pub(super) fn record(&self, start: u64, window: &Window) -> Option<Vec<u8>> {
        if start >= self.length {
            return None;
        }
        let read = window.record(start, &*self.scratch).unwrap_or_else(|fault| {
            // The first fault is the one to tell of.
            let _ = self.fault.set(fault);
            Vec::new()
        });
        Some(read)
    }
}

/// The parts of a log that were read last: who reads records in their order seldom asks the file, nor do
/// some that read at the same time, each from a place of its own.
#[derive(Debug)]
pub(super) struct Window {
    size: usize,
    held: Mutex<[Part; PARTS]>,
}

/// How many may read at the same time.
const PARTS: usize = 3;

/// Bytes of a log.
#[derive(Debug, Default)]
struct Part {
    start: u64,
    bytes: Vec<u8>,
    /// How many others were read since.
    age: usize,
}

/// The most bytes that a length takes.
const LENGTH: usize = 5;

impl Window {
    pub(super) fn new(size: usize) -> Self {
        Self { size: size.max(64), held: Mutex::default() }
    }

    fn record(&self, start: u64, scratch: &dyn Scratch) -> Result<Vec<u8>, SpillError> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        // The part that it begins in, else the one that was not read for longest.
        let begins_in = |part: &Part| !part.from(start).is_empty();
        let place = held.iter().position(begins_in).or_else(|| {
            let oldest = held.iter().enumerate().max_by_key(|(_, part)| part.age);
            oldest.map(|(place, _)| place)
        });
        held.iter_mut().for_each(|part| part.age += 1);
        let part = &mut held[place.unwrap_or_default()];
        part.age = 0;
        if let Some(record) = record_in(part.from(start)) {
            return Ok(record);
        }
        part.read(start, self.size, scratch)?;
        let there = &part.bytes[..];
        let mut numbers = Numbers(there);
        let length = numbers.number() as usize;
        let needed = there.len() - numbers.0.len() + length;
        if there.len() < needed {
            part.read(start, needed, scratch)?;
        }
        record_in(&part.bytes).ok_or_else(cut_short)
    }
}

impl Part {
    /// What is held from a byte on.
    fn from(&self, start: u64) -> &[u8] {
        let ahead = start.checked_sub(self.start).and_then(|ahead| usize::try_from(ahead).ok());
        ahead.and_then(|ahead| self.bytes.get(ahead..)).unwrap_or(&[])
    }

    fn read(&mut self, start: u64, size: usize, scratch: &dyn Scratch) -> Result<(), SpillError> {
        self.start = start;
        self.bytes.resize(size, 0);
        let read = scratch.read_at(start, &mut self.bytes)?;
        self.bytes.truncate(read);
        Ok(())
    }
}

/// The record at the beginning of bytes, if it ends in them.
fn record_in(bytes: &[u8]) -> Option<Vec<u8>> {
    let ended = bytes.iter().take(LENGTH).any(|byte| *byte < 0x80);
    let mut numbers = Numbers(bytes);
    let length = numbers.number() as usize;
    (ended && length <= numbers.0.len()).then(|| numbers.take(length).to_vec())
}

fn cut_short() -> SpillError {
    let place = "the folder of temporary files".to_owned();
    SpillError { place, reason: "the file is shorter than what was written to it".to_owned() }
}

#[cfg(test)]
pub(super) use tests::{in_memory, nowhere};

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that is none.
    #[derive(Debug, Default)]
    struct InMemory(Mutex<Vec<u8>>);

    impl Scratch for InMemory {
        fn append(&self, bytes: &[u8]) -> Result<(), SpillError> {
            self.0.lock().unwrap().extend(bytes);
            Ok(())
        }

        fn read_at(&self, at: u64, into: &mut [u8]) -> Result<usize, SpillError> {
            let bytes = self.0.lock().unwrap();
            let there = bytes.get(at as usize..).unwrap_or(&[]);
            let read = there.len().min(into.len());
            into[..read].copy_from_slice(&there[..read]);
            Ok(read)
        }
    }

    pub(in crate::tally) fn in_memory() -> Result<Box<dyn Scratch>, SpillError> {
        Ok(Box::new(InMemory::default()))
    }

    /// A disk that is full from the beginning.
    #[derive(Debug)]
    struct Full;

    fn full() -> SpillError {
        SpillError { place: "/full".to_owned(), reason: "no space left".to_owned() }
    }

    impl Scratch for Full {
        fn append(&self, _: &[u8]) -> Result<(), SpillError> {
            Err(full())
        }

        fn read_at(&self, _: u64, _: &mut [u8]) -> Result<usize, SpillError> {
            Err(full())
        }
    }

    pub(in crate::tally) fn nowhere() -> Result<Box<dyn Scratch>, SpillError> {
        Ok(Box::new(Full))
    }

    fn log(
        open: fn() -> Result<Box<dyn Scratch>, SpillError>,
        records: &[Vec<u8>],
    ) -> (Log, Vec<u64>) {
        let overflow = Overflow::within(0, 1, open);
        let mut log = Log::new(&overflow).unwrap();
        let starts = records
            .iter()
            .map(|record| {
                let mut length = Vec::new();
                put(&mut length, record.len() as u32);
                let start = log.append(&length).unwrap();
                log.append(record).unwrap();
                start
            })
            .collect();
        (log, starts)
    }

    proptest::proptest! {
        #[test]
        fn records_come_back_in_any_order(
            records in proptest::collection::vec(proptest::collection::vec(proptest::num::u8::ANY, 0..300), 0..9),
            order in proptest::collection::vec(0..9usize, 0..20),
        ) {
            let (mut log, starts) = log(in_memory, &records);
            log.flush().unwrap();
            let window = Window::new(0);
            for index in order.into_iter().filter(|index| *index < records.len()) {
                let read = log.record(starts[index], &window);
                proptest::prop_assert_eq!(read.as_ref(), Some(&records[index]));
            }
            proptest::prop_assert_eq!(log.record(log.len(), &window), None);
            proptest::prop_assert_eq!(log.fault(), None);
        }
    }

    #[test]
    fn what_cannot_be_written_or_read_is_said() {
        let (mut written, _) = log(nowhere, &[vec![1; 9]]);
        assert_eq!(written.flush(), Err(full()));
        let (unflushed, _) = log(in_memory, &[vec![1; 9]]);
        assert_eq!(unflushed.record(0, &Window::new(0)), Some(Vec::new()));
        assert!(unflushed.fault().unwrap().reason.contains("shorter"));
        let said = full().to_string();
        assert!(said.contains("/full") && said.contains("TMPDIR") && said.contains("--sums"));
    }
}
