//! Words that the tables and the summary of a diff share.

use crate::diff::{Basis, Causes, Finding, Share, Standing, Tested};
use crate::render::number::{self, MISSING, counted};
use crate::render::wording::listed;
use crate::report::ReasonRow;

/// Name of a group, or what stands for all of them.
pub(super) fn outlet(outlet: Option<&str>) -> &str {
    outlet.unwrap_or("all articles")
}

/// A finding in a table, with the reason where nothing is said.
pub(super) fn finding(causes: &Causes, tested: &Tested, articles: [u64; 2]) -> String {
    match tested.finding {
        Finding::Census => "by definition".to_owned(),
        Finding::Rose if has_counted(causes) => "rose (articles)".to_owned(),
        Finding::Fell if has_counted(causes) => "fell (articles)".to_owned(),
        Finding::Rose => "rose".to_owned(),
        Finding::Fell => "fell".to_owned(),
        Finding::Inconclusive => "inconclusive".to_owned(),
        Finding::NotEnoughEvidence => {
            let said = reasons(&tested.reasons, articles);
            if said.is_empty() {
                "not enough evidence".to_owned()
            } else {
                format!("not enough evidence ({})", said.join(", "))
            }
        }
        Finding::Unknown if causes.basis == Basis::NotDecomposable => "not decomposable".to_owned(),
        Finding::Unknown => "not comparable".to_owned(),
    }
}

/// Whether lexicon, tool or settings explain a part of a move.
pub(super) fn has_counted(causes: &Causes) -> bool {
    [causes.lexicon.value, causes.reading.value].iter().flatten().any(|share| *share != 0.0)
}

/// What there is too little of: articles before hits, two reasons at most.
fn reasons(reasons: &[ReasonRow], articles: [u64; 2]) -> Vec<String> {
    const ORDER: [&str; 7] = [
        "too-few-articles",
        "few-articles",
        "few-changed-articles",
        "few-hits",
        "few-articles-with-hits",
        "smallest-p",
        "no-variation",
    ];
    let mut said: Vec<String> = Vec::new();
    for code in ORDER {
        let found = reasons.iter().find(|reason| reason.code == code);
        let text = found.map(|reason| reason_in_words(reason, articles));
        said.extend(text.filter(|text| !said.contains(text)));
    }
    said.truncate(2);
    said
}

fn reason_in_words(reason: &ReasonRow, [old, new]: [u64; 2]) -> String {
    // A count that was saved as a float; the cast saturates.
    let whole = reason.found.unwrap_or(0.0) as u64;
    match reason.code.as_str() {
        "too-few-articles" | "few-articles" => {
            format!("{} and {}", number::count(old), counted(new, "article"))
        }
        "few-changed-articles" => format!("{} changed", counted(whole, "article")),
        "few-hits" | "few-articles-with-hits" if whole == 0 => "no hit in what changed".to_owned(),
        "few-hits" => format!("{} in what changed", counted(whole, "hit")),
        "few-articles-with-hits" => format!("hits in {} only", counted(whole, "article")),
        "smallest-p" => format!("no p below {} is possible", number::probability(reason.found)),
        "no-variation" => "articles too alike to estimate an error".to_owned(),
        other => other.replace('-', " "),
    }
}

/// A cause's share, "≈" before an estimate.
pub(super) fn share(share: &Share, write: impl Fn(Option<f64>) -> String) -> String {
    match *share {
        Share { value: Some(_), .. } => write(share.value),
        Share { estimate: Some(_), .. } => format!("≈ {}", write(share.estimate)),
        _ => MISSING.to_owned(),
    }
}

/// From one number to another.
pub(super) fn range(
    low: Option<f64>,
    high: Option<f64>,
    write: impl Fn(Option<f64>) -> String,
) -> String {
    match (low, high) {
        (None, None) => MISSING.to_owned(),
        _ => format!("{} to {}", write(low), write(high)),
    }
}

/// How many moves are left out of a table, by what they amount to; `None` for none.
pub(super) fn left_out(standings: impl Iterator<Item = Standing>) -> Option<String> {
    let mut numbers = [0u64; 7];
    standings.for_each(|standing| numbers[standing as usize] += 1);
    let names = [
        (Standing::Said, "that rose or fell"),
        (Standing::Counted, "mostly through lexicon, tool or settings"),
        (Standing::Undecided, "with causes that can't be told apart"),
        (Standing::Inconclusive, "inconclusive"),
        (Standing::TooFew, "on too few articles or hits to say"),
        (Standing::OnlyWhole, "with as many hits as before, of other totals"),
        (Standing::OneSided, "that only one report can measure"),
    ];
    let parts: Vec<String> = names
        .into_iter()
        .filter(|(standing, _)| numbers[*standing as usize] > 0)
        .map(|(standing, name)| format!("{} {name}", number::count(numbers[standing as usize])))
        .collect();
    (!parts.is_empty()).then(|| listed(&parts))
}
