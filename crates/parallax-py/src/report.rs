//! Reports: made from articles or tallies, rendered, compared.

use std::path::PathBuf;

use arrow_array::RecordBatchReader;
use parallax::render::{self, Format, View};
use parallax::report::{self as library, Request, make, make_from_sums};
use parallax::store::tallies::{Counted, Level, TalliesReader, find_tallies, read_tallies};
use parallax::store::{self, write_whole};
use parallax::tally::{SampleRule, Tallies, VoiceGroup};
use pyo3::prelude::*;

use crate::count::{Options, Progress, count, prepare, say};
use crate::errors::fault;
use crate::stream;

/// How a report is asked for; the keys of the dictionary that the Python half gives.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Asked {
    compare: Vec<(String, String)>,
    alpha: f64,
    confirmatory: bool,
    event: Vec<String>,
}

impl Asked {
    fn request(self, rule: SampleRule) -> Request {
        Request {
            compare: self.compare.into_iter().map(|(a, b)| [a, b]).collect(),
            alpha: self.alpha,
            rule,
            confirmatory: self.confirmatory,
            event: self.event,
            ..Request::default()
        }
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
    fn html(&self, py: Python<'_>, per: f64) -> String {
        py.detach(|| render::html(&self.report, &View { per, ..View::default() }))
    }

    /// The tables for a terminal or in Markdown, in so many columns.
    fn text(
        &self,
        py: Python<'_>,
        markdown: bool,
        width: usize,
        per: f64,
        voice: Option<String>,
    ) -> PyResult<String> {
        let voice = voice.map(|name| {
            let known = VoiceGroup::from_name(&name);
            known.ok_or_else(|| fault(format!("there is no voice `{name}`")))
        });
        let view = View { per, width, voice: voice.transpose()?, ..View::default() };
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
    let prepared = prepare(articles, &options, warn)?;
    let request = asked.request(prepared.rule);
    let mut whole = Tallies::default();
    let problems = count(py, prepared.parts(), &Progress(progress), |tallies| {
        whole = std::mem::take(&mut whole).merged(tallies, request.rule);
        Ok(())
    })?;
    say(&problems, warn)?;
    let report = py.detach(|| {
        let with = (prepared.engine.inventory(), prepared.engine.layout_fingerprint());
        make(whole, &problems.counts(), with, &prepared.setup, &request, |chosen| {
            prepared.engine.told(&prepared.corpus, chosen)
        })
    });
    Ok(Report { report: report.map_err(fault)? })
}

/// Makes a report of tallies: names of files, or objects with `__arrow_c_stream__`.
#[pyfunction]
pub fn report_of_tallies(
    py: Python<'_>,
    files: Vec<String>,
    tables: Vec<Bound<'_, PyAny>>,
    asked: Asked,
) -> PyResult<Report> {
    let counted = if tables.is_empty() {
        let mut paths = Vec::new();
        for name in &files {
            paths.extend(find_tallies(name).map_err(fault)?);
        }
        py.detach(|| read_tallies(&paths, |_| ())).map_err(fault)?
    } else {
        let mut reader = TalliesReader::default();
        for (index, table) in tables.iter().enumerate() {
            let origin = format!("table {}", index + 1);
            let batches = stream::import(table)?;
            reader.begin(&origin, &batches.schema()).map_err(fault)?;
            for batch in batches {
                reader.add(&origin, &batch.map_err(fault)?).map_err(fault)?;
                py.check_signals()?;
            }
        }
        reader.finish().map_err(fault)?
    };
    let request = asked.request(counted.header.rule);
    let report = py.detach(|| of_tallies(counted, &request));
    Ok(Report { report: report.map_err(fault)? })
}

fn of_tallies(
    counted: Counted,
    request: &Request,
) -> Result<library::Report, library::RequestError> {
    let inventory = counted.header.inventory();
    let with = (&inventory, counted.header.tool.layout.as_str());
    let (setup, problems) = (&counted.header.setup, &counted.problems);
    match counted.header.level {
        Level::Articles => make(counted.tallies, problems, with, setup, request, |_| Vec::new()),
        Level::Sums => make_from_sums(&counted.sums, problems, with, setup, request),
    }
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
