//! Packs the lexicons and the page furniture that come with the program, so that it does not read their
//! TOML at every start, nor look through their regular expressions.
//!
//! A packed lexicon holds what `src/lexicon/packed.rs` reads, in that order; packed furniture, what
//! `src/layout/furniture_packed.rs` does. The files are not checked here: tests check them, and that
//! what was packed is what the program's own readers make of them.
#![allow(clippy::print_stdout, reason = "that is how a build script speaks to cargo")]

use std::collections::BTreeSet;
use std::error::Error;
use std::ops::Range;
use std::path::Path;
use std::{env, fs};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

#[path = "src/lexicon/facts.rs"]
mod facts;
#[path = "src/lexicon/inflect.rs"]
mod inflect;
#[allow(dead_code, reason = "the program reads what is packed")]
#[path = "src/text/packed_hir.rs"]
mod packed_hir;
#[allow(dead_code, reason = "the program asks what lines are allowed")]
#[path = "src/layout/pattern_edges.rs"]
mod pattern_edges;
#[allow(dead_code, reason = "the program tells users what is required")]
#[path = "src/lexicon/required.rs"]
mod required;

use facts::Facts;
use inflect::Inflection;
use pattern_edges::{Edges, LISTS};
use regex_syntax::ParserBuilder;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=lexicons");
    println!("cargo::rerun-if-changed=src/lexicon/inflect.rs");
    println!("cargo::rerun-if-changed=src/lexicon/facts.rs");
    println!("cargo::rerun-if-changed=src/lexicon/required.rs");
    println!("cargo::rerun-if-changed=src/layout/pattern_edges.rs");
    println!("cargo::rerun-if-changed=src/text/packed_hir.rs");
    println!("cargo::rerun-if-changed=src/layout/data");
    let out = env::var("OUT_DIR")?;
    let furniture = fs::read_to_string("src/layout/data/furniture.toml")?;
    let packed = pack_furniture(&furniture).unwrap_or_default();
    fs::write(Path::new(&out).join("furniture.packed"), packed)?;
    let cues = fs::read_to_string("src/layout/data/cues.toml")?;
    let cues: toml::Table = toml::from_str(&cues)?;
    fs::write(Path::new(&out).join("cues.json"), serde_json::to_string(&cues)?)?;
    let mut expressions = BTreeSet::new();
    for entry in fs::read_dir("lexicons")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_stem().unwrap_or_default();
            let source = fs::read_to_string(&path)?;
            let packed = Path::new(&out).join(name).with_extension("lexicon");
            // What can't be read is packed as nothing: the program then reads the file, and a test fails.
            fs::write(packed, pack(&source, &mut expressions).unwrap_or_default())?;
        }
    }
    fs::write(Path::new(&out).join("expressions.packed"), pack_facts(&expressions))?;
    Ok(())
}

/// `None` for what is no sound lexicon. Its regular expressions are added to the others.
fn pack(source: &str, expressions: &mut BTreeSet<String>) -> Option<Vec<u8>> {
    let root = DeTable::parse(source).ok()?;
    let mut packed = Packed { bytes: Vec::new(), expressions };
    packed.lexicon(root.get_ref())?;
    Some(packed.bytes)
}

/// What `src/lexicon/known.rs` reads.
fn pack_facts(expressions: &BTreeSet<String>) -> Vec<u8> {
    let mut parser = ParserBuilder::new();
    let mut read = |expression| parser.case_insensitive(true).build().parse(expression).ok();
    let mut all = 0;
    let mut packed = Vec::new();
    for expression in expressions {
        let Some(hir) = read(expression) else { continue };
        let facts = Facts::of(&hir);
        // A number of bytes beyond this is too many in any case.
        let most_bytes = u32::try_from(facts.most_bytes).unwrap_or(u32::MAX);
        let at_start = facts.required.as_ref().is_some_and(|required| required.at_start);
        let flags = [facts.may_be_empty, facts.is_free, facts.required.is_some(), at_start];
        let flags = flags.iter().rev().fold(0, |all, &flag| all << 1 | u32::from(flag));
        let literals = facts.required.map(|required| required.literals).unwrap_or_default();
        long_text(expression.as_bytes(), &mut packed);
        for number in [flags, most_bytes, literals.len() as u32] {
            packed.extend(number.to_le_bytes());
        }
        literals.iter().for_each(|literal| long_text(literal, &mut packed));
        let mut bytes = Vec::new();
        packed_hir::pack(&hir, &mut bytes);
        long_text(&bytes, &mut packed);
        all += 1;
    }
    [&u32::to_le_bytes(all)[..], &packed].concat()
}

/// A text with its length before it: four bytes, the lowest first.
fn long_text(text: &[u8], bytes: &mut Vec<u8>) {
    bytes.extend((text.len() as u32).to_le_bytes());
    bytes.extend(text);
}

/// `None` for what is no sound furniture.
fn pack_furniture(source: &str) -> Option<Vec<u8>> {
    let root = DeTable::parse(source).ok()?;
    let table = root.get_ref();
    let mut bytes = Vec::new();
    for (list, place) in LISTS {
        let sources = texts(table, list);
        bytes.extend(u16::try_from(sources.len()).ok()?.to_le_bytes());
        whole(&Edges::of(&sources, place).ok()?, &mut bytes);
        for source in sources {
            let mut hir = Vec::new();
            packed_hir::pack(&pattern_edges::parse(source, place).ok()?, &mut hir);
            long_text(&hir, &mut bytes);
        }
    }
    let agencies = texts(table, "agencies");
    short_texts(&agencies, &mut bytes)?;
    Edges::of_names(&agencies).ok()?.iter().for_each(|edges| whole(edges, &mut bytes));
    short_texts(&texts(table, "caption_hints"), &mut bytes)?;
    Some(bytes)
}

/// How many there are, then each with its length before it: two bytes each, the lower one first.
fn short_texts(texts: &[&str], bytes: &mut Vec<u8>) -> Option<()> {
    bytes.extend(u16::try_from(texts.len()).ok()?.to_le_bytes());
    for text in texts {
        bytes.extend(u16::try_from(text.len()).ok()?.to_le_bytes());
        bytes.extend(text.as_bytes());
    }
    Some(())
}

fn whole(edges: &Edges, bytes: &mut Vec<u8>) {
    edges.bits.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
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
struct Packed<'e> {
    bytes: Vec<u8>,
    expressions: &'e mut BTreeSet<String>,
}

impl Packed<'_> {
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
            let expression = text(table, "regex")?;
            self.expressions.insert(expression.to_owned());
            self.text(expression);
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
