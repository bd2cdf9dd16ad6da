//! What is only said of a corpus.

use std::fmt;

use super::article::Origin;
use super::fields::Role;

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
    /// Paragraphs of a saved page that run as an article's do and were left out.
    PageRemainder {
        /// Where.
        origin: Origin,
        /// How many paragraphs.
        paragraphs: usize,
        /// Words in them.
        words: usize,
    },
    /// A saved page says that its article has more words than it holds.
    PageCutShort {
        /// Where.
        origin: Origin,
        /// Words that it says the article has.
        announced: usize,
        /// Words that were found.
        found: usize,
    },
    /// A saved page holds several elements that it calls articles.
    SeveralArticles {
        /// Where.
        origin: Origin,
        /// How many that hold running text.
        articles: usize,
        /// Whether they have headlines of their own, so that one was taken.
        one_taken: bool,
    },
    /// A page of which the crawler says that it did not fetch all.
    CrawlTruncated {
        /// Where.
        origin: Origin,
    },
    /// JSON-LD about an article that can't be read.
    JsonLdUnread {
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
            Self::PageRemainder { .. }
            | Self::PageCutShort { .. }
            | Self::SeveralArticles { .. } => self.what_of_page(),
            Self::HtmlText { .. }
            | Self::CrawlTruncated { .. }
            | Self::JsonLdUnread { .. }
            | Self::UnbalancedMarks { .. } => self.kind().to_owned(),
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

    /// What it is about where that is the extent of a saved page's article.
    fn what_of_page(&self) -> String {
        match self {
            Self::PageRemainder { paragraphs, words, .. } => format!(
                "{paragraphs} paragraphs of the page ({words} words) run as an article's do and were \
                 left out: comments, another article, or a part of this one; compare with the page"
            ),
            Self::PageCutShort { announced, found, .. } => format!(
                "the page says that its article has {announced} words, and {found} were found: the rest \
                 may be for subscribers, or not in the file"
            ),
            Self::SeveralArticles { articles, one_taken: true, .. } => format!(
                "the page holds {articles} articles with headlines of their own; only the one with the \
                 page's title, else the first, was taken"
            ),
            Self::SeveralArticles { articles, one_taken: false, .. } => format!(
                "the page holds {articles} pieces that it calls articles; what was taken of them counts \
                 as one article"
            ),
            other => other.kind().to_owned(),
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
            Self::PageRemainder { .. } => {
                "paragraphs of the page run as an article's do and were left out: comments, another \
                 article, or a part of this one; compare with the page"
            }
            Self::PageCutShort { .. } => {
                "the page says that its article has clearly more words than were found: the rest may be \
                 for subscribers, or not in the file"
            }
            Self::SeveralArticles { one_taken: true, .. } => {
                "the page holds several articles with headlines of their own; only the one with the \
                 page's title, else the first, was taken"
            }
            Self::SeveralArticles { one_taken: false, .. } => {
                "the page holds several pieces that it calls articles; what was taken of them counts as \
                 one article"
            }
            Self::CrawlTruncated { .. } => {
                "the crawler stopped fetching it before its end (WARC-Truncated), so the article may be cut \
                 short"
            }
            Self::JsonLdUnread { .. } => {
                "the page's JSON-LD can't be read, so title, author and date are those of its <meta> \
                 elements and its markup, where they have them"
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
            | Self::PageRemainder { origin, .. }
            | Self::PageCutShort { origin, .. }
            | Self::SeveralArticles { origin, .. }
            | Self::CrawlTruncated { origin }
            | Self::JsonLdUnread { origin }
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
            Self::PageRemainder { .. } => "page-remainder",
            Self::PageCutShort { .. } => "page-cut-short",
            Self::SeveralArticles { one_taken: true, .. } => "article-chosen",
            Self::SeveralArticles { .. } => "articles-joined",
            Self::CrawlTruncated { .. } => "crawl-truncated",
            Self::JsonLdUnread { .. } => "json-ld-unread",
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
