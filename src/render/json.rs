//! The record itself, or the rows of one of its tables: keys in the order of the model, a row a
//! line, so that two records can be compared line by line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::View;
use super::lookup::Lookup;
use super::whole_record;
use crate::report::Report;

/// Writes the whole record, or the rows of the view's table in the view's voice.
pub(super) fn write(report: &Report, view: &View, output: &mut dyn Write) -> io::Result<()> {
    match view.table {
        None => whole_record::write(report, output),
        Some(table) => output.write_all(table.json(&Lookup::new(report, view))?.as_bytes()),
    }
}

/// The whole record as it is saved: JSON, keys in the order of the model, a line a row, so that two
/// versions of a report can be compared line by line.
///
/// # Errors
/// Only if a row can't be written as JSON, which no report that was built gives cause for.
pub fn record(report: &Report) -> serde_json::Result<String> {
    lines(report, 2)
}

/// A value as JSON in which the members of so many outer levels have a line each.
pub(super) fn lines(value: &impl Serialize, levels: usize) -> serde_json::Result<String> {
    let mut text = Vec::new();
    write_lines(value, levels, &mut text)?;
    String::from_utf8(text).map_err(serde::ser::Error::custom)
}

fn write_lines(
    value: &impl Serialize,
    levels: usize,
    output: &mut dyn Write,
) -> serde_json::Result<()> {
    let formatter = OuterLevels::at(0, levels);
    let mut pieces = Pieces::to(output);
    value.serialize(&mut Serializer::with_formatter(&mut pieces, formatter))?;
    let end = pieces.write_all(b"\n").and_then(|()| pieces.flush());
    end.map_err(serde_json::Error::io)
}

/// Bytes that are handed on together: a serializer writes a few at a time.
const PIECE: usize = 1 << 14;

/// What a serializer writes to: it is handed on, or all of it waits where there is nothing to hand it to.
#[derive(Default)]
pub(super) struct Pieces<'o> {
    pub(super) waiting: Vec<u8>,
    output: Option<&'o mut dyn Write>,
}

impl<'o> Pieces<'o> {
    pub(super) fn to(output: &'o mut dyn Write) -> Self {
        Self { waiting: Vec::with_capacity(2 * PIECE), output: Some(output) }
    }
}

impl Write for Pieces<'_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PIECE { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        let Some(output) = &mut self.output else { return Ok(()) };
        let written = output.write_all(&self.waiting);
        self.waiting.clear();
        written
    }
}

/// Breaks lines in outer levels, nowhere else.
#[derive(Debug)]
pub(super) struct OuterLevels {
    levels: usize,
    level: usize,
}

impl OuterLevels {
    /// What stands within so many levels.
    pub(super) fn at(level: usize, levels: usize) -> Self {
        Self { levels, level }
    }

    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, mark: &[u8]) -> io::Result<()> {
        self.level += 1;
        writer.write_all(mark)
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W, mark: &[u8]) -> io::Result<()> {
        self.level -= 1;
        if self.level < self.levels {
            self.new_line(writer)?;
        }
        writer.write_all(mark)
    }

    pub(super) fn next<W: ?Sized + Write>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        if self.level <= self.levels { self.new_line(writer) } else { Ok(()) }
    }

    pub(super) fn new_line<W: ?Sized + Write>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        (0..self.level).try_for_each(|_| writer.write_all(b"  "))
    }
}

impl Formatter for OuterLevels {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.next(writer, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.next(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(if self.level <= self.levels { &b": "[..] } else { b":" })
    }
}
