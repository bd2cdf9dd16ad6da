//! The record itself, or the rows of one of its tables: keys in the order of the model, a row a
//! line, so that two records can be compared line by line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::View;
use super::lookup::Lookup;
use crate::report::Report;

/// Writes the whole record, or the rows of the view's table in the view's voice.
pub(super) fn write(report: &Report, view: &View, output: &mut dyn Write) -> io::Result<()> {
    match view.table {
        None => {
            let mut serializer = Serializer::with_formatter(&mut *output, RowPerLine::default());
            report.serialize(&mut serializer)?;
        }
        Some(table) => {
            output.write_all(table.json(&Lookup::new(report, view))?.as_bytes())?;
        }
    }
    output.write_all(b"\n")
}

/// Levels of nesting whose members have a line each: the record and its tables.
const OPEN_LEVELS: usize = 2;

/// Breaks lines between keys of the record and between rows, nowhere else.
#[derive(Debug, Default)]
struct RowPerLine {
    level: usize,
}

impl RowPerLine {
    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, mark: &[u8]) -> io::Result<()> {
        self.level += 1;
        writer.write_all(mark)
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W, mark: &[u8]) -> io::Result<()> {
        self.level -= 1;
        if self.level < OPEN_LEVELS {
            self.new_line(writer)?;
        }
        writer.write_all(mark)
    }

    fn next<W: ?Sized + Write>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        if self.level <= OPEN_LEVELS { self.new_line(writer) } else { Ok(()) }
    }

    fn new_line<W: ?Sized + Write>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        (0..self.level).try_for_each(|_| writer.write_all(b"  "))
    }
}

impl Formatter for RowPerLine {
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
        writer.write_all(if self.level <= OPEN_LEVELS { &b": "[..] } else { b":" })
    }
}
