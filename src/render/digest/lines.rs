//! What drives each difference, and which word was chosen, a line each.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{count, counted};
use super::super::tables::{TableName, choices_in_weight, in_order, short};
use super::columns;
use crate::report::{ChoiceRow, ComparisonRow};
use crate::statistics::evidence::{Tier, Verdict};

/// Differences whose terms are named.
const DIFFERENCES: usize = 10;

/// Terms that are named of each.
const TERMS: usize = 4;

/// Choices that are listed.
const CHOICES: usize = 12;

/// The terms behind the differences that can be told, else behind those whose interval excludes 0.
pub(in super::super) fn drivers(lookup: &Lookup<'_>) -> Vec<Block> {
    let pairs = in_order(lookup, lookup.view.leading_voice());
    let mut rows: Vec<&ComparisonRow> = pairs
        .into_iter()
        .flat_map(|(_, rows)| rows)
        .filter(|row| row.tier != Tier::Descriptive && !row.drivers.is_empty())
        .filter(|row| row.lrc.is_some_and(|limit| limit != 0.0))
        .collect();
    let is_told = |row: &ComparisonRow| matches!(row.verdict, Verdict::Higher | Verdict::Lower);
    let size = |row: &ComparisonRow| row.lrc.map_or(0.0, f64::abs);
    rows.sort_by(|x, y| is_told(y).cmp(&is_told(x)).then_with(|| size(y).total_cmp(&size(x))));
    let mut table = Table::new(vec![
        Column::new(Key::Name, "category"),
        Column::new(Key::Name, "A / B").joined(),
        Column::new(Key::Drivers, "terms, hits A / B"),
    ]);
    let left = rows.len().saturating_sub(DIFFERENCES);
    for row in rows.into_iter().take(DIFFERENCES) {
        let drivers = row.drivers.iter().take(TERMS).map(|driver| {
            format!("{} {}/{}", short(&driver.term), count(driver.hits_a), count(driver.hits_b))
        });
        let pair = format!("{} / {}", lookup.outlet(&row.a), lookup.side_b(row.b.as_deref()));
        let cells = vec![
            Text::from(lookup.category((&row.lexicon, &row.category))),
            pair.into(),
            drivers.collect::<Vec<_>>().join(", ").into(),
        ];
        table.push(cells, false);
    }
    if table.rows.is_empty() {
        return Vec::new();
    }
    let rest = "each term's part in the difference";
    let rest = match left {
        0 => rest.to_owned(),
        _ => format!("{} more, {rest}", counted(left as u64, "difference")),
    };
    vec![Block::Table(table), Block::More(rest, TableName::Drivers)]
}

/// Uses of each variant by outlet, those choices first in which more than one was used.
pub(in super::super) fn choices(lookup: &Lookup<'_>) -> Vec<Block> {
    let choices = choices_in_weight(lookup.report);
    let left = choices.len().saturating_sub(CHOICES);
    let outlets = columns(lookup);
    let mut heads = vec![Column::new(Key::Name, "choice")];
    match &outlets {
        Some(outlets) => heads
            .extend(outlets.iter().map(|row| Column::new(Key::UsesOfVariants, row.name.clone()))),
        None => {
            let by = counted(lookup.present().len() as u64, &lookup.report.settings.by);
            heads.push(Column::new(Key::UsesOfVariants, format!("{by} together")));
        }
    }
    let mut table = Table::new(heads);
    for rows in choices.iter().take(CHOICES) {
        let mut cells = vec![Text::from(rows[0].title.clone())];
        match &outlets {
            Some(outlets) => {
                for outlet in outlets {
                    let of_outlet = rows.iter().filter(|row| row.outlet == outlet.outlet);
                    cells.push(variants(of_outlet.copied()).into());
                }
            }
            None => cells.push(variants(rows.iter().copied()).into()),
        }
        table.push(cells, false);
    }
    if table.rows.is_empty() {
        return Vec::new();
    }
    let rest = "shares with their intervals, articles";
    let rest = match left {
        0 => rest.to_owned(),
        _ => format!("{} more, {rest}", counted(left as u64, "choice")),
    };
    vec![Block::Table(table), Block::More(rest, TableName::Choices)]
}

/// "honorific 23, office 7", the most used first.
fn variants<'a>(rows: impl Iterator<Item = &'a ChoiceRow>) -> String {
    let mut uses: BTreeMap<&str, u64> = BTreeMap::new();
    for row in rows.filter(|row| row.uses > 0) {
        *uses.entry(&row.variant).or_default() += row.uses;
    }
    let mut uses: Vec<(&str, u64)> = uses.into_iter().collect();
    uses.sort_by_key(|(variant, uses)| (Reverse(*uses), *variant));
    let parts: Vec<String> =
        uses.into_iter().map(|(variant, uses)| format!("{variant} {}", count(uses))).collect();
    if parts.is_empty() { super::super::number::MISSING.to_owned() } else { parts.join(", ") }
}
