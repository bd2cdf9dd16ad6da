//! Names that no lexicon declares: runs of capitalised words that are not only sentence starts.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::classes::Classes;
use super::scene::{Marks, Scene, Stretch};
use crate::text::{Span, Token};

/// Words that are capitalised without being a name by themselves.
const COMMON: [&str; 28] = [
    "northern",
    "southern",
    "eastern",
    "western",
    "federal",
    "state",
    "nation",
    "white",
    "black",
    "islamic",
    "christian",
    "muslim",
    "hindu",
    "buddhist",
    "catholic",
    "evangelical",
    "democratic",
    "chamber",
    "floor",
    "majority",
    "minority",
    "member",
    "members",
    "justices",
    "constitution",
    "united",
    "section",
    "title",
];

/// A name that was found.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    /// Its words.
    pub(super) words: Range<usize>,
    /// Its folded words, joined by blanks.
    pub(super) key: Cow<'a, str>,
    /// Whether a title stands before it.
    pub(super) titled: bool,
    /// Whether its last word can stand for all of it: a surname.
    pub(super) surname: bool,
    /// Whether its last word is one of those that end the names of institutions.
    pub(super) institution: bool,
}

/// How an article writes its words where no sentence begins.
#[derive(Debug, Default)]
pub(super) struct Evidence<'a> {
    /// Of the words that open a sentence, those that have a capital elsewhere, too.
    capital: FxHashSet<&'a str>,
    /// Of the words that open a sentence, those that also stand in small letters.
    lower: FxHashSet<&'a str>,
    /// Of each word whether a sentence begins with it.
    starts: Vec<bool>,
}

impl<'a> Evidence<'a> {
    /// Reads the stretches that are in sentence case.
    pub(super) fn of(scene: &Scene<'a>, stretches: &[Stretch]) -> Self {
        let mut evidence = Self { starts: vec![false; scene.words.len()], ..Self::default() };
        for stretch in stretches.iter().filter(|stretch| stretch.opens) {
            if let Some(starts) = evidence.starts.get_mut(stretch.words.start) {
                *starts = true;
            }
        }
        let opening = evidence.opening(scene);
        for stretch in stretches.iter().filter(|s| !s.shouted && !s.title_case) {
            for index in stretch.words.clone() {
                if !scene.word(index).capital {
                    if opening.may_hold(scene, index) {
                        evidence.lower.insert(scene.form(index));
                    }
                } else if !evidence.is_start(scene, index) && opening.may_hold(scene, index) {
                    evidence.capital.insert(scene.form(index));
                }
            }
        }
        evidence
    }

    /// The words with a capital that says nothing: only of these it is asked how else they stand.
    fn opening(&self, scene: &Scene<'a>) -> Forms {
        let mut opening = Forms::NONE;
        for (index, word) in scene.words.iter().enumerate() {
            if word.capital && !scene.is(index, Classes::OPENER) && self.is_start(scene, index) {
                opening.insert(scene, index);
            }
        }
        opening
    }

    /// Whether a capital at the word says nothing: a sentence, a quotation or a clause after a
    /// colon begins there.
    fn is_start(&self, scene: &Scene<'_>, index: usize) -> bool {
        let opening = Marks::QUOTE.with(Marks::COLON).with(Marks::OTHER);
        self.starts.get(index).is_some_and(|&starts| starts) || scene.before(index).meets(opening)
    }

    /// Whether the capitalised word can be (part of) a name.
    pub(super) fn is_name_at(&self, scene: &Scene<'_>, index: usize) -> bool {
        let word = scene.word(index);
        if !word.capital || scene.is(index, Classes::CALENDAR) {
            return false;
        }
        if !self.is_start(scene, index) {
            return !scene.is(index, Classes::FUNCTION) && !scene.form(index).starts_with("i'");
        }
        let form = scene.form(index);
        if scene.is(index, Classes::OPENER) {
            return false;
        }
        self.capital.contains(form)
            || word.shouted
            || !self.lower.contains(form)
                && !form.ends_with("ing")
                && !word.possessive
                && scene.before(index + 1).is_joined()
                && scene.word(index + 1).capital
                && !scene.is(index + 1, Classes::OPENER)
    }
}

/// A few forms of words, by a hash of each: it may hold others, too.
struct Forms([u64; 64]);

impl Forms {
    const NONE: Self = Self([0; 64]);

    fn insert(&mut self, scene: &Scene<'_>, index: usize) {
        let hash = scene.hash(index);
        self.0[hash >> 6 & 63] |= 1 << (hash & 63);
    }

    fn may_hold(&self, scene: &Scene<'_>, index: usize) -> bool {
        let hash = scene.hash(index);
        self.0[hash >> 6 & 63] >> (hash & 63) & 1 == 1
    }
}

/// The names of an article, in order, disjoint from those that are declared.
pub(super) fn found<'a>(
    scene: &Scene<'a>,
    stretches: &[Stretch],
    evidence: &Evidence<'_>,
) -> Vec<Found<'a>> {
    let mut names = Vec::new();
    for stretch in stretches.iter().filter(|s| !s.shouted && !s.title_case) {
        let mut at = stretch.words.start;
        while at < stretch.words.end {
            // As most are.
            if !scene.word(at).capital {
                at += 1;
                continue;
            }
            let end = run_end(scene, evidence, at, stretch.words.end);
            if end > at {
                pieces(scene, at..end, &mut names);
            }
            at = end.max(at + 1);
        }
    }
    let mut headlines = stretches.iter().filter(|s| s.shouted || s.title_case).peekable();
    if headlines.peek().is_some() {
        let known = Known::of(&names);
        let mut more = Vec::new();
        headlines.for_each(|stretch| recognise(scene, stretch, &known, &mut more));
        names.append(&mut more);
    }
    names.sort_by_key(|name| name.words.start);
    names
}

/// What names the running text has, by their keys.
struct Known<'n> {
    keys: FxHashSet<&'n str>,
    /// The first words of the keys.
    first: FxHashSet<&'n str>,
}

impl<'n> Known<'n> {
    /// The names, and the surnames by themselves.
    fn of(names: &'n [Found<'_>]) -> Self {
        let last = |name: &'n Found<'_>| name.key.rsplit(' ').next();
        let short = names.iter().filter(|name| name.surname).filter_map(last);
        let keys: FxHashSet<&str> = names.iter().map(|name| &*name.key).chain(short).collect();
        let first = keys.iter().filter_map(|key| key.split(' ').next()).collect();
        Self { keys, first }
    }
}

/// Whether a word may begin or continue a run.
fn is_part(scene: &Scene<'_>, evidence: &Evidence<'_>, index: usize) -> bool {
    let word = scene.word(index);
    let named = || !word.labelled || heads_institution(scene, index);
    word.capital && word.name.is_none() && named() && evidence.is_name_at(scene, index)
}

/// "Socialist Party": a label that is the first word of a party's or a body's name.
pub(super) fn heads_institution(scene: &Scene<'_>, index: usize) -> bool {
    let next = scene.word(index + 1);
    scene.word(index).capital
        && !scene.word(index).possessive
        && next.before.is_joined()
        && next.capital
        && scene.is(index + 1, Classes::INSTITUTION)
}

/// How many words a name may have.
const LONGEST_RUN: usize = 12;

/// Where the run of capitalised words ends that begins at `start`; `start` if none does.
fn run_end(scene: &Scene<'_>, evidence: &Evidence<'_>, start: usize, limit: usize) -> usize {
    const LINKS: [&str; 15] = [
        "de", "van", "von", "der", "den", "bin", "ibn", "al", "el", "la", "du", "da", "di", "del",
        "y",
    ];
    if !is_part(scene, evidence, start) {
        return start;
    }
    let mut end = start + 1;
    let limit = limit.min(start + LONGEST_RUN);
    while end < limit && !scene.word(end - 1).possessive && scene.before(end).is_joined() {
        if is_part(scene, evidence, end) {
            end += 1;
            continue;
        }
        let form = scene.form(end);
        let mut next = end + 1;
        if form == "of" && scene.form(next) == "the" {
            next += 1;
        }
        let institution = scene.is(end - 1, Classes::INSTITUTION);
        let links = LINKS.contains(&form)
            || form == "of" && institution && !scene.is(end - 1, Classes::TITLE)
            || form == "and" && joins_institution(scene, end);
        let whole = next < limit && (end + 1..=next).all(|at| scene.before(at).is_joined());
        if !links || !whole || !is_part(scene, evidence, next) {
            break;
        }
        end = next + 1;
    }
    end
}

/// "The Globe and Mail": an "and" between two words that end names of institutions.
fn joins_institution(scene: &Scene<'_>, and: usize) -> bool {
    scene.is(and - 1, Classes::INSTITUTION) && scene.is(and + 1, Classes::INSTITUTION)
}

/// A run of capitalised words.
struct Run {
    start: usize,
    end: usize,
    /// Whether an office stands before it.
    office: bool,
}

/// Cuts a run at titles and adjectives of states; keeps what can be a name.
fn pieces<'a>(scene: &Scene<'a>, run: Range<usize>, names: &mut Vec<Found<'a>>) {
    let run = without_office(scene, run, names);
    let mut start = run.start;
    let mut titled = run.start > 0
        && scene.before(run.start).is_joined()
        && (scene.is(run.start - 1, Classes::TITLE) || run.office);
    for index in run.start..run.end {
        let title = scene.is(index, Classes::TITLE) && !scene.is(index, Classes::INSTITUTION);
        if !title {
            continue;
        }
        // What stands before a title is an office ("Foreign Affairs Minister"), save a state.
        if index == start + 1 && scene.word(start).shouted {
            keep(scene, start..index, false, names);
        }
        titled = true;
        start = index + 1;
    }
    keep(scene, start..run.end, titled, names);
}

fn keep<'a>(scene: &Scene<'a>, words: Range<usize>, titled: bool, names: &mut Vec<Found<'a>>) {
    let mut words = words;
    if words.is_empty() || is_people(scene, &words) {
        return;
    }
    let institution = scene.is(words.end - 1, Classes::INSTITUTION);
    // "Cuban Raúl Castro", but "Indian Railways"; "Scientist Rebecca Falconer".
    while words.len() > 2
        && !institution
        && (scene.word(words.start).demonym || scene.is(words.start, Classes::ROLE))
    {
        words.start += 1;
    }
    let single = words.len() == 1;
    let plain = ["congress", "parliament", "senate"];
    // "our Nation", "the Government": common nouns, whatever the capital.
    let noun = Classes::INSTITUTION.with(Classes::BODY).with(Classes::RULE);
    let common = single
        && (scene.is(words.start, noun) || COMMON.contains(&scene.form(words.start)))
        && !scene.word(words.start).shouted
        && !plain.contains(&scene.form(words.start));
    let letter = single && scene.folded.tokens()[words.start].span.len() < 2;
    if words.is_empty() || common || letter || scene.is(words.start, Classes::FUNCTION) {
        return;
    }
    let key = key_of(scene, &words);
    let last = words.end - 1;
    let plain_last = !scene.word(last).shouted && !scene.hyphenated(last);
    let of = words.clone().any(|word| scene.form(word) == "of");
    let surname = !single && !institution && plain_last && !of;
    names.push(Found { words, key, titled, surname, institution });
}

/// What stands behind "Secretary of", "President of the": a portfolio is left out, a state before
/// a person is a name of its own.
fn without_office<'a>(scene: &Scene<'a>, run: Range<usize>, names: &mut Vec<Found<'a>>) -> Run {
    let before = |back: usize| run.start.checked_sub(back).map_or("", |at| scene.form(at));
    let back = if before(1) == "the" && before(2) == "of" { 3 } else { 2 };
    let of = before(1) == "of" || back == 3;
    let office = of && run.start >= back && scene.is(run.start - back, Classes::TITLE);
    if !office {
        return Run { start: run.start, end: run.end, office };
    }
    let united = scene.form(run.start) == "united";
    let first = if united { 2 } else { 1 };
    let portfolio = scene.is(run.start, Classes::PORTFOLIO);
    let institution = scene.is(run.end - 1, Classes::INSTITUTION);
    if portfolio {
        return Run { start: run.start + 1, end: run.end, office };
    }
    if run.len() >= first + 2 && !institution {
        keep(scene, run.start..run.start + first, false, names);
        return Run { start: run.start + first, end: run.end, office };
    }
    Run { start: run.start, end: run.end, office: false }
}

/// "Canadian", "North Korean": the adjective of a state or a people and nothing else.
fn is_people(scene: &Scene<'_>, words: &Range<usize>) -> bool {
    let last = words.end - 1;
    let before = |word: usize| scene.word(word).demonym || scene.is(word, Classes::COMPASS);
    scene.word(last).demonym && (words.start..last).all(before)
}

/// The folded words, joined by blanks: nearly always as they stand in the text in small letters.
pub(super) fn key_of<'a>(scene: &Scene<'a>, words: &Range<usize>) -> Cow<'a, str> {
    let folded = scene.folded;
    let tokens = folded.tokens().get(words.clone()).unwrap_or_default();
    let lower = folded.lower();
    let behind_blank = |pair: &[Token]| {
        let end = pair[0].span.end;
        pair[0].is_plain()
            && pair[1].span.start == end + 1
            && lower.as_bytes().get(end as usize) == Some(&b' ')
    };
    if let (Some(first), Some(last)) = (tokens.first(), tokens.last())
        && tokens.windows(2).all(behind_blank)
        && folded.bare_form(last) == last.bare_span()
    {
        return Cow::Borrowed(Span { start: first.span.start, end: last.bare_end }.of(lower));
    }
    let mut key = String::with_capacity(32);
    for index in words.clone() {
        if index > words.start {
            key.push(' ');
        }
        key.push_str(scene.form(index));
    }
    Cow::Owned(key)
}

/// Where capitals say nothing, names are those that the article has elsewhere.
fn recognise<'a>(
    scene: &Scene<'a>,
    stretch: &Stretch,
    known: &Known<'_>,
    names: &mut Vec<Found<'a>>,
) {
    const LONGEST: usize = 6;
    let mut at = stretch.words.start;
    while at < stretch.words.end {
        let may_begin = scene.word(at).capital && known.first.contains(scene.form(at));
        let joined = |&w: &usize| {
            let word = scene.word(w);
            word.name.is_none() && (w == at || word.before.is_joined())
        };
        let end = stretch.words.end.min(at + LONGEST);
        let longest = if may_begin { (at..end).take_while(joined).count() } else { 0 };
        let key = (1..=longest).rev().find_map(|length| {
            let key = key_of(scene, &(at..at + length));
            known.keys.contains(&*key).then_some((length, key))
        });
        let Some((length, key)) = key else {
            at += 1;
            continue;
        };
        let words = at..at + length;
        names.push(Found { words, key, titled: false, surname: false, institution: false });
        at += length;
    }
}

/// The full name that each short one stands for: "Trudeau" for the only name of several words that
/// ends in it. Keys are folded.
pub(super) fn surnames<'k>(
    full: impl Iterator<Item = &'k str>,
) -> FxHashMap<&'k str, Option<&'k str>> {
    let mut owners: FxHashMap<&str, Option<&str>> = FxHashMap::default();
    for key in full {
        let Some((_, last)) = key.rsplit_once(' ') else { continue };
        owners
            .entry(last)
            .and_modify(|owner| {
                if *owner != Some(key) {
                    *owner = None;
                }
            })
            .or_insert(Some(key));
    }
    owners
}
