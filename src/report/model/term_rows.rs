//! The rows of terms of a report: read from a file, or made from numbers when somebody asks.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::people::TermRow;
use crate::lexicon::{EntryId, Inventory};
use crate::tally::VoiceGroup;

/// The hits by term of a report. Of 500 outlets and 10,000 terms there are millions; a report that is only
/// written never holds more than one row of them with its names.
#[derive(Debug, Clone, Default)]
pub struct TermRows {
    counted: Option<CountedTerms>,
    rows: OnceLock<Vec<TermRow>>,
}

/// Hits of a term in an outlet and voice.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct TermHits {
    pub(in crate::report) entry: EntryId,
    pub(in crate::report) voice: VoiceGroup,
    pub(in crate::report) hits: u64,
    pub(in crate::report) found: u64,
    pub(in crate::report) articles_with_hits: u64,
}

/// Hits of terms, outlet after outlet.
#[derive(Debug, Clone, Default)]
pub(in crate::report) struct CountedTerms {
    /// Each with the end of its rows.
    outlets: Vec<(String, usize)>,
    /// Lexicon, category and term of an entry.
    names: BTreeMap<EntryId, [String; 3]>,
    rows: Vec<TermHits>,
}

impl CountedTerms {
    /// Adds the terms of an outlet; entries that are of no category are left out.
    pub(in crate::report) fn add(
        &mut self,
        outlet: &str,
        inventory: &Inventory,
        hits: impl Iterator<Item = TermHits>,
    ) {
        for hits in hits {
            let Some(category) = inventory.category(hits.entry) else { continue };
            self.names.entry(hits.entry).or_insert_with(|| {
                let lexicon = inventory.lexicon_of(hits.entry).id.clone();
                [lexicon, category.id.clone(), inventory.term(hits.entry).text.clone()]
            });
            self.rows.push(hits);
        }
        self.outlets.push((outlet.to_owned(), self.rows.len()));
    }

    fn rows(&self) -> impl Iterator<Item = TermRow> {
        let mut start = 0;
        self.outlets.iter().flat_map(move |(outlet, end)| {
            let rows = &self.rows[start..*end];
            start = *end;
            rows.iter().map(|hits| self.row(outlet, hits))
        })
    }

    fn row(&self, outlet: &str, hits: &TermHits) -> TermRow {
        let [lexicon, category, term] = self.names.get(&hits.entry).cloned().unwrap_or_default();
        TermRow {
            outlet: outlet.to_owned(),
            lexicon,
            category,
            term,
            voice: hits.voice,
            hits: hits.hits,
            found: hits.found,
            articles_with_hits: hits.articles_with_hits,
        }
    }
}

impl TermRows {
    /// How many there are.
    pub fn len(&self) -> usize {
        match (&self.counted, self.rows.get()) {
            (Some(counted), None) => counted.rows.len(),
            _ => (**self).len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl From<CountedTerms> for TermRows {
    fn from(counted: CountedTerms) -> Self {
        Self { counted: Some(counted), rows: OnceLock::new() }
    }
}

impl From<Vec<TermRow>> for TermRows {
    fn from(rows: Vec<TermRow>) -> Self {
        Self { counted: None, rows: rows.into() }
    }
}

impl Deref for TermRows {
    type Target = Vec<TermRow>;

    fn deref(&self) -> &Vec<TermRow> {
        self.rows.get_or_init(|| self.counted.iter().flat_map(CountedTerms::rows).collect())
    }
}

#[cfg(test)]
impl std::ops::DerefMut for TermRows {
    fn deref_mut(&mut self) -> &mut Vec<TermRow> {
        *self = Self::from(self.to_vec());
        self.rows.get_mut().unwrap()
    }
}

impl<'a> IntoIterator for &'a TermRows {
    type Item = &'a TermRow;
    type IntoIter = std::slice::Iter<'a, TermRow>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for TermRows {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Serialize for TermRows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (Some(counted), None) = (&self.counted, self.rows.get()) else {
            return (**self).serialize(serializer);
        };
        let mut rows = serializer.serialize_seq(Some(counted.rows.len()))?;
        for row in counted.rows() {
            rows.serialize_element(&row)?;
        }
        rows.end()
    }
}

impl<'de> Deserialize<'de> for TermRows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}
