//! What the outlets wrote of one event, beside one another.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::cells::Cells;
use super::model::{
    EventOutletRow, MarkRow, PassageRow, SideBySideRow, SideRow, SubjectRow, WordingRow,
};
use super::people::People;
use super::stories::{outlets_of, title};
use super::utterances::utterances;
use crate::events::{Events, Passage, Subject, Told};
use crate::tally::Head;

/// Targets that are kept of an event.
const SUBJECTS: usize = 12;

/// Choices that are kept of an event.
const CHOICES: usize = 4;

/// Wordings that are kept of one side.
const WORDINGS: usize = 6;

/// Sentences that are kept of one side.
const PASSAGES: usize = 3;

/// One row for each event that was read again; one without event where a few articles have none.
pub(super) fn side_by_side(
    cells: &Cells<'_>,
    people: &People<'_>,
    events: &Events,
    told: &[Told],
) -> Vec<SideBySideRow> {
    let mut by_article: BTreeMap<(&str, &str), &Told> = BTreeMap::new();
    for told in told {
        by_article.insert((&told.outlet, &told.article), told);
    }
    let read = |indices: &[usize]| -> Vec<&Told> {
        let key = |&index: &usize| {
            let Head { outlet, id, .. } = cells.articles.head(index);
            by_article.get(&(outlet, id.as_str())).copied()
        };
        indices.iter().filter_map(key).collect()
    };
    let mut rows = Vec::new();
    for event in &events.events {
        let read = read(&event.articles);
        if !read.is_empty() && read.len() == event.articles.len() {
            let title = title(event, cells.articles, people);
            let head = (Some(event.id.clone()), title, event.how.name());
            rows.push(row(cells, people, head, (&event.articles, &read)));
        }
    }
    let all: Vec<usize> = (0..cells.articles.len()).collect();
    if rows.is_empty() && !told.is_empty() {
        let read = read(&all);
        let title = "All articles".to_owned();
        rows.push(row(cells, people, (None, title, "all"), (&all, &read)));
    }
    rows
}

fn row(
    cells: &Cells<'_>,
    people: &People<'_>,
    (event, title, how): (Option<String>, String, &str),
    (indices, told): (&[usize], &[&Told]),
) -> SideBySideRow {
    let outlets = outlets_of(indices, cells.articles);
    let subjects = subjects(cells, people, &outlets, told);
    let utterances = utterances(people, &outlets, told);
    SideBySideRow { event, title, how: how.to_owned(), outlets, subjects, utterances }
}

/// The passages of one subject by outlet.
type Sides<'t> = BTreeMap<&'t str, Vec<(&'t Told, &'t Passage)>>;

fn subjects(
    cells: &Cells<'_>,
    people: &People<'_>,
    outlets: &[EventOutletRow],
    told: &[&Told],
) -> Vec<SubjectRow> {
    let mut all: BTreeMap<&Subject, Sides<'_>> = BTreeMap::new();
    for told in told {
        for passage in &told.passages {
            let sides = all.entry(&passage.subject).or_default();
            sides.entry(&told.outlet).or_default().push((told, passage));
        }
    }
    let keep = |(subject, sides): &(&Subject, Sides<'_>)| match subject {
        Subject::Target(_) => {
            sides.len() > 1 || sides.values().flatten().any(|(_, passage)| passage.labelled)
        }
        Subject::Choice(..) => sides.len() > 1 && contrast(sides).0 > 0,
    };
    let mut kept: Vec<(&Subject, Sides<'_>)> = all.into_iter().filter(keep).collect();
    kept.sort_by_cached_key(|(subject, sides)| {
        let total: usize = sides.values().map(Vec::len).sum();
        let shared = sides.len() > 1;
        let is_choice = matches!(subject, Subject::Choice(..));
        let order = (Reverse(shared), is_choice, Reverse(contrast(sides)), Reverse(total));
        (order, (*subject).clone())
    });
    let mut choices = 0;
    kept.retain(|(subject, _)| {
        let is_choice = matches!(subject, Subject::Choice(..));
        choices += usize::from(is_choice);
        !is_choice || choices <= CHOICES
    });
    let targets = SUBJECTS + choices.min(CHOICES);
    kept.truncate(targets);
    let subject = |(subject, sides): (&Subject, Sides<'_>)| {
        let (kind, lexicon, id, title) = match subject {
            Subject::Target(key) => ("target", None, key.clone(), people.title(key)),
            Subject::Choice(lexicon, choice) => {
                let lexicon = &cells.inventory.lexicons()[*lexicon];
                let choice = &lexicon.choices[*choice];
                ("choice", Some(lexicon.id.clone()), choice.id.clone(), choice.title.clone())
            }
        };
        let side = |outlet: &EventOutletRow| {
            let passages = sides.get(outlet.outlet.as_str()).map_or(&[][..], Vec::as_slice);
            side(&outlet.outlet, passages)
        };
        let sides = outlets.iter().map(side).collect();
        SubjectRow { kind: kind.to_owned(), lexicon, id, title, sides }
    };
    kept.into_iter().map(subject).collect()
}

/// How differently the outlets word it: thousandths between the shares of labelled mentions, whether
/// any is labelled, and thousandths between the wordings.
fn contrast(sides: &Sides<'_>) -> (usize, bool, usize) {
    let labelled = |passages: &Vec<(&Told, &Passage)>| {
        1000 * passages.iter().filter(|(_, p)| p.labelled).count() / passages.len().max(1)
    };
    let shares: Vec<usize> = sides.values().map(labelled).collect();
    let spread = shares.iter().max().unwrap_or(&0) - shares.iter().min().unwrap_or(&0);
    let sets: Vec<BTreeSet<String>> = sides
        .values()
        .map(|passages| passages.iter().map(|(_, p)| p.wording.to_lowercase()).collect())
        .collect();
    let distance = |x: &BTreeSet<String>, y: &BTreeSet<String>| {
        1000 - 1000 * x.intersection(y).count() / x.union(y).count().max(1)
    };
    let pairs = sets.iter().enumerate();
    let furthest = pairs
        .flat_map(|(place, x)| sets[place + 1..].iter().map(move |y| distance(x, y)))
        .max()
        .unwrap_or(0);
    if sides.values().flatten().any(|(_, p)| matches!(p.subject, Subject::Choice(..))) {
        (furthest, false, 0)
    } else {
        (spread, shares.iter().any(|share| *share > 0), furthest)
    }
}

fn side(outlet: &str, passages: &[(&Told, &Passage)]) -> SideRow {
    let mut wordings: BTreeMap<String, WordingRow> = BTreeMap::new();
    for (_, passage) in passages {
        let row = wordings.entry(passage.wording.to_lowercase()).or_insert_with(|| {
            let text = passage.wording.clone();
            WordingRow { text, times: 0, labelled: false, voices: Vec::new() }
        });
        row.times += 1;
        row.labelled |= passage.labelled;
        let voice = passage.voice.name().to_owned();
        if let Err(free) = row.voices.binary_search(&voice) {
            row.voices.insert(free, voice);
        }
    }
    let mut wordings: Vec<(String, WordingRow)> = wordings.into_iter().collect();
    // Those of equal times are in order already.
    wordings.sort_by_key(|(_, row)| (!row.labelled, Reverse(row.times)));
    SideRow {
        outlet: outlet.to_owned(),
        total: passages.len() as u64,
        labelled: passages.iter().filter(|(_, passage)| passage.labelled).count() as u64,
        wordings: wordings.into_iter().take(WORDINGS).map(|(_, row)| row).collect(),
        passages: chosen(passages).into_iter().map(|(told, p)| passage_row(told, p)).collect(),
    }
}

/// Sentences with a label first, then those with a wording that has not been shown.
fn chosen<'t>(passages: &[(&'t Told, &'t Passage)]) -> Vec<(&'t Told, &'t Passage)> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut ordered: Vec<(bool, bool, usize)> = Vec::new();
    for (place, (_, passage)) in passages.iter().enumerate() {
        let new = seen.insert(passage.wording.to_lowercase());
        ordered.push((!passage.labelled, !new, place));
    }
    ordered.sort_unstable();
    let mut sentences: BTreeSet<&str> = BTreeSet::new();
    let mut kept: Vec<usize> = Vec::new();
    for (.., place) in ordered {
        if kept.len() < PASSAGES && sentences.insert(&passages[place].1.sentence) {
            kept.push(place);
        }
    }
    kept.into_iter().map(|place| passages[place]).collect()
}

/// A passage as it is saved.
pub(super) fn passage_row(told: &Told, passage: &Passage) -> PassageRow {
    let mut marks: Vec<MarkRow> = passage
        .marks
        .iter()
        .map(|mark| MarkRow {
            start: mark.span.start,
            end: mark.span.end,
            kind: mark.kind.to_owned(),
            term: mark.term.clone(),
            rule: mark.rule.to_owned(),
        })
        .collect();
    marks.sort_by(|x, y| (x.start, y.end, &x.kind).cmp(&(y.start, x.end, &y.kind)));
    PassageRow {
        article: told.article.clone(),
        date: told.date.map(|date| date.to_string()),
        line: passage.line,
        text: passage.sentence.clone(),
        marks,
        zone: passage.zone.name().to_owned(),
        voice: passage.voice.name().to_owned(),
        source: passage.source.clone(),
        cue: passage.cue.clone(),
    }
}
