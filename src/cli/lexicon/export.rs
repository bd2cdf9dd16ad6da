//! `parallax lexicon export`: a lexicon for another tool.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use parallax::lexicon::{ExportFormat, export};
use parallax::store::{LexiconName, load_lexicons, read_lexicons};

use super::counted;
use crate::cli::faults::visible;
use crate::cli::{inputs, output, say};

/// Arguments of `parallax lexicon export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Id of a built-in lexicon, or a file
    #[arg(value_name = "ID|FILE")]
    name: String,

    /// The format; told from the name of the file that is written if not given, else toml
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: Option<To>,

    /// Write to this file instead of standard output
    #[arg(long, short = 'o', value_name = "OUT")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum To {
    /// The project's own format
    Toml,
    /// quanteda YAML
    Quanteda,
    /// LIWC dictionary
    Dic,
    /// LIWC-22 dictionary
    Dicx,
    /// CSV of term, category, weight
    Csv,
}

/// Writes the lexicon, and says what the format can't hold.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    inputs::spare((arguments.output.as_deref(), inputs::Written::Other), [&arguments.name])?;
    let names = [LexiconName::here(&arguments.name)];
    let lexicons = load_lexicons(&names)?;
    let [lexicon] = lexicons.as_slice() else {
        anyhow::bail!("`{}` names {} lexicons; name one", arguments.name, lexicons.len());
    };
    let file =
        arguments.output.as_deref().and_then(|path| path.extension()).and_then(|e| e.to_str());
    let to = arguments.to.unwrap_or(match file {
        Some("yml" | "yaml") => To::Quanteda,
        Some("dic") => To::Dic,
        Some("dicx") => To::Dicx,
        Some("csv") => To::Csv,
        _ => To::Toml,
    });
    let target = match to {
        To::Toml => ExportFormat::Toml,
        To::Quanteda => ExportFormat::Quanteda,
        To::Dic => ExportFormat::Dic,
        To::Dicx => ExportFormat::Dicx,
        To::Csv => ExportFormat::Csv,
    };
    let mut exported = export(lexicon, target);
    if to == To::Toml {
        // As it was written, with its comments, unless it is laid over another one.
        let files = read_lexicons(&names)?;
        if let Some(file) =
            files.iter().find(|file| parallax::lexicon::parse(&file.source, "").layer.is_none())
        {
            exported.text = file.source.to_string();
        }
    }
    output::write(&exported.text, arguments.output.as_deref())?;
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for lost in &exported.lost {
        reasons.entry(lost.reason).or_default().push(&lost.what);
    }
    say(false, format_args!("{} written", counted(exported.entries, "entry")));
    for (reason, cases) in reasons {
        let shown: Vec<String> = cases.iter().take(5).map(|case| visible(case)).collect();
        let more = if cases.len() > shown.len() { ", …" } else { "" };
        say(false, format_args!("  {} {reason}: {}{more}", cases.len(), shown.join(", ")));
    }
    Ok(ExitCode::SUCCESS)
}
