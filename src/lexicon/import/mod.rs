//! Reading the word lists and dictionaries of other tools. Nothing is dropped silently: what the
//! model can't hold is reported with its line.

mod collect;
mod decode;
mod delimited;
mod empath;
mod format;
mod lexicoder;
mod liwc;
mod quanteda;
mod vale;
mod vbpro;
mod weighted;
mod word_list;
mod wordstat;
mod written;
mod yaml;
mod yoshikoder;

#[cfg(test)]
mod tests;

use collect::Collector;
pub use collect::{Skipped, slug};
pub use format::{Format, Guess, guess};
pub(super) use written::literal_of_regex;

use super::model::Lexicon;
use super::parse::parse;

/// What was read from a foreign file.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The lexicon.
    pub lexicon: Lexicon,
    /// As what the file was read, and why.
    pub guess: Guess,
    /// Entries of the file that were read, each counted once, whatever number of categories it is in.
    pub read: usize,
    /// Entries that were not, in the order of the file.
    pub skipped: Vec<Skipped>,
    /// What else a reader should know, in sentences.
    pub notes: Vec<String>,
}

/// Why a file can't be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The file is not of this format.
    #[error("line {line}: {reason}")]
    Shape {
        /// Where that shows, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// There is no term in it.
    #[error("the file holds no term that can be used (read as {0})")]
    Nothing(&'static str),
    /// `category` was given, and the file names its own.
    #[error(
        "the file names its own categories ({0}); a category can be given for a mere list only"
    )]
    OwnCategories(String),
}

/// What is known of a file beside its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportOptions<'a> {
    /// Its name, without the folder.
    pub name: &'a str,
    /// Its format; guessed if not given.
    pub format: Option<Format>,
    /// Id of the category of a list that names none; made from the name if not given.
    pub category: Option<&'a str>,
    /// Id of the lexicon; made from the name if not given.
    pub id: Option<&'a str>,
}

/// Reads a foreign file. Any encoding and any line end will do.
///
/// # Errors
/// See [`ImportError`].
pub fn import(bytes: &[u8], options: ImportOptions<'_>) -> Result<Imported, ImportError> {
    let (text, note) = decode::decode(bytes);
    let guess = match options.format {
        Some(format) => Guess { format, reason: "as asked".to_owned() },
        None => guess(options.name, &text),
    };
    let stem = options.name.rsplit_once('.').map_or(options.name, |(stem, _)| stem);
    let id = options.id.map_or_else(|| slug(stem), str::to_owned);
    if guess.format == Format::Parallax {
        return own(&text, options.name, guess);
    }
    let list = options.category.map_or_else(|| stem.to_owned(), str::to_owned);
    let mut collector = Collector::new(list, options.category.is_some());
    collector.notes.extend(note);
    match guess.format {
        Format::Liwc => liwc::read(&text, &mut collector)?,
        Format::Dicx | Format::Emfd | Format::Wide | Format::Long => {
            delimited::read(&text, guess.format, &mut collector)?;
        }
        Format::Quanteda | Format::Json => quanteda::read(&text, guess.format, &mut collector)?,
        Format::Yoshikoder => yoshikoder::read(&text, &mut collector)?,
        Format::Vbpro => vbpro::read(&text, &mut collector),
        Format::Lexicoder => lexicoder::read(&text, &mut collector),
        Format::WordStat => wordstat::read(&text, &mut collector),
        Format::Vader | Format::MoralStrength | Format::EmoLex => {
            weighted::read(&text, guess.format, &mut collector);
        }
        Format::Empath => empath::read(&text, &mut collector),
        Format::Vale => vale::read(&text, &mut collector)?,
        Format::WordList | Format::Parallax => word_list::read(&text, &mut collector),
    }
    collector.finish(id, options.name, guess)
}

/// A file in the project's own format.
fn own(text: &str, name: &str, guess: Guess) -> Result<Imported, ImportError> {
    let parsed = parse(text, name);
    let fault = parsed.diagnostics.iter().find(|_| !parsed.is_sound());
    if let Some(fault) = fault {
        let (line, _) = fault.line_and_column(text);
        return Err(ImportError::Shape { line, reason: fault.message.clone() });
    }
    let read = parsed.lexicon.categories.iter().map(|category| category.terms.len()).sum();
    Ok(Imported { lexicon: parsed.lexicon, guess, read, skipped: Vec::new(), notes: Vec::new() })
}
