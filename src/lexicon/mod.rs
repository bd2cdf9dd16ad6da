//! Lexicons: what a file may say, reading it, and the flattened inventory that is matched.

mod inventory;
mod model;

pub use inventory::{Entry, EntryId, Group, GroupKind, Inventory};
pub use model::{Category, Choice, Lexicon, Measure, Pattern, Target, TargetKind, Term};
