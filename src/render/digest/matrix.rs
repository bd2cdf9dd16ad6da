//! Categories by outlets.

use super::super::document::{Block, Column, Style, Table, Text};
use super::super::legend::Key;
use super::super::lookup::{CategoryId, Lookup};
use super::super::number::{self, count};
use super::super::tables::TableName;
use super::super::wording;
use super::columns;
use crate::report::{CategoryRow, OutletRow, RateRow};
use crate::statistics::evidence::Tier;
use crate::tally::VoiceGroup;

/// Rates with their intervals where the evidence carries them, else hits and articles; where there
/// are many outlets, the highest and the lowest rate that is carried.
pub(in super::super) fn rates(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut blocks = match columns(lookup) {
        Some(outlets) => rates_of(lookup, &outlets),
        None => extremes(lookup),
    };
    if !blocks.is_empty() {
        let rest = "words, shares of articles, top articles, thin cells".to_owned();
        blocks.push(Block::More(rest, TableName::Rates));
    }
    let without: Vec<String> = lookup
        .report
        .categories
        .iter()
        .filter(|category| !has_hits(lookup, category, VoiceGroup::All))
        .map(|category| category.title.clone())
        .collect();
    if !without.is_empty() {
        let text = format!("No hit in any voice: {}.", wording::listed(&without));
        blocks.push(Block::Paragraph(Text::of(text, Style::Faint)));
    }
    blocks
}

fn id(category: &CategoryRow) -> CategoryId<'_> {
    (&category.lexicon, &category.category)
}

fn rows<'a>(lookup: &Lookup<'a>, category: &'a CategoryRow, voice: VoiceGroup) -> Vec<&'a RateRow> {
    let outlets = lookup.present();
    outlets.iter().filter_map(|row| lookup.rate(&row.outlet, id(category), voice)).collect()
}

fn has_hits(lookup: &Lookup<'_>, category: &CategoryRow, voice: VoiceGroup) -> bool {
    rows(lookup, category, voice).iter().any(|row| row.hits > 0)
}

fn rates_of(lookup: &Lookup<'_>, outlets: &[&OutletRow]) -> Vec<Block> {
    let voice = lookup.view.leading_voice();
    let unit = wording::unit(lookup.view.per);
    let mut heads = vec![Column::new(Key::Name, "category")];
    heads.extend(outlets.iter().map(|row| Column::new(Key::Cell, format!("{} {unit}", row.name))));
    let mut table = Table::new(heads);
    for category in lookup.report.categories.iter().filter(|row| has_hits(lookup, row, voice)) {
        let mut cells = vec![Text::from(lookup.category_with_caution(id(category)))];
        for outlet in outlets {
            let cell = lookup.rate(&outlet.outlet, id(category), voice);
            cells.push(cell.map_or_else(missing, |cell| wording::short_rate(lookup, cell)));
        }
        table.push(cells, false);
    }
    if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] }
}

fn missing() -> Text {
    number::MISSING.into()
}

fn extremes(lookup: &Lookup<'_>) -> Vec<Block> {
    let voice = lookup.view.leading_voice();
    let unit = wording::unit(lookup.view.per);
    let mut table = Table::new(vec![
        Column::new(Key::Name, "category"),
        Column::new(Key::Reportable, "reportable"),
        Column::new(Key::Name, "lowest"),
        Column::new(Key::Cell, format!("rate {unit}")).joined(),
        Column::new(Key::Name, "highest"),
        Column::new(Key::Cell, format!("rate {unit}")).joined(),
    ]);
    for category in lookup.report.categories.iter().filter(|row| has_hits(lookup, row, voice)) {
        let all = rows(lookup, category, voice);
        let mut firm: Vec<&RateRow> =
            all.iter().filter(|row| row.tier == Tier::Reportable).copied().collect();
        let size = |row: &RateRow| row.rate.unwrap_or(0.0);
        firm.sort_by(|x, y| size(x).total_cmp(&size(y)).then_with(|| x.outlet.cmp(&y.outlet)));
        let name = |row: Option<&&RateRow>| -> Text {
            row.map_or_else(missing, |row| lookup.outlet(&row.outlet).into())
        };
        let value = |row: Option<&&RateRow>| {
            row.map_or_else(missing, |row| wording::short_rate(lookup, row))
        };
        let cells = vec![
            Text::from(lookup.category_with_caution(id(category))),
            format!("{} of {}", count(firm.len() as u64), count(all.len() as u64)).into(),
            name(firm.first()),
            value(firm.first()),
            name(firm.last()),
            value(firm.last()),
        ];
        table.push(cells, firm.is_empty());
    }
    if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] }
}

/// Hits by voice, counts alone: own, attributed, scare quotes, quoted. Where there are many outlets,
/// of all together.
pub(in super::super) fn voices(lookup: &Lookup<'_>) -> Vec<Block> {
    const VOICES: [VoiceGroup; 4] =
        [VoiceGroup::Own, VoiceGroup::Attributed, VoiceGroup::Scare, VoiceGroup::Quoted];
    let all = lookup.present();
    let groups: Vec<(String, Vec<&OutletRow>)> = match columns(lookup) {
        Some(outlets) => outlets.iter().map(|row| (row.name.clone(), vec![*row])).collect(),
        None => {
            let by = number::counted(all.len() as u64, &lookup.report.settings.by);
            vec![(format!("{by} together"), all)]
        }
    };
    let mut heads = vec![Column::new(Key::Name, "category")];
    heads.extend(groups.iter().map(|(name, _)| Column::new(Key::HitsOfVoices, name.clone())));
    let mut table = Table::new(heads);
    for category in &lookup.report.categories {
        if !has_hits(lookup, category, VoiceGroup::All) {
            continue;
        }
        let mut cells = vec![Text::from(category.title.clone())];
        for (_, outlets) in &groups {
            let hits = VOICES.map(|voice| {
                let cells =
                    outlets.iter().filter_map(|row| lookup.rate(&row.outlet, id(category), voice));
                count(cells.map(|cell| cell.hits).sum())
            });
            cells.push(hits.join(" / ").into());
        }
        table.push(cells, false);
    }
    if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] }
}
