//! The sample corpus: its committed report is what the commands make of it.

use crate::{root, stdout_of};

fn committed(name: &str) -> String {
    std::fs::read_to_string(root().join("reports").join(name)).expect("committed")
}

fn assert_same(made: &str, name: &str) {
    let committed = committed(name);
    if made != committed {
        let line = made.lines().zip(committed.lines()).position(|(a, b)| a != b);
        panic!(
            "reports/{name} differs at line {:?}; make it again with the README's command",
            line.map(|l| l + 1)
        );
    }
}

#[test]
fn the_committed_record_is_reproduced_on_one_and_on_four_threads() {
    for threads in ["1", "4"] {
        let made =
            stdout_of(&["report", "seeds", "--format", "json", "--quiet", "--threads", threads]);
        assert_same(&made, "seeds.json");
    }
}

#[test]
fn the_committed_page_is_reproduced() {
    let made = stdout_of(&["report", "seeds", "--format", "markdown", "--quiet", "--threads", "4"]);
    assert_same(&made, "seeds.md");
}

#[test]
fn the_committed_web_page_is_reproduced_and_small() {
    let made = stdout_of(&["report", "seeds", "--format", "html", "--quiet"]);
    assert_same(&made, "seeds.html");
    assert!(made.len() < 500_000, "{} bytes", made.len());
}

#[test]
fn every_part_of_the_report_shows_something() {
    let report: serde_json::Value = serde_json::from_str(&committed("seeds.json")).expect("json");
    for key in [
        "outlets",
        "categories",
        "rates",
        "own_shares",
        "heterogeneity",
        "comparisons",
        "matched",
        "terms",
        "choices",
        "targets",
        "sources",
        "evidence",
        "articles",
    ] {
        assert!(!report[key].as_array().expect(key).is_empty(), "{key}");
    }
    let verdicts: Vec<&str> = report["comparisons"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| row["verdict"].as_str())
        .collect();
    for verdict in ["higher", "lower", "inconclusive", "not-enough-evidence"] {
        assert!(verdicts.contains(&verdict), "no comparison is {verdict}");
    }
}
