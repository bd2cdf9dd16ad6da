//! Shares of the variants among the choices made.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::document::{Behind, Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording;
use super::{Entry, TableName, Tidy, json_rows, word};
use crate::report::{ChoiceRow, Report};
use crate::statistics::evidence::Tier;

pub(super) const ENTRY: Entry =
    Entry { title: "Choices", show, tidy, json: |lookup| json_rows(&lookup.report.choices) };

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.choices,
        &[
            ("outlet", |row| (&row.outlet).into()),
            ("lexicon", |row| (&row.lexicon).into()),
            ("choice", |row| (&row.choice).into()),
            ("title", |row| (&row.title).into()),
            ("variant", |row| (&row.variant).into()),
            ("uses", |row| row.uses.into()),
            ("choices", |row| row.choices.into()),
            ("articles", |row| row.articles.into()),
            ("articles_with_uses", |row| row.articles_with_uses.into()),
            ("share", |row| row.share.into()),
            ("low", |row| row.low.into()),
            ("high", |row| row.high.into()),
            ("tier", |row| word(&row.tier)),
        ],
    )
}

/// Choices that a report lists; the table has all.
const CHOICES: usize = 8;

/// The rows of every choice that was made: those first between whose variants somebody chose, then by
/// how often they were made.
pub(in super::super) fn in_weight(report: &Report) -> Vec<Vec<&ChoiceRow>> {
    let mut by_choice: BTreeMap<(&str, &str), Vec<&ChoiceRow>> = BTreeMap::new();
    for row in &report.choices {
        by_choice.entry((&row.lexicon, &row.choice)).or_default().push(row);
    }
    let mut choices: Vec<Vec<&ChoiceRow>> = by_choice.into_values().collect();
    choices.retain(|rows| rows.iter().any(|row| row.uses > 0));
    let uses = |rows: &[&ChoiceRow]| rows.iter().map(|row| row.uses).sum::<u64>();
    choices.sort_by_cached_key(|rows| (is_settled(rows), Reverse(uses(rows))));
    choices
}

/// Whether one variant alone was used.
pub(in super::super) fn is_settled(rows: &[&ChoiceRow]) -> bool {
    let mut used = rows.iter().filter(|row| row.uses > 0).map(|row| row.variant.as_str());
    let first = used.next();
    used.all(|variant| Some(variant) == first)
}

/// Every choice that was made; in a report those in which variants differ first, then by how often
/// they were made.
fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let interval = wording::confidence(lookup.report.settings.alpha);
    let mut table = Table::new(vec![
        Column::new(Key::Name, "choice"),
        Column::new(Key::Name, "variant").joined(),
        Column::new(Key::Name, lookup.report.settings.by.clone()),
        Column::new(Key::Uses, "uses, of all choices"),
        Column::new(Key::ArticlesOfChoice, "in articles").joined(),
        Column::new(Key::Share, format!("share [{interval}]")),
        Column::new(Key::Evidence, "evidence"),
    ]);
    let mut choices = in_weight(lookup.report);
    let most = lookup.most(CHOICES, CHOICES);
    let left_out = choices.len().saturating_sub(most);
    choices.truncate(most);
    for rows in &choices {
        push_choice(lookup, &mut table, rows);
    }
    if table.rows.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Table(table)];
    if left_out > 0 {
        let rest = number::counted(left_out as u64, "choice");
        blocks.push(Block::More(format!("{rest} more"), TableName::Choices));
    }
    blocks
}

fn behind(row: &ChoiceRow) -> Behind {
    let category = Behind::category(&row.outlet, (&row.lexicon, &row.choice));
    Behind { kind: "variant", variant: row.variant.clone(), ..category }
}

/// Variant by variant, so that the outlets stand below each other; a variant that nobody used is
/// left out.
fn push_choice(lookup: &Lookup<'_>, table: &mut Table, rows: &[&ChoiceRow]) {
    let mut variants: Vec<&str> = Vec::new();
    for row in rows {
        let used = rows.iter().any(|other| other.variant == row.variant && other.uses > 0);
        if used && !variants.contains(&row.variant.as_str()) {
            variants.push(&row.variant);
        }
    }
    let mut is_first = true;
    for variant in variants {
        for (index, row) in rows.iter().filter(|row| row.variant == variant).enumerate() {
            let title = if is_first { row.title.as_str() } else { "" };
            is_first = false;
            let interval = (row.tier != Tier::Descriptive).then_some((row.low, row.high));
            let (low, high) = interval.unwrap_or((None, None));
            let share = number::with_interval(
                number::percent(row.share),
                number::percent(low),
                number::percent(high),
            );
            let cells = vec![
                Text::from(title),
                Text::from(if index == 0 { variant } else { "" }),
                lookup.outlet(&row.outlet).into(),
                Text::from(format!("{} of {}", count(row.uses), count(row.choices)))
                    .behind(&behind(row)),
                format!("{}/{}", count(row.articles_with_uses), count(row.articles)).into(),
                share.into(),
                wording::tier(row.tier, row.articles).into(),
            ];
            table.push(cells, row.tier == Tier::Descriptive);
        }
    }
}
