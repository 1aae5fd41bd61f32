use marslab::catalogue::{Catalogue, FailureKind};
use marslab::corpus;
use marslab::scenario::{Paint, parse};

use super::{blank, new};
use crate::error::CliError;

fn skeleton(id: &str) -> Result<String, CliError> {
    let mut out = Vec::new();
    new(&mut out, id)?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn every_row_has_a_skeleton_that_is_good_or_says_what_to_fill_in() {
    let catalogue = Catalogue::embedded();
    for row in catalogue.failures_in_order().filter(|row| row.kind != FailureKind::Umbrella) {
        let text = skeleton(row.id.as_str()).unwrap();
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
fn a_row_of_the_corpus_is_given_as_it_is() {
    let text = skeleton("iscsi-service-stopped").unwrap();
    assert!(text.contains("service-stopped = { name = \"MSiSCSI\" }"), "{text}");
    assert!(parse("new.toml", &text, corpus::library()).is_ok());
}

#[test]
fn a_row_with_the_cause_of_another_is_made_of_it() {
    let text = skeleton("connect-blocked-url").unwrap();
    assert!(text.contains("failure = \"connect-blocked-url\""), "{text}");
    assert!(parse("new.toml", &text, corpus::library()).is_ok(), "{text}");
}

#[test]
fn a_row_whose_fault_is_not_known_has_a_skeleton_to_fill_in() {
    let catalogue = Catalogue::embedded();
    for row in catalogue.failures_in_order().filter(|row| row.kind != FailureKind::Umbrella) {
        let text = blank::of(row);
        assert!(text.contains("# FILL IN one of these."), "{text}");
        let problems =
            parse("new.toml", &text, corpus::library()).unwrap_err().render(Paint::Plain);
        assert!(!problems.contains("invalid"), "not even TOML: {text}\n{problems}");
    }
}

#[test]
fn what_has_no_skeleton() {
    let error = skeleton("azure-unreachable").unwrap_err();
    assert!(
        matches!(error, CliError::Umbrella { ref members, .. } if members.len() > 5),
        "{error}"
    );
    let error = skeleton("agent-outdate").unwrap_err();
    let CliError::Unknown { hint, .. } = error else { panic!("{error}") };
    assert_eq!(hint, "did you mean `agent-outdated`?");
}
