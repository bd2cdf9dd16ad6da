//! What a regular expression can't match without. `build.rs` uses this file, too.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::literal::{ExtractKind, Extractor, Seq};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

/// The fewest bytes that a literal is worth looking for.
const SHORTEST: usize = 3;

/// Literals in small letters, one of which stands in every match that the expression has without
/// case, in any text whose ASCII letters are made small and that has no long s (ſ) and no Kelvin sign
/// in their place. `None` where no such list of literals of three bytes or more is known: the
/// expression must be tried everywhere.
///
/// ```
/// use parallax::lexicon::required_literals;
///
/// let literals = required_literals("[A-Z]+-gate").unwrap();
/// assert!(literals.contains(&b"-gate".to_vec()));
/// assert_eq!(required_literals(r"\w+ \w+"), None);
/// ```
pub fn required_literals(expression: &str) -> Option<Vec<Vec<u8>>> {
    let parsed = ParserBuilder::new().case_insensitive(true).build().parse(expression).ok()?;
    Some(Required::of(&parsed)?.literals)
}

/// What every match of an expression holds, in a text as [`required_literals`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Required {
    /// One of these.
    pub literals: Vec<Vec<u8>>,
    /// Whether it stands where the match begins.
    pub at_start: bool,
}

impl Required {
    /// For an expression that was read without case.
    pub fn of(expression: &Hir) -> Option<Self> {
        let small = in_small(expression);
        match first_literals(&small) {
            Some(literals) => Some(Self { literals, at_start: true }),
            None => Some(Self { literals: required(&small)?, at_start: false }),
        }
    }
}

/// Classes of more characters are left as they are.
const FEW: usize = 64;

/// The expression as it matches small letters: an ASCII letter stands for its other forms, so that a
/// word is one literal, not one for every way to write it.
fn in_small(hir: &Hir) -> Hir {
    let all = |subs: &[Hir]| subs.iter().map(in_small).collect();
    match hir.kind() {
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => Hir::literal(text.chars().map(small).collect::<String>().into_bytes()),
            Err(_) => hir.clone(),
        },
        HirKind::Class(Class::Unicode(class))
            if class.iter().map(|range| range.len()).sum::<usize>() <= FEW =>
        {
            let every = class.iter().flat_map(|range| range.start()..=range.end()).map(small);
            let ranges = every.map(|c| ClassUnicodeRange::new(c, c));
            Hir::class(Class::Unicode(ClassUnicode::new(ranges)))
        }
        HirKind::Repetition(repetition) => {
            Hir::repetition(repetition.with(in_small(&repetition.sub)))
        }
        HirKind::Capture(capture) => in_small(&capture.sub),
        HirKind::Concat(subs) => Hir::concat(all(subs)),
        HirKind::Alternation(subs) => Hir::alternation(all(subs)),
        _ => hir.clone(),
    }
}

/// The small ASCII letter that a character is a form of, else the character.
fn small(c: char) -> char {
    match c {
        '\u{17f}' => 's',
        '\u{212a}' => 'k',
        c => c.to_ascii_lowercase(),
    }
}

/// Literals of so many bytes are good enough to look no further.
const GOOD: usize = 4;

/// How far into a sequence a literal is looked for.
const FARTHEST: usize = 32;

/// A list for an expression or for a part that every match goes through.
fn required(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let first = first_literals(hir);
    if first.as_deref().map_or(0, shortest) >= GOOD {
        return first;
    }
    let inner = match hir.kind() {
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => required(&repeated.sub),
        HirKind::Concat(parts) => within(&parts[..parts.len().min(FARTHEST)]),
        _ => None,
    };
    inner.into_iter().chain(first).max_by_key(|literals| shortest(literals))
}

/// A list for a sequence, from its second part on.
fn within(parts: &[Hir]) -> Option<Vec<Vec<u8>>> {
    let mut best = None;
    for from in 1..parts.len() {
        let here = first_literals(&Hir::concat(parts[from..].to_vec()));
        let here = here.or_else(|| required(&parts[from]));
        let length = here.as_deref().map_or(0, shortest);
        if length > best.as_deref().map_or(0, shortest) {
            best = here;
        }
        if length >= GOOD {
            break;
        }
    }
    best
}

fn shortest(literals: &[Vec<u8>]) -> usize {
    literals.iter().map(Vec::len).min().unwrap_or(0)
}

/// What every match begins with.
fn first_literals(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let mut extractor = Extractor::new();
    extractor.kind(ExtractKind::Prefix).limit_class(10).limit_total(64);
    let found: Seq = extractor.extract(hir);
    let mut literals: Vec<Vec<u8>> =
        found.literals()?.iter().map(|literal| literal.as_bytes().to_ascii_lowercase()).collect();
    literals.sort_unstable();
    literals.dedup();
    (shortest(&literals) >= SHORTEST).then_some(literals)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::RegexBuilder;

    use super::required_literals;

    fn shown(expression: &str) -> Vec<String> {
        let literals = required_literals(expression).unwrap_or_default();
        literals.into_iter().map(|literal| String::from_utf8_lossy(&literal).into_owned()).collect()
    }

    #[test]
    fn literals_of_real_terms() {
        assert_eq!(shown("Mr\\.? Tusk"), ["mr tusk", "mr. tusk"]);
        assert!(shown("so[- ]called").iter().any(|literal| literal.starts_with("so-c")));
        assert_eq!(shown(r"\p{Lu}+-gate"), ["-gate"]);
        assert!(shown(r"(?:the )?would-be\b").iter().any(|literal| literal.contains("would")));
        assert!(shown(r"\w+").is_empty() && shown("a|left").is_empty() && shown("(").is_empty());
    }

    proptest! {
        #[test]
        fn every_match_holds_one(
            parts in prop::collection::vec(prop::sample::select(vec![
                "abc", "k", "s", "[sk]t", "(?:abc|éb)", "x*", "a?", "(ask)+", "[^a]", "(?-i:Abk)", r"\w", "é", ".",
            ]), 1..7),
            text in "([aAbBcCkKsStTéÉxſ\u{212a}]|abc|ask|Abk){0,30}",
        ) {
            let expression = parts.concat();
            let regex = RegexBuilder::new(&expression).case_insensitive(true).build().unwrap();
            if let Some(literals) = required_literals(&expression) {
                for found in regex.find_iter(&text) {
                    let lower = found.as_str().to_ascii_lowercase().replace('ſ', "s").replace('\u{212a}', "k");
                    let holds = |literal: &Vec<u8>| memchr::memmem::find(lower.as_bytes(), literal).is_some();
                    prop_assert!(literals.iter().any(holds), "{expression:?} {:?}", found.as_str());
                }
            }
        }
    }
}
