//! A lexicon against its own tests and against a corpus: which entries do not do what they are for.

#[cfg(test)]
mod builtin_tests;
mod corpus;
mod own_tests;

pub use corpus::{CorpusAudit, EntryUse};
pub use own_tests::{TestFailure, run_tests};
