//! Lexicons: what a file may say, reading it, and the flattened inventory that is matched.

mod builtin;
mod check;
mod export;
mod extend;
mod facts;
mod gaps;
mod globs;
mod import;
mod inflect;
mod inventory;
mod known;
mod model;
mod notation;
mod packed;
mod parse;
mod parse_term;
#[cfg(test)]
mod parse_tests;
mod required;
mod starter;
mod tidy;
mod written;

pub use crate::toml_reader::{Diagnostic, Severity};
pub use builtin::{BUILTIN, Builtin};
pub use check::check;
pub use export::{Exported, Lost, Target as ExportFormat, export};
pub use extend::{Layer, extend};
pub(crate) use facts::Facts;
pub use gaps::gap_marks;
pub(crate) use gaps::{holds_blank_line, holds_quotes_alone};
pub use import::{
    Format as ImportFormat, Guess, ImportError, ImportOptions, Imported, Skipped, import, slug,
};
pub use inflect::Inflection;
pub use inventory::{Entry, EntryId, Group, GroupKind, Inventory};
pub use model::{Category, Choice, Lexicon, Measure, Pattern, Target, TargetKind, Term};
pub use notation::{NotationError, PhrasePattern, Shape, UnlessPattern, WordPattern};
pub(crate) use notation::{is_plain, plain_words};
pub use parse::{Parsed, SCHEMA, parse};
pub(crate) use parse_term::REGEX_SIZE_LIMIT;
pub(crate) use required::Required;
pub use required::required_literals;
pub use starter::{is_id, starter};
pub use tidy::{Tidied, tidy};
