//! Settings and tool: what changed, and what can't be compared because of it.

use super::model::{LimitRow, SettingChange, SideRow};
use super::terms::{CategoryPair, Terms};
use crate::report::Report;

/// Settings of two reports, each with its name, its values and whether counts can depend on it.
fn settings(old: &Report, new: &Report) -> Vec<SettingChange> {
    let of = |report: &Report| {
        let settings = &report.settings;
        let list = |items: &[String]| {
            if items.is_empty() { "all".to_owned() } else { items.join(", ") }
        };
        let pairs: Vec<String> =
            settings.compare.iter().map(|[a, b]| format!("{a} / {b}")).collect();
        [
            ("by", settings.by.clone(), true),
            ("outlets", list(&settings.outlets), true),
            ("title", settings.title.clone().unwrap_or_default(), false),
            ("compare", list(&pairs), false),
            ("alpha", settings.alpha.to_string(), false),
            ("seed", settings.seed.to_string(), false),
            ("correction", settings.correction.clone(), false),
            ("evidence", settings.evidence.to_string(), false),
            ("draws", settings.draws.to_string(), false),
        ]
    };
    rows(of(old), of(new))
}

fn rows<const N: usize>(
    old: [(&str, String, bool); N],
    new: [(&str, String, bool); N],
) -> Vec<SettingChange> {
    old.into_iter()
        .zip(new)
        .map(|((name, old, decides_counts), (_, new, _))| SettingChange {
            name: name.to_owned(),
            old,
            new,
            decides_counts,
        })
        .collect()
}

/// Settings that changed, and how many did not.
pub(super) fn setting_changes(old: &Report, new: &Report) -> (Vec<SettingChange>, u64) {
    let (same, changed): (Vec<_>, Vec<_>) =
        settings(old, new).into_iter().partition(|row| row.old == row.new);
    (changed, same.len() as u64)
}

/// Categories that count an article from another number of different terms on: no term's fingerprint
/// tells of it.
pub(super) fn category_changes(terms: &Terms) -> Vec<SettingChange> {
    let both = terms.categories.iter().filter(|pair| pair.is_in_both());
    let changed = both.filter(|pair| pair.distinct[0] != pair.distinct[1]);
    let shown = |distinct: Option<u32>| distinct.map_or("rate".to_owned(), |n| n.to_string());
    let row = |pair: &CategoryPair| SettingChange {
        name: format!("different terms in an article, {}/{}", pair.lexicon, pair.category),
        old: shown(pair.distinct[0]),
        new: shown(pair.distinct[1]),
        decides_counts: true,
    };
    changed.map(row).collect()
}

/// What changed in the tool.
pub(super) fn tool_changes(old: &Report, new: &Report) -> Vec<SettingChange> {
    let of = |report: &Report| {
        let tool = &report.tool;
        [
            ("name", tool.name.clone(), false),
            ("version", tool.version.clone(), true),
            ("tokenizer", tool.tokenizer.clone(), true),
            ("layout", tool.layout.clone(), true),
        ]
    };
    let mut changes = rows(of(old), of(new));
    changes.retain(|row| row.old != row.new);
    changes
}

/// One of the two reports in brief.
pub(super) fn side(report: &Report) -> SideRow {
    SideRow {
        tool: report.tool.clone(),
        title: report.settings.title.clone(),
        by: report.settings.by.clone(),
        corpus: report.provenance.corpus.clone(),
        articles: report.articles.len() as u64,
        words: report.outlets.iter().map(|outlet| outlet.words).sum(),
        first: report.outlets.iter().filter_map(|outlet| outlet.first.clone()).min(),
        last: report.outlets.iter().filter_map(|outlet| outlet.last.clone()).max(),
    }
}

/// What stands and what does not where tokenizer, layout or grouping differ.
pub(super) fn limits(
    [old, new]: [&Report; 2],
    counts_compare: bool,
    same_layout: bool,
) -> Vec<LimitRow> {
    let mut limits = Vec::new();
    let mut limit = |code: &str, message: String| {
        limits.push(LimitRow { code: code.to_owned(), message });
    };
    if !counts_compare {
        limit(
            "tokenizer",
            format!(
                "The reports count words by different rules ({} and {}), so no rate, share or count \
                 of hits is compared. Articles, lexicons and settings are. Make the old report \
                 again with the version that made the new one.",
                old.tool.tokenizer, new.tool.tokenizer
            ),
        );
    }
    if !same_layout {
        limit(
            "layout",
            "The reports decide zones and voices by different data, so where articles changed too \
             the two causes can't be told apart: such rates are given without causes, interval and \
             p. Rates of outlets whose articles are all the same are compared in full."
                .to_owned(),
        );
    }
    if old.settings.by != new.settings.by {
        limit(
            "grouping",
            format!(
                "The old report groups articles by {}, the new one by {}: rates and shares are \
                 compared over all articles together, not by group.",
                old.settings.by, new.settings.by
            ),
        );
    }
    limits
}
