//! Which articles tell the same story, and what each of them wrote of it.
//!
//! Events are declared in the metadata or found by comparing what articles are about; either way
//! they are put together when the tallies of a corpus are merged, never while an article is read.

mod choose;
mod model;
mod told;

pub use choose::{UnknownEvent, choose};
pub use model::{Event, Events, How, Method};
pub use told::{Chosen, Mark, Passage, Subject, Told, Utterance, told};
