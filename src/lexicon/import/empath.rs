//! Empath `.tsv`: a category and its terms in one line; `_` joins the words of a phrase.

use super::collect::Collector;
use super::decode::lines;
use super::written::Wildcards;

/// Reads the file.
pub(super) fn read(text: &str, into: &mut Collector) {
    for (number, line) in lines(text) {
        let mut cells = line.split('\t');
        let Some(name) = cells.next().map(str::trim).filter(|name| !name.is_empty()) else {
            continue;
        };
        let category = into.category(&name.replace('_', " "));
        for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
            into.add(category, number, &cell.replace('_', " "), Wildcards::None, None);
        }
    }
}
