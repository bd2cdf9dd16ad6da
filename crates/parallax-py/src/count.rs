//! Articles in, counts out: what every call does first, tallies, concordances, explanations.

use std::path::PathBuf;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parallax::corpus::{
    Article, Corpus, FieldNames, Item, Notice, OpenOptions, ProblemSummary, open,
};
use parallax::explain::{Query, concordance};
use parallax::lexicon::Lexicon;
use parallax::pipeline::Engine;
use parallax::report::Setup;
use parallax::store::tallies::{Batches, Header, Level};
use parallax::store::{engine_for, layouter, lexicon_names, load_lexicons, read_cues};
use parallax::tally::{SampleRule, Summer};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList};

use crate::errors::{fault, lexicon_fault};
use crate::lexicon::of_sources;
use crate::stream;
use crate::table::Spooled;

/// What is read and with what; the keys of the dictionary that the Python half gives.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Options {
    pub by: Option<String>,
    /// Names of lexicons: ids, files, folders.
    pub lexicons: Vec<String>,
    /// Lexicons as TOML, with a name for each.
    pub sources: Vec<(String, String)>,
    pub outlets: Vec<String>,
    /// `ROLE=NAME`.
    pub fields: Vec<String>,
    pub cues: Option<String>,
    pub seed: u64,
    pub evidence: usize,
}

/// A corpus with its engine and what it was opened with.
pub struct Prepared {
    pub corpus: Corpus,
    pub engine: Engine,
    pub setup: Setup,
    pub rule: SampleRule,
    /// A table's file, kept while it is read.
    _spooled: Option<Spooled>,
}

impl Prepared {
    /// What counting needs.
    pub fn parts(&self) -> (&Corpus, &Engine, SampleRule) {
        (&self.corpus, &self.engine, self.rule)
    }
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

/// Opens articles: paths, or an object with `__arrow_c_stream__`.
pub fn open_articles(
    articles: &Bound<'_, PyAny>,
    options: &Options,
) -> PyResult<(Corpus, Option<Spooled>)> {
    open_table(articles, options.by.clone(), &options.outlets, &options.fields)
}

/// The same with what a part of a corpus knows.
pub fn open_table(
    articles: &Bound<'_, PyAny>,
    by: Option<String>,
    outlets: &[String],
    fields: &[String],
) -> PyResult<(Corpus, Option<Spooled>)> {
    // A list alone holds paths: a data frame gives the names of its columns when it is gone through.
    let (paths, spooled) = if articles.is_instance_of::<PyList>() {
        (articles.extract::<Vec<PathBuf>>()?, None)
    } else {
        let spooled = Spooled::new(stream::import(articles)?)?;
        (vec![spooled.path()], Some(spooled))
    };
    let fields = FieldNames::parse(fields).map_err(fault)?;
    let options = OpenOptions { by, outlets: outlets.to_vec(), fields, ..OpenOptions::default() };
    Ok((open(&paths, &options).map_err(fault)?, spooled))
}

/// Opens articles and makes the engine; what the corpus says goes to `warn`.
pub fn prepare(
    articles: &Bound<'_, PyAny>,
    options: &Options,
    warn: &Bound<'_, PyAny>,
) -> PyResult<Prepared> {
    let (corpus, spooled) = open_articles(articles, options)?;
    for notice in corpus.notices() {
        // Fields of a table in memory were seen by whoever made it.
        if spooled.is_none() {
            warn.call1((format!("note: {notice}"),))?;
        }
    }
    let layouter = make_layouter(options.cues.as_deref())?;
    let engine = engine_for(&corpus, options.lexicons(&corpus)?, layouter).map_err(fault)?;
    let setup = Setup::of(&corpus, &options.outlets);
    Ok(Prepared { corpus, engine, setup, rule: options.rule(), _spooled: spooled })
}

/// The layout engine, with the cues of a file or the built-in ones.
pub fn make_layouter(cues: Option<&str>) -> PyResult<parallax::layout::Layouter> {
    let source = cues.map(|path| read_cues(path.as_ref())).transpose().map_err(fault)?;
    layouter(cues.zip(source.as_deref())).map_err(fault)
}

/// Called with the number of articles of every batch that was counted; what it raises ends the run.
pub struct Progress<'a, 'py>(pub &'a Bound<'py, PyAny>);

impl Progress<'_, '_> {
    fn handle(&self) -> Py<PyAny> {
        self.0.clone().unbind()
    }
}

/// Counts the articles a batch at a time, without the interpreter's lock; between batches signals are
/// handled, so that Ctrl-C ends the run, and `progress` is called.
pub fn count(
    py: Python<'_>,
    (corpus, engine, rule): (&Corpus, &Engine, SampleRule),
    progress: &Progress<'_, '_>,
    mut take: impl FnMut(parallax::tally::Tallies) -> PyResult<()> + Send,
) -> PyResult<ProblemSummary> {
    let progress = progress.handle();
    let mut problems = ProblemSummary::default();
    let all = &mut problems;
    py.detach(|| {
        engine.tally_in_batches(
            corpus,
            rule,
            || (),
            |tallies, noticed| {
                let articles = tallies.articles().len();
                all.merge(noticed);
                take(tallies)?;
                Python::attach(|py| {
                    py.check_signals()?;
                    progress.call1(py, (articles,)).map(drop)
                })
            },
        )
    })?;
    corpus.warnings().iter().cloned().for_each(|warning| problems.warn(warning));
    Ok(problems)
}

/// Says what was left out and what to know of it.
pub fn say(problems: &ProblemSummary, warn: &Bound<'_, PyAny>) -> PyResult<()> {
    for line in problems.lines() {
        warn.call1((line,))?;
    }
    Ok(())
}

/// Tallies as a table: a row an article, or sums alone.
#[pyclass(frozen, module = "parallax._parallax")]
pub struct Tallies {
    pub schema: SchemaRef,
    pub batches: Vec<RecordBatch>,
}

#[pymethods]
impl Tallies {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        stream::export(py, &self.schema, self.batches.clone())
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

/// Counts articles.
#[pyfunction]
pub fn tally(
    py: Python<'_>,
    articles: &Bound<'_, PyAny>,
    options: Options,
    sums: bool,
    progress: &Bound<'_, PyAny>,
    warn: &Bound<'_, PyAny>,
) -> PyResult<Tallies> {
    let prepared = prepare(articles, &options, warn)?;
    let level = if sums { Level::Sums } else { Level::Articles };
    let header = Header::new(&prepared.engine, level, prepared.rule, prepared.setup.clone());
    let format = Batches::new(&header).map_err(fault)?;
    let mut batches = Vec::new();
    let mut summer = Summer::default();
    let (corpus, engine, mut rule) = prepared.parts();
    if sums {
        // Sums hold no sentences.
        rule.per_cell = 0;
    }
    let parts = (corpus, engine, rule);
    let problems = count(py, parts, &Progress(progress), |mut tallies| {
        if sums {
            tallies.sort();
            let inventory = prepared.engine.inventory();
            tallies.articles().iter().for_each(|article| summer.add(article, inventory));
        } else {
            batches.push(format.articles(tallies, Vec::new()).map_err(fault)?);
        }
        Ok(())
    })?;
    say(&problems, warn)?;
    if sums {
        batches.push(
            format
                .sums(summer.finish(prepared.engine.inventory()), problems.counts())
                .map_err(fault)?,
        );
    } else {
        let last = format.articles(Default::default(), problems.counts());
        batches.push(last.map_err(fault)?);
    }
    Ok(Tallies { schema: format.schema(), batches })
}

/// The fields of a table as `ROLE=NAME`, those that are guessed included.
#[pyfunction]
pub fn fields(articles: &Bound<'_, PyAny>, options: Options) -> PyResult<Vec<String>> {
    let (corpus, _spooled) = open_articles(articles, &options)?;
    Ok(fields_of(&corpus, options.fields))
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

/// Lines of a concordance as JSON.
#[pyfunction]
#[pyo3(signature = (articles, options, term, category, voice, width, warn))]
pub fn kwic(
    articles: &Bound<'_, PyAny>,
    options: Options,
    term: Option<String>,
    category: Option<String>,
    voice: Option<String>,
    width: usize,
    warn: &Bound<'_, PyAny>,
) -> PyResult<String> {
    let prepared = prepare(articles, &options, warn)?;
    let voice = voice.map(|name| {
        let known = parallax::tally::VoiceGroup::from_name(&name);
        known.ok_or_else(|| fault(format!("there is no voice `{name}`")))
    });
    let voices = voice.transpose()?.map(parallax::tally::VoiceGroup::hit_voices);
    let query = Query { term, category, width, ..Query::default() };
    let mut lines = Vec::new();
    let problems = each(&prepared, |article| {
        let read = prepared.engine.read(&article);
        let reading = read.reading(&article, prepared.engine.inventory());
        let wanted = |voice: &str| {
            voices.is_none_or(|voices| voices.iter().any(|known| known.name() == voice))
        };
        lines.extend(concordance(&reading, &query).into_iter().filter(|l| wanted(l.voice)));
        articles.py().check_signals()
    })?;
    say(&problems, warn)?;
    lines.sort_by_cached_key(|line| (line.outlet.clone(), line.article.clone(), line.start));
    serde_json::to_string(&lines).map_err(fault)
}

fn each(
    prepared: &Prepared,
    mut act: impl FnMut(Article) -> PyResult<()>,
) -> PyResult<ProblemSummary> {
    let mut problems = ProblemSummary::default();
    for item in prepared.corpus.articles() {
        match item {
            Item::Article(article) => act(article)?,
            Item::Skipped(skipped) => problems.skip(skipped),
            Item::Warning(warning) => problems.warn(warning),
        }
    }
    Ok(problems)
}

/// Every decision about the one article, or the one of that id, as JSON.
#[pyfunction]
#[pyo3(signature = (articles, options, id, warn))]
pub fn explain(
    articles: &Bound<'_, PyAny>,
    options: Options,
    id: Option<String>,
    warn: &Bound<'_, PyAny>,
) -> PyResult<String> {
    let prepared = prepare(articles, &options, warn)?;
    let mut found = Vec::new();
    let problems = each(&prepared, |article| {
        if id.as_ref().is_none_or(|id| *id == article.id) {
            found.push(article);
        }
        articles.py().check_signals()
    })?;
    say(&problems, warn)?;
    let number = found.len();
    let Some(article) = found.into_iter().next() else {
        return Err(fault(match id {
            Some(id) => format!("there is no article with the id `{id}`"),
            None => "there is no usable article".to_owned(),
        }));
    };
    if number > 1 {
        return Err(fault(format!(
            "there are {number} articles; name one, for instance: id='{}'",
            article.id
        )));
    }
    let read = prepared.engine.read(&article);
    let reading = read.reading(&article, prepared.engine.inventory());
    serde_json::to_string(&parallax::explain::explain(&reading)).map_err(fault)
}
