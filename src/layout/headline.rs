//! Headline forms: "Name: clause" and "clause: Name".

use rustc_hash::FxHashSet;

use super::grammar::Classes;
use super::model::{Cue, CueKind};
use super::speech::{Claim, Effect, Speech};
use super::tokens::{Sort, Token};
use crate::text::{Span, words};

/// What a speaker behind a colon or a dash does not hold.
const SMALL_NO_SPEAKER: Classes = Classes::CAPITAL
    .or(Classes::PREPOSITION)
    .or(Classes::AUXILIARY)
    .or(Classes::DETERMINER)
    .or(Classes::DIGIT)
    .or(Classes::ED)
    .or(Classes::PAST)
    .or(Classes::WH)
    .or(Classes::ING);

/// Who speaks in headlines without a name.
const SPEAKERS: &[&str] = &[
    "police",
    "officials",
    "official",
    "minister",
    "pm",
    "president",
    "report",
    "reports",
    "study",
    "poll",
    "survey",
    "sources",
    "source",
    "expert",
    "experts",
    "scientists",
    "researchers",
    "court",
    "judge",
    "lawyer",
    "lawyers",
    "prosecutor",
    "prosecutors",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "senator",
    "governor",
    "mayor",
    "ministry",
    "government",
    "army",
    "military",
    "un",
    "eu",
    "pentagon",
    "kremlin",
    "watchdog",
    "analyst",
    "analysts",
    "critics",
    "ceo",
    "chief",
    "union",
    "witnesses",
    "witness",
    "auditor",
    "coroner",
    "regulator",
    "inquiry",
    "guild",
    "council",
    "doctors",
    "campaigners",
    "farmers",
    "teachers",
    "economist",
    "economists",
    "ambassador",
    "envoy",
    "bishop",
    "pope",
    "king",
    "queen",
    "premier",
    "chancellor",
    "secretary",
    "leader",
    "leaders",
    "ombudsman",
    "agency",
    "bank",
    "institute",
    "charity",
    "adviser",
    "aide",
    "aides",
    "families",
    "survivors",
    "residents",
];

/// The words of every source that the body names, lower-case.
fn source_words(text: &str, cues: &[Cue]) -> FxHashSet<String> {
    let mut found = FxHashSet::default();
    for source in cues.iter().filter_map(|cue| cue.source) {
        let content = source.of(text);
        for word in words::words(content).take(12) {
            let word = word.of(content);
            if word.starts_with(char::is_uppercase) {
                found.insert(fold(word));
            }
        }
    }
    // "Hanna Varga", "Ms Varga": who is named in full may speak in the headline.
    let mut before = false;
    for word in words::words(text).take(400).map(|word| word.of(text)) {
        let capital = word.starts_with(char::is_uppercase);
        if before && capital {
            found.insert(fold(word));
        }
        before = capital && !PLACES.contains(&word) && word.chars().any(char::is_lowercase);
    }
    found
}

/// First words of two-word names that are no person's.
const PLACES: &[&str] = &[
    "The", "A", "An", "In", "On", "At", "For", "And", "But", "South", "North", "West", "East",
    "New", "San", "Los", "Las", "Saudi", "Hong", "United", "Great", "Sri", "Costa", "Puerto", "El",
    "St", "Fort", "Lake", "Mount", "Middle", "European", "White", "Supreme", "National", "Super",
    "World", "Cape", "Port", "Rio", "Sierra", "Northern", "Southern", "Western", "Eastern",
];

fn fold(word: &str) -> String {
    let lower = word.to_lowercase().replace('’', "'");
    lower.strip_suffix("'s").unwrap_or(&lower).to_owned()
}

/// Words before a colon that say what an article is.
const GENRES: &[&str] = &[
    "opinion",
    "analysis",
    "exclusive",
    "breaking",
    "editorial",
    "comment",
    "video",
    "watch",
    "photos",
    "live",
    "updated",
    "update",
    "review",
    "interview",
    "obituary",
    "letter",
    "letters",
    "explainer",
    "timeline",
    "profile",
    "correction",
    "poll",
    "quiz",
    "podcast",
    "factbox",
];

/// Whether one to three capitalised words are named nowhere in the text behind the headline: a topic
/// would be, one who is only quoted need not be.
fn is_unheard(text: &str, left: &[Token]) -> bool {
    let (Some(first), Some(last)) = (left.first(), left.last()) else { return false };
    let name = fold(last.span.of(text));
    let body = text.get(last.span.end as usize..).unwrap_or_default();
    let body = body.split_once('\n').map_or("", |(_, body)| body);
    // Only what opens the text: the search reads all of it.
    first.span.start < 200
        && left.len() <= 3
        && left.iter().all(|token| token.word() && token.is(Classes::CAPITAL))
        && !left.iter().any(|token| token.is(Classes::DIGIT))
        && !GENRES.contains(&fold(first.span.of(text)).as_str())
        && !words::words(body).any(|word| fold(word.of(body)) == name)
}

/// "We will …", "… must go": somebody says so.
fn speaks_up(right: &[Token]) -> bool {
    right.len() > 2 && right.iter().any(|token| token.is(Classes::MODAL))
}

/// Claims the clause of a headline whose speaker stands before or behind a colon, or behind a dash;
/// whether there was one. `sources` are the words of every source that the body names, once known.
pub(super) fn colon(
    text: &str,
    tokens: &[Token],
    sources: &mut Option<FxHashSet<String>>,
    out: &mut Speech,
) -> bool {
    let colon = tokens.iter().position(|token| token.sort == Sort::Colon);
    let dash = tokens.iter().rposition(|token| token.sort == Sort::Dash);
    let Some(at) = colon.or(dash) else { return false };
    let (left, right) = (&tokens[..at], &tokens[at + 1..]);
    let sources = sources.get_or_insert_with(|| source_words(text, &out.cues));
    let speaks = |side: &[Token]| {
        (1..=4).contains(&side.len())
            && side.iter().all(|token| {
                token.sort == Sort::Word
                    && !token.is(Classes::AUXILIARY.or(Classes::PREPOSITION).or(Classes::WH))
            })
            && side.last().is_some_and(|last| {
                let word = fold(last.span.of(text));
                sources.contains(&word) || SPEAKERS.contains(&word.as_str())
            })
    };
    let unheard = colon.is_some() && is_unheard(text, left) && speaks_up(right);
    // "Ferry captain was asleep – inquiry": a small letter behind the sign.
    let small = (1..=3).contains(&right.len())
        && right.iter().all(|token| token.word() && !token.is(SMALL_NO_SPEAKER));
    let (source, content) = if unheard || colon.is_some() && speaks(left) && right.len() > 2 {
        (left, right)
    } else if (speaks(right) || small) && left.len() > 2 {
        (right, left)
    } else if speaks(left) && right.iter().any(|token| matches!(token.sort, Sort::Quote(_))) {
        (left, right)
    } else {
        return false;
    };
    let cover = |side: &[Token]| {
        let (first, last) = (side.first()?, side.last()?);
        Some(Span { start: first.span.start, end: last.span.end })
    };
    let cue = out.cues.len() as u32;
    out.cues.push(Cue {
        span: tokens[at].span,
        lemma: ":".to_owned(),
        kind: CueKind::Plain,
        source: cover(source),
    });
    if let Some(span) = cover(content) {
        out.claims.push(Claim {
            span,
            effect: Effect::Attributed,
            cue: Some(cue),
            rule: "headline-colon",
        });
    }
    for token in tokens {
        if let Sort::Quote(quote) = token.sort {
            out.governed.push((quote, cue));
        }
    }
    true
}
