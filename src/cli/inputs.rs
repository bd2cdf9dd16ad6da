//! What a command reads is not written over, and what it writes is not read as an article the next time.

use std::path::{Path, PathBuf};

use parallax::corpus::{is_read, is_result};

use super::options::CorpusOptions;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A report or a diff, which is passed over among articles if it is JSON or a page.
    Report,
    /// What would be read there as an article.
    Other,
}

/// Refuses a result whose place is one of the inputs, or a corpus that would read it as an article.
///
/// # Errors
/// The result would take the place of something that is read, or stand among articles.
pub fn spare<P: AsRef<Path>>(
    (output, written): (Option<&Path>, Written),
    inputs: impl IntoIterator<Item = P>,
) -> anyhow::Result<()> {
    let Some((output, place)) = output.and_then(|output| Some((output, place_of(output)?))) else {
        return Ok(());
    };
    for input in inputs {
        let Ok(input) = input.as_ref().canonicalize() else { continue };
        anyhow::ensure!(
            input != place || is_device(&place),
            "{} is read by this command, and would be overwritten; name another file",
            output.display()
        );
        let Ok(below) = place.strip_prefix(&input) else { continue };
        if input.is_dir() && is_read(below) && !(written == Written::Report && is_known(&place)) {
            anyhow::bail!(
                "{} stands among the articles of {}, and would be read as one of them the next time; \
                 name a file elsewhere",
                output.display(),
                input.display()
            );
        }
    }
    Ok(())
}

/// The files and folders that a command with a corpus reads.
pub fn of(options: &CorpusOptions) -> Vec<PathBuf> {
    let lexicons = options.lexicon.iter().map(PathBuf::from);
    options.paths.iter().cloned().chain(lexicons).chain(options.cues.clone()).collect()
}

/// Where a file is, or will be.
fn place_of(path: &Path) -> Option<PathBuf> {
    // Folders that lack are made.
    path.ancestors().find_map(|known| {
        let here = if known.as_os_str().is_empty() { Path::new(".") } else { known };
        let real = here.canonicalize().ok()?;
        let rest = path.strip_prefix(known).ok()?;
        Some(if rest.as_os_str().is_empty() { real } else { real.join(rest) })
    })
}

/// A device, such as `/dev/null`, holds nothing that could be lost.
fn is_device(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// Whether what stands there, or will, is known as a result and passed over: a saved report, or a name under
/// which nothing but one is likely.
fn is_known(path: &Path) -> bool {
    if path.exists() {
        return is_result(path);
    }
    path.extension().is_some_and(|ending| ending == "json" || ending == "html")
}
