//! Which events a report sets side by side.

use std::cmp::Reverse;

use super::model::Events;
use super::told::Chosen;
use crate::tally::Articles;

/// Articles that are read again, unless events are named.
const ARTICLES: usize = 60;

/// Articles up to which all are set side by side where no event is known.
const FEW: usize = 12;

/// An event was named that there is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("--event: there is no event `{name}`; {}",
    if known.is_empty() { "there are none, or --events sets them aside".to_owned() } else { format!("there are: {}", known.join(", ")) })]
pub struct UnknownEvent {
    /// What was asked for.
    pub name: String,
    /// The first of those that there are.
    pub known: Vec<String>,
}

/// The events that are named, else those that most outlets cover; where no event is known and the
/// articles are few, all of them.
///
/// # Errors
/// A name that no event has.
pub fn choose(
    names: &[String],
    events: &Events,
    articles: &Articles,
) -> Result<Chosen, UnknownEvent> {
    if !names.is_empty() {
        let place = |name: &String| {
            let unknown = || UnknownEvent {
                name: name.clone(),
                known: events.events.iter().take(20).map(|event| event.id.clone()).collect(),
            };
            events.events.iter().position(|event| event.id == *name).ok_or_else(unknown)
        };
        let places = names.iter().map(place).collect::<Result<Vec<usize>, _>>()?;
        return Ok(Chosen::of(events, places, articles));
    }
    let outlets = |place: usize| events.outlets(&events.events[place], articles).len();
    let mut shared: Vec<usize> =
        (0..events.events.len()).filter(|&place| outlets(place) > 1).collect();
    shared.sort_by_key(|&place| {
        (Reverse(outlets(place)), Reverse(events.events[place].articles.len()), place)
    });
    let mut room = ARTICLES;
    shared.retain(|&place| {
        let needed = events.events[place].articles.len();
        let fits = needed <= room;
        room -= if fits { needed } else { 0 };
        fits
    });
    if shared.is_empty() && articles.len() <= FEW {
        return Ok(Chosen::all(articles));
    }
    Ok(Chosen::of(events, shared, articles))
}
