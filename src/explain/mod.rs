//! Every decision about one article, and concordance lines: how a number comes about.

mod article;
mod concordance;

pub use article::{Explanation, HitRecord, SegmentRecord, explain};
pub use concordance::{Line, Query, UnknownName, concordance};
