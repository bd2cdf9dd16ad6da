//! What must hold for every report and every text.

use std::collections::BTreeSet;

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::fixture::{few, pooled, with_text};
use super::*;
use crate::report::Report;

/// Words that a generated text never uses.
const BANNED: [&str; 5] = ["biased", "slanted", "propaganda", "proves", "no difference"];

fn rendered(report: &Report, view: &View, format: Format) -> String {
    let mut output = Vec::new();
    render(report, view, format, &mut output).expect("memory takes everything");
    String::from_utf8(output).expect("UTF-8")
}

fn at(width: usize) -> View {
    View { width, ..View::default() }
}

/// The report as a whole and every table alone.
fn views() -> Vec<View> {
    let tables = TableName::ALL.iter().map(|&table| View { table: Some(table), ..at(80) });
    let voices = VoiceGroup::ALL.into_iter().map(|voice| View {
        voice: Some(voice),
        word_level: true,
        ..at(140)
    });
    tables.chain(voices).chain([at(80)]).collect()
}

#[test]
fn a_report_that_carries_verdicts() {
    insta::assert_snapshot!("pooled_80", rendered(&pooled(), &at(80), Format::Terminal));
    insta::assert_snapshot!("pooled_140", rendered(&pooled(), &at(140), Format::Terminal));
    insta::assert_snapshot!("pooled_markdown", rendered(&pooled(), &at(80), Format::Markdown));
}

#[test]
fn a_report_of_a_few_articles() {
    insta::assert_snapshot!("few_80", rendered(&few(), &at(80), Format::Terminal));
    insta::assert_snapshot!("few_140", rendered(&few(), &at(140), Format::Terminal));
    insta::assert_snapshot!("few_markdown", rendered(&few(), &at(80), Format::Markdown));
}

#[test]
fn the_first_line_of_a_few_articles_says_what_they_are() {
    let text = rendered(&few(), &at(200), Format::Terminal);
    let line = "The Gazette 1 article, The Ledger 2, one event. These describe three articles, not two outlets. A contested label can be accurate.";
    assert_eq!(text.lines().nth(3), Some(line));
    assert!(!rendered(&pooled(), &at(200), Format::Terminal).contains("These describe"));
}

#[test]
fn no_banned_word_in_any_view() {
    for report in [pooled(), few()] {
        for view in views() {
            for format in [Format::Terminal, Format::Markdown] {
                let text = rendered(&report, &view, format)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .to_lowercase();
                for word in BANNED {
                    assert!(!text.contains(word), "{word} in {view:?}");
                }
            }
        }
    }
}

#[test]
fn every_column_of_numbers_is_explained() {
    for report in [pooled(), few()] {
        for view in views() {
            let document = outline(&report, &view);
            let explained: BTreeSet<&str> = document
                .blocks
                .iter()
                .filter_map(|block| match block {
                    Block::Definitions(entries) => Some(entries),
                    _ => None,
                })
                .flatten()
                .map(|(name, _)| name.as_str())
                .collect();
            for column in document.tables().flat_map(|table| &table.columns) {
                let meaning = column.key.meaning();
                assert_eq!(meaning.is_none(), column.key == Key::Name, "{column:?}");
                if let Some((name, _)) = meaning {
                    assert!(explained.contains(name), "{} is not in the legend", column.header);
                }
            }
        }
    }
}

#[test]
fn rates_have_their_unit_in_the_head() {
    let view = View { per: 100_000.0, ..at(140) };
    for column in outline(&pooled(), &view).tables().flat_map(|table| &table.columns) {
        if matches!(column.key, Key::Rate | Key::SideRate | Key::Difference) {
            assert!(column.header.contains("/100k"), "{}", column.header);
        }
    }
}

#[test]
fn no_p_without_effect_and_interval() {
    let mut report = pooled();
    for row in &mut report.comparisons {
        (row.low, row.high, row.p, row.q) = (None, None, Some(0.012), Some(0.013));
    }
    let view = View { table: Some(TableName::Comparisons), ..at(140) };
    let text = rendered(&report, &view, Format::Terminal);
    assert!(!text.contains(".012") && !text.contains(".013"), "{text}");
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for report in [pooled(), few()] {
        for width in [40, 60, 80, 100, 140, 200] {
            for view in views() {
                let text = rendered(&report, &View { width, ..view }, Format::Terminal);
                for line in text.lines() {
                    assert!(line.width() <= width, "{width}: {line}");
                }
            }
        }
    }
}

#[test]
fn colour_only_where_it_is_wanted() {
    let plain = rendered(&pooled(), &at(80), Format::Terminal);
    assert!(!plain.contains('\u{1b}'));
    let coloured = rendered(&pooled(), &View { color: true, ..at(80) }, Format::Terminal);
    assert!(coloured.contains("\u{1b}[1;4mleftist\u{1b}[0m"));
    let codes = coloured.matches("\u{1b}[").count();
    assert_eq!(codes, 2 * coloured.matches("\u{1b}[0m").count(), "every colour is ended");
}

#[test]
fn names_of_tables_are_found_again() {
    for &table in TableName::ALL {
        assert_eq!(TableName::named(table.name()), Some(table));
    }
    assert_eq!(TableName::named("rate"), None);
}

#[test]
fn the_record_is_read_back() {
    for report in [pooled(), few()] {
        let text = rendered(&report, &at(80), Format::Json);
        let read: Report = serde_json::from_str(&text).expect("the record is JSON");
        assert_eq!(read, report);
        assert!(
            text.ends_with("}\n")
                && text.starts_with("{\n  \"schema\": \"parallax.report/1\",\n  \"tool\": {\n")
        );
    }
    for &table in TableName::ALL {
        let text = rendered(&pooled(), &View { table: Some(table), ..at(80) }, Format::Json);
        assert!(serde_json::from_str::<Vec<serde_json::Value>>(&text).is_ok(), "{}", table.name());
    }
}

#[test]
fn records_keep_to_the_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../docs/report.schema.json"))
            .expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is one");
    for report in [pooled(), few()] {
        let record = serde_json::to_value(&report).expect("a record");
        let errors: Vec<String> = validator
            .iter_errors(&record)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let mut broken = serde_json::to_value(pooled()).expect("a record");
    broken["rates"][0]["hits"] = serde_json::json!(-1);
    assert!(!validator.is_valid(&broken));
    broken = serde_json::to_value(pooled()).expect("a record");
    broken["settings"]["surprise"] = serde_json::json!(1);
    assert!(!validator.is_valid(&broken));
}

#[test]
fn csv_has_a_field_a_column_in_every_table() {
    for report in [pooled(), few()] {
        for &table in TableName::ALL {
            let text = rendered(&report, &View { table: Some(table), ..at(80) }, Format::Csv);
            let mut reader = ::csv::Reader::from_reader(text.as_bytes());
            let columns = reader.headers().expect("a header").len();
            for record in reader.records() {
                assert_eq!(record.expect("a row").len(), columns, "{}", table.name());
            }
        }
    }
}

#[test]
fn csv_without_a_table_is_a_row_a_cell() {
    let text = rendered(&pooled(), &at(80), Format::Csv);
    assert_eq!(text.lines().count(), 1 + pooled().rates.len());
    assert!(text.starts_with("outlet,lexicon,category,voice,hits,words,articles,articles_with_hits,rate_per_1000,low_per_1000,high_per_1000,tier,"));
    let missing =
        text.lines().find(|line| line.starts_with("gazette,labels,unused,all,")).expect("the row");
    assert!(missing.starts_with("gazette,labels,unused,all,0,0,0,0,,,,descriptive,"), "{missing}");
    let own = rendered(&pooled(), &View { voice: Some(VoiceGroup::Own), ..at(80) }, Format::Csv);
    assert!(own.lines().skip(1).all(|line| line.contains(",own,")));
}

/// Texts with many characters that act: markup, controls, directions, formulas.
fn texts() -> impl Strategy<Value = String> {
    let acting = prop::sample::select(vec![
        "\u{1b}[31m",
        "\u{202e}",
        "\u{2066}",
        "\u{9b}",
        "\0",
        "\n",
        "\r",
        "\t",
        "|",
        "`",
        "<b>",
        "**",
        "_",
        "](http://x)",
        "\\",
        "=1",
        "+",
        "-",
        "@x",
        "#",
        "> ",
        "1. ",
        "&amp;",
        "\"",
        ",",
        "a",
        "é",
        "漢字",
        "\u{2061}",
        "\u{2064}",
        "\u{e000}",
        "www.",
        "https://",
    ]);
    let parts = prop_oneof![3 => acting.prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(parts, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_of_a_text_acts_on_a_terminal(text in texts()) {
        for report in [pooled(), few()] {
            let shown = rendered(&with_text(report, &text), &at(80), Format::Terminal);
            let acts = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e000}');
            prop_assert!(!shown.contains(acts), "{:?}", shown.chars().find(|c| acts(*c)));
        }
    }

    #[test]
    fn csv_gives_the_text_back(text in texts()) {
        let report = with_text(pooled(), &text);
        let view = View { table: Some(TableName::Warnings), ..at(80) };
        let shown = rendered(&report, &view, Format::Csv);
        let mut reader = ::csv::Reader::from_reader(shown.as_bytes());
        let cell = reader.records().next().expect("a row").expect("readable")[3].to_owned();
        prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
        prop_assert!(cell == text || cell.strip_prefix('\'') == Some(&text));
    }

    #[test]
    fn a_row_of_markdown_has_a_cell_a_column(text in texts()) {
        let view = View { table: Some(TableName::Warnings), ..at(80) };
        let shown = rendered(&with_text(pooled(), &text), &view, Format::Markdown);
        let rows: Vec<&str> = shown.lines().filter(|line| line.starts_with('|')).collect();
        prop_assert_eq!(rows.len(), 3);
        for row in rows {
            let bars = row.replace("\\\\", "").replace("\\|", "").matches('|').count();
            prop_assert_eq!(bars, 4, "{}", row);
        }
        let bare = shown.replace("\\\\", "").replace("\\]", "");
        prop_assert!(!bare.contains('<') && !bare.contains("](") && !bare.contains("://"));
    }
}
