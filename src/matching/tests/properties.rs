//! What must hold for every text and every lexicon.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::reference;
use super::*;

fn text() -> impl Strategy<Value = String> {
    let word = select(vec![
        "a",
        "b",
        "ab",
        "ba",
        "A",
        "Ab",
        "é",
        "bé",
        "É",
        "e\u{301}b",
        "a's",
        "b’s",
        "as'",
        "abs",
        "U.S.",
        "u.s",
        "bab",
        "a\u{ad}b",
        "aab",
    ]);
    let gap = select(vec![
        " ", " ", " ", " ", " ", "-", "\n", ", ", "\n\n", " (", ") ", "\u{a0}", " “", "” ", " - ",
        "-\n", ". ", "  ", " \n ", ",",
        "&", " & ", " #", "/",
    ]);
    vec((gap, word), 0..14).prop_map(|pieces| {
        pieces.into_iter().map(|(gap, word)| format!("{gap}{word}")).collect::<String>()
    })
}

fn form() -> impl Strategy<Value = String> {
    let end = select(vec![
        "a", "b", "ab", "A", "é", "Bé", "a*", "*b", "b?", "?", "b*a", "a's", "as'", "U.S.", "*a*",
        "ab*", "e?",
    ]);
    let middle = select(vec!["*", "a", "b", "é*", "U.S."]);
    let border = || select(vec![" ", " ", "-"]);
    prop_oneof![
        3 => end.clone().prop_map(str::to_owned),
        3 => (end.clone(), border(), end.clone()).prop_map(|(a, gap, b)| joined(&[a, gap, b])),
        1 => (end.clone(), border(), middle, border(), end.clone())
            .prop_map(|(a, gap, b, other, c)| joined(&[a, gap, b, other, c])),
        1 => (select(vec!["", "#"]), end.clone(), select(vec!["&", " & ", "/", " "]), end)
            .prop_map(|(mark, a, gap, b)| joined(&[mark, a, gap, b])),
    ]
    .prop_filter("a letter is needed", |form: &String| form.contains(|c: char| c.is_alphabetic()))
}

fn joined(parts: &[&str]) -> String {
    parts.concat()
}

fn unless_pattern() -> impl Strategy<Value = String> {
    let word = || select(vec!["a", "b", "ab", "*", "a*", "é", "b?", "U.S."]);
    let mark = || select(vec!["", "", "(", ",", ") "]);
    let gap = select(vec![" ", " ", "-", ", ", " ("]);
    (mark(), word(), vec((gap, word()), 0..2), mark())
        .prop_map(|(before, first, rest, after)| {
            let rest: String = rest.into_iter().map(|(gap, word)| format!("{gap}{word}")).collect();
            format!("{before}{first}{rest}{after}")
        })
        .prop_filter("a letter or a mark is needed", |pattern| {
            pattern.contains(|c: char| !matches!(c, '*' | '?' | ' ' | '-'))
        })
}

fn any_term() -> impl Strategy<Value = Term> {
    (vec(form(), 1..3), vec(unless_pattern(), 0..2), any::<(bool, bool, bool)>()).prop_map(
        |(forms, unless, (loose, case, accents))| {
            let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
            let mut term = Term { unless, ..term(&forms) };
            if let Pattern::Words { exact_case, exact_accents, .. } = &mut term.pattern {
                (*exact_case, *exact_accents) = (case && !loose, accents && !loose);
            }
            term
        },
    )
}

fn any_lexicon(id: &'static str) -> impl Strategy<Value = Lexicon> {
    let zones = select(vec![
        ZoneSet::DEFAULT,
        ZoneSet::DEFAULT.with(Zone::Caption),
        ZoneSet::EMPTY.with(Zone::Body),
    ]);
    vec((zones, vec(any_term(), 1..5)), 1..3).prop_map(move |categories| {
        lexicon(id, categories.into_iter().map(|(zones, terms)| category(zones, terms)).collect())
    })
}

/// A text and a layout with borders anywhere.
fn laid_out(text: impl Strategy<Value = String>) -> impl Strategy<Value = (String, Layout)> {
    let zone = select(vec![Zone::Body, Zone::Body, Zone::Headline, Zone::Caption]);
    let cuts = vec((0.0..1.0_f64, zone, select(Voice::ALL.to_vec())), 0..4);
    (text, cuts, vec(0.0..1.0_f64, 0..5)).prop_map(|(text, cuts, marks)| {
        let border = |share: f64| {
            let at = (share * text.len() as f64) as usize;
            (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap()
        };
        let mut cuts: Vec<_> =
            cuts.into_iter().map(|(at, zone, voice)| (border(at), zone, voice)).collect();
        cuts.push((0, Zone::Body, Voice::Own));
        cuts.sort();
        cuts.dedup_by_key(|cut| cut.0);
        let ends = cuts.iter().skip(1).map(|cut| cut.0).chain([text.len()]).collect::<Vec<_>>();
        let segments = cuts
            .iter()
            .zip(ends)
            .map(|(&(start, zone, voice), end)| segment(start, end, zone, voice));
        let mut marks: Vec<usize> = marks.into_iter().map(border).collect();
        marks.sort_unstable();
        let layout = Layout {
            segments: segments.collect(),
            quotations: marks.chunks_exact(2).map(|pair| Span::new(pair[0], pair[1])).collect(),
            ..Layout::default()
        };
        (text, layout)
    })
}

fn ids_and_spans(hits: &[Hit], below: u32) -> Vec<Hit> {
    hits.iter().filter(|hit| hit.entry.0 < below).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn the_matcher_agrees_with_the_reference(
        one in any_lexicon("one"),
        two in any_lexicon("two"),
        (text, layout) in laid_out(text()),
    ) {
        let inventory = Inventory::new(vec![one, two]);
        let found = Matcher::new(&inventory).unwrap().find(&Folded::new(&text), &layout);
        let wanted = reference::find(&inventory, &text, &layout);
        prop_assert_eq!(reference::shown(&found), reference::shown(&wanted), "{:?}", text);
    }
}

proptest! {
    #[test]
    fn adding_a_lexicon_changes_nothing_for_others(
        one in any_lexicon("one"),
        two in any_lexicon("two"),
        (text, layout) in laid_out(text()),
    ) {
        let alone = Inventory::new(vec![one.clone()]);
        let both = Inventory::new(vec![one, two]);
        let folded = Folded::new(&text);
        let found = Matcher::new(&alone).unwrap().find(&folded, &layout);
        let with = Matcher::new(&both).unwrap().find(&folded, &layout);
        prop_assert_eq!(ids_and_spans(&with, alone.entries().count() as u32), found);
    }

    #[test]
    fn any_text_is_matched(
        mut one in any_lexicon("one"),
        (text, layout) in laid_out(prop_oneof![any::<String>(), "[aAbé'’. \u{ad}\u{301}*?\r\n-]{0,40}"]),
    ) {
        one.categories[0].terms.push(regex(r"a\W*b|\pL\pM"));
        one.categories[0].terms.push(regex(r"\W.*b"));
        let inventory = Inventory::new(vec![one]);
        let folded = Folded::new(&text);
        let hits = Matcher::new(&inventory).unwrap().find(&folded, &layout);
        for hit in &hits {
            prop_assert!(!hit.span.is_empty());
            prop_assert!(text.get(hit.span.range()).is_some());
            let words = folded.tokens_in(hit.span);
            let (first, last) = (folded.tokens()[words.start], folded.tokens()[words.end - 1]);
            prop_assert_eq!(first.span.start, hit.span.start);
            prop_assert!(hit.span.end == last.span.end || hit.span.end == last.bare_end);
            if matches!(inventory.term(hit.entry).pattern, Pattern::Regex(_)) {
                prop_assert!(!hit.span.of(&text).contains("\n\n"));
                prop_assert!(hit.dropped != Some(Dropped::Quotation));
            }
        }
        for (index, hit) in hits.iter().enumerate() {
            for other in &hits[index + 1..] {
                prop_assert!((hit.span, hit.entry) < (other.span, other.entry));
                let rivals = inventory.entry(hit.entry).group == inventory.entry(other.entry).group
                    && hit.dropped.is_none() && other.dropped.is_none();
                prop_assert!(!(rivals && hit.span.overlaps(other.span)));
            }
            if let Some(Dropped::Overlapped(by, span)) = hit.dropped {
                let there = |other: &&Hit| other.entry == by && other.span == span;
                let winner = hits.iter().find(there).expect("the hit in its place");
                prop_assert!(winner.dropped.is_none() && winner.span.overlaps(hit.span));
            }
        }
    }
}
