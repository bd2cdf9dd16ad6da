//! Arguments, exit statuses and streams.

use std::process::{Command, Stdio};

use crate::{folder_of, parallax, parallax_in, root, stdout_of, text};

#[test]
fn help_is_a_result_and_wrong_usage_is_not() {
    let help = parallax(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(text(&help.stdout).contains("report"));
    let wrong = parallax(&["report", "--nonsense"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(wrong.stdout.is_empty());
}

#[test]
fn every_help_page_is_complete() {
    for command in ["init", "report", "diff", "kwic", "explain", "completions"] {
        let help = stdout_of(&[command, "--help"]);
        assert!(help.contains("Usage: parallax"), "{help}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["report", "seeds", "--format", "json", "--quiet"])
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
}

#[test]
fn results_go_to_standard_output_and_the_rest_does_not() {
    let folder = folder_of(&[
        ("corpus/a/1.txt", b"A leftist spoke."),
        ("corpus/b/1.txt", b"A rightist spoke."),
    ]);
    let output = parallax_in(folder.path(), &["report", "corpus", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("nothing but json");
    assert_eq!(json["schema"], "parallax.report/1");
}

#[test]
fn standard_input_is_json_lines() {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["report", "-", "--format", "json", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let rows = "{\"outlet\":\"A\",\"text\":\"The leftist regime fell.\"}\n{\"outlet\":\"B\",\"text\":\"The government fell.\"}\n";
    child.stdin.take().expect("piped").write_all(rows.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("it ends");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("json");
    let outlets: Vec<_> =
        json["outlets"].as_array().expect("rows").iter().map(|row| row["outlet"].clone()).collect();
    assert_eq!(outlets, ["A", "B"]);
}

#[test]
fn concordance_lines_show_every_hit() {
    let json = stdout_of(&[
        "kwic",
        "seeds",
        "--category",
        "ideology-label",
        "--format",
        "json",
        "--quiet",
    ]);
    let lines: serde_json::Value = serde_json::from_str(&json).expect("json");
    let report = stdout_of(&["report", "seeds", "--format", "json", "--quiet"]);
    let report: serde_json::Value = serde_json::from_str(&report).expect("json");
    let hits: u64 = report["rates"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|row| row["category"] == "ideology-label" && row["voice"] == "all")
        .map(|row| row["hits"].as_u64().expect("a number"))
        .sum();
    assert!(hits > 0);
    assert_eq!(lines.as_array().expect("lines").len() as u64, hits);
}

#[test]
fn an_unknown_name_is_an_error_and_not_an_empty_result() {
    for arguments in [
        &["kwic", "seeds", "--term", "no such term"][..],
        &["kwic", "seeds", "--category", "no-such-category"],
        &["report", "seeds", "--compare", "daily-turnpike,nobody"],
        &["report", "seeds", "--lexicon", "no-such-lexicon"],
        &["explain", "seeds"],
    ] {
        let output = parallax(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        assert!(text(&output.stderr).contains("error:"), "{}", text(&output.stderr));
    }
}
