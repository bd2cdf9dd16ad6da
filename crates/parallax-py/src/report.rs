//! Reports: made from articles or tallies, rendered, compared.

use std::path::PathBuf;

use arrow_array::RecordBatchReader;
use parallax::events::Source;
use parallax::render::{self, Format, TableName, View};
use parallax::report::{self as library, Request, RequestError, make, make_from_sums};
use parallax::store::tallies::{Counted, Level, TalliesReader, find_tallies, read_tallies};
use parallax::store::{self, write_whole};
use parallax::tally::{Articles, CorpusTallies, EvidenceSample, SampleRule};
use pyo3::prelude::*;

use crate::articles::{Options, nothing_usable, prepare, say, say_outlet};
use crate::background::run;
use crate::count::count;
use crate::errors::fault;
use crate::look::voice_named;
use crate::stream;

/// How a report is asked for; the keys of the dictionary that the Python half gives.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Asked {
    compare: Vec<(String, String)>,
    alpha: f64,
    confirmatory: bool,
    event: Vec<String>,
    /// `declared`, `found` or `none`.
    events: String,
}

impl Asked {
    fn request(self, rule: SampleRule) -> PyResult<Request> {
        let events = match self.events.as_str() {
            "declared" => Source::Declared,
            "found" => Source::Found,
            "none" => Source::None,
            other => {
                return Err(fault(format!(
                    "events are declared, found or none, not `{other}`; event names one of them"
                )));
            }
        };
        if let Some((same, _)) = self.compare.iter().find(|(a, b)| a == b) {
            return Err(fault(format!("compare: `{same}` can't be compared with itself")));
        }
        Ok(Request {
            compare: self.compare.into_iter().map(|(a, b)| [a, b]).collect(),
            alpha: self.alpha,
            rule,
            confirmatory: self.confirmatory,
            events,
            event: self.event,
        })
    }
}

/// The record of a run.
#[pyclass(frozen, module = "parallax._parallax")]
pub struct Report {
    report: library::Report,
}

#[pymethods]
impl Report {
    /// The record as JSON: the bytes that the command writes.
    fn json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| render::record(&self.report)).map_err(fault)
    }

    /// The page, with charts and sentences.
    fn html(&self, py: Python<'_>, per: f64) -> PyResult<String> {
        check_per(per)?;
        Ok(py.detach(|| render::html(&self.report, &View { per, ..View::default() })))
    }

    /// The tables, or the one of that name, for a terminal or in Markdown, in so many columns.
    fn text(
        &self,
        py: Python<'_>,
        markdown: bool,
        width: usize,
        per: f64,
        voice: Option<String>,
        table: Option<String>,
    ) -> PyResult<String> {
        check_per(per)?;
        let table = table.map(|name| {
            TableName::named(&name).ok_or_else(|| {
                let names: Vec<&str> = TableName::ALL.iter().map(|table| table.name()).collect();
                fault(format!("there is no table `{name}`; there are: {}", names.join(", ")))
            })
        });
        let (voice, table) = (voice_named(voice)?, table.transpose()?);
        let view = View { per, width, voice, table, ..View::default() };
        let format = if markdown { Format::Markdown } else { Format::Terminal };
        let mut shown = Vec::new();
        py.detach(|| render::render(&self.report, &view, format, &mut shown)).map_err(fault)?;
        String::from_utf8(shown).map_err(fault)
    }

    /// Writes the record and the page: PATH.json and PATH.html.
    fn save(&self, path: PathBuf) -> PyResult<()> {
        let record = render::record(&self.report).map_err(fault)?;
        let page = render::html(&self.report, &View::default());
        for (ending, text) in [("json", record), ("html", page)] {
            let mut name = path.as_os_str().to_owned();
            name.push(format!(".{ending}"));
            write_whole(name.as_ref(), text.as_bytes()).map_err(|error| {
                fault(format!("can't write {}: {error}", PathBuf::from(name).display()))
            })?;
        }
        Ok(())
    }
}

/// Words that rates are shown for, within what the command takes.
fn check_per(per: f64) -> PyResult<()> {
    if (1.0..=1_000_000.0).contains(&per) {
        return Ok(());
    }
    Err(fault(format!("per is a number of words from 1 to 1,000,000, not {per}")))
}

/// Makes a report of articles.
#[pyfunction]
pub fn report(
    py: Python<'_>,
    articles: &Bound<'_, PyAny>,
    options: Options,
    asked: Asked,
    progress: &Bound<'_, PyAny>,
    warn: &Bound<'_, PyAny>,
) -> PyResult<Report> {
    let request = asked.request(options.rule())?;
    let (prepared, spooled) = prepare(articles, &options, warn)?;
    if spooled.is_some() {
        say_outlet(&prepared, &options, warn)?;
    }
    let (report, problems) = run(py, Some(progress), move |caller| {
        let parts = (&prepared.corpus, &prepared.engine, prepared.rule);
        let overflow = store::overflow(store::USUAL_MEMORY);
        let articles = Articles::new(request.keep(), Some(overflow));
        let mut whole = CorpusTallies::new(articles, EvidenceSample::default(), None);
        let problems =
            count(parts, caller, |tallies| whole.add(tallies, request.rule).map_err(fault))?;
        let with = (prepared.engine.inventory(), prepared.engine.layout_fingerprint());
        let report = make(whole, &problems.counts(), with, &prepared.setup, &request, |chosen| {
            prepared.engine.told(&prepared.corpus, chosen)
        });
        Ok((report, problems))
    })?;
    say(&problems, spooled.as_ref(), warn)?;
    match report {
        Ok(report) => Ok(Report { report }),
        Err(RequestError::NoArticle) => Err(nothing_usable(articles, &options)),
        Err(error) => Err(fault(error)),
    }
}

/// Makes a report of tallies: names of files, or objects with `__arrow_c_stream__`.
#[pyfunction]
pub fn report_of_tallies(
    py: Python<'_>,
    files: Vec<String>,
    tables: Vec<Bound<'_, PyAny>>,
    asked: Asked,
) -> PyResult<Report> {
    let mut paths = Vec::new();
    for name in &files {
        paths.extend(find_tallies(name).map_err(fault)?);
    }
    let overflow = Some(store::overflow(store::USUAL_MEMORY));
    let of_tables = if paths.is_empty() {
        let mut reader = TalliesReader::new(overflow);
        for (index, table) in tables.iter().enumerate() {
            let origin = format!("table {}", index + 1);
            let batches = stream::import(table)?;
            reader.begin(&origin, &batches.schema()).map_err(fault)?;
            for batch in batches {
                reader.add(&origin, &batch.map_err(fault)?).map_err(fault)?;
                py.check_signals()?;
            }
        }
        Some(reader.finish().map_err(fault)?)
    } else {
        None
    };
    run(py, None, move |_| {
        let counted = match of_tables {
            Some(counted) => counted,
            None => read_tallies(&paths, overflow, |_| ()).map_err(fault)?,
        };
        let request = asked.request(counted.header.rule)?;
        Ok(Report { report: of_tallies(counted, &request).map_err(fault)? })
    })
}

fn of_tallies(counted: Counted, request: &Request) -> Result<library::Report, RequestError> {
    let inventory = counted.header.inventory();
    let with = (&inventory, counted.header.tool.layout.as_str());
    let (setup, problems) = (&counted.header.setup, &counted.problems);
    match counted.header.level {
        Level::Articles => make(counted.tallies, problems, with, setup, request, |_| Vec::new()),
        Level::Sums => make_from_sums(counted.sums, problems, with, setup, request),
    }
}

/// The JSON Schema of the record.
#[pyfunction]
pub fn report_schema() -> &'static str {
    include_str!("../../../docs/report.schema.json")
}

/// Reads a saved report: a file, or a name under reports/.
#[pyfunction]
pub fn load_report(name: String) -> PyResult<Report> {
    let path = store::resolve_report(&name).map_err(fault)?;
    Ok(Report { report: store::load_report(&path).map_err(fault)? })
}

/// What changed between two reports: JSON, text for a terminal, Markdown and a page.
#[pyfunction]
pub fn diff(
    py: Python<'_>,
    old: &Bound<'_, Report>,
    new: &Bound<'_, Report>,
    width: usize,
) -> PyResult<(String, String, String, String)> {
    let (old, new) = (&old.get().report, &new.get().report);
    let mut shown = py.detach(|| {
        let record = parallax::diff::diff(old, new, None);
        let view = View { width, ..View::default() };
        [Format::Json, Format::Terminal, Format::Markdown, Format::Html].map(|format| {
            let mut text = Vec::new();
            let done = render::render_diff(&record, &view, format, &mut text);
            done.map(|()| String::from_utf8_lossy(&text).into_owned())
        })
    });
    let mut take =
        |index: usize| std::mem::replace(&mut shown[index], Ok(String::new())).map_err(fault);
    Ok((take(0)?, take(1)?, take(2)?, take(3)?))
}
