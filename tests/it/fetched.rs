//! Crawls and feeds as the program reads them: no field names the outlet, so the host of the URL does.

use serde_json::Value;

use crate::{folder_of, parallax_in, text};

const TEXT: &str =
    "The leftist regime fell on Monday, and nobody in the town wept for it, said the clerk.";

fn record(kind: &str, mime: &str, url: &str, body: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {mime}\r\n\
         WARC-Date: 2024-03-02T00:00:00Z\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
        body.len()
    )
}

fn page(title: &str) -> String {
    format!(
        "<html><head><title>{title}</title><meta property=article:published_time \
         content=2024-03-01></head><body><article><h1>{title}</h1><p>{TEXT}</p><p>{TEXT} Again, \
         that is, and for the last time.</p></article></body></html>"
    )
}

/// The outlets with their articles, hits of `regime` and dates, of a file of that name.
fn counted(name: &str, content: &str, more: &[&str]) -> Vec<String> {
    let folder = folder_of(&[(name, content.as_bytes())]);
    let arguments = [&["report", name, "--format", "json", "--strict"], more].concat();
    let output = parallax_in(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{name}\n{}", text(&output.stderr));
    let report: Value = serde_json::from_str(&text(&output.stdout)).expect("json");
    let rows = report["outlets"].as_array().expect("rows");
    let hits = |outlet: &Value| {
        let terms = report["terms"].as_array().expect("rows").iter();
        let own = terms.filter(|row| row["outlet"] == *outlet && row["category"] == "state-label");
        own.filter_map(|row| row["hits"].as_u64()).max().unwrap_or(0)
    };
    rows.iter()
        .map(|row| {
            let id = &row["outlet"];
            format!("{} {} {} {}", id, row["articles"], hits(id), row["first"])
        })
        .collect()
}

#[test]
fn a_crawl_is_read_by_host() {
    let answer =
        |title: &str| format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page(title));
    let http = "application/http; msgtype=response";
    let warc = [
        record("warcinfo", "application/warc-fields", "", "software: x"),
        record("response", http, "https://www.north.example/1", &answer("The fall")),
        record("response", http, "https://south.example/2", &answer("The day after")),
    ]
    .concat();
    let expected = ["\"north.example\" 1 2 \"2024-03-01\"", "\"south.example\" 1 2 \"2024-03-01\""];
    assert_eq!(counted("a.warc", &warc, &[]), expected);
    let cut = warc.replace("WARC-Date:", "WARC-Truncated: length\r\nWARC-Date:");
    let folder = folder_of(&[("a.warc", cut.as_bytes())]);
    let said = text(&parallax_in(folder.path(), &["report", "a.warc"]).stderr);
    assert!(said.contains("a.warc:2: the crawler stopped fetching it"), "{said}");
    let wet = record("conversion", "text/plain", "https://www.north.example/1", TEXT);
    assert_eq!(counted("a.wet", &wet, &[]), ["\"north.example\" 1 1 null"]);
}

#[test]
fn a_feed_is_read_by_host_or_by_the_field_that_is_named() {
    let rss = format!(
        "<rss version=\"2.0\"><channel><title>Feed</title><item><title>The fall</title>\
         <link>https://www.north.example/1</link><pubDate>Fri, 01 Mar 2024 10:00:00 GMT</pubDate>\
         <category>Politics</category><description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item>\
         </channel></rss>"
    );
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>The fall</title>\
         <link href=\"https://www.north.example/1\"/><updated>2024-03-01T10:00:00Z</updated>\
         <content type=\"text\">{TEXT}</content></entry></feed>"
    );
    let expected = ["\"north.example\" 1 1 \"2024-03-01\""];
    assert_eq!(counted("a.rss", &rss, &[]), expected);
    assert_eq!(counted("a.atom", &atom, &[]), expected);
    // A field that other tables have is no fault here; one that feeds have counts.
    assert_eq!(counted("a.rss", &rss, &["--field", "outlet=source"]), expected);
    let by_category = ["\"Politics\" 1 1 \"2024-03-01\""];
    assert_eq!(counted("a.rss", &rss, &["--field", "outlet=category"]), by_category);
    assert_eq!(counted("a.rss", &rss, &["--by", "category"]), by_category);
}
