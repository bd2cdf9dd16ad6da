#![no_main]
//! Parquet and Arrow: articles in them, and tallies with the report that is made of them. The
//! libraries that read them stop by panicking on many damaged files; that is caught where they are
//! called, so here a panic of ours alone counts.

use std::path::PathBuf;
use std::sync::Once;

use libfuzzer_sys::fuzz_target;
use parallax::report::{Request, make, make_from_sums};
use parallax::store::tallies::{Level, read_tallies};

mod corpus;

static HOOK: Once = Once::new();

fn only_ours() {
    let theirs = ["/arrow-", "/parquet-", "/snap-", "/flatbuffers-", "/thrift-", "/bytes-"];
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let trace = std::backtrace::Backtrace::force_capture().to_string();
            let is_theirs = theirs.iter().any(|name| {
                panic.location().is_some_and(|place| place.file().contains(name)) || trace.contains(name)
            });
            if !is_theirs {
                before(panic);
            }
        }));
    });
}

fuzz_target!(|bytes: &[u8]| {
    only_ours();
    let Some((kind, rest)) = bytes.split_first() else { return };
    let name = ["c.parquet", "c.arrow"][usize::from(*kind) % 2];
    if kind & 2 == 0 {
        corpus::articles(name, rest, &[]);
        return;
    }
    let path = PathBuf::from(format!("/dev/shm/parallax-fuzz-{}-{name}", std::process::id()));
    std::fs::write(&path, rest).expect("written");
    let counted = match read_tallies(&[path], None, |_| ()) {
        Ok(counted) => counted,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let inventory = counted.header.inventory();
    let with = (&inventory, counted.header.tool.layout.as_str());
    let (setup, problems) = (&counted.header.setup, &counted.problems);
    let request = Request { rule: counted.header.rule, ..Request::default() };
    let _ = match counted.header.level {
        Level::Articles => make(counted.tallies, problems, with, setup, &request, |_| Vec::new()),
        Level::Sums => make_from_sums(&counted.sums, problems, with, setup, &request),
    };
});
