//! What a found event is called: its first day and the names that set it apart.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::likeness::{UNIT, Vectors, name_feature};
use crate::tally::Articles;

/// Names that set an event apart.
const NAMES: usize = 3;

/// Id and names of every group.
pub(super) fn titles(
    groups: &[(Vec<usize>, f64)],
    articles: &Articles,
    vectors: &Vectors,
) -> Vec<(String, Vec<String>)> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let name = |(members, _): &(Vec<usize>, f64)| {
        let names = names(members, articles, vectors);
        let day = members.iter().filter_map(|&index| articles.date(index)).min();
        let day = day.map_or_else(|| "undated".to_owned(), |day| day.to_string());
        let slug = slug(&format!("{day} {}", names.join(" ")));
        let mut id = slug.clone();
        let mut next = 2;
        while !taken.insert(id.clone()) {
            id = format!("{slug}-{next}");
            next += 1;
        }
        (id, names)
    };
    groups.iter().map(name).collect()
}

/// The names with the greatest weight of those that most of the articles have.
fn names(members: &[usize], articles: &Articles, vectors: &Vectors) -> Vec<String> {
    let mut weights: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for &index in members {
        let vector = &vectors.all[index].0;
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for mention in articles.row(index).mentions {
            if !seen.insert(mention.target) {
                continue;
            }
            let feature = name_feature(mention.target);
            let place = vector.binary_search_by_key(&feature, |(feature, _)| *feature);
            let weight = place.map_or(0.0, |place| vector[place].1);
            let sum = weights.entry(mention.target).or_default();
            sum.0 += (weight * UNIT) as u64;
            sum.1 += 1;
        }
    }
    let mut names: Vec<(&str, u64, u64)> =
        weights.into_iter().map(|(n, (w, a))| (n, w, a)).collect();
    let most = |articles: u64| 2 * articles > members.len() as u64;
    names.sort_by_key(|(name, weight, articles)| (!most(*articles), Reverse(*weight), *name));
    names.into_iter().take(NAMES).map(|(name, ..)| name.to_owned()).collect()
}

/// Lower-case letters, digits and hyphens.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.to_lowercase().chars() {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}
