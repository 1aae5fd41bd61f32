//! `harness/TUTORIAL.md`, followed as it stands there: its files are written, its commands typed, its output compared. It needs Python and
//! a POSIX shell, for which the page is written.

use std::path::Path;
use std::{env, fs};

const TUTORIAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../TUTORIAL.md");

#[test]
fn the_tutorial_can_be_followed() {
    let folder = tempfile::tempdir().unwrap();
    let page = fs::read_to_string(TUTORIAL).unwrap();
    let mut done = (0, 0);
    for (info, body) in blocks(&page) {
        match info {
            "python core.py" => fs::write(folder.path().join("core.py"), body).unwrap(),
            "python core.py +" => insert(&folder.path().join("core.py"), body),
            "console" => done.0 += console(folder.path(), body),
            // Building, and what takes long.
            "sh" => done.1 += 1,
            other => panic!("the test cannot follow a block of `{other}`"),
        }
    }
    assert_eq!(done, (5, 2), "commands that were followed, and blocks that were not");
}

/// The fenced blocks of a page: what stands behind the fence, and the lines in it.
fn blocks(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'))
}

/// Inserts a block before the last line of a file.
fn insert(file: &Path, block: &str) {
    let text = fs::read_to_string(file).unwrap();
    let (before, last) = text.trim_end().rsplit_once('\n').unwrap();
    fs::write(file, format!("{before}\n{block}\n{last}\n")).unwrap();
}

/// Types the commands of a block and compares what they print. How many there were is returned.
#[track_caller]
fn console(folder: &Path, block: &str) -> usize {
    let sessions: Vec<&str> = block.strip_prefix("$ ").unwrap().split("\n$ ").collect();
    for session in &sessions {
        let (typed, expected) = session.split_once('\n').unwrap_or((session, ""));
        let printed = command_in(folder, typed);
        assert!(matches(&mut printed.lines(), expected), "$ {typed}\n{printed}");
    }
    sessions.len()
}

/// Whether lines are as expected, where `…` stands for any number of them.
fn matches<'t>(printed: &mut impl Iterator<Item = &'t str>, expected: &str) -> bool {
    let mut skips = false;
    for line in expected.lines() {
        let found = match line {
            "…" => {
                skips = true;
                continue;
            }
            line if skips => printed.any(|it| it == line),
            line => printed.next() == Some(line),
        };
        if !found {
            return false;
        }
        skips = false;
    }
    skips || printed.next().is_none()
}

/// What a command of the shell prints to standard output.
fn command_in(folder: &Path, typed: &str) -> String {
    let own = Path::new(env!("CARGO_BIN_EXE_marslab")).parent().unwrap().to_owned();
    let others = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([own].into_iter().chain(env::split_paths(&others))).unwrap();
    let shell = snapbox::cmd::Command::new("sh").args(["-c", typed]).current_dir(folder);
    let output = shell.env("PATH", path).env("NO_COLOR", "1").env_remove("MARSLAB_SEED").output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}
