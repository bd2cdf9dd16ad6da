//! Articles and what is known about them.

mod article;

pub use article::{Article, Origin};
