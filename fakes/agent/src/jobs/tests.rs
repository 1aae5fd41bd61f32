use super::{Job, JobFailure, JobState};
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
    let failure = JobFailure { error: &StepError::ScratchDisagrees, code: 34_506 };
    let aborted = row(JobState::Aborted(failure));
    let expected = "\tAborted\t5\tMicrosoft-OnlineBackup\tid\t80070003\t34506\tThe system cannot find the path specified.";
    assert!(aborted.ends_with(expected), "{aborted}");
}
