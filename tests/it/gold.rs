//! The three real articles: what a careful reader finds in them must be found.

use serde::Deserialize;
use serde_json::Value;

use crate::{shared, stdout_of};

#[derive(Debug, Deserialize)]
struct Gold {
    article: Vec<GoldArticle>,
}

#[derive(Debug, Deserialize)]
struct GoldArticle {
    path: String,
    headline: Option<String>,
    #[serde(default = "yes")]
    has_headline: bool,
    #[serde(default)]
    caption_lines: Vec<String>,
    #[serde(default)]
    boilerplate_lines: Vec<String>,
    #[serde(default)]
    not_hits: Vec<GoldHit>,
    #[serde(default)]
    hits: Vec<GoldHit>,
}

#[derive(Debug, Deserialize)]
struct GoldHit {
    text: String,
    #[serde(default = "one")]
    nth: usize,
    voice: Option<String>,
    target: Option<String>,
    #[serde(default)]
    label: bool,
}

fn yes() -> bool {
    true
}

fn one() -> usize {
    1
}

fn explanations() -> Option<Vec<(GoldArticle, Value)>> {
    let gold = std::fs::read_to_string(shared("seeds/gold.toml")?).expect("read");
    let gold: Gold = toml::from_str(&gold).expect("gold.toml");
    let explain = |article: GoldArticle| {
        let path = shared("seeds").expect("there").join(&article.path);
        let json = stdout_of(&["explain", path.to_str().expect("a name"), "--format", "json"]);
        (article, serde_json::from_str(&json).expect("json"))
    };
    Some(gold.article.into_iter().map(explain).collect())
}

fn place_of(text: &str, hit: &GoldHit) -> usize {
    let found = text.match_indices(&hit.text).nth(hit.nth - 1);
    found.unwrap_or_else(|| panic!("`{}` does not stand there {} times", hit.text, hit.nth)).0
}

fn segment_at(explanation: &Value, at: usize) -> &Value {
    let segments = explanation["segments"].as_array().expect("segments");
    let holds = |segment: &&Value| {
        segment["start"].as_u64().expect("start") <= at as u64
            && (at as u64) < segment["end"].as_u64().expect("end")
    };
    segments.iter().find(holds).expect("every byte is in a segment")
}

#[test]
fn every_zone_is_right() {
    let Some(explanations) = explanations() else { return };
    for (gold, explanation) in explanations {
        let text = explanation["text"].as_str().expect("text");
        let zone_of = |line: &str| {
            let plain = text.replace('\u{a0}', " ");
            assert_eq!(plain.len() + text.matches('\u{a0}').count(), text.len());
            let at = text.find(line).or_else(|| {
                // A no-break blank takes two bytes: find the line by its words.
                let words: Vec<&str> = line.split(' ').collect();
                text.lines()
                    .find(|l| {
                        l.split([' ', '\u{a0}'])
                            .filter(|w| !w.is_empty())
                            .collect::<Vec<_>>()
                            .starts_with(&words)
                    })
                    .and_then(|l| text.find(l))
            });
            let at = at.unwrap_or_else(|| panic!("no line `{line}`"));
            segment_at(&explanation, at)["zone"].as_str().expect("zone").to_owned()
        };
        if let Some(headline) = &gold.headline {
            assert_eq!(zone_of(headline), "headline", "{headline}");
        }
        for line in &gold.caption_lines {
            assert_eq!(zone_of(line), "caption", "{line}");
        }
        for line in &gold.boilerplate_lines {
            assert_eq!(zone_of(line), "boilerplate", "{line}");
        }
        if !gold.has_headline {
            let segments = explanation["segments"].as_array().expect("segments");
            assert!(segments.iter().all(|segment| segment["zone"] != "headline"), "{}", gold.path);
        }
    }
}

#[test]
fn every_voice_is_right() {
    let Some(explanations) = explanations() else { return };
    let mut wrong = Vec::new();
    for (gold, explanation) in explanations {
        let text = explanation["text"].as_str().expect("text");
        for hit in gold.hits.iter().filter(|hit| hit.voice.is_some()) {
            let segment = segment_at(
                &explanation,
                place_of(text, hit) + usize::from(hit.text.starts_with('‘')) * 3,
            );
            if segment["voice"].as_str() != hit.voice.as_deref() {
                wrong.push(format!("{}: {hit:?} is {}", gold.path, segment["voice"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_hit_is_none() {
    let Some(explanations) = explanations() else { return };
    for (gold, explanation) in explanations {
        let text = explanation["text"].as_str().expect("text");
        for hit in &gold.not_hits {
            let at = place_of(text, hit) as u64;
            let kept = explanation["hits"]
                .as_array()
                .expect("hits")
                .iter()
                .find(|found| found["kept"] == true && found["start"].as_u64() == Some(at));
            assert_eq!(kept, None, "{}: {hit:?}", gold.path);
        }
    }
}

/// Words of the gold file that are no loaded terms: plain phrases that show a voice.
const NO_TERMS: &[&str] = &[
    "surprising conversations",
    "earn its way",
    "did not say if",
    "said talks",
    "United Nations Command Sending States",
];

#[test]
fn every_loaded_term_is_found() {
    let Some(explanations) = explanations() else { return };
    let mut missing = Vec::new();
    for (gold, explanation) in explanations {
        let text = explanation["text"].as_str().expect("text");
        let hits = explanation["hits"].as_array().expect("hits");
        for hit in gold.hits.iter().filter(|hit| !NO_TERMS.contains(&hit.text.as_str())) {
            let start = place_of(text, hit) as u64;
            let end = start + hit.text.len() as u64;
            let found = hits.iter().any(|found| {
                let (from, to) = (found["start"].as_u64(), found["end"].as_u64());
                found["category"].is_string() && from < Some(end) && to > Some(start)
            });
            if !found {
                missing.push(format!("{}: {hit:?}", gold.path));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_label_is_on_its_target() {
    let Some(explanations) = explanations() else { return };
    let mut wrong = Vec::new();
    for (gold, explanation) in explanations {
        let text = explanation["text"].as_str().expect("text");
        let hits = explanation["hits"].as_array().expect("hits");
        for hit in gold.hits.iter().filter(|hit| hit.label) {
            let start = place_of(text, hit) as u64;
            let end = start + hit.text.len() as u64;
            let target = hit.target.as_deref().expect("a label has a target");
            let key = target.to_lowercase().replace(' ', "-").replace('á', "a");
            let found = hits.iter().any(|found| {
                found["start"].as_u64() >= Some(start)
                    && found["end"].as_u64() <= Some(end)
                    && found["target"].as_str().is_some_and(|found| found == key)
            });
            if !found {
                wrong.push(format!("{}: {} on {target}", gold.path, hit.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
