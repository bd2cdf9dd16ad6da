//! Tallied apart, written, read and merged gives the report of one go, to the byte.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::corpus::{Article, CorpusWarning, Origin, ProblemSummary};
use crate::layout::{Cues, Furniture, Layouter};
use crate::lexicon::{Inventory, Lexicon, parse};
use crate::pipeline::Engine;
use crate::render::record;
use crate::report::{Request, Setup, make, make_from_sums};
use crate::store::load_lexicons;
use crate::tally::{SampleRule, Summer, Tallies};

fn engine_of(lexicons: Vec<Lexicon>) -> Engine {
    let layouter = Layouter::new(&Cues::builtin().unwrap(), Furniture::builtin().unwrap());
    Engine::new(layouter, Inventory::new(lexicons), Default::default()).unwrap()
}

/// Everything that a lexicon can hold, in few terms.
const ALL: &str = r#"schema = 1
id = "all"
title = "All"
version = "1"
language = "en"
description = "Of everything something."
[[category]]
id = "labels"
title = "Labels"
description = "Put on people."
labels = true
terms = ["far-left", "radical", "radical mob", "extremist", "dictator", "thug", "regime"]
[[category]]
id = "topic"
title = "Topic"
description = "Follows the topic."
topic_sensitive = true
zones = ["headline", "body"]
terms = ["taxes", "immigrants", "illegal aliens"]
[[category]]
id = "mixed"
title = "Mixed"
description = "Different terms in an article."
measure = "articles"
distinct = 2
terms = ["disaster", "outrage", "reform", "rained"]
[[choice]]
id = "migrants"
title = "Migrants"
variants = { illegal = ["illegal aliens"], undocumented = ["undocumented immigrants"] }
[[target]]
id = "kane"
title = "Senator Kane"
kind = "person"
names = ["Kane"]
"#;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let parsed = parse(ALL, "all");
        assert!(parsed.is_sound(), "{:?}", parsed.diagnostics);
        engine_of(vec![parsed.lexicon])
    })
}

const RULE: SampleRule = SampleRule { seed: 7, per_cell: 2 };

fn header(engine: &Engine) -> Header {
    Header::new(engine, Level::Articles, RULE, Setup::default())
}

/// Sentences with hits, labels, reported speech and copies among them.
const SENTENCES: &[&str] = &[
    "The far-left regime of Maria Santos crushed the radical mob.",
    "Senator Kane said the so-called \"reform\" was a disaster.",
    "The illegal aliens and the undocumented immigrants were told to wait.",
    "\"This is an outrage,\" claimed the extremist leader Boris Vale.",
    "Officials noted that taxes rose by two percent.",
    "It rained.",
    "He is not a dictator, the thug insisted.",
];

fn article(outlet: usize, id: usize, sentences: &[usize], date: bool) -> Article {
    let text: Vec<&str> = sentences.iter().map(|&index| SENTENCES[index]).collect();
    Article {
        id: format!("a{id}"),
        outlet: ["north", "south", "øst"][outlet].to_owned(),
        text: text.join(" "),
        title: None,
        guess_headline: id.is_multiple_of(2),
        markup: Vec::new(),
        date: date.then(|| jiff::civil::date(2017, 12, 1 + (id % 28) as i8)),
        event: (id.is_multiple_of(3)).then(|| format!("event {}", id % 4)),
        url: None,
        origin: Origin::default(),
        metadata: Default::default(),
    }
}

fn articles() -> impl Strategy<Value = Vec<(Article, usize)>> {
    let sentences = prop::collection::vec(0..SENTENCES.len(), 1..4);
    let one = (0..3usize, 0..12usize, sentences, any::<bool>(), 0..4usize);
    let one = one.prop_map(|(outlet, id, sentences, date, part)| {
        (article(outlet, id, &sentences, date), part)
    });
    prop::collection::vec(one, 1..16)
}

fn noticed(part: usize) -> ProblemSummary {
    let mut problems = ProblemSummary::default();
    let origin = Origin { path: format!("{part}.jsonl"), line: Some(part as u64) };
    problems.warn(CorpusWarning::UnknownDate { origin, written: format!("day {part}") });
    problems
}

fn tallied(articles: &[&Article], engine: &Engine) -> Tallies {
    articles.iter().fold(Tallies::default(), |mut tallies, article| {
        let (tally, evidence) = engine.tally(article, RULE);
        tallies.push(tally, evidence, RULE);
        tallies
    })
}

fn write(path: &Path, header: &Header, tallies: Tallies, problems: &ProblemSummary) {
    let mut writer = TallyWriter::new(path, header).unwrap();
    writer.write(tallies, Vec::new()).unwrap();
    writer.write(Tallies::default(), problems.counts()).unwrap();
    writer.finish().unwrap();
}

fn report(counted: Counted) -> String {
    let request = Request { rule: RULE, ..Request::default() };
    let inventory = counted.header.inventory();
    let with = (&inventory, counted.header.tool.layout.as_str());
    let made =
        make(counted.tallies, &counted.problems, with, &counted.header.setup, &request, |_| {
            Vec::new()
        });
    record(&made.unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_split_gives_the_report_of_one_go(articles in articles(), ending in 0..3usize) {
        let engine = engine();
        let folder = tempfile::tempdir().unwrap();
        let mut problems = ProblemSummary::default();
        let mut paths: Vec<PathBuf> = Vec::new();
        for part in (0..4).rev() {
            let of_part: Vec<&Article> =
                articles.iter().filter(|(_, of)| *of == part).map(|(article, _)| article).collect();
            problems.merge(noticed(part));
            let ending = ["parquet", "arrow", "feather"][(ending + part) % 3];
            let path = folder.path().join(format!("{part}.{ending}"));
            write(&path, &header(engine), tallied(&of_part, engine), &noticed(part));
            paths.push(path);
        }
        let all: Vec<&Article> = articles.iter().map(|(article, _)| article).collect();
        let whole = Counted {
            header: header(engine),
            tallies: tallied(&all, engine).into(),
            sums: Default::default(),
            problems: problems.counts(),
        };
        let spilled = read_tallies(&paths, Some(crate::store::overflow(0)), |_| ()).unwrap();
        let apart = read_tallies(&paths, None, |_| ()).unwrap();
        let whole = report(whole);
        prop_assert_eq!(report(apart), whole.clone());
        prop_assert_eq!(report(spilled), whole);
    }
}

/// What a report from sums has no number for.
const ARTICLES_ONLY: &[&str] = &[
    "mean_article_rate",
    "leave_one_out_low",
    "leave_one_out_high",
    "dp_norm",
    "phi",
    "f",
    "p",
    "q",
    "k",
    "mdr",
    "smallest_p",
    "reasons",
    "verdict",
];

/// The rows of both levels, without what only articles tell; an interval may be missing from sums
/// where a side has no hits.
fn same_rows(sums: &serde_json::Value, articles: &serde_json::Value, table: &str) {
    let rows = |report: &serde_json::Value| report[table].as_array().unwrap().clone();
    let (from_sums, from_articles) = (rows(sums), rows(articles));
    assert_eq!(from_sums.len(), from_articles.len(), "{table}");
    for (from_sums, from_articles) in from_sums.iter().zip(&from_articles) {
        for (field, value) in from_articles.as_object().unwrap() {
            let no_hits = from_articles["hits_a"] == 0 || from_articles["hits_b"] == 0;
            let one = from_articles["articles_a"] == 1 || from_articles["articles_b"] == 1;
            let open = table == "comparisons" && ["low", "high", "lrc"].contains(&field.as_str());
            if ARTICLES_ONLY.contains(&field.as_str()) || (open && (no_hits || one)) {
                continue;
            }
            assert_eq!(&from_sums[field], value, "{table} {field}\n{from_sums:#}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn sums_tell_what_articles_tell(mut articles in articles()) {
        let engine = engine();
        // Copies are found within one part only.
        let mut seen = std::collections::BTreeSet::new();
        articles.retain(|(article, _)| seen.insert((article.outlet.clone(), article.text.clone())));
        let folder = tempfile::tempdir().unwrap();
        let header = Header::new(engine, Level::Sums, RULE, Setup::default());
        let mut paths = Vec::new();
        for part in 0..4 {
            let mut summer = Summer::default();
            for (article, _) in articles.iter().filter(|(_, of)| *of == part) {
                summer.add(&engine.tally(article, RULE).0, engine.inventory());
            }
            let path = folder.path().join(format!("{part}.parquet"));
            let mut writer = TallyWriter::new(&path, &header).unwrap();
            writer.write_sums(summer.finish(engine.inventory()), noticed(part).counts()).unwrap();
            writer.finish().unwrap();
            paths.push(path);
        }
        let counted = read_tallies(&paths, None, |_| ()).unwrap();
        prop_assert_eq!(counted.problems[0].number, 4);
        let request = Request { rule: RULE, ..Request::default() };
        let with = (engine.inventory(), engine.layout_fingerprint());
        let setup = Setup::default();
        let sums = make_from_sums(counted.sums, &counted.problems, with, &setup, &request);
        let all: Vec<&Article> = articles.iter().map(|(article, _)| article).collect();
        let noticed = &counted.problems;
        let whole = make(tallied(&all, engine), noticed, with, &setup, &request, |_| Vec::new());
        let value = |report| serde_json::to_value(report).unwrap();
        let (sums, whole) = (value(sums.unwrap()), value(whole.unwrap()));
        for table in [
            "outlets", "categories", "rates", "own_shares", "article_shares", "heterogeneity",
            "comparisons", "terms", "choices", "targets",
        ] {
            same_rows(&sums, &whole, table);
        }
    }
}

#[test]
fn sums_join_the_spellings_of_a_name() {
    let engine = engine();
    let texts = [
        "The far-left SEC met the radical SEC. The SEC left.",
        "The extremist Sec spoke.",
        "The SEC and the radical Sec were the SEC.",
        "Nobody met the SEC.",
    ];
    let of = |(id, text): (usize, &&str)| Article {
        text: (*text).to_owned(),
        ..article(id / 3, id, &[], false)
    };
    let articles: Vec<Article> = texts.iter().enumerate().map(of).collect();
    let mut summer = Summer::default();
    for article in &articles {
        summer.add(&engine.tally(article, RULE).0, engine.inventory());
    }
    let request = Request { rule: RULE, ..Request::default() };
    let with = (engine.inventory(), engine.layout_fingerprint());
    let setup = Setup::default();
    let sums = summer.finish(engine.inventory());
    let sums = make_from_sums(sums, &[], with, &setup, &request).unwrap();
    let all: Vec<&Article> = articles.iter().collect();
    let whole = make(tallied(&all, engine), &[], with, &setup, &request, |_| Vec::new()).unwrap();
    let named: Vec<&str> = sums.targets.iter().map(|row| row.target.as_str()).collect();
    assert_eq!(named, ["SEC", "SEC"]);
    let value = |report| serde_json::to_value(report).unwrap();
    same_rows(&value(sums), &value(whole), "targets");
}

#[test]
fn the_lexicons_travel_whole() {
    let engine = engine_of(load_lexicons(&[]).unwrap());
    let header = header(&engine);
    let text = serde_json::to_string(&header).unwrap();
    let read: Header = serde_json::from_str(&text).unwrap();
    assert_eq!(read.refusal(&header), None);
    let without_origin = |lexicons: &[Lexicon]| -> Vec<Lexicon> {
        lexicons
            .iter()
            .map(|lexicon| Lexicon { origin: String::new(), ..lexicon.clone() })
            .collect()
    };
    let mut known = without_origin(engine.inventory().lexicons());
    for lexicon in &mut known {
        let categories = lexicon.categories.iter_mut();
        let terms = categories.flat_map(|category| {
            category.place = 0..0;
            &mut category.terms
        });
        terms.for_each(|term| term.place = 0..0);
        for choice in &mut lexicon.choices {
            choice.place = 0..0;
            choice.variants.values_mut().flatten().for_each(|term| term.place = 0..0);
        }
        for target in &mut lexicon.targets {
            target.place = 0..0;
            target.names.iter_mut().for_each(|term| term.place = 0..0);
        }
    }
    assert_eq!(without_origin(&read.lexicons), known);
}

const ONE: &str = r#"schema = 1
id = "mine"
title = "Mine"
version = "1"
language = "en"
description = "Terms."
[[category]]
id = "weather"
title = "Weather"
description = "What falls."
terms = ["rain*"]
"#;

fn refusal(other: &Header) -> String {
    let engine = engine_of(vec![parse(ONE, "one").lexicon]);
    let folder = tempfile::tempdir().unwrap();
    let paths = [folder.path().join("a.parquet"), folder.path().join("b.arrow")];
    for (path, header) in paths.iter().zip([&header(&engine), other]) {
        TallyWriter::new(path, header).unwrap().finish().unwrap();
    }
    read_tallies(&paths, None, |_| ()).unwrap_err().to_string()
}

#[test]
fn what_can_not_be_added_is_refused_with_the_reason() {
    let header_of = |source: &str| header(&engine_of(vec![parse(source, "one").lexicon]));
    let same = header_of(ONE);
    let says = |other: Header, reason: &str| {
        let said = refusal(&other);
        assert!(said.contains(reason) && said.contains("a.parquet"), "{said}");
    };
    says(
        header_of(&ONE.replace("rain*", "snow*")),
        "`mine` is not the same in both: its terms differ",
    );
    says(header_of(&ONE.replace("What falls", "Falls")), "its descriptions differ");
    says(header_of(&ONE.replace("\"mine\"", "\"other\"")), "different lexicons: mine; and other");
    let mut other = same.clone();
    other.tool.version = "9.9.9".to_owned();
    says(other, "made by different versions: `0.1.0` and `9.9.9`");
    let other = Header { rule: SampleRule { seed: 8, per_cell: 2 }, ..same.clone() };
    says(other, "sampled differently");
    let mut other = same.clone();
    other.setup.by = Some("party".to_owned());
    says(other, "grouped by different fields: `outlet` and `party`");
    let mut other = same.clone();
    other.tool.layout = "other".to_owned();
    says(other, "--cues");
    let other = Header { level: Level::Sums, ..same.clone() };
    says(other, "what a row is differs");
    let other = Header { schema: "parallax.tallies/99".to_owned(), ..same };
    assert!(refusal(&other).contains("tally the articles again"));
}

#[test]
fn a_file_that_holds_no_tallies_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.parquet");
    std::fs::write(&path, b"not parquet").unwrap();
    let said = read_tallies(&[path], None, |_| ()).unwrap_err().to_string();
    assert!(said.contains("holds no tallies"), "{said}");
    assert!(matches!(find_tallies("nowhere/*.parquet"), Err(TalliesError::Missing { .. })));
    let said = TallyWriter::new(Path::new("x.csv"), &header(engine())).err().unwrap().to_string();
    assert!(said.contains(".parquet"), "{said}");
}

/// What a file claims of its lengths is not believed, whatever it claims; what is cut off or changed
/// is refused or read, never a panic that reaches the caller.
#[test]
fn damaged_tallies_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.arrow");
    let one = article(0, 1, &[0, 1], false);
    let read = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        read_tallies(std::slice::from_ref(&path), None, |_| ()).map_err(|error| error.to_string())
    };
    // Six bytes of which the first four claim a message of 1.4 GB.
    let said = read(b"\xff\xff\xff\x54\xff\x2d").unwrap_err();
    assert!(said.contains("longer than it is"), "{said}");
    for name in ["x.arrow", "x.parquet"] {
        let sound = folder.path().join(name);
        write(&sound, &header(engine()), tallied(&[&one], engine()), &noticed(0));
        let sound = std::fs::read(sound).unwrap();
        assert!(read(&sound).is_ok());
        for length in (0..sound.len()).step_by(97) {
            let said = read(&sound[..length]).unwrap_err();
            assert!(said.contains("x.arrow holds no tallies"), "{said}");
        }
        for at in (0..sound.len()).step_by(44) {
            let mut bytes = sound.clone();
            bytes[at..].iter_mut().take(4).for_each(|byte| *byte = 0x7F);
            let _ = read(&bytes);
        }
    }
}
