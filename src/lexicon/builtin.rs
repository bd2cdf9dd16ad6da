//! The lexicons that come with the program.

/// A lexicon that comes with the program: its id and the TOML of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Builtin {
    /// The id, which is also the name of its file.
    pub id: &'static str,
    /// The file.
    pub source: &'static str,
}

macro_rules! builtin {
    ($($id:literal),* $(,)?) => {
        &[$(Builtin { id: $id, source: include_str!(concat!("../../lexicons/", $id, ".toml")) }),*]
    };
}

/// Every lexicon that comes with the program, in the order of every table.
pub const BUILTIN: &[Builtin] = builtin![
    "political-labels",
    "contested-labels",
    "alarm-and-metaphor",
    "stance",
    "reporting-verbs",
    "sourcing",
    "responsibility",
    "naming",
    "news-frames",
    "choices",
    "targets",
];
