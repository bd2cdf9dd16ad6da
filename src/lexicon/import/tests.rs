//! Every format with its traps, and the way back.

use proptest::prelude::*;

use super::*;
use crate::lexicon::{Category, ExportFormat, Pattern, Term, check, export};

fn named(name: &str, text: impl AsRef<[u8]>) -> Imported {
    let options = ImportOptions { name, ..ImportOptions::default() };
    import(text.as_ref(), options).expect("it can be imported")
}

/// Categories with their terms.
fn shown(imported: &Imported) -> Vec<(&str, Vec<&str>)> {
    imported
        .lexicon
        .categories
        .iter()
        .map(|category| (category.id.as_str(), texts(category)))
        .collect()
}

fn texts(category: &Category) -> Vec<&str> {
    category.terms.iter().map(|term| term.text.as_str()).collect()
}

fn skipped(imported: &Imported) -> Vec<(usize, &str)> {
    imported.skipped.iter().map(|skipped| (skipped.line, skipped.reason.as_str())).collect()
}

const REPEATED: &str = "repeat another entry of their category (case and accents aside)";

#[test]
fn liwc_with_every_trap() {
    let text = "%\t\t\r01\tPositive Affect\r\t02 Negative affect\r\t\t07\t\tpolit\t(Politics)\r%\t\t\r\
        happy*\t1\rpreserve\t\t\t01 07\r\rgood deal  1 7\t\rd*mn\t2\rhappy*\t07  \rlike\t(02 134)125/464\r\
        kind\t<of>131/1\rbad\t2\t9\rlost\rcaf\u{e9}\t1\r:-)\t1\rHAPPY*\t1\r";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let imported = named("mfd2.0.dic", &bytes);
    assert_eq!(imported.guess.format, Format::Liwc);
    assert_eq!(
        shown(&imported),
        [
            ("positive-affect", vec!["happy*", "preserve", "good deal", "café"]),
            ("negative-affect", vec![r"d\*mn", "bad"]),
            ("polit", vec!["preserve", "good deal", "happy*"]),
        ]
    );
    assert_eq!(imported.lexicon.categories[2].description, "(Politics)");
    assert_eq!(
        skipped(&imported),
        [
            (12, "have conditional codes, which depend on the words beside them"),
            (13, "have conditional codes, which depend on the words beside them"),
            (14, "have the category 9, which is not defined"),
            (15, "have no category"),
            (17, "hold no letter"),
            (18, REPEATED),
        ]
    );
    assert_eq!(
        imported.notes,
        ["the file is not UTF-8 (line 16 is the first that is not) and was read as Windows-1252"]
    );
}

#[test]
fn dicx_with_marks_and_weights() {
    let text = "\u{feff}DicTerm,Power,Money\r\nboss*,X,\r\n\"pay, day\",,X\r\nrich,0.5,x\r\n,X,X\r\npoor,,\r\nodd,?,\r\n";
    let imported = named("x.dicx", text);
    assert_eq!(
        shown(&imported),
        [("power", vec!["boss*", "rich"]), ("money", vec![r"pay,\s+day", "rich"])]
    );
    assert_eq!(imported.lexicon.categories[0].terms[1].weight, Some(0.5));
    assert_eq!((imported.read, skipped(&imported).len()), (3, 3));
    assert_eq!(skipped(&imported)[0], (5, "have no term"));
    assert_eq!(skipped(&imported)[1], (6, "are in no category"));
}

#[test]
fn quanteda_nests_and_keeps_words_beside_children() {
    let text = "politics:\n  __: [vote*, 'no']\n  economy:\n    - tax?s\n    - free  market\n    - 1.5\n  empty:\nsolo: d*mn\n";
    let imported = named("lsd.yml", text);
    assert_eq!(
        shown(&imported),
        [
            ("politics", vec!["vote*", "no"]),
            ("politics-economy", vec!["tax?s", "free  market"]),
            ("solo", vec!["d*mn"]),
        ]
    );
    assert_eq!(skipped(&imported), [(6, "hold no letter")]);
    assert_eq!(imported.lexicon.categories[1].title, "politics > economy");
    let anchored = named("x.yml", "a: &l [one]\nb: *l\n");
    assert_eq!(skipped(&anchored), [(2, "are YAML aliases")]);
}

#[test]
fn yoshikoder_keeps_patterns_beside_categories() {
    let text = "<?xml version=\"1.0\"?>\n<!DOCTYPE dictionary>\n<dictionary patternengine=\"substring\">\n<cnode name=\"All\">\n\
        <cnode name=\"Good\" desc=\"fine\"><pnode name=\"win*\"/><cnode name=\"Best\"><pnode name=\"top\"/></cnode><pnode name=\"nice\"/></cnode>\n\
        <cnode name=\"Bad\"><pnode name=\"lose\"/><pnode name=\"*\"/></cnode></cnode></dictionary>";
    let imported = named("d.ykd", text);
    assert_eq!(
        shown(&imported),
        [("good", vec!["win*", "nice"]), ("good-best", vec!["top"]), ("bad", vec!["lose"])]
    );
    assert_eq!(imported.lexicon.categories[0].description, "fine");
    assert_eq!(skipped(&imported), [(6, "are nothing but wildcards")]);
}

#[test]
fn vbpro_lexicoder_and_wordstat() {
    let vbpro = named("x.txt", ">>Conflict<<\nwar*\ncivil war\n>>Peace<<\ntruce\n");
    assert_eq!(vbpro.guess.format, Format::Vbpro);
    assert_eq!(shown(&vbpro), [("conflict", vec!["war*", "civil war"]), ("peace", vec!["truce"])]);
    let lexicoder = named("x.lc3", "+negative\na lie\nabandon*\n+positive\nable\n");
    assert_eq!(
        shown(&lexicoder),
        [("negative", vec!["a lie", "abandon*"]), ("positive", vec!["able"])]
    );
    let text = "NEGATIVE\r\n \tANGER\r\n\t\tMAD (1)\r\n\t\tFED_UP (2)\r\n\t\t@NOTGOOD [#POSITIVE AFTER #NEG /S 3] (1)\r\n\tSAD* (1)\r\nPOSITIVE\r\n\tCAF\u{c9} (1)\r\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let wordstat = named("x.cat", &bytes);
    assert_eq!(
        shown(&wordstat),
        [
            ("negative-anger", vec!["mad", "fed up"]),
            ("negative", vec!["sad*"]),
            ("positive", vec!["café"]),
        ]
    );
    assert_eq!(wordstat.lexicon.categories[0].terms[1].weight, Some(2.0));
    assert_eq!(skipped(&wordstat), [(5, "are rules on several words")]);
}

#[test]
fn rated_lists() {
    let text = "$:\t-1.5\t0.8\t[-1, -2]\n:D\t2.3\t0.8\t[2, 3]\nbad\t-2.5\t0.6\t[-3, -2]\nmine\t1\nno number\tx\n";
    let vader = named("vader.txt", text);
    assert_eq!(vader.guess.format, Format::Vader);
    assert_eq!(shown(&vader), [("vader", vec![":D", "bad", "mine"])]);
    assert_eq!(vader.lexicon.categories[0].terms[1].weight, Some(-2.5));
    assert_eq!(
        skipped(&vader),
        [(1, "hold no letter"), (5, "have no number in the second column")]
    );
    let moral = named("care.tsv", "WORD\tEXPRESSED_MORAL\nkill\t1.5\ncat\t-1\n");
    assert_eq!(shown(&moral), [("care", vec!["kill"])]);
    assert_eq!(skipped(&moral), [(3, "are rated -1: absent from the list")]);
    let preamble = "About this list\n\nterms of use\n";
    let rows = "null\tfear\t0\nnull\ttrust\t1\nnan\tjoy\t1\nabout\tjoy\t0\n".to_owned();
    let emolex =
        named("nrc.txt", format!("{preamble}{}", rows.clone() + &"word\tanger\t1\n".repeat(9)));
    assert_eq!(emolex.guess.format, Format::EmoLex);
    assert_eq!(shown(&emolex)[..2], [("trust", vec!["null"]), ("joy", vec!["nan"])]);
    assert_eq!(skipped(&emolex)[0], (1, "are lines of another shape (a preamble)"));
    let emfd = named("emfd.csv", "word,care_p,fairness_p,care_sent\nkill,0.4,0.1,-0.7\n");
    assert_eq!(shown(&emfd), [("care", vec!["kill"]), ("fairness", vec!["kill"])]);
    assert_eq!(emfd.notes, ["the columns care_sent are left out"]);
    assert_eq!(emfd.read, 1);
}

#[test]
fn lists_and_tables() {
    let list = named(
        "x.txt",
        b"\xef\xbb\xbf# mine\r\nloony*\rd*mn\nfar left # why\n\n% old\n9/11\n#x\nR&D\n",
    );
    assert_eq!(list.guess.format, Format::WordList);
    assert_eq!(shown(&list), [("x", vec!["loony*", r"d\*mn", "far left", "R&D"])]);
    assert_eq!(skipped(&list), [(7, "hold no letter")]);
    let long = named(
        "x.csv",
        "term,category,weight\nwar,conflict,2\n\"war, civil\",conflict,\npeace,,1\n",
    );
    assert_eq!(shown(&long), [("conflict", vec!["war", r"war,\s+civil"])]);
    assert_eq!(skipped(&long), [(4, "have no category")]);
    let bare = named("y.csv", "war;conflict\npeace;calm\n");
    assert_eq!(shown(&bare), [("conflict", vec!["war"]), ("calm", vec!["peace"])]);
    let wide = named("x.csv", "term,conflict,calm\nwar,1,0\npeace,,x\n");
    assert_eq!(wide.guess.format, Format::Wide);
    assert_eq!(shown(&wide), [("conflict", vec!["war"]), ("calm", vec!["peace"])]);
    let empath = named("e.tsv", "help\thelp\tmaid\thelp\nsocial_media\ttweet\tlike\tnews_feed\n");
    assert_eq!(empath.guess.format, Format::Empath);
    assert_eq!(
        shown(&empath),
        [("help", vec!["help", "maid"]), ("social-media", vec!["tweet", "like", "news feed"])]
    );
    assert_eq!(skipped(&empath), [(1, "repeat another entry of their line")]);
    let json = named("x.json", "{\"a\": [\"one\", \"two\"],\n \"b\": {\"bad\": -2}}");
    assert_eq!(shown(&json), [("a", vec!["one", "two"]), ("b", vec!["bad"])]);
    assert_eq!(shown(&named("words.json", "[\"one\"]")), [("words", vec!["one"])]);
}

#[test]
fn vale_rules() {
    let text = "extends: existence\nmessage: \"no\"\nignorecase: true\nexceptions:\n  - \"(left) turn\"\n  - other\ntokens:\n  - left\n  - thought leaders?\n  - '(?<!so )bad'\n  - 'x*'\n";
    let imported = named("Rule.yml", text);
    assert_eq!(imported.guess.format, Format::Vale);
    assert_eq!(shown(&imported), [("rule", vec!["left", "thought leaders?"])]);
    assert_eq!(imported.lexicon.categories[0].terms[0].unless, ["(left) turn"]);
    assert_eq!(
        skipped(&imported),
        [
            (10, "are regexes with look-around, which is not available"),
            (11, "are regexes that match the empty text"),
            (6, "are exceptions that hold no term of the rule"),
        ]
    );
    let swap = named("S.yml", "extends: substitution\nmessage: m\nswap:\n  Arizonian: Arizonan\n");
    let term = &swap.lexicon.categories[0].terms[0];
    assert_eq!(term.note.as_deref(), Some("Vale puts in its place: Arizonan"));
    assert!(matches!(term.pattern, Pattern::Words { exact_case: true, .. }));
    let other = import(
        b"extends: occurrence\nmessage: m\n",
        ImportOptions { name: "o.yml", ..ImportOptions::default() },
    );
    assert!(matches!(other, Err(ImportError::Shape { line: 1, .. })));
}

#[test]
fn what_is_asked_for() {
    let options = ImportOptions {
        name: "x.txt",
        category: Some("mine"),
        id: Some("all"),
        ..ImportOptions::default()
    };
    let imported = import(b"war\n", options).expect("a list");
    assert_eq!(
        (imported.lexicon.id.as_str(), shown(&imported)),
        ("all", vec![("mine", vec!["war"])])
    );
    let own = import(b">>A<<\nwar\n", options);
    assert_eq!(own, Err(ImportError::OwnCategories("a".to_owned())));
    let nothing = import(b"# nothing\n", options);
    assert_eq!(nothing, Err(ImportError::Nothing("word list")));
    assert_eq!(slug("Émotions & Sentiments (1)"), "emotions-sentiments-1");
}

/// What round trips compare: everything of the categories but their places.
fn without_places(imported: &Imported) -> Vec<Category> {
    let mut categories = imported.lexicon.categories.clone();
    for category in &mut categories {
        category.place = 0..0;
        category.terms.iter_mut().for_each(|term| term.place = 0..0);
    }
    categories
}

fn entry() -> impl Strategy<Value = String> {
    "[a-zéA-Z][a-z]{0,5}('[a-z]{2,4})?( [a-z]{2,5}|-[a-z]{2,4}|&[a-z]{1,3})?"
        .prop_filter("a term", |entry| written::term(entry, written::Wildcards::None).is_ok())
}

/// A category with its entries and their weights.
type List = (String, Vec<(String, Option<f64>)>);

/// Entries with a last `*`, literal marks and weights, by category.
fn lists() -> impl Strategy<Value = Vec<List>> {
    let ending = prop_oneof![6 => Just(""), 2 => Just("*"), 1 => Just("."), 1 => Just("+")];
    let weight = prop_oneof![3 => Just(None), 1 => (-40..40_i32).prop_filter("not 0 or 1", |n| *n != 0 && *n != 10).prop_map(|n| Some(f64::from(n) / 10.0))];
    let entries = proptest::collection::vec((entry(), ending, weight), 1..8);
    let name = "[A-Z][a-z]{1,6}( [a-z]{2,4})?";
    proptest::collection::vec((name, entries), 1..4).prop_map(|lists| {
        let with_ending = |(entry, ending, weight): (String, &str, Option<f64>)| {
            (format!("{entry}{ending}"), weight)
        };
        lists
            .into_iter()
            .map(|(name, entries)| (name, entries.into_iter().map(with_ending).collect()))
            .collect()
    })
}

fn long_csv(lists: &[List], weights: bool) -> String {
    let mut text = "term,category,weight\n".to_owned();
    for (name, entries) in lists {
        for (entry, weight) in entries {
            let weight =
                weight.filter(|_| weights).map(|weight| weight.to_string()).unwrap_or_default();
            text += &format!("{entry},{name},{weight}\n");
        }
    }
    text
}

proptest! {
    #[test]
    fn import_export_import_gives_the_same(lists in lists()) {
        for (format, name, weights) in [
            (ExportFormat::Toml, "x.toml", true),
            (ExportFormat::Csv, "x.csv", true),
            (ExportFormat::Dicx, "x.dicx", true),
            (ExportFormat::Dic, "x.dic", false),
            (ExportFormat::Quanteda, "x.yml", false),
        ] {
            let first = named("x.csv", long_csv(&lists, weights));
            let exported = export(&first.lexicon, format);
            prop_assert_eq!(&exported.lost, &[]);
            let second = named(name, &exported.text);
            prop_assert_eq!(&second.skipped, &[], "{}", exported.text);
            let key = |categories: Vec<Category>| {
                let mut categories = categories;
                // A table by terms gives the terms of each category in the order of the first one.
                categories.iter_mut().for_each(|c| c.terms.sort_by(|a, b| a.text.cmp(&b.text)));
                categories
            };
            prop_assert_eq!(key(without_places(&second)), key(without_places(&first)), "{}", exported.text);
            prop_assert_eq!(export(&second.lexicon, format).lost, vec![]);
        }
    }

    #[test]
    fn no_bytes_can_make_it_fail(bytes in prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..200),
        "[%\t\n0-9a-z<>(): {},\"\\[\\]&*?-]{0,120}".prop_map(String::into_bytes),
    ]) {
        for (format, ..) in Format::ALL {
            let options = ImportOptions { name: "x.txt", format: Some(format), ..ImportOptions::default() };
            if let Ok(imported) = import(&bytes, options) {
                let text = export(&imported.lexicon, ExportFormat::Toml).text;
                let parsed = parse(&text, "x.toml");
                prop_assert_eq!(&parsed.diagnostics, &[], "{}", text);
                let again = named("x.toml", &text);
                prop_assert_eq!(without_places(&again), without_places(&imported), "{}", text);
            }
        }
    }
}

#[test]
fn what_a_format_cannot_hold_is_reported() {
    let source = "schema = 1\nid = \"x\"\n[[category]]\nid = \"c\"\ntitle = \"C\"\nterms = [\n\
        { term = \"left\", unless = [\"(left)\"], hits = [\"left\"], misses = [\"(left)\"] },\n\
        { regex = 'so[- ]called' }, \"radicali?e*\", { term = \"state\", inflect = \"noun\" }, { term = \"ICE\", case = \"exact\" }]\n";
    let lexicon = named("x.toml", source).lexicon;
    let dic = export(&lexicon, ExportFormat::Dic);
    assert_eq!(dic.text, "%\n1\tC\n%\nleft\t1\nstate\t1\nstates\t1\nICE\t1\n");
    let lost: Vec<(&str, &str)> =
        dic.lost.iter().map(|lost| (lost.what.as_str(), lost.reason)).collect();
    assert!(lost.contains(&("c: so[- ]called", "are left out: they are regexes")), "{lost:?}");
    assert!(lost.contains(&("c: left", "lose their `unless`")));
    assert!(lost.contains(&(
        "c: radicali?e*",
        "are left out: they hold a wildcard that is not a * at their end"
    )));
    assert_eq!(lost.len(), 6);
    let yaml = export(&lexicon, ExportFormat::Quanteda);
    assert_eq!(
        yaml.text,
        "\"C\":\n  - \"left\"\n  - \"radicali?e*\"\n  - \"state\"\n  - \"states\"\n  - \"ICE\"\n"
    );
}

#[test]
fn every_built_in_lexicon_survives_its_own_format() {
    for builtin in crate::lexicon::BUILTIN {
        let first = parse(builtin.source, builtin.id).lexicon;
        let text = export(&first, ExportFormat::Toml).text;
        let second = parse(&text, builtin.id);
        assert_eq!(second.diagnostics, [], "{}", builtin.id);
        let second = second.lexicon;
        let strip = |terms: &[Term]| -> Vec<Term> {
            terms.iter().map(|term| Term { place: 0..0, ..term.clone() }).collect()
        };
        for (one, two) in first.categories.iter().zip(&second.categories) {
            assert_eq!(strip(&one.terms), strip(&two.terms), "{}/{}", builtin.id, one.id);
            assert_eq!(
                (&one.description, one.labels, one.zones),
                (&two.description, two.labels, two.zones)
            );
        }
        assert_eq!(first.categories.len(), second.categories.len());
        assert_eq!(first.choices.len(), second.choices.len());
        for (one, two) in first.choices.iter().zip(&second.choices) {
            for (a, b) in one.variants.iter().zip(&two.variants) {
                assert_eq!((a.0, strip(a.1)), (b.0, strip(b.1)));
            }
        }
        for (one, two) in first.targets.iter().zip(&second.targets) {
            assert_eq!((strip(&one.names), &one.titles), (strip(&two.names), &two.titles));
        }
        assert_eq!(check(&second, &text).len(), 0, "{}", builtin.id);
    }
}

/// Terms read and entries skipped of each sample file.
#[test]
fn the_sample_files_are_read_whole() {
    let shared = std::env::var("PARALLAX_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let folder = std::path::Path::new(&shared).join("samples/lexicons");
    if !folder.is_dir() {
        #[allow(clippy::print_stderr)] // a skipped test says so
        {
            eprintln!("skipped: {} is absent", folder.display());
        }
        return;
    }
    for (name, format, read, skipped) in [
        ("afinn-111.txt", Format::Vader, 2_476, 1),
        ("empath_categories.tsv", Format::Empath, 16_145, 50),
        ("ggt_quote_verb_list.txt", Format::WordList, 257, 0),
        ("guardian_quote_verb_list.txt", Format::WordList, 298, 0),
        ("loaded-language-linter_terms.json", Format::Json, 249, 9),
        ("vader_lexicon.txt", Format::Vader, 7_316, 204),
        ("vale-alex_Ablist.yml", Format::Vale, 191, 0),
        ("vale-alex_Gendered.yml", Format::Vale, 98, 0),
        ("vale-proselint_Cliches.yml", Format::Vale, 770, 0),
        ("vale-proselint_DenizenLabels.yml", Format::Vale, 46, 0),
        ("vale-proselint_Hyperbole.yml", Format::Vale, 1, 0),
        ("vale-proselint_Needless.yml", Format::Vale, 352, 0),
        ("words_hedges_data.txt", Format::WordList, 162, 0),
    ] {
        let imported = named(name, std::fs::read(folder.join(name)).expect("a sample"));
        let found = (imported.guess.format, imported.read, imported.skipped.len());
        assert_eq!(found, (format, read, skipped), "{name}");
    }
}
