//! Articles in: what is read, with what, and how it is said what was left out.

use std::collections::BTreeSet;
use std::path::PathBuf;

use parallax::corpus::{
    Corpus, CorpusError, FieldNames, Item, Notice, OpenOptions, ProblemSummary, Role, open,
};
use parallax::lexicon::Lexicon;
use parallax::pipeline::Engine;
use parallax::report::Setup;
use parallax::store::{engine_for, layouter, lexicon_names, load_lexicons, read_cues};
use parallax::tally::SampleRule;
use pyo3::PyErr;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use crate::errors::{fault, in_python, lexicon_fault};
use crate::lexicon::of_sources;
use crate::stream;
use crate::table::Spooled;

/// What is read and with what; the keys of the dictionary that the Python half gives.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Options {
    /// Names of lexicons: ids, files, folders.
    pub lexicons: Vec<String>,
    /// Lexicons as TOML, with a name for each.
    pub sources: Vec<(String, String)>,
    pub cues: Option<String>,
    pub seed: u64,
    pub evidence: usize,
    pub reading: Reading,
}

/// How articles are read.
#[derive(Clone, FromPyObject, serde::Serialize, serde::Deserialize)]
#[pyo3(from_item_all)]
pub struct Reading {
    pub by: Option<String>,
    /// Only these outlets or groups.
    pub outlets: Vec<String>,
    /// `ROLE=NAME`.
    pub fields: Vec<String>,
    /// Keep articles in another language than the lexicons.
    pub any_language: bool,
    /// Undo text that was decoded wrongly.
    pub repair: bool,
    /// Bytes.
    pub max_article_size: Option<usize>,
}

/// A corpus with its engine and what it was opened with.
pub struct Prepared {
    pub corpus: Corpus,
    pub engine: Engine,
    pub setup: Setup,
    pub rule: SampleRule,
}

impl Options {
    /// Which sentences are kept.
    pub fn rule(&self) -> SampleRule {
        SampleRule { seed: self.seed, per_cell: self.evidence }
    }

    /// The lexicons that are asked for.
    pub fn lexicons(&self, corpus: &Corpus) -> PyResult<Vec<Lexicon>> {
        if self.sources.is_empty() {
            let names = lexicon_names(corpus, &self.lexicons);
            return load_lexicons(&names).map_err(|error| lexicon_fault(&error));
        }
        of_sources(&self.lexicons, &self.sources)
    }
}

impl Reading {
    /// Opens articles: a list of paths, a table with `__arrow_c_stream__`, or as a string the path of
    /// a table that was written to a file of JSON Lines.
    pub fn open(&self, articles: &Bound<'_, PyAny>) -> PyResult<(Corpus, Option<Spooled>)> {
        // A list alone holds paths: a data frame gives the names of its columns when it is gone through.
        let (paths, spooled) = if articles.is_instance_of::<PyList>() {
            (articles.extract::<Vec<PathBuf>>()?, None)
        } else {
            let spooled = match articles.cast::<PyString>() {
                Ok(path) => Spooled::at(path.extract()?),
                Err(_) => Spooled::new(stream::import(articles)?)?,
            };
            (vec![spooled.path().to_owned()], Some(spooled))
        };
        let options = OpenOptions {
            by: self.by.clone(),
            outlets: self.outlets.clone(),
            fields: FieldNames::parse(&self.fields).map_err(fault)?,
            max_article_size: self.max_article_size,
            repair: self.repair,
            all_problems: false,
        };
        match open(&paths, &options) {
            Ok(corpus) => Ok((corpus, spooled)),
            Err(error) => Err(refused(&error, spooled.as_ref())),
        }
    }

    /// Leaves out what is in another language than the lexicons, unless all is to be kept.
    pub fn expect_languages(&self, corpus: &mut Corpus, engine: &Engine) {
        if !self.any_language {
            let lexicons = engine.inventory().lexicons().iter();
            corpus.expect_languages(lexicons.map(|lexicon| lexicon.language.as_str()));
        }
    }
}

/// Why articles can't be opened, as it is said of a table where they are one.
fn refused(error: &CorpusError, table: Option<&Spooled>) -> PyErr {
    match error {
        CorpusError::AmbiguousField { path, role, candidates } => {
            let (role, named) = (role.name(), candidates.join(", "));
            let first = candidates.first().map_or("…", String::as_str);
            let place = if table.is_some() { "the table" } else { path };
            fault(format!(
                "{place}: several columns may hold the {role}: {named}; say which: \
                 fields={{\"{role}\": \"{first}\"}}"
            ))
        }
        CorpusError::NoTextField { wanted, fields, .. } if table.is_some() => {
            let wanted = match wanted {
                Some(name) => format!("there is no column `{name}` for the text"),
                None => "no column is known to hold the text".to_owned(),
            };
            let fields = fields.join(", ");
            fault(format!(
                "the table: {wanted}; the columns are: {fields}; name it: fields={{\"text\": \"NAME\"}}"
            ))
        }
        other => fault(table.map_or_else(|| other.to_string(), |table| table.told(other))),
    }
}

/// Opens articles and makes the engine; what the corpus says goes to `warn`. The table's file is to be
/// kept until all is read.
pub fn prepare(
    articles: &Bound<'_, PyAny>,
    options: &Options,
    warn: &Bound<'_, PyAny>,
) -> PyResult<(Prepared, Option<Spooled>)> {
    let (mut corpus, spooled) = options.reading.open(articles)?;
    for notice in corpus.notices() {
        // Fields of a table in memory were seen by whoever made it.
        if spooled.is_none() {
            warn.call1((format!("note: {notice}"),))?;
        }
    }
    let layouter = make_layouter(options.cues.as_deref())?;
    let engine = engine_for(&corpus, options.lexicons(&corpus)?, layouter).map_err(fault)?;
    options.reading.expect_languages(&mut corpus, &engine);
    let setup = Setup::of(&corpus, &options.reading.outlets);
    Ok((Prepared { corpus, engine, setup, rule: options.rule() }, spooled))
}

/// Says of a table that it names no outlet: then all its articles are of one.
pub fn say_outlet(prepared: &Prepared, options: &Options, warn: &Bound<'_, PyAny>) -> PyResult<()> {
    let reading = &options.reading;
    for notice in prepared.corpus.notices() {
        let Notice::FieldsGuessed { names, others, .. } = notice else { continue };
        let known = [Role::Outlet, Role::Url].iter().any(|role| names.get(*role).is_some());
        if !known && reading.by.is_none() {
            let more = match &others[..] {
                [] => String::new(),
                some => format!(" (other columns: {})", some.join(", ")),
            };
            warn.call1((format!(
                "no column is known to hold the outlet, so all articles are of one, `articles`; name \
                 it: fields={{\"outlet\": \"NAME\"}}{more}"
            ),))?;
        }
    }
    Ok(())
}

/// Why there is no article: where outlets were asked for, with those that there are.
pub fn nothing_usable(articles: &Bound<'_, PyAny>, options: &Options) -> PyErr {
    let asked = &options.reading.outlets;
    if asked.is_empty() {
        return fault("there is no usable article");
    }
    let all = Reading { outlets: Vec::new(), ..options.reading.clone() };
    // A table that streams may be gone; then no outlet is named.
    let names: BTreeSet<String> = match all.open(articles) {
        Ok((corpus, _spooled)) => corpus
            .articles()
            .filter_map(|item| match item {
                Item::Article(article) => Some(article.outlet),
                _ => None,
            })
            .take(LOOKED_AT)
            .collect(),
        Err(_) => BTreeSet::new(),
    };
    let mut there: Vec<String> = names.into_iter().take(NAMED + 1).collect();
    let more = if there.len() > NAMED { ", …" } else { "" };
    there.truncate(NAMED);
    let there = if there.is_empty() {
        String::new()
    } else {
        format!("; there are: {}{more}", there.join(", "))
    };
    fault(format!("outlets: no article is of {}{there}", asked.join(", ")))
}

/// Articles that are read to find the outlets, and outlets that a message names.
const LOOKED_AT: usize = 10_000;
const NAMED: usize = 20;

/// The layout engine, with the cues of a file or the built-in ones.
fn make_layouter(cues: Option<&str>) -> PyResult<parallax::layout::Layouter> {
    let source = cues.map(|path| read_cues(path.as_ref())).transpose().map_err(fault)?;
    layouter(cues.zip(source.as_deref())).map_err(fault)
}

/// Says what was left out and what to know of it.
pub fn say(
    problems: &ProblemSummary,
    table: Option<&Spooled>,
    warn: &Bound<'_, PyAny>,
) -> PyResult<()> {
    for line in problems.lines() {
        let line = table.map_or_else(|| line.clone(), |table| table.told(&line));
        warn.call1((in_python(&line),))?;
    }
    Ok(())
}

/// The fields of a table as `ROLE=NAME`, those that are guessed included.
#[pyfunction]
pub fn fields(articles: &Bound<'_, PyAny>, options: Options) -> PyResult<Vec<String>> {
    let (corpus, _spooled) = options.reading.open(articles)?;
    Ok(fields_of(&corpus, options.reading.fields))
}

/// The fields of a corpus of one table; `given` where none was guessed.
pub fn fields_of(corpus: &Corpus, given: Vec<String>) -> Vec<String> {
    let guessed = corpus.notices().iter().find_map(|notice| match notice {
        Notice::FieldsGuessed { names, .. } => {
            Some(names.iter().map(|(role, name)| format!("{role}={name}")).collect())
        }
        _ => None,
    });
    guessed.unwrap_or(given)
}
