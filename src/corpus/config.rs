//! `corpus.toml`: what a user declares about a corpus.

use std::cell::RefCell;
use std::collections::BTreeMap;

use regex::Regex;
use toml::de::DeTable;

use super::fields::{FieldNames, Role};
use super::outlets::{Outlet, folded};
use crate::toml_reader::{Diagnostic, Fields, Severity, Text};

/// Name of the file.
pub(super) const FILE_NAME: &str = "corpus.toml";

/// What a `corpus.toml` says.
#[derive(Debug, Clone, Default)]
pub(super) struct Config {
    pub(super) title: Option<String>,
    pub(super) lexicons: Vec<String>,
    pub(super) outlets: Vec<Outlet>,
    /// Entries by path below the corpus, with `/`.
    pub(super) by_path: BTreeMap<String, Entry>,
    /// Entries without a path, by id.
    pub(super) by_id: BTreeMap<String, Entry>,
    pub(super) fields: FieldNames,
}

/// What is declared of one article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Entry {
    pub(super) id: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) date: Option<String>,
    pub(super) event: Option<String>,
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) headline: Option<bool>,
}

/// Reads a `corpus.toml`.
///
/// # Errors
/// Every error in it, in the order of their places.
pub(super) fn parse(source: &str) -> Result<Config, Vec<Diagnostic>> {
    let faults = RefCell::new(Vec::new());
    let (root, errors) = DeTable::parse_recoverable(source);
    for error in errors {
        let place = error.span().unwrap_or(0..source.len().min(1));
        faults.borrow_mut().push(Diagnostic::error("syntax", place, error.message().to_owned()));
    }
    let broken = !faults.borrow().is_empty();
    let fields = Fields::new(root.get_ref(), 0..source.len().min(1), "corpus.toml", &faults);
    let config = read_config(fields);
    let mut faults = faults.into_inner();
    if broken {
        // What is missing may stand behind the error.
        faults.retain(|fault| fault.code != "missing-key");
    }
    faults.retain(|fault| fault.severity == Severity::Error);
    faults.sort_by_key(|fault| (fault.place.start, fault.place.end));
    if faults.is_empty() { Ok(config) } else { Err(faults) }
}

fn read_config(fields: Fields<'_>) -> Config {
    let mut config = Config {
        title: fields.string("title"),
        lexicons: fields.strings("lexicons"),
        fields: read_fields(&fields),
        ..Config::default()
    };
    let mut names = BTreeMap::new();
    for table in fields.tables("outlet", "an outlet") {
        config.outlets.extend(read_outlet(table, &mut names));
    }
    for table in fields.tables("article", "an article") {
        read_entry(table, &mut config);
    }
    fields.finish();
    config
}

fn read_fields(fields: &Fields<'_>) -> FieldNames {
    let mut names = FieldNames::default();
    let Some(value) = fields.value("fields") else { return names };
    let Some(table) = value.get_ref().as_table() else {
        fields.fault(
            Diagnostic::error("wrong-type", value.span(), "`fields` must be a table")
                .with_help("[fields]\ntext = \"content\""),
        );
        return names;
    };
    let inner = Fields::new(table, value.span(), "[fields]", fields.faults());
    for role in Role::ALL {
        if let Some(name) = inner.string(role.name()) {
            names.set(role, name);
        }
    }
    inner.finish();
    names
}

/// Reads one outlet; `names` holds the outlet that each name seen so far belongs to.
fn read_outlet(fields: Fields<'_>, names: &mut BTreeMap<String, String>) -> Option<Outlet> {
    let id = fields.required("id");
    let aliases = fields.texts("aliases");
    let outlet = id.as_ref().map(|(id, _)| Outlet {
        id: id.clone(),
        name: fields.string("name").unwrap_or_else(|| id.clone()),
        aliases: aliases.iter().map(|(alias, _)| alias.clone()).collect(),
        groups: read_groups(&fields),
        boilerplate: read_boilerplate(&fields),
    });
    let owner = id.as_ref().map_or("", |(id, _)| id.as_str());
    for (index, (name, place)) in id.iter().chain(&aliases).enumerate() {
        match names.insert(folded(name), owner.to_owned()) {
            // An outlet may list its own id among its aliases, but stand there only once.
            Some(other) if other != owner || index == 0 => fields.fault(
                Diagnostic::error(
                    "duplicate-outlet",
                    place.clone(),
                    format!("`{name}` already stands for the outlet `{other}`"),
                )
                .with_help("an outlet has one [[outlet]], and a name belongs to one outlet"),
            ),
            _ => {}
        }
    }
    fields.finish();
    outlet
}

fn read_groups(fields: &Fields<'_>) -> BTreeMap<String, String> {
    let mut groups = BTreeMap::new();
    let Some(value) = fields.value("groups") else { return groups };
    let wrong = |place| {
        fields.fault(
            Diagnostic::error("wrong-type", place, "`groups` must be a table of strings")
                .with_help("groups = { country = \"Canada\" }"),
        );
    };
    let Some(table) = value.get_ref().as_table() else {
        wrong(value.span());
        return groups;
    };
    for (key, value) in table {
        match value.get_ref().as_str() {
            Some(text) => {
                groups.insert(key.get_ref().to_string(), text.to_owned());
            }
            None => wrong(value.span()),
        }
    }
    groups
}

fn read_boilerplate(fields: &Fields<'_>) -> Vec<Regex> {
    let mut lines = Vec::new();
    for (pattern, place) in fields.texts("boilerplate") {
        match Regex::new(&pattern) {
            Ok(regex) => lines.push(regex),
            Err(error) => {
                let reason = error.to_string();
                let reason = reason.lines().last().unwrap_or_default().trim();
                let reason = reason.trim_start_matches("error: ");
                fields.fault(
                    Diagnostic::error("bad-regex", place, format!("not a valid regex: {reason}"))
                        .with_help(
                            "a regular expression on one line, for instance '^Advertisement$'",
                        ),
                );
            }
        }
    }
    lines
}

fn read_entry(fields: Fields<'_>, config: &mut Config) {
    let (path, id) = (filled(&fields, "path"), filled(&fields, "id"));
    let string = |key| filled(&fields, key).map(|(text, _)| text);
    let entry = Entry {
        id: id.clone().map(|(id, _)| id),
        outlet: string("outlet"),
        date: read_date(&fields),
        event: string("event"),
        title: string("title"),
        url: string("url"),
        headline: fields.flag("headline"),
    };
    let taken = match (path, id) {
        (Some((path, place)), _) => {
            let path = path.replace('\\', "/").trim_start_matches("./").to_owned();
            config.by_path.insert(path, entry).map(|_| place)
        }
        (None, Some((id, place))) => config.by_id.insert(id, entry).map(|_| place),
        (None, None) => {
            fields.fault(
                Diagnostic::error("missing-key", fields.place(), "an article has no `path`")
                    .with_help("name the file: path = \"globe-and-mail/001.txt\"; or for a row of a table its `id`"),
            );
            None
        }
    };
    if let Some(place) = taken {
        fields.fault(
            Diagnostic::error(
                "duplicate-article",
                place,
                "a second [[article]] for the same article",
            )
            .with_help("put what it says into the first one"),
        );
    }
    fields.finish();
}

/// A string that may be left out but not be blank.
fn filled(fields: &Fields<'_>, key: &'static str) -> Option<Text> {
    let (text, place) = fields.text(key)?;
    if text.trim().is_empty() {
        let fault = Diagnostic::error("empty-value", place.clone(), format!("`{key}` is empty"));
        fields.fault(fault.with_help("leave the line out"));
        return None;
    }
    Some((text, place))
}

/// A date, as a TOML date or as a string.
fn read_date(fields: &Fields<'_>) -> Option<String> {
    use super::dates::{Written, read_date};
    let value = fields.value("date")?;
    let written = match (value.get_ref().as_str(), value.get_ref().as_datetime()) {
        (Some(text), _) => text.to_owned(),
        (None, Some(date)) => date.to_string(),
        (None, None) => String::new(),
    };
    if matches!(read_date(&written), Written::Day(_)) {
        return Some(written);
    }
    fields.fault(
        Diagnostic::error("bad-date", value.span(), "`date` must be a day")
            .with_help("date = 2017-12-31"),
    );
    None
}
