#![no_main]
//! Zip archives, gzip, Zstandard.

use libfuzzer_sys::fuzz_target;

mod corpus;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let name = ["a.zip", "a.zip", "a.txt.gz", "a.txt.zst"][usize::from(*kind) % 4];
    corpus::articles(name, rest, &[]);
});
