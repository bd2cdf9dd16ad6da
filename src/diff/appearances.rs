//! Outlets, categories, choices and terms that only one report has.

use std::collections::BTreeMap;

use super::lexicons::hits_by_entry;
use super::model::Appearance;
use super::terms::Terms;
use crate::report::Report;

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
    all.extend(choices(terms));
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

fn choices(terms: &Terms) -> Vec<Appearance> {
    let mut all = Vec::new();
    for pair in &terms.choices {
        let is_in = [0, 1].map(|side: usize| pair.has.iter().any(|has| has[side]));
        if is_in != [true; 2] {
            all.push(Appearance {
                kind: "choice".to_owned(),
                change: CHANGES[usize::from(is_in[1])].to_owned(),
                lexicon: Some(pair.lexicon.clone()),
                category: None,
                id: pair.choice.clone(),
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
