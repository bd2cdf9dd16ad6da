//! Rates and shares that moved, each with its causes and what may be said of it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cells::Cell;
use super::model::{Causes, Finding, LabelMove, RateMove, ShareMove, Tested};
use super::support::{correct, round};
use super::weigh::{Weighed, weigh};
use super::world::{Group, World, groups};
use crate::report::figure;
use crate::statistics::shrinkage::shrink;
use crate::tally::VoiceGroup;

/// Everything that moved, and what did not.
#[derive(Debug, Default)]
pub(super) struct Moves {
    pub(super) rates: Vec<RateMove>,
    pub(super) article_shares: Vec<ShareMove>,
    pub(super) choices: Vec<ShareMove>,
    pub(super) labels: Vec<LabelMove>,
    /// Rates that are equal.
    pub(super) equal_rates: u64,
}

/// Which table a measure belongs to, with its place in [`super::terms::Terms`].
#[derive(Debug, Clone, Copy)]
enum Row {
    Rate(usize, VoiceGroup),
    Articles(usize),
    /// Index of the choice, of the variant.
    Choice(usize, usize),
    Labels(usize),
}

/// Weighs every measure of every outlet.
pub(super) fn moves(world: &World<'_>) -> Moves {
    let groups = groups(world);
    let rows = rows(world);
    let jobs: Vec<(&Group<'_>, &(Row, Cell))> =
        groups.iter().flat_map(|group| rows.iter().map(move |row| (group, row))).collect();
    let weighed: Vec<Option<Weighed>> =
        jobs.par_iter().map(|(group, (_, cell))| weigh(world, group, cell)).collect();
    let mut moves = Moves::default();
    for ((group, (row, _)), weighed) in jobs.into_iter().zip(weighed) {
        match (weighed, *row) {
            (Some(weighed), row) => moves.push(world, group, row, weighed),
            (None, Row::Rate(..)) => moves.equal_rates += 1,
            (None, _) => {}
        }
    }
    moves.finish(world.thresholds.alpha);
    moves
}

/// Every measure that both reports have.
fn rows(world: &World<'_>) -> Vec<(Row, Cell)> {
    let terms = world.terms;
    let mut rows = Vec::new();
    for (index, pair) in terms.categories.iter().enumerate() {
        for voice in VoiceGroup::ALL {
            rows.extend(Cell::rate(index, pair, voice).map(|cell| (Row::Rate(index, voice), cell)));
        }
        rows.extend(Cell::articles(index, pair, terms).map(|cell| (Row::Articles(index), cell)));
    }
    for (index, pair) in terms.choices.iter().enumerate() {
        for variant in 0..pair.variants.len() {
            let cell = Cell::choice(variant, pair);
            rows.extend(cell.map(|cell| (Row::Choice(index, variant), cell)));
        }
    }
    for target in 0..terms.targets.len() {
        rows.push((Row::Labels(target), Cell::labels(target, terms)));
    }
    rows
}

impl Moves {
    fn push(&mut self, world: &World<'_>, group: &Group<'_>, row: Row, weighed: Weighed) {
        let outlet = group.outlet.clone();
        let terms = world.terms;
        match row {
            Row::Rate(index, voice) => {
                let pair = &terms.categories[index];
                let names = [outlet, Some(pair.lexicon.clone()), Some(pair.category.clone())];
                self.rates.push(rate_move(names, voice, weighed));
            }
            Row::Articles(index) => {
                let pair = &terms.categories[index];
                let names = (outlet, pair.lexicon.clone(), pair.category.clone());
                self.article_shares.push(share_move(names, None, weighed));
            }
            Row::Choice(index, variant) => {
                let pair = &terms.choices[index];
                let names = (outlet, pair.lexicon.clone(), pair.choice.clone());
                let variant = Some(pair.variants[variant].clone());
                self.choices.push(share_move(names, variant, weighed));
            }
            Row::Labels(target) => {
                self.labels.push(label_move(outlet, terms.targets[target].clone(), weighed));
            }
        }
    }

    /// Corrects the tests of each table together, shrinks within families, rounds.
    fn finish(&mut self, alpha: f64) {
        correct(self.rates.iter_mut().map(|row| &mut row.tested).collect(), alpha);
        correct(self.article_shares.iter_mut().map(|row| &mut row.tested).collect(), alpha);
        correct(self.choices.iter_mut().map(|row| &mut row.tested).collect(), alpha);
        correct(self.labels.iter_mut().map(|row| &mut row.tested).collect(), alpha);
        for row in &mut self.rates {
            row.only_words &= !is_said(&row.tested);
        }
        for row in &mut self.labels {
            row.only_mentions &= !is_said(&row.tested);
        }
        let mut families: BTreeMap<(u8, &str, VoiceGroup), Family<'_>> = BTreeMap::new();
        for row in &mut self.rates {
            let family = families.entry((0, &row.lexicon, row.voice)).or_default();
            family.push((&row.causes, &mut row.tested));
        }
        let shares = self.article_shares.iter_mut().map(|row| (1, row));
        for (table, row) in shares.chain(self.choices.iter_mut().map(|row| (2, row))) {
            let family = families.entry((table, &row.lexicon, VoiceGroup::Worded)).or_default();
            family.push((&row.causes, &mut row.tested));
        }
        for row in &mut self.labels {
            let family = families.entry((3, "", VoiceGroup::Worded)).or_default();
            family.push((&row.causes, &mut row.tested));
        }
        families.into_values().for_each(shrink_family);
        self.round();
    }

    fn round(&mut self) {
        for row in &mut self.rates {
            for value in [&mut row.rate_old, &mut row.rate_new, &mut row.change, &mut row.relative]
            {
                *value = figure(*value);
            }
            round(&mut row.causes, &mut row.tested);
        }
        for row in self.article_shares.iter_mut().chain(&mut self.choices) {
            for value in [&mut row.share_old, &mut row.share_new, &mut row.change] {
                *value = figure(*value);
            }
            round(&mut row.causes, &mut row.tested);
        }
        for row in &mut self.labels {
            for value in [&mut row.per_100_old, &mut row.per_100_new, &mut row.change] {
                *value = figure(*value);
            }
            round(&mut row.causes, &mut row.tested);
        }
    }
}

/// Moves of one kind, shrunk together.
type Family<'a> = Vec<(&'a Causes, &'a mut Tested)>;

fn shrink_family(mut members: Family<'_>) {
    members.retain(|(causes, tested)| causes.corpus.value.is_some() && tested.se.is_some());
    let changes: Vec<(f64, f64)> =
        members.iter().filter_map(|(causes, tested)| causes.corpus.value.zip(tested.se)).collect();
    for ((_, tested), shrunken) in members.into_iter().zip(shrink(&changes)) {
        tested.shrunken = Some(shrunken);
    }
}

/// Whether a direction is said of it.
fn is_said(tested: &Tested) -> bool {
    matches!(tested.finding, Finding::Rose | Finding::Fell)
}

fn rate_move(names: [Option<String>; 3], voice: VoiceGroup, weighed: Weighed) -> RateMove {
    let [outlet, lexicon, category] = names;
    let [rate_old, rate_new] = weighed.values;
    let relative = weighed.change.zip(rate_old).filter(|(_, old)| *old > 0.0);
    RateMove {
        outlet,
        lexicon: lexicon.unwrap_or_default(),
        category: category.unwrap_or_default(),
        voice,
        hits_old: weighed.old.hits,
        hits_new: weighed.new.hits,
        words_old: weighed.old.words,
        words_new: weighed.new.words,
        articles_old: weighed.old.articles,
        articles_new: weighed.new.articles,
        articles_changed: weighed.articles_changed,
        rate_old,
        rate_new,
        change: weighed.change,
        relative: relative.map(|(change, old)| change / old),
        only_words: weighed.same_parts,
        causes: weighed.causes,
        tested: weighed.tested,
    }
}

fn share_move(
    (outlet, lexicon, id): (Option<String>, String, String),
    variant: Option<String>,
    weighed: Weighed,
) -> ShareMove {
    let [share_old, share_new] = weighed.values;
    ShareMove {
        outlet,
        lexicon,
        id,
        variant,
        count_old: weighed.old.hits,
        count_new: weighed.new.hits,
        total_old: weighed.old.words,
        total_new: weighed.new.words,
        articles_old: weighed.old.articles,
        articles_new: weighed.new.articles,
        articles_changed: weighed.articles_changed,
        share_old,
        share_new,
        change: weighed.change,
        causes: weighed.causes,
        tested: weighed.tested,
    }
}

fn label_move(outlet: Option<String>, target: String, weighed: Weighed) -> LabelMove {
    let [per_100_old, per_100_new] = weighed.values;
    LabelMove {
        outlet,
        target,
        labels_old: weighed.old.hits,
        labels_new: weighed.new.hits,
        mentions_old: weighed.old.words,
        mentions_new: weighed.new.words,
        articles_old: weighed.old.articles,
        articles_new: weighed.new.articles,
        articles_changed: weighed.articles_changed,
        per_100_old,
        per_100_new,
        change: weighed.change,
        only_mentions: weighed.same_parts,
        causes: weighed.causes,
        tested: weighed.tested,
    }
}
