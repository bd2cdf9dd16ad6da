//! Input that can't be used: a clear message, the right exit status, and nothing half-done.

use std::path::Path;

use crate::{folder_of, parallax_in, text};

/// Runs `report` on `arguments` in a folder with these files; gives exit status and standard error.
fn report(files: &[(&str, &[u8])], arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = folder_of(files);
    run(folder.path(), arguments)
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut all = vec!["report"];
    all.extend(arguments);
    let output = parallax_in(folder, &all);
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn refused(files: &[(&str, &[u8])], arguments: &[&str], says: &[&str]) {
    let (status, stdout, stderr) = report(files, arguments);
    assert_eq!(status, Some(2), "{arguments:?}\n{stderr}");
    assert_eq!(stdout, "");
    for words in says {
        assert!(stderr.contains(words), "`{words}` is not in:\n{stderr}");
    }
    assert!(!stderr.contains("panicked"), "{stderr}");
}

const ARTICLE: (&str, &[u8]) = ("c/a/1.txt", b"The leftist regime fell on Monday.");

#[test]
fn no_such_path() {
    refused(&[], &["nowhere"], &["nowhere"]);
}

#[test]
fn a_folder_without_articles() {
    refused(&[("c/picture.png", b"\x89PNG")], &["c"], &["c"]);
}

#[test]
fn a_broken_line_is_skipped_and_named() {
    let rows: &[u8] = b"{\"outlet\":\"A\",\"text\":\"A regime fell.\"}\n{\"outlet\":\"A\",\n{\"outlet\":\"B\",\"text\":\"It fell.\"}\n";
    let (status, stdout, stderr) = report(&[("c.jsonl", rows)], &["c.jsonl", "--format", "json"]);
    assert_eq!(status, Some(0), "{stderr}");
    assert!(stderr.contains("c.jsonl:2"), "{stderr}");
    let json: serde_json::Value = serde_json::from_str(&stdout).expect("json");
    assert_eq!(json["articles"].as_array().expect("rows").len(), 2);
    assert_eq!(json["warnings"][0]["code"], "broken-json");
    refused(&[("c.jsonl", rows)], &["c.jsonl", "--strict"], &["c.jsonl:2", "--strict"]);
}

#[test]
fn a_table_without_text() {
    refused(&[("c.csv", b"outlet,day\nA,1\n")], &["c.csv"], &["c.csv", "text", "day, outlet"]);
}

#[test]
fn an_ambiguous_table() {
    refused(
        &[("c.csv", b"outlet,text,content\nA,one two,three four\n")],
        &["c.csv"],
        &["text", "content", "--field"],
    );
}

fn lexicon(body: &str) -> Vec<u8> {
    format!("schema = 1\nid = \"mine\"\n{body}").into_bytes()
}

fn lexicon_refused(body: &str, says: &[&str]) {
    let file = lexicon(body);
    let mut all = vec!["mine.toml"];
    all.extend(says);
    refused(&[ARTICLE, ("mine.toml", &file)], &["c", "--lexicon", "mine.toml"], &all);
}

#[test]
fn faulty_lexicons() {
    lexicon_refused(
        "[[category]]\nid = \"c\"\nterm = [\"a\"]\n",
        &["mine.toml:5:1", "did you mean `terms`"],
    );
    lexicon_refused(
        "[[category]]\nid = \"c\"\nterms = [{ regex = \"(\" }]\n",
        &["mine.toml:5", "regex"],
    );
    lexicon_refused("[[category]]\nid = \"c\"\nterms = []\n", &["no term"]);
    lexicon_refused("[[category]]\nid = \"c\"\nterms = [\"*\"]\n", &["mine.toml:5", "wildcards"]);
    lexicon_refused(
        "[[category]]\nid = \"c\"\nterms = [\"a\"]\n[[category]]\nid = \"c\"\nterms = [\"b\"]\n",
        &["second category"],
    );
    lexicon_refused("[[category]]\nid = \"c\nterms = [\"a\"]\n", &["mine.toml:4"]);
}

#[test]
fn two_lexicons_with_one_id() {
    let file = lexicon("[[category]]\nid = \"c\"\nterms = [\"a\"]\n");
    refused(
        &[ARTICLE, ("one.toml", &file), ("two.toml", &file)],
        &["c", "--lexicon", "one.toml", "--lexicon", "two.toml"],
        &["one.toml", "two.toml", "mine"],
    );
}

#[test]
fn a_binary_file_is_skipped_and_named() {
    let files: [(&str, &[u8]); 2] =
        [ARTICLE, ("c/a/2.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0")];
    let (status, _, stderr) = report(&files, &["c", "--format", "json"]);
    assert_eq!(status, Some(0), "{stderr}");
    assert!(stderr.contains("2.txt"), "{stderr}");
}

#[test]
fn a_file_without_text_is_said_whatever_its_form() {
    let wide =
        "The regime fell.".encode_utf16().flat_map(|unit| [unit as u8, (unit >> 8) as u8, 0, 0]);
    let utf32: Vec<u8> = [0xFF, 0xFE, 0, 0].into_iter().chain(wide).collect();
    refused(&[("x.txt", &utf32)], &["x.txt"], &["x.txt: skipped: not a text", "in UTF-8"]);
    refused(&[("x.warc", b"")], &["x.warc"], &["x.warc:1: skipped: no record of it is a page"]);
    let names: Vec<String> =
        (0..2000).map(|number| format!("a column with number {number}")).collect();
    let table = format!("{}\n{}\n", names.join(","), vec!["1"; 2000].join(","));
    let (status, _, said) = report(&[("x.csv", table.as_bytes())], &["x.csv"]);
    assert_eq!(status, Some(2));
    assert!(said.len() < 3000 && said.contains("and 1960 more; write --field text=NAME"), "{said}");
}

#[test]
fn nul_is_text() {
    let mut article = vec![b'a'; 2000];
    article.extend(b" The regime \0 fell. ");
    let (status, stdout, stderr) = report(&[("c/a/1.txt", &article)], &["c", "--format", "json"]);
    assert_eq!(status, Some(0), "{stderr}");
    assert!(stdout.contains("\"term\":\"regime\""));
}

#[test]
fn a_long_line_is_text() {
    // Large enough to show anything that is not linear, small enough for a test.
    let article = "The leftist regime said “it fell”, and then 'twas gone. ".repeat(25_000);
    let (status, _, stderr) =
        report(&[("c/a/1.txt", article.as_bytes())], &["c", "--format", "json"]);
    assert_eq!(status, Some(0), "{stderr}");
}

#[test]
fn an_outlet_without_words_is_said_and_not_divided_by() {
    let files: [(&str, &[u8]); 3] =
        [ARTICLE, ("c/b/1.txt", b"Skip to main content\n"), ("c/b/2.txt", b"*** --- ***\n")];
    let (status, stdout, stderr) = report(&files, &["c", "--format", "json"]);
    assert_eq!(status, Some(0), "{stderr}");
    let json: serde_json::Value = serde_json::from_str(&stdout).expect("json");
    let empty = json["rates"].as_array().expect("rows").iter().filter(|row| row["outlet"] == "b");
    assert!(empty.clone().count() > 0);
    assert!(empty.clone().all(|row| row["rate"].is_null() && row["words"] == 0));
    let warned =
        json["warnings"].as_array().expect("rows").iter().any(|row| row["code"] == "no-words");
    assert!(warned, "{}", json["warnings"]);
}

#[test]
fn copies_count_once() {
    let files: [(&str, &[u8]); 3] = [ARTICLE, ("c/a/2.txt", ARTICLE.1), ("c/b/1.txt", ARTICLE.1)];
    let (status, stdout, stderr) = report(&files, &["c", "--format", "json"]);
    assert_eq!(status, Some(0), "{stderr}");
    assert!(stderr.contains("1 article left out"), "{stderr}");
    let json: serde_json::Value = serde_json::from_str(&stdout).expect("json");
    assert_eq!(json["articles"].as_array().expect("rows").len(), 2);
}

#[test]
fn wrong_options_say_what_is_right() {
    for (arguments, says) in [
        (&["c", "--alpha", "2"][..], "between 0 and 1"),
        (&["c", "--compare", "a"], "A,B"),
        (&["c", "--format", "xml"], "markdown"),
        (&["c", "--threads", "0"], "1..=1024"),
        (&["c", "--save", "../x"], "letters"),
    ] {
        refused(&[ARTICLE], arguments, &[says]);
    }
}

#[test]
fn a_report_that_can_not_be_saved_leaves_nothing_behind() {
    let folder = folder_of(&[ARTICLE, ("reports", b"a file in the way")]);
    let (status, _, stderr) = run(folder.path(), &["c", "--save", "x"]);
    assert_eq!(status, Some(2), "{stderr}");
    assert_eq!(std::fs::read(folder.path().join("reports")).expect("there"), b"a file in the way");
    assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 2);
}

#[test]
fn escape_sequences_do_not_reach_the_terminal() {
    let article = b"The leftist \x1b[31mregime\x1b[0m fell.";
    let files: [(&str, &[u8]); 1] = [("c/a\x1b[31m/1.txt", article)];
    for arguments in [&["c"][..], &["c", "--format", "markdown"]] {
        let (_, stdout, stderr) = report(&files, arguments);
        assert!(!stdout.contains('\x1b') && !stderr.contains('\x1b'), "{stdout}{stderr}");
    }
}
