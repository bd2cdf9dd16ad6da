//! Furniture that stands inside an article: readability keeps it where it looks like a paragraph.

use dom_query::{Document, NodeRef};

/// Words of class names and ids that only furniture bears, as they stand between hyphens.
const WORDS: [&str; 34] = [
    "ad",
    "ads",
    "adslot",
    "advert",
    "advertisement",
    "advertorial",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "donate",
    "gdpr",
    "mailing",
    "newsletter",
    "newsletters",
    "outbrain",
    "overlay",
    "paywall",
    "popup",
    "promo",
    "promoted",
    "recirc",
    "recirculation",
    "recommended",
    "related",
    "share",
    "sharing",
    "signup",
    "subscribe",
    "taboola",
];
/// Two words that only furniture bears beside one another.
const PAIRS: [(&str, &str); 9] = [
    ("most", "read"),
    ("most", "popular"),
    ("read", "more"),
    ("read", "next"),
    ("more", "stories"),
    ("about", "author"),
    ("author", "info"),
    ("sign", "up"),
    ("social", "links"),
];
/// What holds more words is the article, whatever it is called: some pages wrap the whole text into
/// an element called `paywall`.
const MOST_WORDS: usize = 120;

/// Takes furniture out of a page.
pub(super) fn remove(document: &Document) {
    for node in document.select("[class], [id], [role=dialog], [role=complementary]").iter() {
        let Some(node) = node.nodes().first().copied() else { continue };
        let name = node.node_name().unwrap_or_default().to_lowercase();
        if matches!(name.as_str(), "html" | "body" | "main" | "article") {
            continue;
        }
        let called =
            format!("{} {}", node.class().unwrap_or_default(), node.id_attr().unwrap_or_default());
        let is_dialog = node.attr("role").is_some_and(|role| &*role == "dialog");
        if (is_dialog || is_furniture(&called)) && is_short(&node) {
            node.remove_from_parent();
        }
    }
}

fn is_short(node: &NodeRef<'_>) -> bool {
    let mut words = 0;
    for text in node.descendants_it().filter(NodeRef::is_text) {
        words += text.text().split_whitespace().take(MOST_WORDS + 1).count();
        if words > MOST_WORDS {
            return false;
        }
    }
    true
}

/// Whether class names and an id say that an element is furniture: `related-stories`, `adSlot`.
fn is_furniture(called: &str) -> bool {
    called.split_whitespace().any(|name| {
        let words = words_of(name);
        words.iter().any(|word| WORDS.contains(&word.as_str()))
            || words.windows(2).any(|pair| PAIRS.contains(&(pair[0].as_str(), pair[1].as_str())))
    })
}

/// The words of a name in kebab-case, snake_case or camelCase.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in name.chars() {
        let splits = !c.is_alphanumeric() || c.is_uppercase() && after_small;
        if splits && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        after_small = c.is_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_furniture() {
        for name in ["ad-slot", "x related__list", "newsletterSignup", "most-read", "mostRead-1"] {
            assert!(is_furniture(name), "{name}");
        }
        for name in
            ["article-body", "reader", "shared-layout", "head", "admin", "biography", "read"]
        {
            assert!(!is_furniture(name), "{name}");
        }
    }
}
