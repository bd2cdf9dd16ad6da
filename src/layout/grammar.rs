//! The closed word classes of English that the search for reported clauses needs.

/// A set of word classes, and of what the shape of a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Classes { $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)* }
    };
}

classes! {
    /// Finite forms of "be".
    BE = 0;
    /// Finite forms of "have".
    HAVE = 1;
    /// Finite forms of "do".
    DO = 2;
    MODAL = 3;
    /// A pronoun that can only be a subject.
    NOMINATIVE = 4;
    OBJECT_PRONOUN = 5;
    DETERMINER = 6;
    PREPOSITION = 7;
    SUBORDINATOR = 8;
    COORDINATOR = 9;
    /// but, while, although …
    CONTRAST = 10;
    WH = 11;
    THAT = 12;
    TO = 13;
    /// Days, months, today …
    TIME = 14;
    /// week, month, year …
    PERIOD = 15;
    ADVERB = 16;
    NEGATION = 17;
    /// A pronoun with a verb glued to it: "he's", "they'll".
    PRONOUN_VERB = 18;
    /// Irregular past forms.
    PAST = 19;
    /// who, which, whom, whose
    RELATIVE = 20;
    /// be, been, being
    NON_FINITE_BE = 21;
    /// Present forms without an ending that plural subjects often have.
    PRESENT = 22;
    /// last, next, this, that, early …
    BEFORE_PERIOD = 23;
    AND = 24;
    /// A verb that a person does, whose past tense behind "and" shares the speaker as its subject.
    DEED = 25;
    AS = 26;
    BY = 27;
    ARTICLE = 28;
    /// where, when: behind a comma they add what the outlet knows.
    PLACE_RELATIVE = 29;
    /// Prepositions of time, place and channel.
    CIRCUMSTANCE = 31;
    /// hours, days, weeks …
    SPELL = 30;
    /// his, her, their …
    OWNER = 32;
    // What the cues know of a word.
    /// A form of a reporting verb.
    VERB = 33;
    /// A form of a reporting noun.
    NOUN = 34;
    /// The first word of a pattern.
    OPENS_PATTERN = 35;
    /// Without such a word a sentence reports nothing.
    CUE = 36;
    /// The word that tells a pattern best: without one near there is no pattern.
    ANCHOR = 39;
    // What stands around it.
    /// Here a verb form is no cue.
    BLOCKED = 37;
    /// A negator of several words ends here.
    ENDS_NEGATOR = 38;
    /// A pattern that begins here may be whole: a word that one needs stands near enough behind.
    NEAR_ANCHOR = 50;
    /// A quotation whose last sign inside the marks is a comma or a stop.
    STOPPED = 49;
    // Shapes.
    CAPITAL = 40;
    /// Ends in "ed".
    ED = 41;
    /// Ends in "s".
    S = 42;
    ING = 43;
    LY = 44;
    DIGIT = 45;
    /// Ends in "’s" or "s’".
    POSSESSIVE = 46;
    /// Joined to the word before by a hyphen.
    HYPHEN = 47;
    /// Every letter a capital.
    UPPER = 48;
}

impl Classes {
    pub const NONE: Self = Self(0);
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
    /// Those of them that `other` holds too.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
    /// The set where it `holds`, else the empty one, without a branch.
    #[inline(always)]
    pub const fn times(self, holds: bool) -> Self {
        Self(self.0 * holds as u64)
    }
    /// Whether the two share a class.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
    /// Classes of a few words each, which stand in most sentences.
    pub const CLOSED: Self = Self::AUXILIARY
        .or(Self::NOMINATIVE)
        .or(Self::OBJECT_PRONOUN)
        .or(Self::DETERMINER)
        .or(Self::PREPOSITION)
        .or(Self::SUBORDINATOR)
        .or(Self::COORDINATOR)
        .or(Self::WH)
        .or(Self::THAT)
        .or(Self::TO)
        .or(Self::AS)
        .or(Self::NON_FINITE_BE);
    /// Verb forms that make a clause finite whatever stands around them.
    pub const AUXILIARY: Self = Self::BE.or(Self::HAVE).or(Self::DO).or(Self::MODAL);
}

/// Words that the grammar asks for by name. They come first in every vocabulary, in this order, so
/// that each has a number of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelled {
    So = 1,
    Police,
    Ago,
    Said,
    Of,
    For,
    On,
    If,
    Because,
    Then,
    Than,
    Whose,
    It,
}

/// The words of [`Spelled`], in its order.
pub(super) const SPELLED: &str = "so police ago said of for on if because then than whose it";

/// Each class with its words, separated by blanks.
pub(super) const WORDS: &[(Classes, &str)] = &[
    (Classes::BE, "is are was were am isn't aren't wasn't weren't ain't"),
    (Classes::HAVE, "has have had hasn't haven't hadn't"),
    (Classes::DO, "do does did don't doesn't didn't"),
    (
        Classes::MODAL,
        "will would can could may might must shall should cannot won't wouldn't can't couldn't mustn't shouldn't shan't needn't",
    ),
    (Classes::NEGATION, "not never neither nor no nobody none without cannot"),
    (Classes::NOMINATIVE, "he she they we i it you there who"),
    (
        Classes::OBJECT_PRONOUN,
        "him her them us me it you himself herself themselves itself myself ourselves",
    ),
    (
        Classes::DETERMINER,
        "the a an this these those his her its their our my your some any no every each all both several many most \
         more few another such other one two three four five six seven eight nine ten eleven twelve dozens hundreds \
         thousands half",
    ),
    (Classes::ARTICLE, "the a an"),
    (Classes::OWNER, "his her their its our my your"),
    (
        Classes::PREPOSITION,
        "in on at by for from with of to about against over under during through via into onto upon toward towards \
         between among amid amidst around across behind beyond near without within after before since until despite \
         per like along alongside inside outside off out up down ahead regarding concerning including because",
    ),
    (Classes::BY, "by"),
    (Classes::AS, "as"),
    (Classes::CIRCUMSTANCE, "in on at during through via to from by with before after under of"),
    (Classes::PLACE_RELATIVE, "where when"),
    (Classes::SPELL, "seconds minutes hours days weeks months years decades moments"),
    (Classes::TO, "to"),
    (
        Classes::SUBORDINATOR,
        "after before because since if when while although though as until unless whereas once whenever wherever lest",
    ),
    (Classes::COORDINATOR, "and or nor but yet"),
    (Classes::AND, "and or"),
    (Classes::CONTRAST, "but while although though whereas yet"),
    (Classes::WH, "who what when where why how whether if whom whose which whatever whoever"),
    (Classes::RELATIVE, "who which whom whose"),
    (Classes::THAT, "that"),
    (
        Classes::TIME,
        "monday tuesday wednesday thursday friday saturday sunday mondays january february march april may june july \
         august september october november december jan feb mar apr aug sept sep oct nov dec mon tue tues wed thu \
         thurs fri sat sun today yesterday tomorrow tonight overnight",
    ),
    (
        Classes::PERIOD,
        "week month year day morning afternoon evening night weekend summer spring autumn fall winter hour moment",
    ),
    (Classes::BEFORE_PERIOD, "this last next that early late earlier later each every"),
    (
        Classes::ADVERB,
        "also later earlier again then now still too first once recently previously repeatedly publicly already ever \
         just only even always often sometimes soon long instead meanwhile however once twice here there today \
         yesterday tomorrow tonight ago late early anyway nowhere everywhere somewhere together further thus therefore back aloud online on-air away far",
    ),
    (Classes::NON_FINITE_BE, "be been being"),
    (
        Classes::PAST,
        "went came took made got gave found knew thought left met held began became ran won lost fell rose grew kept \
         saw sent spent stood led paid spoke broke chose drew drove ate felt flew forgot fought hid hit hurt laid let \
         lay meant put read rode sang sat shot shook slept sold sought spread stole struck swore taught threw told \
         understood woke wore wrote said brought bought built burnt caught cost cut dealt fled bore beat bent bit bled \
         blew clung crept dug fed forbade froze hung heard knelt lent lit quit rang sank shed shrank shut slid spun \
         sprang stuck stung swept swam swung tore wept withdrew overcame overtook undertook upheld sprung bid bound",
    ),
    (
        Classes::PRESENT,
        "want need seem plan intend remain continue include believe think know hope expect fear make take give get go \
         come live work face mean depend belong support oppose deserve require suffer agree matter exist pay lack \
         show hold run keep feel look appear stand own hate love like cause lead fail lose win rely",
    ),
    (
        Classes::DEED,
        "left walked sat stood turned returned hung smiled shook nodded refused declined offered ordered resigned went \
         gave took signed began stopped",
    ),
];

/// Pronouns that verbs are glued to, and those verbs.
pub(super) const GLUED: (&[&str], &[&str]) = (
    &["he", "she", "it", "they", "we", "i", "you", "there", "that", "who", "what"],
    &["'s", "'re", "'ve", "'ll", "'d", "'m"],
);
