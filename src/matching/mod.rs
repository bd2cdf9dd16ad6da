//! Where the entries of an inventory stand in an article.
//!
//! Candidates come from the tables of words (`engine`: every form hangs on its rarest word, `anchor`;
//! bitmaps reject most words of a text, `filter`; the others are looked up, `table`) and from regular
//! expressions (`regex`); zones, quotations and `unless` refuse some (`admit`); of those that overlap
//! within a group one is kept (`resolve`). Past the search nothing costs more than there are candidates.

mod admit;
mod anchor;
mod engine;
mod filter;
mod forms;
mod hit;
mod literals;
mod matcher;
mod negation;
mod pieces;
mod quick;
mod regex;
mod resolve;
mod table;
mod twins;

pub use hit::{Dropped, Hit};
pub use matcher::{Matcher, MatcherError, MatcherFault, Scratch};
pub use regex::RegexFault;
pub use resolve::{Rival, winners};
pub use twins::SIZE_LIMIT as REGEX_SIZE_LIMIT;

#[cfg(test)]
mod tests;
