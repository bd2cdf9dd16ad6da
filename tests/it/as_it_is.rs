//! Text as it is found: which words are counted and which hits are found in it.

use std::collections::BTreeMap;

use parallax::corpus::{Article, CorpusWarning, Item, OpenOptions, Origin, ProblemSummary, open};
use parallax::layout::{Cues, Furniture, Layouter, word_counts};
use parallax::lexicon::{Inventory, parse};
use parallax::pipeline::Engine;
use parallax::text::words;

/// An engine with one category of these terms.
fn engine(terms: &[&str]) -> Engine {
    let terms: Vec<String> = terms.iter().map(|term| format!("\"{term}\"")).collect();
    let source = format!(
        "schema = 1\nid = \"l\"\ntitle = \"L\"\nversion = \"1\"\nlanguage = \"en\"\ndescription = \"L\"\n\
         [[category]]\nid = \"c\"\ntitle = \"C\"\ndescription = \"C\"\nterms = [{}]\n",
        terms.join(", ")
    );
    let parsed = parse(&source, "l.toml");
    assert!(parsed.is_sound(), "{:?}", parsed.diagnostics);
    let furniture = Furniture::builtin().expect("furniture");
    let layouter = Layouter::new(&Cues::builtin().expect("cues"), furniture);
    Engine::new(layouter, Inventory::new(vec![parsed.lexicon]), BTreeMap::new()).expect("an engine")
}

fn article(text: &str) -> Article {
    Article {
        id: "1".to_owned(),
        outlet: "a".to_owned(),
        text: text.to_owned(),
        title: None,
        guess_headline: true,
        markup: Vec::new(),
        date: None,
        event: None,
        url: None,
        origin: Origin::default(),
        metadata: BTreeMap::new(),
    }
}

/// The hits as `text zone voice`, and how many words the layout counts.
fn read(engine: &Engine, text: &str) -> (Vec<String>, usize) {
    let article = article(text);
    let read = engine.read(&article);
    let counted: u32 = word_counts(text, &read.layout).iter().flatten().sum();
    assert_eq!(counted as usize, words::count(text), "{text:?}");
    let kept = read.hits.iter().filter(|hit| hit.dropped.is_none());
    let shown =
        kept.map(|hit| format!("{} {} {}", hit.span.of(text), hit.zone.name(), hit.voice.name()));
    (shown.collect(), counted as usize)
}

fn found(terms: &[&str], text: &str, hits: &[&str], words: usize) {
    let expected: Vec<String> = hits.iter().map(|hit| format!("{hit} body own")).collect();
    assert_eq!(read(&engine(terms), text), (expected, words), "{text:?}");
}

#[test]
fn composed_and_decomposed_letters_are_the_same() {
    let terms = ["régime", "protégé"];
    found(&terms, "The régime's protégé fell on Monday.", &["régime", "protégé"], 6);
    found(
        &terms,
        "The re\u{301}gime's prote\u{301}ge\u{301} fell on Monday.",
        &["re\u{301}gime", "prote\u{301}ge\u{301}"],
        6,
    );
    found(&terms, "The regime's protege fell on Monday.", &["regime", "protege"], 6);
}

#[test]
fn runs_from_right_to_left_hide_nothing() {
    found(
        &["regime", "far-left"],
        "The regime \u{200F}(שלום עולם)\u{200F} fell, and the far\u{2011}left \u{202B}نظام\u{202C} of \
         \u{2067}regime\u{2069} fell.",
        &["regime", "far\u{2011}left", "regime"],
        13,
    );
}

#[test]
fn emoji_are_no_words_and_end_them() {
    found(
        &["regime", "leftist"],
        "The 👩‍👩‍👧 regime🔥 fell 🇨🇦 on Monday, and a leftist👍🏽 mob 🏴󠁧󠁢󠁳󠁣󠁴󠁿 wept.",
        &["regime", "leftist"],
        10,
    );
}

#[test]
fn ligatures_of_ocr_are_letters() {
    found(
        &["firebrand", "flip-flop"],
        "The \u{FB01}rebrand did not \u{FB02}ip-\u{FB02}op on Monday, or so it seems.",
        &["\u{FB01}rebrand", "\u{FB02}ip-\u{FB02}op"],
        12,
    );
}

#[test]
fn soft_hyphens_and_broken_lines_hide_no_term() {
    let terms = ["extremist", "far-left"];
    found(
        &terms,
        "The ex\u{AD}trem\u{AD}ist and the far-left went home.",
        &["ex\u{AD}trem\u{AD}ist", "far-left"],
        8,
    );
    // As the pages of 1916 have it: a soft hyphen at the end of the line.
    found(
        &terms,
        "In the hall the extrem\u{AD}\nist and the far-\nleft went home, and nobody wept.",
        &["extrem\u{AD}\nist", "far-\nleft"],
        15,
    );
    // A plain hyphen at the end of a line may be the word's own: only a term that has it is found.
    found(&["so-called"], "In the hall the so-\ncalled plan fell.", &["so-\ncalled"], 8);
}

#[test]
fn invisible_characters_hide_no_term() {
    for invisible in ['\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}'] {
        let text = format!("The re{invisible}gime fell on Monday, and nobody wept.");
        let hit = format!("re{invisible}gime body own");
        assert_eq!(read(&engine(&["regime"]), &text).0, [hit], "{invisible:?}");
    }
    found(&["rogue state"], "The rogue\u{A0}state fell on Monday.", &["rogue\u{A0}state"], 6);
}

#[test]
fn headlines_in_capitals_are_headlines() {
    let text = "LEFTIST REGIME FALLS, “EXTREMIST MOB” CHEERS\n\n\
        The regime fell on Monday, said the clerk of the town, and a “mob” stood in the square.\n\n\
        IT IS OVER\n\nNobody wept, and the leftist papers did not appear on the next day.";
    let (hits, words) = read(&engine(&["regime", "leftist", "mob"]), text);
    assert_eq!(words, 40);
    assert_eq!(
        hits,
        [
            "LEFTIST headline own",
            "REGIME headline own",
            "MOB headline scare",
            "regime body attributed",
            "mob body quoted",
            "leftist body own",
        ]
    );
}

#[test]
fn an_article_without_punctuation_is_read() {
    let line = "the leftist regime fell on monday and nobody in the town wept for it\n";
    let (hits, words) = read(&engine(&["regime", "leftist"]), &line.repeat(40));
    assert_eq!((hits.len(), words), (80, 560));
    assert!(hits.iter().all(|hit| hit.ends_with(" own")), "{hits:?}");
}

#[test]
fn no_page_of_1916_is_left_out_and_its_terms_are_found() {
    let Some(corpora) = crate::shared("corpora/newspapers-1916") else { return };
    let mut corpus = open(&[corpora], &OpenOptions::default()).expect("a corpus");
    corpus.expect_languages(["en"]);
    let terms = ["president", "strike", "bandit"];
    let engine = engine(&terms);
    // Counted otherwise: words that are broken with a soft hyphen joined, then a plain expression.
    let counted = regex::Regex::new(r"(?i)\b(president|strike|bandit)\b").expect("an expression");
    let (mut pages, mut hits, mut wanted) = (0, 0, 0);
    for item in corpus.articles() {
        let article = match item {
            Item::Article(article) => article,
            // One page holds `<p></p>`, many have words that a plain hyphen breaks: both are said. Any
            // other problem would be new.
            Item::Warning(CorpusWarning::HtmlText { .. } | CorpusWarning::BrokenWords { .. }) => {
                continue;
            }
            other => panic!("{other:?}"),
        };
        pages += 1;
        if pages % 40 == 0 {
            // Pages are columns of lines: what looks like furniture is not asked here.
            hits += engine.read(&article).hits.len();
            let joined = article.text.replace("\u{AD}\n", "").replace('\u{AD}', "");
            wanted += counted.find_iter(&joined).count();
        }
    }
    assert_eq!(pages, 957);
    // Other hyphens at the ends of lines, and words that noise has grown onto, are read differently.
    assert!(wanted > 50 && (wanted * 85..=wanted * 115).contains(&(hits * 100)), "{hits} {wanted}");
}

#[test]
fn letters_that_only_look_latin_are_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.jsonl");
    let row = "{\"outlet\": \"a\", \"id\": \"1\", \"text\": \"The r\u{435}gime fell, and the rеgime’s tеrrоrists with it.\"}\n";
    std::fs::write(&path, row).expect("a file");
    let corpus = open(&[path], &OpenOptions::default()).expect("a corpus");
    let said: Vec<String> = corpus
        .articles()
        .filter_map(|item| match item {
            Item::Warning(warning @ CorpusWarning::Lookalikes { .. }) => Some(warning.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("3 words hold letters of another alphabet"), "{said:?}");
}

#[test]
fn every_case_is_named_where_asked_for() {
    let rows: String = (0..30)
        .map(|day| format!("{{\"text\": \"One.\", \"date\": \"day {day}\"}}\n{{}}\n"))
        .collect();
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.jsonl"), rows).expect("a file");
    for (all_problems, named) in [(false, 20 + 3 + 2), (true, 30 + 30)] {
        let options = OpenOptions { all_problems, ..OpenOptions::default() };
        let corpus = open(&[folder.path().to_owned()], &options).expect("a corpus");
        let mut summary = corpus.problem_summary();
        for item in corpus.articles() {
            match item {
                Item::Article(_) => (),
                Item::Skipped(skipped) => summary.skip(skipped),
                Item::Warning(warning) => summary.warn(warning),
            }
        }
        assert_eq!(summary.lines().len(), named);
        assert_eq!(summary.is_cut(), !all_problems);
        let mut merged = ProblemSummary::default();
        merged.merge(summary.clone());
        assert_eq!(merged, summary);
    }
}
