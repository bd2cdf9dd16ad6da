//! Tallied apart, taken together: the report of one go.

use std::path::{Path, PathBuf};

use crate::{parallax, root, stdout_of, text};

fn path(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

/// The first difference of two reports, for a message that can be read.
fn assert_same(one: &str, other: &str) {
    let differing = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    let shorten = |line: &str| line.chars().take(300).collect::<String>();
    let differing = differing.map(|(one, other)| (shorten(one), shorten(other)));
    assert!(one == other, "{differing:?}");
}

#[test]
fn each_outlet_by_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    for (outlet, ending) in [
        ("brayford-register", "parquet"),
        ("daily-turnpike", "arrow"),
        ("millrace-weekly", "feather"),
    ] {
        let part = folder.path().join(format!("{outlet}.{ending}"));
        stdout_of(&["tally", &format!("seeds/{outlet}"), "-o", path(&part), "-q"]);
    }
    let whole = stdout_of(&["report", "seeds", "-f", "json", "-q"]);
    let parts = path(folder.path());
    let together = stdout_of(&["report", "--tallies", parts, "seeds", "-f", "json", "-q"]);
    assert_same(&together, &whole);
    let alone = stdout_of(&["report", "--tallies", parts, "--table", "side-by-side", "-q"]);
    let said = alone.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("PATHs beside --tallies"), "{alone}");
    let pattern = format!("{parts}/*.parquet");
    let one = stdout_of(&["report", "--tallies", &pattern, "-q"]);
    assert!(one.contains("Brayford Register"), "{one}");
}

/// Seven parts of a real collection, the smallest of one file.
#[test]
fn seven_uneven_parts_of_a_real_collection() {
    let Some(congress) = crate::shared("corpora/congress") else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(congress)
        .expect("listed")
        .map(|entry| entry.expect("listed").path())
        .filter(|file| file.metadata().is_ok_and(|known| known.len() < 60_000))
        .collect();
    files.sort();
    files.truncate(28);
    let folder = tempfile::tempdir().expect("a folder");
    let mut rest = &files[..];
    for (number, size) in [1, 9, 2, 1, 6, 3, 6].into_iter().enumerate() {
        let (part, others) = rest.split_at(size);
        rest = others;
        let output = folder.path().join(format!("{number}.parquet"));
        let mut arguments = vec!["tally", "--by", "label", "-l", "political-labels", "-q", "-o"];
        arguments.push(path(&output));
        arguments.extend(part.iter().map(|file| path(file)));
        stdout_of(&arguments);
    }
    assert!(rest.is_empty());
    let mut arguments =
        vec!["report", "--by", "label", "-l", "political-labels", "-q", "-f", "json"];
    arguments.extend(files.iter().map(|file| path(file)));
    let whole = stdout_of(&arguments);
    let mut arguments = vec!["report", "-q", "-f", "json", "--tallies", path(folder.path())];
    arguments.extend(files.iter().map(|file| path(file)));
    assert_same(&stdout_of(&arguments), &whole);
}

#[test]
fn a_report_from_sums_says_what_it_can_not_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let sums = folder.path().join("sums.parquet");
    stdout_of(&["tally", "seeds", "--sums", "-o", path(&sums), "-q"]);
    let shown = stdout_of(&["report", "--tallies", path(&sums), "-f", "json", "-q"]);
    let report: serde_json::Value = serde_json::from_str(&shown).expect("json");
    let schema = std::fs::read_to_string(root().join("docs/report.schema.json")).expect("read");
    let schema = serde_json::from_str(&schema).expect("json");
    let faults: Vec<_> = jsonschema::validator_for(&schema)
        .expect("a schema")
        .iter_errors(&report)
        .map(|fault| fault.to_string())
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    let warnings = report["warnings"].as_array().expect("an array");
    assert!(warnings.iter().any(|warning| warning["code"] == "sums-only"));
    assert!(
        report["comparisons"].as_array().expect("an array").iter().all(|row| row["p"].is_null())
    );
    let page = stdout_of(&["report", "--tallies", path(&sums), "-f", "markdown", "-q"]);
    assert!(page.contains("shuffles articles"), "{page}");
}

/// Nine outlets, so that each is compared with the rest, and more articles than a batch holds.
fn many_articles(file: &Path) {
    use std::fmt::Write as _;
    let mut lines = String::new();
    for number in 0..2_500 {
        let (outlet, other) = (number % 9, number % 7);
        let said = ["a far-left plan", "the regime", "\u{201c}a so-called reform\u{201d}", "rain"]
            [number % 4];
        let row = serde_json::json!({
            "id": number.to_string(),
            "outlet": format!("outlet-{outlet}"),
            "title": format!("Vote {other} on the bill"),
            "text": format!("{} voters met in ward {number}. The mayor said it was {said}.", other + 3),
        });
        writeln!(lines, "{row}").expect("a string takes everything");
    }
    std::fs::write(file, lines).expect("written");
}

#[test]
fn sums_of_one_go_are_those_of_a_file_and_of_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let (rows, sums) = (folder.path().join("rows.jsonl"), folder.path().join("sums.arrow"));
    many_articles(&rows);
    let rows = path(&rows);
    let lexicon = ["--lexicon", "political-labels", "-q"];
    let run = |arguments: &[&str]| stdout_of(&[arguments, &lexicon[..]].concat());
    run(&["tally", rows, "--sums", "-o", path(&sums), "--threads", "2"]);
    let of_file = stdout_of(&["report", "--tallies", path(&sums), "-f", "json", "-q"]);
    for threads in ["1", "8"] {
        let at_once = run(&["report", rows, "--sums", "-f", "json", "--threads", threads]);
        assert_same(&at_once, &of_file);
    }
    let whole = run(&["report", rows, "-f", "json", "--threads", "1"]);
    assert_same(&run(&["report", rows, "-f", "json", "--threads", "2"]), &whole);
    assert_same(&run(&["report", rows, "-f", "json", "--threads", "8"]), &whole);
    // What sums can tell is what the articles tell.
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("json");
    let (whole, of_sums) = (json(&whole), json(&of_file));
    assert_eq!(whole["terms"], of_sums["terms"]);
    let counts = |report: &serde_json::Value| -> Vec<String> {
        let rows = report["comparisons"].as_array().expect("an array");
        let fields =
            ["a", "b", "voice", "category", "hits_a", "hits_b", "words_b", "articles_b", "drivers"];
        rows.iter().map(|row| fields.map(|field| row[field].to_string()).join(" ")).collect()
    };
    assert_eq!(counts(&whole), counts(&of_sums));
}

#[test]
fn what_can_not_be_used_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let part = folder.path().join("part.parquet");
    stdout_of(&["tally", "seeds/daily-turnpike", "-o", path(&part), "-q", "--evidence", "2"]);
    let refused = |arguments: &[&str], reason: &str| {
        let output = parallax(arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(reason), "{said}");
    };
    refused(
        &["report", "--tallies", "nowhere/*.parquet"],
        "no file of tallies at `nowhere/*.parquet`",
    );
    refused(&["report", "--tallies", path(&part), "--seed", "5"], "sampled with seed 1");
    refused(&["report", "--tallies", path(&part), "--evidence", "3"], "2 sentences a cell");
    refused(&["report", "--tallies", path(&part), "--lexicon", "builtin"], "cannot be used with");
    refused(&["tally", "seeds", "-o", "tallies.csv"], ".parquet, .arrow or .feather");
    refused(&["report"], "PATH");
    refused(&["report", "--tallies", "Cargo.toml"], "holds no tallies");
    let other = folder.path().join("other.parquet");
    stdout_of(&["tally", "seeds/millrace-weekly", "-o", path(&other), "-q"]);
    refused(&["report", "--tallies", path(folder.path())], "sampled differently");
}

fn report_with_temporary(folder: &Path, arguments: &[&str]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["report", "seeds"])
        .args(arguments)
        .current_dir(root())
        .env("TMPDIR", folder)
        .output()
        .expect("the program runs")
}

/// Counts beyond a budget go to a file without a name: the same bytes, and nothing is left of it.
#[test]
fn a_budget_of_memory_changes_nothing() {
    let whole = stdout_of(&["report", "seeds", "-f", "json", "-q"]);
    for threads in ["1", "2", "8"] {
        let folder = tempfile::tempdir().expect("a folder");
        let small = ["-f", "json", "--memory", "1K", "--threads", threads];
        let run = report_with_temporary(folder.path(), &small);
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(said.contains("kept in a temporary file in"), "{said}");
        assert_same(&String::from_utf8_lossy(&run.stdout), &whole);
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 0);
    }
    let found = ["report", "seeds", "--events", "found", "-f", "json", "-q"];
    let in_memory = stdout_of(&found);
    let spilled: Vec<&str> = found.into_iter().chain(["--memory", "1K"]).collect();
    assert_same(&stdout_of(&spilled), &in_memory);
}

#[test]
fn rows_of_files_beyond_a_budget_are_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rows.parquet");
    stdout_of(&["tally", "seeds", "-o", path(&file), "-q"]);
    let made = ["report", "--tallies", path(&file), "-f", "json", "-q"];
    let whole = stdout_of(&made);
    let spilled: Vec<&str> = made.into_iter().chain(["--memory", "1K"]).collect();
    assert_same(&stdout_of(&spilled), &whole);
}

#[test]
fn no_room_for_what_is_counted() {
    let run = report_with_temporary(Path::new("/nowhere/at/all"), &["--memory", "1K"]);
    assert_eq!(run.status.code(), Some(2));
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(said.contains("/nowhere/at/all") && said.contains("TMPDIR"), "{said}");
    assert!(said.contains("--sums"), "{said}");
}
