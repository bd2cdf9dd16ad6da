//! One name, one spelling: "Raúl" and "Raul" are the same name found in two articles.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::article::{ArticleTally, VoiceGroup};
use super::evidence::EvidenceSample;
use super::features::hash;
use super::packed::Articles;
use super::sum::{SumOf, Sums};
use crate::text::Folded;

/// Writes every found name that is also spelled otherwise in the spelling with most mentions; of equal
/// ones the first. Keys of declared targets are in lower case and never found names. Says which became
/// which.
pub(super) fn respell(
    articles: &mut Articles,
    evidence: &mut EvidenceSample,
) -> BTreeMap<String, String> {
    let (mut numbers, mut spellings) = (FxHashMap::default(), BTreeMap::new());
    for ((name, number), (common, number_of_common)) in
        respelled(articles.mentioned().map(|(number, name, mentions)| (name, number, mentions)))
    {
        numbers.insert(number, number_of_common);
        spellings.insert(name.to_owned(), common.to_owned());
    }
    if !spellings.is_empty() {
        evidence.respell(&spellings);
        articles.respell(numbers);
    }
    spellings
}

/// The same in sums: targets that are one name become one. An article that spells a name in two ways is
/// the only one that would then count twice, and [`joined`] lets it count as one.
pub(super) fn respell_sums(sums: &mut Sums) {
    let found = sums.iter().filter_map(|(_, of, sum)| match of {
        SumOf::Target(name, VoiceGroup::All) => Some((name.as_str(), sum.moments.words)),
        _ => None,
    });
    let mut mentions: FxHashMap<&str, u64> = FxHashMap::default();
    found.for_each(|(name, words)| *mentions.entry(name).or_default() += words);
    let found = respelled(mentions.into_iter().map(|(name, words)| (name, (), words)));
    let names: Vec<[String; 2]> =
        found.map(|((name, ()), (common, ()))| [name.to_owned(), common.to_owned()]).collect();
    sums.rename_targets(&names);
}

/// An article in which no name has two spellings, unless it is one already: of several the one with most
/// mentions in it stands for all.
pub(super) fn joined(article: &ArticleTally) -> Option<ArticleTally> {
    let found = article.mentions.iter().map(|count| (count.target.as_str(), count.mentions));
    let mut rough: Vec<(u64, &str)> = found.clone().map(|(name, _)| (rough(name), name)).collect();
    rough.sort_unstable();
    rough.dedup();
    if rough.is_sorted_by(|one, two| one.0 < two.0) {
        return None;
    }
    let mut mentions: BTreeMap<&str, u64> = BTreeMap::new();
    found.for_each(|(name, number)| *mentions.entry(name).or_default() += u64::from(number));
    let found = respelled(mentions.into_iter().map(|(name, number)| (name, (), number)));
    let common: BTreeMap<&str, &str> =
        found.map(|((name, ()), (common, ()))| (name, common)).collect();
    let mut article = article.clone();
    let spell = |name: &mut String| {
        if let Some(common) = common.get(name.as_str()) {
            (*common).clone_into(name);
        }
    };
    article.mentions.iter_mut().for_each(|count| spell(&mut count.target));
    article.labels.iter_mut().for_each(|count| spell(&mut count.target));
    article.mentions.sort_unstable();
    article.labels.sort_unstable();
    Some(article)
}

/// Equal for all spellings of a name, and quickly found: what is left of it without marks and blanks.
fn rough(name: &str) -> u64 {
    let letters = |bytes: &[u8]| {
        let kept = bytes.iter().filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
        hash(&kept.map(u8::to_ascii_lowercase).collect::<Vec<u8>>())
    };
    if name.is_ascii() { letters(name.as_bytes()) } else { letters(folded(name).as_bytes()) }
}

/// A name as it is written, and a number.
type Written<'a, N> = (&'a str, N);

/// The one with most mentions comes first.
type Spelling<'a, N> = (Reverse<u64>, Written<'a, N>);

/// Of found names with their mentions, each that is also spelled otherwise, and the spelling with most
/// mentions; of equal ones the first.
fn respelled<'a, N: Copy + Ord>(
    found: impl Iterator<Item = (&'a str, N, u64)>,
) -> impl Iterator<Item = (Written<'a, N>, Written<'a, N>)> {
    // By hash first: there are many names, and few with more than one spelling.
    let mut found: Vec<(u64, &str, N, u64)> = found
        .filter(|(name, ..)| has_capital(name))
        .map(|(name, number, mentions)| (hash(folded(name).as_bytes()), name, number, mentions))
        .collect();
    found.sort_unstable();
    let mut all = Vec::new();
    for alike in found.chunk_by(|x, y| x.0 == y.0).filter(|alike| alike.len() > 1) {
        let mut names: BTreeMap<String, Vec<Spelling<'_, N>>> = BTreeMap::new();
        for &(_, name, number, mentions) in alike {
            let spelling = (Reverse(mentions), (name, number));
            names.entry(folded(name)).or_default().push(spelling);
        }
        for mut variants in names.into_values() {
            variants.sort_unstable();
            let (_, common) = variants[0];
            all.extend(variants[1..].iter().map(|&(_, written)| (written, common)));
        }
    }
    all.into_iter()
}

fn has_capital(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_uppercase())
        || !name.is_ascii() && name.contains(char::is_uppercase)
}

fn folded(name: &str) -> String {
    let folded = Folded::new(name);
    folded.tokens().iter().map(|token| folded.form(token)).collect::<Vec<_>>().join(" ")
}
