//! What a lexicon file says, once it has been read and found sound.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::ZoneSet;

/// One lexicon file: categories of terms, choices between alternatives, targets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lexicon {
    /// Unique name, kebab-case.
    pub id: String,
    /// For people.
    pub title: String,
    /// As the file gives it.
    pub version: String,
    /// BCP 47 tag of the language of the terms.
    pub language: String,
    /// SPDX expression, if given.
    pub license: Option<String>,
    /// What the lexicon is for.
    pub description: String,
    /// Where the idea or the list comes from.
    pub sources: Vec<String>,
    /// Whether a built-in lexicon is used without being named.
    pub default: bool,
    /// Groups of terms.
    pub categories: Vec<Category>,
    /// Alternatives for one referent.
    pub choices: Vec<Choice>,
    /// People, parties, states … that are named.
    pub targets: Vec<Target>,
    /// Where it was read from: a path, or `built-in:ID`.
    pub origin: String,
}

/// A named group of terms, the unit that rates are computed for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Category {
    /// Unique in its lexicon, kebab-case.
    pub id: String,
    /// For people.
    pub title: String,
    /// A definition that a coder could apply.
    pub description: String,
    /// Works that the idea comes from.
    pub sources: Vec<String>,
    /// Zones that are searched.
    pub zones: ZoneSet,
    /// Whether its rate follows the topic: compare only within events.
    pub topic_sensitive: bool,
    /// Whether its terms are labels: put on whom a sentence says them of, where a rule can tell.
    pub labels: bool,
    /// What the poles of its terms are poles of.
    pub axis: Option<String>,
    /// What is measured.
    pub measure: Measure,
    /// The category on the other side, for the balance index (users' lexicons alone).
    pub opposes: Option<String>,
    /// The entries, in the order of the file.
    pub terms: Vec<Term>,
    /// Bytes of the lexicon file that hold it.
    #[serde(skip)]
    pub place: Range<usize>,
}

/// What is measured of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// Hits per 1,000 words.
    Rate,
    /// Share of articles with at least `distinct` different terms.
    Articles {
        /// How many different terms an article must hold.
        distinct: u32,
    },
}

/// One entry of a category, a variant's pattern, or a name of a target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// As written in the file, or the `name` of a regex: the term's name in every table.
    pub text: String,
    /// What is matched.
    pub pattern: Pattern,
    /// Which pole of the axis it is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pole: Option<String>,
    /// The term of the other pole that comes from the same frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<String>,
    /// Overrides the category's axis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub axis: Option<String>,
    /// Why a directional term has no partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unpaired: Option<String>,
    /// Whether its inclusion is disputed.
    pub contested: bool,
    /// Carried from imported lists, never used in a rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// Patterns that drop a hit which their match covers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    /// Texts in which the term must be kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hits: Vec<String>,
    /// Texts in which the term must not be kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub misses: Vec<String>,
    /// Why it is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether it has an innocent reading.
    pub ambiguous: bool,
    /// Bytes of the lexicon file that hold it.
    #[serde(skip)]
    pub place: Range<usize>,
}

impl Term {
    /// A word or phrase without options. `place` is where its file holds it.
    pub fn plain(text: impl Into<String>, place: Range<usize>) -> Self {
        let text = text.into();
        Self {
            pattern: Pattern::Words {
                forms: vec![text.clone()],
                exact_case: false,
                exact_accents: false,
            },
            text,
            pole: None,
            pair: None,
            axis: None,
            unpaired: None,
            contested: false,
            weight: None,
            unless: Vec::new(),
            hits: Vec::new(),
            misses: Vec::new(),
            note: None,
            ambiguous: false,
            place,
        }
    }
}

/// What a term matches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Pattern {
    /// Sequences of word patterns: the term as written and its further forms.
    Words {
        /// Each a word or phrase in the notation of the file (`*`, `?`), first the term itself, then
        /// inflected and listed forms, without repetition.
        forms: Vec<String>,
        /// Whether case must agree.
        exact_case: bool,
        /// Whether accents must agree.
        exact_accents: bool,
    },
    /// A regular expression, matched without case on the text as it is.
    Regex(String),
}

/// Alternatives for one referent, measured as shares of the choices made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Unique in its lexicon.
    pub id: String,
    /// For people.
    pub title: String,
    /// The referent.
    pub description: String,
    /// Name of the variant and its patterns, in the order of the names.
    pub variants: BTreeMap<String, Vec<Term>>,
    /// Bytes of the lexicon file that hold it.
    #[serde(skip)]
    pub place: Range<usize>,
}

/// A person, party, state, group, organisation or policy that is named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Unique in its lexicon.
    pub id: String,
    /// For people.
    pub title: String,
    /// What kind of thing it is.
    pub kind: TargetKind,
    /// The names by which it is mentioned.
    pub names: Vec<Term>,
    /// Titles and offices that may stand before its names.
    pub titles: Vec<String>,
    /// Bytes of the lexicon file that hold it.
    #[serde(skip)]
    pub place: Range<usize>,
}

/// What kind of thing a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TargetKind {
    /// A human being.
    Person,
    /// A political party.
    Party,
    /// A country or its government.
    State,
    /// A group of people.
    Group,
    /// An institution, company or association.
    Organisation,
    /// A law, plan or programme.
    Policy,
}

impl TargetKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Party, Self::State, Self::Group, Self::Organisation, Self::Policy];

    /// The name used in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Party => "party",
            Self::State => "state",
            Self::Group => "group",
            Self::Organisation => "organisation",
            Self::Policy => "policy",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
