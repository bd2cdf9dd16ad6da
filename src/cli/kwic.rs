//! `parallax kwic`: concordance lines.

use std::process::ExitCode;

use parallax::explain::{Line, Query, concordance};
use parallax::render::{self, View};
use parallax::text::Voice;

use super::options::{CorpusOptions, Format, OutputOptions, VoiceName};
use super::run::{Prepared, for_each_article, prepare};
use super::{inputs, output};

/// Arguments of `parallax kwic`.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true).args(["term", "category"])))]
pub struct Arguments {
    #[command(flatten)]
    corpus: CorpusOptions,

    #[command(flatten)]
    output: OutputOptions,

    /// Only this term, as the lexicon has it
    #[arg(long, value_name = "T")]
    term: Option<String>,

    /// Only this category or choice; LEXICON/CATEGORY where a name is in two lexicons
    #[arg(long, value_name = "C")]
    category: Option<String>,

    /// Only this voice
    #[arg(long, value_enum, value_name = "VOICE")]
    voice: Option<VoiceName>,

    /// The form of the result
    #[arg(long, short = 'f', value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

/// Prints the lines.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    inputs::spare(
        (arguments.output.output.as_deref(), inputs::Written::Other),
        inputs::of(&arguments.corpus),
    )?;
    let Prepared { corpus, engine } = prepare(&arguments.corpus)?;
    let file = arguments.output.output.as_deref();
    let format = arguments.format.into();
    let view = View { width: output::width(), color: output::coloured(file), ..View::default() };
    let query = Query {
        term: arguments.term.clone(),
        category: arguments.category.clone(),
        width: render::context_width(format, &view),
        ..Query::default()
    };
    query.check(engine.inventory())?;
    let voices = arguments.voice.map(|voice| parallax::tally::VoiceGroup::from(voice).hit_voices());
    let mut lines: Vec<Line> = Vec::new();
    for_each_article(&arguments.corpus, &corpus, |article| {
        let read = engine.read(&article);
        let found = concordance(&read.reading(&article, engine.inventory()), &query);
        let wanted = |line: &Line| {
            voices
                .is_none_or(|voices| voices.iter().any(|voice: &Voice| voice.name() == line.voice))
        };
        lines.extend(found.into_iter().filter(wanted));
        Ok(())
    })?;
    let key = |line: &Line| (line.outlet.clone(), line.article.clone(), line.start);
    lines.sort_by_cached_key(key);
    let mut shown = Vec::new();
    render::render_concordance(&lines, &view, format, &mut shown)?;
    output::write_as(arguments.format, &String::from_utf8(shown)?, file)?;
    if lines.is_empty() {
        super::say(arguments.corpus.quiet, "note: no hit in this corpus");
    }
    Ok(ExitCode::SUCCESS)
}
