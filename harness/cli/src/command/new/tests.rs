use marslab::catalogue::{Catalogue, FailureKind};
use marslab::corpus;
use marslab::scenario::{Paint, parse};

use toml::de::DeTable;

use super::{run, template};
use crate::error::CliError;

fn template_for(id: &str) -> Result<String, CliError> {
    let mut out = Vec::new();
    run(&mut out, id)?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn every_failure_has_a_template_that_is_valid_or_marks_what_to_fill_in() {
    let catalogue = Catalogue::known();
    for row in catalogue.failures_in_order().filter(|row| row.kind != FailureKind::Umbrella) {
        let text = template_for(row.id.as_str()).unwrap();
        assert!(text.contains(&format!("failure = \"{}\"", row.id)), "{text}");
        assert!(text.contains("# What is broken"), "{text}");
        let read = parse("new.toml", &text, corpus::library());
        match read {
            Ok(scenario) => assert_eq!(scenario.plays[0].failure.as_ref(), Some(&row.id)),
            Err(problems) => {
                let problems = problems.render(Paint::Plain);
                assert!(text.contains("FILL IN"), "{text}\n{problems}");
                assert!(!problems.contains("invalid"), "not even TOML: {text}\n{problems}");
            }
        }
    }
}

#[test]
fn a_failure_with_a_scenario_gets_a_copy() {
    let text = template_for("iscsi-service-stopped").unwrap();
    assert!(text.contains("service-stopped = { name = \"MSiSCSI\" }"), "{text}");
    assert!(parse("new.toml", &text, corpus::library()).is_ok());
}

#[test]
fn a_failure_without_one_gets_that_of_a_failure_with_the_same_cause() {
    let text = template_for("connect-blocked-url").unwrap();
    assert!(text.contains("failure = \"connect-blocked-url\""), "{text}");
    assert!(parse("new.toml", &text, corpus::library()).is_ok(), "{text}");
}

#[test]
fn a_failure_whose_fault_is_unknown_gets_a_template_to_fill_in() {
    let catalogue = Catalogue::known();
    for row in catalogue.failures_in_order().filter(|row| row.kind != FailureKind::Umbrella) {
        let text = template::of(row);
        assert!(text.contains("# FILL IN: choose one of these faults."), "{text}");
        assert!(parse("new.toml", &text, corpus::library()).is_err(), "{text}");
        assert!(DeTable::parse(&text).is_ok(), "not even TOML: {text}");
    }
}

#[test]
fn what_has_no_template() {
    let error = template_for("azure-unreachable").unwrap_err();
    assert!(
        matches!(error, CliError::Umbrella { ref members, .. } if members.len() > 5),
        "{error}"
    );
    let error = template_for("agent-outdate").unwrap_err();
    let CliError::Unknown { suggestion, .. } = error else { panic!("{error}") };
    assert_eq!(suggestion.to_string(), "did you mean `agent-outdated`?");
}
