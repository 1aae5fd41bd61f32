use super::{Job, JobState, number};
use crate::messages::Message;
use crate::operations::Failure;
use crate::step_error::StepError;
use crate::testing::NOW;

#[test]
fn a_row_has_the_known_columns() {
    let at = NOW.parse().unwrap();
    let row = |state| Job { start: at, end: at, bytes: 5 << 20, state }.row("id");
    assert_eq!(
        row(JobState::Completed),
        "Backup\t2019-05-21 10:00:00\t2019-05-21 10:00:00\tCompleted\t5\tMicrosoft-OnlineBackup\tid\t0\t0\t"
    );
    let failure = Failure::new(Message::PassphraseNotConfigured, StepError::ScratchDisagrees);
    let aborted = row(JobState::Aborted(&failure));
    let expected = "\tAborted\t5\tMicrosoft-OnlineBackup\tid\t80070003\t34506\tThe system cannot find the path specified.";
    assert!(aborted.ends_with(expected), "{aborted}");
}

#[test]
fn messages_have_their_numbers() {
    for (error, expected) in [("100050", 100_050), ("0x1FC07", 130_055), ("not-configured", 0)] {
        assert_eq!(number(error), expected, "{error}");
    }
}
