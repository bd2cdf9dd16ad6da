//! Tidy tables for spreadsheets and data frames: a row a case, a column a field, rates per 1,000
//! words, nothing where nothing can be computed.
//!
//! A text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is written with an
//! apostrophe before it, so that a spreadsheet does not run it. Numbers are written as they are.

use std::io::{self, Write};

use super::View;
use super::lookup::Lookup;
use super::tables::{Field, TableName, Tidy};
use crate::report::Report;

/// Writes the view's table, the rates if it names none, in the view's voice.
pub(super) fn write(report: &Report, view: &View, output: &mut dyn Write) -> io::Result<()> {
    let table = view.table.unwrap_or(TableName::Rates);
    write_tidy(&table.tidy(&Lookup::new(report, view)), output)
}

/// Writes a tidy table.
pub(super) fn write_tidy(tidy: &Tidy, output: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(&tidy.header)?;
    for row in &tidy.rows {
        writer.write_record(row.iter().map(cell))?;
    }
    writer.flush()
}

fn cell(field: &Field) -> String {
    match field {
        Field::Empty => String::new(),
        Field::Count(count) => count.to_string(),
        Field::Number(number) => number.to_string(),
        Field::Text(text) if is_formula(text) => format!("'{text}"),
        Field::Text(text) => text.clone(),
    }
}

/// Whether a spreadsheet might take a text for a formula: some pass over blanks and what is not seen, and
/// some take signs of full width for the plain ones.
fn is_formula(text: &str) -> bool {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    text.starts_with(['\t', '\r', '\n']) || text.trim_start_matches(unseen).starts_with(signs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_never_a_formula_and_a_number_stays_one() {
        assert_eq!(cell(&Field::Text("=1+1".to_owned())), "'=1+1");
        assert_eq!(cell(&Field::Text("\t=1+1".to_owned())), "'\t=1+1");
        for text in
            [" =1", "\u{a0}=1", "\u{3000}+1", "\n=1", "\u{b}=1", "\0=1", "\u{feff}=1", "＝1", "＠a"]
        {
            assert_eq!(cell(&Field::Text(text.to_owned())), format!("'{text}"));
        }
        assert_eq!(cell(&Field::Text(" a=1".to_owned())), " a=1");
        assert_eq!(cell(&Field::Text("a=1".to_owned())), "a=1");
        assert_eq!(cell(&Field::Number(-0.5)), "-0.5");
        assert_eq!(cell(&Field::Empty), "");
    }
}
