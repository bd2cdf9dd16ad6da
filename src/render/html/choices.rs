//! Choices between words for one thing, as shares that fill a bar an outlet.

use maud::{Markup, html};

use super::super::lookup::Lookup;
use super::super::number::{self, count, counted};
use super::super::tables::{choices_in_weight, is_settled};
use super::anchors::{Anchors, linked};
use super::outside::{outside, visible};
use super::palette::SHARES;
use super::scale::{WIDTH, coordinate};
use crate::report::ChoiceRow;
use crate::statistics::evidence::Tier;

/// Outlets up to which every one has a bar.
pub(super) const OUTLETS: usize = 12;

/// Choices that have a panel, or are named.
pub(super) const PANELS: usize = 24;

/// A panel a choice in which more than one word was used; the others are named.
pub(super) fn panels<'a>(lookup: &Lookup<'a>, anchors: &Anchors<'a>) -> Markup {
    let choices = choices_in_weight(lookup.report);
    let (settled, open): (Vec<_>, Vec<_>) = choices.into_iter().partition(|rows| is_settled(rows));
    let named = settled.iter().take(PANELS);
    html! {
        div.panels {
            @for rows in open.iter().take(PANELS) { (panel(lookup, anchors, rows)) }
        }
        @if open.len() > PANELS {
            p.note { "The " (PANELS) " choices made most often of " (open.len()) " are drawn; the saved report has all." }
        }
        @if !settled.is_empty() {
            p.note {
                "One word alone was used for: "
                @for (index, rows) in named.enumerate() {
                    @if index > 0 { "; " }
                    @if let Some(used) = rows.iter().find(|row| row.uses > 0) {
                        (outside(&used.title)) " (" (outside(&used.variant)) ")"
                    }
                }
                @if settled.len() > PANELS { "; and " (settled.len() - PANELS) " more" }
                "."
            }
        }
    }
}

fn panel<'a>(lookup: &Lookup<'a>, anchors: &Anchors<'a>, rows: &[&'a ChoiceRow]) -> Markup {
    let mut variants: Vec<&'a str> = Vec::new();
    for row in rows.iter().filter(|row| row.uses > 0) {
        if !variants.contains(&row.variant.as_str()) {
            variants.push(&row.variant);
        }
    }
    let title = rows.first().map_or("", |row| &row.title);
    html! {
        figure.panel {
            figcaption { (outside(title)) }
            ul.variants {
                @for (index, variant) in variants.iter().enumerate() {
                    li { span class={ "swatch " (class(index)) } { (letter(index)) } (outside(variant)) }
                }
            }
            ul.rows {
                @for outlet in lookup.present().into_iter().take(OUTLETS) {
                    @let of_outlet = rows.iter().filter(|row| row.outlet == outlet.outlet);
                    @let of_outlet: Vec<&'a ChoiceRow> = of_outlet.copied().collect();
                    (outlet_row(anchors, &outlet.name, &of_outlet, &variants))
                }
            }
        }
    }
}

fn outlet_row<'a>(
    anchors: &Anchors<'a>,
    outlet: &str,
    rows: &[&'a ChoiceRow],
    variants: &[&str],
) -> Markup {
    let choices = rows.first().map_or(0, |row| row.choices);
    let articles = rows.first().map_or(0, |row| row.articles);
    let used = |variant: &str| rows.iter().find(|row| row.variant == variant && row.uses > 0);
    let parts: Vec<(usize, &&'a ChoiceRow)> = variants
        .iter()
        .enumerate()
        .filter_map(|(index, variant)| used(variant).map(|row| (index, row)))
        .collect();
    let said = |(_, row): &(usize, &&ChoiceRow)| {
        let share = number::percent(row.share);
        format!("{} {} of {} ({share})", visible(&row.variant), count(row.uses), count(row.choices))
    };
    let in_words: Vec<String> = parts.iter().map(said).collect();
    let weak = rows.first().is_none_or(|row| row.tier != Tier::Reportable);
    html! {
        li {
            span.who { (outside(outlet)) }
            span.what {
                @for (index, row) in &parts {
                    span.part {
                        (letter(*index)) " "
                        @let link = anchors.variant(&row.outlet, (&row.lexicon, &row.choice), &row.variant);
                        (linked(link.as_ref(), "value", &html! { (number::percent(row.share)) }))
                    }
                }
                span.limits {
                    @if choices == 0 {
                        "not used"
                    } @else {
                        "of " (count(choices)) @if weak { " in " (counted(articles, "article")) }
                    }
                }
            }
            @if choices > 0 {
                svg.bar.share viewBox={ "0 0 " (WIDTH) " 20" } role="img" aria-label=(in_words.join(", ")) {
                    (stack(&parts, choices))
                }
            }
        }
    }
}

fn stack(parts: &[(usize, &&ChoiceRow)], choices: u64) -> Markup {
    let width = |uses: u64| uses as f64 / choices as f64 * WIDTH;
    let mut from = 0.0;
    html! {
        @for (index, row) in parts {
            @let width = width(row.uses);
            rect class=(class(*index)) x=(coordinate(from)) y="2" width=(coordinate((width - 1.0).max(0.5))) height="16" {}
            @if width > 14.0 {
                text x=(coordinate(from + width / 2.0)) y="14" text-anchor="middle" { (letter(*index)) }
            }
            @let () = from += width;
        }
    }
}

/// The colour of a variant; the last is shared by all that follow, their letters differ.
fn class(index: usize) -> String {
    format!("c{}", index.min(SHARES.len() - 1))
}

fn letter(index: usize) -> char {
    u8::try_from(index)
        .ok()
        .filter(|index| *index < 26)
        .map_or('·', |index| char::from(b'a' + index))
}
