//! Terms that never count because another one does, and terms that count in two categories.

use std::collections::{BTreeMap, HashMap};

use super::Rivals;
use crate::lexicon::{Category, Pattern, PhrasePattern, Term};
use crate::text::Exactness;
use crate::toml_reader::Diagnostic;

/// One form of one of the rivals.
struct Form {
    /// Index of the term.
    term: usize,
    phrase: PhrasePattern,
}

/// The forms of all rivals, findable by their words.
struct Forms {
    by_term: Vec<Vec<Form>>,
    /// Forms without a wildcard by their words.
    literal: HashMap<String, Vec<(usize, usize)>>,
    /// Forms with a wildcard.
    wild: Vec<(usize, usize)>,
}

impl Forms {
    fn new(terms: &[&Term]) -> Self {
        let mut forms = Self { by_term: Vec::new(), literal: HashMap::new(), wild: Vec::new() };
        for (index, term) in terms.iter().enumerate() {
            let phrases = phrases(term);
            for (at, phrase) in phrases.iter().enumerate() {
                match phrase.literal_key() {
                    Some(key) => forms.literal.entry(key).or_default().push((index, at)),
                    None => forms.wild.push((index, at)),
                }
            }
            let made = phrases.into_iter().map(|phrase| Form { term: index, phrase });
            forms.by_term.push(made.collect());
        }
        forms
    }

    /// The first other term that takes every match of `form`.
    fn shadow(&self, form: &Form, terms: &[&Term]) -> Option<usize> {
        let key = form.phrase.literal_key();
        let rivals = match &key {
            // A wildcard loses against a plain word, so only plain words shadow one.
            Some(key) => self.literal.get(key).map_or(&[][..], Vec::as_slice),
            None => &self.wild,
        };
        let takes = |&&(term, at): &&(usize, usize)| {
            let rival = &self.by_term[term][at];
            let order = (rival.phrase.wildcards(), rival.term);
            rival.term != form.term
                && order < (form.phrase.wildcards(), form.term)
                && drops_no_more(terms[rival.term], terms[form.term])
                && rival.phrase.covers(&form.phrase)
        };
        rivals.iter().find(takes).map(|&(term, _)| term)
    }
}

fn phrases(term: &Term) -> Vec<PhrasePattern> {
    let Pattern::Words { forms, exact_case, exact_accents } = &term.pattern else {
        return Vec::new();
    };
    let keep = Exactness { case: *exact_case, accents: *exact_accents };
    forms.iter().filter_map(|form| PhrasePattern::parse(form, keep).ok()).collect()
}

/// Whether all that `rival` drops by an `unless` is dropped by `term`, too.
fn drops_no_more(rival: &Term, term: &Term) -> bool {
    rival.unless.iter().all(|pattern| term.unless.contains(pattern))
}

/// Reports terms that another one shadows, and terms that differ by case or accents alone.
pub(super) fn check(rivals: &Rivals<'_>, found: &mut Vec<Diagnostic>) {
    let terms = &rivals.terms;
    let forms = Forms::new(terms);
    let mut regexes: HashMap<&str, usize> = HashMap::new();
    for (index, term) in terms.iter().enumerate() {
        if let Pattern::Regex(expression) = &term.pattern {
            if regexes.insert(expression, index).is_some() {
                found.push(twice(term, &rivals.name));
            }
            continue;
        }
        let of_term = &forms.by_term[index];
        let shadows: Vec<Option<usize>> =
            of_term.iter().map(|form| forms.shadow(form, terms)).collect();
        if let (Some(&Some(first)), true) = (shadows.first(), shadows.iter().all(Option::is_some)) {
            found.push(shadowed(term, terms[first], &rivals.name));
        } else if let Some(other) = same_but_for_case(&forms, index, terms) {
            found.push(differs_by_case(term, terms[other]));
        }
    }
}

fn twice(term: &Term, place: &str) -> Diagnostic {
    Diagnostic::warning(
        "duplicate-term",
        term.place.clone(),
        format!("`{}` stands twice in {place}", term.text),
    )
    .with_help("remove one of the two, or run: parallax lexicon check --fix FILE")
}

fn shadowed(term: &Term, by: &Term, place: &str) -> Diagnostic {
    if term.text == by.text {
        return twice(term, place);
    }
    let folded = |text: &str| text.to_lowercase();
    if folded(&term.text) == folded(&by.text) {
        return differs_by_case(term, by);
    }
    Diagnostic::warning(
        "shadowed",
        term.place.clone(),
        format!("`{}` never counts: `{}` takes every word that it matches", term.text, by.text),
    )
    .with_help("remove it, or narrow the other term")
}

/// An earlier term with the same words, one of the two written with case or accents that count.
fn same_but_for_case(forms: &Forms, index: usize, terms: &[&Term]) -> Option<usize> {
    let key = forms.by_term[index].first()?.phrase.literal_key()?;
    let there = forms.literal.get(&key)?;
    let same = |&&(term, at): &&(usize, usize)| {
        term < index && at == 0 && terms[term].text != terms[index].text
    };
    there.iter().find(same).map(|&(term, _)| term)
}

fn differs_by_case(term: &Term, by: &Term) -> Diagnostic {
    Diagnostic::warning(
        "differs-by-case",
        term.place.clone(),
        format!("`{}` differs from `{}` only by case, accents or a hyphen", term.text, by.text),
    )
    .with_help("terms are matched without them: remove one, or give case = \"exact\" to both")
}

/// Up to how many terms that two categories share are told one by one.
const SHARED_NAMED: usize = 3;

/// Reports terms that stand in two categories: the same words would be counted in both. Many of the
/// same two categories, as large imported lists have them, are one finding.
pub(super) fn check_between(categories: &[Category], found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut shared: BTreeMap<(usize, usize), Vec<&Term>> = BTreeMap::new();
    for (index, category) in categories.iter().enumerate() {
        let mut here = Vec::new();
        for term in &category.terms {
            let keys =
                phrases(term).iter().filter_map(PhrasePattern::literal_key).collect::<Vec<_>>();
            let other = keys.iter().find_map(|key| seen.get(key));
            if let Some(&other) = other {
                shared.entry((other, index)).or_default().push(term);
            }
            here.extend(keys);
        }
        for key in here {
            seen.entry(key).or_insert(index);
        }
    }
    for ((first, second), terms) in shared {
        let between =
            format!("the categories `{}` and `{}`", categories[first].id, categories[second].id);
        let help = "each counts it: the two rates are not independent of one another";
        if terms.len() <= SHARED_NAMED {
            found.extend(terms.iter().map(|term| {
                let message = format!("`{}` stands in {between}", term.text);
                Diagnostic::warning("two-categories", term.place.clone(), message).with_help(help)
            }));
            continue;
        }
        let named: Vec<String> =
            terms.iter().take(SHARED_NAMED).map(|term| format!("`{}`", term.text)).collect();
        let more = terms.len() - named.len();
        let message = format!("{} and {more} more terms stand in {between}", named.join(", "));
        let finding = Diagnostic::warning("two-categories", terms[0].place.clone(), message);
        found.push(finding.with_help(help));
    }
}
