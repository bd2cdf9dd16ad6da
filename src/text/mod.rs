//! Text as the rest of the crate sees it: spans, zones and voices, words, sentences, folding.

mod place;
mod span;

pub use place::{Voice, Zone, ZoneSet};
pub use span::Span;
