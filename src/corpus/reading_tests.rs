//! Corpora on disk, sound and broken.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn open_at(path: &Path) -> Result<Corpus, CorpusError> {
    open(&[path.to_owned()], &OpenOptions::default())
}

fn open_by(path: &Path, by: &str) -> Corpus {
    let options = OpenOptions { by: Some(by.to_owned()), ..OpenOptions::default() };
    open(&[path.to_owned()], &options).unwrap()
}

fn articles(corpus: &Corpus) -> Vec<Article> {
    corpus
        .articles()
        .filter_map(|item| match item {
            Item::Article(article) => Some(article),
            _ => None,
        })
        .collect()
}

fn skipped(corpus: &Corpus) -> Vec<Skipped> {
    corpus
        .articles()
        .filter_map(|item| match item {
            Item::Skipped(skipped) => Some(skipped),
            _ => None,
        })
        .collect()
}

fn warnings(corpus: &Corpus) -> Vec<CorpusWarning> {
    corpus
        .articles()
        .filter_map(|item| match item {
            Item::Warning(warning) => Some(warning),
            _ => None,
        })
        .collect()
}

/// Outlet and id of every article.
fn names(corpus: &Corpus) -> Vec<(String, String)> {
    articles(corpus).into_iter().map(|article| (article.outlet, article.id)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn the_first_folder_is_the_outlet() {
    let folder = folder(&[
        ("globe/b.txt", b"Two."),
        ("globe/2017/a.txt", b"One."),
        ("post/c.md", b"# Title\n\nThree."),
        ("loose.txt", b"Four."),
        ("README.md", b"About."),
        (".hidden/x.txt", b"No."),
        ("post/.x.txt", b"No."),
        ("post/photo.jpg", b"No."),
    ]);
    let corpus = open_at(folder.path()).unwrap();
    let own = folder.path().file_name().unwrap().to_str().unwrap();
    assert_eq!(
        names(&corpus),
        pairs(&[
            ("globe", "globe/2017/a.txt"),
            ("globe", "globe/b.txt"),
            (own, "loose.txt"),
            ("post", "post/c.md"),
        ])
    );
    assert!(matches!(&corpus.notices(), [Notice::FilesIgnored { files: 1, .. }]));
    let all = articles(&corpus);
    assert!(all[0].guess_headline && !all[3].guess_headline);
    assert_eq!(all[3].title.unwrap().of(&all[3].text), "Title");
    // A folder inside, named by itself, gives its own name to its files.
    let inner = open_at(&folder.path().join("post")).unwrap();
    assert_eq!(names(&inner), pairs(&[("post", "c.md")]));
}

#[test]
fn rows_name_their_outlet() {
    let rows = "\u{feff}{\"id\": 1, \"source\": \"The Globe\", \"date\": \"2017-12-19\", \"title\": \"T\", \
        \"content\": \"Body.\", \"url\": \"https://x/1\", \"label\": \"x\"}\r\n\r\n\
        {\"source\": \"Post\", \"content\": \"Body.\", \"url\": \"https://x/2\"}\n\
        {\"source\": \"Post\", \"content\": \"Other.\"}";
    let folder = folder(&[("rows.jsonl", rows.as_bytes())]);
    let corpus = open_at(&folder.path().join("rows.jsonl")).unwrap();
    let all = articles(&corpus);
    assert_eq!(all.len(), 3);
    assert_eq!(all[0].text, "T\n\nBody.");
    assert_eq!((all[0].id.as_str(), all[0].outlet.as_str()), ("1", "The Globe"));
    assert_eq!(all[0].date, Some(jiff::civil::date(2017, 12, 19)));
    assert_eq!(all[0].metadata, BTreeMap::from([("label".to_owned(), "x".to_owned())]));
    assert_eq!(all[1].id, "https://x/2");
    assert_eq!((all[1].origin.line, all[2].origin.line), (Some(3), Some(4)));
    assert_eq!(all[2].id.len(), 16);
    assert!(!all[0].guess_headline);
    let [Notice::FieldsGuessed { names, others, .. }] = corpus.notices() else { panic!() };
    assert_eq!(
        names.to_string(),
        "text = content, outlet = source, date = date, title = title, url = url, id = id"
    );
    assert_eq!(others, &["label"]);
}

#[test]
fn tables_without_an_outlet_are_named_after_the_file() {
    let folder = folder(&[
        ("globe.csv", b"id,text\n1,One.\n"),
        ("post/x.tsv", b"id\ttext\n2\t\"Two\n,\"\n"),
    ]);
    let corpus = open_at(folder.path()).unwrap();
    assert_eq!(names(&corpus), pairs(&[("globe", "1"), ("post", "2")]));
    assert_eq!(articles(&corpus)[1].text, "Two\n,");
    let text = corpus.notices()[0].to_string();
    assert!(text.contains("outlet = the name of the file"), "{text}");
}

/// A corpus with settings: two files and a table.
fn declared() -> TempDir {
    let toml = br#"
title = "Ottawa"
lexicons = ["political-labels", "mine.toml"]
[[outlet]]
id = "globe"
name = "The Globe and Mail"
aliases = ["Globe & Mail"]
groups = { country = "Canada" }
boilerplate = ['^Skip to main content$']
[[outlet]]
id = "nobody"
[[article]]
path = "globe/1.txt"
date = 2017-12-18
event = "visit"
headline = false
[[article]]
path = "globe/gone.txt"
[[article]]
id = "r1"
event = "visit"
[fields]
text = "words"
"#;
    folder(&[
        ("corpus.toml", toml),
        ("globe/1.txt", b"One."),
        ("globe/2.txt", b"Two."),
        ("rows.jsonl", br#"{"id":"r1","words":"Three.","text":"no","source":"globe  & MAIL"}"#),
    ])
}

#[test]
fn settings_declare_outlets_articles_and_fields() {
    let folder = declared();
    let corpus = open_at(folder.path()).unwrap();
    assert_eq!(corpus.title(), Some("Ottawa"));
    assert_eq!(corpus.lexicons()[1].name, "mine.toml");
    assert_eq!(corpus.lexicons()[1].folder, folder.path());
    let all = articles(&corpus);
    assert_eq!(
        names(&corpus),
        pairs(&[("globe", "globe/1.txt"), ("globe", "globe/2.txt"), ("globe", "r1")])
    );
    assert_eq!(all[0].event.as_deref(), Some("visit"));
    assert_eq!(all[0].date, Some(jiff::civil::date(2017, 12, 18)));
    assert!(!all[0].guess_headline && all[1].guess_headline);
    assert_eq!((all[2].event.as_deref(), all[2].text.as_str()), (Some("visit"), "Three."));
    assert_eq!(corpus.display_name("globe"), "The Globe and Mail");
    assert!(corpus.outlet_of(&all[2]).unwrap().boilerplate[0].is_match("Skip to main content"));
    assert!(
        matches!(corpus.warnings(), [CorpusWarning::ListedArticleMissing { path, .. }] if path == "globe/gone.txt")
    );
    let seen: BTreeSet<String> = all.iter().map(|article| article.outlet.clone()).collect();
    assert_eq!(
        corpus.outlets_without_articles(&seen),
        [CorpusWarning::OutletWithoutArticles { outlet: "nobody".to_owned() }]
    );
    let by = open_by(folder.path(), "country");
    let all = articles(&by);
    assert!(all.iter().all(|article| article.outlet == "Canada"));
    assert_eq!(by.outlet_of(&all[0]).unwrap().id, "globe");
}

#[test]
fn an_article_is_read_alike_alone_and_in_its_corpus() {
    let folder = declared();
    let all = articles(&open_at(folder.path()).unwrap());
    // The same article read alone.
    let alone = open_at(&folder.path().join("globe/1.txt")).unwrap();
    let mut again = articles(&alone);
    assert_eq!(again.len(), 1);
    assert_eq!(again.pop().unwrap(), all[0]);
    assert!(matches!(alone.notices(), [Notice::ConfigFound { .. }]));
    let outlet = open_at(&folder.path().join("globe")).unwrap();
    assert_eq!(articles(&outlet), all[..2]);
    assert!(outlet.warnings().is_empty());
    // The same by a path that hides where the corpus begins.
    fs::create_dir(folder.path().join("globe/x")).unwrap();
    let detour = folder.path().join("globe/x/../1.txt");
    let [again] = &articles(&open_at(&detour).unwrap())[..] else { panic!() };
    assert_eq!(
        (&again.id, &again.outlet, &again.event),
        (&all[0].id, &all[0].outlet, &all[0].event)
    );
    // Many files of one corpus are one corpus.
    let both = [folder.path().join("globe/1.txt"), folder.path().join("globe/2.txt")];
    let both = open(&both, &OpenOptions::default()).unwrap();
    assert_eq!((both.notices().len(), both.lexicons().len()), (1, 2));
    assert_eq!(both.outlets()[0].boilerplate.len(), 1);
}

#[test]
fn faults_in_the_settings_have_places() {
    let toml =
        b"tilte = \"x\"\n[[outlet]]\nid = \"a\"\nboilerplate = ['(']\n[[outlet]]\nid = \"A\"\n\
        [[article]]\ndate = \"soon\"\n[fields]\ntxt = \"x\"\n";
    let folder = folder(&[("corpus.toml", toml), ("a/1.txt", b"One.")]);
    let error = open_at(folder.path()).unwrap_err();
    let text = error.to_string();
    for expected in [
        "corpus.toml:1:1: corpus.toml has no key `tilte`",
        "did you mean `title`?",
        "corpus.toml:4:16: not a valid regex",
        "corpus.toml:6:6: `A` already stands for",
        "an article has no `path`",
        "8 | date = \"soon\"\n  |        ^",
        "did you mean `text`?",
    ] {
        assert!(text.contains(expected), "{expected} is not in:\n{text}");
    }
    let folder = self::folder(&[("corpus.toml", b"title = "), ("a/1.txt", b"One.")]);
    let text = open_at(folder.path()).unwrap_err().to_string();
    assert!(text.contains("corpus.toml:1:"), "{text}");
}

#[test]
fn grouping_by_any_field() {
    let rows = br#"{"text":"One.","outlet":"a","label":"left","date":"2017-12-19"}
{"text":"Two.","outlet":"b","date":"1797"}"#;
    let folder = folder(&[("rows.jsonl", rows)]);
    let by_label = open_by(folder.path(), "Label");
    let all = articles(&by_label);
    assert_eq!((all.len(), all[0].outlet.as_str()), (1, "left"));
    assert_eq!(all[0].publisher(), "a");
    let left_out = skipped(&by_label);
    assert_eq!(left_out[0].origin.line, Some(2));
    assert!(left_out[0].to_string().contains("no value for --by Label"));
    let outlets = |by| {
        let all = articles(&open_by(folder.path(), by));
        all.into_iter().map(|article| article.outlet).collect::<Vec<_>>()
    };
    assert_eq!(outlets("year"), ["2017", "1797"]);
    assert_eq!(outlets("month"), ["2017-12"]);
    assert_eq!(outlets("outlet"), ["a", "b"]);
    let ids =
        |by| names(&open_by(folder.path(), by)).into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    assert_eq!(ids("year"), ids("outlet"));
}

#[test]
fn another_field_called_outlet_is_not_the_publisher() {
    let folder = folder(&[("rows.jsonl", br#"{"text":"One.","outlet":"Shop","source":"Post"}"#)]);
    let fields = FieldNames::parse(&["outlet=source"]).unwrap();
    for (by, group) in [(None, "Post"), (Some("outlet field".to_owned()), "Shop")] {
        let options = OpenOptions { fields: fields.clone(), by, ..OpenOptions::default() };
        let corpus = open(&[folder.path().to_owned()], &options).unwrap();
        let article = articles(&corpus).remove(0);
        assert_eq!((article.outlet.as_str(), article.publisher()), (group, "Post"));
    }
}

#[test]
fn a_field_that_is_named_in_vain_is_told() {
    let folder = folder(&[("rows.jsonl", br#"{"text":"One.","day":"2017-12-19"}"#)]);
    let fields = FieldNames::parse(&["date=dya"]).unwrap();
    let options = OpenOptions { fields, ..OpenOptions::default() };
    let corpus = open(&[folder.path().to_owned()], &options).unwrap();
    let text = corpus.warnings()[0].to_string();
    assert!(text.contains("no field `dya` for the date") && text.contains("day, text"), "{text}");
}

#[test]
fn outlets_can_be_chosen() {
    let folder = folder(&[("a/1.txt", b"One."), ("b/1.txt", b"Two.")]);
    let options =
        OpenOptions { outlets: vec!["B".to_owned(), "c".to_owned()], ..OpenOptions::default() };
    let corpus = open(&[folder.path().to_owned()], &options).unwrap();
    assert_eq!(names(&corpus), pairs(&[("b", "b/1.txt")]));
    let missing = corpus.outlets_without_articles(&BTreeSet::from(["b".to_owned()]));
    assert_eq!(missing, [CorpusWarning::OutletWithoutArticles { outlet: "c".to_owned() }]);
}

#[test]
fn standard_input_is_json_lines() {
    let input = "{\"text\": \"One.\", \"outlet\": \"a\"}\nnonsense\n";
    let corpus =
        open_with(&[PathBuf::from("-")], &OpenOptions::default(), &mut input.as_bytes()).unwrap();
    // It can be read twice.
    assert_eq!(articles(&corpus).len(), 1);
    assert_eq!(articles(&corpus)[0].origin.to_string(), "-:1");
    assert_eq!(skipped(&corpus)[0].origin.to_string(), "-:2");
    let none = open_with(&[PathBuf::from("-")], &OpenOptions::default(), &mut &b""[..]).unwrap();
    assert_eq!(skipped(&none)[0].reason, SkipReason::NoRows);
}

#[test]
fn what_cannot_be_opened_says_why() {
    let folder = folder(&[
        ("empty/picture.png", b"x"),
        ("file.docx", b"x"),
        ("notext.csv", b"id,title\n1,One\n"),
        ("two.jsonl", br#"{"text":"a","body":"b"}"#),
    ]);
    let fails = |path: &str| open_at(&folder.path().join(path)).unwrap_err();
    assert!(matches!(fails("nowhere"), CorpusError::NoSuchPath { .. }));
    assert!(matches!(fails("empty"), CorpusError::NoArticles { ignored: 1, .. }));
    assert!(matches!(fails("file.docx"), CorpusError::UnknownFormat { .. }));
    let no_text = fails("notext.csv").to_string();
    assert!(no_text.contains("id, title") && no_text.contains("--field text=NAME"), "{no_text}");
    let two = fails("two.jsonl").to_string();
    assert!(two.contains("text, body") && two.contains("[fields]\ntext = \"text\""), "{two}");
    // In a folder one table without text does not end the run.
    fs::remove_file(folder.path().join("two.jsonl")).unwrap();
    fs::write(folder.path().join("empty/1.txt"), "One.").unwrap();
    let corpus = open_at(folder.path()).unwrap();
    assert_eq!(articles(&corpus).len(), 1);
    assert!(matches!(&skipped(&corpus)[0].reason, SkipReason::NoTextField { .. }));
}

#[test]
fn broken_rows_are_skipped_and_named() {
    let folder = folder(&[
        ("a.jsonl", b"{\"text\": \"One.\"}\n{\"text\": \n[1]\n{\"text\": null}\n{\"other\": 1}\n{\"text\": \"Two.\"}"),
        ("b.csv", b"id;text\n1;One.\n2\n3;\"Three; and\n more\"\n4;\n"),
        ("c.jsonl", b"nonsense\n"),
        ("d.csv", b""),
        ("e.txt", b" \n"),
        ("f.txt", b"%PDF-1.4 ..."),
    ]);
    let corpus = open_at(folder.path()).unwrap();
    let text: Vec<String> = articles(&corpus).into_iter().map(|article| article.text).collect();
    assert_eq!(text, ["One.", "Two.", "One.", "Three; and\n more"]);
    let found: Vec<(String, &str)> = skipped(&corpus)
        .iter()
        .map(|it| {
            let place = it.origin.to_string();
            (place.rsplit('/').next().unwrap().to_owned(), it.reason.code())
        })
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), *b)).collect();
    assert_eq!(
        found,
        [
            ("a.jsonl:2", "broken-json"),
            ("a.jsonl:3", "not-an-object"),
            ("a.jsonl:4", "no-text"),
            ("a.jsonl:5", "no-text"),
            ("b.csv:3", "ragged-row"),
            ("b.csv:5", "no-text"),
            ("c.jsonl:1", "broken-json"),
            ("d.csv", "no-rows"),
            ("e.txt", "empty-text"),
            ("f.txt", "binary"),
        ]
    );
}

#[test]
fn warnings_are_counted_by_kind() {
    let folder = folder(&[
        ("a.csv", b"text,date\nOne.,12/11/2017\nTwo.,01/02/2017\nThree.,soon\nFour.,2018\nCaf\xE9 ferm\xE9.,\n"),
    ]);
    let corpus = open_at(folder.path()).unwrap();
    let mut summary = ProblemSummary::default();
    let mut reversed = ProblemSummary::default();
    for warning in warnings(&corpus) {
        summary.warn(warning);
    }
    for warning in warnings(&corpus).into_iter().rev() {
        let mut one = ProblemSummary::default();
        one.warn(warning);
        reversed.merge(one);
    }
    assert_eq!(summary, reversed);
    let counts: Vec<_> =
        summary.warnings.iter().map(|(code, cases)| (*code, cases.number)).collect();
    assert_eq!(counts, [("ambiguous-date", 2), ("encoding-guessed", 1), ("unknown-date", 1)]);
    assert!(summary.lines()[0].contains("a.csv:2: `12/11/2017` is ambiguous"));
    assert_eq!(summary.lines().len(), 4);
    // What the record says holds for every one of them.
    let counts = summary.counts();
    assert!(counts.iter().all(|count| !count.what.contains("11/2017")), "{counts:?}");
    let all = articles(&corpus);
    assert!(all.iter().all(|article| article.date.is_none()));
    assert_eq!(all[3].metadata["date"], "2018");
    assert_eq!(all[4].text, "Café fermé.");
}

#[test]
fn encodings_of_tables() {
    let json = "{\"text\": \"Raúl – “no”.\"}\n";
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(json.encode_utf16().flat_map(u16::to_le_bytes));
    let latin = b"{\"text\": \"Le r\xE9gime a \xE9t\xE9 accus\xE9.\"}\n";
    let folder = folder(&[("a.jsonl", &utf16), ("b.jsonl", latin)]);
    let corpus = open_at(folder.path()).unwrap();
    let all = articles(&corpus);
    assert_eq!(all[0].text, "Raúl – “no”.");
    assert_eq!(all[1].text, "Le régime a été accusé.");
    assert!(matches!(warnings(&corpus)[..], [CorpusWarning::EncodingGuessed { .. }]));
}

#[test]
fn a_hundred_megabytes_on_one_line() {
    let mut text = "word ".repeat(20 << 20);
    text.replace_range(9..10, ". \0");
    let part = &text[..8 << 20];
    let json = part.replace('\0', "\\u0000");
    let json = format!("{{\"title\": \"word word.\", \"text\": \"{json}\"}}");
    let folder = folder(&[("a.txt", text.as_bytes()), ("b.jsonl", json.as_bytes())]);
    let limited = open_at(folder.path()).unwrap();
    assert_eq!(articles(&limited).len(), 1);
    assert_eq!(skipped(&limited)[0].reason, SkipReason::TooLong { limit: 16 << 20 });
    let options = OpenOptions { max_article_size: Some(1 << 30), ..OpenOptions::default() };
    let corpus = open(&[folder.path().to_owned()], &options).unwrap();
    let lengths: Vec<usize> = articles(&corpus).iter().map(|article| article.text.len()).collect();
    assert_eq!(lengths, [text.len(), part.len()]);
}

#[cfg(unix)]
#[test]
fn links_and_odd_names() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&[("a/1.txt", b"One.")]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/loop")).unwrap();
    let odd = folder.path().join(std::ffi::OsStr::from_bytes(b"a/\xFF.txt"));
    fs::write(odd, "Two.").unwrap();
    let corpus = open_at(folder.path()).unwrap();
    assert_eq!(names(&corpus), pairs(&[("a", "a/1.txt"), ("a", "a/\u{fffd}.txt")]));
    assert_eq!(skipped(&corpus)[0].reason, SkipReason::LinkLoop);
}

#[test]
fn records_can_be_read_in_any_order() {
    use rayon::prelude::*;
    let folder = folder(&[("a.jsonl", b"{\"text\":\"1\"}\n{\"text\":\"2\"}"), ("b/3.txt", b"3")]);
    let corpus = open_at(folder.path()).unwrap();
    let mut spread: Vec<Article> = corpus
        .records()
        .par_bridge()
        .flat_map_iter(|record| corpus.read(record))
        .filter_map(|item| if let Item::Article(article) = item { Some(article) } else { None })
        .collect();
    spread.sort_by(|a, b| a.origin.cmp(&b.origin));
    assert_eq!(spread, articles(&corpus));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_bytes_in_any_format_are_survived(
        bytes in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..400),
            "([a-z\"',;{}\\[\\]:\\\\#\n\r\t-]|text|---\n){0,80}".prop_map(String::into_bytes),
        ],
        extension in prop_oneof![Just("txt"), Just("md"), Just("jsonl"), Just("csv"), Just("tsv")],
    ) {
        let name = format!("a.{extension}");
        let folder = folder(&[(&name, &bytes), ("b.txt", b"One.")]);
        if let Ok(corpus) = open_at(folder.path()) {
            for item in corpus.articles() {
                if let Item::Article(article) = item {
                    prop_assert!(!article.text.trim().is_empty());
                    prop_assert!(article.title.is_none_or(|title| !title.of(&article.text).is_empty()));
                }
            }
        }
    }
    #[test]
    fn any_settings_are_survived(toml in "([a-z\"'=\\[\\]{},.# 0-9-]|\n|\\[\\[outlet\\]\\]|id = \"a\"){0,60}") {
        let folder = folder(&[("corpus.toml", toml.as_bytes()), ("b.txt", b"One.")]);
        if let Err(error) = open_at(folder.path()) {
            prop_assert!(error.to_string().contains("corpus.toml:"));
        }
    }
}
