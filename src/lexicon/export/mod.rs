//! Writing a lexicon in the formats of other tools. What a format can't hold is reported.

mod liwc;
mod quanteda;
mod tables;
mod toml;

use std::collections::HashSet;

use super::import::literal_of_regex;
use super::model::{Lexicon, Pattern, Term};

/// A format that a lexicon can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The project's own TOML.
    Toml,
    /// quanteda YAML.
    Quanteda,
    /// LIWC `.dic`.
    Dic,
    /// LIWC-22 `.dicx`.
    Dicx,
    /// CSV of term, category, weight.
    Csv,
}

/// Something that the format has no place for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The category and term, or another part of the lexicon.
    pub what: String,
    /// Why, in words that follow a number of cases ("3 …").
    pub reason: &'static str,
}

/// A lexicon in another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The content of the file.
    pub text: String,
    /// How many entries it holds.
    pub entries: usize,
    /// What it does not hold.
    pub lost: Vec<Lost>,
}

/// Writes `lexicon`.
pub fn export(lexicon: &Lexicon, target: Target) -> Exported {
    if target == Target::Toml {
        let entries = lexicon.categories.iter().map(|category| category.terms.len()).sum();
        return Exported { text: toml::write(lexicon), entries, lost: Vec::new() };
    }
    let wildcards = if target == Target::Quanteda { Wild::Everywhere } else { Wild::Trailing };
    let weights = matches!(target, Target::Dicx | Target::Csv);
    let mut lost = lost_parts(lexicon);
    let rows = rows(lexicon, wildcards, weights, &mut lost);
    if target == Target::Dicx {
        lost.extend(zero_weights(lexicon));
    }
    let entries = rows.iter().map(|category| category.entries.len()).sum();
    let text = match target {
        Target::Quanteda => quanteda::write(&rows),
        Target::Dic => liwc::write(&rows),
        Target::Dicx => tables::dicx(&rows),
        Target::Csv | Target::Toml => tables::long(&rows),
    };
    Exported { text, entries, lost }
}

/// Where a format takes `*` for a wildcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wild {
    /// At the end of an entry; elsewhere it is itself.
    Trailing,
    /// Everywhere, and `?` as well.
    Everywhere,
}

/// A category as the simpler formats hold it.
struct Rows {
    name: String,
    entries: Vec<(String, Option<f64>)>,
}

fn rows(lexicon: &Lexicon, wild: Wild, weights: bool, lost: &mut Vec<Lost>) -> Vec<Rows> {
    let mut rows = Vec::new();
    for category in &lexicon.categories {
        let name = if super::import::slug(&category.title) == category.id {
            category.title.clone()
        } else {
            category.id.clone()
        };
        let mut entries: Vec<(String, Option<f64>)> = Vec::new();
        let mut known: HashSet<String> = HashSet::new();
        for term in &category.terms {
            let what = || format!("{}: {}", category.id, term.text);
            for reason in lost_options(term, weights) {
                lost.push(Lost { what: what(), reason });
            }
            for form in entries_of(term, wild) {
                match form {
                    Ok(form) if known.contains(&form) => {}
                    Ok(form) => {
                        known.insert(form.clone());
                        entries.push((form, term.weight));
                    }
                    Err(reason) => lost.push(Lost { what: what(), reason }),
                }
            }
        }
        rows.push(Rows { name, entries });
    }
    rows
}

fn entries_of(term: &Term, wild: Wild) -> Vec<Result<String, &'static str>> {
    match &term.pattern {
        Pattern::Words { forms, .. } => forms.iter().map(|form| words(form, wild)).collect(),
        Pattern::Regex(expression) => vec![match literal_of_regex(expression) {
            Some(literal) if wild == Wild::Everywhere && literal.contains(['*', '?']) => {
                Err("are left out: they hold a * or ? that is no wildcard")
            }
            Some(literal) if literal.ends_with('*') => {
                Err("are left out: they end with a * that is no wildcard")
            }
            Some(literal) => Ok(literal),
            None => Err("are left out: they are regexes"),
        }],
    }
}

fn words(form: &str, wild: Wild) -> Result<String, &'static str> {
    let inner = form.strip_suffix('*').unwrap_or(form);
    if wild == Wild::Trailing && inner.contains(['*', '?']) {
        Err("are left out: they hold a wildcard that is not a * at their end")
    } else {
        Ok(form.to_owned())
    }
}

/// Terms whose weight a table can't tell from "does not belong here".
fn zero_weights(lexicon: &Lexicon) -> impl Iterator<Item = Lost> {
    let terms = lexicon.categories.iter().flat_map(|category| {
        category.terms.iter().map(move |term| (format!("{}: {}", category.id, term.text), term))
    });
    terms.filter(|(_, term)| term.weight == Some(0.0)).map(|(what, _)| Lost {
        what,
        reason: "have the weight 0, which means there that they do not belong: written as X",
    })
}

fn lost_options(term: &Term, weights: bool) -> Vec<&'static str> {
    let exact = matches!(&term.pattern, Pattern::Words { exact_case, exact_accents, .. } if *exact_case || *exact_accents);
    let several = matches!(&term.pattern, Pattern::Words { forms, .. } if forms.len() > 1);
    [
        (!term.unless.is_empty(), "lose their `unless`"),
        (term.pole.is_some(), "lose their pole and pair"),
        (exact, "lose case or accents that count"),
        (several, "have their forms written as entries of their own"),
        (term.weight.is_some() && !weights, "lose their weight"),
        (term.note.is_some(), "lose their note"),
        (term.contested, "lose the mark that they are contested"),
        (!term.hits.is_empty() || !term.misses.is_empty(), "lose their tests"),
    ]
    .into_iter()
    .filter_map(|(is_lost, reason)| is_lost.then_some(reason))
    .collect()
}

fn lost_parts(lexicon: &Lexicon) -> Vec<Lost> {
    let choices = lexicon
        .choices
        .iter()
        .map(|choice| (format!("choice {}", choice.id), "choices are left out"));
    let targets = lexicon
        .targets
        .iter()
        .map(|target| (format!("target {}", target.id), "targets are left out"));
    let descriptions =
        lexicon.categories.iter().filter(|category| !category.description.is_empty()).map(
            |category| {
                (category.id.clone(), "categories lose their description, zones and sources")
            },
        );
    let all = choices.chain(targets).chain(descriptions);
    all.map(|(what, reason)| Lost { what, reason }).collect()
}
