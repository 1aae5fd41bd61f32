//! `run --repeat`.

use crate::{Files, HARMLESS, STOPPED, done, scenario};

#[test]
fn each_repeat_has_the_next_seed() {
    let files = Files::new();
    let path = files.with("mine.toml", scenario(STOPPED));
    let run = ["run", "--fidelity", "memory", "--seed", "7", "--repeat", "3", &path];
    let run = done(&[&run[..], &["--check-determinism"]].concat()).code(0);
    let expected = "confirmed     mine (seed 7)\nconfirmed     mine (seed 8)\nconfirmed     mine (seed 9)\n\n\
                    3 plays: 3 confirmed\nplayed with --seed 7 --fidelity memory\n";
    assert_eq!(run.out, expected);
}

#[test]
fn reports_have_every_repeat() {
    let files = Files::new();
    let path = files.with("canary.toml", scenario(HARMLESS));
    let run = ["run", "--fidelity", "memory", "--repeat", "2", &path];
    let json = done(&[&run[..], &["--json", "-"]].concat()).code(1);
    for part in ["\"seed\": 4711,\n", "\"seed\": 4712,\n", "\"mismatch\": 2"] {
        assert!(json.out.contains(part), "no {part:?} in:\n{}", json.out);
    }
    let rerun = json.err_has("\nrerun with --seed 4711 --fidelity memory canary\n");
    rerun.err_has("\nrerun with --seed 4712 --fidelity memory canary\n");
    let junit = done(&[&run[..], &["--junit", "-"]].concat()).code(1);
    junit.out_has("name=\"canary (seed 4711)\"").out_has("name=\"canary (seed 4712)\"");
}

#[test]
fn a_run_without_repeats_names_no_seed() {
    let files = Files::new();
    let path = files.with("mine.toml", scenario(STOPPED));
    let run = done(&["run", "--fidelity", "memory", &path, "--json", "-"]).code(0);
    assert_eq!(run.out.matches("\"seed\"").count(), 1, "{}", run.out);
}

#[test]
fn how_often() {
    for wrong in ["0", "1001", "x"] {
        done(&["run", "--repeat", wrong]).code(2).err_has("--repeat");
    }
}
