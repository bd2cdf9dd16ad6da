//! Whether the outlets differ at all.

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::{Entry, Tidy, json_rows};

pub(super) const ENTRY: Entry = Entry {
    title: "Do the outlets differ at all",
    show,
    tidy,
    json: |lookup| {
        json_rows(lookup.report.heterogeneity.iter().filter(|row| lookup.view.shows(row.voice)))
    },
};

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        lookup.report.heterogeneity.iter().filter(|row| lookup.view.shows(row.voice)),
        &[
            ("lexicon", |row| (&row.lexicon).into()),
            ("category", |row| (&row.category).into()),
            ("voice", |row| row.voice.name().into()),
            ("outlets", |row| row.outlets.into()),
            ("g2", |row| row.g2.into()),
            ("df", |row| row.df.into()),
            ("phi", |row| row.phi.into()),
            ("f", |row| row.f.into()),
            ("p", |row| row.p.into()),
        ],
    )
}

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let voice = lookup.view.leading_voice();
    let mut table = Table::new(vec![
        Column::new(Key::Name, "category"),
        Column::new(Key::Heterogeneity, "G² (word-level)"),
        Column::new(Key::Heterogeneity, "df").joined(),
        Column::new(Key::Heterogeneity, "dispersion"),
        Column::new(Key::Heterogeneity, "F").joined(),
        Column::new(Key::Heterogeneity, "p (F)"),
    ]);
    for row in lookup.report.heterogeneity.iter().filter(|row| row.voice == voice) {
        let cells = vec![
            Text::from(lookup.category_with_caution((&row.lexicon, &row.category))),
            number::score(Some(row.g2)).into(),
            count(row.df).into(),
            number::rate(row.phi).into(),
            number::rate(row.f).into(),
            number::probability(row.p.filter(|_| row.f.is_some())).into(),
        ];
        table.push(cells, row.p.is_none());
    }
    vec![Block::Table(table)]
}
