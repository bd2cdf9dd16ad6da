#![no_main]
//! corpus.toml.

use libfuzzer_sys::fuzz_target;
use parallax::corpus::{OpenOptions, open, survey};

fuzz_target!(|bytes: &[u8]| {
    let folder = std::path::Path::new("/dev/shm").join(format!("parallax-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("a")).expect("a folder");
    std::fs::write(folder.join("a/1.txt"), "A title\n\nA minister said that it was so.").expect("written");
    std::fs::write(folder.join("corpus.toml"), bytes).expect("written");
    match open(std::slice::from_ref(&folder), &OpenOptions::default()) {
        Ok(corpus) => assert!(corpus.articles().count() > 0),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    if let Ok(survey) = survey(std::slice::from_ref(&folder), &OpenOptions::default()) {
        // What init writes must read back.
        std::fs::write(folder.join("corpus.toml"), survey.to_toml()).expect("written");
        open(std::slice::from_ref(&folder), &OpenOptions::default()).expect("reads back");
    }
});
