//! From counted articles and what was asked for to a report.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Inputs, OutletInfo, Report, Settings, WarningRow, build_without_rows, lexicon_records,
};
use crate::corpus::{Corpus, ProblemCount};
use crate::events::{Chosen, Events, LIMIT, Source, Told, UnknownEvent, choose};
use crate::lexicon::Inventory;
use crate::statistics::permutation::DRAWS;
use crate::tally::{CorpusTallies, Keep, SampleRule, SpillError};

/// What a corpus says of itself and how it was read: all that a report needs beside the tallies.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Setup {
    /// The field that groups the articles, where it is not the outlet.
    pub by: Option<String>,
    /// Title of the corpus, if it has one.
    pub title: Option<String>,
    /// Outlets that the run was restricted to; empty for all.
    pub only: Vec<String>,
    /// The outlets that are declared.
    pub declared: Vec<OutletInfo>,
    /// By outlet, the lines that are declared to be page furniture.
    pub boilerplate: BTreeMap<String, Vec<String>>,
}

impl Setup {
    /// The setup of a corpus that was opened with the restriction to `only`.
    pub fn of(corpus: &Corpus, only: &[String]) -> Self {
        let mut only = only.to_vec();
        only.sort();
        let declared = corpus.outlets().iter().map(|outlet| OutletInfo {
            id: outlet.id.clone(),
            name: outlet.name.clone(),
            groups: outlet.groups.clone(),
        });
        let boilerplate = corpus.outlets().iter().filter(|outlet| !outlet.boilerplate.is_empty());
        let lines = |outlet: &crate::corpus::Outlet| {
            let lines = outlet.boilerplate.iter().map(|line| line.as_str().to_owned()).collect();
            (outlet.id.clone(), lines)
        };
        Self {
            by: corpus.by().map(str::to_owned),
            title: corpus.title().map(str::to_owned),
            only,
            declared: declared.collect(),
            boilerplate: boilerplate.map(lines).collect(),
        }
    }

    /// What is known of the outlets: those with articles, and declared ones that were not left aside.
    pub(super) fn outlets(&self, seen: &BTreeSet<String>) -> Vec<OutletInfo> {
        let plain =
            |id: &String| OutletInfo { id: id.clone(), name: id.clone(), groups: BTreeMap::new() };
        let mut outlets: BTreeMap<String, OutletInfo> =
            seen.iter().map(|id| (id.clone(), plain(id))).collect();
        if self.by.is_none() {
            for outlet in &self.declared {
                if seen.contains(&outlet.id) || self.only.is_empty() {
                    outlets.insert(outlet.id.clone(), outlet.clone());
                }
            }
        }
        outlets.into_values().collect()
    }
}

/// How a report is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Pairs to compare; empty for the default.
    pub compare: Vec<[String; 2]>,
    /// Level of the tests; intervals are 1 − alpha.
    pub alpha: f64,
    /// Which sentences are kept, and the seed of every shuffle.
    pub rule: SampleRule,
    /// Correct with Holm's method.
    pub confirmatory: bool,
    /// What events are taken from.
    pub events: Source,
    /// Events to set side by side; empty for those that most outlets cover.
    pub event: Vec<String>,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            compare: Vec::new(),
            alpha: 0.05,
            rule: SampleRule::default(),
            confirmatory: false,
            events: Source::default(),
            event: Vec::new(),
        }
    }
}

/// Why a report can't be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Nothing was counted.
    #[error("there is no usable article")]
    NoArticle,
    /// An outlet is to be compared that no article is of.
    #[error("--compare: there is no outlet `{name}`; there are: {}", known.join(", "))]
    UnknownOutlet {
        /// What was asked for.
        name: String,
        /// The first of those that there are.
        known: Vec<String>,
    },
    /// A level that is none.
    #[error("a level lies between 0 and 1, for instance 0.05")]
    Level,
    /// An event is to be set side by side that there is not.
    #[error(transparent)]
    UnknownEvent(#[from] UnknownEvent),
    /// Counts that were kept outside memory can't be written or read back.
    #[error(transparent)]
    Spill(#[from] SpillError),
}

impl Request {
    /// Which features of articles a report needs that is asked for so.
    pub fn keep(&self) -> Keep {
        Keep { words: self.events == Source::Found, up_to: LIMIT }
    }

    pub(super) fn check(&self, seen: &BTreeSet<String>) -> Result<(), RequestError> {
        if seen.is_empty() {
            return Err(RequestError::NoArticle);
        }
        if !(self.alpha > 0.0 && self.alpha < 1.0) {
            return Err(RequestError::Level);
        }
        match self.compare.iter().flatten().find(|name| !seen.contains(*name)) {
            None => Ok(()),
            Some(name) => Err(RequestError::UnknownOutlet {
                name: name.clone(),
                known: seen.iter().take(20).cloned().collect(),
            }),
        }
    }

    pub(super) fn settings(&self, setup: &Setup) -> Settings {
        Settings {
            by: setup.by.as_deref().unwrap_or("outlet").to_owned(),
            title: setup.title.clone(),
            outlets: setup.only.clone(),
            compare: self.compare.clone(),
            alpha: self.alpha,
            seed: self.rule.seed,
            correction: if self.confirmatory { "holm" } else { "bh" }.to_owned(),
            evidence: self.rule.per_cell as u64,
            draws: DRAWS,
        }
    }
}

/// The report of counted articles. `tallies` need not be finished; `tell` reads the articles of the
/// chosen events again, or gives nothing where there are only tallies.
///
/// # Errors
/// No article, a pair that can't be compared, a level outside 0 and 1, an event that there is not; counts
/// that are kept outside memory and can't be read back.
pub fn make(
    tallies: impl Into<CorpusTallies>,
    problems: &[ProblemCount],
    (inventory, layout): (&Inventory, &str),
    setup: &Setup,
    request: &Request,
    tell: impl FnOnce(&Chosen) -> Vec<Told> + Send,
) -> Result<Report, RequestError> {
    let tallies: CorpusTallies = tallies.into();
    let (report, lexicons) = rayon::join(
        || of_tallies(tallies, problems, (inventory, layout), setup, request, tell),
        || lexicon_records(inventory),
    );
    let mut report = report?;
    report.provenance.lexicons = lexicons;
    Ok(report)
}

/// The same but for the fingerprints of lexicons.
fn of_tallies(
    mut tallies: CorpusTallies,
    problems: &[ProblemCount],
    (inventory, layout): (&Inventory, &str),
    setup: &Setup,
    request: &Request,
    tell: impl FnOnce(&Chosen) -> Vec<Told>,
) -> Result<Report, RequestError> {
    let duplicates = tallies.finish()?;
    tallies.limit(request.rule);
    let seen = tallies.outlets();
    request.check(&seen)?;
    let events = Events::from(request.events, tallies.articles());
    let chosen = choose(&request.event, &events, tallies.articles())?;
    let told = tell(&chosen);
    let unread = (told.is_empty() && !chosen.is_empty()).then(not_read);
    let report = build_without_rows(Inputs {
        tallies: &tallies,
        events: &events,
        told: &told,
        duplicates: &duplicates,
        inventory,
        outlets: &setup.outlets(&seen),
        settings: request.settings(setup),
        layout: layout.to_owned(),
        warnings: problems.iter().map(warning).chain(unread).collect(),
    });
    if let Some(fault) = tallies.fault() {
        return Err(fault.clone().into());
    }
    let articles = tallies.take_articles();
    // Nobody waits until what is no longer needed is taken apart.
    rayon::spawn(move || drop((tallies, events, told)));
    Ok(Report { articles: articles.into(), ..report })
}

/// Code of the warning that nothing is set side by side because the articles were not there.
pub const NOT_READ: &str = "not-side-by-side";

fn not_read() -> WarningRow {
    WarningRow {
        code: NOT_READ.to_owned(),
        outlet: None,
        count: 1,
        message: "tallies hold counts and no sentences to set side by side; the command takes the \
                  articles' PATHs beside --tallies"
            .to_owned(),
    }
}

/// A kind of problem with how often it came up; places stay out, since they hold names of the machine.
pub(super) fn warning(problem: &ProblemCount) -> WarningRow {
    let left_out = if problem.skipped { "left out: " } else { "" };
    WarningRow {
        code: problem.code.clone(),
        outlet: None,
        count: problem.number,
        message: format!("{left_out}{}", problem.what),
    }
}
