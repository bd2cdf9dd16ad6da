//! One name, one spelling: "Raúl" and "Raul" are the same name found in two articles.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::evidence::EvidenceSample;
use super::features::hash;
use super::packed::Articles;
use crate::text::Folded;

/// Mentions, the name as it is written, its number.
type Spelling<'a> = (Reverse<u64>, &'a str, u32);

/// Writes every found name that is also spelled otherwise in the spelling with most mentions; of equal
/// ones the first. Keys of declared targets are in lower case and never found names. Says which became
/// which.
pub(super) fn respell(
    articles: &mut Articles,
    evidence: &mut EvidenceSample,
) -> BTreeMap<String, String> {
    // By hash first: there are many names, and few with more than one spelling.
    let found = articles.mentioned().filter(|(_, name, _)| has_capital(name));
    let mut found: Vec<(u64, u32, u64)> = found
        .map(|(number, name, mentions)| (hash(folded(name).as_bytes()), number, mentions))
        .collect();
    found.sort_unstable();
    let mut numbers = FxHashMap::default();
    let mut spellings = BTreeMap::new();
    for alike in found.chunk_by(|x, y| x.0 == y.0).filter(|alike| alike.len() > 1) {
        let mut names: BTreeMap<String, Vec<Spelling<'_>>> = BTreeMap::new();
        for &(_, number, mentions) in alike {
            let name = articles.name(number);
            names.entry(folded(name)).or_default().push((Reverse(mentions), name, number));
        }
        for mut variants in names.into_values() {
            variants.sort_unstable();
            let (_, common, number_of_common) = variants[0];
            for &(_, name, number) in &variants[1..] {
                numbers.insert(number, number_of_common);
                spellings.insert(name.to_owned(), common.to_owned());
            }
        }
    }
    if !spellings.is_empty() {
        evidence.respell(&spellings);
        articles.respell(numbers);
    }
    spellings
}

fn has_capital(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_uppercase())
        || !name.is_ascii() && name.contains(char::is_uppercase)
}

fn folded(name: &str) -> String {
    let folded = Folded::new(name);
    folded.tokens().iter().map(|token| folded.form(token)).collect::<Vec<_>>().join(" ")
}
