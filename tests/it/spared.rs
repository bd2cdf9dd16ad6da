//! What was read is not written over, nothing counts twice, and what a file holds passes for no message.

use std::path::Path;

use serde_json::Value;

use crate::{folder_of, parallax_in, text};

const LINE: &[u8] = b"{\"outlet\": \"a\", \"text\": \"The leftist regime fell on Monday.\"}\n";

/// Exit status and standard error.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = parallax_in(folder, arguments);
    (output.status.code(), text(&output.stderr))
}

fn report_of(folder: &Path, arguments: &[&str]) -> (Value, String) {
    let output = parallax_in(folder, &[&["report", "-f", "json"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    (serde_json::from_str(&text(&output.stdout)).expect("json"), text(&output.stderr))
}

#[test]
fn no_input_is_written_over() {
    let folder = folder_of(&[
        ("a.jsonl", LINE),
        ("c/a/1.txt", b"The leftist regime fell on Monday."),
        ("c/corpus.toml", b"title = \"C\"\n"),
    ]);
    let place = folder.path();
    let (status, stderr) = run(place, &["report", "c", "--save", "r", "-q", "-o", "r.txt"]);
    assert_eq!(status, Some(0), "{stderr}");
    let (status, stderr) =
        run(place, &["lexicon", "export", "political-labels", "--to", "toml", "-o", "l.toml"]);
    assert_eq!(status, Some(0), "{stderr}");
    for (arguments, file) in [
        (&["report", "a.jsonl", "-f", "json", "-o", "a.jsonl"][..], "a.jsonl"),
        (&["report", "c", "-o", "./c/../c/a/1.txt"], "c/a/1.txt"),
        (&["report", "c", "-o", "c/corpus.toml"], "c/corpus.toml"),
        (&["kwic", "c", "--term", "regime", "-f", "csv", "-o", "c/a/1.txt"], "c/a/1.txt"),
        (&["explain", "c", "-o", "c/a/1.txt"], "c/a/1.txt"),
        (&["report", "c", "-l", "l.toml", "-o", "l.toml"], "l.toml"),
        (&["lexicon", "export", "l.toml", "--to", "csv", "-o", "l.toml"], "l.toml"),
        (&["lexicon", "import", "l.toml", "-o", "l.toml"], "l.toml"),
        (&["diff", "r", "r", "-f", "json", "-o", "reports/r.json"], "reports/r.json"),
    ] {
        let before = std::fs::read(place.join(file)).expect("there");
        let (status, stderr) = run(place, arguments);
        assert_eq!(status, Some(2), "{arguments:?} {stderr}");
        assert!(
            stderr.contains("overwritten") || stderr.contains("among the articles"),
            "{stderr}"
        );
        assert_eq!(std::fs::read(place.join(file)).expect("there"), before, "{arguments:?}");
    }
    // One's own results may be made again.
    assert_eq!(run(place, &["report", "c", "-q", "-o", "r.txt"]).0, Some(0));
    assert_eq!(run(place, &["report", "c", "-q", "-o", "/dev/null"]).0, Some(0));
}

#[test]
fn a_result_does_not_become_an_article() {
    let folder = folder_of(&[("c/a/1.txt", b"The leftist regime fell on Monday.")]);
    let place = folder.path();
    for (form, file) in [("csv", "c/r.csv"), ("markdown", "c/x/r.md"), ("terminal", "c/r.txt")] {
        let (status, stderr) = run(place, &["report", "c", "-f", form, "-o", file]);
        assert_eq!(status, Some(2), "{stderr}");
        assert!(stderr.contains("stands among the articles"), "{stderr}");
        assert!(!place.join(file).exists());
    }
    let kwic = ["kwic", "c", "--term", "regime", "-f", "json", "-o", "c/k.json"];
    assert_eq!(run(place, &kwic).0, Some(2));
    for file in ["c/r.json", "c/.r.csv", "c/table"] {
        let form = if file.ends_with("json") { "json" } else { "csv" };
        for _ in 0..2 {
            let (status, stderr) = run(place, &["report", "c", "-f", form, "-o", file]);
            assert_eq!(status, Some(0), "{stderr}");
        }
    }
    assert_eq!(report_of(place, &["c"]).0["outlets"][0]["articles"], 1);
}

#[test]
fn a_file_below_two_paths_is_read_once() {
    let folder = folder_of(&[
        ("n/out/sec/a.txt", b"The leftist regime fell on Monday."),
        ("n/other/b.txt", b"It rained."),
    ]);
    for paths in [["n", "n/out"], ["n", "n"], ["n", "n/out/sec/a.txt"]] {
        let (report, stderr) = report_of(folder.path(), &paths);
        let outlets = report["outlets"].as_array().expect("rows");
        let shown: Vec<String> =
            outlets.iter().map(|row| format!("{} {}", row["outlet"], row["articles"])).collect();
        assert_eq!(shown, ["\"other\" 1", "\"out\" 1"], "{paths:?}");
        assert!(stderr.contains("stands below two of the PATHs"), "{stderr}");
    }
}

#[test]
fn nothing_in_a_file_passes_for_a_message() {
    let row =
        b"{\"text\": \"It rained.\", \"outlet\": \"a\", \"date\": \"x\\nerror: all is lost\"}\n";
    let folder = folder_of(&[("a.jsonl", row), ("l/x\nerror: all is lost.txt", b"It rained.")]);
    for arguments in [
        &["report", "a.jsonl"][..],
        &["report", "l", "-l", "x\nerror: all is lost"],
        &["report", "y\nerror: all is lost"],
    ] {
        let (_, stderr) = run(folder.path(), arguments);
        assert!(stderr.contains("error: all is lost"), "{stderr}");
        assert!(!stderr.lines().any(|line| line.starts_with("error: all")), "{stderr}");
    }
    let (status, stderr) = run(folder.path(), &["x\u{9b}31m\u{202e}y"]);
    assert_eq!(status, Some(2));
    assert!(!stderr.contains(['\u{9b}', '\u{202e}']), "{stderr:?}");
}

#[test]
#[cfg(unix)]
fn a_run_that_is_broken_off_leaves_nothing_behind() {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let folder = folder_of(&[]);
    let names = || std::fs::read_dir(folder.path()).expect("listed").count();
    let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["tally", "-", "-q", "-o", "t.parquet"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("a pipe");
    let feeder = std::thread::spawn(move || {
        // Until nobody takes it any more: the process was told to end.
        for number in 0..200_000 {
            let row =
                format!("{{\"outlet\": \"a\", \"text\": \"The regime of {number} fell.\"}}\n");
            if input.write_all(row.as_bytes()).is_err() {
                return;
            }
        }
    });
    feeder.join().expect("fed");
    // The file is begun once the input is whole.
    while names() == 0 && child.try_wait().expect("asked").is_none() {
        std::thread::yield_now();
    }
    let pid = child.id().to_string();
    Command::new("kill").args(["-INT", &pid]).status().expect("killed");
    let status = child.wait().expect("ended");
    let whole = folder.path().join("t.parquet").exists();
    assert!(whole || status.code() == Some(130), "{status:?}");
    assert_eq!(names(), usize::from(whole));
}
