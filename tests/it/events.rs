//! Events that are found, what stands side by side, and what must not disturb what.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{shared, stdout_of};

fn report(arguments: &[&str]) -> Value {
    let all = [&["report"], arguments, &["--format", "json", "--quiet"]].concat();
    serde_json::from_str(&stdout_of(&all)).expect("JSON")
}

fn rows<'v>(report: &'v Value, table: &str) -> &'v [Value] {
    report[table].as_array().expect(table)
}

/// Article to event.
fn event_of(report: &Value) -> BTreeMap<(String, String), String> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut events = BTreeMap::new();
    for event in rows(report, "events") {
        for outlet in event["outlets"].as_array().expect("outlets") {
            for article in outlet["articles"].as_array().expect("articles") {
                events.insert((text(&outlet["outlet"]), text(article)), text(&event["event"]));
            }
        }
    }
    events
}

/// Of pairs of articles: those in one declared event, those in one found event, those in both.
fn pairs(declared: &Value, found: &Value) -> [u32; 3] {
    let (declared, found) = (event_of(declared), event_of(found));
    let keys: Vec<_> = declared.keys().collect();
    let mut counts = [0; 3];
    for (place, x) in keys.iter().enumerate() {
        for y in &keys[place + 1..] {
            let same = |events: &BTreeMap<(String, String), String>| {
                events.get(x).is_some_and(|event| events.get(y) == Some(event))
            };
            let (is, seems) = (same(&declared), same(&found));
            counts[0] += u32::from(is);
            counts[1] += u32::from(seems);
            counts[2] += u32::from(is && seems);
        }
    }
    counts
}

#[test]
fn declared_events_are_found_again_when_they_are_hidden() {
    let declared = report(&["seeds"]);
    let found = report(&["seeds", "--events", "found"]);
    let [wanted, given, right] = pairs(&declared, &found);
    let (precision, recall) =
        (f64::from(right) / f64::from(given), f64::from(right) / f64::from(wanted));
    println!("pairs of articles in one event: precision {precision:.3}, recall {recall:.3}");
    assert!(precision >= 0.9, "precision {precision:.3}: {right} of {given}");
    assert!(recall >= 0.5, "recall {recall:.3}: {right} of {wanted}");
    assert_eq!(found["event_method"]["used"], "found");
    assert!(rows(&found, "events").iter().all(|event| event["how"] == "found"));
    let named = rows(&found, "warnings").iter().any(|row| row["code"] == "near-copies");
    assert!(named, "the agency text that two outlets printed");
}

#[test]
fn found_events_do_not_depend_on_threads() {
    let with = |threads| {
        stdout_of(&[
            "report",
            "seeds",
            "--events",
            "found",
            "--threads",
            threads,
            "--format",
            "json",
            "-q",
        ])
    };
    assert!(with("1") == with("4"));
}

#[test]
fn no_events_no_comparison_within_them() {
    let none = report(&["seeds", "--events", "none"]);
    assert!(rows(&none, "events").is_empty() && rows(&none, "matched").is_empty());
}

#[test]
fn adding_a_lexicon_changes_no_comparison_of_choices_or_labels() {
    let few = ["seeds", "-l", "choices", "-l", "political-labels", "-l", "targets"];
    let (fewer, more) = (report(&few), report(&[&few[..], &["-l", "alarm-and-metaphor"]].concat()));
    for table in ["choices", "choice_comparisons", "target_labels", "label_comparisons"] {
        let of = |report: &Value| -> Vec<Value> {
            let known = |row: &&Value| {
                let lexicon = row["lexicon"].as_str();
                lexicon.is_some_and(|id| id != "alarm-and-metaphor")
            };
            rows(report, table).iter().filter(known).cloned().collect()
        };
        assert!(!of(&fewer).is_empty(), "{table}");
        assert_eq!(of(&fewer), of(&more), "{table}");
    }
}

/// Two outlets, of which one printed a text twice with a word changed.
#[test]
fn near_copies_of_one_outlet_are_counted_and_said() {
    let wording = |seed: usize| -> String {
        let word = |n: usize| {
            let letters = (0..7).map(|at| {
                let letter = (seed * 31 + n * 17 + at * (n + seed + 3)) % 26;
                char::from(b'a' + letter as u8)
            });
            letters.collect::<String>() + " "
        };
        (0..90).map(word).collect::<String>() + "."
    };
    let files: Vec<(String, String)> = (0..8)
        .map(|number| {
            let outlet = if number < 4 { "one" } else { "two" };
            let text = if number == 3 { wording(2) + " Corrected." } else { wording(number) };
            (format!("{outlet}/{number}.txt"), text)
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    let folder = crate::folder_of(&files);
    for events in ["declared", "none"] {
        let path = folder.path().to_str().expect("letters");
        let report = report(&[path, "--any-language", "--events", events]);
        let said: Vec<&Value> = rows(&report, "warnings")
            .iter()
            .filter(|row| row["code"] == "near-copies-pooled")
            .collect();
        assert_eq!(said.len(), 1, "{events}");
        assert_eq!(said[0]["count"], 1);
        let message = said[0]["message"].as_str().expect("a text");
        assert!(message.contains("(one 1)"), "{message}");
    }
}

#[test]
fn an_event_that_there_is_not_is_named() {
    let output = crate::parallax(&["report", "seeds", "--event", "nothing", "-q"]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(error.contains("no event `nothing`") && error.contains("first-veto"), "{error}");
}

#[test]
fn the_contrasts_of_the_real_articles_stand_side_by_side() {
    let Some(folder) = shared("seeds") else { return };
    let report = report(&[folder.to_str().expect("a path")]);
    let side = &rows(&report, "side_by_side")[0];
    let wording = |target: &str, outlet: &str, wanted: &str| {
        let subjects = side["subjects"].as_array().expect("subjects").iter();
        let sides = subjects
            .filter(|subject| subject["title"] == target)
            .flat_map(|subject| subject["sides"].as_array().expect("sides"))
            .filter(|side| side["outlet"] == outlet);
        let texts: Vec<&str> = sides
            .flat_map(|side| side["wordings"].as_array().expect("wordings"))
            .filter_map(|wording| wording["text"].as_str())
            .collect();
        assert!(texts.contains(&wanted), "{target} in {outlet}: {texts:?}");
    };
    wording("Venezuela", "breitbart", "the ongoing socialist crisis in Venezuela");
    wording("Venezuela", "globe-and-mail", "the continuing crises in Ukraine and Venezuela");
    wording("Justin Trudeau", "breitbart", "Leftist Canadian Prime Minister Justin Trudeau");
    wording("Justin Trudeau", "globe-and-mail", "Prime Minister Justin Trudeau");
    wording("Cuba", "breitbart", "rogue states like Cuba");
    wording("Cuba", "globe-and-mail", "working with Cuba");
    wording("Raúl Castro", "breitbart", "successor Raúl Castro");
    wording("Raúl Castro", "globe-and-mail", "Cuban President Raul Castro");
}
