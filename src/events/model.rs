//! Events and the articles in them.

use std::collections::{BTreeMap, BTreeSet};

use super::copies::copies;
use crate::tally::Articles;

/// How an event came to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// By the metadata of its articles.
    Declared,
    /// By the likeness of its articles.
    Found,
}

impl How {
    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Found => "found",
        }
    }
}

/// What events are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// The metadata.
    #[default]
    Declared,
    /// The likeness of the articles, whatever the metadata say.
    Found,
    /// Nothing: there are none.
    None,
}

/// A story, with the articles that tell it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// As declared, or the first day and what sets it apart.
    pub id: String,
    /// Of a found one, the keys of the names that set it apart.
    pub names: Vec<String>,
    /// How it came to be one.
    pub how: How,
    /// Its articles: indices into the finished tallies, ascending.
    pub articles: Vec<usize>,
    /// Mean similarity of its articles, 0 to 1; `None` where none was computed.
    pub similarity: Option<f64>,
    /// Articles of it that are nearly one text, with the smallest similarity that joined them.
    pub copies: Vec<(Vec<usize>, f64)>,
}

/// How events were sought.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Method {
    /// `declared`, `found` or `none`.
    pub used: String,
    /// Similarity from which articles are grouped.
    pub threshold: Option<f64>,
    /// Days that may lie between two articles of one event.
    pub days: Option<u64>,
    /// Articles up to which events are sought.
    pub limit: u64,
}

/// The events of a corpus.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Events {
    /// How they were sought.
    pub method: Method,
    /// Those that were found or declared, by first day and id.
    pub events: Vec<Event>,
    /// The event of each article, by index.
    pub of_article: Vec<Option<usize>>,
    /// Articles that are nearly the text of an earlier one of the same outlet and event: the earlier
    /// one counts for both.
    pub repeats: BTreeSet<usize>,
    /// Articles of one outlet, two and more, that are nearly one text, whatever their events: what a
    /// pooled comparison counts several times. Ascending; none above [`LIMIT`](super::LIMIT) articles.
    pub near_copies: Vec<Vec<usize>>,
}

impl Events {
    /// The events of a corpus; `articles` are finished tallies.
    pub fn from(source: Source, articles: &Articles) -> Self {
        match source {
            Source::Declared => Self::declared(articles),
            Source::Found => super::find(articles),
            Source::None => Self::none(articles),
        }
    }

    /// No events.
    pub fn none(articles: &Articles) -> Self {
        let method = Method { used: "none".to_owned(), ..Method::default() };
        Self::new(method, Vec::new(), articles)
    }

    /// The events that metadata declare. `articles` are finished tallies.
    pub fn declared(articles: &Articles) -> Self {
        let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for index in 0..articles.len() {
            if let Some(event) = articles.event(index) {
                members.entry(event).or_default().push(index);
            }
        }
        let event = |(id, articles): (&str, Vec<usize>)| Event {
            id: id.to_owned(),
            names: Vec::new(),
            how: How::Declared,
            articles,
            similarity: None,
            copies: Vec::new(),
        };
        let method = Method { used: "declared".to_owned(), ..Method::default() };
        Self::new(method, members.into_iter().map(event).collect(), articles)
    }

    /// Puts events into their order.
    pub(super) fn new(method: Method, mut events: Vec<Event>, articles: &Articles) -> Self {
        events.sort_by(|x, y| {
            let key = |event: &Event| (first_day(event, articles), event.id.clone());
            key(x).cmp(&key(y))
        });
        let mut of_article = vec![None; articles.len()];
        for (place, event) in events.iter().enumerate() {
            for &article in &event.articles {
                of_article[article] = Some(place);
            }
        }
        let (repeats, near_copies) = (BTreeSet::new(), Vec::new());
        let mut found = Self { method, events, of_article, repeats, near_copies };
        if articles.len() <= super::LIMIT {
            found.mark_copies(articles);
        }
        found
    }

    /// Says which articles of an event are nearly one text, and which of them repeat an earlier one
    /// of the same outlet.
    fn mark_copies(&mut self, articles: &Articles) {
        for (members, share) in copies(articles) {
            let mut by_event: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            let mut by_outlet: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for &member in &members {
                by_outlet.entry(articles.outlet(member)).or_default().push(member);
                if let Some(event) = self.of_article[member] {
                    by_event.entry(event).or_default().push(member);
                }
            }
            self.near_copies.extend(by_outlet.into_values().filter(|all| all.len() > 1));
            for (event, members) in by_event.into_iter().filter(|(_, all)| all.len() > 1) {
                let mut outlets = BTreeSet::new();
                let repeats =
                    members.iter().filter(|&&member| !outlets.insert(articles.outlet(member)));
                self.repeats.extend(repeats);
                self.events[event].copies.push((members, share));
            }
        }
        self.near_copies.sort_unstable();
    }

    /// The outlets that an event's articles are of.
    pub fn outlets<'a>(&self, event: &Event, articles: &'a Articles) -> BTreeSet<&'a str> {
        event.articles.iter().map(|&index| articles.outlet(index)).collect()
    }
}

fn first_day(event: &Event, articles: &Articles) -> Option<jiff::civil::Date> {
    event.articles.iter().filter_map(|&index| articles.date(index)).min()
}
