#![no_main]
//! JSON Lines, JSON, CSV, TSV, WARC.

use libfuzzer_sys::fuzz_target;

mod corpus;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let name = ["t.jsonl", "t.json", "t.csv", "t.tsv", "t.warc"][usize::from(*kind) % 5];
    let fields: &[&str] = if kind & 0x80 == 0 { &[] } else { &["text=text", "outlet=outlet"] };
    corpus::articles(name, rest, fields);
});
