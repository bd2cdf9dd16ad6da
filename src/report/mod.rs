//! From the tallies of a corpus to the record of a run. The record is finished before any renderer
//! sees it.

use std::collections::BTreeMap;

mod cells;
mod check;
mod choice_comparisons;
mod choices;
mod comparisons;
mod evidence;
mod figure;
mod judged;
mod label_comparisons;
mod matched;
mod model;
mod near_copies;
mod people;
mod permutations;
mod provenance;
mod rates;
mod request;
mod rows;
mod side_by_side;
mod sides;
mod stories;
mod sums;
mod targets;
mod utterances;
mod warnings;

pub use check::{Disagreement, check};
pub(crate) use figure::figure;
pub use model::*;
pub use provenance::lexicon_records;
pub(crate) use provenance::plain_fingerprint;
pub use request::{NOT_READ, Request, RequestError, Setup, make};
pub use rows::article_row;
pub use sums::{SUMS_ONLY, make_from_sums};

use crate::events::{Events, Told};
use crate::lexicon::Inventory;
use crate::statistics::evidence::Thresholds;
use crate::tally::{CorpusTallies, Duplicates};

/// How words are counted: the standard, its revision, and ours.
pub const TOKENIZER: &str = "uax29-17.0/1";

/// What a report is built from.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// The tallies, finished.
    pub tallies: &'a CorpusTallies,
    /// Copies that were left out, by outlet.
    pub duplicates: &'a Duplicates,
    /// Which articles tell the same story.
    pub events: &'a Events,
    /// What the articles of chosen events wrote, read again; may be empty.
    pub told: &'a [Told],
    /// The lexicons that were matched.
    pub inventory: &'a Inventory,
    /// What is known of outlets, declared ones without articles included.
    pub outlets: &'a [OutletInfo],
    /// How the report is asked for.
    pub settings: Settings,
    /// Fingerprint of the data files that decide zones and voices.
    pub layout: String,
    /// What was noticed while reading.
    pub warnings: Vec<WarningRow>,
}

/// What is known of an outlet.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct OutletInfo {
    /// Its id.
    pub id: String,
    /// For people.
    pub name: String,
    /// What the user declared of it.
    pub groups: BTreeMap<String, String>,
}

/// Builds the record of a run.
pub fn build(inputs: Inputs<'_>) -> Report {
    let articles = inputs.tallies.articles().clone();
    let lexicons = lexicon_records(inputs.inventory);
    let mut report = build_without_rows(inputs);
    report.provenance.lexicons = lexicons;
    Report { articles: articles.into(), ..report }
}

/// The record but for the rows of articles and the fingerprints of lexicons.
fn build_without_rows(inputs: Inputs<'_>) -> Report {
    let articles = inputs.tallies.articles();
    let thresholds = Thresholds { alpha: inputs.settings.alpha, ..Thresholds::default() };
    let cells = cells::Cells::new(articles, inputs.inventory);
    let people = people::People::new(&cells);
    let (tested, (told, counted)) = rayon::join(
        || Tested::of(&cells, &people, &inputs, &thresholds),
        || {
            rayon::join(
                || ByStory::of(&cells, &people, &inputs, &thresholds),
                || Counted::of(&cells, &people, &inputs, &thresholds),
            )
        },
    );
    let copies = near_copies::warning(&cells, inputs.events, &tested.comparisons, &thresholds);
    let noticed = stories::warnings(inputs.events, articles).into_iter().chain(copies);
    Report {
        schema: SCHEMA.to_owned(),
        tool: Tool {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            tokenizer: TOKENIZER.to_owned(),
            layout: inputs.layout,
        },
        provenance: provenance::of_corpus(articles),
        categories: counted.categories,
        own_shares: counted.own_shares,
        article_shares: counted.article_shares,
        heterogeneity: counted.heterogeneity,
        comparisons: tested.comparisons,
        matched: told.matched,
        terms: counted.terms,
        choices: counted.choices,
        choice_comparisons: tested.choice_comparisons,
        target_labels: counted.target_labels,
        label_comparisons: tested.label_comparisons,
        sources: counted.sources,
        event_method: stories::method(inputs.events, articles),
        events: told.events,
        coverage: told.coverage,
        omissions: told.omissions,
        side_by_side: told.side_by_side,
        evidence: counted.evidence,
        articles: ArticleRows::default(),
        warnings: warnings::warnings(
            inputs.warnings.into_iter().chain(noticed).collect(),
            inputs.tallies,
            &counted.outlets,
            &counted.rates,
        ),
        settings: inputs.settings,
        outlets: counted.outlets,
        rates: counted.rates,
        targets: counted.targets,
    }
}

/// What shuffles compare.
struct Tested {
    comparisons: Vec<ComparisonRow>,
    choice_comparisons: Vec<ChoiceComparisonRow>,
    label_comparisons: Vec<LabelComparisonRow>,
}

impl Tested {
    fn of(
        cells: &cells::Cells<'_>,
        people: &people::People<'_>,
        inputs: &Inputs<'_>,
        thresholds: &Thresholds,
    ) -> Self {
        let settings = &inputs.settings;
        Self {
            comparisons: comparisons::comparisons(cells, settings, thresholds),
            choice_comparisons: choice_comparisons::choice_comparisons(cells, settings, thresholds),
            label_comparisons: label_comparisons::label_comparisons(
                cells, people, settings, thresholds,
            ),
        }
    }
}

/// What is counted of each outlet and set beside no other.
struct Counted {
    outlets: Vec<OutletRow>,
    categories: Vec<CategoryRow>,
    rates: Vec<RateRow>,
    own_shares: Vec<OwnShareRow>,
    article_shares: Vec<ArticleShareRow>,
    heterogeneity: Vec<HeterogeneityRow>,
    terms: TermRows,
    choices: Vec<ChoiceRow>,
    targets: Vec<TargetRow>,
    target_labels: Vec<TargetLabelRow>,
    sources: Vec<SourceRow>,
    evidence: Vec<EvidenceRow>,
}

impl Counted {
    fn of(
        cells: &cells::Cells<'_>,
        people: &people::People<'_>,
        inputs: &Inputs<'_>,
        thresholds: &Thresholds,
    ) -> Self {
        let targets = targets::targets(cells, people, thresholds);
        Self {
            outlets: rows::outlets(cells, inputs),
            categories: rows::categories(cells),
            rates: rates::rates(cells, thresholds),
            own_shares: rates::own_shares(cells, thresholds),
            article_shares: rates::article_shares(cells, thresholds),
            heterogeneity: rates::heterogeneities(cells),
            terms: rows::terms(cells),
            choices: choices::choices(cells, thresholds),
            target_labels: label_comparisons::target_labels(cells, people, thresholds),
            sources: targets::sources(cells, people),
            evidence: evidence::evidence(cells, inputs.tallies, &targets),
            targets,
        }
    }
}

/// What is compared event by event.
struct ByStory {
    events: Vec<EventRow>,
    matched: Vec<MatchedRow>,
    coverage: Vec<CoverageRow>,
    omissions: Vec<OmissionRow>,
    side_by_side: Vec<SideBySideRow>,
}

impl ByStory {
    fn of(
        cells: &cells::Cells<'_>,
        people: &people::People<'_>,
        inputs: &Inputs<'_>,
        thresholds: &Thresholds,
    ) -> Self {
        let (events, articles) = (inputs.events, inputs.tallies.articles());
        let present: Vec<&str> = cells.outlets.iter().map(|(outlet, _)| *outlet).collect();
        Self {
            events: stories::events(events, articles, people),
            matched: matched::matched(cells, events, &inputs.settings, thresholds),
            coverage: stories::coverage(events, articles, &present, thresholds),
            omissions: stories::omissions(events, articles, &present, people),
            side_by_side: side_by_side::side_by_side(cells, people, events, inputs.told),
        }
    }
}
