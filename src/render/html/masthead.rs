//! What stands above the sections: what this is, what can be told, what to bear in mind.

use maud::{Markup, html};

use super::super::lookup::{CategoryId, Lookup};
use super::super::number::{self, count, counted};
use super::super::tables::{in_order, matched_in_order};
use super::super::{opening, outline, wording};
use super::anchors::{Anchors, linked};
use super::forest;
use super::outside::outside;
use super::stories;
use crate::report::{ComparisonRow, MatchedRow, OutletRow};
use crate::statistics::evidence::Verdict;

/// Findings that stand at the top of the page.
const FINDINGS: usize = 6;

/// What stands below the title.
pub(super) fn body(lookup: &Lookup<'_>, anchors: &Anchors<'_>, reportable: bool) -> Markup {
    let by = &lookup.report.settings.by;
    html! {
        div.opening {
            div {
                p.standfirst {
                    @if reportable { (outside(&coverage(lookup))) } @else { (outside(&opening::first_line(lookup))) }
                }
                @if reportable { (findings(lookup, anchors)) } @else { (stories::at_a_glance(lookup)) }
            }
            div.banner role="note" {
                p { strong { "Read this first" } }
                p { (wording::NOT_VALIDATED) }
                p { (outside(&wording::grouped(wording::HIGHER_IS_NOT_WORSE, by))) }
                p { (wording::CLEARS_NOBODY) }
            }
        }
    }
}

/// The comparisons that carry a verdict: those within events first, then the firmest.
fn findings(lookup: &Lookup<'_>, anchors: &Anchors<'_>) -> Markup {
    let voice = lookup.view.leading_voice();
    let is_told = |verdict: Verdict| matches!(verdict, Verdict::Higher | Verdict::Lower);
    let within = matched_in_order(lookup, voice).into_iter().flat_map(|(_, rows)| rows);
    let within: Vec<&MatchedRow> = within.filter(|row| is_told(row.verdict)).collect();
    let pooled = in_order(lookup, voice).into_iter().flat_map(|(_, rows)| rows);
    let mut pooled: Vec<&ComparisonRow> = pooled.filter(|row| is_told(row.verdict)).collect();
    let size = |row: &ComparisonRow| row.lrc.map_or(0.0, f64::abs);
    pooled.sort_by(|x, y| size(y).total_cmp(&size(x)));
    let of_all = lookup.report.comparisons.iter().filter(|row| row.voice == voice).count();
    let told = within.len() + pooled.len();
    html! {
        @if told > 0 {
            h2.findings-title { "What carries a verdict" }
            ol.findings {
                @for row in within.iter().take(FINDINGS / 2) {
                    li { (finding(lookup, anchors, &in_events(row))) }
                }
                @let left = FINDINGS - within.len().min(FINDINGS / 2);
                @for row in pooled.iter().take(left) {
                    li { (finding(lookup, anchors, &of_all_articles(lookup, row))) }
                }
            }
        }
        p.more {
            @if told == 0 { "No difference carries a verdict. " }
            a href="#comparisons" { "All " (counted(of_all as u64, "comparison")) }
            ", with what could not be said."
        }
    }
}

/// A comparison that can be told.
struct Finding<'a> {
    category: CategoryId<'a>,
    a: &'a str,
    b: Option<&'a str>,
    hits: [u64; 2],
    words: [u64; 2],
    verdict: Verdict,
    how_much: String,
}

fn of_all_articles<'a>(lookup: &Lookup<'a>, row: &'a ComparisonRow) -> Finding<'a> {
    Finding {
        category: (&row.lexicon, &row.category),
        a: &row.a,
        b: row.b.as_deref(),
        hits: [row.hits_a, row.hits_b],
        words: [row.words_a, row.words_b],
        verdict: row.verdict,
        how_much: forest::how_much(lookup, row, row.verdict == Verdict::Lower),
    }
}

fn in_events(row: &MatchedRow) -> Finding<'_> {
    let events = counted(row.events, "event");
    let turned = row.verdict == Verdict::Lower;
    let ratio = row.ratio.filter(|ratio| *ratio > 0.0).map(|r| if turned { 1.0 / r } else { r });
    let limit = |log2: f64| number::ratio(Some(libm::exp2(if turned { -log2 } else { log2 })));
    let mut limits: Vec<String> = [row.low, row.high].into_iter().flatten().map(limit).collect();
    if turned {
        limits.reverse();
    }
    let ratio = number::ratio(ratio);
    Finding {
        category: (&row.lexicon, &row.category),
        a: &row.a,
        b: Some(&row.b),
        hits: [row.hits_a, row.hits_b],
        words: [row.words_a, row.words_b],
        verdict: row.verdict,
        how_much: format!("{ratio} [{}] within {events}", limits.join(", ")),
    }
}

/// A comparison in a line, the outlet with the higher rate first: who, how much, and how sure.
fn finding<'a>(lookup: &Lookup<'a>, anchors: &Anchors<'_>, told: &Finding<'a>) -> Markup {
    let side = |outlet: Option<&'a str>, index: usize| {
        let rate = number::rate(lookup.hits_in_unit(told.hits[index], told.words[index]));
        let link = outlet.and_then(|outlet| anchors.category(outlet, told.category));
        (lookup.side_b(outlet), linked(link.as_ref(), "", &html! { (rate) }))
    };
    let (a, b) = (side(Some(told.a), 0), side(told.b, 1));
    let (more, less) = if told.verdict == Verdict::Lower { (b, a) } else { (a, b) };
    html! {
        strong { (outside(lookup.category(told.category))) }
        ": more often in " (outside(more.0)) " than in " (outside(less.0)) ", "
        (more.1) " against " (less.1) " " (wording::unit_in_words(lookup.view.per)) "; "
        span.faint { (told.how_much) }
    }
}

fn coverage(lookup: &Lookup<'_>) -> String {
    let outlets = lookup.present();
    let sum = |of: fn(&OutletRow) -> u64| outlets.iter().map(|row| of(row)).sum();
    let first = outlets.iter().filter_map(|row| row.first.as_deref()).min();
    let last = outlets.iter().filter_map(|row| row.last.as_deref()).max();
    let days = first.zip(last).map(|(first, last)| format!(", {first} to {last}"));
    format!(
        "{}, {}, {}{}. {}",
        counted(outlets.len() as u64, &lookup.report.settings.by),
        counted(sum(|row| row.articles), "article"),
        counted(sum(|row| row.words), "word"),
        days.unwrap_or_default(),
        outline::verdicts_in_all(lookup)
    )
}

/// A note where not every outlet is drawn.
pub(super) fn only(shown: usize, of: usize, by: &str) -> Markup {
    html! {
        @if of > shown {
            p.note {
                "The first " (count(shown as u64)) " of " (outside(&counted(of as u64, by)))
                " are drawn; the saved report has all."
            }
        }
    }
}
