//! Cases for the reader of lexicon files.

use super::{Pattern, parse};

const HEAD: &str = "schema = 1\nid = \"x\"\n";

fn faults(body: &str) -> Vec<(&'static str, usize)> {
    let source = format!("{HEAD}{body}");
    parse(&source, "x.toml")
        .diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.code, diagnostic.line_and_column(&source).0))
        .collect()
}

#[test]
fn a_sound_file_has_no_faults() {
    let body = r#"
[[category]]
id = "c"
terms = ["leftist", { term = "rogue state", inflect = "noun", unless = ["(left)"] }, { regex = 'so[- ]called' }]
[[choice]]
id = "government"
variants = { regime = ["regime*"], government = ["government"] }
[[target]]
id = "t"
kind = "state"
names = ["North Korea", { term = "the North", case = "exact" }]
"#;
    assert_eq!(faults(body), []);
    let parsed = parse(&format!("{HEAD}{body}"), "x.toml");
    let Pattern::Words { forms, .. } = &parsed.lexicon.categories[0].terms[1].pattern else {
        panic!("a phrase")
    };
    assert_eq!(forms, &["rogue state", "rogue states"]);
}

#[test]
fn faults_name_their_line() {
    for (body, code, line) in [
        ("[[category]]\nid = \"c\"\nterm = [\"a\"]\nterms = [\"a\"]", "unknown-key", 5),
        ("[[category]]\nid = \"c\"\nterms = []", "empty-category", 3),
        ("[[category]]\nid = \"c\"\nterms = [{ regex = \"(\" }]", "bad-regex", 5),
        ("[[category]]\nid = \"c\"\nterms = [{ regex = \"a*\" }]", "empty-regex", 5),
        ("[[category]]\nid = \"c\"\nterms = [\"*\"]", "only-wildcards", 5),
        ("[[category]]\nid = \"c\"\nterms = [\"a\", 3]", "wrong-type", 5),
        ("[[category]]\nid = \"c\"\nterms = [\"!\"]", "no-letter", 5),
        ("[[category]]\nid = \"c\"\nzones = [\"lede\"]\nterms = [\"a\"]", "unknown-zone", 5),
        ("[[choice]]\nid = \"c\"\nvariants = { a = [\"b\"] }", "one-variant", 3),
        ("version = 1\n[[category]]\nid = \"c\"\nterms = [\"a\"]", "wrong-type", 3),
    ] {
        let found = faults(body);
        assert!(found.contains(&(code, line)), "{body}\nexpected {code} at {line}, got {found:?}");
    }
}

#[test]
fn all_faults_come_in_one_go() {
    let body = "[[category]]\nid = \"c\"\nterms = [\"*\", { regex = \"(\" }]\n[[category]]\nid = \"c\"\nterms = []";
    let codes: Vec<_> = faults(body).into_iter().map(|(code, _)| code).collect();
    for code in ["only-wildcards", "bad-regex", "duplicate-id", "empty-category"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
}

#[test]
fn a_syntax_error_does_not_hide_behind_missing_keys() {
    let parsed = parse("schema = 1\nid = \"x\n[[category]]\n", "x.toml");
    assert!(!parsed.is_sound());
    assert!(parsed.diagnostics.iter().any(|diagnostic| diagnostic.code == "syntax"));
    assert!(parsed.diagnostics.iter().all(|diagnostic| diagnostic.code != "missing-key"));
}

#[test]
fn a_category_says_whether_its_terms_are_labels() {
    let body = "[[category]]\nid = \"a\"\nterms = [\"a\"]\n[[category]]\nid = \"b\"\nlabels = true\nterms = [\"b\"]";
    let parsed = parse(&format!("{HEAD}{body}"), "x.toml");
    assert!(parsed.is_sound());
    let labels: Vec<bool> = parsed.lexicon.categories.iter().map(|c| c.labels).collect();
    assert_eq!(labels, [false, true]);
}

#[test]
fn a_regex_may_have_a_name_for_tables() {
    let body = "[[category]]\nid = \"c\"\nterms = [{ regex = 'so[- ]called', name = \"so-called\" }, { regex = 'a[- ]b' }]";
    let parsed = parse(&format!("{HEAD}{body}"), "x.toml");
    assert!(parsed.is_sound());
    let terms = &parsed.lexicon.categories[0].terms;
    assert_eq!(terms[0].text, "so-called");
    assert_eq!(terms[0].pattern, Pattern::Regex("so[- ]called".to_owned()));
    assert_eq!(terms[1].text, "a[- ]b");
    let of_a_term = "[[category]]\nid = \"c\"\nterms = [{ term = \"x\", name = \"y\" }]";
    assert_eq!(faults(of_a_term), [("term-name", 5)]);
}
