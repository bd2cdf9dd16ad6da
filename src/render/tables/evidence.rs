//! Sampled sentences.

use super::super::document::{Block, Quotation, Style, Text};
use super::super::lookup::Lookup;
use super::super::number::count;
use super::{Entry, Field, Tidy, json_rows};
use crate::report::{EvidenceRow, SentenceRow};

pub(super) const ENTRY: Entry =
    Entry { title: "Evidence", show, tidy, json: |lookup| json_rows(&lookup.report.evidence) };

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    let header = vec![
        "outlet", "kind", "lexicon", "id", "variant", "total", "article", "date", "event", "line",
        "text", "start", "end", "term", "zone", "voice", "negated", "source", "cue", "target",
        "rule",
    ];
    let mut rows = Vec::new();
    for row in &lookup.report.evidence {
        for sentence in &row.sentences {
            rows.push(fields(row, sentence));
        }
    }
    Tidy { header, rows }
}

fn fields(row: &EvidenceRow, sentence: &SentenceRow) -> Vec<Field> {
    vec![
        (&row.outlet).into(),
        (&row.kind).into(),
        row.lexicon.as_ref().into(),
        (&row.id).into(),
        row.variant.as_ref().into(),
        row.total.into(),
        (&sentence.article).into(),
        sentence.date.as_ref().into(),
        sentence.event.as_ref().into(),
        u64::from(sentence.line).into(),
        (&sentence.text).into(),
        u64::from(sentence.start).into(),
        u64::from(sentence.end).into(),
        (&sentence.term).into(),
        (&sentence.zone).into(),
        (&sentence.voice).into(),
        if sentence.negated { "true" } else { "false" }.into(),
        sentence.source.as_ref().into(),
        sentence.cue.as_ref().into(),
        sentence.target.as_ref().into(),
        sentence.rule.as_ref().into(),
    ]
}

/// The sentences of every category, outlet by outlet. A head says how many are shown of how many.
fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for category in &lookup.report.categories {
        let of_category = |row: &&EvidenceRow| {
            row.kind == "category"
                && row.id == category.category
                && row.lexicon.as_ref() == Some(&category.lexicon)
        };
        for row in lookup.report.evidence.iter().filter(of_category) {
            let quotations = quotations(lookup, row);
            let (shown, total) = (count(quotations.len() as u64), count(row.total));
            let outlet = lookup.outlet(&row.outlet);
            let head = format!("{}, {outlet}: {shown} of {total}", category.title);
            blocks.push(Block::Heading(3, head));
            blocks.push(Block::Quotations(quotations));
        }
    }
    blocks
}

fn quotations(lookup: &Lookup<'_>, row: &EvidenceRow) -> Vec<Quotation> {
    let wanted = |sentence: &&SentenceRow| {
        let voice = lookup.view.voice;
        voice.is_none_or(|group| group.hit_voices().iter().any(|v| v.name() == sentence.voice))
    };
    let shown = row.sentences.iter().filter(wanted).take(lookup.view.evidence);
    shown.map(quotation).collect()
}

/// A sentence with its hit marked, and voice, source and place below it.
pub(in super::super) fn quotation(sentence: &SentenceRow) -> Quotation {
    let text = sentence.text.as_str();
    let hit = text.get(..sentence.start as usize).and_then(|before| {
        let hit = text.get(sentence.start as usize..sentence.end as usize)?;
        Some((before, hit, text.get(sentence.end as usize..)?))
    });
    let text = match hit {
        Some((before, hit, after)) => {
            Text::from(before).then(hit, Style::Hit).then(after, Style::Plain)
        }
        // A place that does not fit the text marks nothing rather than something else.
        None => Text::from(text),
    };
    Quotation { text, details: Text::of(details(sentence), Style::Faint) }
}

fn details(sentence: &SentenceRow) -> String {
    let mut parts = Vec::new();
    let voice = match sentence.voice.as_str() {
        "own" => "own voice",
        "scare" => "scare quotes",
        other => other,
    };
    parts.push(match &sentence.source {
        Some(source) => format!("{voice}, source: {source}"),
        None => voice.to_owned(),
    });
    if let Some(cue) = &sentence.cue {
        parts.push(format!("cue: {cue}"));
    }
    if sentence.negated {
        parts.push("after a negation".to_owned());
    }
    if let Some(target) = &sentence.target {
        parts.push(format!("on {target}"));
    }
    if sentence.zone != "body" {
        parts.push(format!("in the {}", sentence.zone));
    }
    let day = sentence.date.as_ref().map(|date| format!("{date}, ")).unwrap_or_default();
    parts.push(format!("{day}{}:{}", sentence.article, sentence.line));
    parts.join(" · ")
}
