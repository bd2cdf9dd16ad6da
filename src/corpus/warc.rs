//! WARC files, and the WET files made from them: what a crawler fetched, a record behind the other.
//!
//! Pages that were answered with status 200 are read as saved pages are, records of plain text as
//! they stand. What is no article by its kind (requests, pictures, redirections, notes of the
//! crawler) is passed over.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};

use super::decode::decode_declared;
use super::fields::Role;
use super::format::{NumberedRow, RawRow, Row, Rows};
use super::html;
use super::problem::SkipReason;
use super::source::{Source, read_line, unreadable};
use super::unpack::{Bytes, unpacked};

/// Bytes that a line of a header may have.
const HEADER_LINE: usize = 64 << 10;
/// Lines that a header may have.
const HEADER_LINES: usize = 256;

/// Opens a WARC or WET file.
pub(super) fn open(source: &Source) -> Result<Rows, SkipReason> {
    let reader = source.open()?;
    let records = Records { reader: Some(reader), number: 0, any: false, limit: source.limit };
    let header = ["byline", "site", "page language"].map(str::to_owned).to_vec();
    Ok(Rows { header, is_named: true, rows: Box::new(records) })
}

struct Records {
    /// `None` at the end.
    reader: Option<Bytes>,
    number: u64,
    /// Whether anything was given or told.
    any: bool,
    limit: usize,
}

impl Iterator for Records {
    type Item = NumberedRow;

    fn next(&mut self) -> Option<NumberedRow> {
        let reader = self.reader.as_mut()?;
        let mut passed_over = 0;
        let record = loop {
            match next_record(reader.as_mut(), self.limit) {
                Ok(Record::Other) => passed_over += 1,
                record => break record,
            }
        };
        self.number += 1 + passed_over;
        let row: Result<Box<dyn RawRow>, SkipReason> = match record {
            Ok(Record::Fetched(fetched)) => Ok(fetched),
            Ok(Record::TooLong) => Err(SkipReason::TooLong { limit: self.limit }),
            Ok(Record::End | Record::Other) => {
                self.reader = None;
                if self.any {
                    return None;
                }
                Err(SkipReason::NothingFetched)
            }
            Err(error) => {
                self.reader = None;
                Err(unreadable(error))
            }
        };
        self.any = true;
        Some((self.number, row))
    }
}

enum Record {
    End,
    /// Of a kind that holds no article.
    Other,
    TooLong,
    Fetched(Box<Fetched>),
}

/// A page or a text as it was fetched.
struct Fetched {
    url: Option<String>,
    crawled: Option<String>,
    charset: Option<String>,
    /// Whether it is HTML, not plain text.
    is_page: bool,
    is_chunked: bool,
    is_packed: bool,
    /// Whether the crawler stopped before the end.
    is_cut: bool,
    body: Vec<u8>,
    limit: usize,
}

fn next_record(reader: &mut dyn BufRead, limit: usize) -> io::Result<Record> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if read_line(reader, HEADER_LINE, &mut line)? == 0 {
            return Ok(Record::End);
        }
        if !line.trim_ascii().is_empty() {
            break;
        }
    }
    if !line.starts_with(b"WARC/") {
        return Err(io::Error::other(
            "no WARC record begins where one should; what follows can't be read",
        ));
    }
    let fields = header(reader)?;
    let field = |name: &str| fields.get(name).map(String::as_str);
    let length: u64 =
        field("content-length").and_then(|length| length.parse().ok()).ok_or_else(|| {
            io::Error::other("a WARC record does not tell its length; what follows can't be read")
        })?;
    let kind = field("warc-type").unwrap_or_default();
    let mime = field("content-type").unwrap_or_default().to_lowercase();
    let answered = kind == "response" && mime.starts_with("application/http");
    let plain = matches!(kind, "conversion" | "resource") && is_text(&mime);
    if !answered && !plain {
        pass_over(reader, length)?;
        return Ok(Record::Other);
    }
    if length > limit as u64 {
        pass_over(reader, length)?;
        return Ok(Record::TooLong);
    }
    let mut body = Vec::new();
    if reader.take(length).read_to_end(&mut body)? < length as usize {
        return Err(io::Error::other("the last WARC record is cut off; fetch the file again"));
    }
    let fetched = Fetched {
        url: field("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned()),
        crawled: field("warc-date").map(str::to_owned),
        charset: charset_of(&mime),
        is_page: mime.contains("html"),
        is_chunked: false,
        is_packed: false,
        is_cut: field("warc-truncated").is_some(),
        body,
        limit,
    };
    if !answered {
        return Ok(Record::Fetched(Box::new(fetched)));
    }
    Ok(fetched.unwrapped().map_or(Record::Other, |fetched| Record::Fetched(Box::new(fetched))))
}

/// The fields of a header, by name in small letters.
fn header(reader: &mut dyn BufRead) -> io::Result<BTreeMap<String, String>> {
    let mut fields = BTreeMap::new();
    let mut line = Vec::new();
    for _ in 0..HEADER_LINES {
        line.clear();
        if read_line(reader, HEADER_LINE, &mut line)? == 0 || line.trim_ascii().is_empty() {
            return Ok(fields);
        }
        let text = String::from_utf8_lossy(&line);
        if let Some((name, value)) = text.split_once(':') {
            fields.insert(name.trim().to_lowercase(), value.trim().to_owned());
        }
    }
    Err(io::Error::other("the header of a WARC record does not end"))
}

fn pass_over(reader: &mut dyn BufRead, length: u64) -> io::Result<()> {
    let passed = io::copy(&mut reader.take(length), &mut io::sink())?;
    if passed < length {
        return Err(io::Error::other("the last WARC record is cut off; fetch the file again"));
    }
    Ok(())
}

fn is_text(mime: &str) -> bool {
    mime.starts_with("text/") || mime.contains("html")
}

fn charset_of(mime: &str) -> Option<String> {
    let (_, charset) = mime.split_once("charset=")?;
    let charset = charset.trim_start_matches(['"', '\'', ' ']);
    let end = charset.find(['"', '\'', ';', ' ']).unwrap_or(charset.len());
    Some(charset[..end].to_owned()).filter(|charset| !charset.is_empty())
}

impl Fetched {
    /// Takes the server's answer out of the HTTP that it came in; none where it is no page.
    fn unwrapped(mut self) -> Option<Self> {
        let mut headers = [httparse::EMPTY_HEADER; 128];
        let mut answer = httparse::Response::new(&mut headers);
        let length = match httparse::ParserConfig::default()
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true)
            .parse_response(&mut answer, &self.body)
        {
            Ok(httparse::Status::Complete(length)) => length,
            _ => return None,
        };
        if answer.code != Some(200) {
            return None;
        }
        let field = |name: &str| {
            let header =
                answer.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
            header.map(|header| String::from_utf8_lossy(header.value).to_lowercase())
        };
        let mime = field("content-type").unwrap_or_default();
        self.is_page = mime.contains("html");
        if !self.is_page && !mime.starts_with("text/plain") && !mime.is_empty() {
            return None;
        }
        self.is_page |= mime.is_empty();
        self.charset = charset_of(&mime);
        self.is_chunked = field("transfer-encoding").is_some_and(|way| way.contains("chunked"));
        self.is_packed = field("content-encoding").is_some_and(|way| way != "identity");
        self.body.drain(..length);
        Some(self)
    }
}

impl RawRow for Fetched {
    fn read(mut self: Box<Self>) -> Result<Row, SkipReason> {
        if self.is_chunked {
            // Some crawlers join the chunks and leave the field.
            self.body = joined(&self.body).unwrap_or(self.body);
        }
        if self.is_packed {
            let mut body = Vec::new();
            let reader = unpacked(Box::new(io::Cursor::new(self.body))).map_err(unreadable)?;
            let mut reader = reader.take(self.limit as u64 + 1);
            reader.read_to_end(&mut body).map_err(unreadable)?;
            if body.len() > self.limit {
                return Err(SkipReason::TooLong { limit: self.limit });
            }
            self.body = body;
        }
        let mut row = if self.is_page {
            html::read_row(self.body, self.charset.as_deref())?
        } else {
            let charset = self.charset.as_deref().map(str::as_bytes);
            let decoded =
                decode_declared(self.body, charset.and_then(encoding_rs::Encoding::for_label))?;
            let values = BTreeMap::from([(Role::Text.name().to_owned(), decoded.text)]);
            Row { values, note: decoded.note, ..Row::default() }
        };
        if let Some(url) = self.url {
            row.values.insert(Role::Url.name().to_owned(), url);
        }
        row.page.is_cut = self.is_cut;
        row.values.extend(self.crawled.map(|date| ("crawled".to_owned(), date)));
        Ok(row)
    }
}

/// The body that was sent in chunks; none where it wasn't.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    let mut at = 0;
    loop {
        let end = at + memchr::memchr(b'\n', body.get(at..)?)?;
        let size = std::str::from_utf8(&body[at..end]).ok()?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        at = end + 1;
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body.get(at..at.checked_add(size)?)?);
        at += size;
        at += body.get(at..)?.iter().take(2).take_while(|byte| byte.is_ascii_whitespace()).count();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    const PAGE: &str = "<html><head><meta charset=utf-8><title>x</title></head><body><article>\
        <h1>The council votes on the dam</h1><p>The council of the town voted on the dam on Tuesday \
        evening, after three hours of talk and \u{e9}clairs.</p><p>Nobody who was in the hall spoke \
        against it, and the vote was over within a minute, said the clerk.</p></article></body></html>";

    fn record(kind: &str, mime: &str, body: &[u8]) -> Vec<u8> {
        let mut record = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://www.example.org/a\r\n\
             WARC-Date: 2026-01-02T03:04:05Z\r\nContent-Type: {mime}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        record.extend_from_slice(body);
        record.extend_from_slice(b"\r\n\r\n");
        record
    }

    fn answer(head: &str, body: &[u8]) -> Vec<u8> {
        let http = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
        record("response", "application/http; msgtype=response", &http)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn rows(file: &[u8]) -> Vec<(u64, Result<Row, SkipReason>)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.warc");
        std::fs::write(&path, file).unwrap();
        let source = Source { path, member: None, is_copy: false, limit: 1 << 20 };
        let rows = open(&source).unwrap().rows;
        rows.map(|(number, row)| (number, row.and_then(|row| row.read()))).collect()
    }

    #[test]
    fn pages_are_read_however_they_were_sent() {
        let chunked = |bytes: &[u8]| {
            let (a, b) = bytes.split_at(bytes.len() / 2);
            let chunk = |part: &[u8]| {
                [format!("{:x};x=y\r\n", part.len()).as_bytes(), part, b"\r\n"].concat()
            };
            [chunk(a), chunk(b), b"0\r\n\r\n".to_vec()].concat()
        };
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(PAGE);
        let latin = String::from_utf8_lossy(&latin).into_owned();
        drop(latin);
        let utf8 = "200 OK\r\nContent-Type: text/html; charset=utf-8";
        let page = PAGE.as_bytes();
        let members = [
            record("warcinfo", "application/warc-fields", b"software: x\r\n"),
            answer(utf8, page),
            record("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
            answer(&format!("{utf8}\r\nTransfer-Encoding: chunked"), &chunked(page)),
            answer(&format!("{utf8}\r\nContent-Encoding: gzip"), &gzip(page)),
            answer(
                &format!("{utf8}\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"),
                &chunked(&gzip(page)),
            ),
            // What the field says was undone by the crawler.
            answer(
                &format!("{utf8}\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"),
                page,
            ),
            answer("404 Not Found\r\nContent-Type: text/html", page),
            answer("200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        ];
        let file: Vec<u8> = members.iter().flat_map(|member| gzip(member)).collect();
        let rows = rows(&file);
        assert_eq!(rows.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2, 4, 5, 6, 7]);
        for (number, row) in rows {
            let values = row.unwrap().values;
            assert_eq!(values["title"], "The council votes on the dam", "{number}");
            assert!(values["text"].contains("\u{e9}clairs."), "{number}: {}", values["text"]);
            assert_eq!(values["url"], "https://www.example.org/a");
            assert_eq!(values["crawled"], "2026-01-02T03:04:05Z");
        }
    }

    #[test]
    fn the_server_names_the_encoding() {
        let page = PAGE.replace("<meta charset=utf-8>", "");
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&page);
        let rows = rows(&answer("200 OK\r\nContent-Type: text/html; charset=ISO-8859-1", &latin));
        let row = rows[0].1.as_ref().unwrap();
        assert!(row.values["text"].contains("\u{e9}clairs"));
        assert_eq!(row.note, super::super::decode::EncodingNote::default());
    }

    #[test]
    fn extracted_texts_are_taken_as_they_stand() {
        let rows =
            rows(&record("conversion", "text/plain", "A title\nSome r\u{e9}sum\u{e9}.".as_bytes()));
        assert_eq!(rows[0].1.as_ref().unwrap().values["text"], "A title\nSome r\u{e9}sum\u{e9}.");
    }

    #[test]
    fn damage_ends_the_file_and_is_said() {
        let sound = answer("200 OK\r\nContent-Type: text/html", PAGE.as_bytes());
        for broken in
            [&b"nonsense\r\n"[..], &sound[..sound.len() - 50], b"WARC/1.0\r\nx: y\r\n\r\n"]
        {
            let rows = rows(&[&sound[..], broken].concat());
            assert!(rows[0].1.is_ok());
            assert!(matches!(rows[1].1, Err(SkipReason::Unreadable(_))), "{:?}", rows[1]);
            assert_eq!(rows.len(), 2);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(
            head in "(WARC/1.0\r\n)?(Content-Length: [0-9]{1,20}\r\n)?(WARC-Type: response\r\n)?(Content-Type: application/http\r\n)?\r\n(HTTP/1.1 200 OK\r\n)?",
            body in proptest::collection::vec(any::<u8>(), 0..100),
        ) {
            rows(&[head.as_bytes(), &body].concat());
        }
        #[test]
        fn any_chunks_are_joined_or_refused(body in "([0-9a-f]{0,3}\r?\n?|[a-z]){0,20}") {
            let _ = joined(body.as_bytes());
        }
    }
}
