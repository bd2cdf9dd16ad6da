//! `parallax explain`: every decision about one article.

use std::fmt::Write;
use std::process::ExitCode;

use parallax::corpus::{Article, Item};
use parallax::explain::{Explanation, SegmentRecord, explain};

use super::faults::visible;
use super::options::{CorpusOptions, OutputOptions};
use super::run::{Prepared, prepare, say_problems};
use super::{inputs, output};

/// Arguments of `parallax explain`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    corpus: CorpusOptions,

    #[command(flatten)]
    output: OutputOptions,

    /// The id of the article, where the file holds several
    #[arg(long, value_name = "ID")]
    id: Option<String>,

    /// The form of the result
    #[arg(long, short = 'f', value_enum, default_value_t = Form::Terminal)]
    format: Form,
}

/// Forms of an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// For reading
    Terminal,
    /// Segments, sentences and hits with their offsets
    Json,
}

/// Explains the article.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    inputs::spare(
        (arguments.output.output.as_deref(), inputs::Written::Other),
        inputs::of(&arguments.corpus),
    )?;
    let Prepared { corpus, engine } = prepare(&arguments.corpus)?;
    let article = the_article(arguments, &corpus)?;
    let read = engine.read(&article);
    let explanation = explain(&read.reading(&article, engine.inventory()));
    let shown = match arguments.format {
        Form::Json => serde_json::to_string_pretty(&explanation)? + "\n",
        Form::Terminal => terminal(&explanation)?,
    };
    output::write(&shown, arguments.output.output.as_deref())?;
    Ok(ExitCode::SUCCESS)
}

fn the_article(
    arguments: &Arguments,
    corpus: &parallax::corpus::Corpus,
) -> anyhow::Result<Article> {
    let mut problems = corpus.problem_summary();
    let mut found = None;
    let mut others = 0u64;
    for item in corpus.articles() {
        match item {
            Item::Article(article) => {
                let wanted = arguments.id.as_ref().is_none_or(|id| *id == article.id);
                if wanted && found.is_none() {
                    found = Some(article);
                } else {
                    others += u64::from(wanted);
                }
            }
            Item::Skipped(skipped) => problems.skip(skipped),
            Item::Warning(warning) => problems.warn(warning),
        }
    }
    say_problems(&arguments.corpus, &problems)?;
    let Some(article) = found else {
        match &arguments.id {
            Some(id) => anyhow::bail!("there is no article with the id `{id}`"),
            None => anyhow::bail!("there is no usable article"),
        }
    };
    anyhow::ensure!(
        others == 0,
        "there are {} articles; name one, for instance: --id '{}'",
        others + 1,
        article.id
    );
    Ok(article)
}

fn terminal(explanation: &Explanation) -> Result<String, std::fmt::Error> {
    let mut shown = String::new();
    writeln!(
        shown,
        "{} · {} · {} words\n\nSEGMENTS",
        visible(&explanation.outlet),
        visible(&explanation.id),
        explanation.words
    )?;
    if explanation.unbalanced_marks {
        writeln!(
            shown,
            "(quotation marks don't balance: voices are uncertain, and only quotations whose marks are \
             beyond doubt count as quoted)"
        )?;
    }
    if explanation.long_sentences > 0 {
        writeln!(
            shown,
            "({} of the sentences are very long: where full stops are missing, voices are uncertain)",
            explanation.long_sentences
        )?;
    }
    for segment in &explanation.segments {
        let text = &explanation.text[segment.start as usize..segment.end as usize];
        if !text.trim().is_empty() {
            writeln!(shown, "{}\n  {}", describe(segment), visible(text.trim()))?;
        }
    }
    writeln!(shown, "\nHITS")?;
    for hit in &explanation.hits {
        let choice = hit.choice.as_ref().map(|[choice, variant]| format!("{choice}={variant}"));
        let place = hit.category.clone().or(choice).unwrap_or_default();
        let mark = if hit.kept { "+" } else { "-" };
        write!(
            shown,
            "{mark} line {}: \"{}\" · {} · {}/{place} · term \"{}\"",
            hit.line,
            visible(&hit.text),
            hit.voice,
            hit.lexicon,
            visible(&hit.term)
        )?;
        if hit.negated {
            shown.push_str(" · negated");
        }
        if let (Some(target), Some(rule)) = (&hit.target, hit.rule) {
            write!(shown, " · on {} ({rule})", visible(target))?;
        }
        match &hit.reason {
            Some(reason) => writeln!(shown, " · dropped: {}", visible(reason))?,
            None => shown.push('\n'),
        }
    }
    writeln!(shown, "\n+ counts, - does not")?;
    Ok(shown)
}

fn describe(segment: &SegmentRecord) -> String {
    let mut parts =
        vec![segment.zone.to_owned(), segment.voice.to_owned(), segment.rule.to_owned()];
    parts.extend(segment.cue.as_ref().map(|cue| format!("cue \"{}\"", visible(cue))));
    parts.extend(segment.source.as_ref().map(|source| format!("source \"{}\"", visible(source))));
    parts.extend(segment.flags.iter().map(|flag| (*flag).to_owned()));
    format!("[{}..{}] {}", segment.start, segment.end, parts.join(" · "))
}
