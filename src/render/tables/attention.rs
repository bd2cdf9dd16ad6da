//! Mentions of each target and the words that it is given as a source: how much room it gets.

use std::collections::BTreeMap;

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording;
use super::{Entry, Field, TableName, Tidy, json_rows};
use crate::report::{SourceRow, TargetRow};

pub(super) const ENTRY: Entry =
    Entry { title: "Attention", show, tidy, json: |lookup| json_rows(&lookup.report.targets) };

/// Targets that a report lists; the table has all.
const TARGETS: [usize; 2] = [12, 3];

fn words_given(row: Option<&&SourceRow>) -> [u64; 2] {
    row.map_or([0, 0], |row| [row.quoted_words, row.attributed_words])
}

/// The sources that are targets.
fn as_sources<'a>(lookup: &Lookup<'a>) -> BTreeMap<(&'a str, &'a str), &'a SourceRow> {
    let rows = lookup.report.sources.iter();
    rows.filter_map(|row| Some(((row.outlet.as_str(), row.target.as_deref()?), row))).collect()
}

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    let sources = as_sources(lookup);
    let row = |row: &TargetRow| {
        let [quoted, attributed] = words_given(sources.get(&(row.outlet.as_str(), &row.target)));
        vec![
            Field::from(&row.outlet),
            (&row.target).into(),
            (&row.title).into(),
            row.kind.as_ref().into(),
            row.mentions.into(),
            row.attention.into(),
            row.articles.into(),
            quoted.into(),
            attributed.into(),
        ]
    };
    Tidy {
        header: vec![
            "outlet",
            "target",
            "title",
            "kind",
            "mentions",
            "attention",
            "articles",
            "quoted_words",
            "attributed_words",
        ],
        rows: lookup.report.targets.iter().map(row).collect(),
    }
}

/// The most mentioned targets, each with every outlet.
fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut table = Table::new(vec![
        Column::new(Key::Name, "target"),
        Column::new(Key::Name, lookup.report.settings.by.clone()).joined(),
        Column::new(Key::Attention, "mentions, part of all"),
        Column::new(Key::InArticles, "in articles").joined(),
        Column::new(Key::WordsGiven, "words quoted / paraphrased"),
    ]);
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for row in &lookup.report.targets {
        *sums.entry(&row.target).or_insert(0) += row.mentions;
    }
    let mut targets: Vec<(&str, u64)> = sums.into_iter().collect();
    targets.sort_by(|x, y| y.1.cmp(&x.1).then_with(|| x.0.cmp(y.0)));
    let listed = lookup.most(TARGETS[0], TARGETS[1]).min(targets.len());
    let sources = as_sources(lookup);
    let articles: BTreeMap<&str, u64> =
        lookup.report.outlets.iter().map(|row| (row.outlet.as_str(), row.articles)).collect();
    for (target, _) in targets.iter().take(listed) {
        let rows = lookup.report.targets.iter().filter(|row| row.target == *target);
        for (index, row) in rows.enumerate() {
            let [quoted, paraphrased] =
                words_given(sources.get(&(row.outlet.as_str(), row.target.as_str())));
            let all = articles.get(row.outlet.as_str()).copied().unwrap_or(0);
            let cells = vec![
                Text::from(if index == 0 { row.title.as_str() } else { "" }),
                lookup.outlet(&row.outlet).into(),
                format!("{} ({})", count(row.mentions), number::percent(row.attention)).into(),
                format!("{}/{}", count(row.articles), count(all)).into(),
                format!("{} / {}", count(quoted), count(paraphrased)).into(),
            ];
            table.push(cells, false);
        }
    }
    if table.rows.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Note(wording::ATTENTION.into()), Block::Table(table)];
    if targets.len() > listed {
        let rest = number::counted((targets.len() - listed) as u64, "target");
        blocks.push(Block::More(format!("{rest} more"), TableName::Attention));
    }
    blocks
}
