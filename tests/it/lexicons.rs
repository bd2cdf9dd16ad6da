//! `parallax lexicon`: what its users see.

use serde_json::Value;

use crate::{folder_of, parallax, parallax_in, stdout_of, text};

/// Exit status, standard output, standard error.
fn run(folder: &tempfile::TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = parallax_in(folder.path(), arguments);
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn lists_and_shows() {
    let list = stdout_of(&["lexicon", "list"]);
    assert!(list.contains("political-labels") && list.contains("when named"), "{list}");
    let rows: Value = serde_json::from_str(&stdout_of(&["lexicon", "list", "-f", "json"])).unwrap();
    let terms: u64 =
        rows.as_array().unwrap().iter().map(|row| row["terms"].as_u64().unwrap()).sum();
    assert!(terms >= 700, "{terms}");
    let shown = stdout_of(&["lexicon", "show", "political-labels"]);
    assert!(
        shown.contains("CATEGORY ideology-label") && shown.contains("axis ideology"),
        "{shown}"
    );
    let record: Value =
        serde_json::from_str(&stdout_of(&["lexicon", "show", "choices", "-f", "json"])).unwrap();
    assert!(record["choices"].as_array().unwrap().len() >= 60);
    let unknown = parallax(&["lexicon", "show", "political-label"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("did you mean `political-labels`?"));
}

#[test]
fn a_starter_with_three_mistakes_gets_three_errors() {
    let folder = folder_of(&[]);
    assert_eq!(run(&folder, &["lexicon", "new", "mine"]).0, Some(0));
    let (code, clean, _) = run(&folder, &["lexicon", "check", "mine.toml", "--deny", "warnings"]);
    assert_eq!(code, Some(0), "{clean}");
    assert_eq!(
        run(&folder, &["lexicon", "new", "mine"]).0,
        Some(2),
        "it must not write over a file"
    );
    let path = folder.path().join("mine.toml");
    let mut source = std::fs::read_to_string(&path).unwrap();
    for (from, to) in [
        ("pair = \"far-right\"", "pair = \"far-rigth\""),
        ("inflect = \"noun\" },", "inflekt = \"noun\" },"),
        ("\"strongman\",", "\"strong, man\","),
    ] {
        assert!(source.contains(from));
        source = source.replacen(from, to, 1);
    }
    std::fs::write(&path, &source).unwrap();
    let (code, shown, _) = run(&folder, &["lexicon", "check", "mine.toml"]);
    assert_eq!(code, Some(1));
    for wanted in ["`,` can never match", "did you mean `inflect`?", "mine.toml:"] {
        assert!(shown.contains(wanted), "{shown}");
    }
    let mended = source.replace("inflekt", "inflect").replace("strong, man", "strongman");
    std::fs::write(&path, mended).unwrap();
    let (_, shown, _) = run(&folder, &["lexicon", "check", "mine.toml"]);
    assert!(shown.contains("did you mean `far-right`?"), "{shown}");
}

#[test]
fn checks_against_a_corpus() {
    let lexicon = "schema = 1\nid = \"x\"\n[[category]]\nid = \"c\"\nterms = [\"storm\", \"glacier\", \"rare\"]\n";
    let article = "The storm came, and the storm stayed. A storm is a storm, and this storm was long.\n\n\
        He asked about Park Glacier. She knew the Park Glacier. Roads to the Glacier and a Glacier hut lead on. \
        Near the Glacier stands a hut of the Glacier club, for all Glacier folk.";
    let folder = folder_of(&[("x.toml", lexicon.as_bytes()), ("news/a/1.txt", article.as_bytes())]);
    let (code, shown, problems) =
        run(&folder, &["lexicon", "check", "x.toml", "--corpus", "news", "-f", "json"]);
    assert_eq!(code, Some(0), "{problems}");
    let rows: Vec<Value> = serde_json::from_str(&shown).unwrap();
    let found: Vec<(&str, u64)> = rows
        .iter()
        .map(|row| (row["code"].as_str().unwrap(), row["column"].as_u64().unwrap()))
        .collect();
    assert_eq!(found, [("dominant-term", 19), ("mostly-names", 19), ("dead-term", 30)], "{shown}");
    let denied =
        run(&folder, &["lexicon", "check", "x.toml", "--corpus", "news", "--deny", "warnings"]);
    assert_eq!(denied.0, Some(1));
}

#[test]
fn fixing_sorts_and_removes() {
    let source = "schema = 1\nid = \"x\"\n[[category]]\nid = \"c\"\nterms = [\n  \"b\", # why\n  \"a\",\n  \"a\",\n]\n";
    let folder = folder_of(&[("x.toml", source.as_bytes())]);
    let (code, _, said) =
        run(&folder, &["lexicon", "check", "x.toml", "--fix", "--deny", "warnings"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("1 duplicate removed"), "{said}");
    let fixed = std::fs::read_to_string(folder.path().join("x.toml")).unwrap();
    assert_eq!(
        fixed,
        source.replace("  \"b\", # why\n  \"a\",\n  \"a\",", "  \"a\",\n  \"b\", # why")
    );
    assert_eq!(run(&folder, &["lexicon", "check", "stance", "--fix"]).0, Some(2));
}

#[test]
fn lexicons_stand_on_others() {
    let base = "schema = 1\nid = \"base\"\ntitle = \"Base\"\n[[category]]\nid = \"c\"\nterms = [\"one\", \"two\"]\n";
    let top = "schema = 1\nid = \"top\"\nextends = \"base.toml\"\n[[add]]\ncategory = \"c\"\nterms = [\"three\"]\n\
        [[remove]]\ncategory = \"c\"\nterms = [\"one\"]\n[[category]]\nid = \"d\"\nterms = [\"four\"]\n";
    let wrong = "schema = 1\nid = \"wrong\"\nextends = \"base.toml\"\n[[remove]]\ncategory = \"c\"\nterms = [\"onee\"]\n\
        [[add]]\ncategory = \"e\"\nterms = [\"x\"]\n[[category]]\nid = \"c\"\nterms = [\"y\"]\n";
    let circle = "schema = 1\nid = \"circle\"\nextends = \"circle.toml\"\n";
    let folder = folder_of(&[
        ("base.toml", base.as_bytes()),
        ("top.toml", top.as_bytes()),
        ("wrong.toml", wrong.as_bytes()),
        ("circle.toml", circle.as_bytes()),
        ("same.toml", base.as_bytes()),
    ]);
    let (code, shown, problems) = run(&folder, &["lexicon", "show", "top.toml", "-f", "json"]);
    assert_eq!(code, Some(0), "{problems}");
    let record: Value = serde_json::from_str(&shown).unwrap();
    let terms = |at: usize| -> Vec<&str> {
        let terms = record["categories"][at]["terms"].as_array().unwrap();
        terms.iter().map(|term| term["term"].as_str().unwrap()).collect()
    };
    assert_eq!((terms(0), terms(1)), (vec!["two", "three"], vec!["four"]));
    assert_eq!(record["title"], "Base (top)");
    let (code, shown, _) = run(&folder, &["lexicon", "check", "wrong.toml"]);
    assert_eq!(code, Some(1));
    for wanted in ["did you mean `one`?", "has no category `e`", "has a category with the id `c`"] {
        assert!(shown.contains(wanted), "{wanted}\n{shown}");
    }
    let (code, shown, _) = run(&folder, &["lexicon", "check", "circle.toml"]);
    assert_eq!(code, Some(1));
    assert!(shown.contains("extends"), "{shown}");
    let (code, _, problems) = run(&folder, &["lexicon", "show", "base.toml", "same.toml"]);
    assert_eq!(code, Some(2));
    assert!(problems.contains("base.toml") && problems.contains("same.toml"), "{problems}");
}

#[test]
fn imports_and_exports() {
    let list = "# mine\nloony\n:-)\nfar-left\nFar left\n";
    let folder = folder_of(&[("List of mine.txt", list.as_bytes())]);
    let (code, shown, said) =
        run(&folder, &["lexicon", "import", "List of mine.txt", "-o", "mine.toml"]);
    assert_eq!((code, shown.as_str()), (Some(0), ""), "{said}");
    assert!(
        said.contains(
            "2 terms read into the category `list-of-mine`, 2 skipped: 1 hold no letter;"
        ),
        "{said}"
    );
    assert!(said.contains("read as word list"), "{said}");
    let (code, dic, _) = run(&folder, &["lexicon", "export", "mine.toml", "--to", "dic"]);
    assert_eq!((code, dic.as_str()), (Some(0), "%\n1\tList of mine\n%\nloony\t1\nfar-left\t1\n"));
    let (code, _, said) = run(&folder, &["lexicon", "import", "mine.toml", "--from", "liwc"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("begins with categories between two lines of %"), "{said}");
    let (code, own, _) = run(&folder, &["lexicon", "export", "stance"]);
    assert_eq!(code, Some(0));
    assert_eq!(own, include_str!("../../lexicons/stance.toml"));
}
