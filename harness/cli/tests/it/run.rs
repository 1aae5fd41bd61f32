//! `run`: what is selected, and how it ends.

use snapbox::{assert_data_eq, str};

use crate::{Done, Files, HARMLESS, STOPPED, done, scenario, uncovered};

/// Runs on `memory`.
#[track_caller]
fn run(arguments: &[&str]) -> Done {
    done(&[&["run", "--fidelity", "memory"], arguments].concat())
}

#[test]
fn a_confirmed_play() {
    let files = Files::new();
    let path = files.with("mine.toml", scenario(STOPPED));
    let run = run(&[&path]).code(0);
    assert_data_eq!(
        run.out,
        str![[r#"
confirmed     mine

1 play: 1 confirmed
played with --seed 4711 --fidelity memory

"#]]
    );
    assert_eq!(run.err, "", "no progress where there is no terminal");
}

#[test]
fn nothing_selected() {
    run(&["iscsi-service-stoped"]).code(4).err_has("hint: did you mean `iscsi-service-stopped`?");
    run(&["agent-outdated", "no*such"]).code(4).err_has("error: no play is called `no*such`");
    if let Some(id) = uncovered().first() {
        let undocumented = run(&[id]).code(4);
        assert!(undocumented.err.contains("hint: "), "{}", undocumented.err);
    }
}

#[test]
fn filters_select_parts_and_patterns() {
    let listed = done(&["list"]).code(0).out;
    let names = listed.lines().filter_map(|line| line.split(' ').next());
    let count = names.filter(|name| name.contains("credentials-expired")).count();
    assert!(count > 1, "{listed}");
    let tally = format!("\n{count} plays: {count} confirmed");
    run(&["credentials-expired"]).code(0).out_has(&tally);
    run(&["credentials-expired/two-week?", "agent-outdat?d"])
        .code(0)
        .out_has("2 plays: 2 confirmed");
}

#[test]
fn a_fault_that_breaks_nothing() {
    let files = Files::new();
    let path = files.with("canary.toml", scenario(HARMLESS));
    let run = run(&[&path]).code(1);
    assert_data_eq!(
        run.out,
        str![[r#"
mismatch      canary
              beat 2 (broken): not broken
              expected: the operation fails with error volume-not-mounted
              seen:     the operation succeeded

1 play: 1 mismatch
rerun with --seed 4711 --fidelity memory canary

"#]]
    );
}

#[test]
fn a_fault_that_nobody_met() {
    let files = Files::new();
    let odd = "[[fault]]\nexecution-policy = { policy = \"Unrestricted\" }\n";
    let path = files.with("odd.toml", scenario(&format!("{STOPPED}\n{odd}")));
    run(&[&path])
        .code(3)
        .out_has("inconclusive  odd\n")
        .out_has("never read what the fault `execution-policy` changed");
}

#[test]
fn a_mismatch_outweighs_a_doubt() {
    let files = Files::new();
    let odd = "[[fault]]\nexecution-policy = { policy = \"Unrestricted\" }\n";
    let odd = files.with("odd.toml", scenario(&format!("{STOPPED}\n{odd}")));
    let canary = files.with("canary.toml", scenario(HARMLESS));
    run(&[&odd, &canary, "agent-outdate?"])
        .code(1)
        .out_has("3 plays: 1 confirmed, 1 mismatch, 1 inconclusive");
}

#[test]
fn the_same_twice() {
    run(&["--check-determinism", "kek", "iscsi", "--jobs", "2"]).code(0);
    run(&["--check-determinism", "--keep", "kek"]).code(2);
}

#[test]
fn the_language_of_the_machines() {
    run(&["--explain", "--lang", "ja", "credentials-expired/"]).code(0).out_has("無効なコンテナー");
    run(&["--explain", "--lang", "zh-TW", "credentials-expired/"])
        .code(0)
        .out_has("提供的保存庫認證無效");
}

#[test]
fn explained_to_an_audience() {
    let told = run(&["--explain", "iscsi-service-stopped"]).code(0);
    let told =
        ["1 healthy", "2 broken", "3 diagnosed", "4 repaired", "5 healthy again", "confirmed  "]
            .into_iter()
            .try_fold(told.out.as_str(), |rest, part| Some(rest.split_once(part)?.1));
    assert!(told.is_some());
}

#[test]
fn a_broken_world_is_kept() {
    let run = run(&["--keep", "iscsi-service-stopped"]).code(0).out_has("kept:     ");
    let folder = run.out.lines().find_map(|line| line.trim().strip_prefix("kept:     ")).unwrap();
    let world = std::fs::read_to_string(std::path::Path::new(folder).join("world.json")).unwrap();
    assert!(world.contains("MSiSCSI"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn programs_that_are_no_subject() {
    // The command itself is a program that is there on every system.
    let itself = |arguments: &str| format!("'{}' {arguments}", env!("CARGO_BIN_EXE_marslab"));
    for (subject, reason) in [
        (itself("list"), "the subject's answer is no diagnosis"),
        (itself("no-such-command"), "the subject ended with"),
        ("no-such-program-anywhere".to_owned(), "the subject could not be started"),
    ] {
        let run = done(&["run", "iscsi-service-stopped", "--subject", &subject]).code(1);
        run.out_has("beat 1 (healthy): subject failed").out_has(reason);
    }
}

#[test]
fn subjects_that_cannot_be() {
    done(&["run", "--subject", ""])
        .code(2)
        .err_has("error: the subject's command is empty\nhint: ");
    done(&["run", "--subject", "a 'b"]).code(2).err_has("a quote that is not closed");
    run(&["--subject", "x"]).code(2).err_has("`--subject` cannot be used with `--fidelity memory`");
}

#[test]
fn several_plays_at_once() {
    let both = "proxy-authentication-required+passphrase-kek-missing";
    run(&[both]).code(0).out_has(&format!("confirmed     {both}"));
    run(&["proxy-port-wrong+iscsi-service-stopped"])
        .code(2)
        .err_has("are not about the same operation")
        .err_has("hint: name plays of one operation");
    let files = Files::new();
    let path = files.with("mine.toml", scenario(STOPPED));
    run(&[&format!("{path}+mount-stuck")]).code(0).out_has("mine+mount-stuck");
    let told = run(&["--explain", both]).code(0);
    told.out_has("In the way, as without it this would have gone otherwise:");
}

#[test]
fn pairs_are_drawn_by_the_seed() {
    let files = Files::new();
    let path = files.with("mine.toml", scenario(STOPPED));
    let first = run(&["--pairs", "2", &path]).code(0).out_has("2 plays: 2 confirmed").out;
    assert!(first.lines().take(2).all(|line| line.contains("mine+")), "{first}");
    assert_eq!(run(&["--pairs", "2", &path]).code(0).out, first);
    let other = run(&["--pairs", "2", "--seed", "7", &path]).code(0).out;
    assert_ne!(other, first);
    run(&["--pairs", "1", "range-blocked-and-machine-of-another-vault"])
        .code(4)
        .err_has("error: no other play");
    run(&["--pairs", "0"]).code(2);
}
