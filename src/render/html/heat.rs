//! Categories by outlets as a table of coloured cells. A cell without enough evidence is grey and
//! holds its count alone.

use maud::{Markup, html};

use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording;
use super::anchors::{Anchors, linked};
use super::outside::{outside, visible};
use crate::report::{CategoryRow, OutletRow, RateRow};
use crate::statistics::evidence::Tier;

/// Outlets up to which every one has a column.
pub(super) const OUTLETS: usize = 24;

/// Ratios to all outlets together where one step of colour ends and the next begins.
const STEPS: [f64; 3] = [1.25, 2.0, 4.0];

/// The seven steps in words, from the least to the most.
const LEGEND: [&str; 7] = [
    "a quarter or less",
    "a quarter to half",
    "half to ×0.8",
    "about the same",
    "×1.25 to ×2",
    "×2 to ×4",
    "×4 or more",
];

/// The table; nothing for a single outlet, which has nobody to be set beside.
pub(super) fn table<'a>(lookup: &Lookup<'a>, anchors: &Anchors<'a>) -> Markup {
    let outlets: Vec<&OutletRow> = lookup.present().into_iter().take(OUTLETS).collect();
    if outlets.len() < 2 {
        return html! {};
    }
    let unit = wording::unit_in_words(lookup.view.per);
    let voice = visible(&wording::voice_of(lookup, lookup.view.leading_voice()));
    html! {
        figure.heat {
            figcaption #heat-caption {
                "Hits " (unit) " in " (voice)
                ". Colour: how often, compared with all outlets together."
            }
            (legend())
            div.scroll tabindex="0" role="region" aria-labelledby="heat-caption" {
                table {
                    thead {
                        tr {
                            th scope="col" { "category" }
                            @for outlet in &outlets { th.cell scope="col" { (outside(&outlet.name)) } }
                        }
                    }
                    @for lexicon in &lookup.report.provenance.lexicons {
                        (lexicon_rows(lookup, anchors, &outlets, &lexicon.id, &lexicon.title))
                    }
                }
            }
        }
    }
}

fn legend() -> Markup {
    html! {
        ul.steps aria-label="Steps of colour" {
            @for (index, text) in LEGEND.iter().enumerate() {
                li { span class={ "swatch h" (index) } {} (text) }
            }
            li { span.swatch.weak {} "not enough evidence: “4 in 3” is 4 hits in 3 articles" }
        }
    }
}

fn lexicon_rows<'a>(
    lookup: &Lookup<'a>,
    anchors: &Anchors<'a>,
    outlets: &[&'a OutletRow],
    lexicon: &str,
    title: &str,
) -> Markup {
    let of_lexicon = lookup.report.categories.iter().filter(|row| row.lexicon == lexicon);
    let rows: Vec<(&CategoryRow, Vec<Option<&'a RateRow>>)> = of_lexicon
        .map(|category| (category, cells_of(lookup, category, outlets)))
        .filter(|(_, cells)| cells.iter().flatten().any(|cell| cell.hits > 0))
        .collect();
    html! {
        @if !rows.is_empty() {
            tbody {
                tr.group { th scope="rowgroup" colspan=(outlets.len() + 1) { (outside(title)) } }
                @for (category, cells) in &rows {
                    @let id = (category.lexicon.as_str(), category.category.as_str());
                    @let together = together(lookup, cells);
                    tr {
                        th scope="row" { (outside(&lookup.category_with_caution(id))) }
                        @for cell in cells { (cell_of(lookup, anchors, *cell, together)) }
                    }
                }
            }
        }
    }
}

fn cells_of<'a>(
    lookup: &Lookup<'a>,
    category: &'a CategoryRow,
    outlets: &[&'a OutletRow],
) -> Vec<Option<&'a RateRow>> {
    let id = (category.lexicon.as_str(), category.category.as_str());
    let voice = lookup.view.leading_voice();
    outlets.iter().map(|outlet| lookup.rate(&outlet.outlet, id, voice)).collect()
}

/// The rate of the outlets shown, taken together.
fn together(lookup: &Lookup<'_>, cells: &[Option<&RateRow>]) -> Option<f64> {
    let sum = |of: fn(&RateRow) -> u64| cells.iter().flatten().map(|cell| of(cell)).sum();
    lookup.hits_in_unit(sum(|cell| cell.hits), sum(|cell| cell.words))
}

fn cell_of<'a>(
    lookup: &Lookup<'a>,
    anchors: &Anchors<'a>,
    cell: Option<&'a RateRow>,
    together: Option<f64>,
) -> Markup {
    let Some(cell) = cell.filter(|cell| cell.words > 0) else {
        return html! { td.cell.weak { (number::MISSING) } };
    };
    let rate = lookup.in_unit(cell.rate);
    let step = rate.zip(together).filter(|_| cell.tier == Tier::Reportable);
    let step = step.map(|(rate, together)| step_of(rate / together));
    let class = step.map_or_else(|| "cell weak".to_owned(), |step| format!("cell h{step}"));
    let link = anchors.category(&cell.outlet, (&cell.lexicon, &cell.category));
    html! {
        td class=(class) {
            @if step.is_some() {
                (linked(link.as_ref(), "", &html! { (number::rate(rate)) }))
            } @else if cell.hits == 0 {
                "0"
            } @else {
                (linked(link.as_ref(), "", &html! { (count(cell.hits)) }))
                " in " (count(cell.articles_with_hits))
            }
        }
    }
}

/// The step of colour of a ratio, 0 to 6.
fn step_of(ratio: f64) -> usize {
    let passed = |ratio: f64| STEPS.iter().filter(|&&step| ratio >= step).count();
    if ratio >= 1.0 { 3 + passed(ratio) } else { 3 - passed(1.0 / ratio) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_mirror_each_other() {
        let steps = [0.0, 0.2, 0.3, 0.6, 0.9, 1.0, 1.2, 1.3, 3.0, 4.0];
        assert_eq!(steps.map(step_of), [0, 0, 1, 2, 3, 3, 3, 4, 5, 6]);
    }
}
