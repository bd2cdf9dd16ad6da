//! How strongly a word keeps company with a node: who is called what.

use super::log_likelihood::log_likelihood;
use super::log_ratio::{Table, conditional_interval, conservative_log_ratio};
use libm::{log2, sqrt};

/// Surface co-occurrence: words inside the windows of the node (each word once,
/// nodes left out) against all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cooccurrence {
    /// O11: collocate inside the windows.
    pub together: u64,
    /// Words inside the windows.
    pub window: u64,
    /// Collocate anywhere.
    pub collocate: u64,
    /// N: words anywhere, nodes left out.
    pub words: u64,
}

/// Scores of association. Descriptive: they take words as independent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Association {
    /// E11.
    pub expected: f64,
    /// 14 + log₂(2·O11/(window + collocate)) (Rychlý 2008); does not depend on N.
    pub log_dice: f64,
    /// log₂(O11/E11) (Church & Hanks 1990); only from five co-occurrences on.
    pub pmi: f64,
    /// log₂(O11²/E11) (Daille 1994).
    pub pmi_squared: f64,
    /// PMI/−log₂(O11/N) (Bouma 2009); `None` if every word is a co-occurrence.
    pub npmi: Option<f64>,
    /// (O11−E11)/√O11.
    pub t_score: f64,
    /// (O11−E11)/√E11.
    pub z_score: f64,
    /// G², negative for repulsion.
    pub g2: f64,
    /// P(collocate | window) − P(collocate | elsewhere).
    pub delta_p_collocate: f64,
    /// P(window | collocate) − P(window | other words); `None` if nothing else occurs.
    pub delta_p_node: Option<f64>,
    /// log₂ odds ratio, ½ added to each cell.
    pub log2_odds_ratio: f64,
    /// ½-corrected log₂ ratio of the rates inside and outside.
    pub log2_ratio: f64,
    /// Conservative log ratio (Evert 2022).
    pub lrc: f64,
    /// min(P(collocate | window), P(window | collocate)).
    pub minimum_sensitivity: f64,
}

/// Scores of one collocate. `None` without co-occurrence or for counts that
/// cannot be (more together than inside the windows, no words outside).
pub fn association(counts: &Cooccurrence, alpha: f64) -> Option<Association> {
    let Cooccurrence { together, window, collocate, words } = *counts;
    let elsewhere = collocate.checked_sub(together)?;
    let outside = words.checked_sub(window)?;
    if together == 0 || together > window || elsewhere > outside || outside == 0 {
        return None;
    }
    let [o11, fn_, fc, n] = [together, window, collocate, words].map(|v| v as f64);
    let o21 = elsewhere as f64;
    let expected = fn_ * fc / n;
    let table = Table::new(together, window, elsewhere, outside);
    let interval = conditional_interval(&table, alpha)?;
    let pmi = log2(o11 / expected);
    Some(Association {
        expected,
        log_dice: 14.0 + log2(2.0 * o11 / (fn_ + fc)),
        pmi,
        pmi_squared: log2(o11 * o11 / expected),
        npmi: (together < words).then(|| pmi / -log2(o11 / n)),
        t_score: (o11 - expected) / sqrt(o11),
        z_score: (o11 - expected) / sqrt(expected),
        g2: log_likelihood(&table)?.g2,
        delta_p_collocate: o11 / fn_ - o21 / (n - fn_),
        delta_p_node: (collocate < words).then(|| o11 / fc - (fn_ - o11) / (n - fc)),
        log2_odds_ratio: log2(table.odds_ratio()?),
        log2_ratio: table.log2_ratio()?,
        lrc: conservative_log_ratio(&table, &interval),
        minimum_sensitivity: (o11 / fn_).min(o11 / fc),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_cannot_be_have_no_score() {
        let base = Cooccurrence { together: 3, window: 50, collocate: 9, words: 1000 };
        assert!(association(&base, 0.05).is_some());
        for counts in [
            Cooccurrence { together: 0, ..base },
            Cooccurrence { together: 10, ..base },
            Cooccurrence { window: 2, ..base },
            Cooccurrence { window: 1000, ..base },
            Cooccurrence { words: 40, ..base },
        ] {
            assert_eq!(association(&counts, 0.05), None, "{counts:?}");
        }
    }
}
