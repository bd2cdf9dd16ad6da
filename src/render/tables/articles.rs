//! The articles with their words.

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::count;
use super::{Entry, Field, Tidy, json_rows};
use crate::report::ArticleRow;
use crate::text::{Voice, Zone};

pub(super) const ENTRY: Entry =
    Entry { title: "Articles", show, tidy, json: |lookup| json_rows(&lookup.report.articles) };

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.articles,
        &[
            ("outlet", |row| (&row.outlet).into()),
            ("id", |row| (&row.id).into()),
            ("hash", |row| (&row.hash).into()),
            ("date", |row| row.date.as_ref().into()),
            ("event", |row| row.event.as_ref().into()),
            ("words_own", |row| Field::Count(words(row, Voice::Own))),
            ("words_attributed", |row| Field::Count(words(row, Voice::Attributed))),
            ("words_quoted", |row| Field::Count(words(row, Voice::Quoted))),
            ("words_scare", |row| Field::Count(words(row, Voice::Scare))),
        ],
    )
}

/// Words of a voice outside page furniture.
fn words(row: &ArticleRow, voice: Voice) -> u64 {
    let zones = Zone::ALL.into_iter().filter(|&zone| zone != Zone::Boilerplate);
    zones.map(|zone| u64::from(row.words[zone as usize][voice as usize])).sum()
}

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut table = Table::new(vec![
        Column::new(Key::Name, lookup.report.settings.by.clone()),
        Column::new(Key::Name, "article"),
        Column::new(Key::Name, "day"),
        Column::new(Key::Name, "event").joined(),
        Column::new(Key::Words, "words"),
        Column::new(Key::Words, "quoted").joined(),
    ]);
    for row in &lookup.report.articles {
        let all: u64 = Voice::ALL.into_iter().map(|voice| words(row, voice)).sum();
        let cells = vec![
            Text::from(lookup.outlet(&row.outlet)),
            row.id.clone().into(),
            row.date.clone().unwrap_or_default().into(),
            row.event.clone().unwrap_or_default().into(),
            count(all).into(),
            count(words(row, Voice::Quoted)).into(),
        ];
        table.push(cells, all == 0);
    }
    vec![Block::Table(table)]
}
