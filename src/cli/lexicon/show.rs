//! `parallax lexicon show`: one lexicon as people read it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::ExitCode;

use parallax::lexicon::{Category, Lexicon, Measure, Pattern, Term};
use parallax::store::{LexiconName, load_lexicons};
use serde_json::{Value, json};

use super::Format;
use crate::cli::faults::visible;
use crate::cli::options::OutputOptions;
use crate::cli::output;

/// Arguments of `parallax lexicon show`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Id of a built-in lexicon, or a file
    #[arg(value_name = "ID|FILE", required = true)]
    names: Vec<String>,

    #[command(flatten)]
    output: OutputOptions,

    /// The form of the result
    #[arg(long, short = 'f', value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

/// Prints the lexicons.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let names: Vec<LexiconName> = arguments.names.iter().map(LexiconName::here).collect();
    let lexicons = load_lexicons(&names)?;
    let shown = match arguments.format {
        Format::Terminal => {
            let width = output::width();
            let mut shown = String::new();
            for lexicon in &lexicons {
                terminal(&mut shown, lexicon, width)?;
            }
            shown
        }
        Format::Json => {
            let records: Vec<Value> = lexicons.iter().map(record).collect();
            let one = if let [one] = records.as_slice() { one.clone() } else { json!(records) };
            serde_json::to_string_pretty(&one)? + "\n"
        }
    };
    output::write(&shown, arguments.output.output.as_deref())?;
    Ok(ExitCode::SUCCESS)
}

/// Terms by axis, then by pole.
fn balance(terms: &[Term]) -> BTreeMap<&str, BTreeMap<&str, usize>> {
    let mut axes: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for term in terms {
        if let Some(pole) = &term.pole {
            let axis = axes.entry(term.axis.as_deref().unwrap_or_default()).or_default();
            *axis.entry(pole).or_default() += 1;
        }
    }
    axes
}

fn terminal(out: &mut String, lexicon: &Lexicon, width: usize) -> std::fmt::Result {
    writeln!(
        out,
        "{} · {} · version {}",
        lexicon.id,
        visible(&lexicon.title),
        visible(&lexicon.version)
    )?;
    let license = lexicon.license.as_deref().unwrap_or("no licence given");
    writeln!(
        out,
        "{} · {} · {}",
        visible(&lexicon.language),
        visible(license),
        visible(&lexicon.origin)
    )?;
    wrapped(out, &lexicon.description, 0, width);
    listed(out, "Sources", &lexicon.sources, width);
    for category in &lexicon.categories {
        category_terminal(out, category, width)?;
    }
    for choice in &lexicon.choices {
        writeln!(out, "\nCHOICE {} · {}", choice.id, visible(&choice.title))?;
        wrapped(out, &choice.description, 2, width);
        for (variant, terms) in &choice.variants {
            let patterns: Vec<String> = terms.iter().map(written).collect();
            wrapped(out, &format!("{variant}: {}", patterns.join(" · ")), 2, width);
        }
    }
    for target in &lexicon.targets {
        let names: Vec<String> = target.names.iter().map(written).collect();
        writeln!(
            out,
            "\nTARGET {} · {} · {}",
            target.id,
            visible(&target.title),
            target.kind.name()
        )?;
        wrapped(out, &names.join(" · "), 2, width);
    }
    out.push('\n');
    Ok(())
}

fn category_terminal(out: &mut String, category: &Category, width: usize) -> std::fmt::Result {
    let measure = match category.measure {
        Measure::Rate => "rate".to_owned(),
        Measure::Articles { distinct } => format!("articles with {distinct} different terms"),
    };
    let zones: Vec<&str> = category.zones.iter().map(parallax::text::Zone::name).collect();
    writeln!(
        out,
        "\nCATEGORY {} · {} · {} terms",
        category.id,
        visible(&category.title),
        category.terms.len()
    )?;
    wrapped(out, &category.description, 2, width);
    let topic =
        if category.topic_sensitive { " · follows the topic: compare within events" } else { "" };
    writeln!(out, "  measured: {measure} · in: {}{topic}", zones.join(", "))?;
    for (axis, poles) in balance(&category.terms) {
        let poles: Vec<String> =
            poles.iter().map(|(pole, count)| format!("{} {count}", visible(pole))).collect();
        let axis =
            if axis.is_empty() { "poles".to_owned() } else { format!("axis {}", visible(axis)) };
        wrapped(out, &format!("{axis}: {}", poles.join(", ")), 2, width);
    }
    listed(out, "  sources", &category.sources, width);
    let terms: Vec<String> = category.terms.iter().map(written).collect();
    wrapped(out, &terms.join(" · "), 2, width);
    Ok(())
}

/// A term with the marks of its options: pole, disputed, with exceptions.
fn written(term: &Term) -> String {
    let mut shown = visible(&term.text);
    if matches!(term.pattern, Pattern::Regex(_)) {
        shown = format!("/{shown}/");
    }
    let mut marks: Vec<String> = term.pole.iter().map(|pole| visible(pole)).collect();
    if term.contested {
        marks.push("contested".to_owned());
    }
    if !term.unless.is_empty() {
        marks.push(format!("{} unless", term.unless.len()));
    }
    if !marks.is_empty() {
        shown.push_str(&format!(" [{}]", marks.join(", ")));
    }
    shown
}

fn listed(out: &mut String, name: &str, items: &[String], width: usize) {
    if !items.is_empty() {
        out.push_str(&format!("{name}:\n"));
        for item in items {
            wrapped(out, &format!("- {item}"), 4, width);
        }
    }
}

/// Breaks at blanks; every line is set in by `indent`.
fn wrapped(out: &mut String, text: &str, indent: usize, width: usize) {
    let mut column = 0;
    for word in visible(text).split_whitespace() {
        let length = unicode_width::UnicodeWidthStr::width(word);
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            column = 0;
        }
        if column == 0 {
            out.push_str(&" ".repeat(indent));
            column = indent;
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    if column > 0 {
        out.push('\n');
    }
}

fn record(lexicon: &Lexicon) -> Value {
    let categories: Vec<Value> = lexicon.categories.iter().map(category_record).collect();
    let choices = lexicon.choices.iter().map(|choice| {
        let variants: BTreeMap<&String, Vec<Value>> =
            choice.variants.iter().map(|(name, terms)| (name, terms.iter().map(term_record).collect())).collect();
        json!({"id": choice.id, "title": choice.title, "description": choice.description, "variants": variants})
    });
    let targets = lexicon.targets.iter().map(|target| {
        let names: Vec<Value> = target.names.iter().map(term_record).collect();
        json!({"id": target.id, "title": target.title, "kind": target.kind.name(), "names": names, "titles": target.titles})
    });
    json!({
        "id": lexicon.id,
        "title": lexicon.title,
        "version": lexicon.version,
        "language": lexicon.language,
        "license": lexicon.license,
        "description": lexicon.description,
        "sources": lexicon.sources,
        "origin": lexicon.origin,
        "default": lexicon.default,
        "categories": categories,
        "choices": choices.collect::<Vec<_>>(),
        "targets": targets.collect::<Vec<_>>(),
    })
}

fn category_record(category: &Category) -> Value {
    let (measure, distinct) = match category.measure {
        Measure::Rate => ("rate", None),
        Measure::Articles { distinct } => ("articles", Some(distinct)),
    };
    json!({
        "id": category.id,
        "title": category.title,
        "description": category.description,
        "sources": category.sources,
        "zones": category.zones.iter().map(parallax::text::Zone::name).collect::<Vec<_>>(),
        "topic_sensitive": category.topic_sensitive,
        "labels": category.labels,
        "measure": measure,
        "distinct": distinct,
        "opposes": category.opposes,
        "poles": balance(&category.terms),
        "terms": category.terms.iter().map(term_record).collect::<Vec<_>>(),
    })
}

fn term_record(term: &Term) -> Value {
    let (kind, forms, case, accents) = match &term.pattern {
        Pattern::Words { forms, exact_case, exact_accents } => {
            ("words", forms.clone(), *exact_case, *exact_accents)
        }
        Pattern::Regex(expression) => ("regex", vec![expression.clone()], false, false),
    };
    json!({
        "term": term.text,
        "kind": kind,
        "forms": forms,
        "exact_case": case,
        "exact_accents": accents,
        "pole": term.pole,
        "axis": term.axis,
        "pair": term.pair,
        "unpaired": term.unpaired,
        "contested": term.contested,
        "ambiguous": term.ambiguous,
        "unless": term.unless,
        "hits": term.hits,
        "misses": term.misses,
        "note": term.note,
        "weight": term.weight,
    })
}
