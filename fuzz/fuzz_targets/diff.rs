#![no_main]
//! Saved reports and what changed between them: small reports of other articles and other terms, in
//! which something was changed by hand.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use parallax::corpus::{Article, Origin};
use parallax::layout::{Cues, Furniture, Layouter};
use parallax::lexicon::{Inventory, parse};
use parallax::pipeline::Engine;
use parallax::report::{Report, Request, Setup, make};
use parallax::tally::{SampleRule, Tallies};
use serde_json::Value;

const TERMS: [&str; 2] = [
    "schema = 1\nid = \"a\"\n[[category]]\nid = \"c\"\nterms = [\"regime\", \"regime change\", \"leftist\"]\n\
     [[choice]]\nid = \"h\"\nvariants = { a = [\"regime\"], b = [\"government\"] }\n\
     [[target]]\nid = \"t\"\nkind = \"person\"\nnames = [\"Trudeau\"]\n",
    "schema = 1\nid = \"a\"\n[[category]]\nid = \"c\"\nterms = [\"regime\", \"change\", \"thug*\"]\n",
];
const TEXTS: [[(&str, &str); 4]; 2] = [
    [
        ("north", "The leftist regime fell on Monday, and no regime change followed."),
        ("north", "Leftist Trudeau told the government of the regime that it was over."),
        ("south", "The government fell, said Trudeau, and \u{201c}thugs\u{201d} came."),
        ("south", "A regime is a government that nobody likes."),
    ],
    [
        ("north", "The leftist regime fell on Monday, and no regime change followed."),
        ("north", "Trudeau told the government that it was over."),
        ("south", "The government fell, said Trudeau, and \u{201c}thugs\u{201d} came."),
        ("east", "Change came to the regime."),
    ],
];

fn article(id: usize, outlet: &str, text: &str) -> Article {
    Article {
        id: id.to_string(),
        outlet: outlet.to_owned(),
        text: text.to_owned(),
        title: None,
        guess_headline: false,
        markup: Vec::new(),
        date: None,
        event: (id < 3).then(|| "e".to_owned()),
        url: None,
        origin: Origin::default(),
        metadata: BTreeMap::new(),
    }
}

fn report(terms: &str, texts: &[(&str, &str)]) -> Value {
    let layouter = Layouter::new(&Cues::builtin().expect("cues"), Furniture::builtin().expect("furniture"));
    let lexicon = parse(terms, "a.toml").lexicon;
    let engine = Engine::new(layouter, Inventory::new(vec![lexicon]), BTreeMap::new()).expect("an engine");
    let rule = SampleRule::default();
    let mut tallies = Tallies::default();
    for (id, (outlet, text)) in texts.iter().enumerate() {
        let (tally, evidence) = engine.tally(&article(id, outlet, text), rule);
        tallies.push(tally, evidence, rule);
    }
    let with = (engine.inventory(), engine.layout_fingerprint());
    let made = make(tallies, &[], with, &Setup::default(), &Request::default(), |_| Vec::new());
    serde_json::to_value(made.expect("a report")).expect("as JSON")
}

fn saved(which: u8) -> &'static Value {
    static SAVED: OnceLock<Vec<Value>> = OnceLock::new();
    let all = SAVED.get_or_init(|| {
        let both = TERMS.iter().flat_map(|terms| TEXTS.iter().map(move |texts| report(terms, texts)));
        both.collect()
    });
    &all[usize::from(which) % all.len()]
}

/// Changes one value of the report, found by walking down as the bytes say.
fn change(mut value: &mut Value, steps: &[u8], to: u8) {
    for step in steps {
        let step = usize::from(*step);
        let is_leaf = match value {
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            _ => true,
        };
        if is_leaf {
            break;
        }
        value = match value {
            Value::Array(items) => {
                let count = items.len();
                &mut items[step % count]
            }
            Value::Object(fields) => {
                let count = fields.len();
                fields.values_mut().nth(step % count).expect("there are so many")
            }
            _ => return,
        };
    }
    *value = match to % 8 {
        0 => Value::Null,
        1 => Value::from(0),
        2 => Value::from(u64::from(to) * 1_000_003),
        3 => Value::from(-1.5e300),
        4 => Value::from(""),
        5 => Value::from("\u{1b}[31mx"),
        6 => Value::Array(Vec::new()),
        _ => Value::from(f64::from(to) / 7.0),
    };
}

fuzz_target!(|input: (u8, u8, Vec<(Vec<u8>, u8)>)| {
    let (before, after, changes) = input;
    let mut other = saved(after).clone();
    for (steps, to) in changes.iter().take(6) {
        change(&mut other, steps, *to);
    }
    let Ok(new) = serde_json::from_value::<Report>(other) else { return };
    let Ok(old) = serde_json::from_value::<Report>(saved(before).clone()) else { return };
    let _ = parallax::diff::diff(&old, &new, None);
    let _ = parallax::diff::diff(&new, &old, None);
});
