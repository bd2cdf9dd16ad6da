//! `parallax kwic`: concordance lines.

use std::process::ExitCode;

use parallax::explain::{Line, Query, concordance};
use parallax::render::{Block, Column, Document, Key, Style, Table, Text};
use parallax::text::Voice;

use super::faults::visible;
use super::options::{CorpusOptions, Format, OutputOptions, VoiceName};
use super::output;
use super::run::{Prepared, for_each_article, prepare};

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
    let Prepared { corpus, engine } = prepare(&arguments.corpus)?;
    check_names(arguments, &engine)?;
    let columns = output::width();
    let query = Query {
        term: arguments.term.clone(),
        category: arguments.category.clone(),
        width: match arguments.format {
            Format::Terminal => columns.saturating_sub(24) / 2,
            Format::Markdown | Format::Csv | Format::Json | Format::Html => 80,
        },
        ..Query::default()
    };
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
    let shown = match arguments.format {
        Format::Terminal => terminal(&lines, columns),
        Format::Markdown => markdown(&lines),
        Format::Csv => csv(&lines)?,
        Format::Json => serde_json::to_string_pretty(&lines)? + "\n",
        Format::Html => page(&lines),
    };
    output::write(&shown, arguments.output.output.as_deref())?;
    if lines.is_empty() {
        super::say(arguments.corpus.quiet, "note: no hit in this corpus");
    }
    Ok(ExitCode::SUCCESS)
}

/// A name that no lexicon has is a mistake, not a term without hits.
fn check_names(arguments: &Arguments, engine: &parallax::pipeline::Engine) -> anyhow::Result<()> {
    let inventory = engine.inventory();
    if let Some(term) = &arguments.term {
        let known = inventory
            .entries()
            .any(|(id, _)| inventory.term(id).text.to_lowercase() == term.to_lowercase());
        anyhow::ensure!(
            known,
            "no lexicon of this run has the term `{term}`; see: parallax lexicon show ID"
        );
    }
    if let Some(category) = &arguments.category {
        let known = inventory.lexicons().iter().any(|lexicon| {
            let names = lexicon.categories.iter().map(|category| category.id.clone()).chain(
                lexicon.choices.iter().flat_map(|choice| {
                    choice.variants.keys().map(move |variant| format!("{}={variant}", choice.id))
                }),
            );
            let mut names = names.flat_map(|name| [format!("{}/{name}", lexicon.id), name]);
            names.any(|name| name == *category)
        });
        anyhow::ensure!(
            known,
            "no lexicon of this run has the category `{category}`; see: parallax lexicon list"
        );
    }
    Ok(())
}

fn terminal(lines: &[Line], columns: usize) -> String {
    let mut shown = String::new();
    let side = columns.saturating_sub(24) / 2;
    let mut place = None;
    for line in lines {
        let here = (&line.outlet, &line.article);
        if place != Some(here) {
            shown.push_str(&format!("{} · {}\n", visible(&line.outlet), visible(&line.article)));
            place = Some(here);
        }
        let source = line.source.as_ref().map(|source| format!(" ({})", visible(source)));
        shown.push_str(&format!(
            "{:>5}  {:>side$}[{}]{}\n       {} · {} · {}{}{}\n",
            line.line,
            visible(&line.left),
            visible(&line.hit),
            visible(&line.right),
            line.voice,
            line.category,
            visible(&line.term),
            source.unwrap_or_default(),
            if line.negated { " · negated" } else { "" },
        ));
    }
    shown
}

fn markdown(lines: &[Line]) -> String {
    let mut shown = String::from(
        "| outlet | article | line | voice | left | hit | right |\n|---|---|---:|---|---:|---|---|\n",
    );
    for line in lines {
        let cells = [
            line.outlet.clone(),
            line.article.clone(),
            line.line.to_string(),
            line.voice.to_owned(),
            line.left.clone(),
            line.hit.clone(),
            line.right.clone(),
        ];
        let cells = cells.map(|cell| cell);
        shown.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    shown
}

fn page(lines: &[Line]) -> String {
    let column = |header: &str| Column::new(Key::Name, header);
    let mut table = Table::new(
        ["outlet", "article", "line", "voice", "left", "hit", "right"].map(column).to_vec(),
    );
    for line in lines {
        let [outlet, article, left, right] = [&line.outlet, &line.article, &line.left, &line.right]
            .map(|text| Text::from(text.as_str()));
        let [number, voice] = [line.line.to_string(), line.voice.to_owned()].map(Text::from);
        let hit = Text::of(line.hit.clone(), Style::Hit);
        table.push(vec![outlet, article, number, voice, left, hit, right], false);
    }
    let heading = |level, text: &str| Block::Heading(level, text.to_owned());
    let blocks = vec![heading(1, "Concordance"), heading(2, "Lines"), Block::Table(table)];
    parallax::render::html_document(&Document { blocks }, "concordance")
}

fn csv(lines: &[Line]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "outlet", "article", "line", "start", "lexicon", "category", "term", "zone", "voice",
        "source", "negated", "left", "hit", "right",
    ])?;
    for line in lines {
        let text = |cell: &str| cell.to_owned();
        writer.write_record([
            text(&line.outlet),
            text(&line.article),
            line.line.to_string(),
            line.start.to_string(),
            text(&line.lexicon),
            text(&line.category),
            text(&line.term),
            line.zone.to_owned(),
            line.voice.to_owned(),
            text(line.source.as_deref().unwrap_or_default()),
            line.negated.to_string(),
            text(&line.left),
            text(&line.hit),
            text(&line.right),
        ])?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
