//! Scenario files with mistakes: a clear message and exit code 2, and nothing is run.

use std::fs::File;

use crate::{Files, STOPPED, done, scenario, typed};

/// Both `check` and `run` say `message` of a file with this content.
#[track_caller]
fn refused(content: impl AsRef<[u8]>, message: &str) {
    let files = Files::new();
    let path = files.with("bad.toml", content);
    for command in [&["check", &path][..], &["run", "--fidelity", "memory", &path]] {
        let done = done(command).code(2).err_has("error: ").err_has(message);
        assert_eq!(done.out, "", "something was run");
    }
}

#[test]
fn mistakes() {
    refused("", "the file lacks `title`");
    refused("title = ", "bad.toml:1");
    refused(format!("colour = 1\n{}", scenario(STOPPED)), "has no key `colour`");
    refused(scenario("[[fault]]\nblock = {}\n"), "did you mean `blocks`?");
    refused(scenario("[[fault]]\nblocks = { to = [\"10.0.0.0/99\"] }\n"), "10.0.0.0/99");
    refused(
        scenario("[[fault]]\nfile-missing = { path = 'C:\\a\\..\\b' }\n"),
        "is no path of a simulated machine",
    );
    refused(
        scenario("[[fault]]\nfile-missing = { path = '/etc/passwd' }\n"),
        "is no path of a simulated machine",
    );
    refused(scenario(STOPPED) + "\n[[case]]\nname = \"x\"\n", "the case sets nothing");
    refused(
        scenario(STOPPED).replace("iscsi-service-stopped\"", "teapot\""),
        "there is no failure `teapot`",
    );
    refused(b"title = \"\xff\"", "it is no UTF-8 text, from byte 9 on");
}

#[test]
fn every_mistake_is_underlined() {
    let files = Files::new();
    let path =
        files.with("bad.toml", format!("colour = 1\n{}", scenario("[[fault]]\nblock = {}\n")));
    let done = done(&["check", &path])
        .code(2)
        .err_has("bad.toml:1:1")
        .err_has("bad.toml:7:1")
        .err_has("^^^^^");
    assert_eq!(done.err.matches("error: ").count(), 2, "{}", done.err);
}

#[test]
fn a_file_of_100_mb_is_not_read() {
    let files = Files::new();
    let path = files.path("large.toml");
    File::create(&path).unwrap().set_len(100 << 20).unwrap();
    done(&["run", &typed(&path)]).code(2).err_has("it is larger than 262144 bytes");
}

#[test]
fn what_is_no_file() {
    let files = Files::new();
    done(&["run", "no-such-file.toml"]).code(2).err_has("there is no such file");
    done(&["check", &typed(files.folder.path())]).code(2).err_has("it is a folder");
}

#[test]
fn a_bad_file_beside_good_ones_stops_them() {
    let files = Files::new();
    let (good, bad) = (files.with("good.toml", scenario(STOPPED)), files.with("bad.toml", ""));
    let run = done(&["run", "--fidelity", "memory", &good, "agent-outdated", &bad]).code(2);
    assert_eq!(run.out, "");
    done(&["check", &good, &bad]).code(2).out_has("good.toml: 1 play\n");
}
