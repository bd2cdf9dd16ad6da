//! What is kept of an article, and how the tallies of articles become those of a corpus.
//!
//! Tallies hold integers and merge by an associative and commutative operation: a corpus that is
//! split in any way, counted apart and merged gives the same result.

mod article;
mod bytes;
mod count;
mod evidence;
mod excerpt;
mod features;
mod merge;
mod packed;
mod quotation;
mod sentences;
mod spelling;
mod spill;
mod spilling;
#[cfg(test)]
mod spilling_tests;
mod sum;
mod sums;

pub use article::{
    ArticleTally, Candidate, Cluster, Count, LabelCount, MentionCount, ReportCount, VoiceGroup,
    WordCounts,
};
pub use count::{Purpose, Reading, count, speaker_of, target_key};
pub use evidence::{Cell, EvidenceSample, Rank, SampleRule, sentences_beyond};
pub use excerpt::{Excerpt, excerpt, joined};
pub use features::{CELLS, EMPTY_CELL, Features, WORDS, features, hash};
pub use merge::{CorpusTallies, Duplicates, Tallies};
pub use packed::{Articles, Head, Keep, Row};
pub use quotation::Quotation;
pub use sentences::SentenceLog;
pub use spilling::Spilling;
pub use spill::{Overflow, Scratch, SpillError};
pub use sum::{Moments, Sum, SumOf, Sums};
pub use sums::Summer;
