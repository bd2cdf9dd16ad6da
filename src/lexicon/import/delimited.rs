//! Tables with a header: long CSV, wide CSV, LIWC-22 `.dicx`, eMFD.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::collect::Collector;
use super::written::Wildcards;
use super::{Format, ImportError};

/// Headers that name the column of terms.
const TERM_NAMES: &[&str] = &["term", "word", "token", "entry", "dicterm", "lemma", "pattern"];
/// Headers that name the column of categories.
const CATEGORY_NAMES: &[&str] = &["category", "cat", "class", "label", "emotion", "group", "type"];
/// Headers that name the column of weights.
const WEIGHT_NAMES: &[&str] = &["weight", "score", "value", "rating", "mean", "valence"];

/// Whether the table has a row for each term and category.
pub(super) fn is_long(text: &str) -> bool {
    let Ok(header) = reader(text).headers().cloned() else { return false };
    if column(&header, CATEGORY_NAMES).is_some() {
        return true;
    }
    // Without a header: two or three columns, the second of words.
    let named = column(&header, TERM_NAMES).is_some();
    let is_mark = |cell: &str| matches!(cell.to_lowercase().as_str(), "x" | "1" | "0" | "");
    !named
        && matches!(header.len(), 2 | 3)
        && header.get(1).is_some_and(|cell| !is_mark(cell))
        && header.get(1).is_some_and(|cell| cell.parse::<f64>().is_err())
}

/// Reads the file as one of the four.
pub(super) fn read(text: &str, format: Format, into: &mut Collector) -> Result<(), ImportError> {
    let mut reader = reader(text);
    let header = reader.headers().map_err(|error| shape(&error))?.clone();
    match format {
        Format::Long => long(reader, &header, into),
        Format::Emfd => {
            let columns = emfd_columns(&header, into);
            wide(reader, header.len(), &columns, into, Wildcards::None)
        }
        _ => {
            let columns: Vec<(usize, String)> = header
                .iter()
                .enumerate()
                .skip(1)
                .filter(|(_, name)| !name.is_empty())
                .map(|(index, name)| (index, name.to_owned()))
                .collect();
            if columns.is_empty() {
                let reason = "the header names no category".to_owned();
                return Err(ImportError::Shape { line: 1, reason });
            }
            wide(reader, header.len(), &columns, into, Wildcards::Trailing)
        }
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|&mark| count(char::from(mark)));
    ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter.unwrap_or(b','))
        .from_reader(text.as_bytes())
}

fn shape(error: &csv::Error) -> ImportError {
    let line = error.position().map_or(1, |position| position.line() as usize);
    ImportError::Shape { line, reason: format!("not CSV: {error}") }
}

fn column(header: &StringRecord, names: &[&str]) -> Option<usize> {
    header.iter().position(|cell| names.contains(&cell.to_lowercase().as_str()))
}

fn long(
    mut reader: Reader<&[u8]>,
    header: &StringRecord,
    into: &mut Collector,
) -> Result<(), ImportError> {
    let category = column(header, CATEGORY_NAMES);
    let term = column(header, TERM_NAMES).unwrap_or(0);
    let weight =
        column(header, WEIGHT_NAMES).or((header.len() > 2 && category.is_none()).then_some(2));
    let mut row = |line: usize, record: &StringRecord| {
        let entry = record.get(term).unwrap_or_default();
        let name = record.get(category.unwrap_or(1)).unwrap_or_default();
        if name.is_empty() {
            into.skip(line, entry, "have no category");
            return;
        }
        let written = weight.and_then(|weight| record.get(weight)).filter(|cell| !cell.is_empty());
        let number =
            written.map(|cell| cell.parse::<f64>().ok().filter(|number| number.is_finite()));
        if number == Some(None) {
            into.skip(line, entry, "have a weight that is no number");
            return;
        }
        let here = into.category(name);
        into.add(here, line, entry, Wildcards::Trailing, number.flatten());
    };
    if category.is_none() {
        row(1, header);
    }
    for record in reader.records() {
        let record = record.map_err(|error| shape(&error))?;
        row(line_of(&record), &record);
    }
    Ok(())
}

fn line_of(record: &StringRecord) -> usize {
    record.position().map_or(0, |position| position.line() as usize)
}

/// The columns of probabilities; those of sentiment are left out.
fn emfd_columns(header: &StringRecord, into: &mut Collector) -> Vec<(usize, String)> {
    let mut columns = Vec::new();
    let mut others = Vec::new();
    for (index, name) in header.iter().enumerate().skip(1) {
        match name.strip_suffix("_p") {
            Some(foundation) => columns.push((index, foundation.to_owned())),
            None => others.push(name),
        }
    }
    if !others.is_empty() {
        into.notes.push(format!("the columns {} are left out", others.join(", ")));
    }
    columns
}

/// A row a term, a column a category: an x or 1 says that it belongs there, another number how much.
fn wide(
    mut reader: Reader<&[u8]>,
    width: usize,
    columns: &[(usize, String)],
    into: &mut Collector,
    wildcards: Wildcards,
) -> Result<(), ImportError> {
    // The categories keep the order of the header, whichever has the first entry.
    for (_, name) in columns {
        into.category(name);
    }
    for record in reader.records() {
        let record = record.map_err(|error| shape(&error))?;
        let line = line_of(&record);
        let entry = record.get(0).unwrap_or_default();
        let beyond: Vec<&str> = record.iter().skip(width).filter(|cell| !cell.is_empty()).collect();
        if !beyond.is_empty() {
            into.skip(line, &beyond.join(","), "stand in cells that the header has no name for");
        }
        if entry.is_empty() {
            into.skip(line, &record.iter().collect::<Vec<_>>().join(","), "have no term");
            continue;
        }
        let mut member = false;
        for (index, name) in columns {
            let cell = record.get(*index).unwrap_or_default();
            match membership(cell) {
                Some(None) => {}
                Some(Some(weight)) => {
                    member = true;
                    let category = into.category(name);
                    let weight = (weight != 1.0).then_some(weight);
                    into.add(category, line, entry, wildcards, weight);
                }
                None => {
                    member = true;
                    into.skip(
                        line,
                        entry,
                        format!("have a cell that is neither X nor a number: {cell}"),
                    );
                }
            }
        }
        if !member {
            into.skip(line, entry, "are in no category");
        }
    }
    Ok(())
}

/// The weight that a cell gives; `Some(None)` where it says no.
fn membership(cell: &str) -> Option<Option<f64>> {
    match cell.to_lowercase().as_str() {
        "" | "0" | "no" | "n" | "false" | "na" | "-" => Some(None),
        "x" | "yes" | "y" | "true" => Some(Some(1.0)),
        number => {
            number.parse::<f64>().ok().filter(|n| n.is_finite()).map(|n| (n != 0.0).then_some(n))
        }
    }
}
