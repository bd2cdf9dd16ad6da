//! What was left out or may mislead.

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::count;
use super::{Entry, Tidy, json_rows};

pub(super) const ENTRY: Entry = Entry {
    title: "What was left out or may mislead",
    show,
    tidy,
    json: |lookup| json_rows(&lookup.report.warnings),
};

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.warnings,
        &[
            ("code", |row| (&row.code).into()),
            ("outlet", |row| row.outlet.as_ref().into()),
            ("count", |row| row.count.into()),
            ("message", |row| (&row.message).into()),
        ],
    )
}

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut table = Table::new(vec![
        Column::new(Key::Name, "what"),
        Column::new(Key::Count, "count"),
        Column::new(Key::Name, "meaning"),
    ]);
    for row in &lookup.report.warnings {
        let cells = vec![
            Text::from(row.code.replace('-', " ")),
            count(row.count).into(),
            row.message.clone().into(),
        ];
        table.push(cells, false);
    }
    if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] }
}
