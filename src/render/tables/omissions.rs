//! What other outlets have and one was not found to have in this corpus.

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{count, counted};
use super::super::wording;
use super::{Entry, Field, TableName, Tidy, json_rows};
use crate::report::OmissionRow;

pub(super) const ENTRY: Entry = Entry {
    title: "Not found in this corpus",
    show,
    tidy,
    json: |lookup| json_rows(&lookup.report.omissions),
};

/// Rows of an outlet that a report lists; the table has all.
const ROWS: [usize; 2] = [6, 3];

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.omissions,
        &[
            ("outlet", |row| (&row.outlet).into()),
            ("kind", |row| (&row.kind).into()),
            ("event", |row| (&row.event).into()),
            ("target", |row| row.target.as_ref().into()),
            ("title", |row| (&row.title).into()),
            ("outlets", |row| Field::Text(row.outlets.join("; "))),
            ("articles", |row| row.articles.into()),
            ("mentions", |row| row.mentions.into()),
            ("own_articles", |row| row.own_articles.into()),
        ],
    )
}

/// Outlet by outlet, events first, then what most others name.
fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut table = Table::new(vec![
        Column::new(Key::Name, lookup.report.settings.by.clone()),
        Column::new(Key::Name, "not found").joined(),
        Column::new(Key::Name, "event"),
        Column::new(Key::Name, "where others have it"),
    ]);
    let is_alone = lookup.view.table.is_some();
    let mut left_out = 0;
    for outlet in lookup.present() {
        let rows = lookup.report.omissions.iter().filter(|row| row.outlet == outlet.outlet);
        let mut rows: Vec<&OmissionRow> = rows.collect();
        if !is_alone {
            rows.sort_by_key(|row| {
                (row.kind != "event", std::cmp::Reverse((row.outlets.len(), row.mentions)))
            });
        }
        let listed = lookup.most(ROWS[0], ROWS[1]).min(rows.len());
        left_out += rows.len() - listed;
        for (index, row) in rows.iter().take(listed).enumerate() {
            push_row(lookup, &mut table, if index == 0 { &outlet.name } else { "" }, row);
        }
    }
    if table.rows.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Note(wording::NOT_FOUND.into()), Block::Table(table)];
    if left_out > 0 {
        let rest = counted(left_out as u64, "row");
        blocks.push(Block::More(format!("{rest} more"), TableName::Omissions));
    }
    blocks
}

fn push_row(lookup: &Lookup<'_>, table: &mut Table, outlet: &str, row: &OmissionRow) {
    let names: Vec<String> =
        row.outlets.iter().map(|outlet| lookup.outlet(outlet).to_owned()).collect();
    let articles = counted(row.articles, "article");
    let (what, event, there) = match row.kind.as_str() {
        "event" => ("the event".to_owned(), row.title.clone(), articles),
        _ => {
            let own = counted(row.own_articles, "article");
            let event = format!("{} ({own} on it)", row.event);
            (
                row.title.clone(),
                event,
                format!("{} in {articles}", counted(row.mentions, "mention")),
            )
        }
    };
    let there = if names.len() > 3 {
        format!("{there} of {} {}s", count(names.len() as u64), lookup.report.settings.by)
    } else {
        format!("{there}: {}", wording::listed(&names))
    };
    table.push(vec![Text::from(outlet), what.into(), event.into(), there.into()], false);
}
