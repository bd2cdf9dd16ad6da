//! Lexicoder `.lc3`: `+category`, then one term a line.

use super::collect::Collector;
use super::decode::lines;
use super::written::Wildcards;

/// Reads the file.
pub(super) fn read(text: &str, into: &mut Collector) {
    let mut category = None;
    for (number, line) in lines(text) {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('+') {
            category = Some(into.category(name.trim()));
        } else if !line.is_empty() {
            let here = category.unwrap_or_else(|| into.list());
            into.add(here, number, line, Wildcards::Trailing, None);
        }
    }
}
