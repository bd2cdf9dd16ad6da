//! What changed between two saved reports, and why.
//!
//! The record is finished before any renderer sees it. Everything is computed from the two reports;
//! a [`Recount`] of articles that only one of them has makes exact what else has bounds.

mod appearances;
mod articles;
mod causes;
mod counts;
mod edits;
mod lexicons;
mod model;
mod moves;
mod recount;
pub mod rule;
mod settings;

pub use model::*;
pub use recount::{Recount, Side};

#[cfg(test)]
mod tests;

use crate::report::Report;
use crate::statistics::evidence::Thresholds;
use moves::World;

/// Compares two reports. Swapping them gives the mirror image; the order of their articles does not
/// matter. The level of intervals and tests is that of the new report.
pub fn diff(old: &Report, new: &Report, recount: Option<&Recount>) -> DiffRecord {
    let reports = [old, new];
    let pairs = articles::pair(&old.articles, &new.articles);
    let terms = lexicons::Terms::new(old, new);
    let counts_compare = old.tool.tokenizer == new.tool.tokenizer;
    let same_groups = old.settings.by == new.settings.by;
    let mut limits = settings::limits(old, new);
    let mut corpus = articles::corpus_changes(&pairs, &old.articles, &new.articles);
    let (settings, equal_settings) = settings::setting_changes(old, new);
    let (mut rates, mut equal_rates) = (Vec::new(), 0);
    let mut reading = ReadingChanges::default();
    if counts_compare {
        let counts = counts::Counts::new(reports, &terms, &pairs, recount);
        let thresholds = Thresholds { alpha: new.settings.alpha, ..Thresholds::default() };
        (rates, equal_rates) = moves::moves(&World {
            reports,
            terms: &terms,
            pairs: &pairs,
            counts: &counts,
            recounted: recount.is_some(),
            same_layout: old.tool.layout == new.tool.layout,
            pooled: !same_groups,
            thresholds,
        });
        reading = edits::reading(reports, &terms, &pairs);
        corpus.edited = edits::edited(reports, &terms, &pairs, recount);
        limits.extend(recount.and_then(|recount| recount_limit(recount, &rates)));
    }
    let shares = counts_compare && same_groups;
    let both = |of: fn(&Report, &Report) -> Vec<ShareMove>| {
        if shares { of(old, new) } else { Vec::new() }
    };
    let mut record = DiffRecord {
        schema: SCHEMA.to_owned(),
        old: settings::side(old),
        new: settings::side(new),
        changed: false,
        limits,
        unchanged: Unchanged {
            articles: corpus.same,
            terms: terms.shared(),
            rates: equal_rates,
            settings: equal_settings,
        },
        lexicons: lexicons::lexicon_changes(old, new, &terms),
        settings,
        tool: settings::tool_changes(old, new),
        reading,
        alpha: new.settings.alpha,
        rates,
        article_shares: both(appearances::article_share_moves),
        choices: both(appearances::choice_moves),
        appearances: appearances::appearances(reports, &terms, counts_compare),
        corpus,
    };
    record.changed = has_changed(&record);
    record
}

/// Whether anything but the tool's name or version changed.
fn has_changed(record: &DiffRecord) -> bool {
    !record.corpus.outlets.is_empty()
        || record.corpus.renamed > 0
        || !record.lexicons.is_empty()
        || !record.settings.is_empty()
        || record.tool.iter().any(|row| !matches!(row.name.as_str(), "name" | "version"))
        || record.reading.articles_counted_otherwise > 0
        || !record.rates.is_empty()
        || !record.choices.is_empty()
        || !record.article_shares.is_empty()
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
