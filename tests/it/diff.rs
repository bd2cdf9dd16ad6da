//! Comparing saved reports.

use std::path::Path;

use serde_json::Value;

use crate::{folder_of, parallax_in, text};

const OLD_LEXICON: &str = r#"
schema = 1
id = "labels"
title = "Labels"
version = "1.0.0"
language = "en"
license = "CC0-1.0"
description = "Labels."
sources = []
[[category]]
id = "label"
title = "Label"
description = "A label."
terms = ["leftist", "regime"]
"#;

/// Two corpora with one article in both, one edited, one only in each, and two versions of a lexicon.
fn corpora() -> tempfile::TempDir {
    let new_lexicon = OLD_LEXICON.replace("\"regime\"", "\"radical\"").replace("1.0.0", "1.1.0");
    folder_of(&[
        ("old.toml", OLD_LEXICON.as_bytes()),
        ("new.toml", new_lexicon.as_bytes()),
        ("old/paper/same.txt", b"The leftist regime met a radical today."),
        ("old/paper/edited.txt", b"The regime met a radical. The leftist left."),
        ("old/paper/gone.txt", b"A radical regime and a radical leftist."),
        ("new/paper/same.txt", b"The leftist regime met a radical today."),
        ("new/paper/edited.txt", b"The government met a radical. The leftist left."),
        ("new/paper/come.txt", b"A regime, a regime, a leftist and a radical."),
    ])
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = parallax_in(folder, arguments);
    let code = output.status.code().expect("it ends by itself");
    (code, text(&output.stdout), text(&output.stderr))
}

fn save(folder: &Path, corpus: &str, lexicon: &str, name: &str, more: &[&str]) {
    let mut arguments = vec!["report", corpus, "--lexicon", lexicon, "--save", name, "--quiet"];
    arguments.extend(more);
    let (code, _, errors) = run(folder, &arguments);
    assert_eq!(code, 0, "{errors}");
}

fn record(folder: &Path, arguments: &[&str]) -> Value {
    let mut all = vec!["diff", "--format", "json"];
    all.extend(arguments);
    let (code, output, errors) = run(folder, &all);
    assert_eq!(code, 0, "{errors}");
    serde_json::from_str(&output).expect("json")
}

#[test]
fn the_same_run_on_other_threads_has_not_changed() {
    let folder = corpora();
    save(folder.path(), "old", "old.toml", "one", &["--threads", "1"]);
    save(folder.path(), "old", "old.toml", "two", &["--threads", "2"]);
    let (code, output, errors) = run(folder.path(), &["diff", "one", "two", "--exit-code"]);
    assert_eq!(code, 0, "{errors}");
    assert!(output.contains("Nothing changed."), "{output}");
}

#[test]
fn causes_have_bounds_and_are_exact_with_the_articles() {
    let folder = corpora();
    save(folder.path(), "old", "old.toml", "one", &[]);
    save(folder.path(), "new", "new.toml", "two", &[]);
    let alone = record(folder.path(), &["one", "two"]);
    let again = ["one", "two", "--corpus", "old", "--corpus", "new"];
    let lexicons = ["--lexicon", "old.toml", "--lexicon", "new.toml", "-q"];
    let exact = record(folder.path(), &[&again[..], &lexicons[..]].concat());
    let all = |record: &Value| {
        let rows = record["rates"].as_array().expect("rows");
        rows.iter().find(|row| row["voice"] == "all").expect("a row").clone()
    };
    let (alone, row) = (all(&alone), all(&exact));
    assert_eq!(alone["causes"]["basis"], "not-decomposable");
    assert_eq!(row["causes"]["basis"], "with-corpus");
    let share = |cause: &str| row["causes"][cause]["value"].as_f64().expect("a number");
    let change = row["change"].as_f64().expect("a number");
    let sum = share("corpus") + share("lexicon") + share("reading");
    assert!((sum - change).abs() < 1e-9, "{row}");
    for cause in ["corpus", "lexicon"] {
        let bound = |end: &str| alone["causes"][cause][end].as_f64().expect("a number");
        assert!(bound("low") <= share(cause) && share(cause) <= bound("high"), "{alone} {row}");
    }
    let edited = &exact["corpus"]["edited"][0];
    assert_eq!(edited["id"], "paper/edited.txt");
    let sentences = edited["sentences"].to_string();
    assert!(sentences.contains("The regime met"), "{edited}");
    assert!(sentences.contains("The government met"), "{edited}");
    assert!(!sentences.contains("The leftist left"), "{edited}");
}

#[test]
fn a_lexicon_that_is_not_at_hand_is_named() {
    let folder = corpora();
    save(folder.path(), "old", "old.toml", "one", &[]);
    save(folder.path(), "new", "new.toml", "two", &[]);
    let arguments = ["diff", "one", "two", "--corpus", "old", "--lexicon", "new.toml"];
    let (code, _, errors) = run(folder.path(), &arguments);
    assert_eq!(code, 2);
    assert!(errors.contains("old report") && errors.contains("`labels`"), "{errors}");
}

#[test]
fn exit_statuses_for_builds() {
    let folder = corpora();
    save(folder.path(), "old", "old.toml", "one", &[]);
    save(folder.path(), "new", "new.toml", "two", &[]);
    let status = |arguments: &[&str]| {
        let all: Vec<&str> =
            ["diff", "one", "two", "-f", "csv"].iter().chain(arguments).copied().collect();
        run(folder.path(), &all)
    };
    assert_eq!(status(&[]).0, 0);
    assert_eq!(status(&["--exit-code"]).0, 1);
    assert_eq!(status(&["--fail-on", "rate(label, own) > 999"]).0, 0);
    let (code, _, errors) = status(&["--fail-on", "rate(label, own, paper) > 0.5"]);
    assert_eq!(code, 1);
    assert!(errors.contains("paper, labels/label, own: rate"), "{errors}");
    assert_eq!(status(&["--fail-on", "change(labels/label) < 100%"]).0, 1);
    let (code, _, errors) = status(&["--fail-on", "rate(lable) > 1"]);
    assert_eq!(code, 2);
    assert!(errors.contains("rule:1:6") && errors.contains("there is: label"), "{errors}");
    assert_eq!(status(&["--fail-on", "rate(label > 1"]).0, 2);
    assert_eq!(run(folder.path(), &["diff", "one", "three"]).0, 2);
}

#[test]
fn every_format_keeps_to_careful_words() {
    let folder = corpora();
    save(folder.path(), "old", "old.toml", "one", &[]);
    save(folder.path(), "new", "new.toml", "two", &[]);
    for format in ["terminal", "markdown", "csv", "json", "html"] {
        let (code, output, errors) = run(folder.path(), &["diff", "one", "two", "-f", format]);
        assert_eq!(code, 0, "{errors}");
        for word in ["biased", "slanted", "propaganda", "proves", "no difference"] {
            assert!(!output.to_lowercase().contains(word), "{format}: {word}");
        }
    }
}

/// Changes the text of a saved report.
fn edit(folder: &Path, name: &str, from: &str, to: &str) {
    let path = folder.join(format!("reports/{name}.json"));
    let report = std::fs::read_to_string(&path).expect("a report");
    assert!(report.contains(from), "{from}");
    std::fs::write(path, report.replacen(from, to, 1)).expect("written");
}

#[test]
fn every_record_keeps_to_its_schema() {
    let schema =
        std::fs::read_to_string(crate::root().join("docs/diff.schema.json")).expect("a file");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let folder = corpora();
    save(folder.path(), "old", "old.toml", "one", &[]);
    save(folder.path(), "new", "new.toml", "two", &[]);
    save(folder.path(), "old", "builtin", "many", &[]);
    let lexicons = ["--lexicon", "old.toml", "--lexicon", "new.toml", "-q"];
    let again = ["one", "two", "--corpus", "old", "--corpus", "new"];
    for arguments in [
        vec!["one", "one"],
        vec!["one", "two"],
        vec!["two", "many"],
        [&again[..], &lexicons[..]].concat(),
    ] {
        let record = record(folder.path(), &arguments);
        let errors: Vec<String> = validator
            .iter_errors(&record)
            .take(5)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{arguments:?} {errors:#?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "schema": "parallax.diff/1" })));
}

#[test]
fn a_report_that_was_edited_by_hand_is_refused() {
    let folder = corpora();
    save(folder.path(), "old", "old.toml", "one", &[]);
    save(folder.path(), "new", "new.toml", "two", &[]);
    edit(folder.path(), "two", "\"voice\":\"all\",\"hits\":6", "\"voice\":\"all\",\"hits\":5");
    let (code, _, errors) = run(folder.path(), &["diff", "one", "two"]);
    assert_eq!(code, 2);
    assert!(errors.contains("two") && errors.contains("rates: paper, labels/label"), "{errors}");
    assert!(errors.contains("hits is 5") && errors.contains("give 6"), "{errors}");
}

#[test]
fn other_data_that_count_alike_are_no_change() {
    let folder = corpora();
    save(folder.path(), "old", "old.toml", "one", &[]);
    save(folder.path(), "old", "old.toml", "two", &[]);
    edit(folder.path(), "two", "\"layout\": \"", "\"layout\": \"0");
    edit(folder.path(), "two", "\"tokenizer\": \"", "\"tokenizer\": \"other-");
    let (code, output, errors) = run(folder.path(), &["diff", "one", "two", "--exit-code"]);
    assert_eq!(code, 0, "{output}{errors}");
    assert!(output.contains("Nothing changed.") && output.contains("count alike"), "{output}");
}

#[test]
fn a_name_is_looked_for_once() {
    let folder = corpora();
    save(folder.path(), "old", "old.toml", "one", &[]);
    let status = |arguments: &[&str]| run(folder.path(), arguments);
    assert_eq!(status(&["diff", "one", "one.json"]).0, 0);
    let (code, _, errors) = status(&["diff", "one", "none.json"]);
    assert!(code == 2 && !errors.contains(".json.json"), "{errors}");
    let (code, _, errors) = status(&["diff", "one", "away/none.json"]);
    assert!(code == 2 && errors.contains("there is no such file"), "{errors}");
    let (code, _, errors) = status(&["diff", "one", "old"]);
    assert!(code == 2 && errors.contains("it is a folder"), "{errors}");
}

#[test]
fn one_text_of_an_edited_article_is_listed_as_what_it_is() {
    let folder = corpora();
    save(folder.path(), "old", "old.toml", "one", &[]);
    save(folder.path(), "new", "new.toml", "two", &[]);
    let lexicons = ["--lexicon", "old.toml", "--lexicon", "new.toml", "-q"];
    let alone = record(folder.path(), &["one", "two"]);
    assert_eq!(alone["corpus"]["edited"][0]["texts_read"], serde_json::json!([]));
    let arguments = [&["one", "two", "--corpus", "new"][..], &lexicons[..]].concat();
    let half = record(folder.path(), &arguments);
    let edited = &half["corpus"]["edited"][0];
    assert_eq!(edited["texts_read"], serde_json::json!(["new"]));
    assert!(!edited["sentences"].as_array().expect("rows").is_empty(), "{edited}");
    let (_, output, _) = run(folder.path(), &[&["diff"], &arguments[..]].concat());
    assert!(output.contains("Only the new texts were at hand"), "{output}");
    let (_, output, _) = run(folder.path(), &["diff", "one", "two"]);
    assert!(output.contains("a report holds counts, no text"), "{output}");
}

#[test]
fn what_is_skipped_in_the_corpus_is_said() {
    let folder = corpora();
    save(folder.path(), "old", "old.toml", "one", &[]);
    save(folder.path(), "new", "new.toml", "two", &[]);
    std::fs::write(folder.path().join("new/paper/empty.txt"), b"").expect("written");
    let arguments = ["diff", "one", "two", "--corpus", "old", "--corpus", "new"];
    let lexicons = ["--lexicon", "old.toml", "--lexicon", "new.toml"];
    let (code, _, errors) = run(folder.path(), &[&arguments[..], &lexicons[..]].concat());
    assert_eq!(code, 0, "{errors}");
    assert!(errors.contains("empty.txt"), "{errors}");
}

#[test]
fn other_groupings_are_counted_again_too() {
    let row = |id: u32, day: &str, text: &str| {
        format!(
            "{{\"outlet\": \"paper\", \"desk\": \"home\", \"id\": \"{id}\", \"date\": \"2024-01-{day}\", \"text\": \"{text}\"}}\n"
        )
    };
    let old = row(1, "01", "The leftist regime met.") + &row(2, "02", "A radical regime fell.");
    let new = row(1, "01", "The leftist regime met.") + &row(3, "03", "A radical leftist rose.");
    let folder = corpora();
    std::fs::write(folder.path().join("old.jsonl"), old).expect("written");
    std::fs::write(folder.path().join("new.jsonl"), new).expect("written");
    save(folder.path(), "old.jsonl", "old.toml", "one", &[]);
    save(folder.path(), "new.jsonl", "new.toml", "two", &["--by", "desk"]);
    let arguments = ["one", "two", "--corpus", "old.jsonl", "--corpus", "new.jsonl"];
    let lexicons = ["--lexicon", "old.toml", "--lexicon", "new.toml", "-q"];
    let record = record(folder.path(), &[&arguments[..], &lexicons[..]].concat());
    assert_eq!(record["limits"][0]["code"], "grouping");
    assert_eq!(record["corpus"]["moved"], serde_json::json!([]));
    assert_eq!(record["corpus"]["same"], 1);
    let rows = record["rates"].as_array().expect("rows");
    assert!(!rows.is_empty());
    for row in rows {
        assert_eq!(row["outlet"], Value::Null);
        assert_ne!(row["causes"]["basis"], "not-decomposable", "{row}");
    }
}

#[test]
fn a_rule_needs_what_it_names() {
    let folder = corpora();
    save(folder.path(), "old", "old.toml", "one", &[]);
    save(folder.path(), "new", "new.toml", "two", &[]);
    let status =
        |rule: &str| run(folder.path(), &["diff", "one", "two", "-f", "csv", "--fail-on", rule]);
    let (code, _, errors) = status("rate(label, own, \"The Globe\") > 2");
    assert_eq!(code, 2);
    assert!(errors.contains("rule:1:18") && errors.contains("the new report"), "{errors}");
    let (code, _, errors) = status("rate(label) > 2,5");
    assert!(code == 2 && errors.contains("rule:1:16") && errors.contains("point"), "{errors}");
}
