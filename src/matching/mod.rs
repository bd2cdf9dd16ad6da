//! Where the entries of an inventory stand in an article.

mod hit;

pub use hit::{Dropped, Hit};
