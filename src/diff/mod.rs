//! What changed between two saved reports, and why.
//!
//! The record is finished before any renderer sees it. Everything is computed from the two reports;
//! a [`Recount`] of articles that only one of them has makes exact what else has bounds.

mod appearances;
mod articles;
mod causes;
mod cells;
mod counts;
mod edits;
mod lexicons;
mod model;
mod moves;
mod order;
mod recount;
pub mod rule;
mod settings;
mod support;
mod terms;
mod weigh;
mod world;

pub use model::*;
pub use order::Standing;
pub use recount::{Recount, Side};

#[cfg(test)]
mod tests;

use crate::report::Report;
use crate::statistics::evidence::Thresholds;
use moves::Moves;
use world::World;

/// Compares two reports. Swapping them gives the mirror image; the order of their articles does not
/// matter. The level of intervals and tests is that of the new report.
pub fn diff(old: &Report, new: &Report, recount: Option<&Recount>) -> DiffRecord {
    let reports = [old, new];
    let pairs = articles::pair(&old.articles, &new.articles);
    let terms = terms::Terms::new(old, new);
    let reading = edits::reading(reports, &terms, &pairs);
    let same_articles = pairs.iter().all(|pair| pair.same_text);
    // Whatever decides them, equal counts of equal articles are equal.
    let counted_alike = same_articles && reading.articles_counted_otherwise == 0;
    let counts_compare = counted_alike || old.tool.tokenizer == new.tool.tokenizer;
    let same_layout = counted_alike || old.tool.layout == new.tool.layout;
    let same_groups = old.settings.by == new.settings.by;
    let mut limits = settings::limits(reports, counts_compare, same_layout);
    let mut corpus = articles::corpus_changes(&pairs, [&old.articles, &new.articles], same_groups);
    let (mut settings, equal_settings) = settings::setting_changes(old, new);
    settings.extend(settings::category_changes(&terms));
    let mut moves = Moves::default();
    if counts_compare {
        let counts = counts::Counts::new(reports, &terms, &pairs, recount);
        let thresholds = Thresholds { alpha: new.settings.alpha, ..Thresholds::default() };
        moves = moves::moves(&World {
            reports,
            terms: &terms,
            pairs: &pairs,
            counts: &counts,
            recounted: recount.is_some(),
            same_layout,
            pooled: !same_groups,
            thresholds,
        });
        corpus.edited = edits::edited(reports, &terms, &pairs, recount);
        limits.extend(recount.and_then(|recount| recount_limit(recount, &moves.rates)));
    }
    let mut record = DiffRecord {
        schema: SCHEMA.to_owned(),
        old: settings::side(old),
        new: settings::side(new),
        changed: false,
        limits,
        unchanged: Unchanged {
            articles: corpus.same,
            terms: terms.shared(),
            rates: moves.equal_rates,
            settings: equal_settings,
        },
        lexicons: lexicons::lexicon_changes(old, new, &terms),
        settings,
        tool: settings::tool_changes(old, new),
        reading: if counts_compare { reading } else { ReadingChanges::default() },
        alpha: new.settings.alpha,
        rates: moves.rates,
        article_shares: moves.article_shares,
        choices: moves.choices,
        labels: moves.labels,
        appearances: appearances::appearances(reports, &terms, counts_compare),
        corpus,
    };
    record.changed = has_changed(&record);
    record
}

/// Whether anything changed but what the tool is: where it counts alike, its version and data are no
/// change; where it does not, the counts changed, or can't be compared, which is a limit.
fn has_changed(record: &DiffRecord) -> bool {
    !record.corpus.outlets.is_empty()
        || record.corpus.renamed > 0
        || !record.lexicons.is_empty()
        || !record.settings.is_empty()
        || !record.limits.is_empty()
        || record.reading.articles_counted_otherwise > 0
        || !record.rates.is_empty()
        || !record.choices.is_empty()
        || !record.article_shares.is_empty()
        || !record.labels.is_empty()
        || !record.appearances.is_empty()
}

fn recount_limit(recount: &Recount, rates: &[RateMove]) -> Option<LimitRow> {
    let disagreeing = recount.disagreeing();
    let open = rates.iter().any(|row| row.causes.basis == Basis::NotDecomposable);
    let (code, message) = if disagreeing > 0 {
        (
            "recount-disagrees",
            format!(
                "{disagreeing} of the articles that were read again give other counts than their \
                 report holds: they were read by other rules then (version, cues, page furniture, \
                 fields), and are left as they are in the reports."
            ),
        )
    } else if open {
        (
            "recount-missing",
            "The corpus that was read does not hold every article that is needed, so some causes \
             have bounds only."
                .to_owned(),
        )
    } else {
        return None;
    };
    Some(LimitRow { code: code.to_owned(), message })
}
