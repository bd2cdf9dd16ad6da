//! Which of the record's sentences stand on the page.

use std::collections::BTreeSet;

use super::super::tables::{choices_in_weight, targets_in_weight};
use super::choices;
use crate::report::{ChoiceRow, EvidenceRow, Report};

/// Bytes that the sentences of a page may take: a share for the page, one for every article, and
/// never more than the last. Where that is not enough, every cell gives up the same.
const BUDGET: [usize; 3] = [40_000, 1_500, 2_500_000];

/// What a sentence's markup takes beside its text.
const MARKUP: usize = 240;

/// Mentions without a label are there to be looked up, not to be read one after the other.
const MENTIONS: usize = 1;

/// What a chosen word looks like is soon seen.
const VARIANTS: usize = 2;

/// Targets whose labels stand on the page: those with most.
const LABELLED: usize = 60;

/// Targets whose mentions do.
const MENTIONED: usize = 24;

/// The sentences of every cell of the evidence that stand on the page.
#[derive(Default)]
pub(super) struct Sample {
    /// Sentences of a cell at most.
    pub most: usize,
    /// For every cell the places of its sentences, in the order of the corpus; none where the cell
    /// is not on the page.
    pub places: Vec<Vec<usize>>,
}

impl Sample {
    pub(super) fn new(report: &Report) -> Self {
        let listed = Listed::new(report);
        let most = most_in_a_cell(report, &listed);
        let places = |row: &EvidenceRow| {
            if listed.holds(row) { shown(report, row, most) } else { Vec::new() }
        };
        Self { most, places: report.evidence.iter().map(places).collect() }
    }
}

/// Sentences of a cell that fit the page: all, or as many as the budget leaves for each.
fn most_in_a_cell(report: &Report, listed: &Listed<'_>) -> usize {
    let size = |most: usize| -> usize {
        let cells = report.evidence.iter().filter(|row| listed.holds(row));
        let sentences = cells.flat_map(|row| row.sentences.iter().take(limit(row, most)));
        sentences.map(|sentence| sentence.text.len() + MARKUP).sum()
    };
    let [base, article, largest] = BUDGET;
    let budget = (base + article.saturating_mul(report.articles.len())).min(largest);
    let mut most = report.evidence.iter().map(|row| row.sentences.len()).max().unwrap_or(0);
    while most > 1 && size(most) > budget {
        most -= 1;
    }
    most
}

/// What the page lists, and so needs sentences of.
struct Listed<'a> {
    choices: BTreeSet<(&'a str, &'a str)>,
    labelled: BTreeSet<&'a str>,
    mentioned: BTreeSet<&'a str>,
}

impl<'a> Listed<'a> {
    fn new(report: &'a Report) -> Self {
        let choices = choices_in_weight(report).into_iter().take(choices::PANELS);
        let first = |rows: Vec<&'a ChoiceRow>| {
            rows.first().map(|row| (row.lexicon.as_str(), row.choice.as_str()))
        };
        let targets = targets_in_weight(report);
        Self {
            choices: choices.filter_map(first).collect(),
            labelled: targets.iter().take(LABELLED).copied().collect(),
            mentioned: targets.iter().take(MENTIONED).copied().collect(),
        }
    }

    /// Whether a cell stands on the page.
    fn holds(&self, row: &EvidenceRow) -> bool {
        let id = row.id.as_str();
        let is_listed = match row.kind.as_str() {
            "variant" => self.choices.contains(&(row.lexicon.as_deref().unwrap_or_default(), id)),
            "label" => self.labelled.contains(id),
            "mention" => self.mentioned.contains(id),
            _ => true,
        };
        is_listed && !row.sentences.is_empty()
    }
}

fn limit(row: &EvidenceRow, most: usize) -> usize {
    match row.kind.as_str() {
        "variant" => most.min(VARIANTS),
        "mention" => most.min(MENTIONS),
        _ => most,
    }
}

/// The sentences of a cell that are shown: where there are too many, those with the smallest hash
/// of seed, article and place, in the order of the corpus.
fn shown(report: &Report, row: &EvidenceRow, most: usize) -> Vec<usize> {
    let limit = limit(row, most);
    let mut places: Vec<usize> = (0..row.sentences.len()).collect();
    if places.len() > limit {
        places.sort_by_cached_key(|&place| {
            let sentence = &row.sentences[place];
            let mut hasher = blake3::Hasher::new();
            hasher.update(&report.settings.seed.to_le_bytes());
            hasher.update(sentence.article.as_bytes());
            hasher.update(&sentence.line.to_le_bytes());
            hasher.update(&sentence.start.to_le_bytes());
            *hasher.finalize().as_bytes()
        });
        places.truncate(limit);
        places.sort_unstable();
    }
    places
}
