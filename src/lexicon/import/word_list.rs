//! One term a line.

use super::collect::Collector;
use super::decode::lines;
use super::written::Wildcards;

/// Reads the file. A line that begins with `#`, `%`, `;` or `//` is a comment, and so is what stands
/// behind ` #`. A `*` at the end of a term stands for any letters.
pub(super) fn read(text: &str, into: &mut Collector) {
    let category = into.list();
    let mut comments = 0;
    for (number, line) in lines(text) {
        let line = line.trim();
        if line.starts_with(['#', '%', ';']) || line.starts_with("//") {
            comments += 1;
            continue;
        }
        let entry = line.split_once(" #").map_or(line, |(entry, _)| entry.trim());
        if !entry.is_empty() {
            into.add(category, number, entry, Wildcards::Trailing, None);
        }
    }
    if comments > 0 {
        into.notes.push(format!("{comments} lines are comments"));
    }
}
