//! Reading and writing lexicons and reports. A file is written whole or not at all.

mod engine;
mod lexicons;
mod read;
mod reports;
mod scratch;
#[cfg(feature = "parquet")]
pub mod tallies;
mod write;

pub use engine::{EngineError, engine_for, layouter, lexicon_names, read_cues};
pub use lexicons::{
    LexiconError, LexiconFault, LexiconFile, LexiconName, load_lexicons, parse_layered,
    read_lexicons,
};
pub use read::read_file;
pub use reports::{ReportError, load_report, resolve_report};
pub use scratch::{USUAL_MEMORY, overflow};
pub use write::{Contents, remove_unfinished, write_together, write_whole, write_whole_with};
