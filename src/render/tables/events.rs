//! The stories that articles cover.

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count, counted};
use super::super::wording;
use super::{Entry, Field, TableName, Tidy, json_rows};
use crate::report::EventRow;

pub(super) const ENTRY: Entry =
    Entry { title: "Events", show, tidy, json: |lookup| json_rows(&lookup.report.events) };

/// Events that a report lists; the table has all.
const EVENTS: [usize; 2] = [30, 8];

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    let mut rows = Vec::new();
    for event in &lookup.report.events {
        for outlet in &event.outlets {
            for article in &outlet.articles {
                rows.push(vec![
                    Field::from(&event.event),
                    (&event.title).into(),
                    (&event.how).into(),
                    event.first.as_ref().into(),
                    event.last.as_ref().into(),
                    event.similarity.into(),
                    (&outlet.outlet).into(),
                    article.into(),
                ]);
            }
        }
    }
    let header = vec!["event", "title", "how", "first", "last", "similarity", "outlet", "article"];
    Tidy { header, rows }
}

/// Those that most outlets cover first, then the larger.
fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut events: Vec<&EventRow> = lookup.report.events.iter().collect();
    let is_alone = lookup.view.table.is_some();
    if !is_alone {
        events.sort_by_key(|row| std::cmp::Reverse((row.outlets.len(), row.articles)));
    }
    let found = events.iter().any(|row| row.how == "found");
    let mut columns = vec![
        Column::new(Key::Name, "event"),
        Column::new(Key::Name, "days"),
        Column::new(Key::Articles, "articles"),
        Column::new(Key::Name, format!("{}s, articles of each", lookup.report.settings.by)),
    ];
    if found {
        columns.push(Column::new(Key::Similarity, "similarity"));
    }
    let mut table = Table::new(columns);
    let listed = lookup.most(EVENTS[0], EVENTS[1]).min(events.len());
    for row in events.iter().take(listed) {
        let days = match (&row.first, &row.last) {
            (Some(first), Some(last)) if first == last => first.clone(),
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "no date".to_owned(),
        };
        let outlets: Vec<String> = row
            .outlets
            .iter()
            .map(|outlet| {
                let name = lookup.outlet(&outlet.outlet);
                format!("{name} {}", count(outlet.articles.len() as u64))
            })
            .collect();
        let mut cells = vec![
            Text::from(row.title.clone()),
            days.into(),
            count(row.articles).into(),
            outlets.join(", ").into(),
        ];
        if found {
            cells.push(number::log2(row.similarity).trim_start_matches('+').into());
        }
        table.push(cells, false);
    }
    if table.rows.is_empty() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    if found {
        blocks.push(Block::Note(wording::FOUND.into()));
    }
    blocks.push(Block::Table(table));
    if events.len() > listed {
        let rest = counted((events.len() - listed) as u64, "event");
        blocks.push(Block::More(format!("{rest} more"), TableName::Events));
    }
    blocks
}
