use super::{Fate, Mutant, Notice, Score, change, notice, read};

fn scenarios(notice: &Notice) -> Vec<&str> {
    notice.scenarios.iter().map(String::as_str).collect()
}

#[test]
fn the_line_of_a_mutant_is_no_part_of_its_name() {
    let name = "harness/core/src/rules/clock.rs:24:37: replace == with != in look";
    assert_eq!(change(name), "replace == with != in look");
    let name =
        "a.rs:1:2: replace <impl From<Found> for Seen>::from -> Self with Default::default()";
    assert_eq!(
        change(name),
        "replace <impl From<Found> for Seen>::from -> Self with Default::default()"
    );
}

#[test]
fn a_log_names_scenarios_once_and_says_whether_all_was_played() {
    let log =
        "noise\ncaught by a/one: not found\ncaught by a: not found\ncaught by b: wrong error\n";
    let seen = notice(&format!("{log}346 plays, 3 not as expected\n"));
    assert_eq!(scenarios(&seen), ["a", "b"]);
    assert!(!seen.cut_short);
    assert!(notice(&format!("{log}and so on\n12 plays, 3 not as expected\n")).cut_short);
    assert!(notice(log).cut_short, "the core did not come back");
}

#[test]
fn what_cargo_mutants_leaves_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("mutants.out");
    std::fs::create_dir(&out).unwrap();
    let outcome = |line: u8, summary: &str| {
        let name = format!("core.rs:{line}:1: replace == with !=");
        format!(
            r#"{{"scenario": {{"Mutant": {{"file": "core.rs", "name": "{name}", "package": "p"}}}},
                "summary": "{summary}", "log_path": "log", "phase_results": []}}"#
        )
    };
    let baseline = r#"{"scenario": "Baseline", "summary": "Success", "log_path": "log"}"#;
    let summaries = ["CaughtMutant", "MissedMutant", "Unviable", "Timeout"];
    let outcomes: Vec<_> = (1..).zip(summaries).map(|(line, it)| outcome(line, it)).collect();
    let text = format!(r#"{{"outcomes": [{baseline}, {}]}}"#, outcomes.join(", "));
    std::fs::write(out.join("outcomes.json"), text).unwrap();
    std::fs::write(out.join("log"), "caught by a: not found\n1 plays, 1 not as expected\n")
        .unwrap();
    let mutants = read(folder.path()).unwrap();
    let fates: Vec<&Fate> = mutants.iter().map(|mutant| &mutant.fate).collect();
    let noticed = Fate::Caught(notice("caught by a: not found\n1 plays, 1 not as expected\n"));
    assert_eq!(fates, [&noticed, &Fate::Missed, &Fate::Unviable, &noticed]);
    assert!(mutants.iter().all(|Mutant { change, .. }| change == "replace == with !="));
    let score = Score::of(mutants.iter());
    assert_eq!(
        score.to_string(),
        "2 of 3 viable mutants caught (66.6 %), 1 survived, 1 did not compile"
    );
}
