//! Articles in, counts out.

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parallax::corpus::{Corpus, ProblemSummary};
use parallax::pipeline::Engine;
use parallax::store::tallies::{Batches, Header, Level};
use parallax::tally::{SampleRule, Summer};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::articles::{Options, Prepared, prepare, say, say_outlet};
use crate::background::{Caller, run};
use crate::errors::fault;
use crate::stream;

/// Counts the articles a batch at a time, as long as somebody waits for them.
pub fn count(
    (corpus, engine, rule): (&Corpus, &Engine, SampleRule),
    caller: &Caller,
    mut take: impl FnMut(parallax::tally::Tallies) -> PyResult<()>,
) -> PyResult<ProblemSummary> {
    let mut problems = ProblemSummary::default();
    let taken = |tallies, noticed| {
        problems.merge(noticed);
        take(tallies)?;
        caller.waits()
    };
    engine.tally_in_batches(corpus, rule, || caller.counted(), taken)?;
    corpus.warnings().iter().cloned().for_each(|warning| problems.warn(warning));
    Ok(problems)
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
    let (prepared, spooled) = prepare(articles, &options, warn)?;
    if spooled.is_some() {
        say_outlet(&prepared, &options, warn)?;
    }
    let level = if sums { Level::Sums } else { Level::Articles };
    let header = Header::new(&prepared.engine, level, prepared.rule, prepared.setup.clone());
    let format = Batches::new(&header).map_err(fault)?;
    let (tallies, problems) =
        run(py, Some(progress), move |caller| counted(&prepared, level, &format, caller))?;
    say(&problems, spooled.as_ref(), warn)?;
    Ok(tallies)
}

fn counted(
    prepared: &Prepared,
    level: Level,
    format: &Batches,
    caller: &Caller,
) -> PyResult<(Tallies, ProblemSummary)> {
    let Prepared { corpus, engine, .. } = prepared;
    let mut rule = prepared.rule;
    if level == Level::Sums {
        // Sums hold no sentences.
        rule.per_cell = 0;
    }
    let mut batches = Vec::new();
    let mut summer = Summer::default();
    let problems = count((corpus, engine, rule), caller, |tallies| {
        match level {
            Level::Sums => add(&mut summer, tallies, engine),
            Level::Articles => {
                batches.push(format.articles(tallies, Vec::new()).map_err(fault)?);
            }
        }
        Ok(())
    })?;
    let noticed = problems.counts();
    let last = match level {
        Level::Sums => format.sums(summer.finish(engine.inventory()), noticed),
        Level::Articles => format.articles(Default::default(), noticed),
    };
    batches.push(last.map_err(fault)?);
    Ok((Tallies { schema: format.schema(), batches }, problems))
}

/// Adds articles to sums, in their order.
pub fn add(summer: &mut Summer, mut tallies: parallax::tally::Tallies, engine: &Engine) {
    tallies.sort();
    tallies.articles().iter().for_each(|article| summer.add(article, engine.inventory()));
}
