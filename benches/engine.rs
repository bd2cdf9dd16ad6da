//! Words, folding and matching in MB/s, with each set of instructions that this machine has; layout and
//! the built-in lexicons, as a report needs them.
//!
//! `cargo bench --bench engine`. `PARALLAX_BENCH_CORPUS` names a corpus; without it a text is made up.
//! The terms are taken from the text: 55 % words, 25 % phrases, 20 % prefixes.

#![allow(missing_docs, clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use parallax::corpus::{Article, Item, OpenOptions, Origin, open};
use parallax::layout::{Cues, Furniture, Layout, Layouter};
use parallax::lexicon::{BUILTIN, Builtin, Inventory, parse};
use parallax::matching::{Matcher, Scratch};
use parallax::text::words::WordStarts;
use parallax::text::{Folded, Level};

fn main() {
    divan::main();
}

static ARTICLES: LazyLock<Vec<String>> =
    LazyLock::new(|| match std::env::var_os("PARALLAX_BENCH_CORPUS") {
        Some(path) => articles_of(path.into()),
        None => (0..500).map(made_up).collect(),
    });

/// The articles of a corpus, up to 32 MB of text.
fn articles_of(path: PathBuf) -> Vec<String> {
    let corpus = open(&[path], &OpenOptions::default()).expect("a corpus");
    let mut left = 32_000_000_usize;
    let texts = corpus.articles().filter_map(|item| match item {
        Item::Article(article) => Some(article.text),
        Item::Skipped(_) | Item::Warning(_) => None,
    });
    texts
        .take_while(|text| {
            let fits = left > 0;
            left = left.saturating_sub(text.len());
            fits
        })
        .collect()
}

/// Numbers without rhyme or reason, the same every time (a linear congruential generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}

/// An article of some 4,000 bytes: small numbers give frequent, short words; 1 % curly marks.
fn made_up(seed: u64) -> String {
    const SYLLABLES: [&str; 16] = [
        "the", "to", "re", "an", "in", "gov", "ern", "ment", "ist", "lead", "er", "pol", "it",
        "ic", "al", "so",
    ];
    let mut numbers = Numbers(seed);
    let mut text = String::new();
    while text.len() < 4_000 {
        for _ in 0..1 + numbers.below(2) + numbers.below(3) {
            text.push_str(SYLLABLES[numbers.below(16).min(numbers.below(16))]);
        }
        text.push_str(match numbers.below(40) {
            0 => ", ",
            1 => ".\n\n",
            2 => "’s ",
            3 => " “",
            4 => "” ",
            5..=6 => ". ",
            _ => " ",
        });
    }
    text
}

/// A matcher of `count` terms.
fn matcher(count: usize) -> Matcher {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let words = || ARTICLES.iter().flat_map(|text| text.split_ascii_whitespace());
    let is_word =
        |word: &&str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    words().filter(is_word).for_each(|word| *seen.entry(word).or_default() += 1);
    let mut by_number: Vec<(usize, &str)> = seen.into_iter().map(|(word, n)| (n, word)).collect();
    by_number.sort_unstable();
    by_number.truncate(by_number.len().saturating_sub(300).max(20));
    let known: Vec<&str> = by_number.into_iter().map(|(_, word)| word).collect();
    let mut numbers = Numbers(7);
    let mut terms = std::collections::BTreeSet::new();
    for _ in 0..count {
        let word = known[numbers.below(known.len())];
        let other = known[numbers.below(known.len())];
        terms.insert(match numbers.below(20) {
            0..=10 => word.to_owned(),
            11..=15 => format!("{word} {other}"),
            _ => format!("{}*", &word[..word.len().div_ceil(2).max(3)]),
        });
    }
    let list: Vec<String> = terms.iter().map(|term| format!("\"{term}\"")).collect();
    let source = format!(
        "schema = 1\nid = \"b\"\ntitle = \"B\"\nversion = \"1\"\nlanguage = \"en\"\ndescription = \"B\"\n\
         [[category]]\nid = \"c\"\ntitle = \"C\"\ndescription = \"C\"\nterms = [{}]\n",
        list.join(", ")
    );
    Matcher::new(&Inventory::new(vec![parse(&source, "bench").lexicon])).expect("terms")
}

fn bytes() -> BytesCount {
    BytesCount::new(ARTICLES.iter().map(String::len).sum::<usize>())
}

fn levels() -> Vec<&'static str> {
    Level::all().into_iter().map(Level::name).collect()
}

fn level(name: &str) -> Level {
    Level::all().into_iter().find(|level| level.name() == name).expect("a level of this machine")
}

#[divan::bench(args = levels(), sample_count = 10, sample_size = 1)]
fn words(bencher: Bencher<'_, '_>, name: &str) {
    let level = level(name);
    bencher.counter(bytes()).bench_local(|| {
        ARTICLES.iter().map(|text| WordStarts::with_level(text, level).count()).sum::<usize>()
    });
}

#[divan::bench(args = levels(), sample_count = 10, sample_size = 1)]
fn fold(bencher: Bencher<'_, '_>, name: &str) {
    let mut folded = Folded::with_level(level(name));
    bencher.counter(bytes()).bench_local(|| {
        for text in ARTICLES.iter() {
            folded.fold_into(text);
            black_box(folded.tokens());
        }
    });
}

#[divan::bench(args = levels(), consts = [100, 1_000, 10_000], sample_count = 10, sample_size = 1)]
fn fold_and_match<const TERMS: usize>(bencher: Bencher<'_, '_>, name: &str) {
    let (matcher, layout) = (matcher(TERMS), Layout::default());
    let mut folded = Folded::with_level(level(name));
    let mut scratch = Scratch::default();
    bencher.counter(bytes()).bench_local(|| {
        for text in ARTICLES.iter() {
            folded.fold_into(text);
            black_box(matcher.find_with(&folded, &layout, &mut scratch));
        }
    });
}

/// The texts as articles without anything else.
fn articles() -> Vec<Article> {
    let article = |text: &String| Article {
        id: String::new(),
        outlet: String::new(),
        text: text.clone(),
        title: None,
        guess_headline: false,
        markup: Vec::new(),
        date: None,
        event: None,
        url: None,
        origin: Origin::default(),
        metadata: BTreeMap::new(),
    };
    ARTICLES.iter().map(article).collect()
}

fn layouter() -> Layouter {
    let (cues, furniture) =
        (Cues::builtin().expect("cues"), Furniture::builtin().expect("furniture"));
    Layouter::new(&cues, furniture)
}

fn builtin() -> Matcher {
    let lexicons = BUILTIN.iter().map(Builtin::lexicon).collect();
    Matcher::new(&Inventory::new(lexicons)).expect("lexicons")
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn layout(bencher: Bencher<'_, '_>) {
    let (layouter, articles) = (layouter(), articles());
    bencher.counter(bytes()).bench_local(|| {
        for article in &articles {
            black_box(layouter.lay_out(article, &[]));
        }
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn built_in_lexicons(bencher: Bencher<'_, '_>) {
    let (matcher, layouter) = (builtin(), layouter());
    let layouts: Vec<Layout> =
        articles().iter().map(|article| layouter.lay_out(article, &[])).collect();
    let (mut folded, mut scratch) = (Folded::default(), Scratch::default());
    bencher.counter(bytes()).bench_local(|| {
        for (text, layout) in ARTICLES.iter().zip(&layouts) {
            folded.fold_into(text);
            black_box(matcher.find_with(&folded, layout, &mut scratch));
        }
    });
}

/// What every run pays before its first article.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn made_ready() -> (Layouter, Matcher) {
    (layouter(), builtin())
}
