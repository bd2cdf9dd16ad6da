//! Rules of the house that a program can check.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::root;

/// The rooms, from left to right; those of one group stand side by side and may not use one another.
const FLOW: &[&[&str]] = &[
    &["toml_reader"],
    &["text"],
    &["lexicon"],
    &["corpus"],
    &["layout"],
    &["matching"],
    &["linking"],
    &["tally"],
    &["events"],
    &["audit", "explain", "pipeline", "statistics"],
    &["report"],
    &["diff"],
    &["render"],
    &["store"],
];

/// Rooms that may touch files.
const FILES: &[&str] = &["corpus", "store"];

/// Lines that a file may have. A file with unit tests may be longer by them.
const LINES: usize = 520;

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let path = entry.expect("listed").into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    assert!(!files.is_empty());
    files
}

fn room_of(file: &Path) -> Option<String> {
    let inside = file.strip_prefix(root().join("src")).expect("below src");
    let first =
        inside.components().next()?.as_os_str().to_str()?.trim_end_matches(".rs").to_owned();
    (!matches!(first.as_str(), "lib" | "main" | "cli")).then_some(first)
}

/// The part of a file that is compiled into the library: no comments, no unit tests.
fn code(file: &Path) -> String {
    let source = std::fs::read_to_string(file).expect("read");
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
    let without_comments = source.lines().map(|line| {
        let comment = line.find("//").filter(|at| !line[..*at].contains('"'));
        &line[..comment.unwrap_or(line.len())]
    });
    without_comments.collect::<Vec<_>>().join("\n")
}

fn is_test_file(file: &Path) -> bool {
    let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let in_folder =
        file.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "golden");
    in_folder || name == "tests" || name.ends_with("_tests") || matches!(name, "golden" | "laws")
}

/// Rooms of the crate that a piece of code names, `use` lists included.
fn rooms_named(code: &str, rooms: &BTreeSet<&str>) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split([',', '{', '}', ':', ' ', '\n']).collect(),
            None => rest.split(|c: char| !c.is_alphanumeric() && c != '_').take(1).collect(),
        };
        named.extend(names.into_iter().filter(|name| rooms.contains(name)).map(str::to_owned));
    }
    named
}

#[test]
fn data_flows_one_way() {
    let place: BTreeMap<&str, usize> = FLOW
        .iter()
        .enumerate()
        .flat_map(|(index, rooms)| rooms.iter().map(move |room| (*room, index)))
        .collect();
    let rooms: BTreeSet<&str> = place.keys().copied().collect();
    let mut against = Vec::new();
    for file in rust_files(&root().join("src")) {
        let Some(room) = room_of(&file) else { continue };
        if is_test_file(&file) {
            continue;
        }
        let Some(&here) = place.get(room.as_str()) else {
            panic!("{room} is not in the flow: put it where it belongs")
        };
        for named in rooms_named(&code(&file), &rooms) {
            if named != room && place[named.as_str()] >= here {
                against.push(format!("{}: {room} uses {named}", file.display()));
            }
        }
    }
    assert!(against.is_empty(), "against the flow:\n{}", against.join("\n"));
}

#[test]
fn an_import_against_the_flow_would_be_seen() {
    let rooms: BTreeSet<&str> = ["text", "report", "tally"].into();
    let code = "use crate::report::Report;\nuse crate::{tally::Tallies, text};\nfn f() { crate::text::x() }";
    let named = rooms_named(code, &rooms);
    assert_eq!(named.into_iter().collect::<Vec<_>>(), ["report", "tally", "text"]);
}

#[test]
fn only_corpus_and_store_touch_files() {
    for file in rust_files(&root().join("src")) {
        let Some(room) = room_of(&file) else { continue };
        if FILES.contains(&room.as_str()) || is_test_file(&file) {
            continue;
        }
        let code = code(&file);
        for name in ["std::fs", "File::open", "std::net", "std::env::"] {
            assert!(!code.contains(name), "{}: {room} uses {name}", file.display());
        }
    }
}

#[test]
fn one_file_alone_is_unsafe() {
    for folder in ["src", "tests", "benches"] {
        for file in rust_files(&root().join(folder)) {
            let allowed = ["src/text/simd.rs", "tests/it/architecture.rs"];
            if !allowed.iter().any(|allowed| file.ends_with(allowed)) {
                assert!(!code(&file).contains("unsafe"), "{}", file.display());
            }
        }
    }
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("read");
    assert!(manifest.contains("unsafe_code = \"deny\""));
}

#[test]
fn files_are_one_room_each() {
    let mut long = Vec::new();
    for folder in ["src", "tests", "benches"] {
        let folder = root().join(folder);
        if folder.exists() {
            for file in rust_files(&folder) {
                let source = std::fs::read_to_string(&file).expect("read");
                let lines = source
                    .split("#[cfg(test)]\nmod tests {")
                    .next()
                    .map_or(0, |s| s.lines().count());
                if lines > LINES {
                    long.push(format!("{}: {lines} lines", file.display()));
                }
            }
        }
    }
    assert!(long.is_empty(), "too long to see whole:\n{}", long.join("\n"));
}

#[test]
fn main_is_a_door() {
    let main = std::fs::read_to_string(root().join("src/main.rs")).expect("read");
    assert!(main.lines().count() <= 40);
}

#[test]
fn no_paths_of_a_machine() {
    let pattern = regex::Regex::new(r#"(^|[\s"'(`=])/(work|root|home|Users)/"#).expect("a pattern");
    for folder in
        ["src", "tests", "docs", "lexicons", "seeds", ".ci", "README.md", "ARCHITECTURE.md"]
    {
        for entry in walkdir::WalkDir::new(root().join(folder)) {
            let Ok(entry) = entry else { continue };
            let path = entry.path();
            let skipped = path.components().any(|part| part.as_os_str() == "node_modules");
            if !entry.file_type().is_file() || skipped || path.ends_with("architecture.rs") {
                continue;
            }
            let text = String::from_utf8_lossy(&std::fs::read(path).expect("read")).into_owned();
            let found = text.lines().find(|line| pattern.is_match(line));
            assert_eq!(found, None, "{}", path.display());
        }
    }
}
