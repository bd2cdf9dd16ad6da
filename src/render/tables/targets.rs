//! Mentions of targets and labels on them.

use super::super::document::{Behind, Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording;
use super::terms::short;
use super::{Entry, Field, Tidy, json_rows, word};
use crate::report::TargetRow;
use crate::statistics::evidence::Tier;

pub(super) const ENTRY: Entry = Entry {
    title: "Labels on targets",
    show,
    tidy,
    json: |lookup| json_rows(&lookup.report.targets),
};

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.targets,
        &[
            ("outlet", |row| (&row.outlet).into()),
            ("target", |row| (&row.target).into()),
            ("title", |row| (&row.title).into()),
            ("kind", |row| row.kind.as_ref().into()),
            ("mentions", |row| row.mentions.into()),
            ("worded_mentions", |row| row.worded_mentions.into()),
            ("articles", |row| row.articles.into()),
            ("labels", |row| row.labels.into()),
            ("per_100_mentions", |row| row.per_100_mentions.into()),
            ("low_per_100_mentions", |row| row.low.into()),
            ("high_per_100_mentions", |row| row.high.into()),
            ("tier", |row| word(&row.tier)),
            ("terms", |row| Field::Text(terms(row))),
        ],
    )
}

/// "leftist 2, strongman (quoted) 1".
fn terms(row: &TargetRow) -> String {
    let one = |label: &crate::report::LabelRow| {
        let voice =
            if label.voice == "own" { String::new() } else { format!(" ({})", label.voice) };
        format!("{}{voice} {}", short(&label.term), count(label.labels))
    };
    row.by_term.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Targets that some outlet labels, each with every outlet that names it.
fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let interval = wording::confidence(lookup.report.settings.alpha);
    let mut table = Table::new(vec![
        Column::new(Key::Name, "target"),
        Column::new(Key::Name, lookup.report.settings.by.clone()).joined(),
        Column::new(Key::Labels, "labels"),
        Column::new(Key::Mentions, "mentions").joined(),
        Column::new(Key::PerHundred, format!("labels /100 mentions [{interval}]")),
        Column::new(Key::Name, "terms, voice where not its own"),
        Column::new(Key::Evidence, "evidence"),
    ]);
    let mut targets: Vec<&str> = Vec::new();
    for row in lookup.report.targets.iter().filter(|row| !row.by_term.is_empty()) {
        if !targets.contains(&row.target.as_str()) {
            targets.push(&row.target);
        }
    }
    // The most labelled first, in whatever voice.
    let labels = |target: &str| {
        let rows = lookup.report.targets.iter().filter(|row| row.target == target);
        rows.flat_map(|row| &row.by_term).map(|label| label.labels).sum::<u64>()
    };
    targets.sort_by(|x, y| labels(y).cmp(&labels(x)).then_with(|| x.cmp(y)));
    for target in targets {
        let rows = lookup.report.targets.iter().filter(|row| row.target == target);
        for (index, row) in rows.enumerate() {
            let rate = match row.tier {
                Tier::Descriptive => number::MISSING.to_owned(),
                _ if row.labels == 0 && row.high.is_some() => {
                    format!("0 (≤ {})", number::rate(row.high))
                }
                _ => number::with_interval(
                    number::rate(row.per_100_mentions),
                    number::rate(row.low),
                    number::rate(row.high),
                ),
            };
            let category = Behind::category(&row.outlet, ("", &row.target));
            let behind = Behind { kind: "target", ..category };
            let cells = vec![
                Text::from(if index == 0 { row.title.as_str() } else { "" }),
                lookup.outlet(&row.outlet).into(),
                Text::from(count(row.labels)).behind(&behind),
                count(row.worded_mentions).into(),
                rate.into(),
                terms(row).into(),
                wording::tier(row.tier, row.articles).into(),
            ];
            table.push(cells, row.tier == Tier::Descriptive);
        }
    }
    if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] }
}
