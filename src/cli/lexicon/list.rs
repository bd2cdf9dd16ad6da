//! `parallax lexicon list`: which lexicons there are.

use std::process::ExitCode;

use parallax::lexicon::Lexicon;
use parallax::store::{LexiconName, load_lexicons};
use serde_json::json;

use super::Format;
use crate::cli::faults::visible;
use crate::cli::options::OutputOptions;
use crate::cli::output;

/// Arguments of `parallax lexicon list`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Files or folders of lexicons; those that are built in if none is given
    #[arg(value_name = "FILE|DIR")]
    names: Vec<String>,

    #[command(flatten)]
    output: OutputOptions,

    /// The form of the result
    #[arg(long, short = 'f', value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

/// Prints the list.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let names: Vec<LexiconName> = if arguments.names.is_empty() {
        parallax::lexicon::BUILTIN.iter().map(|builtin| LexiconName::here(builtin.id)).collect()
    } else {
        arguments.names.iter().map(LexiconName::here).collect()
    };
    let lexicons = load_lexicons(&names)?;
    let shown = match arguments.format {
        Format::Terminal => terminal(&lexicons),
        Format::Json => {
            let rows: Vec<_> = lexicons.iter().map(record).collect();
            serde_json::to_string_pretty(&rows)? + "\n"
        }
    };
    output::write(&shown, arguments.output.output.as_deref())?;
    Ok(ExitCode::SUCCESS)
}

fn count_terms(lexicon: &Lexicon) -> usize {
    lexicon.categories.iter().map(|category| category.terms.len()).sum()
}

fn record(lexicon: &Lexicon) -> serde_json::Value {
    json!({
        "id": lexicon.id,
        "title": lexicon.title,
        "version": lexicon.version,
        "language": lexicon.language,
        "license": lexicon.license,
        "origin": lexicon.origin,
        "default": lexicon.default,
        "categories": lexicon.categories.iter().map(|category| &category.id).collect::<Vec<_>>(),
        "terms": count_terms(lexicon),
        "choices": lexicon.choices.len(),
        "targets": lexicon.targets.len(),
    })
}

fn terminal(lexicons: &[Lexicon]) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(["id", "title", "categories", "terms", "choices", "targets", "used"]);
    for index in 2..=5 {
        if let Some(column) = table.column_mut(index) {
            column.set_cell_alignment(comfy_table::CellAlignment::Right);
        }
    }
    for lexicon in lexicons {
        table.add_row([
            visible(&lexicon.id),
            visible(&lexicon.title),
            lexicon.categories.len().to_string(),
            count_terms(lexicon).to_string(),
            lexicon.choices.len().to_string(),
            lexicon.targets.len().to_string(),
            if lexicon.default { "by default".to_owned() } else { "when named".to_owned() },
        ]);
    }
    let rows: String = table.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    format!("{rows}\nSee one with: parallax lexicon show ID\n")
}
