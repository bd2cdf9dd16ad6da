//! `parallax lexicon import`: a foreign dictionary becomes a lexicon.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use parallax::lexicon::{
    ExportFormat, ImportFormat, ImportOptions, Imported, Skipped, export, import, is_id,
};

use super::counted;
use crate::cli::faults::visible;
use crate::cli::{inputs, output, say};

/// Arguments of `parallax lexicon import`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The dictionary or word list
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Its format, if it is not guessed rightly
    #[arg(long, value_name = "FORMAT", value_parser = format_names())]
    from: Option<String>,

    /// Id of the category, for a list that names none; else made from the file's name
    #[arg(long, value_name = "ID")]
    category: Option<String>,

    /// Id of the lexicon; else made from the name of the file that is written
    #[arg(long, value_name = "ID")]
    id: Option<String>,

    /// Write to this file instead of standard output
    #[arg(long, short = 'o', value_name = "OUT")]
    output: Option<PathBuf>,

    /// Name every entry that is skipped
    #[arg(long, short = 'v')]
    verbose: bool,
}

fn format_names() -> clap::builder::PossibleValuesParser {
    let value = |row: &(ImportFormat, &'static str, &'static str)| {
        clap::builder::PossibleValue::new(row.1).help(row.2)
    };
    clap::builder::PossibleValuesParser::new(ImportFormat::ALL.iter().map(value))
}

/// Reads the file, writes the lexicon, and says what was skipped.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    inputs::spare((arguments.output.as_deref(), inputs::Written::Other), [&arguments.file])?;
    let bytes = parallax::store::read_file(&arguments.file)
        .with_context(|| format!("can't read {}", arguments.file.display()))?;
    let name = arguments.file.file_name().map(|name| name.to_string_lossy().into_owned());
    for id in arguments.category.iter().chain(&arguments.id) {
        anyhow::ensure!(
            is_id(id),
            "`{id}` can't be an id: ids hold small letters a to z, digits and hyphens"
        );
    }
    let written = arguments.output.as_ref().and_then(|path| path.file_stem());
    let from_output = written.map(|stem| parallax::lexicon::slug(&stem.to_string_lossy()));
    let options = ImportOptions {
        name: name.as_deref().unwrap_or_default(),
        format: arguments.from.as_deref().and_then(ImportFormat::from_name),
        category: arguments.category.as_deref(),
        id: arguments.id.as_deref().or(from_output.as_deref()),
    };
    let imported = import(&bytes, options).map_err(|error| {
        let hint = match arguments.from {
            Some(_) => "is it of that format?",
            None => "if it is of another format, say so with --from",
        };
        anyhow::anyhow!("can't import {}: {error}; {hint}", arguments.file.display())
    })?;
    let text = export(&imported.lexicon, ExportFormat::Toml).text;
    output::write(&text, arguments.output.as_deref())?;
    report(&imported, arguments.verbose);
    Ok(ExitCode::SUCCESS)
}

fn report(imported: &Imported, verbose: bool) {
    let guess = &imported.guess;
    say(false, format_args!("read as {}: {}", guess.format.title(), guess.reason));
    for note in &imported.notes {
        say(false, format_args!("note: {}", visible(note)));
    }
    let categories = &imported.lexicon.categories;
    let entries: usize = categories.iter().map(|category| category.terms.len()).sum();
    let places = if categories.len() == 1 {
        format!("into the category `{}`", categories[0].id)
    } else {
        format!("into {}", counted(categories.len(), "category"))
    };
    let places = if entries == imported.read {
        places
    } else {
        format!("{places}, {}", counted(entries, "entry"))
    };
    let by_reason = by_reason(&imported.skipped);
    let reasons: Vec<String> = by_reason
        .iter()
        .map(|(reason, skipped)| format!("{} {reason}", counted(skipped.len(), "")))
        .collect();
    let skipped = counted(imported.skipped.len(), "");
    let reasons =
        if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join("; ")) };
    say(
        false,
        format_args!(
            "{} read {places}, {skipped} skipped{}",
            counted(imported.read, "term"),
            visible(&reasons)
        ),
    );
    for (reason, skipped) in &by_reason {
        say(false, format_args!("  {}: {}", visible(reason), lines(skipped)));
        for entry in skipped.iter().filter(|_| verbose) {
            say(false, format_args!("    line {}: {}", entry.line, visible(&entry.entry)));
        }
    }
}

/// By reason, the commonest first.
fn by_reason(skipped: &[Skipped]) -> Vec<(&str, Vec<&Skipped>)> {
    let mut reasons: BTreeMap<&str, Vec<&Skipped>> = BTreeMap::new();
    for entry in skipped {
        reasons.entry(&entry.reason).or_default().push(entry);
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, entries)| std::cmp::Reverse(entries.len()));
    reasons
}

/// "line 3", "lines 1-4, 9".
fn lines(skipped: &[&Skipped]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for entry in skipped {
        match runs.last_mut() {
            Some((_, last)) if entry.line == *last || entry.line == *last + 1 => *last = entry.line,
            _ => runs.push((entry.line, entry.line)),
        }
    }
    let single = matches!(runs[..], [(first, last)] if first == last);
    let shown: Vec<String> = runs
        .iter()
        .map(
            |(first, last)| {
                if first == last { first.to_string() } else { format!("{first}-{last}") }
            },
        )
        .collect();
    format!("{} {}", if single { "line" } else { "lines" }, shown.join(", "))
}
