//! CSV and its relatives: a header, then a row an article.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use csv::ByteRecord;

use super::csv_marks::{Dialect, Marks};
use super::decode::{EncodingNote, Reading, decode, open_lines, unix_line_ends};
use super::format::{NumberedRow, RawRow, Row, Rows};
use super::problem::SkipReason;
use super::source::{Source, unreadable, without_packing};

/// How much of a header is read to find what separates the cells, in bytes.
const HEADER_LIMIT: u64 = 64 << 10;

/// Opens a table with a header.
pub(super) fn open(source: &Source) -> Result<Rows, SkipReason> {
    let mut reader = open_lines(source)?;
    let mut head = Vec::new();
    (&mut reader).take(HEADER_LIMIT).read_until(b'\n', &mut head).map_err(unreadable)?;
    let first_line = head.len();
    (&mut reader)
        .take(HEADER_LIMIT.saturating_sub(first_line as u64))
        .read_to_end(&mut head)
        .map_err(unreadable)?;
    let name = without_packing(&source.path);
    let is_tsv = name.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("tsv"));
    let delimiter = if is_tsv { b'\t' } else { delimiter_of(&head[..first_line]) };
    let quote = if head.starts_with(b"'") { b'\'' } else { b'"' };
    let escape = is_escaped(&head, quote, delimiter).then_some(b'\\');
    // Spreadsheets may say in a line of its own what separates the cells.
    let head = match head.strip_prefix(b"sep=").and_then(|rest| rest.split_at_checked(1)) {
        Some((_, [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..])) => rest.to_vec(),
        _ => head,
    };
    let marks = Dialect { delimiter, quote, escape };
    let (whole, loose) = Marks::new(Cursor::new(head).chain(reader), marks);
    let whole = BufReader::new(whole);
    let (whole, given) = Rationed::new(whole, source.limit);
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quote(quote)
        .escape(escape)
        .flexible(true)
        .has_headers(true)
        .from_reader(whole);
    let header = table.byte_headers().map_err(|error| reason(&error, source.limit))?;
    if header.is_empty() {
        return Err(SkipReason::NoRows);
    }
    let header: Vec<String> = header.iter().enumerate().map(name_of).collect();
    let limit = source.limit;
    let names: Arc<[String]> = header.iter().cloned().collect();
    let mut ended = false;
    let mut number = 1;
    let rows = table.into_byte_records().map_while(move |record| {
        given.store(0, Ordering::Relaxed);
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
                    Err(reason(&error, limit))
                }
            },
        ))
    });
    // Known only when all is read.
    let at_the_end = std::iter::once_with(move || match loose.load(Ordering::Relaxed) {
        0 => None,
        line => Some((line, Err(SkipReason::LooseQuotation))),
    });
    let rows = rows.chain(at_the_end.flatten());
    Ok(Rows { header, is_named: false, rows: Box::new(rows.map(|row: NumberedRow| row)) })
}

fn reason(error: &csv::Error, limit: usize) -> SkipReason {
    match error.kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            SkipReason::RowTooLong { limit }
        }
        csv::ErrorKind::Io(error) => SkipReason::Unreadable(error.to_string()),
        _ => SkipReason::Unreadable(error.to_string()),
    }
}

/// A reader that refuses to give more than a ration before its count is set back to 0: a quotation
/// mark that is never closed makes one row of all that follows.
struct Rationed<R> {
    reader: R,
    given: Arc<AtomicUsize>,
    limit: usize,
}

impl<R> Rationed<R> {
    /// The reader and its count.
    fn new(reader: R, limit: usize) -> (Self, Arc<AtomicUsize>) {
        let given = Arc::new(AtomicUsize::new(0));
        (Self { reader, given: Arc::clone(&given), limit }, given)
    }
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let before = self.given.fetch_add(read, Ordering::Relaxed);
        if before.saturating_add(read) > self.limit.saturating_add(HEADER_LIMIT as usize) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}

/// Whether quotation marks inside cells have a backslash before them instead of being doubled, as
/// databases write them: such a mark would else end its cell, and no cell goes on behind its end.
fn is_escaped(head: &[u8], quote: u8, delimiter: u8) -> bool {
    let inside = |at: usize| {
        let behind = head.get(at + 2);
        behind.is_some_and(|byte| {
            !matches!(byte, b'\r' | b'\n') && ![quote, delimiter].contains(byte)
        })
    };
    let escaped = memchr::memchr_iter(b'\\', head)
        .filter(|&at| head.get(at + 1) == Some(&quote) && inside(at))
        .count();
    escaped > 0 && escaped > memchr::memmem::find_iter(head, &[quote, quote]).count()
}

/// Bytes that the name of a column may have: every row bears it.
const LONGEST_NAME: usize = 1000;

/// The name of a column; one that has none, or a text for one, is called by its place.
fn name_of((index, cell): (usize, &[u8])) -> String {
    let name = decode(cell.to_vec()).text;
    match name.trim() {
        name if name.is_empty() || name.len() > LONGEST_NAME => format!("column {}", index + 1),
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
        let reading = Reading::of(self.cells.as_slice());
        for (name, cell) in self.names.iter().zip(&self.cells) {
            let decoded = reading.decode(cell);
            note.guessed = note.guessed.or(decoded.note.guessed);
            note.replaced = note.replaced.or(decoded.note.replaced);
            let text = match decoded.text.contains('\r') {
                true => unix_line_ends(&decoded.text),
                false => decoded.text,
            };
            // Of two columns with one name the first counts.
            values.entry(name.clone()).or_insert(text);
        }
        Ok(Row { values, note, ..Row::default() })
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

    #[test]
    fn backslashes_escape_where_doubling_is_unknown() {
        let escaped = |head: &[u8]| is_escaped(head, b'"', b',');
        assert!(escaped(b"id,text\n1,\"He said \\\"no\\\" to it\"\n"));
        assert!(!escaped(b"id,text\n1,\"He said \"\"no\"\" to it\"\n"));
        // A cell may end in a backslash.
        assert!(!escaped(b"id,path\n\"C:\\\",\"D:\\\"\n"));
    }
}
