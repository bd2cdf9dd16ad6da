//! quanteda YAML.

use std::fmt::Write;

use super::Rows;

/// A map of categories to lists, every string in quotation marks, because a bare `no` or `1.0` is
/// something else in YAML.
pub(super) fn write(rows: &[Rows]) -> String {
    let mut out = String::new();
    for row in rows.iter().filter(|row| !row.entries.is_empty()) {
        let _ = writeln!(out, "{}:", quoted(&row.name));
        for (entry, _) in &row.entries {
            let _ = writeln!(out, "  - {}", quoted(entry));
        }
    }
    out
}

/// YAML's double-quoted strings take the escapes of JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
