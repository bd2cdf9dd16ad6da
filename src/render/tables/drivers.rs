//! The terms that make up most of each difference.

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording;
use super::comparisons::order;
use super::terms::short;
use super::{Entry, Field, Tidy};
use crate::report::ComparisonRow;
use crate::statistics::evidence::Tier;

pub(super) const ENTRY: Entry = Entry {
    title: "Terms that drive each difference",
    show,
    tidy,
    json: |lookup| super::json_rows(rows(lookup)),
};

/// Differences whose terms are listed where the table is one of many: those whose interval excludes
/// 0, the clearest first.
const DIFFERENCES: usize = 10;

fn rows<'a>(lookup: &'a Lookup<'_>) -> impl Iterator<Item = &'a ComparisonRow> {
    let wanted = |row: &&ComparisonRow| lookup.view.shows(row.voice) && !row.drivers.is_empty();
    lookup.report.comparisons.iter().filter(wanted)
}

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    let mut all = Vec::new();
    for row in rows(lookup) {
        for driver in &row.drivers {
            all.push(vec![
                Field::from(&row.lexicon),
                (&row.category).into(),
                row.voice.name().into(),
                (&row.a).into(),
                row.b.as_ref().into(),
                (&driver.term).into(),
                driver.hits_a.into(),
                driver.hits_b.into(),
                driver.difference.into(),
                driver.share.into(),
                driver.log2_ratio_without.into(),
            ]);
        }
    }
    let header = vec![
        "lexicon",
        "category",
        "voice",
        "a",
        "b",
        "term",
        "hits_a",
        "hits_b",
        "difference_per_1000",
        "share",
        "log2_ratio_without",
    ];
    Tidy { header, rows: all }
}

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let unit = wording::unit(lookup.view.per);
    let mut table = Table::new(vec![
        Column::new(Key::Name, "category"),
        Column::new(Key::Name, "A / B").joined(),
        Column::new(Key::Name, "term"),
        Column::new(Key::HitsOfBoth, "hits A\u{a0}/\u{a0}B"),
        Column::new(Key::Difference, format!("A\u{a0}−\u{a0}B {unit}")),
        Column::new(Key::PartOfDifference, "part of the difference").joined(),
        Column::new(Key::RatioWithout, "log2 ratio without it"),
    ]);
    let voice = lookup.view.leading_voice();
    let carries = |row: &&ComparisonRow| row.voice == voice && row.tier != Tier::Descriptive;
    let mut wanted: Vec<&ComparisonRow> = rows(lookup).filter(carries).collect();
    wanted.sort_by(|x, y| order(lookup, x, y));
    if lookup.view.table.is_none() {
        wanted.retain(|row| row.lrc.is_some_and(|limit| limit != 0.0));
        wanted.truncate(DIFFERENCES);
    }
    for row in wanted {
        let category = lookup.category((&row.lexicon, &row.category));
        let pair = format!("{} / {}", lookup.outlet(&row.a), lookup.side_b(row.b.as_deref()));
        for (index, driver) in row.drivers.iter().enumerate() {
            let first = |text: &str| Text::from(if index == 0 { text } else { "" });
            let hits = format!("{} / {}", count(driver.hits_a), count(driver.hits_b));
            let cells = vec![
                first(category),
                first(&pair),
                short(&driver.term).into(),
                hits.into(),
                number::difference(lookup.in_unit(Some(driver.difference))).into(),
                number::percent(driver.share).into(),
                number::log2(Some(driver.log2_ratio_without)).into(),
            ];
            table.push(cells, false);
        }
    }
    if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] }
}
