//! Names that are declared and names that are found.

use std::collections::BTreeMap;

use super::read;

fn counts(text: &str, targets: &[(&str, &str, Vec<&str>)]) -> BTreeMap<String, usize> {
    let ids: Vec<&str> = targets.iter().map(|(id, ..)| *id).collect();
    read::read(text, targets, &["leftist", "socialist", "regime"]).mentions(&ids)
}

fn found(text: &str) -> Vec<(String, usize)> {
    counts(text, &[]).into_iter().collect()
}

fn check(text: &str, wanted: &[(&str, usize)]) {
    let found = found(text);
    let found: Vec<(&str, usize)> =
        found.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn a_surname_goes_with_the_full_name() {
    check(
        "Prime Minister Ada Kern spoke. Ms. Kern left. Then Kern’s aide sang.",
        &[("Ada Kern", 3)],
    );
    check(
        "We saw Ada Kern and Otto Kern. Later Kern left.",
        &[("Ada Kern", 1), ("Kern", 1), ("Otto Kern", 1)],
    );
    check("They met Raúl Orta. Then Raul Orta left.", &[("Raúl Orta", 2)]);
}

#[test]
fn sentence_starts_are_no_names() {
    check("Critics spoke. Yesterday was Monday. However, nobody in March came.", &[]);
    check("Vessia spoke.", &[]);
    check("Vessia spoke. They left Vessia.", &[("Vessia", 2)]);
    check("“Sanctions hurt,” he said: “Nobody wins.”", &[]);
}

#[test]
fn titles_and_peoples_are_no_names() {
    check("The President met Canadian officials and North Korean envoys.", &[]);
    check(
        "Then Secretary of State Ada Kern met Foreign Minister Otto Lund.",
        &[("Ada Kern", 1), ("Otto Lund", 1)],
    );
    check("He met First Minister of Vessia Ada Kern.", &[("Ada Kern", 1), ("Vessia", 1)]);
}

#[test]
fn institutions_keep_their_inner_words() {
    check("It told the Bank of Vessia so.", &[("Bank of Vessia", 1)]);
    check(
        "It told the Ministry of Health and the U.S. so.",
        &[("Ministry of Health", 1), ("U.S.", 1)],
    );
    check("A seat for the Socialist Party of Vessia is safe.", &[("Socialist Party of Vessia", 1)]);
    check("He heard Ludwig van Dorn sing.", &[("Ludwig van Dorn", 1)]);
}

#[test]
fn headlines_hold_names_that_the_body_has() {
    check("KERN BLASTS RIVALS OVER TAXES\n\nOn Monday Ada Kern spoke.", &[("Ada Kern", 2)]);
}

#[test]
fn a_declared_name_is_no_piece_of_another() {
    let targets = [
        ("kern", "person", vec!["Ada Kern", "Kern"]),
        ("vessia", "state", vec!["Vessia", "the North"]),
        ("pm", "person", vec!["the prime minister"]),
    ];
    let count = |text: &str| counts(text, &targets).into_iter().collect::<Vec<_>>();
    let one = |name: &str, count: usize| (name.to_owned(), count);
    assert_eq!(count("Kern’s aide saw Mr. Kern and Ada Kern."), [one("kern", 3)]);
    assert_eq!(count("They met at Kern Tower."), [one("Kern Tower", 1)]);
    assert_eq!(count("They met Otto Kern."), [one("Otto Kern", 1)]);
    assert_eq!(count("He reads the Vessia Gazette."), [one("Vessia Gazette", 1)]);
    assert_eq!(count("The north of the North is cold."), [one("vessia", 1)]);
    assert_eq!(count("The Prime Minister left; the prime minister won."), [one("pm", 2)]);
}

#[test]
fn a_found_surname_goes_with_the_declared_person() {
    let targets = [("kern", "person", vec!["Ada Kern"])];
    assert_eq!(counts("We saw Ada Kern. Then Kern left.", &targets)["kern"], 2);
}

#[test]
fn most_mentioned_first() {
    let reading = read::read("They asked Orland or Vessia, and Vessia again.", &[], &[]);
    let order: Vec<(String, usize)> =
        reading.links.by_mentions().iter().map(|&(t, c)| (reading.name(t, &[]), c)).collect();
    assert_eq!(order, [("Vessia".to_owned(), 2), ("Orland".to_owned(), 1)]);
}
