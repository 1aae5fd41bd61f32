//! `run`: selection and results.

use snapbox::{assert_data_eq, str};

use crate::{Files, HARMLESS, Output, STOPPED, marslab, scenario, uncovered};

/// Runs on `memory`.
#[track_caller]
fn run(arguments: &[&str]) -> Output {
    marslab(&[&["run", "--fidelity", "memory"], arguments].concat())
}

#[test]
fn a_confirmed_play() {
    let files = Files::new();
    let path = files.with("mine.toml", scenario(STOPPED));
    let run = run(&[&path]).code(0);
    assert_data_eq!(
        run.stdout,
        str![[r#"
confirmed     mine

1 play: 1 confirmed
run with --seed 4711 --fidelity memory

"#]]
    );
    assert_eq!(run.stderr, "", "no progress without a terminal");
}

#[test]
fn nothing_selected() {
    run(&["iscsi-service-stoped"])
        .code(4)
        .stderr_has("hint: did you mean `iscsi-service-stopped`?");
    run(&["agent-outdated", "no*such"]).code(4).stderr_has("error: no play matches `no*such`");
    if let Some(id) = uncovered().first() {
        let undocumented = run(&[id]).code(4);
        assert!(undocumented.stderr.contains("hint: "), "{}", undocumented.stderr);
    }
}

#[test]
fn filters_are_parts_of_names_or_patterns() {
    let listed = marslab(&["list"]).code(0).stdout;
    let names = listed.lines().filter_map(|line| line.split(' ').next());
    let count = names.filter(|name| name.contains("credentials-expired")).count();
    assert!(count > 1, "{listed}");
    let tally = format!("\n{count} plays: {count} confirmed");
    run(&["credentials-expired"]).code(0).stdout_has(&tally);
    run(&["credentials-expired/two-week?", "agent-outdat?d"])
        .code(0)
        .stdout_has("2 plays: 2 confirmed");
}

#[test]
fn a_fault_that_breaks_nothing() {
    let files = Files::new();
    let path = files.with("canary.toml", scenario(HARMLESS));
    let run = run(&[&path]).code(1);
    assert_data_eq!(
        run.stdout,
        str![[r#"
mismatch      canary
              beat 2 (broken): not broken
              expected: the operation fails with error volume-not-mounted
              seen:     the operation succeeded

1 play: 1 mismatch
rerun with --seed 4711 --fidelity memory --exact [..]canary.toml

"#]]
    );
}

#[test]
fn a_fault_that_is_never_read() {
    let files = Files::new();
    let odd = "[[fault]]\nexecution-policy = { policy = \"Unrestricted\" }\n";
    let path = files.with("odd.toml", scenario(&format!("{STOPPED}\n{odd}")));
    run(&[&path])
        .code(3)
        .stdout_has("inconclusive  odd\n")
        .stdout_has("never read what the fault `execution-policy` changed: `")
        .stdout_has(
            "`; if another fault stops it before, give each a file and run both at once, as `one.toml+two.toml`; else try an operation that needs it\n",
        );
}

#[test]
fn a_mismatch_outweighs_an_inconclusive_play() {
    let files = Files::new();
    let odd = "[[fault]]\nexecution-policy = { policy = \"Unrestricted\" }\n";
    let odd = files.with("odd.toml", scenario(&format!("{STOPPED}\n{odd}")));
    let canary = files.with("canary.toml", scenario(HARMLESS));
    run(&[&odd, &canary, "agent-outdate?"])
        .code(1)
        .stdout_has("3 plays: 1 confirmed, 1 mismatch, 1 inconclusive");
}

#[test]
fn deterministic_runs() {
    run(&["--check-determinism", "kek", "iscsi", "--jobs", "2"]).code(0);
    run(&["--check-determinism", "--keep", "kek"]).code(2);
}

#[test]
fn the_language_of_the_machines() {
    run(&["--explain", "--lang", "ja", "credentials-expired/"])
        .code(0)
        .stdout_has("無効なコンテナー");
    run(&["--explain", "--lang", "zh-TW", "credentials-expired/"])
        .code(0)
        .stdout_has("提供的保存庫認證無效");
}

#[test]
fn explained_plays() {
    let told = run(&["--explain", "iscsi-service-stopped"]).code(0);
    let told =
        ["1 healthy", "2 broken", "3 diagnosed", "4 repaired", "5 healthy again", "confirmed  "]
            .into_iter()
            .try_fold(told.stdout.as_str(), |rest, part| Some(rest.split_once(part)?.1));
    assert!(told.is_some());
}

#[test]
fn a_broken_world_is_kept() {
    let run = run(&["--keep", "iscsi-service-stopped"]).code(0).stdout_has("kept:     ");
    let folder =
        run.stdout.lines().find_map(|line| line.trim().strip_prefix("kept:     ")).unwrap();
    let world = std::fs::read_to_string(std::path::Path::new(folder).join("world.json")).unwrap();
    assert!(world.contains("MSiSCSI"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn programs_that_are_not_subjects() {
    // The command itself is a program that exists on every system.
    let itself = |arguments: &str| format!("\"{}\" {arguments}", env!("CARGO_BIN_EXE_marslab"));
    for (subject, reason) in [
        (itself("list"), "invalid diagnosis: "),
        (itself("no-such-command"), "the subject failed (exit "),
    ] {
        let run = marslab(&["run", "iscsi-service-stopped", "--subject", &subject]).code(1);
        run.stdout_has(": subject failed").stdout_has(reason);
    }
    // One that cannot be started at all is found before anything is played.
    marslab(&["run", "iscsi-service-stopped", "--subject", "no-such-program-anywhere"])
        .code(2)
        .stderr_has("cannot start the subject `no-such-program-anywhere`");
}

#[test]
fn invalid_subject_commands() {
    marslab(&["run", "--subject", ""])
        .code(2)
        .stderr_has("error: the subject's command is empty\nhint: ");
    // On Windows a single quote is a character like any other, and the program is not there.
    let open = marslab(&["run", "--subject", "a 'b"]).code(2);
    let is_told = ["unclosed quote in the subject's command", "cannot start the subject `a`"];
    assert!(is_told.iter().any(|text| open.stderr.contains(text)), "{}", open.stderr);
    run(&["--subject", "x"]).code(2).stderr_has("`--subject` requires `--fidelity loopback`");
}

#[test]
fn compounds() {
    let both = "proxy-authentication-required+passphrase-kek-missing";
    run(&[both]).code(0).stdout_has(&format!("confirmed     {both}"));
    run(&["proxy-port-wrong+iscsi-service-stopped"])
        .code(2)
        .stderr_has("have different operations")
        .stderr_has("hint: `marslab list` shows the plays");
    let files = Files::new();
    let path = files.with("mine.toml", scenario(STOPPED));
    run(&[&format!("{path}+mount-stuck")]).code(0).stdout_has("mine+mount-stuck");
    let told = run(&["--explain", both]).code(0);
    told.stdout_has("Blocking (without it, the operation would have gone differently):");
}

#[test]
fn the_seed_determines_the_pairs() {
    let files = Files::new();
    let path = files.with("mine.toml", scenario(STOPPED));
    let first = run(&["--pairs", "2", &path]).code(0).stdout_has("2 plays: 2 confirmed").stdout;
    assert!(first.lines().take(2).all(|line| line.contains("mine+")), "{first}");
    assert_eq!(run(&["--pairs", "2", &path]).code(0).stdout, first);
    let other = run(&["--pairs", "2", "--seed", "7", &path]).code(0).stdout;
    assert_ne!(other, first);
    run(&["--pairs", "1", "range-blocked-and-machine-of-another-vault"])
        .code(4)
        .stderr_has("error: no play can be combined");
    run(&["--pairs", "0"]).code(2);
}
