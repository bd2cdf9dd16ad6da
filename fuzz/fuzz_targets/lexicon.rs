#![no_main]
//! Lexicon files: reading, checking, extending, putting in order, writing, compiling, matching.

use libfuzzer_sys::fuzz_target;
use parallax::lexicon::{ExportFormat, Inventory, check, export, extend, parse, tidy};
use parallax::matching::Matcher;

fuzz_target!(|source: &str| {
    let parsed = parse(source, "fuzz.toml");
    for finding in &parsed.diagnostics {
        let _ = finding.describe(source, "fuzz.toml");
    }
    let _ = tidy(source);
    let base = parse("schema = 1\nid = \"base\"\n[[category]]\nid = \"c\"\nterms = [\"leftist\"]\n", "base.toml");
    let sound = parsed.is_sound();
    let extended = extend(parse(source, "fuzz.toml"), &base.lexicon);
    let _ = extended.is_sound();
    let _ = check(&parsed.lexicon, source);
    if !sound {
        return;
    }
    let written = export(&parsed.lexicon, ExportFormat::Toml);
    let again = parse(&written.text, "again.toml");
    assert!(again.is_sound(), "{}\n{:?}", written.text, again.diagnostics);
    for format in [ExportFormat::Quanteda, ExportFormat::Dic, ExportFormat::Dicx, ExportFormat::Csv] {
        let _ = export(&parsed.lexicon, format);
    }
    let _ = Matcher::new(&Inventory::new(vec![parsed.lexicon]));
});
