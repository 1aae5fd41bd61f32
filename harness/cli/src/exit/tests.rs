use crate::exit_codes::exit_codes;
use std::io;

use marslab::report::Counts;

use super::Exit;
use crate::error::CliError;
use crate::names::Suggestion;

#[track_caller]
fn check([confirmed, mismatch, inconclusive, lab_failed, not_playable]: [usize; 5], code: u8) {
    let counts = Counts { confirmed, mismatch, inconclusive, lab_failed, not_playable };
    assert_eq!(Exit::of(counts).code(), code, "{counts:?}");
}

#[test]
fn the_worst_ending_decides() {
    check([9, 0, 0, 0, 0], 0);
    check([9, 1, 0, 0, 0], 1);
    check([9, 1, 1, 0, 0], 1);
    check([9, 0, 1, 0, 0], 3);
    check([9, 1, 1, 1, 0], 70);
}

#[test]
fn errors_have_codes() {
    assert_eq!(Exit::from(&CliError::SharedStdout).code(), 2);
    let nothing =
        CliError::NothingSelected { filter: String::new(), suggestion: Suggestion::List("") };
    assert_eq!(Exit::from(&nothing).code(), 4);
    assert_eq!(Exit::from(&CliError::Write(io::ErrorKind::StorageFull.into())).code(), 70);
}

#[test]
fn every_code_is_in_the_help() {
    for exit in [
        Exit::Success,
        Exit::Mismatch,
        Exit::BadInput,
        Exit::Inconclusive,
        Exit::NothingSelected,
        Exit::LabFailed,
        Exit::Interrupted,
    ] {
        let line = format!("\n{:4}  ", exit.code());
        assert!(exit_codes!().contains(&line), "{exit:?}");
    }
}
