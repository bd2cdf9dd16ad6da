//! Mentions of targets and labels on them.

use std::collections::BTreeMap;

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

/// Terms that are written out for a target; the table of labels has all.
const TERMS: usize = 8;

/// Targets that a report lists; the table has all.
const TARGETS: usize = 15;

/// "leftist 2, strongman (quoted) 1", the most frequent first, whichever rule put them there.
fn terms(row: &TargetRow) -> String {
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for label in &row.by_term {
        *counts.entry((&label.term, &label.voice)).or_insert(0) += label.labels;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(&y.0)));
    let one = |((term, voice), labels): &((&str, &str), u64)| {
        let voice = if *voice == "own" { String::new() } else { format!(" ({voice})") };
        format!("{}{voice} {}", short(term), count(*labels))
    };
    let mut shown: Vec<String> = counts.iter().take(TERMS).map(one).collect();
    if counts.len() > TERMS {
        shown.push(format!("… {} more", counts.len() - TERMS));
    }
    shown.join(", ")
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
    let listed = if lookup.view.table.is_none() { TARGETS } else { targets.len() };
    let left_out = targets.len().saturating_sub(listed);
    for target in targets.into_iter().take(listed) {
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
    if table.rows.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Table(table)];
    if left_out > 0 {
        let rest = number::counted(left_out as u64, "labelled target");
        blocks.push(Block::Paragraph(format!("… {rest} more: --table targets.").into()));
    }
    blocks
}
