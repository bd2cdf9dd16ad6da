//! Which events a report sets side by side.

/// Which events are looked at closely.
#[derive(Debug, clap::Args)]
pub struct StoryOptions {
    /// Set what the outlets wrote of this event side by side (repeatable), instead of the events
    /// that most outlets cover
    #[arg(long, value_name = "NAME")]
    pub event: Vec<String>,
}
