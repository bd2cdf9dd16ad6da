//! The cases of `tests/data/labels`: precision and recall of each rule.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::read;
use crate::linking::TargetRef;

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
    /// What cases that give none have.
    #[serde(default)]
    common: Common,
}

#[derive(Deserialize, Default, Clone)]
struct Common {
    targets: BTreeMap<String, Vec<String>>,
    kinds: BTreeMap<String, String>,
    terms: Vec<String>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    text: String,
    #[serde(default)]
    targets: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    kinds: BTreeMap<String, String>,
    #[serde(default)]
    terms: Vec<String>,
    links: Vec<Link>,
}

#[derive(Deserialize)]
struct Link {
    term: String,
    nth: usize,
    target: String,
}

/// Links by term, occurrence and target.
type Found = BTreeMap<(String, usize, String), &'static str>;

fn run(case: &Case) -> Found {
    let targets: Vec<(&str, &str, Vec<&str>)> = case
        .targets
        .iter()
        .map(|(id, names)| {
            let kind = case.kinds.get(id).map_or("person", String::as_str);
            (id.as_str(), kind, names.iter().map(String::as_str).collect())
        })
        .collect();
    let terms: Vec<&str> = case.terms.iter().map(String::as_str).collect();
    let reading = read::read(&case.text, &targets, &terms);
    let mut found = Found::new();
    for label in &reading.links.labels {
        let hit = &reading.hits[label.hit];
        let TargetRef::Declared { target, .. } = reading.links.targets[label.target] else {
            continue;
        };
        let term = hit.span.of(&case.text).to_lowercase();
        let nth = occurrence(&case.text, &term, hit.span.start as usize);
        found.insert((term, nth, targets[target].0.to_owned()), label.rule);
    }
    found
}

/// Which occurrence of `term` as a whole word begins at `start`, from 1.
fn occurrence(text: &str, term: &str, start: usize) -> usize {
    let text = text.to_lowercase();
    let whole = |at: usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..at].chars().next_back()) && !letter(text[at + term.len()..].chars().next())
    };
    text.match_indices(term).filter(|(at, _)| *at <= start && whole(*at)).count()
}

#[derive(Default, Clone, Copy)]
struct Score {
    found: u32,
    right: u32,
    wanted: u32,
}

impl Score {
    fn add(&mut self, other: Self) {
        self.found += other.found;
        self.right += other.right;
        self.wanted += other.wanted;
    }

    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from(self.found.max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from(self.wanted.max(1))
    }
}

fn score(case: &Case) -> Score {
    let found = run(case);
    let wanted: BTreeSet<(String, usize, String)> = case
        .links
        .iter()
        .map(|link| (link.term.to_lowercase(), link.nth, link.target.clone()))
        .collect();
    let right = found.keys().filter(|key| wanted.contains(key)).count();
    for (key, rule) in found.iter().filter(|(key, _)| !wanted.contains(key)) {
        println!("WRONG {} {} {:?} by {rule}", case.id, case.text, key);
    }
    for key in wanted.iter().filter(|key| !found.contains_key(key)) {
        println!("MISSED {} {} {key:?}", case.id, case.text);
    }
    Score { found: found.len() as u32, right: right as u32, wanted: wanted.len() as u32 }
}

const FILES: [&str; 10] = [
    "premodifier",
    "compound",
    "apposition",
    "copula",
    "exemplification",
    "predication",
    "place",
    "possessor",
    "alias",
    "anaphora",
];

/// The scores of one half of a file. Odd numbers were used while the rules were written. Even ones
/// were first looked at when the rules were whole: precision was .957 then and recall .902 (110 of
/// 115 links found, 122 wanted); what is corrected since makes their figures a little too good.
fn scores(file: &str, odd: bool) -> Score {
    let path = format!("{}/tests/data/labels/{file}.toml", env!("CARGO_MANIFEST_DIR"));
    let file: File = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut total = Score::default();
    for case in file.case.iter().filter(|case| is_odd(case) == odd) {
        total.add(score(case));
    }
    total
}

fn is_odd(case: &Case) -> bool {
    let number: u32 = case.id.rsplit_once('-').unwrap().1.parse().unwrap();
    number % 2 == 1
}

/// The scores of the cases of a file that was written later, by the rule that they tempt.
fn later(file: &str, odd: bool) -> Score {
    let path = format!("{}/tests/data/labels/{file}.toml", env!("CARGO_MANIFEST_DIR"));
    let file: File = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut by_rule: BTreeMap<String, Score> = BTreeMap::new();
    for mut case in file.case.into_iter().filter(|case| is_odd(case) == odd) {
        let Common { targets, kinds, terms } = file.common.clone();
        (case.targets, case.kinds, case.terms) = (targets, kinds, terms);
        let rule = case.id.rsplit_once('-').unwrap().0.to_owned();
        by_rule.entry(rule).or_default().add(score(&case));
    }
    let mut total = Score::default();
    for (rule, score) in by_rule {
        println!(
            "{rule:16} {} of {} found are right, {} wanted",
            score.right, score.found, score.wanted
        );
        total.add(score);
    }
    println!("{:16} precision {:.3} recall {:.3}", "all", total.precision(), total.recall());
    total
}

fn check(odd: bool, precision: f64, recall: f64) {
    let mut total = Score::default();
    for file in FILES {
        let one = scores(file, odd);
        println!(
            "{file:16} precision {:.3} recall {:.3} ({} of {} found, {} wanted)",
            one.precision(),
            one.recall(),
            one.right,
            one.found,
            one.wanted
        );
        total.add(one);
    }
    println!("{:16} precision {:.3} recall {:.3}", "all", total.precision(), total.recall());
    assert!(total.precision() >= precision, "precision {}", total.precision());
    assert!(total.recall() >= recall, "recall {}", total.recall());
}

#[test]
fn cases_that_rules_were_written_with() {
    check(true, 0.99, 0.97);
}

#[test]
fn cases_written_later_and_tuned_on() {
    let score = later("later", true);
    assert!(score.precision() >= 0.99 && score.recall() >= 0.88);
}

/// These are as the rules were when the cases were written: no rule was changed for them.
#[test]
fn cases_written_later_and_held_out() {
    let score = later("later", false);
    assert!(score.precision() >= 0.8 && score.recall() >= 0.72);
}

#[test]
fn states_and_speeches_tuned_on() {
    let score = later("states-and-speeches", true);
    assert!(score.precision() >= 0.99 && score.recall() >= 0.9);
}

#[test]
fn states_and_speeches_held_out() {
    let score = later("states-and-speeches", false);
    assert!(score.precision() >= 0.8 && score.recall() >= 0.99);
}

#[test]
fn cases_that_were_held_out() {
    check(false, 0.98, 0.93);
}
