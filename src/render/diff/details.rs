//! What is new, what vanished, edited articles, shares of choices.

use crate::diff::{Appearance, DiffRecord, EditedArticle, EditedSentence, ShareMove};
use crate::render::View;
use crate::render::document::{Block, Column, Quotation, Style, Table, Text};
use crate::render::legend::Key;
use crate::render::number::{self, count, counted};
use crate::render::wording::listed;
use crate::statistics::evidence::Tier;

/// Entries of a list that are shown.
const SHOWN: usize = 20;

/// Everything that is no rate.
pub(super) fn push(record: &DiffRecord, _: &View, blocks: &mut Vec<Block>) {
    push_appearances(record, blocks);
    push_shares("Choices that moved", &record.choices, blocks);
    push_shares("Shares of articles that moved", &record.article_shares, blocks);
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

fn push_shares(title: &str, moves: &[ShareMove], blocks: &mut Vec<Block>) {
    let mut shown: Vec<&ShareMove> =
        moves.iter().filter(|row| row.tier > Tier::Descriptive).collect();
    let few = moves.len() - shown.len();
    if moves.is_empty() {
        return;
    }
    blocks.push(Block::Heading(2, title.to_owned()));
    let size = |row: &ShareMove| row.change.map_or(0.0, f64::abs);
    shown.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let mut table = Table::new(vec![
        Column::new(Key::Name, "outlet"),
        Column::new(Key::Name, "what").joined(),
        Column::new(Key::Uses, "old"),
        Column::new(Key::Uses, "new"),
        Column::new(Key::Share, "share"),
    ]);
    for row in shown.iter().take(SHOWN) {
        let what = row.variant.as_ref().map_or(row.id.clone(), |v| format!("{}: {v}", row.id));
        let of = |count_of: u64, total: u64| format!("{} of {}", count(count_of), count(total));
        let [old, new] = [row.share_old, row.share_new].map(number::percent);
        table.push(
            vec![
                row.outlet.as_str().into(),
                what.into(),
                of(row.count_old, row.total_old).into(),
                of(row.count_new, row.total_new).into(),
                format!("{old} → {new}").into(),
            ],
            row.tier != Tier::Reportable,
        );
    }
    if !shown.is_empty() {
        blocks.push(Block::Table(table));
    }
    let hidden = (shown.len().saturating_sub(SHOWN) + few) as u64;
    if hidden > 0 {
        let line = format!("{} more, of few articles or small, in --format json.", count(hidden));
        blocks.push(Block::Paragraph(line.into()));
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
    for article in edited.iter().take(SHOWN) {
        blocks.push(Block::Paragraph(summary(article)));
        if !article.sentences.is_empty() {
            blocks.push(Block::Quotations(article.sentences.iter().map(quotation).collect()));
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

fn quotation(sentence: &EditedSentence) -> Quotation {
    let text = &sentence.sentence;
    let part = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    let (start, end) = (sentence.start as usize, sentence.end as usize);
    let marked = Text::of(part(0, start), Style::Plain)
        .then(part(start, end), Style::Hit)
        .then(part(end, text.len()), Style::Plain);
    let side =
        if sentence.text_of == "old" { "only in the old text" } else { "only in the new text" };
    Quotation {
        text: marked,
        details: format!("{side}; {}, {}", sentence.category, sentence.voice).into(),
    }
}
