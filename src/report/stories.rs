//! Events as they are saved: who covers them, what was not found, how much of them each outlet has.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::figure;
use super::model::{
    CopiesRow, CoverageRow, EventMethod, EventOutletRow, EventRow, OmissionRow, WarningRow,
};
use super::people::People;
use crate::events::{Event, Events, How};
use crate::statistics::evidence::Thresholds;
use crate::statistics::proportion::wilson_interval;
use crate::tally::{Articles, Head, Row};

/// Targets that are listed as not found in one outlet's articles on one event.
const TARGETS_LEFT_OUT: usize = 5;

/// How the events were found.
pub(super) fn method(events: &Events, articles: &Articles) -> EventMethod {
    let counted = |keep: &dyn Fn(usize) -> bool| {
        (0..articles.len()).filter(|&index| keep(index)).count() as u64
    };
    EventMethod {
        used: events.method.used.clone(),
        threshold: figure(events.method.threshold),
        days: events.method.days,
        limit: events.method.limit,
        without_date: counted(&|index| articles.date(index).is_none()),
        undeclared: counted(&|index| articles.event(index).is_none()),
        alone: events.of_article.iter().filter(|event| event.is_none()).count() as u64,
    }
}

/// Title of an event for people: its id where declared, else its first day and what sets it apart.
pub(super) fn title(event: &Event, articles: &Articles, people: &People<'_>) -> String {
    if event.how == How::Declared {
        return event.id.clone();
    }
    let day = event.articles.iter().filter_map(|&index| articles.date(index)).min();
    let day = day.map_or_else(|| "no date".to_owned(), |day| day.to_string());
    let names: Vec<String> = event.names.iter().map(|name| people.title(name)).collect();
    if names.is_empty() { day } else { format!("{day}: {}", names.join(", ")) }
}

/// The events, by first day and id.
pub(super) fn events(events: &Events, articles: &Articles, people: &People<'_>) -> Vec<EventRow> {
    let row = |event: &Event| {
        let days = || event.articles.iter().filter_map(|&index| articles.date(index));
        EventRow {
            event: event.id.clone(),
            title: title(event, articles, people),
            how: event.how.name().to_owned(),
            first: days().min().map(|day| day.to_string()),
            last: days().max().map(|day| day.to_string()),
            articles: event.articles.len() as u64,
            similarity: figure(event.similarity),
            outlets: outlets_of(&event.articles, articles),
            copies: event.copies.iter().map(|copies| copies_row(copies, articles)).collect(),
        }
    };
    events.events.iter().map(row).collect()
}

/// The articles by outlet.
pub(super) fn outlets_of(indices: &[usize], articles: &Articles) -> Vec<EventOutletRow> {
    let mut by_outlet: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for &index in indices {
        let article = articles.head(index);
        by_outlet.entry(article.outlet).or_default().push(article.id);
    }
    let row = |(outlet, articles): (&str, Vec<String>)| EventOutletRow {
        outlet: outlet.to_owned(),
        articles,
    };
    by_outlet.into_iter().map(row).collect()
}

fn copies_row((copies, similarity): &(Vec<usize>, f64), articles: &Articles) -> CopiesRow {
    let name = |&index: &usize| {
        let article = articles.head(index);
        [article.outlet.to_owned(), article.id]
    };
    CopiesRow { articles: copies.iter().map(name).collect(), similarity: figure(*similarity) }
}

/// Groups of copies that are named, and copies of a group.
const COPIES_NAMED: usize = 5;

/// What of the events may mislead: copies, missing dates, events that were not sought.
pub(super) fn warnings(events: &Events, articles: &Articles) -> Vec<WarningRow> {
    let mut rows = Vec::new();
    let mut warn = |code: &str, count: u64, message: String| {
        if count > 0 {
            rows.push(WarningRow { code: code.to_owned(), outlet: None, count, message });
        }
    };
    let all: Vec<&Vec<usize>> =
        events.events.iter().flat_map(|event| &event.copies).map(|(copies, _)| copies).collect();
    let copies: u64 = all.iter().map(|copies| copies.len() as u64).sum();
    let name = |&index: &usize| {
        let Head { outlet, id, .. } = articles.head(index);
        if id.contains(outlet) { id } else { format!("{outlet} {id}") }
    };
    let named: Vec<String> = all
        .iter()
        .take(COPIES_NAMED)
        .map(|copies| {
            let named: Vec<String> = copies.iter().take(COPIES_NAMED).map(name).collect();
            let more = copies.len() - named.len();
            let more = if more > 0 { format!(" = {more} more") } else { String::new() };
            named.join(" = ") + &more
        })
        .collect();
    let more = if all.len() > COPIES_NAMED { "; …" } else { "" };
    warn(
        "near-copies",
        copies,
        format!(
            "nearly the same text within an event (wire copy or versions): {}{more}. Within events an \
             outlet counts such a text once; in two outlets it makes them look alike",
            named.join("; ")
        ),
    );
    let sought = events.method.used == "found";
    let undated =
        (0..articles.len()).filter(|&index| articles.date(index).is_none()).count() as u64;
    warn(
        "events-without-dates",
        if sought { undated } else { 0 },
        "articles without a date were grouped into events by their content alone".to_owned(),
    );
    let too_many = sought && articles.len() as u64 > events.method.limit;
    warn(
        "events-not-sought",
        if too_many { articles.len() as u64 } else { 0 },
        format!("too many articles: events are sought in at most {}", events.method.limit),
    );
    rows
}

/// Outlets beside one that must have something before it counts as known of: two, where there are
/// as many; a tenth of them, where there are more than twenty, or what two of five hundred wrote
/// would be missing from all others.
fn others_needed(outlets: usize) -> usize {
    if outlets > 2 { outlets.div_ceil(10).max(2) } else { 1 }
}

/// The part of the events, known from the others, that each outlet covers.
pub(super) fn coverage(
    events: &Events,
    articles: &Articles,
    outlets: &[&str],
    thresholds: &Thresholds,
) -> Vec<CoverageRow> {
    if outlets.len() < 2 || events.events.is_empty() {
        return Vec::new();
    }
    let needed = others_needed(outlets.len());
    let covering: Vec<BTreeSet<&str>> =
        events.events.iter().map(|event| events.outlets(event, articles)).collect();
    let row = |outlet: &&str| {
        let known =
            covering.iter().filter(|set| set.len() - usize::from(set.contains(*outlet)) >= needed);
        let all = known.clone().count() as u64;
        let covered = known.filter(|set| set.contains(*outlet)).count() as u64;
        let interval = wilson_interval(covered, all, thresholds.alpha);
        CoverageRow {
            outlet: (*outlet).to_owned(),
            others: needed as u64,
            events: all,
            covered,
            share: figure((all > 0).then(|| covered as f64 / all as f64)),
            low: figure(interval.map(|interval| interval.low)),
            high: figure(interval.map(|interval| interval.high)),
        }
    };
    outlets.iter().map(row).collect()
}

/// Events that others cover and an outlet does not, and, within those that it covers, the targets
/// that others name and it does not.
pub(super) fn omissions(
    events: &Events,
    articles: &Articles,
    outlets: &[&str],
    people: &People<'_>,
) -> Vec<OmissionRow> {
    let needed = others_needed(outlets.len());
    let mut rows = Vec::new();
    for event in &events.events {
        let covering = events.outlets(event, articles);
        if outlets.len() < 2 || covering.len() < needed {
            continue;
        }
        let members: Vec<Row<'_>> = event.articles.iter().map(|&i| articles.row(i)).collect();
        for outlet in outlets {
            if covering.contains(outlet) {
                rows.extend(unnamed(event, &members, outlet, needed, people));
            } else {
                rows.push(OmissionRow {
                    outlet: (*outlet).to_owned(),
                    kind: "event".to_owned(),
                    event: event.id.clone(),
                    target: None,
                    title: title(event, articles, people),
                    outlets: covering.iter().map(|outlet| (*outlet).to_owned()).collect(),
                    articles: event.articles.len() as u64,
                    mentions: 0,
                    own_articles: 0,
                });
            }
        }
    }
    rows
}

/// Outlets, articles and mentions of a target in the articles of the others.
type Elsewhere<'a> = (BTreeSet<&'a str>, u64, u64);

fn unnamed(
    event: &Event,
    members: &[Row<'_>],
    outlet: &str,
    needed: usize,
    people: &People<'_>,
) -> Vec<OmissionRow> {
    let own: Vec<&Row<'_>> = members.iter().filter(|row| row.head.outlet == outlet).collect();
    let named: BTreeSet<&str> =
        own.iter().flat_map(|row| &row.mentions).map(|mention| mention.target).collect();
    let mut elsewhere: BTreeMap<&str, Elsewhere<'_>> = BTreeMap::new();
    for article in members.iter().filter(|row| row.head.outlet != outlet) {
        let mut here: BTreeMap<&str, u64> = BTreeMap::new();
        for mention in &article.mentions {
            *here.entry(mention.target).or_insert(0) += u64::from(mention.mentions);
        }
        for (target, mentions) in here.into_iter().filter(|(target, _)| !named.contains(target)) {
            let entry = elsewhere.entry(target).or_default();
            entry.0.insert(article.head.outlet);
            entry.1 += 1;
            entry.2 += mentions;
        }
    }
    let mut left_out: Vec<(&str, Elsewhere<'_>)> =
        elsewhere.into_iter().filter(|(_, (outlets, ..))| outlets.len() >= needed).collect();
    left_out.sort_by(|(x, of_x), (y, of_y)| {
        let weight = |of: &Elsewhere<'_>| (of.0.len(), of.1, of.2);
        weight(of_y).cmp(&weight(of_x)).then_with(|| x.cmp(y))
    });
    let row = |(target, (outlets, articles, mentions)): (&str, Elsewhere<'_>)| OmissionRow {
        outlet: outlet.to_owned(),
        kind: "target".to_owned(),
        event: event.id.clone(),
        target: Some(target.to_owned()),
        title: people.title(target),
        outlets: outlets.into_iter().map(str::to_owned).collect(),
        articles,
        mentions,
        own_articles: own.len() as u64,
    };
    left_out.into_iter().take(TARGETS_LEFT_OUT).map(row).collect()
}
