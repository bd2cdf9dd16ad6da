//! Terms that never count because another one does, and terms that count in two categories.

use std::collections::{BTreeMap, HashMap};

use super::Rivals;
use crate::lexicon::{Category, Pattern, PhrasePattern, Shape, Term, WordPattern};
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
    wild: Wild,
}

/// Forms with a wildcard, findable by a part that whatever they cover has too.
#[derive(Default)]
struct Wild(HashMap<Part, Vec<(usize, usize)>>);

/// What is fixed of one word of a phrase: of how many words it is one, which, and its letters.
type Part = (usize, usize, Fixed);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Fixed {
    Whole(Box<str>),
    Beginning(Box<str>),
    End(Box<str>),
    Nothing,
}

impl Wild {
    /// Each form under the part of it that the fewest others have.
    fn new(forms: &[(usize, usize)], by_term: &[Vec<Form>]) -> Self {
        let mut number: HashMap<Part, usize> = HashMap::new();
        let phrase = |(term, at): (usize, usize)| &by_term[term][at].phrase;
        let parts = |form| fixed_parts(phrase(form));
        forms.iter().for_each(|&form| {
            parts(form).into_iter().for_each(|part| *number.entry(part).or_default() += 1);
        });
        let mut wild = Self::default();
        for &form in forms {
            let rarest = parts(form).into_iter().min_by_key(|part| number[part]);
            let any = (phrase(form).words.len(), 0, Fixed::Nothing);
            wild.0.entry(rarest.unwrap_or(any)).or_default().push(form);
        }
        wild
    }

    /// The forms that may cover a phrase.
    fn rivals(&self, phrase: &PhrasePattern) -> impl Iterator<Item = (usize, usize)> {
        let count = phrase.words.len();
        let mut parts = vec![(count, 0, Fixed::Nothing)];
        for (at, word) in phrase.words.iter().enumerate() {
            let (prefix, suffix) = (beginning(word.shape.prefix()), end(word.shape.suffix()));
            let ends = prefix.char_indices().map(|(end, c)| end + c.len_utf8());
            parts.extend(ends.map(|end| (count, at, Fixed::Beginning(prefix[..end].into()))));
            let starts = suffix.char_indices();
            parts.extend(starts.map(|(start, _)| (count, at, Fixed::End(suffix[start..].into()))));
            if let Shape::Literal(word) = &word.shape {
                parts.push((count, at, Fixed::Whole(word.clone())));
            }
        }
        parts.into_iter().filter_map(|part| self.0.get(&part)).flatten().copied()
    }
}

/// What every phrase that this one covers has as well.
fn fixed_parts(phrase: &PhrasePattern) -> Vec<Part> {
    let count = phrase.words.len();
    let of_word = |(at, word): (usize, &WordPattern)| {
        let fixed = match &word.shape {
            Shape::Any => [None, None],
            Shape::Literal(word) => [Some(Fixed::Whole(word.clone())), None],
            shape => [
                Fixed::Beginning(beginning(shape.prefix()).into()),
                Fixed::End(end(shape.suffix()).into()),
            ]
            .map(|fixed| Some(fixed).filter(|fixed| !fixed.is_empty())),
        };
        fixed.into_iter().flatten().map(move |fixed| (count, at, fixed))
    };
    phrase.words.iter().enumerate().flat_map(of_word).collect()
}

/// Letters of a beginning or an end that are told apart.
const LETTERS: usize = 24;

fn beginning(letters: &str) -> &str {
    letters.char_indices().nth(LETTERS).map_or(letters, |(end, _)| &letters[..end])
}

fn end(letters: &str) -> &str {
    letters.char_indices().rev().nth(LETTERS - 1).map_or(letters, |(start, _)| &letters[start..])
}

impl Fixed {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Beginning(letters) | Self::End(letters) if letters.is_empty())
    }
}

impl Forms {
    fn new(terms: &[&Term]) -> Self {
        let mut forms =
            Self { by_term: Vec::new(), literal: HashMap::new(), wild: Wild::default() };
        let mut wild = Vec::new();
        for (index, term) in terms.iter().enumerate() {
            let phrases = phrases(term);
            for (at, phrase) in phrases.iter().enumerate() {
                match phrase.literal_key() {
                    Some(key) => forms.literal.entry(key).or_default().push((index, at)),
                    None => wild.push((index, at)),
                }
            }
            let made = phrases.into_iter().map(|phrase| Form { term: index, phrase });
            forms.by_term.push(made.collect());
        }
        forms.wild = Wild::new(&wild, &forms.by_term);
        forms
    }

    /// The first other term that takes every match of `form`.
    fn shadow(&self, form: &Form, terms: &[&Term]) -> Option<usize> {
        let takes = |&(term, at): &(usize, usize)| {
            let rival = &self.by_term[term][at];
            let order = (rival.phrase.wildcards(), rival.term);
            rival.term != form.term
                && order < (form.phrase.wildcards(), form.term)
                && drops_no_more(terms[rival.term], terms[form.term])
                && rival.phrase.covers(&form.phrase)
        };
        let first = match form.phrase.literal_key() {
            // A wildcard loses against a plain word, so only plain words shadow one.
            Some(key) => self.literal.get(&key)?.iter().copied().find(takes),
            None => self.wild.rivals(&form.phrase).filter(takes).min(),
        };
        first.map(|(term, _)| term)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn forms(written: &[String]) -> (Vec<Term>, Vec<usize>) {
        let parses = |text: &&String| PhrasePattern::parse(text, Exactness::default()).is_ok();
        let terms: Vec<Term> =
            written.iter().filter(parses).map(|text| Term::plain(text.clone(), 0..1)).collect();
        let places = (0..terms.len()).collect();
        (terms, places)
    }

    proptest! {
        #[test]
        fn a_shadow_is_found_as_if_all_were_compared(
            written in proptest::collection::vec("(ab|[ab*?]|a\\*|a{30}){1,4}( [ab*?]{1,3}){0,2}", 1..12),
        ) {
            let (terms, places) = forms(&written);
            let terms: Vec<&Term> = terms.iter().collect();
            let found = Forms::new(&terms);
            for &place in &places {
                let form = &found.by_term[place][0];
                let takes = |&other: &usize| {
                    let rival = &found.by_term[other][0];
                    let alike = rival.phrase.literal_key() == form.phrase.literal_key();
                    other != place
                        && alike
                        && (rival.phrase.wildcards(), other) < (form.phrase.wildcards(), place)
                        && rival.phrase.covers(&form.phrase)
                };
                let wanted = places.iter().copied().find(takes);
                prop_assert_eq!(found.shadow(form, &terms), wanted, "{:?}", &written);
            }
        }
    }

    #[test]
    fn phrases_with_wildcards_are_compared_with_few() {
        let written: Vec<String> =
            (0..2000).map(|n| format!("term{} wild* of x{n}", n % 10)).collect();
        let (terms, _) = forms(&written);
        let terms: Vec<&Term> = terms.iter().collect();
        let forms = Forms::new(&terms);
        let compared =
            forms.by_term.iter().flatten().map(|form| forms.wild.rivals(&form.phrase).count());
        assert_eq!(compared.sum::<usize>(), 2000);
    }
}
