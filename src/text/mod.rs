//! Text as the rest of the crate sees it: spans, zones and voices, words, sentences, folding.

mod place;
pub mod sentences;
mod span;
pub mod words;

pub use place::{Voice, Zone, ZoneSet};
pub use span::Span;
