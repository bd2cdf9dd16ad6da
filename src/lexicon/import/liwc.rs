//! LIWC `.dic`: numbered categories between two lines of `%`, then terms with the numbers.

use std::collections::BTreeMap;

use super::ImportError;
use super::collect::Collector;
use super::decode::lines;
use super::written::Wildcards;

/// Reads the file. A `*` at the end of a term stands for any letters, elsewhere it is itself.
pub(super) fn read(text: &str, into: &mut Collector) -> Result<(), ImportError> {
    let marks: Vec<usize> =
        lines(text).filter(|(_, line)| line.trim() == "%").map(|(number, _)| number).collect();
    let [open, close, ..] = marks[..] else {
        let reason = "a LIWC dictionary begins with categories between two lines of %".to_owned();
        return Err(ImportError::Shape { line: 1, reason });
    };
    let mut categories = BTreeMap::new();
    for (number, line) in lines(text).skip(open).take(close - open - 1) {
        let Some((id, name, description)) = category(line) else {
            if !line.trim().is_empty() {
                into.skip(number, line, "are lines between the % that begin with no number");
            }
            continue;
        };
        let category = into.category(name);
        if !description.is_empty() {
            into.describe(category, &description);
        }
        if categories.insert(id, category).is_some() {
            into.notes.push(format!("line {number}: a second category has the number {id}"));
        }
    }
    for (number, line) in lines(text).skip(close) {
        if !line.trim().is_empty() {
            entry(number, line, &categories, into);
        }
    }
    Ok(())
}

/// Number, name and description of a category; tabs before the number say its depth.
fn category(line: &str) -> Option<(u32, &str, String)> {
    let fields: Vec<&str> =
        line.split('\t').map(str::trim).filter(|field| !field.is_empty()).collect();
    let (first, mut rest) = fields.split_first()?;
    let (id, mut name) = first.split_once(char::is_whitespace).unwrap_or((first, ""));
    if name.trim().is_empty()
        && let Some((next, others)) = rest.split_first()
    {
        (name, rest) = (next, others);
    }
    let id = id.parse().ok()?;
    let name = if name.trim().is_empty() { first } else { name.trim() };
    Some((id, name, rest.join(" ")))
}

fn entry(number: usize, line: &str, categories: &BTreeMap<u32, usize>, into: &mut Collector) {
    let (term, codes) = split(line);
    if term.contains('<') && term.contains('>') || codes.contains(['<', '(', '/']) {
        into.skip(number, line, "have conditional codes, which depend on the words beside them");
        return;
    }
    if codes.is_empty() {
        into.skip(number, line, "have no category");
        return;
    }
    for code in codes.split_whitespace() {
        let category = code.parse::<u32>().ok().and_then(|code| categories.get(&code));
        match category {
            Some(&category) => into.add(category, number, term, Wildcards::Trailing, None),
            None => {
                into.skip(number, line, format!("have the category {code}, which is not defined"))
            }
        }
    }
}

/// The term and its codes: separated by a tab, or else by the blank before the trailing numbers.
fn split(line: &str) -> (&str, &str) {
    let line = line.trim();
    if let Some((term, codes)) = line.split_once('\t') {
        return (term.trim(), codes.trim());
    }
    let mut border = line.len();
    for (at, _) in line.rmatch_indices(char::is_whitespace) {
        let tail = line[at..border].trim();
        if tail.is_empty() || tail.chars().all(|c| c.is_ascii_digit()) {
            border = at;
        } else {
            break;
        }
    }
    (line[..border].trim(), line[border..].trim())
}
