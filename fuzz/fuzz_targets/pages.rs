#![no_main]
//! Saved web pages, feeds and Markdown.

use libfuzzer_sys::fuzz_target;

mod corpus;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let name = ["p.html", "p.html", "p.html", "p.xml", "p.md", "p.txt"][usize::from(*kind) % 6];
    corpus::articles(name, rest, &[]);
});
