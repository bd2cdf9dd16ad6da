//! CSV and its relatives: a header, then a row an article.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use csv::ByteRecord;

use super::decode::{EncodingNote, decode, decode_as, encoding_of, open_lines, unix_line_ends};
use super::format::{NumberedRow, RawRow, Row, Rows};
use super::problem::SkipReason;

/// How much of a header is read to find what separates the cells, in bytes.
const HEADER_LIMIT: u64 = 64 << 10;

/// Opens a table with a header.
pub(super) fn open(path: &Path) -> Result<Rows, SkipReason> {
    let unreadable = |error: std::io::Error| SkipReason::Unreadable(error.to_string());
    let mut reader = open_lines(path)?;
    let mut head = Vec::new();
    (&mut reader).take(HEADER_LIMIT).read_until(b'\n', &mut head).map_err(unreadable)?;
    let is_tsv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("tsv"));
    let delimiter = if is_tsv { b'\t' } else { delimiter_of(&head) };
    let whole = BufReader::new(Cursor::new(head).chain(reader));
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(true)
        .from_reader(whole);
    let header = table.byte_headers().map_err(|error| SkipReason::Unreadable(error.to_string()))?;
    if header.is_empty() {
        return Err(SkipReason::NoRows);
    }
    let header: Vec<String> = header.iter().enumerate().map(name_of).collect();
    let names: Arc<[String]> = header.iter().cloned().collect();
    let mut ended = false;
    let mut number = 1;
    let rows = table.into_byte_records().map_while(move |record| {
        number += 1;
        if ended {
            return None;
        }
        Some((
            number,
            match record {
                Ok(cells) if cells.len() == names.len() => {
                    Ok(Box::new(Cells { names: Arc::clone(&names), cells }) as Box<dyn RawRow>)
                }
                Ok(cells) => {
                    Err(SkipReason::RaggedRow { expected: names.len(), found: cells.len() })
                }
                Err(error) => {
                    ended = true;
                    Err(SkipReason::Unreadable(error.to_string()))
                }
            },
        ))
    });
    Ok(Rows { header, rows: Box::new(rows.map(|row: NumberedRow| row)) })
}

/// The name of a column; one that has none is called by its place.
fn name_of((index, cell): (usize, &[u8])) -> String {
    let name = decode(cell.to_vec()).text;
    match name.trim() {
        "" => format!("column {}", index + 1),
        name => name.to_owned(),
    }
}

/// What separates the cells of a header: the candidate that stands most often outside quotation
/// marks, a comma where none does.
fn delimiter_of(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for &byte in head {
        quoted ^= byte == b'"';
        if !quoted && let Some((_, count)) = counts.iter_mut().find(|(other, _)| *other == byte) {
            *count += 1;
        }
    }
    let best = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    counts.iter().find(|(_, count)| *count == best).map_or(b',', |(delimiter, _)| *delimiter)
}

/// One row, not yet read.
struct Cells {
    names: Arc<[String]>,
    cells: ByteRecord,
}

impl RawRow for Cells {
    fn read(self: Box<Self>) -> Result<Row, SkipReason> {
        let mut note = EncodingNote::default();
        let mut values = BTreeMap::new();
        // A cell alone may be too short to guess from.
        let whole = self.cells.as_slice();
        let (encoding, guessed) = match std::str::from_utf8(whole) {
            Ok(_) => (encoding_rs::UTF_8, false),
            Err(_) => encoding_of(whole),
        };
        for (name, cell) in self.names.iter().zip(&self.cells) {
            let decoded = decode_as(encoding, cell, guessed);
            note.guessed = note.guessed.or(decoded.note.guessed);
            note.replaced = note.replaced.or(decoded.note.replaced);
            let text = match decoded.text.contains('\r') {
                true => unix_line_ends(&decoded.text),
                false => decoded.text,
            };
            // Of two columns with one name the first counts.
            values.entry(name.clone()).or_insert(text);
        }
        Ok(Row { values, note })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_seen_outside_quotation_marks() {
        assert_eq!(delimiter_of(b"id,text\n"), b',');
        assert_eq!(delimiter_of(b"id;text;\"a,b,c\"\n"), b';');
        assert_eq!(delimiter_of(b"id\ttext\n"), b'\t');
        assert_eq!(delimiter_of(b"text\n"), b',');
    }
}
