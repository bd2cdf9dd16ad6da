//! Text as the rest of the crate sees it: spans, zones and voices, words, sentences, folding.

mod easy;
mod fold;
mod fold_masks;
mod fold_words;
mod letters;
mod lines;
mod nearest;
#[allow(dead_code, reason = "`build.rs` packs what the program unpacks")]
mod packed_hir;
mod place;
pub mod sentences;
mod simd;
mod span;
mod walk;
mod word_table;
pub mod words;
mod words_by_masks;

pub(crate) use easy::{eased, is_easy};
pub use fold::{Folded, Gap, Token};
pub use letters::Exactness;
pub use lines::Lines;
pub(crate) use nearest::Nearest;
pub(crate) use packed_hir::unpack as unpack_hir;
pub use place::{Voice, Zone, ZoneSet};
pub use simd::Level;
pub(crate) use simd::{Block, Kernel};
pub use span::Span;
pub(crate) use walk::Walks;
pub(crate) use word_table::{Key, WordTable};
