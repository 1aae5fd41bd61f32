//! `run --repeat`.

use crate::{Files, HARMLESS, STOPPED, marslab, scenario};

#[test]
fn each_repeat_has_the_next_seed() {
    let files = Files::new();
    let path = files.with("mine.toml", scenario(STOPPED));
    let run = ["run", "--fidelity", "memory", "--seed", "7", "--repeat", "3", &path];
    let run = marslab(&[&run[..], &["--check-determinism"]].concat()).code(0);
    let expected = "confirmed     mine (seed 7)\nconfirmed     mine (seed 8)\nconfirmed     mine (seed 9)\n\n\
                    3 plays: 3 confirmed\nrun with --seed 7 --fidelity memory\n";
    assert_eq!(run.stdout, expected);
}

/// The file that is found has a drawn date in its name, and lies in the folder of a user with a drawn name.
#[test]
fn names_and_dates_may_differ() {
    let run = ["run", "--fidelity", "memory", "--repeat", "2", "--exact", "credentials-expired"];
    marslab(&run).code(0);
}

#[test]
fn reports_have_every_repeat() {
    let files = Files::new();
    let path = files.with("canary.toml", scenario(HARMLESS));
    let run = ["run", "--fidelity", "memory", "--repeat", "2", &path];
    let json = marslab(&[&run[..], &["--json", "-"]].concat()).code(1);
    for part in ["\"seed\": 4711,\n", "\"seed\": 4712,\n", "\"mismatch\": 2"] {
        assert!(json.stdout.contains(part), "no {part:?} in:\n{}", json.stdout);
    }
    let rerun = json.stderr_has("\nrerun with --seed 4711 --fidelity memory --exact ");
    rerun.stderr_has("\nrerun with --seed 4712 --fidelity memory --exact ");
    let junit = marslab(&[&run[..], &["--junit", "-"]].concat()).code(1);
    junit.stdout_has("name=\"canary (seed 4711)\"").stdout_has("name=\"canary (seed 4712)\"");
}

#[test]
fn without_repeats_plays_have_no_seed() {
    let files = Files::new();
    let path = files.with("mine.toml", scenario(STOPPED));
    let run = marslab(&["run", "--fidelity", "memory", &path, "--json", "-"]).code(0);
    assert_eq!(run.stdout.matches("\"seed\"").count(), 1, "{}", run.stdout);
}

#[test]
fn invalid_numbers_of_repeats() {
    for wrong in ["0", "1001", "x"] {
        marslab(&["run", "--repeat", wrong]).code(2).stderr_has("--repeat");
    }
}
