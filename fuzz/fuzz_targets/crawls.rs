#![no_main]
//! WARC and WET files, plain and compressed by the record, and feeds.

use std::io::Write;

use libfuzzer_sys::fuzz_target;

mod corpus;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    match kind % 4 {
        0 => drop(corpus::articles("c.warc", rest, &[])),
        1 => drop(corpus::articles("c.warc.wet", rest, &[])),
        2 => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(rest).expect("written");
            drop(corpus::articles("c.warc.gz", &packed.finish().expect("packed"), &[]));
        }
        _ => drop(corpus::articles("c.rss", rest, &[])),
    }
});
