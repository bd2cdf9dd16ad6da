//! Coverage of each outlet.

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::count;
use super::{Entry, Field, Tidy, json_rows};
use crate::report::OutletRow;

pub(super) const ENTRY: Entry =
    Entry { title: "Coverage", show, tidy, json: |lookup| json_rows(&lookup.report.outlets) };

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut table = Table::new(vec![
        Column::new(Key::Name, lookup.report.settings.by.clone()),
        Column::new(Key::Articles, "articles"),
        Column::new(Key::Duplicates, "left out").joined(),
        Column::new(Key::Words, "words"),
        Column::new(Key::Words, "quoted").joined(),
        Column::new(Key::Events, "events"),
        Column::new(Key::Name, "first day"),
        Column::new(Key::Name, "last day").joined(),
    ]);
    for row in &lookup.report.outlets {
        let quoted = row.words_by_voice.get("quoted").copied().unwrap_or(0);
        let day = |day: &Option<String>| Text::from(day.clone().unwrap_or_default());
        let cells = vec![
            Text::from(row.name.clone()),
            count(row.articles).into(),
            count(row.duplicates).into(),
            count(row.words).into(),
            count(quoted).into(),
            count(row.events).into(),
            day(&row.first),
            day(&row.last),
        ];
        table.push(cells, row.articles == 0);
    }
    vec![Block::Table(table)]
}

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.outlets,
        &[
            ("outlet", |row| (&row.outlet).into()),
            ("name", |row| (&row.name).into()),
            ("groups", groups),
            ("articles", |row| row.articles.into()),
            ("empty_articles", |row| row.empty_articles.into()),
            ("duplicates", |row| row.duplicates.into()),
            ("events", |row| row.events.into()),
            ("first", |row| row.first.as_ref().into()),
            ("last", |row| row.last.as_ref().into()),
            ("words", |row| row.words.into()),
            ("words_own", |row| voice(row, "own")),
            ("words_attributed", |row| voice(row, "attributed")),
            ("words_quoted", |row| voice(row, "quoted")),
            ("words_scare", |row| voice(row, "scare")),
            ("words_headline", |row| zone(row, "headline")),
            ("words_subhead", |row| zone(row, "subhead")),
            ("words_byline", |row| zone(row, "byline")),
            ("words_caption", |row| zone(row, "caption")),
            ("words_body", |row| zone(row, "body")),
            ("words_boilerplate", |row| zone(row, "boilerplate")),
        ],
    )
}

fn voice(row: &OutletRow, name: &str) -> Field {
    row.words_by_voice.get(name).copied().into()
}

fn zone(row: &OutletRow, name: &str) -> Field {
    row.words_by_zone.get(name).copied().into()
}

fn groups(row: &OutletRow) -> Field {
    let parts: Vec<String> =
        row.groups.iter().map(|(name, value)| format!("{name}={value}")).collect();
    Field::Text(parts.join("; "))
}
