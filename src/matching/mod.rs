//! Where the entries of an inventory stand in an article.
//!
//! Candidates come from the tables of words (`engine`) and from regular expressions (`regex`); zones,
//! quotations and `unless` refuse some (`admit`); of those that overlap within a group one is kept
//! (`resolve`).

mod admit;
mod engine;
mod filter;
mod hit;
mod matcher;
mod negation;
mod regex;
mod resolve;

pub use hit::{Dropped, Hit};
pub use matcher::{Matcher, MatcherError, MatcherFault};
pub use resolve::{Rival, winners};
pub use regex::{RegexFault, SIZE_LIMIT as REGEX_SIZE_LIMIT};

#[cfg(test)]
mod tests;
