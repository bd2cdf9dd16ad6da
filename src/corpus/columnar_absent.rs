//! What stands for the reading of Parquet and Arrow where the program is built without it.

use super::format::Rows;
use super::problem::SkipReason;
use super::source::Source;

/// Refuses a table of columns.
pub(super) fn open(_: &Source) -> Result<Rows, SkipReason> {
    Err(SkipReason::NotBuilt { what: "Parquet and Arrow", feature: "parquet" })
}
