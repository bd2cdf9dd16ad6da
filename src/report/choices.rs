//! Shares of the variants among the choices that an outlet made.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cells::{Cells, Chosen};
use super::figure::figure;
use super::model::ChoiceRow;
use crate::lexicon::{Choice, EntryId, GroupKind};
use crate::statistics::evidence::{Thresholds, assess_rate};
use crate::statistics::own_share::voice_share_of;
use crate::statistics::{Document, Interval, Totals, moments};
use crate::tally::Moments;

/// The choices in the outlet's wording; an outlet that made none has no row.
pub(super) fn choices(cells: &Cells<'_>, thresholds: &Thresholds) -> Vec<ChoiceRow> {
    let mut rows = Vec::new();
    for (outlet, range) in &cells.outlets {
        for (index, group) in cells.inventory.groups().iter().enumerate() {
            let GroupKind::Choice(choice) = group.kind else { continue };
            let lexicon = &cells.inventory.lexicons()[group.lexicon];
            let choice = &lexicon.choices[choice];
            let chosen = cells.choices_in(index, range);
            if !chosen.is_empty() {
                rows.extend(choice_rows((outlet, &lexicon.id), choice, chosen, thresholds));
            }
        }
    }
    rows
}

/// The share of a variant with the interval that counts articles as clusters; the articles hold its
/// uses as hits and all choices made as words.
pub(super) fn interval_of(documents: &[Document], alpha: f64) -> Option<(f64, Interval)> {
    voice_share_of(&moments(documents), alpha).map(|share| (share.share, share.interval))
}

fn choice_rows(
    (outlet, lexicon): (&str, &str),
    choice: &Choice,
    chosen: &[Chosen],
    thresholds: &Thresholds,
) -> Vec<ChoiceRow> {
    let row = |(index, variant): (usize, &String)| {
        let mut moments = Moments::default();
        chosen.iter().for_each(|(_, uses)| moments.add(uses[index], uses.iter().sum()));
        choice_row((outlet, lexicon), (choice, variant), &moments, thresholds)
    };
    choice.variants.keys().enumerate().map(row).collect()
}

/// A row of the uses of a variant by those of all variants.
pub(super) fn choice_row(
    (outlet, lexicon): (&str, &str),
    (choice, variant): (&Choice, &str),
    uses: &Moments,
    thresholds: &Thresholds,
) -> ChoiceRow {
    let share = voice_share_of(uses, thresholds.alpha);
    let totals = Totals { hits: uses.words, articles_with_hits: uses.articles, ..uses.into() };
    let interval =
        share.map(|share| share.interval).filter(|_| totals.articles >= thresholds.least_articles);
    ChoiceRow {
        outlet: outlet.to_owned(),
        lexicon: lexicon.to_owned(),
        choice: choice.id.clone(),
        title: choice.title.clone(),
        variant: variant.to_owned(),
        uses: uses.hits,
        choices: totals.hits,
        articles: totals.articles,
        articles_with_uses: uses.articles_with_hits,
        share: figure(share.map(|share| share.share)),
        low: figure(interval.map(|interval| interval.low)),
        high: figure(interval.map(|interval| interval.high)),
        tier: assess_rate(&totals, thresholds).tier,
    }
}

/// Uses of a variant by outlet, over every voice: what the evidence samples from.
pub(super) fn uses_in_all_voices(
    cells: &Cells<'_>,
    (lexicon, choice, variant): (usize, usize, usize),
) -> BTreeMap<String, u64> {
    let group = cells
        .inventory
        .groups()
        .iter()
        .find(|group| group.lexicon == lexicon && group.kind == GroupKind::Choice(choice));
    let Some(group) = group else { return BTreeMap::new() };
    let uses = |(place, (outlet, _)): (usize, &(&str, Range<usize>))| {
        let of_variant = |entry: &EntryId| cells.inventory.entry(*entry).owner == variant;
        let hits = cells.hits_in_all_voices(group, place).filter(|(entry, _)| of_variant(entry));
        ((*outlet).to_owned(), hits.map(|(_, hits)| hits).sum())
    };
    cells.outlets.iter().enumerate().map(uses).collect()
}
