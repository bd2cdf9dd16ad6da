//! The sampled sentences as they are saved, each cell with the number that it is sampled from.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::cells::Cells;
use super::choices::uses_in_all_voices;
use super::model::{EvidenceRow, SentenceRow, TargetRow};
use crate::tally::{Cell, CorpusTallies, Quotation, VoiceGroup};

/// The evidence of categories, variants, labels and of mentions of the targets that are listed.
pub(super) fn evidence(
    cells: &Cells<'_>,
    tallies: &CorpusTallies,
    targets: &[TargetRow],
) -> Vec<EvidenceRow> {
    let totals = Totals::new(cells, targets);
    let wanted = |outlet: &str, cell: &Cell| match cell {
        Cell::Category(..) | Cell::Variant(..) => true,
        Cell::Label(target) => totals.labels.contains_key(&(outlet, target.as_str())),
        Cell::Mention(target) => totals.mentions.contains_key(&(outlet, target.as_str())),
    };
    let sample = tallies.evidence(wanted);
    let mut variants = BTreeMap::new();
    let mut rows = Vec::new();
    for (outlet, cell, sentences) in sample.cells(wanted) {
        let total = match cell {
            Cell::Category(lexicon, category) => {
                totals.categories.get(&(outlet, *lexicon, *category)).copied()
            }
            Cell::Variant(lexicon, choice, variant) => {
                let key = (*lexicon, *choice, *variant);
                let by_outlet =
                    variants.entry(key).or_insert_with(|| uses_in_all_voices(cells, key));
                by_outlet.get(outlet).copied()
            }
            Cell::Label(target) => totals.labels.get(&(outlet, target.as_str())).copied(),
            Cell::Mention(target) => totals.mentions.get(&(outlet, target.as_str())).copied(),
        };
        let Some(total) = total else { continue };
        let mut sentences: Vec<Quotation> = sentences.collect();
        sentences.sort_by(|x, y| (&x.article, x.offset).cmp(&(&y.article, y.offset)));
        let (kind, lexicon, id, variant) = names(cells, cell);
        rows.push(EvidenceRow {
            outlet: outlet.to_owned(),
            kind: kind.to_owned(),
            lexicon,
            id,
            variant,
            total,
            sentences: sentences.into_iter().map(sentence_row).collect(),
        });
    }
    rows
}

/// How many there are of everything that is sampled.
struct Totals<'a> {
    categories: BTreeMap<(&'a str, usize, usize), u64>,
    labels: FxHashMap<(&'a str, &'a str), u64>,
    /// Asked for each name that was met anywhere.
    mentions: FxHashMap<(&'a str, &'a str), u64>,
}

impl<'a> Totals<'a> {
    fn new(cells: &Cells<'a>, targets: &'a [TargetRow]) -> Self {
        let mut categories = BTreeMap::new();
        for (outlet, range) in &cells.outlets {
            for category in &cells.categories {
                let documents = cells.documents(category, range, VoiceGroup::All);
                let hits = documents.iter().map(|document| document.hits).sum();
                categories.insert((*outlet, category.lexicon, category.category), hits);
            }
        }
        let key = |row: &'a TargetRow| (row.outlet.as_str(), row.target.as_str());
        let labels = |row: &TargetRow| row.by_term.iter().map(|label| label.labels).sum();
        Self {
            categories,
            labels: targets.iter().map(|row| (key(row), labels(row))).collect(),
            mentions: targets.iter().map(|row| (key(row), row.mentions)).collect(),
        }
    }
}

type Names = (&'static str, Option<String>, String, Option<String>);

fn names(cells: &Cells<'_>, cell: &Cell) -> Names {
    let lexicons = cells.inventory.lexicons();
    match cell {
        Cell::Category(lexicon, category) => {
            let lexicon = &lexicons[*lexicon];
            let id = lexicon.categories[*category].id.clone();
            ("category", Some(lexicon.id.clone()), id, None)
        }
        Cell::Variant(lexicon, choice, variant) => {
            let lexicon = &lexicons[*lexicon];
            let choice = &lexicon.choices[*choice];
            let variant = choice.variants.keys().nth(*variant).cloned();
            ("variant", Some(lexicon.id.clone()), choice.id.clone(), variant)
        }
        Cell::Label(target) => ("label", None, target.clone(), None),
        Cell::Mention(target) => ("mention", None, target.clone(), None),
    }
}

fn sentence_row(sentence: Quotation) -> SentenceRow {
    SentenceRow {
        article: sentence.article,
        date: sentence.date.map(|date| date.to_string()),
        event: sentence.event,
        line: sentence.line,
        text: sentence.sentence,
        start: sentence.hit.start,
        end: sentence.hit.end,
        term: sentence.term,
        zone: sentence.zone.name().to_owned(),
        voice: sentence.voice.name().to_owned(),
        negated: sentence.negated,
        source: sentence.source,
        cue: sentence.cue,
        target: sentence.label.as_ref().map(|(target, _)| target.clone()),
        rule: sentence.label.map(|(_, rule)| rule.to_owned()),
    }
}
