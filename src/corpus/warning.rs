//! What is only said of a corpus, and how often each kind of problem came up.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::article::Origin;
use super::fields::Role;
use super::problem::Skipped;

/// Something about a corpus that its user should know, though nothing is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CorpusWarning {
    /// The text is neither UTF-8 nor marked UTF-16.
    EncodingGuessed {
        /// Where.
        origin: Origin,
        /// Name of the encoding, as the WHATWG writes it.
        encoding: &'static str,
    },
    /// Some bytes are not of the encoding.
    CharactersReplaced {
        /// Where.
        origin: Origin,
        /// Name of the encoding.
        encoding: &'static str,
    },
    /// UTF-8 that somebody read as Windows-1252 before the text was stored.
    Garbled {
        /// Where.
        origin: Origin,
        /// How many characters.
        characters: usize,
        /// Whether that was undone.
        repaired: bool,
    },
    /// Words that a plain hyphen breaks at the end of a line.
    BrokenWords {
        /// Where.
        origin: Origin,
        /// How many words.
        words: usize,
        /// Whether they were joined.
        repaired: bool,
    },
    /// Words that mix Latin letters with such of other alphabets, where no term is found.
    Lookalikes {
        /// Where.
        origin: Origin,
        /// How many words.
        words: usize,
    },
    /// Characters that were lost before the text was stored: it holds U+FFFD, or NUL.
    LostCharacters {
        /// Where.
        origin: Origin,
        /// How many.
        characters: usize,
    },
    /// Title or text of a row were HTML, and read as such.
    HtmlText {
        /// Where.
        origin: Origin,
    },
    /// Quotation marks without partners: voices are uncertain.
    UnbalancedMarks {
        /// Where.
        origin: Origin,
    },
    /// Sentences so long that full stops may be missing: voices are uncertain.
    LongSentences {
        /// Where.
        origin: Origin,
        /// How many.
        sentences: usize,
        /// Bytes of the longest.
        longest: usize,
    },
    /// A date that two conventions read differently.
    AmbiguousDate {
        /// Where.
        origin: Origin,
        /// What stands there.
        written: String,
    },
    /// A date that can't be read.
    UnknownDate {
        /// Where.
        origin: Origin,
        /// What stands there.
        written: String,
    },
    /// A line of front matter that is no simple `key: value`.
    FrontMatterIgnored {
        /// Where.
        origin: Origin,
        /// The line.
        line: String,
    },
    /// `corpus.toml` names a file that isn't there.
    ListedArticleMissing {
        /// Path of the `corpus.toml`.
        config: String,
        /// The path that it names.
        path: String,
    },
    /// A field was named that the first rows of a table don't have.
    NamedFieldMissing {
        /// The table.
        path: String,
        /// What the field should hold.
        role: Role,
        /// The field that was named.
        field: String,
        /// The fields that there are.
        fields: Vec<String>,
    },
    /// Files that stand below two of the paths that were named.
    NamedTwice {
        /// The first of them.
        path: String,
        /// How many.
        files: u64,
    },
    /// Columns of a table with one name.
    RepeatedField {
        /// The table.
        path: String,
        /// The name.
        field: String,
    },
    /// An outlet is declared or asked for, and no article is its.
    OutletWithoutArticles {
        /// Id of the outlet, or the name that was asked for.
        outlet: String,
    },
}

fn are(characters: usize, one: &str, more: &str) -> String {
    match characters {
        1 => format!("1 character {one}"),
        number => format!("{number} characters {more}"),
    }
}

impl CorpusWarning {
    /// What it is about, without the place: the same on every machine.
    pub fn what(&self) -> String {
        match self {
            Self::EncodingGuessed { encoding, .. } => {
                format!("the encoding was guessed to be {encoding}; save as UTF-8 to be sure")
            }
            Self::CharactersReplaced { encoding, .. } => {
                format!("some bytes are not {encoding} and were replaced by U+FFFD")
            }
            Self::Garbled { characters, repaired: true, .. } => format!(
                "{} repaired that had been garbled (`â€™` for `’`)",
                are(*characters, "was", "were")
            ),
            Self::Garbled { characters, repaired: false, .. } => format!(
                "{} garbled (`â€™` for `’`): UTF-8 that was once read as Windows-1252; --repair \
                 undoes it",
                are(*characters, "is", "are")
            ),
            Self::BrokenWords { words, repaired: true, .. } => match words {
                1 => "1 word was joined that a hyphen had broken at the end of a line".to_owned(),
                words => {
                    format!(
                        "{words} words were joined that a hyphen had broken at the end of a line"
                    )
                }
            },
            Self::BrokenWords { words, repaired: false, .. } => {
                let are = if *words == 1 { "1 word is" } else { &format!("{words} words are") };
                format!(
                    "{are} broken by a hyphen at the end of a line, where no term is found; --repair \
                     joins them"
                )
            }
            Self::Lookalikes { words, .. } => {
                let hold = match words {
                    1 => "1 word holds".to_owned(),
                    words => format!("{words} words hold"),
                };
                format!(
                    "{hold} letters of another alphabet among Latin ones, or small capitals; what they \
                     spell is not found"
                )
            }
            Self::LostCharacters { characters, .. } => format!(
                "{} lost before the text came here (U+FFFD or NUL); words with one are not found",
                are(*characters, "was", "were")
            ),
            Self::HtmlText { .. } | Self::UnbalancedMarks { .. } => self.kind().to_owned(),
            Self::LongSentences { sentences, longest, .. } => {
                let run = match sentences {
                    1 => format!("a sentence of {longest} bytes runs on"),
                    number => format!("{number} sentences run on, the longest for {longest} bytes"),
                };
                format!("{run}: where full stops are missing, who speaks is uncertain")
            }
            Self::AmbiguousDate { written, .. } => format!(
                "`{written}` is ambiguous, so the article has no date; write dates as 2017-12-31"
            ),
            Self::UnknownDate { written, .. } => {
                format!("`{written}` can't be read as a date; write dates as 2017-12-31")
            }
            Self::FrontMatterIgnored { line, .. } => {
                format!("front matter was not understood and is ignored: {line}")
            }
            Self::ListedArticleMissing { path, .. } => {
                format!("lists `{path}`, which is not among the files of the corpus")
            }
            Self::NamedFieldMissing { role, field, fields, .. } => format!(
                "no field `{field}` for the {role} in the first rows; they have: {}",
                fields.join(", ")
            ),
            Self::NamedTwice { files, .. } => match files {
                1 => {
                    "stands below two of the PATHs, and is read once, as below the first".to_owned()
                }
                more => format!(
                    "stands below two of the PATHs, as {} more do; each is read once, as below the first",
                    more - 1
                ),
            },
            Self::RepeatedField { field, .. } => {
                format!("more than one column is called `{field}`; the first counts")
            }
            Self::OutletWithoutArticles { outlet } => format!("outlet `{outlet}` has no article"),
        }
    }

    /// What all warnings of its kind are about, for a record that names no place and adds them up.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::EncodingGuessed { .. } => {
                "the encoding was guessed, since nothing names it; save as UTF-8 to be sure"
            }
            Self::CharactersReplaced { .. } => {
                "some bytes are not of the encoding and were replaced by U+FFFD"
            }
            Self::Garbled { repaired: true, .. } => {
                "characters were repaired that had been garbled (`â€™` for `’`)"
            }
            Self::Garbled { repaired: false, .. } => {
                "characters are garbled (`â€™` for `’`): UTF-8 that was once read as Windows-1252; \
                 --repair undoes it"
            }
            Self::BrokenWords { repaired: true, .. } => {
                "words were joined that a hyphen had broken at the end of a line"
            }
            Self::BrokenWords { repaired: false, .. } => {
                "words are broken by a hyphen at the end of a line, where no term is found; --repair \
                 joins them"
            }
            Self::Lookalikes { .. } => {
                "words hold letters of another alphabet among Latin ones, or small capitals; what they \
                 spell is not found"
            }
            Self::LostCharacters { .. } => {
                "characters were lost before the text came here (U+FFFD or NUL); words with one are not found"
            }
            Self::HtmlText { .. } => {
                "title or text are HTML: tags and characters by name (`&amp;`) were read by the rules \
                 of saved pages"
            }
            Self::UnbalancedMarks { .. } => {
                "quotation marks don't balance: voices are uncertain there, and only quotations whose \
                 marks are beyond doubt count as quoted"
            }
            Self::LongSentences { .. } => {
                "sentences are so long that full stops may be missing: who speaks is uncertain there"
            }
            Self::AmbiguousDate { .. } => {
                "a date is ambiguous (day or month first?), so the article has none; write dates as \
                 2017-12-31"
            }
            Self::UnknownDate { .. } => "a date can't be read; write dates as 2017-12-31",
            Self::FrontMatterIgnored { .. } => {
                "a line of front matter was not understood and is ignored"
            }
            Self::ListedArticleMissing { .. } => {
                "corpus.toml lists a file that is not among those of the corpus"
            }
            Self::NamedFieldMissing { .. } => "a named field is not in the first rows of a table",
            Self::NamedTwice { .. } => {
                "files stand below two of the paths that were named, and are read once"
            }
            Self::RepeatedField { .. } => "columns of a table have one name; the first counts",
            Self::OutletWithoutArticles { .. } => "an outlet has no article",
        }
    }

    /// The file, and the line or row, that it is about.
    pub fn place(&self) -> Option<Origin> {
        match self {
            Self::EncodingGuessed { origin, .. }
            | Self::CharactersReplaced { origin, .. }
            | Self::Garbled { origin, .. }
            | Self::BrokenWords { origin, .. }
            | Self::Lookalikes { origin, .. }
            | Self::LostCharacters { origin, .. }
            | Self::HtmlText { origin }
            | Self::UnbalancedMarks { origin }
            | Self::LongSentences { origin, .. }
            | Self::AmbiguousDate { origin, .. }
            | Self::UnknownDate { origin, .. }
            | Self::FrontMatterIgnored { origin, .. } => Some(origin.clone()),
            Self::ListedArticleMissing { config: path, .. }
            | Self::NamedTwice { path, .. }
            | Self::RepeatedField { path, .. }
            | Self::NamedFieldMissing { path, .. } => {
                Some(Origin { path: path.clone(), line: None })
            }
            Self::OutletWithoutArticles { .. } => None,
        }
    }

    /// Stable kebab-case name of the kind of warning.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EncodingGuessed { .. } => "encoding-guessed",
            Self::CharactersReplaced { .. } => "characters-replaced",
            Self::Garbled { repaired: true, .. } => "mojibake-repaired",
            Self::Garbled { .. } => "mojibake",
            Self::BrokenWords { repaired: true, .. } => "broken-words-repaired",
            Self::BrokenWords { .. } => "broken-words",
            Self::Lookalikes { .. } => "lookalike-letters",
            Self::LostCharacters { .. } => "lost-characters",
            Self::HtmlText { .. } => "html-text",
            Self::UnbalancedMarks { .. } => "unbalanced-marks",
            Self::LongSentences { .. } => "long-sentences",
            Self::AmbiguousDate { .. } => "ambiguous-date",
            Self::UnknownDate { .. } => "unknown-date",
            Self::FrontMatterIgnored { .. } => "front-matter-ignored",
            Self::ListedArticleMissing { .. } => "listed-article-missing",
            Self::NamedFieldMissing { .. } => "named-field-missing",
            Self::NamedTwice { .. } => "named-twice",
            Self::RepeatedField { .. } => "repeated-field",
            Self::OutletWithoutArticles { .. } => "outlet-without-articles",
        }
    }
}

impl fmt::Display for CorpusWarning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place() {
            Some(place) => write!(formatter, "{place}: {}", self.what()),
            None => formatter.write_str(&self.what()),
        }
    }
}

/// Skipped files and rows of one kind that are named; the rest are counted.
const SKIPPED_NAMED: usize = 20;

/// Warnings of one kind that are named; the rest are counted.
const WARNINGS_NAMED: usize = 3;

/// How often each kind of warning and of skipping came up, with the first cases of each: the
/// smallest by place, so that the order of reading does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProblemSummary {
    /// Whether every case is kept, not the first of each kind alone.
    pub every: bool,
    /// By kind of warning.
    pub warnings: BTreeMap<&'static str, Cases<CorpusWarning>>,
    /// By kind of skipping.
    pub skipped: BTreeMap<&'static str, Cases<Skipped>>,
}

/// Cases of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases<T> {
    /// How many there are.
    pub number: u64,
    /// The first of them.
    pub first: BTreeSet<T>,
    /// What is the matter with every one of them.
    pub what: &'static str,
}

/// How often one kind of problem came up, without the places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProblemCount {
    /// Whether something was left out for it.
    pub skipped: bool,
    /// Stable kebab-case name of the kind.
    pub code: String,
    /// How often.
    pub number: u64,
    /// What is the matter, in words that hold for every case of the kind.
    pub what: String,
}

impl<T: Ord + fmt::Display> Cases<T> {
    fn merge(
        cases: &mut BTreeMap<&'static str, Self>,
        code: &'static str,
        more: Self,
        most: usize,
    ) {
        let none = Self { number: 0, first: BTreeSet::new(), what: more.what };
        let known = cases.entry(code).or_insert(none);
        known.number += more.number;
        known.first.extend(more.first);
        while known.first.len() > most {
            known.first.pop_last();
        }
    }

    fn one(case: T, what: &'static str) -> Self {
        Self { number: 1, first: BTreeSet::from([case]), what }
    }

    /// How many are not named.
    fn rest(&self) -> u64 {
        self.number - self.first.len() as u64
    }

    fn lines(&self) -> impl Iterator<Item = String> {
        let named = self.first.iter().map(T::to_string);
        let rest = self.rest();
        named.chain((rest > 0).then(|| format!("… and {rest} more of this kind")))
    }
}

impl ProblemSummary {
    /// Cases of a kind that are kept, of so many at most.
    fn most(&self, named: usize) -> usize {
        if self.every { usize::MAX } else { named }
    }

    /// Counts a warning.
    pub fn warn(&mut self, warning: CorpusWarning) {
        let (code, what) = (warning.code(), warning.kind());
        let most = self.most(WARNINGS_NAMED);
        Cases::merge(&mut self.warnings, code, Cases::one(warning, what), most);
    }

    /// Counts a file or row that was left out.
    pub fn skip(&mut self, skipped: Skipped) {
        let (code, what) = (skipped.reason.code(), skipped.reason.kind());
        let most = self.most(SKIPPED_NAMED);
        Cases::merge(&mut self.skipped, code, Cases::one(skipped, what), most);
    }

    /// Adds another summary; order makes no difference.
    pub fn merge(&mut self, other: Self) {
        self.every |= other.every;
        let (warnings, skipped) = (self.most(WARNINGS_NAMED), self.most(SKIPPED_NAMED));
        for (code, cases) in other.warnings {
            Cases::merge(&mut self.warnings, code, cases, warnings);
        }
        for (code, cases) in other.skipped {
            Cases::merge(&mut self.skipped, code, cases, skipped);
        }
    }

    /// How often each kind came up, without the places.
    pub fn counts(&self) -> Vec<ProblemCount> {
        let count = |skipped, code: &str, number, what: &str| ProblemCount {
            skipped,
            code: code.to_owned(),
            number,
            what: what.to_owned(),
        };
        let skipped = self.skipped.iter();
        let skipped = skipped.map(|(code, cases)| count(true, code, cases.number, cases.what));
        let warned = self.warnings.iter();
        let warned = warned.map(|(code, cases)| count(false, code, cases.number, cases.what));
        skipped.chain(warned).collect()
    }

    /// Whether some cases are counted and not named.
    pub fn is_cut(&self) -> bool {
        self.skipped.values().any(|cases| cases.rest() > 0)
            || self.warnings.values().any(|cases| cases.rest() > 0)
    }

    /// The first cases of each kind by their places, and how many more there are.
    pub fn lines(&self) -> Vec<String> {
        let skipped = self.skipped.values().flat_map(Cases::lines);
        skipped.chain(self.warnings.values().flat_map(Cases::lines)).collect()
    }
}
