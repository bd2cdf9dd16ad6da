//! The articles that carry most hits.

use std::borrow::Cow;

use maud::{Markup, html};

use super::super::lookup::Lookup;
use super::super::number::{self, count, counted};
use super::super::wording;
use super::anchors::{Anchors, linked};
use super::evidence;
use super::outside::{outside, visible};
use crate::report::ArticleRow;
use crate::tally::VoiceGroup;
use crate::text::{Voice, Zone};

/// Articles that are listed.
const ARTICLES: usize = 15;

/// An article with its hits of categories and its words, both in the outlet's wording.
struct Carrier<'a> {
    article: Cow<'a, ArticleRow>,
    hits: u64,
    words: u64,
    most: Option<(&'a str, u64)>,
}

/// The articles with most hits in the outlet's wording.
pub(super) fn table(lookup: &Lookup<'_>, anchors: &Anchors<'_>) -> Markup {
    let entries: Vec<_> = lookup
        .report
        .provenance
        .lexicons
        .iter()
        .flat_map(|lexicon| lexicon.entries.iter().map(move |entry| (lexicon.id.as_str(), entry)))
        .map(|(lexicon, entry)| {
            (entry.kind == "category").then_some((lexicon, entry.group.as_str()))
        })
        .collect();
    let articles = lookup.report.articles.each();
    let with_hits = articles.map(|article| carrier(lookup, &entries, article));
    let (mut carriers, mut all): (Vec<Carrier<'_>>, u64) = (Vec::new(), 0);
    for carrier in with_hits.filter(|carrier| carrier.hits > 0) {
        all += 1;
        // The first of those with equally many hits stays before the others.
        let place = carriers.partition_point(|other| other.hits >= carrier.hits);
        carriers.insert(place, carrier);
        carriers.truncate(ARTICLES);
    }
    let unit = wording::unit(lookup.view.per);
    let wording = visible(&wording::voice_of(lookup, VoiceGroup::Worded));
    let caption = format!("Articles with most hits in {wording}");
    html! {
        p { (count(carriers.len() as u64)) " of " (counted(all, "article")) " with hits in " (wording) "." }
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table.data {
                caption { (caption) }
                thead {
                    tr {
                        th scope="col" { "article" }
                        th scope="col" { (outside(&lookup.report.settings.by)) }
                        th scope="col" { "day" }
                        th scope="col" { "event" }
                        th.n scope="col" { "words" }
                        th.n scope="col" { "hits" }
                        th.n scope="col" { "hits " (unit) }
                        th scope="col" { "most of them" }
                    }
                }
                tbody {
                    @for carrier in &carriers { (row(lookup, anchors, carrier)) }
                }
            }
        }
    }
}

fn carrier<'a>(
    lookup: &Lookup<'a>,
    entries: &[Option<(&'a str, &'a str)>],
    article: Cow<'a, ArticleRow>,
) -> Carrier<'a> {
    let mut by_category = std::collections::BTreeMap::<(&str, &str), u64>::new();
    for [entry, _, voice, _, hits, _] in &article.hits {
        let entry = usize::try_from(*entry).ok().and_then(|entry| entries.get(entry));
        let Some(Some(category)) = entry else { continue };
        if *voice != Voice::Quoted as u32 {
            *by_category.entry(*category).or_default() += u64::from(*hits);
        }
    }
    let zones = Zone::ALL.into_iter().filter(|zone| *zone != Zone::Boilerplate);
    let worded = [Voice::Own, Voice::Attributed, Voice::Scare];
    let words = zones
        .flat_map(|zone| {
            worded.map(|voice| u64::from(article.words[zone as usize][voice as usize]))
        })
        .sum();
    let most = by_category.iter().max_by(|x, y| x.1.cmp(y.1).then_with(|| y.0.cmp(x.0)));
    let most = most.map(|(category, hits)| (lookup.category(*category), *hits));
    Carrier { article, hits: by_category.values().sum(), words, most }
}

fn row(lookup: &Lookup<'_>, anchors: &Anchors<'_>, carrier: &Carrier<'_>) -> Markup {
    let article = &carrier.article;
    let link = anchors.article(&article.outlet, &article.id);
    html! {
        tr {
            th scope="row" { (evidence::article(&article.id)) }
            td.t { (outside(lookup.outlet(&article.outlet))) }
            td.t.day { (article.date.as_deref().unwrap_or_default()) }
            td.t { (outside(article.event.as_deref().unwrap_or_default())) }
            td { (count(carrier.words)) }
            td { (linked(link.as_ref(), "", &html! { (count(carrier.hits)) })) }
            td { (number::rate(lookup.hits_in_unit(carrier.hits, carrier.words))) }
            td.t { @if let Some((title, hits)) = carrier.most { (outside(title)) " " (count(hits)) } }
        }
    }
}
