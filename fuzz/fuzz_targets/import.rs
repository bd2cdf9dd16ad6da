#![no_main]
//! Dictionaries of other tools.

use libfuzzer_sys::fuzz_target;
use parallax::lexicon::{ExportFormat, ImportOptions, Inventory, export, import, parse};
use parallax::matching::Matcher;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let name = [
        "a.dic", "a.dicx", "a.yml", "a.ykd", "a.lc3", "a.cat", "a.txt", "a.csv", "a.tsv", "a.json", "a.toml", "a",
    ][usize::from(*kind) % 12];
    let Ok(imported) = import(rest, ImportOptions { name, ..ImportOptions::default() }) else { return };
    // What was imported can be written and read, and compiles or says why not.
    let written = export(&imported.lexicon, ExportFormat::Toml);
    let again = parse(&written.text, "again.toml");
    assert!(again.is_sound(), "{}\n{:?}", written.text, again.diagnostics);
    let _ = Matcher::new(&Inventory::new(vec![again.lexicon]));
});
