//! From the record of a diff to something that people read: a summary to be read aloud, the rates
//! that moved, what is new and what vanished, and what stayed, in one line.

mod details;
mod findings;
mod phrases;
mod rates;
mod reading;
mod shares;
mod summary;
mod tidy;

use std::io::{self, Write};

use super::document::{Block, Document};
use super::{Format, View, csv, html_document, markdown, terminal};
use crate::diff::DiffRecord;

/// The parts of a rendered diff in reading order.
pub fn diff_outline(record: &DiffRecord, view: &View) -> Document {
    let mut blocks = vec![Block::Heading(1, "What changed".to_owned())];
    summary::push(record, &mut blocks);
    if record.changed {
        rates::push(record, view, &mut blocks);
        shares::push(record, &mut blocks);
        details::push(record, &mut blocks);
    }
    blocks.push(Block::Heading(2, "What did not change".to_owned()));
    blocks.push(Block::Paragraph(summary::unchanged(record).into()));
    reading::push(record, view, &mut blocks);
    Document { blocks }
}

/// Writes a diff in a format. CSV is one row a moved rate, share or labelling, rates in every voice
/// unless the view names one.
///
/// # Errors
/// Those of the output, nothing else.
pub fn render_diff(
    record: &DiffRecord,
    view: &View,
    format: Format,
    output: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Terminal => terminal::write(&diff_outline(record, view), view, output),
        Format::Markdown => markdown::write(&diff_outline(record, view), output),
        Format::Csv => csv::write_tidy(&tidy::tidy(record, view), output),
        Format::Json => output.write_all(super::json::lines(record, 2)?.as_bytes()),
        Format::Html => output.write_all(
            html_document(&diff_outline(record, view), "difference of two reports").as_bytes(),
        ),
    }
}
