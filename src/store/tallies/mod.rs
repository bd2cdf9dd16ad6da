//! Tallies as Parquet and Arrow IPC files: written a batch at a time, merged while read.
//!
//! `docs/TALLIES.md` describes the form. Files that were made with different lexicons, settings or
//! versions are refused with the reason, because their sums would mean nothing.

mod column;
mod files;
mod header;
mod rows;
mod sum_rows;
mod terms;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

pub use column::ColumnFault;
pub use files::{Batches, Counted, TalliesReader, TallyWriter, find_tallies, read_tallies};
pub use header::{Fingerprint, Header, Level, TALLIES_SCHEMA};
pub use terms::Terms;

/// Where in the schema's metadata the header stands.
pub const HEADER: &str = "parallax.tallies";

/// Why tallies can't be written or read.
#[derive(Debug, thiserror::Error)]
pub enum TalliesError {
    /// The file system's own error.
    #[error("can't use {}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the file system says.
        error: std::io::Error,
    },
    /// No file of that name or pattern.
    #[error("no file of tallies at `{name}`")]
    Missing {
        /// What was asked for.
        name: String,
    },
    /// A name that does not tell the format.
    #[error("{}: tallies are written to .parquet, .arrow or .feather", path.display())]
    Ending {
        /// The file.
        path: PathBuf,
    },
    /// Not a file of tallies.
    #[error(
        "{origin} holds no tallies: {reason}; copy the file once more, or make it again: parallax tally PATH --output FILE"
    )]
    NotTallies {
        /// The file.
        origin: String,
        /// What is wrong.
        reason: String,
    },
    /// Tallies of another form.
    #[error(
        "{origin}: its schema is `{found}`, this version reads `{TALLIES_SCHEMA}`; tally the articles again with this version"
    )]
    Schema {
        /// The file.
        origin: String,
        /// The schema that it names.
        found: String,
    },
    /// A column that can't be read.
    #[error("{origin}: {fault}")]
    Column {
        /// The file.
        origin: String,
        /// Which column, and what is wrong.
        fault: ColumnFault,
    },
    /// Counts that take up more memory than they may can't be put anywhere else.
    #[error(transparent)]
    Spill(#[from] crate::tally::SpillError),
    /// Files that can't be taken together.
    #[error("{origin} can't be added to {first}: {reason}")]
    Refused {
        /// The file.
        origin: String,
        /// The first file.
        first: String,
        /// Why not.
        reason: String,
    },
    /// The library that writes the format refuses.
    #[error("the tallies can't be written: {reason}")]
    Format {
        /// What it says.
        reason: String,
    },
}
