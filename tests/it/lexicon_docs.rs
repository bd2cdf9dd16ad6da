//! The documentation and the schema of lexicon files: every example is run, and both say what the
//! reader of the files says.

use std::collections::BTreeSet;
use std::path::Path;

use parallax::audit::run_tests;
use parallax::lexicon::{BUILTIN, check, parse, starter};
use serde_json::Value;

use crate::{folder_of, parallax_in, root, text};

fn page() -> String {
    std::fs::read_to_string(root().join("docs/LEXICONS.md")).expect("the page")
}

/// What stands behind the three marks, and the lines of each block.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(_), Some(block)) => blocks.push(block),
            (Some(head), None) => open = Some((head.to_owned(), String::new())),
            (None, Some((head, body))) => open = Some((head, body + line + "\n")),
            (None, None) => {}
        }
    }
    blocks
}

/// An example as a whole file.
fn whole(example: &str) -> String {
    let first = example.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
    match first {
        line if line.starts_with("schema") => example.to_owned(),
        line if line.starts_with("terms") => {
            format!("schema = 1\nid = \"x\"\n[[category]]\nid = \"c\"\n{example}")
        }
        _ => format!("schema = 1\nid = \"x\"\n{example}"),
    }
}

/// The codes of everything that is wrong with a file.
fn codes(source: &str) -> Vec<&'static str> {
    let parsed = parse(source, "example.toml");
    let mut codes: Vec<&'static str> =
        parsed.diagnostics.iter().map(|finding| finding.code).collect();
    if parsed.is_sound() {
        codes.extend(check(&parsed.lexicon, source).iter().map(|finding| finding.code));
        let failures = run_tests(&parsed.lexicon).expect("patterns compile");
        codes.extend(failures.iter().map(|failure| failure.diagnostic(source).code));
    }
    codes
}

#[test]
fn every_toml_example_does_what_it_says() {
    let mut seen = 0;
    for (head, example) in blocks(&page()) {
        let Some(options) = head.strip_prefix("toml") else { continue };
        seen += 1;
        let wanted = options.trim().split_once('=').map(|(_, code)| code);
        let found = codes(&whole(&example));
        assert_eq!(found, Vec::from_iter(wanted), "{example}");
    }
    assert!(seen > 10, "{seen} examples");
}

#[test]
fn every_command_on_the_page_runs() {
    let article = "The regime cracked down.\n\nA strongman and a hard-liner met the far-left.\n";
    let folder = folder_of(&[
        ("corpus/gazette/1.txt", article.as_bytes()),
        ("words.txt", b"strongman\nhard-liner # a comment\n"),
    ]);
    let mut seen = 0;
    for (head, example) in blocks(&page()) {
        if head != "console" {
            continue;
        }
        for line in example.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let ["$", "parallax", arguments @ ..] = words.as_slice() else { panic!("{line}") };
            let output = parallax_in(folder.path(), arguments);
            assert_eq!(
                output.status.code(),
                Some(0),
                "{line}\n{}{}",
                text(&output.stdout),
                text(&output.stderr)
            );
            seen += 1;
        }
    }
    assert!(seen >= 10, "{seen} commands");
}

fn schema() -> Value {
    let text =
        std::fs::read_to_string(root().join("docs/lexicon.schema.json")).expect("the schema");
    serde_json::from_str(&text).expect("JSON")
}

fn as_json(source: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(source).expect("TOML")).expect("JSON")
}

#[test]
fn the_schema_takes_what_the_program_takes() {
    let validator = jsonschema::draft7::new(&schema()).expect("a schema");
    let examples = blocks(&page());
    let examples = examples.iter().filter(|(head, _)| head == "toml").map(|(_, text)| whole(text));
    let built_in = BUILTIN.iter().map(|builtin| builtin.source.to_owned());
    for source in examples.chain(built_in).chain([starter("mine")]) {
        let errors: Vec<String> = validator
            .iter_errors(&as_json(&source))
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:?}\n{}", source.lines().take(3).collect::<String>());
    }
    for wrong in [
        "schema = 2\nid = \"x\"",
        "schema = 1",
        "schema = 1\nid = \"My list\"",
        "schema = 1\nid = \"x\"\n[[category]]\nid = \"c\"\nterms = []",
        "schema = 1\nid = \"x\"\n[[category]]\nid = \"c\"\nterms = [{ trem = \"x\" }]",
        "schema = 1\nid = \"x\"\n[[category]]\nid = \"c\"\nterms = [{ term = \"x\", regex = \"x\" }]",
        "schema = 1\nid = \"x\"\n[[target]]\nid = \"t\"\nkind = \"planet\"\nnames = [\"x\"]",
        "schema = 1\nid = \"x\"\n[[choice]]\nid = \"t\"\nvariants = { a = [\"x\"] }",
    ] {
        assert!(!validator.is_valid(&as_json(wrong)), "{wrong}");
        assert!(!parse(wrong, "wrong.toml").is_sound(), "{wrong}");
    }
}

/// The keys that the reader knows, from what it says of one that it doesn't.
fn known_keys(table: &str) -> BTreeSet<String> {
    let source = format!("schema = 1\nid = \"x\"\n{table}");
    let parsed = parse(&source, "x.toml");
    let unknown =
        parsed.diagnostics.iter().find(|finding| finding.code == "unknown-key").expect("unknown");
    let help = unknown.help.as_deref().expect("the keys");
    help.split_once("takes: ").expect("a list").1.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_schema_names_every_key_and_no_other() {
    let schema = schema();
    let term = "[[category]]\nid = \"c\"\nterms = [{ zzzzzzzzzzzzzzzz = 1, term = \"x\" }]";
    let regex = "[[category]]\nid = \"c\"\nterms = [{ zzzzzzzzzzzzzzzz = 1, regex = \"x\" }]";
    for (place, tables) in [
        ("/properties", vec!["zzzzzzzzzzzzzzzz = 1"]),
        (
            "/properties/add/items/properties",
            vec!["extends = \"y\"\n[[add]]\nzzzzzzzzzzzzzzzz = 1"],
        ),
        (
            "/properties/remove/items/properties",
            vec!["extends = \"y\"\n[[remove]]\nzzzzzzzzzzzzzzzz = 1"],
        ),
        ("/definitions/category/properties", vec!["[[category]]\nzzzzzzzzzzzzzzzz = 1"]),
        ("/definitions/term/properties", vec![term, regex]),
        ("/definitions/choice/properties", vec!["[[choice]]\nzzzzzzzzzzzzzzzz = 1"]),
        ("/definitions/target/properties", vec!["[[target]]\nzzzzzzzzzzzzzzzz = 1"]),
    ] {
        let keys = schema.pointer(place).and_then(Value::as_object).expect("properties");
        let in_schema: BTreeSet<String> = keys.keys().cloned().collect();
        let in_reader: BTreeSet<String> = tables.into_iter().flat_map(known_keys).collect();
        assert_eq!(in_schema, in_reader, "{place}");
    }
}

#[test]
fn the_page_names_every_format() {
    let page = page();
    for (_, name, _) in parallax::lexicon::ImportFormat::ALL {
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
    assert!(Path::new(&root().join("docs/lexicon.schema.json")).exists());
}
