//! What is new, what vanished, edited articles.

use crate::diff::{Appearance, DiffRecord, EditedArticle, EditedSentence};
use crate::render::document::{Block, Quotation, Style, Text};
use crate::render::number::{self, count, counted};
use crate::render::wording::listed;

/// Entries of a list that are shown.
const SHOWN: usize = 12;

const ONLY_OLD: &str = "Only the old texts were at hand: listed are their sentences with a term whose hits \
changed; which of these were cut can't be told without the new text (--corpus, once more).";

const ONLY_NEW: &str = "Only the new texts were at hand: listed are their sentences with a term whose hits \
changed; which of these are new can't be told without the old text (--corpus, once more).";

/// Everything that is no number of a measure.
pub(super) fn push(record: &DiffRecord, blocks: &mut Vec<Block>) {
    push_appearances(record, blocks);
    push_edited(record, blocks);
}

fn push_appearances(record: &DiffRecord, blocks: &mut Vec<Block>) {
    let mut points: Vec<Text> = Vec::new();
    for kind in ["outlet", "category", "choice", "term"] {
        for change in ["new", "vanished"] {
            let mut found: Vec<&Appearance> = record
                .appearances
                .iter()
                .filter(|row| row.kind == kind && row.change == change)
                .collect();
            found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.cmp(b)));
            if !found.is_empty() {
                points.push(appearance(kind, change, &found).into());
            }
        }
    }
    if !points.is_empty() {
        blocks.push(Block::Heading(2, "New and vanished".to_owned()));
        blocks.push(Block::List(points));
    }
}

fn appearance(kind: &str, change: &str, rows: &[&Appearance]) -> String {
    let mut names: Vec<String> = rows.iter().take(SHOWN).map(|row| name(row)).collect();
    let more = rows.len().saturating_sub(SHOWN) as u64;
    if more > 0 {
        names.push(format!("{} more", count(more)));
    }
    let what = match (kind, change) {
        ("term", "new") => "Terms with hits in the new report alone".to_owned(),
        ("term", _) => "Terms with hits in the old report alone".to_owned(),
        (kind, change) => {
            let many = number::plural(rows.len() as u64, kind);
            format!("{} {many}", if change == "new" { "New" } else { "Vanished" })
        }
    };
    format!("{what}: {}.", listed(&names))
}

fn name(row: &Appearance) -> String {
    match row.kind.as_str() {
        "outlet" => format!("{} ({})", row.id, counted(row.count, "article")),
        "term" => {
            let why = match row.cause.as_deref() {
                Some("lexicon") => ", the other lexicon lacks it",
                _ => "",
            };
            format!("“{}” ({}{why})", row.id, counted(row.count, "hit"))
        }
        _ => format!("{} in {}", row.id, row.lexicon.as_deref().unwrap_or_default()),
    }
}

fn push_edited(record: &DiffRecord, blocks: &mut Vec<Block>) {
    let edited: Vec<&EditedArticle> =
        record.corpus.edited.iter().filter(|article| !article.hits.is_empty()).collect();
    let silent = record.corpus.edited.len() - edited.len();
    if record.corpus.edited.is_empty() {
        return;
    }
    blocks.push(Block::Heading(2, "Edited articles".to_owned()));
    blocks.extend(texts(&edited).map(|note| Block::Note(note.into())));
    for article in edited.iter().take(SHOWN) {
        blocks.push(Block::Paragraph(summary(article)));
        let both = article.texts_read.len() == 2;
        if !article.sentences.is_empty() {
            let sentences = article.sentences.iter().map(|sentence| quotation(sentence, both));
            blocks.push(Block::Quotations(sentences.collect()));
        }
    }
    let more = edited.len().saturating_sub(SHOWN);
    if silent + more > 0 {
        let line = format!(
            "{} more edited: {} without a change of hits, the others in --format json.",
            counted((silent + more) as u64, "article"),
            count(silent as u64)
        );
        blocks.push(Block::Paragraph(line.into()));
    }
}

/// Which texts the sentences come from, where not all were at hand.
fn texts(edited: &[&EditedArticle]) -> Option<&'static str> {
    let read = |which: &str| edited.iter().any(|row| row.texts_read.iter().any(|r| r == which));
    match (read("old"), read("new")) {
        _ if edited.is_empty() => None,
        (true, true) => None,
        (false, false) => Some(
            "The sentences are not listed: a report holds counts, no text. --corpus OLD --corpus NEW, \
             with the articles as they were and as they are, lists those that came and went.",
        ),
        (true, false) => Some(ONLY_OLD),
        (false, true) => Some(ONLY_NEW),
    }
}

fn summary(article: &EditedArticle) -> Text {
    let hits: Vec<String> = article
        .hits
        .iter()
        .map(|row| {
            let changed = if row.term_changed { ", the term itself changed" } else { "" };
            let (old, new) = (count(row.old), count(row.new));
            format!("“{}” ({}, {}) {old} → {new}{changed}", row.term, row.category, row.voice)
        })
        .collect();
    Text::of(format!("{}, {}", article.outlet, article.id), Style::Strong).then(
        format!(
            ": {} → {}; {}.",
            count(article.words_old),
            counted(article.words_new, "word"),
            hits.join("; ")
        ),
        Style::Plain,
    )
}

fn quotation(sentence: &EditedSentence, both: bool) -> Quotation {
    let text = &sentence.sentence;
    let part = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    let (start, end) = (sentence.start as usize, sentence.end as usize);
    let marked = Text::of(part(0, start), Style::Plain)
        .then(part(start, end), Style::Hit)
        .then(part(end, text.len()), Style::Plain);
    let only = if both { "only " } else { "" };
    let side = format!("{only}in the {} text", sentence.text_of);
    Quotation {
        text: marked,
        details: format!("{side}; {}, {}", sentence.category, sentence.voice).into(),
    }
}
