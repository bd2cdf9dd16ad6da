//! The tables against an overlapping Aho–Corasick automaton, on plain words of ASCII, with every set
//! of instructions.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::text::Level;

/// Words that share beginnings and ends, short, long, and longer than a key of the tables.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[ab]{1,4}",
        2 => "(re|un)?(ab|form)(er|ed|ation)?s?",
        1 => "anti[ab]{1,2}establishment[ab]{1,3}",
        1 => "[ab]{7,9}",
    ]
}

/// A word, a phrase or a prefix.
fn any_form() -> impl Strategy<Value = String> {
    (vec(word(), 1..4), any::<u8>()).prop_map(|(words, kind)| match kind % 4 {
        0 => format!("{}*", words[0]),
        _ => words.join(" "),
    })
}

fn any_text() -> impl Strategy<Value = String> {
    let gap = select(vec![" ", " ", " ", " ", ", ", "; ", "\n\n", "! "]);
    vec((word(), gap, any::<bool>()), 0..80).prop_map(|words| {
        let piece = |(word, gap, shout): (String, &str, bool)| {
            let word = if shout { word.to_uppercase() } else { word };
            word + gap
        };
        words.into_iter().map(piece).collect()
    })
}

/// Every place where a form stands between the borders of words: index of the form, start, end.
fn oracle(forms: &[String], text: &str) -> BTreeSet<(u32, u32, u32)> {
    let lower = text.to_lowercase();
    let is_word = |at: usize| lower.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    let automaton = AhoCorasick::new(forms.iter().map(|form| form.trim_end_matches('*'))).unwrap();
    let mut found = BTreeSet::new();
    for matched in automaton.find_overlapping_iter(&lower) {
        let (index, start, mut end) =
            (matched.pattern().as_usize(), matched.start(), matched.end());
        if forms[index].ends_with('*') {
            end += (end..).take_while(|&at| is_word(at)).count();
        }
        let begins = start == 0 || !is_word(start - 1);
        if begins && !is_word(end) {
            found.insert((index as u32, start as u32, end as u32));
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn tables_agree_with_an_automaton(forms in vec(any_form(), 1..40), text in any_text()) {
        let terms = forms.iter().map(|form| term(&[form])).collect();
        let matcher = Matcher::new(&inventory(terms)).unwrap();
        let wanted = oracle(&forms, &text);
        for level in Level::all() {
            let mut folded = Folded::with_level(level);
            folded.fold_into(&text);
            let hits = matcher.find(&folded, &body(&text));
            let found: BTreeSet<_> =
                hits.iter().map(|hit| (hit.entry.0, hit.span.start, hit.span.end)).collect();
            prop_assert_eq!(found.len(), hits.len());
            prop_assert_eq!(&found, &wanted, "{}", level.name());
        }
    }
}

/// Expressions that begin with a literal.
const EXPRESSIONS: [&str; 6] = [
    "state-backed",
    r"mr\.? biden",
    "would-be|so[- ]called",
    "3d printed?",
    r"u\.s\.-backed",
    "gate(?:way)?",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Looked up where words begin, or searched for in whole paragraphs: what looks around itself is.
    #[test]
    fn literals_at_words_miss_nothing(
        pieces in vec(
            select(vec![
                "state-backed", "estate-backed", "State-", "backed", "Mr. ", "MR ", "Biden", "o'biden", "’biden",
                "would-be", "_would-be", "so called", "so-", "called", "3D print", "13d print", "3d printed",
                "U.S.-backed", "u.s.", "gate", "gateway", "gate's", "ungate", " ", " ", ", ", "\n\n", "“", "é", ".",
            ]),
            0..40,
        )
    ) {
        let text = pieces.concat();
        let folded = Folded::new(&text);
        let found = |terms: Vec<Term>| {
            let hits = Matcher::new(&inventory(terms)).unwrap().find(&folded, &body(&text));
            hits.iter().map(|hit| (hit.entry, hit.span)).collect::<Vec<_>>()
        };
        let looking = EXPRESSIONS.map(|expression| regex(&format!(r"(?:\b|\B)(?:{expression})")));
        prop_assert_eq!(found(EXPRESSIONS.map(regex).into()), found(looking.into()), "{:?}", text);
    }

    /// Literals that begin with a blank, before a match or within it.
    #[test]
    fn literals_behind_blanks_miss_nothing(
        pieces in vec(
            select(vec![
                "a", "an", "aide", " aide", " aide told", "said", " said", "aides", " 3d", "3d", "x", "o'aide",
                " ", " ", " ", "\u{a0}", ", ", "-", "'", "’", "\n\n", "\n", "“", "”", "é", "\u{301}", "\u{ad}", "_",
            ]),
            0..40,
        )
    ) {
        const BLANKS: [&str; 4] =
            [r"an?\b.{0,12}? aide (?:told|said)", r"\w+ aide", r"\w* 3d\w*", r"\w+ aide told"];
        let text = pieces.concat();
        let folded = Folded::new(&text);
        let found = |terms: Vec<Term>| {
            let hits = Matcher::new(&inventory(terms)).unwrap().find(&folded, &body(&text));
            hits.iter().map(|hit| (hit.entry, hit.span)).collect::<Vec<_>>()
        };
        // One more branch, that matches nothing here, leaves no literal to look for.
        let without = BLANKS.map(|expression| regex(&format!(r"(?:{expression})|[^\x00-\x{{10ffff}}]|§\w?")));
        prop_assert_eq!(found(BLANKS.map(regex).into()), found(without.into()), "{:?}", text);
    }
}
