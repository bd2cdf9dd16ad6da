//! Rows of a token and a number, separated by tabs: VADER, AFINN, MoralStrength, EmoLex.

use super::Format;
use super::collect::Collector;
use super::decode::lines;
use super::written::Wildcards;

/// Reads the file as one of the three.
pub(super) fn read(text: &str, format: Format, into: &mut Collector) {
    match format {
        Format::EmoLex => emolex(text, into),
        _ => rated(text, format == Format::MoralStrength, into),
    }
}

/// A token and its mean rating; what stands behind (deviation, single ratings) is not kept. In
/// MoralStrength −1 says that the word is absent.
fn rated(text: &str, absent_below_zero: bool, into: &mut Collector) {
    let category = into.list();
    for (number, line) in lines(text) {
        if line.trim().is_empty() {
            continue;
        }
        let mut cells = line.split('\t');
        let (token, rating) = (cells.next().unwrap_or_default(), cells.next());
        match rating.map(|rating| rating.trim().parse::<f64>()) {
            Some(Ok(rating)) if absent_below_zero && rating < 0.0 => {
                into.skip(number, token, "are rated -1: absent from the list");
            }
            Some(Ok(rating)) if rating.is_finite() => {
                into.add(category, number, token, Wildcards::None, Some(rating));
            }
            Some(_) if number == 1 => {} // the names of the columns
            _ => into.skip(number, token, "have no number in the second column"),
        }
    }
}

/// A word, a category, and 1 where the word belongs to it.
fn emolex(text: &str, into: &mut Collector) {
    for (number, line) in lines(text) {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        match cells[..] {
            [word, name, "1"] => {
                let category = into.category(name);
                into.add(category, number, word, Wildcards::None, None);
            }
            [word, _, "0"] => into.skip(number, word, "are 0: not in the category"),
            _ if line.trim().is_empty() => {}
            _ => into.skip(number, line, "are lines of another shape (a preamble)"),
        }
    }
}
