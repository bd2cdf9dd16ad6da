//! Further sentences for each rule, beside the set of cases.

use super::read;

/// Vessia and Orland are states, Kara Lind and Tom Brask people, the Green Hand a group, the
/// Orchard Party a party.
fn labels(text: &str) -> Vec<(String, &'static str, String)> {
    let targets: [(&str, &str, Vec<&str>); 6] = [
        ("vessia", "state", vec!["Vessia", "Vessian"]),
        ("orland", "state", vec!["Orland"]),
        ("kara-lind", "person", vec!["Kara Lind", "Lind"]),
        ("tom-brask", "person", vec!["Tom Brask", "Brask", "the Badger"]),
        ("green-hand", "group", vec!["Green Hand"]),
        ("orchard", "party", vec!["Orchard Party"]),
    ];
    let terms = [
        "leftist",
        "dictator",
        "dictators",
        "regime",
        "regimes",
        "rogue state",
        "rogue states",
        "extremist",
        "extremists",
        "threat",
        "crisis",
        "radical",
        "radicals",
        "tyrant",
        "populist",
        "terrorist",
        "socialist",
        "corrupt",
        "dictatorship",
        "extremism",
        "terrorists",
        "far-right",
    ];
    let ids: Vec<&str> = targets.iter().map(|(id, ..)| *id).collect();
    let reading = read::read(text, &targets, &terms);
    let label = |label: &crate::linking::Label| {
        let term = reading.hits[label.hit].span.of(text).to_lowercase();
        (term, label.rule, reading.name(label.target, &ids))
    };
    reading.links.labels.iter().map(label).collect()
}

/// Checks one sentence against "term rule target" triples.
fn check(text: &str, wanted: &[(&str, &str, &str)]) {
    let found = labels(text);
    let found: Vec<(&str, &str, &str)> =
        found.iter().map(|(term, rule, target)| (term.as_str(), *rule, target.as_str())).collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn before_the_name() {
    check(
        "Leftist Vessian Foreign Minister Kara Lind spoke.",
        &[("leftist", "premodifier", "kara-lind")],
    );
    check(
        "He met the corrupt, radical mayor Tom Brask.",
        &[("corrupt", "premodifier", "tom-brask"), ("radical", "premodifier", "tom-brask")],
    );
    check(
        "They fear radical and corrupt Secretary of State Kara Lind.",
        &[("radical", "premodifier", "kara-lind"), ("corrupt", "premodifier", "kara-lind")],
    );
    check(
        "Dictators Kara Lind and Tom Brask met.",
        &[("dictators", "premodifier", "kara-lind"), ("dictators", "premodifier", "tom-brask")],
    );
    check("The leftist Lind government fell.", &[("leftist", "premodifier", "kara-lind")]);
    check("The far-right Vessian government fell.", &[("far-right", "premodifier", "vessia")]);
    check("The leftist Lind supporters sang.", &[]);
    check("Radical Vessian students sang.", &[]);
    check("The regime Tom Brask built has gone.", &[]);
    check("The alleged terrorist Tom Brask was freed.", &[]);
    check("Anti-extremist Kara Lind sang.", &[]);
    check("The “dictator” Tom Brask sang.", &[("dictator", "premodifier", "tom-brask")]);
}

#[test]
fn behind_the_name() {
    check("Aid to the Vessian regime ended.", &[("regime", "compound", "vessia")]);
    check("The Lind regime’s officials left.", &[("regime", "compound", "kara-lind")]);
    check("Members of the Orchard Party regime left.", &[("regime", "compound", "orchard")]);
    check("Green Hand extremists fled.", &[("extremists", "compound", "green-hand")]);
    check("Vessia terrorists fled.", &[]);
    check("An anti-Brask regime came.", &[]);
}

#[test]
fn in_apposition() {
    check("Tom Brask, long a radical, won.", &[("radical", "apposition", "tom-brask")]);
    check("Vessia (a rogue state since 1990) won.", &[("rogue state", "apposition", "vessia")]);
    check("Tom Brask, dictator of Vessia, won.", &[("dictator", "apposition", "tom-brask")]);
    check(
        "Vessia’s longtime dictator, Tom Brask, won.",
        &[("dictator", "apposition", "tom-brask")],
    );
    check("The populist mayor, Kara Lind, won.", &[("populist", "apposition", "kara-lind")]);
    check("After meeting Tom Brask, the dictator left.", &[]);
    check("They fought the dictator, Kara Lind said.", &[]);
    check("Tom Brask, the dictator’s cousin, won.", &[]);
    check("Kara Lind, critic of the regime, won.", &[]);
    check("The mayor of Vessia, a leftist, won.", &[]);
}

#[test]
fn after_be() {
    check("Tom Brask has been a dictator since May.", &[("dictator", "copula", "tom-brask")]);
    check(
        "Vessia and Orland have become rogue states.",
        &[("rogue states", "copula", "vessia"), ("rogue states", "copula", "orland")],
    );
    check("Kara Lind, who is a socialist, won.", &[("socialist", "copula", "kara-lind")]);
    check("The real tyrant is Tom Brask.", &[("tyrant", "copula", "tom-brask")]);
    check("Kara Lind is a banker and a radical.", &[("radical", "copula", "kara-lind")]);
    check("Kara Lind could become a dictator.", &[]);
    check("Kara Lind was attacked by a radical.", &[]);
    check("Friends of Kara Lind are radicals.", &[]);
    check("Is Kara Lind a dictator?", &[]);
    check("They doubt that Kara Lind is a dictator.", &[]);
    check("Kara Lind isn’t a dictator.", &[]);
}

#[test]
fn by_example() {
    check(
        "Rogue states, including Vessia and Orland, left.",
        &[
            ("rogue states", "exemplification", "vessia"),
            ("rogue states", "exemplification", "orland"),
        ],
    );
    check("Such rogue states as Vessia left.", &[("rogue states", "exemplification", "vessia")]);
    check(
        "Vessia, Orland and other rogue states left.",
        &[
            ("rogue states", "exemplification", "vessia"),
            ("rogue states", "exemplification", "orland"),
        ],
    );
    check(
        "Extremist groups like the Green Hand left.",
        &[("extremist", "exemplification", "green-hand")],
    );
    check("Countries that trade with rogue states, including Vessia, left.", &[]);
    check("Opponents of dictators, such as Kara Lind, left.", &[]);
    check("Regime critics like Kara Lind left.", &[]);
}

#[test]
fn by_a_verb_of_naming() {
    check("She referred to Tom Brask as a tyrant.", &[("tyrant", "predication", "tom-brask")]);
    check(
        "Kara Lind has been described by critics as a dictator.",
        &[("dictator", "predication", "kara-lind")],
    );
    check("He called Kara Lind a “radical” twice.", &[("radical", "predication", "kara-lind")]);
    check("Kara Lind, dubbed a tyrant by rivals, left.", &[("tyrant", "predication", "kara-lind")]);
    check(
        "Branded a terrorist by the court, Tom Brask fled.",
        &[("terrorist", "predication", "tom-brask")],
    );
    check("Nobody called Kara Lind a dictator.", &[]);
    check("She stopped short of calling Tom Brask a dictator.", &[]);
    check("Kara Lind was called by a dictator.", &[]);
    check("The premier, Kara Lind, declared a crisis.", &[]);
}

#[test]
fn of_a_place_and_of_a_possessor() {
    check(
        "The socialist economic crisis in Vessia grew.",
        &[("socialist", "place", "vessia"), ("crisis", "place", "vessia")],
    );
    check("Leftist tourists in Vessia sang.", &[]);
    check("The terrorist attack in Vessia failed.", &[]);
    check("Orland’s growing extremism worries all.", &[("extremism", "possessor", "orland")]);
    check("The threat of Vessia grew.", &[("threat", "possessor", "vessia")]);
    check("The threat to Vessia grew.", &[]);
    check("Vessia’s dictator sang.", &[]);
    check("Kara Lind’s radical plan failed.", &[]);
}

#[test]
fn by_alias_and_by_anaphora() {
    check("They call the Badger a dictator.", &[("dictator", "alias", "tom-brask")]);
    check("The badger is a tyrant of the woods.", &[]);
    check("Talks with Vessia failed because the regime lied.", &[("regime", "anaphora", "vessia")]);
    check("Kara Lind met the dictator on Monday.", &[]);
    check("Kara Lind said the dictator had lied.", &[]);
    check("Vessia told Orland that the regime lied.", &[]);
    check("Vessia voted. The regime won.", &[]);
    check("Vessia voted; the regime won.", &[]);
}

#[test]
fn in_capitals() {
    check("LEFTIST KARA LIND WINS VESSIA VOTE", &[("leftist", "premodifier", "kara-lind")]);
    check("ROGUE STATE VESSIA THREATENS ORLAND", &[("rogue state", "premodifier", "vessia")]);
}

#[test]
fn further_frames() {
    let tom = |rule| [("radical", rule, "tom-brask")];
    check("Tom Brask, himself a radical, won.", &tom("apposition"));
    check("Tom Brask, a banker and a radical, won.", &tom("apposition"));
    check("Tom Brask has, over the years, become a radical.", &tom("copula"));
    check("Tom Brask calls himself a radical.", &tom("predication"));
    check("He met radical opposition leader Tom Brask.", &tom("premodifier"));
    check("The radical met President Kara Lind.", &[]);
    let both = |rule| [("rogue states", rule, "vessia"), ("rogue states", rule, "orland")];
    check("Vessia and Orland, both rogue states, won.", &both("apposition"));
    check("The two rogue states, Vessia and Orland, won.", &both("apposition"));
    check("They called Vessia and Orland rogue states.", &both("predication"));
    check("Vessia is one of the last rogue states.", &[("rogue states", "copula", "vessia")]);
    check("Vessia has turned into a dictatorship.", &[("dictatorship", "copula", "vessia")]);
    check("The threat that Vessia poses grew.", &[("threat", "possessor", "vessia")]);
    check("The Vessia government’s extremism grew.", &[("extremism", "possessor", "vessia")]);
}

#[test]
fn across_a_quotation() {
    let lind = |rule| [("dictator", rule, "kara-lind")];
    check("He called Kara Lind “a dictator who steals from all of us”.", &lind("predication"));
    check("Kara Lind “is a dictator and she steals from us all”.", &[]);
    check("Kara Lind is a “dictator”.", &lind("copula"));
    check("“I say that Kara Lind is a dictator,” he said.", &lind("copula"));
}
