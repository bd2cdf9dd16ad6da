//! The record itself, or the rows of one of its tables.

use std::io::{self, Write};

use super::View;
use super::lookup::Lookup;
use crate::report::Report;

/// Writes the whole record, or the rows of the view's table in the view's voice.
pub(super) fn write(report: &Report, view: &View, output: &mut dyn Write) -> io::Result<()> {
    let text = match view.table {
        None => serde_json::to_string_pretty(report)?,
        Some(table) => table.json(&Lookup::new(report, view))?,
    };
    output.write_all(text.as_bytes())?;
    output.write_all(b"\n")
}
