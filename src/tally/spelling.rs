//! One name, one spelling: "Raúl" and "Raul" are the same name found in two articles.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::article::ArticleTally;
use super::evidence::EvidenceSample;
use crate::text::Folded;

/// For every found name that is also spelled otherwise, the spelling with most mentions; of equal
/// ones the first. Keys of declared targets are in lower case and never found names.
pub(super) fn spellings(articles: &[ArticleTally]) -> BTreeMap<String, String> {
    let mut mentions: FxHashMap<&str, u64> = FxHashMap::default();
    for count in articles.iter().flat_map(|article| &article.mentions) {
        if has_capital(&count.target) {
            *mentions.entry(&count.target).or_insert(0) += u64::from(count.mentions);
        }
    }
    let mut names: BTreeMap<String, Vec<(Reverse<u64>, &str)>> = BTreeMap::new();
    for (name, mentions) in mentions {
        names.entry(folded(name)).or_default().push((Reverse(mentions), name));
    }
    let mut spellings = BTreeMap::new();
    for mut variants in names.into_values().filter(|variants| variants.len() > 1) {
        // Their order decides, whatever the table's was.
        variants.sort_unstable();
        let common = variants[0].1;
        let others = variants[1..].iter().map(|(_, name)| (*name).to_owned());
        spellings.extend(others.map(|name| (name, common.to_owned())));
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

/// Writes every name in its common spelling.
pub(super) fn respell(
    articles: &mut [ArticleTally],
    evidence: &mut EvidenceSample,
    spellings: &BTreeMap<String, String>,
) {
    if spellings.is_empty() {
        return;
    }
    let change = |name: &mut String| {
        if let Some(common) = spellings.get(name) {
            name.clone_from(common);
        }
    };
    for article in articles {
        article.mentions.iter_mut().for_each(|count| change(&mut count.target));
        article.labels.iter_mut().for_each(|count| change(&mut count.target));
        article.reports.iter_mut().filter(|count| count.named).for_each(|c| change(&mut c.source));
        article.mentions.sort();
        article.labels.sort();
        article.reports.sort();
    }
    evidence.respell(spellings);
}
