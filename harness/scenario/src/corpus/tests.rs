use std::collections::BTreeSet;

use super::{corpus, embedded, named, plays, text};
use crate::PlayKind;
use crate::scenario::{Paint, parse_file};

#[test]
fn every_embedded_scenario_has_no_mistakes() {
    let mut mistakes = String::new();
    for file in embedded() {
        let parsed = parse_file(&file, super::library());
        let problems = parsed.map_or_else(Some, |scenario| scenario.warnings);
        if let Some(problems) = problems {
            mistakes.push_str(&problems.render(Paint::Plain));
            mistakes.push('\n');
        }
    }
    assert!(mistakes.is_empty(), "{mistakes}");
}

#[test]
fn names_are_unique_and_sorted() {
    let names: Vec<&str> = corpus().iter().map(|scenario| scenario.name.as_str()).collect();
    assert!(names.is_sorted(), "{names:?}");
    let all: BTreeSet<&str> = plays().map(|play| play.name.as_str()).collect();
    assert_eq!(all.len(), plays().count());
}

#[test]
fn plays_are_found_by_any_part_of_their_names() {
    let names = plays().step_by(11).map(|play| play.name.as_str());
    for word in names.chain(["kek", "range", "proxy/", "y/a", "hides", "no such play"]) {
        let found = named(word).into_iter().map(|play| &play.name);
        let all = plays().map(|play| &play.name).filter(|name| name.contains(word));
        assert!(found.eq(all), "{word}");
    }
}

#[test]
fn a_text_belongs_to_its_scenario() {
    for scenario in corpus() {
        let text = text(&scenario.name).unwrap();
        assert!(text.contains(&scenario.title), "{}", scenario.name);
    }
    assert_eq!(text("no-such-scenario"), None);
}

/// Each control has a twin in the corpus: a play in which the same operation fails.
#[test]
fn every_control_has_a_twin_that_fails() {
    for control in plays().filter(|play| play.kind() == PlayKind::Control) {
        let name = control.twin.as_deref().unwrap_or_default();
        let twin = plays().find(|play| play.name == name);
        let twin = twin.unwrap_or_else(|| panic!("{}: no play `{name}`", control.name));
        assert!(twin.fails(), "{}: `{name}` does not fail", control.name);
        assert_eq!(twin.operation, control.operation, "{}: `{name}`", control.name);
    }
}
