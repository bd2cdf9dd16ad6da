//! Rates as dots with intervals: a panel a category, one scale a lexicon.

use maud::{Markup, html};

use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording;
use super::anchors::{Anchors, linked};
use super::bars::{self, Dot};
use super::outside::outside;
use super::scale::Scale;
use crate::report::{CategoryRow, LexiconRecord, RateRow};
use crate::statistics::evidence::Tier;
use crate::tally::VoiceGroup;

/// Outlets up to which every one has a row; above, the panels would be taller than any screen.
pub(super) const OUTLETS: usize = 12;

/// A panel a category that has hits, lexicon by lexicon.
pub(super) fn panels<'a>(lookup: &Lookup<'a>, anchors: &Anchors<'a>) -> Markup {
    html! {
        @for lexicon in &lookup.report.provenance.lexicons {
            (lexicon_panels(lookup, anchors, lexicon))
        }
    }
}

fn lexicon_panels<'a>(
    lookup: &Lookup<'a>,
    anchors: &Anchors<'a>,
    lexicon: &LexiconRecord,
) -> Markup {
    let of_lexicon = lookup.report.categories.iter().filter(|row| row.lexicon == lexicon.id);
    let panels: Vec<(&'a CategoryRow, Vec<&'a RateRow>)> = of_lexicon
        .map(|category| (category, rows_of(lookup, category)))
        .filter(|(_, rows)| rows.iter().any(|row| row.hits > 0))
        .collect();
    if panels.is_empty() {
        return html! {};
    }
    let scale = scale_of(lookup, panels.iter().flat_map(|(_, rows)| rows.iter().copied()));
    html! {
        h3 { (outside(&lexicon.title)) }
        div.panels {
            @for (category, rows) in &panels {
                (panel(lookup, anchors, &scale, category, rows))
            }
        }
    }
}

fn rows_of<'a>(lookup: &Lookup<'a>, category: &'a CategoryRow) -> Vec<&'a RateRow> {
    let id = (category.lexicon.as_str(), category.category.as_str());
    let voice = lookup.view.leading_voice();
    let outlets = lookup.present().into_iter().take(OUTLETS);
    outlets.filter_map(|outlet| lookup.rate(&outlet.outlet, id, voice)).collect()
}

/// Holds every rate, and every interval that is not far longer than all rates.
fn scale_of<'a>(lookup: &Lookup<'_>, rows: impl Iterator<Item = &'a RateRow> + Clone) -> Scale {
    let shown = |value: Option<f64>| lookup.in_unit(value).filter(|v| v.is_finite()).unwrap_or(0.0);
    let rate = rows.clone().map(|row| shown(row.rate)).fold(0.0, f64::max);
    let limits = rows.filter(|row| row.tier != Tier::Descriptive).map(|row| shown(row.high));
    let high = limits.filter(|high| *high <= 2.0 * rate).fold(rate, f64::max);
    Scale::from_zero(high)
}

fn panel<'a>(
    lookup: &Lookup<'a>,
    anchors: &Anchors<'a>,
    scale: &Scale,
    category: &'a CategoryRow,
    rows: &[&'a RateRow],
) -> Markup {
    let id = (category.lexicon.as_str(), category.category.as_str());
    let unit = wording::unit(lookup.view.per);
    let ticks = scale.ticks();
    let last = ticks.len() - 1;
    let label = |(index, tick): (usize, &f64)| {
        let text = number::rate(Some(*tick));
        let text = text.trim_end_matches(".00").to_owned();
        (*tick, if index == last { format!("{text} {unit}") } else { text })
    };
    let labels: Vec<(f64, String)> = ticks.iter().enumerate().map(label).collect();
    html! {
        figure.panel {
            figcaption { (outside(&lookup.category_with_caution(id))) }
            ul.rows {
                @for row in rows { (outlet_row(lookup, anchors, scale, &ticks, row)) }
            }
            (bars::axis(scale, &labels))
        }
    }
}

fn outlet_row<'a>(
    lookup: &Lookup<'a>,
    anchors: &Anchors<'a>,
    scale: &Scale,
    ticks: &[f64],
    row: &'a RateRow,
) -> Markup {
    let outlet = lookup.outlet(&row.outlet);
    let link = anchors.category(&row.outlet, (&row.lexicon, &row.category));
    let text = wording::rate(lookup, row);
    let (value, interval) = text.split_once(' ').map_or((text.as_str(), ""), |parts| parts);
    html! {
        li {
            span.who { (outside(outlet)) }
            span.what {
                (linked(link.as_ref(), "value", &html! { (value) }))
                " " span.limits { (interval) }
            }
            @if row.words > 0 {
                (bars::row(scale, ticks, &said(lookup, row), &marks(lookup, scale, row)))
            }
        }
    }
}

fn marks<'a>(lookup: &Lookup<'a>, scale: &Scale, row: &'a RateRow) -> Markup {
    let shown = |value| lookup.in_unit(value).filter(|value| value.is_finite());
    let parts = parts(lookup, row);
    let mut from = 0.0;
    let interval = shown(row.low).zip(shown(row.high)).filter(|_| row.tier != Tier::Descriptive);
    let dot =
        Dot { value: shown(row.rate).unwrap_or(0.0), interval, firm: row.tier == Tier::Reportable };
    html! {
        @for (class, hits) in parts {
            @let to = from + lookup.hits_in_unit(hits, row.words).unwrap_or(0.0);
            @if hits > 0 { (bars::part(scale, from, to, class)) }
            @let () = from = to;
        }
        (bars::dot(scale, &dot))
    }
}

/// The rate's parts by voice, as shares of one bar; a single voice is one part.
fn parts<'a>(lookup: &Lookup<'a>, row: &'a RateRow) -> Vec<(&'static str, u64)> {
    if row.voice != VoiceGroup::Worded {
        return vec![("own", row.hits)];
    }
    let id = (row.lexicon.as_str(), row.category.as_str());
    let of = |voice| lookup.rate(&row.outlet, id, voice).map_or(0, |row| row.hits);
    vec![
        ("own", of(VoiceGroup::Own)),
        ("attributed", of(VoiceGroup::Attributed)),
        ("scare", of(VoiceGroup::Scare)),
    ]
}

/// What the marks say beside the rate, which stands above them.
fn said<'a>(lookup: &Lookup<'a>, row: &'a RateRow) -> String {
    let parts = parts(lookup, row);
    let by_voice = match parts.as_slice() {
        [(_, own), (_, attributed), (_, scare)] => format!(
            ": {} own voice, {} attributed, {} scare quotes",
            count(*own),
            count(*attributed),
            count(*scare)
        ),
        _ => String::new(),
    };
    let tier = wording::tier(row.tier, row.articles);
    format!("{}{by_voice}; {tier}", number::counted(row.hits, "hit"))
}

/// What the marks mean.
pub(super) fn key() -> Markup {
    let sample =
        |marks: &Markup| html! { svg.sample viewBox="0 0 60 16" aria-hidden="true" { (marks) } };
    let bar = |class: &str| html! { rect class=(class) x="6" y="4" width="48" height="8" {} };
    html! {
        ul.key aria-label="What the marks mean" {
            li { (sample(&bar("own"))) "own voice" }
            li { (sample(&bar("attributed"))) "attributed" }
            li { (sample(&bar("scare"))) "scare quotes" }
            li {
                (sample(&html! {
                    line.interval x1="8" x2="52" y1="8" y2="8" {}
                    line.interval x1="8" x2="8" y1="5" y2="11" {}
                    line.interval x1="52" x2="52" y1="5" y2="11" {}
                    circle.dot cx="30" cy="8" r="4" {}
                }))
                "rate with its interval; below it the voices that it is made of"
            }
            li {
                (sample(&html! {
                    line.interval.faint x1="8" x2="52" y1="8" y2="8" {}
                    circle.dot.hollow cx="30" cy="8" r="4" {}
                }))
                "too few articles or hits for a verdict"
            }
            li {
                (sample(&html! {
                    line.interval x1="8" x2="52" y1="8" y2="8" {}
                    path.interval d="M47 4L52 8L47 12" {}
                }))
                "goes on beyond the scale"
            }
        }
    }
}
