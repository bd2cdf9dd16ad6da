//! The sampled sentences: category by category, the outlets beside each other.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::super::lookup::Lookup;
use super::super::number::count;
use super::anchors;
use super::outside::{outside, visible};
use crate::report::{EvidenceRow, Report, SentenceRow};

/// Bytes that the sentences of a page may take: a share for the page, one for every article, and
/// never more than the last. Where that is not enough, every cell gives up the same.
const BUDGET: [usize; 3] = [40_000, 1_500, 2_500_000];

/// What a sentence's markup takes beside its text.
const MARKUP: usize = 240;

/// Mentions without a label are there to be looked up, not to be read one after the other.
const MENTIONS: usize = 3;

/// The sentences of one thing in every outlet: kind, lexicon, id and variant, with a heading.
struct Group<'a> {
    title: String,
    rows: Vec<(usize, &'a EvidenceRow)>,
}

/// The filters and the sentences.
pub(super) fn section(lookup: &Lookup<'_>) -> Markup {
    let report = lookup.report;
    let most = most_in_a_cell(report);
    let groups = groups(lookup);
    let rows = groups.iter().flat_map(|group| &group.rows);
    let shown = rows.map(|(_, row)| row.sentences.len().min(limit(row, most))).sum();
    html! {
        p {
            "Each list holds at most " (most.min(report.settings.evidence as usize))
            " sentences: those with the smallest hash of the seed (" (report.settings.seed)
            "), the article and the place, so nobody chose them. Its head says of how many. The words \
             that count are marked; below each sentence stand the voice, the speaker where one was \
             found, and the place."
        }
        (filters(lookup, &groups, shown))
        div #sentences {
            @for (place, group) in groups.iter().enumerate() { (one_group(lookup, group, place, most)) }
        }
    }
}

/// Sentences of a cell that fit the page: all, or as many as the budget leaves for each.
fn most_in_a_cell(report: &Report) -> usize {
    let labelled = labelled(report);
    let size = |most: usize| -> usize {
        let cells = report.evidence.iter().filter(|row| is_shown(row, &labelled));
        let sentences = cells.flat_map(|row| row.sentences.iter().take(limit(row, most)));
        sentences.map(|sentence| sentence.text.len() + MARKUP).sum()
    };
    let [base, article, largest] = BUDGET;
    let budget = (base + article.saturating_mul(report.articles.len())).min(largest);
    let mut most = report.evidence.iter().map(|row| row.sentences.len()).max().unwrap_or(0);
    while most > 1 && size(most) > budget {
        most -= 1;
    }
    most
}

/// Targets that some outlet labels: those that the tables list.
pub(super) fn labelled(report: &Report) -> BTreeSet<&str> {
    let rows = report.targets.iter().filter(|row| !row.by_term.is_empty());
    rows.map(|row| row.target.as_str()).collect()
}

/// Whether a cell stands on the page: mentions only of targets that are listed.
pub(super) fn is_shown(row: &EvidenceRow, labelled: &BTreeSet<&str>) -> bool {
    !row.sentences.is_empty() && (row.kind != "mention" || labelled.contains(row.id.as_str()))
}

fn limit(row: &EvidenceRow, most: usize) -> usize {
    if row.kind == "mention" { most.min(MENTIONS) } else { most }
}

/// The sentences of a cell that are shown: where there are too many, those with the smallest hash
/// of seed, article and place, in the order of the corpus.
fn shown(report: &Report, row: &EvidenceRow, most: usize) -> Vec<usize> {
    let limit = limit(row, most);
    let mut places: Vec<usize> = (0..row.sentences.len()).collect();
    if places.len() > limit {
        places.sort_by_cached_key(|&place| {
            let sentence = &row.sentences[place];
            let mut hasher = blake3::Hasher::new();
            hasher.update(&report.settings.seed.to_le_bytes());
            hasher.update(sentence.article.as_bytes());
            hasher.update(&sentence.line.to_le_bytes());
            hasher.update(&sentence.start.to_le_bytes());
            *hasher.finalize().as_bytes()
        });
        places.truncate(limit);
        places.sort_unstable();
    }
    places
}

fn groups<'a>(lookup: &Lookup<'a>) -> Vec<Group<'a>> {
    type Id<'a> = (&'a str, &'a str, &'a str, &'a str);
    let mut places: BTreeMap<Id<'a>, usize> = BTreeMap::new();
    let mut groups: Vec<(usize, Group<'a>)> = Vec::new();
    let labelled = labelled(lookup.report);
    for (index, row) in lookup.report.evidence.iter().enumerate() {
        if !is_shown(row, &labelled) {
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
        "label" => (AFTER + 2, format!("Labels on {}", title_of_target())),
        _ => (AFTER + 3, format!("Mentions of {}", title_of_target())),
    };
    (rank, Group { title, rows: Vec::new() })
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
                    @for (place, group) in groups.iter().enumerate() {
                        option value=(place) { (visible(&group.title)) }
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

fn one_group(lookup: &Lookup<'_>, group: &Group<'_>, place: usize, most: usize) -> Markup {
    let total: u64 = group.rows.iter().map(|(_, row)| row.total).sum();
    let shown: usize =
        group.rows.iter().map(|(_, row)| row.sentences.len().min(limit(row, most))).sum();
    html! {
        details.group data-group=(place) {
            summary {
                span.name { (outside(&group.title)) }
                " " span.faint { (count(shown as u64)) " of " (count(total)) }
            }
            div.sides-by-side {
                @for (index, row) in &group.rows { (one_cell(lookup, *index, row, most)) }
            }
        }
    }
}

fn one_cell(lookup: &Lookup<'_>, index: usize, row: &EvidenceRow, most: usize) -> Markup {
    let places = shown(lookup.report, row, most);
    html! {
        div.side id=(anchors::id(index)) tabindex="-1" data-outlet=(visible(&row.outlet)) {
            h3 {
                (outside(lookup.outlet(&row.outlet)))
                " " span.of { (count(places.len() as u64)) " of " (count(row.total)) }
            }
            ul.sentences {
                @for place in places { (one_sentence(&row.sentences[place])) }
            }
        }
    }
}

fn one_sentence(sentence: &SentenceRow) -> Markup {
    html! {
        li data-voice=(visible(&sentence.voice)) data-term=(visible(&sentence.term)) {
            p dir="auto" { (marked(sentence)) }
            small { (details(sentence)) }
        }
    }
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
