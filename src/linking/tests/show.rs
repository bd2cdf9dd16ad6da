use super::read;
use crate::lexicon::{Inventory, parse};
#[test]
#[ignore]
fn show() {
    let path = std::env::var("SHOW").unwrap();
    let n: usize = std::env::var("N").unwrap().parse().unwrap();
    let from: usize = std::env::var("FROM").unwrap_or("0".into()).parse().unwrap();
    let lex = ["political-labels", "contested-labels", "alarm-and-metaphor"].map(|id| {
        let p = format!("{}/lexicons/{id}.toml", env!("CARGO_MANIFEST_DIR"));
        parse(&std::fs::read_to_string(&p).unwrap(), &p).lexicon
    });
    let inv = Inventory::new(lex.to_vec());
    let m = crate::matching::Matcher::new(&inv).unwrap();
    let data = std::fs::read_to_string(path).unwrap();
    let mut cand = 0;
    let mut linked = 0;
    for line in data.lines().skip(from).take(n) {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = v["text"].as_str().unwrap_or("").to_owned();
        let r = read::read_matched(&text, &inv, &m);
        cand += r
            .hits
            .iter()
            .filter(|h| h.dropped.is_none() && inv.category(h.entry).is_some_and(|c| c.labels))
            .count();
        linked += r.links.labels.len();
        if std::env::var_os("NAMES").is_some() {
            let b: Vec<_> = r
                .links
                .by_mentions()
                .iter()
                .map(|&(t, c)| format!("{}×{}", r.name(t, &[]), c))
                .collect();
            println!("NAMES {}", b.join("; "));
        }
        for l in &r.links.labels {
            let h = &r.hits[l.hit];
            let m = &r.links.mentions[l.mention];
            let a = h.span.start.min(m.span.start).saturating_sub(40);
            let b = (h.span.end.max(m.span.end) + 40).min(text.len() as u32);
            let cut = |mut x: usize| {
                while !text.is_char_boundary(x) {
                    x -= 1
                }
                x
            };
            println!(
                "[{}] {:?} -> {:?} ({}) … {:?}",
                l.rule,
                h.span.of(&text),
                m.span.of(&text),
                r.name(l.target, &[]),
                &text[cut(a as usize)..cut(b as usize)]
            );
        }
    }
    println!("TOTAL candidates {cand} linked {linked}");
}
