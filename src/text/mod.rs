//! Text as the rest of the crate sees it: spans, zones and voices, words, sentences, folding.

mod fold;
mod letters;
mod place;
pub mod sentences;
mod span;
pub mod words;

pub use fold::{Folded, Gap, Token};
pub use letters::Exactness;
pub use place::{Voice, Zone, ZoneSet};
pub use span::Span;
