//! Reading real collections, where they stand beside the project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use parallax::corpus::{Corpus, Item, OpenOptions, ProblemSummary, open, survey};

/// The folder of collections; `None`, and a line that says so, where it is absent.
fn shared() -> Option<PathBuf> {
    crate::shared("corpora").map(|corpora| corpora.join(".."))
}

fn open_by(path: &Path, by: &str) -> Corpus {
    let options = OpenOptions { by: Some(by.to_owned()), ..OpenOptions::default() };
    open(&[path.to_owned()], &options).unwrap()
}

/// Articles of each outlet, and everything that was not in order.
fn count(corpus: &Corpus) -> (BTreeMap<String, u64>, ProblemSummary) {
    let mut outlets = BTreeMap::new();
    let mut problems = ProblemSummary::default();
    for item in corpus.articles() {
        match item {
            Item::Article(article) => *outlets.entry(article.outlet).or_default() += 1,
            Item::Skipped(skipped) => problems.skip(skipped),
            Item::Warning(warning) => problems.warn(warning),
        }
    }
    (outlets, problems)
}

#[test]
fn statements_are_grouped_by_party() {
    let Some(shared) = shared() else { return };
    let corpus = open_by(&shared.join("corpora/congress"), "label");
    let (parties, problems) = count(&corpus);
    assert_eq!(problems, ProblemSummary::default());
    assert_eq!(parties.values().sum::<u64>(), 8282);
    assert!((2..=3).contains(&parties.len()), "{parties:?}");
    assert_eq!(corpus.notices().len(), 1, "{:?}", corpus.notices());
}

#[test]
fn a_year_is_date_enough_to_group_by() {
    let Some(shared) = shared() else { return };
    let corpus = open_by(&shared.join("corpora/state-of-the-union"), "year");
    let (years, problems) = count(&corpus);
    // One address has a word that a line breaks.
    assert!(problems.skipped.is_empty(), "{problems:?}");
    assert!(problems.warnings.keys().eq(["broken-words"].iter()), "{problems:?}");
    assert!(years.len() > 200 && years.keys().all(|year| year.len() == 4), "{years:?}");
}

#[test]
fn folders_of_text_files() {
    let Some(shared) = shared() else { return };
    let corpus = open(&[shared.join("seeds")], &OpenOptions::default()).unwrap();
    let (outlets, problems) = count(&corpus);
    assert_eq!(problems, ProblemSummary::default());
    assert_eq!(outlets.keys().collect::<BTreeSet<_>>().len(), 2);
    assert_eq!(outlets.values().sum::<u64>(), 3);
}

#[test]
fn a_survey_of_scanned_pages() {
    let Some(shared) = shared() else { return };
    let pages = shared.join("corpora/newspapers-1916");
    let found = survey(&[pages], &OpenOptions::default()).unwrap();
    assert_eq!((found.outlets.len(), found.undated), (3, 0));
    assert!(found.outlets.iter().all(|outlet| !outlet.repeated.is_empty()));
    assert!(found.to_toml().contains("# Other fields, for --by: place"));
}
