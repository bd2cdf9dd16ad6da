//! Input and surroundings that mean harm: nothing is lost, nothing hangs, and what happened is said.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{folder_of, parallax_in, text};

const ARTICLE: (&str, &[u8]) = ("c/a/1.txt", b"The leftist regime fell on Monday.");

fn report(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut all = vec!["report"];
    all.extend(arguments);
    let output = parallax_in(folder, &all);
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// Runs the program for at most a while: something that waits for ever must not stop the tests.
fn within(seconds: u64, folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let begun = Instant::now();
    while child.try_wait().expect("asked").is_none() {
        if begun.elapsed() > Duration::from_secs(seconds) {
            child.kill().expect("killed");
            panic!("{arguments:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().expect("it ended");
    (output.status.code(), text(&output.stderr))
}

#[test]
fn a_killed_run_leaves_the_old_report_whole() {
    let articles: Vec<(String, String)> = (0..40)
        .map(|n| {
            (
                format!("c/o{}/{n}.txt", n % 4),
                format!("The leftist regime number {n} fell. ").repeat(20),
            )
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        articles.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let folder = folder_of(&files);
    let arguments = ["report", "c", "--save", "x", "--quiet"];
    let begun = Instant::now();
    assert!(parallax_in(folder.path(), &arguments).status.success());
    let whole = begun.elapsed();
    let saved = |ending: &str| {
        std::fs::read(folder.path().join("reports/x").with_extension(ending)).expect("there")
    };
    // The old report is another one than the new.
    let old = [br#"{"schema":"parallax.report/1","old":true}"#.to_vec(), b"<p>old</p>".to_vec()];
    let new = [saved("json"), saved("html")];
    let mut unfinished = 0;
    for step in 1..=16_u32 {
        for (ending, bytes) in ["json", "html"].into_iter().zip(&old) {
            std::fs::write(folder.path().join("reports/x").with_extension(ending), bytes)
                .expect("written");
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
            .args(arguments)
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        std::thread::sleep(whole * step / 16);
        // SIGKILL: nothing can be tidied up.
        child.kill().expect("killed");
        child.wait().expect("ended");
        for ((ending, old), new) in ["json", "html"].into_iter().zip(&old).zip(&new) {
            let now = saved(ending);
            assert!(now == *old || now == *new, "{ending} is neither, after step {step}");
            unfinished += usize::from(now == *old);
        }
    }
    assert!(unfinished > 0, "no run was killed in time");
    assert!(parallax_in(folder.path(), &arguments).status.success());
    assert_eq!([saved("json"), saved("html")], new);
}

#[test]
fn a_full_disk_is_said() {
    let folder = folder_of(&[ARTICLE]);
    if Path::new("/dev/full").exists() {
        let (status, _, stderr) = report(folder.path(), &["c", "--output", "/dev/full"]);
        assert_eq!(status, Some(2));
        assert!(stderr.contains("/dev/full") && stderr.contains("No space left"), "{stderr}");
        let output = Command::new("sh")
            .args(["-c", "\"$0\" report c --quiet > /dev/full", env!("CARGO_BIN_EXE_parallax")])
            .current_dir(folder.path())
            .output()
            .expect("a shell");
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("No space left"), "{}", text(&output.stderr));
    }
}

/// A file system of 64 KiB, where the tests may mount one.
#[test]
fn a_disk_that_fills_up_leaves_the_old_report() {
    let folder = folder_of(&[ARTICLE]);
    let disk = folder.path().join("reports");
    std::fs::create_dir(&disk).expect("made");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
        .arg(&disk)
        .output()
        .is_ok_and(|output| output.status.success());
    if !mounted {
        println!("skipped: no file system can be mounted here");
        return;
    }
    std::fs::write(disk.join("x.json"), b"old").expect("written");
    std::fs::write(disk.join("filler"), vec![0; 56 << 10]).expect("written");
    let (status, _, stderr) = report(folder.path(), &["c", "--save", "x"]);
    let left = std::fs::read(disk.join("x.json")).expect("there");
    let files = std::fs::read_dir(&disk).expect("listed").count();
    let unmounted = Command::new("umount").arg(&disk).status().expect("umount").success();
    assert!(unmounted);
    assert_eq!((status, left.as_slice(), files), (Some(2), &b"old"[..], 2), "{stderr}");
    assert!(stderr.contains("reports/x.json") && stderr.contains("No space left"), "{stderr}");
}

#[test]
fn a_folder_that_can_not_be_written_is_said() {
    let folder = folder_of(&[ARTICLE]);
    // Not even root may write there.
    let (status, _, stderr) = report(folder.path(), &["c", "--output", "/proc/parallax/x.json"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("can't write /proc/parallax/x.json"), "{stderr}");
}

#[test]
fn pipes_and_devices_do_not_hang() {
    let folder = folder_of(&[ARTICLE]);
    let pipe = folder.path().join("c/a/pipe.txt");
    let made = Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success());
    assert!(made);
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("c/a/zero.txt")).expect("linked");
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("zero.jsonl")).expect("linked");
    let (status, stderr) = within(60, folder.path(), &["report", "c"]);
    assert_eq!(status, Some(0), "{stderr}");
    assert!(stderr.contains("2 pipes, sockets or devices are not read"), "{stderr}");
    // A pipe that is named is read; a device without an end is no pipe.
    let (status, stderr) = within(60, folder.path(), &["report", "zero.jsonl"]);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(stderr.contains("zero.jsonl") && stderr.contains("device"), "{stderr}");
}

#[test]
fn links_odd_names_and_deep_folders() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder_of(&[ARTICLE]);
    let c = folder.path().join("c");
    std::os::unix::fs::symlink(&c, c.join("a/loop")).expect("linked");
    std::os::unix::fs::symlink("nowhere", c.join("a/gone.txt")).expect("linked");
    std::fs::write(
        c.join("a").join(std::ffi::OsStr::from_bytes(b"od\xFFd\n\x1b[31m.txt")),
        "A regime fell.",
    )
    .expect("written");
    let mut deep = c.join("b");
    for _ in 0..60 {
        deep.push("twelve-chars");
    }
    std::fs::create_dir_all(&deep).expect("made");
    std::fs::write(deep.join("2.txt"), "Another regime fell.").expect("written");
    let (status, stdout, stderr) = report(folder.path(), &["c", "--format", "json"]);
    assert_eq!(status, Some(0), "{stderr}");
    assert!(stderr.contains("c/a/loop: skipped: a symbolic link that leads back"), "{stderr}");
    assert!(stderr.contains("c/a/gone.txt: skipped: can't be read"), "{stderr}");
    let json: serde_json::Value = serde_json::from_str(&stdout).expect("json");
    assert_eq!(json["articles"].as_array().expect("rows").len(), 3);
    assert!(!stdout.contains('\x1b') && !stderr.contains('\x1b'));
}

#[test]
fn a_table_that_grows_is_read_as_it_was_and_said() {
    use parallax::corpus::{Item, OpenOptions, open};
    let row = "{\"text\":\"The regime fell.\",\"outlet\":\"a\"}\n";
    let folder = folder_of(&[("x.jsonl", row.repeat(3).as_bytes())]);
    let path = folder.path().join("x.jsonl");
    let corpus = open(std::slice::from_ref(&path), &OpenOptions::default()).expect("a corpus");
    let mut items = corpus.articles();
    let mut articles = usize::from(matches!(items.next(), Some(Item::Article(_))));
    std::fs::write(&path, row.repeat(5)).expect("written");
    let mut skipped = Vec::new();
    for item in items {
        match item {
            Item::Article(_) => articles += 1,
            Item::Skipped(one) => skipped.push(one.reason.code()),
            Item::Warning(warning) => panic!("{warning}"),
        }
    }
    assert_eq!((articles, &skipped[..]), (3, &["changed"][..]));
}

#[test]
fn tangled_pages_end_soon() {
    let n = |part: &str, count: usize| part.repeat(count);
    let fonts: String = (0..39).map(|n| format!("<font size={n}>")).collect();
    let pages = [
        n("<div>", 30_000),
        n("<div></span>", 20_000),
        format!("<svg>{}", n("<td>", 30_000)),
        fonts + &n("<p>x", 20_000),
        format!("<p {}>", n("a=\"\"", 100_000)),
        n("<blockquote><p>The regime fell, said the clerk of the town.</p></blockquote>", 2000),
        n("<table><tr><td>", 390),
    ];
    let names: Vec<String> = (0..pages.len()).map(|index| format!("c/a/{index}.html")).collect();
    let mut files: Vec<(&str, &[u8])> =
        names.iter().zip(&pages).map(|(name, page)| (name.as_str(), page.as_bytes())).collect();
    files.push(ARTICLE);
    let feed = format!("<rss>{}", n("<item><description>", 3000));
    files.push(("c/a/x.rss", feed.as_bytes()));
    let folder = folder_of(&files);
    let (status, stderr) = within(120, folder.path(), &["report", "c", "--format", "json"]);
    assert_eq!(status, Some(0), "{stderr}");
    for name in &names[..5] {
        assert!(
            stderr.contains(&format!("{name}: skipped: a page that can't be taken")),
            "{stderr}"
        );
    }
}

#[test]
fn nothing_steers_a_terminal() {
    let there = Command::new("script")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    if !there {
        println!("skipped: there is no script(1) to play a terminal");
        return;
    }
    let lexicon = b"schema = 1\nid = \"mine\"\ntitle = \"A \\u001b[2Jtitle\"\n[[category]]\nid = \"c\"\ntitle = \"C\\u009b31m\"\nterms = [\"regime\"]\n";
    let rows = "{\"outlet\":\"A\\u001b[31m\",\"title\":\"T\\u001b]0;x\\u0007\",\"text\":\"The \\u001b[5mregime fell\\u009b.\",\"id\":\"\\u001b[8m1\"}\n";
    let folder = folder_of(&[("c\u{1b}[31m.jsonl", rows.as_bytes()), ("l.toml", lexicon)]);
    // Colours, and the line of progress that is wiped.
    let own = regex::Regex::new("\x1b\\[([0-9;]*m|2K)").expect("a pattern");
    for command in [
        "report c*.jsonl -l l.toml",
        "report c*.jsonl -l l.toml --format csv",
        "report c*.jsonl -l l.toml --format markdown",
        "report c*.jsonl -l l.toml --format json",
        "report c*.jsonl -l l.toml --outlet no\u{1b}[31m",
        "kwic c*.jsonl -l l.toml --term regime",
        "kwic c*.jsonl -l l.toml --term regime --format csv",
        "explain c*.jsonl -l l.toml",
        "lexicon show l.toml",
        "lexicon check l.toml",
        "lexicon export l.toml --to csv",
        "init c*.jsonl --output -",
    ] {
        let output = Command::new("script")
            .args(["-qec", &format!("'{}' {command}", env!("CARGO_BIN_EXE_parallax")), "/dev/null"])
            .current_dir(folder.path())
            .env("TERM", "xterm")
            .env_remove("NO_COLOR")
            .stdin(Stdio::null())
            .output()
            .expect("script runs");
        let shown = text(&output.stdout);
        let hostile = ["\x1b[31m\"", "\x1b[2J", "\x1b]0;", "\x1b[8m", "\x1b[5m", "\u{9b}", "\x07"];
        for sequence in hostile {
            assert!(!shown.contains(sequence), "{command}: {sequence:?} in {shown:?}");
        }
        let rest = own.replace_all(&shown, "");
        assert!(!rest.contains('\x1b'), "{command}: {rest:?}");
    }
}
