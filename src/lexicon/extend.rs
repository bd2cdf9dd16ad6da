//! A lexicon on top of another one: `extends` with `[[add]]` and `[[remove]]`.

use std::ops::Range;

use super::model::{Category, Lexicon, Pattern, Term};
use super::parse::Parsed;
use super::parse_term::parse_terms;
use crate::toml_reader::{Diagnostic, Fields, Text};

/// What a file asks of the lexicon that it extends.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Id or path of the other lexicon, and where it is written.
    pub base: Text,
    /// Top-level keys that the file gives itself; the others come from the base.
    pub(super) given: Given,
    pub(super) additions: Vec<Addition>,
    pub(super) removals: Vec<Removal>,
}

/// Which of the keys that can be inherited the file gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) title: bool,
    pub(super) version: bool,
    pub(super) language: bool,
    pub(super) license: bool,
    pub(super) description: bool,
    pub(super) sources: bool,
}

/// Terms for a category of the base.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Addition {
    category: Text,
    terms: Vec<Term>,
}

/// What is taken out of the base.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Removal {
    Category(Text),
    Choice(Text),
    Target(Text),
    Terms { category: Text, terms: Vec<Text> },
}

/// Reads `extends`, `add` and `remove`.
pub(super) fn read_layer(fields: &Fields<'_>, given: Given) -> Option<Layer> {
    let base = fields.text("extends");
    let additions: Vec<Addition> =
        fields.tables("add", "an addition").into_iter().filter_map(read_addition).collect();
    let removals: Vec<Removal> =
        fields.tables("remove", "a removal").into_iter().filter_map(read_removal).collect();
    let Some(base) = base else {
        for key in ["add", "remove"] {
            if let Some(value) = fields.value(key) {
                fields.fault(
                    Diagnostic::error(
                        "no-extends",
                        value.span(),
                        format!("`{key}` needs a lexicon to change"),
                    )
                    .with_help("name it at the top: extends = \"political-labels\""),
                );
            }
        }
        return None;
    };
    Some(Layer { base, given, additions, removals })
}

fn read_addition(fields: Fields<'_>) -> Option<Addition> {
    let category = fields.required("category");
    let terms = parse_terms(&fields, "terms", None);
    if fields.items("terms").is_empty() {
        let message = "an addition has no term";
        fields.fault(
            Diagnostic::error("empty-addition", fields.place(), message)
                .with_help("add at least one: terms = [\"leftist\"]"),
        );
    }
    fields.finish();
    category.map(|category| Addition { category, terms })
}

fn read_removal(fields: Fields<'_>) -> Option<Removal> {
    let (category, choice, target) =
        (fields.text("category"), fields.text("choice"), fields.text("target"));
    let terms = fields.texts("terms");
    let removal =
        match (category, choice, target) {
            (Some(category), None, None) if terms.is_empty() => Some(Removal::Category(category)),
            (Some(category), None, None) => Some(Removal::Terms { category, terms }),
            (None, Some(choice), None) if terms.is_empty() => Some(Removal::Choice(choice)),
            (None, None, Some(target)) if terms.is_empty() => Some(Removal::Target(target)),
            _ => {
                let message = "a removal names one `category`, `choice` or `target`";
                fields.fault(Diagnostic::error("bad-removal", fields.place(), message).with_help(
                    "single terms: category = \"ideology-label\", terms = [\"leftist\"]",
                ));
                None
            }
        };
    fields.finish();
    removal
}

/// Lays what `parsed` says over `base`. Findings and entries that come from the base are placed at
/// `extends`, because places point into the file that was read.
pub fn extend(parsed: Parsed, base: &Lexicon) -> Parsed {
    let Some(layer) = parsed.layer else { return parsed };
    let Parsed { lexicon: own, diagnostics, .. } = parsed;
    let place = layer.base.1.clone();
    let mut found = diagnostics;
    let mut lexicon = inherited(&own, base, layer.given, &place);
    for removal in &layer.removals {
        remove(&mut lexicon, removal, &own.id, &mut found);
    }
    for addition in layer.additions {
        add(&mut lexicon, addition, &mut found);
    }
    let mut same_id = |what: &str, id: &str, place: &Range<usize>| {
        let message = format!("the lexicon `{}` has a {what} with the id `{id}`", base.id);
        let help =
            format!("to put terms into it write [[add]] {what} = \"{id}\"; else take another id");
        found.push(Diagnostic::error("duplicate-id", place.clone(), message).with_help(help));
    };
    for category in own.categories {
        if lexicon.categories.iter().any(|known| known.id == category.id) {
            same_id("category", &category.id, &category.place);
        }
        lexicon.categories.push(category);
    }
    for choice in own.choices {
        if lexicon.choices.iter().any(|known| known.id == choice.id) {
            same_id("choice", &choice.id, &choice.place);
        }
        lexicon.choices.push(choice);
    }
    for target in own.targets {
        if lexicon.targets.iter().any(|known| known.id == target.id) {
            same_id("target", &target.id, &target.place);
        }
        lexicon.targets.push(target);
    }
    if own.id == base.id {
        let message = format!("this lexicon has the id of the one that it extends, `{}`", base.id);
        found.push(
            Diagnostic::error("duplicate-id", place, message)
                .with_help("give it an id of its own, so that both can be named"),
        );
    }
    found.sort_by_key(|finding| (finding.place.start, finding.place.end));
    Parsed { lexicon, diagnostics: found, layer: None }
}

/// The base under the name of the file, without the file's own tables.
fn inherited(own: &Lexicon, base: &Lexicon, given: Given, place: &Range<usize>) -> Lexicon {
    let text = |given: bool, own: &String, base: &String| {
        if given { own.clone() } else { base.clone() }
    };
    let mut lexicon = Lexicon {
        id: own.id.clone(),
        title: if given.title { own.title.clone() } else { format!("{} ({})", base.title, own.id) },
        version: text(given.version, &own.version, &base.version),
        language: text(given.language, &own.language, &base.language),
        license: if given.license { own.license.clone() } else { base.license.clone() },
        description: text(given.description, &own.description, &base.description),
        sources: if given.sources { own.sources.clone() } else { base.sources.clone() },
        default: own.default,
        origin: own.origin.clone(),
        ..base.clone()
    };
    for category in &mut lexicon.categories {
        category.place = place.clone();
        category.terms.iter_mut().for_each(|term| term.place = place.clone());
    }
    for choice in &mut lexicon.choices {
        choice.place = place.clone();
        choice.variants.values_mut().flatten().for_each(|term| term.place = place.clone());
    }
    for target in &mut lexicon.targets {
        target.place = place.clone();
        target.names.iter_mut().for_each(|term| term.place = place.clone());
    }
    lexicon
}

fn unknown(what: &str, (id, place): &Text, known: &[&str]) -> Diagnostic {
    let message = format!("the lexicon that is extended has no {what} `{id}`");
    let nearest = known.iter().min_by_key(|known| strsim::damerau_levenshtein(known, id));
    let near =
        nearest.filter(|known| strsim::damerau_levenshtein(known, id) <= 1 + known.len() / 4);
    let help = match near {
        Some(known) => format!("did you mean `{known}`?"),
        None if known.len() <= 20 => format!("it has: {}", known.join(", ")),
        None => "see them with: parallax lexicon show ID".to_owned(),
    };
    Diagnostic::error("unknown-id", place.clone(), message).with_help(help)
}

fn category_of<'a>(
    lexicon: &'a mut Lexicon,
    id: &Text,
    found: &mut Vec<Diagnostic>,
) -> Option<&'a mut Category> {
    let at = lexicon.categories.iter().position(|category| category.id == id.0);
    if at.is_none() {
        let known: Vec<&str> = lexicon.categories.iter().map(|c| c.id.as_str()).collect();
        found.push(unknown("category", id, &known));
    }
    at.and_then(|at| lexicon.categories.get_mut(at))
}

fn add(lexicon: &mut Lexicon, addition: Addition, found: &mut Vec<Diagnostic>) {
    let Some(category) = category_of(lexicon, &addition.category, found) else { return };
    let axis = category.axis.clone();
    for mut term in addition.terms {
        if term.pole.is_some() && term.axis.is_none() {
            term.axis.clone_from(&axis);
        }
        category.terms.push(term);
    }
}

fn remove(lexicon: &mut Lexicon, removal: &Removal, by: &str, found: &mut Vec<Diagnostic>) {
    match removal {
        Removal::Category(id) => {
            if category_of(lexicon, id, found).is_some() {
                lexicon.categories.retain(|category| category.id != id.0);
            }
        }
        Removal::Choice(id) => {
            let known: Vec<&str> =
                lexicon.choices.iter().map(|choice| choice.id.as_str()).collect();
            if !known.contains(&id.0.as_str()) {
                found.push(unknown("choice", id, &known));
            }
            lexicon.choices.retain(|choice| choice.id != id.0);
        }
        Removal::Target(id) => {
            let known: Vec<&str> =
                lexicon.targets.iter().map(|target| target.id.as_str()).collect();
            if !known.contains(&id.0.as_str()) {
                found.push(unknown("target", id, &known));
            }
            lexicon.targets.retain(|target| target.id != id.0);
        }
        Removal::Terms { category, terms } => {
            let Some(category) = category_of(lexicon, category, found) else { return };
            for term in terms {
                remove_term(category, term, by, found);
            }
        }
    }
}

fn remove_term(category: &mut Category, term: &Text, by: &str, found: &mut Vec<Diagnostic>) {
    let (text, place) = term;
    let known: Vec<&str> = category.terms.iter().map(|term| term.text.as_str()).collect();
    if !known.contains(&text.as_str()) {
        let form_of = category.terms.iter().find(|other| match &other.pattern {
            Pattern::Words { forms, .. } => forms.contains(text),
            Pattern::Regex(_) => false,
        });
        let mut fault = unknown(&format!("term in `{}`", category.id), term, &known);
        if let Some(other) = form_of {
            fault = fault.with_help(format!("it is a form of `{}`", other.text));
        }
        found.push(fault);
    }
    category.terms.retain(|other| other.text != *text);
    for partner in category.terms.iter_mut().filter(|other| other.pair.as_ref() == Some(text)) {
        partner.pair = None;
        partner.unpaired = Some(format!("its partner `{text}` is removed by `{by}`"));
        let message = format!("`{}` loses its partner `{text}`", partner.text);
        found.push(
            Diagnostic::warning("half-pair", place.clone(), message)
                .with_help("remove both of a pair, or the poles are no longer even"),
        );
    }
}
