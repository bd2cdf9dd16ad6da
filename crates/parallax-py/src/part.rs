//! Counting parts of a corpus elsewhere: what a worker of a cluster needs, and nothing else.

use parallax::corpus::ProblemSummary;
use parallax::lexicon::{Inventory, Lexicon};
use parallax::pipeline::Engine;
use parallax::report::Setup;
use parallax::store::layouter;
use parallax::store::tallies::{Batches, Header, Level};
use parallax::tally::Summer;
use pyo3::prelude::*;

use crate::articles::{Options, Reading, fields_of};
use crate::background::Caller;
use crate::count::{Tallies, add, count};
use crate::errors::fault;

/// What travels: settings, lexicons, cues, and how the articles are read.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
struct Travelling {
    header: Header,
    cues: Option<String>,
    reading: Reading,
}

/// An engine that travels as text and counts parts of a corpus.
#[pyclass(frozen, module = "parallax._parallax")]
pub struct Part {
    travelling: Travelling,
}

#[pymethods]
impl Part {
    /// How the parts of a corpus are counted whose first rows are given.
    #[new]
    fn new(articles: &Bound<'_, PyAny>, options: Options, sums: bool) -> PyResult<Self> {
        let (corpus, _spooled) = options.reading.open(articles)?;
        let cues = options.cues.as_ref().map(|path| parallax::store::read_cues(path.as_ref()));
        let cues = cues.transpose().map_err(fault)?;
        let engine = engine(options.lexicons(&corpus)?, cues.as_deref())?;
        let level = if sums { Level::Sums } else { Level::Articles };
        let mut reading = options.reading.clone();
        let setup = Setup::of(&corpus, &reading.outlets);
        let header = Header::new(&engine, level, options.rule(), setup);
        reading.fields = fields_of(&corpus, reading.fields);
        Ok(Self { travelling: Travelling { header, cues, reading } })
    }

    /// What was written by [`text`](Self::text).
    #[staticmethod]
    fn parse(text: &str) -> PyResult<Self> {
        Ok(Self { travelling: serde_json::from_str(text).map_err(fault)? })
    }

    /// All of it as text.
    fn text(&self) -> PyResult<String> {
        serde_json::to_string(&self.travelling).map_err(fault)
    }

    /// No rows, with the schema that every part has.
    fn nothing(&self) -> PyResult<Tallies> {
        let format = Batches::new(&self.travelling.header).map_err(fault)?;
        Ok(Tallies { schema: format.schema(), batches: Vec::new() })
    }

    /// What counts; made once a part of the corpus.
    fn counter(&self) -> PyResult<Counter> {
        let Travelling { header, .. } = &self.travelling;
        Ok(Counter {
            engine: engine(header.lexicons.clone(), self.travelling.cues.as_deref())?,
            format: Batches::new(header).map_err(fault)?,
            travelling: self.travelling.clone(),
            summer: Summer::default(),
            problems: ProblemSummary::default(),
        })
    }
}

/// Counts the articles of one part of a corpus.
#[pyclass(module = "parallax._parallax")]
pub struct Counter {
    travelling: Travelling,
    engine: Engine,
    format: Batches,
    summer: Summer,
    problems: ProblemSummary,
}

#[pymethods]
impl Counter {
    /// Counts a table: its rows, or none at the level of sums.
    fn add(&mut self, py: Python<'_>, articles: &Bound<'_, PyAny>) -> PyResult<Tallies> {
        let Travelling { header, reading, .. } = &self.travelling;
        let (mut corpus, _spooled) = reading.open(articles)?;
        reading.expect_languages(&mut corpus, &self.engine);
        let sums = header.level == Level::Sums;
        let (engine, format, summer) = (&self.engine, &self.format, &mut self.summer);
        let (mut batches, problems) = py.detach(|| {
            let mut batches = Vec::new();
            let parts = (&corpus, engine, header.rule);
            let problems = count(parts, &Caller::default(), |tallies| {
                if sums {
                    add(summer, tallies, engine);
                } else {
                    batches.push(format.articles(tallies, Vec::new()).map_err(fault)?);
                }
                Ok(())
            });
            problems.map(|problems| (batches, problems))
        })?;
        if sums {
            self.problems.merge(problems);
        } else {
            let last = format.articles(Default::default(), problems.counts());
            batches.push(last.map_err(fault)?);
        }
        Ok(Tallies { schema: self.format.schema(), batches })
    }

    /// The sums of all that was counted, at that level; else nothing.
    fn finish(&mut self) -> PyResult<Tallies> {
        let mut batches = Vec::new();
        if self.travelling.header.level == Level::Sums {
            let sums = std::mem::take(&mut self.summer).finish(self.engine.inventory());
            let problems = std::mem::take(&mut self.problems).counts();
            batches.push(self.format.sums(sums, problems).map_err(fault)?);
        }
        Ok(Tallies { schema: self.format.schema(), batches })
    }
}

fn engine(lexicons: Vec<Lexicon>, cues: Option<&str>) -> PyResult<Engine> {
    let layouter = layouter(cues.map(|text| ("cues", text))).map_err(fault)?;
    Engine::new(layouter, Inventory::new(lexicons), Default::default()).map_err(fault)
}
