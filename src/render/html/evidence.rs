//! The sampled sentences: category by category, the outlets beside each other.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::lookup::Lookup;
use super::super::number::{count, counted};
use super::anchors::{self, Anchors};
use super::outside::{outside, visible};
use super::sample::Sample;
use crate::report::{EvidenceRow, SentenceRow};

/// The sentences of one thing in every outlet: kind, lexicon, id and variant, with a heading.
struct Group<'a> {
    kind: &'a str,
    title: String,
    rows: Vec<(usize, &'a EvidenceRow)>,
}

/// Kinds of evidence in their order, with their headings.
const KINDS: [(&str, &str); 4] = [
    ("category", "Hits by category"),
    ("variant", "Words chosen"),
    ("label", "Labels on targets"),
    ("mention", "Where labelled targets are named"),
];

/// Sentences above which paper holds only the first of each list.
const LONG: usize = 2_000;

/// The filters and the sentences.
pub(super) fn section(lookup: &Lookup<'_>, anchors: &Anchors<'_>) -> Markup {
    let report = lookup.report;
    let groups = groups(lookup, &anchors.sample);
    let shown = anchors.sample.places.iter().map(Vec::len).sum();
    let most = anchors.sample.most;
    html! {
        p {
            "Each list holds at most " (counted(most.min(report.settings.evidence as usize) as u64, "sentence"))
            ", fewer of a chosen word and of bare mentions: those with the smallest hash of the seed (" (report.settings.seed)
            "), the article and the place, so nobody chose them. Its head says of how many. The words \
             that count are marked; below each sentence stand the voice, the speaker where one was \
             found, and the place."
        }
        (filters(lookup, &groups, shown))
        div #sentences .long[shown > LONG] {
            @for kind in KINDS {
                @let of_kind = groups.iter().enumerate().filter(|(_, group)| group.kind == kind.0);
                @let mut of_kind = of_kind.peekable();
                @if of_kind.peek().is_some() {
                    div.kind {
                        h3 { (kind.1) }
                        @for (place, group) in of_kind { (one_group(lookup, anchors, group, place)) }
                    }
                }
            }
        }
        @if shown > LONG {
            p.note.on-paper { "On paper the first three sentences of each list are printed; the page has the others." }
        }
    }
}

fn groups<'a>(lookup: &Lookup<'a>, sample: &Sample) -> Vec<Group<'a>> {
    type Id<'a> = (&'a str, &'a str, &'a str, &'a str);
    let mut places: BTreeMap<Id<'a>, usize> = BTreeMap::new();
    let mut groups: Vec<(usize, Group<'a>)> = Vec::new();
    for (index, row) in lookup.report.evidence.iter().enumerate() {
        if sample.places[index].is_empty() {
            continue;
        }
        let lexicon = row.lexicon.as_deref().unwrap_or_default();
        let variant = row.variant.as_deref().unwrap_or_default();
        let id = (row.kind.as_str(), lexicon, row.id.as_str(), variant);
        let place = *places.entry(id).or_insert_with(|| {
            groups.push(heading(lookup, row));
            groups.len() - 1
        });
        groups[place].1.rows.push((index, row));
    }
    // Categories in the order of the lexicons, then choices, labels and mentions as they come.
    groups.sort_by_key(|(rank, _)| *rank);
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Rank and heading of a group.
fn heading<'a>(lookup: &Lookup<'a>, row: &'a EvidenceRow) -> (usize, Group<'a>) {
    const AFTER: usize = 1 << 20;
    let lexicon = row.lexicon.as_deref().unwrap_or_default();
    let title_of_target = || {
        let mut targets = lookup.report.targets.iter();
        targets.find(|target| target.target == row.id).map_or(&row.id, |target| &target.title)
    };
    let (rank, title) = match row.kind.as_str() {
        "category" => {
            let id = (lexicon, row.id.as_str());
            (lookup.place(id).min(AFTER), lookup.category(id).to_owned())
        }
        "variant" => {
            let mut choices = lookup.report.choices.iter();
            let choice =
                choices.find(|choice| choice.lexicon == lexicon && choice.choice == row.id);
            let title = choice.map_or(&row.id, |choice| &choice.title);
            (AFTER + 1, format!("{title}: {}", row.variant.as_deref().unwrap_or_default()))
        }
        "label" => (AFTER + 2, title_of_target().clone()),
        _ => (AFTER + 3, title_of_target().clone()),
    };
    (rank, Group { kind: &row.kind, title, rows: Vec::new() })
}

/// Shown by the script alone: without it the sentences are all there.
fn filters(lookup: &Lookup<'_>, groups: &[Group<'_>], shown: usize) -> Markup {
    let outlets = lookup.present();
    html! {
        form.filters #filters hidden aria-label="Filter the sentences" {
            label { "search" input type="search" name="text" autocomplete="off"; }
            label {
                (visible(&lookup.report.settings.by))
                select name="outlet" {
                    option value="" { "all" }
                    @for outlet in outlets {
                        option value=(visible(&outlet.outlet)) { (visible(&outlet.name)) }
                    }
                }
            }
            label {
                "category, choice or target"
                select name="group" {
                    option value="" { "all" }
                    @for kind in KINDS {
                        optgroup label=(kind.1) {
                            @for (place, group) in groups.iter().enumerate().filter(|(_, group)| group.kind == kind.0) {
                                option value=(place) { (visible(&group.title)) }
                            }
                        }
                    }
                }
            }
            label { "term" input type="search" name="term" autocomplete="off"; }
            label {
                "voice"
                select name="voice" {
                    option value="" { "all" }
                    option value="own" { "own" }
                    option value="attributed" { "attributed" }
                    option value="scare" { "scare quotes" }
                    option value="quoted" { "quoted" }
                }
            }
            button type="reset" { "Clear" }
            p #found role="status" { (count(shown as u64)) " sentences" }
        }
    }
}

fn one_group(
    lookup: &Lookup<'_>,
    anchors: &Anchors<'_>,
    group: &Group<'_>,
    place: usize,
) -> Markup {
    let total: u64 = group.rows.iter().map(|(_, row)| row.total).sum();
    let shown: usize =
        group.rows.iter().map(|(index, _)| anchors.sample.places[*index].len()).sum();
    html! {
        details.group data-group=(place) {
            summary {
                span.name { (outside(&group.title)) }
                " " span.faint { (count(shown as u64)) " of " (count(total)) }
            }
            div.sides-by-side {
                @for (index, row) in &group.rows { (one_cell(lookup, anchors, *index, row)) }
            }
        }
    }
}

fn one_cell(lookup: &Lookup<'_>, anchors: &Anchors<'_>, index: usize, row: &EvidenceRow) -> Markup {
    let places = &anchors.sample.places[index];
    html! {
        div.side id=(anchors::id(index)) tabindex="-1" data-outlet=(visible(&row.outlet)) {
            h4 {
                (outside(lookup.outlet(&row.outlet)))
                " " span.of { (count(places.len() as u64)) " of " (count(row.total)) }
            }
            ul.sentences {
                @for &place in places {
                    (one_sentence(anchors.end((index, place)), &row.sentences[place]))
                }
            }
        }
    }
}

/// A sentence. What the script asks for and the sentence shows is not said twice: its own voice, and a
/// term that is written as it stands there.
fn one_sentence(id: Option<String>, sentence: &SentenceRow) -> Markup {
    let hit = sentence.text.get(sentence.start as usize..sentence.end as usize);
    let term = visible(&sentence.term);
    let is_hit = hit.is_some_and(|hit| visible(hit).to_lowercase() == term.to_lowercase());
    let voice = visible(&sentence.voice);
    html! {
        li id=[id] data-voice=[(voice != "own").then_some(voice)] data-term=[(!is_hit).then_some(term)] {
            p dir=[direction(&sentence.text)] { (marked(sentence)) }
            small { (details(sentence)) }
        }
    }
}

/// The direction of a text is its own; what is all ASCII runs like the page.
pub(super) fn direction(text: &str) -> Option<&'static str> {
    (!text.is_ascii()).then_some("auto")
}

/// The sentence with its hit; a place that does not fit the text marks nothing.
fn marked(sentence: &SentenceRow) -> Markup {
    let (start, end) = (sentence.start as usize, sentence.end as usize);
    let text = sentence.text.as_str();
    let parts = text.get(..start).zip(text.get(start..end)).zip(text.get(end..));
    html! {
        @match parts {
            Some(((before, hit), after)) => {
                (visible(before)) mark { (visible(hit)) } (visible(after))
            },
            None => (visible(text)),
        }
    }
}

fn details(sentence: &SentenceRow) -> Markup {
    let voice = match sentence.voice.as_str() {
        "own" => "own voice",
        "scare" => "scare quotes",
        other => other,
    };
    html! {
        (voice)
        @if let Some(source) = &sentence.source { " · source: " (outside(source)) }
        @if let Some(cue) = &sentence.cue { " · cue: " (outside(cue)) }
        @if sentence.negated { " · after a negation" }
        @if let Some(target) = &sentence.target { " · on " (outside(target)) }
        @if sentence.zone != "body" { " · in the " (sentence.zone) }
        @if let Some(date) = &sentence.date { " · " (outside(date)) }
        " · " (article(&sentence.article)) ":" (sentence.line)
    }
}

/// An article's id; a link where it is an address on the web.
pub(super) fn article(id: &str) -> Markup {
    let is_address =
        ["https://", "http://"].iter().any(|scheme| id.starts_with(scheme)) && visible(id) == id;
    html! {
        @if is_address {
            a href=(id) rel="noreferrer" { (outside(id)) }
        } @else {
            (outside(id))
        }
    }
}
