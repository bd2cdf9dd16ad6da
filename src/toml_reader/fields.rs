//! Reading the keys of one TOML table, collecting every fault instead of stopping at the first.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Diagnostic;

/// A string and the bytes of the file that hold it.
pub type Text = (String, Range<usize>);

/// The keys of one table; each is named once by the code that reads it, so that what is left over
/// is unknown.
pub(crate) struct Fields<'a> {
    table: &'a DeTable<'a>,
    place: Range<usize>,
    what: &'static str,
    known: RefCell<Vec<&'static str>>,
    faults: &'a RefCell<Vec<Diagnostic>>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(
        table: &'a DeTable<'a>,
        place: Range<usize>,
        what: &'static str,
        faults: &'a RefCell<Vec<Diagnostic>>,
    ) -> Self {
        Self { table, place, what, known: RefCell::default(), faults }
    }

    pub(crate) fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    pub(crate) fn fault(&self, diagnostic: Diagnostic) {
        self.faults.borrow_mut().push(diagnostic);
    }

    pub(crate) fn faults(&self) -> &'a RefCell<Vec<Diagnostic>> {
        self.faults
    }

    pub(crate) fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.borrow_mut().push(key);
        self.table.get(key)
    }

    fn typed<T>(
        &self,
        key: &'static str,
        expected: &str,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<(T, Range<usize>)> {
        let value = self.value(key)?;
        let found = read(value.get_ref()).map(|it| (it, value.span()));
        if found.is_none() {
            self.wrong_type(key, expected, value);
        }
        found
    }

    fn wrong_type(&self, key: &str, expected: &str, value: &Spanned<DeValue<'_>>) {
        self.fault(Diagnostic::error(
            "wrong-type",
            value.span(),
            format!("`{key}` must be {expected}, not {}", kind_of(value.get_ref())),
        ));
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<Text> {
        self.typed(key, "a string in quotation marks", |value| value.as_str().map(str::to_owned))
    }

    pub(crate) fn string(&self, key: &'static str) -> Option<String> {
        self.text(key).map(|(text, _)| text)
    }

    pub(crate) fn required(&self, key: &'static str) -> Option<Text> {
        let missing = !self.table.contains_key(key);
        let found = self.text(key);
        if missing {
            self.missing(key);
        }
        if let Some((text, place)) = &found
            && text.trim().is_empty()
        {
            self.fault(Diagnostic::error(
                "empty-value",
                place.clone(),
                format!("`{key}` is empty"),
            ));
        }
        found
    }

    pub(crate) fn missing(&self, key: &str) {
        self.fault(Diagnostic::error(
            "missing-key",
            self.place(),
            format!("{} has no `{key}`", self.what),
        ));
    }

    pub(crate) fn flag(&self, key: &'static str) -> Option<bool> {
        self.typed(key, "true or false", DeValue::as_bool).map(|(flag, _)| flag)
    }

    pub(crate) fn integer(&self, key: &'static str) -> Option<(i64, Range<usize>)> {
        self.typed(key, "a whole number", |value| {
            let integer = value.as_integer()?;
            i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
        })
    }

    pub(crate) fn number(&self, key: &'static str) -> Option<(f64, Range<usize>)> {
        self.typed(key, "a finite number", |value| {
            let written = value
                .as_float()
                .map(|float| float.as_str().to_owned())
                .or_else(|| value.as_integer().map(|integer| integer.as_str().to_owned()))?;
            written.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite())
        })
    }

    pub(crate) fn texts(&self, key: &'static str) -> Vec<Text> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, "a list of strings", value);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(text) => texts.push((text.to_owned(), item.span())),
                None => self.wrong_type(key, "a list of strings", item),
            }
        }
        texts
    }

    pub(crate) fn strings(&self, key: &'static str) -> Vec<String> {
        self.texts(key).into_iter().map(|(text, _)| text).collect()
    }

    pub(crate) fn items(&self, key: &'static str) -> &'a [Spanned<DeValue<'a>>] {
        let Some(value) = self.value(key) else { return &[] };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, "a list", value);
            return &[];
        };
        items
    }

    /// The tables of an array of tables, each with its place.
    pub(crate) fn tables(&self, key: &'static str, what: &'static str) -> Vec<Self> {
        let mut tables = Vec::new();
        for item in self.items(key) {
            match item.get_ref().as_table() {
                Some(table) => tables.push(Self::new(table, item.span(), what, self.faults)),
                None => self.wrong_type(key, &format!("written as [[{key}]]"), item),
            }
        }
        tables
    }

    /// Reports every key that no one asked for, with the nearest known one.
    pub(crate) fn finish(self) {
        let mut known = self.known.borrow_mut();
        let mut seen = std::collections::BTreeSet::new();
        known.retain(|key| seen.insert(*key));
        for key in self.table.keys() {
            let name = key.get_ref();
            if known.iter().any(|known| known == name) {
                continue;
            }
            let nearest = known
                .iter()
                .map(|candidate| (strsim::damerau_levenshtein(candidate, name), candidate))
                .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
                .min();
            let help = match nearest {
                Some((_, candidate)) => format!("did you mean `{candidate}`?"),
                None => format!("{} takes: {}", self.what, known.join(", ")),
            };
            self.fault(
                Diagnostic::error(
                    "unknown-key",
                    key.span(),
                    format!("{} has no key `{name}`", self.what),
                )
                .with_help(help),
            );
        }
    }
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(integer) => match integer.as_str().len() {
            0..=18 => "a whole number",
            _ => "one of more than 18 digits",
        },
        DeValue::Float(float) => match float.as_str().replace('_', "").parse::<f64>() {
            Ok(number) if number.is_finite() => "a decimal number",
            _ => "one that is infinite or none",
        },
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
