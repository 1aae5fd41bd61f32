use super::{Job, JobEnd, detailed_code};
use crate::testing::NOW;

#[test]
fn a_row_has_the_known_columns() {
    let at = NOW.parse().unwrap();
    let job = |end_state| Job { start: at, end: at, bytes: 5 << 20, end_state };
    assert_eq!(
        job(JobEnd::Completed).row("id"),
        "Backup\t2019-05-21 10:00:00\t2019-05-21 10:00:00\tCompleted\t5\tMicrosoft-OnlineBackup\tid\t0\t0\t"
    );
    let aborted = JobEnd::Aborted { error: "34506", detail: "a\tb".to_owned() };
    assert!(
        job(aborted)
            .row("id")
            .ends_with("\tAborted\t5\tMicrosoft-OnlineBackup\tid\t86CA\t34506\ta b")
    );
}

#[test]
fn codes_are_in_hexadecimal() {
    for (error, code) in [("100050", "186D2"), ("0x1FC07", "1FC07"), ("volume-not-mounted", "0")] {
        assert_eq!(detailed_code(error), code, "{error}");
    }
}
