//! Reading and writing lexicons and reports. A file is written whole or not at all.

mod lexicons;
mod reports;
mod write;

pub use lexicons::{LexiconError, LexiconFault, LexiconName, load_lexicons};
pub use reports::{ReportError, load_report, resolve_report};
pub use write::write_whole;
