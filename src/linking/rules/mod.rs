//! The rules that put labels on targets, in the order in which they are tried.
//!
//! A rule gets a label and answers with the names that it belongs to, none where it does not apply.
//! No rule looks beyond a sentence or a semicolon.

mod anaphora;
mod apposition;
mod compound;
mod copula;
mod exemplification;
mod place;
mod possessor;
mod predication;
mod premodifier;

use super::classes::Classes;
use super::scene::{Candidate, Scene, Stretch};

/// A rule by its name.
pub(super) struct Rule {
    /// What `explain` prints.
    pub(super) name: &'static str,
    /// The names that the label belongs to.
    pub(super) find: fn(&Scene<'_>, &Stretch, &Candidate) -> Vec<usize>,
}

/// The rules that assert a label rather than presuppose it.
pub(super) const COPULA: &str = "copula";
/// See [`COPULA`]; the one rule that may cross the border of a quotation.
pub(super) const PREDICATION: &str = "predication";
/// The rule that never puts what a source says on that source.
pub(super) const APPOSITION: &str = "apposition";
/// The name of the rule that is given where the name itself is an alias.
pub(super) const ALIAS: &str = "alias";

/// Every rule, in the order in which they are tried; the first that applies decides.
pub(super) const RULES: [Rule; 9] = [
    Rule { name: "premodifier", find: premodifier::find },
    Rule { name: "compound", find: compound::find },
    Rule { name: "exemplification", find: exemplification::find },
    Rule { name: APPOSITION, find: apposition::find },
    Rule { name: PREDICATION, find: predication::find },
    Rule { name: COPULA, find: copula::find },
    Rule { name: "place", find: place::find },
    Rule { name: "possessor", find: possessor::find },
    Rule { name: "anaphora", find: anaphora::find },
];

/// Whether the label can be put on anybody: not turned by a prefix ("anti-fascist"), not the first
/// part of a compound ("regime-change lobby"), not part of a name.
pub(super) fn is_open(scene: &Scene<'_>, label: &Candidate) -> bool {
    let (start, end) = (label.words.start, label.words.end);
    let turned = start > 0 && scene.hyphenated(start) && scene.is(start - 1, Classes::CONTRARY);
    let titular = super::names::heads_institution(scene, label.words.end - 1);
    let named = titular || label.words.clone().any(|word| scene.word(word).name.is_some());
    // "illegally", "in jeopardy": no noun and no adjective.
    let adverbial = scene.is(start, Classes::PREPOSITION) || scene.form(end - 1).ends_with("ly");
    !adverbial && !turned && !named && !scene.hyphenated(end)
}
