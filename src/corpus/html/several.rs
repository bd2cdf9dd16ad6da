//! Pages that hold more than one article: the next ones below the first, or the posts of a live blog.

use dom_query::{Document, NodeRef};

use super::blocks::{self, bare};
use super::survey;
use crate::corpus::format::SeveralArticles;

/// Leaves one article on a page where each has a headline of its own: that which bears the page's
/// title, else the first. What has no headlines of its own is parts of one article. None where
/// there is nothing to say.
pub(super) fn keep_one(
    document: &Document,
    title: Option<&str>,
    is_live: bool,
) -> Option<SeveralArticles> {
    let articles = survey::articles(document, blocks::RUNNING);
    let number = articles.len();
    if number < 2 || is_live {
        return None;
    }
    let title = title.map(bare).unwrap_or_default();
    let headlines: Vec<Option<String>> = articles.iter().map(headline).collect();
    // The name of the site may stand behind the title.
    let names =
        |headline: &Option<String>| headline.as_ref().is_some_and(|it| title.starts_with(it));
    let named = headlines.iter().position(names);
    let all = document.select("h1").length();
    let own = headlines.iter().flatten().count();
    if own < 2 || named.is_none() && all > own {
        return Some(SeveralArticles { number, one_taken: false });
    }
    let chosen = named.or_else(|| headlines.iter().position(Option::is_some));
    for (at, article) in articles.iter().enumerate() {
        if Some(at) != chosen {
            article.remove_from_parent();
        }
    }
    Some(SeveralArticles { number, one_taken: true })
}

/// The headline that stands in an article, letters and digits alone.
fn headline(article: &NodeRef<'_>) -> Option<String> {
    let is_headline = |node: &NodeRef<'_>| {
        node.has_name("h1")
            || node.attr("itemprop").is_some_and(|property| &*property == "headline")
    };
    let found = article.descendants_it().find(is_headline)?;
    Some(bare(&found.text())).filter(|text| !text.is_empty())
}
