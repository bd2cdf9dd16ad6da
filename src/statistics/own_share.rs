//! The share of hits in one voice: whose words a category is.

use super::distribution::student_upper_quantile;
use super::proportion::wilson_interval;
use super::sample::{Interval, squared_residuals};
use crate::tally::Moments;
use libm::sqrt;

/// One article's hits in a voice among its hits in all voices considered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct VoiceHits {
    /// Hits in the voice.
    pub voice: u64,
    /// Hits in all voices considered, `voice` included.
    pub all: u64,
}

/// A share with articles as clusters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VoiceShare {
    /// Hits in the voice.
    pub voice: u64,
    /// Hits in all voices considered.
    pub all: u64,
    /// Articles with hits, k.
    pub articles_with_hits: u64,
    /// voice/all.
    pub share: f64,
    /// Wilson's interval, hits taken as independent.
    pub wilson: Interval,
    /// √(k/(k−1)·Σ(voice_d − share·all_d)²)/all; `None` for one article.
    pub cluster_se: Option<f64>,
    /// The wider of Wilson's interval and share ± t_{k−1}·se, inside 0 and 1.
    pub interval: Interval,
}

/// Share of hits in a voice (ratio estimator: Cochran 1977). `None` without hits
/// or if an article has more hits in the voice than in all.
pub fn voice_share(articles: &[VoiceHits], alpha: f64) -> Option<VoiceShare> {
    if articles.iter().any(|a| a.voice > a.all) {
        return None;
    }
    let mut moments = Moments::default();
    articles.iter().for_each(|article| moments.add(article.voice, article.all));
    voice_share_of(&moments, alpha)
}

/// The same from sums in which the hits of the voice are the hits and those of all voices the words.
pub fn voice_share_of(moments: &Moments, alpha: f64) -> Option<VoiceShare> {
    let (voice, all, articles_with_hits) = (moments.hits, moments.words, moments.articles);
    let wilson = wilson_interval(voice, all, alpha)?;
    let share = voice as f64 / all as f64;
    let k = articles_with_hits as f64;
    let cluster_se = (articles_with_hits > 1).then(|| {
        let squares = squared_residuals(moments) / (all as f64 * all as f64);
        sqrt(k / (k - 1.0) * squares) / all as f64
    });
    let clustered = cluster_se.and_then(|se| {
        let t = student_upper_quantile(0.5 * alpha, k - 1.0)?;
        Interval::new((share - t * se).max(0.0), (share + t * se).min(1.0))
    });
    let interval = clustered.filter(|c| c.width() > wilson.width()).unwrap_or(wilson);
    Some(VoiceShare { voice, all, articles_with_hits, share, wilson, cluster_se, interval })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_one_article_carries_is_wider_than_wilson() {
        let even = [VoiceHits { voice: 1, all: 2 }; 20];
        let found = voice_share(&even, 0.05).unwrap();
        assert_eq!((found.cluster_se, found.interval), (Some(0.0), found.wilson));
        let mut split = vec![VoiceHits { voice: 10, all: 10 }; 3];
        split.extend([VoiceHits { voice: 0, all: 10 }; 3]);
        let found = voice_share(&split, 0.05).unwrap();
        assert!(found.interval.width() > found.wilson.width() && found.interval.low >= 0.0);
    }

    #[test]
    fn no_hits_have_no_share() {
        assert_eq!(voice_share(&[VoiceHits::default(); 3], 0.05), None);
        assert_eq!(voice_share(&[VoiceHits { voice: 2, all: 1 }], 0.05), None);
        assert_eq!(voice_share(&[VoiceHits { voice: 1, all: 1 }], 0.05).unwrap().cluster_se, None);
    }
}
