//! Which target each name is a mention of: declared ones, and those that names of one article share.

use rustc_hash::{FxHashMap, FxHashSet};

use super::classes::{Classes, is_demonym};
use super::mentions::Declared;
use super::model::TargetRef;
use super::names::{Found, key_of, surnames};
use super::scene::{Name, Scene};
use crate::lexicon::{Inventory, Target, TargetKind};

/// Enters the names into the scene, in order, and gives their targets by key.
pub(super) fn register(
    scene: &mut Scene<'_>,
    text: &str,
    declared: &[Declared],
    found: &[Found],
    inventory: &Inventory,
) -> Vec<TargetRef> {
    let people = declared_people(scene, declared, inventory);
    let owners = Owners::of(&people, found);
    let mut keys: Vec<TargetRef> = Vec::new();
    let mut names: Vec<Name> = Vec::with_capacity(declared.len() + found.len());
    let mut numbers: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    let mut number = |keys: &mut Vec<TargetRef>, lexicon, target| {
        *numbers.entry((lexicon, target)).or_insert_with(|| {
            keys.push(TargetRef::Declared { lexicon, target });
            keys.len() - 1
        })
    };
    for mention in declared {
        let target = &inventory.lexicons()[mention.lexicon].targets[mention.target];
        let main = &inventory.written(mention.lexicon, mention.target).main;
        let number = number(&mut keys, mention.lexicon, mention.target);
        names.push(Name { target: number, ..declared_name(scene, mention, target, main) });
    }
    let mut owned: FxHashMap<&str, usize> = FxHashMap::default();
    for name in found {
        let key = owners.full_key(name);
        let target = *owned.entry(key).or_insert_with(|| match owners.owner(scene, text, key) {
            TargetRef::Declared { lexicon, target } => number(&mut keys, lexicon, target),
            found => {
                keys.push(found);
                keys.len() - 1
            }
        });
        let kind = match keys[target] {
            TargetRef::Declared { lexicon, target } => {
                Some(inventory.lexicons()[lexicon].targets[target].kind)
            }
            TargetRef::Found(_) => owners.kind(key, name),
        };
        names.push(Name {
            words: name.words.clone(),
            target,
            declared: matches!(keys[target], TargetRef::Declared { .. }),
            kind,
            adjectival: false,
            affixed: is_affixed(scene, &name.words),
            alias: false,
        });
    }
    names.sort_by_key(|name| name.words.start);
    let (targets, places) = in_order(keys);
    for (index, mut name) in names.into_iter().enumerate() {
        name.target = places[name.target];
        for word in &mut scene.words[name.words.clone()] {
            word.name = Some(index as u32);
        }
        scene.names.push(name);
    }
    targets
}

/// The different keys in order, and the place there of each that was given.
fn in_order(keys: Vec<TargetRef>) -> (Vec<TargetRef>, Vec<usize>) {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_unstable_by(|&one, &two| keys[one].cmp(&keys[two]));
    let mut places = vec![0; keys.len()];
    let mut last: Option<usize> = None;
    let mut different = 0;
    for &index in &order {
        if last.is_none_or(|last| keys[last] != keys[index]) {
            different += 1;
        }
        places[index] = different - 1;
        last = Some(index);
    }
    let mut keyed: Vec<(usize, TargetRef)> = places.iter().copied().zip(keys).collect();
    keyed.sort_unstable_by_key(|(place, _)| *place);
    keyed.dedup_by_key(|(place, _)| *place);
    (keyed.into_iter().map(|(_, key)| key).collect(), places)
}

fn declared_name(
    scene: &Scene<'_>,
    mention: &Declared,
    target: &Target,
    main_words: &[String],
) -> Name {
    let words = mention.words.clone();
    let last = scene.form(words.end - 1);
    let main_is = |word: &str| main_words.iter().any(|main| stem(word) == stem(main));
    let mut forms = words.clone().map(|index| scene.form(index));
    let shares = forms.any(|word| word.len() > 2 && word != "the" && main_is(word));
    let article = scene.is(words.start, Classes::DEFINITE)
        && main_words.first().is_none_or(|main| main != "the");
    let adjectival = target.kind == TargetKind::State
        && !words.clone().map(|index| scene.form(index)).eq(main_words)
        && is_demonym(last, Classes::of(last));
    Name {
        affixed: is_affixed(scene, &words),
        words,
        target: 0,
        declared: true,
        kind: Some(target.kind),
        adjectival,
        alias: article || !shares && !adjectival,
    }
}

/// The first four characters.
fn stem(word: &str) -> &str {
    word.char_indices().nth(4).map_or(word, |(end, _)| &word[..end])
}

/// Whether a hyphen joins the name to something else than a label ("ex-" leaves it as it is).
fn is_affixed(scene: &Scene<'_>, words: &std::ops::Range<usize>) -> bool {
    let before =
        words.start > 0 && scene.hyphenated(words.start) && scene.form(words.start - 1) != "ex";
    let behind = scene.hyphenated(words.end) && !scene.word(words.end).labelled;
    before || behind
}

/// The full names of declared people, by folded words.
fn declared_people(
    scene: &Scene<'_>,
    declared: &[Declared],
    inventory: &Inventory,
) -> FxHashMap<String, TargetRef> {
    let mut people = FxHashMap::default();
    for mention in declared {
        let (lexicon, target) = (mention.lexicon, mention.target);
        let kind = inventory.lexicons()[lexicon].targets[target].kind;
        if kind == TargetKind::Person && mention.words.len() > 1 {
            people.insert(key_of(scene, &mention.words), TargetRef::Declared { lexicon, target });
        }
    }
    people
}

/// Whose name a found one is.
struct Owners<'a> {
    /// Full names of declared people, by folded words.
    declared: &'a FxHashMap<String, TargetRef>,
    /// Full names by their last word; none where several share it.
    surnames: FxHashMap<&'a str, Option<&'a str>>,
    /// The first place of every key.
    first: FxHashMap<&'a str, &'a Found>,
    titled: FxHashSet<&'a str>,
}

impl<'a> Owners<'a> {
    fn of(declared: &'a FxHashMap<String, TargetRef>, found: &'a [Found]) -> Self {
        let mut first = FxHashMap::default();
        for name in found {
            first.entry(name.key.as_str()).or_insert(name);
        }
        let people = found.iter().filter(|name| name.surname).map(|name| name.key.as_str());
        let surnames = surnames(declared.keys().map(String::as_str).chain(people));
        let mut owners = Self { declared, surnames, first, titled: FxHashSet::default() };
        for name in found.iter().filter(|name| name.titled) {
            let key = owners.full_key(name);
            owners.titled.insert(key);
        }
        owners
    }

    /// The key of the full name that a short one stands for, else its own.
    fn full_key(&self, name: &'a Found) -> &'a str {
        let short = !name.key.contains(' ');
        let full = short.then(|| self.surnames.get(name.key.as_str())).flatten();
        full.copied().flatten().unwrap_or(&name.key)
    }

    fn owner(&self, scene: &Scene<'_>, text: &str, key: &str) -> TargetRef {
        let written = || match self.first.get(key) {
            Some(name) => as_written(scene, text, name),
            None => key.to_owned(),
        };
        self.declared.get(key).cloned().unwrap_or_else(|| TargetRef::Found(written()))
    }

    /// The kind of what no lexicon declares, as far as it can be told.
    fn kind(&self, key: &str, name: &Found) -> Option<TargetKind> {
        if self.titled.contains(key) {
            Some(TargetKind::Person)
        } else {
            name.institution.then_some(TargetKind::Organisation)
        }
    }
}

fn as_written(scene: &Scene<'_>, text: &str, name: &Found) -> String {
    let tokens = scene.folded.tokens();
    let start = tokens[name.words.start].span.start as usize;
    let end = tokens[name.words.end - 1].bare_end as usize;
    let written = text.get(start..end).unwrap_or_default();
    // The last full stop of an initialism is part of it: "U.S."
    let stop = written.contains('.') && text.get(end..).is_some_and(|rest| rest.starts_with('.'));
    let written = text.get(start..end + usize::from(stop)).unwrap_or_default();
    let blanks = |pair: &[u8]| pair[0] == b' ' && !pair[1].is_ascii_graphic();
    if written.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
        && !written.as_bytes().windows(2).any(blanks)
    {
        return written.to_owned();
    }
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}
