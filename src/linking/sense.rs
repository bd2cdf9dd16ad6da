//! What sort of thing a label names, from its last word.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::TargetKind;

/// What sort of thing a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A person, and never an adjective: dictator, strongman.
    Ruler,
    /// A person, or an adjective: leftist, radical, militant.
    Partisan,
    /// Who governs and how: regime, junta, dictatorship.
    Regime,
    /// A state or a nation: rogue state.
    Polity,
    /// Conduct, a condition, a creed: threat, crisis, extremism.
    Conduct,
    /// Anything else: mostly adjectives.
    Quality,
}

/// A label's sense and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// What it names.
    pub(super) sense: Sense,
    /// Whether it is a plural noun.
    pub(super) plural: bool,
}

const RULERS: &str = "dictator tyrant despot strongman warlord demagogue autocrat thug butcher liar oligarch kingpin \
    ringleader firebrand zealot ideologue puppet stooge traitor villain monster madman henchman mobster gangster \
    apologist hardliner hard-liner thief crook kleptocrat pariah charlatan bully mastermind jihadist \
    ruler leader thugs gunman assassin spy murderer killer invader hooligan rioter \
    usurper troll goon crony cronies lackey denier supporter fighter patriot";
const PARTISANS: &str = "radical militant fanatic revolutionary reactionary rebel maverick liberal conservative \
    progressive moderate centrist antifa islamist independent guerrilla dissident lefty criminal alien migrant fugitive insurgent mercenary loyalist";
const REGIMES: &str = "regime junta dictatorship government rule administration autocracy clique cabal mafia \
    kleptocracy theocracy oligarchy monarchy politburo tyranny despotism police-state apparatus machine cult reign";
const POLITIES: &str = "state nation country republic power satellite colony haven empire kingdom neighbour neighbor \
    enclave territory protectorate democracy";
const CONDUCTS: &str = "threat menace crisis chaos aggression propaganda repression hypocrisy brutality cruelty \
    oppression danger provocation hatred violence turmoil unrest corruption meddling interference expansion \
    disaster catastrophe collapse bullying blackmail intransigence arrogance incompetence terror anarchy \
    war lawlessness disorder misrule mismanagement defiance belligerence atrocity madness genocide crime \
    scandal failure mess nightmare experiment revolution takeover policy plot scheme";
/// Nouns whose "of" names whom an act is done to.
const SUFFERED: &str = "repression oppression persecution genocide invasion occupation murder killing bullying fear \
    hatred massacre massacres murders killings war wars";

fn listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|entry| entry == word)
}

/// The singular of a regular plural, if `word` looks like one.
fn singular(word: &str) -> Option<String> {
    match word {
        "crises" => return Some("crisis".to_owned()),
        "strongmen" => return Some("strongman".to_owned()),
        "gunmen" => return Some("gunman".to_owned()),
        "henchmen" => return Some("henchman".to_owned()),
        "thieves" => return Some("thief".to_owned()),
        _ => {}
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return Some(format!("{stem}y"));
    }
    if ["ss", "us", "is", "'s"].iter().any(|end| word.ends_with(end)) || word.len() < 4 {
        return None;
    }
    word.strip_suffix('s').map(str::to_owned)
}

/// What the lists say; of a word on several the first holds.
static SENSES: LazyLock<FxHashMap<&str, Sense>> = LazyLock::new(|| {
    let lists = [
        (PARTISANS, Sense::Partisan),
        (REGIMES, Sense::Regime),
        (POLITIES, Sense::Polity),
        (CONDUCTS, Sense::Conduct),
        (RULERS, Sense::Ruler),
    ];
    let mut senses = FxHashMap::default();
    for (list, sense) in lists {
        for word in list.split_ascii_whitespace() {
            senses.entry(word).or_insert(sense);
        }
    }
    senses
});

fn sense_of(word: &str) -> Sense {
    let ends =
        |ends: &[&str]| ends.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end));
    if let Some(sense) = SENSES.get(word) {
        *sense
    } else if ends(&["crat", "lord", "gogue", "monger", "arch"]) {
        Sense::Ruler
    } else if ends(&["ist", "ite"]) {
        Sense::Partisan
    } else if ends(&[
        "ism", "cracy", "ness", "ity", "ery", "acy", "ance", "ence", "ment", "tion", "sion",
    ]) {
        Sense::Conduct
    } else if ends(&["ship"]) {
        Sense::Regime
    } else {
        Sense::Quality
    }
}

impl Reading {
    /// The sense of a label by its folded last word.
    pub(super) fn of(last: &str) -> Self {
        let sense = sense_of(last);
        if sense != Sense::Quality {
            return Self { sense, plural: false };
        }
        match singular(last) {
            Some(one) => {
                let sense = sense_of(&one);
                Self { sense, plural: sense != Sense::Quality }
            }
            None => Self { sense, plural: false },
        }
    }

    /// Whether the word can only be a noun.
    pub(super) fn is_noun(self) -> bool {
        self.plural || !matches!(self.sense, Sense::Partisan | Sense::Quality)
    }

    /// Whether it names a human being or several.
    pub(super) fn is_person(self) -> bool {
        matches!(self.sense, Sense::Ruler | Sense::Partisan)
    }

    /// Whether a target of that kind can be such a thing (`None`: the kind is not known).
    pub(super) fn fits(self, kind: Option<TargetKind>) -> bool {
        use TargetKind::{Group, Organisation, Party, Person, Policy, State};
        match (self.sense, kind) {
            (_, None) | (Sense::Quality | Sense::Conduct, _) => true,
            (Sense::Ruler, Some(Person)) => true,
            (Sense::Ruler | Sense::Partisan, Some(Group | Party | Organisation)) => true,
            (Sense::Ruler, Some(State | Policy)) => false,
            (Sense::Partisan, _) => true,
            (Sense::Regime | Sense::Polity, Some(Person | Policy)) => false,
            (Sense::Regime | Sense::Polity, _) => true,
        }
    }
}

/// Whether a word has the ending of an adjective.
pub(super) fn is_adjective(word: &str) -> bool {
    const ENDS: [&str; 18] = [
        "al", "ic", "ive", "ous", "ish", "left", "right", "wing", "line", "able", "ible", "ary",
        "ful", "less", "ian", "ile", "esque", "rogue",
    ];
    ENDS.iter().any(|end| word.ends_with(end))
}

/// Whether "the … of X" says what is done to X.
pub(super) fn is_suffered(last: &str) -> bool {
    listed(SUFFERED, last)
}
