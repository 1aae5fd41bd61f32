use super::RULE;
use crate::rule_output::RuleOutput;
use crate::testing::{Machine, assert_advice, assert_cause, assert_silent, look, temp_folder};

fn count(files: u64) -> RuleOutput {
    look(&RULE, Machine::healthy().with(|machine| machine.counts = [(temp_folder(), files)].into()))
}

#[test]
fn too_many_files_are_found() {
    assert_cause(&count(65_535), "temp-files-exhausted", None, "delete-temp-files");
    assert_cause(&count(100_000), "temp-files-exhausted", None, "delete-temp-files");
}

#[test]
fn many_files_are_advised_against() {
    assert_advice(&count(60_001), "temp-files-exhausted", None, "delete-temp-files");
    assert_advice(&count(65_534), "temp-files-exhausted", None, "delete-temp-files");
}

#[test]
fn up_to_60_000_are_fine() {
    assert_silent(&count(0));
    assert_silent(&count(60_000));
}
