//! Twenty-three pages after the patterns of news sites, each with what a reader would take from it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;
use crate::text::words;

/// What a reader takes from a page: fields, and blocks with their kind.
struct Gold {
    fields: BTreeMap<String, String>,
    blocks: Vec<(String, String)>,
}

fn pages() -> Vec<(PathBuf, Gold)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pages");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    paths.sort();
    let read = |path: PathBuf| {
        let gold = gold(&std::fs::read_to_string(path.with_extension("gold")).unwrap());
        (path, gold)
    };
    paths.into_iter().map(read).collect()
}

fn gold(text: &str) -> Gold {
    let (head, body) = text.split_once("\n\n").unwrap();
    let pair = |line: &str, mark: &str| {
        let (key, value) = line.split_once(mark).unwrap();
        (key.to_owned(), value.to_owned())
    };
    Gold {
        fields: head.lines().map(|line| pair(line, ": ")).collect(),
        blocks: body.lines().map(|line| pair(line, "| ")).collect(),
    }
}

fn words_of(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in words::words(text) {
        *counts.entry(word.of(text).to_lowercase()).or_default() += 1;
    }
    counts
}

fn kind_of(page: &Page, block: &str) -> Option<&'static str> {
    let start = page.text.find(block)?;
    let marked = page.markup.iter().find(|marked| marked.span.holds(start as u32));
    Some(marked.map_or("body", |marked| match marked.role {
        Markup::Subhead => "subhead",
        Markup::Byline => "byline",
        Markup::Caption => "caption",
        Markup::Quotation => "quotation",
        Markup::Boilerplate => "boilerplate",
    }))
}

#[test]
fn articles_are_taken_from_their_pages() {
    let (mut shared, mut taken, mut wanted) = (0, 0, 0);
    let (mut kinds, mut fields) = ((0, 0), BTreeMap::<&str, (usize, usize)>::new());
    let pages = pages();
    assert_eq!(pages.len(), 23);
    for (path, gold) in &pages {
        let name = path.file_name().unwrap().to_string_lossy();
        let page = extract(&std::fs::read_to_string(path).unwrap()).unwrap();
        let said = page.note.articles.is_some_and(|several| several.number == 2);
        assert_eq!(
            (said, page.note.left, page.note.announced),
            (name == "23.html", None, None),
            "{name}"
        );
        assert!(!page.note.json_ld_unread, "{name}");
        let body: Vec<&str> = gold.blocks.iter().map(|(_, text)| text.as_str()).collect();
        let (got, want) = (words_of(&page.text), words_of(&body.join("\n")));
        let both: usize = got.iter().map(|(word, n)| (*n).min(*want.get(word).unwrap_or(&0))).sum();
        shared += both;
        taken += got.values().sum::<usize>();
        wanted += want.values().sum::<usize>();
        for (kind, text) in &gold.blocks {
            // What is furniture may as well be gone.
            let gone = kind == "boilerplate" && !page.text.split("\n\n").any(|it| it == text);
            let found = if gone { Some("boilerplate") } else { kind_of(&page, text) };
            kinds.1 += 1;
            kinds.0 += usize::from(found == Some(kind.as_str()));
            if found != Some(kind.as_str()) {
                println!("{name}: {found:?}, not {kind}: {text}");
            }
        }
        let counted =
            |block: &&str| !matches!(kind_of(&page, block), Some("byline" | "boilerplate"));
        let extra: Vec<&str> =
            page.text.split("\n\n").filter(|block| !body.contains(block)).filter(counted).collect();
        if !extra.is_empty() {
            println!("{name}: too much: {extra:?}");
        }
        let known = &page.metadata;
        for (field, value) in [
            ("title", &known.title),
            ("byline", &known.byline),
            ("date", &known.date.as_ref().and_then(|date| date.get(..10)).map(str::to_owned)),
            ("site", &known.site),
            ("url", &known.url),
        ] {
            let Some(want) = gold.fields.get(field) else { continue };
            let counts = fields.entry(field).or_default();
            counts.1 += 1;
            counts.0 += usize::from(value.as_ref() == Some(want));
            if value.as_ref() != Some(want) {
                println!("{name}: {field} {value:?}, not {want:?}");
            }
        }
    }
    let (precision, recall) = (shared as f64 / taken as f64, shared as f64 / wanted as f64);
    println!("words: precision {precision:.4}, recall {recall:.4}; blocks {kinds:?}; {fields:?}");
    assert!(precision > 0.99 && recall > 0.99, "{precision} {recall}");
    assert!(kinds.0 * 100 >= kinds.1 * 97, "{kinds:?}");
    assert!(fields.values().all(|(right, all)| right == all), "{fields:?}");
}

#[test]
fn pages_without_an_article_are_refused() {
    let links: String = (0..60)
        .map(|n| {
            format!(
                "<li><a href=/{n}>Minister {n} defends the plan for harbour number {n}.</a></li>"
            )
        })
        .collect();
    for page in [
        format!("<html><body><h1>News</h1><ul>{links}</ul></body></html>"),
        "<html><body><div id=root></div><noscript>Please enable JavaScript to read on.</noscript></body></html>".to_owned(),
        "<html><body><div class=cookie-banner><p>We use cookies to make this site work well for you and for our partners.</p></div></body></html>".to_owned(),
        String::new(),
        "<p>".to_owned(),
    ] {
        assert_eq!(extract(&page), Err(SkipReason::NoArticleOnPage), "{}", &page[..page.len().min(60)]);
    }
}

#[test]
fn the_number_of_a_note_ends_no_article() {
    let paragraph =
        "<p>The council of the town voted on the dam on Tuesday, and nobody wept.[3] 4</p>";
    let page = format!("<html><body><article>{}</article></body></html>", paragraph.repeat(5));
    assert!(extract(&page).is_ok());
}

#[test]
fn pages_that_never_end_are_refused() {
    for page in [
        "<div>".repeat(100_000),
        "<b><i><u>".repeat(30_000),
        "<p>x<a>".repeat(150_000),
        "<table>".repeat(5_000),
        "<svg>".repeat(5_000),
    ] {
        assert!(matches!(extract(&page), Err(SkipReason::TangledPage { .. })));
    }
    // Scripts and comments may hold what they like.
    let script =
        format!("<script>{}</script><!-- {} -->", "<div>".repeat(10_000), "<b>".repeat(10_000));
    assert_eq!(extract(&script), Err(SkipReason::NoArticleOnPage));
}

#[test]
fn the_page_names_its_encoding() {
    let named = |head: &[u8]| charset_in(head).unwrap_or_default();
    assert_eq!(named(b"<meta charset=\"UTF-8\">"), "utf-8");
    assert_eq!(
        named(b"<META http-equiv=Content-Type content='text/html; charset=iso-8859-2'>"),
        "iso-8859-2"
    );
    assert_eq!(named(b"<p>charset=utf-8</p>"), "");
    let decoded = decode_page(b"<meta charset=windows-1251>\xCF\xF0\xE8".to_vec(), None).unwrap();
    assert!(decoded.text.ends_with("При"), "{}", decoded.text);
}

#[test]
fn fragments_become_paragraphs() {
    let text = |html: &str| text_of_fragment(html).unwrap().0;
    assert_eq!(text("a <b>b</b>c<br>d<br><br>e"), "a bc\nd\n\ne");
    assert_eq!(
        text("<p>It&rsquo;s <q>so</q>, he\n said.</p><p> </p><ul><li>x<li>y</ul>"),
        "It’s “so”, he said.\n\nx\n\ny"
    );
    assert_eq!(text("plain &amp; simple"), "plain & simple");
    assert_eq!(text("one<script>two</script> three"), "one three");
}

proptest::proptest! {
    #[test]
    fn any_page_is_read_or_refused(html in "(<(/)?(p|div|b|a|table|td|tr|li|ul|h1|blockquote|script|title|svg|math|template|select|br)( class=ad)?>|[a-z. ]{1,12}|&[a-z]{1,4};|<!--|-->|\"|<){0,60}") {
        if let Ok(page) = extract(&html) {
            for marked in &page.markup {
                proptest::prop_assert!(page.text.get(marked.span.start as usize..marked.span.end as usize).is_some());
            }
        }
        let _ = text_of_fragment(&html);
    }
}
