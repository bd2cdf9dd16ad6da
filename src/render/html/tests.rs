//! What must hold for every page, whatever the report.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::super::{View, fixture, outline};
use super::{html, html_document};
use crate::report::{EvidenceRow, Report, SentenceRow};

/// Elements without an end.
const VOID: [&str; 6] = ["meta", "input", "br", "hr", "img", "link"];

const HOSTILE: &str =
    "<script>alert(1)</script> \"'`]]>&lt;&#x202e;\u{202e}\u{0}\u{1b}[31m</style><!--";

fn sentence(text: &str) -> SentenceRow {
    SentenceRow {
        article: text.to_owned(),
        date: Some("2017-12-18".into()),
        event: Some(text.to_owned()),
        line: 3,
        text: text.to_owned(),
        start: 0,
        end: 8,
        term: text.to_owned(),
        zone: "body".into(),
        voice: "quoted".into(),
        negated: false,
        source: Some(text.to_owned()),
        cue: Some(text.to_owned()),
        target: Some(text.to_owned()),
        rule: None,
    }
}

/// A report in which every text from outside is hostile.
fn hostile() -> Report {
    let mut report = fixture::pooled();
    report.settings.title = Some(HOSTILE.to_owned());
    report.settings.by = HOSTILE.to_owned();
    for outlet in &mut report.outlets {
        outlet.name = HOSTILE.to_owned();
    }
    for category in &mut report.categories {
        category.title = HOSTILE.to_owned();
    }
    for lexicon in &mut report.provenance.lexicons {
        lexicon.title = HOSTILE.to_owned();
    }
    for row in report.terms.iter_mut() {
        row.term = HOSTILE.to_owned();
    }
    for row in &mut report.comparisons {
        for driver in &mut row.drivers {
            driver.term = HOSTILE.to_owned();
        }
    }
    let category = &report.categories[0];
    report.evidence.push(EvidenceRow {
        outlet: "ledger".into(),
        kind: "category".into(),
        lexicon: Some(category.lexicon.clone()),
        id: category.category.clone(),
        variant: None,
        total: 9,
        sentences: vec![sentence(HOSTILE)],
    });
    report
}

fn pages() -> Vec<String> {
    let view = View::default();
    let few = Report { rates: Vec::new(), ..fixture::pooled() };
    vec![
        html(&fixture::pooled(), &view),
        html(&few, &view),
        html(&hostile(), &view),
        html_document(&outline(&hostile(), &view), "table"),
    ]
}

/// The tags of a page as they are written, without script and style.
fn tags(page: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let tag = &rest[start + 1..];
        let end = tag.find('>').expect("a tag ends");
        tags.push(&tag[..end]);
        rest = &tag[end + 1..];
        for raw in ["style", "script"] {
            if tag[..end].split(' ').next() == Some(raw) {
                rest = &rest[rest.find(&format!("</{raw}>")).expect("it ends")..];
            }
        }
    }
    tags
}

#[test]
fn every_element_ends_where_it_should() {
    for page in pages() {
        let mut open = Vec::new();
        for tag in tags(&page) {
            let name = tag.split([' ', '\n']).next().unwrap_or_default();
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "{tag}"),
                None if name.starts_with('!') || VOID.contains(&name) => {}
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}

#[test]
fn nothing_in_a_tag_acts_or_fetches() {
    for page in pages() {
        for tag in tags(&page) {
            let names = tag.split('"').step_by(2).flat_map(|part| part.split_whitespace());
            for name in names.filter_map(|name| name.strip_suffix('=')) {
                assert!(name != "style" && !name.starts_with("on"), "{tag}");
                assert!(name != "src" && name != "srcset", "{tag}");
            }
            if let Some((_, target)) = tag.split_once("href=\"") {
                assert!(target.starts_with('#') || target.starts_with("http"), "{tag}");
            }
        }
    }
}

#[test]
fn the_policy_names_the_script_and_the_style_and_nothing_else() {
    for page in pages() {
        assert_eq!(page.matches("<script").count(), 1);
        assert_eq!(page.matches("<style").count(), 1);
        for raw in ["script", "style"] {
            let (_, after) = page.split_once(&format!("<{raw}>")).unwrap();
            let (text, _) = after.split_once(&format!("</{raw}>")).unwrap();
            let hash = STANDARD.encode(Sha256::digest(text));
            assert!(page.contains(&format!("{raw}-src 'sha256-{hash}'")), "{raw}");
        }
        assert!(page.contains("default-src 'none'"));
    }
}

#[test]
fn outside_text_is_shown_and_acts_unseen_nowhere() {
    let page = html(&hostile(), &View::default());
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert!(page.contains("&amp;lt;&amp;#x202e;\\u{202e}␀␛[31m"));
    let acts = |c: char| ('\u{202a}'..='\u{202e}').contains(&c) || (c < ' ' && c != '\n');
    let found = page
        .find(acts)
        .map(|at| page[at.saturating_sub(80)..].chars().take(160).collect::<String>());
    assert_eq!(found, None);
}

#[test]
fn every_link_within_the_page_has_its_place() {
    for page in pages() {
        let ids: Vec<&str> =
            page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for (index, id) in ids.iter().enumerate() {
            assert!(!ids[..index].contains(id), "{id} stands twice");
        }
        for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(&link), "{link}");
        }
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(pages(), pages());
}

#[test]
fn words_that_are_never_used() {
    for page in pages() {
        let page = page.to_lowercase();
        for word in ["biased", "slanted", "propaganda", "proves", "no difference"] {
            assert!(!page.contains(word), "{word}");
        }
    }
}

#[test]
fn sentences_keep_to_their_budget() {
    let mut report = fixture::pooled();
    let long = "A word and another word. ".repeat(20);
    for index in 0..200u32 {
        let sentences = (0..100).map(|line| SentenceRow { line, ..sentence(&long) }).collect();
        report.evidence.push(EvidenceRow {
            outlet: "ledger".into(),
            kind: "category".into(),
            lexicon: Some("labels".into()),
            id: format!("category-{index}"),
            variant: None,
            total: 348,
            sentences,
        });
    }
    let page = html(&report, &View::default());
    assert!(page.len() < 3_000_000, "{}", page.len());
    assert!(page.contains(" of 348"));
    assert!(!page.contains("100 of 348"));
}
