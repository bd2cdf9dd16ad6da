//! Poles and pairs: a measure of two sides must ask the same of both.

use std::collections::{BTreeMap, BTreeSet};

use super::written;
use crate::lexicon::{Lexicon, Term};
use crate::toml_reader::Diagnostic;

/// Poles may differ by this factor in their number of terms before that is said.
const UNEVEN: f64 = 1.5;

/// Below this difference in terms nothing is said.
const FEW: usize = 4;

/// Partners that are no terms for which the nearest term is looked for.
const MOST_GUESSED: usize = 20;

/// Poles of its axis that a pole is compared with.
const MOST_POLES: usize = 50;

/// Reports pairs without a partner, directional terms without a pair, and uneven poles.
pub(super) fn check(lexicon: &Lexicon, source: &str, found: &mut Vec<Diagnostic>) {
    let terms: Vec<&Term> =
        lexicon.categories.iter().flat_map(|category| &category.terms).collect();
    let mut by_text: BTreeMap<&str, Vec<&Term>> = BTreeMap::new();
    for term in &terms {
        by_text.entry(&term.text).or_default().push(term);
    }
    let texts: Vec<&str> = by_text.keys().copied().collect();
    let mut unknown = 0;
    for term in &terms {
        if let Some(partner) = &term.pair {
            let partners = by_text.get(partner.as_str()).map_or(&[][..], Vec::as_slice);
            // Each is compared with all terms to see what was meant.
            unknown += usize::from(partners.is_empty());
            let guessed = if unknown <= MOST_GUESSED { &texts[..] } else { &[] };
            found.extend(check_pair(term, partner, partners, guessed, source));
        } else if term.pole.is_some() && term.unpaired.is_none() {
            found.push(
                Diagnostic::warning(
                    "no-pair",
                    term.place.clone(),
                    format!("`{}` is on a pole and has no `pair` on the other", term.text),
                )
                .with_help("name its partner: pair = \"far-right\"; or say why: unpaired = \"…\""),
            );
        }
    }
    check_balance(&terms, &by_text, found);
}

fn check_pair(
    term: &Term,
    partner: &str,
    partners: &[&Term],
    all: &[&str],
    source: &str,
) -> Option<Diagnostic> {
    let place = written(source, &term.place, partner);
    if partners.is_empty() {
        let near = all.iter().min_by_key(|text| strsim::damerau_levenshtein(text, partner));
        let near = near.filter(|t| strsim::damerau_levenshtein(t, partner) <= 1 + t.len() / 4);
        let help = match near {
            Some(text) => format!("did you mean `{text}`?"),
            None => "add that term to the lexicon".to_owned(),
        };
        let message = format!("`{}` is paired with `{partner}`, which is no term", term.text);
        return Some(Diagnostic::error("pair", place, message).with_help(help));
    }
    let back = |other: &&&Term| other.pair.as_deref() == Some(&term.text);
    let Some(other) = partners.iter().find(back) else {
        let message = format!("`{partner}` is not paired with `{}` in turn", term.text);
        let help = format!("give it pair = \"{}\"", term.text);
        return Some(Diagnostic::error("pair", place, message).with_help(help));
    };
    let problem = if term.pole.is_none() || other.pole.is_none() {
        "both of a pair need a `pole`"
    } else if term.pole == other.pole {
        "a pair stands on two poles, these stand on one"
    } else if term.axis != other.axis {
        "a pair stands on one axis, these stand on two"
    } else {
        return None;
    };
    let message = format!("`{}` and `{partner}`: {problem}", term.text);
    Some(Diagnostic::error("pair", place, message))
}

fn check_balance<'a>(
    terms: &[&'a Term],
    by_text: &BTreeMap<&str, Vec<&'a Term>>,
    found: &mut Vec<Diagnostic>,
) {
    type Pole<'a> = (&'a str, &'a str);
    let mut poles: BTreeMap<Pole<'_>, Vec<&Term>> = BTreeMap::new();
    // How often two poles of an axis are paired.
    let mut joined: BTreeMap<(Pole<'_>, Pole<'_>), usize> = BTreeMap::new();
    let axis_of = |term: &'a Term| term.axis.as_deref().unwrap_or_default();
    for term in terms {
        let Some(pole) = term.pole.as_deref() else { continue };
        let here = (axis_of(term), pole);
        poles.entry(here).or_default().push(term);
        let partners = term.pair.as_deref().and_then(|pair| by_text.get(pair));
        for other in partners.into_iter().flatten() {
            if let Some(other_pole) = other.pole.as_deref().filter(|_| axis_of(other) == here.0) {
                *joined.entry((here, (here.0, other_pole))).or_default() += 1;
            }
        }
    }
    let paired: BTreeSet<&str> = joined.keys().map(|(one, _)| one.0).collect();
    for (one, ones) in &poles {
        let others = poles.range(one..).skip(1).take_while(|(two, _)| two.0 == one.0);
        for (two, twos) in others.take(MOST_POLES) {
            let pairless = !paired.contains(one.0);
            if !pairless && !joined.contains_key(&(*one, *two)) {
                continue;
            }
            // Paired terms balance one another, and a stated reason answers the question.
            let open = |terms: &[&Term]| {
                terms.iter().filter(|t| t.pair.is_none() && t.unpaired.is_none()).count()
            };
            let pairs = joined.get(&(*one, *two)).copied().unwrap_or_default();
            let counts = [open(ones) + pairs, open(twos) + pairs];
            let (few, many) = (counts[0].min(counts[1]), counts[0].max(counts[1]));
            if many - few >= FEW && many as f64 > UNEVEN * few as f64 {
                let more = if counts[0] > counts[1] { ones } else { twos };
                let Some(first) = more.first() else { continue };
                found.push(uneven(one, two, counts, first));
            }
        }
    }
}

fn uneven(one: &(&str, &str), two: &(&str, &str), counts: [usize; 2], at: &Term) -> Diagnostic {
    let axis = if one.0.is_empty() { String::new() } else { format!("axis `{}`: ", one.0) };
    let message =
        format!("{axis}{} terms on the pole `{}`, {} on `{}`", counts[0], one.1, counts[1], two.1);
    Diagnostic::warning("uneven-poles", at.place.clone(), message).with_help(
        "a longer list finds more by itself: look for partners, or compare paired terms alone",
    )
}
