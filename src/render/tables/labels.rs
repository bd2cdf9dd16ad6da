//! Terms that were put on targets, each with its voice and the rule that linked it.

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::count;
use super::{Entry, Field, Tidy, json_rows};

pub(super) const ENTRY: Entry = Entry {
    title: "Labels by term and rule",
    show,
    tidy,
    json: |lookup| json_rows(lookup.report.targets.iter().filter(|row| !row.by_term.is_empty())),
};

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    let mut rows = Vec::new();
    for row in &lookup.report.targets {
        for label in &row.by_term {
            rows.push(vec![
                Field::from(&row.outlet),
                (&row.target).into(),
                (&label.lexicon).into(),
                (&label.category).into(),
                (&label.term).into(),
                (&label.voice).into(),
                (&label.rule).into(),
                label.labels.into(),
            ]);
        }
    }
    let header = vec!["outlet", "target", "lexicon", "category", "term", "voice", "rule", "labels"];
    Tidy { header, rows }
}

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut table = Table::new(vec![
        Column::new(Key::Name, "target"),
        Column::new(Key::Name, lookup.report.settings.by.clone()).joined(),
        Column::new(Key::Name, "term"),
        Column::new(Key::Name, "voice"),
        Column::new(Key::Name, "rule"),
        Column::new(Key::Labels, "labels, every voice"),
    ]);
    for row in &lookup.report.targets {
        for label in &row.by_term {
            let cells = vec![
                Text::from(row.title.clone()),
                lookup.outlet(&row.outlet).into(),
                label.term.clone().into(),
                label.voice.clone().into(),
                label.rule.clone().into(),
                count(label.labels).into(),
            ];
            table.push(cells, false);
        }
    }
    vec![Block::Table(table)]
}
