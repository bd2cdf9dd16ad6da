#![no_main]
//! Parquet and Arrow: articles in them, and tallies. The libraries that read them stop by panicking on
//! many damaged files; that is caught where they are called, so here a panic of ours alone counts.

use std::path::PathBuf;
use std::sync::Once;

use libfuzzer_sys::fuzz_target;
use parallax::store::tallies::read_tallies;

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
    if let Err(error) = read_tallies(&[path], |_| ()) {
        assert!(!error.to_string().is_empty());
    }
});
