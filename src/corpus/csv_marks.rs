//! Quotation marks of a table that don't close: what follows is run together into one cell, unsaid by the
//! reader of rows, which takes all it can.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use memchr::memchr3;

/// What marks a table's cells off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    pub(super) quote: u8,
    pub(super) escape: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Where a cell begins.
    Start,
    /// In a cell without marks, or behind its end.
    Plain,
    /// Between the marks of a cell.
    Quoted,
    /// Behind the escape in such a cell.
    Escaped,
    /// Behind a mark in such a cell: it ends the cell, or is the first of two.
    Mark,
}

/// A reader that looks for marks which open a cell and don't close it where a cell ends.
pub(super) struct Marks<R> {
    reader: R,
    dialect: Dialect,
    state: State,
    /// Line of the place, counted from 1.
    line: u64,
    /// Line on which the cell began.
    opened: u64,
    /// Line of the first loose mark; 0 while there is none.
    loose: Arc<AtomicU64>,
}

impl<R> Marks<R> {
    /// The reader, and the line of the first loose mark, 0 while there is none.
    pub(super) fn new(reader: R, dialect: Dialect) -> (Self, Arc<AtomicU64>) {
        let loose = Arc::new(AtomicU64::new(0));
        let kept = Arc::clone(&loose);
        (Self { reader, dialect, state: State::Start, line: 1, opened: 1, loose }, kept)
    }

    fn is_loose(&self) {
        let _ = self.loose.compare_exchange(0, self.opened, Ordering::Relaxed, Ordering::Relaxed);
    }

    fn look_at(&mut self, mut bytes: &[u8]) {
        let Dialect { delimiter, quote, escape } = self.dialect;
        while !bytes.is_empty() {
            // What is passed over can't change the state.
            let at = match self.state {
                State::Plain => memchr3(delimiter, b'\n', b'\r', bytes),
                State::Quoted => memchr3(quote, escape.unwrap_or(quote), b'\n', bytes),
                _ => Some(0),
            };
            let Some(at) = at else { return };
            let byte = bytes[at];
            bytes = &bytes[at + 1..];
            self.state = match self.state {
                State::Quoted if byte == quote => State::Mark,
                State::Quoted if Some(byte) == escape => State::Escaped,
                State::Quoted | State::Escaped => State::Quoted,
                State::Mark if byte == quote => State::Quoted,
                State::Start if byte == quote => {
                    self.opened = self.line;
                    State::Quoted
                }
                _ if byte == delimiter || matches!(byte, b'\n' | b'\r') => State::Start,
                State::Mark => {
                    self.is_loose();
                    State::Plain
                }
                State::Start | State::Plain => State::Plain,
            };
            self.line += u64::from(byte == b'\n');
        }
    }
}

impl<R: Read> Read for Marks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.look_at(&buffer[..read]);
        let ended = read == 0 && !buffer.is_empty();
        if ended && matches!(self.state, State::Quoted | State::Escaped) {
            self.is_loose();
        }
        Ok(read)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COMMA: Dialect = Dialect { delimiter: b',', quote: b'"', escape: None };

    fn loose(table: &str, dialect: Dialect, size: usize) -> u64 {
        let (mut marks, loose) = Marks::new(table.as_bytes(), dialect);
        let mut buffer = vec![0; size];
        while marks.read(&mut buffer).unwrap() > 0 {}
        loose.load(Ordering::Relaxed)
    }

    #[test]
    fn closed_marks_are_none() {
        for table in [
            "",
            "a,b\n1,2",
            "a,b\n\"x \"\"y\"\" z\",\"\"\r\n\"line\nbreak\",5\" nails\n",
            "a,b\n\"x\"\r\"y\",\"\"\"\"\n",
            "a\n\"x\"",
        ] {
            assert_eq!(loose(table, COMMA, 3), 0, "{table}");
        }
        let escaped = Dialect { escape: Some(b'\\'), ..COMMA };
        assert_eq!(loose("a\n\"x \\\" y\\\\\"\n", escaped, 2), 0);
    }

    #[test]
    fn open_marks_tell_their_line() {
        for (table, line) in
            [("a,b\n\"x,y\nz,\"w\"\n", 2), ("a,b\n1,2\n3,\"x\n4,5\n", 3), ("a,b\n\"x\" y,2\n", 2)]
        {
            assert_eq!(loose(table, COMMA, 5), line, "{table}");
        }
    }

    proptest! {
        #[test]
        fn pieces_make_no_difference(table in "[a\",\n\r]{0,40}", size in 1_usize..9) {
            prop_assert_eq!(loose(&table, COMMA, size), loose(&table, COMMA, 100));
        }

        #[test]
        fn what_is_written_by_the_rules_is_sound(
            cells in proptest::collection::vec("[a\",\n\r]{0,8}", 1..12),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for pair in cells.chunks_exact(2) {
                writer.write_record(pair).unwrap();
            }
            let table = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(loose(&table, COMMA, 7), 0);
        }
    }
}
