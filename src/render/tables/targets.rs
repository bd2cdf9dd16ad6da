//! Mentions of targets and labels on them.

use std::collections::BTreeMap;

use super::super::document::{Behind, Block, Column, Style, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording;
use super::terms::short;
use super::{Entry, Field, TableName, Tidy, json_rows, word};
use crate::report::{Report, TargetRow};
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

/// Targets that a page and a text list; the table has all.
const TARGETS: [usize; 2] = [15, 6];

/// "leftist 2, strongman (quoted) 1", the most frequent first, whichever rule put them there.
fn terms(row: &TargetRow) -> String {
    terms_with_links(row).plain()
}

/// The same, each with its sentences.
fn terms_with_links(row: &TargetRow) -> Text {
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for label in &row.by_term {
        *counts.entry((&label.term, &label.voice)).or_insert(0) += label.labels;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(&y.0)));
    let mut text = Text::default();
    for (index, ((term, voice), labels)) in counts.iter().take(TERMS).enumerate() {
        let voice = if *voice == "own" { String::new() } else { format!(" ({voice})") };
        let before = if index == 0 { "" } else { ", " };
        text = text.then(format!("{before}{}{voice} ", short(term)), Style::Plain);
        let behind = Behind::label(&row.outlet, &row.target, term);
        text.0.extend(Text::from(count(*labels)).behind(&behind).0);
    }
    if counts.len() > TERMS {
        text = text.then(format!(", … {} more", counts.len() - TERMS), Style::Plain);
    }
    text
}

/// Targets that some outlet labels, the most labelled first, in whatever voice.
pub(in super::super) fn in_weight(report: &Report) -> Vec<&str> {
    let mut labels: BTreeMap<&str, u64> = BTreeMap::new();
    for row in report.targets.iter().filter(|row| !row.by_term.is_empty()) {
        let of_row: u64 = row.by_term.iter().map(|label| label.labels).sum();
        *labels.entry(&row.target).or_default() += of_row;
    }
    let mut targets: Vec<(&str, u64)> = labels.into_iter().collect();
    targets.sort_by_key(|(target, labels)| (std::cmp::Reverse(*labels), *target));
    targets.into_iter().map(|(target, _)| target).collect()
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
    let targets = in_weight(lookup.report);
    let listed = lookup.most(TARGETS[0], TARGETS[1]);
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
            let behind = Behind::of("target", &row.outlet, &row.target);
            let cells = vec![
                Text::from(if index == 0 { row.title.as_str() } else { "" }),
                lookup.outlet(&row.outlet).into(),
                Text::from(count(row.labels)).behind(&behind),
                Text::from(count(row.worded_mentions)).behind(&Behind::of(
                    "mention",
                    &row.outlet,
                    &row.target,
                )),
                rate.into(),
                terms_with_links(row),
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
        blocks.push(Block::More(format!("{rest} more"), TableName::Targets));
    }
    blocks
}
