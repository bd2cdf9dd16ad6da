//! What a page says of its article: JSON-LD first, then `<meta>`, then the markup.

use dom_query::Document;

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

/// Reads what the page says of its article; `known` is what its JSON-LD says.
pub(super) fn of(document: &Document, mut known: Metadata) -> Metadata {
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
