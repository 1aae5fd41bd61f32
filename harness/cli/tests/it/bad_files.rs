//! Invalid scenario files: a clear message, exit code 2, and nothing is run.

use std::fs::File;

use crate::{Files, STOPPED, marslab, scenario, typed};

/// Both `check` and `run` reject a file with this content, with `message`.
#[track_caller]
fn rejected(content: impl AsRef<[u8]>, message: &str) {
    let files = Files::new();
    let path = files.with("bad.toml", content);
    for command in [&["check", &path][..], &["run", "--fidelity", "memory", &path]] {
        let output = marslab(command).code(2).stderr_has("error: ").stderr_has(message);
        assert_eq!(output.stdout, "", "something was run");
    }
}

#[test]
fn mistakes() {
    rejected("", "missing key `title`");
    rejected("title = ", "bad.toml:1");
    rejected(format!("colour = 1\n{}", scenario(STOPPED)), "unknown key `colour`");
    rejected(scenario("[[fault]]\nblock = {}\n"), "did you mean `blocks`?");
    rejected(scenario("[[fault]]\nblocks = { to = [\"10.0.0.0/99\"] }\n"), "10.0.0.0/99");
    rejected(
        scenario("[[fault]]\nfile-missing = { path = 'C:\\a\\..\\b' }\n"),
        "error: `file-missing`: invalid path `",
    );
    rejected(
        scenario("[[fault]]\nfile-missing = { path = '/etc/passwd' }\n"),
        "error: `file-missing`: invalid path `",
    );
    rejected(scenario(STOPPED) + "\n[[case]]\nname = \"x\"\n", "the case changes nothing");
    rejected(
        scenario(STOPPED).replace("iscsi-service-stopped\"", "teapot\""),
        "unknown failure `teapot`",
    );
    rejected(b"title = \"\xff\"", "invalid UTF-8 at byte 9");
}

#[test]
fn every_mistake_is_underlined() {
    let files = Files::new();
    let path =
        files.with("bad.toml", format!("colour = 1\n{}", scenario("[[fault]]\nblock = {}\n")));
    let output = marslab(&["check", &path])
        .code(2)
        .stderr_has("bad.toml:1:1")
        .stderr_has("bad.toml:7:1")
        .stderr_has("^^^^^");
    assert_eq!(output.stderr.matches("error: ").count(), 2, "{}", output.stderr);
}

#[test]
fn a_file_of_100_mb_is_not_read() {
    let files = Files::new();
    let path = files.path("large.toml");
    File::create(&path).unwrap().set_len(100 << 20).unwrap();
    marslab(&["run", &typed(&path)]).code(2).stderr_has("larger than 262144 bytes");
}

#[test]
fn paths_that_are_not_files() {
    let files = Files::new();
    marslab(&["run", "no-such-file.toml"]).code(2).stderr_has("no such file");
    marslab(&["check", &typed(files.folder.path())]).code(2).stderr_has("is a folder");
}

#[test]
fn an_invalid_file_stops_the_whole_run() {
    let files = Files::new();
    let (good, bad) = (files.with("good.toml", scenario(STOPPED)), files.with("bad.toml", ""));
    let run = marslab(&["run", "--fidelity", "memory", &good, "agent-outdated", &bad]).code(2);
    assert_eq!(run.stdout, "");
    marslab(&["check", &good, &bad]).code(2).stdout_has("good.toml (1 play)\n");
}

#[test]
fn an_old_key_is_only_a_warning() {
    let files = Files::new();
    let old = "[when]\ntold = \"backup\"";
    let path = files.with("old.toml", scenario(STOPPED).replace("[when]", old));
    marslab(&["check", &path])
        .code(0)
        .stdout_has("old.toml (1 play)\n")
        .stderr_has("warning: old key `told`\n")
        .stderr_has("it is now called `reported-operation`");
    marslab(&["run", "--fidelity", "memory", &path]).code(0).stdout_has("confirmed     old\n");
}
