//! The data file of reporting verbs, nouns and phrases, as it is read.

use serde::Deserialize;

use super::CueKind;

/// What tells reported speech: verbs, nouns, phrases, and what looks like them and is not.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cues {
    schema: u32,
    /// What makes the next common-noun phrase a scare: "so-called".
    pub so_called: Vec<String>,
    /// A cue behind one of these reports nothing.
    pub negators: Vec<String>,
    /// Lemmas that ask where a wh-clause follows.
    pub asking: Vec<String>,
    /// Word sequences in which a verb form is no cue; `*` is one word.
    pub nonreporting: Vec<String>,
    /// What the sentence splitter and the search for names need.
    pub sentence: SentenceWords,
    #[serde(rename = "verb")]
    verbs: Vec<ReportingVerb>,
    #[serde(rename = "noun", default)]
    nouns: Vec<ReportingNoun>,
    #[serde(rename = "phrase", default)]
    phrases: Vec<ReportingPhrase>,
    #[serde(default)]
    unsourced: Vec<Unsourced>,
    /// BLAKE3 of the file.
    #[serde(skip)]
    pub(super) fingerprint: Option<blake3::Hash>,
}

/// Abbreviations and titles, without their last full stop.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceWords {
    /// A full stop behind these ends no sentence.
    pub abbreviations: Vec<String>,
    /// Those of them that may also end one.
    pub may_end: Vec<String>,
    /// Abbreviations where a number follows.
    pub before_number: Vec<String>,
    /// Titles that open a person's name.
    pub titles: Vec<String>,
}

/// A complement that makes a verb report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Complement {
    /// A finite clause with or without "that".
    That,
    /// A clause that opens with if, whether, who, what …
    Wh,
    /// "to" and a verb whose content is reported.
    Infinitive,
    /// An object, "as" and a phrase.
    As,
    /// A direct quotation.
    Quote,
}

/// A verb of reported speech or of a narrated speech act.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportingVerb {
    /// The verb as a dictionary has it.
    pub lemma: String,
    /// Every form, the lemma included; a form may hold several words.
    pub forms: Vec<String>,
    /// How it presents what it reports.
    pub kind: CueKind,
    /// What makes it report; nothing where it only narrates.
    pub takes: Vec<Complement>,
    /// Whether a person addressed may stand between verb and clause.
    #[serde(default)]
    pub object: bool,
    /// Whether a noun, a gerund or an infinitive behind it makes a narrated speech act.
    #[serde(default)]
    pub speech_act: bool,
    /// Forms that are more often another part of speech.
    #[serde(default)]
    pub homographs: Vec<String>,
}

/// A noun that a that-clause may follow ("the claim that").
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportingNoun {
    /// The singular.
    pub lemma: String,
    /// Every form.
    pub forms: Vec<String>,
    /// How it presents what it reports.
    pub kind: CueKind,
    /// Whether it narrates a speech act.
    #[serde(default)]
    pub speech_act: bool,
}

/// Where the source of a phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourcePosition {
    /// Behind it: "according to X".
    SourceFollows,
    /// At its ellipsis: "as X put it".
    SourceInside,
    /// In front of it, as a subject: "X made the case that".
    SourceBefore,
}

/// Words that attribute without being a verb form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportingPhrase {
    /// The words; `…` stands for a source of one to eight words.
    pub text: String,
    /// How it presents what it reports.
    pub kind: CueKind,
    /// Where the source stands.
    pub position: SourcePosition,
}

/// Words that attribute to nobody.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsourced {
    /// The words.
    pub text: String,
    /// Whether a form of "be" must stand before them.
    #[serde(default)]
    pub after_be: bool,
}

/// Why a file of cues can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CuesError {
    /// Not TOML, or not of this shape; the message names line and column.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// A version that this program does not know.
    #[error("schema {0} is unknown; this version reads schema 1")]
    Schema(u32),
    /// A verb, noun or phrase without words.
    #[error("{0} has no form")]
    Empty(String),
}

impl Cues {
    /// Reads a file of cues.
    ///
    /// # Errors
    /// Where it is not TOML of the right shape, has another schema, or an entry has no words.
    pub fn parse(text: &str) -> Result<Self, CuesError> {
        toml::from_str::<Self>(text)?.checked(text)
    }

    fn checked(self, text: &str) -> Result<Self, CuesError> {
        let cues = Self { fingerprint: Some(blake3::hash(text.as_bytes())), ..self };
        if cues.schema != 1 {
            return Err(CuesError::Schema(cues.schema));
        }
        let empty =
            |forms: &[String]| forms.is_empty() || forms.iter().any(|f| f.trim().is_empty());
        if let Some(verb) = cues.verbs.iter().find(|verb| empty(&verb.forms)) {
            return Err(CuesError::Empty(format!("verb \"{}\"", verb.lemma)));
        }
        if let Some(noun) = cues.nouns.iter().find(|noun| empty(&noun.forms)) {
            return Err(CuesError::Empty(format!("noun \"{}\"", noun.lemma)));
        }
        if cues.phrases.iter().any(|phrase| phrase.text.trim().is_empty()) {
            return Err(CuesError::Empty("a phrase".to_owned()));
        }
        Ok(cues)
    }

    /// The cues that are built in. `build.rs` writes them as JSON, which is read in a tenth of the time.
    ///
    /// # Errors
    /// Never for the file that this crate ships; a test holds that.
    pub fn builtin() -> Result<Self, CuesError> {
        let source = include_str!("data/cues.toml");
        let read =
            serde_json::from_str::<Self>(include_str!(concat!(env!("OUT_DIR"), "/cues.json")));
        read.map_or_else(|_| Self::parse(source), |cues| cues.checked(source))
    }

    /// The reporting verbs, in the order of the file.
    pub fn verbs(&self) -> &[ReportingVerb] {
        &self.verbs
    }

    /// The reporting nouns, in the order of the file.
    pub fn nouns(&self) -> &[ReportingNoun] {
        &self.nouns
    }

    /// The reporting phrases, in the order of the file.
    pub fn phrases(&self) -> &[ReportingPhrase] {
        &self.phrases
    }

    /// What attributes to nobody, in the order of the file.
    pub fn unsourced(&self) -> &[Unsourced] {
        &self.unsourced
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Cues;

    #[test]
    fn the_built_in_file_is_whole() {
        let cues = Cues::builtin().unwrap();
        assert!(
            serde_json::from_str::<Cues>(include_str!(concat!(env!("OUT_DIR"), "/cues.json")))
                .is_ok()
        );
        assert_eq!(cues, Cues::parse(include_str!("data/cues.toml")).unwrap());
        assert!(cues.verbs().iter().any(|verb| verb.lemma == "say"));
        assert!(cues.phrases().iter().any(|phrase| phrase.text == "according to"));
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let error = Cues::parse("schema = 1\ncolour = 'red'").unwrap_err();
        assert!(error.to_string().contains("colour"), "{error}");
    }
}
