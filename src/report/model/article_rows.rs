//! The rows of articles of a report: read from a file, or made from packed tallies when somebody asks.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::evidence::ArticleRow;
use crate::report::article_row;
use crate::tally::{Articles, SpillError};

/// The tallies of a report's articles. They take up several times as much room as rows as they do packed;
/// a report that is only written never holds more than one row.
#[derive(Debug, Clone, Default)]
pub struct ArticleRows {
    packed: Option<Articles>,
    rows: OnceLock<Vec<ArticleRow>>,
}

impl ArticleRows {
    /// Every row, one at a time where they are not held anyway.
    pub fn each(&self) -> impl Iterator<Item = Cow<'_, ArticleRow>> {
        let held = self.rows.get();
        let packed = self.packed.iter().filter(move |_| held.is_none());
        let made = packed.flat_map(|all| all.rows(0..all.len()));
        let made = made.map(|row| Cow::Owned(article_row(&row)));
        held.into_iter().flatten().map(Cow::Borrowed).chain(made)
    }

    /// What went wrong when rows outside memory were read: then some came without counts.
    pub fn fault(&self) -> Option<&SpillError> {
        self.packed.as_ref().and_then(Articles::fault)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match (&self.packed, self.rows.get()) {
            (Some(articles), None) => articles.len(),
            _ => (**self).len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl From<Articles> for ArticleRows {
    fn from(articles: Articles) -> Self {
        Self { packed: Some(articles), rows: OnceLock::new() }
    }
}

impl From<Vec<ArticleRow>> for ArticleRows {
    fn from(rows: Vec<ArticleRow>) -> Self {
        Self { packed: None, rows: rows.into() }
    }
}

impl Deref for ArticleRows {
    type Target = Vec<ArticleRow>;

    fn deref(&self) -> &Vec<ArticleRow> {
        self.rows.get_or_init(|| {
            let articles = self.packed.iter();
            articles.flat_map(|all| all.rows(0..all.len())).map(|row| article_row(&row)).collect()
        })
    }
}

#[cfg(test)]
impl std::ops::DerefMut for ArticleRows {
    fn deref_mut(&mut self) -> &mut Vec<ArticleRow> {
        *self = Self::from(self.to_vec());
        self.rows.get_mut().unwrap()
    }
}

impl<'a> IntoIterator for &'a ArticleRows {
    type Item = &'a ArticleRow;
    type IntoIter = std::slice::Iter<'a, ArticleRow>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for ArticleRows {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Serialize for ArticleRows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (Some(articles), None) = (&self.packed, self.rows.get()) else {
            return (**self).serialize(serializer);
        };
        let mut rows = serializer.serialize_seq(Some(articles.len()))?;
        for row in articles.rows(0..articles.len()) {
            rows.serialize_element(&article_row(&row))?;
        }
        if let Some(fault) = articles.fault() {
            return Err(serde::ser::Error::custom(fault));
        }
        rows.end()
    }
}

impl<'de> Deserialize<'de> for ArticleRows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}
