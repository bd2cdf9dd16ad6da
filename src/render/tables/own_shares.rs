//! The part of the hits that stands in the outlet's own voice.

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording;
use super::{Entry, Tidy, json_rows, word};
use crate::statistics::evidence::Tier;

pub(super) const ENTRY: Entry = Entry {
    title: "Hits in the outlet's own voice",
    show,
    tidy,
    json: |lookup| json_rows(&lookup.report.own_shares),
};

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.own_shares,
        &[
            ("outlet", |row| (&row.outlet).into()),
            ("lexicon", |row| (&row.lexicon).into()),
            ("category", |row| (&row.category).into()),
            ("own", |row| row.own.into()),
            ("hits", |row| row.hits.into()),
            ("articles_with_hits", |row| row.articles_with_hits.into()),
            ("share", |row| row.share.into()),
            ("low", |row| row.low.into()),
            ("high", |row| row.high.into()),
            ("tier", |row| word(&row.tier)),
        ],
    )
}

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let interval = wording::confidence(lookup.report.settings.alpha);
    let mut table = Table::new(vec![
        Column::new(Key::Name, "category"),
        Column::new(Key::Name, lookup.report.settings.by.clone()).joined(),
        Column::new(Key::OwnShare, "own voice, of all hits"),
        Column::new(Key::OwnShare, format!("own-voice share [{interval}]")),
        Column::new(Key::Evidence, "evidence"),
    ]);
    for row in lookup.report.own_shares.iter().filter(|row| row.hits > 0) {
        let limits = match row.tier {
            Tier::Descriptive => (None, None),
            _ => (row.low, row.high),
        };
        let share = number::with_interval(
            number::percent(row.share),
            number::percent(limits.0),
            number::percent(limits.1),
        );
        let cells = vec![
            Text::from(lookup.category((&row.lexicon, &row.category))),
            lookup.outlet(&row.outlet).into(),
            format!("{} of {}", count(row.own), count(row.hits)).into(),
            share.into(),
            wording::tier(row.tier, row.articles_with_hits).into(),
        ];
        table.push(cells, row.tier == Tier::Descriptive);
    }
    vec![Block::Table(table)]
}
