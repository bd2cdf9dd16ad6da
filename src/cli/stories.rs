//! Which events a report sets side by side.

use clap::ValueEnum;
use parallax::events::Source;

/// What events are taken from, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EventSource {
    /// Those that the metadata declare
    Declared,
    /// Articles grouped by date, names and rare words in common, whatever the metadata say
    Found,
    /// None: all articles are pooled
    None,
}

impl From<EventSource> for Source {
    fn from(name: EventSource) -> Self {
        match name {
            EventSource::Declared => Self::Declared,
            EventSource::Found => Self::Found,
            EventSource::None => Self::None,
        }
    }
}

/// Which events there are, and which are looked at closely.
#[derive(Debug, clap::Args)]
pub struct StoryOptions {
    /// Set what the outlets wrote of this event side by side (repeatable), instead of the events
    /// that most outlets cover
    #[arg(long, value_name = "NAME")]
    pub event: Vec<String>,

    /// What comparisons within events, coverage and side by side rest on
    #[arg(long, value_enum, value_name = "SOURCE", default_value_t = EventSource::Declared)]
    pub events: EventSource,
}
