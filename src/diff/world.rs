//! The articles of both reports, by outlet, as moves are computed from them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::articles::Pair;
use super::counts::{Counts, Version};
use super::terms::Terms;
use crate::report::Report;
use crate::statistics::evidence::Thresholds;

/// What moves are computed from.
pub(super) struct World<'a> {
    pub(super) reports: [&'a Report; 2],
    pub(super) terms: &'a Terms,
    pub(super) pairs: &'a [Pair],
    pub(super) counts: &'a Counts,
    /// Whether anything was counted again.
    pub(super) recounted: bool,
    /// Whether the two reports decide zones and voices by the same data.
    pub(super) same_layout: bool,
    /// All articles together, because the reports group them differently.
    pub(super) pooled: bool,
    pub(super) thresholds: Thresholds,
}

/// An article of the union that belongs to an outlet on one side or both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit<'a> {
    pub(super) versions: [Option<&'a Version>; 2],
    pub(super) same_text: bool,
    /// Whether it belongs to the outlet in the old and in the new report.
    pub(super) member: [bool; 2],
}

impl<'a> Unit<'a> {
    /// What a corpus holds of it where `reading` is that of the old or of the new report.
    pub(super) fn version(&self, corpus: usize, reading: usize) -> Option<&'a Version> {
        let side = if self.same_text { reading } else { corpus };
        self.versions[side].filter(|_| self.member[corpus])
    }

    /// Whether it is not in both corpora with the same text.
    pub(super) fn changed(&self) -> bool {
        !self.same_text || self.member != [true; 2]
    }
}

/// The articles of an outlet.
pub(super) struct Group<'a> {
    /// Its id; `None` for all articles together.
    pub(super) outlet: Option<String>,
    pub(super) units: Vec<Unit<'a>>,
    /// Whether any article is not in both with the same text.
    pub(super) any_changed: bool,
    /// Whether the old and the new corpus have a text that the other has not and whose counts under
    /// the other's terms are not known.
    pub(super) unknown: [bool; 2],
    /// For every number that is counted (see [`Terms`]) the articles that hold any of it.
    holders: Vec<Vec<u32>>,
}

impl<'a> Group<'a> {
    fn new(outlet: Option<String>, units: Vec<Unit<'a>>) -> Self {
        let unknown = [0, 1].map(|corpus: usize| {
            let lone = |unit: &Unit<'_>| unit.member[corpus] && !unit.same_text;
            let open = |unit: &Unit<'_>| unit.versions[corpus].is_some_and(|v| !v.crossed);
            units.iter().any(|unit| lone(unit) && open(unit))
        });
        let mut holders: Vec<Vec<u32>> = Vec::new();
        for (index, unit) in units.iter().enumerate() {
            for version in unit.versions.into_iter().flatten() {
                for (number, _) in version.under.iter().flatten() {
                    if holders.len() <= *number {
                        holders.resize(*number + 1, Vec::new());
                    }
                    if holders[*number].last() != Some(&(index as u32)) {
                        holders[*number].push(index as u32);
                    }
                }
            }
        }
        Self { any_changed: units.iter().any(Unit::changed), outlet, units, unknown, holders }
    }

    /// The places in `units`, ascending, of the articles that hold any of a number.
    pub(super) fn holders(&self, number: usize) -> &[u32] {
        self.holders.get(number).map_or(&[], Vec::as_slice)
    }

    /// The articles that hold any of these numbers.
    pub(super) fn holding(&self, numbers: Range<usize>) -> Vec<Unit<'a>> {
        let lists = numbers.filter_map(|number| self.holders.get(number));
        let holders: BTreeSet<u32> = lists.flatten().copied().collect();
        holders.into_iter().map(|index| self.units[index as usize]).collect()
    }
}

/// The articles of every outlet that both reports have, or of both corpora.
pub(super) fn groups<'a>(world: &World<'a>) -> Vec<Group<'a>> {
    let outlets = |side: usize| -> BTreeSet<&'a str> {
        world.reports[side].articles.iter().map(|row| row.outlet.as_str()).collect()
    };
    let mut groups: BTreeMap<Option<String>, Vec<Unit<'a>>> = BTreeMap::new();
    if world.pooled {
        groups.insert(None, Vec::new());
    } else {
        let shared = outlets(0)
            .intersection(&outlets(1))
            .map(|id| Some((*id).to_owned()))
            .collect::<Vec<_>>();
        groups.extend(shared.into_iter().map(|outlet| (outlet, Vec::new())));
    }
    for pair in world.pairs {
        let indices = [pair.old, pair.new];
        let outlet = |side: usize| {
            let index = indices[side]?;
            Some(world.reports[side].articles[index].outlet.as_str())
        };
        let versions =
            [0, 1].map(|side: usize| indices[side].map(|i| &world.counts.sides[side][i]));
        let own = [outlet(0), outlet(1)];
        let names: BTreeSet<Option<&str>> = if world.pooled {
            [None].into()
        } else {
            own.into_iter().filter(Option::is_some).collect()
        };
        for name in names {
            let member = own.map(|own| own.is_some() && (world.pooled || own == name));
            if let Some(units) = groups.get_mut(&name.map(str::to_owned)) {
                units.push(Unit { versions, same_text: pair.same_text, member });
            }
        }
    }
    groups.into_iter().map(|(outlet, units)| Group::new(outlet, units)).collect()
}
