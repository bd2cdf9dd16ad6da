//! The two axes along which every word of an article is placed: zone and voice.

use serde::{Deserialize, Serialize};

/// Part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// The title above the article.
    Headline,
    /// A line under the headline or between paragraphs that titles what follows.
    Subhead,
    /// Who wrote it, where and when.
    Byline,
    /// The text of a picture, credit included.
    Caption,
    /// The running text.
    Body,
    /// Page furniture: navigation, newsletters, comment notes.
    Boilerplate,
}

impl Zone {
    /// Every zone, in the order of an article and of every table.
    pub const ALL: [Self; 6] =
        [Self::Headline, Self::Subhead, Self::Byline, Self::Caption, Self::Body, Self::Boilerplate];

    /// The name used in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Subhead => "subhead",
            Self::Byline => "byline",
            Self::Caption => "caption",
            Self::Body => "body",
            Self::Boilerplate => "boilerplate",
        }
    }

    /// The zone of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|zone| zone.name() == name)
    }
}

/// Whose words they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// The outlet's own words, cues included.
    Own,
    /// Reported in the outlet's words: the finite clause that a cue reports.
    Attributed,
    /// Inside quotation marks that have a speaker.
    Quoted,
    /// Inside marks that distance the outlet from the words.
    Scare,
}

impl Voice {
    /// Every voice, in the order of every table.
    pub const ALL: [Self; 4] = [Self::Own, Self::Attributed, Self::Quoted, Self::Scare];

    /// The name used in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Attributed => "attributed",
            Self::Quoted => "quoted",
            Self::Scare => "scare",
        }
    }

    /// The voice of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|voice| voice.name() == name)
    }
}

/// A set of zones, for instance those that a category searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ZoneSet(u8);

impl ZoneSet {
    /// No zone.
    pub const EMPTY: Self = Self(0);
    /// Headline, subhead and body: what a category searches unless it says otherwise.
    pub const DEFAULT: Self =
        Self(1 << Zone::Headline as u8 | 1 << Zone::Subhead as u8 | 1 << Zone::Body as u8);

    /// The set with `zone` in it.
    #[must_use]
    pub fn with(self, zone: Zone) -> Self {
        Self(self.0 | 1 << zone as u8)
    }

    /// Whether `zone` is in the set.
    pub fn contains(self, zone: Zone) -> bool {
        self.0 & 1 << zone as u8 != 0
    }

    /// The zones, in order.
    pub fn iter(self) -> impl Iterator<Item = Zone> {
        Zone::ALL.into_iter().filter(move |&zone| self.contains(zone))
    }
}
