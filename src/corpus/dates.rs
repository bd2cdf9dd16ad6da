//! Days of publication, from the ways in which they are written.

use jiff::civil::Date;

/// What a written date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// A day.
    Day(Date),
    /// A year or a month, which is right as far as it goes.
    Vague,
    /// Day and month may be told either way.
    Ambiguous,
    /// Not a date.
    Unknown,
}

/// Reads a date: ISO 8601 and RFC 3339 (the day as written, whatever the zone), RFC 2822, written
/// English ("Dec. 19, 2017", "19 December 2017"), `2017/12/19`, `20171219`, `19.12.2017`, seconds or
/// milliseconds since 1970 (the day in UTC). Numbers with the year last and strokes or hyphens
/// between them are ambiguous where both readings are days, and differ.
pub(super) fn read_date(written: &str) -> Written {
    let written = written.trim();
    let numbers: Vec<&str> =
        written.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    if written.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits_alone(written);
    }
    if written.contains(|c: char| c.is_alphabetic() && c != 'T' && c != 'Z')
        && let Some(day) = with_month_name(written)
    {
        return Written::Day(day);
    }
    let day = |year: &str, month: &str, day: &str| civil(year, month, day);
    let head = written.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = head.split(['-', '/', '.']).collect();
    match parts[..] {
        [y, m, d] if y.len() == 4 => day(y, m, d),
        [d, m, y] if y.len() == 4 && head.contains('.') => day(y, m, d),
        [a, b, y] if y.len() == 4 || y.len() == 2 => {
            return match (civil(y, a, b), civil(y, b, a)) {
                (None, None) => Written::Unknown,
                // A year of two digits may be a day.
                (Some(one), other) if y.len() == 4 && other.is_none_or(|other| other == one) => {
                    Written::Day(one)
                }
                (None, Some(other)) if y.len() == 4 => Written::Day(other),
                _ => Written::Ambiguous,
            };
        }
        [y, m] if y.len() == 4 && m.len() <= 2 && numbers.len() == 2 => {
            return if civil(y, m, "1").is_some() { Written::Vague } else { Written::Unknown };
        }
        _ => None,
    }
    .map_or(Written::Unknown, Written::Day)
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(year) && digits(month) && digits(day)) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn digits_alone(written: &str) -> Written {
    let seconds = |divisor: i64| {
        let seconds = written.parse::<i64>().ok()? / divisor;
        let instant = jiff::Timestamp::from_second(seconds).ok()?;
        Some(instant.to_zoned(jiff::tz::TimeZone::UTC).date())
    };
    let day = match written.len() {
        4 => return Written::Vague,
        8 => civil(&written[..4], &written[4..6], &written[6..]),
        9 | 10 => seconds(1),
        13 => seconds(1000),
        _ => None,
    };
    day.map_or(Written::Unknown, Written::Day)
}

/// A day, a month's English name and a year of four digits, in any order that has the month beside
/// the day; what follows the year (a time, a zone) is not looked at.
fn with_month_name(written: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words: Vec<String> = written
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let (place, month) = words.iter().enumerate().find_map(|(place, word)| {
        let month = MONTHS.iter().position(|month| word.starts_with(month))?;
        let full = word.chars().all(|c| c.is_ascii_alphabetic());
        full.then_some((place, (month + 1).to_string()))
    })?;
    let day_of = |word: &String| {
        let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        (!digits.is_empty() && digits.len() <= 2).then(|| digits.to_owned())
    };
    let year_of = |word: &String| (word.len() == 4).then(|| word.clone());
    let before = place.checked_sub(1).and_then(|place| words.get(place));
    let (after, second) = (words.get(place + 1), words.get(place + 2));
    // "19 December 2017", "December 19, 2017", "2017 December 19"
    if let (Some(day), Some(year)) = (before.and_then(day_of), after.and_then(year_of)) {
        return civil(&year, &month, &day);
    }
    if let (Some(day), Some(year)) = (after.and_then(day_of), second.and_then(year_of)) {
        return civil(&year, &month, &day);
    }
    civil(&before.and_then(year_of)?, &month, &after.and_then(day_of)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_read_however_they_are_written() {
        let day = Written::Day(Date::constant(2017, 12, 19));
        for written in [
            "2017-12-19",
            " 2017-12-19 ",
            "2017-12-19T23:30:00-05:00",
            "2017-12-19T10:00:00.000Z",
            "2017-12-19 10:00:00",
            "2017/12/19",
            "20171219",
            "19.12.2017",
            "Tue, 19 Dec 2017 10:00:00 +0000",
            "December 19, 2017",
            "Dec. 19, 2017 at 10:30 a.m.",
            "19 December 2017",
            "Tuesday, December 19th, 2017",
            "2017 Dec 19",
            "1513641600",
            "1513641600000",
            "12/19/2017",
            "19/12/2017",
            "19-12-2017",
        ] {
            assert_eq!(read_date(written), day, "{written}");
        }
    }

    #[test]
    fn what_is_no_day_has_none() {
        assert_eq!(read_date("3/3/2017"), Written::Day(Date::constant(2017, 3, 3)));
        for written in ["2018", "2018-03", "1797"] {
            assert_eq!(read_date(written), Written::Vague, "{written}");
        }
        for written in ["01/02/2017", "1-2-2017", "3/4/17", "12/31/17"] {
            assert_eq!(read_date(written), Written::Ambiguous, "{written}");
        }
        for written in ["", "yesterday", "2017-13-40", "99/99/2017", "--", "maybe 2017", "2017-"] {
            assert_eq!(read_date(written), Written::Unknown, "{written}");
        }
    }

    proptest! {
        #[test]
        fn any_string_is_read_without_failing(written in "\\PC{0,24}") {
            read_date(&written);
        }
        #[test]
        fn every_day_is_read_back(days in -700_000_i32..700_000) {
            let date = Date::constant(2000, 1, 1).saturating_add(jiff::Span::new().days(days));
            if date.year() >= 1000 {
                prop_assert_eq!(read_date(&date.to_string()), Written::Day(date));
            }
        }
    }
}
