//! What the columns and the words of a diff's tables claim.

use crate::diff::{DiffRecord, Finding, RateMove};
use crate::render::View;
use crate::render::document::Block;
use crate::render::wording;

/// The legend: what stands in the tables, in plain language.
pub(super) fn push(record: &DiffRecord, view: &View, blocks: &mut Vec<Block>) {
    let nothing = record.rates.is_empty()
        && record.choices.is_empty()
        && record.article_shares.is_empty()
        && record.labels.is_empty();
    if nothing {
        return;
    }
    let has = |wanted: fn(&RateMove) -> bool| record.rates.iter().any(wanted);
    let unit = wording::unit_in_words(view.per);
    let mut entries = vec![(
        "rate",
        format!("hits {unit} of that voice, in the zones that the category searches; old → new"),
    )];
    if has(|row| row.tested.p.is_some()) {
        let interval = wording::confidence(record.alpha);
        let alpha = record.alpha;
        entries.push((
            "change",
            format!(
                "new − old, with a {interval} from how much articles differ among themselves: articles \
                 are the units, not words"
            ),
        ));
        let q = "the p of no change by other articles, corrected for the K tests of its table \
                 (Benjamini–Hochberg)";
        entries.push(("q", q.to_owned()));
        entries.push((
            "rose, fell",
            format!(
                "at least 10 articles on each side, 10 that changed and 10 hits in these, an interval \
                 without 0, q at most {alpha}, and no single article that turns the sign. Higher is not \
                 worse"
            ),
        ));
        let open = "enough articles, and one of these fails. It does not say that nothing changed";
        entries.push(("inconclusive", open.to_owned()));
    }
    if has(|row| row.tested.finding == Finding::NotEnoughEvidence) {
        let few = "too little of what is named in brackets; it clears nobody and accuses nobody";
        entries.push(("not enough evidence", few.to_owned()));
    }
    if has(|row| row.tested.finding == Finding::Census) {
        let census = "the same articles counted otherwise: exact, nothing to test";
        entries.push(("by definition", census.to_owned()));
    }
    if has(|row| row.tested.finding == Finding::Unknown) {
        let unknown = "the reports alone don't say how much articles and terms each explain";
        entries.push(("not decomposable", unknown.to_owned()));
    }
    blocks.push(Block::Heading(2, "How to read this".to_owned()));
    let entries = entries.into_iter().map(|(name, text)| (name.to_owned(), text.into()));
    blocks.push(Block::Definitions(entries.collect()));
}
