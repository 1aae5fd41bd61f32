use super::text;
use crate::fate::{Fate, Mutant, Notice};
use crate::reasons::Reasons;

fn caught(change: &str, by: &[&str]) -> Mutant {
    let scenarios = by.iter().map(|name| (*name).to_owned()).collect();
    Mutant {
        file: "harness/core/src/rules/clock.rs".to_owned(),
        name: String::new(),
        change: change.to_owned(),
        fate: Fate::Caught(Notice { scenarios, cut_short: change == "broad" }),
    }
}

#[test]
fn a_scenario_is_listed_with_the_rarest_of_what_it_catches() {
    let mutants = [
        caught("common", &["clock-skewed", "time-zone-wrong", "kek-missing"]),
        caught("rare a||b", &["clock-skewed"]),
        caught("broad", &["clock-skewed", "agent-outdated"]),
    ];
    let page = text(&mutants, &Reasons::default());
    let row = "| clock-skewed | 2 | 1 | 1 | **alone** rules/clock: `rare a\\|\\|b`<br>rules/clock: `common` |\n";
    assert!(page.contains(row), "{page}");
    assert!(page.contains("| time-zone-wrong | 1 | 0 | 3 | rules/clock: `common` |\n"), "{page}");
    assert!(page.contains("\n- no-internet: the documented row `no-internet`\n"), "{page}");
    assert!(page.contains("| rules | 3 | 0 | 0 | 100.0 % |\n"), "{page}");
}

#[test]
fn a_control_that_catches_nothing_says_what_it_is_for() {
    let page = text(&[], &Reasons::default());
    let line = page.lines().find(|line| line.starts_with("- clock-four-minutes-ahead: "));
    assert!(line.is_some_and(|line| line.len() > 80), "{page}");
    assert!(line.is_some_and(|line| line.contains(" [at: `clock_skew_seconds`, ")), "{page}");
}
