//! Mentions of targets, and the labels that are put on them.

mod model;

pub use model::{Label, Links, Mention, TargetRef};
