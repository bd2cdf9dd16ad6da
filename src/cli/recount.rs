//! Reading the articles again for `parallax diff --corpus`: those that only one report holds are
//! counted by the terms of both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use parallax::corpus::{Corpus, FieldNames, Item, OpenOptions, ProblemSummary, open};
use parallax::diff::{EditedSentence, Recount, Side};
use parallax::lexicon::{Inventory, Lexicon};
use parallax::pipeline::Engine;
use parallax::report::{ArticleRow, LexiconRecord, Report, article_row, lexicon_records};
use parallax::store::{LexiconName, load_lexicons};
use parallax::tally::{Cell, EvidenceSample, SampleRule};
use rayon::prelude::*;

use super::faults::{line as one_line, visible};
use super::run::layouter;
use super::say;

/// Where the articles and the lexicons are.
#[derive(Debug, clap::Args)]
pub struct RecountOptions {
    /// The articles again (repeatable): makes the causes exact where the reports alone can't, and
    /// lists the sentences of edited articles
    #[arg(long, value_name = "PATH")]
    corpus: Vec<PathBuf>,

    /// A lexicon file of either report (repeatable); built-in ones are known. For --corpus
    #[arg(long, short = 'l', value_name = "FILE|ID|DIR", requires = "corpus")]
    lexicon: Vec<String>,

    /// Which column holds what, for tables: text=content, outlet=source, date=… (repeatable)
    #[arg(long, value_name = "ROLE=NAME", requires = "corpus")]
    field: Vec<String>,

    /// A file of reporting verbs that replaces the built-in one
    #[arg(long, value_name = "FILE", requires = "corpus")]
    cues: Option<PathBuf>,
}

/// Outlet and text hash, each with where it stands in its report.
type Wanted<'a> = BTreeMap<(&'a str, &'a str), &'a ArticleRow>;

/// An article of one report, as both count it, with its sentences.
struct Counted<'a> {
    side: Side,
    saved: &'a ArticleRow,
    own: ArticleRow,
    other: ArticleRow,
    sentences: Vec<EditedSentence>,
}

/// Counts the articles again; `None` without `--corpus`.
pub fn recount(
    options: &RecountOptions,
    old: &Report,
    new: &Report,
    quiet: bool,
) -> anyhow::Result<Option<Recount>> {
    if options.corpus.is_empty() {
        return Ok(None);
    }
    let known = known_lexicons(options)?;
    let needed = Recount::needed(old, new);
    let wanted = [wanted(old, &needed[0]), wanted(new, &needed[1])];
    let mut counted = Vec::new();
    let mut problems = ProblemSummary::default();
    // Reports that group their articles differently, or of which one was made with --repair, need a
    // pass each: for an article's group, and for its text.
    let alike = old.settings.by == new.settings.by && was_repaired(old) == was_repaired(new);
    let passes: &[&[Side]] =
        if alike { &[&[Side::Old, Side::New]] } else { &[&[Side::Old], &[Side::New]] };
    for sides in passes {
        let report = if sides.contains(&Side::Old) { old } else { new };
        let by = Some(report.settings.by.clone()).filter(|by| by != "outlet");
        let fields = FieldNames::parse(&options.field)?;
        let repair = was_repaired(report);
        let reading = OpenOptions { by, fields, repair, ..OpenOptions::default() };
        let corpus = open(&options.corpus, &reading)?;
        for notice in corpus.notices() {
            say(quiet, format_args!("note: {}", one_line(&notice.to_string())));
        }
        for warning in corpus.warnings() {
            say(quiet, format_args!("warning: {}", one_line(&warning.to_string())));
        }
        let engines = [
            engine(options, &corpus, old, &known, "old")?,
            engine(options, &corpus, new, &known, "new")?,
        ];
        let (more, faults) = read(&corpus, &Pass { sides, wanted: &wanted, engines: &engines });
        counted.extend(more);
        problems.merge(faults);
    }
    for line in problems.lines() {
        say(quiet, format_args!("warning: {}", one_line(&line)));
    }
    let (mut recount, mut seen) = (Recount::default(), BTreeSet::new());
    for article in counted {
        let Counted { side, saved, own, other, sentences } = article;
        // Copies of one text give equal counts.
        if seen.insert((side, &saved.outlet, &saved.hash)) {
            recount.add(side, saved, &own, other);
            recount.add_sentences(side, saved, sentences);
        }
    }
    let (found, all) = (seen.len(), needed[0].len() + needed[1].len());
    say(
        quiet,
        format_args!("note: {found} of {all} articles that only one report has were read again"),
    );
    Ok(Some(recount))
}

/// Whether garbled text was repaired before a report counted it. Where nothing was garbled, it makes
/// no difference.
fn was_repaired(report: &Report) -> bool {
    let codes = ["mojibake-repaired", "broken-words-repaired"];
    report.warnings.iter().any(|warning| codes.contains(&warning.code.as_str()))
}

/// What is read in one pass over the corpus.
struct Pass<'a, 'r> {
    /// The reports whose articles are wanted.
    sides: &'a [Side],
    wanted: &'a [Wanted<'r>; 2],
    engines: &'a [Engine; 2],
}

fn read<'r>(corpus: &Corpus, pass: &Pass<'_, 'r>) -> (Vec<Counted<'r>>, ProblemSummary) {
    type Part<'r> = (Vec<Counted<'r>>, ProblemSummary);
    let read = |(mut counted, mut problems): Part<'r>, record| {
        for item in corpus.read(record) {
            match item {
                Item::Article(article) => counted.extend(count(&article, pass)),
                Item::Skipped(skipped) => problems.skip(skipped),
                Item::Warning(warning) => problems.warn(warning),
            }
        }
        (counted, problems)
    };
    let join = |(mut counted, mut problems): Part<'r>, (others, more): Part<'r>| {
        counted.extend(others);
        problems.merge(more);
        (counted, problems)
    };
    corpus.records().par_bridge().fold(Part::default, read).reduce(Part::default, join)
}

fn wanted<'a>(report: &'a Report, needed: &BTreeSet<(String, String)>) -> Wanted<'a> {
    let rows = report.articles.iter();
    rows.filter(|row| needed.contains(&(row.outlet.clone(), row.hash.clone())))
        .map(|row| ((&*row.outlet, &*row.hash), row))
        .collect()
}

/// Every lexicon that may be one of a report: those named, and the built-in ones.
fn known_lexicons(options: &RecountOptions) -> anyhow::Result<Vec<Lexicon>> {
    let mut known = Vec::new();
    // One at a time: two versions of a lexicon have the same id.
    for name in &options.lexicon {
        known.extend(load_lexicons(&[LexiconName::here(name)])?);
    }
    for builtin in parallax::lexicon::BUILTIN {
        known.extend(load_lexicons(&[LexiconName::here(builtin.id)])?);
    }
    Ok(known)
}

/// An engine with the lexicons of a report, in its order, so that entries have its numbers.
fn engine(
    options: &RecountOptions,
    corpus: &Corpus,
    report: &Report,
    known: &[Lexicon],
    which: &str,
) -> anyhow::Result<Engine> {
    let hashes: Vec<String> = known
        .iter()
        .map(|lexicon| {
            let records = lexicon_records(&Inventory::new(vec![lexicon.clone()]));
            records.into_iter().next().map(|record| record.hash).unwrap_or_default()
        })
        .collect();
    let mut lexicons = Vec::new();
    for record in &report.provenance.lexicons {
        let LexiconRecord { id, version, hash, .. } = record;
        let place = known.iter().zip(&hashes).position(|(known, h)| known.id == *id && h == hash);
        let place = place.ok_or_else(|| {
            anyhow::anyhow!(
                "--corpus: the {which} report was made with a lexicon `{}` (version {}) that is not \
                 at hand; name its file with --lexicon",
                visible(id),
                visible(version)
            )
        })?;
        lexicons.push(known[place].clone());
    }
    let boilerplate =
        corpus.outlets().iter().map(|outlet| (outlet.id.clone(), outlet.boilerplate.clone()));
    let layouter = layouter(options.cues.as_ref())?;
    Ok(Engine::new(layouter, Inventory::new(lexicons), boilerplate.collect())?)
}

fn count<'r>(article: &parallax::corpus::Article, pass: &Pass<'_, 'r>) -> Vec<Counted<'r>> {
    let hash = blake3::hash(article.text.as_bytes()).to_hex().to_string();
    let mut counted = Vec::new();
    let (wanted, engines) = (pass.wanted, pass.engines);
    for &side in pass.sides {
        let place = side as usize;
        let Some(saved) = wanted[place].get(&(&*article.outlet, &*hash)).copied() else {
            continue;
        };
        let every = SampleRule { seed: 1, per_cell: usize::MAX };
        let (own, evidence) = engines[place].tally(article, every);
        let (other, _) = engines[1 - place].tally(article, every);
        counted.push(Counted {
            side,
            saved,
            own: article_row(&(&own).into()),
            other: article_row(&(&other).into()),
            sentences: sentences(&evidence, engines[place].inventory(), side),
        });
    }
    counted
}

/// The sentences with a hit of a category.
fn sentences(evidence: &EvidenceSample, inventory: &Inventory, side: Side) -> Vec<EditedSentence> {
    let mut all = Vec::new();
    for (_, cell, quotations) in evidence.cells(|_, _| true) {
        let Cell::Category(lexicon, category) = cell else { continue };
        let lexicon = &inventory.lexicons()[*lexicon];
        for quotation in quotations {
            all.push(EditedSentence {
                text_of: if side == Side::Old { "old" } else { "new" }.to_owned(),
                lexicon: lexicon.id.clone(),
                category: lexicon.categories[*category].id.clone(),
                term: quotation.term.clone(),
                voice: quotation.voice.name().to_owned(),
                sentence: quotation.sentence.clone(),
                start: quotation.hit.start,
                end: quotation.hit.end,
            });
        }
    }
    all
}
