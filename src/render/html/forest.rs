//! Comparisons as ratios with intervals, a panel a pair: of all articles, and within events.

use maud::{Markup, html};

use super::super::lookup::Lookup;
use super::super::number;
use super::super::tables::{in_order, matched_in_order};
use super::super::wording;
use super::bars::{self, Dot};
use super::outside::{outside, visible};
use super::scale::Scale;
use crate::report::{ComparisonRow, MatchedRow};
use crate::statistics::evidence::{Tier, Verdict};

/// Pairs that have a panel; above, the tables alone would be clearer.
const PANELS: usize = 12;

/// The ratios stand on a scale from ÷32 to ×32; what goes beyond has an arrow.
const LIMIT: f64 = 5.0;

/// One comparison: names, the ratio of the rates, and its interval on a logarithmic scale.
struct Compared<'a> {
    category: String,
    first: &'a str,
    ratio: Option<f64>,
    log2: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    verdict: Verdict,
}

/// The pairs of all articles with the comparisons that are reportable.
pub(super) fn pooled(lookup: &Lookup<'_>) -> Markup {
    let pairs = in_order(lookup, lookup.view.leading_voice()).into_iter();
    let panels = pairs.map(|((a, b), rows)| {
        let rows = rows.into_iter().filter(|row| row.tier == Tier::Reportable);
        (lookup.outlet(a), lookup.side_b(b), rows.map(|row| compared(lookup, row)).collect())
    });
    drawn(panels.collect())
}

/// The pairs within events, each event compared with itself.
pub(super) fn matched(lookup: &Lookup<'_>) -> Markup {
    let pairs = matched_in_order(lookup, lookup.view.leading_voice()).into_iter();
    let panels = pairs.map(|((a, b), rows)| {
        let row = |row: &'_ MatchedRow| Compared {
            category: lookup.category((&row.lexicon, &row.category)).to_owned(),
            first: lookup.outlet(a),
            ratio: row.ratio,
            log2: row.log2_ratio,
            low: row.low,
            high: row.high,
            verdict: row.verdict,
        };
        (lookup.outlet(a), lookup.outlet(b), rows.into_iter().map(row).collect())
    });
    drawn(panels.collect())
}

fn compared<'a>(lookup: &Lookup<'a>, row: &'a ComparisonRow) -> Compared<'a> {
    Compared {
        category: lookup.category_with_caution((&row.lexicon, &row.category)),
        first: lookup.outlet(&row.a),
        ratio: row.ratio,
        log2: row.log2_ratio,
        low: row.low,
        high: row.high,
        verdict: row.verdict,
    }
}

/// A panel a pair with what can be judged.
fn drawn(pairs: Vec<(&str, &str, Vec<Compared<'_>>)>) -> Markup {
    let judged = |(a, b, mut rows): (_, _, Vec<_>)| {
        rows.retain(|row: &Compared<'_>| row.verdict != Verdict::NotEnoughEvidence);
        (a, b, rows)
    };
    let pairs: Vec<_> =
        pairs.into_iter().map(judged).filter(|(_, _, rows)| !rows.is_empty()).collect();
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
                @for (a, b, rows) in pairs.iter().take(PANELS) { (panel(a, b, rows)) }
            }
            @if pairs.len() > PANELS {
                p.note { (PANELS) " of " (pairs.len()) " pairs are drawn; the tables have all." }
            }
        }
    }
}

fn panel(a: &str, b: &str, rows: &[Compared<'_>]) -> Markup {
    let scale = Scale::around_zero(LIMIT);
    let grid = [-4.0, -2.0, 0.0, 2.0, 4.0];
    let labels = [(-4.0, "÷16"), (-2.0, "÷4"), (0.0, "equal"), (2.0, "×4"), (4.0, "×16")];
    let labels = labels.map(|(tick, label)| (tick, label.to_owned()));
    html! {
        figure.panel {
            figcaption { (outside(a)) ", compared with " (outside(b)) }
            ul.rows {
                @for row in rows { (comparison(&scale, &grid, row)) }
            }
            (bars::axis(&scale, &labels))
        }
    }
}

/// The limits of the log ratio; with no hit on one side, one of them is infinite.
fn interval(row: &Compared<'_>) -> Option<(f64, f64)> {
    match (row.low, row.high) {
        (None, None) => None,
        (low, high) => Some((low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY))),
    }
}

/// The ratio and its limits; turned round, that of the second outlet to the first. With no hit on
/// one side the bound alone.
fn in_words(row: &Compared<'_>, turned: bool) -> (String, String) {
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

/// "×8.2 [×2.4, ×41]", "at least ×6.9".
pub(super) fn how_much(lookup: &Lookup<'_>, row: &ComparisonRow, turned: bool) -> String {
    let (ratio, limits) = in_words(&compared(lookup, row), turned);
    match ratio.strip_prefix("≥ ") {
        Some(bound) => format!("at least {bound}"),
        None => format!("{ratio} {limits}").trim_end().to_owned(),
    }
}

fn comparison(scale: &Scale, grid: &[f64], row: &Compared<'_>) -> Markup {
    let (ratio, limits) = in_words(row, false);
    let firm = row.verdict != Verdict::Inconclusive;
    let verdict = wording::short_verdict(row.verdict, row.first);
    let said = format!("{}: {ratio} {limits}; {}", visible(&row.category), visible(&verdict));
    let dot = Dot {
        // With no hit on one side there is a bound and no ratio.
        value: row.ratio.and(row.log2).filter(|_| row.ratio != Some(0.0)).unwrap_or(f64::NAN),
        interval: interval(row),
        firm,
    };
    html! {
        li {
            span.who { (outside(&row.category)) }
            span.what { span.value.faint[!firm] { (ratio) } " " span.limits { (limits) } }
            (bars::row(scale, grid, &said, &bars::dot(scale, &dot)))
        }
    }
}
