//! Lexicons: what a file may say, reading it, and the flattened inventory that is matched.

mod inventory;
mod model;
mod notation;

pub use inventory::{Entry, EntryId, Group, GroupKind, Inventory};
pub use model::{Category, Choice, Lexicon, Measure, Pattern, Target, TargetKind, Term};
pub use notation::{NotationError, PhrasePattern, Shape, UnlessPattern, WordPattern, gap_marks};
