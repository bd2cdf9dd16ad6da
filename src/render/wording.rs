//! Every sentence and every phrase that is made from numbers.

use super::document::{Style, Text};
use super::lookup::Lookup;
use super::number::{self, counted, in_words, plural};
use super::tables::TableName;
use crate::report::{ComparisonRow, MatchedRow, RateRow, ReasonRow};
use crate::statistics::evidence::{Tier, Verdict};
use crate::tally::VoiceGroup;

/// Said beside rates.
pub(super) const HIGHER_IS_NOT_WORSE: &str = "Higher is not worse: a rate says how often such words stand there, not whether they are apt. Inclusion in a lexicon is not a finding of inaccuracy.";

/// Said beside categories whose rates follow the topic.
pub(super) const TOPIC: &str = "A topic is not a wording: the rate of a category marked \"follows the topic\" rises with what an outlet covers, so it is compared only within events.";

/// Said beside quoted words.
pub(super) const QUOTED: &str = "A quoted word is not the outlet's: it tells whom the outlet lets speak, not how the outlet speaks.";

/// Said beside verdicts.
pub(super) const CLEARS_NOBODY: &str = "\"Not enough evidence\" clears nobody and accuses nobody: it says that these articles are too few. No interval covers articles that were not collected.";

/// Said beside labels.
pub(super) const LABELS: &str = "Counted in the outlet's wording. A contested label can be accurate, and many labels are chosen by those who bear them.";

/// Said in the header until precision can be given.
pub(super) const NOT_VALIDATED: &str = "Precision not validated: nobody has yet checked what part of these hits means what the lexicon means.";

/// Said beside what stands in one event or in single events.
pub(super) const MATCHED: &str = "Each event is compared with itself, so the choice of topics does not enter. This is the comparison to prefer.";

/// Said beside comparisons of all articles.
pub(super) const POOLED: &str = "All articles of each outlet, whatever they cover: a difference may come from the topics as well as from the wording.";

/// Said beside what was not found.
pub(super) const NOT_FOUND: &str = "Not found in this corpus is not absent from the outlet: it may have run what was not collected. An event counts where enough other outlets cover it.";

/// Said beside events that the program put together.
pub(super) const FOUND: &str = "These events were not declared: articles were grouped by names and rare words in common. Read a few before relying on them.";

/// Said beside comparisons within events that the program put together.
pub(super) const MATCHED_FOUND: &str = "Each event is compared with itself, so the choice of topics does not enter. The events were found by the program, not declared: see the table of events before relying on them.";

/// Said beside attention.
pub(super) const ATTENTION: &str = "How much room somebody gets, in mentions and in words given to them as a source. More room is neither favour nor blame.";

/// Said beside sentences set next to one another.
pub(super) const SIDE_BY_SIDE: &str = "The same referent as each outlet words it. A contested label can be accurate, and a word in attribution or quotation may be the source's.";

/// What was left out of a table, and how to see all of it.
pub(super) fn more(rest: &str, table: TableName) -> String {
    format!("… {rest}: --table {}", table.name())
}

/// A text that speaks of outlets, for articles that are grouped by `by`.
pub(super) fn grouped(text: &str, by: &str) -> String {
    if by == "outlet" {
        return text.to_owned();
    }
    text.replace("outlet's", "writers'")
        .replace("an writers'", "the writers'")
        .replace("outlets", &plural(2, by))
        .replace("an outlet", &format!("one {by}"))
        .replace("outlet", by)
}

/// "/1k" for 1,000 words, and so on.
pub(super) fn unit(per: f64) -> String {
    const SHORT: [(f64, &str); 4] = [(1e3, "1k"), (1e4, "10k"), (1e5, "100k"), (1e6, "1M")];
    let short = SHORT.iter().find(|(words, _)| *words == per);
    short.map_or_else(|| format!("/{}", plain(per)), |(_, name)| format!("/{name}"))
}

/// The same in words: "per 1,000 words".
pub(super) fn unit_in_words(per: f64) -> String {
    format!("per {} words", plain(per))
}

fn plain(per: f64) -> String {
    if per.fract() == 0.0 { number::count(per as u64) } else { per.to_string() }
}

/// "95% CI" for an alpha of .05.
pub(super) fn confidence(alpha: f64) -> String {
    let percent = format!("{:.1}", (1.0 - alpha) * 100.0);
    format!("{}% CI", percent.strip_suffix(".0").unwrap_or(&percent))
}

/// The correction's short name.
pub(super) fn correction(name: &str) -> String {
    match name {
        "holm" => "Holm".to_owned(),
        other => other.to_uppercase(),
    }
}

/// A voice for people.
pub(super) fn voice(voice: VoiceGroup) -> &'static str {
    match voice {
        VoiceGroup::All => "every voice",
        VoiceGroup::Worded => "the outlet's wording",
        VoiceGroup::Own => "own voice",
        VoiceGroup::Attributed => "attributed",
        VoiceGroup::Quoted => "quoted",
        VoiceGroup::Scare => "scare quotes",
    }
}

/// A voice for people, where the articles are grouped by something else than outlets too.
pub(super) fn voice_of(lookup: &Lookup<'_>, group: VoiceGroup) -> String {
    grouped(voice(group), &lookup.report.settings.by)
}

/// How a verdict is set: what can be told stands out.
pub(super) fn weight(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Higher | Verdict::Lower | Verdict::Similar => Style::Strong,
        Verdict::Inconclusive | Verdict::NotEnoughEvidence => Style::Plain,
    }
}

/// The rate of a cell with as much as its tier carries.
pub(super) fn rate(lookup: &Lookup<'_>, row: &RateRow) -> String {
    let shown = |value| number::rate(lookup.in_unit(value));
    if row.hits == 0 && row.words > 0 {
        return match row.high {
            Some(_) => format!("0 (≤ {})", shown(row.high)),
            None => "0".to_owned(),
        };
    }
    match row.tier {
        _ if row.words == 0 => number::MISSING.to_owned(),
        Tier::Descriptive => {
            format!(
                "{} ({} {})",
                shown(row.rate),
                in_words(row.articles),
                plural(row.articles, "article")
            )
        }
        _ => number::with_interval(shown(row.rate), shown(row.low), shown(row.high)),
    }
}

/// The rate of a cell where there is little room: "3.35 [1.57, 6.25]", or hits and the articles that
/// hold them, "4 in 3", where the evidence is too thin for a rate.
pub(super) fn short_rate(lookup: &Lookup<'_>, row: &RateRow) -> Text {
    let shown = |value| number::rate(lookup.in_unit(value));
    match row.tier {
        _ if row.words == 0 => number::MISSING.into(),
        Tier::Reportable if row.hits > 0 => {
            number::with_interval(shown(row.rate), shown(row.low), shown(row.high)).into()
        }
        _ if row.hits == 0 && row.tier != Tier::Descriptive && row.high.is_some() => {
            Text::of(format!("0 (≤ {})", shown(row.high)), Style::Faint)
        }
        _ if row.hits == 0 => Text::of("0", Style::Faint),
        _ => {
            let articles = number::count(row.articles_with_hits);
            Text::of(format!("{} in {articles}", number::count(row.hits)), Style::Faint)
        }
    }
}

/// What a cell can carry.
pub(super) fn tier(tier: Tier, articles: u64) -> String {
    match tier {
        Tier::Reportable => "reportable".to_owned(),
        Tier::Tentative => "tentative".to_owned(),
        Tier::Descriptive => match articles {
            0 => "no article".to_owned(),
            1 => "describes this article only".to_owned(),
            _ => format!("describes these {} articles only", in_words(articles)),
        },
    }
}

/// What is said of a comparison, and why not more.
pub(super) fn verdict(lookup: &Lookup<'_>, row: &ComparisonRow) -> String {
    let articles = (row.articles_a, row.articles_b);
    let judged = Judged { verdict: row.verdict, reasons: &row.reasons, articles, unit: "hit" };
    in_full(&judged, lookup.outlet(&row.a), row.mdr)
}

/// What a verdict and its reasons are made of, in any comparison.
pub(super) struct Judged<'r> {
    pub(super) verdict: Verdict,
    pub(super) reasons: &'r [ReasonRow],
    /// Articles of both sides.
    pub(super) articles: (u64, u64),
    /// What is counted: "hit".
    pub(super) unit: &'r str,
}

/// Beyond this ratio it does not matter how large a difference would have been missed.
const BEYOND_ANY: f64 = 100.0;

/// What is said of any comparison of two outlets, and why not more; `mdr` is the smallest ratio
/// that would have been found.
pub(super) fn in_full(judged: &Judged<'_>, a: &str, mdr: Option<f64>) -> String {
    let reasons = reasons(judged);
    let missed = mdr.filter(|mdr| mdr.is_finite()).map_or_else(String::new, |mdr| {
        if mdr > BEYOND_ANY {
            format!("; would have missed even {}", number::ratio(Some(BEYOND_ANY)))
        } else {
            format!("; would have missed < {}", number::ratio(Some(mdr)))
        }
    });
    match judged.verdict {
        Verdict::Higher | Verdict::Lower | Verdict::Similar => short_verdict(judged.verdict, a),
        Verdict::Inconclusive => format!("inconclusive{missed}"),
        Verdict::NotEnoughEvidence if reasons.is_empty() => format!("not enough evidence{missed}"),
        Verdict::NotEnoughEvidence => {
            format!("not enough evidence ({}){missed}", reasons.join(", "))
        }
    }
}

fn reasons(judged: &Judged<'_>) -> Vec<String> {
    let mut said = Vec::new();
    for reason in judged.reasons {
        let text = reason_in_words(judged, reason);
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said
}

fn reason_in_words(judged: &Judged<'_>, reason: &ReasonRow) -> String {
    let found = reason.found.filter(|found| found.is_finite() && *found >= 0.0);
    // A count that was saved as a float; the cast saturates.
    let whole = found.unwrap_or(0.0) as u64;
    let unit = judged.unit;
    match reason.code.as_str() {
        "too-few-articles" | "few-articles" => {
            let (a, b) = judged.articles;
            format!("{} and {}", number::count(a), counted(b, "article"))
        }
        "smallest-p" => format!("no p below {} is possible", number::probability(reason.found)),
        "few-hits" => counted(whole, unit),
        "few-articles-with-hits" if whole == 0 => format!("no article with a {unit}"),
        "few-articles-with-hits" => {
            format!("{unit}s in at most {} of an outlet", counted(whole, "article"))
        }
        "topic-sensitive" => "the rate follows the topic".to_owned(),
        other => other.replace('-', " "),
    }
}

/// What is said of a comparison, without the reasons.
pub(super) fn short_verdict(verdict: Verdict, a: &str) -> String {
    match verdict {
        Verdict::Higher => format!("higher in {a}"),
        Verdict::Lower => format!("lower in {a}"),
        Verdict::Similar => "similar".to_owned(),
        Verdict::Inconclusive => "inconclusive".to_owned(),
        Verdict::NotEnoughEvidence => "not enough evidence".to_owned(),
    }
}

/// What is said of a comparison within events, and why not more.
pub(super) fn matched_verdict(lookup: &Lookup<'_>, row: &MatchedRow) -> String {
    let said = short_verdict(row.verdict, lookup.outlet(&row.a));
    if row.verdict != Verdict::NotEnoughEvidence {
        return said;
    }
    let events = counted(row.events, "event");
    let hits = counted(row.hits_a + row.hits_b, "hit");
    if row.ratio.is_none() && row.hits_a + row.hits_b > 0 {
        return format!("{said} ({events}, {hits}; no ratio, as one side has no hit)");
    }
    if row.smallest_p > lookup.report.settings.alpha {
        let smallest = number::probability(Some(row.smallest_p));
        format!("{said} ({events}: no p below {smallest} is possible; {hits})")
    } else {
        format!("{said} ({events}, {hits})")
    }
}

/// "A", "A and B", "A, B and C".
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
