//! The terms that drive each difference, as bars to either side.

use maud::{Markup, html};

use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::tables::in_order;
use super::super::wording;
use super::anchors::{Anchors, linked};
use super::bars;
use super::outside::outside;
use super::scale::Scale;
use super::terms;
use crate::report::{ComparisonRow, DriverRow};
use crate::statistics::evidence::Verdict;

/// Differences that have a panel.
const PANELS: usize = 12;

/// A panel a difference that carries a verdict, those with the firmest first.
pub(super) fn panels<'a>(lookup: &Lookup<'a>, anchors: &Anchors<'a>) -> Markup {
    let is_told = |row: &&ComparisonRow| {
        matches!(row.verdict, Verdict::Higher | Verdict::Lower) && !row.drivers.is_empty()
    };
    let pairs = in_order(lookup, lookup.view.leading_voice());
    let mut rows: Vec<&ComparisonRow> =
        pairs.into_iter().flat_map(|(_, rows)| rows).filter(is_told).collect();
    let size = |row: &ComparisonRow| row.lrc.map_or(0.0, f64::abs);
    rows.sort_by(|x, y| size(y).total_cmp(&size(x)));
    html! {
        @if rows.is_empty() {
            p { "No difference between two outlets carries a verdict, so there is none to take apart." }
        } @else {
            div.panels {
                @for row in rows.iter().take(PANELS) { (panel(lookup, anchors, row)) }
            }
            @if rows.len() > PANELS {
                p.note { (PANELS) " of " (rows.len()) " differences are drawn; the saved report has all." }
            }
        }
    }
}

fn panel(lookup: &Lookup<'_>, anchors: &Anchors<'_>, row: &ComparisonRow) -> Markup {
    let shown = |driver: &DriverRow| lookup.in_unit(Some(driver.difference)).unwrap_or(0.0);
    let largest = row.drivers.iter().map(|driver| shown(driver).abs()).fold(0.0, f64::max);
    let scale = Scale::around_zero(Scale::from_zero(largest).high());
    let id = (row.lexicon.as_str(), row.category.as_str());
    let unit = wording::unit(lookup.view.per);
    let end = number::rate(Some(scale.high()));
    let end = end.trim_end_matches(".00");
    let labels = [
        (-scale.high(), format!("−{end}")),
        (0.0, "0".to_owned()),
        (scale.high(), format!("+{end} {unit}")),
    ];
    let (a, b) = (lookup.outlet(&row.a), lookup.side_b(row.b.as_deref()));
    let (more, less) = if row.verdict == Verdict::Lower { (b, a) } else { (a, b) };
    html! {
        figure.panel {
            figcaption {
                (outside(lookup.category(id)))
                span.sub { "more often in " (outside(more)) " than in " (outside(less)) }
            }
            p.sides { span { "← more in " (outside(b)) } span { "more in " (outside(a)) " →" } }
            ul.rows {
                @for driver in &row.drivers {
                    @let value = shown(driver);
                    @let side = |outlet: Option<&str>| outlet.and_then(|outlet| anchors.term(outlet, id, &driver.term));
                    @let parts = format!("{} of the difference", number::percent(driver.share));
                    @let difference = number::difference(Some(value));
                    @let hits = format!("{} and {}", count(driver.hits_a), number::counted(driver.hits_b, "hit"));
                    @let said = format!("{}: {difference} {unit}, {parts}, {hits}", terms::plain(&driver.term));
                    li {
                        span.who { (terms::term(&driver.term)) }
                        span.what {
                            span.value { (difference) } " "
                            span.limits {
                                (linked(side(Some(&row.a)).as_ref(), "", &html! { (count(driver.hits_a)) }))
                                " and "
                                (linked(side(row.b.as_deref()).as_ref(), "", &html! { (count(driver.hits_b)) }))
                                " " (number::plural(driver.hits_b, "hit"))
                            }
                        }
                        @let class = if value < 0.0 { "minus" } else { "plus" };
                        (bars::row(&scale, &[0.0], &said, &bars::bar(&scale, 0.0, value, class)))
                    }
                }
            }
            (bars::axis(&scale, &labels))
        }
    }
}
