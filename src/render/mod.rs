//! From the record of a run to something that people read. The report is finished before it comes
//! here: what is said, in which order and with which digits is settled once in [`outline`], and
//! each format only lays the parts out.
//!
//! | format | shows |
//! |---|---|
//! | terminal, markdown | the outline, or one table for reading |
//! | csv | one tidy table with every field, rates per 1,000 words; the rates if none is named |
//! | json | the whole record, or the rows of one table |
//! | html | a page with charts and the sentences, or one table |

mod concordance;
mod csv;
mod diff;
mod digest;
mod document;
mod html;
mod json;
mod legend;
mod lookup;
mod markdown;
mod number;
mod opening;
mod outline;
mod tables;
mod terminal;
mod visible;
mod whole_record;
mod wording;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod fixture_stories;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

pub use concordance::{context_width, render_concordance};
pub use diff::{diff_outline, render_diff};
pub use document::{
    Behind, Block, Column, Document, Quotation, Row, Run, Side, Style, Table, Text,
};
pub use html::{html, html_document};
pub use json::record;
pub use legend::Key;
pub use outline::outline;
pub use tables::{Field, TableName, Tidy};

use crate::report::Report;
use crate::tally::VoiceGroup;

/// How a report is looked at. It changes what is shown, never what is measured.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Words that displayed rates are given for; CSV and JSON always give them per 1,000.
    pub per: f64,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether the terminal may be sent colours.
    pub color: bool,
    /// Whether word-level scores are shown beside the comparisons.
    pub word_level: bool,
    /// The only voice to show; `None` shows `worded` first and the others in brief.
    pub voice: Option<VoiceGroup>,
    /// The only table to show.
    pub table: Option<TableName>,
    /// Sentences shown for each cell of the evidence.
    pub evidence: usize,
}

impl Default for View {
    fn default() -> Self {
        Self {
            per: 1000.0,
            width: 100,
            color: false,
            word_level: false,
            voice: None,
            table: None,
            evidence: 2,
        }
    }
}

impl View {
    /// The voice that comes first.
    pub fn leading_voice(&self) -> VoiceGroup {
        self.voice.unwrap_or_default()
    }

    /// Whether rows of that voice are wanted in a table of every voice.
    pub(crate) fn shows(&self, voice: VoiceGroup) -> bool {
        self.voice.is_none_or(|wanted| wanted == voice)
    }
}

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal of a known width.
    Terminal,
    /// For pages and messages.
    Markdown,
    /// For spreadsheets and data frames.
    Csv,
    /// The record.
    Json,
    /// A page in one file.
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Terminal, Self::Markdown, Self::Csv, Self::Json, Self::Html];

    /// The name used on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Html => "html",
        }
    }
}

/// Writes a report in a format.
///
/// # Errors
/// Those of the output, nothing else.
pub fn render(
    report: &Report,
    view: &View,
    format: Format,
    output: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Terminal => terminal::write(&outline(report, view), view, output),
        Format::Markdown => markdown::write(&outline(report, view), output),
        Format::Csv => csv::write(report, view, output),
        Format::Json => json::write(report, view, output),
        Format::Html => output.write_all(html(report, view).as_bytes()),
    }
}
