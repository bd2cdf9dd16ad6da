//! What must hold for every text.

use proptest::prelude::*;

use super::read;
use crate::lexicon::Inventory;
use crate::matching::Matcher;

fn inventory() -> Inventory {
    let targets: [(&str, &str, Vec<&str>); 3] = [
        ("kern", "person", vec!["Ada Kern", "Kern"]),
        ("vessia", "state", vec!["Vessia", "the North", "Vessian"]),
        ("hand", "group", vec!["Green Hand"]),
    ];
    read::inventory(
        &targets,
        &["leftist", "dictators", "regime", "rogue state", "extremists", "far-right", "crisis"],
    )
}

fn check(text: &str, inventory: &Inventory, matcher: &Matcher) {
    let reading = read::read_matched(text, inventory, matcher);
    let (hits, links) = (&reading.hits, &reading.links);
    assert!(links.targets.is_sorted());
    for pair in links.mentions.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{text:?} {pair:?}");
    }
    for mention in &links.mentions {
        assert!(!mention.span.is_empty() && text.get(mention.span.range()).is_some());
        assert!(mention.target < links.targets.len());
    }
    let layout = read::layout(text);
    for label in &links.labels {
        let (hit, mention) = (&hits[label.hit], &links.mentions[label.mention]);
        assert_eq!(label.target, mention.target);
        assert!(!hit.negated && hit.dropped.is_none());
        assert!(inventory.category(hit.entry).is_some());
        assert!(!hit.span.overlaps(mention.span));
        let sentence = layout.sentence_at(hit.span.start);
        assert_eq!(sentence, layout.sentence_at(mention.span.start), "{text:?}");
        let between = hit.span.end.min(mention.span.end)..hit.span.start.max(mention.span.start);
        assert!(!text[between.start as usize..between.end as usize].contains(';'));
        if matches!(label.rule, "premodifier" | "compound") {
            let stands_between = links.mentions.iter().any(|other| {
                let shares =
                    links.labels.iter().any(|l| l.hit == label.hit && l.target == other.target);
                let adjective = other.span.of(text).eq_ignore_ascii_case("Vessian");
                other.span.start >= between.start
                    && other.span.end <= between.end
                    && other.target != label.target
                    && !shares
                    && !adjective
            });
            assert!(!stands_between, "{text:?} {label:?}");
        }
    }
    let again = read::read_matched(text, inventory, matcher);
    assert_eq!(again.links, reading.links);
}

proptest! {
    #[test]
    fn holds_for_any_text(text in any::<String>()) {
        let inventory = inventory();
        check(&text, &inventory, &Matcher::new(&inventory).unwrap());
    }

    #[test]
    fn holds_for_dense_mixtures(pieces in prop::collection::vec(prop::sample::select(vec![
        "Ada Kern", "Kern", "Kern's", "Vessia", "Vessian", "the North", "Green Hand", "Otto Lund", "Bank", "U.S.",
        "leftist", "Leftist", "dictators", "regime", "rogue state", "extremists", "far-right", "crisis", "the", "a",
        "of", "in", "and", "like", "such as", "other", "including", "is", "are", "was", "not", "called", "described",
        "as", "by", "who", "if", "that", "said", "President", "Secretary of State", "President of", "Party", "late",
        "former", ",", ", ", ";", ".", ". ", "?", "(", ")", " — ", "-", "“", "”", "\n\n", "’s", "61", "é", "\u{ad}",
    ]), 0..30)) {
        let inventory = inventory();
        let matcher = Matcher::new(&inventory).unwrap();
        check(&pieces.join(" "), &inventory, &matcher);
        check(&pieces.concat(), &inventory, &matcher);
    }
}
