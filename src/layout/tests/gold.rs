//! The seed articles, where they are at hand.

use std::path::PathBuf;

use serde::Deserialize;

use super::{article, layouter};
use crate::text::{Voice, Zone};

#[derive(Deserialize)]
struct Gold {
    article: Vec<GoldArticle>,
}

#[derive(Deserialize)]
struct GoldArticle {
    path: String,
    headline: Option<String>,
    #[serde(default)]
    caption_lines: Vec<String>,
    #[serde(default)]
    boilerplate_lines: Vec<String>,
    hits: Vec<GoldHit>,
}

#[derive(Deserialize)]
struct GoldHit {
    text: String,
    nth: Option<usize>,
    voice: String,
}

fn seeds() -> PathBuf {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    std::env::var_os("PARALLAX_SHARED").map_or_else(beside, PathBuf::from).join("seeds")
}

#[test]
#[allow(clippy::print_stdout)]
fn seeds_are_read_as_a_careful_reader_does() {
    let folder = seeds();
    let Ok(gold) = std::fs::read_to_string(folder.join("gold.toml")) else {
        println!("skipped: no gold.toml in {}", folder.display());
        return;
    };
    let gold: Gold = toml::from_str(&gold).unwrap();
    let layouter = layouter();
    let mut wrong = Vec::new();
    for expected in &gold.article {
        let text = std::fs::read_to_string(folder.join(&expected.path)).unwrap();
        let layout = layouter.lay_out(&article(&text, true), &[]);
        let path = &expected.path;
        let headline_lines: Vec<String> = expected.headline.iter().cloned().collect();
        for (lines, zone) in [
            (&expected.caption_lines, Zone::Caption),
            (&expected.boilerplate_lines, Zone::Boilerplate),
            (&headline_lines, Zone::Headline),
        ] {
            for line in lines {
                let found = layout.segment_at(text.find(line).unwrap() as u32).unwrap().zone;
                if found != zone {
                    wrong.push(format!(
                        "{path}: {line:?} is {}, not {}",
                        zone.name(),
                        found.name()
                    ));
                }
            }
        }
        let headline = layout.segments.iter().any(|segment| segment.zone == Zone::Headline);
        if headline != expected.headline.is_some() {
            wrong.push(format!("{path}: headline found: {headline}"));
        }
        for hit in &expected.hits {
            let nth = hit.nth.unwrap_or(1);
            let (at, _) = text.match_indices(&hit.text).nth(nth - 1).unwrap();
            let segment = layout.segment_at(at as u32).unwrap();
            let meant = &hit.voice;
            if segment.voice.name() != meant {
                let (text, found, rule) = (&hit.text, segment.voice.name(), segment.rule);
                wrong.push(format!("{path}: {text:?} #{nth} is {meant}, not {found} ({rule})"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
