//! What the command says where somebody errs, to the letter.

use std::fs;

use snapbox::{assert_data_eq, str};

use crate::{Files, HARMLESS, Output, STOPPED, command, marslab, output_of, scenario, typed};

/// Runs on `memory`, with this on standard input.
#[track_caller]
fn fed(arguments: &[&str], input: impl AsRef<[u8]>) -> Output {
    output_of(command().args(arguments).stdin(input.as_ref().to_vec()))
}

#[test]
fn a_name_alone_is_a_start() {
    let start = marslab(&[]).code(2);
    assert_data_eq!(
        start.stderr,
        str![[r#"
marslab breaks a simulated Windows server as Microsoft's articles document it.
`marslab list` shows the scenarios; `marslab up NAME` opens one to try.
`marslab --help` shows all commands.

"#]]
    );
}

#[test]
fn near_names() {
    let hint = |arguments: &[&str], code, expected: &str| {
        let stderr = marslab(arguments).code(code).stderr;
        assert_eq!(stderr.trim_end().rsplit('\n').next(), Some(expected), "{arguments:?}");
    };
    hint(
        &["run", "kek-mising"],
        4,
        "hint: did you mean `activation-kek-missing`, `passphrase-kek-missing`, `proxy-asks-and-kek-missing` or `scratch-full-and-kek-missing`?",
    );
    hint(
        &["show", "kek"],
        2,
        "hint: did you mean `kek-missing`, `restore-kek`, `activation-kek-missing` or `passphrase-kek-missing`?",
    );
    hint(&["show", "cause", "kek-mising"], 2, "hint: did you mean `kek-missing`?");
    hint(
        &["show", "cause", "file-held-by-antivirus"],
        2,
        "hint: it is a failure: `marslab show failure file-held-by-antivirus`",
    );
    hint(&["list", "faults", "blok"], 2, "hint: did you mean `blocks`?");
    hint(
        &["up", "kek-missing"],
        2,
        "hint: use a full name: `activation-kek-missing`, `passphrase-kek-missing`, `proxy-asks-and-kek-missing` or `scratch-full-and-kek-missing`",
    );
}

#[test]
fn a_list_can_be_filtered() {
    let listed = marslab(&["list", "scenarios", "passphrase-kek"]).code(0).stdout;
    assert!(listed.lines().all(|line| line.starts_with("passphrase-kek")), "{listed}");
    let listed = marslab(&["list", "causes", "kek-*"]).code(0).stdout;
    assert!(listed.lines().all(|line| line.starts_with("kek-")), "{listed}");
}

#[test]
fn failures_and_their_causes_are_told_apart() {
    marslab(&["show", "failure", "proxy-blocks-connection"])
        .code(0)
        .stdout_has("\n  causes:     proxy-refuses-connections  The proxy answers, but refuses every connection to Azure\n");
    marslab(&["show", "cause", "antivirus-blocks"]).code(0).stdout_has("file-held-by-antivirus");
}

#[test]
fn the_example_of_a_remedy_is_a_cure() {
    let shown = marslab(&["show", "remedy", "move-scratch-folder"]).code(0).stdout;
    let lines = shown.lines().skip_while(|line| !line.contains("example:"));
    let lines = lines.take_while(|line| !line.is_empty());
    let cure: Vec<&str> =
        lines.map(|line| line.trim().trim_start_matches("example:").trim()).collect();
    assert_eq!(
        cure,
        ["[[cure]]", "remedy = \"move-scratch-folder\"", r"with = { to = 'D:\Scratch' }"]
    );
}

#[test]
fn standard_input_is_a_file() {
    let run = ["run", "--fidelity", "memory", "-"];
    fed(&run, scenario(STOPPED)).code(0).stdout_has("confirmed     stdin\n");
    fed(&run, scenario(HARMLESS)).code(1).stdout_has(" --exact -\n");
    fed(&["check", "-"], scenario(STOPPED)).code(0).stdout_has("ok: - (1 play)\n");
    fed(&["check", "-"], "colour = 1").code(2).stderr_has(" --> -:1:1\n");
    fed(&["run", "--watch", "-"], "").code(2).stderr_has(
        "error: `--watch` cannot be used with standard input or a report to standard output\n",
    );
    let report = marslab(&["run", "--fidelity", "memory", "agent-outdated", "--json", "-"]).code(0);
    let files = Files::new();
    let old = files.with("old.json", &report.stdout);
    fed(&["compare", &old, "-"], &report.stdout).code(0);
}

#[test]
fn an_empty_filter_selects_nothing() {
    for filter in ["", " "] {
        let run = marslab(&["run", filter, "agent-outdated"]).code(2);
        assert_eq!(run.stderr, "error: the filter is empty\nhint: leave it out to run all plays\n");
    }
}

#[test]
fn utf_16_is_told_as_such() {
    let files = Files::new();
    let utf_16: Vec<u8> = "\u{feff}title".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let path = files.with("my.toml", utf_16);
    marslab(&["check", &path]).code(2).stderr_has(
        "my.toml`: it is UTF-16; save it as UTF-8 (in Windows PowerShell: `… | Out-File -Encoding utf8 FILE`)\n",
    );
}

#[test]
fn what_does_not_fit_the_world_is_told_before_it_is_run() {
    let files = Files::new();
    let absent = "[[fault]]\nfile-missing = { path = 'C:\\absent.txt' }\n";
    let path = files.with("mine.toml", scenario(absent));
    marslab(&["check", &path])
        .code(2)
        .stderr_has("error: cannot apply `file-missing`: `SRV01` has no file `C:\\absent.txt`\n")
        .stderr_has("mine.toml:6:1\n");
    let path = files.with("canary.toml", scenario(HARMLESS));
    marslab(&["check", &path])
        .code(0)
        .stdout_has("canary.toml (1 play)\n")
        .stderr_has("warning: no host of the world matches `www.example.com` of `blocks`\n");
}

#[test]
fn what_is_valid_is_played_although_other_files_are_not() {
    let files = Files::new();
    let (good, bad) = (files.with("good.toml", scenario(STOPPED)), files.with("bad.toml", ""));
    let run = ["run", "--fidelity", "memory", "--keep-going", &bad, &good, "nowhere.toml"];
    let run =
        marslab(&run).code(2).stdout_has("confirmed     good\n").stdout_has("1 play: 1 confirmed");
    let expected = format!(
        "error: cannot read `nowhere.toml`: no such file\n\nnot run: {bad}, nowhere.toml\n"
    );
    assert!(run.stderr.ends_with(&expected), "{}", run.stderr);
    marslab(&["run", "--keep-going", &bad]).code(2).stderr_has("missing key `title`");
    marslab(&["run", "--fidelity", "memory", "--keep-going", &good]).code(0);
}

#[test]
fn two_reports_need_two_files() {
    let files = Files::new();
    let out = files.path("a.json");
    let shared = ["--json", &typed(&out), "--junit", &typed(&out)];
    let run = marslab(&[&["run", "--fidelity", "memory", "agent-outdated"], &shared[..]].concat());
    run.code(2).stderr_has(&format!(
        "error: two reports have the same file `{}`\nhint: give each report a file of its own\n",
        out.display()
    ));
    assert!(!out.exists());
}

/// A report that was there stays until the new one is whole.
#[test]
fn reports_are_whole() {
    let files = Files::new();
    let json = files.with("out.json", "old");
    let bad = files.with("bad.toml", "");
    marslab(&["run", &bad, "--json", &json]).code(2);
    assert_eq!(fs::read_to_string(&json).unwrap(), "old");
    marslab(&["run", "--fidelity", "memory", "agent-outdated", "--json", &json]).code(0);
    assert!(fs::read_to_string(&json).unwrap().ends_with("}\n"));
    let left = fs::read_dir(files.folder.path()).unwrap();
    let left: Vec<_> = left.map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn a_ci_is_told_where_a_play_stands() {
    let files = Files::new();
    let absent = "[[fault]]\nfile-missing = { path = 'C:\\absent.txt' }\n";
    let path = files.with("mine.toml", scenario(absent));
    let run = marslab(&["run", "--fidelity", "memory", &path, "--junit", "-"]).code(2);
    let version = format!("<property name=\"marslab\" value=\"{}\"/>", env!("CARGO_PKG_VERSION"));
    for part in [
        &format!(" file=\"{path}\" line=\"1\""),
        " time=\"",
        " timestamp=\"20",
        "<error message=\"cannot apply `file-missing`: ",
        " type=\"not-playable\"",
        &version,
        "<property name=\"seed\" value=\"4711\"/>",
    ] {
        assert!(run.stdout.contains(part), "no {part} in {}", run.stdout);
    }
}
