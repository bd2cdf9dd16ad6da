//! Comparisons as ratios with intervals, a panel a pair.

use maud::{Markup, html};

use super::super::lookup::Lookup;
use super::super::number;
use super::super::tables::in_order;
use super::super::wording;
use super::bars::{self, Dot};
use super::outside::{outside, visible};
use super::scale::Scale;
use crate::report::ComparisonRow;
use crate::statistics::evidence::{Tier, Verdict};

/// Pairs that have a panel; above, the tables alone would be clearer.
const PANELS: usize = 12;

/// The ratios stand on a scale from ÷32 to ×32; what goes beyond has an arrow.
const LIMIT: f64 = 5.0;

/// A panel a pair with the comparisons that carry a verdict.
pub(super) fn panels(lookup: &Lookup<'_>) -> Markup {
    let pairs: Vec<_> = in_order(lookup, lookup.view.leading_voice())
        .into_iter()
        .map(|(pair, rows)| (pair, rows.into_iter().filter(is_reportable).collect::<Vec<_>>()))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    html! {
        @if !pairs.is_empty() {
            ul.key aria-label="What the marks mean" {
                li {
                    svg.sample viewBox="0 0 60 16" aria-hidden="true" {
                        line.interval x1="8" x2="52" y1="8" y2="8" {}
                        circle.dot cx="30" cy="8" r="4" {}
                    }
                    "higher, lower or similar"
                }
                li {
                    svg.sample viewBox="0 0 60 16" aria-hidden="true" {
                        line.interval.faint x1="8" x2="52" y1="8" y2="8" {}
                        circle.dot.hollow cx="30" cy="8" r="4" {}
                    }
                    "inconclusive"
                }
            }
            div.panels {
                @for ((a, b), rows) in pairs.iter().take(PANELS) { (panel(lookup, a, *b, rows)) }
            }
            @if pairs.len() > PANELS {
                p.note { (PANELS) " of " (pairs.len()) " pairs are drawn; the tables have all." }
            }
        }
    }
}

fn is_reportable(row: &&ComparisonRow) -> bool {
    row.tier == Tier::Reportable && row.verdict != Verdict::NotEnoughEvidence
}

fn panel<'a>(
    lookup: &Lookup<'a>,
    a: &'a str,
    b: Option<&'a str>,
    rows: &[&'a ComparisonRow],
) -> Markup {
    let scale = Scale::around_zero(LIMIT);
    let grid = [-4.0, -2.0, 0.0, 2.0, 4.0];
    let labels = [(-4.0, "÷16"), (-2.0, "÷4"), (0.0, "equal"), (2.0, "×4"), (4.0, "×16")];
    let labels = labels.map(|(tick, label)| (tick, label.to_owned()));
    html! {
        figure.panel {
            figcaption {
                (outside(lookup.outlet(a))) ", compared with " (outside(lookup.side_b(b)))
            }
            ul.rows {
                @for row in rows { (comparison(lookup, &scale, &grid, row)) }
            }
            (bars::axis(&scale, &labels))
        }
    }
}

/// The limits of the log ratio; with no hit on one side, one of them is infinite.
fn interval(row: &ComparisonRow) -> Option<(f64, f64)> {
    match (row.low, row.high) {
        (None, None) => None,
        (low, high) => Some((low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY))),
    }
}

/// The ratio and its limits; turned round, that of the second outlet to the first. With no hit on
/// one side the bound alone.
fn in_words(row: &ComparisonRow, turned: bool) -> (String, String) {
    let sign = if turned { -1.0 } else { 1.0 };
    let power = |value: f64| number::ratio(Some(libm::exp2(value)));
    let ratio = row.ratio.filter(|ratio| *ratio > 0.0).map(|r| if turned { 1.0 / r } else { r });
    let Some((low, high)) = interval(row).map(|(x, y)| (x * sign, y * sign)) else {
        return (number::ratio(ratio), String::new());
    };
    let (low, high) = (low.min(high), low.max(high));
    if high.is_infinite() {
        (format!("≥ {}", power(low)), String::new())
    } else if low.is_infinite() {
        (format!("≤ {}", power(high)), String::new())
    } else {
        (number::ratio(ratio), format!("[{}, {}]", power(low), power(high)))
    }
}

/// "×8.2, 95% CI ×2.4 to ×41", "at least ×6.9".
pub(super) fn how_much(row: &ComparisonRow, turned: bool) -> String {
    let (ratio, limits) = in_words(row, turned);
    match ratio.strip_prefix("≥ ") {
        Some(bound) => format!("at least {bound}"),
        None => format!("{ratio} {limits}").trim_end().to_owned(),
    }
}

fn comparison(lookup: &Lookup<'_>, scale: &Scale, grid: &[f64], row: &ComparisonRow) -> Markup {
    let category = lookup.category_with_caution((&row.lexicon, &row.category));
    let (ratio, limits) = in_words(row, false);
    let firm = row.verdict != Verdict::Inconclusive;
    let verdict = wording::short_verdict(row.verdict, lookup.outlet(&row.a));
    let said = format!("{}: {ratio} {limits}; {}", visible(&category), visible(&verdict));
    let dot = Dot {
        // With no hit on one side there is a bound and no ratio.
        value: row.ratio.and(row.log2_ratio).filter(|_| row.ratio != Some(0.0)).unwrap_or(f64::NAN),
        interval: interval(row),
        firm,
    };
    html! {
        li {
            span.who { (outside(&category)) }
            span.what { span.value.faint[!firm] { (ratio) } " " span.limits { (limits) } }
            (bars::row(scale, grid, &said, &bars::dot(scale, &dot)))
        }
    }
}
