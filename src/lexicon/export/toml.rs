//! The project's own format, from the model: what a person would have written.

use std::fmt::Write;

use toml_edit::Value;

use crate::lexicon::{Category, Choice, Lexicon, Measure, Pattern, Target, Term};
use crate::text::{Zone, ZoneSet};

/// Writes everything that the model holds.
pub(super) fn write(lexicon: &Lexicon) -> String {
    let mut out = String::new();
    let mut line = |key: &str, value: String| {
        let _ = writeln!(out, "{key} = {value}");
    };
    line("schema", crate::lexicon::SCHEMA.to_string());
    line("id", quoted(&lexicon.id));
    line("title", quoted(&lexicon.title));
    line("version", quoted(&lexicon.version));
    line("language", quoted(&lexicon.language));
    if let Some(license) = &lexicon.license {
        line("license", quoted(license));
    }
    if !lexicon.description.is_empty() {
        line("description", quoted(&lexicon.description));
    }
    if !lexicon.sources.is_empty() {
        line("sources", list(&lexicon.sources));
    }
    if !lexicon.default {
        line("default", "false".to_owned());
    }
    for category in &lexicon.categories {
        write_category(&mut out, category);
    }
    for choice in &lexicon.choices {
        write_choice(&mut out, choice);
    }
    for target in &lexicon.targets {
        write_target(&mut out, target);
    }
    out
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quoted(name) }
}

fn write_category(out: &mut String, category: &Category) {
    let _ = writeln!(
        out,
        "\n[[category]]\nid = {}\ntitle = {}",
        quoted(&category.id),
        quoted(&category.title)
    );
    let mut line = |key: &str, value: String| {
        let _ = writeln!(out, "{key} = {value}");
    };
    if !category.description.is_empty() {
        line("description", quoted(&category.description));
    }
    if !category.sources.is_empty() {
        line("sources", list(&category.sources));
    }
    if category.zones != ZoneSet::DEFAULT {
        let zones: Vec<String> =
            category.zones.iter().map(|zone: Zone| zone.name().to_owned()).collect();
        line("zones", list(&zones));
    }
    if category.topic_sensitive {
        line("topic_sensitive", "true".to_owned());
    }
    if category.labels {
        line("labels", "true".to_owned());
    }
    if let Some(axis) = &category.axis {
        line("axis", quoted(axis));
    }
    if let Measure::Articles { distinct } = category.measure {
        line("measure", "\"articles\"".to_owned());
        line("distinct", distinct.to_string());
    }
    if let Some(opposes) = &category.opposes {
        line("opposes", quoted(opposes));
    }
    let terms: String = category
        .terms
        .iter()
        .map(|one| format!("  {},\n", term(one, category.axis.as_deref())))
        .collect();
    line("terms", format!("[\n{terms}]"));
}

fn write_choice(out: &mut String, choice: &Choice) {
    let _ = writeln!(
        out,
        "\n[[choice]]\nid = {}\ntitle = {}",
        quoted(&choice.id),
        quoted(&choice.title)
    );
    if !choice.description.is_empty() {
        let _ = writeln!(out, "description = {}", quoted(&choice.description));
    }
    let variants: Vec<String> = choice
        .variants
        .iter()
        .map(|(name, terms)| {
            let terms: Vec<String> = terms.iter().map(|one| term(one, None)).collect();
            format!("{} = [{}]", key(name), terms.join(", "))
        })
        .collect();
    let _ = writeln!(out, "variants = {{ {} }}", variants.join(", "));
}

fn write_target(out: &mut String, target: &Target) {
    let names: Vec<String> = target.names.iter().map(|one| term(one, None)).collect();
    let _ = writeln!(
        out,
        "\n[[target]]\nid = {}\ntitle = {}\nkind = {}\nnames = [{}]",
        quoted(&target.id),
        quoted(&target.title),
        quoted(target.kind.name()),
        names.join(", ")
    );
    if !target.titles.is_empty() {
        let _ = writeln!(out, "titles = {}", list(&target.titles));
    }
}

/// An entry: a string where it has no option, else a table. `axis` is that of its category, which
/// the options of a table inherit.
fn term(term: &Term, axis: Option<&str>) -> String {
    if *term == Term::plain(term.text.clone(), term.place.clone()) {
        return quoted(&term.text);
    }
    let mut keys: Vec<(&str, String)> = Vec::new();
    match &term.pattern {
        Pattern::Words { forms, exact_case, exact_accents } => {
            keys.push(("term", quoted(&term.text)));
            if *exact_case {
                keys.push(("case", "\"exact\"".to_owned()));
            }
            if *exact_accents {
                keys.push(("accents", "\"exact\"".to_owned()));
            }
            if let [_, others @ ..] = forms.as_slice()
                && !others.is_empty()
            {
                keys.push(("forms", list(others)));
            }
        }
        Pattern::Regex(expression) => {
            keys.push(("regex", quoted(expression)));
            if term.text != *expression {
                keys.push(("name", quoted(&term.text)));
            }
        }
    }
    let texts = [
        ("pole", &term.pole),
        ("pair", &term.pair),
        ("unpaired", &term.unpaired),
        ("note", &term.note),
    ];
    keys.extend(
        texts.into_iter().filter_map(|(key, text)| text.as_deref().map(|t| (key, quoted(t)))),
    );
    if let Some(own) = term.axis.as_deref().filter(|own| Some(*own) != axis) {
        keys.push(("axis", quoted(own)));
    }
    for (key, set) in [("contested", term.contested), ("ambiguous", term.ambiguous)] {
        if set {
            keys.push((key, "true".to_owned()));
        }
    }
    for (key, texts) in [("unless", &term.unless), ("hits", &term.hits), ("misses", &term.misses)] {
        if !texts.is_empty() {
            keys.push((key, list(texts)));
        }
    }
    if let Some(weight) = term.weight {
        keys.push(("weight", Value::from(weight).to_string()));
    }
    let keys: Vec<String> =
        keys.into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", keys.join(", "))
}
