//! What only Unix has: a limit of open files that a shell can lower, signals, and bash.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use snapbox::cmd::Command;

use crate::{Files, Started, output_of, typed};

mod action;
mod terminal;
mod trainings;

/// A session and its file.
fn session() -> (Started, String) {
    let (session, _, file) = told();
    (session, file)
}

/// A session, all that it tells at its start, and its file.
fn told() -> (Started, String, String) {
    let mut session = Started::of(&["up", "iscsi-service-stopped"]);
    let mut text = String::new();
    while !text.contains("(press Ctrl-C") {
        assert!(session.lines.read_line(&mut text).unwrap() > 0, "it ended: {text}");
    }
    let file = text.lines().find_map(|line| line.trim().strip_prefix("session file"));
    let file = file.unwrap().trim().to_owned();
    (session, text, file)
}

fn signal(name: &str, session: &Started) {
    let pid = session.process.id().to_string();
    output_of(Command::new("kill").args(["-s", name, &pid])).code(0);
}

/// Whether these tests run under `nohup`, whose programs go on without their terminal. Only Linux tells.
fn ignores_hang_up() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.map(|mask| u64::from_str_radix(mask.trim(), 16).unwrap());
    ignored.is_some_and(|mask| mask & 1 == 1)
}

#[test]
fn a_session_ends_tidily_with_its_terminal() {
    for name in ["HUP", "TERM", "INT"] {
        let (mut session, file) = session();
        signal(name, &session);
        if name == "HUP" && ignores_hang_up() {
            signal("TERM", &session);
        }
        let mut rest = String::new();
        session.lines.read_to_string(&mut rest).unwrap();
        assert!(
            rest.contains("interrupted; all files of the session are removed"),
            "{name}: {rest}"
        );
        assert!(session.process.wait().unwrap().success(), "{name}");
        assert!(!std::path::Path::new(&file).exists(), "{name}");
    }
}

/// The address of a server of which a session says where it listens.
fn listener(text: &str, name: &str) -> String {
    let line = text.lines().find(|line| line.trim().starts_with(name)).unwrap();
    line.split_whitespace().last().unwrap().to_owned()
}

/// Asks a server so often that what the session prints of it is more than a pipe has room for.
fn flood(server: &str) {
    let mut connection = TcpStream::connect(server).unwrap();
    let path = "a".repeat(200);
    let request = format!("HEAD /{path} HTTP/1.1\r\nHost: www.msftncsi.com\r\n\r\n");
    let mut answers = BufReader::new(connection.try_clone().unwrap());
    for _ in 0..3_000 {
        connection.write_all(request.as_bytes()).unwrap();
        let mut line = String::from("head");
        while !line.trim().is_empty() {
            line.clear();
            assert!(answers.read_line(&mut line).unwrap() > 0);
        }
    }
}

#[test]
fn a_session_ends_although_nobody_reads_what_it_prints() {
    for by in ["down", "INT"] {
        let (mut session, text, file) = told();
        flood(&listener(&text, "www.msftncsi.com"));
        match by {
            "down" => drop(crate::marslab(&["down", "--session", &file]).code(0)),
            name => signal(name, &session),
        }
        let (ended, end) = channel();
        thread::scope(|scope| {
            let pid = session.process.id().to_string();
            let process = &mut session.process;
            scope.spawn(move || ended.send(process.wait().unwrap().success()).unwrap());
            let seen = end.recv_timeout(Duration::from_secs(60));
            if seen.is_err() {
                output_of(Command::new("kill").args(["-s", "KILL", &pid]));
            }
            assert_eq!(seen, Ok(true), "{by}");
        });
        assert!(!std::path::Path::new(&file).exists(), "{by}");
    }
}

/// Interrupted, a run writes what it has played.
#[test]
fn an_interrupted_run_leaves_whole_reports() {
    let files = Files::new();
    let (json, junit) = (files.path("out.json"), files.path("out.xml"));
    let (json_typed, junit_typed) = (typed(&json), typed(&junit));
    let arguments = ["run", "--fidelity", "memory", "--jobs", "1", "--json", &json_typed];
    let mut run = Started::of(&[&arguments[..], &["--junit", &junit_typed]].concat());
    let mut text = String::new();
    assert!(run.lines.read_line(&mut text).unwrap() > 0);
    signal("INT", &run);
    run.lines.read_to_string(&mut text).unwrap();
    assert_eq!(run.process.wait().unwrap().code(), Some(130), "{text}");
    assert!(text.contains("\ninterrupted: "), "{text}");
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    assert_eq!(report["interrupted"], true);
    let confirmed = report["counts"]["confirmed"].as_u64().unwrap();
    assert!(confirmed >= 1);
    assert_eq!(report["plays"].as_array().unwrap().len() as u64, confirmed);
    let junit = std::fs::read_to_string(&junit).unwrap();
    assert!(junit.contains("<property name=\"interrupted\" value=\"true\"/>"), "{junit}");
    assert!(junit.ends_with("</testsuites>\n"), "{junit}");
}

/// A shell lowers the limit for good, so that the command cannot raise it again.
#[test]
fn as_many_plays_go_on_as_there_are_files_for() {
    let within = |files: u32| {
        let line = format!("ulimit -n {files}; exec \"$0\" run --jobs 12 iscsi");
        Command::new("sh").args(["-c", &line, env!("CARGO_BIN_EXE_marslab")]).env("NO_COLOR", "1")
    };
    output_of(within(64)).code(0).stdout_has(" confirmed\n");
    let refused = output_of(within(40)).code(70);
    refused
        .stderr_has(
            "error: this process may have 40 files open, and a play on `loopback` needs up to 64",
        )
        .stderr_has("\nhint: raise the limit, such as with `ulimit -n 256`\n");
}

#[test]
fn a_link_out_of_a_pack_is_refused() {
    let files = Files::new();
    let outside = files.with("outside.toml", "");
    let pack = files.path("acme");
    std::fs::create_dir(&pack).unwrap();
    for (target, name) in [(outside.as_str(), "a.toml"), ("..", "up"), (".", "again")] {
        std::os::unix::fs::symlink(target, pack.join(name)).unwrap();
    }
    let check = crate::marslab(&["check", "--pack", &typed(&pack)]).code(2);
    for name in ["a.toml", "up", "again"] {
        let link = typed(&pack.join(name));
        let told = format!("`{link}` leads out of the pack; replace the link by the file");
        assert!(check.stderr.contains(&told), "{}", check.stderr);
    }
}
