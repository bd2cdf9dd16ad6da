//! On plain words of ASCII the matcher finds what an overlapping Aho–Corasick automaton finds between
//! the borders of words; on any text every set of instructions finds the same. Up to the first empty
//! line stand the terms, behind it the text.

#![no_main]

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use libfuzzer_sys::fuzz_target;
use parallax::layout::Layout;
use parallax::lexicon::{Inventory, parse};
use parallax::matching::Matcher;
use parallax::text::{Folded, Level};

fn matcher(terms: &BTreeSet<&str>) -> Option<Matcher> {
    let list: Vec<String> = terms.iter().map(|term| format!("'{term}'")).collect();
    let source = format!(
        "schema = 1\nid = \"f\"\ntitle = \"F\"\nversion = \"1\"\nlanguage = \"en\"\ndescription = \"F\"\n\
         [[category]]\nid = \"c\"\ntitle = \"C\"\ndescription = \"C\"\nterms = [{}]\n",
        list.join(", ")
    );
    Matcher::new(&Inventory::new(vec![parse(&source, "fuzz").lexicon])).ok()
}

fuzz_target!(|input: &str| {
    let Some((terms, text)) = input.split_once("\n\n") else { return };
    let terms: BTreeSet<&str> =
        terms.lines().filter(|term| !term.trim().is_empty() && !term.contains('\'')).collect();
    let Some(matcher) = matcher(&terms) else { return };
    let mut first = None;
    for level in Level::all() {
        let mut folded = Folded::with_level(level);
        folded.fold_into(text);
        let hits = matcher.find(&folded, &Layout::default());
        assert_eq!(first.get_or_insert_with(|| hits.clone()), &hits, "{}", level.name());
    }
    let plain = |text: &str, besides: &[u8]| {
        text.bytes().all(|byte| byte.is_ascii_lowercase() || besides.contains(&byte))
    };
    let single = |term: &&str| plain(term, b"") && terms.len() < 200;
    if !plain(text, b" ,;\n") || !terms.iter().all(single) {
        return;
    }
    let Ok(automaton) = AhoCorasick::new(&terms) else { return };
    let is_word = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_lowercase);
    let wanted: BTreeSet<(u32, u32)> = automaton
        .find_overlapping_iter(text)
        .filter(|found| !(found.start() > 0 && is_word(found.start() - 1)) && !is_word(found.end()))
        .map(|found| (found.start() as u32, found.end() as u32))
        .collect();
    let hits = first.unwrap_or_default();
    let found: BTreeSet<_> = hits.iter().map(|hit| (hit.span.start, hit.span.end)).collect();
    assert_eq!(found, wanted);
});
