//! What a page says of its article: JSON-LD first, then `<meta>`, then the markup.

use dom_query::Document;
use serde_json::Value;

use super::filled;

/// What a page says of its article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::corpus) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) byline: Option<String>,
    /// As it is written there.
    pub(super) date: Option<String>,
    pub(super) site: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
}

/// Objects of JSON-LD inside one another that are looked into.
const NESTING: usize = 6;

/// Reads what the page says of its article.
pub(super) fn of(document: &Document) -> Metadata {
    let mut known = from_json_ld(document);
    let social = meta(document, &["og:title", "twitter:title", "dc.title", "dcterms.title"]);
    let window = document.select("head title").iter().next().and_then(|node| filled(&node.text()));
    let printed = printed_title(document, known.title.as_deref().or(social.as_deref()));
    known.title = printed.or(known.title).or(social).or(window);
    known.site = known.site.or_else(|| meta(document, &["og:site_name", "application-name"]));
    if let (Some(title), Some(site)) = (&known.title, &known.site) {
        known.title = Some(without_site(title, site));
    }
    known.byline = known
        .byline
        .or_else(|| meta(document, &["author", "article:author", "dc.creator", "byl", "sailthru.author"]))
        .filter(|byline| !byline.contains("://"))
        .or_else(|| {
            let names = "[rel=author], [itemprop=author] [itemprop=name], [itemprop=author], .byline, .author";
            let found = document.select(names);
            found.iter().map(|node| node.text()).find_map(|text| filled(&text)).filter(|text| text.len() <= 120)
        })
        .map(|byline| byline.strip_prefix("By ").map(str::to_owned).unwrap_or(byline));
    known.date = known
        .date
        .or_else(|| {
            meta(
                document,
                &[
                    "article:published_time",
                    "datepublished",
                    "date",
                    "pubdate",
                    "publishdate",
                    "dc.date",
                    "dc.date.issued",
                    "dcterms.created",
                    "parsely-pub-date",
                    "sailthru.date",
                    "article.published",
                ],
            )
        })
        .or_else(|| time(document));
    known.url = known.url.or_else(|| {
        let link = document.select("link[rel=canonical]").attr("href").map(|url| url.to_string());
        link.or_else(|| meta(document, &["og:url"])).filter(|url| url.contains("://"))
    });
    known.language = document.select("html").attr("lang").and_then(|lang| filled(&lang));
    known
}

/// The line under the headline.
pub(super) fn dek(document: &Document) -> Option<String> {
    const PLACES: &str = ".dek, .standfirst, .subheadline, .sub-headline, .article-subtitle, \
        .article__subtitle, .article-dek, .article__dek, .strapline, .article-summary, .summary-lede, \
        [itemprop=alternativeHeadline], .article__standfirst, .subtitle, .deck";
    let found = document.select("h1").exists().then(|| document.select(PLACES))?;
    let text = found.iter().map(|node| node.text()).find_map(|text| filled(&text))?;
    (text.len() <= 400).then_some(text)
}

/// The title as the page prints it: the `<h1>` that says the same, or the only one.
fn printed_title(document: &Document, announced: Option<&str>) -> Option<String> {
    let headings: Vec<String> = document
        .select("h1, .entry-title, .post-title, [itemprop=headline]")
        .iter()
        .filter_map(|node| filled(&node.text()))
        .filter(|text| text.len() <= 400)
        .collect();
    let words =
        |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_lowercase).collect() };
    let shared = |heading: &&String| {
        let announced = words(announced.unwrap_or_default());
        let same = words(heading).iter().filter(|word| announced.contains(word)).count();
        same * 2 >= words(heading).len()
    };
    let in_article =
        document.select("article h1, main h1, [itemprop=headline], .entry-title, .post-title");
    headings.iter().find(shared).cloned().or_else(|| {
        let only = in_article.iter().filter_map(|node| filled(&node.text())).next()?;
        (words(&only).len() >= 3 && headings.len() <= 1).then_some(only)
    })
}

/// A title without the site's name behind a separator.
fn without_site(title: &str, site: &str) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " · "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && tail.eq_ignore_ascii_case(site)
            && !head.trim().is_empty()
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

/// The first of these `<meta>` elements that says something.
fn meta(document: &Document, names: &[&str]) -> Option<String> {
    let all = document.select("meta");
    names.iter().find_map(|wanted| {
        all.iter().find_map(|element| {
            let is = |attribute: &str| {
                element.attr(attribute).is_some_and(|name| name.eq_ignore_ascii_case(wanted))
            };
            let named = is("name") || is("property") || is("itemprop");
            named.then(|| element.attr("content")).flatten().and_then(|text| filled(&text))
        })
    })
}

/// The first time that the page prints as that of publication, else the first in the article.
fn time(document: &Document) -> Option<String> {
    ["time[itemprop=datePublished]", "time[pubdate]", "article time", "main time", "time"]
        .iter()
        .find_map(|place| {
            let found = document.select(place);
            found.iter().find_map(|node| {
                node.attr("datetime")
                    .and_then(|text| filled(&text))
                    .or_else(|| filled(&node.text()))
            })
        })
}

fn from_json_ld(document: &Document) -> Metadata {
    let scripts = document.select("script[type='application/ld+json']");
    for script in scripts.iter() {
        let text = script.text();
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        let Ok(value) = serde_json::from_str::<Value>(text) else { continue };
        if let Some(article) = find_article(&value, NESTING) {
            return read_article(article);
        }
    }
    Metadata::default()
}

/// The first object that is an article.
fn find_article(value: &Value, depth: usize) -> Option<&Value> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Array(items) => items.iter().find_map(|item| find_article(item, depth)),
        Value::Object(fields) => {
            let is_article = |name: &str| {
                name.ends_with("Article")
                    || matches!(name, "BlogPosting" | "Report" | "LiveBlogPosting")
            };
            let fits = match fields.get("@type") {
                Some(Value::String(name)) => is_article(name),
                Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is_article),
                _ => false,
            };
            let inner = || {
                ["@graph", "mainEntity"]
                    .iter()
                    .find_map(|key| find_article(fields.get(*key)?, depth))
            };
            if fits { Some(value) } else { inner() }
        }
        _ => None,
    }
}

fn read_article(article: &Value) -> Metadata {
    let text = |key: &str| {
        article.get(key).and_then(Value::as_str).and_then(filled).map(|text| unescaped(&text))
    };
    let names = |key: &str| {
        let mut names = Vec::new();
        names_of(article.get(key)?, &mut names);
        (!names.is_empty()).then(|| names.join(", "))
    };
    let url = text("url").or_else(|| {
        let page = article.get("mainEntityOfPage")?;
        page.as_str().or_else(|| page.get("@id")?.as_str()).and_then(filled)
    });
    Metadata {
        title: text("headline").or_else(|| text("name")),
        byline: names("author"),
        date: text("datePublished").or_else(|| text("dateCreated")),
        site: names("publisher"),
        url: url.filter(|url| url.contains("://")),
        language: None,
    }
}

fn names_of(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(name) if !name.contains("://") => {
            names.extend(filled(name).map(|name| unescaped(&name)))
        }
        Value::Array(items) => items.iter().for_each(|item| names_of(item, names)),
        Value::Object(fields) => {
            if let Some(name) = fields.get("name") {
                names_of(name, names);
            }
        }
        _ => {}
    }
}

/// Character references that some pages leave in their JSON.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    filled(&Document::fragment(text).text()).unwrap_or_else(|| text.to_owned())
}
