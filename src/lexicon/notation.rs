//! The notation of terms and of `unless`: words with wildcards, folded as the text is.

use thiserror::Error;

use super::gaps::{gap_marks, is_joined, marks_agree};
use super::globs::{glob_covers, glob_matches, globs_meet};
use crate::text::{Exactness, Folded, Token};

/// Why a pattern can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotationError {
    /// Nothing but blanks.
    #[error("it is empty")]
    Empty,
    /// Punctuation alone.
    #[error("it holds no letter and no digit")]
    NoWord,
    /// No letter is given, so every word would match.
    #[error("it holds nothing but wildcards")]
    OnlyWildcards,
    /// A phrase that begins or ends with `*` as a whole word.
    #[error("`*` as a whole word must stand between two words")]
    WildcardAtEdge,
    /// A term matches words alone; between them stand blanks, one hyphen, or a mark of names.
    #[error("`{mark}` can never match: between the words of a term stand blanks or one hyphen")]
    Punctuation {
        /// The character.
        mark: char,
        /// Its first byte in the pattern.
        at: usize,
    },
    /// An `unless` that is compared with very much of the text around each hit.
    #[error("it has more than {MOST_WORDS} words")]
    TooManyWords,
}

/// Words that an `unless` may have: each hit is compared with it at as many places.
pub const MOST_WORDS: usize = 50;

/// What one word must look like.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shape {
    /// `*` alone: any word.
    Any,
    /// This word.
    Literal(Box<str>),
    /// A word with `*` (any run of letters and digits) and `?` (exactly one) in it.
    Glob(Box<str>),
}

impl Shape {
    fn new(form: &str) -> Self {
        if form.bytes().all(|byte| byte == b'*') {
            Self::Any
        } else if form.bytes().any(|byte| matches!(byte, b'*' | b'?')) {
            Self::Glob(form.into())
        } else {
            Self::Literal(form.into())
        }
    }

    /// As it is written, folded.
    pub fn written(&self) -> &str {
        match self {
            Self::Any => "*",
            Self::Literal(word) | Self::Glob(word) => word,
        }
    }

    /// Whether a form has the shape.
    pub fn matches(&self, form: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Literal(word) => **word == *form,
            Self::Glob(glob) => glob_matches(glob, form),
        }
    }

    /// Whether every word that `other` matches is matched by this shape, too. A case that letters
    /// alone don't decide may be answered with no.
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) => true,
            (_, Self::Any) => false,
            (Self::Literal(one), Self::Literal(two)) => one == two,
            (Self::Literal(_), Self::Glob(_)) => false,
            (Self::Glob(glob), Self::Literal(word)) => glob_matches(glob, word),
            (Self::Glob(one), Self::Glob(two)) => glob_covers(one, two),
        }
    }

    /// Whether some word is matched by both.
    pub fn meets(&self, other: &Self) -> bool {
        matches!(self, Self::Any)
            || matches!(other, Self::Any)
            || globs_meet(self.written(), other.written())
    }

    /// Whether it meets the possessive of a word that `bare` matches.
    fn meets_possessive(&self, bare: &Self) -> bool {
        let (Self::Literal(written) | Self::Glob(written)) = self else { return true };
        let without = written.strip_suffix("'s").or_else(|| written.strip_suffix('\''));
        without.is_some_and(|without| Self::new(without).meets(bare))
    }

    /// The letters behind the last wildcard.
    pub fn suffix(&self) -> &str {
        match self {
            Self::Any => "",
            Self::Literal(word) => word,
            Self::Glob(glob) => glob.rsplit(['*', '?']).next().unwrap_or_default(),
        }
    }

    /// The letters before the first wildcard.
    pub fn prefix(&self) -> &str {
        match self {
            Self::Any => "",
            Self::Literal(word) => word,
            Self::Glob(glob) => glob.split(['*', '?']).next().unwrap_or_default(),
        }
    }
}

/// One word of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WordPattern {
    /// What the folded form must look like.
    pub shape: Shape,
    /// What the form with case or accents must look like besides.
    pub exact: Option<(Exactness, Shape)>,
}

impl WordPattern {
    fn new(pattern: &Folded, token: &Token, keep: Exactness) -> Self {
        let exact = (keep != Exactness::default()).then(|| {
            let mut form = String::new();
            pattern.exact_form(token, keep, true, &mut form);
            (keep, Shape::new(&form))
        });
        Self { shape: Shape::new(pattern.form(token)), exact }
    }

    /// Whether it holds a wildcard.
    pub fn is_wild(&self) -> bool {
        !matches!(self.shape, Shape::Literal(_))
    }

    /// Where the match of a word ends in the text: before its possessive ending unless the pattern
    /// holds that ending, too. `None` where the word does not match.
    pub fn match_end(&self, text: &Folded, token: &Token) -> Option<u32> {
        let bare = match &self.shape {
            // Told apart by their lengths, most of them.
            Shape::Literal(word) => {
                let form = text.bare_form(token);
                form.len() == word.len() && text.forms().get(form.range()) == Some(word.as_bytes())
            }
            shape => shape.matches(text.bare(token)),
        };
        if bare && self.agrees(text, token, false) {
            Some(token.bare_end)
        } else if token.is_possessive()
            && self.shape.matches(text.form(token))
            && self.agrees(text, token, true)
        {
            Some(token.span.end)
        } else {
            None
        }
    }

    fn agrees(&self, text: &Folded, token: &Token, possessive: bool) -> bool {
        self.exact.as_ref().is_none_or(|(keep, shape)| {
            let mut form = String::new();
            text.exact_form(token, *keep, possessive, &mut form);
            shape.matches(&form)
        })
    }
}

/// A word or a phrase: what one form of a term matches.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PhrasePattern {
    /// Its words, at least one of them with a letter or digit; the first and the last are not
    /// [`Shape::Any`].
    pub words: Vec<WordPattern>,
    /// Marks that must stand before, between and behind the words (one more than words), as
    /// [`gap_marks`] gives them; none at all where no place asks for one.
    marks: Vec<Vec<char>>,
}

/// Marks that belong to a name or a number and not to the sentence ("AT&T", "9/11", "#MeToo").
/// A term that holds one asks for it; all other punctuation ends a phrase.
const NAME_MARKS: &[char] = &['&', '/', '#', '@', '+', '$', '%', '_'];

impl PhrasePattern {
    /// Reads one form of a term.
    ///
    /// # Errors
    ///
    /// Every kind of [`NotationError`].
    pub fn parse(notation: &str, keep: Exactness) -> Result<Self, NotationError> {
        match read_plain(notation).filter(|_| keep == Exactness::default()) {
            Some(words) => Ok(Self { words, marks: Vec::new() }),
            None => Self::parse_any(notation, keep),
        }
    }

    /// The same for every notation.
    fn parse_any(notation: &str, keep: Exactness) -> Result<Self, NotationError> {
        let pattern = Folded::of_pattern(notation);
        let count = pattern.tokens().len();
        if notation.trim().is_empty() {
            return Err(NotationError::Empty);
        }
        if count == 0 {
            return Err(NotationError::NoWord);
        }
        let mut marks = Vec::with_capacity(count + 1);
        for index in 0..=count {
            let joined = is_joined(&pattern, index);
            let here = if joined { Vec::new() } else { gap_marks(pattern.gap_text(index)) };
            let inner = index > 0 && index < count;
            let bare_break = inner && !joined && here.is_empty();
            if bare_break || here.iter().any(|mark| !NAME_MARKS.contains(mark)) {
                return Err(punctuation(&pattern, index));
            }
            marks.push(here);
        }
        if marks.iter().all(Vec::is_empty) {
            marks.clear();
        }
        let words = words_of(&pattern, keep);
        if words.iter().all(has_no_letter) {
            return Err(NotationError::OnlyWildcards);
        }
        match words.as_slice() {
            [WordPattern { shape: Shape::Any, .. }, ..]
            | [.., WordPattern { shape: Shape::Any, .. }] => Err(NotationError::WildcardAtEdge),
            _ => Ok(Self { words, marks }),
        }
    }

    /// Whether every match of `other` is a match of this phrase with the same span.
    pub fn covers(&self, other: &Self) -> bool {
        let word_covers = |(one, two): (&WordPattern, &WordPattern)| {
            let exactly = match (&one.exact, &two.exact) {
                (None, _) => true,
                (Some((keep, one)), Some((other, two))) => keep == other && one.covers(two),
                (Some(_), None) => false,
            };
            exactly && one.shape.covers(&two.shape)
        };
        self.words.len() == other.words.len()
            && self.marks == other.marks
            && self.words.iter().zip(&other.words).all(word_covers)
    }

    /// Its words and marks without case and accents, where none of them holds a wildcard: two terms
    /// of the same key match the same words but for case and accents.
    pub fn literal_key(&self) -> Option<String> {
        let mut key = String::new();
        for (index, word) in self.words.iter().enumerate() {
            let Shape::Literal(literal) = &word.shape else { return None };
            key.push(' ');
            key.extend(self.marks.get(index).into_iter().flatten());
            key.push_str(literal);
        }
        key.extend(self.marks.get(self.words.len()).into_iter().flatten());
        Some(key)
    }

    /// Whether what stands before, between and behind the words of `text` from `first` on is what
    /// the phrase asks for: blanks or one hyphen between words, or its own marks.
    pub fn gaps_agree(&self, text: &Folded, first: usize) -> bool {
        let count = self.words.len();
        if first + count > text.tokens().len() {
            return false;
        }
        if self.marks.is_empty() {
            return (first + 1..first + count).all(|index| is_joined(text, index));
        }
        marks_agree(&self.marks, text, first, count)
    }

    /// Whether it is one word without wildcards, and every word of that folded form is a match,
    /// whatever its case and accents and whatever stands around it.
    pub fn is_plain_word(&self) -> bool {
        matches!(
            self.words.as_slice(),
            [WordPattern { shape: Shape::Literal(_), exact: None }] if self.marks.is_empty()
        )
    }

    /// How many of its words hold a wildcard.
    pub fn wildcards(&self) -> u8 {
        self.words.iter().filter(|word| word.is_wild()).count().min(255) as u8
    }
}

/// What an `unless` matches: words, and the punctuation around and between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnlessPattern {
    /// Its words; `*` may stand anywhere.
    pub words: Vec<WordPattern>,
    /// Marks before, between and behind the words (one more than words), as [`gap_marks`] gives
    /// them. None between two words asks for a joined gap; none at an end asks for nothing.
    pub marks: Vec<Vec<char>>,
}

impl UnlessPattern {
    /// Reads an `unless`; case and accents never count in it.
    ///
    /// # Errors
    ///
    /// [`NotationError::Empty`], [`NotationError::NoWord`], [`NotationError::OnlyWildcards`] (where
    /// there is no punctuation either), [`NotationError::TooManyWords`].
    pub fn parse(notation: &str) -> Result<Self, NotationError> {
        let read = match read_plain(notation) {
            Some(words) => Self { marks: vec![Vec::new(); words.len() + 1], words },
            None => Self::parse_any(notation)?,
        };
        if read.words.len() > MOST_WORDS { Err(NotationError::TooManyWords) } else { Ok(read) }
    }

    /// The same for every notation.
    fn parse_any(notation: &str) -> Result<Self, NotationError> {
        let pattern = Folded::of_pattern(notation);
        let count = pattern.tokens().len();
        if notation.trim().is_empty() {
            return Err(NotationError::Empty);
        }
        if count == 0 {
            return Err(NotationError::NoWord);
        }
        let marks: Vec<Vec<char>> = (0..=count)
            .map(|index| match is_joined(&pattern, index) {
                true => Vec::new(),
                false => gap_marks(pattern.gap_text(index)),
            })
            .collect();
        let words = words_of(&pattern, Exactness::default());
        if words.iter().all(has_no_letter) && marks.iter().all(Vec::is_empty) {
            return Err(NotationError::OnlyWildcards);
        }
        Ok(Self { words, marks })
    }

    /// Whether some text holds a match of `phrase` that a match of this pattern covers.
    pub fn can_cover(&self, phrase: &PhrasePattern) -> bool {
        let spare = self.words.len().checked_sub(phrase.words.len());
        (0..=spare.unwrap_or(0)).any(|first| {
            spare.is_some()
                && self.words[first..].iter().zip(&phrase.words).all(|(one, two)| {
                    one.shape.meets(&two.shape) || one.shape.meets_possessive(&two.shape)
                })
                && (1..phrase.words.len()).all(|inner| {
                    let asked = phrase.marks.get(inner).map_or(&[][..], Vec::as_slice);
                    self.marks.get(first + inner).is_some_and(|marks| marks.as_slice() == asked)
                })
        })
    }

    /// Whether it matches the words of `text` from `first` on.
    pub fn matches_at(&self, text: &Folded, first: usize) -> bool {
        let Some(tokens) = text.tokens().get(first..first + self.words.len()) else { return false };
        let count = self.words.len();
        let words = self.words.iter().zip(tokens);
        words.clone().all(|(word, token)| word.match_end(text, token).is_some())
            && marks_agree(&self.marks, text, first, count)
    }
}

fn words_of(pattern: &Folded, keep: Exactness) -> Vec<WordPattern> {
    pattern.tokens().iter().map(|token| WordPattern::new(pattern, token, keep)).collect()
}

/// Whether a notation is a sound one of ASCII letters, digits and wildcards with one blank or hyphen
/// between the words, [`MOST_WORDS`] at most, as nearly every one is. Such a one needs no folding but of its capitals, and its
/// words are what [`plain_words`] gives.
pub(crate) fn is_plain(notation: &str) -> bool {
    let (mut letters, mut stars, mut length) = (false, 0, 0);
    let mut opens_with_any = None;
    let mut words = 1;
    for byte in notation.bytes() {
        match byte {
            b' ' | b'-' if length == 0 || words == MOST_WORDS => return false,
            b' ' | b'-' => {
                words += 1;
                opens_with_any.get_or_insert(stars == length);
                (stars, length) = (0, 0);
                continue;
            }
            b'*' => stars += 1,
            b'?' => {}
            _ if byte.is_ascii_alphanumeric() => letters = true,
            _ => return false,
        }
        length += 1;
    }
    // A wildcard alone may not stand at an end, nor may a word be missing there.
    letters && stars != length && opens_with_any != Some(true)
}

/// The words of a [plain](is_plain) notation.
pub(crate) fn plain_words(notation: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(notation);
    std::iter::from_fn(move || {
        let words = rest?;
        let end = words.bytes().position(|byte| matches!(byte, b' ' | b'-'));
        rest = end.and_then(|end| words.get(end + 1..));
        end.map_or(Some(words), |end| words.get(..end))
    })
}

fn read_plain(notation: &str) -> Option<Vec<WordPattern>> {
    let word = |form: &str| WordPattern { shape: Shape::new(form), exact: None };
    let read = || plain_words(&notation.to_ascii_lowercase()).map(word).collect();
    is_plain(notation).then(read)
}

fn has_no_letter(word: &WordPattern) -> bool {
    match &word.shape {
        Shape::Any => true,
        Shape::Literal(_) => false,
        Shape::Glob(glob) => !glob.contains(|c: char| c.is_alphanumeric()),
    }
}

fn punctuation(pattern: &Folded, index: usize) -> NotationError {
    let span = pattern.gap_span(index);
    let mut marks = span.of(pattern.text()).char_indices();
    let (offset, mark) = marks.find(|(_, c)| !c.is_whitespace()).unwrap_or((0, '\n'));
    NotationError::Punctuation { mark, at: span.start as usize + offset }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn shapes(notation: &str) -> Vec<String> {
        let parsed = PhrasePattern::parse(notation, Exactness::default()).unwrap();
        let shown = parsed.words.iter().map(|word| match &word.shape {
            Shape::Any => "any".to_owned(),
            Shape::Literal(word) => format!("={word}"),
            Shape::Glob(glob) => format!("~{glob}"),
        });
        shown.collect()
    }

    fn fault(notation: &str) -> NotationError {
        PhrasePattern::parse(notation, Exactness::default()).unwrap_err()
    }

    #[test]
    fn terms_are_read_as_words() {
        assert_eq!(shapes("Far-Right"), ["=far", "=right"]);
        assert_eq!(shapes("radicali?e* Régime’s"), ["~radicali?e*", "=regime's"]);
        assert_eq!(shapes("war on * terror"), ["=war", "=on", "any", "=terror"]);
        assert_eq!(shapes("U.S."), ["=u.s"]);
        assert_eq!(shapes(" U.S.-led "), ["=u.s", "=led"]);
    }

    #[test]
    fn what_globs_share() {
        let glob = |written: &str| Shape::new(written);
        for (one, two, covers, meets) in [
            ("radical*", "radicali?e*", true, true),
            ("radicali?e*", "radical*", false, true),
            ("a?c", "a*c", false, true),
            ("*", "left", true, true),
            ("left", "right", false, false),
            ("*ism", "rac*", false, true),
            ("*ism", "rac?", false, false),
            ("???", "ab*", false, true),
            ("a*b*", "*ba", false, true),
            ("don*", "don't", false, false),
        ] {
            assert_eq!(glob(one).covers(&glob(two)), covers, "{one} covers {two}");
            assert_eq!(glob(one).meets(&glob(two)), meets, "{one} meets {two}");
            assert_eq!(glob(two).meets(&glob(one)), meets, "{two} meets {one}");
        }
    }

    #[test]
    fn an_unless_that_can_cover() {
        let phrase = PhrasePattern::parse("rogue state*", Exactness::default()).unwrap();
        for (unless, wanted) in [
            ("rogue states of *", true),
            ("(rogue states)", true),
            ("* state", true),
            ("rogue state's debt", true),
            ("rogue", false),
            ("rogue, state", false),
            ("no rogue nation", false),
        ] {
            assert_eq!(
                UnlessPattern::parse(unless).unwrap().can_cover(&phrase),
                wanted,
                "{unless}"
            );
        }
    }

    #[test]
    fn marks_of_names_must_stand_there() {
        let text =
            Folded::new("AT&T, AT T, Globe & Mail and Globe and Mail; 9/11 #MeToo MeToo 50%");
        let count = |notation: &str| {
            let phrase = PhrasePattern::parse(notation, Exactness::default()).unwrap();
            let words = phrase.words.len();
            let at = |first: &usize| {
                let tokens = &text.tokens()[*first..*first + words];
                phrase.words.iter().zip(tokens).all(|(w, t)| w.match_end(&text, t).is_some())
                    && phrase.gaps_agree(&text, *first)
            };
            (0..=text.tokens().len() - words).filter(at).count()
        };
        assert_eq!([count("AT&T"), count("AT T"), count("Globe & Mail")], [1, 1, 1]);
        assert_eq!([count("9/11"), count("#MeToo"), count("MeToo"), count("50%")], [1, 1, 2, 1]);
    }

    #[test]
    fn faults_are_named() {
        assert_eq!(fault("  "), NotationError::Empty);
        assert_eq!(fault("!!"), NotationError::NoWord);
        assert_eq!(fault("* *"), NotationError::OnlyWildcards);
        assert_eq!(fault("?*"), NotationError::OnlyWildcards);
        assert_eq!(fault("the *"), NotationError::WildcardAtEdge);
        assert_eq!(fault("(left)"), NotationError::Punctuation { mark: '(', at: 0 });
        assert_eq!(fault("right, wing"), NotationError::Punctuation { mark: ',', at: 5 });
        assert_eq!(fault("anti-"), NotationError::Punctuation { mark: '-', at: 4 });
        assert_eq!(fault("a\n\nb"), NotationError::Punctuation { mark: '\n', at: 1 });
        assert_eq!(UnlessPattern::parse("*").unwrap_err(), NotationError::OnlyWildcards);
        assert_eq!(UnlessPattern::parse("()").unwrap_err(), NotationError::NoWord);
        let long = |words: usize| UnlessPattern::parse(&format!("a{}", " *".repeat(words - 1)));
        assert!(long(MOST_WORDS).is_ok());
        assert_eq!(long(MOST_WORDS + 1).unwrap_err(), NotationError::TooManyWords);
        assert_eq!(NotationError::TooManyWords.to_string(), "it has more than 50 words");
    }

    #[test]
    fn globs_match_inside_words() {
        for (glob, word, wanted) in [
            ("radicali?e*", "radicalise", true),
            ("radicali?e*", "radicalized", true),
            ("radicali?e*", "radicalie", false),
            ("*ism", "racism", true),
            ("*ism", "ism", true),
            ("*ism", "racisms", false),
            ("a*b*c", "aXbbYc", true),
            ("don*", "don't", false),
            ("don't*", "don't", true),
            ("?", "é", true),
            ("u*", "u.s", false),
        ] {
            assert_eq!(Shape::new(glob).matches(word), wanted, "{glob} {word}");
        }
    }

    #[test]
    fn unless_holds_punctuation() {
        let text = Folded::new("Freeland ( left ) told; “left,” she left -- the house");
        let at = |notation: &str, first| {
            UnlessPattern::parse(notation).unwrap().matches_at(&text, first)
        };
        assert!(at("(left)", 1) && at("(*)", 1));
        assert!(!at("(left)", 3));
        assert!(at("\"left,\"", 3) && at("‘left’", 3) != at("left,", 3));
        assert!(at("left — the *", 5) && !at("left the *", 5));
        assert!(!at("the house *", 6));
    }

    proptest::proptest! {
        #[test]
        fn plain_notations_are_read_like_all_others(
            notation in "([a-zA-Z0-9*? -]|so|US|s|the ){0,12}",
            case in proptest::bool::ANY,
        ) {
            let keep = Exactness { case, ..Exactness::default() };
            let any = PhrasePattern::parse_any(&notation, keep);
            proptest::prop_assert_eq!(PhrasePattern::parse(&notation, keep), any);
            let any = UnlessPattern::parse_any(&notation);
            proptest::prop_assert_eq!(UnlessPattern::parse(&notation), any);
        }
    }
}
