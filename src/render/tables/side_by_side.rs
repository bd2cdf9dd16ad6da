//! What the outlets wrote of one event, beside one another.

use super::super::document::{Block, Quotation, Side, Style, Text};
use super::super::lookup::Lookup;
use super::super::number::{counted, in_words, plural};
use super::super::wording;
use super::utterances::event_blocks;
use super::{Entry, Field, TableName, Tidy, json_rows};
use crate::report::{PassageRow, SideBySideRow, SideRow, SubjectRow};

pub(super) const ENTRY: Entry = Entry {
    title: "Side by side",
    show,
    tidy,
    json: |lookup| json_rows(&lookup.report.side_by_side),
};

/// Events on a page and in a text.
const EVENTS: [usize; 2] = [12, 1];

/// Subjects of an event on a page and in a text.
const SUBJECTS: [usize; 2] = [24, 6];

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    let mut rows = Vec::new();
    for event in &lookup.report.side_by_side {
        for subject in &event.subjects {
            for side in &subject.sides {
                for row in &side.wordings {
                    rows.push(vec![
                        Field::from(event.event.as_ref()),
                        (&subject.kind).into(),
                        (&subject.id).into(),
                        (&subject.title).into(),
                        (&side.outlet).into(),
                        side.total.into(),
                        side.labelled.into(),
                        (&row.text).into(),
                        row.times.into(),
                        if row.labelled { "true" } else { "false" }.into(),
                        Field::Text(row.voices.join("; ")),
                    ]);
                }
            }
        }
    }
    let header = vec![
        "event",
        "kind",
        "id",
        "title",
        "outlet",
        "total",
        "labelled",
        "wording",
        "times",
        "with_label",
        "voices",
    ];
    Tidy { header, rows }
}

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !lookup.report.side_by_side.is_empty() {
        blocks.push(Block::Note(wording::SIDE_BY_SIDE.into()));
    }
    let events = &lookup.report.side_by_side;
    let shown = lookup.most(EVENTS[0], EVENTS[1]).min(events.len());
    for event in &events[..shown] {
        blocks.extend(of_event(lookup, event));
    }
    if events.len() > shown {
        let rest = counted((events.len() - shown) as u64, "event");
        blocks.push(Block::More(format!("{rest} more"), TableName::SideBySide));
    }
    blocks
}

/// One event: the subjects, then the utterances.
pub(super) fn of_event(lookup: &Lookup<'_>, event: &SideBySideRow) -> Vec<Block> {
    let articles: u64 = event.outlets.iter().map(|outlet| outlet.articles.len() as u64).sum();
    let outlets = event.outlets.len() as u64;
    let by = &lookup.report.settings.by;
    let heading = format!(
        "{}: {} of {} {}",
        event.title,
        counted(articles, "article"),
        in_words(outlets),
        plural(outlets, by)
    );
    let mut blocks = vec![Block::Heading(2, heading)];
    let shown = lookup.most(SUBJECTS[0], SUBJECTS[1]).min(event.subjects.len());
    for subject in &event.subjects[..shown] {
        blocks.push(Block::Heading(3, subject.title.clone()));
        let sides = subject.sides.iter().map(|side| one_side(lookup, subject, side)).collect();
        blocks.push(Block::SideBySide(sides));
    }
    if event.subjects.len() > shown {
        let rest = counted((event.subjects.len() - shown) as u64, "subject");
        blocks.push(Block::More(format!("{rest} more"), TableName::SideBySide));
    }
    let utterances = event_blocks(lookup, event);
    if !utterances.is_empty() {
        blocks.push(Block::Heading(2, format!("{}: the same words of one source", event.title)));
        blocks.extend(utterances);
    }
    blocks
}

/// The wordings in a line, then the sentences.
fn one_side(lookup: &Lookup<'_>, subject: &SubjectRow, side: &SideRow) -> Side {
    let mut summary = Text::default();
    for (index, row) in side.wordings.iter().enumerate() {
        if index > 0 {
            summary = summary.then(" · ", Style::Faint);
        }
        summary =
            summary.then(row.text.clone(), if row.labelled { Style::Hit } else { Style::Strong });
        if row.times > 1 {
            summary = summary.then(format!(" ×{}", row.times), Style::Faint);
        }
    }
    if side.total == 0 {
        let what = if subject.kind == "choice" { "no choice made" } else { "not named" };
        summary = Text::of(what, Style::Faint);
    }
    let quotations =
        side.passages.iter().take(lookup.most(lookup.view.evidence, 1)).map(passage).collect();
    Side { outlet: lookup.outlet(&side.outlet).to_owned(), summary, quotations }
}

/// A sentence with its labels or shared words marked, else its phrase; voice, source and place.
pub(super) fn passage(row: &PassageRow) -> Quotation {
    let of_kind = |kinds: &[&str]| {
        let marks = row.marks.iter().filter(|mark| kinds.contains(&mark.kind.as_str()));
        marks.map(|mark| (mark.start as usize, mark.end as usize)).collect::<Vec<_>>()
    };
    let mut places = of_kind(&["label", "variant", "shared"]);
    if places.is_empty() {
        places = of_kind(&["phrase"]);
    }
    places.sort_unstable();
    let mut text = Text::default();
    let mut done = 0;
    for (start, end) in places {
        if let (Some(before), Some(hit)) = (row.text.get(done..start), row.text.get(start..end)) {
            text = text.then(before, Style::Plain).then(hit, Style::Hit);
            done = end;
        }
    }
    text = text.then(row.text.get(done..).unwrap_or_default(), Style::Plain);
    Quotation { text, details: Text::of(details(row), Style::Faint) }
}

fn details(row: &PassageRow) -> String {
    let voice = match row.voice.as_str() {
        "own" => "own voice",
        "scare" => "scare quotes",
        other => other,
    };
    let mut parts = vec![match &row.source {
        Some(source) => format!("{voice}, source: {source}"),
        None => voice.to_owned(),
    }];
    if row.zone != "body" {
        parts.push(format!("in the {}", row.zone));
    }
    let day = row.date.as_ref().map(|date| format!("{date}, ")).unwrap_or_default();
    parts.push(format!("{day}{}:{}", row.article, row.line));
    parts.join(" · ")
}
