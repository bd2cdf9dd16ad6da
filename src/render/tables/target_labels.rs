//! The matrix of outlets, targets and categories: who is called what, how often.

use std::collections::BTreeMap;

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::{Entry, TableName, Tidy, json_rows, word};
use crate::report::TargetLabelRow;
use crate::statistics::evidence::Tier;

pub(super) const ENTRY: Entry = Entry {
    title: "Who is called what: outlets, targets, categories",
    show,
    tidy,
    json: |lookup| json_rows(&lookup.report.target_labels),
};

/// Targets that a report lists; the table has all.
const TARGETS: [usize; 2] = [12, 5];

/// Outlets up to which each has a column.
const COLUMNS: usize = 6;

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.target_labels,
        &[
            ("outlet", |row| (&row.outlet).into()),
            ("target", |row| (&row.target).into()),
            ("title", |row| (&row.title).into()),
            ("lexicon", |row| (&row.lexicon).into()),
            ("category", |row| (&row.category).into()),
            ("labels", |row| row.labels.into()),
            ("mentions", |row| row.mentions.into()),
            ("articles", |row| row.articles.into()),
            ("articles_with_labels", |row| row.articles_with_labels.into()),
            ("per_100_mentions", |row| row.per_100_mentions.into()),
            ("low_per_100_mentions", |row| row.low.into()),
            ("high_per_100_mentions", |row| row.high.into()),
            ("tier", |row| word(&row.tier)),
        ],
    )
}

/// A row a target and category, a column an outlet: labels, of mentions; the rate where it carries
/// something.
fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    type Cells<'r> = BTreeMap<&'r str, &'r TargetLabelRow>;
    type Categories<'r> = Vec<((&'r str, &'r str), Cells<'r>)>;
    let mut targets: BTreeMap<&str, (u64, Categories<'_>)> = BTreeMap::new();
    for row in &lookup.report.target_labels {
        let target = targets.entry(&row.target).or_default();
        target.0 += row.labels;
        let category = (row.lexicon.as_str(), row.category.as_str());
        match target.1.iter_mut().find(|(known, _)| *known == category) {
            Some((_, cells)) => {
                cells.insert(&row.outlet, row);
            }
            None => target.1.push((category, [(row.outlet.as_str(), row)].into())),
        }
    }
    let mut targets: Vec<_> = targets.into_iter().filter(|(_, (labels, _))| *labels > 0).collect();
    targets.sort_by(|(x, of_x), (y, of_y)| of_y.0.cmp(&of_x.0).then_with(|| x.cmp(y)));
    let outlets = lookup.present();
    let outlets = &outlets[..outlets.len().min(COLUMNS)];
    let mut columns = vec![
        Column::new(Key::Name, "target"),
        Column::new(Key::Name, "category of label").joined(),
    ];
    columns.extend(outlets.iter().map(|outlet| Column::new(Key::LabelledOf, outlet.name.clone())));
    let mut table = Table::new(columns);
    let listed = lookup.most(TARGETS[0], TARGETS[1]).min(targets.len());
    for (target, (_, categories)) in targets.iter().take(listed) {
        for (index, (category, cells)) in categories.iter().enumerate() {
            let mut row = vec![
                Text::from(if index == 0 { lookup.target(target) } else { "" }),
                lookup.category(*category).into(),
            ];
            let shown = outlets.iter().map(|outlet| cell(cells.get(outlet.outlet.as_str())).into());
            row.extend(shown);
            table.push(row, false);
        }
    }
    if table.rows.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Table(table)];
    if targets.len() > listed {
        let rest = number::counted((targets.len() - listed) as u64, "target");
        blocks.push(Block::More(format!("{rest} more"), TableName::TargetLabels));
    }
    blocks
}

fn cell(row: Option<&&TargetLabelRow>) -> String {
    match row {
        None => "not named".to_owned(),
        Some(row) if row.tier == Tier::Reportable => format!(
            "{} of {}; {} /100",
            count(row.labels),
            count(row.mentions),
            number::rate(row.per_100_mentions)
        ),
        Some(row) => format!("{} of {}", count(row.labels), count(row.mentions)),
    }
}
