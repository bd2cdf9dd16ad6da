//! What is said, in which order: the same for every format that people read.

use std::collections::BTreeSet;

use super::document::{Block, Document, Text};
use super::legend::{Key, VERDICTS};
use super::lookup::Lookup;
use super::number::{count, counted};
use super::opening;
use super::tables::{self, Kept, PairTable, TableName};
use super::{View, digest, wording};
use crate::report::{NOT_READ, Report};
use crate::statistics::evidence::{Tier, Verdict};

/// Rows that can't be told which are shown of each pair in the report; the table shows all.
const OTHERS: usize = 3;

/// Pairs that the report shows; above, only those with a verdict.
const PAIRS: usize = 6;

/// The parts of a report for reading, or of the view's table alone.
pub fn outline(report: &Report, view: &View) -> Document {
    let lookup = Lookup::new(report, view).in_brief();
    let mut blocks = Vec::new();
    match view.table {
        Some(table) => {
            blocks.push(Block::Heading(1, table.title().to_owned()));
            push_or_say_none(&mut blocks, table.show(&lookup), why_none(report, table));
        }
        None if is_reportable(report) => full_report(&lookup, &mut blocks),
        None => opening::few_articles(&lookup, &mut blocks),
    }
    push_legend(&mut blocks, &report.settings.by);
    Document { blocks }
}

/// Whether any rate carries a verdict's weight; else the report describes its articles.
pub(super) fn is_reportable(report: &Report) -> bool {
    report.rates.iter().any(|row| row.tier == Tier::Reportable)
}

fn full_report(lookup: &Lookup<'_>, blocks: &mut Vec<Block>) {
    push_title(lookup, blocks);
    push_table(lookup, blocks, TableName::Outlets);
    push_table(lookup, blocks, TableName::Warnings);
    push_matched(lookup, blocks);
    push_pooled(lookup, blocks);
    push_rates(lookup, blocks);
    push_table(lookup, blocks, TableName::ArticleShares);
    push_shown(blocks, TableName::Drivers.title(), digest::drivers(lookup));
    push_shown(blocks, TableName::Choices.title(), digest::choices(lookup));
    push_table(lookup, blocks, TableName::ChoiceComparisons);
    push_targets(lookup, blocks);
    push_table(lookup, blocks, TableName::LabelComparisons);
    push_table(lookup, blocks, TableName::TargetLabels);
    push_table(lookup, blocks, TableName::Attention);
    push_table(lookup, blocks, TableName::Sources);
    push_table(lookup, blocks, TableName::Events);
    push_table(lookup, blocks, TableName::Coverage);
    push_table(lookup, blocks, TableName::Omissions);
    push_table(lookup, blocks, TableName::SideBySide);
    push_table(lookup, blocks, TableName::Evidence);
    push_provenance(lookup, blocks);
}

/// Title and the header of METHODS K.
pub(super) fn push_title(lookup: &Lookup<'_>, blocks: &mut Vec<Block>) {
    let report = lookup.report;
    let title = report.settings.title.as_deref().unwrap_or("Framing report");
    blocks.push(Block::Heading(1, title.to_owned()));
    blocks.push(Block::Note(Text::from(wording::NOT_VALIDATED)));
    blocks.push(Block::Definitions(header(lookup)));
}

pub(super) fn header(lookup: &Lookup<'_>) -> Vec<(String, Text)> {
    let report = lookup.report;
    let settings = &report.settings;
    let outlets = lookup.present();
    let articles: u64 = outlets.iter().map(|row| row.articles).sum();
    let words: u64 = outlets.iter().map(|row| row.words).sum();
    let duplicates: u64 = outlets.iter().map(|row| row.duplicates).sum();
    let first = outlets.iter().filter_map(|row| row.first.as_deref()).min();
    let last = outlets.iter().filter_map(|row| row.last.as_deref()).max();
    let days = first.zip(last).map(|(first, last)| format!(", {first} to {last}"));
    let corpus = format!(
        "{}, {}, {}{}; {} left out as copies",
        counted(outlets.len() as u64, &settings.by),
        counted(articles, "article"),
        counted(words, "word"),
        days.unwrap_or_default(),
        counted(duplicates, "article")
    );
    let lexicons: Vec<String> = report
        .provenance
        .lexicons
        .iter()
        .map(|lexicon| {
            let hash: String = lexicon.hash.chars().take(8).collect();
            format!("{} {} ({hash})", lexicon.id, lexicon.version)
        })
        .collect();
    let unit = wording::unit_in_words(lookup.view.per);
    let unit = format!(
        "hits {unit}, all articles of an outlet pooled; written {}",
        wording::unit(lookup.view.per)
    );
    let corpus_hash: String = report.provenance.corpus.chars().take(8).collect();
    let tests = format!(
        "alpha {}, correction {}, K (tests in a family) in the heads, {} draws where not enumerated, seed {}",
        settings.alpha,
        wording::correction(&settings.correction),
        count(settings.draws),
        settings.seed
    );
    let mut header = vec![
        ("corpus".to_owned(), format!("{corpus} ({corpus_hash})").into()),
        ("lexicons".to_owned(), lexicons.join(", ").into()),
        ("unit".to_owned(), unit.into()),
        ("tests".to_owned(), tests.into()),
    ];
    if !settings.outlets.is_empty() {
        header.push(("restricted to".to_owned(), wording::listed(&settings.outlets).into()));
    }
    let tool = &report.tool;
    let tool = format!("{} {}, words counted by {}", tool.name, tool.version, tool.tokenizer);
    header.push(("made by".to_owned(), tool.into()));
    header
}

/// A heading and what stands below it, unless there is nothing.
pub(super) fn push_shown(blocks: &mut Vec<Block>, title: &str, shown: Vec<Block>) {
    if !shown.is_empty() {
        blocks.push(Block::Heading(2, title.to_owned()));
        blocks.extend(shown);
    }
}

/// A heading and the table, unless there is nothing in it.
pub(super) fn push_table(lookup: &Lookup<'_>, blocks: &mut Vec<Block>, table: TableName) {
    push_shown(blocks, table.title(), table.show(lookup));
}

/// Why there is nothing in a table, where the report says so.
fn why_none(report: &Report, table: TableName) -> Option<&str> {
    let said = report.warnings.iter().find(|warning| warning.code == NOT_READ);
    let about = matches!(table, TableName::SideBySide | TableName::Utterances);
    said.filter(|_| about).map(|warning| warning.message.as_str())
}

fn push_or_say_none(blocks: &mut Vec<Block>, shown: Vec<Block>, why: Option<&str>) {
    let is_empty = |block: &Block| matches!(block, Block::Table(table) if table.rows.is_empty());
    if shown.iter().all(is_empty) {
        let none = "Nothing of this kind in the report";
        let said = why.map_or_else(|| format!("{none}."), |why| format!("{none}: {why}."));
        blocks.push(Block::Paragraph(said.into()));
    } else {
        blocks.extend(shown);
    }
}

fn push_matched(lookup: &Lookup<'_>, blocks: &mut Vec<Block>) {
    let voice = lookup.view.leading_voice();
    let tables = tables::matched_pair_tables(lookup, voice, Kept::Told(OTHERS));
    if !tables.is_empty() {
        blocks.push(Block::Heading(2, TableName::Matched.title().to_owned()));
        let found = lookup.report.event_method.used == "found";
        let note = if found { wording::MATCHED_FOUND } else { wording::MATCHED };
        blocks.push(Block::Note(note.into()));
        push_pairs(blocks, tables, TableName::Matched);
    }
}

fn push_pooled(lookup: &Lookup<'_>, blocks: &mut Vec<Block>) {
    let voice = lookup.view.leading_voice();
    let tables = tables::pair_tables(lookup, voice, Kept::Told(OTHERS));
    if tables.is_empty() {
        return;
    }
    blocks.push(Block::Heading(2, TableName::Comparisons.title().to_owned()));
    blocks.push(Block::Paragraph(verdicts_in_all(lookup).into()));
    let note = format!("{} {}", wording::POOLED, wording::CLEARS_NOBODY);
    blocks.push(Block::Note(wording::grouped(&note, &lookup.report.settings.by).into()));
    push_pairs(blocks, tables, TableName::Comparisons);
}

/// The pairs that have something to tell, the clearest kept apart from what is left out; where there
/// are many, only those with a verdict.
fn push_pairs(blocks: &mut Vec<Block>, pairs: Vec<PairTable>, table: TableName) {
    let is_long = pairs.len() > PAIRS;
    let (shown, left): (Vec<_>, Vec<_>) =
        pairs.into_iter().partition(|pair| !is_long || pair.has_told());
    let left = left.len() + shown.len().saturating_sub(PAIRS);
    for pair in shown.into_iter().take(PAIRS) {
        blocks.extend(pair.blocks(table));
    }
    if left > 0 {
        blocks.push(Block::More(format!("{} more", counted(left as u64, "pair")), table));
    }
}

/// How the verdicts fall, so that a single row is read among all of them.
pub(super) fn verdicts_in_all(lookup: &Lookup<'_>) -> String {
    let voice = lookup.view.leading_voice();
    let of = |verdict: fn(Verdict) -> bool| {
        let rows = lookup.report.comparisons.iter().filter(|row| row.voice == voice);
        rows.filter(|row| verdict(row.verdict)).count() as u64
    };
    format!(
        "{} in {}: {} higher or lower, {} similar, {} inconclusive, {} without enough evidence.",
        counted(of(|_| true), "comparison"),
        wording::voice_of(lookup, voice),
        count(of(|verdict| matches!(verdict, Verdict::Higher | Verdict::Lower))),
        count(of(|verdict| verdict == Verdict::Similar)),
        count(of(|verdict| verdict == Verdict::Inconclusive)),
        count(of(|verdict| verdict == Verdict::NotEnoughEvidence))
    )
}

pub(super) fn push_rates(lookup: &Lookup<'_>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(2, TableName::Rates.title().to_owned()));
    let follows_topic = lookup.report.categories.iter().any(|row| row.topic_sensitive);
    let topic = if follows_topic { wording::TOPIC } else { "" };
    let by = &lookup.report.settings.by;
    let note = format!("{} {topic}", wording::HIGHER_IS_NOT_WORSE);
    blocks.push(Block::Note(wording::grouped(note.trim_end(), by).into()));
    let voice = wording::voice_of(lookup, lookup.view.leading_voice());
    blocks.push(Block::Paragraph(format!("In {voice}:").into()));
    blocks.extend(digest::rates(lookup));
    let voices = digest::voices(lookup);
    if lookup.view.voice.is_none() && !voices.is_empty() {
        blocks.push(Block::Heading(3, "Hits by voice".to_owned()));
        let order = "Own voice / attributed / scare quotes / quoted.";
        let note = format!("{order} {}", wording::QUOTED);
        blocks.push(Block::Note(wording::grouped(&note, by).into()));
        blocks.extend(voices);
    }
}

fn push_targets(lookup: &Lookup<'_>, blocks: &mut Vec<Block>) {
    let shown = TableName::Targets.show(lookup);
    if !shown.is_empty() {
        blocks.push(Block::Heading(2, TableName::Targets.title().to_owned()));
        let by = &lookup.report.settings.by;
        blocks.push(Block::Note(wording::grouped(wording::LABELS, by).into()));
        blocks.extend(shown);
    }
}

pub(super) fn push_provenance(lookup: &Lookup<'_>, blocks: &mut Vec<Block>) {
    push_table(lookup, blocks, TableName::Lexicons);
}

/// What the columns that were shown mean, and the words of a verdict if one was given.
pub(super) fn push_legend(blocks: &mut Vec<Block>, by: &str) {
    let mut seen = BTreeSet::new();
    let mut entries: Vec<(String, Text)> = Vec::new();
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    for column in tables.flat_map(|table| &table.columns) {
        if seen.insert(column.key)
            && let Some((name, meaning)) = column.key.meaning()
        {
            entries.push((wording::grouped(name, by), wording::grouped(meaning, by).into()));
        }
    }
    if seen.contains(&Key::Verdict) {
        let said = |(word, meaning): (&str, &str)| {
            (word.to_owned(), Text::from(wording::grouped(meaning, by)))
        };
        entries.extend(VERDICTS.map(said));
    }
    if !entries.is_empty() {
        blocks.push(Block::Heading(2, "How to read the columns".to_owned()));
        blocks.push(Block::Definitions(entries));
    }
}
