//! Outlets, categories, choices and terms that only one report has, and shares that moved.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicons::{Terms, hits_by_entry};
use super::model::{Appearance, ShareMove};
use crate::report::{Report, figure};
use crate::statistics::evidence::Tier;

const CHANGES: [&str; 2] = ["vanished", "new"];

/// Everything that only one report has.
pub(super) fn appearances(reports: [&Report; 2], terms: &Terms, counts: bool) -> Vec<Appearance> {
    let mut all = outlets(reports);
    for category in terms.categories.iter().filter(|category| !category.is_in_both()) {
        let side = usize::from(category.zones[1].is_some());
        all.push(Appearance {
            kind: "category".to_owned(),
            change: CHANGES[side].to_owned(),
            lexicon: Some(category.lexicon.clone()),
            category: None,
            id: category.category.clone(),
            count: 0,
            cause: None,
        });
    }
    all.extend(choices(reports));
    if counts {
        all.extend(term_rows(reports, terms));
    }
    all.sort();
    all
}

fn outlets(reports: [&Report; 2]) -> Vec<Appearance> {
    let of = |report: &Report| -> BTreeMap<String, u64> {
        let with_articles = report.outlets.iter().filter(|outlet| outlet.articles > 0);
        with_articles.map(|outlet| (outlet.outlet.clone(), outlet.articles)).collect()
    };
    let sides = reports.map(of);
    let mut all = Vec::new();
    for side in 0..2 {
        for (id, articles) in &sides[side] {
            if !sides[1 - side].contains_key(id) {
                all.push(Appearance {
                    kind: "outlet".to_owned(),
                    change: CHANGES[side].to_owned(),
                    lexicon: None,
                    category: None,
                    id: id.clone(),
                    count: *articles,
                    cause: None,
                });
            }
        }
    }
    all
}

fn choices(reports: [&Report; 2]) -> Vec<Appearance> {
    let of = |report: &Report| -> BTreeSet<(String, String)> {
        let mut ids = BTreeSet::new();
        for lexicon in &report.provenance.lexicons {
            let choices = lexicon.entries.iter().filter(|entry| entry.kind == "choice");
            ids.extend(choices.map(|entry| (lexicon.id.clone(), entry.group.clone())));
        }
        ids
    };
    let sides = reports.map(of);
    let mut all = Vec::new();
    for side in 0..2 {
        for (lexicon, choice) in sides[side].difference(&sides[1 - side]) {
            all.push(Appearance {
                kind: "choice".to_owned(),
                change: CHANGES[side].to_owned(),
                lexicon: Some(lexicon.clone()),
                category: None,
                id: choice.clone(),
                count: 0,
                cause: None,
            });
        }
    }
    all
}

/// Terms of categories with hits in one report alone.
fn term_rows(reports: [&Report; 2], terms: &Terms) -> Vec<Appearance> {
    let hits = reports.map(hits_by_entry);
    let mut all = Vec::new();
    for side in 0..2 {
        let lexicons = &reports[side].provenance.lexicons;
        let entries = lexicons.iter().flat_map(|lexicon| {
            lexicon.entries.iter().map(move |entry| (lexicon.id.as_str(), entry))
        });
        for (index, (lexicon, entry)) in entries.enumerate() {
            let place = terms.sides[side][index];
            let elsewhere = place.partner.map(|partner| hits[1 - side][partner as usize]);
            if entry.kind == "category" && hits[side][index] > 0 && elsewhere.unwrap_or(0) == 0 {
                let cause = if elsewhere.is_some() { "articles" } else { "lexicon" };
                all.push(Appearance {
                    kind: "term".to_owned(),
                    change: CHANGES[side].to_owned(),
                    lexicon: Some(lexicon.to_owned()),
                    category: Some(entry.group.clone()),
                    id: entry.term.clone(),
                    count: hits[side][index],
                    cause: Some(cause.to_owned()),
                });
            }
        }
    }
    all
}

type ShareKey<'a> = (&'a str, &'a str, &'a str, Option<&'a str>);
/// Count, total, share, tier.
type ShareCell = (u64, u64, Option<f64>, Tier);

/// Shares of choices that moved; a variant that a report's lexicon lacks is none that moved.
pub(super) fn choice_moves(old: &Report, new: &Report) -> Vec<ShareMove> {
    fn cells(report: &Report) -> BTreeMap<ShareKey<'_>, ShareCell> {
        let cell = |row: &crate::report::ChoiceRow| (row.uses, row.choices, row.share, row.tier);
        let rows = report.choices.iter();
        rows.map(|row| {
            let key = (&*row.outlet, &*row.lexicon, &*row.choice, Some(&*row.variant));
            (key, cell(row))
        })
        .collect()
    }
    share_moves(&cells(old), &cells(new))
}

/// Categories measured by the share of articles that moved.
pub(super) fn article_share_moves(old: &Report, new: &Report) -> Vec<ShareMove> {
    fn cells(report: &Report) -> BTreeMap<ShareKey<'_>, ShareCell> {
        let rows = report.article_shares.iter();
        rows.map(|row| {
            let key = (&*row.outlet, &*row.lexicon, &*row.category, None);
            (key, (row.articles_with, row.articles, row.share, row.tier))
        })
        .collect()
    }
    share_moves(&cells(old), &cells(new))
}

fn share_moves(
    old: &BTreeMap<ShareKey<'_>, ShareCell>,
    new: &BTreeMap<ShareKey<'_>, ShareCell>,
) -> Vec<ShareMove> {
    let mut moves = Vec::new();
    for (&(outlet, lexicon, id, variant), &(count_old, total_old, share_old, tier_old)) in old {
        let Some(&(count_new, total_new, share_new, tier_new)) =
            new.get(&(outlet, lexicon, id, variant))
        else {
            continue;
        };
        let equal = u128::from(count_old) * u128::from(total_new)
            == u128::from(count_new) * u128::from(total_old);
        if !equal {
            moves.push(ShareMove {
                outlet: outlet.to_owned(),
                lexicon: lexicon.to_owned(),
                id: id.to_owned(),
                variant: variant.map(str::to_owned),
                count_old,
                total_old,
                count_new,
                total_new,
                share_old,
                share_new,
                change: figure(share_old.zip(share_new).map(|(old, new)| new - old)),
                tier: tier_old.min(tier_new),
            });
        }
    }
    moves
}
