//! Who is reported with which verbs.

use super::super::document::{Behind, Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{count, counted};
use super::{Entry, TableName, Tidy, json_rows, summed};
use crate::report::SourceRow;

pub(super) const ENTRY: Entry = Entry {
    title: "Who is reported, with which verbs",
    show,
    tidy,
    json: |lookup| json_rows(&lookup.report.sources),
};

/// Sources listed for each outlet on a page and in a text.
const SOURCES: [usize; 2] = [8, 4];

/// Verbs listed for each source.
const VERBS: usize = 5;

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.sources,
        &[
            ("outlet", |row| (&row.outlet).into()),
            ("source", |row| (&row.source).into()),
            ("kind", |row| (&row.kind).into()),
            ("target", |row| row.target.as_ref().into()),
            ("reports", |row| row.reports.into()),
            ("articles", |row| row.articles.into()),
            ("plain", |row| row.by_kind.get("plain").copied().unwrap_or(0).into()),
            ("distancing", |row| row.by_kind.get("distancing").copied().unwrap_or(0).into()),
            ("endorsing", |row| row.by_kind.get("endorsing").copied().unwrap_or(0).into()),
            ("verbs", |row| summed(&row.by_verb)),
            ("quoted_words", |row| row.quoted_words.into()),
            ("attributed_words", |row| row.attributed_words.into()),
        ],
    )
}

/// The sources reported most often; all of them where this is the only table asked for.
fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let most = lookup.most(SOURCES[0], SOURCES[1]);
    let mut table = Table::new(vec![
        Column::new(Key::Name, lookup.report.settings.by.clone()),
        Column::new(Key::Name, "source").joined(),
        Column::new(Key::Reports, "reports"),
        Column::new(Key::Reports, "plain / distancing / endorsing").joined(),
        Column::new(Key::Name, "verbs"),
        Column::new(Key::WordsGiven, "words quoted / paraphrased"),
    ]);
    let mut left_out = Vec::new();
    for outlet in lookup.present() {
        let rows = lookup.report.sources.iter().filter(|row| row.outlet == outlet.outlet);
        let mut rows: Vec<&SourceRow> = rows.collect();
        // Whom nobody can name stands last, however often it speaks.
        rows.sort_by_key(|row| row.source.is_empty());
        for (index, row) in rows.iter().take(most).enumerate() {
            push_row(&mut table, if index == 0 { &outlet.name } else { "" }, row);
        }
        if rows.len() > most {
            let more = counted((rows.len() - most) as u64, "source");
            left_out.push(format!("{} {more}", outlet.name));
        }
    }
    let mut blocks = if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] };
    if !left_out.is_empty() {
        blocks.push(Block::More(format!("more: {}", left_out.join(", ")), TableName::Sources));
    }
    blocks
}

fn push_row(table: &mut Table, outlet: &str, row: &SourceRow) {
    let kind = |name: &str| count(row.by_kind.get(name).copied().unwrap_or(0));
    let source = if row.source.is_empty() { "(unnamed)" } else { &row.source };
    let cells = vec![
        Text::from(outlet),
        source.into(),
        Text::from(count(row.reports)).behind(&Behind::of("source", &row.outlet, &row.source)),
        format!("{} / {} / {}", kind("plain"), kind("distancing"), kind("endorsing")).into(),
        verbs(row).into(),
        format!("{} / {}", count(row.quoted_words), count(row.attributed_words)).into(),
    ];
    table.push(cells, row.source.is_empty());
}

fn verbs(row: &SourceRow) -> String {
    let mut verbs: Vec<(&String, &u64)> = row.by_verb.iter().collect();
    verbs.sort_by(|x, y| y.1.cmp(x.1).then_with(|| x.0.cmp(y.0)));
    let shown = verbs.iter().take(VERBS).map(|(verb, times)| format!("{verb} {times}"));
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if verbs.len() > VERBS {
        text.push_str(", …");
    }
    text
}
