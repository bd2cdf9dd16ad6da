//! Texts looked at closely: concordances and explanations.

use parallax::corpus::{Article, Item, ProblemSummary};
use parallax::explain::{Query, concordance};
use parallax::tally::VoiceGroup;
use pyo3::prelude::*;

use crate::articles::{Options, Prepared, prepare, say};
use crate::background::{Caller, run};
use crate::errors::fault;

/// The voice or sum of voices of that name.
pub fn voice_named(name: Option<String>) -> PyResult<Option<VoiceGroup>> {
    let Some(name) = name else { return Ok(None) };
    let known = VoiceGroup::from_name(&name).ok_or_else(|| {
        let names: Vec<&str> = VoiceGroup::ALL.iter().map(|voice| voice.name()).collect();
        fault(format!("there is no voice `{name}`; there are: {}", names.join(", ")))
    });
    known.map(Some)
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
    let voices = voice_named(voice)?.map(VoiceGroup::hit_voices);
    let (prepared, spooled) = prepare(articles, &options, warn)?;
    let query = Query { term, category, width, ..Query::default() };
    query.check(prepared.engine.inventory()).map_err(fault)?;
    let (lines, problems) = run(articles.py(), None, move |caller| {
        let mut lines = Vec::new();
        let problems = each(&prepared, caller, |article| {
            let read = prepared.engine.read(&article);
            let reading = read.reading(&article, prepared.engine.inventory());
            let wanted = |voice: &str| {
                voices.is_none_or(|voices| voices.iter().any(|known| known.name() == voice))
            };
            lines.extend(concordance(&reading, &query).into_iter().filter(|l| wanted(l.voice)));
        })?;
        lines.sort_by_cached_key(|line| (line.outlet.clone(), line.article.clone(), line.start));
        Ok((serde_json::to_string(&lines).map_err(fault)?, problems))
    })?;
    say(&problems, spooled.as_ref(), warn)?;
    Ok(lines)
}

fn each(
    prepared: &Prepared,
    caller: &Caller,
    mut act: impl FnMut(Article),
) -> PyResult<ProblemSummary> {
    let mut problems = ProblemSummary::default();
    for item in prepared.corpus.articles() {
        match item {
            Item::Article(article) => act(article),
            Item::Skipped(skipped) => problems.skip(skipped),
            Item::Warning(warning) => problems.warn(warning),
        }
        caller.waits()?;
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
    let (prepared, spooled) = prepare(articles, &options, warn)?;
    let (explained, problems) = run(articles.py(), None, move |caller| {
        let mut found = None;
        let mut number = 0;
        let problems = each(&prepared, caller, |article| {
            if id.as_ref().is_none_or(|id| *id == article.id) {
                number += 1;
                found.get_or_insert(article);
            }
        })?;
        let explained = match (found, id) {
            (None, Some(id)) => Err(fault(format!("there is no article with the id `{id}`"))),
            (None, None) => Err(fault("there is no usable article")),
            (Some(one), _) if number > 1 => Err(fault(format!(
                "there are {number} articles; name one, for instance: id='{}'",
                one.id
            ))),
            (Some(article), _) => {
                let read = prepared.engine.read(&article);
                let reading = read.reading(&article, prepared.engine.inventory());
                serde_json::to_string(&parallax::explain::explain(&reading)).map_err(fault)
            }
        };
        Ok((explained, problems))
    })?;
    say(&problems, spooled.as_ref(), warn)?;
    explained
}
