//! Regular and common irregular forms of English words, for `inflect`.

/// Which forms `inflect` adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inflection {
    /// The plural.
    Noun,
    /// Third person, past, participles, gerund.
    Verb,
    /// Comparative and superlative.
    Adjective,
}

impl Inflection {
    /// The inflection of that name in a lexicon file.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "noun" => Some(Self::Noun),
            "verb" => Some(Self::Verb),
            "adjective" => Some(Self::Adjective),
            _ => None,
        }
    }

    /// Forms of `term` whose last word is inflected, the term itself excluded, without repetition.
    /// A last word with a wildcard gets none: the wildcard covers what the inflection would add.
    pub fn forms(self, term: &str) -> Vec<String> {
        let border = term.rfind([' ', '-']).map_or(0, |index| index + 1);
        let (head, word) = term.split_at(border);
        if word.is_empty() || word.contains(['*', '?']) {
            return Vec::new();
        }
        let lower = word.to_lowercase();
        let mut forms: Vec<String> = match self {
            Self::Noun => vec![plural(&lower)],
            Self::Verb => verb_forms(&lower),
            Self::Adjective => adjective_forms(&lower),
        };
        // A noun, verb or adjective in capitals stays in capitals but for its ending ("PAC", "PACs").
        if word.chars().any(char::is_uppercase) {
            for form in &mut forms {
                if let Some(ending) = form.strip_prefix(&lower) {
                    *form = format!("{word}{ending}");
                }
            }
        }
        let mut seen = vec![lower];
        forms.retain(|form| {
            let new = !seen.contains(&form.to_lowercase());
            seen.push(form.to_lowercase());
            new
        });
        forms.into_iter().map(|form| format!("{head}{form}")).collect()
    }
}

/// Plurals that the rules can't know.
const IRREGULAR_PLURALS: &[(&str, &str)] = &[
    ("analysis", "analyses"),
    ("basis", "bases"),
    ("child", "children"),
    ("crisis", "crises"),
    ("criterion", "criteria"),
    ("foot", "feet"),
    ("half", "halves"),
    ("hypothesis", "hypotheses"),
    ("knife", "knives"),
    ("leaf", "leaves"),
    ("life", "lives"),
    ("loaf", "loaves"),
    ("man", "men"),
    ("medium", "media"),
    ("mouse", "mice"),
    ("person", "people"),
    ("phenomenon", "phenomena"),
    ("self", "selves"),
    ("shelf", "shelves"),
    ("thief", "thieves"),
    ("thesis", "theses"),
    ("tooth", "teeth"),
    ("wife", "wives"),
    ("wolf", "wolves"),
    ("woman", "women"),
];

/// Words in -o that take -es.
const PLURAL_OES: &[&str] = &["echo", "embargo", "hero", "potato", "tomato", "torpedo", "veto"];

fn plural(word: &str) -> String {
    if let Some((_, plural)) = IRREGULAR_PLURALS.iter().find(|(singular, _)| *singular == word) {
        return (*plural).to_owned();
    }
    // "policeman" as "man"; "human", "German", "Ottoman" are regular.
    if let Some(stem) = word.strip_suffix("man")
        && !stem.is_empty()
        && !matches!(word, "human" | "german" | "ottoman" | "roman" | "shaman" | "talisman")
    {
        return format!("{stem}men");
    }
    if word.ends_with("is") && word.len() > 4 {
        return format!("{}es", &word[..word.len() - 2]);
    }
    if PLURAL_OES.contains(&word) {
        return format!("{word}es");
    }
    sibilant_s(word)
}

/// The word with -s, -es or -ies, as plural and third person share it.
fn sibilant_s(word: &str) -> String {
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|ending| word.ends_with(ending));
    if hissing {
        return format!("{word}es");
    }
    match consonant_before_y(word) {
        Some(stem) => format!("{stem}ies"),
        None => format!("{word}s"),
    }
}

fn consonant_before_y(word: &str) -> Option<&str> {
    let stem = word.strip_suffix('y')?;
    stem.chars().next_back().filter(|letter| !is_vowel(*letter)).map(|_| stem)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Past and participle of common irregular verbs.
const IRREGULAR_VERBS: &[(&str, &[&str])] = &[
    ("be", &["is", "are", "am", "was", "were", "been", "being"]),
    ("bear", &["bore", "borne"]),
    ("beat", &["beaten"]),
    ("become", &["became"]),
    ("begin", &["began", "begun"]),
    ("bind", &["bound"]),
    ("bite", &["bit", "bitten"]),
    ("bleed", &["bled"]),
    ("blow", &["blew", "blown"]),
    ("break", &["broke", "broken"]),
    ("bring", &["brought"]),
    ("build", &["built"]),
    ("burst", &[]),
    ("buy", &["bought"]),
    ("cast", &[]),
    ("catch", &["caught"]),
    ("choose", &["chose", "chosen"]),
    ("cling", &["clung"]),
    ("come", &["came"]),
    ("cost", &[]),
    ("creep", &["crept"]),
    ("cut", &[]),
    ("deal", &["dealt"]),
    ("dig", &["dug"]),
    ("do", &["does", "did", "done"]),
    ("draw", &["drew", "drawn"]),
    ("drink", &["drank", "drunk"]),
    ("drive", &["drove", "driven"]),
    ("eat", &["ate", "eaten"]),
    ("fall", &["fell", "fallen"]),
    ("feed", &["fed"]),
    ("feel", &["felt"]),
    ("fight", &["fought"]),
    ("find", &["found"]),
    ("flee", &["fled"]),
    ("fling", &["flung"]),
    ("fly", &["flew", "flown"]),
    ("forbid", &["forbade", "forbidden"]),
    ("forget", &["forgot", "forgotten"]),
    ("forgive", &["forgave", "forgiven"]),
    ("freeze", &["froze", "frozen"]),
    ("get", &["got", "gotten"]),
    ("give", &["gave", "given"]),
    ("go", &["goes", "went", "gone"]),
    ("grind", &["ground"]),
    ("grow", &["grew", "grown"]),
    ("hang", &["hung", "hanged"]),
    ("have", &["has", "had"]),
    ("hear", &["heard"]),
    ("hide", &["hid", "hidden"]),
    ("hit", &[]),
    ("hold", &["held"]),
    ("hurt", &[]),
    ("keep", &["kept"]),
    ("know", &["knew", "known"]),
    ("lay", &["laid"]),
    ("lead", &["led"]),
    ("leap", &["leapt", "leaped"]),
    ("leave", &["left"]),
    ("lend", &["lent"]),
    ("let", &[]),
    ("lose", &["lost"]),
    ("make", &["made"]),
    ("mean", &["meant"]),
    ("meet", &["met"]),
    ("mislead", &["misled"]),
    ("mistake", &["mistook", "mistaken"]),
    ("overcome", &["overcame"]),
    ("overthrow", &["overthrew", "overthrown"]),
    ("panic", &["panicked", "panicking"]),
    ("pay", &["paid"]),
    ("put", &[]),
    ("quit", &[]),
    ("read", &[]),
    ("ride", &["rode", "ridden"]),
    ("ring", &["rang", "rung"]),
    ("rise", &["rose", "risen"]),
    ("run", &["ran"]),
    ("say", &["said"]),
    ("see", &["saw", "seen"]),
    ("seek", &["sought"]),
    ("sell", &["sold"]),
    ("send", &["sent"]),
    ("set", &[]),
    ("shake", &["shook", "shaken"]),
    ("shoot", &["shot"]),
    ("show", &["showed", "shown"]),
    ("shrink", &["shrank", "shrunk"]),
    ("shut", &[]),
    ("sing", &["sang", "sung"]),
    ("sink", &["sank", "sunk"]),
    ("sit", &["sat"]),
    ("sleep", &["slept"]),
    ("slide", &["slid"]),
    ("speak", &["spoke", "spoken"]),
    ("spend", &["spent"]),
    ("spill", &["spilled", "spilt"]),
    ("spin", &["spun"]),
    ("spit", &["spat"]),
    ("split", &[]),
    ("spread", &[]),
    ("stand", &["stood"]),
    ("steal", &["stole", "stolen"]),
    ("stick", &["stuck"]),
    ("sting", &["stung"]),
    ("strike", &["struck"]),
    ("swear", &["swore", "sworn"]),
    ("sweep", &["swept"]),
    ("swim", &["swam", "swum"]),
    ("swing", &["swung"]),
    ("take", &["took", "taken"]),
    ("teach", &["taught"]),
    ("tear", &["tore", "torn"]),
    ("tell", &["told"]),
    ("think", &["thought"]),
    ("throw", &["threw", "thrown"]),
    ("traffic", &["trafficked", "trafficking"]),
    ("understand", &["understood"]),
    ("undo", &["undoes", "undid", "undone"]),
    ("uphold", &["upheld"]),
    ("wear", &["wore", "worn"]),
    ("weep", &["wept"]),
    ("win", &["won"]),
    ("wind", &["wound"]),
    ("withdraw", &["withdrew", "withdrawn"]),
    ("withhold", &["withheld"]),
    ("write", &["wrote", "written"]),
];

fn verb_forms(word: &str) -> Vec<String> {
    let mut forms = vec![if word.ends_with('o') { format!("{word}es") } else { sibilant_s(word) }];
    match IRREGULAR_VERBS.iter().find(|(base, _)| *base == word) {
        Some((_, irregular)) => forms.extend(irregular.iter().map(|&form| form.to_owned())),
        None => forms.push(past(word)),
    }
    if !forms.iter().any(|form| form.ends_with("cking")) {
        forms.push(gerund(word));
    }
    if matches!(word, "be" | "have") {
        forms.remove(0);
    }
    forms
}

fn past(word: &str) -> String {
    if word.ends_with('e') {
        return format!("{word}d");
    }
    if let Some(stem) = consonant_before_y(word) {
        return format!("{stem}ied");
    }
    format!("{}ed", doubled(word))
}

fn gerund(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    match word.strip_suffix('e') {
        Some(stem) if !word.ends_with("ee") && !word.ends_with("oe") && word.len() > 2 => {
            format!("{stem}ing")
        }
        _ => format!("{}ing", doubled(word)),
    }
}

/// Verbs of more than one syllable whose last consonant doubles: stress can't be read off letters.
const DOUBLING: &[&str] = &[
    "admit", "begin", "commit", "compel", "concur", "confer", "control", "defer", "deter", "expel",
    "forget", "incur", "occur", "omit", "permit", "prefer", "rebel", "rebut", "recur", "refer",
    "regret", "submit", "transfer", "transmit",
];

/// The word with its last consonant doubled where English does so before a vowel.
fn doubled(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let [.., before, vowel, last] = letters[..] else { return word.to_owned() };
    let closed = !is_vowel(before) && is_vowel(vowel) && !is_vowel(last);
    let doubles = closed && !matches!(last, 'w' | 'x' | 'y') && vowel_groups(&letters) == 1;
    if doubles || DOUBLING.contains(&word) { format!("{word}{last}") } else { word.to_owned() }
}

fn vowel_groups(letters: &[char]) -> usize {
    let starts = |(index, letter): (usize, &char)| {
        is_vowel(*letter) && (index == 0 || !is_vowel(letters[index - 1]))
    };
    letters.iter().enumerate().filter(|&pair| starts(pair)).count()
}

/// Adjectives whose comparison the rules can't know.
const IRREGULAR_ADJECTIVES: &[(&str, [&str; 2])] = &[
    ("bad", ["worse", "worst"]),
    ("far", ["farther", "farthest"]),
    ("good", ["better", "best"]),
    ("little", ["less", "least"]),
];

fn adjective_forms(word: &str) -> Vec<String> {
    if let Some((_, forms)) = IRREGULAR_ADJECTIVES.iter().find(|(base, _)| *base == word) {
        return forms.iter().map(|&form| form.to_owned()).collect();
    }
    let stem = match (word.strip_suffix('e'), consonant_before_y(word)) {
        (Some(stem), _) => stem.to_owned(),
        (None, Some(stem)) => format!("{stem}i"),
        (None, None) => doubled(word),
    };
    vec![format!("{stem}er"), format!("{stem}est")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns() {
        for (singular, expected) in [
            ("leftist", "leftists"),
            ("rogue state", "rogue states"),
            ("crisis", "crises"),
            ("thug", "thugs"),
            ("class", "classes"),
            ("policy", "policies"),
            ("monkey", "monkeys"),
            ("strongman", "strongmen"),
            ("human", "humans"),
            ("far-leftist", "far-leftists"),
            ("PAC", "PACs"),
            ("hero", "heroes"),
        ] {
            assert_eq!(Inflection::Noun.forms(singular), [expected], "{singular}");
        }
    }

    #[test]
    fn verbs() {
        for (base, expected) in [
            ("claim", &["claims", "claimed", "claiming"][..]),
            ("deny", &["denies", "denied", "denying"]),
            ("admit", &["admits", "admitted", "admitting"]),
            ("slam", &["slams", "slammed", "slamming"]),
            ("vow", &["vows", "vowed", "vowing"]),
            ("say", &["says", "said", "saying"]),
            ("die", &["dies", "died", "dying"]),
            ("see", &["sees", "saw", "seen", "seeing"]),
            ("cut", &["cuts", "cutting"]),
            ("visit", &["visits", "visited", "visiting"]),
            ("swing", &["swings", "swung", "swinging"]),
            ("panic", &["panics", "panicked", "panicking"]),
            ("flee", &["flees", "fled", "fleeing"]),
        ] {
            assert_eq!(Inflection::Verb.forms(base), expected, "{base}");
        }
    }

    #[test]
    fn adjectives() {
        assert_eq!(Inflection::Adjective.forms("ugly"), ["uglier", "ugliest"]);
        assert_eq!(Inflection::Adjective.forms("grim"), ["grimmer", "grimmest"]);
        assert_eq!(Inflection::Adjective.forms("strange"), ["stranger", "strangest"]);
    }

    #[test]
    fn a_wildcard_is_left_alone() {
        assert!(Inflection::Noun.forms("radicali*").is_empty());
    }
}
