//! Small corpora and lexicons that are counted by the same code as real ones.

mod cases;
mod laws;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::*;
use crate::corpus::{Article, Origin};
use crate::layout::{Cues, Furniture, Layouter};
use crate::lexicon::{Inventory, parse};
use crate::linking::link;
use crate::matching::Matcher;
use crate::report::{ArticleRow, Inputs, Settings, article_row, build};
use crate::tally::{CorpusTallies, Purpose, Reading, SampleRule, Tallies, VoiceGroup, count};
use crate::text::words::WordStarts;
use crate::text::{Folded, Lines};

const WORDS: [&str; 9] =
    ["red", "green", "blue", "rogue", "state", "states", "\u{201c}", "\u{201d}", "X said that"];
const TERMS: [&str; 8] =
    ["red", "gre*", "rogue", "rogue state", "state*", "red green", "blue rogue", "green blue red"];

/// Outlet, id, words.
type Text = (usize, usize, Vec<usize>);

#[derive(Debug, Clone)]
struct World {
    terms: Vec<usize>,
    texts: Vec<Text>,
}

fn lexicon(terms: &[usize]) -> Inventory {
    let list: Vec<String> = terms.iter().map(|&term| format!("{:?}", TERMS[term])).collect();
    let source = format!(
        "schema = 1\nid = \"colours\"\ntitle = \"T\"\nversion = \"1.0.0\"\nlanguage = \"en\"\n\
         license = \"CC0-1.0\"\ndescription = \"D\"\nsources = []\n\
         [[category]]\nid = \"c\"\ntitle = \"C\"\ndescription = \"D\"\nlabels = true\nterms = [{terms}]\n\
         [[category]]\nid = \"d\"\ntitle = \"D\"\ndescription = \"D\"\nmeasure = \"articles\"\n\
         distinct = 2\nterms = [{terms}, \"blue*\"]\n\
         [[choice]]\nid = \"warmth\"\ntitle = \"W\"\ndescription = \"D\"\n\
         variants = {{ warm = [{terms}], cold = [\"blue\", \"state\"] }}\n\
         [[target]]\nid = \"state\"\ntitle = \"S\"\nkind = \"state\"\nnames = [\"X\", \"States\"]\n",
        terms = list.join(", ")
    );
    let parsed = parse(&source, "colours");
    assert!(parsed.is_sound(), "{:?}", parsed.diagnostics);
    Inventory::new(vec![parsed.lexicon])
}

fn layouter() -> &'static Layouter {
    static LAYOUTER: OnceLock<Layouter> = OnceLock::new();
    LAYOUTER.get_or_init(|| Layouter::new(&Cues::builtin().unwrap(), Furniture::builtin().unwrap()))
}

fn tally(text: &Text, inventory: &Inventory) -> crate::tally::ArticleTally {
    let (outlet, id, words) = text;
    let words: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
    let article = Article {
        id: format!("https://example.org/{id}"),
        outlet: ["north", "south"][*outlet].to_owned(),
        text: format!("X spoke {} here.", words.join(" ")),
        title: None,
        guess_headline: false,
        markup: Vec::new(),
        date: None,
        event: None,
        url: None,
        origin: Origin::default(),
        metadata: BTreeMap::new(),
    };
    let layout = layouter().lay_out(&article, &[]);
    let folded = Folded::new(&article.text);
    let hits = Matcher::new(inventory).unwrap().find(&folded, &layout);
    let links = link(&article.text, &folded, &layout, &hits, inventory);
    count(
        &Reading {
            article: &article,
            lines: &Lines::of(&article.text),
            starts: &WordStarts::of(&article.text),
            folded: &folded,
            layout: &layout,
            hits: &hits,
            links: &links,
            inventory,
        },
        Purpose::Row,
    )
}

fn report(world: &World) -> Report {
    let inventory = lexicon(&world.terms);
    let mut tallies = Tallies::default();
    let rule = SampleRule { seed: 1, per_cell: 0 };
    for text in &world.texts {
        tallies.push(tally(text, &inventory), Default::default(), rule);
    }
    let mut tallies = CorpusTallies::from(tallies);
    let duplicates = tallies.finish().unwrap();
    build(Inputs {
        tallies: &tallies,
        events: &crate::events::Events::declared(tallies.articles()),
        told: &[],
        duplicates: &duplicates,
        inventory: &inventory,
        outlets: &[],
        settings: Settings {
            by: "outlet".to_owned(),
            title: None,
            outlets: Vec::new(),
            compare: Vec::new(),
            alpha: 0.05,
            seed: 1,
            correction: "bh".to_owned(),
            evidence: 0,
            draws: 9,
        },
        layout: String::new(),
        warnings: Vec::new(),
    })
}

/// Counts every text that only one report has by the terms of the other.
fn recount_of(worlds: [&World; 2], reports: [&Report; 2]) -> Recount {
    let needed = Recount::needed(reports[0], reports[1]);
    let mut recount = Recount::default();
    let inventories = worlds.map(|world| lexicon(&world.terms));
    for (place, side) in [(0, Side::Old), (1, Side::New)] {
        for text in &worlds[place].texts {
            let own: ArticleRow = article_row(&(&tally(text, &inventories[place])).into());
            let other = article_row(&(&tally(text, &inventories[1 - place])).into());
            let saved = reports[place]
                .articles
                .iter()
                .find(|row| row.outlet == own.outlet && row.hash == own.hash)
                .unwrap();
            if needed[place].contains(&(own.outlet.clone(), own.hash.clone())) {
                recount.add(side, saved, &own, other);
            }
        }
    }
    recount
}
