use super::{Board, page};
use crate::report::compare::Report;
use crate::report::compare::tests::report;
use snapbox::{assert_data_eq, str};

fn of(subject: &str, plays: &[(&str, &str)], f1: f64) -> Report {
    let mut report = report("a", plays, f1);
    report.subject = subject.to_owned();
    report
}

fn three() -> [Report; 3] {
    let (good, bad) = (("b", "confirmed"), ("c", "not-found"));
    [
        of("my|core", &[good, bad], 0.5),
        of("<b>", &[good, ("c", "confirmed")], 1.0),
        of("baseline:silence", &[("b", "not-found"), bad], 0.0),
    ]
}

#[test]
fn baselines_come_first_and_then_the_best() {
    let reports = three();
    let mut out = Vec::new();
    Board::of(&reports).unwrap().write(&mut out).unwrap();
    let expected = str![[r#"
| subject          | seed | confirmed | precision | recall | F1    | F1 of causes | false findings | rightly unchecked | calls an ask |
| ---------------- | ---- | --------- | --------- | ------ | ----- | ------------ | -------------- | ----------------- | ------------ |
| baseline:silence | 1    | 0 of 2    | -         | -      | 0.000 | 0.000        | 0 of 0         | 0 of 0            | 1            |
| <b>              | 1    | 2 of 2    | -         | -      | 1.000 | 1.000        | 0 of 0         | 0 of 0            | 1            |
| my/|core         | 1    | 1 of 2    | -         | -      | 0.500 | 0.500        | 0 of 0         | 0 of 0            | 1            |

"#]];
    assert_data_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn a_page_has_all_of_it_and_runs_nothing() {
    let reports = three();
    let mut out = Vec::new();
    page::write(&mut out, &Board::of(&reports).unwrap()).unwrap();
    let page = String::from_utf8(out).unwrap();
    assert!(
        page.contains("&lt;b&gt;") && !page.contains("<b>") && !page.contains("<script"),
        "{page}"
    );
    assert_eq!(page.matches("baseline:silence").count(), 2, "a row and a column: {page}");
}

#[test]
fn reports_of_different_corpora_are_no_table() {
    let reports =
        [report("a", &[("b", "confirmed")], 1.0), report("b", &[("b", "confirmed")], 1.0)];
    assert!(Board::of(&reports).is_err());
}
