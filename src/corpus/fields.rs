//! Which field of a table holds what: given, or guessed from the first rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use thiserror::Error;

/// How many rows of a table are looked at to guess its fields.
pub(super) const ROWS_LOOKED_AT: usize = 50;

/// What a field may hold that the corpus has a use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The text of the article.
    Text,
    /// Who published it.
    Outlet,
    /// When it was published.
    Date,
    /// Its title.
    Title,
    /// Where it was published.
    Url,
    /// Its id.
    Id,
    /// The story that it covers.
    Event,
}

impl Role {
    /// Every role, in the order of messages and of `corpus.toml`.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Outlet, Self::Date, Self::Title, Self::Url, Self::Id, Self::Event];

    /// The name used in `corpus.toml` and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Outlet => "outlet",
            Self::Date => "date",
            Self::Title => "title",
            Self::Url => "url",
            Self::Id => "id",
            Self::Event => "event",
        }
    }

    /// The role of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Names that fields of this role have in the wild, small letters and digits alone, the surest
    /// group first. Within a group of text or outlet none is surer than the other.
    fn candidates(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Text => &[
                &[
                    "text",
                    "content",
                    "body",
                    "fulltext",
                    "articletext",
                    "articlebody",
                    "articlecontent",
                    "bodytext",
                    "maintext",
                    "plaintext",
                    "cleantext",
                    "rawtext",
                    "contenttext",
                ],
                &["article", "story", "transcript", "speech", "statement"],
            ],
            Self::Outlet => &[
                &["outlet"],
                &[
                    "source",
                    "publisher",
                    "publication",
                    "newspaper",
                    "sourcename",
                    "outletname",
                    "publishername",
                    "publicationname",
                    "medium",
                    "newsoutlet",
                    "newssource",
                    "medianame",
                    "threadsite",
                ],
                &["site", "domain", "sourcedomain", "website", "sitename", "journal", "channel"],
            ],
            Self::Date => &[
                &["date"],
                &[
                    "datepublished",
                    "publisheddate",
                    "publishdate",
                    "publicationdate",
                    "pubdate",
                    "datepublish",
                ],
                &["published", "publishedat", "publishedon", "dateline", "datetime", "timestamp"],
                &["createdat", "created", "time", "day"],
            ],
            Self::Title => &[&["title"], &["headline", "articletitle", "heading", "headlinetext"]],
            Self::Url => &[&["url"], &["link", "articleurl", "permalink", "canonicalurl", "uri"]],
            Self::Id => &[&["id"], &["articleid", "docid", "documentid", "guid", "uuid"]],
            Self::Event => &[&["event"], &["eventid", "storyid", "clusterid"]],
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The names of the fields that hold each role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct FieldNames(BTreeMap<Role, String>);

/// A `ROLE=NAME` that can't be understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", if *is_second {
    format!("`{written}` names a second field for a role that has one; name one for each")
} else {
    format!(
        "`{written}` does not name a field; write ROLE=NAME, for instance text=content, where ROLE is \
         one of text, outlet, date, title, url, id, event"
    )
})]
pub struct FieldSyntax {
    /// What was written.
    pub written: String,
    /// Whether the role has another field already.
    pub is_second: bool,
}

impl FieldNames {
    /// The names of a format that calls its fields by their roles, and by those in `others`: what is
    /// given counts where it has such a field. The outlet is none of them: its host tells it.
    pub(super) fn own(others: &[String], given: &Self) -> Self {
        let roles = Role::ALL.into_iter().filter(|role| *role != Role::Outlet);
        let mut names = Self(roles.map(|role| (role, role.name().to_owned())).collect());
        let known = given.iter().filter(|(_, name)| others.iter().any(|other| other == name));
        names.0.extend(known.map(|(role, name)| (role, name.to_owned())));
        names
    }

    /// Reads `ROLE=NAME` items, as the command line has them.
    ///
    /// # Errors
    /// An item without `=`, with an unknown role or with no name.
    pub fn parse<S: AsRef<str>>(items: &[S]) -> Result<Self, FieldSyntax> {
        let mut names = Self::default();
        for item in items {
            let item = item.as_ref();
            let (role, name) = item
                .split_once('=')
                .and_then(|(role, name)| Some((Role::from_name(role.trim())?, name.trim())))
                .filter(|(_, name)| !name.is_empty())
                .ok_or_else(|| FieldSyntax { written: item.to_owned(), is_second: false })?;
            if names.get(role).is_some_and(|known| known != name) {
                return Err(FieldSyntax { written: item.to_owned(), is_second: true });
            }
            names.set(role, name);
        }
        Ok(names)
    }

    /// The field of that role.
    pub fn get(&self, role: Role) -> Option<&str> {
        self.0.get(&role).map(String::as_str)
    }

    /// Names the field of a role.
    pub fn set(&mut self, role: Role, name: impl Into<String>) {
        self.0.insert(role, name.into());
    }

    /// The role that a field holds.
    pub fn role_of(&self, name: &str) -> Option<Role> {
        self.0.iter().find(|(_, field)| *field == name).map(|(&role, _)| role)
    }

    /// Every role that has a field, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Role, &str)> {
        self.0.iter().map(|(&role, name)| (role, name.as_str()))
    }

    /// These names, and where they say nothing those of `other`.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        let mut names = other.clone();
        names.0.extend(self.0.clone());
        names
    }
}

impl fmt::Display for FieldNames {
    /// `text = content, outlet = source`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (role, name)) in self.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(formatter, "{comma}{role} = {name}")?;
        }
        Ok(())
    }
}

/// The first rows of a table, as far as a guess needs them.
#[derive(Debug, Default)]
pub(super) struct Sample {
    fields: BTreeSet<String>,
    /// For each row, a fingerprint of each field that isn't blank.
    rows: Vec<BTreeMap<String, u64>>,
}

/// Why fields can't be guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoGuess {
    Ambiguous { role: Role, candidates: Vec<String> },
    NoText { wanted: Option<String>, fields: Vec<String> },
}

impl Sample {
    /// Takes note of a field that stands in a header.
    pub(super) fn header(&mut self, field: &str) {
        self.fields.insert(field.to_owned());
    }

    /// Takes note of a row.
    pub(super) fn row(&mut self, row: &BTreeMap<String, String>) {
        use std::hash::{BuildHasher, BuildHasherDefault};
        let hasher = BuildHasherDefault::<rustc_hash::FxHasher>::default();
        self.fields.extend(row.keys().cloned());
        let filled = row.iter().filter(|(_, value)| !value.trim().is_empty());
        self.rows.push(filled.map(|(key, value)| (key.clone(), hasher.hash_one(value))).collect());
    }

    /// The names of all fields seen.
    pub(super) fn fields(&self) -> Vec<String> {
        self.fields.iter().cloned().collect()
    }

    /// Guesses the fields that `given` doesn't name.
    pub(super) fn guess(&self, given: &FieldNames) -> Result<FieldNames, NoGuess> {
        let mut names = FieldNames::default();
        for role in Role::ALL {
            if let Some(name) = given.get(role) {
                if role == Role::Text && !self.fields.contains(name) {
                    return Err(NoGuess::NoText {
                        wanted: Some(name.to_owned()),
                        fields: self.fields(),
                    });
                }
                names.set(role, name);
                continue;
            }
            let candidates = self.candidates(role, given);
            match &candidates[..] {
                [] if role == Role::Text => {
                    return Err(NoGuess::NoText { wanted: None, fields: self.fields() });
                }
                [] => {}
                [name] => names.set(role, name),
                [_, ..] if matches!(role, Role::Text | Role::Outlet) => {
                    return Err(NoGuess::Ambiguous { role, candidates });
                }
                [first, ..] => names.set(role, first),
            }
        }
        Ok(names)
    }

    /// The fields of the surest group that has any: those with a value in some row if there are
    /// such, without those that always say the same as an earlier one.
    fn candidates(&self, role: Role, given: &FieldNames) -> Vec<String> {
        for group in role.candidates() {
            let mut present: Vec<&String> = group
                .iter()
                .flat_map(|name| self.fields.iter().filter(move |field| plain(field) == *name))
                .filter(|field| given.role_of(field).is_none())
                .collect();
            let filled = |field: &String| self.rows.iter().any(|row| row.contains_key(field));
            if present.iter().any(|field| filled(field)) {
                present.retain(|field| filled(field));
            }
            let mut distinct: Vec<&String> = Vec::new();
            for field in present {
                let same =
                    |other: &&String| self.rows.iter().all(|row| row.get(field) == row.get(*other));
                if self.rows.is_empty() || !distinct.iter().any(same) {
                    distinct.push(field);
                }
            }
            if !distinct.is_empty() {
                return distinct.into_iter().cloned().collect();
            }
        }
        Vec::new()
    }
}

/// Whether a field of that name may hold the role.
pub(super) fn is_candidate(role: Role, field: &str) -> bool {
    let name = plain(field);
    role.candidates().iter().any(|group| group.contains(&name.as_str()))
}

/// A field name as the lists of candidates have it.
fn plain(field: &str) -> String {
    field.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn sample(rows: &[&[(&str, &str)]]) -> Sample {
        let mut sample = Sample::default();
        for row in rows {
            sample.row(&row.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect());
        }
        sample
    }

    fn guess(rows: &[&[(&str, &str)]]) -> Result<String, NoGuess> {
        sample(rows).guess(&FieldNames::default()).map(|names| names.to_string())
    }

    #[test]
    fn common_names_are_known() {
        assert_eq!(
            guess(&[&[
                ("Content", "x"),
                ("source.name", "BBC"),
                ("publishedAt", "2017"),
                ("n", "")
            ]])
            .unwrap(),
            "text = Content, outlet = source.name, date = publishedAt"
        );
        // A surer name hides a less sure one.
        assert_eq!(guess(&[&[("text", "x"), ("article", "y")]]).unwrap(), "text = text");
        assert_eq!(
            guess(&[&[("text", "x"), ("outlet", "a"), ("source", "b")]]).unwrap(),
            "text = text, outlet = outlet"
        );
    }

    #[test]
    fn two_that_differ_are_ambiguous_two_that_agree_are_not() {
        assert_eq!(
            guess(&[&[("text", "a"), ("body", "b")]]),
            Err(NoGuess::Ambiguous {
                role: Role::Text,
                candidates: vec!["text".to_owned(), "body".to_owned()]
            })
        );
        assert_eq!(guess(&[&[("text", "a"), ("body", "a")]]).unwrap(), "text = text");
        assert_eq!(guess(&[&[("text", "a"), ("body", " ")]]).unwrap(), "text = text");
        assert!(guess(&[&[("text", "a"), ("source", "a"), ("publisher", "b")]]).is_err());
    }

    #[test]
    fn what_is_given_is_not_guessed() {
        let given = FieldNames::parse(&["text=body", "outlet = party"]).unwrap();
        let sample = sample(&[&[("text", "a"), ("body", "b"), ("party", "x")]]);
        assert_eq!(sample.guess(&given).unwrap().to_string(), "text = body, outlet = party");
        let given = FieldNames::parse(&["text=bdoy"]).unwrap();
        assert!(matches!(sample.guess(&given), Err(NoGuess::NoText { wanted: Some(_), .. })));
    }

    #[test]
    fn no_text_says_what_there_is() {
        assert_eq!(
            guess(&[&[("a", "1"), ("b", "2")]]),
            Err(NoGuess::NoText { wanted: None, fields: vec!["a".to_owned(), "b".to_owned()] })
        );
    }

    #[test]
    fn written_fields_have_a_role_and_a_name() {
        for wrong in ["text", "txt=content", "text=", "=content"] {
            assert!(FieldNames::parse(&[wrong]).is_err(), "{wrong}");
        }
    }
}
