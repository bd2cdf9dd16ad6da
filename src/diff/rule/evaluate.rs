//! Whether a rule holds for two reports.

use std::collections::{BTreeMap, BTreeSet};

use super::{Measure, Named, Node, Rule, RuleError, Test};
use crate::report::Report;
use crate::tally::VoiceGroup;
use crate::toml_reader::Diagnostic;

/// Names that are offered instead of one that is not there.
const OFFERED: usize = 12;

/// Outlet, lexicon, category, voice.
type Cell<'a> = (&'a str, &'a str, &'a str, VoiceGroup);

/// The rates that rules are about.
#[derive(Debug)]
pub struct Reading<'a> {
    old: BTreeMap<Cell<'a>, Option<f64>>,
    new: BTreeMap<Cell<'a>, Option<f64>>,
    /// Why changes can't be computed, if they can't.
    no_changes: Option<&'static str>,
}

/// What became of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Whether it holds.
    pub holds: bool,
    /// The tests of it that hold, each with the number it holds for.
    pub because: Vec<String>,
}

impl<'a> Reading<'a> {
    /// The rates of two reports. Their rates are compared if both count words and group articles
    /// alike.
    pub fn new(old: &'a Report, new: &'a Report) -> Self {
        fn cells(report: &Report) -> BTreeMap<Cell<'_>, Option<f64>> {
            let rows = report.rates.iter();
            rows.map(|row| ((&*row.outlet, &*row.lexicon, &*row.category, row.voice), row.rate))
                .collect()
        }
        let no_changes = if old.tool.tokenizer != new.tool.tokenizer {
            Some("the reports count words by different rules, so their rates can't be compared")
        } else if old.settings.by != new.settings.by {
            Some("the reports group articles differently, so their rates can't be compared")
        } else {
            None
        };
        Self { old: cells(old), new: cells(new), no_changes }
    }
}

impl Rule {
    /// Tests the rule. A test about a voice without words does not hold.
    ///
    /// # Errors
    /// A category or outlet that the new report does not have (for a change: either report), a category
    /// that is in two lexicons, a change between reports that can't be compared. `rule` is the text
    /// that was parsed.
    pub fn evaluate(&self, rule: &str, reading: &Reading<'_>) -> Result<Outcome, RuleError> {
        let mut because = Vec::new();
        let holds =
            evaluate(&self.root, reading, &mut because).map_err(|f| RuleError::new(rule, f))?;
        because.truncate(if holds { because.len() } else { 0 });
        Ok(Outcome { holds, because })
    }
}

/// Every part is evaluated, so that a name that is not there is an error whatever else holds.
fn evaluate(
    node: &Node,
    reading: &Reading<'_>,
    because: &mut Vec<String>,
) -> Result<bool, Diagnostic> {
    match node {
        Node::Test(test) => {
            let found = test_cells(test, reading)?;
            because.extend(found.iter().cloned());
            Ok(!found.is_empty())
        }
        Node::Or(parts) | Node::And(parts) => {
            let mut held = 0;
            for part in parts {
                held += usize::from(evaluate(part, reading, because)?);
            }
            Ok(if matches!(node, Node::Or(_)) { held > 0 } else { held == parts.len() })
        }
    }
}

/// The cells for which a test holds, in words.
fn test_cells(test: &Test, reading: &Reading<'_>) -> Result<Vec<String>, Diagnostic> {
    let (lexicon, category) = find_category(&test.category, reading)?;
    // What a test is about must be there, or a build would pass because nothing could be tested.
    let sides: &[(&str, &BTreeMap<Cell<'_>, Option<f64>>)] = match test.measure {
        Measure::Rate => &[("new", &reading.new)],
        Measure::Change => &[("new", &reading.new), ("old", &reading.old)],
    };
    for (name, side) in sides {
        if !side.keys().any(|cell| (cell.1, cell.2) == (lexicon, category)) {
            let known = side.keys().map(|cell| cell.2).collect();
            return Err(missing(
                &test.category,
                (&format!("the {name} report"), "category"),
                &known,
            ));
        }
        if let Some(outlet) = &test.outlet {
            let known: BTreeSet<&str> = side.keys().map(|cell| cell.0).collect();
            if !known.contains(outlet.name.as_str()) {
                return Err(missing(outlet, (&format!("the {name} report"), "outlet"), &known));
            }
        }
    }
    let wanted = |cell: &Cell<'_>| {
        (cell.1, cell.2, cell.3) == (lexicon, category, test.voice)
            && test.outlet.as_ref().is_none_or(|outlet| outlet.name == cell.0)
    };
    if let (Measure::Change, Some(reason)) = (test.measure, reading.no_changes) {
        return Err(Diagnostic::error("rule", test.place.clone(), reason));
    }
    let mut held = Vec::new();
    for (cell, new) in reading.new.iter().filter(|(cell, _)| wanted(cell)) {
        let old = reading.old.get(cell).copied().flatten();
        let Some(value) = value(test, old, *new) else { continue };
        if test.sign.holds(value, test.limit) {
            held.push(in_words(test, cell, value, old, *new));
        }
    }
    Ok(held)
}

/// What a test is about; `None` where a rate is missing. From 0 any rise is infinite in percent.
fn value(test: &Test, old: Option<f64>, new: Option<f64>) -> Option<f64> {
    match test.measure {
        Measure::Rate => new,
        Measure::Change => {
            let (old, new) = (old?, new?);
            let change = new - old;
            match (test.percent, old > 0.0) {
                (false, _) => Some(change),
                (true, true) => Some(100.0 * change / old),
                (true, false) if change > 0.0 => Some(f64::INFINITY),
                (true, false) => Some(0.0),
            }
        }
    }
}

fn in_words(
    test: &Test,
    cell: &Cell<'_>,
    value: f64,
    old: Option<f64>,
    new: Option<f64>,
) -> String {
    let (outlet, lexicon, category, voice) = cell;
    let name = format!("{outlet}, {lexicon}/{category}, {}", voice.name());
    let [old, new] = [old, new].map(Option::unwrap_or_default);
    match (test.measure, test.percent) {
        (Measure::Rate, _) => format!("{name}: rate {value:.2} per 1,000 words"),
        (Measure::Change, false) => format!("{name}: change {value:+.2} ({old:.2}, now {new:.2})"),
        (Measure::Change, true) if value.is_infinite() => {
            format!("{name}: risen from 0 to {new:.2}")
        }
        (Measure::Change, true) => {
            format!("{name}: change {value:+.1} % ({old:.2}, now {new:.2})")
        }
    }
}

fn find_category<'a>(
    named: &Named,
    reading: &Reading<'a>,
) -> Result<(&'a str, &'a str), Diagnostic> {
    let all: BTreeSet<(&'a str, &'a str)> =
        reading.old.keys().chain(reading.new.keys()).map(|cell| (cell.1, cell.2)).collect();
    let matching: Vec<(&str, &str)> = all
        .iter()
        .copied()
        .filter(|(lexicon, category)| {
            *category == named.name
                || named.name.split_once('/').is_some_and(|(l, c)| l == *lexicon && c == *category)
        })
        .collect();
    match matching[..] {
        [one] => Ok(one),
        [] => {
            let known = all.iter().map(|(_, category)| *category).collect();
            Err(missing(named, ("either report", "category"), &known))
        }
        _ => {
            let names: Vec<String> = matching.iter().map(|(l, c)| format!("{l}/{c}")).collect();
            let message = format!("“{}” is in {} lexicons", named.name, names.len());
            Err(Diagnostic::error("rule", named.place.clone(), message)
                .with_help(format!("write {}", names.join(" or "))))
        }
    }
}

fn missing(named: &Named, (whose, what): (&str, &str), known: &BTreeSet<&str>) -> Diagnostic {
    let mut near: Vec<&str> = known.iter().copied().collect();
    let distance = |name: &&str| strsim::osa_distance(name, &named.name);
    near.sort_by_key(distance);
    near.truncate(OFFERED);
    let message = format!("there is no {what} “{}” in {whose}", named.name);
    Diagnostic::error("rule", named.place.clone(), message)
        .with_help(format!("there is: {}", near.join(", ")))
}
