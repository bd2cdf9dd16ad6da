//! Packs the lexicons that come with the program, so that it does not read their TOML at every start.
//!
//! A packed lexicon holds what `src/lexicon/packed.rs` reads, in that order. The files are not checked
//! here: a test checks them, and that what was packed is what the program's own reader makes of them.
#![allow(clippy::print_stdout, reason = "that is how a build script speaks to cargo")]

use std::error::Error;
use std::ops::Range;
use std::path::Path;
use std::{env, fs};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

#[path = "src/lexicon/inflect.rs"]
mod inflect;

use inflect::Inflection;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=lexicons");
    println!("cargo::rerun-if-changed=src/lexicon/inflect.rs");
    let out = env::var("OUT_DIR")?;
    for entry in fs::read_dir("lexicons")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_stem().unwrap_or_default();
            let source = fs::read_to_string(&path)?;
            let packed = Path::new(&out).join(name).with_extension("lexicon");
            // What can't be read is packed as nothing: the program then reads the file, and a test fails.
            fs::write(packed, pack(&source).unwrap_or_default())?;
        }
    }
    Ok(())
}

/// `None` for what is no sound lexicon.
fn pack(source: &str) -> Option<Vec<u8>> {
    let root = DeTable::parse(source).ok()?;
    let mut packed = Packed { bytes: Vec::new() };
    packed.lexicon(root.get_ref())?;
    Some(packed.bytes)
}

type Table<'a> = DeTable<'a>;
type Value<'a> = Spanned<DeValue<'a>>;

fn text<'a>(table: &'a Table<'_>, key: &str) -> Option<&'a str> {
    table.get(key)?.get_ref().as_str()
}

fn flag(table: &Table<'_>, key: &str) -> Option<bool> {
    table.get(key)?.get_ref().as_bool()
}

fn items<'a, 'b>(table: &'a Table<'b>, key: &str) -> Vec<&'a Value<'b>> {
    let items = table.get(key).and_then(|value| value.get_ref().as_array());
    items.map(|items| items.iter().collect()).unwrap_or_default()
}

fn texts<'a>(table: &'a Table<'_>, key: &str) -> Vec<&'a str> {
    items(table, key).into_iter().filter_map(|item| item.get_ref().as_str()).collect()
}

/// A lexicon as bytes.
struct Packed {
    bytes: Vec<u8>,
}

impl Packed {
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn flag(&mut self, flag: Option<bool>) {
        self.number(u64::from(flag.unwrap_or(false)));
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn place(&mut self, place: &Range<usize>) {
        self.number(place.start as u64);
        self.number(place.len() as u64);
    }

    fn option(&mut self, text: Option<&str>) {
        self.flag(Some(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }

    fn texts<T: AsRef<str>>(&mut self, texts: &[T]) {
        self.number(texts.len() as u64);
        texts.iter().for_each(|text| self.text(text.as_ref()));
    }

    fn tables(
        &mut self,
        table: &Table<'_>,
        key: &str,
        pack: fn(&mut Self, &Table<'_>) -> Option<()>,
    ) -> Option<()> {
        let items = items(table, key);
        self.number(items.len() as u64);
        for item in items {
            pack(self, item.get_ref().as_table()?)?;
            self.place(&item.span());
        }
        Some(())
    }

    fn lexicon(&mut self, table: &Table<'_>) -> Option<()> {
        let id = text(table, "id")?;
        self.text(id);
        self.text(text(table, "title").unwrap_or(id));
        self.text(text(table, "version").unwrap_or("0"));
        self.text(text(table, "language").unwrap_or("en"));
        self.option(text(table, "license"));
        self.text(text(table, "description").unwrap_or_default());
        self.texts(&texts(table, "sources"));
        self.flag(Some(flag(table, "default").unwrap_or(true)));
        self.tables(table, "category", Self::category)?;
        self.tables(table, "choice", Self::choice)?;
        self.tables(table, "target", Self::target)
    }

    fn category(&mut self, table: &Table<'_>) -> Option<()> {
        let id = text(table, "id")?;
        let axis = text(table, "axis");
        self.text(id);
        self.text(text(table, "title").unwrap_or(id));
        self.text(text(table, "description").unwrap_or_default());
        self.texts(&texts(table, "sources"));
        self.texts(&texts(table, "zones"));
        self.flag(flag(table, "topic_sensitive"));
        self.flag(flag(table, "labels"));
        self.option(axis);
        let distinct = match text(table, "measure") {
            Some("articles") => match table.get("distinct") {
                Some(number) => number.get_ref().as_integer()?.as_str().parse().ok()?,
                None => 1,
            },
            _ => 0,
        };
        self.number(distinct);
        self.option(text(table, "opposes"));
        self.terms(&items(table, "terms"), axis)
    }

    fn choice(&mut self, table: &Table<'_>) -> Option<()> {
        let id = text(table, "id")?;
        self.text(id);
        self.text(text(table, "title").unwrap_or(id));
        self.text(text(table, "description").unwrap_or_default());
        let variants = table.get("variants")?.get_ref().as_table()?;
        self.number(variants.len() as u64);
        for (name, patterns) in variants {
            self.text(name.get_ref());
            self.terms(&patterns.get_ref().as_array()?.iter().collect::<Vec<_>>(), None)?;
        }
        Some(())
    }

    fn target(&mut self, table: &Table<'_>) -> Option<()> {
        let id = text(table, "id")?;
        self.text(id);
        self.text(text(table, "title").unwrap_or(id));
        self.text(text(table, "kind")?);
        self.terms(&items(table, "names"), None)?;
        self.texts(&texts(table, "titles"));
        Some(())
    }

    fn terms(&mut self, terms: &[&Value<'_>], axis: Option<&str>) -> Option<()> {
        self.number(terms.len() as u64);
        terms.iter().try_for_each(|term| self.term(term, axis))
    }

    /// A text alone (0), or with options and forms (1), or a regex with its name and options (2).
    fn term(&mut self, item: &Value<'_>, axis: Option<&str>) -> Option<()> {
        if let Some(text) = item.get_ref().as_str() {
            self.number(0);
            self.text(text);
            self.place(&item.span());
            return Some(());
        }
        let table = item.get_ref().as_table()?;
        if let Some(term) = text(table, "term") {
            self.number(1);
            self.text(term);
            self.place(&item.span());
            self.forms(term, table)?;
        } else {
            self.number(2);
            self.text(text(table, "regex")?);
            self.place(&item.span());
            self.option(text(table, "name"));
        }
        self.option(text(table, "pole"));
        self.option(text(table, "pair"));
        self.option(text(table, "axis").or(axis));
        self.option(text(table, "unpaired"));
        self.flag(flag(table, "contested"));
        let weight = table.get("weight").map(|weight| {
            let weight = weight.get_ref();
            let written = weight.as_float().map(|number| number.as_str());
            let written = written.or_else(|| weight.as_integer().map(|number| number.as_str()));
            written.unwrap_or_default().replace('_', "")
        });
        self.option(weight.as_deref());
        self.texts(&texts(table, "unless"));
        self.texts(&texts(table, "hits"));
        self.texts(&texts(table, "misses"));
        self.option(text(table, "note"));
        self.flag(flag(table, "ambiguous"));
        Some(())
    }

    fn forms(&mut self, term: &str, table: &Table<'_>) -> Option<()> {
        let mut forms = vec![term.to_owned()];
        if let Some(inflection) = text(table, "inflect") {
            forms.extend(Inflection::from_name(inflection)?.forms(term));
        }
        for form in texts(table, "forms") {
            if forms.iter().all(|other| other != form) {
                forms.push(form.to_owned());
            }
        }
        self.texts(&forms);
        self.flag(Some(text(table, "case") == Some("exact")));
        self.flag(Some(text(table, "accents") == Some("exact")));
        Some(())
    }
}
