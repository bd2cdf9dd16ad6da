//! What the outlets wrote of one event, beside one another: the wordings large, the sentences below
//! them, then the same words of one source as each outlet passes them on.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::super::lookup::Lookup;
use super::super::number::{count, counted, in_words, plural};
use super::super::wording;
use super::evidence;
use super::outside::{outside, visible};
use crate::report::{
    EventOutletRow, PassageRow, ReportedRow, SideBySideRow, SideRow, SubjectRow, UtteranceRow,
};

/// Events that are set side by side.
const EVENTS: usize = 4;

/// Events that are open; the others are folded.
const OPEN: usize = 1;

/// Sentences of a side that stand open below its wordings.
const SENTENCES: usize = 2;

/// Subjects that are named at the top of the page.
const AT_A_GLANCE: usize = 4;

/// How much of an event is set out.
#[derive(Clone, Copy)]
struct Room {
    subjects: usize,
    /// Sentences of a side.
    passages: usize,
    utterances: usize,
}

/// The only event, the first of several, and each of the others.
const ROOMS: [Room; 3] = [
    Room { subjects: 24, passages: 4, utterances: 8 },
    Room { subjects: 8, passages: 2, utterances: 3 },
    Room { subjects: 4, passages: 1, utterances: 1 },
];

/// Every event that the report sets side by side; nothing where there is none.
pub(super) fn section(lookup: &Lookup<'_>) -> Option<Markup> {
    let events = &lookup.report.side_by_side;
    if events.is_empty() {
        return None;
    }
    let by = &lookup.report.settings.by;
    let is_found = events.iter().any(|event| event.how == "found");
    Some(html! {
        p.note {
            (outside(&wording::grouped(wording::SIDE_BY_SIDE, by)))
            @if is_found { " " (wording::FOUND) }
        }
        (key())
        @for (index, event) in events.iter().take(EVENTS).enumerate() {
            @let room = ROOMS[if events.len() == 1 { 0 } else if index < OPEN { 1 } else { 2 }];
            @if index < OPEN {
                div.story {
                    h3.story-title { (outside(&event.title)) }
                    (story(lookup, event, room))
                }
            } @else {
                details.folded.story {
                    summary { (outside(&event.title)) " " span.of { (extent(lookup, event)) } }
                    (story(lookup, event, room))
                }
            }
        }
        @if events.len() > EVENTS {
            p.note {
                (EVENTS) " of " (count(events.len() as u64)) " events; the saved report has all."
            }
        }
    })
}

/// What each outlet calls the first that somebody puts a label on, in a line each; nothing where
/// nobody does.
pub(super) fn at_a_glance(lookup: &Lookup<'_>) -> Markup {
    let subjects = lookup.report.side_by_side.iter().flat_map(|event| &event.subjects);
    let labelled = |subject: &&SubjectRow| subject.sides.iter().any(|side| side.labelled > 0);
    let subjects: Vec<&SubjectRow> = subjects.filter(labelled).take(AT_A_GLANCE).collect();
    html! {
        @if !subjects.is_empty() {
            h2.findings-title { "Who is called what" }
            ol.findings {
                @for subject in subjects {
                    li {
                        strong { (outside(&subject.title)) } ": "
                        @for (index, side) in subject.sides.iter().enumerate() {
                            @if index > 0 { "; " }
                            span.faint { (outside(lookup.outlet(&side.outlet))) } " "
                            @match side.wordings.first() {
                                Some(row) if row.labelled => mark { (visible(&row.text)) },
                                Some(row) => { "“" (visible(&row.text)) "”" },
                                None => span.faint { "does not name it" },
                            }
                        }
                    }
                }
            }
            p.more { a href="#side-by-side" { "The sentences, side by side" } }
        }
    }
}

fn key() -> Markup {
    html! {
        ul.key aria-label="What the marks mean" {
            li { mark { "words" } "a loaded term put on the one named, or the word chosen" }
            li { span.phrase { "words" } "the words that name it" }
        }
    }
}

/// "4 articles of three outlets, 2018-12-22 to 2018-12-23".
fn extent(lookup: &Lookup<'_>, event: &SideBySideRow) -> String {
    let articles: u64 = event.outlets.iter().map(|outlet| outlet.articles.len() as u64).sum();
    let outlets = event.outlets.len() as u64;
    let by = visible(&lookup.report.settings.by);
    let known = event.event.as_deref().and_then(|id| {
        let row = lookup.report.events.iter().find(|row| row.event == id)?;
        row.first.as_deref().zip(row.last.as_deref())
    });
    let days = match known {
        Some((first, last)) if first == last => format!(", {}", visible(first)),
        Some((first, last)) => format!(", {} to {}", visible(first), visible(last)),
        None => String::new(),
    };
    let (outlets, by) = (in_words(outlets), plural(outlets, &by));
    format!("{} of {outlets} {by}{days}", counted(articles, "article"))
}

fn story(lookup: &Lookup<'_>, event: &SideBySideRow, room: Room) -> Markup {
    let columns = event.outlets.len().min(4);
    let (open, rest) = event.subjects.split_at(event.subjects.len().min(room.subjects));
    html! {
        p.summary { (extent(lookup, event)) }
        @for subject in open { (one_subject(lookup, subject, columns, room)) }
        @if !rest.is_empty() {
            p.note { "… " (counted(rest.len() as u64, "subject")) " more; the saved report has all." }
        }
        @if !event.utterances.is_empty() {
            h4.said { "The same words of one source" }
            @for utterance in event.utterances.iter().take(room.utterances) {
                (one_utterance(lookup, utterance, columns))
            }
        }
        (sources_of(lookup, &event.outlets))
    }
}

/// The articles that stand beside one another.
fn sources_of(lookup: &Lookup<'_>, outlets: &[EventOutletRow]) -> Markup {
    html! {
        p.articles {
            "Articles: "
            @for (index, outlet) in outlets.iter().enumerate() {
                @if index > 0 { "; " }
                (outside(lookup.outlet(&outlet.outlet))) " "
                @for (index, id) in outlet.articles.iter().enumerate() {
                    @if index > 0 { ", " }
                    (evidence::article(id))
                }
            }
            "."
        }
    }
}

fn one_subject(lookup: &Lookup<'_>, subject: &SubjectRow, columns: usize, room: Room) -> Markup {
    html! {
        div.subject {
            h4 { (outside(&subject.title)) }
            div class={ "beside of-" (columns) } {
                @for side in &subject.sides { (one_side(lookup, subject, side, room)) }
            }
        }
    }
}

fn one_side(lookup: &Lookup<'_>, subject: &SubjectRow, side: &SideRow, room: Room) -> Markup {
    let is_choice = subject.kind == "choice";
    let passages: Vec<&PassageRow> = side.passages.iter().take(room.passages).collect();
    let (open, folded) = passages.split_at(passages.len().min(SENTENCES));
    html! {
        div.version {
            p.who { (outside(lookup.outlet(&side.outlet))) }
            @if side.total == 0 {
                p.wordings.none { @if is_choice { "none of these words" } @else { "not named" } }
            } @else {
                p.wordings { (wordings(side)) }
                p.summary { (told(side, is_choice)) }
            }
            ul.sentences { @for passage in open { (sentence(passage)) } }
            @if !folded.is_empty() {
                details.more-sentences {
                    summary { (counted(folded.len() as u64, "more sentence")) }
                    ul.sentences { @for passage in folded { (sentence(passage)) } }
                }
            }
        }
    }
}

/// "Named 11 times, 2 with a label".
fn told(side: &SideRow, is_choice: bool) -> String {
    if is_choice {
        return format!("used {}", counted(side.total, "time"));
    }
    let labelled = match side.labelled {
        0 => "never with a label".to_owned(),
        labelled => format!("{} with a label", count(labelled)),
    };
    format!("named {}, {labelled}", counted(side.total, "time"))
}

/// The wordings, the labelled marked, with how often and whose they are where not the outlet's own.
fn wordings(side: &SideRow) -> Markup {
    html! {
        @for row in &side.wordings {
            span.wording {
                @if row.labelled { mark { (visible(&row.text)) } } @else { span.plain { (visible(&row.text)) } }
                @if row.times > 1 { " " span.times { "×" (count(row.times)) } }
                @if !row.voices.is_empty() && !row.voices.iter().any(|voice| voice == "own") {
                    " " span.voice { (visible(&row.voices.join(", "))) }
                }
            }
            " "
        }
    }
}

fn one_utterance(lookup: &Lookup<'_>, utterance: &UtteranceRow, columns: usize) -> Markup {
    html! {
        div.subject {
            h5 {
                (outside(&utterance.source))
                @if let Some(day) = &utterance.date { span.of { ", " (outside(day)) } }
            }
            div class={ "beside of-" (columns) } {
                @for report in &utterance.reports { (one_report(lookup, report)) }
            }
        }
    }
}

fn one_report(lookup: &Lookup<'_>, report: &ReportedRow) -> Markup {
    let kind = Some(report.kind.as_str()).filter(|kind| !kind.is_empty() && *kind != "plain");
    html! {
        div.version {
            p.who { (outside(lookup.outlet(&report.outlet))) }
            p.wordings {
                @if report.verb.is_empty() {
                    span.none { "no reporting verb" }
                } @else {
                    span.plain { (visible(&report.verb)) }
                    @if let Some(kind) = kind { " " span.voice { (visible(kind)) } }
                }
            }
            p.summary {
                (counted(report.quoted_words, "word")) " quoted, "
                (count(report.attributed_words)) " paraphrased"
            }
            ul.sentences { (sentence(&report.passage)) }
        }
    }
}

fn sentence(passage: &PassageRow) -> Markup {
    let voice = match passage.voice.as_str() {
        "own" => "own voice",
        "scare" => "scare quotes",
        other => other,
    };
    html! {
        li data-voice=(visible(&passage.voice)) {
            p dir=[evidence::direction(&passage.text)] { (marked(passage)) }
            small {
                (voice)
                @if let Some(source) = &passage.source { " · source: " (outside(source)) }
                @if let Some(cue) = &passage.cue { " · cue: " (outside(cue)) }
                @if passage.zone != "body" { " · in the " (visible(&passage.zone)) }
                @if let Some(date) = &passage.date { " · " (outside(date)) }
                " · " (evidence::article(&passage.article)) ":" (passage.line)
            }
        }
    }
}

/// How a stretch of a sentence is set.
#[derive(PartialEq, Eq)]
enum Set {
    Plain,
    Phrase,
    Marked,
}

/// The sentence with its marks, which may lie within one another: labels, chosen and shared words
/// are marked, what names the subject is underlined. A mark that does not fit the text is left out.
fn marked(passage: &PassageRow) -> Markup {
    let text = passage.text.as_str();
    let mut borders = BTreeSet::from([0, text.len()]);
    let mut marks: Vec<(usize, usize, bool)> = Vec::new();
    for mark in &passage.marks {
        let (start, end) = (mark.start as usize, mark.end as usize);
        if start < end && text.get(start..end).is_some() {
            borders.extend([start, end]);
            let is_strong = matches!(mark.kind.as_str(), "label" | "variant" | "shared");
            marks.push((start, end, is_strong));
        }
    }
    let set = |start: usize, end: usize| {
        let around = || marks.iter().filter(|(from, to, _)| *from <= start && end <= *to);
        if around().any(|(.., is_strong)| *is_strong) {
            Set::Marked
        } else if around().next().is_some() {
            Set::Phrase
        } else {
            Set::Plain
        }
    };
    let borders: Vec<usize> = borders.into_iter().collect();
    html! {
        @for part in borders.windows(2) {
            @let shown = visible(text.get(part[0]..part[1]).unwrap_or_default());
            @match set(part[0], part[1]) {
                Set::Plain => (shown),
                Set::Phrase => span.phrase { (shown) },
                Set::Marked => mark { (shown) },
            }
        }
    }
}
