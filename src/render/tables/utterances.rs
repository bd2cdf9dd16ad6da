//! The same words of one source in several outlets.

use super::super::document::{Block, Side, Text};
use super::super::lookup::Lookup;
use super::super::number::counted;
use super::side_by_side::passage;
use super::{Entry, Field, Tidy, json_rows};
use crate::report::{SideBySideRow, UtteranceRow};

pub(super) const ENTRY: Entry = Entry {
    title: "The same words of one source",
    show,
    tidy,
    json: |lookup| json_rows(lookup.report.side_by_side.iter().flat_map(|row| &row.utterances)),
};

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    let mut rows = Vec::new();
    for event in &lookup.report.side_by_side {
        for utterance in &event.utterances {
            for report in &utterance.reports {
                rows.push(vec![
                    Field::from(event.event.as_ref()),
                    (&utterance.source).into(),
                    utterance.date.as_ref().into(),
                    Field::Text(utterance.shared.join("; ")),
                    (&report.outlet).into(),
                    (&report.verb).into(),
                    (&report.kind).into(),
                    report.quoted_words.into(),
                    report.attributed_words.into(),
                    (&report.passage.article).into(),
                    (&report.passage.text).into(),
                ]);
            }
        }
    }
    let header = vec![
        "event",
        "source",
        "date",
        "shared",
        "outlet",
        "verb",
        "kind",
        "quoted_words",
        "attributed_words",
        "article",
        "text",
    ];
    Tidy { header, rows }
}

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for event in lookup.report.side_by_side.iter().filter(|row| !row.utterances.is_empty()) {
        blocks.push(Block::Heading(2, event.title.clone()));
        blocks.extend(event_blocks(lookup, event));
    }
    blocks
}

/// Each utterance with the reports of it beside one another.
pub(super) fn event_blocks(lookup: &Lookup<'_>, event: &SideBySideRow) -> Vec<Block> {
    event.utterances.iter().flat_map(|utterance| utterance_blocks(lookup, utterance)).collect()
}

fn utterance_blocks(lookup: &Lookup<'_>, utterance: &UtteranceRow) -> Vec<Block> {
    let day = utterance.date.as_ref().map(|day| format!(", {day}")).unwrap_or_default();
    let heading = format!("{}{day}", utterance.source);
    let side = |report: &crate::report::ReportedRow| {
        let verb = if report.verb.is_empty() { "no verb" } else { &report.verb };
        let kind = if report.kind == "plain" || report.kind.is_empty() {
            String::new()
        } else {
            format!(" ({})", report.kind)
        };
        let summary = format!(
            "{verb}{kind}: {} quoted, {} paraphrased",
            counted(report.quoted_words, "word"),
            report.attributed_words
        );
        Side {
            outlet: lookup.outlet(&report.outlet).to_owned(),
            summary: Text::from(summary),
            quotations: vec![passage(&report.passage)],
        }
    };
    vec![
        Block::Heading(3, heading),
        Block::SideBySide(utterance.reports.iter().map(side).collect()),
    ]
}
