//! What stands for the reading of web pages where the program is built without it.

use super::article::Marked;
use super::format::{Draft, Row};
use super::problem::SkipReason;

fn absent<T>() -> Result<T, SkipReason> {
    Err(SkipReason::NotBuilt { what: "web pages", feature: "pages" })
}

/// Refuses a saved page.
pub(super) fn read(_: Vec<u8>) -> Result<Draft, SkipReason> {
    absent()
}

/// Refuses a fetched page.
pub(super) fn read_row(_: Vec<u8>, _: Option<&str>) -> Result<Row, SkipReason> {
    absent()
}

/// Refuses a piece of HTML.
pub(super) fn text_of_fragment(_: &str) -> Result<(String, Vec<Marked>), SkipReason> {
    absent()
}
