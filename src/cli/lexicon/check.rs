//! `parallax lexicon check`: everything that is wrong with a lexicon, in one go.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use parallax::audit::{CorpusAudit, run_tests};
use parallax::corpus::{Item, ProblemSummary};
use parallax::lexicon::{Lexicon, Term, check};
use parallax::store::{
    LexiconFault, LexiconFile, LexiconName, parse_layered, read_lexicons, write_whole,
};
use parallax::toml_reader::{Diagnostic, Severity};
use rayon::prelude::*;

use super::Format;
use crate::cli::faults::{findings, visible};
use crate::cli::options::{CorpusOptions, OutputOptions};
use crate::cli::run::{engine_with, open_corpus, say_problems};
use crate::cli::{FOUND, output, say};

/// Arguments of `parallax lexicon check`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Lexicon files, folders, or ids of built-in ones
    #[arg(value_name = "FILE", required = true)]
    names: Vec<String>,

    /// Try the lexicon on this corpus, too: terms never found, terms that make most of a category,
    /// terms mostly quoted, terms that are mostly names (repeatable)
    #[arg(long, value_name = "PATH")]
    corpus: Vec<PathBuf>,

    /// Which column of the corpus holds what: text=content, outlet=source … (repeatable)
    #[arg(long, value_name = "ROLE=NAME", requires = "corpus")]
    field: Vec<String>,

    /// Take warnings as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,

    /// Sort the terms of each category and remove exact duplicates, in the file itself; comments stay
    #[arg(long)]
    fix: bool,

    #[command(flatten)]
    output: OutputOptions,

    /// The form of the result
    #[arg(long, short = 'f', value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    /// Exit with 1 where there is a warning
    Warnings,
}

/// A lexicon file with all that was found.
struct Checked {
    file: LexiconFile,
    diagnostics: Vec<Diagnostic>,
    /// What can be tried on a corpus.
    sound: Option<Lexicon>,
    terms: usize,
    tests: usize,
}

/// Checks, and prints what was found.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let names: Vec<LexiconName> = arguments.names.iter().map(LexiconName::here).collect();
    if arguments.fix {
        for file in read_lexicons(&names)? {
            fix(&file)?;
        }
    }
    let files = read_lexicons(&names)?;
    let mut checked: Vec<Checked> = files.iter().map(|file| check_file(file, &files)).collect();
    find_same_ids(&mut checked);
    if !arguments.corpus.is_empty() {
        try_on_corpus(arguments, &mut checked)?;
    }
    let shown = match arguments.format {
        Format::Terminal => {
            let coloured = output::coloured(arguments.output.output.as_deref());
            checked.iter().map(|one| terminal(one, coloured)).collect()
        }
        Format::Json => {
            let rows: Vec<_> = checked.iter().flat_map(rows).collect();
            serde_json::to_string_pretty(&rows)? + "\n"
        }
    };
    let file = arguments.output.output.as_deref();
    match arguments.format {
        Format::Terminal => output::write_coloured(&shown, file)?,
        Format::Json => output::write(&shown, file)?,
    }
    let all = checked.iter().flat_map(|one| &one.diagnostics);
    let denied =
        all.filter(|finding| finding.severity == Severity::Error || arguments.deny.is_some());
    Ok(if denied.count() > 0 { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

fn check_file(file: &LexiconFile, others: &[LexiconFile]) -> Checked {
    let parsed = parse_layered(file, others);
    let sound = parsed.is_sound();
    let mut diagnostics = parsed.diagnostics;
    // What can't be read must not hide what is wrong with the rest.
    let readable =
        if sound { parsed.lexicon } else { without_faulty(parsed.lexicon, &diagnostics) };
    let mut found = check(&readable, &file.source);
    match run_tests(&readable) {
        Ok(failures) => {
            found.extend(failures.iter().map(|failure| failure.diagnostic(&file.source)))
        }
        Err(error) => found.push(Diagnostic::error("pattern", 0..0, error.to_string())),
    }
    // A partner may be among the terms that can't be read.
    found.retain(|finding| sound || finding.code != "pair");
    diagnostics.extend(found);
    diagnostics.sort_by_key(|finding| (finding.place.start, finding.place.end));
    let terms = || {
        let categories = readable.categories.iter().flat_map(|category| &category.terms);
        let variants =
            readable.choices.iter().flat_map(|choice| choice.variants.values().flatten());
        categories.chain(variants).chain(readable.targets.iter().flat_map(|target| &target.names))
    };
    Checked {
        file: file.clone(),
        diagnostics,
        terms: terms().count(),
        tests: terms().map(|term| term.hits.len() + term.misses.len()).sum(),
        sound: sound.then(|| readable.clone()),
    }
}

/// The lexicon without the terms that an error is about.
fn without_faulty(mut lexicon: Lexicon, diagnostics: &[Diagnostic]) -> Lexicon {
    let fine = |term: &Term| {
        let about = |finding: &Diagnostic| {
            finding.severity == Severity::Error
                && finding.place.start < term.place.end
                && term.place.start < finding.place.end
        };
        !diagnostics.iter().any(about)
    };
    for category in &mut lexicon.categories {
        category.terms.retain(fine);
    }
    for terms in lexicon.choices.iter_mut().flat_map(|choice| choice.variants.values_mut()) {
        terms.retain(fine);
    }
    for target in &mut lexicon.targets {
        target.names.retain(fine);
    }
    lexicon
}

/// Two lexicons of one id can't be used together.
fn find_same_ids(checked: &mut [Checked]) {
    let named = |one: &Checked| one.sound.as_ref().map(|lexicon| lexicon.id.clone());
    let ids: Vec<_> = checked.iter().map(|one| (named(one), one.file.origin.clone())).collect();
    for (index, one) in checked.iter_mut().enumerate() {
        let same = ids[..index].iter().find(|(id, _)| id.is_some() && *id == ids[index].0);
        if let (Some((_, other)), Some(id)) = (same, &ids[index].0) {
            let message = format!("the id `{id}` is also that of {other}");
            one.diagnostics.insert(0, Diagnostic::error("same-id", 0..0, message));
        }
    }
}

fn try_on_corpus(arguments: &Arguments, checked: &mut [Checked]) -> anyhow::Result<()> {
    let mut lexicons: Vec<Lexicon> = Vec::new();
    let mut tried = Vec::new();
    for (index, one) in checked.iter().enumerate() {
        if let Some(lexicon) = &one.sound {
            tried.push(index);
            lexicons.push(lexicon.clone());
        }
    }
    let options = CorpusOptions::of_paths(arguments.corpus.clone(), arguments.field.clone());
    let corpus = open_corpus(&options)?;
    let engine = engine_with(&options, &corpus, lexicons)?;
    type Part = (CorpusAudit, ProblemSummary);
    let read = |(mut audit, mut problems): Part, record| {
        for item in corpus.read(record) {
            match item {
                Item::Article(article) => {
                    let read = engine.read(&article);
                    let starts: Vec<u32> = read.layout.sentences.iter().map(|s| s.start).collect();
                    audit.add(&article.text, &read.hits, &starts);
                }
                Item::Skipped(skipped) => problems.skip(skipped),
                Item::Warning(warning) => problems.warn(warning),
            }
        }
        (audit, problems)
    };
    let join = |(audit, mut problems): Part, (other, more): Part| {
        problems.merge(more);
        (audit.merged(other), problems)
    };
    let parts = corpus.records().par_bridge().fold(Part::default, read);
    let (audit, problems) = parts.reduce(Part::default, join);
    say_problems(&options, &problems)?;
    anyhow::ensure!(audit.articles() > 0, "there is no usable article in the corpus");
    for (lexicon, index) in tried.into_iter().enumerate() {
        let found = audit.findings(engine.inventory(), lexicon);
        let diagnostics = &mut checked[index].diagnostics;
        diagnostics.extend(found);
        diagnostics.sort_by_key(|finding| (finding.place.start, finding.place.end));
    }
    Ok(())
}

fn fix(file: &LexiconFile) -> anyhow::Result<()> {
    let Some(path) = &file.path else {
        anyhow::bail!("{} is built in; export it to a file to change it", file.origin);
    };
    let fixed = match parallax::lexicon::tidy(&file.source) {
        Ok(fixed) => fixed,
        Err(_) => {
            say(
                false,
                format_args!("note: {} is left as it is: it is not valid TOML", file.origin),
            );
            return Ok(());
        }
    };
    if fixed.refused {
        say(
            false,
            format_args!(
                "note: {} is left as it is: a comment behind several entries of a line could swallow \
                 one; give each entry with a comment a line of its own and a comma",
                visible(&file.origin)
            ),
        );
        return Ok(());
    }
    if fixed.text != file.source {
        write_whole(path, fixed.text.as_bytes())
            .with_context(|| format!("can't write {}", path.display()))?;
    }
    say(
        false,
        format_args!(
            "{}: {} removed, {}",
            visible(&file.origin),
            super::counted(fixed.removed, "duplicate"),
            if fixed.text == file.source { "already in order" } else { "put in order" }
        ),
    );
    Ok(())
}

fn terminal(one: &Checked, coloured: bool) -> String {
    let fault = LexiconFault {
        origin: one.file.origin.clone(),
        source: one.file.source.to_string(),
        diagnostics: one.diagnostics.clone(),
    };
    let errors = one.diagnostics.iter().filter(|f| f.severity == Severity::Error).count();
    let warnings = one.diagnostics.len() - errors;
    let failed = one.diagnostics.iter().filter(|f| f.code.starts_with("failed-")).count();
    let tests = match one.tests {
        0 => "it has no tests of its own".to_owned(),
        tests if failed == 0 => format!("its own {} hold", super::counted(tests, "test")),
        tests => format!("{failed} of its own {} fail", super::counted(tests, "test")),
    };
    format!(
        "{}{}: {}, {} · {} · {tests}\n",
        findings(&fault, coloured),
        visible(&one.file.origin),
        super::counted(errors, "error"),
        super::counted(warnings, "warning"),
        super::counted(one.terms, "term"),
    )
}

fn rows(one: &Checked) -> Vec<serde_json::Value> {
    let row = |finding: &Diagnostic| {
        let (line, column) = finding.line_and_column(&one.file.source);
        serde_json::json!({
            "file": one.file.origin,
            "line": line,
            "column": column,
            "severity": match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            "code": finding.code,
            "message": finding.message,
            "help": finding.help,
        })
    };
    one.diagnostics.iter().map(row).collect()
}
