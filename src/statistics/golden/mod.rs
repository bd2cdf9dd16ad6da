//! Every number against an independent implementation (numpy, scipy, statsmodels).
//!
//! The reference values lie outside the project; without them the tests print a
//! line and pass. Each test names what it covers; the last one fails if a value
//! is neither covered nor excused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod comparisons;
mod outlets;
mod validity;

use super::{Document, Interval};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Relative tolerance of a closed form.
const CLOSED: f64 = 1e-12;
/// Relative tolerance of one quantile or tail.
const TAIL: f64 = 1e-9;
/// Level of every reference interval.
const ALPHA: f64 = 0.05;

struct Golden {
    values: Map<String, Value>,
    seen: BTreeSet<String>,
    failures: Vec<String>,
}

impl Golden {
    fn load() -> Option<Self> {
        let shared = std::env::var("PARALLAX_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into());
        let Ok(text) = std::fs::read_to_string(format!("{shared}/methods/golden.json")) else {
            println!("skipped: no reference values at hand");
            return None;
        };
        let mut whole: Value = serde_json::from_str(&text).unwrap();
        let values = whole["values"].as_object_mut().map(std::mem::take).unwrap();
        Some(Self { values, seen: BTreeSet::new(), failures: Vec::new() })
    }

    /// A number, or None for null; `path` is "key/field/0", "~1" for a slash.
    fn number(&mut self, path: &str) -> Option<f64> {
        self.seen.insert(path.to_owned());
        let (key, field) = path.split_once('/').unwrap();
        match self.values[key]["out"].pointer(&format!("/{field}")) {
            Some(Value::Number(n)) => n.as_f64(),
            Some(Value::String(s)) if s == "inf" => Some(f64::INFINITY),
            Some(Value::String(s)) if s == "-inf" => Some(f64::NEG_INFINITY),
            Some(Value::Null) => None,
            other => panic!("{path}: {other:?}"),
        }
    }

    fn compare(&mut self, path: &str, got: Option<f64>, allowed: impl Fn(f64) -> f64) {
        let wanted = self.number(path);
        let fits = match (got, wanted) {
            (Some(got), Some(wanted)) => got == wanted || (got - wanted).abs() <= allowed(wanted),
            (got, wanted) => got == wanted,
        };
        if !fits {
            self.failures.push(format!("{path}: got {got:?}, wanted {wanted:?}"));
        }
    }

    /// Within a relative tolerance.
    fn is(&mut self, path: &str, got: impl Into<Option<f64>>, relative: f64) {
        self.compare(path, got.into(), |wanted| relative * wanted.abs());
    }

    /// Within an absolute tolerance.
    fn near(&mut self, path: &str, got: impl Into<Option<f64>>, absolute: f64) {
        self.compare(path, got.into(), |_| absolute);
    }

    /// Equal, as counts are.
    fn equals(&mut self, path: &str, got: u64) {
        self.is(path, got as f64, 0.0);
    }

    /// Both ends of an interval.
    fn spans(&mut self, path: &str, got: Option<Interval>, relative: f64) {
        self.is(&format!("{path}/0"), got.map(|i| i.low), relative);
        self.is(&format!("{path}/1"), got.map(|i| i.high), relative);
    }

    fn all_is(&mut self, path: &str, got: &[f64], relative: f64) {
        for (i, &value) in got.iter().enumerate() {
            self.is(&format!("{path}/{i}"), value, relative);
        }
    }

    fn verify(&self) {
        assert!(self.failures.is_empty(), "{}", self.failures.join("\n"));
    }

    /// Every leaf of every entry.
    fn leaves(&self) -> Vec<String> {
        fn walk(path: String, value: &Value, leaves: &mut Vec<String>) {
            match value {
                Value::Object(map) => {
                    for (name, value) in map {
                        walk(format!("{path}/{}", name.replace('/', "~1")), value, leaves);
                    }
                }
                Value::Array(items) => {
                    for (i, value) in items.iter().enumerate() {
                        walk(format!("{path}/{i}"), value, leaves);
                    }
                }
                _ => leaves.push(path),
            }
        }
        let mut leaves = Vec::new();
        for (key, entry) in &self.values {
            walk(key.clone(), &entry["out"], &mut leaves);
        }
        leaves
    }
}

/// What is not computed here (part of a path), and why.
const NOT_COVERED: [(&str, &str); 16] = [
    ("boot.exact", "bootstrap intervals under-cover below twenty articles: not offered"),
    ("nb.A", "negative binomial model: not built"),
    ("cluster.average", "clustering of outlets: not built"),
    ("ca.smoke", "correspondence analysis: not built"),
    ("ca.toy", "correspondence analysis: not built"),
    ("gs.chi2", "slant after Gentzkow & Shapiro needs reference speakers: not built"),
    ("gs.slant", "slant after Gentzkow & Shapiro needs reference speakers: not built"),
    ("difference_estimator_PPI", "difference estimator: not built"),
    ("/rule_of_three", "an approximation of the exact limit beside it"),
    ("/jack_t", "reaches below 0: the leave-one-out range is given instead"),
    ("/welch_log2", "a test that is not offered; its df and variance are covered"),
    ("/welch_t_p", "a test that is not offered; its df and variance are covered"),
    ("/ELL", "undefined for few expected hits: not offered"),
    ("/PositiveLRC", "one-sided bound: not offered"),
    ("/unweighted_wrong", "the mistake itself"),
    ("verdict/", "words and sentences there, types here; compared in the test of verdicts"),
];

/// The toy corpus of the reference implementation.
fn outlet(name: char) -> Vec<Document> {
    let (hits, words): (&[u64], &[u64]) = match name {
        'A' => (&[4, 0, 7, 1, 3, 0], &[812, 455, 1203, 640, 978, 512]),
        'B' => (&[1, 2, 0, 0, 1], &[700, 1510, 389, 920, 644]),
        'C' => (&[0, 1, 2, 0], &[530, 610, 1480, 875]),
        'D' => (&[3], &[734]),
        'E' => (&[0, 2], &[690, 812]),
        _ => (&[0, 0, 0], &[500, 900, 700]),
    };
    hits.iter().zip(words).map(|(&x, &n)| Document::new(x, n)).collect()
}

#[test]
fn reference_values_are_met_and_none_is_forgotten() {
    let Some(mut golden) = Golden::load() else { return };
    outlets::check(&mut golden);
    comparisons::check(&mut golden);
    validity::check(&mut golden);
    golden.verify();
    let leaves = golden.leaves();
    let excuse = |leaf: &str| NOT_COVERED.iter().find(|(part, _)| leaf.contains(part));
    let (mut covered, mut forgotten) = (0, Vec::new());
    let mut excused: BTreeSet<String> = BTreeSet::new();
    for leaf in &leaves {
        match excuse(leaf) {
            _ if golden.seen.contains(leaf) => covered += 1,
            Some((_, why)) => {
                let path: Vec<&str> = leaf.split('/').take(2).collect();
                excused.insert(format!("{}: {why}", path.join("/")));
            }
            None => forgotten.push(leaf.as_str()),
        }
    }
    println!("{covered} of {} reference values met; not covered:", leaves.len());
    for line in &excused {
        println!("  {line}");
    }
    assert!(forgotten.is_empty(), "neither covered nor excused:\n{}", forgotten.join("\n"));
}
