//! The part of the events, known from the others, that each outlet covers.

use super::super::document::{Block, Column, Table};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording;
use super::{Entry, Tidy, json_rows};

pub(super) const ENTRY: Entry = Entry {
    title: "Events covered",
    show,
    tidy,
    json: |lookup| json_rows(&lookup.report.coverage),
};

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.coverage,
        &[
            ("outlet", |row| (&row.outlet).into()),
            ("others", |row| row.others.into()),
            ("events", |row| row.events.into()),
            ("covered", |row| row.covered.into()),
            ("share", |row| row.share.into()),
            ("low", |row| row.low.into()),
            ("high", |row| row.high.into()),
        ],
    )
}

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let Some(first) = lookup.report.coverage.first() else { return Vec::new() };
    let others = number::counted(first.others, "other");
    let interval = wording::confidence(lookup.report.settings.alpha);
    let mut table = Table::new(vec![
        Column::new(Key::Name, lookup.report.settings.by.clone()),
        Column::new(Key::Events, format!("covered, of events that {others} or more cover")),
        Column::new(Key::Share, format!("share [{interval}]")),
    ]);
    for row in &lookup.report.coverage {
        let share = number::with_interval(
            number::percent(row.share),
            number::percent(row.low),
            number::percent(row.high),
        );
        let covered = format!("{} of {}", count(row.covered), count(row.events));
        table.push(vec![lookup.outlet(&row.outlet).into(), covered.into(), share.into()], false);
    }
    vec![Block::Note(wording::NOT_FOUND.into()), Block::Table(table)]
}
