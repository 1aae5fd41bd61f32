//! Pages that are followed as they stand: their files are written, their commands typed, their output compared. They need Python
//! and a POSIX shell, for which they are written.

use std::path::Path;
use std::{env, fs};

#[test]
fn the_tutorial_can_be_followed() {
    // What is not followed is building, and what takes long.
    follow("harness/TUTORIAL.md", (5, 2));
}

#[test]
fn the_page_about_packs_can_be_followed() {
    follow("scenarios/PACKS.md", (7, 0));
}

/// Follows a page, which has this many commands that are typed, and blocks that are not followed.
#[track_caller]
fn follow(page: &str, expected: (usize, usize)) {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join(page)).unwrap();
    let mut done = (0, 0);
    for (info, body) in blocks(&page) {
        match info {
            "python core.py" => fs::write(folder.path().join("core.py"), body).unwrap(),
            "python core.py +" => insert(&folder.path().join("core.py"), body),
            "console" => done.0 += console(folder.path(), body),
            "sh" => done.1 += 1,
            other => assert_eq!(other, "", "a block that the test cannot follow"),
        }
    }
    assert_eq!(done, expected, "commands that were followed, and blocks that were not");
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
