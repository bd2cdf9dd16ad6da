// Reading bytes as a file of the corpus, through the front door.

use std::path::PathBuf;
use std::sync::OnceLock;

use parallax::corpus::{Article, FieldNames, Item, OpenOptions, open};

fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let shm = PathBuf::from("/dev/shm");
        let base = if shm.is_dir() { shm } else { std::env::temp_dir() };
        let folder = base.join(format!("parallax-fuzz-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        folder
    })
}

/// The articles of a file with that name; whatever is wrong must be said, not thrown.
pub fn articles(name: &str, bytes: &[u8], fields: &[&str]) -> Vec<Article> {
    let path = folder().join(name);
    std::fs::write(&path, bytes).expect("written");
    let options = OpenOptions {
        fields: FieldNames::parse(fields).expect("fields"),
        max_article_size: Some(1 << 20),
        repair: bytes.len() % 2 == 0,
        ..OpenOptions::default()
    };
    let mut articles = Vec::new();
    if let Ok(mut corpus) = open(std::slice::from_ref(&path), &options) {
        corpus.expect_languages(["en"]);
        for item in corpus.articles() {
            match item {
                Item::Article(article) => {
                    check(&article);
                    articles.push(article);
                }
                Item::Skipped(skipped) => drop(skipped.to_string()),
                Item::Warning(warning) => drop(warning.to_string()),
            }
        }
    }
    let _ = std::fs::remove_file(&path);
    articles
}

fn check(article: &Article) {
    let mut end = 0;
    if let Some(title) = article.title {
        assert!(article.text.get(title.start as usize..title.end as usize).is_some());
    }
    for marked in &article.markup {
        assert!(marked.span.start >= end && !marked.span.is_empty());
        end = marked.span.end;
        assert!(article.text.get(marked.span.start as usize..end as usize).is_some());
    }
}
