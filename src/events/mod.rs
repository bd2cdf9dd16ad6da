//! Which articles tell the same story, and what each of them wrote of it.
//!
//! Events are declared in the metadata or found by comparing what articles are about; either way
//! they are put together when the tallies of a corpus are merged, never while an article is read.

mod choose;
mod copies;
mod group;
mod likeness;
mod model;
#[cfg(test)]
mod tests;
mod title;
mod told;
mod utterance;

pub use choose::{UnknownEvent, choose};
pub use copies::NEARLY_THE_SAME;
pub use group::{DAYS, LIMIT, THRESHOLD, find};
pub use model::{Event, Events, How, Method, Source};
pub use told::{Chosen, Mark, Passage, Subject, Told, told};
pub use utterance::Utterance;
