//! Sampled sentences outside memory: put there as they come, of which a report reads those that it shows.

use super::bytes::{Numbers, put};
use super::evidence::{Cell, EvidenceSample, Rank, SampleRule};
use super::quotation::Packed;
use super::spill::{Log, Overflow, SpillError, Window};

/// Bytes that are read at a time.
const WINDOW: usize = 1 << 18;

/// Sentences of samples that took up too much memory, in no order.
#[derive(Debug, Clone)]
pub struct SentenceLog(Log);

impl SentenceLog {
    /// None as yet.
    ///
    /// # Errors
    /// There is nothing to put them in.
    pub fn new(overflow: &Overflow) -> Result<Self, SpillError> {
        Log::new(overflow).map(Self)
    }

    /// Bytes of all sentences.
    pub(super) fn len(&self) -> u64 {
        self.0.len()
    }

    /// What went wrong when they were read.
    pub(super) fn fault(&self) -> Option<&SpillError> {
        self.0.fault()
    }

    /// Hands on what waits; before anything is read.
    pub(super) fn flush(&mut self) -> Result<(), SpillError> {
        self.0.flush()
    }

    /// Appends a sentence.
    pub(super) fn append(
        &mut self,
        outlet: &str,
        cell: &Cell,
        rank: &Rank,
        sentence: &Packed,
    ) -> Result<(), SpillError> {
        let sentence = sentence.bytes();
        let mut record = Vec::with_capacity(outlet.len() + sentence.len() + 64);
        put(&mut record, outlet.len() as u32);
        record.extend(outlet.as_bytes());
        put_cell(&mut record, cell);
        record.extend(rank);
        record.extend(sentence);
        let mut length = Vec::with_capacity(5);
        put(&mut length, record.len() as u32);
        self.0.append(&length)?;
        self.0.append(&record)?;
        Ok(())
    }

    /// The sample of the cells that are wanted, by outlet and cell.
    pub(super) fn sample(
        &self,
        rule: SampleRule,
        wanted: impl Fn(&str, &Cell) -> bool,
    ) -> EvidenceSample {
        let mut sample = EvidenceSample::default();
        let window = Window::new(WINDOW);
        let mut start = 0;
        while let Some(record) = self.0.record(start, &window) {
            if self.fault().is_some() {
                break;
            }
            let mut length = Vec::with_capacity(5);
            put(&mut length, record.len() as u32);
            start += (length.len() + record.len()) as u64;
            let mut bytes = Numbers(&record);
            let outlet = bytes.text();
            let cell = cell(&mut bytes);
            if wanted(outlet, &cell) {
                let mut rank = Rank::default();
                rank.iter_mut().zip(bytes.take(16)).for_each(|(to, byte)| *to = *byte);
                sample.insert_packed(rule, (outlet, cell), rank, Packed::from_bytes(bytes.0));
            }
        }
        sample
    }
}

fn put_cell(record: &mut Vec<u8>, cell: &Cell) {
    let (kind, numbers, name) = match cell {
        Cell::Category(lexicon, category) => (0, [*lexicon, *category, 0], ""),
        Cell::Variant(lexicon, choice, variant) => (1, [*lexicon, *choice, *variant], ""),
        Cell::Label(name) => (2, [0; 3], name.as_str()),
        Cell::Mention(name) => (3, [0; 3], name.as_str()),
    };
    record.push(kind);
    if kind < 2 {
        numbers.into_iter().for_each(|number| put(record, number as u32));
    } else {
        put(record, name.len() as u32);
        record.extend(name.as_bytes());
    }
}

fn cell(bytes: &mut Numbers<'_>) -> Cell {
    let kind = bytes.byte();
    if kind < 2 {
        let [lexicon, of, variant] = [0; 3].map(|_: u8| bytes.number() as usize);
        return match kind {
            0 => Cell::Category(lexicon, of),
            _ => Cell::Variant(lexicon, of, variant),
        };
    }
    let name = bytes.text().to_owned();
    if kind == 2 { Cell::Label(name) } else { Cell::Mention(name) }
}
