#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

fn place_of_error(rule: &str) -> (usize, String) {
    let error = parse(rule).unwrap_err();
    (error.fault.place.start, error.fault.message.clone())
}

#[test]
fn rules_that_are_understood() {
    for rule in [
        "rate(ideology-label, own) > 2.0",
        "change(ideology-label) > 20%",
        "change(ideology-label) > 20 %",
        "change(a/b, quoted, \"The Globe & Mail\") <= -0.5",
        "rate(a)>1 and rate(b)<2 or (change(c, all) >= 3 and rate(d) <= 4)",
        "RATE(a) > 1 AND rate(b) > 1",
    ] {
        assert!(parse(rule).is_ok(), "{rule}");
    }
    let Node::Or(parts) = parse("rate(a) > 1 or rate(b) > 1 and rate(c) > 1").unwrap().root else {
        panic!("no tree");
    };
    assert_eq!(parts.len(), 2, "“and” binds more closely than “or”");
}

#[test]
fn errors_point_at_the_character() {
    for (rule, place) in [
        ("", 0),
        ("rat(a) > 1", 0),
        ("rate a > 1", 5),
        ("rate() > 1", 5),
        ("rate(a, loud) > 1", 8),
        ("rate(a b) > 1", 7),
        ("rate(a) = 1", 8),
        ("rate(a) > high", 10),
        ("rate(a) > 20%", 10),
        ("rate(a) > 1 xor rate(b) > 1", 12),
        ("rate(a) > 1 and", 15),
        ("(rate(a) > 1", 12),
        ("rate(\"a) > 1", 5),
        ("change(é, größe) > 1", 11),
        ("rate(a) > NaN", 10),
        ("rates(a) > 1", 0),
        ("rate(a) > 1,5", 11),
        ("rate(a) > 1 && rate(b) > 1", 12),
        ("rate(a) >> 1", 9),
        ("rate(a) != 1", 8),
        ("rate(a) => 1", 8),
        ("rate(a, own, b, c) > 1", 14),
        ("rate(a, own, ) > 1", 13),
        ("rate(a) > 1 rate(b) > 1", 12),
        ("rate(a) 1", 8),
        ("not rate(a) > 1", 0),
        ("change(a) > 20 percent", 15),
        ("rate(“The Globe”) > 1", 5),
        ("rate(a) > 1and rate(b) > 1", 10),
        ("rate(a)) > 1", 7),
        ("rate(\"\") > 1", 5),
    ] {
        assert_eq!(place_of_error(rule).0, place, "{rule}");
    }
    let shown = parse("rate(é, loud) > 1").unwrap_err().to_string();
    assert!(shown.contains("\n  |         ^"), "{shown}");
}

#[test]
fn brackets_have_a_depth() {
    let deep = format!("{}rate(a) > 1{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(place_of_error(&deep).1.contains("too many brackets"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..<_>::default() })]

    #[test]
    fn no_text_makes_it_panic(rule in ".{0,40}") {
        let _ = parse(&rule).map_err(|error| error.to_string());
    }

    #[test]
    fn nor_do_pieces_of_rules(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "rate", "change", "(", ")", ",", "own", "a/b", "\"", ">", "<", "=", "1", "-2.5",
                "%", "20%", "and", "or", " ", "é", "−3", "1e999", "\u{0}", "\n",
            ]),
            0..24,
        )
    ) {
        let rule: String = pieces.concat();
        if let Err(error) = parse(&rule) {
            prop_assert!(error.fault.place.start <= rule.len());
            prop_assert!(rule.is_char_boundary(error.fault.place.start));
            let _ = error.to_string();
        }
    }
}
