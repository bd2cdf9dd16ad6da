//! Parallax measures how news outlets word the same events.
//!
//! Lexicons of loaded terms are matched in the articles of each outlet; every word is placed in a
//! zone (headline, caption, body …) and a voice (the outlet's own, attributed, quoted, scare quotes);
//! counts are kept an article at a time, and rates, comparisons and verdicts are computed from those
//! counts with the article as the sampling unit.
//!
//! Data flows one way through the rooms of this crate: [`text`] → [`lexicon`] → [`corpus`] →
//! [`layout`] → [`matching`]. A room uses only rooms to its left. Left of [`lexicon`] and [`corpus`]
//! stands [`toml_reader`], for the files of both.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod audit;
pub mod corpus;
pub mod diff;
pub mod events;
pub mod explain;
pub mod layout;
pub mod lexicon;
pub mod linking;
pub mod matching;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod statistics;
pub mod store;
pub mod tally;
pub mod text;
pub mod toml_reader;
