//! What a reader may misread, counted.

use std::collections::BTreeMap;

use super::model::{OutletRow, RateRow, WarningRow};
use crate::tally::{CorpusTallies, VoiceGroup};

/// How many ids that stand for several articles are named.
const IDS_NAMED: usize = 3;

/// Share of an outlet's hits in one article from which it is said.
const TOP_ARTICLE: f64 = 0.5;

/// Hits below which it is not: with a few hits one article always has most of them.
const TOP_ARTICLE_HITS: u64 = 5;

/// The warnings of reading with those that the rows give cause for, sorted.
pub(super) fn warnings(
    mut warnings: Vec<WarningRow>,
    tallies: &CorpusTallies,
    outlets: &[OutletRow],
    rates: &[RateRow],
) -> Vec<WarningRow> {
    let shared = tallies.shared_ids();
    for outlet in outlets {
        let name = &outlet.name;
        let mut warn = |code: &str, count: u64, message: String| {
            if count > 0 {
                let (code, outlet) = (code.to_owned(), Some(outlet.outlet.clone()));
                warnings.push(WarningRow { code, outlet, count, message });
            }
        };
        warn(
            "duplicates",
            outlet.duplicates,
            format!("{name}: {} left out, an equal text counts", articles(outlet.duplicates)),
        );
        warn(
            "no-words",
            outlet.empty_articles,
            format!(
                "{name}: {} without a word outside page furniture",
                articles(outlet.empty_articles)
            ),
        );
        if let Some(ids) = shared.get(outlet.outlet.as_str()) {
            let first: Vec<&str> = ids.iter().take(IDS_NAMED).map(String::as_str).collect();
            let more = if ids.len() > first.len() { ", …" } else { "" };
            warn(
                "shared-ids",
                ids.len() as u64,
                format!(
                    "{name}: {} several articles with different texts, which all count \
                     ({}{more}); a diff can't tell which of them changed",
                    if ids.len() == 1 {
                        "1 id stands for".to_owned()
                    } else {
                        format!("{} ids stand for", ids.len())
                    },
                    first.join(", ")
                ),
            );
        }
        let none = u64::from(outlet.articles == 0);
        warn("no-articles", none, format!("{name}: no article; it is in no table"));
    }
    let mut by_outlet: BTreeMap<&str, Vec<&RateRow>> = BTreeMap::new();
    for row in rates.iter().filter(|row| row.voice == VoiceGroup::All) {
        let is_top = row.top_article_share.is_some_and(|share| share > TOP_ARTICLE);
        if is_top && row.hits >= TOP_ARTICLE_HITS && row.articles > 1 {
            by_outlet.entry(&row.outlet).or_default().push(row);
        }
    }
    for outlet in outlets {
        if let Some(tops) = by_outlet.get(outlet.outlet.as_str()) {
            let categories: Vec<&str> = tops.iter().map(|row| row.category.as_str()).collect();
            warnings.push(WarningRow {
                code: "one-article".to_owned(),
                outlet: Some(outlet.outlet.clone()),
                count: tops.len() as u64,
                message: format!(
                    "{}: more than half of the hits stand in one article: {}",
                    outlet.name,
                    categories.join(", ")
                ),
            });
        }
    }
    warnings.sort();
    warnings
}

fn articles(count: u64) -> String {
    if count == 1 { "1 article".to_owned() } else { format!("{count} articles") }
}
