//! The sentences of a diff's summary about what moved.

use super::phrases;
use crate::diff::{Basis, DiffRecord, Finding, LabelMove, RateMove, ShareMove, Standing};
use crate::render::number::{count, counted, difference, percent, rate};
use crate::render::wording::{self, listed};
use crate::tally::VoiceGroup;

/// Moves that are named in a sentence; the others are counted.
const NAMED: usize = 6;

/// What may be said of the rates, shares and labels, the firmest first.
pub(super) fn sentences(record: &DiffRecord) -> Vec<String> {
    let mut said = Vec::new();
    if !record.rates.is_empty() {
        said.push(overview(record));
        said.extend(named(record));
        said.extend(census(record));
        said.extend(undecided(record));
    }
    said.extend(shares("Shares of choices", &record.choices));
    said.extend(shares("Shares of articles", &record.article_shares));
    said.extend(labels(record));
    said
}

fn number(record: &DiffRecord, standing: Standing) -> u64 {
    record.rates.iter().filter(|row| row.standing() == standing).count() as u64
}

fn overview(record: &DiffRecord) -> String {
    let all = record.rates.len() as u64 + record.unchanged.rates;
    let found = |finding: Finding| {
        record.rates.iter().filter(|row| row.tested.finding == finding).count() as u64
    };
    let tested = record.rates.iter().any(|row| row.tested.p.is_some());
    let mut parts = Vec::new();
    if tested || found(Finding::Rose) + found(Finding::Fell) > 0 {
        parts.push(format!(
            "{} rose and {} fell with other articles, by more than the noise among articles explains",
            or_none(found(Finding::Rose)),
            or_none(found(Finding::Fell))
        ));
    }
    let counted = number(record, Standing::Counted);
    let others = [
        (counted, "moved mostly because lexicon, tool or settings count otherwise"),
        (number(record, Standing::Undecided), "moved for causes that can't be told apart here"),
        (number(record, Standing::Inconclusive), "moved within what noise can explain"),
        (number(record, Standing::TooFew), "rest on too few articles or hits to say more"),
        (
            number(record, Standing::OnlyWhole),
            "have as many hits as before, of other totals of words",
        ),
        (number(record, Standing::OneSided), "can be measured in one report only"),
        (record.unchanged.rates, "are equal"),
    ];
    let others = others.into_iter().filter(|(number, _)| *number > 0);
    parts.extend(others.map(|(number, what)| format!("{} {what}", count(number))));
    format!(
        "Of {} (each outlet, category and voice is one), {}.",
        counted_rates(all),
        listed(&parts)
    )
}

fn counted_rates(number: u64) -> String {
    counted(number, "rate")
}

fn or_none(number: u64) -> String {
    if number == 0 { "none".to_owned() } else { count(number) }
}

/// The rates that rose or fell, one by one: those in the outlets' wording, or where there are none
/// the others.
fn named(record: &DiffRecord) -> Option<String> {
    let said = |voice: VoiceGroup| -> Vec<&RateMove> {
        let rows = record.rates_in_order(voice).into_iter();
        rows.filter(|row| row.standing() == Standing::Said).collect()
    };
    let worded = said(VoiceGroup::Worded);
    let (found, intro) = if worded.is_empty() {
        (VoiceGroup::ALL.into_iter().flat_map(said).collect(), "Per 1,000 words")
    } else {
        (worded, "In the outlets' wording, per 1,000 words")
    };
    let one = |row: &&RateMove| {
        let voice = match row.voice {
            VoiceGroup::Worded => String::new(),
            voice => format!(" ({})", wording::voice(voice)),
        };
        let name = format!("{}{voice} in {}", row.category, phrases::outlet(row.outlet.as_deref()));
        let (old, new) = (rate(row.rate_old), rate(row.rate_new));
        if phrases::has_counted(&row.causes) {
            let articles = difference(row.causes.corpus.value);
            return format!(
                "{name} went from {old} to {new}, of it {articles} with other articles"
            );
        }
        let verb = if row.tested.finding == Finding::Rose { "rose" } else { "fell" };
        format!("{name} {verb} from {old} to {new}")
    };
    let named: Vec<String> = found.iter().take(NAMED).map(one).collect();
    let more = found.len().saturating_sub(NAMED);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    (!found.is_empty()).then(|| format!("{intro}: {}{more}.", named.join("; ")))
}

/// Why what was counted otherwise was.
fn census(record: &DiffRecord) -> Option<String> {
    let rows = || record.rates.iter().filter(|row| row.tested.finding == Finding::Census);
    if rows().next().is_none() {
        return None;
    }
    let has = |pick: fn(&RateMove) -> Option<f64>| rows().filter_map(pick).any(|s| s != 0.0);
    let cause = match (has(|row| row.causes.lexicon.value), has(|row| row.causes.reading.value)) {
        (true, true) => "the lexicon and the tool or settings",
        (false, true) => "the tool or the settings",
        _ => "the lexicon",
    };
    Some(format!(
        "What {cause} changed is a full count of the same articles: there is nothing to estimate and \
         nothing to test."
    ))
}

fn undecided(record: &DiffRecord) -> Option<String> {
    let open = record.rates.iter().filter(|row| row.causes.basis == Basis::NotDecomposable);
    let number = open.count() as u64;
    let firm = self::number(record, Standing::Undecided);
    let firm = match number - firm.min(number) {
        0 => String::new(),
        _ => format!(" ({} of them with enough articles and hits)", count(firm)),
    };
    (number > 0).then(|| {
        format!(
            "{}{firm} {} not decomposable from the reports alone: articles that only one report holds \
             would have to be counted by terms that only the other has. Certain bounds and estimates \
             are given; --corpus, with the articles and both versions of the lexicon, makes it exact.",
            counted(number, "move"),
            if number == 1 { "is" } else { "are" }
        )
    })
}

fn shares(what: &str, rows: &[ShareMove]) -> Option<String> {
    let one = |row: &&ShareMove| {
        let id = row.variant.as_ref().map_or(row.id.clone(), |v| format!("“{v}” of {}", row.id));
        format!(
            "{id} in {} {} from {} to {}",
            phrases::outlet(row.outlet.as_deref()),
            if row.tested.finding == Finding::Rose { "rose" } else { "fell" },
            percent(row.share_old),
            percent(row.share_new)
        )
    };
    let in_order = ShareMove::in_order(rows);
    let said = in_order.iter().filter(|row| row.standing() == Standing::Said).map(one);
    moved(what, in_order.iter().map(|row| row.standing()), said.collect())
}

fn labels(record: &DiffRecord) -> Option<String> {
    let one = |row: &&LabelMove| {
        format!(
            "those on {} in {} {} from {} to {}",
            row.target,
            phrases::outlet(row.outlet.as_deref()),
            if row.tested.finding == Finding::Rose { "rose" } else { "fell" },
            rate(row.per_100_old),
            rate(row.per_100_new)
        )
    };
    let in_order = LabelMove::in_order(&record.labels);
    let said = in_order.iter().filter(|row| row.standing() == Standing::Said).map(one);
    let what = "Labels per 100 mentions of a target";
    moved(what, in_order.iter().map(|row| row.standing()), said.collect())
}

/// What may be said of a table: what rose or fell by name, the rest by number.
fn moved(
    what: &str,
    standings: impl Iterator<Item = Standing> + Clone,
    said: Vec<String>,
) -> Option<String> {
    let rest = phrases::left_out(standings.clone().filter(|standing| *standing != Standing::Said));
    if standings.clone().next().is_none() {
        return None;
    }
    let more = said.len().saturating_sub(NAMED);
    let mut named = said.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    if more > 0 {
        named.push_str(&format!("; and {more} more"));
    }
    let rest = rest.map(|rest| format!("{rest}.")).unwrap_or_default();
    Some(match (named.is_empty(), rest.is_empty()) {
        (true, _) => format!("{what}: none rose or fell beyond noise. Others: {rest}"),
        (false, true) => format!("{what}: {named}."),
        (false, false) => format!("{what}: {named}. Others: {rest}"),
    })
}
