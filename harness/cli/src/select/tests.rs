use super::{Match, Selection, is_file};
use crate::error::CliError;

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

#[track_caller]
fn selected(filters: &[&str]) -> Vec<String> {
    let selection = Selection::of(&words(filters), Match::Part).unwrap();
    selection.plays().iter().map(|play| play.name.clone()).collect()
}

#[test]
fn no_words_select_all_plays() {
    assert_eq!(selected(&[]).len(), marslab::corpus::plays().count());
}

#[test]
fn several_filters_select_each_play_once() {
    let iscsi = "iscsi-service-stopped";
    assert_eq!(selected(&[iscsi]), containing(&[iscsi]));
    let pattern = "iscsi-service-stoppe?";
    assert_eq!(selected(&[pattern]), [iscsi]);
    assert_eq!(selected(&[iscsi, pattern, iscsi]), containing(&[iscsi]));
    let both = [iscsi, "agent-outdated"];
    assert_eq!(selected(&both), containing(&both));
}

/// The plays whose names contain one of these, in order.
fn containing(parts: &[&str]) -> Vec<String> {
    let names = marslab::corpus::plays().map(|play| play.name.clone());
    names.filter(|name| parts.iter().any(|part| name.contains(part))).collect()
}

#[test]
fn each_filter_must_select_a_play() {
    let error = Selection::of(&words(&["agent-outdated", "iscsi-service-stoped"]), Match::Part)
        .unwrap_err();
    let CliError::NothingSelected { filter, suggestion } = error else { panic!("{error}") };
    assert_eq!(
        (filter.as_str(), suggestion.to_string().as_str()),
        ("iscsi-service-stoped", "did you mean `iscsi-service-stopped`?")
    );
}

#[test]
fn files_and_filters() {
    assert!(is_file("x.toml"));
    assert!(is_file("no/such/folder/x.TOML"));
    assert!(!is_file("credentials-expired/two-weeks"));
    assert!(!is_file("credentials"));
    assert!(is_file("src/main.rs"));
}

#[test]
fn every_bad_file_is_reported() {
    let error =
        Selection::of(&words(&["no-such-file.toml", "nor-this.toml"]), Match::Part).unwrap_err();
    let CliError::InvalidScenarios(bad) = error else { panic!("{error}") };
    assert_eq!(bad.len(), 2);
}

#[test]
fn names_joined_by_plus_are_a_compound() {
    let word = "proxy-port-wrong+credentials-expired";
    let selection = Selection::of(&words(&[word]), Match::Part).unwrap();
    let plays = selection.plays();
    assert_eq!(plays.iter().map(|play| play.name.as_str()).collect::<Vec<_>>(), [word]);
    assert_eq!(plays[0].parts.len(), 2);
    assert_eq!(Selection::one(word).unwrap().name, word);
}

#[test]
fn a_compound_needs_full_names_and_one_operation() {
    let error =
        Selection::of(&words(&["proxy-port-wrong+credentials-expird"]), Match::Part).unwrap_err();
    let CliError::NothingSelected { filter, suggestion } = error else { panic!("{error}") };
    assert_eq!(filter, "credentials-expird");
    assert_eq!(suggestion.to_string(), "did you mean `credentials-expired`?");
    let error = Selection::of(&words(&["proxy-port-wrong+iscsi-service-stopped"]), Match::Part)
        .unwrap_err();
    assert!(matches!(error, CliError::Clash { .. }), "{error}");
}

#[test]
fn whole_names_are_no_parts() {
    let of = |word: &str| Selection::of(&words(&[word]), Match::Whole);
    let names: Vec<String> =
        of("proxy-ip-wrong").unwrap().plays().iter().map(|play| play.name.clone()).collect();
    assert_eq!(names, ["proxy-ip-wrong"]);
    assert!(matches!(of("proxy-ip-wron"), Err(CliError::NothingSelected { .. })));
}
