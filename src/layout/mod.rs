//! Zones, sentences and voices of an article.

mod model;

pub use model::{Cue, CueKind, Flags, Layout, Segment};
