//! JSON-LD: what a page says of its article for search engines. It is read leniently, since pages
//! wrap it into comments, break lines inside strings and leave commas before brackets.

use dom_query::Document;
use serde_json::Value;

use super::filled;
use super::metadata::Metadata;

/// Objects of JSON-LD inside one another that are looked into.
const NESTING: usize = 6;

/// What JSON-LD says of a page's article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct LinkedData {
    pub(super) metadata: Metadata,
    /// Words of the article.
    pub(super) words: Option<usize>,
    /// Whether it is a live blog, whose parts may be articles of their own.
    pub(super) is_live: bool,
    /// Names of the classes whose elements hold text that is not free to read.
    pub(super) paid: Vec<String>,
    /// Whether something about an article stands there that can't be read, and nothing else that can.
    pub(super) is_unread: bool,
}

/// Reads the JSON-LD of a page: that of its first article.
pub(super) fn of(document: &Document) -> LinkedData {
    let mut is_unread = false;
    for script in document.select("script[type='application/ld+json']").iter() {
        let text = script.text();
        match read(&text) {
            Some(value) => {
                if let Some(article) = find_article(&value, NESTING) {
                    return read_article(article);
                }
            }
            None => is_unread |= text.contains("Article\"") || text.contains("datePublished"),
        }
    }
    LinkedData { is_unread, ..LinkedData::default() }
}

/// The value that a script holds, with the faults undone that browsers and search engines bear.
fn read(text: &str) -> Option<Value> {
    let text = unwrapped(text);
    serde_json::from_str(text).ok().or_else(|| serde_json::from_str(&mended(text)).ok())
}

/// The JSON without byte order marks, comments and CDATA sections around it.
fn unwrapped(text: &str) -> &str {
    let is_around =
        |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | ';' | '/' | '*') || c.is_control();
    let mut text = text;
    loop {
        let before = text.len();
        text = text.trim_matches(is_around);
        for begin in ["<!--", "<![CDATA["] {
            text = text.strip_prefix(begin).unwrap_or(text);
        }
        for end in ["-->", "]]>"] {
            text = text.strip_suffix(end).unwrap_or(text);
        }
        if text.len() == before {
            return text;
        }
    }
}

/// JSON without commas before closing brackets, and with control characters and apostrophes in
/// strings as JSON wants them.
fn mended(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in text.chars() {
        if !in_string {
            if matches!(c, '}' | ']') && mended.trim_end().ends_with(',') {
                mended.truncate(mended.trim_end().len() - 1);
            }
            in_string = c == '"';
            mended.push(c);
            continue;
        }
        match c {
            '\'' if escaped => {
                mended.pop();
                mended.push(c);
            }
            c if c.is_control() => {
                if escaped {
                    mended.pop();
                }
                mended.push(' ');
            }
            _ => mended.push(c),
        }
        in_string = c != '"' || escaped;
        escaped = c == '\\' && !escaped;
    }
    mended
}

/// The first object that is an article.
fn find_article(value: &Value, depth: usize) -> Option<&Value> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Array(items) => items.iter().find_map(|item| find_article(item, depth)),
        Value::Object(fields) => {
            let is_article = |name: &str| {
                name.ends_with("Article")
                    || ["BlogPosting", "Report", "LiveBlogPosting"]
                        .contains(&name.rsplit('/').next().unwrap_or(name))
            };
            let inner = || {
                ["@graph", "mainEntity"]
                    .iter()
                    .find_map(|key| find_article(fields.get(*key)?, depth))
            };
            if types(value).any(is_article) { Some(value) } else { inner() }
        }
        _ => None,
    }
}

/// The types that an object says it has.
fn types(value: &Value) -> impl Iterator<Item = &str> {
    let written = value.get("@type");
    let one = written.and_then(Value::as_str);
    let several = written.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    one.into_iter().chain(several)
}

fn read_article(article: &Value) -> LinkedData {
    let text = |key: &str| article.get(key).and_then(written).map(|text| unescaped(&text));
    let names = |key: &str| {
        let mut names = Vec::new();
        names_of(article.get(key)?, &mut names);
        (!names.is_empty()).then(|| names.join(", "))
    };
    let url = text("url").or_else(|| {
        let page = article.get("mainEntityOfPage")?;
        page.as_str().or_else(|| page.get("@id")?.as_str()).and_then(filled)
    });
    let metadata = Metadata {
        title: text("headline").or_else(|| text("name")),
        byline: names("author"),
        date: text("datePublished").or_else(|| text("dateCreated")),
        site: names("publisher"),
        url: url.filter(|url| url.contains("://")),
        language: None,
    };
    let counted = text("wordCount").and_then(|words| words.parse().ok());
    let body = text("articleBody").map(|body| body.split_whitespace().count());
    let mut paid = Vec::new();
    if let Some(part) = article.get("hasPart") {
        paid_classes(part, &mut paid);
    }
    let is_live = types(article).any(|name| name.ends_with("LiveBlogPosting"));
    LinkedData { metadata, words: counted.max(body), is_live, paid, is_unread: false }
}

/// A string or a number as it is written; of a list the first.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => filled(text),
        Value::Number(number) => {
            let whole = number.as_f64().filter(|it| it.fract() == 0.0 && it.abs() < 1e15);
            Some(whole.map_or_else(|| number.to_string(), |whole| (whole as i64).to_string()))
        }
        Value::Array(items) => items.iter().find_map(|item| match item {
            Value::Array(_) => None,
            item => written(item),
        }),
        // A value with its type: {"@type": "Date", "@value": "…"}.
        Value::Object(fields) => fields.get("@value").and_then(Value::as_str).and_then(filled),
        _ => None,
    }
}

/// The classes that `cssSelector`s of a part, or of each part of a list, name.
fn paid_classes(part: &Value, classes: &mut Vec<String>) {
    let parts = match part {
        Value::Array(parts) => &parts[..],
        part => std::slice::from_ref(part),
    };
    for selector in parts.iter().filter_map(|part| part.get("cssSelector").and_then(written)) {
        let named = selector.split(',').filter_map(|one| one.trim().strip_prefix('.'));
        let plain = |name: &&str| !name.contains([' ', '.', '#', '>', ':', '[']);
        classes.extend(named.filter(plain).map(str::to_owned));
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn linked(script: &str) -> LinkedData {
        let page = format!(
            "<html><head><script type='application/ld+json'>{script}</script></head></html>"
        );
        of(&Document::from(page))
    }

    fn date(script: &str) -> String {
        linked(script).metadata.date.unwrap_or_default()
    }

    #[test]
    fn what_is_not_quite_json_is_read() {
        let plain = r#"{"@type":"NewsArticle","headline":"Ferry","datePublished":"2024-05-01"}"#;
        for script in [
            plain.to_owned(),
            format!("\u{feff}{plain}"),
            format!("<!-- {plain} -->"),
            format!("//<![CDATA[\n{plain}\n//]]>"),
            format!("/*<![CDATA[*/{plain}/*]]>*/"),
            format!("{plain};"),
            format!("[{plain},\n]"),
            plain.replace('}', " , }"),
            plain.replace("Ferry", "Fer\nry\tand\u{1} more"),
            plain.replace("Ferry", r"The mayor\'s \\ ferry, ]"),
            plain.replace("Ferry", "a,]b,}"),
            plain.replace("\"2024-05-01\"", "[\"2024-05-01\"]"),
            plain.replace("\"2024-05-01\"", "{\"@value\":\"2024-05-01\"}"),
        ] {
            assert_eq!(date(&script), "2024-05-01", "{script}");
        }
        assert_eq!(date(&plain.replace("\"2024-05-01\"", "1714550400000")), "1714550400000");
        assert_eq!(date(&plain.replace("\"2024-05-01\"", "1714550400.0")), "1714550400");
        let title = linked(&plain.replace("Ferry", "a,]b,}\nc")).metadata.title;
        assert_eq!(title.as_deref(), Some("a,]b,} c"));
    }

    #[test]
    fn what_cannot_be_read_is_known() {
        let broken = r#"{"@type":"NewsArticle","datePublished":"2024-05-01",,, "author":}"#;
        assert!(linked(broken).is_unread);
        assert!(!linked(r#"{"@type":"BreadcrumbList",,}"#).is_unread);
        assert!(!linked("").is_unread);
        let two = format!(
            "{broken}</script><script type='application/ld+json'>{{\"@type\":\"NewsArticle\"}}"
        );
        assert!(!linked(&two).is_unread);
    }

    #[test]
    fn length_and_paid_parts_are_read() {
        let data = linked(
            r#"{"@type":["Thing","https://schema.org/LiveBlogPosting"],"wordCount":"812","articleBody":"a b c",
            "hasPart":[{"cssSelector":".paid"},{"cssSelector":".meter, .rest > p"}]}"#,
        );
        assert_eq!((data.words, data.is_live), (Some(812), true));
        assert_eq!(data.paid, ["paid", "meter"]);
    }

    proptest::proptest! {
        #[test]
        fn mending_leaves_json_as_it_is(text in "[a-z,\\]}\\\\\" ]{0,20}", list in proptest::collection::vec(0..9, 0..4)) {
            let value = serde_json::json!({ "a": text, "b": list });
            let written = value.to_string();
            proptest::prop_assert_eq!(read(&mended(&written)), Some(value));
        }
    }
}
