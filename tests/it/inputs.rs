//! The forms in which articles come: the same articles must come out of each.

use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};

use crate::{folder_of, parallax_in, text};

/// Three articles of two outlets.
fn articles() -> Vec<Value> {
    let article = |id: u32, outlet: &str, title: &str, text: &str| {
        json!({
            "id": id.to_string(), "outlet": outlet, "title": title, "text": text,
            "date": "2024-03-01", "url": format!("https://www.{outlet}.example/{id}"),
        })
    };
    vec![
        article(
            1,
            "north",
            "A regime falls",
            "The leftist regime fell, \"at last\", on Monday.\n\nNobody wept, said the clerk.",
        ),
        article(
            2,
            "north",
            "The day after",
            "The government of the far-left, with a \\ in its name, is gone.",
        ),
        article(3, "south", "Quiet", "The government rests; nobody calls it a regime."),
    ]
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("finished")
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, content) in files {
        let (mut entry, config) = archive
            .new_file(*name)
            .compression_method(rawzip::CompressionMethod::DEFLATE)
            .start()
            .expect("begun");
        let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast());
        let mut writer = config.wrap(encoder);
        writer.write_all(content).expect("written");
        let (encoder, descriptor) = writer.finish().expect("finished");
        encoder.finish().expect("finished");
        entry.finish(descriptor).expect("finished");
    }
    archive.finish().expect("finished");
    bytes
}

fn lines(articles: &[Value]) -> String {
    articles.iter().map(|article| format!("{article}\n")).collect()
}

fn csv(articles: &[Value], delimiter: char, escape: &dyn Fn(&str) -> String) -> String {
    let fields = ["id", "outlet", "title", "text", "date", "url"];
    let mut table = fields.join(&delimiter.to_string()) + "\n";
    for article in articles {
        let cells = fields.map(|field| escape(article[field].as_str().expect("text")));
        table += &(cells.join(&delimiter.to_string()) + "\r\n");
    }
    table
}

/// Runs a command and gives what it printed; it must succeed.
fn run(folder: &Path, arguments: &[&str]) -> (String, String) {
    let output = parallax_in(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}\n{}", text(&output.stderr));
    (text(&output.stdout), text(&output.stderr))
}

/// The tallies of a report, and the hash of its corpus.
fn counted(folder: &Path, arguments: &[&str]) -> (Value, Value) {
    let mut all = vec!["report", "--format", "json", "--quiet"];
    all.extend(arguments);
    let report: Value = serde_json::from_str(&run(folder, &all).0).expect("json");
    (report["articles"].clone(), report["provenance"].clone())
}

#[test]
fn every_table_gives_the_same_articles() {
    let all = articles();
    let lines = lines(&all);
    let doubled = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let escaped = |cell: &str| format!("\"{}\"", cell.replace('\\', "\\\\").replace('"', "\\\""));
    let array = serde_json::to_vec_pretty(&all).expect("json");
    let answer = json!({"status": "ok", "totalResults": 3, "articles": all}).to_string();
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(lines.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (comma, tab) = (csv(&all, ',', &doubled), csv(&all, '\t', &doubled));
    let zstd = ruzstd::encoding::compress_to_vec(
        lines.as_bytes(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("a.jsonl", lines.clone().into_bytes()),
        ("a.json", array),
        ("answer.json", answer.into_bytes()),
        ("lines.json", lines.clone().into_bytes()),
        ("a.csv", comma.clone().into_bytes()),
        ("semicolon.csv", csv(&all, ';', &doubled).into_bytes()),
        ("escaped.csv", csv(&all, ',', &escaped).into_bytes()),
        ("a.tsv", tab.into_bytes()),
        ("utf16.jsonl", utf16),
        ("a.jsonl.gz", [gzip(&lines.as_bytes()[..40]), gzip(&lines.as_bytes()[40..])].concat()),
        ("a.csv.gz", gzip(comma.as_bytes())),
        ("a.jsonl.zst", zstd),
        ("a.zip", zip(&[("x/a.csv", comma.as_bytes()), ("__MACOSX/x/._a.csv", b"\0")])),
    ];
    let borrowed: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (*name, &bytes[..])).collect();
    let folder = folder_of(&borrowed);
    let expected = counted(folder.path(), &["a.jsonl"]);
    assert_eq!(expected.0.as_array().expect("rows").len(), 3);
    for (name, _) in &files {
        assert_eq!(counted(folder.path(), &[name]), expected, "{name}");
    }
}

#[test]
#[cfg(feature = "parquet")]
fn columns_give_the_same_articles_however_they_are_packed() {
    let folder = folder_of(&[("a.jsonl", lines(&articles()).as_bytes())]);
    let expected = counted(folder.path(), &["a.jsonl"]);
    let columns = crate::root().join("tests/data/columns");
    let path = |name: &str| columns.join(name).to_str().expect("a name").to_owned();
    for name in
        ["zstd.parquet", "zstd-pages-2.parquet", "gzip.parquet", "lz4.parquet", "lz4.feather"]
    {
        assert_eq!(counted(folder.path(), &[&path(name)]), expected, "{name}");
    }
    for (name, says) in [
        ("brotli.parquet", "packed with Brotli; write it with Zstandard, Snappy, gzip, LZ4"),
        ("zstd.feather", "packed with Zstandard, which is read in Parquet alone"),
    ] {
        let output = parallax_in(folder.path(), &["report", &path(name)]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        let stderr = text(&output.stderr);
        assert!(stderr.contains(says), "{name}: {stderr}");
    }
}

#[test]
fn html_in_a_field_is_read_as_such_and_said() {
    let rows = "{\"outlet\":\"a\",\"title\":\"The town&#8217;s regime\",\"text\":\"<p>The <b>left</b>ist regime&#8217;s end.</p><blockquote><p>We are extremists, all of us here.</p></blockquote>\"}\n";
    let csv = "outlet,title,text\na,The town’s regime,\"<p>The <b>left</b>ist regime&rsquo;s end.</p><blockquote>We are extremists, all of us here.</blockquote>\"\n";
    let plain = "{\"outlet\":\"a\",\"title\":\"The town’s regime\",\"text\":\"The leftist regime’s end.\\n\\nWe are extremists, all of us here.\"}\n";
    let folder = folder_of(&[
        ("h.jsonl", rows.as_bytes()),
        ("h.csv", csv.as_bytes()),
        ("p.jsonl", plain.as_bytes()),
    ]);
    let words = |name: &str| {
        let (articles, provenance) = counted(folder.path(), &[name]);
        (articles[0]["hash"].clone(), provenance["corpus"].clone())
    };
    let voice = |name: &str| {
        let (stdout, stderr) = run(folder.path(), &["explain", name, "--format", "json"]);
        let hit = |hit: &Value| hit["text"] == "extremists";
        let explained: Value = serde_json::from_str(&stdout).expect("json");
        let hits = explained["hits"].as_array().expect("rows").clone();
        (hits.into_iter().find(hit).expect("a hit")["voice"].clone(), stderr)
    };
    assert_eq!(words("h.jsonl"), words("p.jsonl"));
    assert_eq!(words("h.csv"), words("p.jsonl"));
    assert_eq!(voice("p.jsonl").0, "own");
    let (voice, stderr) = voice("h.jsonl");
    assert_eq!(voice, "quoted");
    assert!(stderr.contains("h.jsonl:1: title or text are HTML"), "{stderr}");
}

#[test]
fn an_archive_is_a_folder() {
    let files: [(&str, &[u8]); 3] = [
        ("north/1.txt", b"The leftist regime fell on Monday."),
        ("north/deep/2.txt", b"The government fell on Monday too."),
        ("south/3.txt", b"Nobody calls it a regime in the south."),
    ];
    let inner = zip(&files[..1]);
    let mut packed: Vec<(&str, &[u8])> = files.to_vec();
    packed.push(("photo.jpg", b"\xFF\xD8\xFF"));
    packed.push(("inner.zip", &inner));
    let packed = zip(&packed);
    let mut all: Vec<(&str, &[u8])> = vec![("c.zip", &packed), ("in/c.zip", &packed)];
    let plain: Vec<(String, &[u8])> =
        files.iter().map(|(name, bytes)| (format!("c/{name}"), *bytes)).collect();
    all.extend(plain.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
    let folder = folder_of(&all);
    let expected = counted(folder.path(), &["c"]);
    assert_eq!(counted(folder.path(), &["c.zip"]), expected);
    let (_, stderr) = run(folder.path(), &["report", "c.zip", "--format", "json"]);
    assert!(stderr.contains("c.zip/inner.zip: skipped: an archive inside an archive"), "{stderr}");
    assert!(stderr.contains("photo.jpg"), "{stderr}");
    // Inside a corpus an archive is the folder of its name.
    let (articles, _) = counted(folder.path(), &["in"]);
    let outlets: Vec<&Value> =
        articles.as_array().expect("rows").iter().map(|row| &row["outlet"]).collect();
    assert_eq!(outlets, ["c", "c", "c"]);
}

#[test]
fn names_in_an_archive_may_go_up_and_down() {
    let toml = b"[[outlet]]\nid = \"north\"\nname = \"The North\"\n";
    let members: [(&str, &[u8]); 3] = [
        ("./north/1.txt", b"The leftist regime fell on Monday."),
        ("x/../../south/2.txt", b"The government fell on Monday too."),
        ("corpus.toml", toml),
    ];
    let below: Vec<(String, &[u8])> =
        members.iter().map(|(name, bytes)| (format!("./top/{name}"), *bytes)).collect();
    let below: Vec<(&str, &[u8])> =
        below.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let (packed, below) = (zip(&members), zip(&[below[0], below[2]]));
    let files: [(&str, &[u8]); 3] =
        [("c.zip", &packed), ("top.zip", &below), ("in/c.zip", &packed)];
    let folder = folder_of(&files);
    let outlets = |path: &str| -> Vec<(Value, Value)> {
        let (stdout, _) = run(folder.path(), &["report", path, "--format", "json"]);
        let report: Value = serde_json::from_str(&stdout).expect("json");
        let rows = report["outlets"].as_array().expect("rows").clone();
        rows.iter().map(|row| (row["outlet"].clone(), row["name"].clone())).collect()
    };
    assert_eq!(
        outlets("c.zip"),
        [(json!("north"), json!("The North")), (json!("south"), json!("south"))]
    );
    assert_eq!(outlets("top.zip"), [(json!("north"), json!("The North"))]);
    let (_, stderr) = run(folder.path(), &["report", "in", "--format", "json"]);
    assert!(stderr.contains("corpus.toml is not read, since the archive is one file"), "{stderr}");
}

#[test]
fn nested_fields_and_hosts() {
    let row = |url: &str, body: &str| json!({"url": url, "article": {"parts": [{"kind": "p", "body": body}, {"body": "More of it."}]}});
    let rows = [
        row("https://www.north.example/1", "The regime fell."),
        row("https://edition.north.example/2", "The government fell."),
        row("https://m.south.example/3", "It rained."),
    ];
    let toml = "[[outlet]]\nid = \"north\"\naliases = [\"north.example\"]\n[fields]\ntext = \"article.parts.body\"\n";
    let rows = lines(&rows);
    let folder = folder_of(&[
        ("bare/rows.jsonl", rows.as_bytes()),
        ("c/rows.jsonl", rows.as_bytes()),
        ("c/corpus.toml", toml.as_bytes()),
    ]);
    let outlets = |arguments: &[&str]| -> Vec<String> {
        let (articles, _) = counted(folder.path(), arguments);
        let rows = articles.as_array().expect("rows").clone();
        rows.iter().map(|row| row["outlet"].as_str().expect("text").to_owned()).collect()
    };
    assert_eq!(outlets(&["c"]), ["north", "north", "south.example"]);
    assert_eq!(
        outlets(&["bare", "--field", "text=article.parts.body"]),
        ["edition.north.example", "north.example", "south.example"]
    );
}

#[test]
fn pages_have_zones_and_voices() {
    let page = "<html><head><title>The council and the bridge | Herald</title></head><body>\
        <nav><a href=/>Home</a></nav><article><h1>The council and the bridge</h1>\
        <p class=standfirst>A radical plan divides the town.</p>\
        <figure><img src=x><figcaption>The leftist bridge in spring</figcaption></figure>\
        <p>The council of the town met on Monday evening to talk about the old bridge, which a regime of rust has eaten, said the clerk, who has crossed it every day for thirty years.</p>\
        <h2>A radical turn</h2>\
        <blockquote><p>They are extremists in the hall, and they hate our bridge.</p></blockquote>\
        <p>Nobody who was there spoke against the plan, and the vote was over within a minute; the mayor went home early and the lamps were put out.</p></article>\
        <div class=related><a href=/2>Leftist outrage</a></div></body></html>";
    let folder = folder_of(&[("herald/1.html", page.as_bytes())]);
    let (json, _) = run(folder.path(), &["explain", "herald/1.html", "--format", "json"]);
    let explained: Value = serde_json::from_str(&json).expect("json");
    let whole = explained["text"].as_str().expect("text");
    assert!(!whole.contains("outrage") && !whole.contains("Home"), "{whole}");
    let place = |words: &str| {
        let at = whole.find(words).expect(words) as u64;
        let segments = explained["segments"].as_array().expect("rows");
        let segment = segments
            .iter()
            .find(|row| row["start"].as_u64() <= Some(at) && Some(at) < row["end"].as_u64())
            .expect("covered");
        (segment["zone"].clone(), segment["voice"].clone())
    };
    assert_eq!(place("The council and the bridge"), (json!("headline"), json!("own")));
    assert_eq!(place("A radical plan"), (json!("subhead"), json!("own")));
    assert_eq!(place("The leftist bridge"), (json!("caption"), json!("own")));
    assert_eq!(place("A radical turn"), (json!("subhead"), json!("own")));
    assert_eq!(place("They are extremists"), (json!("body"), json!("quoted")));
    assert_eq!(place("Nobody who was"), (json!("body"), json!("own")));
}

#[test]
fn saved_reports_are_no_articles() {
    let folder = folder_of(&[("c/a/1.txt", b"The leftist regime fell on Monday.")]);
    run(&folder.path().join("c"), &["report", ".", "--save", "x", "--quiet"]);
    let (_, stderr) = run(folder.path(), &["report", "c", "--format", "json"]);
    assert!(stderr.contains("2 saved reports are no articles"), "{stderr}");
}

const GERMAN: &str = "Die Ministerin sagte am Dienstag, der Tunnel werde erst im Frühjahr eröffnet, weil \
    Wasser in den Schacht gelaufen sei. Die Fähren fahren weiter, bis die letzte Pumpe geprüft ist. Der \
    Bauherr widerspricht: Er habe schon vor drei Jahren davor gewarnt, und niemand habe auf ihn gehört. \
    Ein Sprecher des Ministeriums wollte das nicht bestätigen.";

#[test]
fn another_language_is_left_out_and_said() {
    let folder = folder_of(&[
        ("c/a/1.txt", b"The leftist regime fell on Monday."),
        ("c/a/2.txt", GERMAN.as_bytes()),
    ]);
    let (stdout, stderr) = run(folder.path(), &["report", "c", "--format", "json"]);
    assert!(stderr.contains("2.txt: skipped: it is in German"), "{stderr}");
    let report: Value = serde_json::from_str(&stdout).expect("json");
    assert_eq!(report["articles"].as_array().expect("rows").len(), 1);
    assert_eq!(report["warnings"][0]["code"], "other-language");
    let (articles, _) = counted(folder.path(), &["c", "--any-language"]);
    assert_eq!(articles.as_array().expect("rows").len(), 2);
}

#[test]
fn garbled_text_is_said_and_repaired_on_demand() {
    let garbled =
        "The ministerâ€™s â€œradicalâ€\u{9d} plan is the regimeâ€™s worst, says a cafÃ© owner.";
    let folder = folder_of(&[("c/a/1.txt", garbled.as_bytes())]);
    let (stdout, stderr) = run(folder.path(), &["explain", "c", "--format", "json"]);
    assert!(stderr.contains("5 characters are garbled"), "{stderr}");
    assert!(stdout.contains("â€™"));
    let (stdout, stderr) = run(folder.path(), &["explain", "c", "--format", "json", "--repair"]);
    assert!(stderr.contains("5 characters were repaired"), "{stderr}");
    assert!(
        stdout.contains("The minister’s “radical” plan is the regime’s worst, says a café owner.")
    );
}

#[test]
fn words_broken_by_a_hyphen_are_said_and_joined_on_demand() {
    let text =
        "In the hall the extrem-\nist fell, and the far-\nleft mob of the govern-\nment wept.";
    let folder = folder_of(&[("c/a/1.txt", text.as_bytes())]);
    let arguments = ["kwic", "c", "--category", "ideology-label", "--format", "csv"];
    let (stdout, stderr) = run(folder.path(), &arguments);
    assert!(stderr.contains("2 words are broken by a hyphen at the end of a line"), "{stderr}");
    assert!(stdout.contains("far-") && !stdout.contains("extremist"), "{stdout}");
    let (stdout, stderr) = run(folder.path(), &[&arguments[..], &["--repair"]].concat());
    assert!(stderr.contains("2 words were joined"), "{stderr}");
    assert!(stdout.contains("far-") && stdout.contains("extrem\u{AD}ist"), "{stdout}");
}

#[test]
fn a_repaired_report_is_counted_again_as_it_was_read() {
    let garbled = "The ministerâ€™s â€œradicalâ€\u{9d} plan is the regimeâ€™s worst.";
    let folder =
        folder_of(&[("c/a/1.txt", garbled.as_bytes()), ("c/b/1.txt", b"The regime fell.")]);
    run(folder.path(), &["report", "c", "--save", "old", "--quiet"]);
    run(folder.path(), &["report", "c", "--save", "new", "--quiet", "--repair"]);
    let (_, stderr) = run(folder.path(), &["diff", "old", "new", "--corpus", "c"]);
    let all = "2 of 2 articles that only one report has were read again";
    assert!(stderr.contains(all), "{stderr}");
}

#[test]
fn a_limit_of_size_is_said_and_can_be_moved() {
    let long = "The regime fell. ".repeat(70_000);
    let row = json!({"outlet": "a", "text": long}).to_string()
        + "\n{\"outlet\":\"a\",\"text\":\"Short regime.\"}\n";
    let unclosed = format!("outlet,text\na,\"Short regime.\"\nb,\"{long}\nc,d\n");
    let folder = folder_of(&[
        ("c/a/1.txt", long.as_bytes()),
        ("c/a/2.jsonl", row.as_bytes()),
        ("c/a/3.csv", unclosed.as_bytes()),
    ]);
    let all = ["report", "c", "--format", "json", "--max-article-size", "1M"];
    let (stdout, stderr) = run(folder.path(), &all);
    for line in [
        "1.txt: skipped: longer than the 1 MiB that an article may have",
        "2.jsonl:1: skipped: longer than",
        "3.csv:3: skipped: a row that begins here is longer than the 1 MiB",
    ] {
        assert!(stderr.contains(line), "{line}\n{stderr}");
    }
    let report: Value = serde_json::from_str(&stdout).expect("json");
    assert_eq!(report["articles"].as_array().expect("rows").len(), 1);
    let output = parallax_in(folder.path(), &["report", "c", "--max-article-size", "many"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("64M"), "{}", text(&output.stderr));
}

#[test]
fn what_pages_lose_is_said() {
    let paragraph = |n: usize| {
        format!(
            "<p>In the year {n} the council of the town met twelve times and voted on the old bridge.</p>"
        )
    };
    let story = |from: usize, to: usize| (from..to).map(paragraph).collect::<String>();
    let page = |head: &str, body: String| {
        format!("<html><head><title>A bridge</title>{head}</head><body>{body}</body></html>")
    };
    let linked = |json: &str| format!("<script type=\"application/ld+json\">{json}</script>");
    let article = |from, to| format!("<article><h1>A bridge</h1>{}</article>", story(from, to));
    let voices: String =
        (1920..1926).map(|n| format!("<li><div>{}</div></li>", paragraph(n))).collect();
    let files = [
        ("a/chosen.html", page("", article(1100, 1106) + &article(1910, 1913))),
        (
            "a/cut.html",
            page(&linked(r#"{"@type":"NewsArticle","wordCount":900}"#), article(1200, 1206)),
        ),
        (
            "a/left.html",
            page(
                "",
                format!(
                    "<div><h1>A bridge</h1>{}</div><div><div><ul class=voices>{voices}</ul></div></div>",
                    story(1500, 1508)
                ),
            ),
        ),
        ("a/unread.html", page(&linked(r#"{"@type":"NewsArticle",,}"#), article(1300, 1306))),
        (
            "a/whole.html",
            page(
                &linked(r#"{"@type":"NewsArticle","datePublished":["2024-05-01"],}"#),
                article(1400, 1406),
            ),
        ),
    ];
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, page)| (*name, page.as_bytes())).collect();
    let folder = folder_of(&files);
    let (stdout, stderr) = run(folder.path(), &["report", "a", "--format", "json"]);
    for said in [
        "chosen.html: the page holds 2 articles with headlines of their own",
        "cut.html: the page says that its article has 900 words, and 108 were found",
        "left.html: 6 paragraphs of the page (108 words) run as an article's do and were left out",
        "unread.html: the page's JSON-LD can't be read",
    ] {
        assert!(stderr.contains(said), "{said}\n{stderr}");
    }
    assert!(!stderr.contains("whole.html"), "{stderr}");
    let report: Value = serde_json::from_str(&stdout).expect("json");
    assert_eq!(report["outlets"][0]["first"], "2024-05-01");
}
