//! LIWC `.dic`.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Rows;

/// Categories with numbers between two lines of `%`, then each term once with its numbers.
pub(super) fn write(rows: &[Rows]) -> String {
    let mut out = String::from("%\n");
    let mut numbers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let _ = writeln!(out, "{}\t{}", index + 1, row.name);
        for (entry, _) in &row.entries {
            let known = numbers.entry(entry).or_default();
            if known.is_empty() {
                order.push(entry);
            }
            known.push(index + 1);
        }
    }
    out.push_str("%\n");
    for entry in order {
        let codes = numbers.get(entry).into_iter().flatten();
        let codes: Vec<String> = codes.map(usize::to_string).collect();
        let _ = writeln!(out, "{entry}\t{}", codes.join("\t"));
    }
    out
}
