//! What the rules of matching say, a case each.

use super::*;
use crate::lexicon::{Choice, EntryId, GroupKind, NotationError};
use crate::matching::{MatcherFault, RegexFault};

#[test]
fn whole_words_only() {
    assert_eq!(
        kept(vec![term(&["left"])], "Left, leftist, cleft, left's, left"),
        ["Left", "left", "left"]
    );
    assert_eq!(kept(vec![term(&["leftist"])], "a leftist.The end"), ["leftist"]);
    assert!(kept(vec![term(&["don"])], "don't").is_empty());
}

#[test]
fn between_the_words_of_a_phrase() {
    let phrase = || vec![term(&["rogue states"])];
    for text in [
        "rogue states",
        "rogue  \t states",
        "rogue\nstates",
        "rogue \r\n states",
        "rogue-states",
        "rogue\u{a0}states",
        "rogue\u{2011}states",
        "Rogue-\nstates",
    ] {
        assert_eq!(kept(phrase(), text), [text], "{text:?}");
    }
    for text in [
        "rogue. States",
        "rogue.\nStates",
        "rogue, states",
        "rogue\n\nstates",
        "rogue\r\n \r\nstates",
        "rogue (states)",
        "rogue “states”",
        "rogue – states",
        "rogue -- states",
        "rogue/states",
        "roguestates",
    ] {
        assert!(kept(phrase(), text).is_empty(), "{text:?}");
    }
    assert_eq!(
        kept(vec![term(&["far-left"])], "far left, far-left, farleft"),
        ["far left", "far-left"]
    );
}

#[test]
fn text_and_terms_fold_alike() {
    assert_eq!(
        kept(vec![term(&["Raúl"])], "Raul Raúl RAU\u{301}L"),
        ["Raul", "Raúl", "RAU\u{301}L"]
    );
    assert_eq!(kept(vec![term(&["Raul"])], "Raúl’s"), ["Raúl"]);
    assert_eq!(
        kept(vec![exact("Raúl", false, true)], "Raul RAÚL Rau\u{301}l"),
        ["RAÚL", "Rau\u{301}l"]
    );
    assert_eq!(
        kept(vec![exact("ICE", true, false)], "ice ICE Ice ICE's ÍCE"),
        ["ICE", "ICE", "ÍCE"]
    );
    assert_eq!(
        kept(vec![exact("ICE agent*", true, false)], "ICE agents, ice agents"),
        ["ICE agents"]
    );
    assert_eq!(
        kept(vec![term(&["regime"])], "regime’s re\u{ad}\ngime's Régime"),
        ["regime", "re\u{ad}\ngime", "Régime"]
    );
    assert_eq!(kept(vec![term(&["women's"])], "women women’s Women's"), ["women’s", "Women's"]);
    assert_eq!(kept(vec![term(&["states' rights"])], "states’ rights"), ["states’ rights"]);
    assert_eq!(kept(vec![term(&["regime forces"])], "the regime's forces"), ["regime's forces"]);
    assert_eq!(kept(vec![term(&["boss"])], "the boss' boss’s"), ["boss", "boss"]);
}

#[test]
fn full_stops_join_initialisms() {
    let found = kept(vec![term(&["U.S."])], "U.S. us US u.s U.S.'s, U.S.-led");
    assert_eq!(found, ["U.S", "u.s", "U.S", "U.S"]);
    assert_eq!(kept(vec![term(&["us"])], "U.S. us"), ["us"]);
    assert_eq!(
        kept(vec![term(&["U.S. regime"])], "the U.S. regime, U.S-regime"),
        ["U.S. regime", "U.S-regime"]
    );
    assert_eq!(kept(vec![term(&["John F. Kennedy"])], "John F. Kennedy"), ["John F. Kennedy"]);
}

#[test]
fn wildcards_stay_inside_words() {
    assert_eq!(
        kept(vec![term(&["radicali?e*"])], "radicalised Radicalize radicalism"),
        ["radicalised", "Radicalize"]
    );
    assert_eq!(
        kept(vec![term(&["*phobic"])], "homophobic, phobic's phobics"),
        ["homophobic", "phobic"]
    );
    assert_eq!(
        kept(vec![term(&["war on * terror"])], "war on global terror, war on terror"),
        ["war on global terror"]
    );
    assert_eq!(find(vec![term(&["radical* left*"])], "radical leftists")[0].wildcards, 2);
}

#[test]
fn the_leftmost_then_the_longest_is_kept() {
    let (rogue, states) = (EntryId(0), EntryId(1));
    let found = all(vec![term(&["rogue"]), term(&["rogue states"])], "rogue states");
    let overlapped = Some(Dropped::Overlapped(states, Span::new(0, 12)));
    assert_eq!(found, [("rogue", overlapped), ("rogue states", None)]);

    let aliens = vec![term(&["illegal", "illegals"]), term(&["illegal alien", "illegal aliens"])];
    assert_eq!(kept(aliens, "illegal aliens"), ["illegal aliens"]);

    let chain = vec![term(&["b c d"]), term(&["a b"])];
    assert_eq!(kept(chain, "a b c d"), ["a b"]);

    let wild = find(vec![term(&["regim*"]), term(&["regime"])], "regime");
    assert_eq!((wild[0].dropped.is_some(), wild[1].dropped), (true, None));
    let first = find(vec![term(&["regime"]), term(&["Regime"])], "regime");
    assert_eq!(first[1].dropped, Some(Dropped::Overlapped(rogue, Span::new(0, 6))));
    assert!(first[0].is_found() && first[1].is_found());
}

#[test]
fn what_is_refused_leaves_its_place_to_others() {
    let terms = vec![term(&["illegal"]), unless("illegal aliens", &["illegal aliens act"])];
    assert_eq!(kept(terms, "the illegal aliens act"), ["illegal"]);
}

#[test]
fn one_span_is_one_hit_of_an_entry() {
    let found = find(vec![term(&["left*", "leftist", "left?st"])], "leftist");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].wildcards, 0);
    let nested = find(vec![term(&["rogue", "rogue states"])], "rogue states");
    assert!(!nested[0].is_found() && nested[1].is_found());
}

#[test]
fn unless_drops_what_it_covers() {
    let left = || vec![unless("left", &["(left)", "left the *", "left behind", "* left"])];
    let dropped = |text| find(left(), text)[0].dropped;
    assert_eq!(dropped("Freeland (left) told"), Some(Dropped::Unless(0)));
    assert_eq!(dropped("Left, he went"), None);
    assert_eq!(dropped("Left the house"), Some(Dropped::Unless(1)));
    assert_eq!(dropped("left\u{a0}the-house"), Some(Dropped::Unless(1)));
    assert_eq!(dropped("left the, house"), None);
    assert_eq!(dropped("left-behind"), Some(Dropped::Unless(2)));
    assert_eq!(dropped("He left"), Some(Dropped::Unless(3)));
    assert_eq!(dropped("He (left) went"), Some(Dropped::Unless(0)));
    let fragment = vec![unless("far left", &["left behind"])];
    assert_eq!(kept(fragment, "far left behind"), ["far left"]);
    assert!(kept(vec![unless("ice*", &["ice* cream?"])], "ICED creams").is_empty());
}

#[test]
fn zones_and_voices() {
    let text = "Rogue rogue\n\nrogue state";
    let layout = Layout {
        segments: vec![
            segment(0, 6, Zone::Headline, Voice::Own),
            segment(6, 13, Zone::Caption, Voice::Own),
            segment(13, 15, Zone::Body, Voice::Quoted),
            segment(15, text.len(), Zone::Body, Voice::Own),
        ],
        ..Layout::default()
    };
    let found =
        Matcher::new(&inventory(vec![term(&["rogue"])])).unwrap().find(&Folded::new(text), &layout);
    let shown: Vec<_> = found.iter().map(|hit| (hit.zone, hit.voice, hit.dropped)).collect();
    assert_eq!(
        shown,
        [
            (Zone::Headline, Voice::Own, None),
            (Zone::Caption, Voice::Own, Some(Dropped::Zone)),
            (Zone::Body, Voice::Quoted, None),
        ]
    );
    let phrase = inventory(vec![term(&["rogue rogue"])]);
    let found = Matcher::new(&phrase).unwrap().find(&Folded::new(text), &layout);
    assert_eq!(found[0].dropped, Some(Dropped::Zone));
}

#[test]
fn no_match_across_the_border_of_a_quotation() {
    let text = "the rogue states said";
    let layout = Layout { quotations: vec![Span::new(4, 9)], ..body(text) };
    let terms = vec![
        term(&["rogue states"]),
        term(&["rogue"]),
        term(&["states said"]),
        regex("rogue states|states"),
    ];
    let found = Matcher::new(&inventory(terms)).unwrap().find(&Folded::new(text), &layout);
    let shown: Vec<_> =
        found.iter().map(|hit| (hit.span.of(text), hit.dropped.is_none())).collect();
    assert_eq!(
        shown,
        [("rogue", true), ("rogue states", false), ("states", false), ("states said", true)]
    );
    assert_eq!(found[1].dropped, Some(Dropped::Quotation));
}

#[test]
fn regular_expressions_keep_to_words_and_paragraphs() {
    assert_eq!(
        kept(vec![regex("so[- ]called")], "So-called, so called; also called"),
        ["So-called", "so called"]
    );
    assert_eq!(kept(vec![regex("left|leftist")], "leftist lefty left's"), ["leftist", "left"]);
    assert_eq!(kept(vec![regex(r"don")], "don't don"), ["don"]);
    assert_eq!(
        kept(vec![regex(r"rogue\s+states")], "rogue\n\nstates rogue\nstates"),
        ["rogue\nstates"]
    );
    assert_eq!(kept(vec![regex(r"\((?:left|right)\)")], "he (left) stood"), ["left"]);
    assert_eq!(kept(vec![regex("régime")], "RÉGIME regime"), ["RÉGIME"]);
    let covered = Term { unless: vec!["left behind".to_owned()], ..regex("lef?t") };
    assert!(kept(vec![covered], "left behind").is_empty());
}

#[test]
fn a_match_sees_a_few_thousand_bytes_of_a_long_paragraph() {
    let words = |count: usize| "word ".repeat(count);
    let reaching = || vec![regex(r"left(?: \w+)* right")];
    // Two blocks of 2,048 bytes are seen as a whole, wherever the match begins.
    for before in [0, 100, 397] {
        let text = format!("{}left {}right", words(before), words(405 - before));
        assert_eq!(kept(reaching(), &text).len(), 1, "{before}");
    }
    // Behind them at least one block is seen.
    for before in [0, 409, 410, 2000] {
        let near = format!("{}left {}right {}", words(before), words(405), words(3000));
        assert_eq!(kept(reaching(), &near).len(), 1, "{before}");
        let far = format!("{}left {}right {}", words(before), words(820), words(3000));
        assert_eq!(kept(reaching(), &far).len(), 0, "{before}");
    }
    // With the literal at many places, or none, the same.
    let many = format!("{}left {}right {}", "left ".repeat(900), words(820), words(3000));
    assert_eq!(kept(reaching(), &many).len(), 0);
    let free = || vec![regex(r"\w+(?: \w+)* right|left")];
    let text = format!("{}left {}", words(3000), words(3000));
    assert_eq!(kept(free(), &text), ["left"]);
    // The end of what is seen is no end of the text.
    let at_end = || vec![regex(r"(?:word\s+)+$|left")];
    assert_eq!(kept(at_end(), &format!("{text}done")), ["left"]);
    assert_eq!(kept(at_end(), "left word word ").len(), 2);
    let last = format!("{}left {}é", "é ".repeat(3001), "é ".repeat(3000));
    assert_eq!(kept(vec![regex(r"left|\bé$")], &last).len(), 2);
}

#[test]
fn faults_name_the_term() {
    let fault = |term| Matcher::new(&inventory(vec![term])).unwrap_err();
    assert_eq!(
        fault(term(&["left, right"])).fault,
        MatcherFault::Form {
            form: "left, right".to_owned(),
            error: NotationError::Punctuation { mark: ',', at: 4 }
        }
    );
    assert_eq!(
        fault(unless("left", &[""])).fault,
        MatcherFault::Unless { pattern: String::new(), error: NotationError::Empty }
    );
    assert!(matches!(fault(regex("(")).fault, MatcherFault::Regex(RegexFault::Syntax(_))));
    assert!(matches!(fault(regex("a*")).fault, MatcherFault::Regex(RegexFault::Empty)));
    let large = fault(regex(r"\w{1000}\w{1000}"));
    assert!(matches!(large.fault, MatcherFault::Regex(RegexFault::TooLarge { .. })));
    assert!(large.to_string().starts_with(r"lexicon `one`, term `\w{1000}"));
}

#[test]
fn negation_reaches_three_words_within_the_clause() {
    let negated = |text| find(vec![term(&["dictator"])], text)[0].negated;
    for text in [
        "not a dictator",
        "he isn’t a brutal dictator",
        "no longer a dictator",
        "never a “real dictator”",
        "without any dictator",
    ] {
        assert!(negated(text), "{text}");
    }
    for text in [
        "a dictator, not",
        "not, he said, a dictator",
        "not one of the worst dictator types",
        "not a king but a dictator",
        "not only a dictator",
        "no doubt a dictator",
        "not. A dictator",
        "not\n\na dictator",
        "he is a dictator",
        "a never-ending dictator",
        "don't just call him dictator",
    ] {
        assert!(!negated(text), "{text}");
    }
}

#[test]
fn groups_never_disturb_one_another() {
    let mut one = lexicon(
        "one",
        vec![
            category(ZoneSet::DEFAULT, vec![term(&["rogue"])]),
            category(ZoneSet::DEFAULT, vec![term(&["rogue states"])]),
        ],
    );
    let variants = [("regime".to_owned(), vec![term(&["rogue*"])])].into();
    one.choices.push(Choice {
        id: "choice".to_owned(),
        title: String::new(),
        description: String::new(),
        variants,
        place: 0..0,
    });
    let inventory = Inventory::new(vec![one]);
    assert_eq!(inventory.groups()[2].kind, GroupKind::Choice(0));
    let text = "rogue states";
    let found = Matcher::new(&inventory).unwrap().find(&Folded::new(text), &body(text));
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|hit| hit.dropped.is_none()));
}

#[test]
fn a_text_without_a_layout_is_body() {
    let found = Matcher::new(&inventory(vec![term(&["left"])])).unwrap();
    let hit = &found.find(&Folded::new("left"), &Layout::default())[0];
    assert_eq!((hit.zone, hit.voice, hit.dropped), (Zone::Body, Voice::Own, None));
}
