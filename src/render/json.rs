//! The record itself, or the rows of one of its tables.

use std::io::{self, Write};

use super::View;
use super::lookup::Lookup;
use crate::report::Report;

/// Writes the whole record, or the rows of the view's table in the view's voice.
pub(super) fn write(report: &Report, view: &View, output: &mut dyn Write) -> io::Result<()> {
    let text = match view.table {
        None => record(report)?,
        Some(table) => table.json(&Lookup::new(report, view))? + "\n",
    };
    output.write_all(text.as_bytes())
}

/// The whole record as it is saved: JSON, a line a row, so that two versions of a report can be
/// compared line by line.
///
/// # Errors
/// Only if a row can't be written as JSON, which no report that was built gives cause for.
pub fn record(report: &Report) -> serde_json::Result<String> {
    let serde_json::Value::Object(keys) = serde_json::to_value(report)? else {
        return serde_json::to_string(report);
    };
    let mut json = String::from("{");
    for (index, (key, value)) in keys.iter().enumerate() {
        json.push_str(if index == 0 { "\n" } else { ",\n" });
        json.push_str(&serde_json::to_string(key)?);
        json.push_str(": ");
        match value {
            serde_json::Value::Array(rows) if !rows.is_empty() => {
                json.push_str("[\n");
                for (index, row) in rows.iter().enumerate() {
                    json.push_str(if index == 0 { "  " } else { ",\n  " });
                    json.push_str(&serde_json::to_string(row)?);
                }
                json.push_str("\n]");
            }
            other => json.push_str(&serde_json::to_string(other)?),
        }
    }
    json.push_str("\n}\n");
    Ok(json)
}
