//! Which events a report rests on, and which it sets side by side.

use std::cmp::Reverse;

use parallax::events::{Chosen, Events};
use parallax::tally::ArticleTally;

/// Articles that are read again, unless events are named.
const ARTICLES: usize = 60;

/// Articles up to which all are set side by side where no event is known.
const FEW: usize = 12;

/// How events are known, and which are looked at closely.
#[derive(Debug, clap::Args)]
pub struct StoryOptions {
    /// Set what the outlets wrote of this event side by side (repeatable), instead of the events
    /// that most outlets cover
    #[arg(long, value_name = "NAME")]
    event: Vec<String>,
}

/// The events of the corpus.
pub fn events(_options: &StoryOptions, articles: &[ArticleTally]) -> anyhow::Result<Events> {
    Ok(Events::declared(articles))
}

/// The events that are named, else those that most outlets cover.
pub fn chosen(
    options: &StoryOptions,
    events: &Events,
    articles: &[ArticleTally],
) -> anyhow::Result<Chosen> {
    if !options.event.is_empty() {
        let place = |name: &String| {
            events.events.iter().position(|event| event.id == *name).ok_or_else(|| {
                let known: Vec<&str> =
                    events.events.iter().map(|event| event.id.as_str()).take(20).collect();
                anyhow::anyhow!(
                    "--event: there is no event `{name}`; there are: {}",
                    known.join(", ")
                )
            })
        };
        let places = options.event.iter().map(place).collect::<anyhow::Result<Vec<usize>>>()?;
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
