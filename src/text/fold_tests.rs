#![allow(clippy::expect_used)]

use proptest::prelude::*;

use super::super::fold_words::Slow;
use super::*;

/// A word: span, end without possessive ending, form, form without it, what stands before.
type Shown = (Span, u32, String, String, Span);

fn shown_words(folded: &Folded) -> Vec<Shown> {
    let of = |(index, token): (usize, &Token)| {
        let (form, bare) = (folded.form(token).to_owned(), folded.bare(token).to_owned());
        (token.span, token.bare_end, form, bare, folded.gap_span(index))
    };
    folded.tokens().iter().enumerate().map(of).collect()
}

/// The same with every word read a character at a time and no mask.
fn slow_words(text: &str, wild: bool) -> Vec<Shown> {
    let (mut words, mut at, mut rest) = (Vec::new(), 0, 0);
    while let Some(c) = text[at..].chars().next() {
        if kind(c) == Kind::Word || wild && matches!(c, '*' | '?') {
            let mut form = String::new();
            let word = Slow { text, wild }.word(at, &mut form);
            let bare = form[..form.len() - word.cut as usize].to_owned();
            words.push((word.span, word.bare_end, form, bare, Span::new(rest, at)));
            (at, rest) = (word.rest as usize, word.rest as usize);
        } else {
            at += c.len_utf8();
        }
    }
    words
}

/// Folds with every set of instructions; all must agree with the slow way.
fn check_words(text: &str) {
    for level in Level::all() {
        let mut folded = Folded::with_level(level);
        for wild in [true, false] {
            folded.fill(text, wild);
            let name = level.name();
            assert_eq!(shown_words(&folded), slow_words(text, wild), "{text:?} {wild} {name}");
        }
        assert_eq!(folded.lower(), text.to_ascii_lowercase());
        for token in folded.tokens().iter().filter(|token| token.is_plain()) {
            assert_eq!(&folded.forms()[token.span.range()], folded.bare(token).as_bytes());
        }
    }
}

#[test]
fn words_at_the_borders_of_blocks() {
    let hard = [
        "U.S.'s't",
        "don't",
        "don’t",
        "states'",
        "states’ ",
        "d'é",
        "s'é",
        "é's",
        "foo\u{200b}\u{200b}é",
        "a.b.",
        "x\u{ad}\ny's",
        "'s",
        "s's",
        "U.S.’s’t",
        "I’m",
        "I. J. K",
        "Rau\u{301}l’s",
        "’’s",
        "ſ'ſ",
        "*?'s.a",
        "don’t*",
        "S''Ж",
        "don’t?s",
    ];
    for word in hard {
        for before in (0..4).chain(50..70).chain([126, 127, 128]) {
            check_words(&format!("{}{word}", "-".repeat(before)));
            check_words(&format!("{}{word} z", "q".repeat(before)));
        }
    }
}

/// The forms, with `+` before a word that is joined to the one before.
fn shown(text: &str) -> String {
    let folded = Folded::new(text);
    let mut out = Vec::new();
    for (index, token) in folded.tokens().iter().enumerate() {
        let join = if folded.gap(index) == Gap::Joined { "+" } else { "" };
        out.push(format!("{join}{}", folded.form(token)));
    }
    out.join(" ")
}

fn bare(text: &str) -> Vec<String> {
    let folded = Folded::new(text);
    folded.tokens().iter().map(|token| folded.bare(token).to_owned()).collect()
}

fn sources(text: &str) -> Vec<&str> {
    let folded = Folded::new(text);
    folded.tokens().iter().map(|token| token.bare_span().of(text)).collect()
}

fn exact(text: &str, case: bool, accents: bool) -> String {
    let folded = Folded::new(text);
    let mut out = String::new();
    let token = folded.tokens().first().expect("a word");
    folded.exact_form(token, Exactness { case, accents }, true, &mut out);
    out
}

#[test]
fn case_and_accents_fold() {
    assert_eq!(shown("Raúl RAUL Rau\u{301}l"), "raul +raul +raul");
    assert_eq!(shown("Wałęsa Malmö Ørsted encyclopædia"), "walesa +malmo +orsted +encyclopaedia");
    assert_eq!(shown("Straße ΣΟΦΟΣ σοφος"), "strasse +σοφοσ +σοφοσ");
}

#[test]
fn typography_folds() {
    assert_eq!(shown("don’t don't donʼt"), "don't +don't +don't");
    assert_eq!(shown("of\u{fb01}ce ｌｅｆｔ"), "office +left");
    assert_eq!(shown("re\u{ad}gime re\u{200b}gime"), "regime +regime");
    assert_eq!(shown("far\u{2011}right far\u{a0}right"), "far +right +far +right");
    assert_eq!(shown("footnote² ½ cup"), "footnote cup");
}

#[test]
fn a_word_broken_by_a_soft_hyphen_is_one_word() {
    assert_eq!(shown("govern\u{ad}\nment"), "government");
    assert_eq!(shown("govern\u{ad}\r\n  ment"), "government");
    assert_eq!(shown("govern\u{ad}\n\nment"), "govern ment");
    assert_eq!(shown("govern-\nment"), "govern +ment");
    assert_eq!(sources("govern\u{ad}\nment's"), ["govern\u{ad}\nment"]);
}

#[test]
fn gaps() {
    assert_eq!(shown("a b\tc \n d\r\ne"), "a +b +c +d +e");
    assert_eq!(shown("a\n\nb\n \nc\r\n\r\nd\u{2029}e"), "a b c d e");
    assert_eq!(shown("ab-cd ab--cd ab - cd ab- cd ab–cd"), "ab +cd +ab cd +ab cd +ab cd +ab cd");
    assert_eq!(shown("ab, cd (ef) gh. ij / kl"), "ab cd ef gh ij kl");
    assert_eq!(shown("ab “cd” 'ef' gh"), "ab cd ef gh");
}

#[test]
fn possessives_come_off() {
    assert_eq!(
        bare("regime's regime’s REGIME'S states' states’ O'Brien"),
        ["regime", "regime", "regime", "states", "states", "o'brien"]
    );
    assert_eq!(sources("regime’s states’"), ["regime", "states"]);
    assert_eq!(shown("women's states' rights"), "women's +states' +rights");
    assert_eq!(bare("'tis 's s' it's"), ["tis", "s", "s", "it"]);
    assert_eq!(sources("Raúl’s Rau\u{301}l's"), ["Raúl", "Rau\u{301}l"]);
}

#[test]
fn full_stops_join_initialisms_only() {
    assert_eq!(shown("leftist.The x.The 3.5"), "leftist the +x the +3 5");
    assert_eq!(shown("the U.S. government"), "the +u.s +government");
    assert_eq!(shown("the U.S government in the U.S.A."), "the +u.s +government +in +the +u.s.a");
    assert_eq!(shown("e.g. this; U.S.-led"), "e.g +this u.s +led");
    assert_eq!(bare("the U.S.'s U.S.’s plan"), ["the", "u.s", "u.s", "plan"]);
    assert_eq!(sources("the U.S. and U.S.’s"), ["the", "U.S", "and", "U.S"]);
    assert_eq!(shown("John F. Kennedy"), "john +f +kennedy");
    assert_eq!(shown("a. b... C... D"), "a b c d");
}

#[test]
fn exact_forms_keep_what_is_asked() {
    assert_eq!(exact("ICE", true, false), "ICE");
    assert_eq!(exact("Rau\u{301}l’s", false, true), "raúl's");
    assert_eq!(exact("Rau\u{301}l’s", true, false), "Raul's");
    assert_eq!(exact("Raúl", true, true), "Raúl");
    assert_eq!(exact("U.S.’s", true, true), "U.S's");
}

#[test]
fn gap_texts_lie_between_words() {
    let folded = Folded::new("(the U.S.), left's.");
    let gaps: Vec<&str> = (0..=3).map(|index| folded.gap_text(index)).collect();
    assert_eq!(gaps, ["(", " ", "), ", "."]);
}

#[test]
fn words_are_found_by_their_bytes() {
    let folded = Folded::new("ab, cd ef");
    let within = |start, end| folded.tokens_in(Span::new(start, end));
    assert_eq!(within(0, 9), 0..3);
    assert_eq!(within(1, 5), 0..2);
    assert_eq!(within(2, 4), 1..1);
}

#[test]
fn patterns_hold_wildcards() {
    let folded = Folded::of_pattern("radicali?e* * left");
    let forms: Vec<&str> = folded.tokens().iter().map(|token| folded.form(token)).collect();
    assert_eq!(forms, ["radicali?e*", "*", "left"]);
}

#[test]
fn no_word_is_folded_to_nothing() {
    let folded = Folded::new("ͺ ");
    assert_eq!(folded.tokens().iter().map(|token| folded.form(token)).collect::<Vec<_>>(), ["ͺ"]);
    check_words("ͺ ");
}

proptest! {
    #[test]
    fn any_text_folds(text in prop_oneof![
        "\\PC{0,40}",
        "[a-cA-Sé'’.\u{ad}\u{301}\u{200b}\r\n -]{0,30}",
        any::<String>(),
    ]) {
        check_words(&text);
        let folded = Folded::new(&text);
        let mut end = 0;
        for token in folded.tokens() {
            prop_assert!(token.span.start >= end);
            prop_assert!(token.span.start < token.bare_end && token.bare_end <= token.span.end);
            prop_assert!(text.is_char_boundary(token.span.start as usize));
            prop_assert!(text.is_char_boundary(token.bare_end as usize));
            prop_assert!(text.is_char_boundary(token.span.end as usize));
            prop_assert!(folded.form(token).starts_with(folded.bare(token)));
            prop_assert!(!folded.bare(token).is_empty());
            end = token.span.end;
        }
        let mut again = Folded::new("something else’s");
        again.fold_into(&text);
        prop_assert_eq!(again.tokens(), folded.tokens());
    }

    #[test]
    fn masks_agree_with_the_slow_way(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "a", "S", "s", "Us", "9", "'", "’", "ʼ", ".", " ", " ", "-", "é", "E\u{301}", "\u{301}", "\u{ad}", "\n",
            "\u{200b}", "“", "”", "…", "\u{a0}", "word", "U.S.", "don’t", "it's", "Ж", "한", "*", "²", "\u{fe0f}",
        ]), 0..120),
        before in 0..70_usize,
    ) {
        check_words(&format!("{}{}", "x".repeat(before), pieces.concat()));
    }

    #[test]
    fn folding_is_stable(text in "[a-zA-Zéßæøİ’']{0,12}") {
        let once = Folded::new(&text);
        for token in once.tokens() {
            let twice = Folded::new(once.form(token));
            prop_assert_eq!(twice.tokens().len(), 1);
            prop_assert_eq!(twice.form(&twice.tokens()[0]), once.form(token));
        }
    }
}
