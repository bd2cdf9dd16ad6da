//! In whose voice each outlet's words stand, as shares that fill a bar.

use maud::{Markup, html};

use super::super::lookup::Lookup;
use super::super::number;
use super::super::wording;
use super::outside::outside;
use super::scale::{WIDTH, coordinate};
use crate::report::OutletRow;

/// Outlets up to which every one has a bar.
pub(super) const OUTLETS: usize = 24;

/// The voices in their order on the bar: id, and what is said.
const VOICES: [(&str, &str); 4] = [
    ("own", "own voice"),
    ("attributed", "attributed"),
    ("scare", "scare quotes"),
    ("quoted", "quoted"),
];

/// A bar an outlet.
pub(super) fn chart(lookup: &Lookup<'_>) -> Markup {
    let outlets = lookup.present();
    html! {
        h3 { "Words by voice" }
        p.note { (outside(&wording::grouped(wording::QUOTED, &lookup.report.settings.by))) }
        figure.panel.wide {
            ul.key aria-label="What the colours mean" {
                @for (id, name) in VOICES {
                    li {
                        svg.sample viewBox="0 0 60 16" aria-hidden="true" {
                            rect class=(id) x="6" y="4" width="48" height="8" {}
                        }
                        (name)
                    }
                }
            }
            ul.rows { @for outlet in outlets.iter().take(OUTLETS) { (row(outlet)) } }
        }
    }
}

fn row(outlet: &OutletRow) -> Markup {
    let words = |id: &str| outlet.words_by_voice.get(id).copied().unwrap_or(0);
    let share = |id: &str| words(id) as f64 / outlet.words as f64;
    let said: Vec<String> = VOICES
        .iter()
        .map(|(id, name)| format!("{name} {}", number::percent(Some(share(id)))))
        .collect();
    let mut from = 0.0;
    html! {
        li {
            span.who { (outside(&outlet.name)) }
            span.what { span.limits { (said.join(" · ")) } }
            svg.bar viewBox={ "0 0 " (WIDTH * 2.0) " 12" } role="img" aria-label=(said.join(", ")) {
                @for (id, _) in VOICES {
                    @let width = share(id) * WIDTH * 2.0;
                    @if width > 0.0 {
                        rect class=(id) x=(coordinate(from)) y="1" width=(coordinate(width)) height="10" {}
                    }
                    @let () = from += width;
                }
            }
        }
    }
}
