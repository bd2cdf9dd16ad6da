//! Categories measured by the share of articles that hold enough different terms.

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording;
use super::{Entry, Tidy, json_rows, word};
use crate::statistics::evidence::Tier;

pub(super) const ENTRY: Entry = Entry {
    title: "Shares of articles",
    show,
    tidy,
    json: |lookup| json_rows(&lookup.report.article_shares),
};

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.article_shares,
        &[
            ("outlet", |row| (&row.outlet).into()),
            ("lexicon", |row| (&row.lexicon).into()),
            ("category", |row| (&row.category).into()),
            ("distinct", |row| u64::from(row.distinct).into()),
            ("articles_with", |row| row.articles_with.into()),
            ("articles", |row| row.articles.into()),
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
        Column::new(Key::ArticleShare, "different terms needed"),
        Column::new(Key::ArticleShare, "articles with them").joined(),
        Column::new(Key::ArticleShare, format!("share of articles [{interval}]")),
        Column::new(Key::Evidence, "evidence"),
    ]);
    for row in &lookup.report.article_shares {
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
            Text::from(lookup.category_with_caution((&row.lexicon, &row.category))),
            lookup.outlet(&row.outlet).into(),
            count(u64::from(row.distinct)).into(),
            format!("{}/{}", count(row.articles_with), count(row.articles)).into(),
            share.into(),
            wording::tier(row.tier, row.articles).into(),
        ];
        table.push(cells, row.tier == Tier::Descriptive);
    }
    if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] }
}
